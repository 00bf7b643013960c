//! todo.txt: a task a line.

use super::asked::{Asked, Chosen};
use super::decode::text_from;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::words::{self, OWN};
use super::{reading, table};
use crate::workspace::{Date, Field, Place, Record, Value, Workspace};
use std::io::Read;

/// Tasks of todo.txt.
pub static FORMAT: Format = Format {
    id: "todo.txt",
    name: "a todo.txt",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "priorities, dates, +projects and @contexts as tags, due:, t: and id:; a task without an id is known again by its words; written without notes, criteria and ratings",
    source: "https://github.com/todotxt/todo.txt",
    to: Place::Backlog,
};

/// What add-ons call the name of a task by which it is known again, whatever else is said of it.
const NAMES: [&str; 3] = ["uuid", "uid", "id"];

/// What is written behind a task for this program itself.
const CARRIED: [Field; 13] = [
    Field::Kind,
    Field::Status,
    Field::Tags,
    Field::Points,
    Field::Parent,
    Field::Objective,
    Field::Sprint,
    Field::Release,
    Field::BlockedBy,
    Field::Start,
    Field::Created,
    Field::Started,
    Field::Done,
];

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let text = text_from(bytes)?;
    let mut haul = Haul::of("todo.txt", asked);
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        haul.take(entry(at + 1, line));
    }
    Ok(haul)
}

fn entry(row: usize, line: &str) -> Entry {
    let mut entry = Entry::new(row);
    let (line, own) = match line.rsplit_once(&format!(" {OWN}")) {
        Some((line, own)) => (line, Some(own)),
        None => (line, None),
    };
    let rest = beginning(&mut entry, line);
    match own {
        Some(own) => known_again(&mut entry, rest, own),
        None => described(&mut entry, rest),
    }
    entry
}

/// Reads a task that this program wrote: `own` is exact, as long as what people see of it still
/// says the same.
fn known_again(entry: &mut Entry, title: &str, own: &str) {
    let (done, created) = (entry.done, entry.get(Field::Created).cloned());
    let ended_on = entry.get(Field::Done).cloned();
    let mut tags = entry.get(Field::Tags).cloned();
    let words = || own.split(' ');
    entry.fields.clear();
    words::read(entry, &format!("{OWN}{own}"), &CARRIED);
    ended(entry, done);
    entry.say_first(Field::Done, ended_on.filter(|_| done == Some(true)));
    entry.say_first(Field::Created, created);
    let due = words().find_map(|word| word.strip_prefix("due:")?.parse().ok());
    entry.say(Field::Due, due.map(Value::Date));
    let mut seen = Entry::new(0);
    seen.say(Field::Tags, tags.take());
    seen.words(Field::Tags, words().filter_map(tag));
    let exact: Vec<String> = entry.texts(Field::Tags);
    // Of several priorities a line has room for the first.
    let first = exact.iter().find(|tag| letter(tag).is_some()).filter(|_| done != Some(true));
    let written: Vec<&String> =
        exact.iter().filter(|tag| is_plain(tag) || Some(*tag) == first).collect();
    if !seen.texts(Field::Tags).iter().all(|tag| written.contains(&tag))
        || !written.iter().all(|tag| seen.texts(Field::Tags).contains(tag))
    {
        let hidden: Vec<&String> = exact.iter().filter(|tag| !written.contains(tag)).collect();
        seen.words(Field::Tags, hidden);
        entry.say(Field::Tags, seen.get(Field::Tags).cloned());
    }
    let exact = words().find_map(|word| word.strip_prefix("title:")).map(words::decoded);
    let exact = exact.filter(|exact| shown(exact) == title);
    entry.say(Field::Title, Some(Value::text(exact.unwrap_or_else(|| title.to_owned()))));
}

/// Whether a tag can be a word with `+` or `@` in front.
fn is_plain(tag: &str) -> bool {
    let word = !tag.contains(|c: char| c.is_whitespace() || c.is_control());
    word && !tag.is_empty() && tag != "+" && !tag.starts_with("priority:")
}

/// The letter of a priority that has one.
fn letter(tag: &str) -> Option<&str> {
    let letter = tag.strip_prefix("priority:")?;
    matches!(letter.as_bytes(), [b'A'..=b'Z']).then_some(letter)
}

/// A task that was ticked off, or opened again, there since it was written is so.
fn ended(entry: &mut Entry, done: Option<bool>) {
    if entry.done != done {
        entry.place = None;
        entry.done = done;
        entry.say(Field::Done, None);
    }
}

