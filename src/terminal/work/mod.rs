//! What waits to be kept, and when its turn comes. Edits are in the journal, so the file may wait
//! for a pause; whoever leaves, or looks elsewhere, does not.

use super::keeper::{Job, Save};
use crate::app::{Msg, SaveProblem};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long nothing happens before the file is written.
const CALM: Duration = Duration::from_millis(200);
/// The shortest time after which it is written although something happens.
const LATEST: Duration = Duration::from_millis(200);
/// Bytes a second that writing it may take for long.
const RATE: u64 = 10_000_000;
/// How long after the first failure it is tried again; twice as long after each further one.
const AGAIN: Duration = Duration::from_secs(1);
/// How long at most.
const SELDOM: Duration = Duration::from_secs(8);

/// Why what was done is not in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsaved {
    /// Writing takes longer than anybody would wait.
    #[error("writing it takes too long")]
    Late,
    /// See [`SaveProblem::Changed`].
    #[error("somebody else changed the file meanwhile")]
    Changed,
    /// See [`SaveProblem::Missing`].
    #[error("the file is gone")]
    Missing,
    /// See [`SaveProblem::Malformed`].
    #[error("{0}")]
    Malformed(String),
    /// See [`SaveProblem::Failed`].
    #[error("{0}")]
    Failed(String),
}

impl From<SaveProblem> for Unsaved {
    fn from(problem: SaveProblem) -> Self {
        match problem {
            SaveProblem::Changed => Self::Changed,
            SaveProblem::Missing => Self::Missing,
            SaveProblem::Malformed(reason) | SaveProblem::Marked(reason) => Self::Malformed(reason),
            SaveProblem::Failed(reason) | SaveProblem::Newer(reason) => Self::Failed(reason),
        }
    }
}

/// What waits to be kept, seen by the session, its signals and its panic hook.
#[derive(Debug, Default)]
pub struct Work {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Job>,
    /// A save whose time has not come.
    later: Option<Later>,
    busy: bool,
    problem: Option<Unsaved>,
    /// Whether what could not be saved is in a copy.
    copied: bool,
    /// Saves that failed since the last one that did not.
    failures: u32,
    /// Bytes of the file.
    bytes: u64,
}

#[derive(Debug)]
struct Later {
    save: Save,
    /// When the first edit in it was made.
    first: Instant,
    due: Instant,
    /// Whether it was tried: who waits for the end need not wait for it again.
    tried: bool,
}

impl State {
    fn idle(&self) -> bool {
        let done = self.later.as_ref().is_none_or(|later| later.tried);
        !self.busy && self.waiting.is_empty() && done
    }

    /// Puts a save into the queue. One that waits there gives way to it, unless something that
    /// depends on the file stands between them; what was to be forced stays so.
    fn queue(&mut self, mut save: Save) {
        save.force |= self.later.take().is_some_and(|later| later.save.force);
        if let Some(at) = superseded(&self.waiting)
            && let Some(Job::Save(older)) = self.waiting.remove(at)
        {
            save.force |= older.force;
        }
        self.waiting.push_back(Job::Save(save));
    }

    /// The save that waits for its time waits no longer.
    fn hurry(&mut self) {
        if let Some(Later { save, .. }) = self.later.take() {
            self.queue(save);
        }
    }

    /// A save that failed is tried again, or what came after it.
    fn again(&mut self, save: &Save, now: Instant) {
        let doubled = AGAIN.saturating_mul(1 << self.failures.min(8));
        self.failures += 1;
        let due = now + doubled.min(SELDOM);
        match &mut self.later {
            Some(later) => later.due = due,
            None if self.waiting.iter().any(|job| matches!(job, Job::Save(_))) => {}
            None => self.later = Some(Later { save: save.clone(), first: now, due, tried: true }),
        }
    }
}

/// When a file of so many bytes is to be written.
fn due(first: Instant, now: Instant, bytes: u64) -> Instant {
    let latest = first + LATEST.max(Duration::from_millis(bytes * 1000 / RATE));
    (now + CALM).min(latest)
}

impl Work {
    /// Adds a job. One that depends on the file comes after what is to be in that.
    pub fn add(&self, job: Job) {
        let mut state = self.state();
        // Who reads the file again gives up what could not be saved, once that was read.
        let gives_up = matches!(job, Job::Reload) && state.failures > 0;
        if !is_beside(&job) && !gives_up {
            state.hurry();
        }
        match job {
            Job::Save(save) => {
                state.copied = false;
                state.queue(save);
            }
            job => state.waiting.push_back(job),
        }
        self.changed.notify_all();
    }

