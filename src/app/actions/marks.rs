//! Finding an item again: marks, and its id on the clipboard.
//!
//! What takes a letter is never off: the letter would be taken for a command.

use super::{Action, nothing_here, unseen};
use crate::app::{App, Awaited, Effect};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("mark", &["m"], "set a mark: a letter follows", |app| {
        app.awaited = Some(Awaited { title: "mark this item with a letter", then: mark });
    }),
    Action::new("go-to-mark", &["'"], "go to a mark: its letter follows", |app| {
        app.awaited = Some(Awaited { title: "go to the mark with this letter", then: go });
    }),
    Action::new("copy-id", &["y"], "copy the id", |app| {
        let ids = app.targets();
        let text = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        app.say(format!("copied {text}"));
        app.effects.push(Effect::Copy(text));
    })
    .off(nothing_here),
];

fn mark(app: &mut App, letter: char) {
    let Some(id) = app.cursor().cloned() else {
        return app.refuse("there is nothing here to mark");
    };
    app.marks.insert(letter, id);
    let go = app.key("go-to-mark");
    app.say(format!("marked · {go}{letter} comes back here"));
}

fn go(app: &mut App, letter: char) {
    let Some(id) = app.marks.get(&letter).cloned() else {
        let mark = app.key("mark");
        return app.refuse(format!("there is no mark {letter} · {mark}{letter} sets it"));
    };
    if !app.workspace().contains(&id) {
        return app.refuse(format!("what mark {letter} stood on is gone"));
    }
    if !app.go_to(&id) {
        app.refuse(unseen(app));
    }
}
