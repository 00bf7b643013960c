//! `diff`: what became of one workspace in another.

use super::console::Console;
use super::failure::Failure;
use super::sentence::{Sentence, sentences};
use super::verb::Verb;
use crate::store::{Site, WorkspaceFile};
use crate::workspace::Workspace;
use clap::Args;
use std::path::{Path, PathBuf};

/// Say what became of one workspace in another
///
/// Each change is a sentence, or with --json an object: `change` is added, removed, moved or set.
/// Records are told apart by their ids, so what only stands elsewhere counts as moved.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The workspace as it was
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The workspace as it became
    #[arg(value_name = "B")]
    after: PathBuf,
}

impl Verb for Diff {
    const NAME: &'static str = "diff";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats diff last-week.json twohats.json", "what happened since"),
        ("git show HEAD~9:twohats.json > was.json; twohats diff was.json twohats.json", "in git"),
        ("twohats diff a.json b.json --json | jq '.[].title'", "as data"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let (before, after) = (read(&self.before)?, read(&self.after)?);
        let told = sentences(&before, &after, &console.dates());
        print(console, &told)
    }
}

fn read(path: &Path) -> Result<Workspace, Failure> {
    let (opened, _) = WorkspaceFile::open_at(&Site::stateless(), path)?;
    Ok(Workspace::new(opened.content))
}

/// Prints what was done, as asked for.
pub(super) fn print(console: &mut Console, told: &[Sentence]) -> Result<(), Failure> {
    if console.options.json {
        let data: Vec<String> = told.iter().map(|sentence| sentence.data.to_string()).collect();
        return console.json_list(data);
    }
    if told.is_empty() {
        console.say("no difference");
    }
    let mut said = told.iter().filter(|sentence| !sentence.pieces.is_empty());
    said.try_for_each(|sentence| console.print(&sentence.pieces))
}
