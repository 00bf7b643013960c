//! Whether a workspace and what surrounds it are well, and what to do where they are not.

use super::error::OpenError;
use super::file::WorkspaceFile;
use super::site::Site;
use super::temp::{self, Temp};
use super::vfs::Vfs;
use super::{backup, directory, journal, leftover};
use crate::workspace::{Content, Workspace, conflicted};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// Syncs that are timed.
const SYNCS: usize = 9;

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// All is well.
    Fine,
    /// It works, but less surely or with something to tidy up.
    Note,
    /// Something is wrong.
    Trouble,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What, in a word.
    pub about: &'static str,
    /// How it is.
    pub health: Health,
    /// What was found, in words.
    pub words: String,
    /// What to do; empty where there is nothing to do.
    pub hint: String,
}

fn finding(about: &'static str, health: Health, words: impl Into<String>, hint: &str) -> Finding {
    Finding { about, health, words: words.into(), hint: hint.to_owned() }
}

/// Looks at the workspace at a path and at what surrounds it. Leaves nothing behind.
pub fn examine(site: &Site, path: &Path) -> Vec<Finding> {
    let mut found = Vec::new();
    let target = match site.fs.resolve(path) {
        Ok(target) => target,
        Err(error) => {
            return vec![finding("file", Health::Trouble, error.to_string(), "check the path")];
        }
    };
    match WorkspaceFile::open_at(site, path) {
        Ok((opened, file)) => {
            found.push(finding("file", Health::Fine, path.display().to_string(), ""));
            found.extend(opened.read_only.map(|reason| {
                finding("file", Health::Trouble, format!("read-only: {reason}"), "")
            }));
            found.extend(opened.notices.iter().map(|notice| {
                finding("content", Health::Note, notice.to_string(), "edit the record, or the file")
            }));
            found.extend(conflicts(&opened.content));
            found.extend(journals(&file));
        }
        Err(error) => {
            let way_on = match &error {
                OpenError::Malformed { malformed, .. } => backup::way_on(site, path, malformed),
                _ => backup::way_back(site, path),
            };
            let hint = way_on.unwrap_or_default();
            found.push(finding("file", Health::Trouble, error.to_string(), &hint));
        }
    }
    found.extend(surroundings(&*site.fs, &target));
    found.extend(leftovers(&*site.fs, &target));
    let backups = backup::list(site, path).len();
    found.push(match &site.state {
        Some(_) => finding("backups", Health::Fine, format!("{backups} earlier versions"), ""),
        None => finding(
            "state",
            Health::Note,
            "there is no state directory, so no journal and no backups",
            "set XDG_STATE_HOME or HOME",
        ),
    });
    found
}

fn conflicts(content: &Content) -> Option<Finding> {
    let open = conflicted(&Workspace::new(content.clone())).len();
    let words = format!("{open} records have two values for something");
    let hint = "`twohats conflicts` lists them";
    (open > 0).then(|| finding("conflicts", Health::Note, words, hint))
}

fn journals(file: &WorkspaceFile) -> Vec<Finding> {
    let mut found = Vec::new();
    let others = journal::others(file.site(), file.path());
    if !others.is_empty() {
        let pids = others.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        found.push(finding("journal", Health::Fine, format!("also open: pid {pids}"), ""));
    }
    let left = journal::recover(file);
    if let Some(recovered) = &left.recovered {
        let words = format!("{} edits of a crashed session wait", recovered.edits);
        found.push(finding("journal", Health::Note, words, "open the workspace to bring them in"));
    }
    for review in &left.reviews {
        let words = format!(
            "{} edits of a crashed session were made onto another version of the file",
            review.words.len()
        );
        found.push(finding("journal", Health::Note, words, "open the workspace to look at them"));
    }
    for words in &left.unread {
        let hint = "look at it in an editor: a line is an edit";
        found.push(finding("journal", Health::Note, words, hint));
    }
    for path in &left.foreign {
        let words = format!("{} is of another machine or version", path.display());
        found.push(finding(
            "journal",
            Health::Note,
            words,
            "it is left alone; remove it when you know it",
        ));
    }
    found
}

