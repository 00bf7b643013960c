//! Taskwarrior: what `task export` writes and `task import` reads.

use super::asked::{Asked, Chosen};
use super::decode::text_from;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::json::said;
use super::origin::Origin;
use super::{json, reading, table};
use crate::workspace::{Date, Field, Id, Place, Record, Shape, Status, Value, Workspace};
use serde_json::{Map, Value as Json, json};
use std::io::Read;
use xxhash_rust::xxh3::xxh3_128;

/// Tasks of Taskwarrior.
pub static FORMAT: Format = Format {
    id: "taskwarrior",
    name: "tasks of Taskwarrior as JSON",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "`task export`: tags, projects, priority, dates, dependencies, annotations; urgency, which it computes, and deleted tasks are left out; written with notes as annotations, for `task import`",
    source: "https://taskwarrior.org/docs/design/task/",
    to: Place::Backlog,
};

/// Where in this program's own part of a task its fields stand.
const OWN: &str = "twohats";

/// The attributes that are read, or that Taskwarrior computes.
const READ: [&str; 17] = [
    "uuid",
    "description",
    "due",
    "entry",
    "end",
    "start",
    "scheduled",
    "status",
    "tags",
    "project",
    "priority",
    "depends",
    "annotations",
    OWN,
    "urgency",
    "id",
    "modified",
];

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let text = text_from(bytes)?;
    let wrong = |error| Unreadable(format!("this is not what `task export` writes: {error}"));
    // With json.array=off it is a task a line, with a comma behind it in old versions.
    let tasks: Vec<Json> = if text.trim_start().starts_with('[') {
        serde_json::from_str(&text).map_err(wrong)?
    } else {
        let lines = text.lines().map(|line| line.trim().trim_end_matches(','));
        let lines = lines.filter(|line| !line.is_empty());
        lines.map(serde_json::from_str).collect::<Result<_, _>>().map_err(wrong)?
    };
    let mut haul = Haul::of("taskwarrior", asked);
    for (at, task) in tasks.iter().enumerate() {
        let text = |name: &str| task.get(name).and_then(Json::as_str).unwrap_or_default();
        match text("status") {
            "deleted" => haul.pass(at + 1, format!("“{}” is deleted", text("description"))),
            "recurring" => haul.pass(
                at + 1,
                format!("“{}” is the pattern of a task that recurs", text("description")),
            ),
            _ => {
                let parts = task.as_object().into_iter();
                parts
                    .flat_map(|task| said(task, |name| !READ.contains(&name)))
                    .for_each(|name| haul.leave_out(name));
                haul.take(entry(at + 1, task, asked));
            }
        }
    }
    Ok(haul)
}

