//! A file that is not a workspace: where it goes wrong, and what to do about it.

use std::fmt;

/// Why a file could not be read as a workspace. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Malformed {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong there.
    pub what: String,
    /// What to do next; empty where there is nothing to say.
    pub hint: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, what, hint } = self;
        write!(f, "line {line}, column {column}: {what}")?;
        if hint.is_empty() { Ok(()) } else { write!(f, "; {hint}") }
    }
}

const NO_WORKSPACE: &str = "this is not a twohats workspace: those begin with \"twohats\": 1";
const CUT_OFF: &str = "the file seems to be cut off: bring back an earlier copy";
const EARLIER: &str = "bring back an earlier copy, or delete the file and start anew";
const MARKER: &str = "a conflict marker";
const CONFLICT: &str = "git left both versions here: `twohats git-setup -f FILE` and then \
                        `git checkout -m FILE` bring them together; or keep one and delete the marker lines";

/// What helps, by a word of what the parser says.
const HINTS: [(&str, &str); 6] = [
    ("EOF while parsing", CUT_OFF),
    ("trailing comma", "delete the comma after the last entry"),
    ("control character", "inside text a line break is written \\n and a tab \\t"),
    ("surrogate", "half an emoji is left there: delete the \\u escape or complete it"),
    ("number out of range", "write a smaller number"),
    ("expected `,`", "a comma or a closing bracket is missing before this"),
];

impl Malformed {
    /// Whether git left both versions in it.
    pub fn is_in_conflict(&self) -> bool {
        self.what == MARKER
    }

    /// Whether something is missing that nobody can put back but from another copy: its end, or all
    /// of it.
    pub fn is_cut_off(&self) -> bool {
        [CUT_OFF, EARLIER].contains(&self.hint.as_str())
    }

    /// Something wrong at a byte of the text.
    pub(super) fn at(text: &str, offset: usize, what: &str, hint: &str) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: what.to_owned(),
            hint: hint.to_owned(),
        }
    }

    /// A file without the key that makes it a workspace.
    pub(super) fn foreign(text: &str, offset: usize, what: &str) -> Self {
        Self::at(text, offset, what, NO_WORKSPACE)
    }

    /// What the parser found, in a part of the text that begins at `base`.
    pub(super) fn of_json(text: &str, base: usize, error: &serde_json::Error) -> Self {
        if let Some(at) = conflict_marker(text) {
            return Self::at(text, at, MARKER, CONFLICT);
        }
        let offset = base + offset_of(&text[base..], error.line(), error.column());
        let words = error.to_string();
        let what = words.split(" at line ").next().unwrap_or_default();
        let known = HINTS.iter().find(|(word, _)| what.contains(word));
        let what = if what.starts_with("EOF") { "the text ends too early" } else { what };
        Self::at(text, offset, what, known.map_or("", |(_, hint)| hint))
    }
}

/// The byte at a line and column as the parser counts them: lines from 1, columns in bytes.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let start = starts.take(line.max(1)).last().unwrap_or_default();
    (start + column.saturating_sub(1)).min(text.len())
}

fn conflict_marker(text: &str) -> Option<usize> {
    let at_start = text.starts_with("<<<<<<<").then_some(0);
    at_start.or_else(|| text.find("\n<<<<<<<").map(|at| at + 1))
}

/// The bytes of a file as text, if they can be that of a workspace at all.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Malformed> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Malformed::at("", 0, "the file is empty", EARLIER));
    }
    if bytes.iter().all(|&byte| byte == 0) {
        let what = "the file holds nothing but zero bytes";
        return Err(Malformed::at("", 0, &format!("{what}, as after a power cut"), EARLIER));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let before = String::from_utf8_lossy(&bytes[..valid]);
        Malformed::at(&before, valid, "this is not UTF-8 text", "save the file as UTF-8")
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;

    fn words(text: &str) -> String {
        read(text.into()).unwrap_err().to_string()
    }

    #[test]
    fn columns_count_characters() {
        let words = words("{\"twohats\":1,\n\"x\": \"日本\" oops}");
        assert!(words.starts_with("line 2, column 11: "), "{words}");
    }

    #[test]
    fn common_accidents_come_with_a_way_out() {
        for (text, hint) in [
            ("", "the file is empty"),
            (" \n", "the file is empty"),
            ("\0\0\0", "zero bytes"),
            ("{\"twohats\":1,}", "delete the comma"),
            ("{\"twohats\":1,\"backlog\":[", "cut off"),
            ("{\n<<<<<<< HEAD\n\"twohats\":1}", "git left both versions"),
            ("{\"name\":\"left-pad\"}", "not a twohats workspace"),
            ("[1,2]", "not a twohats workspace"),
            ("{\"twohats\":\"1\"}", "not a twohats workspace"),
            ("{\"twohats\":1,\"backlog\":{}}", "must be a list"),
            ("{\"twohats\":1,\"roadmap\":[]}", "must be an object"),
            ("{\"twohats\":1,\"roadmap\":{\"now\":5}}", "must be a list"),
            ("{\"twohats\":1,\"done\":[],\"done\":[]}", "there twice"),
            ("{\"twohats\":1} x", "trailing characters"),
            ("{\"twohats\":1,\"backlog\":[{\"points\":1e999}]}", "smaller number"),
        ] {
            assert!(words(text).contains(hint), "{text:?} says {:?}", words(text));
        }
    }

    #[test]
    fn what_is_wrong_inside_a_record_is_found_in_the_file() {
        let words = words("{\"twohats\":1,\"backlog\":[\n{\"title\":\"a\",\n \"points\":1e999}]}");
        assert!(words.starts_with("line 3, column "), "{words}");
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        let error = read(b"{\n\"a\xff\"}".to_vec()).unwrap_err();
        assert_eq!((error.line, error.column), (2, 3));
    }

    #[test]
    fn deep_nesting_is_refused_only_where_it_is_interpreted() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let file = |key: &str, depth| {
            format!("{{\"twohats\":1,\"backlog\":[{{\"id\":\"a\",\"{key}\":{}}}]}}", deep(depth))
        };
        assert!(read(file("x", 5000).into()).is_ok());
        assert!(read(file("points", 5000).into()).is_ok());
        let conflict = file("conflict", 0).replace(":}", &format!(":{{\"a\":{}}}}}", deep(70)));
        assert!(words(&conflict).contains("deeper than 64"));
    }
}
