//! What becomes of a key: a letter that was waited for, a digit of a count, a part of a sequence,
//! an action, or a letter of what is being typed.

use super::actions::{Action, offer};
use super::key::{Code, Key, spell};
use super::keymap::Match;
use super::{App, Window, choice, prompt};
use std::rc::Rc;

impl App {
    pub(super) fn press(&mut self, key: Key) {
        self.message = None;
        self.presses += 1;
        self.take_key(key);
        self.refresh();
        self.reveal();
    }

    fn take_key(&mut self, key: Key) {
        if let Some(awaited) = self.awaited.take() {
            if let Code::Char(letter) = key.code {
                (awaited.then)(self, letter);
            }
            return;
        }
        if self.count_digit(key) {
            return;
        }
        if self.count.is_some() && self.pending.is_empty() && gives_up(key) {
            self.count = None;
            return;
        }
        self.pending.push(key);
        match self.keymap().find(self.scope(), &self.pending) {
            Match::Whole(action) => {
                self.pending.clear();
                self.run(action);
            }
            Match::Beginning => {}
            Match::None => {
                let keys = std::mem::take(&mut self.pending);
                self.count = None;
                if !(keys.len() > 1 && gives_up(key)) {
                    self.type_keys(&keys);
                }
            }
        }
    }

    /// Takes a digit as part of a count. A 0 counts only behind another digit.
    fn count_digit(&mut self, key: Key) -> bool {
        let Key { code: Code::Char(c), ctrl: false, alt: false } = key else { return false };
        let Some(digit) = c.to_digit(10).filter(|_| self.scope().in_view()) else {
            return false;
        };
        if !self.pending.is_empty() || (digit == 0 && self.count.is_none()) {
            return false;
        }
        let count = self.count.unwrap_or(0).saturating_mul(10);
        self.count = Some(count.saturating_add(digit as usize));
        true
    }

    /// Gives keys that mean nothing by themselves to what is being typed into.
    fn type_keys(&mut self, keys: &[Key]) {
        for key in keys {
            match self.windows.last_mut() {
                Some(Window::Prompt(prompt)) => {
                    prompt.field.press(*key);
                    prompt::typed(self);
                }
                Some(Window::Palette(palette)) => palette.press(*key),
                Some(Window::Score(form)) => form.press(*key),
                Some(Window::Form(form)) => form.press(*key),
                Some(Window::Picker(picker)) => picker.press(*key),
                Some(Window::Choices(_)) => choice::press(self, *key),
                Some(Window::Help(_) | Window::Planning(_) | Window::Closing(_)) => {}
                None => {
                    let (typed, help) = (spell(keys), self.key("help"));
                    return self
                        .refuse(format!("{typed} does nothing here · {help} lists the keys"));
                }
            }
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self.windows.last_mut() {
            Some(Window::Prompt(_)) => prompt::paste(self, text),
            Some(Window::Palette(palette)) => palette.paste(text),
            Some(Window::Score(form)) => form.paste(text),
            Some(Window::Form(form)) => form.paste(text),
            Some(Window::Picker(picker)) => picker.paste(text),
            None => offer(self, text),
            Some(_) => self.refuse("nothing here takes text"),
        }
        self.refresh();
    }

    /// Does an action, unless it says why not. What changed the workspace is what `.` repeats.
    pub(crate) fn run(&mut self, action: &'static Action) {
        if let Some(reason) = action.why_off(self) {
            self.count = None;
            return self.refuse(reason);
        }
        let (revision, count) = (self.document.revision(), self.count);
        (action.run)(self);
        self.count = None;
        if action.repeats && self.document.revision() != revision {
            self.repeat = Some(Rc::new(move |app| {
                app.count = count;
                (action.run)(app);
            }));
        }
    }
}

/// Whether a key ends a count or a sequence that was begun.
fn gives_up(key: Key) -> bool {
    key == Key::plain(Code::Esc) || Key::parse("ctrl-c") == Some(key)
}
