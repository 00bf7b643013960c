//! Many lines that are pasted at once: one of something each, once the person has seen how many.

use crate::app::choice::{Choice, Choices};
use crate::app::{App, Window};
use std::rc::Rc;

/// Lines that are taken at once at most. More are a file, and an import is looked over first.
const MOST: usize = 500;

/// What lines become.
pub(in crate::app) struct Lines {
    /// What is done with them.
    pub verb: &'static str,
    /// What one of them becomes.
    pub one: &'static str,
    /// What several become.
    pub many: &'static str,
    /// Takes them in, in one step.
    pub take: fn(&mut App, &[&str]),
}

/// The lines of a text that say something, without the marks of a list.
pub(super) fn entries(text: &str) -> Vec<&str> {
    text.lines().map(unmarked).filter(|line| !line.is_empty()).collect()
}

/// A line without the mark of a list before it and an empty box. A ticked box stays: what was done
/// elsewhere must be told from what is not.
fn unmarked(line: &str) -> &str {
    let line = line.trim();
    let marked = line.strip_prefix(['-', '*', '+', '\u{2022}', '–']).or_else(|| unnumbered(line));
    let line = match marked {
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => line,
    };
    line.strip_prefix("[ ]").or_else(|| line.strip_prefix("[]")).unwrap_or(line).trim_start()
}

/// A line without the number of a list, as in `12. ` and `12) `.
fn unnumbered(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    // A year is no number of a list.
    let numbered = (1..=3).contains(&(line.len() - rest.len()));
    rest.strip_prefix(['.', ')']).filter(|rest| numbered && !rest.is_empty())
}

/// Takes a text that was pasted: many lines once the person has seen how many they are.
pub(super) fn offer(app: &mut App, text: &str, whither: &str, lines: &'static Lines) {
    let titles = entries(text);
    match titles.as_slice() {
        [] => return app.refuse("there is no text in what was pasted"),
        [title] => return taken(app, lines, &[title]),
        _ => {}
    }
    let Lines { verb, one, many, .. } = lines;
    let count = titles.len();
    if count > MOST {
        return app.refuse(format!(
            "{count} lines at once are too many, {MOST} are not; :import takes a file of them"
        ));
    }
    let about = titles.iter().map(|title| (*title).to_owned()).collect();
    let (each, joined) = (text.to_owned(), titles.join(" "));
    let key = verb.chars().next().unwrap_or('a');
    let choices = vec![
        Choice::new(
            key,
            format!("{verb} {count} {many}"),
            "one a line",
            Rc::new(move |app| taken(app, lines, &entries(&each))),
        ),
        Choice::new(
            'o',
            format!("{verb} one {one}"),
            "all in one line",
            Rc::new(move |app| taken(app, lines, &[&joined])),
        ),
        Choice::new('n', format!("{verb} nothing"), "", Rc::new(|_| {})),
    ];
    let title = format!("{count} lines for {whither}");
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}

/// Takes what was pasted, and leaves the line it was pasted into.
fn taken(app: &mut App, lines: &Lines, titles: &[&str]) {
    let revision = app.document.revision();
    (lines.take)(app, titles);
    // What was refused is still to be put right in its line.
    if app.document.revision() != revision && matches!(app.window(), Some(Window::Prompt(_))) {
        app.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_list_are_no_part_of_a_line() {
        for (line, title) in [
            ("- Import a CSV", "Import a CSV"),
            ("  * Import a CSV ", "Import a CSV"),
            ("+ Import", "Import"),
            ("\u{2022} Import", "Import"),
            ("1. Import", "Import"),
            ("12) Import", "Import"),
            ("- [ ] Import", "Import"),
            ("3. [ ] Import", "Import"),
            ("[ ] Import", "Import"),
            ("- [x] Import", "[x] Import"),
            ("-5 degrees is too cold", "-5 degrees is too cold"),
            ("*.csv is not read", "*.csv is not read"),
            ("2026. The year", "2026. The year"),
            ("1.5 times as fast", "1.5 times as fast"),
            ("3 feeds", "3 feeds"),
            ("-", ""),
            ("- [ ]", ""),
            ("", ""),
        ] {
            assert_eq!(unmarked(line), title, "{line}");
        }
    }
}
