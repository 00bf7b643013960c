//! What runs in the terminal, as far as the terminal cares.

use crate::app::{App, Effect, Msg};
use crate::view;
use crate::workspace::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Told what happens, asked for frames. It knows nothing of terminals.
pub trait Program {
    /// Takes a message in; what is to be done about it comes back.
    fn update(&mut self, msg: Msg, today: Date) -> Vec<Effect>;

    /// Draws the whole frame into an empty buffer and says where the cursor stands: in the text
    /// being typed, or on the row that has the focus.
    fn draw(&self, buf: &mut Buffer) -> Option<Position>;

    /// Whether text is being typed, so that the cursor is to be seen.
    fn wants_caret(&self) -> bool;
}

impl Program for App {
    fn update(&mut self, msg: Msg, today: Date) -> Vec<Effect> {
        self.update(msg, today)
    }

    fn draw(&self, buf: &mut Buffer) -> Option<Position> {
        view::draw(self, buf)
    }

    fn wants_caret(&self) -> bool {
        self.is_typing()
    }
}
