//! Which items are shown: fuzzy words, or words as they are written, and words with a field.

mod term;

use super::letters::Letters;
use super::word;
use crate::workspace::{Date, Place, Record, Workspace};
use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cell::RefCell;
use term::{KEYS, STATES, Seen, Term, Wanted};

/// A filter as typed, and what it asks for. The empty filter shows everything.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    text: String,
    written: bool,
    terms: Vec<Term>,
    words: String,
    phrases: Vec<String>,
    place: Option<Place>,
    unknown: Option<String>,
    /// A word that is written and lacks what it asks for, as `sprint:$S` of a script in which `S`
    /// was never set.
    unset: Option<String>,
}

impl PartialEq for Filter {
    /// The same text, meant alike, asks for the same.
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.written) == (&other.text, other.written)
    }
}

/// What the place begins with.
const IN: &str = "in:";

/// What a word spells as a field and its value; addresses, hours and sentences
/// have colons too.
fn field_of(word: &str) -> Option<(&str, &str)> {
    let (field, value) = word.split_once(':')?;
    let is_name = field.len() > 1 && field.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    (is_name && !value.is_empty() && !value.starts_with(['/', ':'])).then_some((field, value))
}

/// How the term begins that is nearest to one that there is not, in small letters.
fn nearest(field: &str) -> Option<&'static str> {
    let rows = KEYS.iter().flat_map(|row| {
        row.also.iter().copied().chain([row.prefix]).map(|name| (name, row.prefix))
    });
    let known = rows.chain([("place", IN), ("lane", IN), (IN, IN)]);
    let names: Vec<_> = known.map(|(name, prefix)| (name.trim_end_matches(':'), prefix)).collect();
    let near = word::nearest(field, names.iter().map(|(name, _)| *name))?;
    names.iter().find(|(name, _)| *name == near).map(|(_, prefix)| *prefix)
}

