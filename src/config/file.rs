//! A configuration file: what it says, where, and what of it can't be read.

use super::keys::{self, Rebinding};
use super::{Problem, Said, Source, Value};
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Whose file it is, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The person's own, for all they do.
    User,
    /// That of the project, beside the workspace or above it.
    Project,
}

impl Layer {
    /// The word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Project => "project",
        }
    }
}

/// A file as it was read.
#[derive(Debug, Clone)]
pub struct File {
    /// Whose it is.
    pub layer: Layer,
    /// Its path, as shown.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Whose file it is.
    pub layer: Layer,
    /// Its path.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// Characters, from 1.
    pub column: usize,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub said: Vec<Said>,
    pub rebindings: Vec<Rebinding>,
    pub problems: Vec<Problem>,
}

impl File {
    /// What it says. Of a file that is broken, what can be read around the breaks.
    pub(super) fn read(&self) -> Found {
        let mut found = Found::default();
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in errors {
            let source = self.source(&error.span().unwrap_or_default());
            found
                .problems
                .push(Problem { source, words: format!("this is no TOML: {}", error.message()) });
        }
        // Beside a break things are seen that nobody wrote; the break says enough.
        let broken: Vec<usize> =
            found.problems.iter().filter_map(|one| line(&one.source)).collect();
        for (key, value) in table.get_ref() {
            let name: &str = key.get_ref();
            let source = self.source(&value.span());
            match (name, value.get_ref()) {
                _ if line(&source).is_some_and(|line| broken.contains(&line)) => {}
                ("keys", DeValue::Table(scopes)) => keys::read(self, scopes, &mut found),
                ("keys", _) => found.problems.push(Problem {
                    source,
                    words: "`keys` is a table for each scope: [keys.lists]".into(),
                }),
                (_, value) => {
                    let known = super::ROWS.iter().any(|row| row.key == name);
                    let source = if known { source } else { self.source(&key.span()) };
                    found.said.push(Said { key: name.to_owned(), value: plain(value), source });
                }
            }
        }
        found
    }

    /// The place of a span of bytes.
    pub(super) fn source(&self, span: &Range<usize>) -> Source {
        let before = self.text.get(..span.start).unwrap_or(&self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Source::File(At { layer: self.layer, path: self.path.clone(), line, column })
    }
}

fn line(source: &Source) -> Option<usize> {
    if let Source::File(at) = source { Some(at.line) } else { None }
}

fn plain(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::Word(text.to_string()),
        DeValue::Boolean(is) => Value::Flag(*is),
        _ => Value::Odd,
    }
}

/// The texts of a value that is one or a list of them, each with its place; else the place of what
/// is none.
pub(super) fn texts<'a>(
    value: &'a Spanned<DeValue>,
) -> Result<Vec<(&'a str, Range<usize>)>, Range<usize>> {
    let text = |value: &'a Spanned<DeValue>| match value.get_ref() {
        DeValue::String(text) => Ok((&**text, value.span())),
        _ => Err(value.span()),
    };
    match value.get_ref() {
        DeValue::Array(values) => values.iter().map(text).collect(),
        _ => text(value).map(|one| vec![one]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Config, Outside};
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::with_cases(512)
        })]

        #[test]
        fn nothing_that_a_file_may_hold_stops_the_program(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            words in "(theme|keys|lists|add|mouse|[\\[\\]={}.,\"'\n#]|true|é| ){0,40}",
        ) {
            for text in [String::from_utf8_lossy(&bytes).into_owned(), words] {
                let file = File { layer: Layer::Project, path: "x".into(), text };
                let config = Config::of(&Outside { files: vec![file], ..Outside::default() });
                prop_assert!(config.keymap().clash().is_none());
            }
        }
    }
}
