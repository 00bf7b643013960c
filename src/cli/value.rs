//! The value that a text spells, by the shape of its field.

use crate::workspace::{Date, Id, Part, Place, Shape, Value, Workspace};
use jiff::{Span, ToSpan};

/// Characters of a line of text, and of a long text.
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

/// Reads texts as values of a workspace.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    /// Where links lead.
    pub workspace: &'a Workspace,
    /// The day that `today` is.
    pub today: Date,
    /// What stands between the entries of a list of texts.
    pub separator: char,
}

/// A value that can't be read, and what would be right.
type Wrong = String;

impl Reader<'_> {
    /// What a field of this shape holds, which held `old`, once `text` is set, added or taken.
    /// `path` leads to a part of it.
    pub fn changed(
        self,
        shape: Shape,
        old: Option<&Value>,
        path: &[&str],
        sign: Sign,
        text: &str,
    ) -> Result<Option<Value>, Wrong> {
        match (shape, path) {
            (_, []) if sign == Sign::Set && text.is_empty() => Ok(None),
            (Shape::Group(parts), [key, path @ ..]) => {
                let part = part(parts, key)?;
                let value = self.changed(part.shape, get(old, key), path, sign, text)?;
                Ok(in_order(parts, Value::with(old, key, value)))
            }
            (Shape::Groups(parts), [nth, path @ ..]) => {
                let values = old.map(Value::items).unwrap_or_default();
                let at = position(nth, values.len())?;
                let group = Shape::Group(parts);
                let value = self.changed(group, values.get(at), path, sign, text)?;
                Ok(replaced(values, at, value))
            }
            (Shape::Map(shape), [key, path @ ..]) => {
                let value = self.changed(*shape, get(old, key), path, sign, text)?;
                Ok(Value::with(old, key, value))
            }
            (Shape::Group(parts) | Shape::Groups(parts), []) if sign == Sign::Set => {
                Err(format!("it has the parts {}", keys(parts)))
            }
            (Shape::Map(_), []) => Err("it has named values; give the name behind a dot".into()),
            (Shape::Groups(_) | Shape::Links(_) | Shape::Lines | Shape::Readings, []) => {
                self.list(shape, old, sign, text)
            }
            (_, []) if sign != Sign::Set => Err("+= and -= are for lists; = sets it".into()),
            (_, []) => self.single(shape, text).map(Some),
            (_, [part, ..]) => Err(format!("it has no part “{part}”")),
        }
    }

    /// What a list holds once entries are set, added or taken. Each is in it once.
    fn list(
        self,
        shape: Shape,
        old: Option<&Value>,
        sign: Sign,
        text: &str,
    ) -> Result<Option<Value>, Wrong> {
        let entries = text.split(self.separator).map(str::trim).filter(|text| !text.is_empty());
        let entries = entries.map(|text| self.entry(shape, text));
        let entries = entries.collect::<Result<Vec<Value>, Wrong>>()?;
        let kept = old.map(Value::items).unwrap_or_default().iter().filter(|_| sign != Sign::Set);
        let mut values: Vec<Value> = kept.cloned().collect();
        for entry in entries {
            let at = values.iter().position(|value| is_meant(value, &entry));
            match (sign, at) {
                (Sign::Take, Some(at)) => drop(values.remove(at)),
                (Sign::Take, None) => return Err("that is not in it".into()),
                (_, None) => values.push(entry),
                (_, Some(_)) => {}
            }
        }
        Ok((!values.is_empty()).then_some(Value::List(values)))
    }

    /// One entry of a list: of a list of groups the first part.
    fn entry(self, shape: Shape, text: &str) -> Result<Value, Wrong> {
        match shape {
            Shape::Links(places) => self.link(places, text).map(Value::Link),
            Shape::Readings => {
                let (day, number) = text.split_once(':').ok_or("a reading is DATE:NUMBER")?;
                let number = self::number(number)?;
                Ok(Value::List(vec![Value::Date(date(day, self.today)?), Value::Number(number)]))
            }
            Shape::Groups([first, ..]) => {
                let value = self.single(first.shape, text)?;
                Ok(Value::Map(vec![(first.key.into(), value)]))
            }
            _ => line(text),
        }
    }

    fn single(self, shape: Shape, text: &str) -> Result<Value, Wrong> {
        match shape {
            Shape::Text | Shape::Any | Shape::Rating => line(text),
            Shape::Long => long(text),
            Shape::Word(words) | Shape::Choice(words) => match words.contains(&text) {
                true => Ok(Value::text(text)),
                false => Err(format!("it is one of {}", words.join(", "))),
            },
            Shape::Number { min, open } => {
                let number = Value::Number(self::number(text)?);
                let bound = if open { "above" } else { "at least" };
                shape.accepts(&number).then_some(number).ok_or_else(|| format!("{bound} {min}"))
            }
            Shape::Flag => match text {
                "yes" | "true" => Ok(Value::Flag(true)),
                "no" | "false" => Ok(Value::Flag(false)),
                _ => Err("it is yes or no".into()),
            },
            Shape::Date => date(text, self.today).map(Value::Date),
            Shape::Link(places) => self.link(places, text).map(Value::Link),
            _ => Err("it can only be cleared here".into()),
        }
    }

    /// The record that a text names among those of some places: by its whole title or name, or by
    /// the beginning of its id.
    fn link(self, places: &[Place], text: &str) -> Result<Id, Wrong> {
        let records = || places.iter().flat_map(|place| self.workspace.list(*place));
        let named =
            records().filter(|record| record.id().as_str() == text || record.title() == text);
        let begun = records().filter(|record| record.id().as_str().starts_with(text));
        let mut found: Vec<&Id> = named.map(|record| record.id()).collect();
        if found.is_empty() {
            found.extend(begun.map(|record| record.id()));
        }
        let among = places.iter().map(|place| place.words()).collect::<Vec<_>>().join(", ");
        match found[..] {
            [id] => Ok(id.clone()),
            [] => Err(format!("nothing in {among} has this id or title")),
            [a, b, ..] => Err(format!("it could be {a}, {b} or others; give more of the id")),
        }
    }
}

