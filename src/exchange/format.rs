//! Which formats there are.

use super::asked::{Asked, Chosen, Page};
use super::haul::{Haul, Unreadable};
use super::{
    azure, backlog_md, csv, github, jira, jsonl, linear, markdown, productboard, sprints,
    taskwarrior, todo_txt, trello,
};
use crate::workspace::{Place, Workspace};
use std::fmt;
use std::io::Read;

/// A format: what it is called, what it reads and writes, and who says what it looks like.
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// What it is, in a few words.
    pub name: &'static str,
    /// How it is read, where it can be.
    pub reads: Option<Reader>,
    /// How it is written, where it can be.
    pub writes: Option<Writer>,
    /// What it carries.
    pub about: &'static str,
    /// Who says what it looks like.
    pub source: &'static str,
    /// Where what it brings goes, unless the person or the file says.
    pub to: Place,
}

/// How a format is written: these items of a workspace, as text.
pub type Writer = fn(&Workspace, &[Chosen], &Asked) -> String;

/// How a format is read.
pub enum Reader {
    /// From text in UTF-8, a piece at a time.
    Text(fn(&mut dyn Read, &Asked) -> Result<Haul, Unreadable>),
    /// From the Markdown files of a folder.
    Folder(fn(&[Page], &Asked) -> Result<Haul, Unreadable>),
}

/// Every format, those that bring a backlog from elsewhere first.
pub static FORMATS: &[&Format] = &[
    &csv::FORMAT,
    &jira::FORMAT,
    &linear::FORMAT,
    &azure::FORMAT,
    &productboard::FORMAT,
    &trello::FORMAT,
    &github::FORMAT,
    &taskwarrior::FORMAT,
    &todo_txt::FORMAT,
    &markdown::FORMAT,
    &backlog_md::FORMAT,
    &jsonl::FORMAT,
    &sprints::FORMAT,
];

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl Format {
    /// The format of this name.
    pub fn find(id: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.id == id)
    }
}
