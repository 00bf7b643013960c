//! Where the cursor is, and which pane has the focus.

use super::{Action, Scope};
use crate::app::App;
use crate::app::views::View;
use crate::workspace::{Hat, Place};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("down", &["j", "down"], "down", |app| step(app, 1)).scope(Scope::Lists),
    Action::new("up", &["k", "up"], "up", |app| step(app, -1)).scope(Scope::Lists),
    Action::new("lane-before", &["h", "left"], "to the previous lane or pane", |app| lane(app, -1))
        .scope(Scope::Lists),
    Action::new("lane-after", &["l", "right"], "to the next lane or pane", |app| lane(app, 1))
        .scope(Scope::Lists),
    Action::new("first", &["gg", "home"], "to the first row, or to the row of the count", first)
        .scope(Scope::Lists),
    Action::new("last", &["G", "end"], "to the last row, or to the row of the count", last)
        .scope(Scope::Lists),
    Action::new("half-down", &["ctrl-d"], "half a page down", |app| page(app, 1, 2))
        .scope(Scope::Lists),
    Action::new("half-up", &["ctrl-u"], "half a page up", |app| page(app, -1, 2))
        .scope(Scope::Lists),
    Action::new("page-down", &["pagedown"], "a page down", |app| page(app, 1, 1))
        .scope(Scope::Lists),
    Action::new("page-up", &["pageup"], "a page up", |app| page(app, -1, 1)).scope(Scope::Lists),
    Action::new("detail-on", &["ctrl-e"], "on in what is known of it", |app| detail(app, 1)),
    Action::new("detail-back", &["ctrl-y"], "back in what is known of it", |app| detail(app, -1)),
    Action::new("other-pane", &["tab", "backtab"], "to the other pane", |app| {
        wear(app, app.board.hat.other());
    })
    .scope(Scope::Anywhere),
    Action::new("roadmap", &["["], "to the roadmap", |app| wear(app, Hat::Pm))
        .scope(Scope::Anywhere),
    Action::new("backlog", &["]"], "to the backlog", |app| look(app, Place::Backlog))
        .scope(Scope::Anywhere),
    Action::new("board", &["gb"], "view: the board", |app| look(app, Place::Backlog))
        .scope(Scope::Anywhere),
    Action::new("inbox", &["gi"], "view: the inbox", |app| look(app, Place::Inbox))
        .scope(Scope::Anywhere),
];

fn step(app: &mut App, way: isize) {
    let by = way * app.times().cast_signed();
    let workspace = app.document.workspace();
    app.board.focused_mut().step(workspace, by);
}

fn first(app: &mut App) {
    match app.count {
        Some(row) => to_row(app, row),
        None => step_far(app, isize::MIN / 2),
    }
}

fn last(app: &mut App) {
    match app.count {
        Some(row) => to_row(app, row),
        None => step_far(app, isize::MAX / 2),
    }
}

/// To a row of the lane the cursor is in, counted from 1.
fn to_row(app: &mut App, row: usize) {
    let workspace = app.document.workspace();
    let pane = app.board.focused_mut();
    let lane = pane.cursor.lane;
    pane.set(workspace, lane, row.saturating_sub(1));
}

fn step_far(app: &mut App, by: isize) {
    let workspace = app.document.workspace();
    app.board.focused_mut().step(workspace, by);
}

fn page(app: &mut App, way: isize, part: u16) {
    let height = app.layout().rows(app.board.hat).height;
    let by = isize::from((height / part).max(1).cast_signed());
    step_far(app, way * by * app.times().cast_signed());
}

/// Along now, next, later and the owner's list.
fn lane(app: &mut App, way: isize) {
    for _ in 0..app.times() {
        let pane = app.board.focused();
        let (at, last) = (pane.cursor.lane, pane.lanes.len().saturating_sub(1));
        match (app.board.hat, way) {
            (Hat::Pm, 1) if at == last => return wear(app, Hat::Po),
            (Hat::Po, -1) if at == 0 => return wear(app, Hat::Pm),
            _ => {
                let workspace = app.document.workspace();
                let pane = app.board.focused_mut();
                pane.set(workspace, at.saturating_add_signed(way).min(last), 0);
            }
        }
    }
}

/// Scrolls the strip under the board by bands.
fn detail(app: &mut App, way: isize) {
    let Some(id) = app.cursor().cloned() else { return };
    let known = crate::app::detail::strip(app, &id);
    let last = known.map_or(0, |known| known.bands.len().saturating_sub(1));
    let by = way * app.times().cast_signed();
    let top = app.detail_top().saturating_add_signed(by).min(last);
    app.detail = (Some(id), top);
}

fn wear(app: &mut App, hat: Hat) {
    app.view = View::Board;
    if app.board.hat != hat {
        app.board.anchor = None;
    }
    app.board.hat = hat;
}

/// Lets the owner's pane show `place`.
fn look(app: &mut App, place: Place) {
    wear(app, Hat::Po);
    app.board.backlog.show(place);
}

/// Lines of a page of a view that takes the place of the panes.
pub(super) fn lines(app: &App) -> isize {
    isize::from(crate::app::layout::inside(app.layout().body).height.max(1).cast_signed())
}
