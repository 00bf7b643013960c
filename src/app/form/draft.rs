//! Leaving a form in which something was typed: nothing of it is lost before the person says so.

use super::{Form, accept};
use crate::app::choice::{Choice, Choices};
use crate::app::windows::Begun;
use crate::app::{App, Window};
use std::rc::Rc;

/// A form that was left with something typed into it.
#[derive(Debug)]
pub(in crate::app) struct Draft {
    form: Form,
    /// What it was begun on, where something came in since.
    pub begun: Begun,
}

impl Form {
    /// Whether another one is the same form of the same state, so that what was typed there can
    /// stand here.
    fn is_like(&self, other: &Self) -> bool {
        let rows = || self.rows.iter().zip(&other.rows);
        self.name == other.name
            && self.rows.len() == other.rows.len()
            && rows().all(|(row, other)| row.label == other.label && row.before == other.before)
    }
}

/// Opens a form. What was typed into it before and set aside stands in it again.
pub(in crate::app) fn open(app: &mut App, mut form: Form) {
    if let Some(Draft { form: draft, .. }) = app.draft.take_if(|draft| draft.form.is_like(&form)) {
        form.at = draft.at;
        for (row, draft) in form.rows.iter_mut().zip(draft.rows) {
            row.editor = draft.editor;
        }
        app.say("as you left it: what has a * is not taken yet");
    }
    app.windows.push(Window::Form(form));
}

/// Leaves the form; asks where something would be lost.
pub(in crate::app) fn leave(app: &mut App) {
    let Some(Window::Form(form)) = app.windows.last() else { return };
    if !form.is_changed() {
        app.close();
        return;
    }
    let about =
        format!("{} sets it aside until the form is opened again", app.key("choice-cancel"));
    let stay = Choice::new('c', "go on editing", "", Rc::new(|_: &mut App| {}));
    let take = Choice::new('t', "take it", "", Rc::new(accept));
    let lose = Choice::new('l', "leave it as it was", "what was typed is lost", Rc::new(lose));
    let title = "the form has changes that are not taken yet".to_owned();
    let choices = Choices::new(title, vec![about], vec![stay, take, lose]).otherwise(set_aside);
    app.windows.push(Window::Choices(choices));
}

fn lose(app: &mut App) {
    app.close();
}

/// Closes the form and keeps what was typed.
fn set_aside(app: &mut App) {
    let Some(Window::Form(form)) = app.close() else { return };
    app.say(format!("set aside until it is opened again: {}", form.title));
    app.draft = Some(Draft { form, begun: app.windows.left() });
}

/// Asks what shall become of a form that was set aside, where there is one and `then` would lose
/// it. Whether it asks.
pub(in crate::app) fn unfinished(app: &mut App, then: fn(&mut App)) -> bool {
    let Some(draft) = &app.draft else { return false };
    let title = format!("what was typed into {} is not taken yet", draft.form.title);
    let back = |app: &mut App| {
        if let Some(Draft { form, begun }) = app.draft.take() {
            app.windows.reopen(Window::Form(form), begun);
        }
    };
    let go = move |app: &mut App| {
        app.draft = None;
        then(app);
    };
    let back = Choice::new('c', "go on editing", "", Rc::new(back));
    let go = Choice::new('q', "quit without it", "", Rc::new(go));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), vec![back, go])));
    true
}
