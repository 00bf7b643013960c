//! The board of a sprint: which one is looked at, and what becomes of its items there.

pub mod areas;
pub mod change;
pub mod head;

use super::App;
use super::actions::{self, finished, moves, progress, reopened};
use super::views::View;
use crate::insight::sprint::burndown::Burndown;
use crate::insight::sprint::velocity::Velocity;
use crate::insight::sprint::{Column, in_order, planned, running};
use crate::workspace::{
    Content, Date, Field, Hat, Id, Op, Place, Record, Spot, Status, Value, Workspace, number,
};
use areas::Areas;
use head::Head;
use ratatui::layout::Position;

/// A sprint that is looked at.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The sprint; none where there is none yet.
    pub sprint: Option<Id>,
    /// What stands in each column, in the order of its list.
    pub columns: [Vec<Id>; 4],
    /// The column and the card the cursor is on.
    pub at: (usize, usize),
    /// The first card that is drawn of each column.
    pub tops: [usize; 4],
    /// The item under the cursor, which it follows.
    cursor: Option<Id>,
    /// What is said of the sprint, and the revision and the day that is of: a frame only draws it.
    pub said: Box<Said>,
    of: Option<(u64, Date)>,
}

/// What is said of a sprint around its columns.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Above them.
    pub head: Option<Head>,
    /// What is left of it day by day, where it has days.
    pub burndown: Option<Burndown>,
    /// What the sprints before delivered.
    pub velocity: Velocity,
}

impl Said {
    /// What is to be said of this sprint.
    fn of(app: &App, sprint: Option<&Id>) -> Self {
        let (workspace, today) = (app.workspace(), app.today);
        let velocity = Velocity::of(workspace, today);
        let burndown = sprint.and_then(|id| Burndown::of(workspace, id, today));
        let head = sprint.and_then(|id| head::of(app, id, &velocity, burndown.as_ref()));
        Self { head, burndown, velocity }
    }

    /// Lines it takes above the columns.
    pub fn lines(&self) -> u16 {
        let lines = self.head.as_ref().map_or(2, |head| head.lines.len() + 1);
        u16::try_from(lines).unwrap_or(u16::MAX)
    }
}

impl Board {
    /// The board of this sprint, with the cursor on its first card.
    fn of(sprint: Option<Id>) -> Self {
        Self { sprint, ..Self::default() }
    }

    /// The item under the cursor.
    pub fn cursor(&self) -> Option<&Id> {
        self.cursor.as_ref()
    }

    /// Puts the cursor on an item. Whether it is there.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        let found = self.find(id);
        found.into_iter().for_each(|(column, row)| self.set(column, row));
        found.is_some()
    }

    fn find(&self, id: &Id) -> Option<(usize, usize)> {
        let mut columns = self.columns.iter().enumerate();
        columns.find_map(|(at, ids)| Some((at, ids.iter().position(|other| other == id)?)))
    }

    /// Puts the cursor on a card, or on the nearest there is in the column.
    fn set(&mut self, column: usize, row: usize) {
        let column = column.min(self.columns.len() - 1);
        let row = row.min(self.columns[column].len().saturating_sub(1));
        self.at = (column, row);
        self.cursor = self.columns[column].get(row).cloned();
    }

    /// Brings the columns up to date. The cursor follows its item; where that is gone it stays
    /// where it was.
    pub(super) fn refresh(&mut self, app: &App) {
        let workspace = app.workspace();
        let filter = &app.board.filter;
        let asked = |id: &Id| {
            let spot = workspace.spot_of(id);
            filter.is_empty()
                || spot.is_some_and(|spot| {
                    let this = std::iter::once(spot.index);
                    !filter.matching_among(this, workspace, spot.place, app.today).is_empty()
                })
        };
        self.columns = columns(workspace, self.sprint.as_ref());
        self.columns.iter_mut().for_each(|ids| ids.retain(asked));
        let found = self.cursor.as_ref().and_then(|id| self.find(id));
        let (column, row) = found.unwrap_or(self.at);
        self.set(column, row);
        let stamp = Some((app.document.revision(), app.today));
        if self.of != stamp {
            *self.said = Said::of(app, self.sprint.as_ref());
            self.of = stamp;
        }
        self.reveal(self.areas(app).cards());
    }

    /// Where its parts stand.
    pub fn areas(&self, app: &App) -> Areas {
        Areas::of(app.layout().body, self.at.0, self.said.lines())
    }

    /// Puts the cursor on the card that is drawn at a cell.
    pub(super) fn click(&mut self, app: &App, cell: Position) {
        if let Some(id) = self.card_at(app, cell) {
            self.look_at(&id);
        }
    }

    fn card_at(&self, app: &App, cell: Position) -> Option<Id> {
        let areas = self.areas(app).columns;
        let column = areas.iter().position(|area| area.contains(cell))?;
        let line = usize::from(cell.y - areas[column].y).checked_sub(1)?;
        self.columns[column].get(self.tops[column] + line).cloned()
    }

    /// Scrolls the column the cursor is in so that `height` cards show it.
    fn reveal(&mut self, height: usize) {
        let (at, row) = self.at;
        let top = &mut self.tops[at];
        *top = (*top).min(row).max((row + 1).saturating_sub(height));
        *top = (*top).min(self.columns[at].len().saturating_sub(height));
    }
}

