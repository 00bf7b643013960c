//! The mouse: a click focuses, the wheel scrolls, a drag reorders.

use super::actions::{against, turned};
use super::board::Drag;
use super::key::{Code, Key, Mouse, MouseKind};
use super::pane::{Line, Pane};
use super::{App, Window, choice};
use crate::workspace::{Hat, Op, Spot};
use ratatui::layout::Position;

/// Lines a notch of the wheel scrolls.
const NOTCH: isize = 3;

/// Takes in what the mouse did.
pub(super) fn on(app: &mut App, mouse: Mouse) {
    match mouse.kind {
        _ if !app.view.is_board() && app.windows.is_empty() => on_view(app, mouse),
        MouseKind::WheelUp => wheel(app, mouse, -NOTCH),
        MouseKind::WheelDown => wheel(app, mouse, NOTCH),
        _ if !app.windows.is_empty() => {}
        MouseKind::Press => press(app, mouse),
        MouseKind::Drag => drag(app, mouse),
        MouseKind::Release => release(app),
    }
}

/// In a view in place of the panes a click puts the cursor on what is there, and the wheel is the
/// arrow keys, as in a terminal without a mouse.
fn on_view(app: &mut App, mouse: Mouse) {
    let turned = |code| (0..NOTCH).map(move |_| Key::plain(code));
    match mouse.kind {
        MouseKind::WheelUp => turned(Code::Up).for_each(|key| app.press(key)),
        MouseKind::WheelDown => turned(Code::Down).for_each(|key| app.press(key)),
        MouseKind::Press => {
            app.message = None;
            app.click_view(Position::new(mouse.column, mouse.row));
        }
        MouseKind::Drag | MouseKind::Release => {}
    }
}

/// The pane under the mouse.
fn pane_at(app: &App, mouse: Mouse) -> Option<Hat> {
    let position = Position::new(mouse.column, mouse.row);
    let layout = app.layout();
    let over = |hat: &Hat| layout.pane(*hat).is_some_and(|area| area.contains(position));
    [Hat::Pm, Hat::Po].into_iter().find(over)
}

/// The lane and row that a line stands for: of a heading the first, of the end of a sprint the one
/// below it.
fn row_of(pane: &Pane, line: Line) -> (usize, usize) {
    match line {
        Line::Row { lane, row } => (lane, row),
        Line::Heading(lane) | Line::Empty(lane) => (lane, 0),
        Line::End(at) => (0, pane.ends.get(at).map_or(0, |end| end.row)),
    }
}

/// The line under the mouse in a pane; below the last one it is the last.
fn line_at(app: &App, hat: Hat, mouse: Mouse) -> Option<Line> {
    let rows = app.layout().rows(hat);
    let pane = app.board.pane(hat);
    let number = pane.top + usize::from(mouse.row.checked_sub(rows.y)?);
    pane.line(number.min(pane.lines().saturating_sub(1)))
}

fn wheel(app: &mut App, mouse: Mouse, by: isize) {
    match app.windows.last_mut() {
        Some(Window::Help(help)) => help.scroll(by, usize::from(app.area.height.saturating_sub(4))),
        Some(Window::Choices(_)) => choice::scroll(app, by),
        Some(_) => {}
        None => {
            let Some(hat) = pane_at(app, mouse) else { return };
            let height = usize::from(app.layout().rows(hat).height);
            app.board.pane_mut(hat).scroll(by, height);
        }
    }
}

fn press(app: &mut App, mouse: Mouse) {
    app.message = None;
    let Some(hat) = pane_at(app, mouse) else { return };
    let line = line_at(app, hat, mouse);
    app.board.hat = hat;
    app.board.anchor = None;
    let Some((lane, row)) = line.map(|line| row_of(app.board.pane(hat), line)) else { return };
    let workspace = app.document.workspace();
    app.board.focused_mut().set(workspace, lane, row);
    let on_row = matches!(line, Some(Line::Row { .. }));
    let id = app.board.cursor().cloned().filter(|_| on_row);
    app.board.drag = id.map(|id| Drag { id, over: hat, lane, row });
}

fn drag(app: &mut App, mouse: Mouse) {
    let Some(hat) = pane_at(app, mouse) else { return };
    let Some(line) = line_at(app, hat, mouse) else { return };
    let (lane, row) = row_of(app.board.pane(hat), line);
    if let Some(drag) = &mut app.board.drag {
        (drag.over, drag.lane, drag.row) = (hat, lane, row);
        app.say("let go to put it here");
    }
}

/// Puts what was dragged in the place of the row under it.
fn release(app: &mut App) {
    let Some(drag) = app.board.drag.take() else { return };
    let Some(from) = app.workspace().spot_of(&drag.id) else { return };
    let pane = app.board.pane(drag.over);
    let Some(lane) = pane.lanes.get(drag.lane) else { return };
    let to = Spot::new(lane.place, lane.index(drag.row).unwrap_or(lane.all));
    if to == from {
        return;
    }
    if pane.by_score {
        let back = app.key("score-view");
        return app
            .refuse(format!("this is the score order, to look at · {back} goes back to yours"));
    }
    let Some(record) = app.workspace().get(&drag.id) else { return };
    let mut ops = turned(app.workspace(), &drag.id, to.place);
    ops.push(Op::shift(&drag.id, to));
    let title = record.title();
    let words = if to.place == from.place {
        format!("moved: {title}")
    } else {
        format!("moved to {}: {title}", to.place.words())
    };
    if against::commit(app, &words, std::slice::from_ref(&drag.id), ops) {
        app.go_to(&drag.id);
    }
}
