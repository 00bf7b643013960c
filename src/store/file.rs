//! A workspace in its file: opening, saving, reading again.
//!
//! A save writes a new file beside the old one, makes it durable and puts it in its place. At
//! every moment the file is whole: either as it was or as it is to be.

use super::disk::{self, Identity, Temp};
use super::error::{CreateError, OpenError, SaveError};
use super::format::{self, Loaded, Notice, Source};
use crate::workspace::{Content, Place, Record, Section};
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Bytes of the largest file that is opened.
const LIMIT: u64 = 256 << 20;

/// Copies that may lie beside a file.
const COPIES: u64 = 99;

/// Bytes up to which a release build reads what it is about to write.
const CHECKED: usize = 8 << 20;

/// A file as it was read.
#[derive(Debug)]
pub struct Opened {
    /// What it holds.
    pub content: Content,
    /// What was repaired or is doubtful.
    pub notices: Vec<Notice>,
    /// Why nothing may be changed, where nothing may.
    pub read_only: Option<ReadOnly>,
}

/// Why a workspace may not be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// Its format is newer than this program.
    #[error("format {0} is newer than this version of twohats; update it to make changes")]
    Newer(u64),
    /// The person may not write to the file or its directory.
    #[error("you may not write to this file or its directory; change its mode to make changes")]
    Protected,
}

impl ReadOnly {
    /// The code a command ends with that would have changed something.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Newer(_) => 76,
            Self::Protected => 74,
        }
    }
}

/// The file that a workspace was read from.
#[derive(Debug)]
pub struct WorkspaceFile {
    path: PathBuf,
    source: Source,
    seen: Seen,
    newer: Option<u64>,
}

/// The file as this program last saw it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    identity: Identity,
    hash: u64,
    /// Whether it had been changed so lately that its identity alone does not tell.
    fresh: bool,
}

impl Seen {
    fn new(metadata: &Metadata, bytes: &[u8]) -> Self {
        Self {
            identity: Identity::of(metadata),
            hash: xxh3_64(bytes),
            fresh: disk::is_fresh(metadata),
        }
    }
}

impl WorkspaceFile {
    /// Opens the workspace at a path.
    pub fn open(path: &Path) -> Result<(Opened, Self), OpenError> {
        let io = |source: io::Error| match source.kind() {
            ErrorKind::NotFound => OpenError::NotFound(path.to_owned()),
            _ => OpenError::Io { path: path.to_owned(), source },
        };
        if !disk::metadata(path).map_err(io)?.is_file() {
            return Err(OpenError::NotAFile(path.to_owned()));
        }
        let file = disk::open(path).map_err(io)?;
        // What is known of the file from before it is read: a change in between shows later.
        let metadata = file.metadata().map_err(io)?;
        let too_large = || OpenError::TooLarge(path.to_owned());
        if metadata.len() > LIMIT {
            return Err(too_large());
        }
        let bytes = disk::read(&file, LIMIT).map_err(io)?.ok_or_else(too_large)?;
        let seen = Seen::new(&metadata, &bytes);
        let Loaded { content, source, notices, newer } = format::read(bytes)
            .map_err(|malformed| OpenError::Malformed { path: path.to_owned(), malformed })?;
        let file = Self { path: path.to_owned(), source, seen, newer };
        Ok((Opened { content, notices, read_only: file.read_only() }, file))
    }

    /// Creates a workspace at a path under which there is nothing, and opens it. Directories that
    /// are missing are made.
    pub fn create(path: &Path, content: &Content) -> Result<(Opened, Self), CreateError> {
        Self::create_from(path, &Source::blank().write(content))
    }

    /// The same with the example.
    pub fn create_example(path: &Path) -> Result<(Opened, Self), CreateError> {
        Self::create_from(path, super::EXAMPLE)
    }

