//! How much of an item is done, by the points of its leaves?

use super::points::Points;
use crate::scoring::median;
use crate::workspace::{Id, Place, Workspace};

/// Done and all points of the leaves under an item. A leaf without points counts as the median of
/// the others, as it does in the forecast, and 1 where none has any, so that a list of unestimated
/// tasks still moves.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Points done.
    pub done: f64,
    /// Points in all.
    pub all: f64,
    /// How many leaves have points.
    pub sized: usize,
    /// How many have none.
    pub assumed: usize,
}

/// The progress of an item with children; `None` when it has none.
pub fn of(workspace: &Workspace, id: &Id) -> Option<Progress> {
    if !workspace.is_parent(id) {
        return None;
    }
    let mut points = Points::new(workspace);
    let leaves = workspace.family(id).into_iter().filter(|part| !workspace.is_parent(part));
    let leaves = leaves.map(|leaf| (leaf, workspace.get(leaf).and_then(|item| points.of(item))));
    let leaves: Vec<(&Id, Option<f64>)> = leaves.collect();
    let known: Vec<f64> = leaves.iter().filter_map(|(_, points)| *points).collect();
    let sized = known.len();
    let usual = median(known).unwrap_or(1.0);
    let mut progress = Progress { sized, assumed: leaves.len() - sized, ..Progress::default() };
    for (leaf, points) in leaves {
        let points = points.unwrap_or(usual);
        progress.all += points;
        if workspace.place_of(leaf) == Some(Place::Done) {
            progress.done += points;
        }
    }
    Some(progress)
}

#[cfg(test)]
mod tests {
    use super::super::sprint::tests::{item, workspace};
    use super::*;
    use crate::workspace::{Field, Value};

    /// The progress of an item with a done part of 8 points and these open ones, 0 for none.
    fn beside(sizes: &[f64]) -> Option<Progress> {
        let part = |id: &str, points: f64| {
            let part = item(id, points).with(Field::Parent, Value::link(Id::new("e")));
            if points > 0.0 { part } else { part.without(Field::Points) }
        };
        let parts = (0..).zip(sizes).map(|(at, points)| part(&format!("p{at}"), *points));
        let whole = item("e", 1.0).without(Field::Points);
        let backlog = std::iter::once(whole).chain(parts).collect();
        let workspace = workspace(Vec::new(), backlog, vec![(part("d", sizes[0]), 1)]);
        of(&workspace, &Id::new("e"))
    }

    #[test]
    fn a_part_without_points_counts_as_the_median_of_the_others() {
        let known = Progress { done: 8.0, all: 28.0, sized: 3, assumed: 1 };
        assert_eq!(beside(&[8.0, 4.0, 0.0]), Some(known), "8 done and 8, 4 and 8 to do");
    }

    #[test]
    fn where_none_has_points_the_parts_are_counted() {
        let known = Progress { done: 1.0, all: 3.0, sized: 0, assumed: 3 };
        assert_eq!(beside(&[0.0, 0.0]), Some(known));
    }
}
