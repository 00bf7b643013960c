//! A record of another tool, in this program's words.

use super::origin::Origin;
use super::past::SprintSaid;
use crate::workspace::{Field, Place, Section, Value};

/// A record of another tool.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where it stands in the file, see [`Remark::row`](super::Remark::row).
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
    /// What the file says of the sprints it is and was in.
    pub sprints: Vec<SprintSaid>,
    /// Whether the file may lack links that there are, so that those are left alone.
    pub lacks_links: bool,
    /// Keys of what waits for it.
    pub blocks: Vec<String>,
    /// Whether it is done, where the file says so.
    pub done: Option<bool>,
    /// Why nobody does it, in the file's word, where it says that.
    pub dropped: Option<String>,
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
            sprints: Vec::new(),
            lacks_links: false,
            blocks: Vec::new(),
            done: None,
            dropped: None,
            place: None,
        }
    }

    /// Says where it stands, and so whether it is done.
    pub fn stand(&mut self, place: Option<Place>) {
        self.place = place;
        self.done = place.map(|place| place == Place::Done);
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
