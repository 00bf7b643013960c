//! What the app was told that the file holds, and what of it the app may not have heard yet.

use super::keeper::Save;
use crate::workspace::{Content, merge3};
use std::collections::VecDeque;

/// Arrivals that are kept apart. Who has not heard of more lags by seconds.
const APART: usize = 16;

/// What the app was told of the file. Both work side by side, so a save may have been made before
/// what came in was heard; then that is brought into it, as the app itself will do.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// What the file holds, as far as it was told.
    content: Content,
    /// The newest arrival.
    newest: u64,
    /// The newest arrivals, of which no save has shown yet that they were heard.
    unheard: VecDeque<Unheard>,
}

#[derive(Debug)]
struct Unheard {
    number: u64,
    since: Content,
    theirs: Content,
}

impl Told {
    /// A file that is told as a whole.
    pub(super) fn begin(&mut self, content: Content) {
        self.content = content;
        self.unheard.clear();
    }

    pub(super) fn content(&self) -> &Content {
        &self.content
    }

    /// What is to be saved, with all that came in since it was made: it is made of
    /// [`Told::content`] then.
    pub(super) fn caught_up(&mut self, save: &Save) -> Content {
        self.unheard.retain(|arrival| arrival.number > save.heard);
        let bring = |mine: Content, arrival: &Unheard| {
            merge3(&arrival.since, &mine, &arrival.theirs).content
        };
        self.unheard.iter().fold(save.content.clone(), bring)
    }

    /// What was saved is what the file holds now; the app knows, as it asked for that.
    pub(super) fn saved(&mut self, content: Content) {
        self.content = content;
    }

    /// The file holds `theirs` where it held, or was to hold, `since`. Gives what and the number
    /// of this arrival.
    pub(super) fn arrived(&mut self, since: Content, theirs: Content) -> u64 {
        self.newest += 1;
        self.content = theirs.clone();
        self.unheard.push_back(Unheard { number: self.newest, since, theirs });
        if self.unheard.len() > APART
            && let Some(first) = self.unheard.pop_front()
            && let Some(second) = self.unheard.front_mut()
        {
            second.since = first.since;
        }
        self.newest
    }
}
