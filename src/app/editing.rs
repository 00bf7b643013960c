//! Items as text for the person's own editor: a head of fields, a line, the notes. Several stand
//! in one text.

use super::choice::{Choice, Choices};
use super::entry::Typing;
use super::form::dated;
use super::windows::Begun;
use super::{App, Effect, Window};
use crate::workspace::{Field, Id, Op, Record, Section, Shape, Value, Workspace};
use std::rc::Rc;

/// What parts the fields of an item from its notes.
const NOTES: &str = "---";
/// What begins an item, before its id.
const ITEM: &str = "=== ";
/// What begins a line that says something and means nothing.
const COMMENT: &str = "# ";
/// What stands before each line of a value that takes several.
const INDENT: &str = "  ";

/// What is wrong with a line, which counts from 1.
pub type Wrong = (usize, String);

/// What is in the person's editor.
#[derive(Debug)]
pub(super) struct Edited {
    ids: Vec<Id>,
    /// The text of these items.
    made: String,
    /// The text that goes there.
    text: String,
    /// What the text was made of, where something came in since.
    pub begun: Begun,
}

/// What is to be changed in an item.
type Edits = (Id, Vec<(Field, Option<Value>)>);

/// The text of these items.
pub fn text(typing: Typing, ids: &[Id]) -> String {
    let mut text = format!(
        "{COMMENT}Save and quit takes it; a line taken out clears its field; leaving with an\n\
         {COMMENT}error (:cq) changes nothing. Notes stand below the {NOTES}.\n"
    );
    for record in ids.iter().filter_map(|id| typing.workspace.get(id)) {
        text.push_str(&item(typing, record));
    }
    text
}

fn item(typing: Typing, record: &Record) -> String {
    let mut text = format!("{ITEM}{}\n", record.id());
    let mut free = Vec::new();
    for row in Field::of(Section::Item).filter(|row| is_typed(row.field)) {
        match record.get(row.field) {
            Some(value) => text.push_str(&field(typing, row.key, row.shape, value)),
            None => free.push(row.key),
        }
    }
    let (free, notes) = (free.join(", "), record.text(Field::Notes));
    text + &format!("{COMMENT}also: {free}\n{NOTES}\n{notes}\n")
}

/// Notes have a place of their own, and what a merge left is resolved where both sides are seen.
fn is_typed(field: Field) -> bool {
    !matches!(field, Field::Notes | Field::Conflict)
}

fn field(typing: Typing, key: &str, shape: Shape, value: &Value) -> String {
    let shown = typing.show(shape, value);
    if !is_long(shape) {
        return format!("{key}: {shown}\n");
    }
    let lines: Vec<String> = shown.lines().map(|line| format!("{INDENT}{line}\n")).collect();
    format!("{key}:\n{}", lines.concat())
}

fn is_long(shape: Shape) -> bool {
    use Shape::{Group, Groups, Lines, Links, Long, Map};
    matches!(shape, Group(_) | Groups(_) | Lines | Links(_) | Long | Map(_))
}

/// What `text` changes in these items.
///
/// # Errors
/// Every line that is wrong.
pub fn read(typing: Typing, ids: &[Id], text: &str) -> Result<Vec<Edits>, Vec<Wrong>> {
    let mut wrongs = Vec::new();
    let mut all = Vec::new();
    let lines: Vec<(usize, &str)> = (1..).zip(text.lines()).collect();
    let starts = starts(typing.workspace, ids, &lines);
    for (nth, start) in starts.iter().enumerate() {
        let end = starts.get(nth + 1).copied().unwrap_or(lines.len());
        let (number, line) = lines[*start];
        let id = Id::new(line[ITEM.len()..].trim());
        let known = ids.contains(&id).then(|| typing.workspace.get(&id)).flatten();
        match known {
            Some(record) => match one(typing, record, &lines[start + 1..end]) {
                Ok(edits) => all.push((id, edits)),
                Err(mut more) => wrongs.append(&mut more),
            },
            None => wrongs.push((
                number,
                format!(
                    "{id} is not one of the items that were edited; a new line of notes can't begin with {}",
                    ITEM.trim()
                ),
            )),
        }
    }
    if starts.is_empty() {
        wrongs.push((1, format!("no line begins with “{}”, so no item is named", ITEM.trim())));
    }
    if wrongs.is_empty() { Ok(all) } else { Err(wrongs) }
}