/// A word of a filter: what stands between spaces, and within quotes spaces too.
#[derive(Debug, Default)]
struct Word {
    text: String,
    /// Whether it begins with a quote, so that no field stands in front.
    bare: bool,
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
                word.bare |= word.text.is_empty();
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
        Self::read(text, false)
    }

    /// The same where nobody sees what is found before something is done with it: words stand in
    /// the title as they are written, and `#tag`, `kind:bug` and `sprint:1` mean all of a tag, a
    /// kind, and words of a name.
    pub fn written(text: &str) -> Self {
        Self::read(text, true)
    }

    fn read(text: &str, written: bool) -> Self {
        let mut filter = Self { text: text.to_owned(), written, ..Self::default() };
        split(text).into_iter().for_each(|word| filter.take(word));
        filter
    }

    fn take(&mut self, Word { text, bare, quoted }: Word) {
        let lower = text.to_lowercase();
        if bare {
            self.search(text, quoted);
        } else if let Some(row) = KEYS.iter().find(|row| lower.starts_with(row.prefix)) {
            let whole = quoted || self.written;
            let value = Wanted { text: lower[row.prefix.len()..].to_owned(), quoted, whole };
            if self.written && value.text.is_empty() {
                self.unset = Some(text);
            } else if row.prefix == "is:" && !STATES.iter().any(|(is, _)| value.begins(is)) {
                self.unknown = Some(text);
            }
            self.terms.push(Term { row, value });
        } else if let Some(place) = lower.strip_prefix(IN) {
            match Place::of_items(place) {
                Some(place) => self.place = Some(place),
                None => self.unknown = Some(text),
            }
        } else {
            if field_of(&text).is_some() {
                self.unknown = Some(text.clone());
            }
            self.search(text, quoted);
        }
    }

    /// Looks for this in titles, as it stands or by its letters.
    fn search(&mut self, text: String, quoted: bool) {
        if quoted {
            // What every title contains leaves nothing out.
            self.phrases.extend(Some(text).filter(|text| !text.is_empty()));
        } else {
            self.words.push(' ');
            self.words.push_str(&text);
        }
    }

    /// What titles have to match.
    fn pattern(&self) -> Pattern {
        let (case, normal) = (CaseMatching::Smart, Normalization::Smart);
        let mut pattern = Pattern::parse(&self.words, case, normal);
        if self.written {
            let fuzzy = pattern.atoms.iter_mut().filter(|atom| atom.kind == AtomKind::Fuzzy);
            fuzzy.for_each(|atom| atom.kind = AtomKind::Substring);
        }
        let phrase = |text: &String| Atom::new(text, case, normal, AtomKind::Substring, false);
        pattern.atoms.extend(self.phrases.iter().map(phrase));
        pattern
    }

    /// The words, where they are of letters and digits without accents. These find what the
    /// pattern finds, which also reckons how well that fits, for a hundred times the work.
    fn plain(&self) -> Option<Vec<Letters<'_>>> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
        let is_plain = !self.written && self.phrases.is_empty() && self.words.chars().all(is_plain);
        is_plain.then(|| self.words.split_whitespace().map(Letters::new).collect())
    }

    /// The filter as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it, if something is: a word that asks for what there is not.
    pub fn wrong(&self) -> Option<String> {
        if let Some(word) = &self.unset {
            return Some(format!("nothing stands behind “{word}”, which would leave nothing out"));
        }
        let word = self.unknown.as_ref()?;
        let behind = |known: Vec<&str>| {
            format!("“{word}” is no filter; behind the colon stands one of {}", known.join(", "))
        };
        let (field, value) = word.split_once(':')?;
        let field = field.to_lowercase();
        Some(match &*field {
            "is" => behind(Self::states().collect()),
            "in" => behind(Place::ITEMS.into_iter().map(Place::key).collect()),
            field => {
                let has_blanks = value.contains(char::is_whitespace);
                let quote = if has_blanks { "\"" } else { "" };
                let would_be = match nearest(field) {
                    Some(prefix) => format!("did you mean {prefix}{quote}{value}{quote}?"),
                    None => format!("it is one of {}", Self::prefixes().join(" ")),
                };
                format!("“{word}” is no filter; {would_be} If not, put it in quotes")
            }
        })
    }

    /// What terms begin with.
    fn prefixes() -> Vec<&'static str> {
        KEYS.iter().map(|row| row.prefix).chain([IN]).collect()
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
        let (words, plain) = (self.pattern(), self.plain());
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut is_titled = |title: &str| match &plain {
            Some(plain) => plain.iter().all(|word| word.are_in(title)),
            None => words.score(Utf32Str::new(title, &mut buffer), &mut matcher).is_some(),
        };
        let shares = RefCell::default();
        let mut shown = |record: &Record| {
            let seen = Seen { workspace, record, place, today, shares: &shares };
            let fits =
                |term: &Term| term.value.text.is_empty() || (term.row.matches)(&seen, &term.value);
            self.terms.iter().all(fits) && (words.atoms.is_empty() || is_titled(record.title()))
        };
        let list = workspace.list(place);
        among.filter(|index| shown(&list[*index])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Field, Id, Value};
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
        let done = item("d", "bug", "Fixed").with(Field::Status, Value::text("blocked"));
        let done = done.with(Field::BlockedBy, Value::list([Value::link(Id::new("a"))]));
        content.fill(Place::Done, vec![Arc::new(done)]);
        Workspace::new(content)
    }

    #[test]
    fn in_done_a_status_says_nothing() {
        let today = "2026-11-22".parse().unwrap();
        let found =
            |text: &str| Filter::parse(text).matching(&workspace(), Place::Done, today).len();
        assert_eq!(
            ["kind:bug", "status:blocked", "status:todo", "is:blocked"].map(found),
            [1, 0, 0, 0]
        );
    }

    #[test]
    fn plain_words_find_what_the_pattern_finds() {
        let mut random = fastrand::Rng::with_seed(3);
        let mut text = |letters: &str, most: usize| -> String {
            let count = random.usize(1..most);
            let letters: Vec<char> = letters.chars().collect();
            (0..count).map(|_| letters[random.usize(..letters.len())]).collect()
        };
        let (mut matcher, mut found) = (Matcher::new(Config::DEFAULT), 0);
        let mut buffer = Vec::new();
        for _ in 0..8_000 {
            let (title, words) =
                (text("abcABC1 -_/\u{e4}\u{c4}\u{327}\u{130}語", 16), text("abcA1 ", 6));
            let filter = Filter::parse(&words);
            let is_found = filter.plain().unwrap().iter().all(|word| word.are_in(&title));
            let haystack = Utf32Str::new(&title, &mut buffer);
            let score = filter.pattern().score(haystack, &mut matcher);
            assert_eq!(is_found, score.is_some(), "{words:?} in {title:?}");
            found += usize::from(is_found && filter.plain().is_some_and(|plain| !plain.is_empty()));
        }
        assert!((1_000..7_000).contains(&found), "{found}");
    }

    fn shown(text: &str) -> String {
        found(&Filter::parse(text))
    }

    fn found(filter: &Filter) -> String {
        let workspace = workspace();
        let today = "2026-11-22".parse().unwrap();
        let list = workspace.list(Place::Backlog);
        let matching = filter.matching(&workspace, Place::Backlog, today);
        matching.iter().map(|at| list[*at].id().as_str()).collect()
    }

    #[test]
    fn what_is_meant_as_it_is_written_finds_no_more() {
        for (text, ids) in [
            ("imp", "ab"),
            ("import csv", "b"),
            ("imcsv", ""),
            ("!csv", "ac"),
            ("^import", "ab"),
            ("kind:bug", "a"),
            ("kind:sto", ""),
            ("#ba", ""),
            ("#bank", "b"),
            ("sprint:1", ""),
            ("sprint:14", "b"),
            ("sprint:s", "b"),
            ("id:a", "a"),
            ("is:overdue", "c"),
        ] {
            assert_eq!(found(&Filter::written(text)), ids, "{text}");
        }
        assert!(Filter::written("is:over").wrong().is_some());
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
    fn a_field_that_there_is_not_is_said_with_the_nearest_one() {
        let wrong = |text: &str| Filter::parse(text).wrong();
        for (text, words) in [
            ("knd:bug", "did you mean kind:bug?"),
            ("tag:auth", "did you mean #auth?"),
            ("Labels:auth", "did you mean #auth?"),
            ("type:bug", "did you mean kind:bug?"),
            ("place:done", "did you mean in:done?"),
            ("x sprnt:\"Sprint 14\"", "did you mean sprint:\"Sprint 14\"?"),
            ("zzz:1", "it is one of # kind: status:"),
        ] {
            assert!(
                wrong(text).is_some_and(|why| why.contains(words)),
                "{text}: {:?}",
                wrong(text)
            );
        }
        for text in
            ["http://x", "note: x", "\"knd:bug\"", "10:30", "a::b", "kind:bug", "knd:", "\"knd:b"]
        {
            assert_eq!(wrong(text), None, "{text}");
        }
        assert_eq!(shown("\"kind:bug\""), "", "in quotes it is a title");
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
