//! How a workspace is kept: its file, where that is found, and the log of what was done.
//!
//! A file is read whole, remembered as it was, and replaced whole; nothing else ever touches it.
//! This folder knows nothing of scores, keys or screens.

pub mod activity;
pub mod backup;
mod commit;
pub mod copies;
mod displaced;
pub mod doctor;
pub mod config;
mod error;
mod file;
pub mod find;
pub mod format;
mod git;
pub mod hands;
pub mod journal;
mod leftover;
mod memory;
mod merge;
mod outside;
pub mod past;
mod remote;
mod seen;
mod site;
mod swap;
mod temp;
pub mod vfs;

pub use activity::{ActivityLog, LogError};
pub use commit::Synced;
pub use error::{CreateError, OpenError, SaveError};
pub use file::{Opened, ReadOnly, WorkspaceFile};
pub use format::{Malformed, Notice};
pub use git::{GitSetup, git_setup, with_line};
pub use leftover::Swept;
pub use memory::{Columns, Memory, columns, keep_columns, recent};
pub use merge::{MergeError, merge_files};
pub use outside::{Arrival, Outside};
pub use remote::is_remote;
pub use site::Site;

use std::path::Path;

/// A realistic workspace to look around in, as the bytes of its file.
pub const EXAMPLE: &[u8] = include_bytes!("../../examples/ledgerly.json");

/// The directory a file stands in.
fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The name of a file, for people and for names made of it.
fn name_of(path: &Path) -> std::borrow::Cow<'_, str> {
    path.file_name().unwrap_or_default().to_string_lossy()
}
