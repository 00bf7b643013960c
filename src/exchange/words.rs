//! What this program says of an item for itself in a line of another tool: `key:value` words.

use super::entry::Entry;
use super::json;
use super::origin::Origin;
use crate::workspace::{Field, Place, Record, Section, Shape, Value};
use std::fmt::Write as _;

/// The word that begins what this program wrote for itself.
pub const OWN: &str = "twohats:";

/// A text without blanks and whatever else could end a word or a comment.
pub fn encoded(text: &str) -> String {
    let mut word = String::with_capacity(text.len());
    for c in text.chars() {
        let dash = c == '-' && word.ends_with('-');
        if dash || matches!(c, '%' | ',' | '>' | '"') || c.is_whitespace() || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(word, "%{byte:02X}");
            }
        } else {
            word.push(c);
        }
    }
    word
}

/// The text that was encoded.
pub fn decoded(word: &str) -> String {
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        rest = if let Some(byte) = byte {
            bytes.push(byte);
            &after[2..]
        } else {
            bytes.push(b'%');
            after
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What this program says of an item for itself: which it is, where it stands, and some fields.
pub fn written(place: Place, item: &Record, fields: &[Field]) -> String {
    let mut words = vec![
        format!("{OWN}{}", encoded(&Origin::written(place, item))),
        format!("place:{}", place.key()),
    ];
    for field in fields {
        let Some(value) = item.get(*field) else { continue };
        let value = match value {
            Value::List(values) if matches!(field.row().shape, Shape::Links(_) | Shape::Words) => {
                let texts = values.iter().map(|value| encoded(&text(value)));
                texts.collect::<Vec<_>>().join(",")
            }
            value => encoded(&text(value)),
        };
        words.push(format!("{}:{value}", field.key()));
    }
    words.join(" ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Link(id) => id.to_string(),
        Value::Date(day) => day.to_string(),
        value => json::of(value).to_string(),
    }
}

/// Reads what [`written`] wrote of these fields; those that are not there are empty.
pub fn read(entry: &mut Entry, words: &str, fields: &[Field]) {
    for field in fields {
        match field.row().shape {
            Shape::Link(_) | Shape::Links(_) => entry.link(*field, ""),
            _ => entry.say_first(*field, None),
        }
    }
    for (name, value) in words.split(' ').filter_map(|word| word.split_once(':')) {
        match name {
            "twohats" => entry.own = Origin::read(&decoded(value)),
            "place" => {
                entry.stand(Place::of_items(value));
            }
            name => {
                if let Some(field) = Field::named(Section::Item, name) {
                    put(entry, field, value);
                }
            }
        }
    }
}

fn put(entry: &mut Entry, field: Field, word: &str) {
    let shape = field.row().shape;
    let value = match shape {
        Shape::Link(_) | Shape::Links(_) => {
            word.split(',').for_each(|id| entry.link(field, &decoded(id)));
            return;
        }
        Shape::Words => {
            Some(Value::List(word.split(',').map(|word| Value::text(decoded(word))).collect()))
        }
        Shape::Date => decoded(word).parse().ok().map(Value::Date),
        Shape::Text | Shape::Long | Shape::Word(_) | Shape::Choice(_) => {
            Some(Value::text(decoded(word)))
        }
        _ => json::spelled(field, &decoded(word)),
    };
    // A word that somebody changed to what the field does not hold says nothing.
    if let Some(value) = value.filter(|value| shape.accepts(value)) {
        entry.say(field, Some(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn any_text_is_a_word_and_comes_back(text in r"[-%,> :\n]{0,8}|.*") {
            let word = encoded(&text);
            prop_assert!(!word.contains(char::is_whitespace) && !word.contains("--"));
            prop_assert_eq!(decoded(&word), text);
        }
    }
}
