//! What runs in the terminal, as far as the terminal cares.

use crate::app::{App, Effect, Msg};
use crate::view::{self, Theme};
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

/// The app and how it looks.
pub struct Shown {
    /// What it is told goes to the app.
    pub app: App,
    /// What is drawn has these colours.
    pub theme: Theme,
}

impl Program for Shown {
    fn update(&mut self, msg: Msg, today: Date) -> Vec<Effect> {
        self.app.update(msg, today)
    }

    fn draw(&self, buf: &mut Buffer) -> Option<Position> {
        view::draw(&self.app, &self.theme, buf)
    }

    fn wants_caret(&self) -> bool {
        self.app.is_typing()
    }
}
