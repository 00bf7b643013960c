//! What another tool's file says, in this program's words.

use super::origin::Origin;
use crate::scoring::Framework;
use crate::workspace::{Field, Id, Place, Record, Section, Value};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Characters of a title at most; no tool's title has more, and no row of a screen shows them.
const TITLE: usize = 1000;

/// What a person asked of an import or export, and what only the outside knows.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Columns by their header, and what they are to be: the name of a field or of a role.
    pub columns: Vec<(String, String)>,
    /// What was said of columns before, by what tells the header from others.
    pub remembered: BTreeMap<String, Vec<(String, String)>>,
    /// The name of the other tool, where it is not to be the format's.
    pub system: Option<String>,
    /// What an item can be rated with, in the variants that the workspace uses.
    pub frameworks: Vec<&'static Framework>,
    /// Where days begin and end.
    pub zone: TimeZone,
    /// Whether the person writes 3/4/2026 for a day in March; nothing where that is not known.
    pub month_first: Option<bool>,
}

impl Asked {
    /// Nothing in particular, where items are rated as these settings say.
    pub fn under(settings: &Record) -> Self {
        Self {
            columns: Vec::new(),
            remembered: BTreeMap::new(),
            system: None,
            frameworks: Framework::all(settings),
            zone: TimeZone::UTC,
            month_first: None,
        }
    }
}

impl Default for Asked {
    fn default() -> Self {
        Self::under(&Record::new(Id::new("")))
    }
}

/// A file of a folder: its path inside it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The path inside the folder, with `/`.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// An item that is to be written, and where it stands.
pub type Chosen = (Place, Arc<Record>);

/// Something to be said of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The row, the line or the number of the record, from 1; of a table the header is row 1.
    pub row: usize,
    /// What is to be said.
    pub words: String,
    /// Whether something is wrong with the row; some are left out because that is right.
    pub wrong: bool,
}

/// The whole file means nothing to the format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    pub(super) fn because(what: &str, error: impl std::fmt::Display) -> Self {
        Self(format!("{what}: {error}"))
    }
}

/// A record of another tool.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where it stands in the file, see [`Remark::row`].
    pub row: usize,
    /// What sort of record it becomes.
    pub section: Section,
    /// What the other tool calls it; empty where it has no name of its own.
    pub key: String,
    /// What else the other tool calls it, in links.
    pub aliases: Vec<String>,
    /// Its page in the other tool.
    pub url: String,
    /// The record of this program that it was written from.
    pub own: Option<Origin>,
    /// The fields that the file speaks of, with what it says; `None` is that they are empty.
    pub fields: Vec<(Field, Option<Value>)>,
    /// The fields that lead to other records, by the keys or names of those.
    pub links: Vec<(Field, Vec<String>)>,
    /// Whether the file may lack links that there are, so that those are left alone.
    pub lacks_links: bool,
    /// Keys of what waits for it.
    pub blocks: Vec<String>,
    /// Whether it is done, where the file says so.
    pub done: Option<bool>,
    /// Where it stands, where the file says so.
    pub place: Option<Place>,
}

impl Entry {
    /// An item about which nothing is said yet.
    pub fn new(row: usize) -> Self {
        Self {
            row,
            section: Section::Item,
            key: String::new(),
            aliases: Vec::new(),
            url: String::new(),
            own: None,
            fields: Vec::new(),
            links: Vec::new(),
            lacks_links: false,
            blocks: Vec::new(),
            done: None,
            place: None,
        }
    }

    /// What is said of a field.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.fields.iter().find(|(of, _)| *of == field)?.1.as_ref()
    }

    /// The text that is said of a field; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.get(field).and_then(Value::as_text).unwrap_or_default()
    }

    /// The texts of a list that is said of a field.
    pub fn texts(&self, field: Field) -> Vec<String> {
        let items = self.get(field).map(Value::items).unwrap_or_default();
        items.iter().filter_map(Value::as_text).map(str::to_owned).collect()
    }

    /// Says something of a field; what is empty says that it is.
    pub fn say(&mut self, field: Field, value: Option<Value>) {
        let value = value.filter(|value| !value.is_empty());
        match self.fields.iter_mut().find(|(of, _)| *of == field) {
            Some((_, said)) => *said = value,
            None => self.fields.push((field, value)),
        }
    }

    /// Says something of a field that nothing was said of yet.
    pub fn say_first(&mut self, field: Field, value: Option<Value>) {
        if self.get(field).is_none() {
            self.say(field, value);
        }
    }

    /// Says a line: line breaks and other control characters become spaces.
    pub fn line(&mut self, field: Field, text: &str) {
        let line = text.replace(char::is_control, " ");
        self.say(field, Some(Value::text(line.trim())));
    }

    /// Adds a paragraph to a long text.
    pub fn paragraph(&mut self, field: Field, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        let before = self.text(field);
        let both = match (before.is_empty(), text.is_empty()) {
            (true, _) => text.to_owned(),
            (_, true) => before.to_owned(),
            _ => format!("{before}\n\n{text}"),
        };
        self.say(field, Some(Value::text(both)));
    }

    /// Adds words to a list of words, each once; blanks inside one become `-`.
    pub fn words<T: AsRef<str>>(&mut self, field: Field, words: impl IntoIterator<Item = T>) {
        let mut list = self.get(field).map(Value::items).unwrap_or_default().to_vec();
        for word in words {
            let word = word.as_ref().split_whitespace().collect::<Vec<_>>().join("-");
            let word = Value::text(word.replace(char::is_control, ""));
            if !word.is_empty() && !list.contains(&word) {
                list.push(word);
            }
        }
        self.say(field, Some(Value::list(list)));
    }

    /// Adds an acceptance criterion.
    pub fn criterion(&mut self, text: &str, met: bool) {
        let text = text.replace(char::is_control, " ");
        if text.trim().is_empty() {
            return;
        }
        let mut list = self.get(Field::Acceptance).map(Value::items).unwrap_or_default().to_vec();
        let mut parts = vec![("text".into(), Value::text(text.trim()))];
        if met {
            parts.push(("met".into(), Value::Flag(true)));
        }
        list.push(Value::map(parts));
        self.say(Field::Acceptance, Some(Value::list(list)));
    }

    /// Adds a link to what the other tool calls `name`; an empty name only says that there is such
    /// a field.
    pub fn link(&mut self, field: Field, name: &str) {
        let name = name.trim();
        let at = self.links.iter().position(|(of, _)| *of == field).unwrap_or_else(|| {
            self.links.push((field, Vec::new()));
            self.links.len() - 1
        });
        let names = &mut self.links[at].1;
        if !name.is_empty() && !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
}

