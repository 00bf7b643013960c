//! Draws what is known of the item under the cursor.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{DOT, Theme};
use crate::app::detail::{self, Detail};
use crate::app::layout::inside;
use crate::app::{App, conflict, timeline};
use crate::workspace::{Field, Id};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells up to which a band shares its line with others.
const SHORT: usize = 40;
/// Cells between bands that share a line.
const GAP: usize = 3;
/// Lines that one text takes at most: enough to know it again, and little to send with each key.
const LONGEST: usize = 2;

/// A stretch of a line: a label and some of its text.
type Stretch = (String, String);

/// Draws the strip under the board.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer, area: Rect) {
    border::around(buf, area, false, theme.quiet);
    let rows = inside(area);
    let Some(mut known) = app.cursor().and_then(|id| known(app, id)) else {
        Pen::on(buf, rows).skip(1).write("nothing here to look at", theme.quiet);
        return;
    };
    let sure = app.cursor().and_then(|id| app.standing(app.board.hat)?.next(id));
    if let Some((chance, next)) = sure {
        known.bands.insert(1.min(known.bands.len()), (chance, format!("to beat {next}")));
    }
    if let Some(band) = app.cursor().and_then(|id| app.expected(id)) {
        known.bands.insert(1.min(known.bands.len()), band);
    }
    heading(&known, theme, buf, area);
    let room = usize::from(rows.width.saturating_sub(2));
    let height = usize::from(rows.height);
    let top = app.detail_top().min(known.bands.len().saturating_sub(1));
    let lines = flow(known.bands.get(top..).unwrap_or_default(), room, height);
    border::more(buf, area, (top, 0), theme.quiet);
    for (number, stretches) in (0..rows.height).zip(&lines) {
        let mut pen = Pen::on(buf, pen::line(rows, number));
        pen.skip(1);
        for (label, text) in stretches {
            pen.write(label, theme.quiet).write(text, Style::new()).skip(GAP);
        }
    }
}

/// What is known of an item; behind its score, what is wrong or missing.
fn known(app: &App, id: &Id) -> Option<Detail> {
    let mut known = detail::of(app.reading(), id)?;
    let behind = known.bands.len().min(1);
    let said = detail::to_mend(app, id).into_iter().chain(detail::against(app, id));
    known.bands.splice(behind..behind, said);
    let noted = Field::NoteTo.row().label;
    known.bands.retain(|(label, _)| label != noted);
    let behind = known.bands.len().min(1);
    known.bands.splice(behind..behind, detail::between_hats(app, id));
    known.bands.splice(0..0, timeline::band(app, id));
    if let Some(clashes) = conflict::band(app, id) {
        known.bands.retain(|(label, _)| label != Field::Conflict.row().label);
        known.bands.insert(0, clashes);
    }
    Some(known)
}

fn heading(known: &Detail, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let line = border::upper(area);
    let about = known.about.join(DOT);
    let all = usize::from(line.width);
    let room = all.saturating_sub(text::width(&about) + text::width(DOT) + 2);
    let mut pen = Pen::on(buf, line);
    pen.write(" ", theme.strong).write(&text::fit(&known.title, room.max(all / 2)), theme.strong);
    if !about.is_empty() {
        pen.write(DOT, theme.quiet).write(&about, Style::new());
    }
    pen.write(" ", theme.strong);
}

/// Puts the bands into lines: short ones share a line, long ones are wrapped. Where they do not
/// fit, the last line ends in an ellipsis.
fn flow(bands: &[(String, String)], room: usize, height: usize) -> Vec<Vec<Stretch>> {
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
