//! Which words to the other hat wait for an answer, and which were answered?

use crate::workspace::{Date, Field, Hat, Id, Place, Record, Value, Workspace, sorted};

/// What the owner usually has to say to the manager about an item.
pub const KINDS: [&str; 4] = ["too big", "unclear", "blocked", "customers say otherwise"];

/// A word to the other hat.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The item it is about.
    pub item: Id,
    /// Whom it is for.
    pub to: Hat,
    /// What it says.
    pub text: String,
    /// The day it was written.
    pub on: Option<Date>,
    /// What was answered; nothing while it waits.
    pub answer: Option<String>,
}

impl Note {
    /// Whether it waits for an answer.
    pub fn waits(&self) -> bool {
        self.answer.is_none()
    }

    /// The same with an answer, as the item keeps it.
    pub fn answered(record: &Record, answer: &str) -> Option<Value> {
        let entries = record.get(Field::NoteTo)?.entries().iter();
        let mut entries: Vec<_> =
            entries.filter(|(name, _)| &**name != "answer").cloned().collect();
        entries.push(("answer".into(), Value::text(answer)));
        Some(Value::map(entries))
    }

    /// The note of a hat, as the item keeps it.
    pub fn written(to: Hat, text: &str, on: Date) -> Value {
        Value::map([
            ("hat".into(), Value::text(to.key())),
            ("text".into(), Value::text(text)),
            ("on".into(), Value::Date(on)),
        ])
    }
}

/// The note on an item. One that does not say whom it is for is for the manager.
pub fn of(item: &Record) -> Option<Note> {
    let note = item.get(Field::NoteTo)?;
    let part = |name| note.get(name).and_then(Value::as_text).unwrap_or_default();
    let to = if part("hat") == Hat::Po.key() { Hat::Po } else { Hat::Pm };
    Some(Note {
        item: item.id().clone(),
        to,
        text: part("text").to_owned(),
        on: note.get("on").and_then(Value::as_date),
        answer: Some(part("answer").to_owned()).filter(|answer| !answer.trim().is_empty()),
    })
}

/// Every note, those that wait first, each sort with the oldest first.
pub fn all(workspace: &Workspace) -> Vec<Note> {
    let items = Place::ITEMS.into_iter().flat_map(|place| workspace.list(place));
    let mut notes: Vec<Note> = items.filter_map(|item| of(item)).collect();
    sorted::by_key(&mut notes, |note| (!note.waits(), note.on));
    notes
}

/// The notes that wait for a hat, the oldest first.
pub fn waiting(workspace: &Workspace, hat: Hat) -> Vec<Note> {
    all(workspace).into_iter().filter(|note| note.waits() && note.to == hat).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Content;
    use std::sync::Arc;

    fn item(id: &str, to: Hat, on: &str) -> Record {
        let note = Note::written(to, "too big", on.parse().unwrap());
        Record::new(Id::new(id)).with(Field::NoteTo, note)
    }

    #[test]
    fn a_note_waits_for_its_hat_until_it_is_answered() {
        let answered = item("c", Hat::Pm, "2026-01-01");
        let answer = Note::answered(&answered, "split it").unwrap();
        assert_eq!(Note::answered(&Record::new(Id::new("x")), "no note"), None);
        let answered = answered.with(Field::NoteTo, answer);
        let note = of(&answered).unwrap();
        assert_eq!((note.text.as_str(), note.answer.as_deref()), ("too big", Some("split it")));
        let mut content = Content::default();
        let items = [item("a", Hat::Pm, "2026-02-02"), item("b", Hat::Pm, "2026-02-01"), answered];
        content.fill(Place::Backlog, items.into_iter().map(Arc::new).collect());
        content.fill(Place::Now, vec![Arc::new(item("d", Hat::Po, "2026-02-01"))]);
        let workspace = Workspace::new(content);
        let ids =
            |notes: Vec<Note>| notes.iter().map(|note| note.item.to_string()).collect::<String>();
        assert_eq!(ids(waiting(&workspace, Hat::Pm)), "ba");
        assert_eq!(ids(waiting(&workspace, Hat::Po)), "d");
        assert_eq!(ids(all(&workspace)), "dbac");
    }
}
