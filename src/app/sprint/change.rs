//! What making, planning, starting and closing a sprint changes: the ops, for the screen and the
//! command line alike.

use super::head::amount;
use crate::app::actions::{finished, progress, reopened};
use crate::app::preferences::DateFormat;
use crate::insight::check::{self, Survey};
use crate::insight::sprint::proposal::{self, Proposal};
use crate::insight::sprint::stuck;
use crate::insight::sprint::{Course, State, leaves, planned, running};
use crate::workspace::{Date, Field, Id, Op, Place, Record, Spot, Status, Value, Workspace};
use std::sync::Arc;

/// Rules that say of an item that it is not ready to be started.
const UNREADY: [&str; 4] = ["sprint-points", "estimate", "too-big", "acceptance"];

/// A planned sprint as proposed.
pub fn proposed(id: Id, proposal: &Proposal) -> Record {
    Record::new(id)
        .with(Field::Name, Value::text(&proposal.name))
        .with(Field::Start, Value::Date(proposal.start))
        .with(Field::End, Value::Date(proposal.end))
        .with(Field::State, Value::text(State::Planned.key()))
}

/// The op that makes a sprint.
pub fn made(record: Record) -> Op {
    Op::Insert { record: Arc::new(record), at: Spot::bottom(Place::Sprints) }
}

/// The edits after which exactly `chosen` are the open items of a sprint.
pub fn filled(workspace: &Workspace, sprint: &Id, chosen: &[Id]) -> Vec<Op> {
    let inside = workspace.in_sprint(sprint).into_iter();
    let open = |id: &Id| workspace.place_of(id) != Some(Place::Done);
    let out = inside.filter(|id| open(id) && !chosen.contains(id));
    let out = out.map(|id| Op::clear(&id, Field::Sprint));
    let is_in =
        |id: &&Id| workspace.get(id).is_some_and(|item| item.link(Field::Sprint) == Some(sprint));
    let into = chosen.iter().filter(|id| !is_in(id));
    out.chain(into.map(|id| Op::set(id, Field::Sprint, Value::link(sprint.clone())))).collect()
}

/// What of a sprint is not ready to be started: the items, each with what is missing.
pub fn unready(
    workspace: &Workspace,
    survey: &Survey,
    sprint: &Id,
    today: Date,
) -> Vec<(Id, String)> {
    let said = |item: &&Arc<Record>| {
        let id = item.id();
        let found = check::of(workspace, survey, id).into_iter();
        let found = found.filter(|found| UNREADY.contains(&found.rule.id));
        let mut words: Vec<String> = found.map(|found| found.said()).collect();
        let is_outside = |waits: &Id| {
            let other = workspace.get(waits);
            other.is_some_and(|other| other.link(Field::Sprint) != Some(sprint))
        };
        let stuck = stuck::one(workspace, id, today);
        let stuck = stuck
            .filter(|stuck| item.status() == Status::Blocked || stuck.waits.iter().any(is_outside));
        words.extend(stuck.map(|stuck| stuck.words(workspace)));
        (!words.is_empty()).then(|| (id.clone(), words.join(" · ")))
    };
    let open = leaves(workspace, sprint).into_iter();
    let open = open.filter(|item| workspace.place_of(item.id()) != Some(Place::Done));
    open.collect::<Vec<_>>().iter().filter_map(said).collect()
}

/// What starts a sprint: it runs, and what it promises is noted. One that begins before its first
/// day has this day as its first, and stays as long as it is.
///
/// # Errors
/// Why it can't be started.
pub fn started(workspace: &Workspace, sprint: &Id, today: Date) -> Result<Vec<Op>, String> {
    let record = workspace.get(sprint).ok_or("there is no such sprint")?;
    let title = record.title();
    if State::of(record) == State::Closed {
        return Err(format!("{title} is closed; what is closed does not start again"));
    }
    if let Some(running) = running(workspace) {
        if running.id() == sprint {
            return Err(format!("{title} runs already"));
        }
        return Err(format!("{} still runs; close it first", running.title()));
    }
    let course = Course::of(workspace, sprint, today).ok_or("there is no such sprint")?;
    let mut ops = vec![
        Op::set(sprint, Field::State, Value::text(State::Running.key())),
        Op::set(sprint, Field::Committed, Value::Number(course.points)),
    ];
    let inside = leaves(workspace, sprint).into_iter().map(|item| item.id().clone());
    ops.extend(noted(sprint, Field::Promised, inside));
    let (start, end) = (record.date(Field::Start), record.date(Field::End));
    let is_early = start.is_none_or(|start| start > today);
    if is_early {
        ops.push(Op::set(sprint, Field::Start, Value::Date(today)));
    }
    if is_early || end.is_none_or(|end| end < today) {
        // As long as it was planned to be.
        let long =
            start.zip(end).filter(|(start, end)| start <= end).map(|(start, end)| end - start);
        let end = long.filter(|_| is_early).and_then(|long| today.checked_add(long).ok());
        let end = end.unwrap_or_else(|| proposal::end(workspace, today));
        ops.push(Op::set(sprint, Field::End, Value::Date(end)));
    }
    Ok(ops)
}