/// Where items begin. A line that looks so and was in the notes of the item before is one of them.
fn starts(workspace: &Workspace, ids: &[Id], lines: &[(usize, &str)]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut notes = "";
    for (at, (_, line)) in lines.iter().enumerate() {
        let Some(id) = line.strip_prefix(ITEM).map(|id| Id::new(id.trim())) else { continue };
        if ids.contains(&id) || !notes.lines().any(|known| known == *line) {
            starts.push(at);
            notes = workspace.get(&id).map_or("", |record| record.text(Field::Notes));
        }
    }
    starts
}

fn one(
    typing: Typing,
    record: &Record,
    lines: &[(usize, &str)],
) -> Result<Vec<(Field, Option<Value>)>, Vec<Wrong>> {
    let split = lines.iter().position(|(_, line)| line.trim_end() == NOTES);
    let (head, notes) = match split {
        Some(at) => (&lines[..at], &lines[at + 1..]),
        None => (lines, &[][..]),
    };
    let mut values: Vec<(Field, Option<Value>)> = Vec::new();
    let mut wrongs = Vec::new();
    let mut head = head.iter().peekable();
    while let Some((number, line)) = head.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut typed = String::new();
        while let Some((_, more)) = head.next_if(|(_, line)| line.starts_with(INDENT)) {
            typed.push_str(&more[INDENT.len()..]);
            typed.push('\n');
        }
        match named(typing, record, line, &typed) {
            Ok(value) => values.push(value),
            Err(wrong) => wrongs.push((*number, wrong)),
        }
    }
    if !wrongs.is_empty() {
        return Err(wrongs);
    }
    let joined = |lines: &mut dyn Iterator<Item = &str>| {
        lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
    };
    let notes = joined(&mut notes.iter().map(|(_, line)| *line));
    // An editor has its own ends of lines and of files.
    let is_as_it_was = notes == joined(&mut record.text(Field::Notes).lines());
    let notes =
        if is_as_it_was { record.get(Field::Notes).cloned() } else { Some(Value::text(notes)) };
    values.push((Field::Notes, notes.filter(|notes| notes.as_text() != Some(""))));
    Ok(changes(record, &values))
}

/// The field and the value of a line, with the indented lines that follow it. What stands as it was
/// shown is as it was, also where nobody could type it: a link that leads to nothing.
fn named(
    typing: Typing,
    record: &Record,
    line: &str,
    more: &str,
) -> Result<(Field, Option<Value>), String> {
    let (key, rest) =
        line.split_once(':').ok_or_else(|| format!("“{line}” lacks a colon, as in “title: …”"))?;
    let field = Field::named(Section::Item, key.trim()).filter(|field| is_typed(*field));
    let field = field.ok_or_else(|| format!("there is no field “{}”", key.trim()))?;
    let text = if more.is_empty() { rest.trim() } else { more };
    let shape = field.row().shape;
    let is_as_shown = |old: &&Value| typing.show(shape, old).trim() == text.trim();
    if let Some(old) = record.get(field).filter(is_as_shown) {
        return Ok((field, Some(old.clone())));
    }
    let value = typing.read(shape, text)?;
    if field == Field::Title && value.is_none() {
        return Err("an item needs a title".to_owned());
    }
    Ok((field, value))
}

