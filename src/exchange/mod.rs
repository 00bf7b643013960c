//! Other tools' files: what they say, and what is written for them. One file a format.
//!
//! A format is a row of [`FORMATS`]. What it reads becomes [`Entry`]s, which [`plan`] compares with
//! a workspace: what is new, what changed there, what changed here, and what changed on both sides.
//! Bytes come in through a reader and text goes out as a value; nothing here opens a file.

mod asked;
mod azure;
mod backlog_md;
mod board_table;
mod columns;
mod csv;
mod decode;
mod entry;
mod export;
mod factors;
mod format;
mod github;
mod guess;
mod haul;
pub mod history;
mod identity;
mod jira;
pub mod json;
mod jsonl;
mod linear;
mod links;
mod markdown;
mod origin;
mod past;
mod plan;
mod planner;
mod productboard;
mod quoted;
mod reading;
pub mod report;
mod sheet;
mod sprints;
mod summary;
mod table;
mod taskwarrior;
mod todo_txt;
mod trello;
mod update;
mod words;

pub use asked::{Asked, Chosen, Page};
pub use decode::{Decoded, UnknownEncoding};
pub use entry::Entry;
pub use export::{Aspect, Export, LATE};
pub use format::{FORMATS, Format, Reader};
pub use haul::{Haul, Remark, Unreadable};
pub use plan::{Alteration, Outcome, Plan, What, Wishes};
pub use planner::plan;
