//! One question on the terminal, answered with one key.

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io::{self, IsTerminal};

/// What was answered when asked for one of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The one on the left.
    Left,
    /// The one on the right.
    Right,
    /// Nobody can tell.
    Unsure,
    /// On to the next question.
    Skip,
    /// No more questions.
    Leave,
}

/// Whether somebody is there to answer.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Gives the terminal back as it was, whatever happens.
struct Raw;

impl Drop for Raw {
    fn drop(&mut self) {
        // There is nothing left to be done where that fails.
        let _ = disable_raw_mode();
    }
}

/// Waits for a key that answers.
///
/// # Errors
/// When the terminal cannot be read.
pub fn answer() -> io::Result<Answer> {
    enable_raw_mode()?;
    let _raw = Raw;
    loop {
        if let Event::Key(key) = event::read()?
            && let Some(answer) = meant(key)
        {
            return Ok(answer);
        }
    }
}

fn meant(key: KeyEvent) -> Option<Answer> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    match key.code {
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => {
            Some(Answer::Leave)
        }
        KeyCode::Left | KeyCode::Char('h' | '1') => Some(Answer::Left),
        KeyCode::Right | KeyCode::Char('l' | '2') => Some(Answer::Right),
        KeyCode::Char('=' | '?') => Some(Answer::Unsure),
        KeyCode::Char('s' | ' ') => Some(Answer::Skip),
        KeyCode::Char('q') | KeyCode::Esc => Some(Answer::Leave),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_an_answer_or_nothing() {
        let plain = |code| meant(KeyEvent::new(code, KeyModifiers::NONE));
        assert_eq!(plain(KeyCode::Left), Some(Answer::Left));
        assert_eq!(plain(KeyCode::Char('=')), Some(Answer::Unsure));
        assert_eq!(plain(KeyCode::Char('x')), None);
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(meant(ctrl_c), Some(Answer::Leave));
    }
}