fn entry(row: usize, task: &Json, asked: &Asked) -> Entry {
    let text = |name: &str| task.get(name).and_then(Json::as_str).unwrap_or_default();
    let mut entry = Entry::new(row);
    text("uuid").clone_into(&mut entry.key);
    entry.line(Field::Title, text("description"));
    for (name, field) in [
        ("due", Field::Due),
        ("entry", Field::Created),
        ("end", Field::Done),
        ("start", Field::Started),
        ("scheduled", Field::Start),
    ] {
        let day = reading::day(text(name), asked, None);
        if day.is_some() || field == Field::Due {
            entry.say(field, day.map(Value::Date));
        }
    }
    entry.done = Some(text("status") == "completed");
    let status = match (text("start").is_empty(), entry.done) {
        (false, Some(false)) => Some(Value::text(Status::Doing.key())),
        _ => None,
    };
    entry.say(Field::Status, status);
    let texts = |name: &str| -> Vec<String> {
        match task.get(name) {
            Some(Json::Array(list)) => {
                list.iter().filter_map(Json::as_str).map(str::to_owned).collect()
            }
            Some(Json::String(text)) => text.split(',').map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    };
    entry.words(Field::Tags, texts("tags"));
    if !text("project").is_empty() {
        entry.words(Field::Tags, [format!("+{}", text("project"))]);
    }
    table::priority(&mut entry, text("priority"));
    entry.link(Field::BlockedBy, "");
    texts("depends").iter().for_each(|uuid| entry.link(Field::BlockedBy, uuid));
    annotations(&mut entry, task);
    own(&mut entry, task);
    entry
}

fn annotations(entry: &mut Entry, task: &Json) {
    let all = task.get("annotations").and_then(Json::as_array);
    let texts = all.into_iter().flatten().filter_map(|it| it.get("description")?.as_str());
    entry.say(Field::Notes, None);
    texts.for_each(|text| entry.paragraph(Field::Notes, text));
}

/// What this program wrote for itself says more, and more exactly, as long as the task still says
/// what was written with it.
fn own(entry: &mut Entry, task: &Json) {
    let Some(text) = task.get(OWN).and_then(Json::as_str) else { return };
    let Ok(Json::Object(said)) = serde_json::from_str(text) else { return };
    let text = |name: &str| said.get(name).and_then(Json::as_str).unwrap_or_default();
    entry.own = Origin::read(text("twohats"));
    // A task that was done there since is done, wherever it stood.
    let place = Place::of_items(text("place"));
    entry.place = place.filter(|place| (*place == Place::Done) == (entry.done == Some(true)));
    let value = |field: Field| said.get(field.key()).and_then(|it| json::field(field, it).ok()?);
    for field in CARRIED {
        if let Shape::Link(_) = field.row().shape {
            entry.link(field, text(field.key()));
        } else {
            entry.say_first(field, value(field));
        }
    }
    // A task can be started and stopped there; it knows no other status.
    let is_doing = text("status") == Status::Doing.key();
    let began = entry.text(Field::Status) == Status::Doing.key();
    if entry.place.is_some() && (is_doing == began || entry.done == Some(true)) {
        entry.say(Field::Status, value(Field::Status));
    }
    for field in [Field::Title, Field::Notes, Field::Tags] {
        let value = value(field);
        if shown(field, value.as_ref()) == shown(field, entry.get(field)) {
            entry.say(field, value);
        }
    }
    entry.say_first(Field::Started, value(Field::Started));
    waits(entry, &said);
    // A task that is written needs a moment of its making; the item may have had none.
    for (field, name) in UNKNOWN {
        if said.get(name).is_some_and(|was| task.get(name) == Some(was)) {
            entry.say(field, None);
        }
    }
}

/// A field as it can be compared with what a task has room for.
fn shown(field: Field, value: Option<&Value>) -> Vec<String> {
    let mut entry = Entry::new(0);
    match (field, value) {
        (Field::Tags, Some(tags)) => {
            entry.words(field, tags.items().iter().filter_map(Value::as_text));
        }
        (_, Some(text)) => entry.line(field, text.as_text().unwrap_or_default()),
        _ => {}
    }
    let value = entry.get(field).cloned();
    let texts = value.iter().flat_map(|value| value.items().iter().chain([value]));
    let mut texts: Vec<String> = texts.filter_map(Value::as_text).map(str::to_owned).collect();
    texts.sort_unstable();
    texts
}

/// What it waits for, by id, where the task still depends on that.
fn waits(entry: &mut Entry, said: &Map<String, Json>) {
    let ids = said.get("blocked_by").and_then(Json::as_array);
    let ids: Vec<&str> = ids.into_iter().flatten().filter_map(Json::as_str).collect();
    let mut written: Vec<String> = ids.iter().map(|id| uuid_of(&Id::new(id))).collect();
    let Some((_, names)) = entry.links.iter_mut().find(|(field, _)| *field == Field::BlockedBy)
    else {
        return;
    };
    let mut depends = names.clone();
    written.sort_unstable();
    depends.sort_unstable();
    if written == depends {
        *names = ids.into_iter().map(str::to_owned).collect();
    }
}

/// Moments that Taskwarrior would make up, and that are kept as the one that says nobody knows.
const UNKNOWN: [(Field, &str); 3] =
    [(Field::Created, "entry"), (Field::Done, "end"), (Field::Started, "start")];
const NOBODY_KNOWS: &str = "20000101T000000Z";

/// Fields for which Taskwarrior has no attribute; they stand in this program's own part.
const CARRIED: [Field; 8] = [
    Field::Kind,
    Field::Points,
    Field::Parent,
    Field::Sprint,
    Field::Release,
    Field::Ratings,
    Field::Acceptance,
    Field::From,
];

fn write(_: &Workspace, items: &[Chosen], asked: &Asked) -> String {
    let tasks = items.iter().map(|(place, item)| task(*place, item, asked).to_string());
    format!("[\n{}\n]\n", tasks.collect::<Vec<_>>().join(",\n"))
}

fn task(place: Place, item: &Record, asked: &Asked) -> Json {
    let mut task = Map::new();
    task.insert("uuid".into(), uuid(item).into());
    let title = item.title().replace(char::is_control, " ");
    task.insert("description".into(), title.trim().into());
    let done = place == Place::Done;
    task.insert("status".into(), if done { "completed" } else { "pending" }.into());
    let mut own = Map::new();
    own.insert("twohats".into(), Origin::written(place, item).into());
    own.insert("place".into(), place.key().into());
    own.insert("title".into(), item.title().into());
    let started = item.status() == Status::Doing && !done;
    // A task with a start is one that is being done.
    let began = (!started).then_some(Field::Started);
    for field in CARRIED.into_iter().chain([Field::Status]).chain(began) {
        if let Some(value) = item.get(field) {
            own.insert(field.key().into(), json::of(value));
        }
    }
    for (name, field, needed) in [
        ("entry", Field::Created, true),
        ("end", Field::Done, done),
        ("start", Field::Started, started),
        ("due", Field::Due, false),
        ("scheduled", Field::Start, false),
    ] {
        let day = item.date(field).filter(|_| Some(field) != began);
        match day.and_then(|day| stamp(day, asked)) {
            Some(stamp) => drop(task.insert(name.into(), stamp.into())),
            None if needed => {
                task.insert(name.into(), NOBODY_KNOWS.into());
                own.insert(name.into(), NOBODY_KNOWS.into());
            }
            None => {}
        }
    }
    tags(&mut task, &mut own, item);
    let depends: Vec<String> = item.links(Field::BlockedBy).map(uuid_of).collect();
    if !depends.is_empty() {
        task.insert("depends".into(), depends.into());
    }
    own.extend(item.get(Field::BlockedBy).map(|ids| ("blocked_by".into(), json::of(ids))));
    let notes = item.text(Field::Notes);
    if !notes.is_empty() {
        let at = task.get("entry").cloned().unwrap_or_default();
        let shown = notes.replace(char::is_control, " ");
        task.insert("annotations".into(), json!([{"entry": at, "description": shown.trim()}]));
        own.insert("notes".into(), notes.into());
    }
    task.insert(OWN.into(), Json::Object(own).to_string().into());
    Json::Object(task)
}

fn tags(task: &mut Map<String, Json>, own: &mut Map<String, Json>, item: &Record) {
    let mut tags = Vec::new();
    for tag in item.texts(Field::Tags) {
        let priority = tag.strip_prefix("priority:").filter(|it| ["H", "M", "L"].contains(it));
        match (priority, tag.strip_prefix('+')) {
            (Some(priority), _) if !task.contains_key("priority") => {
                task.insert("priority".into(), priority.into());
            }
            (_, Some(project)) if !project.is_empty() && !task.contains_key("project") => {
                task.insert("project".into(), project.into());
            }
            _ => tags.push(tag),
        }
    }
    if !tags.is_empty() {
        task.insert("tags".into(), tags.into());
    }
    if let Some(all) = item.get(Field::Tags) {
        own.insert("tags".into(), json::of(all));
    }
}

/// Midnight of a day where the person is, as Taskwarrior writes moments.
fn stamp(day: Date, asked: &Asked) -> Option<String> {
    let midnight = day.to_zoned(asked.zone.clone()).ok()?.timestamp();
    Some(midnight.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// The name an item has in Taskwarrior: the one it came with, else one made of its id.
fn uuid(item: &Record) -> String {
    let part = |name| item.get(Field::External)?.get(name)?.as_text();
    match (part("system"), part("key")) {
        (Some("taskwarrior"), Some(key)) => key.to_owned(),
        _ => uuid_of(item.id()),
    }
}

/// A UUID of version 8, RFC 9562, that the id leads to.
fn uuid_of(id: &Id) -> String {
    let hex = format!("{:032x}", xxh3_128(id.as_str().as_bytes()));
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
