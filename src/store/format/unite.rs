//! What this version does not know of, brought together from two texts that come from one.

use super::emit::{self, member};
use super::raw::{self, Member};
use super::record::{self, Keys};
use super::source::Source;
use crate::workspace::{Content, Field, Id, Merged, Record, Section, Value, keep_other};
use std::sync::Arc;

impl Source {
    /// Takes over what `mine` spells otherwise than `base`, where this text did not change it:
    /// members that are unknown, and the spelling of others. Where both changed an unknown member,
    /// mine stays and theirs goes to the `conflict` of the record, in `merged`; gives where.
    pub(in crate::store) fn unite(
        &mut self,
        base: &Self,
        mine: &Self,
        merged: &mut Merged,
    ) -> Vec<(Id, String)> {
        let mut clashes = Vec::new();
        for (id, section, my) in mine.spellings() {
            let (Some(before), Some(their)) = (base.spelling(id), self.spelling(id)) else {
                continue;
            };
            if my == before || my == their {
                continue;
            }
            let (text, both) = united(section, before, my, their);
            for (key, value) in both {
                let other = value_of(&value);
                keep(&mut merged.content, id, &key, &other);
                clashes.push((id.clone(), key));
            }
            self.respell(id, section, text);
        }
        self.unite_top(base, mine);
        clashes
    }
}

/// A record of three, and the members that both changed, as theirs has them.
fn united(
    section: Section,
    base: &str,
    mine: &str,
    theirs: &str,
) -> (String, Vec<(String, String)>) {
    if base == theirs {
        return (mine.to_owned(), Vec::new());
    }
    let keys = Keys::of(section);
    let [before, my, their] = [base, mine, theirs].map(raw::members);
    let find = |members: &[Member], key: &str| {
        members.iter().rfind(|member| member.key == key).map(|member| member.raw.to_owned())
    };
    let mut both = Vec::new();
    let mut written = Vec::new();
    for old in &my {
        let (was, there) = (find(&before, &old.key), find(&their, &old.key));
        let untouched = was.as_deref() == Some(old.raw);
        let taken = match &there {
            Some(there) if untouched => Some(there.clone()),
            // They took it away; what is known is written or not as the model has it.
            None if untouched && keys.get(&old.key).is_none() => None,
            _ => Some(old.raw.to_owned()),
        };
        let is_clash = !untouched && there != was && there.as_deref() != Some(old.raw);
        if let (true, None, Some(there)) = (is_clash, keys.get(&old.key), there) {
            both.push((old.key.to_string(), there));
        }
        written.extend(taken.map(|text| member(old.spelled, &text)));
    }
    for new in their.iter().filter(|new| find(&my, &new.key).is_none()) {
        // Mine took it away, unless it is new in theirs or they changed it.
        if find(&before, &new.key).as_deref() != Some(new.raw) {
            written.push(member(new.spelled, new.raw));
        }
    }
    (emit::object(written.into_iter()), both)
}

/// An unknown value as the `conflict` of a record keeps it.
fn value_of(raw: &str) -> Value {
    let form = super::form::Form::Field(Field::Conflict.row().shape);
    let wrapped = super::form::value(form, &format!("{{\"x\":{raw}}}"));
    wrapped.and_then(|map| map.get("x").cloned()).unwrap_or_else(|| Value::text(raw))
}

fn keep(content: &mut Content, id: &Id, key: &str, other: &Value) {
    let kept = |record: &Record| {
        let mut record = record.clone();
        keep_other(&mut record, key, other);
        record
    };
    content.change(id, kept);
}

/// A record as this text has it.
pub(super) fn read(section: Section, raw: &str, id: &Id) -> Option<Arc<Record>> {
    let mut desk = super::form::Desk::default();
    let read = record::read(raw, &Keys::of(section), &mut desk).ok()?;
    Some(Arc::new(read.record.named(id.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_members_are_brought_together_one_by_one() {
        let base = r#"{"id":"a","x":1,"y":1,"z":1,"points":1}"#;
        let mine = r#"{"id":"a","x":2,"z":2,"points":1,"m":0}"#;
        let theirs = r#"{"id":"a","x":1,"y":1,"z":3,"points":1.0,"t":0}"#;
        let (text, both) = united(Section::Item, base, mine, theirs);
        assert_eq!(text, r#"{"id":"a","x":2,"z":2,"points":1.0,"m":0,"t":0}"#);
        assert_eq!(both, [("z".to_owned(), "3".to_owned())]);
    }
}
