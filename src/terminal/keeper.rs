//! Keeping what was done, on a thread of its own: a disk may take its time, a key may not.

use super::ledger::Ledger;
use super::session::Event;
use super::work::Work;
use crate::app::{
    Arrival, Bringing, Memory, Msg, Offer, SaveProblem, Sending, Sent, Session, Unsent,
};
use crate::workspace::{Clash, Content, Date, Id, Past, Step};
use jiff::civil::DateTime;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;

/// Asks for a look at the file; from any thread.
pub type Ask = Arc<dyn Fn() + Send + Sync>;

/// Keeps the workspace. Called on one thread, one call at a time; reasons are for the person.
pub trait Keeper: Send + 'static {
    /// Writes the file, merged with what somebody else made of it meanwhile, which is the answer;
    /// or over that, where it is forced.
    fn save(&mut self, save: &Save) -> Result<Option<Arrival>, SaveProblem>;
    /// Bytes of the file, as far as it is known: large ones are saved less often.
    fn bytes(&self) -> u64 {
        0
    }
    /// Where edits are written down before they are seen.
    fn ledger(&self) -> Ledger;
    /// Lets go of what sessions that were cut off left; see
    /// [`Effect::Settle`](crate::app::Effect::Settle).
    fn settle(&mut self, brought_in: bool) -> Result<(), String>;
    /// Lets go of what is not in the file, and keeps this among the backups; see
    /// [`Effect::GiveUp`](crate::app::Effect::GiveUp).
    fn give_up(&mut self, _: &Content) {}
    /// Ends: everything is in the file.
    fn close(&mut self);
    /// Is to ask for a look whenever something may have happened to the file, from now on.
    fn attend(&mut self, ask: Ask);
    /// Looks what became of the file: nothing, or something to be told.
    fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>>;
    /// The copies that tools which sync made of the file, where they are others than before.
    fn copies(&mut self) -> Option<Vec<String>> {
        None
    }
    /// See [`Effect::MergeBranches`](crate::app::Effect::MergeBranches).
    fn merge_branches(&mut self) -> Result<(), String> {
        Err("there is no git here".into())
    }
    /// See [`Effect::MergeCopy`](crate::app::Effect::MergeCopy).
    fn merge_copy(&mut self, path: &str) -> Result<Arrival, String> {
        Err(format!("{path} cannot be merged here"))
    }
    /// Says what bringing in another tool's file would do; see
    /// [`Effect::Import`](crate::app::Effect::Import).
    fn import(&mut self, bringing: Bringing) -> Result<Offer, String> {
        Err(format!("{} cannot be read here", bringing.said))
    }
    /// Writes something for another tool or for people and says what; see
    /// [`Effect::Export`](crate::app::Effect::Export).
    fn export(&mut self, sending: Sending) -> Result<Sent, Unsent> {
        Err(Unsent::Failed(format!("{} cannot be written here", sending.path)))
    }
    /// Writes a copy beside the file and says where.
    fn save_beside(&mut self, content: &Content) -> Result<String, String>;
    /// Opens another workspace, which is kept from then on.
    fn open(&mut self, path: &str) -> Result<Session, String>;
    /// Reads the file again.
    fn reload(&mut self) -> Result<Session, String>;
    /// What is created next is created in the folder the person is in.
    fn here(&mut self) {}
    /// Creates the file.
    fn create(&mut self, content: &Content) -> Result<Session, String>;
    /// Creates the file with the example in it.
    fn create_example(&mut self) -> Result<Session, String>;
    /// Adds to the activity log. One that cannot be written holds nobody up.
    fn log(&mut self, step: &Step);
    /// Reads what is remembered; see [`Effect::LookBack`](crate::app::Effect::LookBack).
    fn look_back(&mut self, _day: Date) -> Past {
        Past::default()
    }
    /// Looks up when each of two values was written; see
    /// [`Effect::DateValues`](crate::app::Effect::DateValues).
    fn date_values(&mut self, _id: &Id, _clash: &Clash) -> [Option<DateTime>; 2] {
        [None; 2]
    }
    /// Remembers something for the next session; one that can't be kept holds nobody up.
    fn remember(&mut self, memory: &Memory);
}

/// What is to be in the file.
#[derive(Debug, Clone)]
pub struct Save {
    /// The revision this is.
    pub revision: u64,
    /// The newest arrival that was taken over into it.
    pub heard: u64,
    /// What to write.
    pub content: Content,
    /// Whether to write over what somebody else wrote.
    pub force: bool,
    /// The newest edit in it, by the journal.
    pub number: u64,
}

