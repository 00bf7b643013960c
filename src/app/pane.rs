//! One side of the board: its lanes, the rows that are shown, the cursor and the scroll.

use super::filter::Filter;
pub use super::lane::{Lane, Look, Shown};
use super::search::{AT_ONCE, Search, Stamp};
use crate::workspace::{Hat, Id, Place, Workspace};
use std::collections::HashMap;

/// A line of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of a lane.
    Heading(usize),
    /// A row of a lane.
    Row {
        /// Which lane.
        lane: usize,
        /// Which of its rows.
        row: usize,
    },
    /// What stands in a lane without rows.
    Empty(usize),
    /// Where a sprint ends; which of the ends.
    End(usize),
}

/// Where a sprint ends between the rows of the backlog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The rows above it.
    pub row: usize,
    /// Which line of the forecast it is.
    pub line: usize,
}

/// Where the cursor is: the lane, the row, and the record there, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    /// Which lane.
    pub lane: usize,
    /// Which of its rows.
    pub row: usize,
    /// The record, which the cursor follows wherever it goes.
    pub id: Option<Id>,
}

/// Rows of a pane, and of what they are.
#[derive(Debug, Clone)]
struct Found {
    stamp: Stamp,
    lanes: Vec<Lane>,
}

/// One side of the board.
#[derive(Debug, Clone)]
pub struct Pane {
    /// Whose side it is.
    pub hat: Hat,
    /// What the owner's side shows: the backlog, the inbox or `done`.
    pub shows: Place,
    /// Its lanes.
    pub lanes: Vec<Lane>,
    /// The cursor.
    pub cursor: Cursor,
    /// The first line that is drawn.
    pub top: usize,
    /// Whether the rows stand in score order: a look, the own order stays.
    pub by_score: bool,
    /// Where sprints end between its rows, from above; only the backlog has any.
    pub ends: Vec<End>,
    /// What was under the cursor of the places that are not shown now.
    left: HashMap<Place, Cursor>,
    /// What its rows are, or will be once all of them are found.
    stamp: Option<Stamp>,
    /// The search for its rows, where it has not ended.
    pub(super) search: Option<Search>,
    /// The cursor and the first line as they were before that search.
    before: Option<(Cursor, usize)>,
    /// What the letters so far found, each among what the one before it did.
    earlier: Vec<Found>,
}

impl Pane {
    /// The pane of this hat.
    pub fn new(hat: Hat) -> Self {
        Self {
            hat,
            shows: Place::Backlog,
            lanes: Vec::new(),
            cursor: Cursor::default(),
            top: 0,
            by_score: false,
            ends: Vec::new(),
            left: HashMap::new(),
            stamp: None,
            search: None,
            before: None,
            earlier: Vec::new(),
        }
    }

    /// Shows another place of the owner's, with the cursor where it was left there.
    pub fn show(&mut self, place: Place) {
        if self.shows != place {
            let there = self.left.remove(&place).unwrap_or_default();
            let here = std::mem::replace(&mut self.cursor, there);
            self.left.insert(self.shows, here);
            self.shows = place;
            self.top = 0;
            self.follow_again();
        }
    }

    /// The lists it shows: its own, or the one of them that the filter asks for.
    fn places(&self, filter: &Filter) -> Vec<Place> {
        match (self.hat, filter.place().filter(|place| place.hat() == self.hat)) {
            (_, Some(place)) => vec![place],
            (Hat::Pm, None) => Place::ROADMAP.to_vec(),
            (Hat::Po, None) => vec![self.shows],
        }
    }

    /// Brings the rows up to date and lets the cursor follow its record. Where the record is
    /// gone the cursor stays on the line it was on. Who is in a `hurry` gets what is found among
    /// the first items; whether a search for the others began.
    pub fn refresh(
        &mut self,
        workspace: &Workspace,
        revision: u64,
        look: Look,
        hurry: bool,
    ) -> bool {
        let Look { filter, unfolded, tree, triaged, today } = look;
        let places = self.places(filter);
        let (filter, unfolded) = (filter.clone(), unfolded.clone());
        let by_score = self.by_score;
        let stamp = Stamp { revision, filter, unfolded, tree, triaged, by_score, places, today };
        let is_new = self.stamp.as_ref() != Some(&stamp);
        if is_new {
            self.begin(workspace, stamp, hurry);
        }
        if !hurry {
            self.earlier.clear();
            self.search.take().into_iter().for_each(|search| self.end(workspace, search));
        }
        is_new && self.search.is_some()
    }

