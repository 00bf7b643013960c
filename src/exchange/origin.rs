//! By what a record is known again: what it was like when it was last imported or exported.

use super::json;
use crate::workspace::{Field, Id, Place, Record, Value, sorted};
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_64;

/// A record of this program as it was when it was written for another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The record.
    pub id: Id,
    /// What it was like, see [`digest`]; empty where that is not known.
    pub digest: String,
}

impl Origin {
    /// As it is written into other tools' files: the id, a slash and the digest.
    pub fn written(place: Place, record: &Record) -> String {
        format!("{}/{}", record.id(), digest(place, record))
    }

    /// What was written; text without a slash is an id alone.
    pub fn read(text: &str) -> Option<Self> {
        let (id, digest) = text.trim().rsplit_once('/').unwrap_or((text.trim(), ""));
        (!id.is_empty()).then(|| Self { id: Id::new(id), digest: digest.to_owned() })
    }
}

/// What tells this state of an item from others: ten hex digits.
pub fn digest(place: Place, record: &Record) -> String {
    let mut spelled = place.key().to_owned();
    for (field, value) in record.fields() {
        let _ = write!(spelled, "\n{}={}", field.key(), json::of(value));
    }
    hex(spelled.as_bytes())
}

/// What tells this value from others.
pub fn print(value: &Value) -> String {
    hex(json::of(value).to_string().as_bytes())
}

/// The lowest 40 bits of a hash: two different values agree once in a million million times.
pub fn hex(bytes: &[u8]) -> String {
    format!("{:010x}", xxh3_64(bytes) & 0xff_ffff_ffff)
}

/// What a field was like when it was last imported, for the fields the other tool speaks of. It is
/// kept in `external.seen`, as `field:print` with spaces between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen(Vec<(String, String)>);

impl Seen {
    /// What the record says; `None` where it was never imported by this program.
    pub fn of(record: &Record) -> Option<Self> {
        let text = record.get(Field::External)?.get("seen")?.as_text()?;
        let pairs = text.split_whitespace().filter_map(|pair| pair.split_once(':'));
        Some(Self(pairs.map(|(name, print)| (name.to_owned(), print.to_owned())).collect()))
    }

    /// The print under a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, print)| print.as_str())
    }

    /// Keeps a print under a name, or that there is nothing.
    pub fn set(&mut self, name: &str, print: Option<String>) {
        self.0.retain(|(of, _)| of != name);
        self.0.extend(print.map(|print| (name.to_owned(), print)));
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        let mut pairs: Vec<String> =
            self.0.iter().map(|(name, print)| format!("{name}:{print}")).collect();
        sorted::by(&mut pairs, Ord::cmp);
        pairs.join(" ")
    }
}