/// Something to be kept or read.
#[derive(Debug)]
pub enum Job {
    /// See [`Effect::Save`](crate::app::Effect::Save).
    Save(Save),
    /// See [`Keeper::look`].
    Look,
    /// See [`Keeper::settle`].
    Settle {
        /// Whether it was brought in.
        brought_in: bool,
    },
    /// See [`Keeper::give_up`].
    GiveUp(Content),
    /// See [`Keeper::close`].
    Close,
    /// See [`Keeper::merge_branches`].
    MergeBranches,
    /// See [`Keeper::merge_copy`].
    MergeCopy(String),
    /// See [`Keeper::import`].
    Import(Bringing),
    /// See [`Keeper::export`].
    Export(Box<Sending>),
    /// See [`Keeper::save_beside`].
    SaveBeside(Content),
    /// See [`Keeper::open`].
    Open(String),
    /// See [`Keeper::reload`].
    Reload,
    /// See [`Keeper::here`].
    Here,
    /// See [`Keeper::create`].
    Create(Content),
    /// See [`Keeper::create_example`].
    CreateExample,
    /// See [`Keeper::log`].
    Log(Box<Step>),
    /// See [`Keeper::look_back`].
    LookBack(Date),
    /// See [`Keeper::date_values`].
    DateValues(Id, Box<Clash>),
    /// See [`Keeper::remember`].
    Remember(Memory),
}

/// Starts the thread that does the work. Answers go to `events`.
///
/// # Errors
/// The thread cannot be started.
pub fn start(mut keeper: impl Keeper, work: &Arc<Work>, events: Sender<Event>) -> io::Result<()> {
    let shared = Arc::clone(work);
    let asked = Arc::downgrade(work);
    let serve = move || {
        keeper.attend(Arc::new(move || {
            if let Some(work) = asked.upgrade() {
                work.look();
            }
        }));
        loop {
            for answer in carry_out(&mut keeper, &shared, shared.next()) {
                shared.note(&answer);
                // Before it counts as done: who waits for that finds every answer there.
                let _ = events.send(Event::Told(answer));
            }
            shared.done(keeper.bytes());
        }
    };
    thread::Builder::new().name("keeper".into()).spawn(serve).map(drop)
}

fn carry_out(keeper: &mut impl Keeper, work: &Work, job: Job) -> Vec<Msg> {
    let answer = match job {
        Job::Save(save) => {
            let result = keeper.save(&save);
            work.saved(&save, result.as_ref().map(drop));
            return saved(save, result);
        }
        Job::Look => return looked(keeper),
        Job::MergeBranches => match keeper.merge_branches() {
            Ok(()) => return looked(keeper),
            Err(why) => Msg::Undone(why),
        },
        Job::MergeCopy(path) => match keeper.merge_copy(&path) {
            Ok(arrival) => Msg::Outside(Ok(boxed(Some(arrival)))),
            Err(why) => Msg::Undone(why),
        },
        Job::Export(sending) => Msg::Sent(keeper.export(*sending)),
        Job::Import(bringing) => Msg::Offered(keeper.import(bringing).map(Box::new)),
        Job::SaveBeside(content) => Msg::SavedBeside(keeper.save_beside(&content)),
        Job::Open(path) => opened(keeper.open(&path)),
        Job::Reload => opened(keeper.reload()),
        Job::Here => {
            keeper.here();
            return Vec::new();
        }
        Job::Create(content) => opened(keeper.create(&content)),
        Job::CreateExample => opened(keeper.create_example()),
        Job::Log(step) => {
            keeper.log(&step);
            return Vec::new();
        }
        Job::LookBack(since) => Msg::LookedBack { since, past: Box::new(keeper.look_back(since)) },
        Job::DateValues(id, clash) => {
            let at = keeper.date_values(&id, &clash);
            Msg::Dated { id, name: clash.name, at }
        }
        Job::Settle { brought_in } => {
            let settled = keeper.settle(brought_in);
            return if brought_in { Vec::new() } else { vec![Msg::Discarded(settled)] };
        }
        Job::GiveUp(content) => {
            keeper.give_up(&content);
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

/// What became of the file, and of what lies beside it.
fn looked(keeper: &mut impl Keeper) -> Vec<Msg> {
    let looked = keeper.look().map(|result| Msg::Outside(result.map(boxed)));
    looked.into_iter().chain(keeper.copies().map(Msg::Copies)).collect()
}

/// How a save ended, and what came in with it.
fn saved(save: Save, result: Result<Option<Arrival>, SaveProblem>) -> Vec<Msg> {
    let Save { revision, content, .. } = save;
    let (result, arrival) = match result {
        Ok(arrival) => (Ok(content), arrival),
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
