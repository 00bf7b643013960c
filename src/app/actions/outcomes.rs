//! The view from the vision to what came of it: its cursor, and what is added and read there.

use super::{Action, Reason, Scope};
use crate::app::App;
use crate::app::Window;
use crate::app::form::{Form, FormRow};
use crate::app::outcomes::{Outcomes, Part, Row};
use crate::app::prompt::Prompt;
use crate::app::views::View;
use crate::insight::outcome::{Metric, shown, with_reading};
use crate::workspace::{Content, Field, Hat, Id, Op, Place, Record, Shape, Spot, Value};
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("outcomes", &["go"], "view: vision, objectives, what came of them", |app| {
        app.board.hat = Hat::Pm;
        app.view = View::Outcomes(Outcomes::default());
    })
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
    step("reading", &["r"], "read the metric: a number, and a day where it is not today", ask)
        .hint("reading")
        .off(|app| metric(app).err()),
    step("outcomes-add", &["a"], "add below: an objective, a metric, a persona, an item", |app| {
        let (label, ..) = addition(app);
        Prompt::ask(app, label, "", add);
    })
    .hint("add"),
    step("metric-add", &["M"], "add a metric to the objective", |app| {
        Prompt::ask(app, METRIC.into(), "", add_metric);
    })
    .hint("add a metric")
    .off(|app| objective(app).err()),
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
    .hint("share")
    .off(|app| objective(app).err()),
    step("outcomes-move-down", &["J", "alt-down"], "move down in its list", |app| slide(app, 1))
        .repeats()
        .off(fixed),
    step("outcomes-move-up", &["K", "alt-up"], "move up in its list", |app| slide(app, -1))
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

/// What one types to add a metric.
const METRIC: &str = "metric: name | type | unit | baseline | target";

const fn step(
    id: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    run: fn(&mut App),
) -> Action {
    Action::new(id, keys, title, run).scope(Scope::Outcomes)
}

fn with(app: &mut App, run: impl FnOnce(&mut Outcomes)) {
    if let View::Outcomes(view) = &mut app.view {
        run(view);
    }
}

fn by(app: &mut App, by: isize) {
    let by = by.saturating_mul(app.times().cast_signed());
    with(app, |view| view.step(by));
}

fn leap(app: &mut App, way: isize) {
    let times = app.times();
    with(app, |view| (0..times).for_each(|_| view.leap(way)));
}

fn row(app: &App) -> Option<&Row> {
    if let View::Outcomes(view) = &app.view { view.row() } else { None }
}

/// The objective of the row.
fn objective(app: &App) -> Result<Id, Reason> {
    match row(app) {
        Some(Row::Objective(served)) => Ok(served.id.clone()),
        Some(Row::Metric(id, ..)) => Ok(id.clone()),
        _ => Err("this is for objectives".to_owned()),
    }
}

/// The metric of the row: of an objective its only one.
fn metric(app: &App) -> Result<(Id, usize), Reason> {
    let metrics = |id: &Id| app.workspace().get(id).map_or(0, |it| it.list(Field::Metrics).len());
    match row(app) {
        Some(Row::Metric(id, at, _)) => Ok((id.clone(), *at)),
        Some(Row::Objective(served)) => match metrics(&served.id) {
            1 => Ok((served.id.clone(), 0)),
            0 => Err(format!("nothing measures it yet · {} adds a metric", app.key("metric-add"))),
            _ => Err("it has several metrics; go down to the one that was read".to_owned()),
        },
        _ => Err("only metrics are read".to_owned()),
    }
}

/// What the metrics of an objective are.
fn metrics(app: &App, id: &Id) -> Vec<Metric> {
    app.workspace().get(id).map_or_else(Vec::new, |objective| Metric::all(objective))
}

fn ask(app: &mut App) {
    let Ok((id, at)) = metric(app) else { return };
    let Some(metric) = metrics(app, &id).into_iter().nth(at) else { return };
    let unit = if metric.unit.is_empty() { String::new() } else { format!(" in {}", metric.unit) };
    let label = format!("{}{unit} (and a day)", metric.name);
    Prompt::ask(app, label, "", read);
}

fn read(app: &mut App, text: &str) {
    let Ok((id, at)) = metric(app) else { return };
    let (value, day) = text.trim().split_once(' ').unwrap_or((text.trim(), "today"));
    let number = value.replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
    let Some(number) = number else {
        return app.refuse(format!("“{value}” is not a number"));
    };
    let on = match app.typing().day(day) {
        Ok(on) => on,
        Err(wrong) => return app.refuse(wrong),
    };
    let objective = app.workspace().get(&id).cloned();
    let read = objective.and_then(|objective| with_reading(&objective, at, on, number));
    let name = metrics(app, &id).into_iter().nth(at).map(|metric| metric.name);
    if let Some((value, name)) = read.zip(name) {
        let words = format!("read {} on {}: {name}", shown(number), app.reading().dates.show(on));
        app.commit(words, Op::set(&id, Field::Metrics, value));
    }
}

