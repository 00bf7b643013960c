//! What a person should know about a file that was read.

use crate::workspace::{Id, sorted};
use std::fmt;

/// Something that was repaired or is doubtful. Nothing was dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The record it is about.
    pub id: Option<Id>,
    /// The line of the file, from 1.
    pub line: usize,
    /// Whether it is about links that lead nowhere or round, which can be told without the file.
    pub of_links: bool,
    /// What it is, worded for the person.
    pub text: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(id) = &self.id {
            write!(f, ", {id}")?;
        }
        write!(f, ": {}", self.text)
    }
}

/// Notices while they are gathered, each with the byte at which it stands.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<(usize, Notice)>);

impl Notes {
    pub(super) fn add(&mut self, at: usize, id: Option<&Id>, text: String) {
        self.0.push((at, Notice { id: id.cloned(), line: 0, of_links: false, text }));
    }

    /// Adds what is wrong with the links of a record.
    pub(super) fn add_of_links(&mut self, at: usize, id: &Id, text: String) {
        self.0.push((at, Notice { id: Some(id.clone()), line: 0, of_links: true, text }));
    }

    /// The notices in the order of the file. The lines are counted in one pass.
    pub(super) fn in_order(mut self, text: &str) -> Vec<Notice> {
        sorted::by_key(&mut self.0, |(at, _)| *at);
        let (mut line, mut counted) = (1, 0);
        let notice = |(at, notice): (usize, Notice)| {
            line += text.get(counted..at).unwrap_or_default().matches('\n').count();
            counted = at.max(counted);
            Notice { line, ..notice }
        };
        self.0.into_iter().map(notice).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_where_and_what() {
        let mut notes = Notes::default();
        notes.add(4, Some(&Id::new("k7f3q9")), "points".into());
        notes.add(0, None, "first".into());
        let notices = notes.in_order("a\nb\nc");
        assert_eq!(notices[0].to_string(), "line 1: first");
        assert_eq!(notices[1].to_string(), "line 3, k7f3q9: points");
    }
}
