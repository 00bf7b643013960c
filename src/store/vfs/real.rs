//! The file system of the machine.

use super::{Lock, Moment, Stat, Vfs, VfsFile};
use crate::store::hands;
use rustix::fs::{Access, CWD, Gid, OFlags, RenameFlags, Uid, renameat_with};
use std::ffi::OsString;
use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Symbolic links that are followed from one to the next.
const LINKS: usize = 40;

/// Bytes whose reading takes longer than starting a thread.
const PART: usize = 4 << 20;

/// The file system of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealFs;

impl From<&Metadata> for Stat {
    fn from(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            mode: metadata.mode(),
            owner: metadata.uid(),
            group: metadata.gid(),
            names: metadata.nlink(),
            regular: metadata.is_file(),
        }
    }
}

impl Lock for File {}

impl Vfs for RealFs {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            match path.canonicalize() {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                other => return other,
            }
            let dir = super::super::directory(&path).canonicalize()?;
            match path.read_link() {
                Ok(target) => path = dir.join(target),
                Err(_) => return Ok(dir.join(path.file_name().unwrap_or_default())),
            }
        }
        Err(io::Error::other("the symbolic links go round"))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        path.metadata().map(|metadata| Stat::from(&metadata))
    }

    fn names(&self, dir: &Path) -> io::Result<Vec<OsString>> {
        dir.read_dir()?.map(|entry| entry.map(|entry| entry.file_name())).collect()
    }

    fn make_dir(&self, dir: &Path, private: bool) -> io::Result<()> {
        let mode = if private { 0o700 } else { 0o777 };
        DirBuilder::new().recursive(true).mode(mode).create(dir)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn VfsFile>> {
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        Ok(Box::new(OpenOptions::new().read(true).custom_flags(flags).open(path)?))
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn VfsFile>> {
        Ok(Box::new(OpenOptions::new().append(true).create_new(true).mode(mode).open(path)?))
    }

    fn try_lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let dir = File::open(dir)?;
        Ok(locked(&dir)?.then_some(Box::new(dir)))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::hard_link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        File::open(dir)?.sync_all()
    }

    fn may_write(&self, path: &Path) -> bool {
        rustix::fs::access(path, Access::WRITE_OK).is_ok()
    }

    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (since.as_secs().try_into().unwrap_or(i64::MAX), since.subsec_nanos().into())
    }

    fn pause(&self, how_long: Duration) {
        std::thread::sleep(how_long);
    }
}

/// Reads so many bytes on with every processor. Where the file ends before that, nothing is read.
fn read_at_once(mut file: &File, size: usize) -> io::Result<Vec<u8>> {
    let start = file.stream_position()?;
    // What is asked for as zeros costs nothing until it is written.
    let mut bytes = vec![0; size + 1];
    bytes.truncate(size);
    let parts = bytes.chunks_mut(PART).zip((start..).step_by(PART));
    let parts: Vec<_> = parts.map(Mutex::new).collect();
    let read = |part: &Mutex<(&mut [u8], u64)>| {
        let mut part = part.lock().map_err(|_| ErrorKind::Other)?;
        let (bytes, at) = &mut *part;
        file.read_exact_at(bytes, *at)
    };
    let some = |parts: &[_]| parts.iter().try_for_each(read);
    hands::share(&parts, 1, some).into_iter().collect::<io::Result<()>>()?;
    drop(parts);
    file.seek(SeekFrom::Start(start + size as u64))?;
    Ok(bytes)
}

fn locked(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

impl VfsFile for File {
    fn stat(&self) -> io::Result<Stat> {
        self.metadata().map(|metadata| Stat::from(&metadata))
    }

    fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let size = self.metadata().map_or(0, |file| file.len().min(limit));
        let size = usize::try_from(size).unwrap_or_default();
        let mut bytes = Vec::new();
        if size > PART {
            bytes = read_at_once(self, size).unwrap_or_default();
        }
        // One byte more than there should be, so that the end is seen without asking for more room.
        bytes.reserve_exact(size + 1 - bytes.len());
        let left = limit + 1 - bytes.len() as u64;
        Read::take(self, left).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut file = self;
        file.write_all(bytes)
    }

    fn take_after(&self, like: &Stat) -> io::Result<()> {
        let (owner, group) = (Uid::from_raw(like.owner), Gid::from_raw(like.group));
        // Only some may give files away; whoever may not keeps their own.
        if rustix::fs::fchown(self, Some(owner), Some(group)).is_err() {
            let _ = rustix::fs::fchown(self, None, Some(group));
        }
        self.set_permissions(Permissions::from_mode(like.mode & 0o7777))
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_all()
    }

    fn sync_data(&self) -> io::Result<()> {
        File::sync_data(self)
    }

    fn try_lock(&self) -> io::Result<bool> {
        locked(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_links_is_followed_to_a_file_that_is_not_there_yet() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().canonicalize().unwrap();
        std::os::unix::fs::symlink("b", dir.join("a")).unwrap();
        std::os::unix::fs::symlink("c", dir.join("b")).unwrap();
        assert_eq!(RealFs.resolve(&dir.join("a")).unwrap(), dir.join("c"));
        std::os::unix::fs::symlink("loop", dir.join("loop")).unwrap();
        assert!(RealFs.resolve(&dir.join("loop")).is_err());
    }

    #[test]
    fn a_file_is_read_on_to_its_end_whatever_its_size() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        for size in [0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 7] {
            let bytes: Vec<u8> = (0..=250).cycle().take(size).collect();
            std::fs::write(&path, &bytes).unwrap();
            for begun in [0, 1, size / 2] {
                let begun = begun.min(size);
                let mut file = File::open(&path).unwrap();
                file.seek(SeekFrom::Start(begun as u64)).unwrap();
                let left = (size - begun) as u64;
                let read = |limit| VfsFile::read(&file, limit).unwrap();
                assert!(read(u64::MAX / 2).as_deref() == Some(&bytes[begun..]));
                assert_eq!(read(0).as_deref(), Some(&[][..]), "all is read");
                let again = || (&file).seek(SeekFrom::Start(begun as u64)).unwrap();
                again();
                assert!(read(left).as_deref() == Some(&bytes[begun..]));
                again();
                assert!(left == 0 || read(left - 1).is_none());
            }
        }
    }

    #[test]
    fn a_file_that_is_shorter_than_it_was_said_to_be_is_not_read_at_once() {
        let mut file = tempfile::tempfile().unwrap();
        let bytes: Vec<u8> = (0..=250).cycle().take(3 * PART).collect();
        file.write_all(&bytes).unwrap();
        file.seek(SeekFrom::Start(5)).unwrap();
        assert!(read_at_once(&file, 3 * PART).is_err());
        assert_eq!(file.stream_position().unwrap(), 5);
        assert!(VfsFile::read(&file, u64::MAX / 2).unwrap().as_deref() == Some(&bytes[5..]));
        file.seek(SeekFrom::Start(5)).unwrap();
        assert!(read_at_once(&file, 2 * PART).unwrap() == bytes[5..2 * PART + 5]);
        assert_eq!(file.stream_position().unwrap(), 2 * PART as u64 + 5);
    }

    #[test]
    fn a_directory_is_locked_by_one_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let held = RealFs.try_lock(dir.path()).unwrap();
        assert!(held.is_some());
        assert!(RealFs.try_lock(dir.path()).unwrap().is_none());
        drop(held);
        assert!(RealFs.try_lock(dir.path()).unwrap().is_some());
    }
}
