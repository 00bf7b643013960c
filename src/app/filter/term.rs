//! The words of a filter that have a field: `kind:bug`. A row each.

use crate::insight::points::Shares;
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Id, Place, Record, Status, Workspace};
use std::cell::RefCell;

#[derive(Debug, Clone)]
pub(super) struct Term {
    pub row: &'static Key,
    pub value: Wanted,
}

/// What a term asks for, in small letters: the beginning of something, or all of it where that
/// stands in quotes or is meant as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub text: String,
    pub quoted: bool,
    pub whole: bool,
}

impl Wanted {
    /// Whether it is the beginning of `text`, or all of it.
    pub fn begins(&self, text: &str) -> bool {
        self.begins_or_is(text, self.whole)
    }

    /// The same of an id, of which a beginning is always enough, but in quotes.
    fn names(&self, id: &Id) -> bool {
        self.begins_or_is(id.as_str(), self.quoted)
    }

    fn begins_or_is(&self, text: &str, whole: bool) -> bool {
        if !text.is_ascii() {
            let text = text.to_lowercase();
            return if whole { text == self.text } else { text.starts_with(&self.text) };
        }
        let length = if whole { text.len() } else { self.text.len() };
        text.get(..length).is_some_and(|head| head.eq_ignore_ascii_case(&self.text))
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
pub(super) struct Key {
    pub prefix: &'static str,
    /// What else it might be called; these are only known so that they can be put right.
    pub also: &'static [&'static str],
    pub example: &'static str,
    pub matches: fn(&Seen, &Wanted) -> bool,
}

/// What a term looks at.
pub(super) struct Seen<'a> {
    pub workspace: &'a Workspace,
    pub record: &'a Record,
    pub place: Place,
    pub today: Date,
    pub shares: &'a RefCell<Shares>,
}

pub(super) static KEYS: &[Key] = &[
    Key {
        prefix: "#",
        also: &["tag", "label"],
        example: "#tag",
        matches: |seen, value| seen.record.texts(Field::Tags).any(|tag| value.begins(tag)),
    },
    Key {
        prefix: "kind:",
        also: &["type"],
        example: "kind:bug",
        matches: |seen, value| value.begins(seen.record.text(Field::Kind)),
    },
    Key {
        prefix: "status:",
        also: &["state"],
        example: "status:doing",
        matches: |seen, value| {
            seen.record.status_in(seen.place).is_some_and(|status| value.begins(status.key()))
        },
    },
    Key {
        prefix: "parent:",
        also: &["epic"],
        example: "parent:k7",
        matches: |s, v| linked(s, Field::Parent, v),
    },
    Key {
        prefix: "objective:",
        also: &["goal"],
        example: "objective:o4",
        matches: |s, v| linked(s, Field::Objective, v),
    },
    Key {
        prefix: "persona:",
        also: &["user"],
        example: "persona:p7",
        matches: |s, v| linked(s, Field::Persona, v),
    },
    Key {
        prefix: "release:",
        also: &["version", "milestone"],
        example: "release:2.0",
        matches: |s, v| linked(s, Field::Release, v),
    },
    Key {
        prefix: "sprint:",
        also: &["iteration", "cycle"],
        example: "sprint:14",
        matches: |s, v| linked(s, Field::Sprint, v),
    },
    Key {
        prefix: "id:",
        also: &[],
        example: "id:k7",
        matches: |seen, value| value.names(seen.record.id()),
    },
    Key {
        prefix: "is:",
        also: &[],
        example: "is:unscored",
        matches: |seen, value| {
            STATES.iter().filter(|(word, _)| value.begins(word)).any(|(_, is)| is(seen))
        },
    },
];

pub(super) type State = fn(&Seen) -> bool;

/// What follows `is:`.
pub(super) const STATES: [(&str, State); 5] = [
    ("unscored", |seen| {
        let framework = Framework::of(seen.place.hat(), seen.workspace.settings());
        framework.score(seen.record).value().is_none()
    }),
    ("blocked", |seen| {
        seen.record.status_in(seen.place).is_some_and(|status| {
            status == Status::Blocked || seen.workspace.unmet(seen.record).next().is_some()
        })
    }),
    ("overdue", |seen| {
        let late = seen.record.date(Field::Due).is_some_and(|due| due < seen.today);
        late && seen.place != Place::Done
    }),
    ("unestimated", |seen| seen.shares.borrow_mut().lack(seen.workspace, seen.record)),
    // What a merge could not choose of is kept there until the person does.
    ("conflict", |seen| seen.record.get(Field::Conflict).is_some()),
];

/// Whether a link field names a record by its id or by words of its title.
fn linked(seen: &Seen, field: Field, value: &Wanted) -> bool {
    let Some(id) = seen.record.link(field) else { return false };
    let titled = |record: &std::sync::Arc<Record>| value.is_in(&record.title().to_lowercase());
    value.names(id) || seen.workspace.get(id).is_some_and(titled)
}
