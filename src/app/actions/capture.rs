//! Into the inbox, from anywhere: a line that is typed, or many that are pasted.

use super::edit::new_item;
use super::{Action, Scope};
use crate::app::choice::{Choice, Choices};
use crate::app::prompt::Prompt;
use crate::app::{App, Window};
use crate::workspace::{Op, Place, Spot};
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("capture", &["A"], "capture into the inbox", |app| {
        Prompt::ask_lines(app, "into the inbox".into(), capture, offer);
    })
    .also("idea, feedback")
    .command("add --to inbox 'Exports are slow'")
    .scope(Scope::Anywhere)];

fn capture(app: &mut App, line: &str) {
    match entries(line).as_slice() {
        [] => app.refuse("nothing was written; nothing was captured"),
        titles => enter(app, titles),
    }
}

/// The entries that a text has: a line each, without the marks of a list.
fn entries(text: &str) -> Vec<&str> {
    let lines = text.lines().map(|line| line.trim().trim_start_matches(['-', '*', ' ']).trim());
    lines.filter(|line| !line.is_empty()).collect()
}

/// Captures a text that was pasted: many lines once the person has seen how many they are.
pub(in crate::app) fn offer(app: &mut App, text: &str) {
    let titles = entries(text);
    match titles.as_slice() {
        [] => return app.refuse("there is no text in what was pasted"),
        [title] => return enter(app, &[title]),
        _ => {}
    }
    let many = titles.len();
    let about = titles.iter().map(|title| (*title).to_owned()).collect();
    let (each, one) = (text.to_owned(), titles.join(" "));
    let choices = vec![
        Choice::new(
            'c',
            format!("capture {many} entries"),
            "one a line",
            Rc::new(move |app| captured(app, &entries(&each))),
        ),
        Choice::new(
            'o',
            "capture one entry",
            "all in one line",
            Rc::new(move |app| captured(app, &[&one])),
        ),
        Choice::new('n', "capture nothing", "", Rc::new(|_| {})),
    ];
    let title = format!("{many} lines for the inbox");
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}

/// Captures what was pasted, and leaves the line it was pasted into.
fn captured(app: &mut App, titles: &[&str]) {
    if matches!(app.window(), Some(Window::Prompt(_))) {
        app.close();
    }
    enter(app, titles);
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
