//! Earlier versions of a workspace, kept in the state directory before anything large or strange.
//!
//! Nothing here is ever brought back unasked.

use super::format::Malformed;
use super::site::Site;
use super::temp::Temp;
use super::vfs::Moment;
use super::{directory, find, git, seen};
use crate::workspace::sorted;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::io;
use std::path::{Path, PathBuf};

/// Backups that are kept of one workspace.
const COUNT: usize = 20;
/// Bytes that they may have together.
const BYTES: u64 = 256 << 20;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Before the first save of a session.
    Session,
    /// Before something outside took much away.
    Outside,
    /// Before the person wrote over what was there.
    Overwritten,
    /// A process that was killed left it.
    Leftover,
    /// Edits that were not wanted: those of a crashed session, or what was left without them.
    Discarded,
    /// The journal of a crashed session, of which not all could be read.
    Unread,
    /// Before an earlier version was brought back.
    Restored,
    /// A copy in conflict that was brought in.
    Copy,
    /// Before a command removed records.
    Removed,
    /// Before a command closed a sprint.
    Closed,
    /// Before a command changed all that a filter found.
    Found,
}

impl Reason {
    /// Every reason in the order of the variants, as the name of a backup spells it and in words.
    const ROWS: [(Self, &str, &str); 11] = [
        (Self::Session, "session", "before the first save of a session"),
        (Self::Outside, "outside", "before something outside took much away"),
        (Self::Overwritten, "overwritten", "before it was written over"),
        (Self::Leftover, "leftover", "left by a process that was killed"),
        (Self::Discarded, "discarded", "edits that were not wanted"),
        (Self::Unread, "unread", "a journal of which not all could be read"),
        (Self::Restored, "restored", "before an earlier version was brought back"),
        (Self::Copy, "copy", "a copy in conflict that was brought in"),
        (Self::Removed, "removed", "before a command removed something"),
        (Self::Closed, "closed", "before a command closed a sprint"),
        (Self::Found, "found", "before a command changed all that a filter found"),
    ];

    fn named(key: &str) -> Option<Self> {
        Self::ROWS.iter().find(|(_, own, _)| *own == key).map(|(reason, ..)| *reason)
    }

    /// The reason as the name of a backup spells it.
    pub fn key(self) -> &'static str {
        Self::ROWS[self as usize].1
    }

    /// The reason in words.
    pub fn words(self) -> &'static str {
        Self::ROWS[self as usize].2
    }
}

/// An earlier version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// When it was made, or would have been but for the same bytes that were kept before.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Its length in bytes.
    pub size: u64,
}

fn dir(site: &Site, workspace: &Path) -> Option<PathBuf> {
    Some(site.memory_of(workspace)?.join("backups"))
}

/// Keeps these bytes, durably, as the newest. `None` where there is no state directory. What is
/// kept already is not kept twice.
///
/// # Errors
/// What the file system says; nothing is half kept then.
pub fn keep(
    site: &Site,
    workspace: &Path,
    bytes: &[u8],
    reason: Reason,
) -> io::Result<Option<PathBuf>> {
    let Some(dir) = dir(site, workspace) else { return Ok(None) };
    let fs = &*site.fs;
    let hash = format!("{:016x}", seen::hash(bytes));
    let there = list(site, workspace);
    let known = there.iter().position(|backup| super::name_of(&backup.path).contains(&hash));
    if let Some(0) = known {
        return Ok(Some(there[0].path.clone()));
    }
    fs.make_dir(&dir, true)?;
    let at = name(after(fs.now(), there.first()));
    let path = dir.join(format!("{at}-{hash}.{}", reason.key()));
    match known {
        Some(known) => fs.rename(&there[known].path, &path)?,
        None => Temp::write_private(fs, &path, bytes)?.replace(&path)?,
    }
    fs.sync_dir(&dir)?;
    thin(site, workspace);
    Ok(Some(path))
}