    fn create_from(path: &Path, bytes: &[u8]) -> Result<(Opened, Self), CreateError> {
        let written = std::fs::create_dir_all(disk::directory(path))
            .and_then(|()| Temp::write(path, bytes, None))
            .and_then(|temp| temp.appear(path))
            .and_then(|()| disk::sync_directory(path));
        written.map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => CreateError::Exists(path.to_owned()),
            _ => CreateError::Io { path: path.to_owned(), source },
        })?;
        Ok(Self::open(path)?)
    }

    /// The path it was opened by.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// One record as JSON, with all that the file says of it, and `more` members behind.
    pub fn record_with(
        &self,
        section: Section,
        record: &Arc<Record>,
        more: &[(&str, String)],
    ) -> String {
        self.source.record_with(section, record, more)
    }

    /// Why it may not be changed, where it may not.
    pub fn read_only(&self) -> Option<ReadOnly> {
        let protected = || (!self.may_replace()).then_some(ReadOnly::Protected);
        self.newer.map(ReadOnly::Newer).or_else(protected)
    }

    fn may_replace(&self) -> bool {
        // What is gone is not protected: saving says so in its own words.
        disk::resolve(&self.path)
            .map_or(true, |target| disk::metadata(&target).is_err() || disk::is_writable(&target))
    }

    /// Reads the file again.
    pub fn reload(&mut self) -> Result<Opened, OpenError> {
        let (opened, file) = Self::open(&self.path)?;
        *self = file;
        Ok(opened)
    }

    /// Writes `content` to the file and returns when that is durable. With `force`, also over a
    /// file that something else changed, or where it is gone; only the person may say so.
    pub fn save(&mut self, content: &Content, force: bool) -> Result<(), SaveError> {
        if let Some(reason) = self.read_only() {
            return Err(self.failed(&reason));
        }
        let target = match disk::resolve(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(self.missing()),
            other => other.map_err(|error| self.failed(&error))?,
        };
        let like = self.check(&target, force)?;
        let bytes = self.source.write(content);
        if !is_whole(&bytes, content) {
            return Err(self.failed(&"internal check failed, the file is untouched"));
        }
        let temp = Temp::write(&target, &bytes, like.as_ref());
        let temp = temp.map_err(|error| self.failed(&error))?;
        // Writing took a while; the file may have changed meanwhile.
        self.check(&target, force)?;
        let metadata = temp.replace(&target).map_err(|error| self.failed(&error))?;
        self.seen = Seen::new(&metadata, &bytes);
        disk::sync_directory(&target).map_err(|error| {
            self.failed(&format!("it is written, but might not survive a power cut: {error}"))
        })
    }

    /// Writes `content` beside the file, under a name that is free, and gives that name.
    pub fn save_beside(&self, content: &Content) -> Result<PathBuf, SaveError> {
        let target = disk::resolve(&self.path).unwrap_or_else(|_| self.path.clone());
        let like = disk::metadata(&target).ok();
        let bytes = self.source.write(content);
        for nth in 1..=COPIES {
            let beside = beside(&target, nth);
            let written = Temp::write(&beside, &bytes, like.as_ref())
                .and_then(|temp| temp.appear(&beside))
                .and_then(|()| disk::sync_directory(&beside));
            match written {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(self.failed(&error)),
                Ok(()) => return Ok(beside),
            }
        }
        Err(self.failed(&"every name beside it is taken"))
    }

    /// Whether the file is still the one that was seen; gives what is known of it, if it is there.
    fn check(&self, target: &Path, force: bool) -> Result<Option<Metadata>, SaveError> {
        let metadata = match disk::metadata(target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return if force { Ok(None) } else { Err(self.missing()) };
            }
            other => other.map_err(|error| self.failed(&error))?,
        };
        if !metadata.is_file() {
            return Err(self.failed(&"it is not a file any more; save somewhere else"));
        }
        if std::os::unix::fs::MetadataExt::nlink(&metadata) > 1 {
            let reason = "it has a second name (a hard link), which replacing it would cut off; \
                          save beside it";
            return Err(self.failed(&reason));
        }
        if !force && !self.is_as_seen(target, &metadata) {
            return Err(SaveError::Changed(self.path.clone()));
        }
        Ok(Some(metadata))
    }

    fn is_as_seen(&self, target: &Path, metadata: &Metadata) -> bool {
        let same_bytes = || {
            let bytes = disk::open(target).and_then(|file| disk::read(&file, LIMIT));
            matches!(bytes, Ok(Some(bytes)) if xxh3_64(&bytes) == self.seen.hash)
        };
        Identity::of(metadata) == self.seen.identity && (!self.seen.fresh || same_bytes())
    }

    fn missing(&self) -> SaveError {
        SaveError::Missing(self.path.clone())
    }

    fn failed(&self, reason: &impl ToString) -> SaveError {
        SaveError::Failed { path: self.path.clone(), reason: reason.to_string() }
    }
}

/// The `nth` name for a copy beside a file: `plan.mine.json`, `plan.mine-2.json`.
fn beside(target: &Path, nth: u64) -> PathBuf {
    let name = target.file_stem().unwrap_or_default().to_string_lossy();
    let number = if nth == 1 { String::new() } else { format!("-{nth}") };
    let end = target.extension().map(|end| format!(".{}", end.to_string_lossy()));
    target.with_file_name(format!("{name}.mine{number}{}", end.unwrap_or_default()))
}

/// Whether bytes about to be written read as the records they are made of. Large ones are trusted,
/// since reading them would take as long as writing them.
fn is_whole(bytes: &[u8], content: &Content) -> bool {
    if bytes.len() >= CHECKED && !cfg!(debug_assertions) {
        return true;
    }
    format::read(bytes.to_vec()).is_ok_and(|loaded| {
        let same_ids = |place| {
            let (written, meant) = (loaded.content.list(place), content.list(place));
            written.iter().map(|record| record.id()).eq(meant.iter().map(|record| record.id()))
        };
        loaded.newer.is_none() && Place::ALL.into_iter().all(same_ids)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_beside_a_file_are_named_after_it() {
        let path = Path::new("/a/plan.json");
        assert_eq!(beside(path, 1), Path::new("/a/plan.mine.json"));
        assert_eq!(beside(path, 2), Path::new("/a/plan.mine-2.json"));
        assert_eq!(beside(Path::new("/a/plan"), 1), Path::new("/a/plan.mine"));
    }
}
