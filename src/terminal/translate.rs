//! What a terminal sends, as the app knows it. Terminals differ; the app must not notice.

use crate::app::Msg;
use crate::app::key::{Code, Key, Mouse, MouseKind, SAME};
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// The message for an event, if it means anything: not the release of a key, not a motion of the
/// mouse, not a change of focus.
pub fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(event) if event.kind != KeyEventKind::Release => key(event).map(Msg::Key),
        Event::Mouse(event) => mouse(event).map(Msg::Mouse),
        Event::Paste(text) => Some(Msg::Paste(lines(&text))),
        // Crossterm hears of the size only once it reads; `signals` does from the start.
        Event::Resize(..) | Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let with = |modifier| event.modifiers.contains(modifier);
    if with(KeyModifiers::SUPER) || with(KeyModifiers::HYPER) || with(KeyModifiers::META) {
        return None;
    }
    let (ctrl, alt) = (with(KeyModifiers::CONTROL), with(KeyModifiers::ALT));
    let code = code(event.code, with(KeyModifiers::SHIFT), ctrl)?;
    // Most terminals send these as another key; the rest are made to.
    let same = SAME.into_iter().find(|(c, _)| ctrl && code == Code::Char(*c));
    Some(match same {
        Some((_, code)) => Key { code, ctrl: false, alt },
        None => Key { code, ctrl, alt },
    })
}

fn code(code: KeyCode, shift: bool, ctrl: bool) -> Option<Code> {
    Some(match code {
        KeyCode::Char(c) => Code::Char(cased(c, shift, ctrl)),
        KeyCode::Tab if shift => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    })
}

/// A letter with Shift in it. With Control only a few terminals tell the two apart, so there is
/// one: the small one.
fn cased(c: char, shift: bool, ctrl: bool) -> char {
    let single = |mut chars: std::vec::IntoIter<char>| match (chars.next(), chars.next()) {
        (Some(only), None) => only,
        _ => c,
    };
    if ctrl {
        single(c.to_lowercase().collect::<Vec<_>>().into_iter())
    } else if shift {
        single(c.to_uppercase().collect::<Vec<_>>().into_iter())
    } else {
        c
    }
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}

/// Terminals paste line ends as carriage returns.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Option<String> {
        match message(Event::Key(KeyEvent::new(code, modifiers)))? {
            Msg::Key(key) => Some(key.to_string()),
            other => panic!("{other:?} is not a key"),
        }
    }

    #[test]
    fn a_key_is_the_same_whatever_the_terminal_sends_for_it() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        const ALT: KeyModifiers = KeyModifiers::ALT;
        for (code, modifiers, spelling) in [
            (KeyCode::Char('j'), NONE, "j"),
            (KeyCode::Char('J'), NONE, "J"),
            (KeyCode::Char('J'), SHIFT, "J"),
            (KeyCode::Char('j'), SHIFT, "J"),
            (KeyCode::Char('ß'), SHIFT, "ß"),
            (KeyCode::Char('#'), SHIFT, "#"),
            (KeyCode::Char('j'), SHIFT | ALT, "alt-J"),
            (KeyCode::Char('d'), CTRL, "ctrl-d"),
            (KeyCode::Char('D'), CTRL | SHIFT, "ctrl-d"),
            (KeyCode::Char('i'), CTRL, "tab"),
            (KeyCode::Char('m'), CTRL, "enter"),
            (KeyCode::Char('h'), CTRL, "backspace"),
            (KeyCode::Tab, SHIFT, "backtab"),
            (KeyCode::BackTab, SHIFT, "backtab"),
            (KeyCode::BackTab, NONE, "backtab"),
            (KeyCode::Up, ALT, "alt-up"),
            (KeyCode::Up, SHIFT, "up"),
        ] {
            assert_eq!(pressed(code, modifiers).unwrap(), spelling, "{code:?} {modifiers:?}");
        }
        assert_eq!(pressed(KeyCode::F(1), NONE), None);
        assert_eq!(pressed(KeyCode::Char('l'), KeyModifiers::SUPER), None);
    }

    #[test]
    fn a_key_counts_when_it_goes_down_and_while_it_is_held() {
        let event = |kind| {
            let key = KeyEvent::new_with_kind(KeyCode::Char('j'), KeyModifiers::NONE, kind);
            message(Event::Key(key))
        };
        assert!(event(KeyEventKind::Press).is_some());
        assert!(event(KeyEventKind::Repeat).is_some());
        assert!(event(KeyEventKind::Release).is_none());
    }

    #[test]
    fn of_the_mouse_only_what_means_something_counts() {
        let event = |kind| {
            let mouse = MouseEvent { kind, column: 7, row: 3, modifiers: KeyModifiers::NONE };
            message(Event::Mouse(mouse))
        };
        let press = event(MouseEventKind::Down(MouseButton::Left));
        let wanted = Mouse { kind: MouseKind::Press, column: 7, row: 3 };
        assert!(matches!(press, Some(Msg::Mouse(mouse)) if mouse == wanted));
        assert!(event(MouseEventKind::ScrollDown).is_some());
        assert!(event(MouseEventKind::Moved).is_none());
        assert!(event(MouseEventKind::Down(MouseButton::Right)).is_none());
    }

    #[test]
    fn a_paste_has_plain_line_ends() {
        let pasted = message(Event::Paste("a\rb\r\nc\n".into()));
        assert!(matches!(pasted, Some(Msg::Paste(text)) if text == "a\nb\nc\n"));
    }
}
