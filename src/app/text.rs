//! A line of text that is being typed.

use super::key::{Code, Key};
use ratatui_textarea::{CursorMove, Input, TextArea};

/// One line of text with a caret.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    area: TextArea<'static>,
    /// Whether the next letter takes the place of all.
    offered: bool,
}

impl TextField {
    /// A field with this text, the caret behind it.
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(vec![one_line(text)]);
        area.move_cursor(CursorMove::End);
        Self { area, offered: false }
    }

    /// A field that offers this text: a letter takes its place, any other key edits it.
    pub fn offering(text: &str) -> Self {
        Self { offered: !text.is_empty(), ..Self::new(text) }
    }

    /// Whether the next letter takes the place of all.
    pub fn is_offered(&self) -> bool {
        self.offered
    }

    /// What has been typed.
    pub fn text(&self) -> &str {
        self.area.lines().first().map(String::as_str).unwrap_or_default()
    }

    /// Characters before the caret.
    pub fn caret(&self) -> usize {
        self.area.cursor().1
    }

    /// Types a key: a letter, or one that edits, with the usual shortcuts of a shell. Whether the
    /// field has any use for it.
    pub fn press(&mut self, key: Key) -> bool {
        let letter = matches!(key, Key { code: Code::Char(_), ctrl: false, alt: false });
        if std::mem::take(&mut self.offered) && letter {
            *self = Self::default();
        }
        press(&mut self.area, key)
    }

    /// Puts text in at the caret; line breaks become spaces.
    pub fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.offered) {
            *self = Self::default();
        }
        self.area.insert_str(one_line(text));
    }

    /// Puts this text in the place of what was typed.
    pub fn replace(&mut self, text: &str) {
        *self = Self::offering(text);
    }
}

/// Types a key into an area. Whether it has any use for it.
pub fn press(area: &mut TextArea, key: Key) -> bool {
    use ratatui_textarea::Key as Typed;
    let typed = match (key.code, key.ctrl, key.alt) {
        // The area's own meaning of this key is undo; a shell's is what hands expect.
        (Code::Char('u'), true, false) => {
            area.delete_line_by_head();
            return true;
        }
        (Code::Char(c), false, false) => Typed::Char(c),
        (Code::Char(c), true, false) if "aebfdhkw".contains(c) => Typed::Char(c),
        (Code::Char(c), false, true) if "bfd".contains(c) => Typed::Char(c),
        (Code::Backspace, ..) => Typed::Backspace,
        (Code::Delete, ..) => Typed::Delete,
        (Code::Left, ..) => Typed::Left,
        (Code::Right, ..) => Typed::Right,
        (Code::Home, ..) => Typed::Home,
        (Code::End, ..) => Typed::End,
        _ => return false,
    };
    area.input(Input { key: typed, ctrl: key.ctrl, alt: key.alt, shift: false });
    true
}

/// Text from elsewhere as a line: what can't be seen becomes a space.
fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim_end).collect::<Vec<_>>().join(" ");
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(start: &str, keys: &[&str]) -> String {
        let mut field = TextField::new(start);
        for key in keys {
            field.press(Key::parse(key).unwrap());
        }
        field.text().to_owned()
    }

    #[test]
    fn keys_edit_as_in_a_shell() {
        assert_eq!(typed("Bank", &["space", "f"]), "Bank f");
        assert_eq!(typed("Bank feeds", &["ctrl-w"]), "Bank ");
        assert_eq!(typed("Bank feeds", &["ctrl-u"]), "");
        assert_eq!(typed("Bank", &["ctrl-a", "X"]), "XBank");
        assert_eq!(typed("Bank", &["left", "backspace"]), "Bak");
        assert_eq!(typed("請求", &["backspace"]), "請");
    }

    #[test]
    fn a_paste_stays_on_one_line() {
        let mut field = TextField::new("");
        field.paste("one\ntwo\r\n");
        assert_eq!(field.text(), "one two");
    }
}
