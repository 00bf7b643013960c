//! Writing a workspace back into the text it was read from.

use super::emit;
use super::origin::{Next, Origin, Raw};
use super::raw::Span;
use super::skeleton::{Entry, Fate, Key, LANES, TOP, place_among, staying};
use super::source::{Source, same};
use super::weave;
use crate::workspace::{Content, Id, Place, Record, Section, Spot};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// What some editors begin a file with.
const MARK: &str = "\u{feff}";

/// Where a text goes, piece by piece: into another, or beside one that is read.
pub(super) trait Sink {
    /// Whatever stands around the records of a list.
    fn piece(&mut self, text: &str);
    /// The record of a list, by where it stands.
    fn record(&mut self, at: Spot, spelled: &str);
}

impl Sink for String {
    fn piece(&mut self, text: &str) {
        self.push_str(text);
    }

    fn record(&mut self, _: Spot, spelled: &str) {
        self.push_str(spelled);
    }
}

impl Source {
    /// The text of the file when it is to hold `content`.
    pub fn write(&self, content: &Content) -> Vec<u8> {
        if !self.united && self.is_loaded(content) {
            return self.text.as_bytes().to_vec();
        }
        let mut out = String::with_capacity(self.text.len() + self.text.len() / 16);
        self.write_to(content, &mut out);
        out.into_bytes()
    }

    /// The same piece by piece, and always line by line.
    pub(super) fn write_to(&self, content: &Content, out: &mut impl Sink) {
        if self.text.starts_with(MARK) {
            out.piece(MARK);
        }
        self.object(content, TOP, &self.entries, out);
        out.piece(self.newline);
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
    fn object(&self, content: &Content, known: &[Key], entries: &[Entry], out: &mut impl Sink) {
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
            return out.piece("{}");
        }
        self.lines("{", "}", lines.into_iter(), out, |(_, line), out| match line {
            Line::Old(Entry { key, spelled, raw }) => {
                out.piece(spelled.of_text(&self.text));
                out.piece(": ");
                match key {
                    None | Some(Key::Version) => out.piece(raw.of_text(&self.text)),
                    Some(key) => self.value(content, key, out),
                }
            }
            Line::New(key) => {
                out.piece(&emit::text(key.word()));
                out.piece(": ");
                self.value(content, key, out);
            }
        });
    }

    /// Writes the value of a key. The version of a file that has one is written back as it is.
    fn value(&self, content: &Content, key: Key, out: &mut impl Sink) {
        match key {
            Key::Version => out.piece(&super::VERSION.to_string()),
            Key::Roadmap => self.object(content, LANES, &self.lanes, out),
            Key::List(place) => self.list(place, content.list(place), out),
            Key::Product | Key::Settings => {
                if let Some((record, section)) = key.single(content) {
                    let (origin, _) = self.origins.next(record, Next::default());
                    out.piece(&self.spelled(section, record, origin));
                }
            }
        }
    }

    fn list(&self, place: Place, records: &[Arc<Record>], out: &mut impl Sink) {
        let strays = self.strays_in(place, records);
        if records.is_empty() && strays.is_empty() {
            return out.piece("[]");
        }
        let mut strays = strays.into_iter().peekable();
        let mut elements = Vec::with_capacity(records.len());
        for index in 0..=records.len() {
            while let Some((_, span)) = strays.next_if(|(after, _)| *after <= index) {
                elements.push(Element::Stray(span));
            }
            elements.extend(records.get(index).map(|record| Element::Record(index, record)));
        }
        let mut next = self.origins.begin(records.first());
        self.lines("[", "]", elements.into_iter(), out, |element, out| match element {
            Element::Stray(span) => out.piece(span.of_text(&self.text)),
            Element::Record(index, record) => {
                let (origin, after) = self.origins.next(record, next);
                next = after;
                let spelled = self.spelled(place.section(), record, origin);
                out.record(Spot::new(place, index), &spelled);
            }
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
    pub(super) fn spelled<'a>(
        &'a self,
        section: Section,
        record: &Arc<Record>,
        origin: Option<&'a Origin>,
    ) -> Cow<'a, str> {
        let is_single = matches!(section, Section::Product | Section::Settings);
        match origin {
            Some(origin) if !origin.renamed && same(&origin.record, record) => {
                Cow::Borrowed(self.raw(origin))
            }
            Some(origin) => Cow::Owned(weave::record(origin.section, self.raw(origin), record)),
            None if is_single => Cow::Owned(emit::single(record)),
            None => Cow::Owned(emit::record(record)),
        }
    }

    /// Writes each element on a line of its own, between brackets.
    fn lines<T, S: Sink>(
        &self,
        open: &str,
        close: &str,
        elements: impl Iterator<Item = T>,
        out: &mut S,
        mut write: impl FnMut(T, &mut S),
    ) {
        out.piece(open);
        for (index, element) in elements.enumerate() {
            if index > 0 {
                out.piece(",");
            }
            out.piece(self.newline);
            write(element, out);
        }
        out.piece(self.newline);
        out.piece(close);
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
    Record(usize, &'a Arc<Record>),
    Stray(Span),
}
