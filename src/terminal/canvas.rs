//! Frames: what changed since the last one, as the bytes that show it.
//!
//! Ratatui's `Terminal` sends a few bytes for every frame, asks for the size before each, and
//! its `clear` waits two seconds for an answer of the terminal. Here a frame is made of its
//! buffers alone: nothing changed, nothing sent.

use super::paint::Paint;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Color;

/// What stands around a frame, so that it is seen whole or not at all.
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";
/// Empties the screen.
const CLEAR: &str = "\x1b[2J";
/// Hides and shows the cursor.
const HIDE: &str = "\x1b[?25l";
const SHOW: &str = "\x1b[?25h";

/// Where the real cursor stands, and whether it is seen. Screen readers follow it even unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The cell; nowhere in particular when `None`.
    pub at: Option<Position>,
    /// Whether it is shown: in text fields.
    pub shown: bool,
}

/// The frame that stands on the screen, and the next.
#[derive(Debug)]
pub struct Canvas {
    shown: Buffer,
    next: Buffer,
    cursor: Option<Cursor>,
    colours: bool,
}

impl Canvas {
    /// A canvas whose first frame is drawn whole; without `colours` only bold, reversed and the
    /// like are left of the styles.
    pub fn new(colours: bool) -> Self {
        let empty = Buffer::empty(Rect::ZERO);
        // No cursor yet: the first frame is drawn whatever is on it.
        Self { shown: empty.clone(), next: empty, cursor: None, colours }
    }

    /// The next frame is drawn whole, whatever stands on the screen.
    pub fn forget(&mut self) {
        self.cursor = None;
    }

    /// The bytes of the next frame, or `None` when they would show nothing new or there is no
    /// room for a single cell.
    pub fn frame(
        &mut self,
        (width, height): (u16, u16),
        draw: impl FnOnce(&mut Buffer) -> Cursor,
    ) -> Option<Vec<u8>> {
        let area = Rect::new(0, 0, width, height);
        if area.is_empty() {
            return None;
        }
        self.fit(area);
        let cursor = draw(&mut self.next);
        if !self.colours {
            bleach(&mut self.next);
        }
        let bytes = self.bytes(cursor);
        self.cursor = Some(cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        bytes
    }

    /// Makes room for a frame of this size.
    fn fit(&mut self, area: Rect) {
        if self.shown.area != area {
            self.forget();
        }
        if self.cursor.is_none() {
            self.shown = Buffer::empty(Rect::ZERO);
        }
        self.next.resize(area);
        self.next.reset();
    }

    fn bytes(&self, cursor: Cursor) -> Option<Vec<u8>> {
        let paint = Paint::over(&self.shown, &self.next);
        if paint.is_blank() && self.cursor == Some(cursor) {
            return None;
        }
        let hide = if self.cursor.is_none_or(|cursor| cursor.shown) { HIDE } else { "" };
        let clear = if self.cursor.is_none() { CLEAR } else { "" };
        let show = if cursor.shown { SHOW } else { "" };
        Some([BEGIN, hide, clear, &paint.end(cursor.at), show, END].concat().into_bytes())
    }
}

/// Takes the colours out and leaves the rest of the styles.
fn bleach(buf: &mut Buffer) {
    for cell in &mut buf.content {
        cell.fg = Color::Reset;
        cell.bg = Color::Reset;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;
    use std::num::NonZero;

    fn glass(rows: u16, columns: u16) -> vt100::Parser {
        vt100::Parser::new(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap(), 0)
    }

    const HIDDEN: Cursor = Cursor { at: Some(Position { x: 0, y: 0 }), shown: false };

    fn shows(canvas: &mut Canvas, size: (u16, u16), text: &str, style: Style) -> Option<Vec<u8>> {
        let draw = |buf: &mut Buffer| {
            buf.set_string(0, 0, text, style);
            HIDDEN
        };
        canvas.frame(size, draw)
    }

    #[test]
    fn a_frame_that_shows_nothing_new_sends_nothing() {
        let mut canvas = Canvas::new(true);
        assert!(shows(&mut canvas, (9, 1), "", Style::new()).is_some());
        assert!(shows(&mut canvas, (9, 1), "same", Style::new()).is_some());
        assert!(shows(&mut canvas, (9, 1), "same", Style::new()).is_none());
        canvas.forget();
        assert!(shows(&mut canvas, (9, 1), "same", Style::new()).is_some());
    }

    #[test]
    fn frames_add_up_to_the_last_one_also_over_rubbish_and_other_sizes() {
        let mut canvas = Canvas::new(true);
        let mut parser = glass(3, 20);
        for (size, text) in [((20, 3), "one"), ((20, 3), "two 検索"), ((15, 2), "three")] {
            parser.process(&shows(&mut canvas, size, text, Style::new()).unwrap());
            assert_eq!(parser.screen().contents().trim_end(), text);
        }
        parser.process(b"\x1b[2;5Hrubbish");
        canvas.forget();
        parser.process(&shows(&mut canvas, (15, 2), "four", Style::new()).unwrap());
        assert_eq!(parser.screen().contents().trim_end(), "four");
    }

    #[test]
    fn a_frame_is_whole_or_not_seen_at_all() {
        let bytes = shows(&mut Canvas::new(true), (9, 1), "x", Style::new()).unwrap();
        assert!(bytes.starts_with(b"\x1b[?2026h"));
        assert!(bytes.ends_with(b"\x1b[?2026l"));
    }

    #[test]
    fn without_colours_the_selection_is_still_reversed() {
        let style = Style::new().red().on_blue().reversed();
        let bytes = shows(&mut Canvas::new(false), (9, 1), "x", style).unwrap();
        let mut parser = glass(1, 9);
        parser.process(&bytes);
        let cell = parser.screen().cell(0, 0).unwrap();
        assert!(cell.inverse());
        assert_eq!(
            (cell.fgcolor(), cell.bgcolor()),
            (vt100::Color::Default, vt100::Color::Default)
        );
    }

    #[test]
    fn no_room_no_frame() {
        for size in [(0, 0), (0, 9), (9, 0)] {
            assert!(shows(&mut Canvas::new(true), size, "x", Style::new()).is_none());
        }
    }

    #[test]
    fn the_cursor_is_placed_where_it_belongs_and_shown_only_on_demand() {
        let mut canvas = Canvas::new(true);
        let mut parser = glass(3, 9);
        for shown in [false, true, false] {
            let cursor = Cursor { at: Some(Position { x: 4, y: 1 }), shown };
            parser.process(&canvas.frame((9, 3), |_| cursor).unwrap());
            assert_eq!(parser.screen().cursor_position(), (1, 4));
            assert_eq!(parser.screen().hide_cursor(), !shown);
        }
    }
}
