//! How the cells of a row are shared, so that rows stand under each other.

use super::row::Item;
use crate::scoring::{Framework, Score};
use crate::view::text;
use crate::view::theme::{DOT, NO_SCORE};
use crate::workspace::Hat;

/// Cells for the mark of the cursor and that of the selection.
pub(super) const MARKS: usize = 2;
/// Cells for what an unscored item needs, and for bars.
const NEEDS: usize = 12;
/// Cells for bars alone.
const BAR: usize = 6;
/// Cells from which on a pane has room for ids, for a margin and whole kinds, for bars, for what
/// items need, and for wide gaps.
const IDS: usize = 28;
const MARGIN: usize = 40;
const BARS: usize = 36;
const NEEDED: usize = 48;
const GAPS: usize = 56;
/// Cells from which on a pane has room for chances and ties.
const CHANCES: usize = 48;

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
    /// The chance to belong above the line.
    pub chance: usize,
    /// The bracket around those that are tied.
    pub tied: usize,
    /// A bar, or what it needs.
    pub tail: usize,
    /// Cells before each column behind the title.
    pub gap: usize,
    /// Cells behind the last column.
    pub margin: usize,
    /// The highest score that is seen.
    pub best: f64,
}

impl Columns {
    /// The columns of a pane that is so wide and shows these items.
    pub fn of(items: &[&Item], hat: Hat, wide: usize) -> Self {
        let widest = |cells: fn(&Item) -> usize, least: usize, most: usize| {
            let most_of_all = items.iter().map(|item| cells(item)).max();
            most_of_all.unwrap_or(0).clamp(least, most)
        };
        let roadmap = Self {
            id: if wide < IDS { 0 } else { widest(|item| item.prefix, 2, 6) },
            score: widest(|item| text::width(&item.shown), 3, 9),
            gap: if wide < GAPS { 1 } else { 2 },
            margin: usize::from(wide >= MARGIN),
            best: items.iter().filter_map(|item| item.score.value()).fold(0.0, f64::max),
            chance: if wide < CHANCES { 0 } else { widest(|item| text::width(&item.chance), 0, 5) },
            tied: if wide < CHANCES { 0 } else { widest(|item| text::width(item.tied), 0, 6) },
            tail: match wide {
                NEEDED.. => NEEDS,
                BARS.. => BAR,
                _ => 0,
            },
            ..Self::default()
        };
        if hat == Hat::Pm {
            return roadmap;
        }
        Self {
            number: widest(|item| item.number().len(), 2, 6),
            id: if wide < MARGIN { 0 } else { roadmap.id },
            kind: widest(|item| text::width(item.kind()), 4, if wide < MARGIN { 5 } else { 8 }),
            sprint: widest(|item| text::width(item.sprint), 0, 1),
            points: widest(|item| text::width(&item.points), 0, 4),
            tail: 0,
            ..roadmap
        }
    }

    /// Cells before the title.
    pub fn left(&self) -> usize {
        let columns = [self.number, self.id, self.kind].into_iter().filter(|cells| *cells > 0);
        MARKS + columns.map(|cells| cells + 1).sum::<usize>()
    }

    /// Cells behind it.
    pub fn right(&self) -> usize {
        let columns = [self.sprint, self.points, self.score, self.chance, self.tied, self.tail];
        let columns = columns.into_iter().filter(|cells| *cells > 0);
        columns.map(|cells| cells + self.gap).sum::<usize>() + self.margin
    }

    /// What the columns behind the title are, where there is room to say so.
    pub fn legend(&self) -> Option<String> {
        let names = [
            (self.sprint, "● in the sprint"),
            (self.points, "points"),
            (self.score, "score"),
            (self.chance, "above the line"),
        ];
        let names = names.into_iter().filter(|(cells, _)| *cells > 0).map(|(_, name)| name);
        let names: Vec<&str> = names.collect();
        (self.number > 0 && self.gap > 1 && !names.is_empty()).then(|| names.join(DOT))
    }
}

/// The score in words, or what stands for it.
pub(super) fn scored(framework: &Framework, score: &Score) -> String {
    match score {
        Score::Of(score) => framework.shown(*score),
        Score::Needs(_) => NO_SCORE.to_owned(),
    }
}
