//! What a command does that no later command takes back, and how to get it back all the same.

use super::console::Console;
use crate::insight::sprint::State;
use crate::store::WorkspaceFile;
use crate::store::backup::{self, Reason};
use crate::workspace::{Content, Field, Op, Value};

/// Why what the file holds before `op` is kept, where no command takes back what that does. What is
/// done to several that a query `found` is among it: they may be more than were meant.
pub(super) fn reason(op: &Op, found: bool) -> Option<Reason> {
    let (mut lasting, mut first, mut several) = (None, None, false);
    op.each(&mut |op| {
        lasting = lasting.or_else(|| of_each(op));
        if let Op::Edit { id, .. } | Op::Move { id, .. } = op {
            several |= *first.get_or_insert_with(|| id.clone()) != *id;
        }
    });
    lasting.or((found && several).then_some(Reason::Found))
}

/// Keeps what the file held before among the backups, and says how it comes back.
pub(super) fn keep(console: &Console, file: &WorkspaceFile, reason: Reason, before: &Content) {
    // It is one version more, not the only one; without it the work goes on.
    let Some(kept) = file.keep_version(before, reason).ok().flatten() else { return };
    let all = backup::list(file.site(), file.path());
    if let Some(at) = all.iter().position(|backup| backup.path == kept) {
        let restore = console.command(&format!("restore {}", at + 1));
        console.remark(format!("the version before is kept; `{restore}` brings it back"));
    }
}

fn of_each(op: &Op) -> Option<Reason> {
    let closed = || Some(State::Closed.key());
    match op {
        Op::Remove { .. } => Some(Reason::Removed),
        Op::Edit { field: Field::State, value, .. }
            if value.as_ref().and_then(Value::as_text) == closed() =>
        {
            Some(Reason::Closed)
        }
        _ => None,
    }
}
