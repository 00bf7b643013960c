//! What the app is told, and what it asks for. All input and output of the app is in these two
//! types: the same messages always give the same effects and the same screen.

use super::conclusions::Conclusions;
use super::key::{Key, Mouse};
use super::memory::Memory;
use super::preferences::DateFormat;
use super::reckoning::Reckoning;
use super::search::Search;
use super::standing::Ticket;
use crate::exchange::report::Audience;
use crate::exchange::{Chosen, Export};
use crate::insight::schedule::Schedule;
use crate::insight::simulation::Chance;
use crate::workspace::{Clash, Content, Date, Id, IdSource, Name, Op, Past, Place, Step};
use jiff::civil::DateTime;
use std::collections::HashSet;

/// An event the app is told of.
#[derive(Debug, Clone)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted in one go; it may have many lines.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has this size now, in cells.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// A save ended. `revision` is that of the [`Effect::Save`] that asked for it.
    Saved {
        /// The revision that is in the file now, or would have been.
        revision: u64,
        /// How it ended: this is in the file, or not, and why.
        result: Result<Content, SaveProblem>,
    },
    /// How the file stands to what was last known of it: as it was, with something that came in
    /// from outside, or not as a workspace.
    Outside(Result<Option<Box<Arrival>>, SaveProblem>),
    /// The first frame stands on the screen.
    Seen,
    /// The edit of this number is in the journal: it survives the end of the program. Or it is
    /// not, and why.
    Written(Result<u64, String>),
    /// The edits up to this number survive a power cut. Or they may not, and why.
    Safe(Result<u64, String>),
    /// These files lie beside the workspace, copies that tools which sync made of it.
    Copies(Vec<String>),
    /// What was asked for was not done, and why.
    Undone(String),
    /// A workspace was opened, created or read again; it takes the place of what was there.
    Opened(Box<Session>),
    /// Opening, creating or reading again failed, for this reason.
    NotOpened(String),
    /// The person's editor was left: with this text, or without, and why.
    Edited(Result<String, String>),
    /// A simulation that [`Effect::Simulate`] asked for is so far.
    Simulating {
        /// Which one.
        ticket: Ticket,
        /// How much of it is done, 0–1.
        share: f64,
    },
    /// What follows from the workspace, as it was asked for.
    Concluded {
        /// Which one.
        ticket: Ticket,
        /// What follows.
        known: Box<Conclusions>,
    },
    /// Searches that [`Effect::Simulate`] asked for are done.
    Found {
        /// Which ones.
        ticket: Ticket,
        /// Each with what it found.
        searches: Vec<Search>,
    },
    /// What came of the orders of least delay that were asked for.
    Planned {
        /// Which ones.
        ticket: Ticket,
        /// Each list with its order.
        plans: Vec<(Place, Schedule)>,
    },
    /// A simulation that [`Effect::Simulate`] asked for is done.
    Simulated {
        /// Which one.
        ticket: Ticket,
        /// What came of it, item by item.
        chances: Vec<Chance>,
    },
    /// What is remembered of the time before now, as [`Effect::LookBack`] asked for it.
    LookedBack {
        /// The day from which on it was asked for.
        since: Date,
        /// What is remembered.
        past: Box<Past>,
    },
    /// When each of the two values was written that [`Effect::DateValues`] asked about.
    Dated {
        /// The record that has them.
        id: Id,
        /// What they are kept under.
        name: Name,
        /// The one that holds and the other one, by the person's clock, as far as that is known.
        at: [Option<DateTime>; 2],
    },
    /// What bringing in the file would do that [`Effect::Import`] names, or why it cannot be.
    Offered(Result<Box<Offer>, String>),
    /// The file that [`Effect::Export`] asked for was written, which this says, or not, and why.
    Sent(Result<Sent, Unsent>),
    /// What [`Effect::Settle`] was to discard is among the backups, or not, and why.
    Discarded(Result<(), String>),
    /// The copy that [`Effect::SaveBeside`] asked for was written to this path, or not, and why.
    SavedBeside(Result<String, String>),
}

/// Why a save did not reach the file. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveProblem {
    /// Somebody else changed the file since it was read.
    Changed,
    /// The file is gone.
    Missing,
    /// What something else wrote there is no workspace; this says where it goes wrong.
    Malformed(String),
    /// Git left both branches in it, with marks; this says where.
    Marked(String),
    /// Something else wrote a newer format, which can only be read.
    Newer(String),
    /// It could not be written, for this reason.
    Failed(String),
}

/// What something else did to the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// The how-manyth it is.
    pub number: u64,
    /// What the file held, or would hold by what was saved last.
    pub since: Content,
    /// What it holds.
    pub theirs: Content,
    /// How many records they took away, where that is many.
    pub gone: Option<usize>,
    /// What does again what they took back of this session.
    pub reverted: Vec<Op>,
    /// What else is worth a look, a line each.
    pub news: Vec<String>,
}

/// Another tool's file that is to be brought in.
#[derive(Debug, Clone)]
pub struct Bringing {
    /// Its path, as it was typed, with the format in front where somebody said that.
    pub said: String,
    /// What it is to be brought into.
    pub content: Content,
    /// Where the ids of what is new come from.
    pub ids: IdSource,
    /// How the person writes days, which tells which of 3 and 4 is the month in 3/4/2026.
    pub dates: DateFormat,
    /// The day it happens on.
    pub today: Date,
}

