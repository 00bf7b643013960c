//! `sprint plan`: what goes into a sprint.

use super::{done, naming, next, title};
use crate::app::sprint::change::filled;
use crate::app::sprint::head::amount;
use crate::cli::console::Console;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::options;
use crate::insight::sprint::capacity::Room;
use crate::insight::sprint::plan::Candidates;
use crate::insight::sprint::{Course, State};
use crate::workspace::{Date, Field, Id, Op, Record, Value, Workspace};
use clap::Args;

/// Plan a sprint: fill it from the top of the backlog, put items in, take items out
///
/// The room is the capacity of the settings, else what the next sprint delivers with a chance of
/// 85 %, else the median of the sprints before, each by its working days; less the days off.
#[derive(Debug, Args)]
pub(super) struct Plan {
    /// The sprint; else the next that is planned
    #[arg(value_name = "SPRINT")]
    sprint: Option<String>,
    /// Take the items from the top of the backlog as far as there is room, and no others
    #[arg(long)]
    fill: bool,
    /// With this room, in points
    #[arg(long, value_name = "POINTS", requires = "fill", value_parser = options::amount)]
    capacity: Option<f64>,
    /// Put these items in
    #[arg(long, value_name = "ID", num_args = 1..)]
    add: Vec<String>,
    /// Take these items out
    #[arg(long, value_name = "ID", num_args = 1..)]
    out: Vec<String>,
    /// Why items go out of a running sprint that promised them
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// What it is for
    #[arg(long, value_name = "WORDS")]
    goal: Option<String>,
    /// Days nobody works
    #[arg(long, value_name = "DAYS", value_parser = options::amount)]
    days_off: Option<f64>,
}

impl Plan {
    pub fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?.because(self.why.as_deref());
        let id = next(desk.workspace(), self.sprint.as_deref(), "plan")?;
        let (sprint, today) = (id.clone(), console.today);
        let step = desk.change(console, |workspace| self.ops(workspace, &sprint, today))?;
        done(console, &desk, step.as_ref().map(|step| step.words.as_str()), &id)?;
        if !console.options.json
            && let Some(course) = Course::of(desk.workspace(), &id, today)
        {
            let record = desk.workspace().get(&id);
            let room = record.and_then(|sprint| self.room(desk.workspace(), sprint, today));
            let room = room.map_or(String::new(), |room| format!(", room for {}", amount(room)));
            let name = title(desk.workspace(), &id);
            console.line(&format!("{name}: {} points{room}", amount(course.points)))?;
        }
        Ok(())
    }

    fn ops(
        &self,
        workspace: &Workspace,
        id: &Id,
        today: Date,
    ) -> Result<(String, Vec<Op>), Failure> {
        let sprint = workspace.get(id).ok_or_else(|| Failure::Undone("it is gone".into()))?;
        if State::of(sprint) == State::Closed {
            return Err(Failure::Undone(format!("{} is closed", sprint.title())));
        }
        let mut ops = Vec::new();
        let mut sprint = (**sprint).clone();
        if let Some(goal) = &self.goal {
            ops.push(Op::set(id, Field::Goal, Value::text(goal)));
        }
        if let Some(days) = self.days_off {
            ops.push(Op::set(id, Field::DaysOff, Value::Number(days)));
            sprint = sprint.with(Field::DaysOff, Value::Number(days));
        }
        let mut chosen = workspace.in_sprint(id);
        if self.fill {
            let room = self.room(workspace, &sprint, today).ok_or_else(|| {
                let hint = "`--capacity` says it, or `twohats set settings capacity=…`";
                Failure::Undone(format!("nobody knows the room before a sprint is closed; {hint}"))
            })?;
            let candidates = Candidates::of(workspace, id);
            let count = candidates.fitting(room);
            let Candidates { rows, mut others, .. } = candidates;
            others.extend(rows.into_iter().take(count).map(|row| row.id));
            chosen = others;
        }
        let (add, out) =
            (naming::items(workspace, &self.add)?, naming::items(workspace, &self.out)?);
        chosen.retain(|id| !out.contains(id));
        let new: Vec<Id> = add.into_iter().filter(|id| !chosen.contains(id)).collect();
        chosen.extend(new);
        ops.extend(filled(workspace, id, &chosen));
        Ok((format!("planned: {}", sprint.title()), ops))
    }

    fn room(&self, workspace: &Workspace, sprint: &Record, today: Date) -> Option<f64> {
        self.capacity.or_else(|| Room::of(workspace, sprint, today).map(|room| room.points))
    }
}