/// What of a sprint stands in each column.
fn columns(workspace: &Workspace, sprint: Option<&Id>) -> [Vec<Id>; 4] {
    let items = sprint.map_or(Vec::new(), |id| workspace.in_sprint(id));
    Column::ALL.map(|column| {
        let items = items.iter().filter_map(|id| workspace.get(id));
        let here = items.filter(|item| Column::of(workspace, item) == column);
        here.map(|item| item.id().clone()).collect()
    })
}

impl App {
    /// The board of the sprint that is looked at, if one is.
    pub fn sprint_board(&self) -> Option<&Board> {
        if let View::Sprint(board) = &self.view { Some(board) } else { None }
    }

    fn sprint_board_mut(&mut self) -> Option<&mut Board> {
        if let View::Sprint(board) = &mut self.view { Some(board) } else { None }
    }
}

/// The sprint one wants to see first: the one that runs, else the next, else the last.
pub fn usual(workspace: &Workspace) -> Option<Id> {
    let last = || in_order(workspace).last().copied();
    let sprint = running(workspace).or_else(|| planned(workspace)).or_else(last);
    sprint.map(|sprint| sprint.id().clone())
}

/// Why there is nothing to do with a sprint.
pub fn none(app: &App) -> Option<String> {
    let none = app.workspace().list(Place::Sprints).is_empty();
    none.then(|| format!("there is no sprint yet · {} makes one", app.key("sprint-new")))
}

/// Opens the board of a sprint, with the cursor on the first card there is.
pub(super) fn open(app: &mut App, id: Option<Id>) {
    app.board.hat = Hat::Po;
    app.board.deselect();
    let mut board = Board::of(id);
    board.refresh(app);
    let first = board.columns.iter().position(|ids| !ids.is_empty()).unwrap_or(0);
    board.set(first, 0);
    app.view = View::Sprint(board);
}

/// The sprint before (-1) or after (1) the one that is looked at.
pub(super) fn turn(app: &mut App, way: isize) {
    let sprints = in_order(app.workspace()).into_iter();
    let ids: Vec<Id> = sprints.map(|sprint| sprint.id().clone()).collect();
    let seen = app.sprint_board().and_then(|board| board.sprint.as_ref());
    let here = seen.and_then(|id| ids.iter().position(|other| other == id));
    let by = way * app.times().cast_signed();
    let goal = here.map_or(0, |here| here.saturating_add_signed(by)).min(ids.len().max(1) - 1);
    if here == Some(goal) {
        let end = if way > 0 { "last" } else { "first" };
        return app.refuse(format!("this is the {end} sprint"));
    }
    open(app, ids.get(goal).cloned());
}

/// The sprint an action is about: the one that is looked at, else the one that runs, else the
/// next.
pub(super) fn meant(app: &App) -> Option<Id> {
    let seen = app.sprint_board().and_then(|board| board.sprint.clone());
    seen.filter(|id| app.workspace().contains(id)).or_else(|| usual(app.workspace()))
}

/// Up or down in the column.
pub(super) fn step(app: &mut App, by: isize) {
    if let Some(board) = app.sprint_board_mut() {
        let (column, row) = board.at;
        board.set(column, row.saturating_add_signed(by));
    }
}

/// To another column, on the same row as far as there is one.
pub(super) fn across(app: &mut App, by: isize) {
    if let Some(board) = app.sprint_board_mut() {
        let (column, row) = board.at;
        board.set(column.saturating_add_signed(by), row);
    }
}

/// Moves the card up or down among those of its column.
pub(super) fn slide(app: &mut App, by: isize) {
    let Some(board) = app.sprint_board() else { return };
    let Some(id) = board.cursor().cloned() else { return };
    let Some(place) = app.workspace().place_of(&id) else { return };
    let list: Vec<&Id> = app.workspace().list(place).iter().map(|record| record.id()).collect();
    let shown: Vec<&Id> = board.columns[board.at.0].iter().filter(|id| list.contains(id)).collect();
    let moves = moves(list, &shown, |other| *other == id, by.unsigned_abs(), by > 0);
    let ops: Vec<Op> =
        moves.into_iter().map(|(id, index)| Op::shift(&id, Spot::new(place, index))).collect();
    if ops.is_empty() {
        let end = if by < 0 { "top" } else { "bottom" };
        return app.refuse(format!("already at the {end}"));
    }
    let words = if by < 0 { "moved up" } else { "moved down" };
    let ids = [id];
    let words = format!("{words}: {}", actions::named(app, &ids));
    actions::against::commit(app, &words, &ids, ops);
}

