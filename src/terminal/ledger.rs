//! The journal as both threads write to it: edits before they are seen, checkpoints after a save.

use crate::store::journal::Journal;
use crate::workspace::Step;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The journal of the workspace that is open, where there is one. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Arc<Mutex<Option<Journal>>>);

impl Ledger {
    /// From now on this is the journal; the one before it ends.
    pub fn turn_to(&self, journal: Option<Journal>) {
        let before = std::mem::replace(&mut *self.slot(), journal);
        before.into_iter().for_each(Journal::close);
    }

    /// Writes an edit down and gives its number, or why it could not be. Nothing where there is no
    /// journal.
    pub fn note(&self, step: &Step) -> Option<Result<u64, String>> {
        let journal = self.journal()?;
        Some(journal.append(step).map_err(|error| error.to_string()))
    }

    /// The number of the newest edit; 0 before the first.
    pub fn newest(&self) -> u64 {
        self.journal().map_or(0, |journal| journal.newest())
    }

    /// The journal, to write to it without holding others up.
    pub fn journal(&self) -> Option<Journal> {
        self.slot().clone()
    }

    fn slot(&self) -> MutexGuard<'_, Option<Journal>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
