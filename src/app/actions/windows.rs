//! The keys of the windows.

use super::{Action, Scope, rubric};
use crate::app::prompt::Prompt;
use crate::app::{App, Window, choice, form, palette, picker, prompt, score};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("text-accept", &["enter"], "accept", prompt::accept)
        .scope(Scope::Text)
        .hint("accept"),
    Action::new("text-cancel", &["esc"], "leave it as it was", prompt::cancel)
        .scope(Scope::Text)
        .hint("leave"),
    Action::new("choice-down", &["down", "j", "tab"], "down", |app| choice::step(app, 1))
        .scope(Scope::Choice),
    Action::new("choice-up", &["up", "k", "backtab"], "up", |app| choice::step(app, -1))
        .scope(Scope::Choice),
    Action::new("choice-on", &["ctrl-d", "pagedown"], "on in the text above", |app| {
        choice::turn(app, true);
    })
    .scope(Scope::Choice),
    Action::new("choice-back", &["ctrl-u", "pageup"], "back in the text above", |app| {
        choice::turn(app, false);
    })
    .scope(Scope::Choice),
    Action::new("choice-accept", &["enter", "space"], "choose", choice::accept)
        .scope(Scope::Choice)
        .hint("choose"),
    Action::new("choice-cancel", &["esc"], "choose nothing", choice::cancel)
        .scope(Scope::Choice)
        .hint("leave"),
    Action::new("palette-down", &["down", "ctrl-n", "tab"], "down", |app| palette::step(app, 1))
        .scope(Scope::Palette),
    Action::new("palette-up", &["up", "ctrl-p", "backtab"], "up", |app| palette::step(app, -1))
        .scope(Scope::Palette),
    Action::new("palette-accept", &["enter"], "do it", palette::accept)
        .scope(Scope::Palette)
        .hint("do it"),
    Action::new("palette-cancel", &["esc"], "do nothing", close)
        .scope(Scope::Palette)
        .hint("leave"),
    Action::new("page-line-down", &["j", "down"], "a line down", |app| page(app, 1))
        .scope(Scope::Page)
        .hint("scroll"),
    Action::new("page-line-up", &["k", "up"], "a line up", |app| page(app, -1))
        .scope(Scope::Page)
        .hint("scroll"),
    Action::new("page-on", &["space", "pagedown", "ctrl-d"], "on", |app| page(app, 10))
        .scope(Scope::Page),
    Action::new("page-back", &["pageup", "ctrl-u"], "back", |app| page(app, -10))
        .scope(Scope::Page),
    Action::new("page-first", &["g", "home"], "to the beginning", |app| page(app, isize::MIN / 2))
        .scope(Scope::Page),
    Action::new("page-last", &["G", "end"], "to the end", |app| page(app, isize::MAX / 2))
        .scope(Scope::Page),
    Action::new("page-find", &["/"], "search", |app| {
        Prompt::ask_live(app, "search".into(), "", |app, words| {
            for window in app.windows.iter_mut() {
                if let Window::Help(help) = window {
                    help.search(words);
                }
            }
        });
    })
    .scope(Scope::Page)
    .hint("search"),
    Action::new("page-close", &["esc", "q", "?", "enter"], "close", close)
        .scope(Scope::Page)
        .hint("close"),
    Action::new("score-down", &["down", "tab", "ctrl-n"], "to the next factor", |app| {
        score::step(app, 1);
    })
    .scope(Scope::Score)
    .hint("factor"),
    Action::new("score-up", &["up", "backtab", "ctrl-p"], "to the factor before", |app| {
        score::step(app, -1);
    })
    .scope(Scope::Score)
    .hint("factor"),
    Action::new("score-lower", &["left"], "the next lower step of its scale", |app| {
        score::turn(app, -1);
    })
    .scope(Scope::Score)
    .hint("step"),
    Action::new("score-higher", &["right"], "the next higher step of its scale", |app| {
        score::turn(app, 1);
    })
    .scope(Scope::Score)
    .hint("step"),
    Action::new(
        "score-accept",
        &["enter"],
        "to the next empty factor; where none is, take the ratings",
        score::accept,
    )
    .scope(Scope::Score)
    .hint("on, accept"),
    Action::new("score-cancel", &["esc"], "leave everything as it was", close)
        .scope(Scope::Score)
        .hint("leave"),
    Action::new("score-rubric", &["ctrl-r"], "what its values mean here, in your words", |app| {
        rubric::of_rated(app);
    })
    .scope(Scope::Score)
    .hint("rubric"),
    Action::new("form-line", &["enter"], "a new line", form::line)
        .scope(Scope::FormLines)
        .hint("new line"),
    Action::new("form-accept", &["enter"], "accept", form::accept)
        .scope(Scope::Form)
        .hint("accept"),
    Action::new("form-accept-all", &["ctrl-s"], "accept", form::accept)
        .scope(Scope::Form)
        .hint("accept"),
    Action::new("form-leave", &["esc"], "leave everything as it was", form::leave)
        .scope(Scope::Form)
        .hint("leave"),
    Action::new("form-down", &["down"], "down a line or a field", |app| form::step(app, 1))
        .scope(Scope::Form),
    Action::new("form-up", &["up"], "up a line or a field", |app| form::step(app, -1))
        .scope(Scope::Form),
    Action::new("form-next", &["tab", "ctrl-n"], "to the next field", |app| form::go(app, 1))
        .scope(Scope::Form)
        .hint("next field"),
    Action::new("form-previous", &["backtab", "ctrl-p"], "to the field before", |app| {
        form::go(app, -1);
    })
    .scope(Scope::Form),
    Action::new("form-right", &["right"], "the next choice or day; in text, right", |app| {
        form::turn(app, 1, false);
    })
    .scope(Scope::Form),
    Action::new("form-left", &["left"], "the choice or day before; in text, left", |app| {
        form::turn(app, -1, false);
    })
    .scope(Scope::Form),
    Action::new("form-month-on", &["pagedown"], "a month on", |app| form::turn(app, 1, true))
        .scope(Scope::Form),
    Action::new("form-month-back", &["pageup"], "a month back", |app| form::turn(app, -1, true))
        .scope(Scope::Form),
    Action::new("form-line-down", &["alt-down"], "move the line down", |app| form::carry(app, 1))
        .scope(Scope::FormLines),
    Action::new("form-line-up", &["alt-up"], "move the line up", |app| form::carry(app, -1))
        .scope(Scope::FormLines),
    Action::new("form-tick", &["ctrl-t"], "tick the criterion, or take the tick away", form::tick)
        .scope(Scope::FormLines),
    Action::new("pick-down", &["down", "ctrl-n"], "down", |app| picker::step(app, 1))
        .scope(Scope::Picker),
    Action::new("pick-up", &["up", "ctrl-p", "backtab"], "up", |app| picker::step(app, -1))
        .scope(Scope::Picker),
    Action::new("pick-toggle", &["tab"], "pick one of several, or not any more", picker::toggle)
        .scope(Scope::Picker)
        .hint("pick several"),
    Action::new("pick-accept", &["enter"], "take what is picked", picker::accept)
        .scope(Scope::Picker)
        .hint("take"),
    Action::new("pick-cancel", &["esc"], "pick nothing", close).scope(Scope::Picker).hint("leave"),
];

fn close(app: &mut App) {
    app.close();
}

fn page(app: &mut App, by: isize) {
    let height = usize::from(app.area.height.saturating_sub(4));
    if let Some(Window::Help(help)) = app.windows.last_mut() {
        help.scroll(by, height);
    }
}
