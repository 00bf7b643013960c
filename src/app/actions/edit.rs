//! What an item is and says.

use super::add::seen;
use super::{Action, named, nothing_here, nothing_to_edit, outcomes};
use crate::app::App;
use crate::app::prompt::{Prompt, Spread};
use crate::app::word;
use crate::insight::sprint::State;
use crate::workspace::{
    Date, Field, Id, Op, Place, Record, Spot, Value, Workspace, number, sorted,
};
use std::cmp::Reverse;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("title", &["e"], "edit the title in place", |app| {
        if outcomes::rename(app) {
            return;
        }
        let Some(record) = app.current() else { return };
        let (id, title) = (record.id().clone(), record.title().to_owned());
        Prompt::ask_at(app, Spread::Title(id), "title".into(), &title, retitle);
    })
    .also("rename")
    .command("set ID title='Undo an import'")
    .off(nothing_to_edit)
    .hint("edit"),
    Action::new("points", &["p"], "set the points", |app| {
        let points = app.current().and_then(|record| record.number(Field::Points));
        let now = points.map_or(String::new(), |points| points.to_string());
        Prompt::ask(app, "points (empty clears)".into(), &now, estimate);
    })
    .also("estimate, size, effort")
    .command("set ID points=3")
    .off(nothing_here),
    Action::new("tags", &["#"], "set the tags", |app| {
        let record = app.current().filter(|_| app.targets().len() == 1);
        let now = record.map_or(String::new(), |record| {
            record.texts(Field::Tags).map(word::spelled).collect::<Vec<_>>().join(" ")
        });
        Prompt::ask(app, "tags (+one adds, -one takes away)".into(), &now, tag);
    })
    .also("label, labels")
    .command("set ID tags=bank")
    .off(nothing_here),
    Action::new("duplicate", &["D"], "duplicate below", duplicate)
        .also("copy, clone")
        .command("duplicate ID")
        .repeats()
        .off(nothing_here),
    Action::new("delete", &["x"], "delete, with the links to it", delete)
        .also("remove")
        .command("rm ID")
        .repeats()
        .off(nothing_to_edit),
];

/// A new item, written down today.
pub(super) fn new_item(app: &mut App, place: Place, title: &str) -> Record {
    Record::new(app.new_id())
        .with(Field::Kind, Value::text(place.usual_kind().key()))
        .with(Field::Title, Value::text(title))
        .with(Field::Created, Value::Date(app.today))
}

fn retitle(app: &mut App, title: &str) {
    let title = title.trim();
    let Some(record) = app.current() else { return };
    if title.is_empty() {
        return app.refuse("an item needs a title; it kept the one it had");
    }
    if record.title() == title {
        return;
    }
    let section = app.workspace().section_of(record.id());
    let field = section.and_then(|section| Field::named(section, "title")).unwrap_or(Field::Name);
    let op = Op::set(record.id(), field, Value::text(title));
    app.commit(format!("renamed: {title}"), op);
}

fn estimate(app: &mut App, text: &str) {
    let text = text.trim();
    let points = match number::typed(text) {
        Ok(Some(points)) if points > 0.0 => Some(points),
        Ok(None) if text.is_empty() => None,
        Ok(_) => return app.refuse(format!("points are a number above 0, “{text}” is not")),
        Err(two) => return app.refuse(two),
    };
    let ids = app.targets();
    let said = points.map_or("no".to_owned(), |points| points.to_string());
    let words = format!("{said} points: {}", named(app, &ids));
    set_each(app, &ids, words, Field::Points, |_| points.map(Value::Number));
}

fn tag(app: &mut App, text: &str) {
    let ids = app.targets();
    let words = format!("tags {}: {}", text.trim(), named(app, &ids));
    set_each(app, &ids, words, Field::Tags, |record| tagged(record, text));
}

/// The tags of a record once `text` is applied: words replace them, `+word` adds, `-word` takes
/// away.
fn tagged(record: &Record, text: &str) -> Option<Value> {
    let words = word::signed(text);
    let change = words.iter().any(|(sign, _)| !sign.is_empty());
    let old = record.texts(Field::Tags).filter(|_| change);
    let mut tags: Vec<&str> = Vec::new();
    let mut keep = |tag| {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    };
    old.for_each(&mut keep);
    words.iter().filter(|(sign, _)| *sign != "-").for_each(|(_, word)| keep(word));
    let gone = |tag: &&str| words.iter().any(|(sign, word)| *sign == "-" && word == tag);
    let tags: Vec<Value> = tags.into_iter().filter(|tag| !gone(tag)).map(Value::text).collect();
    (!tags.is_empty()).then_some(Value::list(tags))
}

/// Sets a field of several records in one step; what holds the value already is left alone.
pub(super) fn set_each(
    app: &mut App,
    ids: &[Id],
    words: String,
    field: Field,
    value: impl Fn(&Record) -> Option<Value>,
) {
    let edit = |id: &Id| {
        let record = app.workspace().get(id)?;
        let value = value(record);
        (record.get(field) != value.as_ref()).then(|| Op::Edit { id: id.clone(), field, value })
    };
    let ops = ids.iter().filter_map(edit).collect();
    app.commit(words, Op::Batch(ops));
}

