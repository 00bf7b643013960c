//! Reading one record.

use super::alike::Alike;
use super::form::{Desk, Form, Seed};
use crate::workspace::{Field, Id, Lookup, Record, Section, Shape, Value};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// How an id is read: as a link to the record itself.
pub(super) const ID: Form = Form::Field(Shape::Link(&[]));

/// What a key of a record stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Its name.
    Id,
    /// One of its fields.
    Field(Field),
}

impl Key {
    /// Where it stands in a new record.
    pub(super) fn rank(self) -> usize {
        match self {
            Self::Id => 0,
            Self::Field(field) => 1 + field as usize,
        }
    }

    /// How its value is read.
    pub(super) fn form(self) -> Form {
        match self {
            Self::Id => ID,
            Self::Field(field) => Form::Field(field.row().shape),
        }
    }
}

/// The keys that a record of one section has.
#[derive(Debug)]
pub(super) struct Keys(Lookup<&'static str, Key>);

impl Keys {
    pub(super) fn of(section: Section) -> Self {
        let fields = Field::of(section).map(|row| (row.key, Key::Field(row.field)));
        // Product and settings are named by where they stand; an `id` in them is unknown.
        let has_id = !matches!(section, Section::Product | Section::Settings);
        Self(fields.chain(has_id.then_some(("id", Key::Id))).collect())
    }

    pub(super) fn get(&self, key: &str) -> Option<Key> {
        self.0.get(key).copied()
    }
}

/// A record as it was read.
#[derive(Debug)]
pub(super) struct Read {
    /// The record; its name is empty where the file has none.
    pub(super) record: Record,
    /// Whether something in it does not fit or is there twice.
    pub(super) doubtful: bool,
}

/// Reads an object as a record.
pub(super) fn read(raw: &str, keys: &Keys, desk: &mut Desk) -> Result<Read, serde_json::Error> {
    read_with(raw, keys, desk, None)
}

/// The same among others: what one of them spells like this is held by both.
pub(super) fn read_among<'t>(
    raw: &'t str,
    keys: &Keys,
    desk: &mut Desk,
    alike: &mut Alike<'t>,
) -> Result<Read, serde_json::Error> {
    // Where something is wrong, where it is is found on the long way.
    read_with(raw, keys, desk, Some(alike)).or_else(|_| read(raw, keys, desk))
}

fn read_with<'t>(
    raw: &'t str,
    keys: &Keys,
    desk: &mut Desk,
    alike: Option<&mut Alike<'t>>,
) -> Result<Read, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(raw);
    let read = json.deserialize_map(RecordVisitor { keys, desk, alike })?;
    json.end().map(|()| read)
}

struct RecordVisitor<'a, 't> {
    keys: &'a Keys,
    desk: &'a mut Desk,
    alike: Option<&'a mut Alike<'t>>,
}

impl<'de> Visitor<'de> for RecordVisitor<'_, 'de> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        let Self { keys, desk, mut alike } = self;
        desk.doubtful = false;
        let mut id: Option<Id> = None;
        let mut fields = std::mem::take(&mut desk.fields);
        while let Some(key) = map.next_key_seed(KeySeed(keys))? {
            let Some(key) = key else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = match (&mut alike, key) {
                (Some(alike), Key::Field(field)) if Alike::takes(field) => {
                    alike.read(field, map.next_value()?, desk).map_err(A::Error::custom)?
                }
                _ => map.next_value_seed(Seed::new(key.form(), desk))?,
            };
            match key {
                Key::Id => {
                    desk.doubtful |= id.is_some();
                    id = value.as_ref().and_then(Value::as_link).cloned();
                }
                Key::Field(field) => {
                    if let Some(at) = fields.iter().position(|(other, _)| *other == field) {
                        desk.doubtful = true;
                        fields.swap_remove(at);
                    }
                    fields.extend(value.map(|value| (field, value)));
                }
            }
        }
        let record = Record::of(id.unwrap_or_else(|| Id::new("")), fields.drain(..));
        desk.fields = fields;
        Ok(Read { record, doubtful: desk.doubtful })
    }
}

struct KeySeed<'a>(&'a Keys);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<Key>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<Key>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.get(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_a_section_is_found() {
        let keys = Keys::of(Section::Item);
        assert_eq!(keys.get("id"), Some(Key::Id));
        for row in Field::of(Section::Item) {
            assert_eq!(keys.get(row.key), Some(Key::Field(row.field)));
        }
        assert_eq!(keys.get("share"), None);
        assert_eq!(Keys::of(Section::Settings).get("id"), None);
    }

    #[test]
    fn of_two_values_the_last_counts_even_where_it_is_wrong() {
        let keys = Keys::of(Section::Item);
        let text = r#"{"id":"a","points":3,"points":"many"}"#;
        let Read { record, doubtful } = read(text, &keys, &mut Desk::default()).unwrap();
        assert_eq!(record.get(Field::Points), None);
        assert!(doubtful);
    }

    #[test]
    fn what_is_spelled_alike_is_one_in_memory_and_what_is_wrong_is_said_each_time() {
        let keys = Keys::of(Section::Item);
        let (mut desk, mut alike) = (Desk::default(), Alike::default());
        let mut among = |text: &'static str| {
            let there = read_among(text, &keys, &mut desk, &mut alike);
            let alone = read(text, &keys, &mut Desk::default());
            let said = |error: &serde_json::Error| error.to_string();
            assert_eq!(there.as_ref().map_err(said).err(), alone.as_ref().map_err(said).err());
            let (there, alone) = (there.ok()?, alone.ok()?);
            assert_eq!((&there.record, there.doubtful), (&alone.record, alone.doubtful));
            Some(there.record)
        };
        let first = among(r#"{"id":"a","tags":["x","y"],"rated":{"rice":"2026-01-01"}}"#).unwrap();
        let second = among(r#"{"id":"b","tags":["x","y"],"rated":{"rice":"2026-01-01"}}"#).unwrap();
        assert_eq!(first.list(Field::Tags).as_ptr(), second.list(Field::Tags).as_ptr());
        let edited = second.clone().with(Field::Tags, Value::list([Value::text("z")]));
        assert_eq!((first.list(Field::Tags).len(), edited.list(Field::Tags).len()), (2, 1));
        for text in [
            r#"{"points":"many","tags":["x","y"]}"#,
            r#"{"tags":["x",7],"story":{"as":5,"want":"w"}}"#,
            r#"{"tags":["x",7],"story":{"as":5,"want":"w"}}"#,
            r#"{"tags":null,"story":null,"ratings":[]}"#,
            r#"{"tags":["x","y"],"tags":["x","y"]}"#,
            r#"{"rated":["x","y"]}"#,
        ] {
            assert!(among(text).is_some(), "{text}");
        }
        let wrong = "{\"id\":\"a\",\n\"tags\":[\"x\",\n\"\\ud800\"]}";
        for _ in 0..2 {
            assert!(among(wrong).is_none());
        }
    }
}
