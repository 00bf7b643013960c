//! A text to page through: every key, what was repaired.

use super::App;
use super::actions::{self, Scope};
use super::filter::Filter;

/// A line of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading.
    Heading(String),
    /// A key, what it does, and why it can't now, if so.
    Key {
        /// The keys.
        keys: String,
        /// What they do.
        title: String,
        /// Why not now.
        off: Option<String>,
    },
    /// A line of text.
    Text(String),
}

/// A text to page through.
#[derive(Debug)]
pub struct Help {
    /// What it is.
    pub title: String,
    /// Its lines.
    pub lines: Vec<HelpLine>,
    /// The first line that is shown.
    pub top: usize,
}

impl Help {
    /// Every key, those that work here first.
    pub(super) fn keys(app: &App) -> Self {
        let mut lines = Vec::new();
        for scope in Scope::ALL {
            lines.push(HelpLine::Heading(scope.title().to_owned()));
            if scope == Scope::Lists {
                lines
                    .push(HelpLine::Text("digits before a key repeat it: 5J moves by five".into()));
            }
            let board = matches!(scope, Scope::Lists | Scope::Anywhere);
            let bound = actions::all().filter(|row| row.scope == scope);
            let bound = bound.map(|row| (row, app.keymap().spelled(row)));
            let rows = bound.filter(|(_, keys)| !keys.is_empty());
            lines.extend(rows.map(|(row, keys)| HelpLine::Key {
                keys,
                title: row.title.to_owned(),
                off: board.then(|| (row.off)(app)).flatten(),
            }));
        }
        lines.push(HelpLine::Heading("The filter takes".into()));
        let examples = Filter::examples().collect::<Vec<_>>().join("  ");
        lines.push(HelpLine::Text(format!("fuzzy words  {examples}")));
        let states = Filter::states().collect::<Vec<_>>().join(", ");
        lines.push(HelpLine::Text(format!("is: is followed by one of {states}")));
        Self { title: "Keys".into(), lines, top: 0 }
    }

    /// A text, line by line.
    pub(super) fn text(title: &str, lines: &[String]) -> Self {
        let lines = lines.iter().cloned().map(HelpLine::Text).collect();
        Self { title: title.to_owned(), lines, top: 0 }
    }

    /// Scrolls by lines where `height` of them are shown.
    pub(super) fn scroll(&mut self, by: isize, height: usize) {
        let last = self.lines.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}