/// Reads what stands in front of the description: `x`, the priority, the dates.
fn beginning<'a>(entry: &mut Entry, line: &'a str) -> &'a str {
    let mut rest = line;
    entry.done = Some(false);
    if let Some(after) = rest.strip_prefix("x ") {
        entry.done = Some(true);
        rest = after;
    }
    entry.say(Field::Tags, None);
    if let [b'(', letter @ b'A'..=b'Z', b')', b' ', ..] = rest.as_bytes() {
        table::priority(entry, &char::from(*letter).to_string());
        rest = &rest[4..];
    }
    let mut days: Vec<Date> = Vec::new();
    let most = if entry.done == Some(true) { 2 } else { 1 };
    while let Some((word, after)) = rest.split_once(' ').filter(|_| days.len() < most) {
        let Some(day) = Some(word).filter(|word| word.len() == 10).and_then(|it| it.parse().ok())
        else {
            break;
        };
        days.push(day);
        rest = after;
    }
    // Of two days the first is the one on which it was done.
    if entry.done == Some(true) {
        let ended = (!days.is_empty()).then(|| days.remove(0));
        entry.say(Field::Done, ended.map(Value::Date));
    }
    if let Some(day) = days.first() {
        entry.say(Field::Created, Some(Value::Date(*day)));
    }
    rest
}

/// A word that is a tag: of a context the name, of a project also its sign.
fn tag(word: &str) -> Option<&str> {
    let project = word.starts_with('+') && word.len() > 1;
    if project { Some(word) } else { word.strip_prefix('@').filter(|name| !name.is_empty()) }
}

/// Reads a description: tags stay in the title where they are words of a sentence, and are taken
/// off its end.
fn described(entry: &mut Entry, text: &str) {
    entry.words(Field::Tags, text.split_whitespace().filter_map(tag));
    entry.say(Field::Due, None);
    for (name, value) in text.split_whitespace().filter_map(|word| word.split_once(':')) {
        let day = reading::day(value, &Asked::default(), None).filter(|_| value.len() == 10);
        match (name, day) {
            ("due", Some(day)) => entry.say(Field::Due, Some(Value::Date(day))),
            ("t", Some(day)) => entry.say(Field::Start, Some(Value::Date(day))),
            ("pri", _) => table::priority(entry, value),
            (name, _) if NAMES.contains(&name) && entry.key.is_empty() => {
                value.clone_into(&mut entry.key);
            }
            _ => {}
        }
    }
    let known = |word: &str| {
        let read = word.split_once(':').is_some_and(|(name, value)| {
            ["due", "t"].contains(&name) && value.parse::<Date>().is_ok()
                || name == "pri"
                || NAMES.contains(&name) && !value.is_empty()
        });
        read || tag(word).is_some()
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept = words.iter().rposition(|word| !known(word)).map_or(0, |last| last + 1);
    let title = words[..kept].iter().filter(|word| !word.contains(':') || !known(word));
    entry.line(Field::Title, &title.copied().collect::<Vec<_>>().join(" "));
    if kept == 0 {
        entry.line(Field::Title, text);
    }
}

fn write(_: &Workspace, items: &[Chosen], _: &Asked) -> String {
    items.iter().map(|(place, item)| line(*place, item) + "\n").collect()
}

/// A title as it stands in a line. One that looks like what stands in front of a title is set apart
/// from that by a dash.
fn shown(title: &str) -> String {
    let shown = title.replace(char::is_control, " ").trim().to_owned();
    let probe = format!("{shown} ");
    let is_clear = !shown.is_empty() && beginning(&mut Entry::new(0), &probe) == probe;
    if is_clear { shown } else { format!("– {shown}") }
}

fn line(place: Place, item: &Record) -> String {
    let mut parts = Vec::new();
    let day = |field| item.date(field).map(|day| day.to_string());
    if place == Place::Done {
        parts.push("x".to_owned());
        parts.extend(day(Field::Done));
        // A day of making without one of ending would be taken for that.
        parts.extend(day(Field::Created).filter(|_| day(Field::Done).is_some()));
    } else {
        let priority = item.texts(Field::Tags).find_map(letter);
        parts.extend(priority.map(|letter| format!("({letter})")));
        parts.extend(day(Field::Created));
    }
    let shown = shown(item.title());
    parts.push(shown.clone());
    parts.push(words::written(place, item, &CARRIED));
    if shown != item.title() {
        parts.push(format!("title:{}", words::encoded(item.title())));
    }
    parts.extend(day(Field::Due).map(|day| format!("due:{day}")));
    let tags = item.texts(Field::Tags).filter(|tag| is_plain(tag));
    parts.extend(tags.map(|tag| if tag.starts_with('+') { tag.into() } else { format!("@{tag}") }));
    parts.join(" ")
}