/// The fields that differ from the record; one that is not named is cleared.
fn changes(record: &Record, values: &[(Field, Option<Value>)]) -> Vec<(Field, Option<Value>)> {
    Field::of(Section::Item)
        .map(|row| row.field)
        .filter(|field| *field != Field::Conflict)
        .map(|field| {
            let named = values.iter().rev().find(|(other, _)| *other == field);
            (field, named.and_then(|(_, value)| value.clone()))
        })
        .filter(|(field, value)| record.get(*field) != value.as_ref())
        .filter(|(field, value)| *field != Field::Title || value.is_some())
        .collect()
}

/// Gives the targets to the person's editor.
pub(super) fn open(app: &mut App) {
    let ids = app.targets();
    let text = text(app.typing(), &ids);
    hand_over(app, Edited { ids, made: text.clone(), text, begun: None });
}

fn hand_over(app: &mut App, edited: Edited) {
    app.effects.push(Effect::Edit(edited.text.clone()));
    app.edited = Some(edited);
}

/// Takes what comes back. What is wrong is said by line, and the text is not lost.
pub(super) fn back(app: &mut App, result: Result<String, String>) {
    let Some(edited) = app.edited.take() else { return };
    let text = match result {
        Ok(text) => text,
        Err(why) => return app.refuse(format!("nothing was changed: {why}")),
    };
    if text == edited.made {
        return app.say("as it was");
    }
    let begun = edited.begun.clone().map(Workspace::new);
    let typing = app.typing();
    let typing = Typing { workspace: begun.as_ref().unwrap_or(typing.workspace), ..typing };
    match read(typing, &edited.ids, &text) {
        Ok(edits) => take(app, edits, edited.begun),
        Err(wrongs) => again(app, Edited { text, ..edited }, &wrongs),
    }
}

/// Makes these changes of what the text was begun on.
fn take(app: &mut App, all: Vec<Edits>, begun: Begun) {
    let mut ops = Vec::new();
    let mut titles = Vec::new();
    for (id, mut edits) in all {
        let Some(record) = app.workspace().get(&id) else { continue };
        dated(record, &mut edits, app.today);
        if !edits.is_empty() {
            titles.push(record.title().to_owned());
        }
        ops.extend(edits.into_iter().map(|(field, value)| Op::Edit {
            id: id.clone(),
            field,
            value,
        }));
    }
    let words = match titles.as_slice() {
        [] => return app.say("as it was"),
        [title] => format!("edited: {title}"),
        many => format!("edited: {} items", many.len()),
    };
    app.commit_from(begun, words, Op::Batch(ops));
}

