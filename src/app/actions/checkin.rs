//! The keys of the check-in.

use super::{Action, Scope, cursor, link, nothing_here};
use crate::app::App;
use crate::app::checkin::{CheckIn, kept};
use crate::app::prompt::Prompt;
use crate::app::views::View;
use crate::workspace::{Field, Hat, Op, Value};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("check-in", &["gc"], "view: check-in, what changed since the last", CheckIn::open)
        .also("history, log, what changed")
        .scope(Scope::Anywhere),
    step("check-in-down", &["j", "down"], "down", |app| by(app, 1)),
    step("check-in-up", &["k", "up"], "up", |app| by(app, -1)),
    step("check-in-first", &["gg", "home"], "to the first line", |app| by(app, isize::MIN / 2)),
    step("check-in-last", &["G", "end"], "to the last line", |app| by(app, isize::MAX / 2)),
    step("check-in-page-down", &["ctrl-d", "pagedown"], "a page down", |app| {
        by(app, cursor::lines(app));
    }),
    step("check-in-page-up", &["ctrl-u", "pageup"], "a page up", |app| {
        by(app, -cursor::lines(app));
    }),
    step("check-in-manager", &["h", "left"], "the check-in of the manager", |app| {
        app.board.hat = Hat::Pm;
    })
    .hint("hat"),
    step("check-in-owner", &["l", "right"], "the check-in of the owner", |app| {
        app.board.hat = Hat::Po;
    })
    .hint("hat"),
    step("check-in-tick", &["space"], "seen, or not any more", |app| {
        tick(app);
    })
    .hint("seen"),
    step("check-in-go", &["enter"], "go to it on the board", |app| {
        if let Some(id) = app.cursor().cloned() {
            app.view = View::Board;
            link::jump(app, &id);
        }
    })
    .hint("go there")
    .off(nothing_here),
    step("check-in-answer", &["r"], "answer the note", |app| {
        Prompt::ask(app, "answer (empty leaves it open)".into(), "", answer);
    })
    .command("answer ID 'yes, both'")
    .hint("answer")
    .off(|app| open_note(app).is_none().then(|| "no note to this hat is open here".into())),
    step("check-in-finish", &["f"], "finish: keep this check-in", |app| {
        let left = match &app.view {
            View::CheckIn(view) => {
                let (ticked, all) = view.ticked();
                all - ticked
            }
            _ => 0,
        };
        let label = match left {
            0 => "all is seen; a note on it, or nothing".to_owned(),
            left => format!("{left} not seen; a note on it, or nothing"),
        };
        Prompt::ask(app, label, "", finish);
    })
    .command("checkin --done 'seen'")
    .hint("finish"),
];

const fn step(
    id: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    run: fn(&mut App),
) -> Action {
    Action::new(id, keys, title, run).scope(Scope::CheckIn)
}

fn with(app: &mut App, run: impl FnOnce(&mut CheckIn)) {
    if let View::CheckIn(view) = &mut app.view {
        run(view);
    }
}

fn by(app: &mut App, by: isize) {
    let by = by.saturating_mul(app.times().cast_signed());
    with(app, |view| view.lines.step(by));
}

fn tick(app: &mut App) {
    if let View::CheckIn(view) = &mut app.view {
        view.tick(app.board.hat, &mut app.ticks);
    }
}

/// The note to this hat at the item under the cursor that waits for an answer.
fn open_note(app: &App) -> Option<Value> {
    let note = app.current()?.get(Field::NoteTo)?;
    let part = |name| note.get(name).and_then(Value::as_text).unwrap_or_default();
    let is_open = part("hat") == app.board.hat.key() && part("answer").is_empty();
    is_open.then(|| note.clone())
}

fn answer(app: &mut App, text: &str) {
    let (Some(note), Some(id)) = (open_note(app), app.cursor().cloned()) else { return };
    if !text.trim().is_empty() {
        let value = Value::with(Some(&note), "answer", Some(Value::text(text.trim())));
        app.commit("answered a note", Op::Edit { id, field: Field::NoteTo, value });
    }
}

fn finish(app: &mut App, note: &str) {
    let op = kept(app.new_id(), app.board.hat, app.today, note.trim());
    if app.commit("checked in", op) {
        app.ticks.clear(app.board.hat);
    }
}
