//! A story: for whom it is, what it must do, and which of that it does already.

use super::{Action, Reason, Scope, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::form::{self, Form};
use crate::app::{App, Window};
use crate::workspace::{Content, Field, Id, Op, Record, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("story", &["c"], "the user story and its acceptance criteria", |app| {
        let Some(record) = app.current() else { return };
        let (id, is_told) = (record.id().clone(), record.get(Field::Story).is_some());
        let form = Form::part(app, &id, &[Field::Story, Field::Acceptance]);
        // Where the story is told, what is left to write is its criteria.
        let form = form.map(|form| if is_told { form.at(Field::Acceptance) } else { form });
        form.into_iter().for_each(|form| form::open(app, form));
    })
    .also("user story, acceptance criteria")
    .command("set ID story.as='a founder'")
    .off(nothing_here),
    Action::new("criteria", &["C"], "tick its acceptance criteria", |app| tick(app, 0))
        .command("set ID acceptance.1.met=true")
        .off(untold),
    Action::new("edit-ready", &[], "edit the definition of ready", |app| define(app, Field::Ready))
        .command("set settings ready+='it has points'")
        .scope(Scope::Anywhere),
    Action::new("edit-done-means", &[], "edit the definition of done", |app| {
        define(app, Field::DoneMeans);
    })
    .command("set settings done_means+='it is live'")
    .scope(Scope::Anywhere),
];

fn untold(app: &App) -> Option<Reason> {
    let none = app.current().is_none_or(|record| record.list(Field::Acceptance).is_empty());
    let write = app.key("story");
    nothing_here(app).or_else(|| none.then(|| format!("it has no criteria · {write} writes them")))
}

fn define(app: &mut App, field: Field) {
    let form = Form::part(app, &Id::new(Content::SETTINGS), &[field]);
    form.into_iter().for_each(|form| form::open(app, form));
}

/// What the settings say of being ready, or done, a line each behind these words.
pub(super) fn definition(app: &App, field: Field, words: &str) -> Vec<String> {
    let lines = app.workspace().settings().texts(field);
    let mut lines: Vec<String> = lines.map(|line| format!("  {line}")).collect();
    if !lines.is_empty() {
        lines.insert(0, words.to_owned());
        lines.push(String::new());
    }
    lines
}

/// The letters of criteria; those left out move the cursor among answers.
fn letters() -> impl Iterator<Item = char> {
    ('1'..='9').chain('a'..='z').filter(|letter| !matches!(letter, 'j' | 'k'))
}

/// Asks which criterion to tick, and again once one is.
fn tick(app: &mut App, at: usize) {
    let Some(record) = app.current() else { return };
    let criteria = record.list(Field::Acceptance);
    let met = criteria.iter().filter(|one| is_met(one)).count();
    let title = format!("{met} of {} criteria met: {}", criteria.len(), record.title());
    let choices = criteria.iter().zip(letters()).enumerate().map(|(nth, (one, letter))| {
        let text = one.get("text").and_then(Value::as_text).unwrap_or_default();
        let box_ = if is_met(one) { "☑" } else { "☐" };
        let (id, one) = (record.id().clone(), text.to_owned());
        let turn = move |app: &mut App| turn(app, &id, &one, nth);
        Choice::new(letter, format!("{box_} {text}"), "", Rc::new(turn))
    });
    let choices: Vec<Choice> = choices.collect();
    let about = definition(app, Field::DoneMeans, "done means, for every item:");
    app.windows.push(Window::Choices(Choices::new(title, about, choices).at(at)));
}

/// Whether an acceptance criterion is met.
pub fn is_met(criterion: &Value) -> bool {
    criterion.get("met") == Some(&Value::Flag(true))
}

/// How many criteria of an item are not met.
pub(super) fn unmet(record: &Record) -> usize {
    record.list(Field::Acceptance).iter().filter(|one| !is_met(one)).count()
}

/// Ticks a criterion of an item, or takes the tick away.
fn turn(app: &mut App, id: &Id, text: &str, nth: usize) {
    let Some(record) = app.workspace().get(id) else { return };
    let mut criteria = record.list(Field::Acceptance).to_vec();
    let Some(nth) = Value::position(&criteria, nth, "text", text) else {
        return app.refuse(format!("“{text}” is not among the criteria any more"));
    };
    let one = &mut criteria[nth];
    let met = !is_met(one);
    *one = Value::with(Some(one), "met", met.then_some(Value::Flag(true))).unwrap_or(one.clone());
    let words = format!("{}: {text}", if met { "met" } else { "not met" });
    app.commit(words, Op::set(id, Field::Acceptance, Value::list(criteria)));
    tick(app, nth);
}
