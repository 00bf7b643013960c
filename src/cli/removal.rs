//! What a command takes away, which no later command takes back.

use crate::store::WorkspaceFile;
use crate::store::backup::Reason;
use crate::workspace::{Content, Op};

/// Keeps what the file held before among the backups, where `op` removes anything.
pub(super) fn keep(file: &WorkspaceFile, op: &Op, before: &Content) {
    let mut removes = false;
    op.each(&mut |op| removes |= matches!(op, Op::Remove { .. }));
    if removes {
        // It is one version more, not the only one; without it the work goes on.
        let _ = file.keep_version(before, Reason::Removed);
    }
}
