//! The view from the vision to what came of it: its cursor, and what is added and read there.

use super::{Action, Reason, Scope, metric};
use crate::app::App;
use crate::app::form::{self, Form};
use crate::app::outcomes::{Outcomes, Part, Row};
use crate::app::prompt::Prompt;
use crate::app::views::View;
use crate::workspace::{Content, Field, Hat, Id, Op, Place, Record, Spot, Value};
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("outcomes", &["go"], "view: vision, objectives, what came of them", |app| {
        app.board.hat = Hat::Pm;
        app.view = View::Outcomes(Outcomes::default());
    })
    .also("okr, goals, metrics")
    .scope(Scope::Anywhere),
    step("outcomes-down", &["j", "down"], "down", |app| by(app, 1)),
    step("outcomes-up", &["k", "up"], "up", |app| by(app, -1)),
    step("outcomes-on", &["l", "right"], "to the next objective or persona", |app| leap(app, 1)),
    step("outcomes-back", &["h", "left"], "to the objective or persona before", |app| {
        leap(app, -1);
    }),
    step("outcomes-first", &["gg", "home"], "to the first row", |app| by(app, isize::MIN / 2)),
    step("outcomes-last", &["G", "end"], "to the last row", |app| by(app, isize::MAX / 2)),
    step("outcomes-page-down", &["ctrl-d", "pagedown"], "a page down", |app| by(app, 10)),
    step("outcomes-page-up", &["ctrl-u", "pageup"], "a page up", |app| by(app, -10)),
    step("outcomes-add", &["a"], "add below: an objective, a metric, a persona, an item", |app| {
        let (label, ..) = addition(app);
        Prompt::ask(app, label, "", add);
    })
    .command("add --to objectives 'Halve the time to close' --after ID")
    .hint("add"),
    step("share", &["%"], "its target share of the effort, in percent", |app| {
        let Ok(id) = objective(app) else { return };
        let share = app.workspace().get(&id).and_then(|record| record.number(Field::Share));
        let share = share.map_or(String::new(), |share| share.to_string());
        Prompt::ask(
            app,
            "target share of the effort in % (empty clears)".into(),
            &share,
            set_share,
        );
    })
    .command("set ID share=40")
    .hint("share")
    .off(|app| objective(app).err()),
    step("outcomes-move-down", &["J", "alt-down"], "move down in its list", |app| slide(app, 1))
        .command("move ID --by 1")
        .repeats()
        .off(fixed),
    step("outcomes-move-up", &["K", "alt-up"], "move up in its list", |app| slide(app, -1))
        .command("move ID --by -1")
        .repeats()
        .off(fixed),
    step("show-on-board", &["o"], "show it on the board", |app| {
        if let Some(id) = app.cursor().cloned() {
            app.view = View::Board;
            super::link::jump(app, &id);
        }
    })
    .off(super::nothing_here),
];

pub(super) const fn step(
    id: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    run: fn(&mut App),
) -> Action {
    Action::new(id, keys, title, run).scope(Scope::Outcomes)
}

pub(super) fn with(app: &mut App, run: impl FnOnce(&mut Outcomes)) {
    if let View::Outcomes(view) = &mut app.view {
        run(view);
    }
}

fn by(app: &mut App, by: isize) {
    let by = by.saturating_mul(app.times().cast_signed());
    with(app, |view| view.lines.step(by));
}

fn leap(app: &mut App, way: isize) {
    let times = app.times();
    with(app, |view| (0..times).for_each(|_| view.leap(way)));
}

pub(super) fn row(app: &App) -> Option<&Row> {
    if let View::Outcomes(view) = &app.view { view.row() } else { None }
}

/// The objective of the row.
pub(super) fn objective(app: &App) -> Result<Id, Reason> {
    match row(app) {
        Some(Row::Objective(served)) => Ok(served.id.clone()),
        Some(Row::Metric(id, ..)) => Ok(id.clone()),
        _ => Err("this is for objectives".to_owned()),
    }
}

/// What is asked for when something is added here, the list it goes to, and where in it.
fn addition(app: &App) -> (String, Place, Option<Id>) {
    match row(app) {
        Some(Row::Metric(..)) => (metric::PROMPT.into(), Place::Objectives, None),
        Some(Row::Empty(Place::Personas)) => ("new persona".into(), Place::Personas, None),
        Some(Row::Persona(id)) => ("new persona".into(), Place::Personas, Some(id.clone())),
        Some(Row::Work(id, _)) => match app.workspace().place_of(id) {
            Some(place) if place.in_roadmap() => {
                (format!("new initiative in {}", place.words()), place, Some(id.clone()))
            }
            _ => ("new initiative in Later".into(), Place::Later, None),
        },
        Some(Row::Objective(served)) => {
            ("new objective".into(), Place::Objectives, Some(served.id.clone()))
        }
        _ => ("new objective".into(), Place::Objectives, None),
    }
}

