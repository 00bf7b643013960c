//! Back, forth, and once more.

use super::{Action, Scope};
use crate::app::App;
use crate::workspace::{Op, Place, Step};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("undo", &["u"], "undo", |app| travel(app, "undone", |app| app.document.undo()))
        .scope(Scope::Anywhere)
        .hint("undo")
        .off(|app| (app.changes() == 0).then(|| "nothing to undo".to_owned())),
    Action::new("redo", &["ctrl-r"], "redo", |app| {
        travel(app, "redone", |app| app.document.redo());
    })
    .scope(Scope::Anywhere)
    .off(|app| (app.document.undone() == 0).then(|| "nothing to redo".to_owned())),
    Action::new("repeat", &["."], "repeat the last change", |app| {
        if let Some(repeat) = app.repeat.clone() {
            repeat(app);
        }
    })
    .scope(Scope::Anywhere)
    .off(|app| app.repeat.is_none().then(|| "nothing to repeat yet".to_owned())),
];

/// Undoes or redoes as often as the count says, and puts the cursor where it happened.
fn travel(app: &mut App, word: &str, turn: fn(&mut App) -> Option<Step>) {
    let mut last = None;
    for _ in 0..app.times() {
        let Some(step) = turn(app) else { break };
        let log = Step { words: format!("{word}: {}", step.words), ..step };
        app.changed(log.clone());
        last = Some(log);
    }
    let Some(step) = last else { return };
    let seen = show(app, &step);
    let hidden = if seen { "" } else { " (not among the rows shown)" };
    app.say(format!("{}{hidden}", step.words));
}

/// Puts the cursor on what the step touched. What is gone now shows by where it was.
fn show(app: &mut App, step: &Step) -> bool {
    let touched = step.touched();
    let items: Vec<_> = touched
        .iter()
        .filter(|id| app.workspace().place_of(id).is_some_and(Place::holds_items))
        .collect();
    // A move is what one looks for; other records may only have lost a link.
    let mut moved = None;
    step.op.each(&mut |op| {
        if let Op::Move { id, .. } = op {
            moved = moved.take().or_else(|| Some(id.clone()));
        }
    });
    let mut put = None;
    step.op.each(&mut |op| {
        if let Op::Insert { record, .. } = op {
            put = put.take().or_else(|| Some(record.id().clone()));
        }
    });
    match put.or(moved).or_else(|| items.first().map(|id| (*id).clone())) {
        Some(id) => app.go_to(&id),
        None => true,
    }
}
