//! Draws the row of an item.

use super::columns::{Columns, scored};
use super::note::{Note, notes};
use super::{Painter, typed};
use crate::app::App;
use crate::app::detail::needs;
use crate::app::pane::{Line, Pane, Shown};
use crate::insight::chance::percent;
use crate::scoring::{Framework, Score};
use crate::view::pen::Pen;
use crate::view::text;
use crate::view::theme::{BRANCH, CURSOR, DRAGGED, PLANNED, RUNNING, SELECTED, TARGET, TIE, bar};
use crate::workspace::{Field, Place, Record, Workspace};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Characters of an id that are shown at least.
const ID: usize = 2;
/// Cells of a bar at most.
const BAR: usize = 10;
/// Cells of a title that words beside it leave alone.
const TITLE: usize = 24;

/// An item that is seen.
pub(super) struct Item<'a> {
    /// The item.
    pub record: &'a Record,
    /// Its lane and row in the pane.
    at: (usize, usize),
    /// Its place in its list, from 0.
    index: usize,
    /// How deep it hangs below an unfolded one.
    depth: usize,
    /// Its score.
    pub score: Score,
    /// Its score as shown.
    pub shown: String,
    /// How it is scored.
    framework: &'static Framework,
    /// Characters of its id that are shown.
    pub prefix: usize,
    /// Those of them that name it, in bytes.
    unique: usize,
    /// The symbol of its sprint.
    pub sprint: &'static str,
    notes: Vec<Note>,
    /// Its size as shown.
    pub points: String,
    /// Its chance to belong above the line, as shown.
    pub chance: String,
    /// Its piece of the bracket around those it is tied with.
    pub tied: &'static str,
}

impl<'a> Item<'a> {
    /// The item on a line, if one is.
    pub fn of(app: &'a App, pane: &Pane, line: Line) -> Option<Self> {
        let Line::Row { lane, row } = line else { return None };
        let workspace = app.workspace();
        let Shown { spot, depth } = pane.lanes.get(lane)?.shown(row)?;
        let place = spot.place;
        let record = workspace.list(place).get(spot.index)?;
        let framework = app.framework(place.hat());
        let unique = app.shortest_prefix(record.id());
        let name = record.id().as_str();
        let score = framework.score(record);
        let chance =
            app.standing(pane.hat).and_then(|all| all.get(record.id())?.chance_above_line());
        Some(Self {
            record,
            at: (lane, row),
            index: spot.index,
            depth: depth.into(),
            shown: scored(framework, &score),
            score,
            framework,
            prefix: text::width(&name[..unique]).max(ID).min(text::width(name)),
            unique,
            sprint: sprint(workspace, record, place),
            notes: notes(app, record, spot),
            points: record.number(Field::Points).map_or_else(String::new, |it| it.to_string()),
            chance: chance.map_or_else(String::new, percent),
            tied: tied(app, pane, (lane, row)),
        })
    }

    /// Its true position, from 1; that of a part is its own list's and not shown here.
    pub fn number(&self) -> String {
        if self.depth > 0 { String::new() } else { (self.index + 1).to_string() }
    }

    /// What sort of work it is.
    pub fn kind(&self) -> &str {
        match self.record.text(Field::Kind) {
            "" => "task",
            kind => kind,
        }
    }
}

/// The piece of the bracket around tied items that stands on a row of the score order.
fn tied(app: &App, pane: &Pane, (lane, row): (usize, usize)) -> &'static str {
    if !pane.by_score {
        return "";
    }
    let band = |row: usize| {
        let id = pane.id_at(app.workspace(), lane, row)?;
        app.standing(pane.hat)?.get(&id).map(|item| item.band)
    };
    let Some(mine) = band(row) else { return "" };
    let above = row.checked_sub(1).and_then(band) == Some(mine);
    match (above, band(row + 1) == Some(mine)) {
        (false, false) => "",
        (false, true) => TIE[0],
        (true, true) => TIE[1],
        (true, false) => TIE[2],
    }
}

/// The symbol of the sprint an item is in, unless that is over.
fn sprint(workspace: &Workspace, record: &Record, place: Place) -> &'static str {
    let sprint = record.link(Field::Sprint).and_then(|id| workspace.get(id));
    match sprint.map(|sprint| sprint.text(Field::State)) {
        Some("running") if place != Place::Done => RUNNING,
        Some("planned") if place != Place::Done => PLANNED,
        _ => "",
    }
}

