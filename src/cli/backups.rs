//! `backups`: the earlier versions of the workspace.

use super::console::{Console, Ink, plain};
use super::failure::Failure;
use super::verb::Verb;
use crate::store::backup::{self, Backup};
use crate::store::{Site, find};
use clap::Args;
use jiff::tz::TimeZone;
use serde_json::json;
use std::path::Path;

/// List the earlier versions of the workspace
///
/// They are kept in the state directory, before anything large or strange is done: at most twenty,
/// old ones ever further apart. The newest is number 1. `twohats restore` brings one back.
#[derive(Debug, Args)]
pub(super) struct Backups;

impl Verb for Backups {
    const NAME: &'static str = "backups";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats backups", "when each was made, and why"),
        ("twohats backups --json | jq -r '.[0].path'", "where the newest is"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let path = find::find(console.options.file.clone())?;
        print(console, &Site::here(), &path)
    }
}

/// Prints the earlier versions of the workspace at a path.
pub(super) fn print(console: &mut Console, site: &Site, path: &Path) -> Result<(), Failure> {
    let all = backup::list(site, path);
    let numbered = all.iter().zip(1..);
    if console.options.json {
        return console.json_list(numbered.map(data));
    }
    if all.is_empty() {
        console.say(&format!("no earlier versions of {} are kept", path.display()));
    }
    for (backup, number) in numbered {
        let at = backup.at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
        console.print(&[
            (Ink::Bold, format!("{number:>3}")),
            plain(format!("  {at}  {:>9}  ", size(backup.size))),
            plain(backup.reason.words()),
        ])?;
    }
    Ok(())
}

fn data((backup, number): (&Backup, usize)) -> String {
    let Backup { path, at, reason, size } = backup;
    json!({
        "number": number,
        "at": at.to_string(),
        "reason": reason.key(),
        "words": reason.words(),
        "size": size,
        "path": path.display().to_string(),
    })
    .to_string()
}

/// A length in bytes, as people say it.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
