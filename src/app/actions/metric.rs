//! What an objective is measured by: reading it, adding, changing and moving metrics.

use super::outcomes::{objective, row, step, with};
use super::{Action, Reason};
use crate::app::App;
use crate::app::form::{Form, FormRow};
use crate::app::outcomes::Row;
use crate::app::prompt::Prompt;
use crate::insight::outcome::{Metric, shown, with_reading};
use crate::workspace::{Field, Id, Op, Part, Shape, Value, number};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    step("reading", &["r"], "read the metric: a number, and a day where it is not today", ask)
        .command("reading ID 7.5")
        .hint("reading")
        .off(|app| metric(app).err()),
    step("metric-add", &["+"], "add a metric to the objective", |app| {
        Prompt::ask(app, PROMPT.into(), "", add);
    })
    .command("set ID metrics+='new customers | usage | a week | 3 | 9'")
    .hint("add a metric")
    .off(|app| objective(app).err()),
];

/// What one types to add a metric.
pub(super) const PROMPT: &str = "metric: name | type | unit | baseline | target";

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
pub(super) fn all(app: &App, id: &Id) -> Vec<Metric> {
    app.workspace().get(id).map_or_else(Vec::new, |objective| Metric::all(objective))
}

fn ask(app: &mut App) {
    let Ok((id, at)) = metric(app) else { return };
    let Some(metric) = all(app, &id).into_iter().nth(at) else { return };
    let unit = if metric.unit.is_empty() { String::new() } else { format!(" in {}", metric.unit) };
    let label = format!("{}{unit} (and a day)", metric.name);
    Prompt::ask(app, label, "", read);
}

fn read(app: &mut App, text: &str) {
    let Ok((id, at)) = metric(app) else { return };
    let (value, day) = text.trim().split_once(' ').unwrap_or((text.trim(), "today"));
    let number = match number::typed(value) {
        Ok(Some(number)) => number,
        Ok(None) => return app.refuse(format!("“{value}” is not a number")),
        Err(two) => return app.refuse(two),
    };
    let on = match app.typing().day(day) {
        Ok(on) => on,
        Err(wrong) => return app.refuse(wrong),
    };
    let objective = app.workspace().get(&id).cloned();
    let read = objective.and_then(|objective| with_reading(&objective, at, on, number));
    let name = all(app, &id).into_iter().nth(at).map(|metric| metric.name);
    if let Some((value, name)) = read.zip(name) {
        let words = format!("read {} on {}: {name}", shown(number), app.reading().dates.show(on));
        app.commit(words, Op::set(&id, Field::Metrics, value));
    }
}

pub(super) fn add(app: &mut App, text: &str) {
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

pub(super) fn slide(app: &mut App, id: &Id, at: usize, by: isize) {
    let Some(objective) = app.workspace().get(id) else { return };
    let mut all = objective.list(Field::Metrics).to_vec();
    let goal = at.saturating_add_signed(by).min(all.len().saturating_sub(1));
    if goal == at || at >= all.len() {
        return;
    }
    let metric = all.remove(at);
    all.insert(goal, metric);
    if app.commit("moved a metric", Op::set(id, Field::Metrics, Value::list(all))) {
        let is_it = |row: &Row| matches!(row, Row::Metric(of, nth, _) if of == id && *nth == goal);
        with(app, |view| {
            view.lines.look(is_it);
        });
    }
}

/// Puts another metric in the place of one, or takes it away. Whether anything was changed.
pub(super) fn change(
    app: &mut App,
    id: &Id,
    at: usize,
    make: impl FnOnce(&Value) -> Option<Value>,
) -> bool {
    let Some(objective) = app.workspace().get(id) else { return false };
    let mut all = objective.list(Field::Metrics).to_vec();
    let Some(metric) = all.get(at) else { return false };
    let name = metric.get("name").and_then(Value::as_text).unwrap_or_default().to_owned();
    let words = match make(metric) {
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
    let value = (!all.is_empty()).then_some(Value::list(all));
    app.commit(words, Op::Edit { id: id.clone(), field: Field::Metrics, value })
}

/// A form with every part of a metric.
pub(super) fn form(app: &App, id: &Id, at: usize) -> Option<Form> {
    let Shape::Groups(parts) = Field::Metrics.row().shape else { return None };
    let objective = app.workspace().get(id)?;
    let metric = objective.list(Field::Metrics).get(at)?;
    let name = metric.get("name").and_then(Value::as_text).unwrap_or_default();
    let meaning = Field::Metrics.row().meaning;
    let row = |part: &Part| {
        let value = metric.get(part.key);
        let text = value.map(|value| app.typing().show(part.shape, value)).unwrap_or_default();
        FormRow::free(part.key, meaning, part.shape).holding(&text)
    };
    let rows = parts.iter().map(row).collect();
    let (id, known) = (id.clone(), name.to_owned());
    let accept = move |app: &mut App, form: &Form| {
        let now =
            app.workspace().get(&id).map_or(&[][..], |objective| objective.list(Field::Metrics));
        let at = Value::position(now, at, "name", &known);
        let at = at.ok_or_else(|| (0, format!("“{known}” is no metric any more")))?;
        let mut metric = None;
        for (nth, part) in parts.iter().enumerate() {
            let value = app.typing().read(part.shape, &form.text(nth));
            let value = value.map_err(|wrong| (nth, wrong))?;
            if nth == 0 && value.is_none() {
                return Err((nth, "a metric needs a name".to_owned()));
            }
            metric = Value::with(metric.as_ref(), part.key, value);
        }
        change(app, &id, at, |_| metric);
        Ok(())
    };
    Some(Form::new(format!("{name} · {}", objective.title()), rows, Rc::new(accept)))
}
