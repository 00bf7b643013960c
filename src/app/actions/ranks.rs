//! The keys of the ranks.

use super::order::{self, Way};
use super::{Action, Scope, cursor, nothing_here, transfer};
use crate::app::App;
use crate::app::ranks::{self, Ranks};
use crate::workspace::Hat;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("rank", &["gr"], "view: how sure the order is", Ranks::open)
        .also("uncertainty, simulation")
        .scope(Scope::Anywhere),
    Action::new("rank-down", &["j", "down"], "down", |app| step(app, 1)).scope(Scope::Ranks),
    Action::new("rank-up", &["k", "up"], "up", |app| step(app, -1)).scope(Scope::Ranks),
    Action::new("rank-first", &["gg", "home"], "to the first rank, or to that of the count", first)
        .scope(Scope::Ranks),
    Action::new("rank-last", &["G", "end"], "to the last one, or to the rank of the count", last)
        .scope(Scope::Ranks),
    Action::new("rank-page-down", &["pagedown", "ctrl-d"], "a page down", |app| page(app, 1))
        .scope(Scope::Ranks),
    Action::new("rank-page-up", &["pageup", "ctrl-u"], "a page up", |app| page(app, -1))
        .scope(Scope::Ranks),
    Action::new("rank-roadmap", &["h", "left"], "the ranks of the roadmap", |app| {
        ranks::turn(app, Hat::Pm);
    })
    .scope(Scope::Ranks)
    .hint("pane"),
    Action::new("rank-backlog", &["l", "right"], "the ranks of the backlog", |app| {
        ranks::turn(app, Hat::Po);
    })
    .scope(Scope::Ranks)
    .hint("pane"),
    Action::new("rank-move-down", &["J", "alt-down"], "move down in its own order", |app| {
        order::slide(app, Way::Down);
    })
    .command("move ID --by 1")
    .scope(Scope::Ranks)
    .hint("move")
    .repeats()
    .off(nothing_here),
    Action::new("rank-move-up", &["K", "alt-up"], "move up in its own order", |app| {
        order::slide(app, Way::Up);
    })
    .command("move ID --by -1")
    .scope(Scope::Ranks)
    .hint("move")
    .repeats()
    .off(nothing_here),
    Action::new("rank-lane-up", &["H", "alt-left"], "to the previous lane", |app| {
        transfer::change_lane(app, -1);
    })
    .command("move ID --to now --bottom")
    .scope(Scope::Ranks)
    .repeats()
    .off(transfer::no_lanes),
    Action::new("rank-lane-down", &["L", "alt-right"], "to the next lane", |app| {
        transfer::change_lane(app, 1);
    })
    .command("move ID --to later")
    .scope(Scope::Ranks)
    .repeats()
    .off(transfer::no_lanes),
];

fn step(app: &mut App, way: isize) {
    ranks::step(app, way * app.times().cast_signed());
}

fn page(app: &mut App, way: isize) {
    ranks::step(app, way * app.times().cast_signed() * cursor::lines(app));
}

fn first(app: &mut App) {
    ranks::to(app, app.times());
}

fn last(app: &mut App) {
    match app.count {
        Some(rank) => ranks::to(app, rank),
        None => ranks::step(app, isize::MAX / 2),
    }
}
