//! What can be written, for another tool or for people, and what a person has a say in.

use super::format::{FORMATS, Format, Writer};
use super::report::{self, REPORTS, Report};
use crate::workspace::{Date, Workspace};
use std::fmt;

/// What is said before the days that the forecast calls late.
pub const LATE: &str = "it names days that the forecast calls late";

/// What a person may say of what is written; anything else would be ignored, and so is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Which items, and in which order.
    Items,
    /// Which release.
    Release,
    /// Who reads it.
    Audience,
    /// In which form it is written.
    Form,
    /// Since when it says what changed.
    Since,
}

/// Something that can be written.
#[derive(Clone, Copy)]
pub enum Export {
    /// Items, for another tool.
    Items(&'static Format, Writer),
    /// A report, for people.
    Report(&'static Report),
}

impl Export {
    /// All that can be written: for tools first.
    pub fn all() -> impl Iterator<Item = Self> {
        let items = |format: &&'static Format| Some(Self::Items(format, format.writes?));
        FORMATS.iter().filter_map(items).chain(REPORTS.iter().map(Self::Report))
    }

    /// What goes by this name.
    pub fn find(id: &str) -> Option<Self> {
        Self::all().find(|export| export.id() == id)
    }

    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Items(format, _) => format.id,
            Self::Report(report) => report.id,
        }
    }

    /// What it is, in a few words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Items(format, _) => format.name,
            Self::Report(report) => report.name,
        }
    }

    /// What a file of it is usually called.
    pub fn file(self) -> String {
        match self {
            Self::Items(format, _) => format!("backlog{}", format.ending()),
            Self::Report(report) => report.file.to_owned(),
        }
    }

    /// What a person may say of it.
    pub fn aspects(self) -> &'static [Aspect] {
        match self {
            Self::Items(..) => &[Aspect::Items],
            Self::Report(report) => report.aspects,
        }
    }

    /// What whoever sends it should know first: which days of it the forecast calls late, and by
    /// how much.
    pub fn late(self, workspace: &Workspace, today: Date) -> Vec<String> {
        let promises = matches!(self, Self::Report(report) if report.promises);
        if promises { report::late(workspace, today) } else { Vec::new() }
    }
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
