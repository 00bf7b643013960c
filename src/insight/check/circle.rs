//! Items that a file lets go round: each is part of the next, or waits for it.

use crate::workspace::{Field, Id, Place, Record, Workspace};
use std::collections::HashMap;

/// For each item of a circle, the item it leads to.
pub(super) type Circles = HashMap<Id, Id>;

/// The circles that `field` closes. Of circles that share an item one is found. Every link is
/// looked at a constant number of times.
pub(super) fn of(workspace: &Workspace, field: Field) -> Circles {
    let open = peeled(workspace, field);
    let mut circles = Circles::new();
    // The walk on which an item was first met; a walk that meets itself has found a circle.
    let mut met: HashMap<&Id, usize> = HashMap::new();
    for (walk, start) in open.keys().enumerate() {
        let mut item = *start;
        while !met.contains_key(item) {
            met.insert(item, walk);
            match open.get(item).and_then(|record| onward(record, field, &open)) {
                Some(next) => item = next,
                None => break,
            }
        }
        while met.get(item) == Some(&walk) && !circles.contains_key(item) {
            let next = open.get(item).and_then(|record| onward(record, field, &open));
            let Some(next) = next else { break };
            circles.insert(item.clone(), next.clone());
            item = next;
        }
    }
    circles
}

/// The circle an item is in, beginning and ending with it.
pub(super) fn around<'a>(circles: &'a Circles, id: &'a Id) -> Vec<&'a Id> {
    let mut round = vec![id];
    let mut item = id;
    while let Some(next) = circles.get(item).filter(|_| round.len() <= circles.len()) {
        round.push(next);
        item = next;
        if item == id {
            break;
        }
    }
    round
}

/// The items that lead to a circle: what leads nowhere is taken away until nothing is.
fn peeled(workspace: &Workspace, field: Field) -> HashMap<&Id, &Record> {
    let items = Place::ITEMS.into_iter().flat_map(|place| workspace.list(place));
    let mut open: HashMap<&Id, &Record> = items
        .filter(|record| record.get(field).is_some())
        .map(|record| (record.id(), &**record))
        .collect();
    let onward = |record: &Record| links(record, field).filter(|id| open.contains_key(id)).count();
    let mut left: HashMap<&Id, usize> =
        open.iter().map(|(id, record)| (*id, onward(record))).collect();
    let mut ends: Vec<&Id> =
        left.iter().filter(|(_, left)| **left == 0).map(|(id, _)| *id).collect();
    while let Some(end) = ends.pop() {
        open.remove(end);
        for (from, _) in workspace.links_to(end).iter().filter(|(_, by)| *by == field) {
            let Some(left) = left.get_mut(from) else { continue };
            *left -= 1;
            if *left == 0 {
                ends.push(from);
            }
        }
    }
    open
}

fn onward<'a>(record: &'a Record, field: Field, open: &HashMap<&Id, &Record>) -> Option<&'a Id> {
    links(record, field).find(|id| open.contains_key(id))
}

/// What a field links to, be it one record or several.
fn links(record: &Record, field: Field) -> impl Iterator<Item = &Id> {
    record.link(field).into_iter().chain(record.links(field))
}
