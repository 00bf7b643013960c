//! What is remembered of the time before now: the activity log, and where that does not reach,
//! an older version of the file from git or from the backups.

use super::activity::ActivityLog;
use super::site::Site;
use super::{backup, format, git};
use crate::workspace::{Clash, Content, Date, Field, Id, Past, Value};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::path::Path;

/// What is remembered of the workspace at a path. The older version is the last one from before
/// `day`, by git, else by the backups.
pub fn of(site: &Site, path: &Path, day: Date) -> Past {
    let zone = TimeZone::system();
    let real = site.fs.resolve(path).unwrap_or_else(|_| path.to_owned());
    let steps = site.state.as_deref().map(|state| ActivityLog::of(&real, state).read(&zone));
    let committed = git::before(&real, day);
    let version = committed.and_then(|(name, _, bytes)| named("commit", &name, bytes));
    Past {
        steps: steps.unwrap_or_default(),
        version: version.or_else(|| backed_up(site, &real, day, &zone)),
    }
}

/// When twohats last gave a field of a record this value on this machine; nothing where it did not,
/// or does not remember.
fn written(
    site: &Site,
    path: &Path,
    id: &Id,
    field: Field,
    value: Option<&Value>,
) -> Option<Timestamp> {
    let real = site.fs.resolve(path).unwrap_or_else(|_| path.to_owned());
    ActivityLog::of(&real, site.state.as_deref()?).written(id, field, value)
}

/// When twohats gave a field each of the two values that a merge kept, as far as [`written`] knows.
pub fn times(site: &Site, path: &Path, id: &Id, clash: &Clash) -> [Option<Timestamp>; 2] {
    let Some(field) = clash.field.filter(|_| clash.moved.is_none()) else { return [None; 2] };
    [clash.mine.as_ref(), Some(&clash.theirs)].map(|value| written(site, path, id, field, value))
}

/// The version of the file that git calls `name`, or the backup of this number, with the day it is
/// of; `None` where there is neither.
pub fn version(site: &Site, path: &Path, name: &str) -> Option<(String, Date, Content)> {
    let of = |kind, name: &str, at: Timestamp, bytes| {
        let (name, content) = named(kind, name, bytes)?;
        Some((name, at.to_zoned(TimeZone::system()).date(), content))
    };
    let real = site.fs.resolve(path).unwrap_or_else(|_| path.to_owned());
    let backup =
        name.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).and_then(|at| {
            let all = backup::list(site, &real);
            let backup = all.get(at)?;
            of("backup", name, backup.at, backup::read(site, backup).ok()?)
        });
    let commit =
        || git::at(&real, name).and_then(|(name, at, bytes)| of("commit", &name, at, bytes));
    backup.or_else(commit)
}

/// The newest backup from before a day.
fn backed_up(site: &Site, path: &Path, day: Date, zone: &TimeZone) -> Option<(String, Content)> {
    let start = day.to_zoned(zone.clone()).ok()?.timestamp();
    let all = backup::list(site, path);
    let (at, older) = (1..).zip(&all).find(|(_, backup)| backup.at < start)?;
    named("backup", &at.to_string(), backup::read(site, older).ok()?)
}

fn named(kind: &str, name: &str, bytes: Vec<u8>) -> Option<(String, Content)> {
    let loaded = format::read(bytes).ok()?;
    Some((format!("{kind} {name}"), loaded.content))
}
