//! The ways in which a workspace can change.

use super::{Field, Id, Place, Record, Value};
use std::sync::Arc;

/// A place and how many records of it come before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    /// The list.
    pub place: Place,
    /// From 0; anything past the end is the end.
    pub index: usize,
}

impl Spot {
    /// The spot at `index` of `place`.
    pub fn new(place: Place, index: usize) -> Self {
        Self { place, index }
    }

    /// The top of `place`.
    pub fn top(place: Place) -> Self {
        Self::new(place, 0)
    }

    /// The bottom of `place`.
    pub fn bottom(place: Place) -> Self {
        Self::new(place, usize::MAX)
    }
}

/// A change. Each has an exact opposite, which doing it returns.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// A new record stands at a spot.
    Insert {
        /// The record, under an id that is not taken.
        record: Arc<Record>,
        /// Where it stands afterwards.
        at: Spot,
    },
    /// A record goes away. Links to it stay and dangle; take them out first, in one batch.
    Remove {
        /// The record.
        id: Id,
    },
    /// A record stands elsewhere.
    Move {
        /// The record.
        id: Id,
        /// Where it stands afterwards: the index counts without it.
        to: Spot,
    },
    /// A field of a record holds something else, or nothing.
    Edit {
        /// The record; [`Id`]s of product and settings are on [`Workspace`](super::Workspace).
        id: Id,
        /// The field.
        field: Field,
        /// What it holds afterwards.
        value: Option<Value>,
    },
    /// Some records of a place stand in another order, each where one of them stood before. This
    /// is how a whole list is put in order: one move after the other would shift all that is
    /// below each time.
    Arrange {
        /// The place.
        place: Place,
        /// The records in their new order, each once.
        order: Arc<[Id]>,
    },
    /// Several, in order, all or none.
    Batch(Vec<Op>),
}

impl Op {
    /// Sets a field.
    pub fn set(id: &Id, field: Field, value: Value) -> Self {
        Self::Edit { id: id.clone(), field, value: Some(value) }
    }

    /// Clears a field.
    pub fn clear(id: &Id, field: Field) -> Self {
        Self::Edit { id: id.clone(), field, value: None }
    }

    /// Moves a record.
    pub fn shift(id: &Id, to: Spot) -> Self {
        Self::Move { id: id.clone(), to }
    }

    /// Whether it is a batch of no changes.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Batch(ops) if ops.is_empty())
    }

    /// Calls `see` with each change that is not a batch, in order.
    pub fn each(&self, see: &mut impl FnMut(&Op)) {
        match self {
            Self::Batch(ops) => ops.iter().for_each(|op| op.each(see)),
            op => see(op),
        }
    }

    /// The records it touches, each once, in order.
    pub fn touched(&self) -> Vec<Id> {
        let mut ids: Vec<Id> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        self.each(&mut |op| {
            let these = match op {
                Self::Insert { record, .. } => std::slice::from_ref(record.id()),
                Self::Remove { id } | Self::Move { id, .. } | Self::Edit { id, .. } => {
                    std::slice::from_ref(id)
                }
                Self::Arrange { order, .. } => order,
                Self::Batch(_) => &[],
            };
            ids.extend(these.iter().filter(|id| seen.insert((*id).clone())).cloned());
        });
        ids
    }
}
