//! How a workspace is kept: its file, where that is found, and the log of what was done.
//!
//! A file is read whole, remembered as it was, and replaced whole; nothing else ever touches it.
//! This folder knows nothing of scores, keys or screens.

pub mod activity;
pub mod config;
mod disk;
mod error;
mod file;
pub mod find;
pub mod format;
mod memory;

pub use activity::{ActivityLog, LogError};
pub use error::{CreateError, OpenError, SaveError};
pub use file::{Opened, ReadOnly, WorkspaceFile};
pub use format::{Malformed, Notice};
pub use memory::{Memory, recent};

/// A realistic workspace to look around in, as the bytes of its file.
pub const EXAMPLE: &[u8] = include_bytes!("../../examples/ledgerly.json");
