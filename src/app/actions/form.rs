//! Every field of a record, and of what stands on no board.

use super::{Action, Scope, nothing_here, nothing_to_edit, outcomes};
use crate::app::form::{self, Form};
use crate::app::picker::{Pick, Picker, picks};
use crate::app::{App, Window, editing};
use crate::workspace::{Content, Field, Id, Op, Place, Record, Section, Spot, Value};
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("form", &["enter"], "every field", |app| {
        if outcomes::open(app) {
            return;
        }
        if let Some(id) = app.cursor().cloned() {
            open(app, &id);
        }
    })
    .also("due date, deadline, start date, description, notes, type, kind")
    .shows()
    .command("set ID due=2026-12-18")
    .hint("every field")
    .off(nothing_to_edit),
    Action::new("editor", &["E"], "in your own editor, as text", editing::open)
        .command("set ID notes='Ask the bank first'")
        .off(nothing_here),
    Action::new("edit-objectives", &[], "edit objectives, with metrics and readings", |app| {
        shelf(app, Place::Objectives);
    })
    .shows()
    .command("add --to objectives 'Halve the time to close'")
    .scope(Scope::Anywhere),
    Action::new("edit-personas", &[], "edit personas", |app| shelf(app, Place::Personas))
        .shows()
        .command("add --to personas 'Solo founder'")
        .scope(Scope::Anywhere),
    Action::new("edit-releases", &[], "edit releases", |app| shelf(app, Place::Releases))
        .shows()
        .command("add --to releases 2.1 date=2027-02-26")
        .scope(Scope::Anywhere),
    Action::new("edit-sprints", &[], "edit sprints", |app| shelf(app, Place::Sprints))
        .shows()
        .command("sprint new")
        .scope(Scope::Anywhere),
    Action::new("edit-product", &[], "edit the product: name, vision, strategy", |app| {
        open(app, &Id::new(Content::PRODUCT));
    })
    .also("vision, strategy")
    .shows()
    .command("set product vision='Close the books in an hour'")
    .scope(Scope::Anywhere),
    Action::new("edit-settings", &[], "edit the settings", |app| {
        open(app, &Id::new(Content::SETTINGS));
    })
    .also("options, limit of Now, framework")
    .shows()
    .command("set settings now_limit=2")
    .scope(Scope::Anywhere),
];

fn open(app: &mut App, id: &Id) {
    if let Some(form) = Form::of(app, id) {
        form::open(app, form);
    }
}

/// Lists the records of a place that no board shows: to edit one, or to make a new one.
fn shelf(app: &mut App, place: Place) {
    let mut all = picks(app.workspace(), &[place], &[]);
    let new = Pick { id: None, title: format!("a new {}", word(place)), about: String::new() };
    all.push(new);
    let then = move |app: &mut App, picked: Vec<Option<Id>>| match picked.first() {
        Some(Some(id)) => open(app, id),
        Some(None) => add(app, place),
        None => {}
    };
    app.windows.push(Window::Picker(Picker::one(
        format!("edit {}", place.words()),
        all,
        Rc::new(then),
    )));
}

fn word(place: Place) -> &'static str {
    match place.section() {
        Section::Objective => "objective",
        Section::Persona => "persona",
        Section::Release => "release",
        Section::Sprint => "sprint",
        Section::Decision => "decision",
        Section::CheckIn => "check-in",
        Section::Item | Section::Product | Section::Settings => "item",
    }
}

/// A new record with a name to be changed at once.
fn add(app: &mut App, place: Place) {
    let field = if place == Place::Objectives { Field::Title } else { Field::Name };
    let title = format!("new {}", word(place));
    let id = app.new_id();
    let record = Arc::new(Record::new(id.clone()).with(field, Value::text(&title)));
    let at = Spot::bottom(place);
    if app.commit(format!("added to {}", place.words()), Op::Insert { record, at }) {
        open(app, &id);
    }
}
