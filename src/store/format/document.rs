//! Walking through the whole text once and picking up what stands in it.

use super::alike::Alike;
use super::form::Desk;
use super::gist::Gist;
use super::malformed::Malformed;
use super::raw::{self, Span};
use super::record::{self, Keys, Read};
use super::skeleton::{Entry, Key, LANES, TOP};
use super::source::Known;
use crate::store::hands;
use crate::workspace::{Id, Lookup, Place, Record, Section};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// Records a file may have.
pub(super) const RECORDS: usize = 1_000_000;

/// A record as it stands in the file.
#[derive(Debug)]
pub(super) struct Found {
    /// The key it stands under.
    pub(super) key: Key,
    /// Where it stands.
    pub(super) span: Span,
    /// What it says. The name is empty where the file has none.
    pub(super) record: Arc<Record>,
    /// Whether something in it does not fit or is there twice.
    pub(super) doubtful: bool,
    /// Whether it got another name than the file says.
    pub(super) renamed: bool,
}

impl Found {
    pub(super) fn section(&self) -> Section {
        self.key.section()
    }

    /// The list it stands in; product and settings stand in none.
    pub(super) fn place(&self) -> Option<Place> {
        if let Key::List(place) = self.key { Some(place) } else { None }
    }
}

/// An element of a list that is no record. It keeps its place in the file.
#[derive(Debug, PartialEq)]
pub(super) struct Stray {
    pub(super) place: Place,
    pub(super) span: Span,
}

/// What was found in the text, in its order.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) version: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) lanes: Vec<Entry>,
    pub(super) records: Vec<Found>,
    pub(super) strays: Vec<Stray>,
    /// Where in `records` the one with each name is, once names are settled.
    pub(super) names: Lookup<Id, usize>,
}

impl Draft {
    /// The record of a list with this name.
    pub(super) fn find(&self, id: &Id) -> Option<&Found> {
        self.find_at(id).map(|(_, found)| found)
    }

    /// The same, and where in `records` it is.
    pub(super) fn find_at(&self, id: &Id) -> Option<(usize, &Found)> {
        let at = *self.names.get(id)?;
        Some((at, self.records.get(at)?))
    }

    /// Takes the text apart. What is known is not read again.
    pub(super) fn read(text: &Arc<String>, known: &Known) -> Result<Self, Malformed> {
        let quickly = Gist::of(text).and_then(|gist| {
            let found = gist.restore(Frame::walk(&gist.text).ok()?)?;
            Self::filled(text, found, known).ok()
        });
        // What is wrong, if anything is, is found on the long way.
        quickly.map_or_else(|| Self::filled(text, Frame::walk(text)?, known), Ok)
    }

    /// Reads the records.
    fn filled(text: &Arc<String>, frame: Frame, known: &Known) -> Result<Self, Malformed> {
        let Frame { version, entries, lanes, records, strays } = frame;
        let records = self::records(text, &records, known)?;
        Ok(Self { version, entries, lanes, records, strays, names: Lookup::default() })
    }
}

/// Where everything stands in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) version: u64,
    pub(super) entries: Vec<Entry>,
    pub(super) lanes: Vec<Entry>,
    /// The records, each under its key.
    pub(super) records: Vec<(Key, Span)>,
    pub(super) strays: Vec<Stray>,
}

impl Frame {
    /// Walks through the text.
    pub(super) fn walk(text: &str) -> Result<Self, Malformed> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let base = text.len() - body.len();
        let first = base + body.len() - body.trim_start().len();
        let mut json = serde_json::Deserializer::from_str(body);
        let mut walk = Walk::new(text);
        let entries = ObjectSeed { walk: &mut walk, known: TOP }
            .deserialize(&mut json)
            .and_then(|entries| json.end().map(|()| entries));
        let entries = entries.map_err(|error| {
            let told = walk.trouble.take();
            told.unwrap_or_else(|| {
                if error.is_data() {
                    Malformed::foreign(text, first, "the whole must be one object")
                } else {
                    Malformed::of_json(text, base, &error)
                }
            })
        })?;
        let Some(version) = walk.version else {
            return Err(Malformed::foreign(text, first, "the key \"twohats\" is missing"));
        };
        let Walk { lanes, records, strays, .. } = walk;
        Ok(Self { version, entries, lanes, records, strays })
    }
}

