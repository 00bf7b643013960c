//! The board: two panes, what is shown in them, what is selected.

use super::filter::Filter;
use super::pane::{Look, Pane};
use crate::workspace::{Date, Hat, Id, Place, Workspace, sorted};
use std::collections::HashSet;

/// The two panes and what goes for both.
#[derive(Debug, Clone)]
pub struct Board {
    /// The hat that is on: its pane has the focus.
    pub hat: Hat,
    /// The roadmap.
    pub roadmap: Pane,
    /// The backlog, or what is looked at in its place.
    pub backlog: Pane,
    /// What is shown.
    pub filter: Filter,
    /// What shows the items it is made of.
    pub unfolded: HashSet<Id>,
    /// Whether parts stand below what they are part of, and nowhere else.
    pub tree: bool,
    /// Whether the inbox shows what was triaged, too.
    pub triaged: bool,
    /// What was selected one by one.
    pub chosen: HashSet<Id>,
    /// Where the selected range begins; it goes to the cursor.
    pub anchor: Option<Id>,
    /// How many searches were begun that end beside the screen.
    pub(super) searched: u64,
    /// What the mouse carries, and the line of the focused pane it is over.
    pub drag: Option<Drag>,
}

/// A row that is being dragged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drag {
    /// The record.
    pub id: Id,
    /// The pane it is over.
    pub over: Hat,
    /// The lane it is over.
    pub lane: usize,
    /// The row it would take the place of; one past the last is the end.
    pub row: usize,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            hat: Hat::Pm,
            roadmap: Pane::new(Hat::Pm),
            backlog: Pane::new(Hat::Po),
            filter: Filter::default(),
            unfolded: HashSet::new(),
            tree: false,
            triaged: false,
            chosen: HashSet::new(),
            anchor: None,
            searched: 0,
            drag: None,
        }
    }
}

impl Board {
    /// The pane of a hat.
    pub fn pane(&self, hat: Hat) -> &Pane {
        match hat {
            Hat::Pm => &self.roadmap,
            Hat::Po => &self.backlog,
        }
    }

    /// The pane of a hat, to be changed.
    pub fn pane_mut(&mut self, hat: Hat) -> &mut Pane {
        match hat {
            Hat::Pm => &mut self.roadmap,
            Hat::Po => &mut self.backlog,
        }
    }

    /// The pane that has the focus.
    pub fn focused(&self) -> &Pane {
        self.pane(self.hat)
    }

    /// The pane that has the focus, to be changed.
    pub fn focused_mut(&mut self) -> &mut Pane {
        self.pane_mut(self.hat)
    }

    /// The record under the cursor.
    pub fn cursor(&self) -> Option<&Id> {
        self.focused().cursor.id.as_ref()
    }

    /// Brings both panes up to date with the workspace, who is in a `hurry` as far as that goes at
    /// once. Whether a search for more rows began.
    pub fn refresh(
        &mut self,
        workspace: &Workspace,
        revision: u64,
        today: Date,
        hurry: bool,
    ) -> bool {
        let Self { filter, unfolded, tree, triaged, .. } = self;
        let look = Look { filter, unfolded, tree: *tree, triaged: *triaged, today };
        let begun = [&mut self.roadmap, &mut self.backlog]
            .map(|pane| pane.refresh(workspace, revision, look, hurry));
        self.chosen.retain(|id| workspace.contains(id));
        if self.anchor.as_ref().is_some_and(|id| !workspace.contains(id)) {
            self.anchor = None;
        }
        begun.contains(&true)
    }

    /// Whether the pane with the focus shows the inbox.
    pub fn shows_inbox(&self) -> bool {
        self.hat == Hat::Po && self.backlog.shows == Place::Inbox
    }

    /// Puts the cursor, and with it the hat, on a record that stands in a place for items. The
    /// rows have to be brought up to date before and after.
    pub fn look_at(&mut self, place: Place, id: &Id) {
        self.hat = place.hat();
        if !place.in_roadmap() {
            self.backlog.show(place);
        }
        self.focused_mut().cursor.id = Some(id.clone());
        self.focused_mut().follow_again();
    }

    /// Shows what an item is made of, or hides it. Whether it is shown now.
    pub fn unfold(&mut self, id: &Id) -> bool {
        let folded = self.unfolded.remove(id);
        if !folded {
            self.unfolded.insert(id.clone());
        }
        self.roadmap.follow_again();
        self.backlog.follow_again();
        !folded
    }

    /// Whether a row of a pane is selected.
    pub fn is_selected(&self, workspace: &Workspace, hat: Hat, id: &Id) -> bool {
        self.chosen.contains(id) || (hat == self.hat && self.in_range(workspace, id))
    }

    fn in_range(&self, workspace: &Workspace, id: &Id) -> bool {
        let pane = self.focused();
        let Some(anchor) = self.anchor.as_ref().and_then(|id| pane.find(workspace, id)) else {
            return false;
        };
        let cursor = (pane.cursor.lane, pane.cursor.row);
        let range = anchor.min(cursor)..=anchor.max(cursor);
        pane.find(workspace, id).is_some_and(|at| range.contains(&at))
    }

    /// Makes what is in the range selected for good: what is done to it must not draw in the rows
    /// it passes.
    pub fn freeze(&mut self, workspace: &Workspace) {
        let range = self.range(workspace);
        self.chosen.extend(range);
        self.anchor = None;
    }

    /// How many rows are selected.
    pub fn selected(&self, workspace: &Workspace) -> usize {
        if self.has_selection() { self.targets(workspace).len() } else { 0 }
    }

    /// Whether anything is selected.
    pub fn has_selection(&self) -> bool {
        self.anchor.is_some() || !self.chosen.is_empty()
    }

    /// Selects nothing.
    pub fn deselect(&mut self) {
        self.anchor = None;
        self.chosen.clear();
    }

    /// What a command works on: all that is selected, in the order in which it stands, or else
    /// the record under the cursor.
    pub fn targets(&self, workspace: &Workspace) -> Vec<Id> {
        if !self.has_selection() {
            return self.cursor().cloned().into_iter().collect();
        }
        let mut ids = self.chosen.clone();
        ids.extend(self.range(workspace));
        let mut spots: Vec<_> = ids
            .into_iter()
            .filter_map(|id| workspace.spot_of(&id).map(|spot| (spot.place, spot.index, id)))
            .collect();
        sorted::by(&mut spots, Ord::cmp);
        spots.into_iter().map(|(_, _, id)| id).collect()
    }

    /// The records from the anchor to the cursor.
    pub fn range(&self, workspace: &Workspace) -> Vec<Id> {
        let pane = self.focused();
        let Some(anchor) = self.anchor.as_ref().and_then(|id| pane.find(workspace, id)) else {
            return Vec::new();
        };
        let cursor = (pane.cursor.lane, pane.cursor.row);
        let (first, last) = (anchor.min(cursor), anchor.max(cursor));
        (first.0..=last.0)
            .flat_map(|lane| (0..pane.lanes[lane].len()).map(move |row| (lane, row)))
            .filter(move |at| (first..=last).contains(at))
            .filter_map(|(lane, row)| pane.id_at(workspace, lane, row))
            .collect()
    }
}
