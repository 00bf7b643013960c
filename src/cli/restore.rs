//! `restore`: an earlier version brought back.

use super::backups;
use super::console::Console;
use super::diff;
use super::failure::Failure;
use super::sentence::sentences;
use super::verb::Verb;
use crate::store::backup::{self, Backup, Reason};
use crate::store::{OpenError, Site, WorkspaceFile, find};
use crate::workspace::Workspace;
use clap::Args;
use serde_json::json;
use std::path::Path;
use std::{fs, io};

/// Bring an earlier version of the workspace back
///
/// Without a number the versions are listed. What is in the file is kept as a backup first, so
/// that it can be brought back too; the numbers count anew then.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The number of the version in the list
    #[arg(value_name = "N")]
    number: Option<usize>,
    /// Only say what bringing it back would do
    #[arg(long, requires = "number")]
    diff: bool,
}

impl Verb for Restore {
    const NAME: &'static str = "restore";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats restore", "the versions, by number"),
        ("twohats restore --diff 2", "what would become of the workspace"),
        ("twohats restore 2", "bring it back; what is there becomes number 1"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let path = find::find(console.options.file.clone())?;
        let site = Site::here();
        let Some(number) = self.number else { return backups::print(console, &site, &path) };
        let all = backup::list(&site, &path);
        let Some(backup) = number.checked_sub(1).and_then(|at| all.get(at)) else {
            let words =
                format!("there is no version {number}; `twohats backups` lists {}", all.len());
            return Err(Failure::Undone(words));
        };
        if self.diff {
            return compare(console, &site, &path, backup);
        }
        bring_back(&site, &path, backup)?;
        let path = backup.path.display().to_string();
        console.say(&format!("brought back: {path}"));
        if console.options.json { console.json(&json!({"path": path}).to_string()) } else { Ok(()) }
    }
}

fn compare(
    console: &mut Console,
    site: &Site,
    path: &Path,
    backup: &Backup,
) -> Result<(), Failure> {
    let (now, _) = WorkspaceFile::open_at(site, path)?;
    let (then, _) = WorkspaceFile::open_at(site, &backup.path)?;
    let [now, then] = [now.content, then.content].map(Workspace::new);
    let told = sentences(&now, &then, &console.dates());
    diff::print(console, &told)
}

/// Puts a version in the place of the file, once what is there is kept, even where it is broken.
fn bring_back(site: &Site, path: &Path, backup: &Backup) -> Result<(), Failure> {
    let (opened, version) = WorkspaceFile::open_at(site, &backup.path)?;
    let mut file = version.brought_to(path);
    file.lock()?;
    let unkept = |source| OpenError::Io { path: path.to_owned(), source };
    match fs::read(path) {
        Ok(bytes) => {
            backup::keep(site, path, &bytes, Reason::Restored).map_err(unkept)?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unkept(error).into()),
    }
    file.overwrite(&opened.content)?;
    Ok(())
}
