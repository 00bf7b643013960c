//! Draws the palette: what was typed, and the actions it finds.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, Theme};
use crate::app::App;
use crate::app::palette::{Found, Palette};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells inside the window.
const SIZE: (usize, usize) = (72, 18);

/// Draws the palette; where the caret is.
pub(super) fn draw(
    app: &App,
    palette: &Palette,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let inner = border::popup(buf, theme, "Commands", SIZE);
    let (area, inner) = (inner.area, inner.inner);
    let mut pen = Pen::on(buf, inner);
    pen.write(": ", theme.strong);
    let room = pen.room();
    let caret = pen.typed(palette.field.text(), palette.field.caret(), room, Style::new());
    let gap = if inner.height > 6 { 2 } else { 1 };
    let rows = usize::from(inner.height.saturating_sub(gap));
    if palette.found.is_empty() {
        Pen::on(buf, pen::line(inner, gap))
            .write("no command here goes by these words", theme.quiet);
    }
    let seen = border::seen(palette.at, palette.found.len(), rows);
    border::more(buf, area, (seen.start, palette.found.len() - seen.end), theme.strong);
    for (number, at) in (gap..).zip(seen) {
        let line = pen::line(inner, number);
        let found = &palette.found[at];
        let keys = app.keymap().spelled(found.action);
        row((found, &keys), at == palette.at, theme, buf, line);
    }
    (!inner.is_empty()).then_some(caret)
}

fn row((found, keys): (&Found, &str), here: bool, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let style = if found.off.is_some() { theme.quiet } else { Style::new() };
    let left = pen::write_right(buf, line, &[(format!(" {keys}"), theme.key)]);
    let mut pen = Pen::on(buf, left);
    pen.pad(if here { CURSOR } else { " " }, 2, theme.strong).write(found.action.title, style);
    if let Some(by) = found.by {
        pen.write(&format!(" ({by})"), theme.quiet);
    }
    if let Some(reason) = &found.off {
        let room = pen.room();
        pen.write(&text::fit(&format!(" · {reason}"), room), theme.quiet);
    }
    if here {
        pen::restyle(buf, line, theme.cursor);
    }
}
