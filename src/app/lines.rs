//! The lines of a view, one below the other: which one has the cursor, and which are seen.

use ratatui::layout::{Position, Rect};

/// A line of a view.
pub trait Stop {
    /// Whether the cursor can be on it.
    fn is_stop(&self) -> bool;
}

/// The lines, the one under the cursor, and the first that is drawn.
#[derive(Debug)]
pub struct Lines<R> {
    /// Every line.
    pub rows: Vec<R>,
    /// The line under the cursor.
    pub at: usize,
    /// The first line that is drawn.
    pub top: usize,
}

impl<R> Default for Lines<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), at: 0, top: 0 }
    }
}

impl<R: Stop> Lines<R> {
    /// The line under the cursor.
    pub fn row(&self) -> Option<&R> {
        self.rows.get(self.at)
    }

    /// Whether a line has the cursor, to be seen as such.
    pub fn is_here(&self, at: usize) -> bool {
        at == self.at && self.rows.get(at).is_some_and(R::is_stop)
    }

    /// How many lines lie above and below the `height` that are seen.
    pub fn beyond(&self, height: u16) -> (usize, usize) {
        (self.top, self.rows.len().saturating_sub(self.top + usize::from(height)))
    }

    /// Puts the cursor on the nearest line that is one of these. Whether there is one.
    pub(super) fn look(&mut self, is_it: impl Fn(&R) -> bool) -> bool {
        let found = (0..self.rows.len()).filter(|at| is_it(&self.rows[*at]));
        let nearest = found.min_by_key(|at| at.abs_diff(self.at));
        self.at = nearest.unwrap_or(self.at);
        nearest.is_some()
    }

    /// Puts the cursor on a line it can be on, if there is one: the next one down, or the last.
    pub(super) fn settle(&mut self) {
        let at = self.at.min(self.rows.len().saturating_sub(1));
        let stops = |at: &usize| self.rows.get(*at).is_some_and(R::is_stop);
        let found = (at..self.rows.len()).find(stops).or_else(|| (0..at).rev().find(stops));
        self.at = found.unwrap_or(at);
    }

    /// Goes down by so many lines that count, or up.
    pub(super) fn step(&mut self, by: isize) {
        let stops: Vec<usize> =
            (0..self.rows.len()).filter(|at| self.rows[*at].is_stop()).collect();
        let Ok(at) = stops.binary_search(&self.at) else { return };
        self.at = stops[at.saturating_add_signed(by).min(stops.len() - 1)];
    }

    /// Goes to the next line where something begins, or to the one before.
    pub(super) fn leap(&mut self, way: isize, begins: impl Fn(&[R], usize) -> bool) {
        let is_it = |at: &usize| begins(&self.rows, *at);
        let found = match way {
            1 => (self.at + 1..self.rows.len()).find(is_it),
            _ => (0..self.at).rev().find(is_it),
        };
        self.at = found.unwrap_or(self.at);
    }

    /// Goes to the line that is drawn at a cell of `area`, if the cursor can be on it.
    pub(super) fn click(&mut self, area: Rect, cell: Position) {
        let at = drawn_at(area, cell).map(|below| self.top + below);
        self.at = at.filter(|at| self.rows.get(*at).is_some_and(R::is_stop)).unwrap_or(self.at);
    }

    /// Scrolls as little as shows the cursor, and above the first line that counts all there is.
    pub(super) fn reveal(&mut self, height: u16) {
        let height = usize::from(height);
        let is_first = !self.rows.iter().take(self.at).any(R::is_stop);
        let upper = if is_first { 0 } else { self.at };
        let lowest = (self.at + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, upper.max(lowest));
        self.top = self.top.min(self.rows.len().saturating_sub(height));
    }
}

/// How many lines of `area` lie above the one of a cell; none where it lies outside.
pub(super) fn drawn_at(area: Rect, cell: Position) -> Option<usize> {
    area.contains(cell).then(|| usize::from(cell.y - area.y))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `#` is a line that counts, `-` one that does not.
    impl Stop for char {
        fn is_stop(&self) -> bool {
            *self == '#'
        }
    }

    fn lines(drawn: &str, at: usize) -> Lines<char> {
        Lines { rows: drawn.chars().collect(), at, top: 0 }
    }

    #[test]
    fn the_cursor_goes_from_one_line_that_counts_to_the_next() {
        let mut lines = lines("-#--##", 0);
        let mut at = |by| {
            lines.step(by);
            lines.at
        };
        assert_eq!([at(1)], [0], "from nowhere it goes nowhere");
        lines.settle();
        let mut at = |by| {
            lines.step(by);
            lines.at
        };
        assert_eq!([at(1), at(1), at(1), at(-2), at(-9)], [4, 5, 5, 1, 1]);
    }

    #[test]
    fn it_settles_on_what_is_left() {
        let settled = |drawn, at| {
            let mut lines = lines(drawn, at);
            lines.settle();
            lines.at
        };
        assert_eq!(settled("##--", 3), 1);
        assert_eq!(settled("#--#", 1), 3);
        assert_eq!(settled("#", 7), 0);
        assert_eq!(settled("--", 1), 1);
        assert_eq!(settled("", 4), 0);
    }

    #[test]
    fn a_click_goes_to_what_is_drawn_there_unless_it_does_not_count() {
        let mut lines = lines("-#-##", 1);
        lines.top = 2;
        let area = Rect::new(3, 5, 20, 3);
        lines.click(area, Position::new(4, 7));
        assert_eq!(lines.at, 4);
        lines.click(area, Position::new(4, 5));
        lines.click(area, Position::new(4, 9));
        lines.click(area, Position::new(1, 6));
        assert_eq!(lines.at, 4);
    }

    #[test]
    fn the_line_under_the_cursor_is_always_seen_and_no_line_is_wasted() {
        for height in 1..8_u16 {
            let mut lines = lines("--##-#--####-#", 2);
            for by in [1, 1, 1, 9, -1, -2, -1, -9] {
                lines.step(by);
                lines.reveal(height);
                let seen = lines.top..lines.top + usize::from(height);
                assert!(seen.contains(&lines.at), "{height}: {lines:?}");
                assert!(seen.end <= lines.rows.len().max(height.into()));
            }
            let top = 3_usize.saturating_sub(height.into());
            assert_eq!(
                (lines.at, lines.top),
                (2, top),
                "what stands above the first is seen again"
            );
        }
    }
}
