//! What the person has set: in files, in the environment, on the command line; and what of it is
//! wrong. What is wrong does not count, and never stops the program. The files are read elsewhere.

mod file;
mod keys;
mod row;

pub use file::{At, File, Layer};
pub use keys::Rebinding;
pub use row::{ROWS, Row, Value};

use crate::app::keymap::Keymap;
use crate::app::preferences::{DateFormat, Preferences};
use crate::app::word::nearest;
use crate::view::{LOOKS, Look, Theme};
use crate::workspace::sorted;
use std::fmt;

/// Where a value comes from, the weakest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Nobody said anything.
    Default,
    /// What the terminal can do.
    Terminal,
    /// A file.
    File(At),
    /// This variable.
    Environment(&'static str),
    /// This option of the command.
    Flag(&'static str),
}

impl Source {
    /// The kind of place in a word.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Terminal => "terminal",
            Self::File(at) => at.layer.key(),
            Self::Environment(_) => "environment",
            Self::Flag(_) => "flag",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Terminal => f.write_str("this terminal"),
            Self::File(at) => at.fmt(f),
            Self::Environment(name) => write!(f, "${name}"),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// Something that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it was said.
    pub source: Source,
    /// What is wrong, and what would be right.
    pub words: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.words)
    }
}

/// A value for the setting of a [`Row`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The key of the row.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Who says so.
    pub source: Source,
}

/// All that says something of the settings.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// The terminal shows no more than ASCII.
    pub plain_terminal: bool,
    /// The files that are there, in any order.
    pub files: Vec<File>,
    /// The variables of [`ROWS`] that are set.
    pub environment: Vec<(&'static str, String)>,
    /// The options that were given: the key of a row, the option, the value.
    pub flags: Vec<(&'static str, &'static str, Value)>,
}

/// What holds.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How it looks.
    pub theme: &'static Look,
    /// Whether symbols and borders are ASCII only.
    pub ascii: bool,
    /// Whether the mouse does something.
    pub mouse: bool,
    /// The person's editor, where they name one here.
    pub editor: Option<String>,
    /// How a day is written.
    pub dates: DateFormat,
}

impl Default for Settings {
    fn default() -> Self {
        let dates = DateFormat::default();
        Self { theme: &LOOKS[0], ascii: false, mouse: true, editor: None, dates }
    }
}

/// What holds, why, and what does not count.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// What holds.
    pub settings: Settings,
    /// Where each setting comes from, in the order of [`ROWS`]; those that are missing here are
    /// defaults.
    pub sources: Vec<(&'static str, Source)>,
    /// The actions with other keys.
    pub rebindings: Vec<Rebinding>,
    /// What does not count.
    pub problems: Vec<Problem>,
}

impl Config {
    /// Weighs all that is said: an option of the command counts most, then the environment, the
    /// project's file, the person's own, the terminal.
    pub fn of(outside: &Outside) -> Self {
        let mut config = Self::default();
        let mut said = outside.said();
        for file in &outside.files {
            let found = file.read();
            said.extend(found.said);
            config.rebindings.extend(found.rebindings);
            config.problems.extend(found.problems);
        }
        sorted::by(&mut said, |one, other| one.source.cmp(&other.source));
        for said in said {
            config.take(said);
        }
        let (rebindings, clashes) = keys::settle(std::mem::take(&mut config.rebindings));
        config.rebindings = rebindings;
        config.problems.extend(clashes);
        sorted::by(&mut config.problems, |one, other| one.source.cmp(&other.source));
        config
    }

    fn take(&mut self, Said { key, value, source }: Said) {
        let taken = match ROWS.iter().find(|row| row.key == key) {
            None => Err(row::unknown(&key)),
            Some(row) if row.own && source.key() == Layer::Project.key() => Err(format!(
                "`{key}` counts only in your own configuration: a project could run anything"
            )),
            Some(row) => (row.take)(&mut self.settings, &value).map(|()| row.key),
        };
        match taken {
            Ok(key) => {
                self.sources.retain(|(other, _)| *other != key);
                self.sources.push((key, source));
            }
            Err(words) => self.problems.push(Problem { source, words }),
        }
    }

    /// Where the value of a row comes from.
    pub fn source(&self, row: &Row) -> &Source {
        let source = self.sources.iter().find(|(key, _)| *key == row.key);
        source.map_or(&Source::Default, |(_, source)| source)
    }

    /// The keys in force.
    pub fn keymap(&self) -> Keymap {
        keys::keymap(&self.rebindings)
    }

    /// What the app is to know.
    pub fn preferences(&self) -> Preferences {
        let problems = self.problems.iter().map(Problem::to_string).collect();
        Preferences { keymap: self.keymap(), dates: self.settings.dates.clone(), problems }
    }

    /// How it looks; without `colours` there are none, whatever the theme.
    pub fn theme(&self, colours: bool) -> Theme {
        let theme = if colours { self.settings.theme.theme() } else { Theme::mono() };
        theme.plain(self.settings.ascii)
    }
}

impl Outside {
    /// What is said of single settings outside the files.
    fn said(&self) -> Vec<Said> {
        let say = |key: &str, value, source| Said { key: key.to_owned(), value, source };
        let plain = self.plain_terminal.then(|| say("ascii", Value::Flag(true), Source::Terminal));
        let variables = self.environment.iter().filter_map(|(variable, text)| {
            let row = ROWS.iter().find(|row| row.variable == Some(*variable))?;
            Some(say(row.key, Value::of_text(text), Source::Environment(variable)))
        });
        let flags = self.flags.iter();
        let flags = flags.map(|(key, flag, value)| say(key, value.clone(), Source::Flag(flag)));
        plain.into_iter().chain(variables).chain(flags).collect()
    }
}

