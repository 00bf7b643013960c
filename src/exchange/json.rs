//! Values as JSON and back, spelled as the workspace file spells them, and files that are JSON.

use super::decode::text_from;
use super::haul::Unreadable;
use crate::workspace::{Field, Record, Value};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use std::io::Read;

/// A number as JSON, whole where it is: 675 and not 675.0.
pub fn number(number: f64) -> Json {
    if number.fract() != 0.0 {
        return number.into();
    }
    // A finite number as Rust spells it is JSON.
    serde_json::from_str(&number.to_string()).unwrap_or_default()
}

/// A value as the file has it.
pub fn of(value: &Value) -> Json {
    match value {
        Value::Text(text) => (**text).into(),
        Value::Number(value) => number(*value),
        Value::Flag(flag) => (*flag).into(),
        Value::Date(date) => date.to_string().into(),
        Value::Link(id) => id.as_str().into(),
        Value::List(values) => values.iter().map(of).collect(),
        Value::Map(entries) => {
            entries.iter().map(|(name, value)| (name.to_string(), of(value))).collect()
        }
    }
}

/// The fields of a record as the file has them, its id first.
pub fn record(record: &Record) -> Map<String, Json> {
    let id = std::iter::once(("id".to_owned(), record.id().as_str().into()));
    id.chain(record.fields().map(|(field, value)| (field.key().to_owned(), of(value)))).collect()
}

/// A plain value: days and links are texts, null is nothing.
pub fn read(json: &Json) -> Option<Value> {
    match json {
        Json::Null => None,
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        Json::Number(number) => number.as_f64().map(Value::Number),
        Json::String(text) => Some(Value::text(text)),
        Json::Array(values) => Some(Value::List(values.iter().filter_map(read).collect())),
        Json::Object(entries) => Some(Value::Map(
            entries
                .iter()
                .filter_map(|(name, value)| Some((name.as_str().into(), read(value)?)))
                .collect(),
        )),
    }
}

/// What a field would hold that says this.
///
/// # Errors
/// It does not hold such a thing.
pub fn field(field: Field, json: &Json) -> Result<Option<Value>, String> {
    let Some(plain) = read(json) else { return Ok(None) };
    let typed = crate::workspace::typed(field.row().shape, &plain);
    typed.map(Some).ok_or_else(|| format!("{} does not hold {json}", field.row().label))
}

/// What a field would hold that says this in JSON; `None` where it is no JSON, says nothing, or the
/// field does not hold such a thing.
pub fn spelled(field: Field, text: &str) -> Option<Value> {
    let json = serde_json::from_str(text).ok()?;
    self::field(field, &json).ok().flatten()
}

/// A whole file of JSON.
pub fn file<T: DeserializeOwned>(bytes: &mut dyn Read, what: &str) -> Result<T, Unreadable> {
    serde_json::from_str(&text_from(bytes)?)
        .map_err(|error| Unreadable(format!("this is not {what}: {error}")))
}

/// The names of what a JSON object says, of those that are asked for.
pub fn said(
    object: &Map<String, Json>,
    asked: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &str> {
    let says = |value: &Json| match value {
        Json::Null | Json::Bool(false) => false,
        Json::Number(number) => number.as_f64() != Some(0.0),
        Json::String(text) => !text.is_empty(),
        Json::Array(list) => !list.is_empty(),
        Json::Object(parts) => !parts.is_empty(),
        Json::Bool(true) => true,
    };
    let asked = object.iter().filter(move |(name, value)| asked(name) && says(value));
    asked.map(|(name, _)| name.as_str())
}