/// What a copy does not take along: what happened to the first, and where it came from.
const OWN: [Field; 12] = [
    Field::Outcome,
    Field::Status,
    Field::Blocked,
    Field::External,
    Field::Added,
    Field::Started,
    Field::Done,
    Field::Approved,
    Field::From,
    Field::NoteTo,
    Field::Actual,
    Field::Conflict,
];

fn duplicate(app: &mut App) {
    let ids = app.targets();
    let (workspace, source) = (app.document.workspace(), &mut app.ids);
    let new = || source.next(|id| workspace.is_spoken_for(id));
    let ops = copies(workspace, &ids, app.today, new);
    let first = ops.last().and_then(|op| match op {
        Op::Insert { record, .. } => Some(record.id().clone()),
        _ => None,
    });
    if app.commit(format!("duplicated: {}", named(app, &ids)), Op::Batch(ops)) {
        app.board.deselect();
        first.iter().for_each(|id| seen(app, id));
    }
}

/// What puts a copy right below each of these, under the ids that `new` gives, as written down
/// today and not begun: of what is done on top of where it came from.
pub fn copies(
    workspace: &Workspace,
    ids: &[Id],
    today: Date,
    mut new: impl FnMut() -> Id,
) -> Vec<Op> {
    let spots = ids.iter().filter_map(|id| Some((workspace.spot_of(id)?, workspace.get(id)?)));
    let mut spots: Vec<_> = spots.collect();
    // From the last one up, so that no copy shifts a spot that is still to be used.
    let is_done = |spot: Spot| spot.place == Place::Done;
    sorted::by_key(&mut spots, |(spot, _)| (is_done(*spot), Reverse((spot.place, spot.index))));
    let copy = |(spot, record): (Spot, &Arc<Record>)| {
        let from = Place::of_items(record.text(Field::From)).unwrap_or(Place::Backlog);
        let at =
            if is_done(spot) { Spot::top(from) } else { Spot::new(spot.place, spot.index + 1) };
        let copy = begun_anew(workspace, record).named(new());
        Op::Insert { record: Arc::new(copy.with(Field::Created, Value::Date(today))), at }
    };
    spots.into_iter().map(copy).collect()
}

fn unmet(criterion: &Value) -> Value {
    let without = criterion.get("met").and_then(|_| Value::with(Some(criterion), "met", None));
    without.unwrap_or_else(|| criterion.clone())
}

/// An item as if nothing had been done of it: no criterion is met, and it is in no sprint that is
/// over, where it would count as delivered twice.
fn begun_anew(workspace: &Workspace, record: &Record) -> Record {
    let mut anew = OWN.into_iter().fold(record.clone(), Record::without);
    let sprint = anew.link(Field::Sprint).and_then(|sprint| workspace.get(sprint));
    if sprint.is_some_and(|sprint| State::of(sprint) == State::Closed) {
        anew = anew.without(Field::Sprint);
    }
    let criteria = anew.list(Field::Acceptance).iter();
    let criteria: Vec<Value> = criteria.map(unmet).collect();
    if criteria.is_empty() { anew } else { anew.with(Field::Acceptance, Value::list(criteria)) }
}

fn delete(app: &mut App) {
    if outcomes::delete(app) {
        return;
    }
    let ids = app.targets();
    let ops = removed(app.workspace(), &ids);
    let words = format!("deleted: {}{}", named(app, &ids), links_lost(&ops));
    if app.commit(words, Op::Batch(ops)) {
        app.board.deselect();
    }
}

/// How many links to what is removed go with it, in words; nothing where there are none.
pub fn links_lost(ops: &[Op]) -> String {
    match ops.iter().filter(|op| matches!(op, Op::Edit { .. })).count() {
        0 => String::new(),
        1 => ", with a link to it".to_owned(),
        many => format!(", with {many} links to it"),
    }
}

/// What removes records, after the links that others have to them.
pub fn removed(workspace: &Workspace, ids: &[Id]) -> Vec<Op> {
    let mut ops: Vec<Op> = Vec::new();
    // A record may link to several that go; each edit starts from what the one before left.
    let mut edited: Vec<((Id, Field), Option<Value>)> = Vec::new();
    for id in ids {
        for key in workspace.links_to(id).iter().filter(|(from, _)| !ids.contains(from)) {
            let (from, field) = key;
            let before = edited.iter().rev().find(|(k, _)| k == key).map(|(_, v)| v.clone());
            let before =
                before.unwrap_or_else(|| workspace.get(from).and_then(|r| r.get(*field)).cloned());
            let after = before.and_then(|value| value.without_link(id));
            ops.push(Op::Edit { id: from.clone(), field: *field, value: after.clone() });
            edited.push((key.clone(), after));
        }
    }
    ops.extend(ids.iter().map(|id| Op::Remove { id: id.clone() }));
    ops
}
