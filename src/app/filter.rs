//! Which items are shown: fuzzy words, and words with a field.

use crate::scoring::Framework;
use crate::workspace::{Date, Field, Place, Record, Status, Workspace};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A filter as typed, and what it asks for. The empty filter shows everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    text: String,
    terms: Vec<Term>,
    words: String,
    phrases: Vec<String>,
    place: Option<Place>,
    unknown: Option<String>,
}

#[derive(Debug, Clone)]
struct Term {
    row: &'static Key,
    value: Wanted,
}

/// What a term asks for, in small letters: the beginning of something, or all of it where that
/// stands in quotes.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    text: String,
    whole: bool,
}

impl Wanted {
    /// Whether it is the beginning of `text`, or all of it.
    fn begins(&self, text: &str) -> bool {
        if self.whole { text == self.text } else { text.starts_with(&self.text) }
    }

    /// Whether it is the beginning of a word of `title`, or whole words of it.
    fn is_in(&self, title: &str) -> bool {
        title.match_indices(&self.text).any(|(at, found)| {
            let (before, after) = (&title[..at], &title[at + found.len()..]);
            let is_edge = |rest: Option<char>| rest.is_none_or(char::is_whitespace);
            is_edge(before.chars().next_back()) && (!self.whole || is_edge(after.chars().next()))
        })
    }
}

/// A word with a field: `kind:bug`. The row owns how it is matched.
#[derive(Debug)]
struct Key {
    prefix: &'static str,
    example: &'static str,
    matches: fn(&Seen, &Wanted) -> bool,
}

/// What a term looks at.
struct Seen<'a> {
    workspace: &'a Workspace,
    record: &'a Record,
    place: Place,
    today: Date,
}

static KEYS: &[Key] = &[
    Key {
        prefix: "#",
        example: "#tag",
        matches: |seen, value| {
            seen.record.texts(Field::Tags).any(|tag| value.begins(&tag.to_lowercase()))
        },
    },
    Key {
        prefix: "kind:",
        example: "kind:bug",
        matches: |seen, value| value.begins(&seen.record.text(Field::Kind).to_lowercase()),
    },
    Key {
        prefix: "status:",
        example: "status:doing",
        matches: |seen, value| value.begins(seen.record.status().key()),
    },
    Key { prefix: "parent:", example: "parent:k7", matches: |s, v| linked(s, Field::Parent, v) },
    Key {
        prefix: "objective:",
        example: "objective:o4",
        matches: |s, v| linked(s, Field::Objective, v),
    },
    Key { prefix: "persona:", example: "persona:p7", matches: |s, v| linked(s, Field::Persona, v) },
    Key {
        prefix: "release:",
        example: "release:2.0",
        matches: |s, v| linked(s, Field::Release, v),
    },
    Key { prefix: "sprint:", example: "sprint:14", matches: |s, v| linked(s, Field::Sprint, v) },
    Key {
        prefix: "id:",
        example: "id:k7",
        matches: |seen, value| value.begins(seen.record.id().as_str()),
    },
    Key {
        prefix: "is:",
        example: "is:unscored",
        matches: |seen, value| {
            STATES.iter().filter(|(word, _)| value.begins(word)).any(|(_, is)| is(seen))
        },
    },
];

type State = fn(&Seen) -> bool;

/// What follows `is:`.
const STATES: [(&str, State); 4] = [
    ("unscored", |seen| {
        let framework = Framework::of(seen.place.hat(), seen.workspace.settings());
        framework.score(seen.record).value().is_none()
    }),
    ("blocked", |seen| {
        seen.record.status() == Status::Blocked || seen.workspace.unmet(seen.record).count() > 0
    }),
    ("overdue", |seen| {
        let late = seen.record.date(Field::Due).is_some_and(|due| due < seen.today);
        late && seen.place != Place::Done
    }),
    ("unestimated", |seen| seen.record.number(Field::Points).is_none()),
];

/// Whether a link field names a record by its id or by words of its title.
fn linked(seen: &Seen, field: Field, value: &Wanted) -> bool {
    let Some(id) = seen.record.link(field) else { return false };
    let titled = |record: &std::sync::Arc<Record>| value.is_in(&record.title().to_lowercase());
    value.begins(id.as_str()) || seen.workspace.get(id).is_some_and(titled)
}

