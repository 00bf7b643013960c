//! Draws what is known of the item under the cursor.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{DOT, Theme};
use crate::app::detail::{self, Detail};
use crate::app::layout::inside;
use crate::app::{App, Window};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells up to which a band shares its line with others.
const SHORT: usize = 40;
/// Cells between bands that share a line.
const GAP: usize = 3;
/// Lines that one text takes at most: enough to know it again, and little to send with each key.
const LONGEST: usize = 2;

/// Lines from which on a title that the border cuts stands whole below it; in fewer the border is
/// its own and its rest stands below.
const ROOMY: usize = 3;
/// Cells that stay beside a long title for where it belongs: enough for its kind.
const ABOUT: usize = 12;

/// A label and its text.
type Band = (String, String);

/// A stretch of a line: a label and some of its text.
type Stretch = (String, String);

/// Draws the strip under the board.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer, area: Rect) {
    border::around(buf, area, false, theme.quiet);
    let rows = inside(area);
    let told = match app.window() {
        Some(Window::Score(form)) => Some(&form.id),
        _ => app.cursor(),
    };
    let Some(mut known) = told.and_then(|id| detail::strip(app, id)) else {
        Pen::on(buf, rows).skip(1).write("nothing here to look at", theme.quiet);
        return;
    };
    let height = usize::from(rows.height);
    let rest = heading(&known, theme, buf, area, height);
    let room = usize::from(rows.width.saturating_sub(2));
    let top = app.detail_top().min(known.bands.len().saturating_sub(1));
    let mut bands = known.bands.split_off(top);
    bands.splice(..0, rest.filter(|_| top == 0));
    let lines = flow(&bands, room, height);
    border::more(buf, area, (top, 0), theme.quiet);
    for (number, stretches) in (0..rows.height).zip(&lines) {
        let mut pen = Pen::on(buf, pen::line(rows, number));
        pen.skip(1);
        for (label, text) in stretches {
            pen.write(label, theme.quiet).write(text, Style::new()).skip(GAP);
        }
    }
}

/// Draws what the item is called and where it belongs into the border. What of the title stands
/// below it: all of a long one, or, in a strip of few lines, the rest of one that takes the border.
fn heading(
    known: &Detail,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
    height: usize,
) -> Option<Band> {
    let line = border::upper(area);
    let about = known.about.join(DOT);
    let beside = text::width(&about).min(ABOUT) + text::width(DOT) + 2;
    let room = usize::from(line.width).saturating_sub(beside);
    let mut pen = Pen::on(buf, line);
    pen.write(" ", theme.strong);
    let is_cut = text::width(&known.title) > room;
    if is_cut && height < ROOMY {
        let mut lines = text::wrap(&known.title, pen.room().saturating_sub(1), 2).into_iter();
        let first = lines.next().unwrap_or_default();
        pen.write(&first, theme.strong).write(" ", theme.strong);
        return lines.next().map(|rest| ("…".to_owned(), rest));
    }
    pen.write(&text::fit(&known.title, room), theme.strong);
    if !about.is_empty() {
        pen.write(DOT, theme.quiet).write(&about, Style::new());
    }
    pen.write(" ", theme.strong);
    is_cut.then(|| ("title".to_owned(), known.title.clone()))
}

/// Puts the bands into lines: short ones share a line, long ones are wrapped. Where they do not
/// fit, the last line ends in an ellipsis.
fn flow(bands: &[Band], room: usize, height: usize) -> Vec<Vec<Stretch>> {
    let mut lines: Vec<Vec<Stretch>> = Vec::new();
    let mut left = 0;
    for (label, text) in bands {
        let label = format!("{} ", text::safe(label));
        let cells = text::width(&label) + text::width(text);
        let short = cells <= SHORT;
        if short && cells + GAP <= left {
            left -= cells + GAP;
            lines.last_mut().into_iter().for_each(|line| line.push((label.clone(), text.clone())));
            continue;
        }
        if lines.len() >= height {
            more(&mut lines);
            return lines;
        }
        let first = room.saturating_sub(text::width(&label));
        // What was scrolled to may take all the room there is.
        let longest = if lines.is_empty() { height } else { LONGEST };
        let wrapped = text::wrap(text, first, longest.min(height - lines.len()));
        let blank = " ".repeat(text::width(&label));
        let labels = std::iter::once(label).chain(std::iter::repeat(blank));
        lines.extend(labels.zip(wrapped).map(|stretch| vec![stretch]));
        left = if short { room - cells.min(room) } else { 0 };
    }
    lines
}

/// Says that there is more.
fn more(lines: &mut [Vec<Stretch>]) {
    if let Some((_, text)) = lines.last_mut().and_then(|line| line.last_mut())
        && !text.ends_with('…')
    {
        text.push_str(" …");
    }
}