/// What the file system can do, tried beside the file.
fn surroundings(fs: &dyn Vfs, target: &Path) -> Vec<Finding> {
    let dir = directory(target);
    let mut found = Vec::new();
    found.push(match fs.try_lock(dir) {
        Ok(Some(_)) => finding("lock", Health::Fine, "the directory can be locked", ""),
        Ok(None) => finding("lock", Health::Note, "somebody is saving just now", "try again"),
        Err(error) => finding(
            "lock",
            Health::Note,
            format!("the directory cannot be locked ({error}): commands at the same moment merge"),
            "",
        ),
    });
    if super::is_remote(target) {
        let words = "the system does not tell what other machines write here: it is looked at";
        found.push(finding("watch", Health::Note, words, ""));
    }
    if let Ok(stat) = fs.stat(target)
        && stat.names > 1
    {
        let words = "the file has a second name (a hard link) and cannot be saved in place";
        found.push(finding("file", Health::Trouble, words, "make it a copy, or a symbolic link"));
    }
    let tried = try_exchange(fs, target);
    found.push(match tried {
        Ok(()) => finding("exchange", Health::Fine, "two files can change places", ""),
        Err(error) if fs.may_write(dir) => finding(
            "exchange",
            Health::Note,
            format!(
                "two files cannot change places here ({error}): for a moment in each save an \
                     editor's write could be lost"
            ),
            "keep the workspace on a local disk",
        ),
        Err(error) => finding(
            "directory",
            Health::Trouble,
            format!("nothing can be written beside the file: {error}"),
            "change the mode of the directory",
        ),
    });
    found.extend(sync_time(fs, target));
    found
}

fn try_exchange(fs: &dyn Vfs, target: &Path) -> io::Result<()> {
    let one = Temp::write_private(fs, target, b"1")?;
    let other = Temp::write_private(fs, target, b"2")?;
    fs.exchange(one.path(), other.path())?;
    // Back, so that each goes away under its own name.
    fs.exchange(one.path(), other.path())
}

/// How long the disk takes until something is durable, and how finely it stamps changes.
fn sync_time(fs: &dyn Vfs, target: &Path) -> Option<Finding> {
    let path = temp::hidden(target, temp::TEMPORARY);
    let file = fs.create(&path, 0o600).ok()?;
    let mut times = Vec::with_capacity(SYNCS);
    let mut stamps = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let start = Instant::now();
        let synced = file.write(b"twohats\n").and_then(|()| file.sync_data());
        if synced.is_ok() {
            times.push(start.elapsed());
            stamps.extend(file.stat().map(|stat| stat.modified));
        }
    }
    let _ = fs.remove(&path);
    times.sort_unstable();
    stamps.dedup();
    let (middle, worst) = (*times.get(times.len() / 2)?, *times.last()?);
    let grain = if stamps.len() == SYNCS { "finely" } else { "coarsely" };
    let words = format!(
        "an edit is durable after {middle:.1?} (at worst {worst:.1?}); changes are stamped {grain}"
    );
    let is_slow = middle > Duration::from_millis(50);
    Some(finding("disk", if is_slow { Health::Note } else { Health::Fine }, words, ""))
}

fn leftovers(fs: &dyn Vfs, target: &Path) -> Option<Finding> {
    let left = leftover::beside(fs, target);
    let dead = left.iter().filter(|(path, end)| {
        *end == temp::TEMPORARY || fs.open(path).is_ok_and(|file| file.try_lock().unwrap_or(true))
    });
    let count = dead.count();
    let words = format!("{count} files beside it are left from processes that were killed");
    (count > 0).then(|| finding("leftovers", Health::Note, words, "the next save sweeps them up"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examined(text: &str) -> (tempfile::TempDir, Vec<Finding>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.json");
        std::fs::write(&path, text).unwrap();
        let found = examine(&Site::stateless(), &path);
        assert_eq!(dir.path().read_dir().unwrap().count(), 1, "nothing is left behind");
        (dir, found)
    }

    #[test]
    fn a_healthy_workspace_has_no_trouble() {
        let (_dir, found) = examined("{\"twohats\":1}");
        assert!(found.iter().all(|finding| finding.health < Health::Trouble), "{found:?}");
        assert!(found.iter().any(|finding| finding.about == "exchange"));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_to_do() {
        let (_dir, found) = examined("{\"twohats\":1,\"backlog\":[{\"id\":\"a\",\"points\":0}]}");
        assert!(found.iter().any(|finding| finding.about == "content"), "{found:?}");
        let (_dir, found) = examined("{");
        assert!(
            found[0].health == Health::Trouble
                && found[0].hint.contains("no earlier version is kept here")
        );
        let (dir, _) = examined("{\"twohats\":1}");
        let path = dir.path().join("plan.json");
        std::fs::write(dir.path().join(".plan.json.0123abcd.tmp"), "x").unwrap();
        std::fs::hard_link(&path, dir.path().join("second")).unwrap();
        let found = examine(&Site::stateless(), &path);
        assert!(found.iter().any(|finding| finding.about == "leftovers"));
        assert!(found.iter().any(|finding| finding.words.contains("hard link")));
    }
}
