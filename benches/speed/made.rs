//! Workspaces to measure with: what `twohats init --generate` makes.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use std::path::{Path, PathBuf};
use tempfile::TempDir;
use twohats::cli::generated;
use twohats::store::{Opened, WorkspaceFile};
use twohats::workspace::{Content, Date};

/// The day it is.
pub fn today() -> Date {
    Date::constant(2026, 11, 22)
}

/// A workspace of so many items.
pub fn content(count: usize) -> Content {
    generated::content(count, 42)
}

/// A file in a folder of its own, which goes with it.
pub struct Made {
    folder: TempDir,
}

impl Made {
    /// The file of a workspace of so many items.
    pub fn of(count: usize) -> Self {
        let made = Self { folder: tempfile::tempdir().unwrap() };
        WorkspaceFile::create(&made.path(), &content(count)).unwrap();
        made
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("made.json")
    }
}

/// Opens a workspace as every command does.
pub fn open(path: &Path) -> (Opened, WorkspaceFile) {
    WorkspaceFile::open(path).unwrap()
}
