//! Every action by name, found by a few of its letters.

use super::actions::{self, Action, Scope};
use super::key::Key;
use super::text::TextField;
use super::{App, Window};
use crate::workspace::sorted;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// The palette: what was typed, and the actions it finds, the best first.
#[derive(Debug)]
pub struct Palette {
    /// What was typed.
    pub field: TextField,
    /// What it finds, each with the reason why it can't be done now, if so.
    pub found: Vec<(&'static Action, Option<String>)>,
    /// The one that Enter takes.
    pub at: usize,
    all: Vec<(&'static Action, Option<String>)>,
}

impl Palette {
    /// The palette with every action of the view.
    pub(super) fn new(app: &App) -> Self {
        let scopes: Vec<Scope> = app.view_scope().outwards().collect();
        let all: Vec<_> = actions::all()
            .filter(|action| scopes.contains(&action.scope) && action.scope.in_view())
            .map(|action| (action, (action.off)(app)))
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
        let pattern = Pattern::parse(self.field.text(), CaseMatching::Ignore, Normalization::Smart);
        let words = self.field.text();
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<((u8, u32), _)> = self
            .all
            .iter()
            .filter_map(|found| {
                let text = Utf32Str::new(found.0.title, &mut buffer);
                let score = pattern.score(text, &mut matcher)?;
                // The whole title, then its beginning, before letters that are spread over it.
                let close =
                    u8::from(found.0.title == words) + u8::from(found.0.title.starts_with(words));
                Some(((close, score), found))
            })
            .collect();
        sorted::by_key(&mut scored, |(close, _)| std::cmp::Reverse(*close));
        self.found = scored.into_iter().map(|(_, found)| found.clone()).collect();
        self.at = 0;
    }
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
    if let Some((action, _)) = palette.found.get(palette.at) {
        app.run(action);
    }
}
