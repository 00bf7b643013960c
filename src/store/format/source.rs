//! The text a workspace was read from, and how each record stands in it.

use super::document::{Draft, Stray};
use super::origin::{Next, Origin, Origins, Raw};
use super::raw::{self, Span};
use super::skeleton::{Entry, Key};
use crate::workspace::{Content, Id, Lookup, Place, Record, Section};
use memchr::{memchr, memmem};
use std::sync::Arc;

/// Bytes that a member behind a record takes at most as a rule.
const ROOM: usize = 24;

/// What a new workspace is written into. What is rarely used comes in when it is needed.
const BLANK: &str = r#"{
"twohats": 1,
"product": {},
"settings": {},
"objectives": [],
"roadmap": {
"now": [],
"next": [],
"later": []
},
"backlog": [],
"inbox": [],
"done": []
}
"#;

/// Records by their section and spelling: one that is spelled like this need not be read again, and
/// is the same one in memory, which is seen at a glance by whoever compares.
pub(super) type Known<'a> = Lookup<(Section, &'a str), &'a Arc<Record>>;

/// The text a workspace was read from. It is kept as it was read, also when the file is written,
/// so that undoing brings the very bytes back.
#[derive(Debug)]
pub struct Source {
    /// Long texts of the records are stretches of it.
    pub(super) text: Arc<String>,
    pub(super) newline: &'static str,
    pub(super) loaded: Content,
    pub(super) origins: Origins,
    pub(super) strays: Vec<Stray>,
    pub(super) entries: Vec<Entry>,
    pub(super) lanes: Vec<Entry>,
    /// Whether something else is to be written than the text, also for what it was loaded as.
    pub(super) united: bool,
    /// Whether nothing is to be said of what was read.
    pub(super) quiet: bool,
}

impl Source {
    /// Puts what was found into its places.
    pub(super) fn new(draft: Draft, text: Arc<String>) -> (Content, Self) {
        let mut content = Content::default();
        let Draft { records, strays, entries, lanes, names, .. } = draft;
        // A large file has many, and what follows takes the room.
        drop(names);
        let mut lists: [Vec<Arc<Record>>; Place::ALL.len()] = Default::default();
        let mut origins = Vec::with_capacity(records.len());
        for found in records {
            let (section, span) = (found.section(), found.span);
            let (renamed, doubtful) = (found.renamed, found.doubtful);
            let record = match found.key {
                Key::List(place) => {
                    lists[place as usize].push(Arc::clone(&found.record));
                    found.record
                }
                Key::Settings => {
                    content.set_settings(Record::clone(&found.record));
                    Arc::clone(content.settings())
                }
                _ => {
                    content.set_product(Record::clone(&found.record));
                    Arc::clone(content.product())
                }
            };
            let raw = Raw::Here(span);
            origins.push(Origin { record, raw, section, renamed, doubtful });
        }
        for (place, list) in Place::ALL.into_iter().zip(lists) {
            content.fill(place, list);
        }
        let source = Self {
            newline: if first_line(&text).ends_with('\r') { "\r\n" } else { "\n" },
            text,
            loaded: content.clone(),
            origins: Origins::new(origins),
            strays,
            entries,
            lanes,
            united: false,
            quiet: false,
        };
        (content, source)
    }

    /// What a new workspace is written into.
    pub fn blank() -> Self {
        let read = super::read(BLANK.into()).map(|loaded| loaded.source);
        // A blank text that could not be read would be written without its empty lists.
        read.unwrap_or_else(|_| Self::empty())
    }

    fn empty() -> Self {
        let draft = Draft {
            version: super::VERSION,
            entries: Vec::new(),
            lanes: Vec::new(),
            records: Vec::new(),
            strays: Vec::new(),
            names: Lookup::default(),
        };
        Self::new(draft, Arc::default()).1
    }

    /// The records that have an id of their own in this text, with how they are spelled.
    pub(super) fn spellings(&self) -> impl Iterator<Item = (&Id, Section, &str)> {
        let named = self.origins.iter().filter(|origin| !origin.renamed);
        named.map(|origin| (origin.id(), origin.section, self.raw(origin)))
    }

