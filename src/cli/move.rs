//! `move`: where items stand.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::options;
use super::position::{Position, Queue, Slot};
use super::targets::Targets;
use super::verb::Verb;
use crate::app::actions::{Keeping, Moving, finished, moves, reopened, turned};
use crate::insight::{standing, trade};
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Id, IdSource, Op, Place, Record, Spot, Workspace};
use clap::{ArgGroup, Args};

/// Move items within their place, or to another
///
/// Without --to they move within their place. With it they go on top unless told otherwise, in
/// the order in which they are given; what is there already stays. Between roadmap and backlog an
/// initiative becomes an epic and an epic an initiative, and the sprint is cleared; to and from
/// `done` is as `done` and `reopen`. Objectives, personas and releases move within their list.
#[derive(Debug, Args)]
#[command(
    override_usage = "twohats move [OPTIONS] <ID>...|--filter <QUERY> [--to <PLACE>] [--top|--bottom|--before <ID>|--after <ID>|--by <N>]"
)]
#[command(group(ArgGroup::new("goal").args(["to", "top", "bottom", "before", "after", "by"]).required(true).multiple(true)))]
pub(super) struct Move {
    #[command(flatten)]
    targets: Targets,
    /// The place they go to
    #[arg(long, value_name = "PLACE", value_parser = options::place())]
    to: Option<Place>,
    #[command(flatten)]
    position: Position,
    /// So many places down, or up where negative
    #[arg(
        long,
        value_name = "N",
        allow_negative_numbers = true,
        group = "position",
        conflicts_with = "to"
    )]
    by: Option<isize>,
    /// Why it goes against its score or the plan, where it does
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

impl Verb for Move {
    const NAME: &'static str = "move";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats move b2 --top", "first in its place"),
        ("twohats move b2 b9 --before b7", "both, in this order"),
        ("twohats move b2 --by -3", "three up"),
        ("twohats move b9 --top --why 'a pilot waits for it'", "against its score, and why"),
        ("twohats move --filter is:overdue --sort score --top", "all that is late, best first"),
        ("twohats move k7 --to later --why 'a law came first'", "against the plan, and why"),
        ("twohats move k7 --to backlog", "to the other pane, on top"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let meant = self.targets.read()?;
        let mut desk = Desk::open(console)?.because(self.why.as_deref()).of(&meant);
        let mut ids = Vec::new();
        let today = console.today;
        let told = Told { hat: console.options.hat, today };
        let why = self.why.as_deref().unwrap_or_default().trim();
        let step = desk.change(console, |workspace| {
            ids = match self.to {
                Some(_) => meant.items(workspace, today)?,
                None => meant.records(workspace, today)?,
            };
            let slot = self.position.slot(workspace)?;
            if slot.as_ref().and_then(Slot::anchor).is_some_and(|id| ids.contains(id)) {
                return Err(Failure::Usage("nothing goes before or after itself".into()));
            }
            let ops = match (self.by, self.to, slot) {
                (Some(by), ..) => slide(workspace, &ids, by),
                (None, Some(place), slot) => transfer(workspace, &ids, place, slot, today)?,
                (None, None, Some(slot)) => within(workspace, &ids, &slot)?,
                // The arguments are not taken without one of these.
                (None, None, None) => Vec::new(),
            };
            let goal = self.to.map_or(String::new(), |place| format!(" to {}", place.words()));
            let moved = format!("moved{goal}: {}", workspace.named(&ids));
            let (said, ops) = against(workspace, &ids, ops, why, &told);
            Ok((format!("{moved}{said}"), ops))
        })?;
        meant.report(console, &desk, step.as_ref(), &ids)
    }
}

/// What there is to know of who decides, and when.
struct Told {
    hat: Option<Hat>,
    today: Date,
}