    /// Looks for rows, among those of an earlier search where they must be there.
    fn begin(&mut self, workspace: &Workspace, stamp: Stamp, hurry: bool) {
        let lanes = std::mem::take(&mut self.lanes);
        let before = self.stamp.replace(stamp.clone());
        if self.search.take().is_none() {
            self.earlier.extend(before.map(|stamp| Found { stamp, lanes }));
        }
        self.go_back();
        let is_wider = |found: &mut Found| found.stamp == stamp || stamp.narrows(&found.stamp);
        while self.earlier.pop_if(|found| !is_wider(found)).is_some() {}
        if let Some(same) = self.earlier.pop_if(|found| found.stamp == stamp) {
            self.lanes = same.lanes;
            return self.follow(workspace);
        }
        let wider = self.earlier.last().map(|found| found.lanes.clone());
        let mut search = Search::new(self.hat, stamp, workspace, wider);
        if !search.advance(workspace, if hurry { AT_ONCE } else { usize::MAX }) {
            return self.end(workspace, search);
        }
        self.before = Some((self.cursor.clone(), self.top));
        self.lanes = search.so_far(workspace);
        self.search = Some(search);
        self.follow(workspace);
    }

    /// Takes the rows of a search that ended beside the screen, where they are what is looked for.
    pub(super) fn take(&mut self, workspace: &Workspace, search: Search) {
        if self.stamp.as_ref() == Some(&search.stamp) && self.search.take().is_some() {
            self.end(workspace, search);
        }
    }

    /// Shows all that a search finds.
    fn end(&mut self, workspace: &Workspace, search: Search) {
        self.lanes = search.end(workspace);
        self.go_back();
        self.follow(workspace);
    }

    /// Forgets where the cursor was put while not all rows were found.
    fn go_back(&mut self) {
        if let Some((cursor, top)) = self.before.take() {
            (self.cursor, self.top) = (cursor, top);
        }
    }

    /// Makes the next refresh look for the cursor's record, although nothing changed.
    pub fn follow_again(&mut self) {
        self.stamp = None;
        self.search = None;
        self.before = None;
        self.earlier.clear();
    }

    /// Puts the cursor on its record again, or where it was when the record is gone.
    fn follow(&mut self, workspace: &Workspace) {
        let Cursor { lane, row, id } = &self.cursor;
        if id.is_some() && self.id_at(workspace, *lane, *row) == *id {
            return;
        }
        let found = id.as_ref().and_then(|id| self.find(workspace, id));
        let (lane, row) = found.unwrap_or((*lane, *row));
        self.set(workspace, lane, row);
        let filtered = self.stamp.as_ref().is_some_and(|stamp| !stamp.filter.text().is_empty());
        if self.cursor.id.is_none() && filtered {
            // What a filter finds is what one looks for.
            let first = self.lanes.iter().position(|lane| !lane.is_empty());
            self.set(workspace, first.unwrap_or(self.cursor.lane), 0);
        }
    }

    /// The lane and row that show a record.
    pub fn find(&self, workspace: &Workspace, id: &Id) -> Option<(usize, usize)> {
        let spot = workspace.spot_of(id)?;
        let own = self.lanes.iter().position(|lane| lane.place == spot.place);
        let own = own.and_then(|lane| Some((lane, self.lanes[lane].row(spot.index)?)));
        let below = || {
            let mut lanes = self.lanes.iter().enumerate();
            lanes.find_map(|(at, lane)| Some((at, lane.row_below(spot)?)))
        };
        own.or_else(below)
    }

    /// Puts the cursor on a row, or on the nearest there is.
    pub fn set(&mut self, workspace: &Workspace, lane: usize, row: usize) {
        let lane = lane.min(self.lanes.len().saturating_sub(1));
        let row = row.min(self.lanes.get(lane).map_or(0, |lane| lane.len().saturating_sub(1)));
        self.cursor = Cursor { lane, row, id: self.id_at(workspace, lane, row) };
    }

    /// The record on a row.
    pub fn id_at(&self, workspace: &Workspace, lane: usize, row: usize) -> Option<Id> {
        let lane = self.lanes.get(lane)?;
        let spot = lane.shown(row)?.spot;
        Some(workspace.list(spot.place).get(spot.index)?.id().clone())
    }

