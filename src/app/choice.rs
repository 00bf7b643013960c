//! A few answers to choose from, each by its letter or by the arrow keys.

use super::key::{Code, Key};
use super::{App, Window};
use crate::workspace::{Id, Name};
use std::fmt;
use std::rc::Rc;

/// Letters of answers that are neither cursor keys nor taken twice.
pub(super) const LETTERS: &str = "abcdefghilmnopqrstuvwxyz";

/// What an answer does.
type Run = Rc<dyn Fn(&mut App)>;

/// An answer.
#[derive(Clone)]
pub struct Choice {
    /// The letter that chooses it.
    pub key: char,
    /// What it is.
    pub label: String,
    /// A word more.
    pub about: String,
    repeats: bool,
    run: Run,
}

impl fmt::Debug for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.label)
    }
}

impl Choice {
    /// An answer that does `run`.
    pub(super) fn new(
        key: char,
        label: impl Into<String>,
        about: impl Into<String>,
        run: Run,
    ) -> Self {
        Self { key, label: label.into(), about: about.into(), repeats: false, run }
    }

    /// The same, for `.` to do again.
    #[must_use]
    pub(super) fn repeats(self) -> Self {
        Self { repeats: true, ..self }
    }
}

/// A question with its answers.
#[derive(Debug)]
pub struct Choices {
    /// What is asked.
    pub title: String,
    /// What there is to know first, a line each.
    pub about: Vec<String>,
    /// The answers.
    pub choices: Vec<Choice>,
    /// The answer that Enter takes.
    pub at: usize,
    /// The first line of `about` that is shown.
    pub top: usize,
    /// The record and what it has two values for, where it is asked which one shall hold.
    pub(super) between: Option<(Id, Name)>,
    /// What happens when nothing is chosen.
    otherwise: fn(&mut App),
}

impl Choices {
    /// A question. Without an answer nothing happens.
    pub(super) fn new(title: String, about: Vec<String>, choices: Vec<Choice>) -> Self {
        Self { title, about, choices, at: 0, top: 0, between: None, otherwise: |_| {} }
    }

    /// The same, with this answer ready to be taken.
    #[must_use]
    pub(super) fn at(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// The same; without an answer this happens.
    #[must_use]
    pub(super) fn otherwise(self, otherwise: fn(&mut App)) -> Self {
        Self { otherwise, ..self }
    }
}

/// Goes up or down among the answers, round at the ends.
pub(super) fn step(app: &mut App, by: isize) {
    if let Some(Window::Choices(choices)) = app.windows.last_mut() {
        let count = choices.choices.len().max(1).cast_signed();
        choices.at = (choices.at.cast_signed() + by).rem_euclid(count).cast_unsigned();
    }
}

/// Scrolls what there is to know.
pub(super) fn scroll(app: &mut App, by: isize) {
    if let Some(Window::Choices(choices)) = app.windows.last_mut() {
        let last = choices.about.len().saturating_sub(1);
        choices.top = choices.top.saturating_add_signed(by).min(last);
    }
}

/// Scrolls what there is to know on or back, by no more than is seen at once.
pub(super) fn turn(app: &mut App, on: bool) {
    let Some(Window::Choices(choices)) = app.window() else { return };
    // The answers, the question, borders, header and footer.
    let taken = choices.choices.len() + 9;
    let mut room = usize::from(app.area.height).saturating_sub(taken);
    // A row that is carried over may be a quarter empty; text has never more cells than bytes.
    let cells = (usize::from(app.area.width).saturating_sub(8) * 3 / 4).max(1);
    let fits = |line: &&String| {
        let left = room.checked_sub(line.len().div_ceil(cells).max(1));
        room = left.unwrap_or_default();
        left.is_some()
    };
    let (before, after) = choices.about.split_at(choices.top.min(choices.about.len()));
    let lines = if on {
        after.iter().take_while(fits).count()
    } else {
        before.iter().rev().take_while(fits).count()
    };
    let lines = lines.max(1).cast_signed();
    scroll(app, if on { lines } else { -lines });
}

/// Takes the answer whose letter, or arrow, was typed.
pub(super) fn press(app: &mut App, key: Key) {
    let letter = match key {
        Key { code: Code::Char(letter), ctrl: false, alt: false } => letter,
        Key { code: Code::Left, ctrl: false, alt: false } => '←',
        Key { code: Code::Right, ctrl: false, alt: false } => '→',
        _ => return,
    };
    let Some(Window::Choices(choices)) = app.windows.last_mut() else { return };
    if let Some(at) = choices.choices.iter().position(|choice| choice.key == letter) {
        choices.at = at;
        accept(app);
    }
}

/// Takes the answer under the cursor.
pub(super) fn accept(app: &mut App) {
    if app.has_strayed() {
        return;
    }
    let Some(Window::Choices(choices)) = app.close() else { return };
    let Some(choice) = choices.choices.get(choices.at) else { return };
    let (run, revision) = (Rc::clone(&choice.run), app.document.revision());
    run(app);
    if choice.repeats && app.document.revision() != revision {
        app.repeat = Some(run);
    }
}

/// Chooses nothing.
pub(super) fn cancel(app: &mut App) {
    if let Some(Window::Choices(choices)) = app.close() {
        (choices.otherwise)(app);
    }
}
