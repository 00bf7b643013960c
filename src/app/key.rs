//! Keys and the mouse as the app knows them, whatever terminal they came from.

use std::fmt;

/// What was pressed, without what was held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, with Shift already in it: `J`, not Shift and `j`.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// A page back.
    PageUp,
    /// A page on.
    PageDown,
}

/// The words for the codes that are not characters, and for the space.
const NAMES: [(&str, Code); 15] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

/// A key, with Control and Alt as held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
}

impl Key {
    /// A key pressed alone.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// The key of this spelling: `J`, `space`, `ctrl-d`, `alt-up`.
    pub fn parse(spelling: &str) -> Option<Self> {
        let (ctrl, rest) = strip(spelling, "ctrl-");
        let (alt, rest) = strip(rest, "alt-");
        let named = NAMES.into_iter().find(|(name, _)| *name == rest).map(|(_, code)| code);
        let mut chars = rest.chars();
        let single = chars.next().filter(|_| chars.next().is_none()).map(Code::Char);
        Some(Self { code: named.or(single)?, ctrl, alt })
    }

    /// The keys of a sequence: `gg` is two, `ctrl-d` and `space` are one.
    pub fn sequence(spelling: &str) -> Vec<Self> {
        match Self::parse(spelling) {
            Some(key) => vec![key],
            None => spelling.chars().map(|c| Self::plain(Code::Char(c))).collect(),
        }
    }
}

fn strip<'a>(spelling: &'a str, prefix: &str) -> (bool, &'a str) {
    spelling.strip_prefix(prefix).map_or((false, spelling), |rest| (true, rest))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        let name = NAMES.into_iter().find(|(_, code)| *code == self.code);
        match (name, self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, _) => Ok(()),
        }
    }
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// It moved while down.
    Drag,
    /// It went up.
    Release,
    /// The wheel turned away from the person.
    WheelUp,
    /// The wheel turned towards the person.
    WheelDown,
}

/// What the mouse did, and where: cells from the top left corner, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Cells from the left.
    pub column: u16,
    /// Cells from the top.
    pub row: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for spelling in ["J", "space", "ctrl-d", "alt-up", "backtab", "'", "ctrl-alt-x"] {
            assert_eq!(Key::parse(spelling).unwrap().to_string(), spelling);
        }
    }

    #[test]
    fn a_sequence_is_one_named_key_or_several_letters() {
        assert_eq!(Key::sequence("gg").len(), 2);
        assert_eq!(Key::sequence("ctrl-d").len(), 1);
        assert_eq!(Key::sequence("space").len(), 1);
    }
}
