//! What is known of an item, in words: for the strip under the board and for `show`.

use crate::insight::progress;
use crate::scoring::{Framework, Score};
use crate::workspace::{Date, Field, Id, Place, Record, Section, Shape, Value, Workspace};

/// Children, waits and the like named at most; the rest is counted.
const NAMED: usize = 12;

/// What is known of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail {
    /// Its title.
    pub title: String,
    /// What it is, what it serves, when it goes out.
    pub about: Vec<String>,
    /// What there is to say, a label and a text each, the most telling first.
    pub bands: Vec<(String, String)>,
}

/// What is known of the record with this id.
pub fn of(workspace: &Workspace, id: &Id) -> Option<Detail> {
    let record = workspace.get(id)?;
    let place = workspace.place_of(id)?;
    let mut detail = Detail { title: record.title().to_owned(), ..Detail::default() };
    detail.about = about(workspace, record, place);
    if place.holds_items() {
        detail.bands.push(score(workspace, record, place));
        detail.bands.extend(family(workspace, record));
    }
    for row in Field::of(place.section()).filter(|row| !SAID.contains(&row.field)) {
        if let Some(value) = record.get(row.field) {
            detail.bands.push((row.label.to_owned(), field(workspace, row.field, value)));
        }
    }
    Some(detail)
}

/// Fields that the heading or a band of its own says.
const SAID: [Field; 8] = [
    Field::Title,
    Field::Kind,
    Field::Objective,
    Field::Release,
    Field::Parent,
    Field::BlockedBy,
    Field::Ratings,
    Field::Rated,
];

fn about(workspace: &Workspace, record: &Record, place: Place) -> Vec<String> {
    let mut about = Vec::new();
    if place.section() == Section::Item {
        let kind = record.text(Field::Kind);
        about.push(if kind.is_empty() { "task".to_owned() } else { kind.to_owned() });
    }
    for link in [Field::Objective, Field::Release] {
        if let Some(id) = record.link(link) {
            about.push(linked(workspace, id));
        }
    }
    about
}

fn score(workspace: &Workspace, record: &Record, place: Place) -> (String, String) {
    let framework = Framework::of(place.hat(), workspace.settings());
    let text = match framework.score(record) {
        Score::Of(score) => format!("{} = {}", framework.shown(score), framework.explain(record)),
        Score::Needs(factors) => {
            format!("needs {} · {}", needs(framework, &factors), framework.explain(record))
        }
    };
    (framework.name.to_owned(), text)
}

/// The factors an item still needs, by name.
pub fn needs(framework: &Framework, factors: &[&'static str]) -> String {
    let name = |id: &'static str| framework.factor(id).map_or(id, |factor| factor.name);
    factors.iter().map(|id| name(id)).collect::<Vec<_>>().join(", ")
}

fn family(workspace: &Workspace, record: &Record) -> Vec<(String, String)> {
    let mut bands = Vec::new();
    let id = record.id();
    if let Some(parent) = record.link(Field::Parent) {
        bands.push(("part of".to_owned(), linked(workspace, parent)));
    }
    let children = workspace.children(id);
    if let Some(progress) = progress::of(workspace, id) {
        let text = format!(
            "{} of {} points done: {}",
            progress.done,
            progress.all,
            several(workspace, &children)
        );
        let parts = if children.len() == 1 { "part" } else { "parts" };
        bands.push((format!("{} {parts}", children.len()), text));
    }
    let waits: Vec<Id> = record.links(Field::BlockedBy).cloned().collect();
    if !waits.is_empty() {
        bands.push(("waits for".to_owned(), several(workspace, &waits)));
    }
    let waiting = workspace.waiting_for(id);
    if !waiting.is_empty() {
        bands.push(("awaited by".to_owned(), several(workspace, &waiting)));
    }
    bands
}

fn several(workspace: &Workspace, ids: &[Id]) -> String {
    let done = |id: &Id| workspace.place_of(id) == Some(Place::Done);
    let name = |id: &Id| format!("{}{}", linked(workspace, id), if done(id) { " ✓" } else { "" });
    let mut names: Vec<String> = ids.iter().take(NAMED).map(name).collect();
    if ids.len() > NAMED {
        names.push(format!("and {} more", ids.len() - NAMED));
    }
    names.join(" · ")
}

/// The title of what is linked to; a release or a sprint with its day; what is gone says so.
pub fn linked(workspace: &Workspace, id: &Id) -> String {
    let Some(record) = workspace.get(id) else { return format!("{id} (not in this file)") };
    match record.date(Field::Day) {
        Some(date) => format!("{} ({})", record.title(), day(date)),
        None => record.title().to_owned(),
    }
}

/// A day as people write it: `18 Dec 2026`.
pub fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// The value of a field in words: links by their titles, days as people write them.
pub fn field(workspace: &Workspace, field: Field, value: &Value) -> String {
    match (field, field.row().shape) {
        (Field::Story, _) => story(value),
        (Field::Acceptance, _) => acceptance(value),
        (_, Shape::Lines | Shape::Words) => {
            value.items().iter().filter_map(Value::as_text).collect::<Vec<_>>().join(", ")
        }
        _ => words(workspace, value),
    }
}

fn story(value: &Value) -> String {
    let part = |name| value.get(name).and_then(Value::as_text).unwrap_or("…").to_owned();
    format!("as {}, I want {}, so {}", part("as"), part("want"), part("so"))
}

fn acceptance(value: &Value) -> String {
    let criterion = |value: &Value| {
        let met = value.get("met") == Some(&Value::Flag(true));
        let text = value.get("text").and_then(Value::as_text).unwrap_or_default();
        format!("{} {text}", if met { "☑" } else { "☐" })
    };
    value.items().iter().map(criterion).collect::<Vec<_>>().join("  ")
}

fn words(workspace: &Workspace, value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => day(*date),
        Value::Link(id) => linked(workspace, id),
        Value::List(values) => {
            values.iter().map(|value| words(workspace, value)).collect::<Vec<_>>().join(" · ")
        }
        Value::Map(entries) => entries
            .iter()
            .map(|(name, value)| format!("{name} {}", words(workspace, value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