impl Painter<'_> {
    /// Draws the row of an item; where the caret is if its title is being typed.
    pub(super) fn item(&self, item: &Item, buf: &mut Buffer, area: Rect) -> Option<Position> {
        let columns = &self.columns;
        let mut pen = Pen::on(buf, area);
        let style = self.marks(item, &mut pen);
        // What is typed needs the room more than what it is about.
        if let Some(field) = typed(self.app, item.record.id()) {
            let room = pen.room();
            return Some(pen.typed(field.text(), field.caret(), room, self.theme.field));
        }
        if columns.number > 0 {
            pen.right(&item.number(), columns.number, self.theme.quiet).skip(1);
        }
        if columns.id > 0 {
            self.id(item, &mut pen);
        }
        if columns.kind > 0 {
            pen.pad(item.kind(), columns.kind, self.theme.quiet).skip(1);
        }
        let room = usize::from(area.width).saturating_sub(columns.left() + columns.right());
        self.title(item, &mut pen, room, style);
        self.numbers(item, &mut pen);
        None
    }

    /// Writes the marks of cursor, drag and selection; the style they give the title.
    fn marks(&self, item: &Item, pen: &mut Pen) -> Style {
        let (board, theme, pane) = (&self.app.board, self.theme, self.pane);
        let drag = board.drag.as_ref();
        let target = drag.is_some_and(|drag| {
            (drag.over, drag.lane, drag.row) == (pane.hat, item.at.0, item.at.1)
                && drag.id != *item.record.id()
        });
        let dragged = drag.is_some_and(|drag| drag.id == *item.record.id());
        let here = item.at == (pane.cursor.lane, pane.cursor.row);
        let resting = here && pane.hat != board.hat;
        let (mark, style) = match (target, dragged, here) {
            (true, ..) => (TARGET, theme.target),
            (_, true, _) => (DRAGGED, theme.target),
            (.., true) => (CURSOR, theme.hat(pane.hat)),
            _ => (" ", Style::new()),
        };
        pen.write(mark, style);
        let selected = board.is_selected(self.app.workspace(), pane.hat, item.record.id());
        pen.write(if selected { SELECTED } else { " " }, theme.selected);
        match (target, selected, resting) {
            (true, ..) => theme.target,
            (_, true, _) => theme.selected,
            (.., true) => theme.resting,
            _ => Style::new(),
        }
    }

    /// Writes the beginning of the id; what of it names the item stands out.
    fn id(&self, item: &Item, pen: &mut Pen) {
        let name = item.record.id().as_str();
        let cells = self.columns.id;
        let (unique, rest) = name.split_at(item.unique);
        let unique = pen.write_in(unique, cells, self.theme.strong);
        let rest = text::slice(rest, 0, item.prefix.saturating_sub(unique));
        pen.pad(&rest, cells - unique, self.theme.quiet).skip(1);
    }

    /// Writes the title and what is remarkable; in words where there is room, else by symbols.
    fn title(&self, item: &Item, pen: &mut Pen, room: usize, style: Style) {
        let room = room - pen.write_in(&branch(item.depth), room / 2, self.theme.quiet);
        let title = item.record.title();
        let wanted = || text::width(&text::fit(title, room)).min(TITLE);
        let left = if item.notes.is_empty() { 0 } else { room.saturating_sub(wanted()) };
        let notes = said(&item.notes, left);
        let cells: usize = notes.iter().map(|(words, _)| text::width(words)).sum();
        let mut rest = room - pen.write_in(title, room.saturating_sub(cells), style);
        for (words, wrong) in notes {
            let style = if wrong { self.theme.warning } else { self.theme.quiet };
            let cells = text::width(&words).min(rest);
            pen.pad(&words, cells, style);
            rest -= cells;
        }
        pen.skip(rest);
    }

    /// Writes what stands in columns behind the title.
    fn numbers(&self, item: &Item, pen: &mut Pen) {
        let Columns { sprint, points, score, chance, tied, tail, best, gap, .. } = self.columns;
        let (quiet, plain) = (self.theme.quiet, Style::new());
        if sprint > 0 {
            pen.skip(gap).pad(item.sprint, sprint, self.theme.hat(self.pane.hat));
        }
        if points > 0 {
            pen.skip(gap).right(&item.points, points, quiet);
        }
        if score > 0 {
            pen.skip(gap).right(&item.shown, score, plain);
        }
        if chance > 0 {
            pen.skip(gap).right(&item.chance, chance, quiet);
        }
        if tied > 0 {
            pen.skip(gap).pad(item.tied, tied, quiet);
        }
        if tail == 0 {
            return;
        }
        pen.skip(gap);
        match &item.score {
            Score::Of(score) => {
                let cells = tail.min(BAR);
                pen.write(&bar(if best > 0.0 { score / best } else { 0.0 }, cells), self.theme.bar)
            }
            Score::Needs(factors) => pen.write(&wanting(item.framework, factors, tail), quiet),
        };
    }
}

/// What leads from an unfolded item to its parts.
fn branch(depth: usize) -> String {
    if depth == 0 { String::new() } else { format!("{}{BRANCH} ", "  ".repeat(depth - 1)) }
}

/// Notes as they are shown in so many cells: all by their symbols, and as many as fit in words.
fn said(notes: &[Note], room: usize) -> Vec<(String, bool)> {
    let gap = |words: &str| if words.is_empty() { String::new() } else { format!("  {words}") };
    let mut said: Vec<_> = notes.iter().map(|note| (gap(note.symbol), note.wrong)).collect();
    for (at, note) in notes.iter().enumerate() {
        let short = std::mem::replace(&mut said[at].0, gap(&note.long()));
        if said.iter().map(|(words, _)| text::width(words)).sum::<usize>() > room {
            said[at].0 = short;
        }
    }
    said
}

/// What an item needs for a score, in so many cells: names where they fit, else how many.
fn wanting(framework: &Framework, factors: &[&'static str], cells: usize) -> String {
    let named = format!("needs {}", needs(framework, factors));
    let counted = format!("needs {}", factors.len());
    match () {
        () if text::width(&named) <= cells => named,
        () if factors.len() == framework.factors.len() && cells >= 9 => "needs all".to_owned(),
        () if text::width(&counted) <= cells => counted,
        () => String::new(),
    }
}
