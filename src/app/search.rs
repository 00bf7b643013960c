//! The rows that a filter finds, looked for a part of a list at a time. While a filter is typed in
//! a large workspace the first parts are looked at at once and the others beside the screen; rows
//! found for another text or another state of the workspace are never taken.

use super::filter::Filter;
use super::lane::{self, Lane, Look};
use super::reckoning::Reckoning;
use super::standing::Ticket;
use super::{App, Effect, Window};
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Id, Place, Workspace};
use std::collections::HashSet;

/// Items of a pane that are looked at before the frame that shows a letter, and in one go beside
/// the screen. With the frame itself that takes 3 to 13 ms of the 16 that a frame lasts, and what
/// is found among so many nearly always fills a screen.
pub const AT_ONCE: usize = 5_000;

/// What the rows of a pane depend on; they are looked for anew when it changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stamp {
    pub revision: u64,
    pub filter: Filter,
    pub unfolded: HashSet<Id>,
    pub tree: bool,
    pub triaged: bool,
    pub by_score: bool,
    pub places: Vec<Place>,
    pub today: Date,
}

impl Stamp {
    fn look(&self) -> Look<'_> {
        let Self { filter, unfolded, tree, triaged, today, .. } = self;
        Look { filter, unfolded, tree: *tree, triaged: *triaged, today: *today }
    }

    /// Whether all rows of the one are among those of the other, and in the same order.
    pub fn narrows(&self, other: &Self) -> bool {
        let state = |stamp: &Self| (stamp.revision, stamp.today, stamp.by_score);
        state(self) == state(other)
            && self.places == other.places
            && self.filter.narrows(&other.filter)
    }
}

/// A search for the rows of a pane, and how far it is.
#[derive(Debug, Clone)]
pub struct Search {
    /// Whose pane.
    pub(super) hat: Hat,
    pub(super) stamp: Stamp,
    by: Option<&'static Framework>,
    /// The lanes of a search whose rows are all there is to look at.
    wider: Option<Vec<Lane>>,
    done: Vec<Lane>,
    /// What is found so far in the list that comes next, and how many were looked at there.
    found: Vec<usize>,
    looked: usize,
}

impl Search {
    /// One that has not begun, among the rows of `wider`, where these are known.
    pub(super) fn new(
        hat: Hat,
        stamp: Stamp,
        workspace: &Workspace,
        wider: Option<Vec<Lane>>,
    ) -> Self {
        // Rows among those that stand in score order stand in it, too.
        let is_scored = stamp.by_score && wider.is_none();
        let by = is_scored.then(|| Framework::of(hat, workspace.settings()));
        Self { hat, stamp, by, wider, done: Vec::new(), found: Vec::new(), looked: 0 }
    }

    /// Looks at so many items more. Whether any are left.
    pub fn advance(&mut self, workspace: &Workspace, most: usize) -> bool {
        let mut left = most;
        while let Some(place) = self.stamp.places.get(self.done.len()).copied() {
            let lane = if self.stamp.filter.is_empty() {
                lane::unfiltered(workspace, place, self.stamp.look())
            } else {
                let all = self.count(workspace, place);
                let until = self.looked.saturating_add(left).min(all);
                let found = self.matching(workspace, place, until);
                self.found.extend(found);
                left -= until - self.looked;
                self.looked = until;
                if until < all {
                    return true;
                }
                Some(std::mem::take(&mut self.found))
            };
            self.looked = 0;
            self.done.push(Lane::new(workspace, place, self.stamp.look(), self.by, lane));
        }
        false
    }

    /// How many items of a list there are to look at.
    fn count(&self, workspace: &Workspace, place: Place) -> usize {
        match (self.stamp.filter.place(), &self.wider) {
            // `in:` asks for one place; in all others there is nothing to be found.
            (Some(asked), _) if asked != place => 0,
            (_, Some(wider)) => wider.get(self.done.len()).map_or(0, Lane::len),
            (_, None) => workspace.list(place).len(),
        }
    }

    /// The indexes that are found between how far it is and `until`.
    fn matching(&self, workspace: &Workspace, place: Place, until: usize) -> Vec<usize> {
        let Stamp { filter, today, .. } = &self.stamp;
        let range = self.looked..until;
        match &self.wider {
            None => filter.matching_among(range, workspace, place, *today),
            Some(wider) => {
                let wider = wider.get(self.done.len()).into_iter();
                let among = wider.flat_map(|lane| range.clone().filter_map(|at| lane.index(at)));
                filter.matching_among(among, workspace, place, *today)
            }
        }
    }

    /// The rows that are found so far. What is to stand in score order is none until all are.
    pub(super) fn so_far(&self, workspace: &Workspace) -> Vec<Lane> {
        let mut lanes = self.done.clone();
        for place in self.stamp.places.iter().skip(self.done.len()) {
            let is_next = lanes.len() == self.done.len() && self.by.is_none();
            let found = if is_next { self.found.clone() } else { Vec::new() };
            let mut lane = Lane::new(workspace, *place, self.stamp.look(), None, Some(found));
            lane.is_looking = true;
            lanes.push(lane);
        }
        lanes
    }

    /// All rows, once none is left to be looked at.
    pub(super) fn end(mut self, workspace: &Workspace) -> Vec<Lane> {
        while self.advance(workspace, usize::MAX) {}
        self.done
    }
}

impl App {
    /// Brings the rows up to date. While letters of a filter are typed none of these waits for all
    /// of a large list.
    pub(super) fn refresh_rows(&mut self) {
        let hurry = matches!(self.window(), Some(Window::Prompt(prompt)) if prompt.is_live());
        let revision = self.document.revision();
        if self.board.refresh(self.document.workspace(), revision, self.today, hurry) {
            self.search_beside();
        }
    }

    /// Has the searches ended beside the screen that the panes began.
    fn search_beside(&mut self) {
        self.board.searched += 1;
        let ticket = Ticket { generation: self.board.searched, hat: self.board.hat };
        let workspace = Workspace::new(self.workspace().content().clone());
        let searches = [&self.board.roadmap, &self.board.backlog].map(|pane| pane.search.clone());
        let searches = searches.into_iter().flatten().collect();
        let reckoning = Reckoning::searches(ticket, workspace, searches);
        self.effects.push(Effect::Simulate(Box::new(reckoning)));
    }

    /// Takes up what was found beside the screen, where it is still asked for.
    pub(super) fn found(&mut self, ticket: Ticket, searches: Vec<Search>) {
        if ticket.generation != self.board.searched {
            return;
        }
        for search in searches {
            let workspace = self.document.workspace();
            self.board.pane_mut(search.hat).take(workspace, search);
        }
        self.reveal();
    }
}