/// Something that is to be written to a file.
#[derive(Debug, Clone)]
pub struct Sending {
    /// What.
    pub export: Export,
    /// The items that are written, where it is of items.
    pub items: Vec<Chosen>,
    /// Who reads it, where it is for people.
    pub audience: Audience,
    /// The workspace.
    pub content: Content,
    /// The day it is written on.
    pub today: Date,
    /// The path, as it was typed.
    pub path: String,
    /// Whether to write over a file that is there.
    pub over: bool,
}

/// Something that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// What, and where.
    pub words: String,
    /// Which days of it the forecast calls late, and by how much.
    pub late: Vec<String>,
}

/// Why something was not written to a file.
#[derive(Debug, Clone)]
pub enum Unsent {
    /// A file is there; this would be written over it.
    Exists(Box<Sending>),
    /// It could not be written, for this reason.
    Failed(String),
}

/// What bringing in another tool's file would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Which file, and what it is taken for.
    pub title: String,
    /// What there is to know first, a line each.
    pub about: Vec<String>,
    /// What was done once it is done.
    pub did: String,
    /// What does it.
    pub op: Op,
}

/// A workspace as it was opened.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The path, as shown to the person.
    pub path: String,
    /// What it holds.
    pub content: Content,
    /// What was repaired or is doubtful, one line each, worded for the person.
    pub notices: Vec<String>,
    /// The records of which something counts as not set, because it is not what it should be.
    pub doubtful: HashSet<Id>,
    /// Why nothing can be changed, where nothing can: a newer format, say.
    pub read_only: Option<String>,
    /// What is remembered from the session before.
    pub memory: Memory,
    /// How many edits of a session that was cut off were brought back.
    pub recovered: usize,
    /// What sessions that were cut off did to another state of the file.
    pub unfinished: Vec<Unfinished>,
    /// What is worth a look once: what was swept up, who else has it open.
    pub news: Vec<String>,
    /// The copies that tools which sync left beside the file.
    pub copies: Vec<String>,
    /// The paths of other workspaces that were open lately, the last one first.
    pub recent: Vec<String>,
}

/// What a session that was cut off did, where something changed the file since.
#[derive(Debug, Clone)]
pub struct Unfinished {
    /// What it did, in words.
    pub words: Vec<String>,
    /// What the file holds.
    pub since: Content,
    /// The same with what can be brought into it.
    pub merged: Content,
}

/// Something the app asks for.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Write this to the file, after a pause where the journal has what is in it; only the newest
    /// matters. Answered by [`Msg::Saved`].
    Save {
        /// The revision of the document that this is.
        revision: u64,
        /// The newest [`Arrival`] that was taken over into what is to be written.
        heard: u64,
        /// What to write.
        content: Content,
        /// Whether to write over a file that somebody else changed, or that is gone: only after
        /// the person said so.
        force: bool,
    },
    /// Write now what waits for a pause.
    Hurry,
    /// Let go of what sessions that were cut off left: it was brought in, once the saves before
    /// this have reached the file, or it is to go to the backups.
    Settle {
        /// Whether it was brought in.
        brought_in: bool,
    },
    /// Let go of what is not in the file: the person does not want it there. This, which is what
    /// they see, is kept among the backups.
    GiveUp(Content),
    /// Bring what git has of both branches into the file, and its marks out of it.
    MergeBranches,
    /// Bring this copy into the file.
    MergeCopy(String),
    /// Write a copy beside the file, under a name that is free. Answered by [`Msg::SavedBeside`].
    SaveBeside(Content),
    /// Open another workspace in the place of this one. Answered by [`Msg::Opened`].
    Open(String),
    /// Read the file again. Answered by [`Msg::Opened`].
    Reload,
    /// What is created next is created in the folder the person is in.
    Here,
    /// Create the workspace at the path the session was started for. Answered by [`Msg::Opened`].
    Create(Content),
    /// The same with the example. Answered by [`Msg::Opened`].
    CreateExample,
    /// Keep this in the activity log.
    Log(Box<Step>),
    /// Simulate this, beside everything else; one that belongs to an earlier change is not wanted
    /// any more. Answered by [`Msg::Simulated`].
    Simulate(Box<Reckoning>),
    /// Read what is remembered: the activity log, and the file as it was before this day.
    /// Answered by [`Msg::LookedBack`].
    LookBack(Date),
    /// Look up when each of the two values of a record was written. Answered by [`Msg::Dated`].
    DateValues(Id, Box<Clash>),
    /// Read another tool's file and say what bringing it in would do. Answered by
    /// [`Msg::Offered`].
    Import(Bringing),
    /// Write something for another tool or for people. Answered by [`Msg::Sent`].
    Export(Box<Sending>),
    /// Give this text to the person's own editor. Answered by [`Msg::Edited`].
    Edit(String),
    /// Open this address outside.
    Browse(String),
    /// Remember this for the next session.
    Remember(Memory),
    /// Put this on the clipboard.
    Copy(String),
    /// Draw everything anew.
    Redraw,
    /// Stop, and go on when the shell says so.
    Suspend,
    /// End, once what was asked for is done.
    Quit,
}

/// What the bottom line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// What was done.
    Did(String),
    /// Why something was not done.
    Refused(String),
}
