//! Into the inbox, from anywhere: a line that is typed, or many that are pasted.

use super::edit::new_item;
use super::pasted::{self, Lines};
use super::{Action, Scope};
use crate::app::App;
use crate::app::prompt::Prompt;
use crate::workspace::{Op, Place, Spot};
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("capture", &["A"], "capture into the inbox", |app| {
        Prompt::ask_lines(app, "into the inbox".into(), capture, offer);
    })
    .also("idea, feedback")
    .command("add --to inbox 'Exports are slow'")
    .scope(Scope::Anywhere)];

static ENTRIES: Lines = Lines { verb: "capture", one: "entry", many: "entries", take: enter };

fn capture(app: &mut App, line: &str) {
    match pasted::entries(line).as_slice() {
        [] => app.refuse("nothing was written; nothing was captured"),
        titles => enter(app, titles),
    }
}

/// Captures a text that was pasted.
pub(in crate::app) fn offer(app: &mut App, text: &str) {
    pasted::offer(app, text, "the inbox", &ENTRIES);
}

/// Puts new entries at the end of the inbox, in one step.
fn enter(app: &mut App, titles: &[&str]) {
    let mut ops = Vec::new();
    for title in titles {
        let record = Arc::new(new_item(app, Place::Inbox, title));
        ops.push(Op::Insert { record, at: Spot::bottom(Place::Inbox) });
    }
    let words = match titles {
        [title] => format!("captured into the inbox: {title}"),
        many => format!("captured {} entries into the inbox", many.len()),
    };
    app.commit(words, Op::Batch(ops));
}
