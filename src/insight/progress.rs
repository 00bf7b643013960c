//! How much of an item is done, by the points of its leaves?

use super::points::Points;
use crate::workspace::{Id, Place, Workspace};

/// Done and all points of the leaves under an item. A leaf without points counts 1, so that a
/// list of unestimated tasks still moves.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Points done.
    pub done: f64,
    /// Points in all.
    pub all: f64,
}

/// The progress of an item with children; `None` when it has none.
pub fn of(workspace: &Workspace, id: &Id) -> Option<Progress> {
    if !workspace.is_parent(id) {
        return None;
    }
    let (mut progress, mut points) = (Progress::default(), Points::new(workspace));
    for leaf in workspace.family(id).into_iter().filter(|part| !workspace.is_parent(part)) {
        let points = workspace.get(leaf).and_then(|item| points.of(item)).unwrap_or(1.0);
        progress.all += points;
        if workspace.place_of(leaf) == Some(Place::Done) {
            progress.done += points;
        }
    }
    Some(progress)
}
