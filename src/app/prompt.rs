//! A line to type: a title, a number, tags, the filter.

use super::text::TextField;
use super::{App, Window};
use crate::workspace::Id;
use std::fmt;
use std::rc::Rc;

/// Where the line stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spread {
    /// At the bottom of the screen.
    Footer,
    /// Where the title of this record stands.
    Title(Id),
}

/// What is done with an answer.
type Then = Rc<dyn Fn(&mut App, &str)>;

/// A question that is answered by typing.
pub struct Prompt {
    /// What is asked for.
    pub label: String,
    /// The answer so far.
    pub field: TextField,
    /// Where it stands.
    pub spread: Spread,
    /// What the answer was before; it is given back when the person cancels a live one.
    before: String,
    then: Then,
    /// Whether every letter counts at once.
    live: bool,
    /// What takes several lines that are pasted; without it they become one.
    lines: Option<fn(&mut App, &str)>,
}

impl fmt::Debug for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prompt").field("label", &self.label).finish_non_exhaustive()
    }
}

impl Prompt {
    /// Asks at the bottom of the screen; `then` gets the answer.
    pub(super) fn ask(
        app: &mut App,
        label: String,
        text: &str,
        then: impl Fn(&mut App, &str) + 'static,
    ) {
        Self::ask_at(app, Spread::Footer, label, text, then);
    }

    /// Asks where `spread` says.
    pub(super) fn ask_at(
        app: &mut App,
        spread: Spread,
        label: String,
        text: &str,
        then: impl Fn(&mut App, &str) + 'static,
    ) {
        let field = match spread {
            Spread::Footer => TextField::offering(text),
            Spread::Title(_) => TextField::new(text),
        };
        let before = text.to_owned();
        let then: Then = Rc::new(then);
        let prompt = Self { label, field, spread, before, then, live: false, lines: None };
        app.windows.push(Window::Prompt(prompt));
    }

    /// Asks at the bottom of the screen; `then` gets every state of the answer.
    pub(super) fn ask_live(app: &mut App, label: String, text: &str, then: fn(&mut App, &str)) {
        Self::ask(app, label, text, then);
        if let Some(Window::Prompt(prompt)) = app.windows.last_mut() {
            prompt.live = true;
        }
    }

    /// Asks at the bottom of the screen; `lines` gets what was typed and several lines pasted into
    /// it.
    pub(super) fn ask_lines(
        app: &mut App,
        label: String,
        then: impl Fn(&mut App, &str) + 'static,
        lines: fn(&mut App, &str),
    ) {
        Self::ask(app, label, "", then);
        if let Some(Window::Prompt(prompt)) = app.windows.last_mut() {
            prompt.lines = Some(lines);
        }
    }

    /// Whether every letter counts at once.
    pub(super) fn is_live(&self) -> bool {
        self.live
    }

    /// Leaves everything as it was.
    pub(super) fn cancel(self, app: &mut App) {
        if self.live {
            (self.then)(app, &self.before);
        }
    }
}

/// Takes the answer.
pub(super) fn accept(app: &mut App) {
    if app.has_strayed() {
        return;
    }
    let Some(Window::Prompt(prompt)) = app.close() else { return };
    let (then, text) = (Rc::clone(&prompt.then), prompt.field.text().to_owned());
    let (revision, below) = (app.document.revision(), app.windows.len());
    then(app, &text);
    if app.refusal().is_some() && app.windows.len() == below {
        // What follows is meant for this line, and must not be taken for commands.
        return app.windows.put_back(Window::Prompt(prompt));
    }
    if app.document.revision() != revision {
        app.repeat = Some(Rc::new(move |app| then(app, &text)));
    }
}

/// Leaves everything as it was.
pub(super) fn cancel(app: &mut App) {
    if let Some(Window::Prompt(prompt)) = app.close() {
        prompt.cancel(app);
    }
}

/// Takes a text that is pasted.
pub(super) fn paste(app: &mut App, text: &str) {
    let Some(Window::Prompt(prompt)) = app.windows.last_mut() else { return };
    let several = text.lines().filter(|line| !line.trim().is_empty()).count() > 1;
    if let Some(lines) = prompt.lines.filter(|_| several) {
        let text = format!("{}{text}", prompt.field.text());
        return lines(app, &text);
    }
    prompt.field.paste(text);
    typed(app);
}

/// Something was typed.
pub(super) fn typed(app: &mut App) {
    let Some(Window::Prompt(prompt)) = app.windows.last() else { return };
    if prompt.live {
        let (then, text) = (Rc::clone(&prompt.then), prompt.field.text().to_owned());
        then(app, &text);
    }
}
