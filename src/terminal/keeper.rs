//! Keeping what was done, on a thread of its own: a disk may take its time, a key may not.

use super::ledger::Ledger;
use super::session::Event;
use crate::app::{Arrival, Memory, Msg, SaveProblem, Session};
use crate::workspace::{Content, Step};
use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Asks for a look at the file; from any thread.
pub type Ask = Arc<dyn Fn() + Send + Sync>;

/// Keeps the workspace. Called on one thread, one call at a time; reasons are for the person.
pub trait Keeper: Send + 'static {
    /// Writes the file, merged with what somebody else made of `base` meanwhile, which is the
    /// answer; with `force` over it. `number` is that of the newest edit in it.
    fn save(
        &mut self,
        base: &Content,
        content: &Content,
        force: bool,
        number: u64,
    ) -> Result<Option<Arrival>, SaveProblem>;
    /// Where edits are written down before they are seen.
    fn ledger(&self) -> Ledger;
    /// Lets go of what sessions that were cut off left; see
    /// [`Effect::Settle`](crate::app::Effect::Settle).
    fn settle(&mut self, brought_in: bool);
    /// Ends: everything is in the file.
    fn close(&mut self);
    /// Is to ask for a look whenever something may have happened to the file, from now on.
    fn attend(&mut self, ask: Ask);
    /// Looks what became of the file: nothing, or something to be told.
    fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>>;
    /// Writes a copy beside the file and says where.
    fn save_beside(&mut self, content: &Content) -> Result<String, String>;
    /// Opens another workspace, which is kept from then on.
    fn open(&mut self, path: &str) -> Result<Session, String>;
    /// Reads the file again.
    fn reload(&mut self) -> Result<Session, String>;
    /// Creates the file.
    fn create(&mut self, content: &Content) -> Result<Session, String>;
    /// Creates the file with the example in it.
    fn create_example(&mut self) -> Result<Session, String>;
    /// Makes the journal durable, which is the answer where there is one, and adds to the activity
    /// log. A log that cannot be written holds nobody up.
    fn log(&mut self, step: &Step) -> Option<Result<u64, String>>;
    /// Remembers something for the next session; one that can't be kept holds nobody up.
    fn remember(&mut self, memory: &Memory);
}

/// Something to be kept or read.
#[derive(Debug)]
pub enum Job {
    /// See [`Effect::Save`](crate::app::Effect::Save).
    Save {
        /// The revision this is.
        revision: u64,
        /// What it was made of.
        base: Content,
        /// What to write.
        content: Content,
        /// Whether to write over what somebody else wrote.
        force: bool,
        /// The newest edit in it, by the journal.
        number: u64,
    },
    /// See [`Keeper::look`].
    Look,
    /// See [`Keeper::settle`].
    Settle {
        /// Whether it was brought in.
        brought_in: bool,
    },
    /// See [`Keeper::close`].
    Close,
    /// See [`Keeper::save_beside`].
    SaveBeside(Content),
    /// See [`Keeper::open`].
    Open(String),
    /// See [`Keeper::reload`].
    Reload,
    /// See [`Keeper::create`].
    Create(Content),
    /// See [`Keeper::create_example`].
    CreateExample,
    /// See [`Keeper::log`].
    Log(Box<Step>),
    /// See [`Keeper::remember`].
    Remember(Memory),
}

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
            SaveProblem::Malformed(reason) => Self::Malformed(reason),
            SaveProblem::Failed(reason) => Self::Failed(reason),
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
    busy: bool,
    problem: Option<Unsaved>,
}

impl State {
    fn idle(&self) -> bool {
        !self.busy && self.waiting.is_empty()
    }
}

