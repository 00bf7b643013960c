//! Reading a file again by comparing it with what was in it: only the records that differ are read.

use super::form::Desk;
use super::origin::{Origin, Raw};
use super::record::{self, Keys, Read};
use super::source::Source;
use super::write::Sink;
use crate::workspace::{Content, Field, Id, Record, Spot};
use serde_json::value::RawValue;
use std::sync::Arc;

impl Source {
    /// What `text` holds, where nothing but some records of it is otherwise than when it held
    /// `content`, and nothing is to be said of either; from then on it is spelled like that.
    /// `None` where it has to be read as a whole.
    pub(in crate::store) fn follow(&mut self, content: &Content, text: &str) -> Option<Content> {
        if !self.quiet || text.len() > super::LARGE {
            return None;
        }
        let mut beside = Beside { rest: text, others: Vec::new(), strange: false };
        self.write_to(content, &mut beside);
        if beside.strange || !beside.rest.is_empty() {
            return None;
        }
        let others: Option<Vec<_>> =
            beside.others.iter().map(|(at, raw)| read(*at, raw, content)).collect();
        let others = others?;
        let mut now = content.clone();
        for changed in others.chunk_by(|(a, _), (b, _)| a.place == b.place) {
            let place = changed[0].0.place;
            let mut list = now.list(place).to_vec();
            changed.iter().for_each(|(at, origin)| list[at.index] = Arc::clone(&origin.record));
            now.fill(place, list);
        }
        for (_, origin) in others {
            self.origins.put(origin);
            self.united = true;
        }
        Some(now)
    }
}

/// A text beside what is written.
struct Beside<'t> {
    /// What was not compared yet.
    rest: &'t str,
    /// The records that are spelled otherwise.
    others: Vec<(Spot, &'t str)>,
    /// Whether anything else is otherwise.
    strange: bool,
}

impl Beside<'_> {
    fn passed(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

impl Sink for Beside<'_> {
    fn piece(&mut self, text: &str) {
        self.strange |= !self.rest.starts_with(text);
        self.passed(text.len());
    }

    fn record(&mut self, at: Spot, spelled: &str) {
        if self.strange || self.rest.starts_with(spelled) {
            return self.passed(spelled.len());
        }
        let mut values = serde_json::Deserializer::from_str(self.rest).into_iter::<&RawValue>();
        let raw = values.next().and_then(Result::ok).map_or("", RawValue::get);
        self.strange = !self.rest.starts_with(raw);
        self.others.push((at, raw));
        self.passed(raw.len());
    }
}

/// A record that is spelled otherwise than before. `None` where something is to be said of it, or
/// may be of another because of it.
fn read(at: Spot, raw: &str, content: &Content) -> Option<(Spot, Origin)> {
    let section = at.place.section();
    let Read { record, doubtful } =
        record::read(raw, &Keys::of(section), &mut Desk::default()).ok()?;
    let before = &content.list(at.place)[at.index];
    let known = links(before);
    if doubtful || record.id() != before.id() || !links(&record).iter().all(|to| known.contains(to))
    {
        return None;
    }
    let record = if record == **before { Arc::clone(before) } else { Arc::new(record) };
    let raw = Raw::Elsewhere(raw.into());
    Some((at, Origin { record, raw, section, renamed: false, doubtful: false }))
}

/// What a record links to, field by field.
fn links(record: &Record) -> Vec<(Field, Id)> {
    let mut links = Vec::new();
    record.each_link(|field, to| links.push((field, to.clone())));
    links
}

#[cfg(test)]
mod tests {
    use super::super::{Loaded, read};
    use super::*;
    use crate::workspace::{Place, Value};

    const TEXT: &str = "{\n\"twohats\": 1,\n\"x\": [ 1 ],\n\"backlog\": [\n\
        {\"id\":\"a\",\"points\":1},\n{\"id\":\"b\",\"parent\":\"a\"},\n{\"id\":\"c\", \"y\":0}\n]\n}\n";

    fn load(text: &str) -> Loaded {
        read(text.into()).unwrap()
    }

    #[test]
    fn records_that_are_spelled_otherwise_are_read_and_the_others_stay_the_same() {
        let Loaded { content, mut source, .. } = load(TEXT);
        let first = TEXT.replace(":1}", ":2,\"title\":\"T\"}").replace("\"y\":0", "\"y\":  0");
        let now = source.follow(&content, &first).unwrap();
        assert_eq!(now, load(&first).content);
        assert_eq!(source.write(&now), first.as_bytes());
        let lists = now.list(Place::Backlog).iter().zip(content.list(Place::Backlog));
        assert_eq!(lists.map(|(a, b)| Arc::ptr_eq(a, b)).collect::<Vec<_>>(), [false, true, true]);
        assert_eq!(source.follow(&now, TEXT), Some(content.clone()));
        assert_eq!(source.write(&content), TEXT.as_bytes());
    }

    #[test]
    fn what_was_changed_here_meanwhile_is_compared_as_it_was_written() {
        let Loaded { mut content, mut source, .. } = load(TEXT);
        let set = |record: &Record| record.clone().with(Field::Points, Value::Number(5.0));
        content.change(&Id::new("c"), set);
        let mine = String::from_utf8(source.write(&content)).unwrap();
        let theirs = mine.replace("\"points\":1", "\"points\":3");
        let now = source.follow(&content, &theirs).unwrap();
        assert_eq!(now, load(&theirs).content);
        assert_eq!(source.write(&now), theirs.as_bytes());
    }

    #[test]
    fn whatever_else_changed_is_left_to_reading_the_whole() {
        let moved = TEXT.replace("\"a\",\"points\":1", "\"?\"").replace("\"b\",", "\"a\",");
        for other in [
            TEXT.replace("[ 1 ]", "[ 2 ]"),
            TEXT.replace("},\n{\"id\":\"c\", \"y\":0}", "}"),
            TEXT.replace("\"y\":0}", "\"y\":0},\n{\"id\":\"d\"}"),
            TEXT.replace("\"y\":0", "\"parent\":\"b\""),
            TEXT.replace(":1}", ":\"many\"}"),
            TEXT.replace(":1}", ":1} 5"),
            TEXT.replace(":1}", ":1"),
            TEXT.replace("\"id\":\"c\", ", ""),
            TEXT.replace('\n', ""),
            TEXT.trim_end().to_owned(),
            format!("{TEXT} "),
            moved,
        ] {
            let Loaded { content, mut source, .. } = load(TEXT);
            assert_eq!(source.follow(&content, &other), None, "{other}");
            assert_eq!(source.write(&content), TEXT.as_bytes());
        }
    }

    #[test]
    fn a_file_of_which_something_is_to_be_said_is_read_as_a_whole() {
        let doubtful = TEXT.replace("\"y\":0", "\"points\":0");
        let Loaded { content, mut source, .. } = load(&doubtful);
        let other = doubtful.replace("\"points\":1", "\"points\":2");
        assert_eq!(source.follow(&content, &other), None);
    }
}
