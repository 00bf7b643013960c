//! Where each record came from, and how it was spelled there.

use super::raw::Span;
use crate::workspace::{Id, Lookup, Record, Section};
use std::sync::{Arc, OnceLock};

/// How far from where it is expected a record is looked for before it is looked up.
const NEAR: usize = 3;

/// Where the records came from, in the order of the text, each under an id of its own.
#[derive(Debug, Default)]
pub(super) struct Origins {
    all: Vec<Origin>,
    /// Where the one of each id is. Who goes through a file in its order needs it for none.
    index: OnceLock<Lookup<Id, usize>>,
}

impl Origins {
    pub(super) fn new(all: Vec<Origin>) -> Self {
        Self { all, index: OnceLock::new() }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Origin> {
        self.all.iter()
    }

    pub(super) fn get(&self, id: &Id) -> Option<&Origin> {
        self.index().get(id).map(|at| &self.all[*at])
    }

    /// The origin of a record that is likely to be the next one, and the next one after it.
    pub(super) fn next(&self, record: &Arc<Record>, next: Next) -> (Option<&Origin>, Next) {
        let found = |at: usize| (Some(&self.all[at]), Next(at + 1));
        let is_it = |origin: &Origin| Arc::ptr_eq(&origin.record, record);
        if self.all.get(next.0).is_some_and(is_it) {
            return found(next.0);
        }
        let nearby = next.0.saturating_sub(NEAR)..self.all.len().min(next.0 + NEAR);
        let near = nearby.into_iter().find(|at| self.all[*at].id() == record.id());
        let at = near.or_else(|| self.index().get(record.id()).copied());
        at.map_or((None, next), found)
    }

    /// What is likely to be next when a record is the first of several.
    pub(super) fn begin(&self, record: Option<&Arc<Record>>) -> Next {
        let is_it =
            |origin: &Origin| record.is_some_and(|record| Arc::ptr_eq(&origin.record, record));
        Next(self.all.iter().position(is_it).unwrap_or_default())
    }

    /// Puts an origin in place of the one of its id, if there is one.
    pub(super) fn put(&mut self, origin: Origin) {
        let at = self.index().get(origin.id()).copied();
        if let Some(at) = at {
            self.all[at] = origin;
            return;
        }
        let entry = (origin.id().clone(), self.all.len());
        self.index.get_mut().into_iter().for_each(|index| index.extend([entry.clone()]));
        self.all.push(origin);
    }

    fn index(&self) -> &Lookup<Id, usize> {
        self.index.get_or_init(|| {
            let ids = self.all.iter().enumerate().map(|(at, origin)| (origin.id().clone(), at));
            ids.collect()
        })
    }
}

/// Where in the text the next record is likely to have stood.
#[derive(Debug, Clone, Copy, Default)]
pub struct Next(usize);

/// Where a record came from. It is known by the id of the record, and keeps no other copy of it.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) record: Arc<Record>,
    pub(super) raw: Raw,
    pub(super) section: Section,
    /// Whether its id is not yet in the file.
    pub(super) renamed: bool,
    /// Whether something in it may not fit, which is said whenever it is read.
    pub(super) doubtful: bool,
}

impl Origin {
    pub(super) fn id(&self) -> &Id {
        self.record.id()
    }
}

/// What a record was spelled like.
#[derive(Debug)]
pub(super) enum Raw {
    /// As it stands in the text.
    Here(Span),
    /// As it stood in another text.
    Elsewhere(Box<str>),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(name: usize) -> Arc<Record> {
        Arc::new(Record::new(Id::new(&format!("r{name}"))))
    }

    fn origin(record: &Arc<Record>) -> Origin {
        let (record, raw) = (Arc::clone(record), Raw::Elsewhere("{}".into()));
        Origin { record, raw, section: Section::Item, renamed: false, doubtful: false }
    }

    #[test]
    fn a_record_is_found_wherever_it_is_expected() {
        let records: Vec<_> = (0..60).map(record).collect();
        let mut origins = Origins::new(records.iter().take(50).map(origin).collect());
        for put in [0, 55, 20] {
            origins.put(origin(&records[put]));
        }
        let mut random = fastrand::Rng::with_seed(3);
        let mut next = origins.begin(records.first());
        for _ in 0..1_000 {
            let at = if random.bool() { next.0 } else { random.usize(..60) };
            let Some(record) = records.get(at) else { continue };
            let found;
            (found, next) = origins.next(record, next);
            let there = at < 50 || at == 55;
            assert_eq!(found.map(Origin::id), there.then(|| record.id()));
            assert_eq!(origins.get(record.id()).map(Origin::id), found.map(Origin::id));
        }
    }
}
