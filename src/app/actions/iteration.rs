//! The keys of the windows that fill and close a sprint.

use super::{Action, Scope};
use crate::app::closing::{self, Verdict};
use crate::app::{App, planning};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("plan-down", &["j", "down"], "down", |app| planning::step(app, 1))
        .scope(Scope::Planning),
    Action::new("plan-up", &["k", "up"], "up", |app| planning::step(app, -1))
        .scope(Scope::Planning),
    Action::new("plan-on", &["ctrl-d", "pagedown"], "a page down", |app| planning::step(app, 10))
        .scope(Scope::Planning),
    Action::new("plan-back", &["ctrl-u", "pageup"], "a page up", |app| planning::step(app, -10))
        .scope(Scope::Planning),
    Action::new("plan-fill", &["f"], "from the top as far as there is room", planning::fill)
        .scope(Scope::Planning)
        .hint("fill"),
    Action::new("plan-line-down", &["J", "alt-down"], "the line down, over one more", |app| {
        planning::draw_line(app, true);
    })
    .scope(Scope::Planning)
    .hint("line"),
    Action::new("plan-line-up", &["K", "alt-up"], "the line up, over one less", |app| {
        planning::draw_line(app, false);
    })
    .scope(Scope::Planning)
    .hint("line"),
    Action::new("plan-pick", &["space"], "pick one, or leave it out", planning::pick)
        .scope(Scope::Planning)
        .hint("pick"),
    Action::new("plan-clear", &["c"], "leave everything out", planning::clear)
        .scope(Scope::Planning),
    Action::new("plan-accept", &["enter"], "make it the plan", planning::accept)
        .scope(Scope::Planning)
        .hint("plan it"),
    Action::new("plan-leave", &["esc", "q"], "leave everything as it was", close)
        .scope(Scope::Planning)
        .hint("leave"),
    Action::new("close-down", &["j", "down"], "to the next item", |app| closing::step(app, 1))
        .scope(Scope::Closing),
    Action::new("close-up", &["k", "up"], "to the item before", |app| closing::step(app, -1))
        .scope(Scope::Closing),
    Action::new("close-accept", &["a"], "accept it: it is done", |app| {
        closing::decide(app, Verdict::Accepted);
    })
    .scope(Scope::Closing)
    .hint("accept"),
    Action::new("close-carry", &["n", "b"], "not accepted: into the next sprint", |app| {
        closing::decide(app, Verdict::Carried);
    })
    .scope(Scope::Closing)
    .hint("next sprint"),
    Action::new("close-return", &["o"], "not accepted: to its place in the backlog", |app| {
        closing::decide(app, Verdict::Returned);
    })
    .scope(Scope::Closing)
    .hint("backlog"),
    Action::new("close-accept-all", &["A"], "accept all that is done", closing::accept_all)
        .scope(Scope::Closing)
        .hint("accept all"),
    Action::new("close-criterion", &["tab", "l", "right"], "to the next criterion", |app| {
        closing::turn(app, 1);
    })
    .scope(Scope::Closing),
    Action::new("close-criterion-back", &["backtab", "h", "left"], "a criterion back", |app| {
        closing::turn(app, -1);
    })
    .scope(Scope::Closing),
    Action::new("close-tick", &["space"], "tick the criterion, or not any more", closing::tick)
        .scope(Scope::Closing)
        .hint("tick"),
    Action::new("close-retro", &["enter"], "on to the retro, and close", closing::retro)
        .scope(Scope::Closing)
        .hint("retro"),
    Action::new("close-leave", &["esc", "q"], "leave the sprint as it is", close)
        .scope(Scope::Closing)
        .hint("leave"),
];

fn close(app: &mut App) {
    app.close();
}
