//! What has to be done to make one workspace of another.

use super::apply::Rules;
use super::{Content, Id, Op, Place, Record, Spot, Workspace};
use std::sync::Arc;

/// The ops that make `b` of `a`, in order. Few records are moved: the longest run that stands in
/// the right order already stays. What goes comes first, then what is edited, moved and new.
pub fn diff(a: &Workspace, b: &Workspace) -> Vec<Op> {
    if let Some(edits) = edits_in_place(a, b) {
        return edits;
    }
    // Of what is known of `a` little is needed; to copy it takes longer than to find that out.
    let mut steps = Steps { now: Workspace::new(a.content.clone()), ops: Vec::new() };
    let stays = |id: &Id| {
        let section = b.place_of(id).map(Place::section);
        section == a.place_of(id).map(Place::section)
    };
    for record in a.content.records().filter(|record| !is_single(record)) {
        if !stays(record.id()) {
            steps.push(Op::Remove { id: record.id().clone() });
        }
    }
    for record in b.content.records() {
        if let Some(before) = a.get(record.id()).filter(|_| is_single(record) || stays(record.id()))
        {
            edits(before, record).into_iter().for_each(|op| steps.push(op));
        }
    }
    Place::ALL.into_iter().for_each(|place| steps.arrange(place, b.list(place)));
    steps.ops
}

/// The edits, where every record of `b` stands where it stands in `a`, as after most changes of a
/// file: then nothing has to be found.
fn edits_in_place(a: &Workspace, b: &Workspace) -> Option<Vec<Op>> {
    let lengths = |of: &Workspace| Place::ALL.map(|place| of.list(place).len());
    if lengths(a) != lengths(b) {
        return None;
    }
    let mut ops = Vec::new();
    let both = a.content.records().zip(b.content.records());
    for (before, after) in both.filter(|(before, after)| !Arc::ptr_eq(before, after)) {
        if before.id() != after.id() {
            return None;
        }
        ops.extend(edits(before, after));
    }
    Some(ops)
}

fn is_single(record: &Record) -> bool {
    [Content::PRODUCT, Content::SETTINGS].contains(&record.id().as_str())
}

/// The edits that make `after` of `before`.
pub(super) fn edits(before: &Arc<Record>, after: &Arc<Record>) -> Vec<Op> {
    if Arc::ptr_eq(before, after) {
        return Vec::new();
    }
    let cleared = before.fields().filter(|(field, _)| after.get(*field).is_none());
    let cleared = cleared.map(|(field, _)| Op::clear(after.id(), field));
    let set = after.fields().filter(|(field, value)| before.get(*field) != Some(value));
    cleared.chain(set.map(|(field, value)| Op::set(after.id(), field, value.clone()))).collect()
}

/// The ops so far, and the workspace after them.
struct Steps {
    now: Workspace,
    ops: Vec<Op>,
}

impl Steps {
    fn push(&mut self, op: Op) {
        // Each op is made for the workspace it is done to; one that is refused does nothing.
        if self.now.apply(op.clone(), Rules::Again).is_ok() {
            self.ops.push(op);
        }
    }

    /// Brings `place` into the order of `wanted`. What stands there and belongs elsewhere is
    /// moved out when its own place is arranged.
    fn arrange(&mut self, place: Place, wanted: &[Arc<Record>]) {
        let here: Vec<Option<usize>> = wanted
            .iter()
            .map(|record| self.now.spot_of(record.id()).filter(|spot| spot.place == place))
            .map(|spot| spot.map(|spot| spot.index))
            .collect();
        let mut stays = vec![false; wanted.len()];
        rising(&here).into_iter().for_each(|at| stays[at] = true);
        for (at, record) in wanted.iter().enumerate() {
            if stays[at] {
                continue;
            }
            let left = at.checked_sub(1).and_then(|left| self.now.spot_of(wanted[left].id()));
            let index = left.map_or(0, |left| left.index + 1);
            match self.now.spot_of(record.id()) {
                None => {
                    let record = Arc::clone(record);
                    self.push(Op::Insert { record, at: Spot::new(place, index) });
                }
                Some(from) => {
                    // The index counts without it.
                    let above = from.place == place && from.index < index;
                    let to = Spot::new(place, index - usize::from(above));
                    self.push(Op::shift(record.id(), to));
                }
            }
        }
    }
}

/// Where in `numbers` the longest strictly rising run stands; gaps do not count.
pub(super) fn rising(numbers: &[Option<usize>]) -> Vec<usize> {
    // For every length of a run, where the one with the smallest end ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        let Some(number) = number else { continue };
        let length = ends.partition_point(|&end| numbers[end].is_some_and(|end| end < *number));
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut run: Vec<usize> =
        std::iter::successors(ends.last().copied(), |&at| before[at]).collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Value};

    fn backlog(ids: &str) -> Workspace {
        let mut content = Content::default();
        let record = |id: &str| Arc::new(Record::new(Id::new(id)));
        content.fill(Place::Backlog, ids.split_whitespace().map(record).collect());
        Workspace::new(content)
    }

    #[test]
    fn one_item_that_moved_is_one_op() {
        let ops = diff(&backlog("a b c d e"), &backlog("a d b c e"));
        assert_eq!(ops, [Op::shift(&Id::new("d"), Spot::new(Place::Backlog, 1))]);
        let ops = diff(&backlog("a b c d e"), &backlog("b c d a e"));
        assert_eq!(ops, [Op::shift(&Id::new("a"), Spot::new(Place::Backlog, 3))]);
    }

    #[test]
    fn equal_workspaces_differ_in_nothing() {
        assert_eq!(diff(&backlog("a b"), &backlog("a b")), []);
    }

    #[test]
    fn fields_that_differ_are_edits() {
        let (a, mut content) = (backlog("a"), Content::default());
        content.set_product(Record::new(Id::new("")).with(Field::Name, Value::text("N")));
        let ops = diff(&a, &Workspace::new(content));
        let product = Id::new(Content::PRODUCT);
        assert_eq!(
            ops,
            [Op::Remove { id: Id::new("a") }, Op::set(&product, Field::Name, Value::text("N"))]
        );
    }

    #[test]
    fn the_longest_rising_run_is_found() {
        let numbers = [Some(3), Some(0), None, Some(1), Some(4), Some(2)];
        assert_eq!(rising(&numbers), [1, 3, 5]);
        assert_eq!(rising(&[]), [0; 0]);
    }
}