fn add(app: &mut App, text: &str) {
    if matches!(row(app), Some(Row::Metric(..))) {
        return metric::add(app, text);
    }
    let title = text.trim();
    if title.is_empty() {
        return app.refuse("nothing was written; nothing was added");
    }
    let (_, place, below) = addition(app);
    let field = Field::named(place.section(), "title").unwrap_or(Field::Name);
    let mut record = Record::new(app.new_id()).with(field, Value::text(title));
    if place.holds_items() {
        record = record.with(Field::Kind, Value::text("initiative"));
        record = record.with(Field::Created, Value::Date(app.today));
        // What is added below an item of an objective serves it too.
        let served =
            aim_above(app).map(|id| record.clone().with(Field::Objective, Value::link(id)));
        record = served.unwrap_or(record);
    }
    let below = below.and_then(|id| app.workspace().spot_of(&id));
    let at = below.map_or(Spot::bottom(place), |spot| Spot::new(place, spot.index + 1));
    let id = record.id().clone();
    let op = Op::Insert { record: Arc::new(record), at };
    if app.commit(format!("added to {}: {title}", place.words()), op) {
        app.view.look_at(&id);
    }
}

/// The objective below which the cursor is, among its work.
fn aim_above(app: &App) -> Option<Id> {
    let View::Outcomes(view) = &app.view else { return None };
    let above = view.lines.rows.get(..=view.lines.at)?.iter().rev();
    let mut ends = above.filter(|row| !matches!(row, Row::Work(..) | Row::Metric(..)));
    match ends.next()? {
        Row::Objective(served) => Some(served.id.clone()),
        _ => None,
    }
}

fn set_share(app: &mut App, text: &str) {
    let Ok(id) = objective(app) else { return };
    let text = text.trim().trim_end_matches('%').trim_end();
    let value = match app.typing().read(Field::Share.row().shape, text) {
        Ok(value) => value,
        Err(wrong) => return app.refuse(wrong),
    };
    let words = match &value {
        Some(_) => format!("target share {text} %"),
        None => "no target share".to_owned(),
    };
    super::edit::set_each(app, &[id], words, Field::Share, |_| value.clone());
}

/// What is moved here stands in a list of its own order.
fn fixed(app: &App) -> Option<Reason> {
    match row(app) {
        Some(Row::Objective(_) | Row::Persona(_) | Row::Metric(..)) => None,
        Some(Row::Work(..)) => {
            Some(format!("items move on the board · {} shows it there", app.key("show-on-board")))
        }
        _ => Some("this has its place".to_owned()),
    }
}

fn slide(app: &mut App, way: isize) {
    let by = way * app.times().cast_signed();
    if let Some(Row::Metric(id, at, _)) = row(app) {
        return metric::slide(app, &id.clone(), *at, by);
    }
    let Some(spot) = app.cursor().and_then(|id| app.workspace().spot_of(id)) else { return };
    let last = app.workspace().list(spot.place).len().saturating_sub(1);
    let goal = spot.index.saturating_add_signed(by).min(last);
    let Some(id) = app.cursor().cloned().filter(|_| goal != spot.index) else { return };
    let title = super::named(app, std::slice::from_ref(&id));
    app.commit(format!("moved: {title}"), Op::shift(&id, Spot::new(spot.place, goal)));
}

/// Edits in place what has no id of its own. Whether the cursor is on such a part.
pub(super) fn rename(app: &mut App) -> bool {
    let Some(part) = app.view.part() else { return false };
    let (label, text) = match &part {
        Part::Word(field) => {
            (field.row().label.to_owned(), app.workspace().product().text(*field).to_owned())
        }
        Part::Metric(id, at) => {
            let name = metric::all(app, id).into_iter().nth(*at).map(|metric| metric.name);
            ("name of the metric".to_owned(), name.unwrap_or_default())
        }
    };
    if text.contains('\n') {
        return open(app);
    }
    Prompt::ask(app, label, &text, set_name);
    true
}

fn set_name(app: &mut App, text: &str) {
    let value = Some(text.trim()).filter(|text| !text.is_empty()).map(Value::text);
    match app.view.part() {
        Some(Part::Word(field)) => {
            let id = Id::new(Content::PRODUCT);
            let words = format!("{}: {}", field.row().label, text.trim());
            super::edit::set_each(app, &[id], words, field, |_| value.clone());
        }
        Some(Part::Metric(..)) if text.contains('|') => {
            let parts = app.key("form");
            app.refuse(format!("that is more than a name · {parts} opens unit, baseline, target"));
        }
        Some(Part::Metric(id, at)) if value.is_some() => {
            metric::change(app, &id, at, |metric| Value::with(Some(metric), "name", value));
        }
        Some(Part::Metric(..)) => app.refuse("a metric needs a name; it kept the one it had"),
        None => {}
    }
}

/// Opens the form of what has no id of its own. Whether the cursor is on such a part.
pub(super) fn open(app: &mut App) -> bool {
    let form = match app.view.part() {
        None => return false,
        Some(Part::Word(_)) => Form::of(app, &Id::new(Content::PRODUCT)),
        Some(Part::Metric(id, at)) => metric::form(app, &id, at),
    };
    form.into_iter().for_each(|form| form::open(app, form));
    true
}

/// Deletes what has no id of its own. Whether the cursor is on such a part.
pub(super) fn delete(app: &mut App) -> bool {
    match app.view.part() {
        None => return false,
        Some(Part::Word(field)) => {
            let id = Id::new(Content::PRODUCT);
            let words = format!("no {}", field.row().label);
            super::edit::set_each(app, &[id], words, field, |_| None);
        }
        Some(Part::Metric(id, at)) => drop(metric::change(app, &id, at, |_| None)),
    }
    true
}
