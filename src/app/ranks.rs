//! The items of a pane by rank: how sure each is of its place, and where the capacity ends.

use super::App;
use super::layout::inside;
use super::lines::drawn_at;
use super::views::View;
use crate::insight::rank::{Ranked, Unscored};
use crate::workspace::{Hat, Id, Place};
use ratatui::layout::Position;
use std::collections::HashSet;

/// The view: which item has the cursor, and what is seen.
#[derive(Debug, Default)]
pub struct Ranks {
    cursor: Option<Id>,
    /// The line of the cursor.
    at: usize,
    /// The first line that is drawn.
    pub top: usize,
    /// The items that have a line.
    shown: HashSet<Id>,
}

impl Ranks {
    /// The view with the cursor where the board has it.
    pub(super) fn open(app: &mut App) {
        start(app);
        let cursor = app.board.cursor().cloned();
        app.view = View::Ranks(Self { cursor, ..Self::default() });
    }

    /// The item under the cursor.
    pub fn cursor(&self) -> Option<&Id> {
        self.cursor.as_ref()
    }

    /// Puts the cursor on an item. Whether it has a line.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        let is_shown = self.shown.contains(id);
        if is_shown {
            self.cursor = Some(id.clone());
        }
        is_shown
    }

    /// Puts the cursor on the item that is drawn at a cell.
    pub(super) fn click(&mut self, app: &App, cell: Position) {
        let at = drawn_at(inside(app.layout().body), cell).map(|below| self.top + below);
        let id = at.and_then(|at| of(app).get(at).and_then(RankRow::id));
        self.cursor = id.or(self.cursor()).cloned();
    }

    /// Finds the cursor's item again, or what stands in its place; and scrolls as little as shows
    /// it.
    pub(super) fn refresh(&mut self, app: &App) {
        if app.standing(app.board.hat).is_none() {
            return;
        }
        let rows = of(app);
        self.shown = rows.iter().filter_map(RankRow::id).cloned().collect();
        let own = self.cursor.as_ref();
        let at = own.and_then(|own| rows.iter().position(|row| row.id() == Some(own)));
        let nearest = || {
            let items = (0..rows.len()).filter(|at| rows[*at].id().is_some());
            items.min_by_key(|at| at.abs_diff(self.at))
        };
        self.at = at.or_else(nearest).unwrap_or(0);
        self.cursor = rows.get(self.at).and_then(RankRow::id).cloned();
        let height = usize::from(inside(app.layout().body).height);
        let lowest = (self.at + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, self.at.max(lowest));
        self.top = self.top.min(rows.len().saturating_sub(height));
    }
}

/// What every view of a pane begins with: the pane shows its own list in its own order.
pub(super) fn start(app: &mut App) {
    if app.board.backlog.shows != Place::Backlog {
        app.board.backlog.show(Place::Backlog);
    }
    app.board.focused_mut().by_score = false;
    app.refresh();
}

/// A line of the ranks.
#[derive(Debug, Clone, Copy)]
pub enum RankRow<'a> {
    /// An item with a score.
    Ranked(&'a Ranked),
    /// The end of the capacity.
    Line,
    /// An item without one.
    Unscored(&'a Unscored),
}

impl<'a> RankRow<'a> {
    /// The item it is about.
    pub fn id(&self) -> Option<&'a Id> {
        match self {
            Self::Ranked(item) => Some(item.id()),
            Self::Unscored(item) => Some(&item.id),
            Self::Line => None,
        }
    }

    fn rank(&self) -> Option<usize> {
        if let Self::Ranked(item) = self { Some(item.rank) } else { None }
    }
}

/// The lines of the pane that has the focus; under a filter those of what it finds.
pub fn of(app: &App) -> Vec<RankRow<'_>> {
    let Some(standing) = app.standing(app.board.hat) else { return Vec::new() };
    let ranking = &standing.ranking;
    let found = (!app.board.filter.is_empty()).then(|| found(app));
    let is_shown = |id: &Id| found.as_ref().is_none_or(|found| found.contains(id));
    let line = ranking.line.filter(|line| *line < ranking.items.len()).unwrap_or(usize::MAX);
    let above = ranking.items.iter().take(line);
    let below = ranking.items.iter().skip(line);
    let item = |item| RankRow::Ranked(item);
    let rows = above.map(item).chain((line != usize::MAX).then_some(RankRow::Line));
    let rows = rows.chain(below.map(item)).chain(ranking.unscored.iter().map(RankRow::Unscored));
    rows.filter(|row| row.id().is_none_or(is_shown)).collect()
}

/// What the filter shows of the pane that has the focus.
fn found(app: &App) -> HashSet<Id> {
    let pane = app.board.focused();
    let rows =
        (0..pane.lanes.len()).flat_map(|lane| (0..pane.lanes[lane].len()).map(move |r| (lane, r)));
    rows.filter_map(|(lane, row)| pane.id_at(app.workspace(), lane, row)).collect()
}

/// Moves the cursor by items; the end of the capacity is stepped over.
pub(super) fn step(app: &mut App, by: isize) {
    let ids: Vec<&Id> = of(app).iter().filter_map(RankRow::id).collect();
    let at = app.cursor().and_then(|cursor| ids.iter().position(|id| *id == cursor));
    let goal = at.unwrap_or(0).saturating_add_signed(by).min(ids.len().saturating_sub(1));
    let goal = ids.get(goal).map(|id| (*id).clone());
    go(app, goal);
}

/// Puts the cursor on the item of this rank, or the next one that is shown.
pub(super) fn to(app: &mut App, rank: usize) {
    let rows = of(app);
    let row = rows.iter().find(|row| row.rank().is_some_and(|of| of >= rank));
    let goal = row.or(rows.last()).and_then(RankRow::id).cloned();
    go(app, goal);
}

/// Puts the cursor on an item, here and on the board, where it is found after leaving.
pub(super) fn go(app: &mut App, id: Option<Id>) {
    let Some(id) = id else { return };
    if let Some(place) = app.workspace().place_of(&id) {
        app.board.look_at(place, &id);
    }
    app.view.look_at(&id);
}

/// Looks at the other pane.
pub(super) fn turn(app: &mut App, hat: Hat) {
    app.board.hat = hat;
    start(app);
    let cursor = app.board.cursor().cloned();
    go(app, cursor);
}
