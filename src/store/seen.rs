//! What tells a file from another, and from itself before a change.

use super::vfs::{Moment, Stat, Vfs, VfsFile};
use std::io;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of the largest file that is opened.
pub(super) const LIMIT: u64 = 256 << 20;

/// Seconds in which changes may bear the same time of change.
const COARSE: i64 = 2;

/// What identifies a file. Nothing in it is ever compared but for being equal: clocks jump, and
/// tools set times back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    modified: Moment,
}

impl Identity {
    fn of(stat: &Stat) -> Self {
        let Stat { device, inode, size, modified, .. } = *stat;
        Self { device, inode, size, modified }
    }
}

/// A file as this program last saw it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    identity: Identity,
    changed: Moment,
    /// What its bytes were.
    pub(super) hash: u64,
    /// Whether it had been changed so lately that its identity alone does not tell.
    fresh: bool,
}

impl Seen {
    pub(super) fn new(stat: &Stat, bytes: &[u8], now: Moment) -> Self {
        let age = now.0.saturating_sub(stat.modified.0);
        Self {
            identity: Identity::of(stat),
            changed: stat.changed,
            hash: hash(bytes),
            // A time in the future says nothing, so it counts as fresh too.
            fresh: !(COARSE..i64::MAX).contains(&age),
        }
    }

    /// How many bytes it has.
    pub(super) fn bytes(&self) -> u64 {
        self.identity.size
    }

    /// Whether what stands at `path` is still this.
    pub(super) fn is(&self, fs: &dyn Vfs, path: &Path, stat: &Stat) -> bool {
        stat.changed == self.changed && self.is_but_for_its_name(fs, path, stat)
    }

    /// The same for a file that was given another name since, which changes one of its times.
    pub(super) fn is_but_for_its_name(&self, fs: &dyn Vfs, path: &Path, stat: &Stat) -> bool {
        let same_bytes = || read(fs, path).is_ok_and(|(_, bytes)| hash(&bytes) == self.hash);
        Identity::of(stat) == self.identity && (!self.fresh || same_bytes())
    }

    /// The same bytes, known under what the file system says of them now.
    pub(super) fn again(&self, stat: &Stat, now: Moment) -> Self {
        Self { hash: self.hash, ..Self::new(stat, &[], now) }
    }
}

pub(super) fn hash(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// Reads a file; what is known of it is from before it was read, so that a change in between
/// shows later.
pub(super) fn read(fs: &dyn Vfs, path: &Path) -> io::Result<(Stat, Vec<u8>)> {
    let file = fs.open(path)?;
    let stat = file.stat()?;
    if !stat.regular {
        return Err(io::Error::other("it is not a file"));
    }
    let bytes = read_whole(&*file)?;
    Ok((stat, bytes))
}

pub(super) fn read_whole(file: &dyn VfsFile) -> io::Result<Vec<u8>> {
    file.read(LIMIT)?.ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))
}
