//! Draws the board of a sprint: what is said of it, its columns, its charts.

mod chart;
mod column;

use super::pen::{self, Pen};
use super::text;
use super::theme::{DOT, Theme, WRONG, bar};
use crate::app::App;
use crate::app::sprint::areas::Areas;
use crate::app::sprint::head::Head;
use crate::app::sprint::{Board, none};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of the bar of what is done.
const BAR: usize = 20;

/// Draws the board of a sprint into the body, and says where the card under the cursor is.
pub(super) fn draw(
    app: &App,
    board: &Board,
    theme: &Theme,
    buf: &mut Buffer,
    body: Rect,
) -> Option<Position> {
    let areas = Areas::of(body, board.at.0, board.said.lines());
    if let Some(head) = &board.said.head {
        said(head, theme, buf, areas.head);
    } else {
        let words = none(app).unwrap_or_default();
        Pen::on(buf, pen::line(areas.head, 0)).skip(1).write("Sprint", theme.po);
        Pen::on(buf, pen::line(areas.head, 1)).skip(1).write(&words, theme.quiet);
    }
    let focus = column::all(app, board, theme, buf, &areas);
    if let Some(area) = areas.burndown {
        chart::burndown(board.said.burndown.as_ref(), theme, buf, area);
    }
    if let Some(area) = areas.velocity {
        chart::velocity(&board.said.velocity, theme, buf, area);
    }
    focus
}

/// Draws what is said of a sprint: its title on a line of its own, how much is done behind it.
fn said(head: &Head, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let line = pen::line(area, 0);
    let filled = text::pad(&bar(head.share, BAR), BAR);
    let done = format!("{:.0} %", (head.share * 100.0).min(999.0));
    let bar = if usize::from(line.width) > 4 * BAR {
        vec![(filled, theme.bar), (format!(" {done} "), theme.quiet)]
    } else {
        vec![(format!(" {done} "), theme.quiet)]
    };
    let left = pen::write_right(buf, line, &bar);
    Pen::on(buf, left).skip(1).write(&head.title, theme.po);
    let hidden = head.lines.len().saturating_sub(usize::from(area.height.saturating_sub(1)));
    let more = format!("{DOT}{hidden} more ");
    for (number, (words, is_warning)) in (1..area.height).zip(&head.lines) {
        let line = pen::line(area, number);
        let is_last = hidden > 0 && number + 1 == area.height;
        let more = is_last.then(|| pen::write_right(buf, line, &[(more.clone(), theme.warning)]));
        let mut pen = Pen::on(buf, more.unwrap_or(line));
        pen.skip(1);
        if *is_warning {
            pen.write(WRONG, theme.warning).skip(1).write(words, theme.warning);
        } else {
            pen.write(words, if number == 1 { theme.strong } else { Style::new() });
        }
    }
}