/// A word of a filter: what stands between spaces, and within quotes spaces too.
#[derive(Debug, Default)]
struct Word {
    text: String,
    /// Whether it ends with a quote. One that is still open, as while it is typed, does not count.
    quoted: bool,
}

fn split(text: &str) -> Vec<Word> {
    let mut words = vec![Word::default()];
    let mut open = false;
    for c in text.chars() {
        let Some(word) = words.last_mut() else { break };
        match c {
            '"' => {
                open = !open;
                word.quoted = !open;
            }
            c if c.is_whitespace() && !open => words.push(Word::default()),
            c => {
                word.text.push(c);
                word.quoted = false;
            }
        }
    }
    words.retain(|word| !word.text.is_empty());
    words
}

impl Filter {
    /// The filter that `text` spells. Any text is a filter: what is not a known field is a word
    /// to be found in the title, its letters in order but not necessarily side by side, unless it
    /// stands in quotes.
    pub fn parse(text: &str) -> Self {
        let mut filter = Self { text: text.to_owned(), ..Self::default() };
        split(text).into_iter().for_each(|word| filter.take(word));
        filter
    }

    fn take(&mut self, Word { text, quoted }: Word) {
        let lower = text.to_lowercase();
        if let Some(row) = KEYS.iter().find(|row| lower.starts_with(row.prefix)) {
            let value = Wanted { text: lower[row.prefix.len()..].to_owned(), whole: quoted };
            if row.prefix == "is:" && !STATES.iter().any(|(is, _)| value.begins(is)) {
                self.unknown = Some(text);
            }
            self.terms.push(Term { row, value });
        } else if let Some(place) = lower.strip_prefix("in:") {
            match Place::of_items(place) {
                Some(place) => self.place = Some(place),
                None => self.unknown = Some(text),
            }
        } else if quoted {
            self.phrases.push(text);
        } else {
            self.words.push(' ');
            self.words.push_str(&text);
        }
    }

    /// What titles have to match.
    fn pattern(&self) -> Pattern {
        let (case, normal) = (CaseMatching::Smart, Normalization::Smart);
        let mut pattern = Pattern::parse(&self.words, case, normal);
        let phrase = |text: &String| Atom::new(text, case, normal, AtomKind::Substring, false);
        pattern.atoms.extend(self.phrases.iter().map(phrase));
        pattern
    }

