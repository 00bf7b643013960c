//! Every call to a file system that `store` makes, and nothing else: the one place to put
//! something else under it. A simulated file system can lose power here, a faulty one can fail.

mod real;

pub use real::RealFs;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Seconds and nanoseconds since 1970.
pub type Moment = (i64, i64);

/// What a file system knows of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// The device it is on.
    pub device: u64,
    /// Its number there; numbers are given again once they are free.
    pub inode: u64,
    /// Its length in bytes.
    pub size: u64,
    /// When its bytes last changed; tools set this back.
    pub modified: Moment,
    /// When anything of it last changed, its name and mode included.
    pub changed: Moment,
    /// Type and permissions.
    pub mode: u32,
    /// Whose it is.
    pub owner: u32,
    /// The group whose it is.
    pub group: u32,
    /// How many names it has.
    pub names: u64,
    /// Whether it is a file rather than a directory, a pipe or a device.
    pub regular: bool,
}

/// A lock that is held; it goes when it is dropped, and when the process ends, however it ends.
pub trait Lock: Debug + Send {}

/// A file system. Paths are whole paths.
pub trait Vfs: Debug + Send + Sync {
    /// The path of the file that a path leads to in the end, whether or not it is there.
    fn resolve(&self, path: &Path) -> io::Result<PathBuf>;
    /// What is known of the file a path leads to.
    fn stat(&self, path: &Path) -> io::Result<Stat>;
    /// The names in a directory, in no particular order.
    fn names(&self, dir: &Path) -> io::Result<Vec<OsString>>;
    /// Makes a directory and those above it, for this person only where `private`.
    fn make_dir(&self, dir: &Path, private: bool) -> io::Result<()>;
    /// Opens a file to be read. It never waits, whatever stands under the path.
    fn open(&self, path: &Path) -> io::Result<Box<dyn VfsFile>>;
    /// Creates a file under a free name, to be written to its end.
    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn VfsFile>>;
    /// Locks a directory against those who lock it too; `None` when somebody has it.
    fn try_lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Lock>>>;
    /// Lets two files change places in one go.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Puts a file under another name in one go; what stood there is gone.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file a second name, which must be free.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a name away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a directory durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
    /// Whether the person may write to what stands there.
    fn may_write(&self, path: &Path) -> bool;
    /// The time on the clock that stamps files.
    fn now(&self) -> Moment;
    /// Lets others work for a while.
    fn pause(&self, how_long: Duration);
}

/// An open file.
pub trait VfsFile: Debug + Send + Sync {
    /// What is known of it, under whatever name it stands now.
    fn stat(&self) -> io::Result<Stat>;
    /// Reads on to its end; `None` when that is more than `limit` bytes away.
    fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>>;
    /// Writes all of this at its end, in one call where the system takes it in one.
    fn write(&self, bytes: &[u8]) -> io::Result<()>;
    /// Gives it mode and owner of another file, as far as the person may.
    fn take_after(&self, like: &Stat) -> io::Result<()>;
    /// Makes it durable. Once this failed, trying again proves nothing: write another file.
    fn sync(&self) -> io::Result<()>;
    /// Makes its bytes durable; the same holds.
    fn sync_data(&self) -> io::Result<()>;
    /// Locks it while it is open; false when somebody has it.
    fn try_lock(&self) -> io::Result<bool>;
}
