//! Who links to whom: the way back along every link, and the cycles a link would close.

use super::{Content, Field, Id, Lookup, Record, Workspace};
use std::collections::HashSet;

/// For every id that is linked to: who does, and in which field.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Links(Lookup<Id, Vec<(Id, Field)>>);

impl Links {
    /// The links of all records.
    pub(super) fn of(content: &Content) -> Self {
        let mut links = Self::default();
        content.records().for_each(|record| links.enter(record));
        links
    }

    /// Takes up the links of a record that came in.
    pub(super) fn enter(&mut self, record: &Record) {
        record.each_link(|field, to| {
            self.0.entry(to.clone()).or_default().push((record.id().clone(), field));
        });
    }

    /// Forgets the links of a record that goes away.
    pub(super) fn leave(&mut self, record: &Record) {
        record.each_link(|field, to| {
            let Some(from) = self.0.get_mut(to) else { return };
            if let Some(at) = from.iter().position(|(id, f)| id == record.id() && *f == field) {
                from.swap_remove(at);
            }
            if from.is_empty() {
                self.0.remove(to);
            }
        });
    }
}

impl Workspace {
    /// The records that link to this one, and in which field, in no particular order.
    pub fn links_to(&self, id: &Id) -> &[(Id, Field)] {
        self.links().0.get(id).map(Vec::as_slice).unwrap_or_default()
    }

    /// The items that are part of this one, in no particular order.
    pub fn parts(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.links_to(id).iter().filter(|(_, by)| *by == Field::Parent).map(|(id, _)| id)
    }

    /// The item and all it is made of: its parts and theirs, each behind what it is part of, and
    /// otherwise in no particular order.
    pub fn family<'a>(&'a self, id: &'a Id) -> Vec<&'a Id> {
        let mut found = vec![id];
        let mut at = 0;
        while let Some(above) = found.get(at).copied() {
            // Nothing is part of two items: where a file brings a cycle, the way down leads back to
            // the top before it meets anything else twice.
            found.extend(self.parts(above).filter(|part| *part != id));
            at += 1;
        }
        found
    }

    /// Whether any item is part of this one.
    pub fn is_parent(&self, id: &Id) -> bool {
        self.parts(id).next().is_some()
    }

    /// The items that are part of this one, in the order in which they stand.
    pub fn children(&self, id: &Id) -> Vec<Id> {
        self.linking(id, Field::Parent)
    }

    /// The items that wait for this one, in the order in which they stand.
    pub fn waiting_for(&self, id: &Id) -> Vec<Id> {
        self.linking(id, Field::BlockedBy)
    }

    /// The items that are in this sprint, in the order in which they stand.
    pub fn in_sprint(&self, id: &Id) -> Vec<Id> {
        self.linking(id, Field::Sprint)
    }

    fn linking(&self, id: &Id, field: Field) -> Vec<Id> {
        let mut from: Vec<_> = self
            .links_to(id)
            .iter()
            .filter(|(_, by)| *by == field)
            .filter_map(|(id, _)| {
                let spot = self.spot_of(id)?;
                Some((spot.place, spot.index, id.clone()))
            })
            .collect();
        from.sort_unstable();
        from.into_iter().map(|(_, _, id)| id).collect()
    }

    /// What this item waits for that is not done, in the order of its list.
    pub fn unmet<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = &'a Id> {
        record
            .links(Field::BlockedBy)
            .filter(|id| self.place_of(id).is_some_and(|place| place != super::Place::Done))
    }

    /// The cycle that would close if `field` of `from` linked to `to`, beginning and ending with
    /// `from`; `None` when there is none. Only being part of and waiting can go round.
    pub fn cycle(&self, field: Field, from: &Id, to: &Id) -> Option<Vec<Id>> {
        if !matches!(field, Field::Parent | Field::BlockedBy) {
            return None;
        }
        let mut seen = HashSet::new();
        let mut trail = vec![vec![to.clone()]];
        while let Some(path) = trail.pop() {
            let last = path.last()?;
            if last == from {
                let start = std::iter::once(from.clone());
                return Some(start.chain(path).collect());
            }
            if !seen.insert(last.clone()) {
                continue;
            }
            let Some(value) = self.get(last).and_then(|record| record.get(field)) else { continue };
            value.each_link(&mut |next| {
                trail.push(path.iter().cloned().chain([next.clone()]).collect());
            });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Place, Value};
    use std::sync::Arc;

    /// Items, the `nth` of them part of the one that `above` says, if it says one.
    fn items(above: &[Option<usize>]) -> Workspace {
        let id = |at: usize| Id::new(&format!("i{at}"));
        let item = |(at, above): (usize, &Option<usize>)| {
            let item = Record::new(id(at));
            Arc::new(match above {
                Some(above) => item.with(Field::Parent, Value::link(id(*above))),
                None => item,
            })
        };
        let mut content = Content::default();
        content.fill(Place::Backlog, above.iter().enumerate().map(item).collect());
        Workspace::new(content)
    }

    #[test]
    fn a_family_is_all_below_each_once_and_behind_what_it_is_part_of() {
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..300 {
            let count = random.usize(1..12);
            // Also parts of themselves, and cycles, as a file may bring them.
            let above: Vec<Option<usize>> =
                (0..count).map(|_| random.bool().then(|| random.usize(..count))).collect();
            let workspace = items(&above);
            for top in (0..count).map(|at| Id::new(&format!("i{at}"))) {
                let family = workspace.family(&top);
                assert_eq!(family[0], &top);
                assert_eq!(family.iter().collect::<HashSet<_>>().len(), family.len(), "{above:?}");
                let inside = |id: &Id| family.contains(&id);
                for (at, parent) in above.iter().enumerate() {
                    let (id, parent) =
                        (Id::new(&format!("i{at}")), parent.map(|at| format!("i{at}")));
                    let below = parent.is_some_and(|parent| inside(&Id::new(&parent)));
                    assert_eq!(inside(&id), below || id == top, "{top} {id} {above:?}");
                }
                for (at, id) in family.iter().enumerate().skip(1) {
                    let parent = workspace.get(id).unwrap().link(Field::Parent).unwrap();
                    assert!(family[..at].contains(&parent), "{top} {id} {above:?}");
                }
            }
        }
    }
}
