//! Taking the terminal over, and giving it back as it was.
//!
//! Ratatui's own `init` and `restore` know nothing of the mouse, pastes, focus or kitty's keys,
//! so each mode stands in a table with what turns it off again. Both ways may be called at any
//! time, twice, and from any thread: by the session, its panic hook and its signals.

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The mouse: buttons, wheel and drag, but not every motion, which 1003 would bring.
const MOUSE: (&str, &str) = ("\x1b[?1002h\x1b[?1006h", "\x1b[?1006l\x1b[?1002l");

/// The modes in the order they are entered, each with what leaves it. Kitty keeps one stack of
/// key flags per screen, so its row stands after the alternate screen.
const MODES: [(&str, &str); 6] = [
    // The alternate screen: what stood in the terminal comes back.
    ("\x1b[?1049h", "\x1b[?1049l"),
    // The cursor is shown only in text fields.
    ("\x1b[?25l", "\x1b[?25h"),
    // A paste comes in one piece.
    ("\x1b[?2004h", "\x1b[?2004l"),
    // Told when the window gains the focus.
    ("\x1b[?1004h", "\x1b[?1004l"),
    MOUSE,
    // Esc and Ctrl-keys without ambiguity. Never asked for: the question could hang.
    ("\x1b[>1u", "\x1b[<1u"),
];

/// Ends a frame that was cut off, and its colours.
const AFTER_A_CUT: &str = "\x1b[?2026l\x1b[0m";

static ENTERED: AtomicBool = AtomicBool::new(false);

/// The mouse is the terminal's own, to select text with.
static DEAF_TO_MOUSE: AtomicBool = AtomicBool::new(false);

/// Held while bytes go out, so that no frame follows the farewell.
static GATE: Mutex<()> = Mutex::new(());

fn gate() -> MutexGuard<'static, ()> {
    GATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal over. Nothing happens when that was done before.
///
/// # Errors
/// The terminal is gone or refuses; [`leave`] then gives back what was taken.
pub fn enter() -> io::Result<()> {
    let _gate = gate();
    if ENTERED.swap(true, Ordering::SeqCst) {
        return Ok(());
    }
    enable_raw_mode()?;
    write(entering().as_bytes())
}

/// Whether to take the mouse over too, from the next time on.
pub fn listen_to_mouse(on: bool) {
    DEAF_TO_MOUSE.store(!on, Ordering::SeqCst);
}

/// Gives the terminal back. Nothing happens when it was not taken; a terminal that is gone needs
/// nothing any more, so failures are passed over.
pub fn leave() {
    let _gate = gate();
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = write(leaving().as_bytes());
        let _ = disable_raw_mode();
    }
}

/// Sends bytes to the terminal in one write; drops them when the terminal was given back.
pub fn send(bytes: &[u8]) -> io::Result<()> {
    let _gate = gate();
    if ENTERED.load(Ordering::SeqCst) { write(bytes) } else { Ok(()) }
}

/// Columns and rows now; either may be 0 when the terminal is gone.
pub fn size() -> (u16, u16) {
    rustix::termios::tcgetwinsize(io::stdout()).map_or((0, 0), |size| (size.ws_col, size.ws_row))
}

/// Past Rust's own buffer, which would send a frame in pieces of 1,024 bytes.
fn write(bytes: &[u8]) -> io::Result<()> {
    File::from(io::stdout().as_fd().try_clone_to_owned()?).write_all(bytes)
}

fn entering() -> String {
    let silent = DEAF_TO_MOUSE.load(Ordering::SeqCst);
    MODES.iter().filter(|mode| !(silent && **mode == MOUSE)).map(|(on, _)| *on).collect()
}

fn leaving() -> String {
    let off = MODES.iter().rev().map(|(_, off)| *off);
    std::iter::once(AFTER_A_CUT).chain(off).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_that_is_entered_is_left_in_the_opposite_order() {
        let mut parser = vt100::Parser::default();
        parser.process(b"before");
        parser.process(entering().as_bytes());
        assert!(parser.screen().alternate_screen());
        assert!(parser.screen().bracketed_paste());
        assert_ne!(parser.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        parser.process(leaving().as_bytes());
        assert_eq!(parser.screen().contents(), "before");
        assert!(!parser.screen().alternate_screen());
        assert!(!parser.screen().bracketed_paste());
        assert!(!parser.screen().hide_cursor());
        assert_eq!(parser.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(leaving().ends_with("\x1b[?1049l"), "the alternate screen is left last");
    }

    #[test]
    fn leaving_what_was_never_entered_writes_nothing() {
        leave();
        leave();
        assert!(send(b"nothing of this is seen").is_ok());
    }
}
