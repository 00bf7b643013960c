//! How many points does an item count for, where it or what it is part of was estimated?
//!
//! Other tools estimate the story and leave its sub-tasks without points. So where nothing that an
//! estimated item is made of has points, each of its leaves counts for as much of them as any other.

use crate::workspace::{Field, Id, Lookup, Record, Workspace};

/// Levels looked up at most: a file may bring items that are part of each other.
const LEVELS: usize = 64;

/// The points of items, what was found for one kept for those beside it.
#[derive(Debug)]
pub struct Points<'a> {
    workspace: &'a Workspace,
    shares: Shares,
}

impl<'a> Points<'a> {
    /// The points of items of this workspace.
    pub fn new(workspace: &'a Workspace) -> Self {
        Self { workspace, shares: Shares::default() }
    }

    /// The points of an item that is not made of others: its own, else its share of those above
    /// it; none where nobody estimated either, or some of what is beside it was estimated.
    pub fn of(&mut self, item: &Record) -> Option<f64> {
        self.shares.points(self.workspace, item)
    }
}

/// For what is made of others and has points: what each of its leaves counts for, as far as that was
/// asked. It holds for one state of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Shares(Lookup<Id, Option<f64>>);

impl Shares {
    /// The points of an item of this workspace, as [`Points::of`] counts them.
    pub fn points(&mut self, workspace: &Workspace, item: &Record) -> Option<f64> {
        item.number(Field::Points).or_else(|| {
            let whole = estimated_above(workspace, item)?;
            *self.0.entry(whole.id().clone()).or_insert_with(|| share(workspace, whole))
        })
    }

    /// Whether it is work that nobody estimated, neither itself nor as a part. What is made of
    /// others counts through them, and what is no work is not estimated.
    pub fn lack(&mut self, workspace: &Workspace, item: &Record) -> bool {
        let is_counted = item.kind().is_work() && !workspace.is_parent(item.id());
        is_counted && self.points(workspace, item).is_none()
    }
}

/// The nearest item with points that this one is part of.
fn estimated_above<'a>(workspace: &'a Workspace, item: &'a Record) -> Option<&'a Record> {
    lineage(workspace, item).skip(1).find(|above| above.get(Field::Points).is_some())
}

/// An item, what it is part of, what that is part of, and so on.
pub fn lineage<'a>(workspace: &'a Workspace, item: &'a Record) -> impl Iterator<Item = &'a Record> {
    let parent = |item: &&Record| workspace.get(item.link(Field::Parent)?).map(AsRef::as_ref);
    std::iter::successors(Some(item), parent).take(LEVELS)
}

/// What each leaf of an estimated item counts for, where nothing that it is made of has points.
fn share(workspace: &Workspace, whole: &Record) -> Option<f64> {
    let points = whole.number(Field::Points)?;
    let mut leaves = 0.0;
    for part in workspace.family(whole.id()).into_iter().skip(1) {
        if workspace.get(part)?.get(Field::Points).is_some() {
            return None;
        }
        leaves += if workspace.is_parent(part) { 0.0 } else { 1.0 };
    }
    (leaves > 0.0).then(|| points / leaves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Place, Value};
    use std::sync::Arc;

    /// Items by name, what each is part of, and its points.
    fn points(items: &[(&str, &str, f64)]) -> Vec<Option<f64>> {
        let record = |(id, parent, points): &(&str, &str, f64)| {
            let record = Record::new(Id::new(id));
            let parent = (!parent.is_empty()).then(|| Value::link(Id::new(parent)));
            let points = (*points > 0.0).then_some(Value::Number(*points));
            let with = |record: Record, field, value| match value {
                Some(value) => record.with(field, value),
                None => record,
            };
            Arc::new(with(with(record, Field::Parent, parent), Field::Points, points))
        };
        let mut content = Content::default();
        content.fill(Place::Backlog, items.iter().map(record).collect());
        let workspace = Workspace::new(content);
        let mut points = Points::new(&workspace);
        workspace.list(Place::Backlog).iter().map(|item| points.of(item)).collect()
    }

    #[test]
    fn parts_without_points_share_those_of_the_whole() {
        let whole = [("a", "", 6.0), ("b", "a", 0.0), ("c", "a", 0.0), ("d", "c", 0.0)];
        assert_eq!(
            points(&whole)[1..],
            [Some(3.0), Some(3.0), Some(3.0)],
            "b and d are the leaves"
        );
    }

    #[test]
    fn where_one_part_has_points_the_others_have_none() {
        let mixed = [("a", "", 6.0), ("b", "a", 2.0), ("c", "a", 0.0)];
        assert_eq!(points(&mixed)[1..], [Some(2.0), None]);
    }

    #[test]
    fn the_nearest_estimate_counts_and_circles_end() {
        let deep = [("a", "", 9.0), ("b", "a", 4.0), ("c", "b", 0.0), ("d", "a", 0.0)];
        assert_eq!(points(&deep)[2..], [Some(4.0), None]);
        assert_eq!(points(&[("a", "b", 0.0), ("b", "a", 0.0)]), [None, None]);
    }
}