/// What the ops that start a sprint do, in words: also which days it has now, where they were
/// others.
pub fn told(workspace: &Workspace, sprint: &Id, ops: &[Op], dates: &DateFormat) -> String {
    let new = |wanted: Field| {
        ops.iter().find_map(|op| match op {
            Op::Edit { field, value, .. } if *field == wanted => value.as_ref(),
            _ => None,
        })
    };
    let end = new(Field::End).and_then(Value::as_date);
    let end = end.map_or(String::new(), |end| format!(" to {}", dates.show(end)));
    // One that gets another first day gets the one on which it is started.
    let days = match new(Field::Start) {
        Some(_) => format!(", today{end}"),
        None if end.is_empty() => end,
        None => format!(", now{end}"),
    };
    let title = workspace.get(sprint).map_or("", |sprint| sprint.title());
    let points = new(Field::Committed).and_then(Value::as_number).unwrap_or_default();
    format!("started: {title}{days}, {} points promised", amount(points))
}

/// What was decided about a sprint that ends.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// What the owner accepts.
    pub accepted: Vec<Id>,
    /// What goes back to work.
    pub sent_back: Vec<Id>,
    /// What goes into the next sprint.
    pub carried: Vec<Id>,
    /// The next sprint, where there is none yet and something is carried.
    pub next: Option<Record>,
    /// Points delivered, where the person states another number than is counted.
    pub delivered: Option<f64>,
    /// What was kept, changed and tried.
    pub retro: [Vec<String>; 3],
    /// What the retro leads to, as items on top of the backlog.
    pub actions: Vec<Record>,
}

/// The names of the parts of a retro.
pub const RETRO: [&str; 3] = ["kept", "changed", "tried"];

/// What closes a sprint. What is neither done nor carried over keeps its place in the backlog and
/// is in no sprint any more.
///
/// # Errors
/// Why it can't be closed.
pub fn closed(
    workspace: &Workspace,
    sprint: &Id,
    settled: &Settled,
    today: Date,
) -> Result<Vec<Op>, String> {
    let record = workspace.get(sprint).ok_or("there is no such sprint")?;
    match State::of(record) {
        State::Running => {}
        State::Planned => return Err(format!("{} did not start yet", record.title())),
        State::Closed => return Err(format!("{} is closed already", record.title())),
    }
    let mut ops = Vec::new();
    let next = settled.next.as_ref().map(|next| next.id().clone());
    let next = next.or_else(|| planned(workspace).map(|next| next.id().clone()));
    ops.extend(settled.next.clone().map(made));
    for item in settled.accepted.iter().filter_map(|id| workspace.get(id)) {
        ops.extend(accepted(workspace, item, today));
    }
    // Each goes on top, so that the last one goes first.
    for item in settled.sent_back.iter().rev().filter_map(|id| workspace.get(id)) {
        ops.extend(sent_back(workspace, item, today));
    }
    ops.extend(emptied(workspace, sprint, settled, next.as_ref()));
    for action in settled.actions.iter().rev() {
        ops.push(Op::Insert { record: Arc::new(action.clone()), at: Spot::top(Place::Backlog) });
    }
    ops.extend(ended(record, settled, today));
    Ok(ops)
}

/// What takes out of a sprint whatever is not done: what is carried over into the next one.
fn emptied(workspace: &Workspace, sprint: &Id, settled: &Settled, next: Option<&Id>) -> Vec<Op> {
    let stays = |id: &Id| {
        let done = workspace.place_of(id) == Some(Place::Done);
        settled.accepted.contains(id) || (done && !settled.sent_back.contains(id))
    };
    // What is made of others goes with them.
    let goes = |id: &Id| workspace.family(id).into_iter().any(|id| settled.carried.contains(id));
    let moved = |id: Id| {
        let goal = next.filter(|_| goes(&id)).cloned().map(Value::link);
        Op::Edit { id, field: Field::Sprint, value: goal }
    };
    let inside = workspace.in_sprint(sprint).into_iter();
    let mut ops: Vec<Op> = inside.filter(|id| !stays(id)).map(moved).collect();
    if next.is_some() {
        let goes = |item: &&Arc<Record>| settled.carried.contains(item.id()) && !stays(item.id());
        let goes = leaves(workspace, sprint).into_iter().filter(goes);
        ops.extend(noted(sprint, Field::Carried, goes.map(|item| item.id().clone())));
    }
    ops
}

