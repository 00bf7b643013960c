//! The journal as three threads write to it: edits before they are seen, a sync behind them,
//! checkpoints after a save.

use super::session::Event;
use crate::app::Msg;
use crate::store::journal::Journal;
use crate::workspace::Step;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The journal of the workspace that is open, where there is one. Clones are the same.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    slot: Mutex<Slot>,
    bell: Condvar,
}

#[derive(Debug, Default)]
struct Slot {
    journal: Option<Journal>,
    /// Whether something was written that might not survive a power cut.
    rung: bool,
}

impl Ledger {
    /// From now on this is the journal; the one before it ends.
    pub fn turn_to(&self, journal: Option<Journal>) {
        let before = std::mem::replace(&mut self.slot().journal, journal);
        before.into_iter().for_each(Journal::close);
    }

    /// Writes an edit down and gives its number, or why it could not be. Nothing where there is no
    /// journal.
    pub fn note(&self, step: &Step) -> Option<Result<u64, String>> {
        let journal = self.journal()?;
        let written = journal.append(step).map_err(|error| error.to_string());
        self.ring();
        Some(written)
    }

    /// Asks for what was written to be made durable, again where that failed.
    pub fn ring(&self) {
        self.slot().rung = true;
        self.0.bell.notify_all();
    }

    /// The number of the newest edit; 0 before the first.
    pub fn newest(&self) -> u64 {
        self.journal().map_or(0, |journal| journal.newest())
    }

    /// Whether every edit that is not in the file is in the journal.
    pub fn holds_all(&self) -> bool {
        self.journal().is_some_and(|journal| journal.holds_all())
    }

    /// The journal, to write to it without holding others up.
    pub fn journal(&self) -> Option<Journal> {
        self.slot().journal.clone()
    }

    /// Starts the thread that makes what is written durable. However much came meanwhile takes one
    /// sync; while nothing comes it sleeps.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub fn sync_behind(&self, events: Sender<Event>) -> io::Result<()> {
        let ledger = self.clone();
        let serve = move || loop {
            let Some(journal) = ledger.rung() else { continue };
            let safe = journal.sync().map_err(|error| error.to_string());
            // Held while it is told, so that nothing of a journal is told after the next one begins.
            let slot = ledger.slot();
            let is_current = slot.journal.as_ref().is_some_and(|current| current.is(&journal));
            if is_current && events.send(Event::Told(Msg::Safe(safe))).is_err() {
                return;
            }
        };
        thread::Builder::new().name("syncer".into()).spawn(serve).map(drop)
    }

    /// Waits until something was written.
    fn rung(&self) -> Option<Journal> {
        let slot = self.slot();
        let waited = self.0.bell.wait_while(slot, |slot| !std::mem::take(&mut slot.rung));
        waited.unwrap_or_else(PoisonError::into_inner).journal.clone()
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.0.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
