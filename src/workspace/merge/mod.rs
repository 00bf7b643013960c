//! Bringing two workspaces together that come from the same one.
//!
//! One merge serves every case: a crash, another program, another screen, an editor, a branch.
//! It speaks of records and fields. Nothing that one side wrote is dropped: where both changed the
//! same thing, mine stays and theirs is kept in the field `conflict` of the record.

mod clash;
mod field;
mod late;
mod lines;
mod order;

pub use clash::{
    Clash, Stand, clashes, conflicted, keep_mine, keep_other, plain, take_theirs, typed,
};
pub use late::late;

use super::content::Content;
use super::{Field, Id, Place, Record, Section};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a person should know about a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeNote {
    /// Both sides set the field, to different values; theirs is in `conflict`.
    Conflict {
        /// The record.
        id: Id,
        /// The field.
        field: Field,
    },
    /// Both set something that this version does not know; theirs is in `conflict`.
    Unknown(Id),
    /// One side took the record away and the other changed it; it stays.
    Kept(Id),
    /// One side cleared the field and the other changed it; it stays.
    Refilled {
        /// The record.
        id: Id,
        /// The field.
        field: Field,
    },
    /// Both moved the record, to different places; it stands where mine put it, and theirs is in
    /// `conflict`.
    MovedByBoth(Id),
    /// Both made a record of this name, of different sorts; mine has another name now.
    Renamed {
        /// The name both had.
        from: Id,
        /// The name of mine.
        to: Id,
    },
}

/// Two workspaces brought together.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What came of it.
    pub content: Content,
    /// What could not be decided, in the order of the places.
    pub notes: Vec<MergeNote>,
}

impl Merged {
    /// A content about which nothing had to be decided.
    pub fn undisputed(content: Content) -> Self {
        Self { content, notes: Vec::new() }
    }
}

/// Brings `mine` and `theirs` together, which both come from `base`.
pub fn merge3(base: &Content, mine: &Content, theirs: &Content) -> Merged {
    if base == theirs || mine == theirs {
        return Merged::undisputed(mine.clone());
    }
    if base == mine {
        return Merged::undisputed(theirs.clone());
    }
    let mut notes = Vec::new();
    let mine = &without_namesakes(mine, theirs, &mut notes);
    let [base, mine, theirs] = [base, mine, theirs].map(Side::of);
    let mut fates = Vec::new();
    for id in every_id(&mine, &theirs) {
        let found = [&base, &mine, &theirs].map(|side| side.records.get(&id));
        if let Some((record, place)) = fate(found, &mut notes) {
            fates.push((id, record, place));
        }
    }
    let mut content = theirs.content.clone();
    order::arrange(&mut content, fates, [&base, &mine, &theirs], &mut notes);
    let single = |of: fn(&Content) -> &Arc<Record>, notes: &mut Vec<MergeNote>| {
        let [base, mine, theirs] = [&base, &mine, &theirs].map(|side| of(side.content));
        Arc::unwrap_or_clone(field::record(Some(base), mine, theirs, notes))
    };
    content.set_product(single(Content::product, &mut notes));
    content.set_settings(single(Content::settings, &mut notes));
    Merged { content, notes }
}

/// One of the three, with where everything stands in it.
struct Side<'a> {
    content: &'a Content,
    records: HashMap<Id, Standing<'a>>,
}

/// A record and where it stands.
#[derive(Clone, Copy)]
struct Standing<'a> {
    record: &'a Arc<Record>,
    place: Place,
    index: usize,
}

impl<'a> Side<'a> {
    fn of(content: &'a Content) -> Self {
        let mut records = HashMap::new();
        for place in Place::ALL {
            for (index, record) in content.list(place).iter().enumerate() {
                records.insert(record.id().clone(), Standing { record, place, index });
            }
        }
        Self { content, records }
    }
}

/// Every id of the two, in the order of theirs and then of mine.
fn every_id(mine: &Side, theirs: &Side) -> Vec<Id> {
    let mut seen = HashSet::new();
    let listed = [theirs, mine]
        .into_iter()
        .flat_map(|side| Place::ALL.into_iter().flat_map(move |place| side.content.list(place)));
    listed.map(|record| record.id()).filter(|id| seen.insert(*id)).cloned().collect()
}

/// What becomes of a record, given as it is in base, mine and theirs.
fn fate(
    [base, mine, theirs]: [Option<&Standing>; 3],
    notes: &mut Vec<MergeNote>,
) -> Option<(Arc<Record>, Place)> {
    let (mine, theirs) = match (mine, theirs) {
        (Some(mine), Some(theirs)) => (mine, theirs),
        (None, None) => return None,
        (Some(only), None) | (None, Some(only)) => {
            let untouched =
                base.is_some_and(|base| base.record == only.record && base.place == only.place);
            if untouched {
                return None;
            }
            if base.is_some() {
                notes.push(MergeNote::Kept(only.record.id().clone()));
            }
            return Some((Arc::clone(only.record), only.place));
        }
    };
    let record = field::record(base.map(|base| base.record), mine.record, theirs.record, notes);
    let place = match base {
        Some(base) if base.place == mine.place => theirs.place,
        _ => mine.place,
    };
    Some((record, place))
}

/// Mine, with another name for what is of another sort than theirs of that name.
fn without_namesakes(mine: &Content, theirs: &Content, notes: &mut Vec<MergeNote>) -> Content {
    let sections = |content: &Content| -> HashMap<Id, Section> {
        let of = |place: Place| {
            let ids = content.list(place).iter().map(|record| record.id().clone());
            ids.map(move |id| (id, place.section())).collect::<Vec<_>>()
        };
        Place::ALL.into_iter().flat_map(of).collect()
    };
    let (mut taken, others) = (sections(mine), sections(theirs));
    let mut renamed = mine.clone();
    for place in Place::ALL {
        let is_namesake = |id: &Id| others.get(id).is_some_and(|of| *of != place.section());
        if !mine.list(place).iter().any(|record| is_namesake(record.id())) {
            continue;
        }
        for record in renamed.list_mut(place).iter_mut().filter(|r| is_namesake(r.id())) {
            let from = record.id().clone();
            let free = |id: &Id| !taken.contains_key(id) && !others.contains_key(id);
            let mut names = (2..).map(|nth: u64| Id::new(&format!("{from}-{nth}")));
            let Some(to) = names.find(free) else { continue };
            taken.insert(to.clone(), place.section());
            *record = Arc::new(Record::clone(record).named(to.clone()));
            notes.push(MergeNote::Renamed { from, to });
        }
    }
    renamed
}

#[cfg(test)]
mod tests;
