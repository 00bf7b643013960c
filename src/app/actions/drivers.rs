//! The person's own drivers: what the framework of weighted drivers is made of.

use super::{Action, Scope};
use crate::app::form::{self, Form, FormRow};
use crate::app::picker::{Pick, Picker};
use crate::app::{App, Window};
use crate::workspace::{Content, Field, Id, Op, Part, Shape, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("edit-drivers", &[], "edit your own drivers, with weights and anchors", list)
        .command("set settings drivers.1.weight=3")
        .scope(Scope::Anywhere)];

/// What each part says.
const MEANINGS: [(&str, &str); 6] = [
    ("id", "the name in the file and on the command line; without one the driver is removed"),
    ("name", "what the score form calls it"),
    ("weight", "how much it counts; what counts is its share of all weights"),
    ("low", "the value that adds nothing"),
    ("high", "the value that adds its whole weight"),
    ("cost", "yes where less is better"),
];

fn drivers(app: &App) -> Vec<Value> {
    app.workspace().settings().list(Field::Drivers).to_vec()
}

fn parts() -> &'static [Part] {
    match Field::Drivers.row().shape {
        Shape::Groups(parts) => parts,
        _ => &[],
    }
}

fn weight(driver: &Value) -> f64 {
    driver.get("weight").and_then(Value::as_number).unwrap_or(0.0)
}

/// Lists the drivers with their share of all weights, to edit one or to add one.
fn list(app: &mut App) {
    let all = drivers(app);
    let sum: f64 = all.iter().map(weight).sum();
    let text = |driver: &Value, part| {
        let typed = driver.get(part).map(|value| app.typing().show(Shape::Text, value));
        typed.unwrap_or_default()
    };
    let pick = |driver: &Value| {
        let name = driver.get("name").or(driver.get("id")).and_then(Value::as_text);
        let percent = if sum > 0.0 { weight(driver) / sum * 100.0 } else { 0.0 };
        let about = format!(
            "weight {} of {sum}: {percent:.0} % · {} to {}{}",
            text(driver, "weight"),
            text(driver, "low"),
            text(driver, "high"),
            if driver.get("cost") == Some(&Value::Flag(true)) { ", less is better" } else { "" }
        );
        let id = text(driver, "id");
        Pick { id: Some(Id::new(&id)), title: name.unwrap_or("without a name").to_owned(), about }
    };
    let mut picks: Vec<Pick> = all.iter().map(pick).collect();
    picks.push(Pick { id: None, title: "a new driver".into(), about: String::new() });
    let then = |app: &mut App, picked: Vec<Option<Id>>| match picked.into_iter().next() {
        Some(Some(id)) => {
            // Who wrote the file may have left the id out.
            let at = Value::position(&drivers(app), 0, "id", id.as_str());
            open(app, at);
        }
        Some(None) => open(app, None),
        None => {}
    };
    app.windows.push(Window::Picker(Picker::one("your own drivers".into(), picks, Rc::new(then))));
}

/// Opens the form of a driver, or of a new one.
fn open(app: &mut App, at: Option<usize>) {
    let old = at.and_then(|at| drivers(app).get(at).cloned());
    let row = |part: &Part| {
        let value = old.as_ref().and_then(|old| old.get(part.key));
        let text = value.map(|value| app.typing().show(part.shape, value)).unwrap_or_default();
        let meaning = MEANINGS.iter().find(|(key, _)| *key == part.key);
        FormRow::free(part.key, meaning.map_or("", |(_, words)| words), part.shape).holding(&text)
    };
    let rows = parts().iter().map(row).collect();
    let id =
        |driver: &Value| driver.get("id").and_then(Value::as_text).unwrap_or_default().to_owned();
    let known = at.zip(old.as_ref().map(id));
    let accept = move |app: &mut App, form: &Form| {
        let gone = || (0, "this driver is not there any more".to_owned());
        let stands = |(at, id): &(usize, String)| Value::position(&drivers(app), *at, "id", id);
        let at = known.as_ref().map(|known| stands(known).ok_or_else(gone)).transpose()?;
        take(app, form, at)
    };
    let title = if at.is_some() { "a driver" } else { "a new driver" };
    form::open(app, Form::new(title.into(), rows, Rc::new(accept)));
}

/// Takes a driver: what is wrong with it is said at the row it is wrong in.
fn take(app: &mut App, form: &Form, at: Option<usize>) -> Result<(), (usize, String)> {
    let mut driver = None;
    for (row, part) in parts().iter().enumerate() {
        let value = app.typing().read(part.shape, &form.text(row)).map_err(|wrong| (row, wrong))?;
        driver = Value::with(driver.as_ref(), part.key, value);
    }
    let mut all = drivers(app);
    let id = driver.as_ref().and_then(|driver| driver.get("id")).and_then(Value::as_text);
    let words = match (id, at) {
        (None, None) => return Err((0, "a driver needs an id".into())),
        (None, Some(at)) => {
            all.remove(at.min(all.len().saturating_sub(1)));
            "removed a driver".to_owned()
        }
        (Some(id), _) => {
            usable(driver.as_ref(), &all, at)?;
            format!("driver: {id}")
        }
    };
    match (driver.filter(|driver| driver.get("id").is_some()), at) {
        (Some(driver), Some(at)) if at < all.len() => all[at] = driver,
        (Some(driver), _) => all.push(driver),
        (None, _) => {}
    }
    let value = Some(Value::list(all)).filter(|all| !all.is_empty());
    let op = Op::Edit { id: Id::new(Content::SETTINGS), field: Field::Drivers, value };
    if app.commit(words, op) {
        list(app);
        return Ok(());
    }
    Err((form.at, app.refusal().unwrap_or_default()))
}

/// Whether a driver can be used: an id of its own, a weight, and anchors in their order.
fn usable(driver: Option<&Value>, all: &[Value], at: Option<usize>) -> Result<(), (usize, String)> {
    let number = |part| driver.and_then(|driver| driver.get(part)).and_then(Value::as_number);
    let id = driver.and_then(|driver| driver.get("id"));
    let twice = |(other, one): (usize, &Value)| Some(other) != at && one.get("id") == id;
    if all.iter().enumerate().any(twice) {
        return Err((0, "another driver has this id".into()));
    }
    if number("weight").is_none_or(|weight| weight <= 0.0) {
        return Err((2, "a weight is above 0".into()));
    }
    match number("low").zip(number("high")) {
        Some((low, high)) if low < high => Ok(()),
        Some(_) => Err((4, "high is above low; cost = yes turns it round".into())),
        None => Err((3, "both anchors are needed: they stay where they are".into())),
    }
}
