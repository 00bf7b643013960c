//! What it looks like: `view/x.rs` draws what `app/x.rs` knows.
//!
//! Drawing is a function of the app: nothing is kept from one frame to the next, and only what is
//! seen is looked at, so a frame costs the same however many items there are.

mod board;
mod detail;
mod footer;
pub mod frame;
mod header;
mod pane;
mod pen;
mod prompt;
pub mod text;
mod theme;

pub use theme::Theme;

use crate::app::App;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws the app on the whole of `buf`, which must be blank, and says where the terminal's own
/// cursor stands: at the caret while text is typed, else at the row that has the focus, where
/// screen readers look for it.
pub fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let row = board::draw(app, theme, buf);
    let typed = footer::draw(app, theme, buf);
    typed.or(row)
}
