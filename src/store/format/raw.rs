//! JSON text taken apart one level deep, without looking into it.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

/// Members of an object up to which comparing each with each is quicker than hashing.
const FEW: usize = 32;

/// Members that an object may well have.
const USUAL: usize = 16;

/// A stretch of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    /// Where `part`, a slice of `text`, stands in it.
    pub(super) fn of(text: &str, part: &str) -> Self {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        Self { start, end: start + part.len() }
    }

    /// The stretch itself.
    pub(super) fn of_text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A key and its value in an object, both as they are spelled.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    /// The key with its quotes.
    pub(super) spelled: &'a str,
    /// The key, read.
    pub(super) key: Cow<'a, str>,
    /// The value.
    pub(super) raw: &'a str,
    /// Whether a later member has the same key, so that this one does not count.
    pub(super) shadowed: bool,
}

/// What a key reads as; a key that cannot be read is known by its spelling.
pub(super) fn key(spelled: &str) -> Cow<'_, str> {
    let plain = spelled.get(1..spelled.len().saturating_sub(1)).unwrap_or_default();
    if plain.contains('\\') {
        Cow::Owned(serde_json::from_str(spelled).unwrap_or_else(|_| spelled.to_owned()))
    } else {
        Cow::Borrowed(plain)
    }
}

/// The members of an object; of anything else, none.
pub(super) fn members(raw: &str) -> Vec<Member<'_>> {
    let mut json = serde_json::Deserializer::from_str(raw);
    let mut members = json.deserialize_map(Members).unwrap_or_default();
    if members.len() > FEW {
        let mut later = HashSet::with_capacity(members.len());
        for member in members.iter_mut().rev() {
            member.shadowed = !later.insert(member.key.clone());
        }
    } else {
        for at in 1..members.len() {
            let (before, rest) = members.split_at_mut(at);
            let same = before.iter_mut().filter(|member| member.key == rest[0].key);
            same.for_each(|member| member.shadowed = true);
        }
    }
    members
}

/// The elements of an array; of anything else, none.
pub(super) fn elements(raw: &str) -> Vec<&str> {
    let elements: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<Member<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(USUAL);
        while let Some((spelled, raw)) = map.next_entry::<&RawValue, &RawValue>()? {
            let spelled = spelled.get();
            members.push(Member { spelled, key: key(spelled), raw: raw.get(), shadowed: false });
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_falls_into_members_as_they_are_spelled() {
        let text = r#"{ "a\u0062" : [1, 2] , "c":1.0}"#;
        let members = members(text);
        assert_eq!(members[0].key, "ab");
        assert_eq!(members[0].spelled, r#""a\u0062""#);
        assert_eq!(Span::of(text, members[1].raw), Span { start: 27, end: 30 });
        assert_eq!(elements(members[0].raw), ["1", "2"]);
    }

    #[test]
    fn of_two_equal_keys_the_first_is_shadowed() {
        let members = members(r#"{"a":1,"b":2,"a":3}"#);
        assert_eq!(
            members.iter().map(|member| member.shadowed).collect::<Vec<_>>(),
            [true, false, false]
        );
    }
}
