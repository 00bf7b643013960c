//! What becomes of a field that another tool speaks of and a person may have changed.

use super::origin::{Origin, Seen, digest, print};
use crate::workspace::{Place, Record, Value};

/// What is known of the state that both sides began with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Nothing.
    Unknown,
    /// The record is still as it was then.
    Untouched,
    /// The prints of its fields.
    Seen(Seen),
}

/// What is done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Both say the same.
    Same,
    /// Only the other side changed it: theirs is taken.
    Take,
    /// Only this side changed it: mine is kept.
    Keep,
    /// Both changed it: mine is kept, and theirs beside it.
    Clash,
}

impl Base {
    /// What is known of a record that an entry with this origin speaks of.
    pub fn of(place: Place, record: &Record, origin: Option<&Origin>) -> Self {
        match origin {
            Some(origin) if origin.digest == digest(place, record) => Self::Untouched,
            Some(_) => Self::Unknown,
            None => Seen::of(record).map_or(Self::Unknown, Self::Seen),
        }
    }

    /// What is done with a field.
    pub fn verdict(&self, name: &str, mine: Option<&Value>, theirs: Option<&Value>) -> Verdict {
        if mine == theirs {
            return Verdict::Same;
        }
        let [my, their] = [mine, theirs].map(|value| value.map(print));
        match self {
            Self::Untouched => Verdict::Take,
            Self::Unknown if mine.is_none() => Verdict::Take,
            Self::Seen(seen) if seen.get(name) == my.as_deref() => Verdict::Take,
            Self::Seen(seen) if seen.get(name) == their.as_deref() => Verdict::Keep,
            // What they cleared and this side changed is not lost by keeping it.
            _ if theirs.is_none() => Verdict::Keep,
            _ => Verdict::Clash,
        }
    }

    /// Whether the record goes where the other side has it, given in words for mine and theirs.
    pub fn moves(&self, mine: &str, theirs: &str) -> bool {
        let goes = match self {
            Self::Untouched => true,
            Self::Unknown => theirs == Place::Done.key(),
            Self::Seen(seen) => seen.get("place").is_none_or(|was| was == mine),
        };
        mine != theirs && goes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_differ_has_its_verdict() {
        let value = |text: &str| (!text.is_empty()).then(|| Value::text(text));
        let verdict = |was: &str, mine: &str, theirs: &str| {
            let mut seen = Seen::default();
            seen.set("title", value(was).as_ref().map(print));
            let [mine, theirs] = [value(mine), value(theirs)];
            Base::Seen(seen).verdict("title", mine.as_ref(), theirs.as_ref())
        };
        assert_eq!(verdict("a", "a", "a"), Verdict::Same);
        assert_eq!(verdict("a", "b", "b"), Verdict::Same);
        assert_eq!(verdict("a", "a", "b"), Verdict::Take);
        assert_eq!(verdict("a", "a", ""), Verdict::Take);
        assert_eq!(verdict("", "", "b"), Verdict::Take);
        assert_eq!(verdict("a", "b", "a"), Verdict::Keep);
        assert_eq!(verdict("a", "", "a"), Verdict::Keep);
        assert_eq!(verdict("a", "b", ""), Verdict::Keep);
        assert_eq!(verdict("a", "b", "c"), Verdict::Clash);
        assert_eq!(verdict("a", "", "c"), Verdict::Clash);
        let unknown = |mine: &str, theirs: &str| {
            Base::Unknown.verdict("title", value(mine).as_ref(), value(theirs).as_ref())
        };
        assert_eq!(unknown("", "b"), Verdict::Take);
        assert_eq!(unknown("a", "b"), Verdict::Clash);
        assert_eq!(unknown("a", ""), Verdict::Keep);
    }
}