/// As many as can be named in a sentence.
const FEW: usize = 12;

/// “word” is not known; the nearest one is, or all of them are, named.
fn not_known<'a>(what: &str, known: impl Iterator<Item = &'a str> + Clone, word: &str) -> String {
    let would_be = match nearest(word, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.clone().count() > FEW => "`twohats keys` lists all".to_owned(),
        None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
    };
    format!("{what} “{word}” is not known; {would_be}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(layer: Layer, text: &str) -> File {
        File { layer, path: layer.key().to_owned(), text: text.to_owned() }
    }

    #[test]
    fn who_is_nearest_to_the_command_counts_most() {
        let all = Outside {
            plain_terminal: true,
            files: vec![
                file(Layer::Project, "theme = \"light\""),
                file(Layer::User, "theme = \"dark\"\nascii = false"),
            ],
            environment: vec![("TWOHATS_THEME", "mono".into())],
            flags: vec![("theme", "--theme", Value::Word("colour-blind".into()))],
        };
        let theme = |outside: &Outside| {
            let config = Config::of(outside);
            assert!(config.problems.is_empty(), "{:?}", config.problems);
            config.settings.theme.name
        };
        assert!(!Config::of(&all).settings.ascii, "the person knows better than the terminal");
        assert_eq!(theme(&all), "colour-blind");
        let mut fewer = Outside { flags: Vec::new(), ..all };
        assert_eq!(theme(&fewer), "mono");
        fewer.environment.clear();
        assert_eq!(theme(&fewer), "light");
        fewer.files.remove(0);
        assert_eq!(theme(&fewer), "dark");
        fewer.files.clear();
        assert_eq!(theme(&fewer), "terminal");
        assert!(Config::of(&fewer).settings.ascii);
    }

    fn problems(text: &str) -> Vec<String> {
        let outside = Outside { files: vec![file(Layer::User, text)], ..Outside::default() };
        Config::of(&outside).problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_would_be_right() {
        for (text, words) in [
            ("teme = \"dark\"", "user:1:1: setting “teme” is not known; did you mean `theme`?"),
            ("\ntheme = \"drak\"", "user:2:9: theme “drak” is not known; did you mean `dark`?"),
            ("mouse = \"no\"", "user:1:9: `mouse` is true or false"),
            ("date_format = \"%Q\"", "user:1:15: “%Q” is no way to write a day"),
            (
                "[keys.list]\nadd = \"a\"",
                "user:1:7: scope “list” is not known; did you mean `lists`?",
            ),
            (
                "[keys.lists]\naad = \"a\"",
                "user:2:1: action “aad” is not known; did you mean `add`?",
            ),
            ("[keys.lists]\nquit = \"Q\"", "user:2:1: `quit` belongs to [keys.anywhere]"),
            ("[keys.lists]\nadd = \"ctlr-a\"", "user:2:7: “ctlr-a” is no key"),
            ("[keys.lists]\nadd = 7", "user:2:7: a key is written \"a\""),
            ("[keys.lists]\nadd = \"5\"", "user:2:7: “5” is a count here"),
            ("[keys.text]\ntext-accept = \"y\"", "user:2:15: “y” is typed here"),
            ("[keys.text]\ntext-accept = []", "user:2:15: `text-accept` can't be without a key"),
            ("[keys.lists]\nadd = \"x\"", "user:2:7: x is `delete` already"),
            ("keys = 3", "user:1:8: `keys` is a table"),
            ("theme =", "user:1:"),
        ] {
            let problems = problems(text);
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert!(problems[0].starts_with(words), "{text}: {problems:?}");
        }
    }

    #[test]
    fn a_key_that_means_two_things_names_both_lines() {
        let text = "[keys.lists]\nadd = \"Q\"\n\n[keys.anywhere]\nquit = [\"q\", \"Q\"]\n";
        let words = "user:5:14: Q is `add` already, user:2:7; give one of the two another key";
        assert_eq!(problems(text), [words]);
        let text = "[keys.lists]\nadd = \"Q\"\nlast = \"Qa\"\n";
        assert!(
            problems(text)[0]
                .starts_with("user:3:8: Qa begins with Q, which is `add` already, user:2:7")
        );
        // Changing places is no clash.
        assert!(problems("[keys.lists]\nadd = \"G\"\nlast = \"a\"\n").is_empty());
    }

    #[test]
    fn what_is_wrong_leaves_the_rest_as_it_was_said() {
        let text = "theme = \"dark\"\nascii = maybe\nmouse = false\n[keys.lists]\nadd = \"Q\"\n";
        let outside = Outside { files: vec![file(Layer::User, text)], ..Outside::default() };
        let config = Config::of(&outside);
        assert_eq!(config.settings.theme.name, "dark");
        assert!(!config.settings.mouse);
        assert_eq!(config.rebindings.len(), 1);
        assert_eq!(config.problems.len(), 1, "{:?}", config.problems);
    }

    #[test]
    fn a_project_names_no_program_to_run() {
        let text = "editor = \"rm -rf\"";
        let of = |layer| {
            let outside = Outside { files: vec![file(layer, text)], ..Outside::default() };
            Config::of(&outside).settings.editor
        };
        assert_eq!(of(Layer::Project), None);
        assert_eq!(of(Layer::User).as_deref(), Some("rm -rf"));
    }
}