/// Moves the card to the column before or after its own.
pub(super) fn shift(app: &mut App, way: isize) {
    let Some(item) = app.current() else { return };
    let (id, from) = (item.id().clone(), Column::of(app.workspace(), item));
    let by = way * app.times().cast_signed();
    let at = Column::ALL.iter().position(|column| *column == from).unwrap_or(0);
    let goal = Column::ALL[at.saturating_add_signed(by).min(Column::ALL.len() - 1)];
    if goal == from && item.status() != Status::Blocked {
        let end = if way > 0 { "last" } else { "first" };
        return app.refuse(format!("already in the {end} column"));
    }
    let ops = brought(app.workspace(), item, goal, app.today);
    let over = over(app, goal);
    let words = format!("{}: {}{over}", goal.key(), actions::named(app, &[id]));
    app.commit(words, Op::Batch(ops));
}

/// The edits that bring an item into a column.
fn brought(workspace: &Workspace, item: &Record, goal: Column, today: Date) -> Vec<Op> {
    let place = workspace.place_of(item.id()).unwrap_or(Place::Backlog);
    let status = match goal {
        Column::Todo => Status::Todo,
        Column::Doing => Status::Doing,
        Column::Review => Status::Review,
        Column::Done => return finished(item, place, today),
    };
    let mut ops = if place == Place::Done { reopened(item) } else { Vec::new() };
    ops.extend(progress(item, status, today));
    ops
}

/// A word when a column will hold one more than it may.
fn over(app: &App, column: Column) -> String {
    let Some(limit) = column.limit(app.workspace().settings()) else { return String::new() };
    let at = Column::ALL.iter().position(|other| *other == column).unwrap_or(0);
    let sprint = app.sprint_board().and_then(|board| board.sprint.as_ref());
    let holds = columns(app.workspace(), sprint)[at].len() + 1;
    match u32::try_from(holds) {
        Ok(count) if f64::from(count) > limit => {
            format!(" ({} holds {holds}, its limit is {limit})", column.key())
        }
        _ => String::new(),
    }
}

/// Adds items to the sprint that is looked at, below the cursor.
pub(super) fn add(app: &mut App, lines: &[&str]) {
    let Some(sprint) = app.sprint_board().and_then(|board| board.sprint.clone()) else { return };
    let dress = |record: Record| record.with(Field::Sprint, Value::link(sprint.clone()));
    actions::added(app, lines, Place::Backlog, "the sprint", dress);
}

/// Sets how many items the column under the cursor may hold; nothing takes the limit away.
pub(super) fn limit(app: &mut App, text: &str) {
    let Some(column) = column(app) else { return };
    let Some(limit) = count(app, text) else { return };
    let settings = app.workspace().settings();
    let value = Value::with(settings.get(Field::Wip), column.key(), limit.map(Value::Number));
    let said = limit.map_or("none".to_owned(), |limit| limit.to_string());
    set(app, format!("limit of {}: {said}", column.key()), Field::Wip, value);
}

/// Sets how many points a sprint has room for; nothing lets the sprints before tell.
pub(super) fn state_capacity(app: &mut App, text: &str) {
    let Some(points) = count(app, text) else { return };
    let said = points.map_or("as the sprints before tell".to_owned(), |points| points.to_string());
    set(app, format!("room in a sprint: {said}"), Field::Capacity, points.map(Value::Number));
}

fn set(app: &mut App, words: String, field: Field, value: Option<Value>) {
    let id = Id::new(Content::SETTINGS);
    app.commit(words, Op::Edit { id, field, value });
}

/// The column the cursor is in.
pub(super) fn column(app: &App) -> Option<Column> {
    app.sprint_board().map(|board| Column::ALL[board.at.0.min(Column::ALL.len() - 1)])
}

/// A number of at least 0 that was typed, or that nothing was; `None` after saying what is wrong.
#[expect(clippy::option_option, reason = "wrong, nothing, or a number")]
fn count(app: &mut App, text: &str) -> Option<Option<f64>> {
    let text = text.trim();
    let wrong = match number::typed(text) {
        Ok(Some(number)) if number >= 0.0 => return Some(Some(number)),
        Ok(None) if text.is_empty() => return Some(None),
        Ok(_) => format!("a number is needed here, “{text}” is none"),
        Err(two) => two,
    };
    app.refuse(wrong);
    None
}
