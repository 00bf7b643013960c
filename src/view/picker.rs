//! Draws a list of records to pick from, and the letters that find them.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, SELECTED, Theme};
use crate::app::picker::{Pick, Picker};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells inside the window.
const SIZE: (usize, usize) = (72, 18);

/// Draws the picker; where the caret is.
pub(super) fn draw(picker: &Picker, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let popup = border::popup(buf, theme, &picker.title, SIZE);
    let inner = popup.inner;
    let mut pen = Pen::on(buf, inner);
    pen.write("/ ", theme.strong);
    let room = pen.room();
    let caret = pen.typed(picker.field.text(), picker.field.caret(), room, Style::new());
    let gap = if inner.height > 6 { 2 } else { 1 };
    let rows = usize::from(inner.height.saturating_sub(gap));
    if picker.found.is_empty() {
        Pen::on(buf, pen::line(inner, gap)).write("nothing has these letters", theme.quiet);
    }
    let seen = border::seen(picker.at, picker.found.len(), rows);
    border::more(buf, popup.area, (seen.start, picker.found.len() - seen.end), theme.strong);
    for (number, at) in (gap..).zip(seen) {
        let pick = &picker.all[picker.found[at]];
        row(picker, pick, at == picker.at, theme, buf, pen::line(inner, number));
    }
    (!inner.is_empty()).then_some(caret)
}

fn row(picker: &Picker, pick: &Pick, here: bool, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let chosen = pick.id.as_ref().is_some_and(|id| picker.chosen.contains(id));
    let about = text::fit(&pick.about, usize::from(line.width) / 3).into_owned();
    let left = pen::write_right(buf, line, &[(format!(" {about}"), theme.quiet)]);
    let mut pen = Pen::on(buf, left);
    pen.pad(if here { CURSOR } else { " " }, 1, theme.strong);
    pen.pad(if chosen { SELECTED } else { " " }, 2, theme.selected);
    let room = pen.room();
    pen.write(&text::fit(&pick.title, room), Style::new());
    if here {
        pen::restyle(buf, line, theme.cursor);
    }
}
