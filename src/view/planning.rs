//! Draws the plan of a sprint: how full it is, and the backlog with the line through it.

use super::border::{self, Popup};
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, SELECTED, Theme, WRONG, bar};
use crate::app::App;
use crate::app::planning::Planning;
use crate::app::sprint::head::{amount, room};
use crate::insight::sprint::plan::Candidate;
use crate::insight::sprint::stuck;
use crate::workspace::Field;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of the bar.
const BAR: usize = 24;

/// What stands on a line.
enum Line<'a> {
    Row(usize, &'a Candidate),
    Cut,
}

/// Draws the plan; where the row under the cursor is.
pub(super) fn draw(
    app: &App,
    plan: &Planning,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let (wide, high) = border::room(buf.area);
    let sprint = app.workspace().get(&plan.sprint)?;
    let title = format!("Plan {}", sprint.title());
    let Popup { area, inner } = border::popup(buf, theme, &title, (wide, high));
    full(plan, theme, buf, pen::line(inner, 0));
    Pen::on(buf, pen::line(inner, 1)).write(&room(plan.room.as_ref()), theme.quiet);
    let rows = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let mut lines: Vec<Line> =
        plan.candidates.rows.iter().enumerate().map(|(at, row)| Line::Row(at, row)).collect();
    lines.insert(plan.line.min(lines.len()), Line::Cut);
    let at = lines.iter().position(|line| matches!(line, Line::Row(at, _) if *at == plan.at));
    let seen = border::seen(at.unwrap_or(0), lines.len(), rows.height.into());
    border::more(buf, area, (seen.start, lines.len() - seen.end), theme.strong);
    let mut focus = None;
    for (number, line) in (0..).zip(&lines[seen]) {
        let area = pen::line(rows, number);
        match line {
            Line::Cut => cut(plan, theme, buf, area),
            Line::Row(at, row) => {
                one(app, plan, row, *at == plan.at, theme, buf, area);
                if *at == plan.at {
                    focus = (!area.is_empty()).then(|| area.as_position());
                }
            }
        }
    }
    focus
}

/// How full the sprint is.
fn full(plan: &Planning, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let points = plan.points();
    let mut pen = Pen::on(buf, line);
    let Some(room) = plan.room.as_ref().map(|room| room.points) else {
        pen.write(&format!("{} points picked", amount(points)), theme.strong);
        return;
    };
    let share = if room > 0.0 { points / room } else { 1.0 };
    let filled = if points > 0.0 { bar(share, BAR) } else { String::new() };
    pen.pad(&filled, BAR, theme.bar).skip(1);
    pen.write(&format!("{} of {} points", amount(points), amount(room)), theme.strong);
    let guessed = plan.guessed();
    if guessed > 0.0 {
        pen.write(&format!(", {} of them guessed", amount(guessed)), theme.quiet);
    }
    if points > room + 1e-9 {
        let over = format!("{DOT}{WRONG} {} over", amount(points - room));
        pen.write(&over, theme.warning);
    }
}

fn cut(plan: &Planning, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let above: f64 = plan.candidates.rows[..plan.line.min(plan.candidates.rows.len())]
        .iter()
        .map(|row| row.points)
        .sum();
    let words = format!(" the line · {} points above ", amount(above));
    let dashes = usize::from(line.width).saturating_sub(text::width(&words) + 4);
    let words = format!("────{words}{}", "─".repeat(dashes));
    Pen::on(buf, line).write(&words, theme.target);
}

fn one(
    app: &App,
    plan: &Planning,
    row: &Candidate,
    here: bool,
    theme: &Theme,
    buf: &mut Buffer,
    line: Rect,
) {
    let workspace = app.workspace();
    let Some(item) = workspace.get(&row.id) else { return };
    let mut pen = Pen::on(buf, line);
    pen.pad(if here { CURSOR } else { " " }, 2, theme.strong);
    pen.pad(if row.picked { SELECTED } else { " " }, 2, theme.selected);
    let points = if row.assumed { format!("{}?", amount(row.points)) } else { amount(row.points) };
    pen.right(&points, 5, theme.quiet).skip(1);
    let stuck = stuck::one(workspace, &row.id, app.today).map(|stuck| stuck.words(workspace));
    let other = item.link(Field::Sprint).filter(|id| **id != plan.sprint);
    let other =
        other.and_then(|id| workspace.get(id)).map(|sprint| format!("in {}", sprint.title()));
    let notes: Vec<String> = [stuck, other].into_iter().flatten().collect();
    let notes = notes.join(DOT);
    let cells = pen.room().saturating_sub(text::width(&notes).min(pen.room() / 2) + 2);
    pen.pad(item.title(), cells, Style::new()).skip(2).write(&notes, theme.warning);
    if here {
        pen::restyle(buf, line, theme.cursor);
    }
}
