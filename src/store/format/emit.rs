//! New JSON in the layout of the file: no spaces, on one line.

use super::record::Key;
use crate::workspace::{Record, Value};
use serde::Serialize;

/// Whole numbers up to this have no fraction that could be lost.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A text with its quotes.
pub(in crate::store) fn text(text: &str) -> String {
    spelled(text)
}

/// A list of texts, of which there may be many.
pub(in crate::store) fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    spelled(&texts.collect::<Vec<_>>())
}

fn spelled(text: &(impl Serialize + ?Sized)) -> String {
    // Only what is not text can fail to become text.
    serde_json::to_string(text).unwrap_or_default()
}

/// A value.
pub(in crate::store) fn value(value: &Value) -> String {
    match value {
        Value::Text(words) => text(words),
        Value::Number(value) => number(*value),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(day) => format!("\"{day}\""),
        Value::Link(id) => text(id.as_str()),
        Value::List(values) => list(values.iter().map(self::value)),
        Value::Map(entries) => {
            object(entries.iter().map(|(name, inner)| member(&text(name), &self::value(inner))))
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole, and small enough")]
fn number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() <= WHOLE {
        (number as i64).to_string()
    } else {
        serde_json::Value::from(number).to_string()
    }
}

/// A whole record, its fields in their order.
pub(in crate::store) fn record(record: &Record) -> String {
    let id = member("\"id\"", &text(record.id().as_str()));
    object([id].into_iter().chain(fields(record)))
}

/// A record that is named by where it stands.
pub(super) fn single(record: &Record) -> String {
    object(fields(record))
}

fn fields(record: &Record) -> impl Iterator<Item = String> {
    record.fields().map(|(field, value)| field_member(Key::Field(field), &self::value(value)))
}

/// A key of a record with its value.
pub(super) fn field_member(key: Key, value: &str) -> String {
    let word = match key {
        Key::Id => "id",
        Key::Field(field) => field.key(),
    };
    member(&text(word), value)
}

/// A key with its value.
pub(in crate::store) fn member(spelled: &str, value: &str) -> String {
    format!("{spelled}:{value}")
}

/// An object of these members.
pub(in crate::store) fn object(members: impl Iterator<Item = String>) -> String {
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// An object of these keys and their values.
pub(in crate::store) fn members(members: &[(&str, String)]) -> String {
    object(members.iter().map(|(key, value)| member(&text(key), value)))
}

/// A list of these elements.
pub(in crate::store) fn list(elements: impl Iterator<Item = String>) -> String {
    format!("[{}]", elements.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Id};

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let written = [3.0, -0.0, 0.1, 1e21, -2.5, 9_007_199_254_740_992.0].map(number);
        assert_eq!(written, ["3", "0", "0.1", "1e+21", "-2.5", "9007199254740992"]);
    }

    #[test]
    fn a_new_record_has_its_fields_in_their_order() {
        let item = Record::new(Id::new("a"))
            .with(Field::Points, Value::Number(3.0))
            .with(Field::Title, Value::text("say \"hi\"\n"))
            .with(Field::Kind, Value::text("bug"));
        assert_eq!(record(&item), r#"{"id":"a","kind":"bug","title":"say \"hi\"\n","points":3}"#);
    }
}
