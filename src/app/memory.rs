//! What is remembered of a workspace from one session to the next.

use super::App;
use crate::workspace::{Hat, Id};
use std::collections::BTreeMap;

/// What is remembered of a workspace from one session to the next, and is not worth a place in
/// the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The hat that was on; the roadmap has the focus the first time.
    pub hat: Option<Hat>,
    /// What was under the cursor of the roadmap.
    pub roadmap: Option<Id>,
    /// What was under the cursor of the backlog.
    pub backlog: Option<Id>,
    /// Filters by name.
    pub filters: BTreeMap<String, String>,
}

impl App {
    /// Goes on where the session before ended.
    pub(super) fn recall(&mut self, memory: Memory) {
        let Memory { hat, roadmap, backlog, filters } = memory;
        self.filters = filters;
        self.board.hat = hat.unwrap_or(self.board.hat);
        for (hat, id) in [(Hat::Pm, roadmap), (Hat::Po, backlog)] {
            let pane = self.board.pane_mut(hat);
            pane.cursor.id = id.or(pane.cursor.id.take());
            pane.follow_again();
        }
    }

    /// What the next session is to know.
    pub(crate) fn memory(&self) -> Memory {
        let cursor = |hat| self.board.pane(hat).cursor.id.clone();
        Memory {
            hat: Some(self.board.hat),
            roadmap: cursor(Hat::Pm),
            backlog: cursor(Hat::Po),
            filters: self.filters.clone(),
        }
    }
}
