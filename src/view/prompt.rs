//! Draws a line that is being typed, at the bottom of the screen.

use super::pen::Pen;
use super::text;
use super::theme::Theme;
use crate::app::layout::Layout;
use crate::app::pane::Pane;
use crate::app::prompt::{Prompt, Spread};
use crate::app::{App, Window};
use crate::workspace::{Hat, Id};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells that an answer has beside its question, at least.
const TYPED: usize = 30;
/// Cells up to which a question is short.
const BRIEF: usize = 12;
/// Lines of a question above its answer, at most.
const QUESTION: usize = 3;

/// The prompt that is answered at the bottom of the screen, if one is: also the title whose row
/// can't be seen.
pub(super) fn of_footer(app: &App, area: Rect) -> Option<&Prompt> {
    let Some(Window::Prompt(prompt)) = app.window() else { return None };
    let in_place = title(app).is_some_and(|(id, _)| is_seen(app, area, id));
    (!in_place).then_some(prompt)
}

/// The record whose title is typed in its row, and what is typed.
pub(super) fn title(app: &App) -> Option<(&Id, &Prompt)> {
    match app.window() {
        Some(Window::Prompt(prompt)) => match &prompt.spread {
            Spread::Title(id) => Some((id, prompt)),
            Spread::Footer => None,
        },
        _ => None,
    }
}

fn is_seen(app: &App, area: Rect, id: &Id) -> bool {
    let layout = Layout::of(area, app.board.hat);
    let seen = |hat: Hat| {
        let (pane, rows): (&Pane, Rect) = (app.board.pane(hat), layout.rows(hat));
        let lines = pane.top..pane.top + usize::from(rows.height);
        pane.cursor.id.as_ref() == Some(id) && lines.contains(&pane.cursor_line())
    };
    app.view.is_board() && layout.card.is_none() && seen(app.board.hat)
}

/// Cells of the last line that others may have: enough stays for the answer, and for a short
/// question beside it.
pub(super) fn spare(prompt: &Prompt, line: Rect) -> usize {
    let question = text::width(&prompt.label).min(BRIEF);
    usize::from(line.width).saturating_sub(question + 3 + TYPED)
}

/// The question in lines that stand above the answer, where there is no room for both in one.
pub(super) fn above(prompt: &Prompt, line: Rect, screen: Rect) -> Vec<String> {
    let beside = usize::from(line.width).saturating_sub(TYPED + 3);
    if text::width(&prompt.label) <= beside || screen.height <= 2 {
        return Vec::new();
    }
    let most = usize::from(screen.height / 3).clamp(1, QUESTION);
    text::wrap(&format!("{}:", prompt.label), usize::from(screen.width).saturating_sub(2), most)
}

/// Draws the question and the answer so far; where the caret is.
pub(super) fn draw(prompt: &Prompt, theme: &Theme, buf: &mut Buffer, line: Rect) -> Position {
    let above = above(prompt, line, buf.area);
    let mut pen = Pen::on(buf, line);
    pen.skip(1);
    if above.is_empty() {
        pen.write(&prompt.label, theme.strong).write(": ", theme.strong);
    }
    let room = pen.room();
    pen.typed(prompt.field.text(), prompt.field.caret(), room, Style::new())
}
