//! Where everything stands after a merge: in the order of theirs, but what I moved or made stands
//! after the one I put it after.

use super::super::diff::rising;
use super::clash::{self, Stand};
use super::{MergeNote, Side};
use crate::workspace::{Content, Id, Place, Record};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Fills the places of `content` with what each record became.
pub(super) fn arrange(
    content: &mut Content,
    fates: Vec<(Id, Arc<Record>, Place)>,
    [base, mine, theirs]: [&Side; 3],
    notes: &mut Vec<MergeNote>,
) {
    let mut of_place: HashMap<Place, HashMap<Id, Arc<Record>>> = HashMap::new();
    for (id, record, place) in fates {
        of_place.entry(place).or_default().insert(id, record);
    }
    for place in Place::ALL {
        let mut records = of_place.remove(&place).unwrap_or_default();
        let [my_moves, their_moves] = [mine, theirs].map(|side| moved(base, side, place));
        let is_theirs = |id: &Id| {
            theirs.records.get(id).is_some_and(|standing| standing.place == place)
                && !my_moves.contains(id)
        };
        let there = theirs.content.list(place).iter().map(|record| record.id());
        let stays = there.filter(|id| records.contains_key(*id) && is_theirs(id));
        let order = woven(stays.collect(), mine.content.list(place), &records);
        let order = order.into_iter().cloned().collect::<Vec<Id>>();
        for (id, there) in moved_by_both(&order, &my_moves, &their_moves, [base, mine, theirs]) {
            if let Some(record) = records.get_mut(&id) {
                clash::keep_place(Arc::make_mut(record), &there);
            }
            notes.push(MergeNote::MovedByBoth(id));
        }
        content.fill(place, order.iter().filter_map(|id| records.remove(id)).collect());
    }
}

/// The ids of a place that this side made, brought in, or moved within it.
fn moved(base: &Side, side: &Side, place: Place) -> HashSet<Id> {
    let list = side.content.list(place);
    let before = |record: &Arc<Record>| {
        let standing = base.records.get(record.id()).filter(|standing| standing.place == place);
        standing.map(|standing| standing.index)
    };
    let before: Vec<Option<usize>> = list.iter().map(before).collect();
    let stayed: HashSet<usize> = rising(&before).into_iter().collect();
    let moved = list.iter().enumerate().filter(|(at, _)| !stayed.contains(at));
    moved.map(|(_, record)| record.id().clone()).collect()
}

/// What stays, with everything else of `records` after its nearest neighbour to the left in mine.
fn woven<'a>(
    stays: Vec<&'a Id>,
    mine: &'a [Arc<Record>],
    records: &HashMap<Id, Arc<Record>>,
) -> Vec<&'a Id> {
    let placed: HashSet<&Id> = stays.iter().copied().collect();
    // For each that stays, those that follow it; under none, those at the front.
    let mut after: HashMap<Option<&Id>, Vec<&Id>> = HashMap::new();
    let mut left = None;
    for id in mine.iter().map(|record| record.id()).filter(|id| records.contains_key(*id)) {
        if placed.contains(id) {
            left = Some(id);
        } else {
            after.entry(left).or_default().push(id);
        }
    }
    let mut order = after.remove(&None).unwrap_or_default();
    for id in stays {
        order.push(id);
        order.extend(after.remove(&Some(id)).unwrap_or_default());
    }
    order
}

/// What both moved to different places, and where theirs put it.
fn moved_by_both(
    order: &[Id],
    my_moves: &HashSet<Id>,
    their_moves: &HashSet<Id>,
    [base, mine, theirs]: [&Side; 3],
) -> Vec<(Id, Stand)> {
    let both = order.iter().filter_map(|id| {
        let [was, here, there] = [base, mine, theirs].map(|side| side.records.get(id));
        let (was, here, there) = (was?, here?, there?);
        let they_moved = there.place != was.place || their_moves.contains(id);
        let i_moved = here.place != was.place || my_moves.contains(id);
        let [here, there] = [(mine, here), (theirs, there)].map(|(side, standing)| {
            (standing.index, Stand::at(side.content, standing.place, standing.index))
        });
        // The same count from the top or the same neighbour: both meant the same.
        let same = here.1.place == there.1.place && (here.0 == there.0 || here.1 == there.1);
        (i_moved && they_moved && !same).then(|| (id.clone(), there.1))
    });
    both.collect()
}