    /// The filter as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it, if something is: a word that asks for what there is not.
    pub fn wrong(&self) -> Option<String> {
        let word = self.unknown.as_ref()?;
        let known: Vec<&str> = if word.starts_with("is:") {
            Self::states().collect()
        } else {
            Place::ITEMS.into_iter().map(Place::key).collect()
        };
        Some(format!("“{word}” is no filter; behind the colon stands one of {}", known.join(", ")))
    }

    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
            && self.words.is_empty()
            && self.phrases.is_empty()
            && self.place.is_none()
    }

    /// Whether it finds nothing that `before` does not, as when letters were added to its words.
    pub fn narrows(&self, before: &Self) -> bool {
        // Signs like `!` and `$` turn round what a word means.
        let plain = |words: &str| words.chars().all(|c| c.is_alphanumeric() || c == ' ');
        let terms = |filter: &Self| -> Vec<(&str, Wanted)> {
            filter.terms.iter().map(|term| (term.row.prefix, term.value.clone())).collect()
        };
        !before.is_empty()
            && self.place == before.place
            && terms(self) == terms(before)
            && self.phrases == before.phrases
            && self.words.starts_with(&before.words)
            && plain(&self.words)
    }

    /// The place it asks for with `in:`.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// What can be typed, for help.
    pub fn examples() -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|row| row.example).chain(["in:done", "sprint:\"Sprint 14\""])
    }

    /// The words that may follow `is:`.
    pub fn states() -> impl Iterator<Item = &'static str> {
        STATES.iter().map(|(word, _)| *word)
    }

    /// The indexes of the items of `place` that are shown, in their order.
    pub fn matching(&self, workspace: &Workspace, place: Place, today: Date) -> Vec<usize> {
        self.matching_among(0..workspace.list(place).len(), workspace, place, today)
    }

    /// Those of some indexes.
    pub fn matching_among(
        &self,
        among: impl Iterator<Item = usize>,
        workspace: &Workspace,
        place: Place,
        today: Date,
    ) -> Vec<usize> {
        let words = self.pattern();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut shown = |record: &Record| {
            let seen = Seen { workspace, record, place, today };
            let fits =
                |term: &Term| term.value.text.is_empty() || (term.row.matches)(&seen, &term.value);
            self.terms.iter().all(fits)
                && (words.atoms.is_empty()
                    || words
                        .score(Utf32Str::new(record.title(), &mut buffer), &mut matcher)
                        .is_some())
        };
        let list = workspace.list(place);
        among.filter(|index| shown(&list[*index])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Id, Value};
    use std::sync::Arc;

    fn workspace() -> Workspace {
        let item = |id: &str, kind: &str, title: &str| {
            Record::new(Id::new(id))
                .with(Field::Kind, Value::text(kind))
                .with(Field::Title, Value::text(title))
        };
        let sprint = Record::new(Id::new("s1")).with(Field::Name, Value::text("Sprint 14"));
        let mut content = Content::default();
        content.fill(Place::Sprints, vec![Arc::new(sprint)]);
        content.fill(
            Place::Backlog,
            vec![
                Arc::new(item("a", "bug", "Import drops the last row")),
                Arc::new(
                    item("b", "story", "Import a bank CSV")
                        .with(Field::Sprint, Value::link(Id::new("s1")))
                        .with(Field::Tags, Value::list([Value::text("bank")])),
                ),
                Arc::new(
                    item("c", "story", "請求書を送る")
                        .with(Field::Due, Value::Date("2026-01-01".parse().unwrap())),
                ),
            ],
        );
        Workspace::new(content)
    }

    fn shown(text: &str) -> String {
        let workspace = workspace();
        let today = "2026-11-22".parse().unwrap();
        let list = workspace.list(Place::Backlog);
        let matching = Filter::parse(text).matching(&workspace, Place::Backlog, today);
        matching.iter().map(|at| list[*at].id().as_str()).collect()
    }

    #[test]
    fn words_are_fuzzy_and_fields_are_not() {
        for (text, ids) in [
            ("", "abc"),
            ("imp", "ab"),
            ("imcsv", "b"),
            ("kind:bug", "a"),
            ("kind:story imp", "b"),
            ("#ba", "b"),
            ("sprint:14", "b"),
            ("is:overdue", "c"),
            ("is:unscored", "abc"),
            ("請求", "c"),
            ("zzz", ""),
            ("kind:", "abc"),
            ("sprint:\"Sprint 14\"", "b"),
            ("sprint:\"print 14\"", ""),
            ("sprint:\"Sprint 1\"", ""),
            ("sprint:\"Sprint 1", "b"),
            ("sprint:\"Sprint 14\" kind:bug", ""),
            ("\"bank csv\"", "b"),
            ("\"csv bank\"", ""),
            ("#\"ban\"", ""),
            ("#\"bank\" imp", "b"),
            ("kind:\"", "abc"),
            ("\"", "abc"),
        ] {
            assert_eq!(shown(text), ids, "{text}");
        }
    }

    #[test]
    fn a_letter_more_finds_no_more() {
        let is_narrower = |before, after| Filter::parse(after).narrows(&Filter::parse(before));
        for (before, after) in [("im", "imp"), ("im", "im x"), ("im", "imP"), ("#ba i", "#ba im")] {
            assert!(is_narrower(before, after), "{before} {after}");
        }
        for (before, after) in [
            ("imp", "im"),
            ("!im", "!imp"),
            ("im", "im$"),
            ("#ba", "#bank"),
            ("i", "in:done i"),
            ("", "i"),
        ] {
            assert!(!is_narrower(before, after), "{before} {after}");
        }
    }

    #[test]
    fn a_place_is_asked_for_by_its_key() {
        assert_eq!(Filter::parse("in:done").place(), Some(Place::Done));
        assert!(Filter::parse("  ").is_empty());
    }
}
