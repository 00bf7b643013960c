//! The text a workspace was read from, and how it is written back.

use super::document::{Draft, Stray};
use super::emit;
use super::origin::{Origin, Origins, Raw};
use super::raw::{self, Span};
use super::skeleton::{Entry, Fate, Key, LANES, TOP, place_among, staying};
use super::weave;
use crate::workspace::{Content, Id, Lookup, Place, Record, Section};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{Display, Write as _};
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
    text: String,
    newline: &'static str,
    loaded: Content,
    origins: Origins,
    strays: Vec<Stray>,
    entries: Vec<Entry>,
    lanes: Vec<Entry>,
    /// Whether something else is to be written than the text, also for what it was loaded as.
    united: bool,
}

impl Source {
    /// Puts what was found into its places.
    pub(super) fn new(draft: Draft, text: String) -> (Content, Self) {
        let mut content = Content::default();
        let mut lists: [Vec<Arc<Record>>; Place::ALL.len()] = Default::default();
        let mut origins = Origins::default();
        origins.reserve(draft.records.len());
        for found in draft.records {
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
            origins.replace(Origin { record, raw, section, renamed, doubtful });
        }
        for (place, list) in Place::ALL.into_iter().zip(lists) {
            content.fill(place, list);
        }
        let source = Self {
            newline: if first_line(&text).ends_with('\r') { "\r\n" } else { "\n" },
            text,
            loaded: content.clone(),
            origins,
            strays: draft.strays,
            entries: draft.entries,
            lanes: draft.lanes,
            united: false,
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
        Self::new(draft, String::new()).1
    }

    /// The text of the file when it is to hold `content`.
    pub fn write(&self, content: &Content) -> Vec<u8> {
        if !self.united && self.is_loaded(content) {
            return self.text.as_bytes().to_vec();
        }
        let mut out = String::with_capacity(self.text.len() + self.text.len() / 16);
        if self.text.starts_with('\u{feff}') {
            out.push('\u{feff}');
        }
        self.object(content, TOP, &self.entries, &mut out);
        out.push_str(self.newline);
        out.into_bytes()
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
            self.origins.replace(Origin { record, raw, section, renamed, doubtful });
            self.united = true;
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
            let start = self.text.len();
            self.text.push_str(&spelled);
            let middle = self.text.len();
            self.text.push_str(&value);
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

    fn raw<'a>(&'a self, origin: &'a Origin) -> &'a str {
        match &origin.raw {
            Raw::Here(span) => span.of_text(&self.text),
            Raw::Elsewhere(raw) => raw,
        }
    }

    /// Takes over how records were spelled that are not in this text: they may come back by
    /// merging or by undoing.
    pub(in crate::store) fn remember(&mut self, older: &Self) {
        for origin in &older.origins {
            if !self.origins.contains(origin) {
                let origin = Origin {
                    record: Arc::clone(&origin.record),
                    raw: Raw::Elsewhere(older.raw(origin).into()),
                    ..*origin
                };
                self.origins.insert(origin);
            }
        }
    }

    /// One record as JSON, as the file spells it, with `more` members behind, whose values are
    /// JSON. A member of the file that has the name of one of these gives way to it.
    pub fn record_with(
        &self,
        section: Section,
        record: &Arc<Record>,
        more: &[(&str, &dyn Display)],
    ) -> String {
        let spelled = self.spelled(section, record);
        let gives_way = |key: &str| more.iter().any(|(name, _)| *name == key);
        let own = raw::members(&spelled).into_iter();
        let mut out = String::with_capacity(spelled.len() + ROOM * more.len());
        for old in own.filter(|old| !old.shadowed && !gives_way(&old.key)) {
            out.push(if out.is_empty() { '{' } else { ',' });
            for part in [old.spelled, ":", old.raw] {
                out.push_str(part);
            }
        }
        for (name, value) in more {
            out.push(if out.is_empty() { '{' } else { ',' });
            let _ = write!(out, "\"{name}\":{value}");
        }
        out.push_str(if out.is_empty() { "{}" } else { "}" });
        out
    }

    fn is_loaded(&self, content: &Content) -> bool {
        let alike = |place| {
            let (before, now) = (self.loaded.list(place), content.list(place));
            before.len() == now.len() && before.iter().zip(now).all(|(a, b)| same(a, b))
        };
        same(self.loaded.product(), content.product())
            && same(self.loaded.settings(), content.settings())
            && Place::ALL.into_iter().all(alike)
    }

    /// Writes an object with one key on a line.
    fn object(&self, content: &Content, known: &[Key], entries: &[Entry], out: &mut String) {
        let rank = |key: Key| known.iter().position(|other| *other == key);
        let mut lines: Vec<(Option<usize>, Line)> =
            entries.iter().map(|entry| (entry.key.and_then(rank), Line::Old(*entry))).collect();
        for (at, &key) in known.iter().enumerate() {
            let is_there = lines.iter().any(|(rank, _)| *rank == Some(at));
            if !is_there && key.is_needed(content) {
                let place = place_among(lines.iter().map(|(rank, _)| *rank), at);
                lines.insert(place, (Some(at), Line::New(key)));
            }
        }
        if lines.is_empty() {
            return out.push_str("{}");
        }
        self.lines('{', '}', lines.into_iter(), out, |(_, line), out| match line {
            Line::Old(Entry { key, spelled, raw }) => {
                out.push_str(spelled.of_text(&self.text));
                out.push_str(": ");
                match key {
                    None | Some(Key::Version) => out.push_str(raw.of_text(&self.text)),
                    Some(key) => self.value(content, key, out),
                }
            }
            Line::New(key) => {
                out.push_str(&emit::text(key.word()));
                out.push_str(": ");
                self.value(content, key, out);
            }
        });
    }

    /// Writes the value of a key. The version of a file that has one is written back as it is.
    fn value(&self, content: &Content, key: Key, out: &mut String) {
        match key {
            Key::Version => out.push_str(&super::VERSION.to_string()),
            Key::Roadmap => self.object(content, LANES, &self.lanes, out),
            Key::List(place) => self.list(place, content.list(place), out),
            Key::Product | Key::Settings => {
                if let Some((record, section)) = key.single(content) {
                    out.push_str(&self.spelled(section, record));
                }
            }
        }
    }

    fn list(&self, place: Place, records: &[Arc<Record>], out: &mut String) {
        let strays = self.strays_in(place, records);
        if records.is_empty() && strays.is_empty() {
            return out.push_str("[]");
        }
        let mut strays = strays.into_iter().peekable();
        let mut elements = Vec::with_capacity(records.len());
        for index in 0..=records.len() {
            while let Some((_, span)) = strays.next_if(|(after, _)| *after <= index) {
                elements.push(Element::Stray(span));
            }
            elements.extend(records.get(index).map(Element::Record));
        }
        self.lines('[', ']', elements.into_iter(), out, |element, out| match element {
            Element::Stray(span) => out.push_str(span.of_text(&self.text)),
            Element::Record(record) => out.push_str(&self.spelled(place.section(), record)),
        });
    }

    /// What is no record, each with how many of the records now come before it.
    fn strays_in(&self, place: Place, records: &[Arc<Record>]) -> Vec<(usize, Span)> {
        let strays = self.strays.iter().filter(|stray| stray.place == place);
        let mut before: Vec<(Span, Fate)> = strays.map(|stray| (stray.span, Fate::Stays)).collect();
        if before.is_empty() {
            return Vec::new();
        }
        let now: HashMap<&Id, usize> =
            records.iter().enumerate().map(|(index, record)| (record.id(), index)).collect();
        before.extend(self.loaded.list(place).iter().filter_map(|record| {
            let fate = now.get(record.id()).map_or(Fate::Goes, |&index| Fate::Becomes(index));
            let Raw::Here(span) = self.origins.get(record.id())?.raw else { return None };
            Some((span, fate))
        }));
        before.sort_by_key(|(span, _)| span.start);
        let placed = staying(before.iter().map(|(_, fate)| *fate));
        placed.into_iter().map(|(after, at)| (after, before[at].0)).collect()
    }

    /// A record as it is written: as it was, as it was but for what changed, or anew.
    fn spelled(&self, section: Section, record: &Arc<Record>) -> Cow<'_, str> {
        let is_single = matches!(section, Section::Product | Section::Settings);
        match self.origins.get(record.id()) {
            Some(origin) if !origin.renamed && same(&origin.record, record) => {
                Cow::Borrowed(self.raw(origin))
            }
            Some(origin) => Cow::Owned(weave::record(origin.section, self.raw(origin), record)),
            None if is_single => Cow::Owned(emit::single(record)),
            None => Cow::Owned(emit::record(record)),
        }
    }

    /// Writes each element on a line of its own, between brackets.
    fn lines<T>(
        &self,
        open: char,
        close: char,
        elements: impl Iterator<Item = T>,
        out: &mut String,
        mut write: impl FnMut(T, &mut String),
    ) {
        out.push(open);
        for (index, element) in elements.enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(self.newline);
            write(element, out);
        }
        out.push_str(self.newline);
        out.push(close);
    }
}

/// A line of the skeleton: a key that was there, or one that comes in.
#[derive(Clone, Copy)]
enum Line {
    Old(Entry),
    New(Key),
}

/// An element of a list.
enum Element<'a> {
    Record(&'a Arc<Record>),
    Stray(Span),
}

fn same(a: &Arc<Record>, b: &Arc<Record>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().filter(|line| line.len() < text.len()).unwrap_or_default()
}
