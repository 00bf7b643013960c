//! Filling a sprint: a line through the backlog, and single items picked or left out.

use super::sprint::{change, head, meant};
use super::{App, Window};
use crate::insight::sprint::Course;
use crate::insight::sprint::capacity::Room;
use crate::insight::sprint::plan::Candidates;
use crate::workspace::number::counted;
use crate::workspace::{Id, Op};

/// A sprint that is being filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Planning {
    /// The sprint.
    pub sprint: Id,
    /// What may go into it, and what of that is picked.
    pub candidates: Candidates,
    /// How many rows stand above the line.
    pub line: usize,
    /// The row under the cursor.
    pub at: usize,
    /// The room there is; `None` where nobody knows.
    pub room: Option<Room>,
}

impl Planning {
    fn of(app: &App, sprint: Id) -> Option<Self> {
        let workspace = app.workspace();
        let record = workspace.get(&sprint)?;
        let candidates = Candidates::of(workspace, &sprint);
        Some(Self {
            line: candidates.rows.iter().take_while(|row| row.picked).count(),
            at: 0,
            room: Room::of(workspace, record, app.today),
            sprint,
            candidates,
        })
    }

    /// The points of all that is picked.
    pub fn points(&self) -> f64 {
        let picked = self.candidates.rows.iter().filter(|row| row.picked);
        self.candidates.fixed + picked.map(|row| row.points).sum::<f64>()
    }

    /// Those of them that are guessed.
    pub fn guessed(&self) -> f64 {
        let guessed = self.candidates.rows.iter().filter(|row| row.picked && row.assumed);
        guessed.map(|row| row.points).sum::<f64>() + 0.0
    }

    /// Takes the rows from the top as far as there is room, and nothing else.
    fn fill(&mut self) {
        let Some(room) = self.room.as_ref().map(|room| room.points) else { return };
        self.line = self.candidates.fitting(room);
        for (row, at) in self.candidates.rows.iter_mut().zip(0..) {
            row.picked = at < self.line;
        }
        self.at = self.line.saturating_sub(1);
    }

    /// Moves the line over a row, which goes into the sprint or out of it.
    fn draw_line(&mut self, down: bool) {
        if down {
            if let Some(row) = self.candidates.rows.get_mut(self.line) {
                row.picked = true;
                self.line += 1;
            }
        } else if let Some(above) = self.line.checked_sub(1) {
            self.candidates.rows[above].picked = false;
            self.line = above;
        }
        self.at = self.line.saturating_sub(1);
    }
}

/// Opens the plan of the sprint that is meant.
pub(super) fn open(app: &mut App) {
    if let Some(planning) = meant(app).and_then(|id| Planning::of(app, id)) {
        app.windows.push(Window::Planning(planning));
    }
}

fn with(app: &mut App, change: impl FnOnce(&mut Planning)) {
    if let Some(Window::Planning(planning)) = app.windows.last_mut() {
        change(planning);
    }
}

/// Moves the cursor.
pub(super) fn step(app: &mut App, by: isize) {
    with(app, |planning| {
        let last = planning.candidates.rows.len().saturating_sub(1);
        planning.at = planning.at.saturating_add_signed(by).min(last);
    });
}

/// Picks the row under the cursor, or not any more, and goes on.
pub(super) fn pick(app: &mut App) {
    with(app, |planning| {
        let at = planning.at;
        if let Some(row) = planning.candidates.rows.get_mut(at) {
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
        planning.candidates.rows.iter_mut().for_each(|row| row.picked = false);
        (planning.line, planning.at) = (0, 0);
    });
}

/// Makes the plan what is in the sprint.
pub(super) fn accept(app: &mut App) {
    let Some(Window::Planning(planning)) = app.close() else { return };
    let workspace = app.workspace();
    let Candidates { rows, mut others, .. } = planning.candidates;
    // What came into the sprint since was not left out by anybody.
    let is_new = |id: &Id| !others.contains(id) && !rows.iter().any(|row| row.id == *id);
    let new: Vec<Id> = workspace.in_sprint(&planning.sprint).into_iter().filter(is_new).collect();
    others.extend(new);
    let picked = rows.into_iter().filter(|row| row.picked).map(|row| row.id);
    let count = picked.clone().count();
    let chosen: Vec<Id> = picked.chain(others).collect();
    let ops = change::filled(workspace, &planning.sprint, &chosen);
    let title = workspace.get(&planning.sprint).map_or("", |sprint| sprint.title()).to_owned();
    if ops.is_empty() {
        return app.say(format!("as it was: {title}"));
    }
    let did = format!("planned {title}: {}", counted(count, "item"));
    if app.commit(did.clone(), Op::Batch(ops)) {
        let course = Course::of(app.workspace(), &planning.sprint, app.today);
        let points = course.map_or_else(Vec::new, |course| head::points(&course)).join(" · ");
        super::sprint::open(app, Some(planning.sprint));
        app.say(format!("{did} · {points} · {} takes it back", app.key("undo")));
    }
}