impl Work {
    /// Adds a job. A save that waits gives way to a newer one, unless something that depends on
    /// the file stands between them; what was to be forced stays so.
    pub fn add(&self, mut job: Job) {
        let mut state = self.state();
        if let Job::Save { force, .. } = &mut job
            && let Some(at) = superseded(&state.waiting)
            && let Some(Job::Save { force: forced, .. }) = state.waiting.remove(at)
        {
            *force |= forced;
        }
        state.waiting.push_back(job);
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

    /// Waits until nothing is left to do, at most for `patience`.
    ///
    /// # Errors
    /// Why the last changes are not in the file.
    pub fn settle(&self, patience: Duration) -> Result<(), Unsaved> {
        let state = self.state();
        let waited = self.changed.wait_timeout_while(state, patience, |state| !state.idle());
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.idle() { state.problem.clone().map_or(Ok(()), Err) } else { Err(Unsaved::Late) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a job and takes it.
    fn next(&self) -> Job {
        let mut state = self.state();
        loop {
            if let Some(job) = state.waiting.pop_front() {
                state.busy = true;
                return job;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn note(&self, answer: &Msg) {
        let mut state = self.state();
        match answer {
            Msg::Saved { result, .. } => state.problem = result.clone().err().map(Unsaved::from),
            // What was done stands in the copy, or was given up for what is in the file.
            Msg::SavedBeside(Ok(_)) | Msg::Opened(_) => state.problem = None,
            _ => {}
        }
    }

    fn done(&self) {
        self.state().busy = false;
        self.changed.notify_all();
    }
}

/// The save that a newer one replaces: only log entries and looks may stand after it.
fn superseded(waiting: &VecDeque<Job>) -> Option<usize> {
    let at = waiting.iter().rposition(|job| !matches!(job, Job::Log(_) | Job::Look))?;
    matches!(waiting[at], Job::Save { .. }).then_some(at)
}

/// Starts the thread that does the work. Answers go to `events`.
///
/// # Errors
/// The thread cannot be started.
pub fn start(mut keeper: impl Keeper, events: Sender<Event>) -> io::Result<Arc<Work>> {
    let work = Arc::new(Work::default());
    let shared = Arc::clone(&work);
    let asked = Arc::downgrade(&work);
    let serve = move || {
        keeper.attend(Arc::new(move || {
            if let Some(work) = asked.upgrade() {
                work.look();
            }
        }));
        loop {
            for answer in carry_out(&mut keeper, shared.next()) {
                shared.note(&answer);
                // Before it counts as done: who waits for that finds every answer there.
                let _ = events.send(Event::Told(answer));
            }
            shared.done();
        }
    };
    thread::Builder::new().name("keeper".into()).spawn(serve)?;
    Ok(work)
}

fn carry_out(keeper: &mut impl Keeper, job: Job) -> Vec<Msg> {
    let answer = match job {
        Job::Save { revision, base, content, force, number } => {
            return saved(revision, keeper.save(&base, &content, force, number));
        }
        Job::Look => {
            let looked = keeper.look().map(|result| Msg::Outside(result.map(boxed)));
            return looked.into_iter().collect();
        }
        Job::SaveBeside(content) => Msg::SavedBeside(keeper.save_beside(&content)),
        Job::Open(path) => opened(keeper.open(&path)),
        Job::Reload => opened(keeper.reload()),
        Job::Create(content) => opened(keeper.create(&content)),
        Job::CreateExample => opened(keeper.create_example()),
        Job::Log(step) => {
            return keeper.log(&step).map(Msg::Safe).into_iter().collect();
        }
        Job::Settle { brought_in } => {
            keeper.settle(brought_in);
            return Vec::new();
        }
        Job::Close => {
            keeper.close();
            return Vec::new();
        }
        Job::Remember(memory) => {
            keeper.remember(&memory);
            return Vec::new();
        }
    };
    vec![answer]
}

/// How a save ended, and what came in with it.
fn saved(revision: u64, result: Result<Option<Arrival>, SaveProblem>) -> Vec<Msg> {
    let (result, arrival) = match result {
        Ok(arrival) => (Ok(()), arrival),
        Err(problem) => (Err(problem), None),
    };
    let came_in = arrival.map(|arrival| Msg::Outside(Ok(boxed(Some(arrival)))));
    std::iter::once(Msg::Saved { revision, result }).chain(came_in).collect()
}

fn boxed(arrival: Option<Arrival>) -> Option<Box<Arrival>> {
    arrival.map(Box::new)
}

fn opened(result: Result<Session, String>) -> Msg {
    result.map_or_else(Msg::NotOpened, |session| Msg::Opened(Box::new(session)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Hat, Op};

    fn save(revision: u64, force: bool) -> Job {
        Job::Save {
            revision,
            base: Content::default(),
            content: Content::default(),
            force,
            number: 0,
        }
    }

    fn log() -> Job {
        let op = Op::Batch(Vec::new());
        let (words, hat, inverse) = ("moved it".into(), Hat::Pm, op.clone());
        Job::Log(Box::new(Step { words, hat, op, inverse }))
    }

    /// What waits, in a few words: a save is its revision, `!` where forced.
    fn waiting(jobs: impl IntoIterator<Item = Job>) -> String {
        let work = Work::default();
        jobs.into_iter().for_each(|job| work.add(job));
        let words = |job: &Job| match job {
            Job::Save { revision, force, .. } => {
                format!("{revision}{}", if *force { "!" } else { "" })
            }
            Job::Log(_) => "log".into(),
            _ => "reload".into(),
        };
        work.state().waiting.iter().map(words).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_the_newest_save_is_written() {
        assert_eq!(waiting([save(1, false), save(2, false), save(3, false)]), "3");
        assert_eq!(waiting([save(1, false), log(), save(2, false), log()]), "log 2 log");
    }

    #[test]
    fn what_was_to_be_forced_stays_forced() {
        assert_eq!(waiting([save(1, true), save(2, false)]), "2!");
    }

    #[test]
    fn a_save_does_not_jump_over_what_reads_the_file() {
        assert_eq!(waiting([save(1, false), Job::Reload, save(2, false)]), "1 reload 2");
    }

    /// A disk that fails for every odd number of saves.
    struct Moody(usize);

    impl Keeper for Moody {
        fn save(
            &mut self,
            _: &Content,
            _: &Content,
            _: bool,
            _: u64,
        ) -> Result<Option<Arrival>, SaveProblem> {
            self.0 += 1;
            if self.0 % 2 == 1 { Err(SaveProblem::Failed("no space".into())) } else { Ok(None) }
        }
        fn ledger(&self) -> Ledger {
            Ledger::default()
        }
        fn settle(&mut self, _: bool) {}
        fn close(&mut self) {}
        fn attend(&mut self, _: Ask) {}
        fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>> {
            None
        }
        fn save_beside(&mut self, _: &Content) -> Result<String, String> {
            Ok("beside".into())
        }
        fn open(&mut self, _: &str) -> Result<Session, String> {
            Err("not asked for".into())
        }
        fn reload(&mut self) -> Result<Session, String> {
            Err("gone".into())
        }
        fn create(&mut self, _: &Content) -> Result<Session, String> {
            Err("there is one".into())
        }
        fn create_example(&mut self) -> Result<Session, String> {
            Err("there is one".into())
        }
        fn log(&mut self, _: &Step) -> Option<Result<u64, String>> {
            None
        }
        fn remember(&mut self, _: &Memory) {}
    }

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn what_could_not_be_saved_is_known_until_it_is_saved_or_copied() {
        let (events, _answers) = std::sync::mpsc::channel();
        let work = start(Moody(0), events).unwrap();
        let failed = Err(Unsaved::Failed("no space".into()));
        work.add(save(1, false));
        assert_eq!(work.settle(LONG), failed);
        work.add(Job::Reload);
        assert_eq!(work.settle(LONG), failed, "a failed reload gives nothing up");
        work.add(save(2, false));
        assert_eq!(work.settle(LONG), Ok(()));
        work.add(save(3, false));
        assert_eq!(work.settle(LONG), failed);
        work.add(Job::SaveBeside(Content::default()));
        assert_eq!(work.settle(LONG), Ok(()));
    }

    #[test]
    fn who_waited_finds_every_answer() {
        let (events, answers) = std::sync::mpsc::channel();
        let work = start(Moody(1), events).unwrap();
        work.add(save(1, false));
        work.add(log());
        work.add(Job::CreateExample);
        work.settle(LONG).unwrap();
        let told: Vec<_> = answers.try_iter().collect();
        assert!(matches!(
            told[..],
            [
                Event::Told(Msg::Saved { revision: 1, result: Ok(()) }),
                Event::Told(Msg::NotOpened(_))
            ]
        ));
    }
}
