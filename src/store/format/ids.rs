//! Giving every record a name of its own.

use super::document::{Draft, Found};
use super::notice::Notes;
use super::raw;
use crate::workspace::{Content, Id, Lookup, Place, Record};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Names what has no name and renames what has somebody else's. A name made here depends on the
/// list, the title and how many came before, so that it stays the same until it is written down.
pub(super) fn settle(draft: &mut Draft, text: &str, notes: &mut Notes) {
    let mut taken = first_of_each(&draft.records);
    // Each list's record has its own name where there are as many names, besides those reserved.
    let listed = draft.records.iter().filter(|found| found.place().is_some()).count();
    if taken.len() == listed + RESERVED.len() {
        draft.names = taken;
        return;
    }
    let copies = copies(&draft.records, &taken, text, notes);
    let mut made = Made::default();
    for (at, found) in draft.records.iter_mut().enumerate() {
        let Some(place) = found.place() else { continue };
        if taken.get(found.record.id()) == Some(&at) || copies.contains(&at) {
            continue;
        }
        let id = made.next(place, found.record.title(), |id| taken.contains_key(id));
        notes.add(found.span.start, Some(&id), reason(found, text));
        taken.insert(id.clone(), at);
        found.record = Arc::new(Record::clone(&found.record).named(id));
        found.renamed = true;
    }
    let mut at = 0..;
    draft.records.retain(|_| at.next().is_none_or(|at| !copies.contains(&at)));
    draft.names = first_of_each(&draft.records);
}

/// What no record of a list may be called.
const RESERVED: [&str; 2] = [Content::PRODUCT, Content::SETTINGS];

/// For every id, the first record that has it. What no record may be called is taken by none.
fn first_of_each(records: &[Found]) -> Lookup<Id, usize> {
    let mut first = Lookup::default();
    first.reserve(records.len() + RESERVED.len());
    for reserved in RESERVED {
        first.insert(Id::new(reserved), usize::MAX);
    }
    for (at, found) in records.iter().enumerate() {
        let id = found.record.id();
        if found.place().is_some() && !id.as_str().is_empty() {
            first.entry(id.clone()).or_insert(at);
        }
    }
    first
}

/// The records that repeat an earlier one byte for byte.
fn copies(
    records: &[Found],
    first: &Lookup<Id, usize>,
    text: &str,
    notes: &mut Notes,
) -> HashSet<usize> {
    let bytes = |at: usize| records.get(at).map(|found: &Found| found.span.of_text(text));
    let mut copies = HashSet::new();
    for (at, found) in records.iter().enumerate() {
        let Some(&original) = first.get(found.record.id()) else { continue };
        if original != at && found.place().is_some() && bytes(original) == bytes(at) {
            let words = "is there twice, word for word; the first one stays";
            notes.add(found.span.start, Some(found.record.id()), words.into());
            copies.insert(at);
        }
    }
    copies
}

fn reason(found: &Found, text: &str) -> String {
    let members = raw::members(found.span.of_text(text));
    let spelled = members.iter().rfind(|member| member.key == "id");
    match spelled.map(|member| member.raw) {
        None | Some("null") => "had no id and got this one".into(),
        Some(raw) if found.record.id().as_str().is_empty() => {
            format!("had {} for an id and got this one", super::suspect::clip(raw))
        }
        Some(_) => format!("shared the id {} and got this one", found.record.id()),
    }
}

/// The names made so far.
#[derive(Default)]
struct Made(HashMap<(Place, String), u64>);

impl Made {
    fn next(&mut self, place: Place, title: &str, taken: impl Fn(&Id) -> bool) -> Id {
        let nth = match self.0.entry((place, title.to_owned())) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(0),
        };
        loop {
            let words = format!("{}\n{title}\n{nth}", place.key());
            *nth += 1;
            let id = Id::from_bits(xxh3_64(words.as_bytes()));
            if !taken(&id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Loaded, read};
    use crate::workspace::Place;

    fn load(backlog: &str, done: &str) -> Loaded {
        let text = format!("{{\"twohats\":1,\"backlog\":[{backlog}],\"done\":[{done}]}}");
        read(text.into()).unwrap()
    }

    fn ids(loaded: &Loaded, place: Place) -> Vec<String> {
        loaded.content.list(place).iter().map(|record| record.id().to_string()).collect()
    }

    #[test]
    fn a_missing_id_is_made_and_stays_the_same() {
        let items = r#"{"title":"a"},{"title":"a"},{"id":"","title":"b"},{"id":7}"#;
        let first = load(items, "");
        let made = ids(&first, Place::Backlog);
        assert_eq!(made, ids(&load(items, ""), Place::Backlog));
        assert_eq!(made.iter().collect::<std::collections::HashSet<_>>().len(), 4);
        assert_eq!(first.notices.len(), 4);
        assert!(first.notices[3].text.contains("had 7 for an id"));
    }

    #[test]
    fn a_copy_is_left_out_and_a_namesake_renamed() {
        let loaded =
            load(r#"{"id":"a","title":"x"},{"id":"a","title":"y"}"#, r#"{"id":"a","title":"x"}"#);
        assert_eq!(ids(&loaded, Place::Backlog).len(), 2);
        assert_eq!(ids(&loaded, Place::Backlog)[0], "a");
        assert_eq!(ids(&loaded, Place::Done).len(), 0);
        assert_eq!(loaded.notices.len(), 2);
    }

    #[test]
    fn the_names_of_product_and_settings_are_taken() {
        let loaded = load(r#"{"id":"@product"},{"id":"@settings"}"#, "");
        assert!(ids(&loaded, Place::Backlog).iter().all(|id| !id.starts_with('@')));
        assert!(loaded.notices[0].text.contains("shared the id @product"));
    }
}
