//! Where a workspace is kept: on which file system, and where what is remembered of it goes.

use super::find;
use super::vfs::{RealFs, Vfs};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file system, and the directory for what is remembered beside the workspaces.
#[derive(Debug, Clone)]
pub struct Site {
    /// The file system.
    pub fs: Arc<dyn Vfs>,
    /// The state directory; without one there are no journals and no backups.
    pub state: Option<PathBuf>,
}

impl Site {
    /// The machine, with the person's state directory where there is one.
    pub fn here() -> Self {
        Self { state: find::state_dir().ok(), ..Self::stateless() }
    }

    /// The machine, and nothing remembered beside the file.
    pub fn stateless() -> Self {
        Self { fs: Arc::new(RealFs), state: None }
    }

    /// The directory for what is remembered of the workspace at a path.
    pub fn memory_of(&self, workspace: &Path) -> Option<PathBuf> {
        let real = self.fs.resolve(workspace).unwrap_or_else(|_| workspace.to_owned());
        Some(self.state.as_ref()?.join(find::key_of(&real)))
    }
}
