//! Filling a sprint: a line through the backlog, and single items picked or left out.

use super::sprint::{change, head, meant};
use super::{App, Window};
use crate::insight::forecast::counted;
use crate::insight::sprint::capacity::Room;
use crate::insight::sprint::{Course, State, leaves, usual_size};
use crate::workspace::{Field, Id, Op, Workspace};

/// An item that may go into the sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The item.
    pub id: Id,
    /// Its points; the median of the backlog where nobody estimated it.
    pub points: f64,
    /// Whether nobody estimated it.
    pub assumed: bool,
    /// Whether it goes into the sprint.
    pub picked: bool,
}

/// A sprint that is being filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Planning {
    /// The sprint.
    pub sprint: Id,
    /// The work of the backlog that no sprint that runs has, in its order.
    pub rows: Vec<Row>,
    /// How many rows stand above the line.
    pub line: usize,
    /// The row under the cursor.
    pub at: usize,
    /// The room there is; `None` where nobody knows.
    pub room: Option<Room>,
    /// Points of what is in the sprint and not among the rows: what is done already.
    pub fixed: f64,
}

impl Planning {
    fn of(app: &App, sprint: Id) -> Option<Self> {
        let workspace = app.workspace();
        let record = workspace.get(&sprint)?;
        let usual = usual_size(workspace);
        let row = |id: &Id| {
            let item = workspace.get(id)?;
            let points = item.number(Field::Points);
            let picked = item.link(Field::Sprint) == Some(&sprint);
            let row = Row {
                id: id.clone(),
                points: points.unwrap_or(usual),
                assumed: points.is_none(),
                picked,
            };
            (picked || !is_taken(workspace, id)).then_some(row)
        };
        let rows: Vec<Row> = counted(workspace).iter().filter_map(|item| row(item.id())).collect();
        let fixed = leaves(workspace, &sprint).into_iter();
        let fixed = fixed.filter(|item| rows.iter().all(|row| row.id != *item.id()));
        Some(Self {
            line: rows.iter().take_while(|row| row.picked).count(),
            at: 0,
            room: Room::of(workspace, record, app.today),
            fixed: fixed.filter_map(|item| item.number(Field::Points)).sum(),
            sprint,
            rows,
        })
    }

    /// The points of all that is picked.
    pub fn points(&self) -> f64 {
        let picked = self.rows.iter().filter(|row| row.picked).map(|row| row.points);
        self.fixed + picked.sum::<f64>()
    }

    /// Those of them that are guessed.
    pub fn guessed(&self) -> f64 {
        let guessed = self.rows.iter().filter(|row| row.picked && row.assumed);
        guessed.map(|row| row.points).sum::<f64>() + 0.0
    }

    /// Takes the rows from the top as far as there is room, and nothing else.
    fn fill(&mut self) {
        let Some(room) = self.room.as_ref().map(|room| room.points) else { return };
        self.rows.iter_mut().for_each(|row| row.picked = false);
        self.line = 0;
        while let Some(row) = self.rows.get(self.line) {
            // A hair more is not too much: points are added up from tenths.
            if self.points() + row.points > room + 1e-9 {
                break;
            }
            self.rows[self.line].picked = true;
            self.line += 1;
        }
        self.at = self.line.saturating_sub(1);
    }

    /// Moves the line over a row, which goes into the sprint or out of it.
    fn draw_line(&mut self, down: bool) {
        if down {
            if let Some(row) = self.rows.get_mut(self.line) {
                row.picked = true;
                self.line += 1;
            }
        } else if let Some(above) = self.line.checked_sub(1) {
            self.rows[above].picked = false;
            self.line = above;
        }
        self.at = self.line.saturating_sub(1);
    }
}

/// Whether a sprint that runs has the item.
fn is_taken(workspace: &Workspace, item: &Id) -> bool {
    let sprint = workspace.get(item).and_then(|item| item.link(Field::Sprint));
    let sprint = sprint.and_then(|sprint| workspace.get(sprint));
    sprint.is_some_and(|sprint| State::of(sprint) == State::Running)
}

/// Opens the plan of the sprint that is meant.
pub(super) fn open(app: &mut App) {
    let planning = meant(app).and_then(|id| Planning::of(app, id));
    app.windows.extend(planning.map(Window::Planning));
}

fn with(app: &mut App, change: impl FnOnce(&mut Planning)) {
    if let Some(Window::Planning(planning)) = app.windows.last_mut() {
        change(planning);
    }
}

/// Moves the cursor.
pub(super) fn step(app: &mut App, by: isize) {
    with(app, |planning| {
        let last = planning.rows.len().saturating_sub(1);
        planning.at = planning.at.saturating_add_signed(by).min(last);
    });
}

/// Picks the row under the cursor, or not any more, and goes on.
pub(super) fn pick(app: &mut App) {
    with(app, |planning| {
        let at = planning.at;
        if let Some(row) = planning.rows.get_mut(at) {
            row.picked = !row.picked;
        }
    });
    step(app, 1);
}

/// Moves the line.
pub(super) fn draw_line(app: &mut App, down: bool) {
    with(app, |planning| planning.draw_line(down));
}

/// Takes rows from the top up to the room there is.
pub(super) fn fill(app: &mut App) {
    let Some(Window::Planning(planning)) = app.windows.last_mut() else { return };
    if planning.room.is_none() {
        let settings = "set capacity in the settings, or close a sprint first";
        return app.refuse(format!("nobody knows the room yet · {settings}"));
    }
    planning.fill();
}

/// Leaves everything out.
pub(super) fn clear(app: &mut App) {
    with(app, |planning| {
        planning.rows.iter_mut().for_each(|row| row.picked = false);
        (planning.line, planning.at) = (0, 0);
    });
}

/// Makes the plan what is in the sprint.
pub(super) fn accept(app: &mut App) {
    let Some(Window::Planning(planning)) = app.close() else { return };
    let workspace = app.workspace();
    let is_row = |id: &Id| planning.rows.iter().any(|row| row.id == *id);
    let picked = planning.rows.iter().filter(|row| row.picked).map(|row| row.id.clone());
    let others = workspace.in_sprint(&planning.sprint).into_iter().filter(|id| !is_row(id));
    let chosen: Vec<Id> = picked.chain(others).collect();
    let ops = change::filled(workspace, &planning.sprint, &chosen);
    let title = workspace.get(&planning.sprint).map_or("", |sprint| sprint.title()).to_owned();
    if ops.is_empty() {
        return app.say(format!("as it was: {title}"));
    }
    let count = planning.rows.iter().filter(|row| row.picked).count();
    let items = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    let did = format!("planned {title}: {items}");
    if app.commit(did.clone(), Op::Batch(ops)) {
        let course = Course::of(app.workspace(), &planning.sprint, app.today);
        let points = course.map_or_else(Vec::new, |course| head::points(&course)).join(" · ");
        super::sprint::open(app, Some(planning.sprint));
        app.say(format!("{did} · {points} · {} takes it back", app.key("undo")));
    }
}
