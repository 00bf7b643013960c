//! Reading a JSON value as what its field may hold.
//!
//! What does not fit counts as not set at the smallest level: an entry of a map, a part of a
//! group, an element of a list. A pair, such as an interval or a reading, is one thing.

use crate::workspace::{Date, Field, Id, Lookup, Name, Original, Part, Shape, Text, Value};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Levels of nesting that are interpreted; what is unknown may be as deep as it likes.
const DEPTH: u8 = 64;

/// Entries of a map up to which looking at each is quicker than hashing.
const FEW: usize = 16;

const NUMBER: Form = Form::Field(Shape::Number { min: f64::MIN, open: false });
const DAY: Form = Form::Field(Shape::Date);

/// What a JSON value is to be read as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    /// A value of this shape.
    Field(Shape),
    /// One element of [`Shape::Readings`].
    Reading,
}

impl Form {
    /// What the elements are, of what is a list of any length.
    pub(super) fn element(self) -> Option<Self> {
        match self {
            Self::Field(Shape::Lines | Shape::Words) => Some(Self::Field(Shape::Text)),
            Self::Field(Shape::Links(places)) => Some(Self::Field(Shape::Link(places))),
            Self::Field(Shape::Groups(parts)) => Some(Self::Field(Shape::Group(parts))),
            Self::Field(Shape::Readings) => Some(Self::Reading),
            Self::Field(Shape::Any) => Some(self),
            _ => None,
        }
    }

    /// Whether it is an object.
    pub(super) fn has_parts(self) -> bool {
        matches!(self, Self::Field(Shape::Map(_) | Shape::Group(_) | Shape::Any))
    }

    /// What the value under `key` is, of what is an object; `None` when the key is unknown.
    pub(super) fn part(self, key: &str) -> Option<Self> {
        let named = |parts: &'static [Part]| parts.iter().find(|part| part.key == key);
        match self {
            Self::Field(Shape::Map(shape)) => Some(Self::Field(*shape)),
            Self::Field(Shape::Group(parts)) => named(parts).map(|part| Self::Field(part.shape)),
            Self::Field(Shape::Any) => Some(self),
            _ => None,
        }
    }

    /// What the two are, of what may be a pair.
    fn pair(self) -> Option<[Self; 2]> {
        match self {
            Self::Field(Shape::Rating) => Some([NUMBER, NUMBER]),
            Self::Reading => Some([DAY, NUMBER]),
            Self::Field(_) => None,
        }
    }

    /// The text as this form has it, whether or not it is in range.
    fn text(self, text: &str, desk: &mut Desk) -> Option<Value> {
        match self {
            Self::Field(Shape::Date) => day(text).map(Value::Date),
            Self::Field(Shape::Link(_)) => (!text.is_empty()).then(|| Value::link(Id::new(text))),
            _ => Some(Value::Text(desk.text(text))),
        }
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Field(shape) => shape.accepts(value),
            Self::Reading => matches!(value, Value::List(_)),
        }
    }
}

/// A date as the file spells it: `2026-11-22` and nothing else.
fn day(text: &str) -> Option<Date> {
    let is_spelled = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let part = |range: Range<usize>| text.get(range).filter(|_| is_spelled);
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Bytes of the longest text of which equal ones are made one: kinds, tags, phrases.
const SHORT: usize = 32;
/// Texts that are remembered for that; in a large file most are their own.
const REMEMBERED: usize = 4_096;

/// What is shared while a file is read.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// What is read, where long texts are to be stretches of it.
    original: Option<Original>,
    /// Each name once: a large file says `reach` a hundred thousand times.
    names: HashSet<Name, foldhash::fast::RandomState>,
    /// Short texts, each once.
    texts: HashSet<Name, foldhash::fast::RandomState>,
    /// Whether something did not fit since this was last set to false.
    pub(super) doubtful: bool,
    /// The fields of the record that is being read.
    pub(super) fields: Vec<(Field, Value)>,
    /// The elements of the lists that are being read, and the entries of the maps, the inner ones
    /// behind the outer: so each takes no more room in the end than it needs.
    elements: Vec<Value>,
    entries: Vec<(Name, Option<Value>)>,
}

impl Desk {
    /// A desk at which a text is read that is kept.
    pub(super) fn quoting(text: &Arc<String>) -> Self {
        Self { original: Some(Original::of(text)), ..Self::default() }
    }

    fn text(&mut self, text: &str) -> Text {
        let is_short = text.len() <= SHORT;
        if let Some(known) = is_short.then(|| self.texts.get(text)).flatten() {
            return Name::clone(known).into();
        }
        if is_short && self.texts.len() < REMEMBERED {
            let text = Name::from(text);
            self.texts.insert(Name::clone(&text));
            return text.into();
        }
        // What is spelled with escapes does not stand in the file as it reads.
        let quoted = self.original.as_ref().and_then(|original| original.quote(text));
        quoted.unwrap_or_else(|| text.into())
    }

    fn name(&mut self, text: &str) -> Name {
        if let Some(name) = self.names.get(text) {
            return Name::clone(name);
        }
        let name = Name::from(text);
        self.names.insert(Name::clone(&name));
        name
    }
}

/// Reads one value. `None` when it is null or does not fit.
pub(super) fn value(form: Form, raw: &str) -> Option<Value> {
    let mut desk = Desk::default();
    let mut json = serde_json::Deserializer::from_str(raw);
    Seed::new(form, &mut desk).deserialize(&mut json).ok().flatten()
}

/// Whether a value that is neither null nor a list nor an object of the right sort fits.
pub(super) fn fits(form: Form, raw: &str) -> bool {
    raw == "null" || value(form, raw).is_some()
}

/// Reads a value as `form`; gives `None` for what is null or does not fit.
pub(super) struct Seed<'a> {
    form: Form,
    depth: u8,
    desk: &'a mut Desk,
}