/// The state of the walk.
struct Walk<'t> {
    text: &'t str,
    version: Option<u64>,
    lanes: Vec<Entry>,
    records: Vec<(Key, Span)>,
    strays: Vec<Stray>,
    /// What is wrong, found by us rather than by the parser.
    trouble: Option<Malformed>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            version: None,
            lanes: Vec::new(),
            records: Vec::new(),
            strays: Vec::new(),
            trouble: None,
        }
    }

    /// Ends the walk with this trouble.
    fn fail<E: Error>(&mut self, trouble: Malformed) -> E {
        self.trouble = Some(trouble);
        E::custom("")
    }

    fn span(&self, raw: &str) -> Span {
        Span::of(self.text, raw)
    }

    /// The byte at which the value after a key begins.
    fn value_after(&self, key: Span) -> usize {
        let rest = &self.text[key.end..];
        let value = rest.trim_start().strip_prefix(':').map_or(rest, str::trim_start);
        self.text.len() - value.len()
    }

    /// Refuses a value of another sort than the key wants; what is no value is left to the parser.
    fn check_sort<E: Error>(&mut self, key: Key, spelled: Span) -> Result<(), E> {
        let Some((opening, sort)) = key.opening() else { return Ok(()) };
        let at = self.value_after(spelled);
        let is_value = |first: char| "[{\"-tfn".contains(first) || first.is_ascii_digit();
        match self.text[at..].chars().next() {
            Some(first) if first != opening && is_value(first) => {
                let what = format!("{} must be {sort}", key.word());
                Err(self.fail(Malformed::at(self.text, at, &what, "")))
            }
            _ => Ok(()),
        }
    }

    /// Takes up the value under a known key.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        key: Key,
        spelled: Span,
        map: &mut A,
    ) -> Result<Span, A::Error> {
        self.check_sort(key, spelled)?;
        let start = self.value_after(spelled);
        match key {
            Key::Version => {
                let raw: &RawValue = map.next_value()?;
                self.version = raw.get().parse().ok().filter(|&version| version > 0);
                if self.version.is_none() {
                    let what = "\"twohats\" must be the number of the format";
                    return Err(self.fail(Malformed::foreign(self.text, start, what)));
                }
                return Ok(self.span(raw.get()));
            }
            Key::Product | Key::Settings => {
                let raw: &RawValue = map.next_value()?;
                self.record(key, raw.get())?;
            }
            Key::List(place) => map.next_value_seed(ListSeed { walk: self, place })?,
            Key::Roadmap => {
                self.lanes = map.next_value_seed(ObjectSeed { walk: self, known: LANES })?;
            }
        }
        Ok(Span { start, end: start })
    }

    fn record<E: Error>(&mut self, key: Key, raw: &str) -> Result<(), E> {
        let span = self.span(raw);
        if self.records.len() >= RECORDS {
            let what = "there are more than 1,000,000 records";
            return Err(self.fail(Malformed::at(
                self.text,
                span.start,
                what,
                "is it a workspace?",
            )));
        }
        self.records.push((key, span));
        Ok(())
    }
}

/// Records whose reading takes longer than starting a thread.
const WORTH: usize = 400;

/// Reads the records, each of which is whole JSON.
fn records(
    text: &Arc<String>,
    spans: &[(Key, Span)],
    known: &Known,
) -> Result<Vec<Found>, Malformed> {
    let mut parts = hands::share(spans, WORTH, |part| read_all(text, part, known)).into_iter();
    let mut records = parts.next().unwrap_or_else(|| Ok(Vec::new()))?;
    for part in parts {
        records.append(&mut part?);
    }
    Ok(records)
}