/// The time on the clock, unless the newest is said to be of then or later: who is kept last is
/// the newest, whatever the clock does.
fn after((seconds, nanoseconds): Moment, newest: Option<&Backup>) -> Timestamp {
    let nanoseconds = i32::try_from(nanoseconds).unwrap_or_default();
    let now = Timestamp::new(seconds, nanoseconds).unwrap_or_default();
    let next = newest.and_then(|newest| newest.at.checked_add(1.nanosecond()).ok());
    next.map_or(now, |next| now.max(next))
}

/// A time as the name of a backup begins: seconds, and what they lack.
fn name(at: Timestamp) -> String {
    format!("{}.{:09}", at.as_second(), at.subsec_nanosecond())
}

/// The time that [`name`] spells; older names have whole seconds.
fn time(name: &str) -> Option<Timestamp> {
    let (seconds, nanoseconds) = name.split_once('.').unwrap_or((name, "0"));
    Timestamp::new(seconds.parse().ok()?, nanoseconds.parse().ok()?).ok()
}

/// The backups of a workspace, the newest first.
pub fn list(site: &Site, workspace: &Path) -> Vec<Backup> {
    let Some(dir) = dir(site, workspace) else { return Vec::new() };
    let names = site.fs.names(&dir).unwrap_or_default();
    let mut backups: Vec<Backup> = names
        .into_iter()
        .filter_map(|name| {
            let text = name.to_str()?;
            let (at, rest) = text.split_once('-')?;
            let (_, key) = rest.split_once('.')?;
            let path = dir.join(text);
            let size = site.fs.stat(&path).ok()?.size;
            Some(Backup { at: time(at)?, path, reason: Reason::named(key)?, size })
        })
        .collect();
    sorted::by(&mut backups, |a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    backups
}

/// What to do where the workspace at a path is gone or broken, in words; nothing where no earlier
/// version is kept.
pub fn way_back(site: &Site, workspace: &Path) -> Option<String> {
    let newest = list(site, workspace).into_iter().next()?;
    let day = newest.at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M");
    let restore = find::command_for("restore", workspace);
    Some(format!("an earlier version, of {day}, is kept; `{restore}` lists all of them"))
}

/// The same of a file that is broken, where the most that can be said is where else to look.
pub fn way_on(site: &Site, workspace: &Path, malformed: &Malformed) -> Option<String> {
    let anywhere = || {
        if !malformed.is_cut_off() {
            return None;
        }
        let real = site.fs.resolve(workspace).unwrap_or_else(|_| workspace.to_owned());
        if let Some(commit) = git::last(&real) {
            let name = git::quoted(&format!("{commit}:./{}", super::name_of(&real)));
            let folder = git::quoted(&directory(&real).display().to_string());
            return Some(format!(
                "no earlier version is kept, but git has one: `git -C {folder} show {name}` prints it"
            ));
        }
        let doctor = find::command_for("doctor", workspace);
        Some(format!(
            "no earlier version is kept here, and git has none; what there is can be ended in an \
             editor, and `{doctor}` says how far it can be read"
        ))
    };
    way_back(site, workspace).or_else(anywhere)
}

/// Reads a backup.
///
/// # Errors
/// What the file system says.
pub fn read(site: &Site, backup: &Backup) -> io::Result<Vec<u8>> {
    seen::read(&*site.fs, &backup.path).map(|(_, bytes)| bytes)
}

/// Lets go of what is too many or too much. Of those closest together in time one goes first, so
/// that old ones stay, ever further apart; the newest always stays.
fn thin(site: &Site, workspace: &Path) {
    let mut kept = list(site, workspace);
    while kept.len() > 1
        && (kept.len() > COUNT || kept.iter().map(|backup| backup.size).sum::<u64>() > BYTES)
    {
        let victim = kept.remove(closest(&kept));
        // What cannot be removed now is too many the next time too.
        let _ = site.fs.remove(&victim.path);
    }
    if let Some(newest) = kept.first() {
        let _ = site.fs.sync_dir(directory(&newest.path));
    }
}

/// The one that adds least: its neighbours are close for its age. The newest and the oldest stay
/// while there are others.
fn closest(backups: &[Backup]) -> usize {
    let second = |at: usize| backups[at].at.as_second();
    let span = |at: usize| (second(at - 1) - second(at + 1)) * 1000 / (second(0) - second(at) + 1);
    (1..backups.len() - 1).min_by_key(|&at| span(at)).unwrap_or(backups.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_the_row_of_its_own() {
        let at = |nth: usize| Reason::ROWS[nth].0 as usize;
        assert!((0..Reason::ROWS.len()).all(|nth| at(nth) == nth));
    }

    #[test]
    fn backups_are_private_named_once_and_not_too_many() {
        let dir = tempfile::tempdir().unwrap();
        let site = Site { state: Some(dir.path().join("state")), ..Site::stateless() };
        let path = dir.path().join("plan.json");
        let first = keep(&site, &path, b"0", Reason::Session).unwrap().unwrap();
        assert_eq!(keep(&site, &path, b"0", Reason::Outside).unwrap(), Some(first.clone()));
        let mode = std::os::unix::fs::MetadataExt::mode(&first.metadata().unwrap());
        assert_eq!(mode & 0o777, 0o600);
        for nth in 1..40 {
            keep(&site, &path, nth.to_string().as_bytes(), Reason::Outside).unwrap();
        }
        let all = list(&site, &path);
        assert_eq!(all.len(), COUNT);
        assert!(all.iter().all(|backup| backup.size <= 2));
        assert_eq!(keep(&Site::stateless(), &path, b"0", Reason::Session).unwrap(), None);
    }

    #[test]
    fn what_was_kept_last_is_the_newest_however_soon_it_followed() {
        let dir = tempfile::tempdir().unwrap();
        let site = Site { state: Some(dir.path().join("state")), ..Site::stateless() };
        let path = dir.path().join("plan.json");
        let kept = |bytes: &str| keep(&site, &path, bytes.as_bytes(), Reason::Session).unwrap();
        let listed = || -> Vec<String> {
            let all = list(&site, &path);
            let bytes = all.iter().map(|backup| read(&site, backup).unwrap());
            bytes.map(|bytes| String::from_utf8(bytes).unwrap()).collect()
        };
        let all: Vec<String> = (0..COUNT).map(|nth| nth.to_string()).collect();
        all.iter().for_each(|bytes| drop(kept(bytes)));
        let newest_first: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(listed(), newest_first);
        // What comes back is the newest again, and still kept once.
        kept("3");
        assert_eq!((listed()[0].as_str(), listed().len()), ("3", COUNT));
    }

    #[test]
    fn a_clock_that_stands_still_or_goes_back_does_not_turn_the_order() {
        let at = time("1750000000").unwrap();
        let newest = Backup { path: PathBuf::new(), at, reason: Reason::Session, size: 1 };
        for now in [(1_750_000_000, 0), (1_600_000_000, 7)] {
            assert_eq!(name(after(now, Some(&newest))), "1750000000.000000001");
        }
        assert_eq!(name(after((1_750_000_000, 5), Some(&newest))), "1750000000.000000005");
        assert_eq!(time("1750000000.000000005"), Some(after((1_750_000_000, 5), None)));
    }

    #[test]
    fn old_backups_stay_ever_further_apart() {
        let at = |second: i64| Backup {
            path: PathBuf::new(),
            at: Timestamp::from_second(second).unwrap(),
            reason: Reason::Session,
            size: 1,
        };
        let mut kept: Vec<Backup> = Vec::new();
        for hour in 0..500 {
            kept.insert(0, at(hour * 3600));
            if kept.len() > COUNT {
                kept.remove(closest(&kept));
            }
        }
        let ages: Vec<i64> = kept.iter().map(|backup| 499 - backup.at.as_second() / 3600).collect();
        assert_eq!(ages[0], 0);
        assert!(ages[1] <= 3 && *ages.last().unwrap() > 300, "{ages:?}");
    }
}
