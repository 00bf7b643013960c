//! Backlog.md: a folder with a Markdown file a task.

use super::asked::{Asked, Page};
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::{reading, table};
use crate::workspace::{Field, Place, Value};

/// A project of Backlog.md.
pub static FORMAT: Format = Format {
    id: "backlog.md",
    name: "a folder of Backlog.md",
    reads: Some(Reader::Folder(read)),
    writes: None,
    about: "tasks, drafts into the inbox, completed ones into done: labels, milestones as releases, dependencies, subtasks, acceptance criteria",
    source: "https://github.com/MrLesk/Backlog.md",
    to: Place::Backlog,
};

fn read(pages: &[Page], asked: &Asked) -> Result<Haul, Unreadable> {
    let mut haul = Haul::of("backlog.md", asked);
    let is_task = |page: &&Page| {
        let folders = ["tasks", "drafts", "completed"];
        page.path.split('/').rev().nth(1).is_none_or(|folder| folders.contains(&folder))
    };
    for (at, page) in pages.iter().enumerate().filter(|(_, page)| is_task(page)) {
        match front(&page.text) {
            Some((facts, body)) => {
                let mut entry = entry(at + 1, &facts, body, asked, &mut haul);
                match page.path.split('/').rev().nth(1) {
                    Some("drafts") => entry.place = Some(Place::Inbox),
                    Some("completed") => entry.done = Some(true),
                    _ => {}
                }
                haul.take(entry);
            }
            None => haul.skip(at + 1, format!("{} has no front matter", page.path)),
        }
    }
    if haul.entries.is_empty() && haul.skipped.is_empty() {
        let words = "there is no tasks folder with Markdown files in it; name the folder `backlog`";
        return Err(Unreadable(words.into()));
    }
    Ok(haul)
}

/// A fact of the front matter: its name and what it lists; one value is a list of one.
type Fact = (String, Vec<String>);

/// The facts between the first two lines of dashes, and what is below.
fn front(text: &str) -> Option<(Vec<Fact>, &str)> {
    let text = text.strip_prefix("---")?.trim_start_matches(['\r', '\n']);
    let (front, body) = text.split_once("\n---")?;
    let mut facts: Vec<Fact> = Vec::new();
    for line in front.lines() {
        let inner = line.trim();
        let nested = line.starts_with([' ', '\t']) || inner.starts_with("- ") || inner == "-";
        if let (true, Some((_, values))) = (nested, facts.last_mut()) {
            match (inner.strip_prefix("- "), values.last_mut()) {
                (Some(value), _) => values.push(scalar(value)),
                // A long text goes on in the next line.
                (None, Some(before)) => *before = format!("{before} {inner}"),
                (None, None) => values.push(scalar(inner)),
            }
        } else if let Some((name, value)) = inner.split_once(':') {
            facts.push((name.trim().to_owned(), values(value.trim())));
        }
    }
    Some((facts, body))
}

fn values(text: &str) -> Vec<String> {
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(list) => list.split(',').map(scalar).filter(|value| !value.is_empty()).collect(),
        None if matches!(text, "" | ">" | ">-" | "|" | "|-" | "null" | "~") => Vec::new(),
        None => vec![scalar(text)],
    }
}

fn scalar(text: &str) -> String {
    let text = text.trim();
    let quoted = |sign: char| text.strip_prefix(sign)?.strip_suffix(sign);
    match (quoted('"'), quoted('\'')) {
        (Some(_), _) => serde_json::from_str(text).unwrap_or_else(|_| text.to_owned()),
        (_, Some(inner)) => inner.replace("''", "'"),
        _ => text.to_owned(),
    }
}

fn entry(row: usize, facts: &[Fact], body: &str, asked: &Asked, haul: &mut Haul) -> Entry {
    let mut entry = Entry::new(row);
    entry.say(Field::Kind, Some(Value::text("task")));
    for field in [Field::Parent, Field::BlockedBy, Field::Release] {
        entry.link(field, "");
    }
    for (name, values) in facts {
        let first = values.first().map(String::as_str).unwrap_or_default();
        match name.as_str() {
            "id" => first.clone_into(&mut entry.key),
            "title" => entry.line(Field::Title, first),
            "status" => {
                if let Err(words) = table::status(&mut entry, first) {
                    haul.remark(row, words);
                }
            }
            "labels" => entry.words(Field::Tags, values),
            "priority" => table::priority(&mut entry, first),
            "milestone" => entry.link(Field::Release, first),
            "parent_task_id" | "parent" => entry.link(Field::Parent, first),
            "dependencies" => values.iter().for_each(|id| entry.link(Field::BlockedBy, id)),
            "created_date" => {
                entry.say(Field::Created, reading::day(first, asked, None).map(Value::Date));
            }
            "completed_date" => {
                entry.say(Field::Done, reading::day(first, asked, None).map(Value::Date));
            }
            _ => {}
        }
    }
    sections(&mut entry, body);
    entry
}

/// The criteria are criteria; every other section is notes.
fn sections(entry: &mut Entry, body: &str) {
    let mut notes = String::new();
    let mut in_criteria = false;
    entry.say(Field::Acceptance, None);
    for line in body.lines().skip_while(|line| line.trim().is_empty()) {
        let text = line.trim();
        let marker = text.starts_with("<!-- ") && text.ends_with(" -->") && text.contains(':');
        if let Some(heading) = text.strip_prefix("## ") {
            in_criteria = heading.to_lowercase().starts_with("acceptance criteria");
            if in_criteria || heading.trim() == "Description" {
                continue;
            }
        }
        match text.strip_prefix("- [") {
            _ if marker => {}
            Some(rest) if in_criteria && rest.get(1..2) == Some("]") => {
                let text = rest[2..].trim();
                let number = text
                    .strip_prefix('#')
                    .map(|it| it.trim_start_matches(|c: char| c.is_ascii_digit()));
                entry.criterion(number.unwrap_or(text).trim(), !rest.starts_with(' '));
            }
            _ if in_criteria && text.is_empty() => {}
            _ => {
                notes.push_str(line);
                notes.push('\n');
            }
        }
    }
    entry.say(Field::Notes, None);
    entry.paragraph(Field::Notes, &notes);
}
