//! Hidden files beside a workspace: one that is being written, one that was displaced.

use super::vfs::{Stat, Vfs, VfsFile};
use super::{directory, name_of};
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How a file ends that is being written.
pub(super) const TEMPORARY: &str = "tmp";
/// How a file ends that was displaced and is watched for late writers.
pub(super) const DISPLACED: &str = "prev";

/// A file that is being written beside the one it is to become. It goes away unless it does.
#[derive(Debug)]
pub(super) struct Temp<'a> {
    fs: &'a dyn Vfs,
    path: PathBuf,
    file: Box<dyn VfsFile>,
    done: bool,
}

impl<'a> Temp<'a> {
    /// A new file beside `target`, holding these bytes, and durably so. `like` gives it its owner
    /// and mode; without it they are those of any new file.
    pub(super) fn write(
        fs: &'a dyn Vfs,
        target: &Path,
        bytes: &[u8],
        like: Option<&Stat>,
    ) -> io::Result<Self> {
        // Nobody else may look into it before it has the mode of the file it replaces.
        let mode = if like.is_some() { 0o600 } else { 0o666 };
        Self::write_as(fs, target, bytes, mode, like)
    }

    /// The same for something private.
    pub(super) fn write_private(fs: &'a dyn Vfs, target: &Path, bytes: &[u8]) -> io::Result<Self> {
        Self::write_as(fs, target, bytes, 0o600, None)
    }

    fn write_as(
        fs: &'a dyn Vfs,
        target: &Path,
        bytes: &[u8],
        mode: u32,
        like: Option<&Stat>,
    ) -> io::Result<Self> {
        let path = hidden(target, TEMPORARY);
        let file = fs.create(&path, mode)?;
        let temp = Self { fs, path, file, done: false };
        if let Some(like) = like {
            temp.file.take_after(like)?;
        }
        temp.file.write(bytes)?;
        temp.file.sync()?;
        Ok(temp)
    }

    /// The name it has for now.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is known of it, wherever it stands by now.
    pub(super) fn stat(&self) -> io::Result<Stat> {
        self.file.stat()
    }

    /// Lets it stand where it is.
    pub(super) fn keep(mut self) {
        self.done = true;
    }

    /// Puts it in the place of `target`.
    pub(super) fn replace(mut self, target: &Path) -> io::Result<()> {
        self.fs.rename(&self.path, target)?;
        self.done = true;
        Ok(())
    }

    /// Puts it under `target`, which must be free: else `AlreadyExists`.
    pub(super) fn appear(self, target: &Path) -> io::Result<()> {
        // A second name fails where the first is taken; the temporary one goes with `self`.
        match self.fs.link(&self.path, target) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // Not every file system has second names.
            Err(_) if self.fs.stat(target).is_err() => self.replace(target),
            other => other,
        }
    }
}

impl Drop for Temp<'_> {
    fn drop(&mut self) {
        // An exchange may fail and yet have happened; then somebody's file stands here.
        let is_ours = || {
            let there = self.fs.stat(&self.path).map(|stat| (stat.device, stat.inode));
            let ours = self.file.stat().map(|stat| (stat.device, stat.inode));
            matches!((there, ours), (Ok(there), Ok(ours)) if there == ours)
        };
        if !self.done && is_ours() {
            // There is nobody left to tell, and what is left over is swept later.
            let _ = self.fs.remove(&self.path);
        }
    }
}

/// A hidden name beside `target` that nobody else has; it stays within what a file system takes.
pub(super) fn hidden(target: &Path, end: &str) -> PathBuf {
    directory(target).join(format!("{}{:08x}.{end}", beginning(target), fastrand::u32(..)))
}

/// What the names of all that is hidden beside `target` begin with.
pub(super) fn beginning(target: &Path) -> String {
    let name: String = name_of(target).chars().take(40).collect();
    format!(".{name}.")
}

/// Whether `name` is one that [`hidden`] gives for `target`, and how it ends.
pub(super) fn hidden_end(target: &Path, name: &OsStr) -> Option<&'static str> {
    let rest = name.to_str()?.strip_prefix(&beginning(target))?;
    let (digits, end) = rest.split_once('.')?;
    let is_random = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    [TEMPORARY, DISPLACED].into_iter().find(|known| is_random && *known == end)
}

#[cfg(test)]
mod tests {
    use super::super::vfs::RealFs;
    use super::*;

    #[test]
    fn a_file_appears_only_under_a_free_name() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a.json");
        let write = |bytes| Temp::write(&RealFs, &target, bytes, None).unwrap();
        write(b"one").appear(&target).unwrap();
        let error = write(b"two").appear(&target).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&target).unwrap(), b"one");
        assert_eq!(dir.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn hidden_names_are_known_again_and_have_room() {
        let long = "ü".repeat(120);
        for name in ["plan.json", "plan", &long] {
            let target = Path::new("/a").join(name);
            let hidden = hidden(&target, DISPLACED);
            let hidden = hidden.file_name().unwrap();
            assert!(hidden.len() < 255);
            assert_eq!(hidden_end(&target, hidden), Some(DISPLACED));
        }
        for other in [".plan.json.tmp", ".plan.json.0123456x.tmp", "plan.json", ".plan.json.swp"] {
            assert_eq!(hidden_end(Path::new("/a/plan.json"), OsStr::new(other)), None);
        }
    }
}
