//! Draws the columns of a sprint, a card a line.

use crate::app::App;
use crate::app::sprint::Board;
use crate::app::sprint::areas::Areas;
use crate::insight::sprint::{Column, stuck};
use crate::view::pen::{self, Pen};
use crate::view::text;
use crate::view::theme::{ADDED, CURSOR, DOT, SELECTED, Theme, WAITS, WRONG, status};
use crate::workspace::{Field, Id, Place, Record, Status};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells from which a card has its id.
const WITH_ID: usize = 24;

/// Draws the columns; where the card under the cursor is.
pub(super) fn all(
    app: &App,
    board: &Board,
    theme: &Theme,
    buf: &mut Buffer,
    areas: &Areas,
) -> Option<Position> {
    let alone = areas.columns.iter().filter(|area| area.width > 0).count() == 1;
    let mut focus = None;
    for (at, area) in areas.columns.into_iter().enumerate() {
        // A cell parts it from the next one.
        let area = Rect { width: area.width.saturating_sub(u16::from(!alone)), ..area };
        if area.is_empty() {
            continue;
        }
        heading(app, board, at, theme, buf, pen::line(area, 0));
        if alone {
            others(board, at, theme, buf, pen::line(area, 0));
        }
        let cards = &board.columns[at];
        if cards.is_empty() {
            focus = empty(board, at, theme, buf, pen::line(area, 1)).or(focus);
        }
        for (number, row) in (1..area.height).zip(board.tops[at]..cards.len()) {
            let line = pen::line(area, number);
            let here = (at, row) == board.at;
            card(app, &cards[row], here, theme, buf, line);
            focus = focus.or(here.then(|| line.as_position()));
        }
        more(cards.len(), board.tops[at], theme, buf, area);
    }
    focus
}

/// The name of a column, how many it holds, and whether that is too many.
fn heading(app: &App, board: &Board, at: usize, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let (column, holds) = (Column::ALL[at], board.columns[at].len());
    let style = if board.at.0 == at { theme.po } else { theme.strong };
    let mut pen = Pen::on(buf, line);
    pen.skip(1).write(&column.key().to_uppercase(), style).skip(1);
    let Some(limit) = column.limit(app.workspace().settings()) else {
        pen.write(&holds.to_string(), theme.quiet);
        return;
    };
    pen.write(&format!("{holds}/{limit}"), theme.quiet);
    if u32::try_from(holds).is_ok_and(|holds| f64::from(holds) > limit) {
        let words = format!("{WRONG} over its limit");
        let short = format!("{WRONG} over");
        let words = [words.as_str(), &short, WRONG];
        let fitting = words.into_iter().find(|words| text::width(words) < pen.room());
        pen.skip(1).write(fitting.unwrap_or(WRONG), theme.warning);
    }
}

/// The columns beside the only one that is shown, and how many they hold.
fn others(board: &Board, at: usize, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let columns = Column::ALL.into_iter().zip(&board.columns).enumerate();
    let words = columns.filter(|(other, _)| *other != at);
    let words = words.map(|(_, (column, cards))| format!("{} {}", column.key(), cards.len()));
    let words = words.collect::<Vec<_>>().join(DOT);
    pen::write_right(buf, line, &[(format!("{words} "), theme.quiet)]);
}

fn empty(
    board: &Board,
    at: usize,
    theme: &Theme,
    buf: &mut Buffer,
    line: Rect,
) -> Option<Position> {
    let here = board.at.0 == at;
    let mark = if here { CURSOR } else { "" };
    Pen::on(buf, line).pad(mark, 1, theme.po).write("nothing here", theme.quiet);
    (here && !line.is_empty()).then(|| line.as_position())
}

/// Draws a card.
fn card(app: &App, id: &Id, here: bool, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let workspace = app.workspace();
    let Some(item) = workspace.get(id) else { return };
    let points = item.number(Field::Points).map_or("?".to_owned(), |points| points.to_string());
    let right = text::width(&points) + 1;
    let mut pen = Pen::on(buf, line);
    pen.pad(if here { CURSOR } else { " " }, 1, theme.po);
    if pen.room() >= WITH_ID {
        let enough = &id.as_str()[..app.shortest_prefix(id)];
        // Without the colon one of digits reads as a part of the title, or as its points.
        pen.write(enough, theme.key).write(": ", theme.quiet);
    }
    let notes = notes(app, item).join(" ");
    let notes = if notes.is_empty() { notes } else { format!(" {notes}") };
    let cells = pen.room().saturating_sub(right + text::width(&notes));
    pen.pad(item.title(), cells, Style::new()).write(&notes, theme.warning);
    pen.right(&points, right, theme.quiet);
    if here {
        pen::restyle(buf, line, theme.cursor);
    }
}

/// Symbols: stuck and for how long, waiting, added after the start, late; of what is done, whether
/// it is accepted.
fn notes(app: &App, item: &Record) -> Vec<String> {
    let workspace = app.workspace();
    if workspace.place_of(item.id()) == Some(Place::Done) {
        let accepted = item.get(Field::Approved).is_some();
        return accepted.then(|| SELECTED.to_owned()).into_iter().collect();
    }
    let mut notes = Vec::new();
    if let Some(stuck) = stuck::one(workspace, item.id(), app.today) {
        let symbol = if item.status() == Status::Blocked { status(Status::Blocked) } else { WAITS };
        notes.push(stuck.days.map_or(symbol.to_owned(), |days| format!("{symbol}{days}d")));
    }
    notes.extend(item.get(Field::Added).map(|_| ADDED.to_owned()));
    let is_late = item.date(Field::Due).is_some_and(|due| due < app.today);
    notes.extend(is_late.then(|| WRONG.to_owned()));
    notes
}

/// Writes into the heading of a column which cards are seen, where not all are.
fn more(cards: usize, top: usize, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let seen = usize::from(area.height.saturating_sub(1));
    if cards > seen && area.height > 1 {
        let line = pen::line(area, 0);
        let words = format!(" {}–{} ", top + 1, (top + seen).min(cards));
        pen::write_right(buf, line, &[(words, theme.quiet)]);
    }
}
