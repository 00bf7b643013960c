//! Every action by name: by the beginnings of its words, or by what else people call it.

use super::actions::{self, Action, Reason, Scope};
use super::key::Key;
use super::text::TextField;
use super::{App, Window};
use crate::workspace::sorted;
use std::cmp::Reverse;

/// An action that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The action.
    pub action: &'static Action,
    /// Why it can't be done now, if so.
    pub off: Option<Reason>,
    /// What it was found by, where that is not its title.
    pub by: Option<&'static str>,
}

/// The palette: what was typed, and the actions it finds, the best first.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub field: TextField,
    /// What it finds.
    pub found: Vec<Found>,
    /// The one that Enter takes.
    pub at: usize,
    all: Vec<Found>,
}

impl Palette {
    /// The palette with every action of the view.
    pub(super) fn new(app: &App) -> Self {
        let scopes: Vec<Scope> = app.view_scope().outwards().collect();
        let all: Vec<_> = actions::all()
            .filter(|action| scopes.contains(&action.scope) && action.scope.in_view())
            .map(|action| Found { action, off: action.why_off(app), by: None })
            .collect();
        Self { field: TextField::default(), found: all.clone(), at: 0, all }
    }

    /// Types a key.
    pub(super) fn press(&mut self, key: Key) {
        if self.field.press(key) {
            self.search();
        }
    }

    /// Types a text.
    pub(super) fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.search();
    }

    fn search(&mut self) {
        let typed = self.field.text().to_lowercase();
        let close = |found: &Found| {
            let title = found.action.title;
            let names = found.action.names();
            let names = names.filter_map(|name| Some((closeness(&typed, name)?, name)));
            names
                .map(|(close, name)| ((close, name == title), name))
                .max_by_key(|(close, _)| *close)
        };
        let mut found: Vec<_> = self
            .all
            .iter()
            .filter_map(|found| {
                let (close, name) = close(found)?;
                let by = (name != found.action.title && name != found.action.id).then_some(name);
                Some((close, Found { by, ..found.clone() }))
            })
            .collect();
        sorted::by_key(&mut found, |(close, _)| Reverse(*close));
        self.found = found.into_iter().map(|(_, found)| found).collect();
        self.at = 0;
    }
}

/// How close a name is to what was typed. Letters that are merely somewhere in it are not close:
/// what Enter would do then is not what anybody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// It has what was typed in the middle of a word.
    Contains,
    /// Its words begin with the parts of what was typed, one after the other: `whatif`.
    Parts,
    /// Every word that was typed begins a word of it.
    Words,
    /// It begins with what was typed.
    Begins,
    /// It is what was typed.
    Is,
}

fn closeness(typed: &str, name: &str) -> Option<Closeness> {
    let name = name.to_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut asked = typed.split_whitespace();
    let begins = |asked: &str| words.iter().any(|word| word.starts_with(asked));
    let (squeezed, whole) = (squeeze(typed), squeeze(&name));
    if whole == squeezed {
        Some(Closeness::Is)
    } else if whole.starts_with(&squeezed) {
        Some(Closeness::Begins)
    } else if asked.all(begins) {
        Some(Closeness::Words)
    } else if has_parts(&squeezed, &words) {
        Some(Closeness::Parts)
    } else {
        let long = squeezed.chars().count() > 2;
        (long && name.contains(typed.trim())).then_some(Closeness::Contains)
    }
}

/// A text without its spaces, which nobody has to type.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a text consists of beginnings of these words, in their order, of two letters at least.
fn has_parts(text: &str, words: &[&str]) -> bool {
    let Some((word, rest)) = words.split_first() else { return text.is_empty() };
    let shared = text.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let parts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut parts = parts.take(shared + 1).skip(2);
    text.is_empty()
        || has_parts(text, rest)
        || parts.any(|part| text.get(part..).is_some_and(|left| has_parts(left, rest)))
}

/// Goes up or down among what was found, round at the ends.
pub(super) fn step(app: &mut App, by: isize) {
    if let Some(Window::Palette(palette)) = app.windows.last_mut() {
        let count = palette.found.len().max(1).cast_signed();
        palette.at = (palette.at.cast_signed() + by).rem_euclid(count).cast_unsigned();
    }
}

/// Does what the cursor is on.
pub(super) fn accept(app: &mut App) {
    let Some(Window::Palette(palette)) = app.close() else { return };
    if let Some(found) = palette.found.get(palette.at) {
        app.run(found.action);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_scattered_over_a_name_do_not_find_it() {
        assert_eq!(closeness("label", "duplicate below"), None);
        assert_eq!(closeness("und", "undo"), Some(Closeness::Begins));
        assert_eq!(closeness("undo", "undo"), Some(Closeness::Is));
        assert_eq!(closeness("sprint new", "a new sprint, after"), Some(Closeness::Words));
        assert_eq!(closeness("whatiftop", "what if I move it to the top?"), Some(Closeness::Parts));
        assert_eq!(closeness("plicate", "duplicate below"), Some(Closeness::Contains));
        assert_eq!(closeness("", "undo"), Some(Closeness::Begins));
    }
}