impl<'a> Seed<'a> {
    pub(super) fn new(form: Form, desk: &'a mut Desk) -> Self {
        Self { form, depth: 1, desk }
    }

    fn inner(&mut self, form: Form) -> Seed<'_> {
        Seed { form, depth: self.depth + 1, desk: self.desk }
    }

    fn settle(self, value: Option<Value>) -> Option<Value> {
        let value = value.filter(|value| self.form.accepts(value));
        self.desk.doubtful |= value.is_none();
        value
    }

    fn check_depth<E: Error>(&self) -> Result<(), E> {
        if self.depth > DEPTH {
            return Err(E::custom(format!("this is nested deeper than {DEPTH} levels")));
        }
        Ok(())
    }

    fn list<'de, A: SeqAccess<'de>>(
        mut self,
        element: Form,
        mut seq: A,
    ) -> Result<Option<Value>, A::Error> {
        let start = self.desk.elements.len();
        while let Some(value) = seq.next_element_seed(self.inner(element))? {
            self.desk.elements.extend(value);
        }
        Ok(Some(Value::list(self.desk.elements.drain(start..))))
    }

    fn pair<'de, A: SeqAccess<'de>>(
        mut self,
        forms: [Form; 2],
        mut seq: A,
    ) -> Result<Option<Value>, A::Error> {
        let [first, second] = forms;
        let first = seq.next_element_seed(self.inner(first))?.flatten();
        let second = seq.next_element_seed(self.inner(second))?.flatten();
        let mut pair = first.zip(second);
        while seq.next_element::<IgnoredAny>()?.is_some() {
            pair = None;
        }
        Ok(self.settle(pair.map(|(first, second)| Value::list([first, second]))))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(self.settle(Some(Value::Flag(flag))))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are floats; the bytes are kept")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.settle(Some(Value::Number(number as f64))))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are floats; the bytes are kept")]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.settle(Some(Value::Number(number as f64))))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(self.settle(Some(Value::Number(number))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        let value = self.form.text(text, self.desk);
        Ok(self.settle(value))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        self.check_depth()?;
        if let Some(element) = self.form.element() {
            return self.list(element, seq);
        }
        if let Some(forms) = self.form.pair() {
            return self.pair(forms, seq);
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.settle(None))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        self.check_depth()?;
        if !self.form.has_parts() {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(self.settle(None));
        }
        let mut entries = Entries::behind(self.desk);
        while let Some(name) = map.next_key_seed(NameSeed(self.desk))? {
            if let Some(part) = self.form.part(&name) {
                let value = map.next_value_seed(self.inner(part))?;
                self.desk.doubtful |= entries.put(name, value, self.desk);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Some(entries.take(self.desk)))
    }
}

struct NameSeed<'a>(&'a mut Desk);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Name, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        Ok(self.0.name(text))
    }
}

/// Named values as they come in, on the desk from `start` on; of two with one name the last counts.
struct Entries {
    start: usize,
    /// Where those are that come behind the first [`FEW`].
    index: Lookup<Name, usize>,
}

impl Entries {
    fn behind(desk: &Desk) -> Self {
        Self { start: desk.entries.len(), index: Lookup::default() }
    }

    /// Takes a value up and says whether the name was there already. The desk has each name once.
    fn put(&mut self, name: Name, value: Option<Value>, desk: &mut Desk) -> bool {
        let list = &mut desk.entries;
        let first =
            list[self.start..].iter().take(FEW).position(|(other, _)| Name::ptr_eq(other, &name));
        let known = first.map(|at| self.start + at).or_else(|| self.index.get(&name).copied());
        if let Some(at) = known {
            list[at].1 = value;
            return true;
        }
        if list.len() - self.start >= FEW {
            self.index.insert(Name::clone(&name), list.len());
        }
        list.push((name, value));
        false
    }

    fn take(self, desk: &mut Desk) -> Value {
        let all = desk.entries.drain(self.start..);
        Value::map(all.filter_map(|(name, value)| Some((name, value?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(field: Field, raw: &str) -> Option<Value> {
        value(Form::Field(field.row().shape), raw)
    }

    #[test]
    fn a_date_is_spelled_in_one_way_only() {
        assert!(of(Field::Due, r#""2026-11-22""#).is_some());
        for other in [r#""20261122""#, r#""2026-11-22T10:00""#, r#""2026-13-01""#, r#""""#, "5"] {
            assert_eq!(of(Field::Due, other), None, "{other}");
        }
    }

    #[test]
    fn only_the_entry_that_does_not_fit_is_left_out() {
        let ratings = of(Field::Ratings, r#"{"rice":{"reach":[1,2],"impact":[2,1]},"ice":7}"#);
        let ratings = ratings.unwrap();
        assert_eq!(ratings.entries().len(), 1);
        assert_eq!(ratings.get("rice").unwrap().entries().len(), 1);
        assert_eq!(of(Field::Tags, r#"["a",5,null,"b"]"#).unwrap().items().len(), 2);
    }

    #[test]
    fn the_last_of_many_equal_names_counts() {
        let many = (0..40).map(|n| format!(r#""{}":{n}"#, n % 20)).collect::<Vec<_>>().join(",");
        let value = of(Field::Actual, &format!("{{{many}}}")).unwrap();
        assert_eq!(value.entries().len(), 20);
        assert_eq!(value.get("19").and_then(Value::as_number), Some(39.0));
    }

    #[test]
    fn numbers_out_of_range_do_not_count() {
        assert_eq!(of(Field::Points, "0"), None);
        assert_eq!(of(Field::Points, "1e2"), Some(Value::Number(100.0)));
        assert_eq!(of(Field::Status, r#""done""#), None);
    }
}
