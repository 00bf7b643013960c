//! What the next session begins with, from the words of the app into those of the disk and back.

use crate::app::Memory;
use crate::store;
use crate::workspace::{Hat, Id};
use std::path::Path;

/// What the last session on this workspace left.
pub fn recalled(workspace: &Path, state: &Path) -> Memory {
    let kept = store::Memory::of(workspace, state);
    let id = |id: Option<String>| id.map(|id| Id::new(&id));
    Memory {
        hat: [Hat::Pm, Hat::Po].into_iter().find(|hat| kept.hat.as_deref() == Some(hat.key())),
        roadmap: id(kept.roadmap),
        backlog: id(kept.backlog),
        filters: kept.filters,
    }
}

/// Leaves this to the next session.
pub fn keep(memory: &Memory, workspace: &Path, state: &Path) {
    let text = |id: &Option<Id>| id.as_ref().map(ToString::to_string);
    let kept = store::Memory {
        hat: memory.hat.map(|hat| hat.key().to_owned()),
        roadmap: text(&memory.roadmap),
        backlog: text(&memory.backlog),
        filters: memory.filters.clone(),
    };
    // The next session begins where this one did; nothing more is lost.
    let _ = kept.keep(workspace, state);
}
