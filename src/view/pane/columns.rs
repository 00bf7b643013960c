//! How the cells of a row are shared, so that rows stand under each other.

use super::row::Item;
use crate::scoring::Score;
use crate::view::text;
use crate::workspace::Hat;

/// Cells for the mark of the cursor and that of the selection.
pub(super) const MARKS: usize = 2;
/// Cells for what an unscored item needs, and for bars.
const NEEDS: usize = 12;
/// Cells for bars alone.
const BAR: usize = 6;
/// From this many cells on a pane has room for what items need, for bars alone, for ids, and for
/// the kind.
const ROOMS: (usize, usize, usize, usize) = (48, 36, 28, 30);

/// The cells of each column, without the gap before it; 0 is none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns {
    /// The number of the row.
    pub number: usize,
    /// The beginning of the id.
    pub id: usize,
    /// The kind.
    pub kind: usize,
    /// Whether it is in a sprint.
    pub sprint: usize,
    /// The points.
    pub points: usize,
    /// The score.
    pub score: usize,
    /// A bar, or what it needs.
    pub tail: usize,
    /// The highest score that is seen.
    pub best: f64,
}

impl Columns {
    /// The columns of a pane that is so wide and shows these items.
    pub fn of(items: &[&Item], hat: Hat, wide: usize) -> Self {
        let widest = |cells: fn(&Item) -> usize| items.iter().map(|item| cells(item)).max();
        let widest = |cells, least: usize, most| widest(cells).unwrap_or(0).clamp(least, most);
        let best = items.iter().filter_map(|item| item.score.value()).fold(0.0, f64::max);
        let backlog = hat == Hat::Po;
        let only = |on: bool, cells: usize| if on { cells } else { 0 };
        Self {
            number: only(backlog, widest(|item| item.number().len(), 2, 6)),
            id: only(wide >= ROOMS.2 + only(backlog, 12), widest(|item| item.prefix, 2, 6)),
            kind: only(
                backlog && wide >= ROOMS.3,
                widest(|item| text::width(item.kind()), 4, only(wide >= 60, 3) + 5),
            ),
            sprint: only(backlog, widest(|item| usize::from(!item.sprint.is_empty()), 0, 1)),
            points: only(backlog, widest(|item| text::width(&item.points()), 0, 4)),
            score: widest(|item| text::width(&item.score()), 3, 9),
            tail: match wide {
                _ if backlog => 0,
                _ if wide >= ROOMS.0 => NEEDS,
                _ if wide >= ROOMS.1 => BAR,
                _ => 0,
            },
            best,
        }
    }

    /// Cells before the title.
    pub fn left(&self) -> usize {
        MARKS
            + [self.number, self.id, self.kind]
                .into_iter()
                .filter(|cells| *cells > 0)
                .map(|cells| cells + 1)
                .sum::<usize>()
    }

    /// Cells behind it.
    pub fn right(&self) -> usize {
        let columns = [self.sprint, self.points, self.score, self.tail];
        columns.into_iter().filter(|cells| *cells > 0).map(|cells| cells + 1).sum::<usize>()
            + self.gap()
    }

    /// Cells more between score and bar.
    pub fn gap(&self) -> usize {
        if self.tail > 0 { 1 } else { 0 }
    }
}

/// The score in words, or what stands for it.
pub(super) fn scored(score: &Score) -> String {
    match score {
        Score::Of(score) => crate::scoring::shown(*score),
        Score::Needs(_) => crate::view::theme::NO_SCORE.to_owned(),
    }
}
