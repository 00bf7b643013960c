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
    /// Its lines, or those that were searched for.
    pub lines: Vec<HelpLine>,
    /// All of its lines.
    all: Vec<HelpLine>,
    /// The first line that is shown.
    pub top: usize,
}

impl Help {
    /// Every key, those that work here first.
    pub(super) fn keys(app: &App) -> Self {
        let mut lines = Vec::new();
        let here: Vec<Scope> = app.view.scope().outwards().collect();
        let elsewhere = Scope::ALL.into_iter().filter(|scope| !here.contains(scope));
        for scope in here.iter().copied().chain(elsewhere) {
            lines.push(HelpLine::Heading(scope.title().to_owned()));
            if scope == Scope::Lists {
                lines
                    .push(HelpLine::Text("digits before a key repeat it: 5J moves by five".into()));
            }
            let now = app.view_scope().outwards().any(|one| one == scope);
            let bound = actions::all().filter(|row| row.scope == scope);
            let bound = bound.map(|row| (row, app.keymap().spelled(row)));
            let rows = bound.filter(|(_, keys)| !keys.is_empty());
            lines.extend(rows.map(|(row, keys)| HelpLine::Key {
                keys,
                title: row.title.to_owned(),
                off: now.then(|| row.why_off(app)).flatten(),
            }));
        }
        lines.push(HelpLine::Heading("The filter takes".into()));
        let examples = Filter::examples().collect::<Vec<_>>().join("  ");
        lines.push(HelpLine::Text(format!("fuzzy words  {examples}")));
        let states = Filter::states().collect::<Vec<_>>().join(", ");
        lines.push(HelpLine::Text(format!("is: is followed by one of {states}")));
        Self { title: "Keys".into(), all: lines.clone(), lines, top: 0 }
    }

    /// A text, line by line.
    pub fn text(title: &str, lines: &[String]) -> Self {
        let lines: Vec<HelpLine> = lines.iter().cloned().map(HelpLine::Text).collect();
        Self { title: title.to_owned(), all: lines.clone(), lines, top: 0 }
    }

    /// Leaves only the lines in which these words stand, and the headings above them.
    pub(super) fn search(&mut self, words: &str) {
        let words = words.to_lowercase();
        let fits = |line: &HelpLine| match line {
            HelpLine::Heading(_) => true,
            HelpLine::Text(text) => text.to_lowercase().contains(&words),
            HelpLine::Key { keys, title, .. } => {
                title.to_lowercase().contains(&words) || keys.to_lowercase().contains(&words)
            }
        };
        let mut lines: Vec<HelpLine> = self.all.iter().filter(|line| fits(line)).cloned().collect();
        let heading = |line: Option<&HelpLine>| matches!(line, None | Some(HelpLine::Heading(_)));
        for at in (0..lines.len()).rev() {
            if heading(lines.get(at)) && heading(lines.get(at + 1)) {
                lines.remove(at);
            }
        }
        self.lines = lines;
        self.top = 0;
    }

    /// Scrolls by lines where `height` of them are shown.
    pub fn scroll(&mut self, by: isize, height: usize) {
        // Lines that are wrapped leave room for fewer: then a page that seems to fit has an end
        // below, which the view finds.
        let last = self.lines.len().saturating_sub(height).max(1);
        self.top = self.top.saturating_add_signed(by).min(last);
    }
}
