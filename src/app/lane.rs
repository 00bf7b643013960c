//! The shown rows of a list: all of them, those a filter finds, in score order, with what they
//! are made of unfolded below them.

use super::filter::Filter;
use crate::insight::{inbox, order};
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Id, Place, Record, Spot, Workspace};
use std::collections::HashSet;
use std::sync::Arc;

/// Generations shown below an item; more is a cycle that a file brought.
const DEEPEST: u8 = 8;

/// What decides which rows are shown.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The filter.
    pub filter: &'a Filter,
    /// The items that show what they are made of.
    pub unfolded: &'a HashSet<Id>,
    /// Whether parts stand below what they are part of, and nowhere else.
    pub tree: bool,
    /// Whether entries of the inbox are shown that something became of already.
    pub triaged: bool,
    /// The day.
    pub today: Date,
}

/// A shown row: where its record stands, and how deep it hangs below an unfolded one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Where the record stands.
    pub spot: Spot,
    /// 0 for a row of the list itself.
    pub depth: u8,
}

/// The shown rows of a list. Where every row is shown nothing is kept, so that a board of any
/// size costs the same.
#[derive(Debug, Clone)]
pub struct Lane {
    /// The list it shows.
    pub place: Place,
    /// Records in the list.
    pub all: usize,
    /// Rows of the list itself that are shown.
    pub own: usize,
    /// Whether more rows may come, which are still looked for.
    pub is_looking: bool,
    /// What is shown, in the order in which it is; `None` is all of the list.
    chosen: Option<Arc<Vec<Shown>>>,
}

impl Lane {
    /// The rows of `place` that were found, all of them where `found` says nothing, in score order
    /// where `by` says by which, and what `look` unfolds below them.
    pub(super) fn new(
        workspace: &Workspace,
        place: Place,
        look: Look,
        by: Option<&'static Framework>,
        found: Option<Vec<usize>>,
    ) -> Self {
        let list = workspace.list(place);
        let mut rows = by.map(|framework| order::by_score(framework, list));
        if let (Some(rows), Some(found)) = (&mut rows, &found) {
            // The matching indexes ascend, so each is found by halving.
            rows.retain(|index| found.binary_search(index).is_ok());
        }
        let unfolds = look.unfolded.iter().any(|id| workspace.place_of(id) == Some(place));
        let all = || unfolds.then(|| (0..list.len()).collect());
        let rows: Option<Vec<usize>> = rows.or(found).or_else(all);
        let own = rows.as_ref().map_or(list.len(), Vec::len);
        let row = |index| Shown { spot: Spot::new(place, index), depth: 0 };
        let chosen = rows.map(|rows| {
            if !unfolds {
                return rows.into_iter().map(row).collect();
            }
            let mut shown = Vec::with_capacity(rows.len());
            rows.into_iter().for_each(|index| push(workspace, look, row(index), &mut shown));
            shown
        });
        Self { place, all: list.len(), own, is_looking: false, chosen: chosen.map(Arc::new) }
    }

    /// How many rows are shown.
    pub fn len(&self) -> usize {
        self.chosen.as_ref().map_or(self.all, |chosen| chosen.len())
    }

    /// Whether no row is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What a row shows.
    pub fn shown(&self, row: usize) -> Option<Shown> {
        match &self.chosen {
            Some(chosen) => chosen.get(row).copied(),
            None => {
                (row < self.all).then_some(Shown { spot: Spot::new(self.place, row), depth: 0 })
            }
        }
    }

    /// The index in the list of a row; none for what is unfolded below one.
    pub fn index(&self, row: usize) -> Option<usize> {
        self.shown(row).filter(|shown| shown.depth == 0).map(|shown| shown.spot.index)
    }

    /// The row that shows this index of the list.
    pub fn row(&self, index: usize) -> Option<usize> {
        let this = |shown: &Shown| shown.depth == 0 && shown.spot.index == index;
        match &self.chosen {
            Some(chosen) => chosen.iter().position(this),
            None => Some(index),
        }
    }

    /// The row that shows the record at this spot below another one.
    pub fn row_below(&self, spot: Spot) -> Option<usize> {
        self.chosen.as_ref()?.iter().position(|shown| shown.spot == spot)
    }

    /// Lines under its heading: one a row, or one that says it is empty.
    pub fn lines(&self) -> usize {
        self.len().max(1)
    }
}

/// The indexes that are shown without a filter; nothing where that is all of them.
pub(super) fn unfiltered(workspace: &Workspace, place: Place, look: Look) -> Option<Vec<usize>> {
    if look.tree && place != Place::Inbox {
        return Some(roots(workspace, place));
    }
    waiting(workspace.list(place), place, look)
}

/// The indexes of the inbox that still wait, where others are not shown.
fn waiting(list: &[Arc<Record>], place: Place, look: Look) -> Option<Vec<usize>> {
    let waits = |entry: &Arc<Record>| inbox::waits(entry, look.today);
    let all = place != Place::Inbox || look.triaged || list.iter().all(waits);
    let indexes = list.iter().enumerate().filter(|(_, entry)| waits(entry));
    (!all).then(|| indexes.map(|(index, _)| index).collect())
}

/// The indexes of what is not part of anything that stands in the same list. What a file lets be
/// part of itself, and what hangs deeper than is shown, counts as such, so that it is seen.
fn roots(workspace: &Workspace, place: Place) -> Vec<usize> {
    let above = |item: &Record| {
        let parent = item.link(Field::Parent)?;
        workspace.get(parent).filter(|_| workspace.place_of(parent) == Some(place))
    };
    let is_root = |item: &Arc<Record>| {
        let ancestors = std::iter::successors(above(item), |item| above(item));
        let depth = ancestors.take(usize::from(DEEPEST) + 1).count();
        depth == 0 || depth > usize::from(DEEPEST)
    };
    let list = workspace.list(place).iter().enumerate();
    list.filter(|(_, item)| is_root(item)).map(|(index, _)| index).collect()
}

/// Adds a row, and below it what it is made of where it is unfolded.
fn push(workspace: &Workspace, look: Look, row: Shown, rows: &mut Vec<Shown>) {
    rows.push(row);
    let Some(record) = workspace.list(row.spot.place).get(row.spot.index) else { return };
    if row.depth >= DEEPEST || !look.unfolded.contains(record.id()) {
        return;
    }
    for spot in workspace.children(record.id()).iter().filter_map(|id| workspace.spot_of(id)) {
        push(workspace, look, Shown { spot, depth: row.depth + 1 }, rows);
    }
}
