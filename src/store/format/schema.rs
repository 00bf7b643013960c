//! The file as a JSON Schema, for editors and scripts. It says what is understood; what is not is
//! kept all the same.

use super::VERSION;
use super::skeleton::{Key, LANES, TOP};
use crate::workspace::{Field, Part, Section, Shape};
use serde_json::{Map, Value, json};

/// The edition of JSON Schema that is spoken.
pub const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Every kind of record, and the name of its schema.
const SECTIONS: [(Section, &str); 9] = [
    (Section::Item, "item"),
    (Section::Objective, "objective"),
    (Section::Persona, "persona"),
    (Section::Release, "release"),
    (Section::Sprint, "sprint"),
    (Section::Decision, "decision"),
    (Section::CheckIn, "check_in"),
    (Section::Product, "product"),
    (Section::Settings, "settings"),
];

/// The schema of a workspace file.
pub fn schema() -> Value {
    json!({
        "$schema": DIALECT,
        "title": "A workspace of twohats",
        "type": "object",
        "required": [Key::Version.word()],
        "properties": keys(TOP),
        "$defs": records(),
    })
}

/// The schemas of the records, each under the name of its kind.
pub fn records() -> Map<String, Value> {
    SECTIONS.iter().map(|(section, name)| ((*name).to_owned(), record(*section))).collect()
}

fn keys(keys: &[Key]) -> Map<String, Value> {
    keys.iter().map(|key| (key.word().to_owned(), key_schema(*key))).collect()
}

fn key_schema(key: Key) -> Value {
    match key {
        Key::Version => json!({ "type": "integer", "minimum": VERSION }),
        Key::Product => reference(Section::Product),
        Key::Settings => reference(Section::Settings),
        Key::List(place) => json!({ "type": "array", "items": reference(place.section()) }),
        Key::Roadmap => json!({ "type": "object", "properties": keys(LANES) }),
    }
}

fn reference(section: Section) -> Value {
    let name = SECTIONS.iter().find(|(other, _)| *other == section).map_or("", |(_, name)| name);
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn record(section: Section) -> Value {
    let fields = Field::of(section).map(|row| {
        let mut field = shape(row.shape);
        field["title"] = row.label.into();
        field["description"] = row.meaning.into();
        (row.key.to_owned(), field)
    });
    if matches!(section, Section::Product | Section::Settings) {
        let fields: Map<_, _> = fields.collect();
        return json!({ "type": "object", "properties": fields });
    }
    let id = ("id".to_owned(), json!({ "type": "string", "minLength": 1 }));
    let fields: Map<_, _> = [id].into_iter().chain(fields).collect();
    json!({ "type": "object", "required": ["id"], "properties": fields })
}

/// What a field of this shape may hold.
fn shape(shape: Shape) -> Value {
    let list = |of: Value| json!({ "type": "array", "items": of });
    match shape {
        Shape::Text | Shape::Long | Shape::Link(_) => json!({ "type": "string" }),
        Shape::Number { min, .. } if min <= f64::MIN => json!({ "type": "number" }),
        Shape::Number { min, open: true } => json!({ "type": "number", "exclusiveMinimum": min }),
        Shape::Number { min, open: false } => json!({ "type": "number", "minimum": min }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Word(words) => json!({ "type": "string", "examples": words }),
        Shape::Links(_) | Shape::Lines | Shape::Words => list(json!({ "type": "string" })),
        Shape::Group(parts) => group(parts),
        Shape::Groups(parts) => list(group(parts)),
        Shape::Map(of) => json!({ "type": "object", "additionalProperties": self::shape(*of) }),
        Shape::Rating => json!({ "anyOf": [
            { "type": "number" },
            { "type": "string" },
            { "type": "array", "items": { "type": "number" }, "minItems": 2, "maxItems": 2 },
        ] }),
        Shape::Readings => list(json!({
            "type": "array",
            "prefixItems": [{ "type": "string", "format": "date" }, { "type": "number" }],
            "minItems": 2,
            "maxItems": 2,
        })),
        Shape::Any => json!({}),
    }
}

fn group(parts: &[Part]) -> Value {
    let parts = parts.iter().map(|part| (part.key.to_owned(), shape(part.shape)));
    json!({ "type": "object", "properties": parts.collect::<Map<_, _>>() })
}
