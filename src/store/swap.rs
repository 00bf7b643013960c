//! Putting new bytes in the place of a file, so that it is whole at every moment and nobody's
//! bytes are lost.
//!
//! The new file and the old one change places in one go. Only then is it certain what was
//! displaced: whatever somebody wrote up to that moment is in our hands, and can be merged.

use super::directory;
use super::seen::Seen;
use super::temp::{self, Temp};
use super::vfs::{Stat, Vfs};
use rustix::io::Errno;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why nothing was put in place. The file is as somebody else left it.
#[derive(Debug)]
pub(super) enum Stop {
    /// It is gone.
    Missing,
    /// It is not the one that was seen.
    Changed,
    /// It cannot be replaced, for this reason.
    Unfit(&'static str),
    /// The file system refused.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

const HARD_LINK: &str = "it has a second name (a hard link), which replacing it would cut off; \
                         save beside it";
const NO_FILE: &str = "it is not a file any more; save somewhere else";
const MOUNTED: &str = "it is mounted as a single file, which cannot be replaced; mount its \
                       directory, or save beside it";

/// New bytes that are in place.
#[derive(Debug)]
pub(super) struct Put {
    /// The file as it is now.
    pub seen: Seen,
    /// What was there before, under a hidden name; nothing where nothing was there.
    pub displaced: Option<PathBuf>,
    /// Whether that is what was to be replaced; else somebody else wrote it meanwhile.
    pub expected: bool,
    /// Whether all of this would survive a power cut.
    pub durable: io::Result<()>,
}

/// Whether a file may be replaced. `None` where there is none, which only `expected` can forbid:
/// without it, anything may be replaced.
pub(super) fn check(
    fs: &dyn Vfs,
    target: &Path,
    expected: Option<&Seen>,
) -> Result<Option<Stat>, Stop> {
    let stat = match fs.stat(target) {
        Err(error) if error.kind() == ErrorKind::NotFound && expected.is_none() => return Ok(None),
        other => other?,
    };
    if !stat.regular {
        return Err(Stop::Unfit(NO_FILE));
    }
    if stat.names > 1 {
        return Err(Stop::Unfit(HARD_LINK));
    }
    match expected {
        Some(seen) if !seen.is(fs, target, &stat) => Err(Stop::Changed),
        _ => Ok(Some(stat)),
    }
}

/// Puts `bytes` in the place of `target`, which must be as `expected`, or may be anything without
/// that. Whoever else saves must be locked out.
pub(super) fn put(
    fs: &dyn Vfs,
    target: &Path,
    bytes: &[u8],
    expected: Option<&Seen>,
) -> Result<Put, Stop> {
    let like = check(fs, target, expected)?;
    let temp = Temp::write(fs, target, bytes, like.as_ref()).map_err(Stop::Io)?;
    // Writing took a while; it is cheaper to notice now than to merge later.
    let there = check(fs, target, expected)?;
    if there.is_none() {
        let seen = Seen::new(&temp.stat().map_err(Stop::Io)?, bytes, fs.now());
        temp.appear(target).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Stop::Changed,
            _ => Stop::Io(error),
        })?;
        let durable = fs.sync_dir(directory(target));
        let seen = fs.stat(target).map_or(seen, |stat| seen.again(&stat, fs.now()));
        return Ok(Put { seen, displaced: None, expected: true, durable });
    }
    let before = temp.stat().map_err(Stop::Io)?;
    let displaced = exchange(fs, &temp, target)?;
    // From here on it is done, and nothing may fail any more. What it is now is known from our own
    // file and not from its name, which may be somebody else's by now.
    let seen = Seen::new(&temp.stat().unwrap_or(before), bytes, fs.now());
    temp.keep();
    let durable = fs.sync_dir(directory(target));
    let is_expected =
        |stat: Stat| expected.is_none_or(|seen| seen.is_but_for_its_name(fs, &displaced, &stat));
    let expected = fs.stat(&displaced).is_ok_and(is_expected);
    Ok(Put { seen, displaced: Some(displaced), expected, durable })
}

/// Lets the two change places, and gives the name under which the old one stands now.
fn exchange(fs: &dyn Vfs, temp: &Temp, target: &Path) -> Result<PathBuf, Stop> {
    let error = match fs.exchange(temp.path(), target) {
        Ok(()) => return Ok(temp.path().to_owned()),
        Err(error) => error,
    };
    let is = |errno: Errno| error.raw_os_error() == Some(errno.raw_os_error());
    if is(Errno::BUSY) {
        return Err(Stop::Unfit(MOUNTED));
    }
    if ![Errno::INVAL, Errno::NOSYS, Errno::OPNOTSUPP, Errno::NOTSUP].into_iter().any(is) {
        return Err(error.into());
    }
    // Between these two calls somebody else's file could be lost; `doctor` says so.
    let displaced = temp::hidden(target, temp::TEMPORARY);
    fs.link(target, &displaced)?;
    match fs.rename(temp.path(), target) {
        Ok(()) => Ok(displaced),
        Err(error) => {
            let _ = fs.remove(&displaced);
            Err(if is_busy(&error) { Stop::Unfit(MOUNTED) } else { error.into() })
        }
    }
}

fn is_busy(error: &io::Error) -> bool {
    error.kind() == ErrorKind::ResourceBusy
}
