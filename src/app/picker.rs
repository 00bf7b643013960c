//! Picking records, found by a few of their letters: one, or several.

use super::key::Key;
use super::text::TextField;
use super::{App, Window};
use crate::workspace::{Id, Place, Workspace, sorted};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;

/// Something that can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// The record; none is "nothing", or something new.
    pub id: Option<Id>,
    /// What it is called.
    pub title: String,
    /// Where it stands, what it is.
    pub about: String,
}

/// What is done with what was picked.
type Then = Rc<dyn Fn(&mut App, Vec<Option<Id>>)>;

/// A list to pick from.
pub struct Picker {
    /// What is asked.
    pub title: String,
    /// What was typed.
    pub field: TextField,
    /// What can be picked.
    pub all: Vec<Pick>,
    /// The indexes of what the letters find, the best first.
    pub found: Vec<usize>,
    /// The one under the cursor.
    pub at: usize,
    /// Whether several can be picked, with Tab.
    pub many: bool,
    /// What is picked so far.
    pub chosen: HashSet<Id>,
    toggled: bool,
    then: Then,
}

impl fmt::Debug for Picker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picker").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Picker {
    /// Picks one of `all`.
    pub(super) fn one(title: String, all: Vec<Pick>, then: Then) -> Self {
        Self::new(title, all, false, HashSet::new(), then)
    }

    /// Picks several of `all`; `chosen` are picked already and stand first.
    pub(super) fn several(
        title: String,
        mut all: Vec<Pick>,
        chosen: HashSet<Id>,
        then: Then,
    ) -> Self {
        sorted::by_key(&mut all, |pick| !pick.id.as_ref().is_some_and(|id| chosen.contains(id)));
        Self::new(title, all, true, chosen, then)
    }

    fn new(title: String, all: Vec<Pick>, many: bool, chosen: HashSet<Id>, then: Then) -> Self {
        let found = (0..all.len()).collect();
        let field = TextField::default();
        Self { title, field, all, found, at: 0, many, chosen, toggled: false, then }
    }

    /// The one under the cursor.
    pub fn current(&self) -> Option<&Pick> {
        self.found.get(self.at).map(|at| &self.all[*at])
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
        let pattern = Pattern::parse(self.field.text(), CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (at, pick) in self.all.iter().enumerate() {
            let title = pattern.score(Utf32Str::new(&pick.title, &mut buffer), &mut matcher);
            let named = pick.id.as_ref().is_some_and(|id| {
                !self.field.text().is_empty() && id.as_str().starts_with(self.field.text())
            });
            if let Some(score) = title.or(named.then_some(u32::MAX)) {
                scored.push((score, at));
            }
        }
        sorted::by_key(&mut scored, |(score, _)| std::cmp::Reverse(*score));
        self.found = scored.into_iter().map(|(_, at)| at).collect();
        self.at = 0;
    }

    fn toggle(&mut self) {
        let Some(id) = self.current().and_then(|pick| pick.id.clone()) else { return };
        self.toggled = true;
        if !self.chosen.remove(&id) {
            self.chosen.insert(id);
        }
    }
}

/// The records of some places, to be picked from, without those in `but`.
pub(super) fn picks(workspace: &Workspace, places: &[Place], but: &[Id]) -> Vec<Pick> {
    let records = places
        .iter()
        .flat_map(|place| workspace.list(*place).iter().map(move |record| (*place, record)));
    records
        .filter(|(_, record)| !but.contains(record.id()))
        .map(|(place, record)| Pick {
            id: Some(record.id().clone()),
            title: record.title().to_owned(),
            about: if place.holds_items() {
                format!("{} · {}", record.kind().key(), place.words())
            } else {
                String::new()
            },
        })
        .collect()
}

/// Goes up or down among what was found, round at the ends.
pub(super) fn step(app: &mut App, by: isize) {
    if let Some(Window::Picker(picker)) = app.windows.last_mut() {
        let count = picker.found.len().max(1).cast_signed();
        picker.at = (picker.at.cast_signed() + by).rem_euclid(count).cast_unsigned();
    }
}

/// Picks one of several, or not any more, and goes on.
pub(super) fn toggle(app: &mut App) {
    if let Some(Window::Picker(picker)) = app.windows.last_mut()
        && picker.many
    {
        picker.toggle();
    }
    step(app, 1);
}

/// Takes what is picked; where nothing was picked one by one, what the cursor is on.
pub(super) fn accept(app: &mut App) {
    if app.has_strayed() {
        return;
    }
    let Some(Window::Picker(mut picker)) = app.close() else { return };
    let picked = if picker.many {
        if !picker.toggled {
            picker.toggle();
        }
        let chosen = |pick: &&Pick| pick.id.as_ref().is_some_and(|id| picker.chosen.contains(id));
        picker.all.iter().filter(chosen).map(|pick| pick.id.clone()).collect()
    } else {
        match picker.current() {
            Some(pick) => vec![pick.id.clone()],
            None => return app.refuse("nothing is found by these letters"),
        }
    };
    let (then, revision) = (Rc::clone(&picker.then), app.document.revision());
    then(app, picked.clone());
    if app.document.revision() != revision {
        app.repeat = Some(Rc::new(move |app| then(app, picked.clone())));
    }
}
