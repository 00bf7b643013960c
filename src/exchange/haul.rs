//! All that another tool's file says, and what of it cannot be taken.

use super::asked::Asked;
use super::entry::Entry;
use crate::workspace::{Field, Section, Value};

/// Characters of a title at most; no tool's title has more, and no row of a screen shows them.
const TITLE: usize = 1000;

/// Something to be said of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The row, the line or the number of the record, from 1; of a table the header is row 1.
    pub row: usize,
    /// What is to be said.
    pub words: String,
    /// Of a row that is left out because that is right: what such rows are, and what it is called.
    pub aside: Option<(&'static str, String)>,
}

impl Remark {
    /// Whether something is wrong with the row.
    pub fn is_wrong(&self) -> bool {
        self.aside.is_none()
    }
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
        self.skipped.push(Remark { row, words: why.into(), aside: None });
    }

    /// Leaves a row out that is not meant to become anything; rows of a sort are told in a line.
    pub fn pass(&mut self, row: usize, sort: &'static str, name: &str, why: impl Into<String>) {
        let aside = Some((sort, name.to_owned()));
        self.skipped.push(Remark { row, words: why.into(), aside });
    }

    /// Says something of a row.
    pub fn remark(&mut self, row: usize, words: impl Into<String>) {
        self.remarks.push(Remark { row, words: words.into(), aside: None });
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

    /// Takes an entry, unless nobody does it or there is nothing in it to call it by.
    pub fn take(&mut self, mut entry: Entry) {
        if let Some(word) = entry.dropped.take().filter(|_| entry.own.is_none()) {
            let name = format!("{} ({word})", entry.text(Field::Title));
            return self.pass(entry.row, "not done", &name, format!("it was not done: {word}"));
        }
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
