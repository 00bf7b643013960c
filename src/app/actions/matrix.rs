//! The keys of the plane of value and effort.

use super::{Action, Scope, nothing_here};
use crate::app::App;
use crate::app::matrix::{self, Matrix};
use crate::app::ranks;
use crate::workspace::Hat;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("matrix", &["gm"], "view: value and effort", Matrix::open)
        .also("quadrant, impact and effort")
        .scope(Scope::Anywhere),
    Action::new("matrix-left", &["h", "left"], "to the next item of less effort", |app| {
        matrix::step(app, (-times(app), 0));
    })
    .scope(Scope::Matrix),
    Action::new("matrix-down", &["j", "down"], "to the next item of less value", |app| {
        matrix::step(app, (0, times(app)));
    })
    .scope(Scope::Matrix),
    Action::new("matrix-up", &["k", "up"], "to the next item of more value", |app| {
        matrix::step(app, (0, -times(app)));
    })
    .scope(Scope::Matrix),
    Action::new("matrix-right", &["l", "right"], "to the next item of more effort", |app| {
        matrix::step(app, (times(app), 0));
    })
    .scope(Scope::Matrix),
    Action::new("matrix-less-effort", &["H", "alt-left"], "less effort", |app| {
        matrix::carry(app, (-1, 0));
    })
    .command("set ID rice.effort=1")
    .scope(Scope::Matrix)
    .hint("effort")
    .repeats()
    .off(nothing_here),
    Action::new("matrix-more-effort", &["L", "alt-right"], "more effort", |app| {
        matrix::carry(app, (1, 0));
    })
    .command("set ID rice.effort=3")
    .scope(Scope::Matrix)
    .hint("effort")
    .repeats()
    .off(nothing_here),
    Action::new("matrix-less-value", &["J", "alt-down"], "less value", |app| {
        matrix::carry(app, (0, 1));
    })
    .command("set ID rice.impact=0.5")
    .scope(Scope::Matrix)
    .hint("value")
    .repeats()
    .off(nothing_here),
    Action::new("matrix-more-value", &["K", "alt-up"], "more value", |app| {
        matrix::carry(app, (0, -1));
    })
    .command("set ID rice.impact=2")
    .scope(Scope::Matrix)
    .hint("value")
    .repeats()
    .off(nothing_here),
    Action::new(
        "matrix-first",
        &["gg", "home"],
        "to the first of the list, or of the count",
        |app| {
            matrix::to(app, app.times());
        },
    )
    .scope(Scope::Matrix),
    Action::new("matrix-last", &["G", "end"], "to the last of the list, or of the count", |app| {
        matrix::to(app, app.count.unwrap_or(usize::MAX));
    })
    .scope(Scope::Matrix),
    Action::new("matrix-roadmap", &["gh"], "value and effort of the roadmap", |app| {
        ranks::turn(app, Hat::Pm);
    })
    .scope(Scope::Matrix),
    Action::new("matrix-backlog", &["gl"], "value and effort of the backlog", |app| {
        ranks::turn(app, Hat::Po);
    })
    .scope(Scope::Matrix),
];

fn times(app: &App) -> isize {
    app.times().cast_signed()
}
