//! A field once a part of it is changed: the way to the part, and what is done there.

use crate::app::entry::Typing;
use crate::workspace::{Id, Part, Shape, Value, sorted};

/// Characters of a line of text, and bytes of a long text, that are taken.
const LINE: usize = 500;
const LONG: usize = 64 << 10;

/// What is done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `=`: it holds this.
    Set,
    /// `+=`: it holds this too.
    Add,
    /// `-=`: it does not hold this.
    Take,
}

impl Sign {
    /// The sign as it is typed.
    pub fn typed(self) -> &'static str {
        match self {
            Self::Set => "=",
            Self::Add => "+=",
            Self::Take => "-=",
        }
    }
}

/// A value that is not taken, and what would be.
type Wrong = String;

/// A text as it is typed, and what is to be done with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'a> {
    /// What reads it.
    pub typing: Typing<'a>,
    /// What is done.
    pub sign: Sign,
    /// The text.
    pub text: &'a str,
}

impl Typed<'_> {
    /// What a field of this shape holds afterwards that held `old`. `path` leads to a part of it.
    pub fn changed(
        self,
        shape: Shape,
        old: Option<&Value>,
        path: &[&str],
    ) -> Result<Option<Value>, Wrong> {
        match (shape, path) {
            (Shape::Group(parts), [key, path @ ..]) => {
                let part = parts.iter().find(|part| part.key == *key);
                let part = part.ok_or_else(|| format!("it has the parts {}", keys(parts)))?;
                let value = self.changed(part.shape, get(old, key), path)?;
                Ok(in_order(parts, Value::with(old, key, value)))
            }
            (Shape::Groups(parts), [nth, path @ ..]) => {
                let values = old.map(Value::items).unwrap_or_default();
                let at = position(nth, values.len())?;
                let value = self.changed(Shape::Group(parts), values.get(at), path)?;
                Ok(replaced(values, at, value))
            }
            (Shape::Map(shape), [key, path @ ..]) => {
                let value = self.changed(*shape, get(old, key), path)?;
                Ok(Value::with(old, key, value))
            }
            (_, [part, ..]) => Err(format!("it has no part “{part}”")),
            (_, []) if self.sign == Sign::Set => self.read(shape),
            (
                Shape::Groups(_) | Shape::Links(_) | Shape::Lines | Shape::Words | Shape::Readings,
                [],
            ) => self.list(shape, old),
            (_, []) => Err("+= and -= are for lists; = sets it".into()),
        }
    }

    /// What a list holds once entries are added or taken away. Each is in it once.
    fn list(self, shape: Shape, old: Option<&Value>) -> Result<Option<Value>, Wrong> {
        if let Some((old, id)) = old.zip(self.taken_id(shape, old)) {
            return Ok(old.without_link(id));
        }
        let entries = self.read(shape)?;
        let mut values = old.map(Value::items).unwrap_or_default().to_vec();
        for entry in entries.iter().flat_map(Value::items) {
            let at = values.iter().position(|value| is_meant(value, entry));
            match (self.sign, at) {
                (Sign::Take, Some(at)) => drop(values.remove(at)),
                (Sign::Take, None) => return Err("that is not in it".into()),
                (_, None) => values.push(entry.clone()),
                (_, Some(at)) if !says(&values[at], entry) => {
                    let nth = at + 1;
                    return Err(format!("number {nth} is called that; .{nth}.PART= changes it"));
                }
                (_, Some(_)) => {}
            }
        }
        Ok((!values.is_empty()).then_some(Value::list(values)))
    }

    /// The link to be taken away whose whole id was typed. It may lead to nothing, and can then be
    /// named in no other way.
    fn taken_id(self, shape: Shape, old: Option<&Value>) -> Option<&Id> {
        if self.sign != Sign::Take || !matches!(shape, Shape::Links(_)) {
            return None;
        }
        let mut links = old?.items().iter().filter_map(Value::as_link);
        links.find(|id| id.as_str() == self.text)
    }

    fn read(self, shape: Shape) -> Result<Option<Value>, Wrong> {
        match shape {
            Shape::Text | Shape::Rating => self.typing.read(shape, &line(self.text)?),
            // Several ids stand in one argument with commas between; a title may have some too.
            Shape::Links(_) => self
                .typing
                .read(shape, self.text)
                .or_else(|_| self.typing.read(shape, &self.text.replace(',', "\n"))),
            _ if self.text.len() > LONG => {
                Err(format!("it has {} bytes, at most {LONG} fit", self.text.len()))
            }
            _ => self.typing.read(shape, self.text),
        }
    }
}

/// A text on one line: line breaks and other control characters become spaces.
pub(super) fn line(text: &str) -> Result<String, Wrong> {
    let text = text.replace(char::is_control, " ");
    let text = text.trim();
    match text.chars().count() {
        count if count > LINE => Err(format!("it has {count} characters, at most {LINE} fit")),
        _ => Ok(text.to_owned()),
    }
}

