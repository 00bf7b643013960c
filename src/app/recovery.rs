//! What a session that was cut off had done: brought back, or shown to be decided on.

use super::choice::{Choice, Choices};
use super::{App, Effect, Unfinished, Window};
use crate::workspace::number::counted;
use crate::workspace::{Op, Workspace, diff, merge3};
use std::rc::Rc;

/// Says what was brought back, and keeps what is to be decided.
pub(super) fn tell(app: &mut App, recovered: usize, unfinished: Vec<Unfinished>) {
    match recovered {
        0 => {}
        1 => app.say("recovered 1 edit of a session that was cut off"),
        many => app.say(format!("recovered {many} edits of a session that was cut off")),
    }
    app.saving.unfinished = unfinished;
}

/// What is to be decided, in a line.
pub(super) fn banner(unfinished: &[Unfinished]) -> Option<String> {
    let edits: usize = unfinished.iter().map(|session| session.words.len()).sum();
    let edits = counted(edits, "edit");
    let what = "of a session that was cut off, and the file has changed since";
    (!unfinished.is_empty()).then(|| format!("{edits} {what}"))
}

/// Opens what was done, with what can be done about it.
pub(super) fn choices(app: &mut App) {
    let Some(title) = banner(&app.saving.unfinished) else { return };
    let about = app.saving.unfinished.iter().flat_map(|session| session.words.clone()).collect();
    let later = Choice::new('l', "decide later", "", Rc::new(|_: &mut App| {}));
    let apply = Choice::new('a', "apply what merges", "undo takes it back", Rc::new(apply));
    let discard = Choice::new('d', "discard", "kept among the backups", Rc::new(discard));
    let choices = vec![later, apply, discard];
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}

fn apply(app: &mut App) {
    let mut content = app.workspace().content().clone();
    for Unfinished { since, merged, .. } in &app.saving.unfinished {
        content = merge3(since, &content, merged).content;
    }
    let ops = diff(app.workspace(), &Workspace::new(content));
    let nothing = ops.is_empty();
    if app.commit("brought in what was cut off", Op::Batch(ops)) || nothing {
        settle(app, true);
    }
}

fn discard(app: &mut App) {
    settle(app, false);
}

/// Says that what was cut off is given up, or why it could not be.
pub(super) fn discarded(app: &mut App, settled: Result<(), String>) {
    match settled {
        Ok(()) => app.say("discarded; the backups have it"),
        Err(why) => app.refuse(format!(
            "not discarded, since the backups can't take it: {why}; it is asked for again next time"
        )),
    }
}

fn settle(app: &mut App, brought_in: bool) {
    app.saving.unfinished.clear();
    app.effects.push(Effect::Settle { brought_in });
}