    /// Adds a save that may wait for a pause, since the journal has what is in it.
    pub fn save_later(&self, mut save: Save) {
        let mut state = self.state();
        state.copied = false;
        let now = Instant::now();
        let (first, retry) = match state.later.take() {
            None => (now, None),
            Some(Later { save: older, first, due, .. }) => {
                save.force |= older.force;
                (first, (state.failures > 0).then_some(due))
            }
        };
        // After a failure more edits are no reason to hope.
        let due = retry.unwrap_or_else(|| due(first, now, state.bytes));
        state.later = Some(Later { save, first, due, tried: false });
        self.changed.notify_all();
    }

    /// What waits for a pause waits no longer.
    pub fn hurry(&self) {
        self.state().hurry();
        self.changed.notify_all();
    }

    /// Asks for a look at the file. One that waits is enough.
    pub fn look(&self) {
        let mut state = self.state();
        if !state.waiting.iter().any(|job| matches!(job, Job::Look)) {
            state.waiting.push_back(Job::Look);
            self.changed.notify_all();
        }
    }

    /// Does what is left, and ends where all of it is kept; see [`Work::settle`].
    pub fn finish(&self, patience: Duration) -> Result<(), Unsaved> {
        self.settle(patience)?;
        self.add(Job::Close);
        self.settle(patience)
    }

    /// Waits until nothing is left to do, at most for `patience`. What failed is tried once more.
    ///
    /// # Errors
    /// Why the last changes are not in the file.
    pub fn settle(&self, patience: Duration) -> Result<(), Unsaved> {
        let mut state = self.state();
        state.hurry();
        self.changed.notify_all();
        let waited = self.changed.wait_timeout_while(state, patience, |state| !state.idle());
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match &state.problem {
            _ if !state.idle() => Err(Unsaved::Late),
            Some(problem) if !state.copied => Err(problem.clone()),
            _ => Ok(()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a job and takes it. Where nothing is to come it sleeps without a timer.
    pub(super) fn next(&self) -> Job {
        let mut state = self.state();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                state.busy = true;
                return job;
            }
            let now = Instant::now();
            let left = state.later.as_ref().map(|later| later.due.saturating_duration_since(now));
            state = match left {
                None => self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => {
                    state.hurry();
                    state
                }
                Some(left) => {
                    let waited = self.changed.wait_timeout(state, left);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    /// Takes in what came of a job.
    pub(super) fn note(&self, answer: &Msg) {
        let mut state = self.state();
        match answer {
            Msg::Saved { result, .. } => state.problem = result.clone().err().map(Unsaved::from),
            Msg::SavedBeside(Ok(_)) => state.copied = true,
            // What was done stands in the journal, or was given up for what is in the file.
            Msg::Opened(_) => (state.problem, state.later) = (None, None),
            _ => {}
        }
    }

    /// Takes in how a save ended. One that failed, for a reason that may go away by itself, is
    /// tried again; not one that was to write over something, which may be something else by then.
    pub(super) fn saved(&self, save: &Save, result: Result<(), &SaveProblem>) {
        let mut state = self.state();
        match result {
            Ok(()) => state.failures = 0,
            Err(SaveProblem::Failed(_)) if !save.force => state.again(save, Instant::now()),
            Err(_) => {}
        }
    }

    /// A job is done, after which the file has so many bytes.
    pub(super) fn done(&self, bytes: u64) {
        let mut state = self.state();
        state.busy = false;
        state.bytes = bytes;
        drop(state);
        self.changed.notify_all();
    }
}

/// Whether it does not matter to a job what is in the file.
fn is_beside(job: &Job) -> bool {
    use Job::{DateValues, Import, Log, Look, LookBack, Remember, Save};
    matches!(
        job,
        Save(_) | Import { .. } | Log(_) | Look | LookBack(_) | DateValues(..) | Remember(_)
    )
}

/// The save that a newer one replaces: only log entries and looks may stand after it.
fn superseded(waiting: &VecDeque<Job>) -> Option<usize> {
    let at = waiting.iter().rposition(|job| !matches!(job, Job::Log(_) | Job::Look))?;
    matches!(waiting[at], Job::Save(_)).then_some(at)
}

#[cfg(test)]
mod counted;
#[cfg(test)]
mod tests;