/// All that a file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Haul {
    /// The name of the other tool; its keys are unique under it.
    pub system: String,
    /// What can become a record, in the order of the file.
    pub entries: Vec<Entry>,
    /// Rows that become nothing, and why.
    pub skipped: Vec<Remark>,
    /// What of a row was not understood; the rest of it is taken.
    pub remarks: Vec<Remark>,
    /// The columns of a table and what each is taken for; nothing where it is left out. Of other
    /// formats only what is left out.
    pub columns: Vec<(String, Option<String>)>,
    /// What tells the header of a table from others.
    pub header: Option<String>,
}

impl Haul {
    /// Nothing yet, of this tool unless the person said of which.
    pub fn of(system: &str, asked: &Asked) -> Self {
        let system = asked.system.clone().unwrap_or_else(|| system.to_owned());
        Self { system, ..Self::default() }
    }

    /// Leaves a row out with which something is wrong.
    pub fn skip(&mut self, row: usize, why: impl Into<String>) {
        self.skipped.push(Remark { row, words: why.into(), wrong: true });
    }

    /// Leaves a row out that is not meant to become anything.
    pub fn pass(&mut self, row: usize, why: impl Into<String>) {
        self.skipped.push(Remark { row, words: why.into(), wrong: false });
    }

    /// Says something of a row.
    pub fn remark(&mut self, row: usize, words: impl Into<String>) {
        self.remarks.push(Remark { row, words: words.into(), wrong: true });
    }

    /// Says that the file has something that becomes nothing, once.
    pub fn leave_out(&mut self, name: &str) {
        if !self.columns.iter().any(|(known, _)| known == name) {
            self.columns.push((name.to_owned(), None));
        }
    }

    /// Whether the file is of the right kind and has nothing in it.
    pub fn is_blank(&self) -> bool {
        self.entries.is_empty() && self.skipped.is_empty()
    }

    /// Takes an entry, unless there is nothing in it to call it by.
    pub fn take(&mut self, mut entry: Entry) {
        let name = if entry.section == Section::Item { Field::Title } else { Field::Name };
        if entry.text(name).is_empty() {
            let first = entry.text(Field::Notes).lines().next().unwrap_or_default();
            let title = if first.is_empty() { &entry.key } else { first }.to_owned();
            if first.is_empty() && !title.is_empty() {
                self.remark(entry.row, format!("there is no title in it; it is called “{title}”"));
            }
            entry.line(name, &title);
        }
        if entry.text(name).is_empty() {
            return self.skip(entry.row, "there is no title in it");
        }
        if entry.own.is_none() && entry.section == Section::Item {
            self.shorten(&mut entry);
        }
        self.entries.push(entry);
    }

    /// Cuts a title that is as long as a text, which then stands whole in the notes.
    fn shorten(&mut self, entry: &mut Entry) {
        let title = entry.text(Field::Title).to_owned();
        let Some((cut, _)) = title.char_indices().nth(TITLE) else { return };
        let notes = std::mem::take(&mut entry.fields);
        let (notes, others): (Vec<_>, Vec<_>) =
            notes.into_iter().partition(|(field, _)| *field == Field::Notes);
        entry.fields = others;
        entry.paragraph(Field::Notes, &title);
        let more = notes.into_iter().find_map(|(_, value)| value);
        entry.paragraph(Field::Notes, more.as_ref().and_then(Value::as_text).unwrap_or_default());
        entry.line(Field::Title, &format!("{}…", &title[..cut]));
        let words = format!("the title has more than {TITLE} letters; the rest is in the notes");
        self.remark(entry.row, words);
    }
}
