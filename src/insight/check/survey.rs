//! What the rules need to know of a workspace as a whole.

use super::circle::{self, Circles};
use crate::insight::forecast::basis::{self, Usual};
use crate::insight::next;
use crate::insight::points::Shares;
use crate::insight::rank::now_limit;
use crate::insight::sprint::{Column, State};
use crate::scoring::median;
use crate::workspace::{Date, Field, Id, Place, Workspace};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

/// Items at the head of the backlog that should be ready to be worked on.
const SOON: usize = 10;
/// Items among which those are looked for, so that a long backlog of which little is ready costs
/// no more than a short one.
const HEAD: usize = 200;
/// Closed sprints whose delivered points are looked at, the newest.
const SPRINTS: usize = 12;

/// A workspace seen as a whole, for the rules. It holds for one state of it and one day.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// The day.
    pub(super) today: Date,
    /// Items that Now may hold.
    pub(super) now_limit: f64,
    /// Points that a sprint takes, and why that is known.
    pub(super) size: Option<(f64, &'static str)>,
    /// Sprints that run or are planned.
    pub(super) open: HashSet<Id>,
    /// The first items of the backlog that are ready to be worked on.
    pub(super) soon: HashSet<Id>,
    /// Items beyond what may be in their status, with what may.
    pub(super) crowded: HashMap<Id, f64>,
    /// Items that go round being part of each other.
    pub(super) parts: Circles,
    /// Items that go round waiting for each other.
    pub(super) waits: Circles,
    /// What parts without points count for, as far as a rule asked.
    pub(super) shares: RefCell<Shares>,
    /// Whether there are objectives.
    pub(super) has_objectives: bool,
    /// Whether there is anything at all that work could serve.
    pub(super) has_aims: bool,
    /// Whether the file brought circles.
    goes_round: bool,
}

impl Survey {
    /// Looks over a workspace once.
    pub fn of(workspace: &Workspace, today: Date) -> Self {
        let mut survey = Self::without_circles(workspace, today);
        survey.parts = circle::of(workspace, Field::Parent);
        survey.waits = circle::of(workspace, Field::BlockedBy);
        survey.goes_round = !(survey.parts.is_empty() && survey.waits.is_empty());
        survey
    }

    /// Looks over the same workspace after changes, for which a circle is refused: they are only
    /// looked for again where the file brought some.
    #[must_use]
    pub fn again(&self, workspace: &Workspace, today: Date) -> Self {
        if !self.goes_round {
            return Self::without_circles(workspace, today);
        }
        Self { goes_round: true, ..Self::of(workspace, today) }
    }

    fn without_circles(workspace: &Workspace, today: Date) -> Self {
        let settings = workspace.settings();
        let has = |place: &Place| !workspace.list(*place).is_empty();
        let has_objectives = has(&Place::Objectives);
        Self {
            today,
            now_limit: now_limit(settings),
            size: size(workspace, today),
            open: open(workspace),
            soon: soon(workspace),
            crowded: crowded(workspace),
            has_objectives,
            has_aims: has_objectives || Place::ROADMAP.iter().any(has),
            ..Self::default()
        }
    }
}

/// What a sprint takes: as stated, else the median of what the newest closed ones delivered in the
/// usual time. Where half of them delivered nothing, it says nothing of what one takes.
fn size(workspace: &Workspace, today: Date) -> Option<(f64, &'static str)> {
    if let Some(capacity) = workspace.settings().number(Field::Capacity) {
        return Some((capacity, "and the capacity of a sprint is"));
    }
    let closed = basis::closed(workspace, today);
    let newest = &closed[closed.len().saturating_sub(SPRINTS)..];
    let Usual { amounts, is_even, .. } = Usual::of(workspace, newest);
    let why = if is_even {
        "and half of the newest sprints delivered no more than"
    } else {
        "and in as many days half of the newest sprints delivered no more than"
    };
    median(amounts).filter(|points| *points > 0.0).map(|points| (points, why))
}

fn open(workspace: &Workspace) -> HashSet<Id> {
    let sprints = workspace.list(Place::Sprints).iter();
    let open = sprints.filter(|sprint| State::of(sprint) != State::Closed);
    open.map(|sprint| sprint.id().clone()).collect()
}

fn soon(workspace: &Workspace) -> HashSet<Id> {
    let backlog = workspace.list(Place::Backlog).iter();
    let ready = backlog.take(HEAD).filter(|item| next::is_ready(workspace, item));
    ready.take(SOON).map(|item| item.id().clone()).collect()
}

/// The items of the backlog that are one too many in their column of the board, in its order.
fn crowded(workspace: &Workspace) -> HashMap<Id, f64> {
    let settings = workspace.settings();
    if settings.get(Field::Wip).is_none() {
        return HashMap::new();
    }
    let mut held: HashMap<&str, f64> = HashMap::new();
    let mut crowded = HashMap::new();
    for item in workspace.list(Place::Backlog) {
        let column = Column::of(workspace, item);
        let Some(limit) = column.limit(settings) else { continue };
        let held = held.entry(column.key()).or_default();
        *held += 1.0;
        if *held > limit {
            crowded.insert(item.id().clone(), limit);
        }
    }
    crowded
}
