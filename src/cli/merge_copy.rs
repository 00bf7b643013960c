//! `merge-copy`: the copy that a tool which syncs left, brought into the workspace.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::view::text;
use clap::Args;
use std::path::PathBuf;

/// Bring a copy in conflict into the workspace
///
/// For the copies that Dropbox, Nextcloud or Syncthing leave beside the file when two machines
/// wrote. Nothing is taken away, and of every field that differs both values are kept: the command
/// ends with 3 then, and `twohats conflicts` lists them. The copy goes to the backups.
#[derive(Debug, Args)]
pub(super) struct MergeCopy {
    /// The copy
    copy: PathBuf,
}

impl Verb for MergeCopy {
    const NAME: &'static str = "merge-copy";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[(
        "twohats merge-copy plan.sync-conflict-20261122-101010-ABCDEFG.json",
        "both machines' work in one file",
    )];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let copied = desk.merge_copy(console, &self.copy)?;
        console.say(&format!("merged {}", text::safe(&self.copy.display().to_string())));
        if let Some(backup) = copied.backup {
            console.say(&format!("the copy is kept as {}", backup.display()));
        }
        console.in_conflict(&copied.notes);
        Ok(())
    }
}