/// Offers to go on with the text where it is wrong.
fn again(app: &mut App, edited: Edited, wrongs: &[Wrong]) {
    let about = wrongs.iter().map(|(line, wrong)| format!("line {line}: {wrong}")).collect();
    let go_on = Choice::new(
        'e',
        "edit it again",
        "the text is as you left it",
        Rc::new(|app: &mut App| {
            if let Some(edited) = app.edited.take() {
                hand_over(app, edited);
            }
        }),
    );
    let leave = |app: &mut App| app.edited = None;
    let lose = Choice::new('l', "leave it", "the items stay as they were", Rc::new(leave));
    app.edited = Some(edited);
    let title = "what was written can't be taken yet".to_owned();
    app.windows
        .push(Window::Choices(Choices::new(title, about, vec![go_on, lose]).otherwise(leave)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Place, Workspace};
    use std::sync::Arc;

    fn workspace() -> Workspace {
        let item = Record::new(Id::new("b2"))
            .with(Field::Kind, Value::text("story"))
            .with(Field::Title, Value::text("Import a CSV"))
            .with(Field::Notes, Value::text("one\n\ntwo"))
            .with(Field::Points, Value::Number(5.0))
            .with(Field::BlockedBy, Value::list([Value::link(Id::new("c3"))]));
        let other = Record::new(Id::new("c3")).with(Field::Title, Value::text("Match: rules"));
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::new(item), Arc::new(other)]);
        Workspace::new(content)
    }

    fn edited(change: impl Fn(&str) -> String) -> Result<Vec<Edits>, Vec<Wrong>> {
        let workspace = workspace();
        let today = "2026-11-22".parse().unwrap();
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let ids = [Id::new("b2"), Id::new("c3")];
        let text = text(typing, &ids);
        read(typing, &ids, &change(&text))
    }

    #[test]
    fn a_text_that_was_not_changed_changes_nothing() {
        let edits = edited(str::to_owned).unwrap();
        assert!(edits.iter().all(|(_, edits)| edits.is_empty()), "{edits:?}");
    }

    #[test]
    fn a_link_that_leads_to_nothing_stays_and_stands_in_no_way() {
        let lost = Record::new(Id::new("b2"))
            .with(Field::Title, Value::text("Import a CSV"))
            .with(Field::Parent, Value::link(Id::new("gone")))
            .with(Field::BlockedBy, Value::list([Value::link(Id::new("lost"))]));
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::new(lost)]);
        let (workspace, ids) = (Workspace::new(content), [Id::new("b2")]);
        let today = "2026-11-22".parse().unwrap();
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let text = text(typing, &ids);
        let edits = read(typing, &ids, &text.replace("a CSV", "two CSVs")).unwrap();
        assert_eq!(edits[0].1, [(Field::Title, Some(Value::text("Import two CSVs")))]);
        assert!(read(typing, &ids, &text.replace("gone", "away")).is_err());
    }

    #[test]
    fn fields_are_changed_added_and_taken_out() {
        let edits = edited(|text| {
            text.replace("points: 5\n", "")
                .replace(
                    "title: Import a CSV",
                    "title: Import: a CSV\ntags: bank\nacceptance:\n  [x] rows",
                )
                .replace("two", "three\n---\nfour")
        })
        .unwrap();
        let (id, edits) = &edits[0];
        let value = |field: Field| {
            edits.iter().find(|(other, _)| *other == field).map(|(_, value)| value.clone())
        };
        assert_eq!(id.as_str(), "b2");
        assert_eq!(value(Field::Points), Some(None));
        assert_eq!(value(Field::Title), Some(Some(Value::text("Import: a CSV"))));
        assert_eq!(value(Field::Notes), Some(Some(Value::text("one\n\nthree\n---\nfour"))));
        assert!(value(Field::Acceptance).is_some() && value(Field::Tags).is_some());
        assert_eq!(edits.len(), 5);
    }

    #[test]
    fn notes_stay_as_they_are_whatever_they_look_like() {
        let notes = "one\r\n=== two\r\n---\r\n# three\n\n";
        let item = |id: &str| Record::new(Id::new(id)).with(Field::Title, Value::text(id));
        let noted = item("a").with(Field::Notes, Value::text(notes));
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::new(noted), Arc::new(item("b"))]);
        let workspace = Workspace::new(content);
        let today = "2026-11-22".parse().unwrap();
        let typing = Typing { workspace: &workspace, today, month_first: None };
        let ids = [Id::new("a"), Id::new("b")];
        let made = text(typing, &ids);
        let changed = |text: &str| read(typing, &ids, text).unwrap();
        let title = changed(&made.replace("title: a", "title: A"));
        assert_eq!(title[0].1, [(Field::Title, Some(Value::text("A")))]);
        assert_eq!(title[1].1, []);
        let more = changed(&made.replace("# three", "four"));
        let four = Value::text("one\n=== two\n---\nfour");
        assert_eq!(more[0].1, [(Field::Notes, Some(four))]);
        assert_eq!(changed(&made.replace(notes, ""))[0].1, [(Field::Notes, None)]);
    }

    #[test]
    fn what_is_wrong_is_said_by_line() {
        let wrongs = edited(|text| {
            text.replace("points: 5", "points: none").replace("=== c3", "=== zz\nnonsense")
        });
        let wrongs = wrongs.unwrap_err();
        assert_eq!(wrongs[0], (8, "“none” is not a number above 0".to_owned()));
        assert!(wrongs[1].1.contains("zz is not one of the items"), "{wrongs:?}");
    }
}