fn read_all(
    text: &Arc<String>,
    spans: &[(Key, Span)],
    known: &Known,
) -> Result<Vec<Found>, Malformed> {
    // What is read beside an older text is copied: for a few records each text that ever was would stay.
    let mut desk = if known.is_empty() { Desk::quoting(text) } else { Desk::default() };
    let mut alike = Alike::default();
    let mut keys: Option<(Section, Keys)> = None;
    let mut read = |&(key, span): &(Key, Span)| {
        let section = key.section();
        if let Some(&record) = known.get(&(section, span.of_text(text))) {
            let record = Arc::clone(record);
            return Ok(Found { key, span, record, doubtful: false, renamed: false });
        }
        if keys.as_ref().is_none_or(|(of, _)| *of != section) {
            keys = None;
        }
        let (_, keys) = keys.get_or_insert_with(|| (section, Keys::of(section)));
        let raw = span.of_text(text);
        let Read { record, doubtful } = record::read_among(raw, keys, &mut desk, &mut alike)
            .map_err(|error| Malformed::of_json(text, span.start, &error))?;
        Ok(Found { key, span, record: Arc::new(record), doubtful, renamed: false })
    };
    spans.iter().map(&mut read).collect()
}

/// Reads the file itself, or the roadmap in it.
struct ObjectSeed<'a, 't> {
    walk: &'a mut Walk<'t>,
    known: &'static [Key],
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_, '_> {
    type Value = Vec<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_, '_> {
    type Value = Vec<Entry>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { walk, known } = self;
        let mut entries: Vec<Entry> = Vec::new();
        while let Some(raw) = map.next_key::<&RawValue>()? {
            let spelled = walk.span(raw.get());
            let word = raw::key(raw.get());
            let Some(&key) = known.iter().find(|key| key.word() == word) else {
                let raw = walk.span(map.next_value::<&RawValue>()?.get());
                entries.push(Entry { key: None, spelled, raw });
                continue;
            };
            if entries.iter().any(|entry| entry.key == Some(key)) {
                let what = format!("{word} is there twice");
                let hint = "put both into one";
                return Err(walk.fail(Malformed::at(walk.text, spelled.start, &what, hint)));
            }
            let raw = walk.take(key, spelled, &mut map)?;
            entries.push(Entry { key: Some(key), spelled, raw });
        }
        Ok(entries)
    }
}

/// Reads a list of records.
struct ListSeed<'a, 't> {
    walk: &'a mut Walk<'t>,
    place: Place,
}

impl<'de> DeserializeSeed<'de> for ListSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { walk, place } = self;
        while let Some(raw) = seq.next_element::<&RawValue>()? {
            if raw.get().starts_with('{') {
                walk.record(Key::List(place), raw.get())?;
            } else {
                let span = walk.span(raw.get());
                walk.strays.push(Stray { place, span });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Field;

    #[test]
    fn long_texts_stand_in_the_file_where_they_read_as_they_are_spelled() {
        let long = "a long text é ".repeat(9);
        for (spelled, stands) in [(long.clone(), true), (format!("\\u0061 {long}"), false)] {
            let text = format!(
                "\u{feff}{{\"twohats\":1,\"backlog\":[\n{{\"id\":\"a\",\"notes\":\"{spelled}\"}},\n{{\"id\":\"b\"}}]}}"
            );
            let loaded = super::super::read(text.clone().into()).unwrap();
            let whole = loaded.source.text.as_bytes().as_ptr_range();
            let notes = loaded.content.list(Place::Backlog)[0].text(Field::Notes);
            assert_eq!(notes.replacen("a a", "a", 1), long);
            assert_eq!(whole.contains(&notes.as_ptr()), stands);
            // Of two texts of one file only the first is kept by what was read from it.
            let other = text.replace("\"b\"", "\"c\"").replace(&long, &long.repeat(2));
            let beside = super::super::read_after(other.into(), Some(&loaded.source)).unwrap();
            assert_eq!(Arc::strong_count(&beside.source.text), 1);
        }
    }

    #[test]
    fn a_file_of_too_many_records_is_refused_where_they_are_too_many() {
        let list = |count: usize| {
            format!("{{\"twohats\":1,\"backlog\":[\n{}{{}}]}}", "{},\n".repeat(count - 1))
        };
        let read = |text: String| Draft::read(&Arc::new(text), &Known::default());
        assert!(read(list(RECORDS)).is_ok());
        let refused = read(list(RECORDS + 1)).unwrap_err().to_string();
        assert!(refused.contains("1,000,000 records"), "{refused}");
    }
}
