//! `merge`: three files brought together, for git and other tools that sync.

use super::console::Console;
use super::failure::Failure;
use super::verb::Verb;
use crate::store::{Site, merge_files};
use crate::view::text;
use clap::Args;
use std::path::PathBuf;

/// Bring two versions of a workspace together
///
/// Both come from BASE; what comes of them is written to OURS, always a whole workspace. It goes by
/// records and fields: where both changed the same field ours stays and theirs is kept beside it,
/// and the command ends with 3. It ends with 129 where one of the files can't be read; nothing is
/// written then. `twohats git-setup` makes git call it.
#[derive(Debug, Args)]
pub(super) struct Merge {
    /// What both come from; an empty file is nothing
    base: PathBuf,
    /// Ours, which is written
    ours: PathBuf,
    /// Theirs
    theirs: PathBuf,
    /// What to call it in words
    path: Option<PathBuf>,
}

impl Verb for Merge {
    const NAME: &'static str = "merge";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats merge base.json ours.json theirs.json", "a copy that went its own way"),
        ("twohats git-setup", "git calls it by itself"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let notes = merge_files(&Site::here(), &self.base, &self.ours, &self.theirs)?;
        let path = self.path.as_ref().unwrap_or(&self.ours).display().to_string();
        console.say(&format!("merged {}", text::safe(&path)));
        console.in_conflict(&notes);
        Ok(())
    }
}