/// Whether an entry of a list is the one that is named: the same, or a group that begins with it.
fn is_meant(value: &Value, entry: &Value) -> bool {
    value == entry
        || (!entry.entries().is_empty() && value.entries().first() == entry.entries().first())
}

fn get<'a>(old: Option<&'a Value>, key: &str) -> Option<&'a Value> {
    old.and_then(|value| value.get(key))
}

fn part<'a>(parts: &'a [Part], key: &str) -> Result<&'a Part, Wrong> {
    let found = parts.iter().find(|part| part.key == key);
    found.ok_or_else(|| format!("it has the parts {}", keys(parts)))
}

fn keys(parts: &[Part]) -> String {
    parts.iter().map(|part| part.key).collect::<Vec<_>>().join(", ")
}

/// A map with its entries in the order of the parts.
fn in_order(parts: &[Part], value: Option<Value>) -> Option<Value> {
    let Some(Value::Map(mut entries)) = value else { return value };
    entries.sort_by_key(|(name, _)| parts.iter().position(|part| part.key == &**name));
    Some(Value::Map(entries))
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
    (!values.is_empty()).then_some(Value::List(values))
}

/// A text on one line: line breaks and other control characters become spaces.
pub(super) fn line(text: &str) -> Result<Value, Wrong> {
    let text = text.replace(char::is_control, " ");
    let text = text.trim();
    match text.chars().count() {
        count if count > LINE => Err(format!("it has {count} characters, at most {LINE} fit")),
        _ => Ok(Value::text(text)),
    }
}

/// The title that a text spells.
pub(super) fn title(text: &str) -> Result<Value, Wrong> {
    line(text).and_then(|title| match title.is_empty() {
        true => Err("an item needs a title".into()),
        false => Ok(title),
    })
}

fn long(text: &str) -> Result<Value, Wrong> {
    match text.len() {
        bytes if bytes > LONG => Err(format!("it has {bytes} bytes, at most {LONG} fit")),
        _ => Ok(Value::text(text)),
    }
}

