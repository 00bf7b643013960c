//! What the next command works on.

use super::{Action, Scope, nothing_here};
use crate::app::App;
use crate::app::views::View;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("select", &["space"], "select, or not any more", toggle)
        .scope(Scope::Lists)
        .off(nothing_here),
    Action::new("range", &["v"], "select a range, from here to the cursor", range)
        .scope(Scope::Lists)
        .off(nothing_here),
    Action::new("back", &["esc"], "one level back: view, selection, filter, score view", back)
        .scope(Scope::Anywhere),
];

/// Selects the row and goes to the next of its lane, so that a held key selects a run.
fn toggle(app: &mut App) {
    let Some(id) = app.board.cursor().cloned() else { return };
    if !app.board.chosen.remove(&id) {
        app.board.chosen.insert(id);
    }
    let workspace = app.document.workspace();
    let pane = app.board.focused_mut();
    pane.set(workspace, pane.cursor.lane, pane.cursor.row + 1);
}

fn range(app: &mut App) {
    let range = app.board.range(app.workspace());
    match app.board.anchor.take() {
        // A finished range stays selected; the next one adds to it.
        Some(_) => app.board.chosen.extend(range),
        None => app.board.anchor = app.board.cursor().cloned(),
    }
}

/// Takes back one thing at a time that changes what is seen or meant.
fn back(app: &mut App) {
    if !app.view.is_board() {
        app.view = View::Board;
        return;
    }
    let board = &mut app.board;
    if board.has_selection() {
        board.deselect();
    } else if !board.filter.text().is_empty() {
        board.filter = crate::app::filter::Filter::default();
    } else if board.focused().by_score {
        board.focused_mut().by_score = false;
    } else if board.backlog.shows != crate::workspace::Place::Backlog {
        board.backlog.show(crate::workspace::Place::Backlog);
    }
}
