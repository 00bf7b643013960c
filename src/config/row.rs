//! The settings: one row each.

use super::{Settings, not_known};
use crate::app::preferences::DateFormat;
use crate::view::LOOKS;

/// A value as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Word(String),
    /// True or false.
    Flag(bool),
    /// Something that no setting takes.
    Odd,
}

impl Value {
    /// The value of a variable.
    pub fn of_text(text: &str) -> Self {
        match text {
            "1" | "true" | "yes" | "on" => Self::Flag(true),
            "0" | "false" | "no" | "off" => Self::Flag(false),
            _ => Self::Word(text.to_owned()),
        }
    }
}

/// A setting.
#[derive(Debug)]
pub struct Row {
    /// Its key in the files.
    pub key: &'static str,
    /// The variable that says it too.
    pub variable: Option<&'static str>,
    /// Whether only the person's own file may say it.
    pub own: bool,
    /// Takes a value, or says what is wrong with it and what would be right.
    pub take: fn(&mut Settings, &Value) -> Result<(), String>,
    /// The value that holds.
    pub held: fn(&Settings) -> Value,
}

impl Row {
    /// The value that holds, as it would stand in a file.
    pub fn show(&self, settings: &Settings) -> String {
        match (self.held)(settings) {
            Value::Word(word) => toml::Value::String(word).to_string(),
            Value::Flag(is) => is.to_string(),
            Value::Odd => String::new(),
        }
    }
}

/// Every setting, in the order of help.
pub static ROWS: [Row; 5] = [
    Row {
        key: "theme",
        variable: Some("TWOHATS_THEME"),
        own: false,
        take: |settings, value| {
            let word = word("theme", value)?;
            let names = LOOKS.iter().map(|look| look.name);
            settings.theme = LOOKS
                .iter()
                .find(|look| look.name == word)
                .ok_or_else(|| not_known("theme", names, word))?;
            Ok(())
        },
        held: |settings| Value::Word(settings.theme.name.to_owned()),
    },
    Row {
        key: "ascii",
        variable: Some("TWOHATS_ASCII"),
        own: false,
        take: |settings, value| flag("ascii", value).map(|is| settings.ascii = is),
        held: |settings| Value::Flag(settings.ascii),
    },
    Row {
        key: "mouse",
        variable: Some("TWOHATS_MOUSE"),
        own: false,
        take: |settings, value| flag("mouse", value).map(|is| settings.mouse = is),
        held: |settings| Value::Flag(settings.mouse),
    },
    Row {
        key: "editor",
        variable: None,
        own: true,
        take: |settings, value| {
            let line = word("editor", value)?;
            settings.editor = Some(line.to_owned()).filter(|line| !line.trim().is_empty());
            Ok(())
        },
        held: |settings| Value::Word(settings.editor.clone().unwrap_or_default()),
    },
    Row {
        key: "date_format",
        variable: None,
        own: false,
        take: |settings, value| {
            settings.dates = DateFormat::parse(word("date_format", value)?)?;
            Ok(())
        },
        held: |settings| Value::Word(settings.dates.as_str().to_owned()),
    },
];

fn word<'a>(key: &str, value: &'a Value) -> Result<&'a str, String> {
    if let Value::Word(word) = value {
        Ok(word)
    } else {
        Err(format!("`{key}` is a text: \"…\""))
    }
}

fn flag(key: &str, value: &Value) -> Result<bool, String> {
    if let Value::Flag(is) = value { Ok(*is) } else { Err(format!("`{key}` is true or false")) }
}

/// What is said of a key that is no setting.
pub(super) fn unknown(key: &str) -> String {
    not_known("setting", ROWS.iter().map(|row| row.key).chain(["keys"]), key)
}