/// Whether an entry of a list is the one that is named: the same, or a group that begins with it.
fn is_meant(value: &Value, entry: &Value) -> bool {
    let first = entry.entries().first();
    value == entry || (first.is_some() && value.entries().first() == first)
}

/// Whether an entry of a list says all that this one does.
fn says(value: &Value, entry: &Value) -> bool {
    value == entry || entry.entries().iter().all(|(part, said)| value.get(part) == Some(said))
}

fn get<'a>(old: Option<&'a Value>, key: &str) -> Option<&'a Value> {
    old.and_then(|value| value.get(key))
}

fn keys(parts: &[Part]) -> String {
    parts.iter().map(|part| part.key).collect::<Vec<_>>().join(", ")
}

/// A map with its entries in the order of the parts.
fn in_order(parts: &[Part], value: Option<Value>) -> Option<Value> {
    let Some(Value::Map(entries)) = value else { return value };
    let mut entries = entries.to_vec();
    sorted::by_key(&mut entries, |(name, _)| parts.iter().position(|part| part.key == &**name));
    Some(Value::Map(entries.into()))
}

fn position(nth: &str, len: usize) -> Result<usize, Wrong> {
    let at = nth.parse::<usize>().ok().and_then(|nth| nth.checked_sub(1));
    at.filter(|at| *at < len).ok_or_else(|| match len {
        0 => "there is none yet; += adds one".into(),
        _ => format!("give a number from 1 to {len} behind the dot"),
    })
}

fn replaced(values: &[Value], at: usize, value: Option<Value>) -> Option<Value> {
    let mut values = values.to_vec();
    match value {
        Some(value) => values[at] = value,
        None => drop(values.remove(at)),
    }
    (!values.is_empty()).then_some(Value::list(values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Date, Field, Workspace};

    fn changed(field: Field, old: &str, path: &[&str], sign: Sign, text: &str) -> String {
        let workspace = Workspace::new(Content::default());
        let today = Date::constant(2026, 11, 22);
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let shape = field.row().shape;
        let old = typing.read(shape, old).unwrap();
        match (Typed { typing, sign, text }).changed(shape, old.as_ref(), path) {
            Ok(Some(value)) => typing.show(shape, &value),
            Ok(None) => "cleared".into(),
            Err(wrong) => wrong,
        }
    }

    #[test]
    fn parts_stand_in_their_order_whatever_came_first() {
        let story = "so = I stop typing";
        let both = "as = a founder\nso = I stop typing";
        assert_eq!(changed(Field::Story, story, &["as"], Sign::Set, "a founder"), both);
        assert_eq!(changed(Field::Story, story, &["so"], Sign::Set, ""), "cleared");
        assert!(changed(Field::Story, story, &["who"], Sign::Set, "x").contains("as, want, so"));
        assert!(changed(Field::Points, "3", &["x"], Sign::Set, "5").contains("no part"));
    }

    #[test]
    fn a_list_takes_each_entry_once_and_gives_only_what_it_has() {
        assert_eq!(changed(Field::Tags, "a", &[], Sign::Add, "a b"), "a b");
        assert_eq!(changed(Field::Tags, "a", &[], Sign::Take, "a"), "cleared");
        assert_eq!(changed(Field::Tags, "a", &[], Sign::Take, "c"), "that is not in it");
        assert!(changed(Field::Points, "3", &[], Sign::Add, "1").contains("for lists"));
    }

    #[test]
    fn criteria_are_added_by_their_text_and_met_by_their_number() {
        let add = |text| changed(Field::Acceptance, "[x] fast", &[], Sign::Add, text);
        assert_eq!(add("safe"), "[x] fast\n[ ] safe");
        assert_eq!(changed(Field::Acceptance, "[x] fast", &[], Sign::Take, "fast"), "cleared");
        let again = |text| changed(Field::Acceptance, "[x] fast", &[], Sign::Add, text);
        assert_eq!(again("fast"), "[x] fast");
        let meet = |nth| changed(Field::Acceptance, "[ ] fast", &[nth, "met"], Sign::Set, "yes");
        assert_eq!(meet("1"), "[x] fast");
        assert!(meet("2").contains("from 1 to 1"));
    }

    #[test]
    fn what_has_its_name_in_the_list_already_is_not_dropped_silently() {
        let old = "Hours | usage | h | 12 | 5";
        let add = |text| changed(Field::Metrics, old, &[], Sign::Add, text);
        assert_eq!(add("Hours | usage | h | 12 | 5"), old);
        assert_eq!(add("Hours"), old);
        assert_eq!(
            add("Hours | usage | h | 12 | 4"),
            "number 1 is called that; .1.PART= changes it"
        );
    }

    #[test]
    fn a_line_stays_a_line_and_has_an_end() {
        assert_eq!(changed(Field::Title, "a", &[], Sign::Set, "one\ntwo\u{1b}[2J"), "one two [2J");
        assert!(changed(Field::Title, "a", &[], Sign::Set, &"x".repeat(501)).contains("at most"));
    }
}
