//! Which stretches of the lists a change only put in another order or worded anew, so that what was
//! concluded of the others still holds.

use super::{Field, Op, Place, Spot, Workspace};
use std::ops::Range;

/// Fields that say what an item is, and from which nothing follows for others: neither a rank nor a
/// day.
const WORDING: [Field; 6] =
    [Field::Title, Field::Notes, Field::Tags, Field::Story, Field::Acceptance, Field::NoteTo];

/// A stretch of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The list.
    pub place: Place,
    /// The indexes.
    pub range: Range<usize>,
}

impl Stretch {
    /// What an op will bring into another order or word anew, if that and decisions is all it does.
    pub(super) fn of(workspace: &Workspace, op: &Op) -> Option<Self> {
        match op {
            Op::Move { id, to } => {
                let from = workspace.spot_of(id).filter(|spot| spot.place == to.place)?;
                let last = workspace.list(to.place).len().saturating_sub(1);
                let (at, goal) = (from.index, to.index.min(last));
                Some(Self { place: to.place, range: at.min(goal)..at.max(goal) + 1 })
            }
            Op::Arrange { place, .. } => {
                Some(Self { place: *place, range: 0..workspace.list(*place).len() })
            }
            Op::Insert { at, .. } => Self::decision(at.place),
            Op::Edit { id, field, .. } if WORDING.contains(field) => {
                let Spot { place, index } = workspace.spot_of(id)?;
                let worded = Self { place, range: index..index + 1 };
                if place.holds_items() { Some(worded) } else { Self::decision(place) }
            }
            Op::Remove { id } | Op::Edit { id, .. } => Self::decision(workspace.place_of(id)?),
            Op::Batch(ops) => {
                let mut stretches = ops.iter().map(|op| Self::of(workspace, op));
                stretches.try_fold(Self::nothing(), |a, b| a.with(b?))
            }
        }
    }

    /// Nothing follows from a decision for anything that stands in a list.
    fn decision(place: Place) -> Option<Self> {
        (place == Place::Decisions).then(Self::nothing)
    }

    fn nothing() -> Self {
        Self { place: Place::Decisions, range: 0..0 }
    }

    /// Both, and what is between them; `None` where they are of two lists.
    fn with(self, other: Self) -> Option<Self> {
        if self.range.is_empty() || other.range.is_empty() {
            return Some(if self.range.is_empty() { other } else { self });
        }
        let range = hull(&self.range, &other.range);
        (self.place == other.place).then_some(Self { place: self.place, range })
    }
}

/// Both, and what is between them.
fn hull(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => b.clone(),
        (_, true) => a.clone(),
        _ => a.start.min(b.start)..a.end.max(b.end),
    }
}

/// What was only put in another order or worded anew since the last change of substance.
#[derive(Debug, Clone, Default)]
pub(super) struct Reordered {
    /// How many changes were of substance.
    substance: u64,
    /// What each change since then did.
    since: Vec<Stretch>,
}

impl Reordered {
    /// Takes in a change, which is one of substance where it is no stretch.
    pub fn note(&mut self, change: Option<Stretch>) {
        if let Some(stretch) = change {
            self.since.push(stretch);
        } else {
            self.substance += 1;
            self.since.clear();
        }
    }

    /// How many changes were of substance.
    pub fn substance(&self) -> u64 {
        self.substance
    }

    /// What the last so many changes did, one stretch a list; `None` where one was of substance.
    pub fn by(&self, changes: usize) -> Option<Vec<Stretch>> {
        let since = self.since.get(self.since.len().checked_sub(changes)?..)?;
        let mut stretches: Vec<Stretch> = Vec::new();
        for stretch in since {
            match stretches.iter_mut().find(|known| known.place == stretch.place) {
                Some(known) => known.range = hull(&known.range, &stretch.range),
                None => stretches.push(stretch.clone()),
            }
        }
        Some(stretches)
    }
}