/// What is asked for when something is added here, the list it goes to, and where in it.
fn addition(app: &App) -> (String, Place, Option<Id>) {
    match row(app) {
        Some(Row::Metric(..)) => (METRIC.into(), Place::Objectives, None),
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
        return add_metric(app, text);
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
            aim_above(app).map(|id| record.clone().with(Field::Objective, Value::Link(id)));
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
    let above = view.rows.get(..=view.at)?.iter().rev();
    let mut ends = above.filter(|row| !matches!(row, Row::Work(..) | Row::Metric(..)));
    match ends.next()? {
        Row::Objective(served) => Some(served.id.clone()),
        _ => None,
    }
}

fn add_metric(app: &mut App, text: &str) {
    let Ok(id) = objective(app) else { return };
    let read = match app.typing().read(Field::Metrics.row().shape, text) {
        Ok(Some(read)) => read,
        Ok(None) => return app.refuse("nothing was written; nothing was added"),
        Err(wrong) => return app.refuse(wrong),
    };
    let old = app.workspace().get(&id).map_or_else(Vec::new, |it| it.list(Field::Metrics).to_vec());
    let all = Value::List(old.into_iter().chain(read.items().to_vec()).collect());
    let words = format!("measured by {}", text.split('|').next().unwrap_or_default().trim());
    if app.commit(words, Op::set(&id, Field::Metrics, all)) {
        with(app, |view| view.look_at_last_metric(&id));
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
        return slide_metric(app, &id.clone(), *at, by);
    }
    let Some(spot) = app.cursor().and_then(|id| app.workspace().spot_of(id)) else { return };
    let last = app.workspace().list(spot.place).len().saturating_sub(1);
    let goal = spot.index.saturating_add_signed(by).min(last);
    let Some(id) = app.cursor().cloned().filter(|_| goal != spot.index) else { return };
    let title = super::named(app, std::slice::from_ref(&id));
    app.commit(format!("moved: {title}"), Op::shift(&id, Spot::new(spot.place, goal)));
}

fn slide_metric(app: &mut App, id: &Id, at: usize, by: isize) {
    let Some(objective) = app.workspace().get(id) else { return };
    let mut all = objective.list(Field::Metrics).to_vec();
    let goal = at.saturating_add_signed(by).min(all.len().saturating_sub(1));
    if goal == at || at >= all.len() {
        return;
    }
    let metric = all.remove(at);
    all.insert(goal, metric);
    if app.commit("moved a metric", Op::set(id, Field::Metrics, Value::List(all))) {
        let is_it = |row: &Row| matches!(row, Row::Metric(of, nth, _) if of == id && *nth == goal);
        with(app, |view| view.at = view.rows.iter().position(is_it).unwrap_or(view.at));
    }
}

/// Edits in place what has no id of its own. Whether the cursor is on such a part.
pub(super) fn rename(app: &mut App) -> bool {
    let Some(part) = app.view.part() else { return false };
    let (label, text) = match &part {
        Part::Word(field) => {
            (field.row().label.to_owned(), app.workspace().product().text(*field).to_owned())
        }
        Part::Metric(id, at) => {
            let name = metrics(app, id).into_iter().nth(*at).map(|metric| metric.name);
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
        Some(Part::Metric(id, at)) if value.is_some() => {
            change_metric(app, &id, at, |metric| Value::with(Some(metric), "name", value));
        }
        Some(Part::Metric(..)) => app.refuse("a metric needs a name; it kept the one it had"),
        None => {}
    }
}

/// Puts another metric in the place of one, or takes it away. Whether anything was changed.
fn change_metric(
    app: &mut App,
    id: &Id,
    at: usize,
    change: impl FnOnce(&Value) -> Option<Value>,
) -> bool {
    let Some(objective) = app.workspace().get(id) else { return false };
    let mut all = objective.list(Field::Metrics).to_vec();
    let Some(metric) = all.get(at) else { return false };
    let name = metric.get("name").and_then(Value::as_text).unwrap_or_default().to_owned();
    let words = match change(metric) {
        Some(metric) if all[at] == metric => return false,
        Some(metric) => {
            all[at] = metric;
            format!("edited: {name}")
        }
        None => {
            all.remove(at);
            format!("deleted: {name}, with what was read")
        }
    };
    let value = (!all.is_empty()).then_some(Value::List(all));
    app.commit(words, Op::Edit { id: id.clone(), field: Field::Metrics, value })
}

/// Opens the form of what has no id of its own. Whether the cursor is on such a part.
pub(super) fn open(app: &mut App) -> bool {
    let form = match app.view.part() {
        None => return false,
        Some(Part::Word(_)) => Form::of(app, &Id::new(Content::PRODUCT)),
        Some(Part::Metric(id, at)) => metric_form(app, &id, at),
    };
    app.windows.extend(form.map(Window::Form));
    true
}

/// A form with every part of a metric.
fn metric_form(app: &App, id: &Id, at: usize) -> Option<Form> {
    let Shape::Groups(parts) = Field::Metrics.row().shape else { return None };
    let objective = app.workspace().get(id)?;
    let metric = objective.list(Field::Metrics).get(at)?;
    let name = metric.get("name").and_then(Value::as_text).unwrap_or_default();
    let meaning = Field::Metrics.row().meaning;
    let row = |part: &crate::workspace::Part| {
        let value = metric.get(part.key);
        let text = value.map(|value| app.typing().show(part.shape, value)).unwrap_or_default();
        FormRow::holding(part.key, meaning, part.shape, &text)
    };
    let rows = parts.iter().map(row).collect();
    let id = id.clone();
    let accept = move |app: &mut App, form: &Form| {
        let mut metric = None;
        for (nth, part) in parts.iter().enumerate() {
            let value = app.typing().read(part.shape, &form.text(nth));
            let value = value.map_err(|wrong| (nth, wrong))?;
            if nth == 0 && value.is_none() {
                return Err((nth, "a metric needs a name".to_owned()));
            }
            metric = Value::with(metric.as_ref(), part.key, value);
        }
        change_metric(app, &id, at, |_| metric);
        Ok(())
    };
    Some(Form::new(format!("{name} · {}", objective.title()), rows, Rc::new(accept)))
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
        Some(Part::Metric(id, at)) => drop(change_metric(app, &id, at, |_| None)),
    }
    true
}
