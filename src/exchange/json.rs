//! Values as JSON and back, spelled as the workspace file spells them.

use crate::workspace::{Field, Record, Value};
use serde_json::{Map, Value as Json};

/// A number as JSON, whole where it is: 675 and not 675.0.
pub fn number(number: f64) -> Json {
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