fn number(text: &str) -> Result<f64, Wrong> {
    let number = text.trim().replace(',', ".").parse::<f64>().ok();
    number.filter(|number| number.is_finite()).ok_or_else(|| "it is a number".into())
}

/// The day that a text spells: `2026-11-22`, `today`, or so many days or weeks from today: `+3d`,
/// `-2w`.
fn date(text: &str, today: Date) -> Result<Date, Wrong> {
    let wrong = || "a day is written 2026-12-18, today, +3d or +2w".to_owned();
    if text == "today" {
        return Ok(today);
    }
    if let Some(span) = span(text) {
        return today.checked_add(span).map_err(|_| wrong());
    }
    let is_day = text.len() == "2026-11-22".len();
    text.parse().ok().filter(|_| is_day).ok_or_else(wrong)
}

fn span(text: &str) -> Option<Span> {
    let signed = text.starts_with(['+', '-']);
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number = number.parse::<i16>().ok().filter(|_| signed)?;
    match unit {
        "d" => Some(i64::from(number).days()),
        "w" => Some(i64::from(number).weeks()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Field};

    fn changed(field: Field, old: Option<&Value>, path: &[&str], sign: Sign, text: &str) -> String {
        let workspace = Workspace::new(Content::default());
        let today = Date::constant(2026, 11, 22);
        let reader = Reader { workspace: &workspace, today, separator: ',' };
        match reader.changed(field.row().shape, old, path, sign, text) {
            Ok(Some(value)) => format!("{value:?}"),
            Ok(None) => "cleared".into(),
            Err(wrong) => wrong,
        }
    }

    #[test]
    fn days_are_said_in_several_ways() {
        for (text, day) in [
            ("2026-12-18", "2026-12-18"),
            ("today", "2026-11-22"),
            ("+3d", "2026-11-25"),
            ("-2w", "2026-11-08"),
        ] {
            assert!(changed(Field::Due, None, &[], Sign::Set, text).contains(day), "{text}");
        }
        for text in ["3d", "2026-13-01", "2026-11-22T10:00", "+d", "soon", "é"] {
            assert!(changed(Field::Due, None, &[], Sign::Set, text).contains("a day is"), "{text}");
        }
    }

    #[test]
    fn parts_stand_in_their_order_whatever_came_first() {
        let so = Value::Map(vec![("so".into(), Value::text("I stop typing"))]);
        let story = changed(Field::Story, Some(&so), &["as"], Sign::Set, "a founder");
        assert!(story.find("founder") < story.find("typing"), "{story}");
        assert_eq!(changed(Field::Story, Some(&so), &["so"], Sign::Set, ""), "cleared");
    }

    #[test]
    fn a_list_takes_each_entry_once_and_gives_only_what_it_has() {
        let old = Value::List(vec![Value::text("a")]);
        let two = format!("{:?}", Value::List(vec![Value::text("a"), Value::text("b")]));
        assert_eq!(changed(Field::Tags, Some(&old), &[], Sign::Add, "a, b"), two);
        assert_eq!(changed(Field::Tags, Some(&old), &[], Sign::Take, "a"), "cleared");
        assert_eq!(changed(Field::Tags, Some(&old), &[], Sign::Take, "c"), "that is not in it");
    }

    #[test]
    fn criteria_are_added_by_their_text_and_met_by_their_number() {
        let one = Value::Map(vec![("text".into(), Value::text("10,000 rows"))]);
        let old = Value::List(vec![one]);
        let met = changed(Field::Acceptance, Some(&old), &["1", "met"], Sign::Set, "yes");
        assert!(met.contains("10,000 rows") && met.contains("Flag(true)"), "{met}");
        assert!(
            changed(Field::Acceptance, Some(&old), &["2", "met"], Sign::Set, "yes")
                .contains("from 1 to 1")
        );
        assert!(changed(Field::Acceptance, None, &["1", "met"], Sign::Set, "yes").contains("+="));
    }
}