/// What says of a sprint that it is over, and how it went.
fn ended(sprint: &Record, settled: &Settled, today: Date) -> Vec<Op> {
    let id = sprint.id();
    let mut ops = vec![Op::set(id, Field::State, Value::text(State::Closed.key()))];
    // One that ends before its first or its last day has this day for it.
    for field in [Field::Start, Field::End] {
        if sprint.date(field).is_none_or(|day| day > today) {
            ops.push(Op::set(id, field, Value::Date(today)));
        }
    }
    let delivered = settled.delivered.map(Value::Number);
    ops.extend(delivered.map(|points| Op::set(id, Field::Delivered, points)));
    let lines = |lines: &Vec<String>| lines.iter().map(Value::text).collect::<Vec<_>>();
    let parts = RETRO.into_iter().zip(&settled.retro).filter(|(_, said)| !said.is_empty());
    let parts: Vec<_> = parts.map(|(part, said)| (part.into(), Value::list(lines(said)))).collect();
    ops.extend((!parts.is_empty()).then(|| Op::set(id, Field::Retro, Value::map(parts))));
    ops
}

/// What notes items of a sprint, where there are any.
fn noted(sprint: &Id, field: Field, ids: impl Iterator<Item = Id>) -> Option<Op> {
    let links: Vec<Value> = ids.map(Value::link).collect();
    (!links.is_empty()).then(|| Op::set(sprint, field, Value::list(links)))
}

/// What accepts an item: it is done, and the owner said so.
pub fn accepted(workspace: &Workspace, item: &Record, today: Date) -> Vec<Op> {
    let place = workspace.place_of(item.id()).unwrap_or(Place::Backlog);
    let mut ops = vec![Op::set(item.id(), Field::Approved, Value::Date(today))];
    if place != Place::Done {
        ops.extend(finished(item, place, today));
    }
    ops
}

/// What sends an item back to work.
pub fn sent_back(workspace: &Workspace, item: &Record, today: Date) -> Vec<Op> {
    let mut ops = match workspace.place_of(item.id()) {
        Some(Place::Done) => reopened(item),
        _ => Vec::new(),
    };
    ops.extend(progress(item, Status::Doing, today));
    ops
}

/// Whether it is part of what was in its sprint from the start: no more work than was promised.
fn is_promised(workspace: &Workspace, part: &Record) -> bool {
    let whole = part.link(Field::Parent).and_then(|whole| workspace.get(whole));
    whole.is_some_and(|whole| {
        whole.get(Field::Added).is_none() && whole.link(Field::Sprint) == part.link(Field::Sprint)
    })
}

/// An op, and with it the day on which something came into a sprint that runs already; which is
/// gone when it leaves.
pub fn dated(workspace: &Workspace, op: Op, today: Date) -> Op {
    let mut more = Vec::new();
    let runs = |sprint: &Id| {
        workspace.get(sprint).is_some_and(|sprint| State::of(sprint) == State::Running)
    };
    op.each(&mut |op| match op {
        Op::Edit { id, field: Field::Sprint, value } => {
            let Some(item) = workspace.get(id) else { return };
            let goal = value.as_ref().and_then(Value::as_link);
            if goal == item.link(Field::Sprint) {
                return;
            }
            if goal.is_some_and(runs) {
                more.push(Op::set(id, Field::Added, Value::Date(today)));
            } else if item.get(Field::Added).is_some() {
                more.push(Op::clear(id, Field::Added));
            }
        }
        Op::Insert { record, at } if at.place != Place::Done => {
            let new = record.link(Field::Sprint).is_some_and(runs);
            if new && record.get(Field::Added).is_none() && !is_promised(workspace, record) {
                more.push(Op::set(record.id(), Field::Added, Value::Date(today)));
            }
        }
        _ => {}
    });
    let mut said = false;
    op.each(&mut |op| said |= matches!(op, Op::Edit { field: Field::Added, .. }));
    match op {
        op if more.is_empty() || said => op,
        Op::Batch(ops) => Op::Batch(ops.into_iter().chain(more).collect()),
        op => Op::Batch(std::iter::once(op).chain(more).collect()),
    }
}