/// The moves with what they decide of items that stay in their pane, and a word on it.
fn against(
    workspace: &Workspace,
    ids: &[Id],
    mut ops: Vec<Op>,
    why: &str,
    told: &Told,
) -> (&'static str, Vec<Op>) {
    let mut source = IdSource::seeded(fastrand::u64(..));
    let (mut begins, mut stands) = (false, false);
    let mut decisions = Vec::new();
    for hat in [Hat::Pm, Hat::Po] {
        let is_here = |id: &&Id| workspace.place_of(id).is_some_and(|place| place.hat() == hat);
        let here: Vec<Id> = ids.iter().filter(is_here).cloned().collect();
        if here.is_empty() || ops.is_empty() {
            continue;
        }
        let framework = Framework::of(hat, workspace.settings());
        let ranking = &standing::ranking(workspace, hat, framework, told.today);
        for keeping in (Moving { workspace, ranking, hat }).keepings(&here, &ops) {
            begins |= matches!(keeping, Keeping::Begins(..));
            stands |= matches!(keeping, Keeping::Stands(..));
            let new = || source.next(|id| workspace.is_spoken_for(id));
            decisions.extend(keeping.op(new, why, told.hat.unwrap_or(hat), told.today));
        }
    }
    let is_traded = !trade::of(workspace, &Op::Batch(ops.clone())).0.is_empty();
    ops.extend(decisions);
    let said = match (begins, stands, why.is_empty()) {
        (true, _, true) => " · against its score: `twohats decide ID WHY` says why",
        (true, _, false) => " · against its score, and why is kept",
        (false, true, false) => " · still against its score, and why is kept",
        (false, false, false) if !is_traded => " · not against its score, so no reason is kept",
        (false, ..) => "",
    };
    (said, ops)
}

/// The moves that shift records down by so many rows of their place, or up.
fn slide(workspace: &Workspace, ids: &[Id], by: isize) -> Vec<Op> {
    let of_place = |place| {
        let list: Vec<&Id> = workspace.list(place).iter().map(|record| record.id()).collect();
        moves(list.clone(), &list, |id| ids.contains(id), by.unsigned_abs(), by > 0)
            .into_iter()
            .map(move |(id, index)| Op::shift(&id, Spot::new(place, index)))
    };
    Place::ALL.into_iter().flat_map(of_place).collect()
}

/// The moves that put records into a slot, each within its place.
fn within(workspace: &Workspace, ids: &[Id], slot: &Slot) -> Result<Vec<Op>, Failure> {
    let mut ops = Vec::new();
    for place in Place::ALL {
        let here = ids.iter().filter(|id| workspace.place_of(id) == Some(place));
        let mut here = here.peekable();
        if here.peek().is_some() {
            let mut queue = Queue::new(workspace, place, slot.clone())?;
            ops.extend(here.filter_map(|id| Some(Op::shift(id, queue.put(id)?))));
        }
    }
    Ok(ops)
}

/// What takes items to a place: into the slot, or else on top, those that are not there yet. What
/// is done goes to the bottom.
fn transfer(
    workspace: &Workspace,
    ids: &[Id],
    goal: Place,
    slot: Option<Slot>,
    today: Date,
) -> Result<Vec<Op>, Failure> {
    let usual = if goal == Place::Done { Slot::Bottom } else { Slot::Top };
    let told = slot.is_some();
    let mut queue = Queue::new(workspace, goal, slot.unwrap_or(usual))?;
    let mut ops = Vec::new();
    for id in ids {
        let (Some(record), Some(place)) = (workspace.get(id), workspace.place_of(id)) else {
            continue;
        };
        if place != goal {
            ops.extend(edits(workspace, record, place, goal, today));
        }
        if place != goal || told {
            ops.extend(queue.put(id).map(|spot| Op::shift(id, spot)));
        }
    }
    Ok(ops)
}

/// What a record changes in when it goes from one place to another.
fn edits(
    workspace: &Workspace,
    record: &Record,
    place: Place,
    goal: Place,
    today: Date,
) -> Vec<Op> {
    let mut ops = match (place, goal) {
        (_, Place::Done) => finished(record, place, today),
        (Place::Done, _) => reopened(record),
        _ => turned(workspace, record.id(), goal),
    };
    ops.retain(|op| !matches!(op, Op::Move { .. }));
    ops
}