    /// The records of which nothing is to be said, by how they are spelled.
    pub(super) fn known(&self) -> Known<'_> {
        let sure = self.origins.iter().filter(|origin| !origin.renamed && !origin.doubtful);
        sure.map(|origin| ((origin.section, self.raw(origin)), &origin.record)).collect()
    }

    /// How a record is spelled.
    pub(super) fn spelling(&self, id: &Id) -> Option<&str> {
        self.origins.get(id).map(|origin| self.raw(origin))
    }

    /// Spells a record otherwise from now on.
    pub(super) fn respell(&mut self, id: &Id, section: Section, raw: String) {
        if let Some(record) = super::unite::read(section, &raw, id) {
            let raw = Raw::Elsewhere(raw.into());
            let (renamed, doubtful) = (false, true);
            self.origins.put(Origin { record, raw, section, renamed, doubtful });
            self.united = true;
            self.quiet = false;
        }
    }

    /// Takes over the unknown keys at the top that `mine` has otherwise than `base`.
    pub(super) fn unite_top(&mut self, base: &Self, mine: &Self) {
        let unknown = |source: &Self| -> Vec<(String, String, String)> {
            let of = |entry: &&Entry| entry.key.is_none();
            let text = |span: Span| span.of_text(&source.text).to_owned();
            let entries = source.entries.iter().filter(of);
            entries
                .map(|entry| {
                    let spelled = text(entry.spelled);
                    (raw::key(&spelled).into_owned(), spelled, text(entry.raw))
                })
                .collect()
        };
        let before = unknown(base);
        let their = unknown(self);
        for (key, spelled, value) in unknown(mine) {
            let find = |all: &[(String, String, String)]| {
                all.iter().find(|(other, ..)| *other == key).map(|(.., value)| value.clone())
            };
            let was = find(&before);
            if was.as_ref() == Some(&value) || find(&their).as_ref() == Some(&value) {
                continue;
            }
            self.united = true;
            // Behind the text it was read from nothing is looked for but what stands here.
            let text = Arc::make_mut(&mut self.text);
            let start = text.len();
            text.push_str(&spelled);
            let middle = text.len();
            text.push_str(&value);
            let entry = Entry {
                key: None,
                spelled: Span { start, end: middle },
                raw: Span { start: middle, end: self.text.len() },
            };
            let of_key = |entry: &&mut Entry| {
                entry.key.is_none() && raw::key(entry.spelled.of_text(&self.text)) == key
            };
            match self.entries.iter_mut().find(of_key) {
                Some(known) => *known = entry,
                None => self.entries.push(entry),
            }
        }
    }

    pub(super) fn raw<'a>(&'a self, origin: &'a Origin) -> &'a str {
        match &origin.raw {
            Raw::Here(span) => span.of_text(&self.text),
            Raw::Elsewhere(raw) => raw,
        }
    }

    /// Takes over how records were spelled that are not in this text: they may come back by
    /// merging or by undoing.
    pub(in crate::store) fn remember(&mut self, older: &Self) {
        for origin in older.origins.iter() {
            if self.origins.get(origin.id()).is_none() {
                let origin = Origin {
                    record: Arc::clone(&origin.record),
                    raw: Raw::Elsewhere(older.raw(origin).into()),
                    ..*origin
                };
                self.origins.put(origin);
            }
        }
    }

    /// What is likely to be written next when a record is the first of several.
    pub fn begin(&self, record: Option<&Arc<Record>>) -> Next {
        self.origins.begin(record)
    }

    /// Adds one record as JSON to `out`, as the file spells it, with `more` members behind, whose
    /// values are JSON. A member of the file that has the name of one of these gives way to it.
    /// Gives what is likely to be written after it.
    pub fn write_record(
        &self,
        (section, record): (Section, &Arc<Record>),
        more: &[(&Member, &str)],
        next: Next,
        out: &mut String,
    ) -> Next {
        let (origin, next) = self.origins.next(record, next);
        let spelled = self.spelled(section, record, origin);
        out.reserve(spelled.len() + ROOM * more.len());
        let start = out.len();
        let mut members = more.iter().map(|(member, _)| *member);
        if is_plain(origin, &spelled) && !members.any(|member| member.may_be_in(&spelled)) {
            out.push_str(&spelled[..spelled.len() - 1]);
        } else {
            let stays = |key: &str| more.iter().all(|(member, _)| member.name != key);
            let own = raw::members(&spelled).into_iter();
            for old in own.filter(|old| !old.shadowed && stays(&old.key)) {
                out.push(if out.len() == start { '{' } else { ',' });
                for part in [old.spelled, ":", old.raw] {
                    out.push_str(part);
                }
            }
        }
        for (member, value) in more {
            out.push(if out.len() == start { '{' } else { ',' });
            for part in ["\"", member.name, "\":", value] {
                out.push_str(part);
            }
        }
        out.push_str(if out.len() == start { "{}" } else { "}" });
        next
    }
}

/// A member that a record is given besides those of the file.
#[derive(Debug)]
pub struct Member {
    name: &'static str,
    /// Looks for the name in thousands of records.
    finder: memmem::Finder<'static>,
}

impl Member {
    /// The member of this name, which needs no escapes.
    pub fn named(name: &'static str) -> Self {
        Self { name, finder: memmem::Finder::new(name) }
    }

    /// Whether a record may have a member of this name, from a look at how it is spelled.
    fn may_be_in(&self, spelled: &str) -> bool {
        self.finder.find_iter(spelled.as_bytes()).any(|at| spelled[..at].ends_with('"'))
    }
}

/// Whether a record can stand in a line as it is spelled, without looking into it.
fn is_plain(origin: Option<&Origin>, spelled: &str) -> bool {
    let is_sure = origin.is_none_or(|origin| !origin.doubtful);
    is_sure && spelled.starts_with("{\"") && memchr(b'\n', spelled.as_bytes()).is_none()
}

pub(super) fn same(a: &Arc<Record>, b: &Arc<Record>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().filter(|line| line.len() < text.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_stands_in_a_line_and_what_is_added_comes_once() {
        for (spelled, line) in [
            (r#"{"id":"a","z":0}"#, r#"{"id":"a","z":0,"score":7}"#),
            (r#"{"id": "a", "title":"a score"}"#, r#"{"id": "a", "title":"a score","score":7}"#),
            (r#"{"id": "a", "score":1, "z":2}"#, r#"{"id":"a","z":2,"score":7}"#),
            ("{\"id\":\n\"a\",\"score\" :1}", r#"{"id":"a","score":7}"#),
            ("{\"id\":\"a\",\n \"z\":0}", r#"{"id":"a","z":0,"score":7}"#),
            (r#"{"id":"b","id":"a"}"#, r#"{"id":"a","score":7}"#),
        ] {
            let text = format!("{{\"twohats\":1,\"backlog\":[\n{spelled}\n]}}");
            let loaded = super::super::read(text.into()).unwrap();
            let [item] = loaded.content.list(Place::Backlog) else { panic!("{spelled}") };
            let mut out = String::new();
            let source = &loaded.source;
            let item = (Section::Item, item);
            let score = Member::named("score");
            source.write_record(item, &[(&score, "7")], Next::default(), &mut out);
            assert_eq!(out, line);
        }
    }
}
