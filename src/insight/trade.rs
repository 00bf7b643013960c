//! Which change goes against the plan that both hats agreed on, and why was it made?

use super::handover::is_handed_over;
use super::sprint::State;
use crate::workspace::{Date, Field, Id, Op, Place, Record, Value, Workspace};

/// A change against the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    /// An initiative leaves Now after it was handed over.
    OutOfNow,
    /// An item leaves the running sprint that promised it.
    OutOfSprint,
}

impl Trade {
    /// Every sort.
    pub const ALL: [Self; 2] = [Self::OutOfNow, Self::OutOfSprint];

    /// What is decided by it.
    pub fn words(self) -> &'static str {
        match self {
            Self::OutOfNow => "out of Now after it was handed over",
            Self::OutOfSprint => "out of the running sprint",
        }
    }

    /// How a decision ends that is taken back.
    pub fn undone(self) -> &'static str {
        match self {
            Self::OutOfNow => "back in Now",
            Self::OutOfSprint => "back in the sprint",
        }
    }
}

/// A decision that goes against the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Traded {
    /// The decision.
    pub decision: Id,
    /// The item.
    pub item: Id,
    /// What was done.
    pub trade: Trade,
    /// Why; empty where nobody said so.
    pub why: String,
    /// The day it was decided.
    pub on: Option<Date>,
}

impl Traded {
    fn of(decision: &Record) -> Option<Self> {
        let is_open = decision.get(Field::Ended).is_none();
        let what = decision.text(Field::What);
        Some(Self {
            decision: decision.id().clone(),
            item: decision.link(Field::About).filter(|_| is_open)?.clone(),
            trade: Trade::ALL.into_iter().find(|trade| trade.words() == what)?,
            why: decision.text(Field::Why).to_owned(),
            on: decision.date(Field::On),
        })
    }
}

/// The decisions against the plan that hold, as they were taken.
pub fn open(workspace: &Workspace) -> impl DoubleEndedIterator<Item = Traded> {
    workspace.list(Place::Decisions).iter().filter_map(|decision| Traded::of(decision))
}

/// Those of a change that nobody gave a reason for yet: the last ones, taken on one day.
pub fn unexplained(workspace: &Workspace, today: Date) -> Vec<Traded> {
    let is_new = |traded: &Traded| traded.why.is_empty() && traded.on == Some(today);
    let mut last: Vec<Traded> = open(workspace).rev().take_while(is_new).collect();
    last.reverse();
    last
}

/// What an op does against the plan, and what of that it takes back.
pub fn of(workspace: &Workspace, op: &Op) -> (Vec<(Id, Trade)>, Vec<Traded>) {
    let (mut made, mut undone) = (Vec::new(), Vec::new());
    let ended = ended(workspace, op);
    let mut see = |id: &Id, trade: Trade, is_back: bool| {
        if is_back {
            undone.extend(open(workspace).filter(|old| old.item == *id && old.trade == trade));
        } else {
            made.push((id.clone(), trade));
        }
    };
    op.each(&mut |op| match op {
        Op::Move { id, to } => {
            let from = workspace.place_of(id);
            let leaves = from == Some(Place::Now) && !matches!(to.place, Place::Now | Place::Done);
            let enters = from != Some(Place::Now) && to.place == Place::Now;
            if enters || (leaves && is_handed_over(workspace, id)) {
                see(id, Trade::OutOfNow, enters);
            }
        }
        Op::Edit { id, field: Field::Sprint, value } => {
            let Some(item) = workspace.get(id) else { return };
            let running = |id: &&Id| {
                let sprint = workspace.get(id);
                !ended.contains(id) && sprint.is_some_and(|s| State::of(s) == State::Running)
            };
            let from = item.link(Field::Sprint);
            let to = value.as_ref().and_then(Value::as_link);
            let promised = item.get(Field::Added).is_none();
            let open = workspace.place_of(id) != Some(Place::Done);
            let enters = to.as_ref().is_some_and(running);
            if from != to && (enters || (from.as_ref().is_some_and(running) && promised && open)) {
                see(id, Trade::OutOfSprint, enters);
            }
        }
        _ => {}
    });
    // What goes away altogether leaves nothing to explain.
    op.each(&mut |op| {
        if let Op::Remove { id } = op {
            made.retain(|(other, _)| other != id);
        }
    });
    (made, undone)
}

/// The sprints that an op closes: what is left of them goes elsewhere as a matter of course.
fn ended(workspace: &Workspace, op: &Op) -> Vec<Id> {
    let mut ended = Vec::new();
    op.each(&mut |op| match op {
        Op::Edit { id, field: Field::State, .. } => ended.push(id.clone()),
        Op::Remove { id } if workspace.place_of(id) == Some(Place::Sprints) => {
            ended.push(id.clone());
        }
        _ => {}
    });
    ended
}
