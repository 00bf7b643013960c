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
            "deleted" => {
                let name = text("description");
                haul.pass(at + 1, "deleted", name, format!("“{name}” is deleted"));
            }
            "recurring" => {
                let name = text("description");
                let why = format!("“{name}” is the pattern of a task that recurs");
                haul.pass(at + 1, "patterns of tasks that recur", name, why);
            }
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
    let is_done = place == Place::Done;
    let mut task = Task::default();
    task.says("uuid", uuid(item));
    task.says("description", item.title().replace(char::is_control, " ").trim());
    task.says("status", if is_done { "completed" } else { "pending" });
    task.keeps("twohats", Origin::written(place, item));
    task.keeps("place", place.key());
    task.keeps("title", item.title());
    let is_started = item.status() == Status::Doing && !is_done;
    // A task with a start is one that is being done.
    let began = (!is_started).then_some(Field::Started);
    for field in CARRIED.into_iter().chain([Field::Status]).chain(began) {
        task.keeps_field(item, field);
    }
    for (name, field, is_needed) in [
        ("entry", Field::Created, true),
        ("end", Field::Done, is_done),
        ("start", Field::Started, is_started),
        ("due", Field::Due, false),
        ("scheduled", Field::Start, false),
    ] {
        let day = item.date(field).filter(|_| Some(field) != began);
        task.says_when(name, day.and_then(|day| stamp(day, asked)), is_needed);
    }
    task.says_tags(item);
    let depends: Vec<String> = item.links(Field::BlockedBy).map(uuid_of).collect();
    if !depends.is_empty() {
        task.says("depends", depends);
    }
    task.keeps_field(item, Field::BlockedBy);
    task.says_notes(item);
    task.whole()
}

/// A task that is being written.
#[derive(Default)]
struct Task {
    /// What Taskwarrior knows of it.
    said: Map<String, Json>,
    /// This program's own part, with what it needs to know the item again.
    kept: Map<String, Json>,
}

impl Task {
    fn says(&mut self, name: &str, value: impl Into<Json>) {
        self.said.insert(name.into(), value.into());
    }

    fn keeps(&mut self, name: &str, value: impl Into<Json>) {
        self.kept.insert(name.into(), value.into());
    }

    fn keeps_field(&mut self, item: &Record, field: Field) {
        if let Some(value) = item.get(field) {
            self.keeps(field.key(), json::of(value));
        }
    }

    fn says_when(&mut self, name: &str, moment: Option<String>, is_needed: bool) {
        match moment {
            Some(moment) => self.says(name, moment),
            None if is_needed => {
                self.says(name, NOBODY_KNOWS);
                self.keeps(name, NOBODY_KNOWS);
            }
            None => {}
        }
    }

    fn says_tags(&mut self, item: &Record) {
        let mut tags = Vec::new();
        for tag in item.texts(Field::Tags) {
            let priority = tag.strip_prefix("priority:").filter(|it| ["H", "M", "L"].contains(it));
            match (priority, tag.strip_prefix('+')) {
                (Some(priority), _) if !self.said.contains_key("priority") => {
                    self.says("priority", priority);
                }
                (_, Some(project)) if !project.is_empty() && !self.said.contains_key("project") => {
                    self.says("project", project);
                }
                _ => tags.push(tag),
            }
        }
        if !tags.is_empty() {
            self.says("tags", tags);
        }
        self.keeps_field(item, Field::Tags);
    }

    fn says_notes(&mut self, item: &Record) {
        let notes = item.text(Field::Notes);
        if notes.is_empty() {
            return;
        }
        let at = self.said.get("entry").cloned().unwrap_or_default();
        let shown = notes.replace(char::is_control, " ");
        self.says("annotations", json!([{"entry": at, "description": shown.trim()}]));
        self.keeps("notes", notes);
    }

    fn whole(mut self) -> Json {
        self.said.insert(OWN.into(), Json::Object(self.kept).to_string().into());
        Json::Object(self.said)
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