    /// Whether the cursor is on what is unfolded below an item.
    pub fn is_below(&self) -> bool {
        let lane = self.lanes.get(self.cursor.lane);
        lane.and_then(|lane| lane.shown(self.cursor.row)).is_some_and(|shown| shown.depth > 0)
    }

    /// The list the cursor is in.
    pub fn place(&self) -> Place {
        self.lanes.get(self.cursor.lane).map_or(self.shows, |lane| lane.place)
    }

    /// Moves the cursor by rows, over the borders of lanes; a lane without rows counts as one.
    pub fn step(&mut self, workspace: &Workspace, by: isize) {
        let before: usize =
            self.lanes[..self.cursor.lane.min(self.lanes.len())].iter().map(Lane::lines).sum();
        let last = self.lanes.iter().map(Lane::lines).sum::<usize>().saturating_sub(1);
        let mut slot = (before + self.cursor.row).saturating_add_signed(by).min(last);
        for lane in 0..self.lanes.len() {
            let lines = self.lanes[lane].lines();
            if slot < lines {
                return self.set(workspace, lane, slot);
            }
            slot -= lines;
        }
    }

    /// How many lines it has, headings included.
    pub fn lines(&self) -> usize {
        let lines: usize = self.lanes.iter().map(|lane| lane.lines() + self.heading()).sum();
        lines + self.ends.len()
    }

    /// The line with this number, from 0.
    pub fn line(&self, number: usize) -> Option<Line> {
        // An end stands below its rows and the ends before it.
        let before = (0..self.ends.len()).take_while(|at| self.ends[*at].row + at < number).count();
        if self.ends.get(before).is_some_and(|end| end.row + before == number) {
            return Some(Line::End(before));
        }
        let mut left = number - before;
        for (at, lane) in self.lanes.iter().enumerate() {
            let lines = lane.lines() + self.heading();
            if left < lines {
                return Some(match left.checked_sub(self.heading()) {
                    None => Line::Heading(at),
                    Some(_) if lane.is_empty() => Line::Empty(at),
                    Some(row) => Line::Row { lane: at, row },
                });
            }
            left -= lines;
        }
        None
    }

    /// How many rows are above and below the `height` lines that are shown. Headings, and where
    /// sprints end, count for none.
    pub fn beyond(&self, height: usize) -> (usize, usize) {
        let all: usize = self.lanes.iter().map(Lane::len).sum();
        (self.rows_before(self.top), all.saturating_sub(self.rows_before(self.top + height)))
    }

    /// How many rows stand before the line with this number.
    fn rows_before(&self, number: usize) -> usize {
        let ends = (0..self.ends.len()).take_while(|at| self.ends[*at].row + at < number).count();
        let mut left = number.saturating_sub(ends);
        let mut rows = 0;
        for lane in &self.lanes {
            rows += left.saturating_sub(self.heading()).min(lane.len());
            left = left.saturating_sub(lane.lines() + self.heading());
        }
        rows
    }

    /// The number of the line the cursor is on.
    pub fn cursor_line(&self) -> usize {
        let above = self.lanes.iter().take(self.cursor.lane);
        let above: usize = above.map(|lane| lane.lines() + self.heading()).sum();
        let ends = self.ends.iter().take_while(|end| end.row <= self.cursor.row).count();
        above + self.heading() + self.cursor.row + ends
    }

    /// Scrolls as little as shows the cursor in `height` lines, with its heading where it is the
    /// first of its lane.
    pub fn reveal(&mut self, height: usize) {
        let line = self.cursor_line();
        let first = match (self.cursor.lane, self.cursor.row) {
            (0, 0) => 0,
            (_, 0) => line.saturating_sub(self.heading()),
            _ => line,
        };
        if line >= self.top + height {
            self.top = (line + 1).saturating_sub(height);
        }
        self.top = self.top.min(first);
        self.scroll(0, height);
    }

    /// Whether the cursor is among the `height` lines that are shown.
    pub fn is_seen(&self, height: usize) -> bool {
        (self.top..self.top + height).contains(&self.cursor_line())
    }

    /// Scrolls by lines, as far as there are any; the cursor stays.
    pub fn scroll(&mut self, by: isize, height: usize) {
        let last = self.lines().saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    /// How many lines a heading takes: one where there are several lanes, none where there is one.
    fn heading(&self) -> usize {
        usize::from(self.hat == Hat::Pm)
    }
}
