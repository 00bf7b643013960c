//! What a workspace is, and the one door through which it changes.
//!
//! Everything a person decides is a [`Record`] standing in a [`Place`]; an item is a record in a
//! roadmap lane, the backlog, the inbox or `done`. A workspace changes only through
//! [`Document::commit`], [`Document::undo`] and [`Document::redo`]: each takes or gives an [`Op`],
//! and doing an op returns the op that undoes it, so undo cannot drift.
//!
//! This folder knows nothing of files, scores, keys or screens, and does no I/O.

mod apply;
mod called;
mod content;
pub mod day;
mod diff;
mod document;
mod field;
pub mod hidden;
mod id;
mod item;
mod link;
mod merge;
mod names;
pub mod number;
mod op;
mod past;
mod place;
mod record;
mod several;
pub mod sorted;
mod stretch;
mod text;
mod value;

pub use apply::Refusal;
pub use content::{Content, Workspace};
pub use diff::diff;
pub use document::{Change, Document, Step};
pub use field::{Field, Part, Row, Section, Shape};
pub use id::{Found, Id, IdSource, Lookup};
pub use item::{Kind, Status};
pub use merge::{
    Clash, MergeNote, Merged, Stand, clashes, conflicted, keep_mine, keep_other, late, merge3,
    plain, take_theirs, typed,
};
pub use op::{Op, Spot};
pub use past::Past;
pub use place::{Hat, Place};
pub use record::Record;
pub use several::Several;
pub use stretch::Stretch;
pub use text::{Original, Text};
pub use value::{Name, Value};

/// A calendar day, the only kind of date a workspace holds.
pub use jiff::civil::Date;
