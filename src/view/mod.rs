//! What it looks like: `view/x.rs` draws what `app/x.rs` knows.
//!
//! Drawing is a function of the app: nothing is kept from one frame to the next, and only what is
//! seen is looked at, so a frame costs the same however many items there are.

mod board;
mod border;
mod checkin;
mod choice;
mod closing;
mod detail;
mod footer;
mod form;
pub mod frame;
mod header;
mod help;
mod matrix;
mod outcomes;
mod palette;
mod pane;
mod pen;
mod picker;
mod planning;
mod prompt;
mod ranks;
mod score;
mod sprint;
pub mod text;
mod theme;
mod timeline;
mod views;

pub use theme::{LOOKS, Look, Theme, plain};

use crate::app::{App, Window};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws the app on the whole of `buf`, which must be blank, and says where the terminal's own
/// cursor stands: at the caret while text is typed, else at the row that has the focus, where
/// screen readers look for it.
pub fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let row = board::draw(app, theme, buf);
    let typed = footer::draw(app, theme, buf);
    let windows = app.windows.iter().filter_map(|window| over(app, window, theme, buf));
    let cursor = windows.last().or(typed).or(row).filter(|cursor| buf.area.contains(*cursor));
    footer::follow(app, theme, buf);
    theme.finish(buf);
    cursor
}

/// Draws a window over all that was drawn before; where the cursor stands in it.
fn over(app: &App, window: &Window, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    match window {
        Window::Prompt(_) => None,
        Window::Choices(choices) => choice::draw(choices, theme, buf),
        Window::Palette(found) => palette::draw(app, found, theme, buf),
        Window::Help(page) => help::draw(page, theme, buf),
        Window::Score(form) => score::draw(app, form, theme, buf),
        Window::Form(filled) => form::draw(app, filled, theme, buf),
        Window::Picker(list) => picker::draw(list, theme, buf),
        Window::Planning(plan) => planning::draw(app, plan, theme, buf),
        Window::Closing(steps) => closing::draw(app, steps, theme, buf),
    }
}
