//! Every call to the file system that a save makes, and nothing else: the one place to put
//! something else under it.

use rustix::fs::{Access, Gid, OFlags, RenameFlags, Uid};
use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Symbolic links that are followed from one to the next.
const LINKS: usize = 40;

/// Changes closer together than this may bear the same time of change.
const COARSE: Duration = Duration::from_secs(2);

/// What tells a file from another and from itself before a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    changed: (i64, i64),
}

impl Identity {
    /// The identity of a file with this metadata.
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            changed: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

/// Whether a file was changed so lately that a further change might not show in its time.
pub(super) fn is_fresh(metadata: &Metadata) -> bool {
    let age = metadata.modified().map(|at| SystemTime::now().duration_since(at));
    // A time in the future says nothing, so it counts as fresh too.
    !matches!(age, Ok(Ok(age)) if age >= COARSE)
}

/// The file that a path leads to in the end, whether or not it is there.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match path.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            other => return other,
        }
        let dir = directory(&path).canonicalize()?;
        match path.read_link() {
            Ok(target) => path = dir.join(target),
            Err(_) => return Ok(dir.join(path.file_name().unwrap_or_default())),
        }
    }
    Err(io::Error::other("the symbolic links go round"))
}

/// The directory a file stands in.
pub(super) fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// What is known of the file a path leads to.
pub(super) fn metadata(path: &Path) -> io::Result<Metadata> {
    path.metadata()
}

/// Whether the person may replace the file: write to it, and to the directory it stands in.
pub(super) fn is_writable(path: &Path) -> bool {
    let may_write = |path: &Path| rustix::fs::access(path, Access::WRITE_OK).is_ok();
    may_write(path) && may_write(directory(path))
}

/// Opens a file to be read. It never waits, whatever stands under the path.
pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)
}

/// Reads a file to its end; `None` when that is more than `limit` bytes away.
pub(super) fn read(file: &File, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let length = file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((length as u64 <= limit).then_some(bytes))
}

/// A file that is being written beside the one it is to become. It goes away unless it does.
#[derive(Debug)]
pub(super) struct Temp {
    path: PathBuf,
    file: File,
    done: bool,
}

impl Temp {
    /// A new file beside `target`, holding these bytes, and durably so. `like` gives it its owner
    /// and mode; without it they are those of any new file.
    pub(super) fn write(target: &Path, bytes: &[u8], like: Option<&Metadata>) -> io::Result<Self> {
        let path = directory(target).join(temporary_name(target));
        // Nobody else may look into it before it has the mode of the file it replaces.
        let mode = if like.is_some() { 0o600 } else { 0o666 };
        let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&path)?;
        let mut temp = Self { path, file, done: false };
        if let Some(like) = like {
            temp.take_after(like)?;
        }
        temp.file.write_all(bytes)?;
        temp.file.sync_all()?;
        Ok(temp)
    }

    fn take_after(&self, like: &Metadata) -> io::Result<()> {
        let (owner, group) = (Uid::from_raw(like.uid()), Gid::from_raw(like.gid()));
        // Only some may give files away; whoever may not keeps their own.
        if rustix::fs::fchown(&self.file, Some(owner), Some(group)).is_err() {
            let _ = rustix::fs::fchown(&self.file, None, Some(group));
        }
        self.file.set_permissions(Permissions::clone(&like.permissions()))
    }

    /// Puts it in the place of `target`, and gives what the file system knows of it there.
    pub(super) fn replace(mut self, target: &Path) -> io::Result<Metadata> {
        // Asked beforehand: once it is in its place nothing may fail any more.
        let metadata = self.file.metadata()?;
        std::fs::rename(&self.path, target)?;
        self.done = true;
        Ok(metadata)
    }

    /// Puts it under `target`, which must be free: else `AlreadyExists`.
    pub(super) fn appear(mut self, target: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, renameat_with};
        match renameat_with(CWD, &self.path, CWD, target, RenameFlags::NOREPLACE) {
            Ok(()) => self.done = true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error.into()),
            // Not every file system can do that; a second name for the file fails alike.
            Err(_) => std::fs::hard_link(&self.path, target)?,
        }
        Ok(())
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if !self.done {
            // There is nobody left to tell, and a left-over harms nothing.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// A hidden name that nobody else has; it stays within what a file system takes.
fn temporary_name(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().take(40).collect();
    format!(".{name}.{:08x}.tmp", fastrand::u32(..))
}

/// Makes the names in the directory of a file durable.
pub(super) fn sync_directory(of: &Path) -> io::Result<()> {
    File::open(directory(of))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_under_a_free_name() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.json");
        Temp::write(&target, b"one", None).unwrap().appear(&target).unwrap();
        let error = Temp::write(&target, b"two", None).unwrap().appear(&target).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        assert_eq!(dir.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_chain_of_links_is_followed_to_a_file_that_is_not_there_yet() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().canonicalize().unwrap();
        std::os::unix::fs::symlink("b", dir.join("a")).unwrap();
        std::os::unix::fs::symlink("c", dir.join("b")).unwrap();
        assert_eq!(resolve(&dir.join("a")).unwrap(), dir.join("c"));
        std::os::unix::fs::symlink("loop", dir.join("loop")).unwrap();
        assert!(resolve(&dir.join("loop")).is_err());
    }

    #[test]
    fn a_name_of_any_length_has_room_for_its_temporary_one() {
        assert!(temporary_name(Path::new(&"ü".repeat(120))).len() < 255);
    }
}
