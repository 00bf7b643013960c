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
        let mut chars = rest.chars();
        let single = chars.next().filter(|_| chars.next().is_none()).map(Code::Char);
        let named = || NAMES.into_iter().find(|(name, _)| *name == rest).map(|(_, code)| code);
        Some(Self { code: single.or_else(named)?, ctrl, alt })
    }

    /// The keys of a sequence: `gg` is two, `ctrl-d` and `space` are one.
    pub fn sequence(spelling: &str) -> Vec<Self> {
        match Self::parse(spelling) {
            Some(key) => vec![key],
            None => spelling.chars().map(|c| Self::plain(Code::Char(c))).collect(),
        }
    }

    /// The keys that a person means by this: as [`sequence`](Self::sequence), or with a blank
    /// between keys that are not all letters, `ctrl-x u`.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn typed(spelling: &str) -> Result<Vec<Self>, String> {
        let parts: Vec<&str> = spelling.split_whitespace().collect();
        let keys: Vec<Self> = match parts[..] {
            [one] => Self::parse(one).map_or_else(|| letters(one), |key| Ok(vec![key]))?,
            [] => return Err("a key has a name; the space bar is space".into()),
            _ => parts
                .iter()
                .map(|part| Self::parse(part).ok_or_else(|| unknown(part)))
                .collect::<Result<_, _>>()?,
        };
        keys.iter().find_map(|key| key.never_comes()).map_or(Ok(keys), Err)
    }

    /// Why no terminal can be relied on to send this key.
    fn never_comes(self) -> Option<String> {
        let Self { code: Code::Char(c), ctrl: true, .. } = self else { return None };
        let same = SAME.into_iter().find(|(same, _)| *same == c);
        match same {
            Some((_, code)) => Some(format!("terminals send {self} as {}", Self::plain(code))),
            None if c.is_uppercase() => {
                Some(format!("terminals send {self} as ctrl-{}", c.to_lowercase()))
            }
            None => None,
        }
    }
}

/// Control keys that most terminals send as another key.
pub const SAME: [(char, Code); 4] =
    [('i', Code::Tab), ('m', Code::Enter), ('h', Code::Backspace), ('[', Code::Esc)];

/// Letters that one may have to press one after the other.
const LETTERS: usize = 3;

/// A few letters one after the other, `gg`. More of them are rather a name that is none.
fn letters(spelling: &str) -> Result<Vec<Key>, String> {
    let few = spelling.chars().count() <= LETTERS;
    few.then(|| Key::sequence(spelling)).ok_or_else(|| unknown(spelling))
}

fn unknown(spelling: &str) -> String {
    format!("“{spelling}” is no key; as in J, gg, space, ctrl-d, alt-up, ctrl-x u")
}

/// Keys as written: `gg`, `alt-up`, `ctrl-x u`.
pub fn spell(keys: &[Key]) -> String {
    let words: Vec<String> = keys.iter().map(Key::to_string).collect();
    let letters = words.iter().all(|word| word.chars().count() == 1);
    words.join(if letters { "" } else { " " })
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

    #[test]
    fn what_a_person_types_for_a_key_is_a_key_or_is_told_what_one_is() {
        for spelling in ["J", "gg", "space", "alt-up", "ctrl-x u", "-", "backtab"] {
            assert_eq!(spell(&Key::typed(spelling).unwrap()), spelling);
        }
        for (wrong, why) in [
            ("ctlr-x", "no key"),
            ("ctrl-i", "as tab"),
            ("ctrl-J", "as ctrl-j"),
            ("g space bar", "“bar”"),
            (" ", "space"),
        ] {
            let told = Key::typed(wrong).unwrap_err();
            assert!(told.contains(why), "{wrong}: {told}");
        }
    }
}
