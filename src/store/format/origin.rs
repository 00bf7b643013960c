//! Where each record came from, and how it was spelled there.

use super::raw::Span;
use crate::workspace::{Id, Record, Section};
use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Where the records came from, each found by its id.
pub(super) type Origins = HashSet<Origin, foldhash::fast::RandomState>;

/// Where a record came from. It is known by the id of the record, and keeps no other copy of it.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) record: Arc<Record>,
    pub(super) raw: Raw,
    pub(super) section: Section,
    /// Whether its id is not yet in the file.
    pub(super) renamed: bool,
    /// Whether something in it may not fit, which is said whenever it is read.
    pub(super) doubtful: bool,
}

impl Origin {
    pub(super) fn id(&self) -> &Id {
        self.record.id()
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Origin {}

impl Hash for Origin {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

impl Borrow<Id> for Origin {
    fn borrow(&self) -> &Id {
        self.id()
    }
}

/// What a record was spelled like.
#[derive(Debug)]
pub(super) enum Raw {
    /// As it stands in the text.
    Here(Span),
    /// As it stood in another text.
    Elsewhere(Box<str>),
}
