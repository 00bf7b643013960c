//! A workspace in its file: opening it, creating it, reading it again.

use super::commit::Synced;
use super::error::{CreateError, OpenError, SaveError};
use super::format::{self, Loaded, Notice, Source};
use super::seen::{LIMIT, Seen};
use super::site::Site;
use super::temp::Temp;
use super::vfs::{Lock, Vfs, VfsFile};
use super::{directory, seen};
use crate::workspace::Content;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Copies that may lie beside a file.
const COPIES: u64 = 99;

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
    pub(super) site: Site,
    pub(super) path: PathBuf,
    /// How what is in the file is spelled.
    pub(super) source: Source,
    /// What is in the file, as far as it was seen.
    pub(super) content: Content,
    pub(super) seen: Seen,
    pub(super) newer: Option<u64>,
    pub(super) state: State,
}

/// What a file remembers from one save to the next.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The lock that is held over several calls.
    pub held: Option<Box<dyn Lock>>,
    /// A session that stays.
    pub session: Option<Session>,
    /// What a save that reached the file and ended with an error was based on, and what was saved:
    /// whoever asked for it goes on from what it was made of.
    pub last: Option<(Content, Content)>,
    /// The same of a save of which it is not known whether it reached the file, and its bytes.
    pub tried: Option<Tried>,
    /// Whether what is in the file might not survive a power cut.
    pub unsure: bool,
}

/// A save that may have reached the file.
#[derive(Debug)]
pub(super) struct Tried {
    pub hash: u64,
    pub content: Content,
    pub last: (Content, Content),
}

/// What a session that stays does more than a single command.
#[derive(Debug, Default)]
pub(super) struct Session {
    /// The file that was displaced last.
    pub watched: Option<Watched>,
    /// Whether the version from before the session is among the backups.
    pub backed_up: bool,
}

/// A displaced file. Whoever had it open may still write to it.
#[derive(Debug)]
pub(super) struct Watched {
    pub path: PathBuf,
    pub file: Box<dyn VfsFile>,
    pub seen: Seen,
    pub content: Content,
}

/// A file that was read and taken apart.
pub(super) struct Read {
    pub loaded: Loaded,
    pub seen: Seen,
}

/// Reads and takes apart what stands at a path, where perhaps an older version is known.
pub(super) fn read(fs: &dyn Vfs, path: &Path, older: Option<&Source>) -> Result<Read, OpenError> {
    let (seen, bytes) = fetch(fs, path)?;
    take_apart(path, seen, bytes, older)
}

/// Reads what stands at a path.
pub(super) fn fetch(fs: &dyn Vfs, path: &Path) -> Result<(Seen, Vec<u8>), OpenError> {
    let io = |source: io::Error| match source.kind() {
        ErrorKind::NotFound => OpenError::NotFound(path.to_owned()),
        ErrorKind::FileTooLarge => OpenError::TooLarge(path.to_owned()),
        _ => OpenError::Io { path: path.to_owned(), source },
    };
    let stat = fs.stat(path).map_err(io)?;
    if !stat.regular {
        return Err(OpenError::NotAFile(path.to_owned()));
    }
    if stat.size > LIMIT {
        return Err(OpenError::TooLarge(path.to_owned()));
    }
    let (stat, bytes) = seen::read(fs, path).map_err(io)?;
    Ok((Seen::new(&stat, &bytes, fs.now()), bytes))
}

/// Takes apart what was read.
pub(super) fn take_apart(
    path: &Path,
    seen: Seen,
    bytes: Vec<u8>,
    older: Option<&Source>,
) -> Result<Read, OpenError> {
    let loaded = format::read_after(bytes, older)
        .map_err(|malformed| OpenError::Malformed { path: path.to_owned(), malformed })?;
    Ok(Read { loaded, seen })
}

impl WorkspaceFile {
    /// Opens the workspace at a path, with nothing remembered beside it.
    pub fn open(path: &Path) -> Result<(Opened, Self), OpenError> {
        Self::open_at(&Site::stateless(), path)
    }

    /// Opens the workspace at a path.
    pub fn open_at(site: &Site, path: &Path) -> Result<(Opened, Self), OpenError> {
        let Read { loaded, seen } = read(&*site.fs, path, None)?;
        let Loaded { content, source, notices, newer } = loaded;
        let file = Self { newer, ..Self::made_of(site, path, source, content.clone(), seen) };
        Ok((Opened { content, notices, read_only: file.read_only() }, file))
    }

    /// A file that is, or is to be, at a path.
    pub(super) fn made_of(
        site: &Site,
        path: &Path,
        source: Source,
        content: Content,
        seen: Seen,
    ) -> Self {
        let (site, path) = (site.clone(), path.to_owned());
        Self { site, path, source, content, seen, newer: None, state: State::default() }
    }

    /// Creates a workspace at a path under which there is nothing, and opens it. Directories that
    /// are missing are made.
    pub fn create(path: &Path, content: &Content) -> Result<(Opened, Self), CreateError> {
        Self::create_at(&Site::stateless(), path, content)
    }

    /// The same, with a place for what is remembered.
    pub fn create_at(
        site: &Site,
        path: &Path,
        content: &Content,
    ) -> Result<(Opened, Self), CreateError> {
        Self::create_from(site, path, &Source::blank().write(content))
    }

    /// The same with the example.
    pub fn create_example(path: &Path) -> Result<(Opened, Self), CreateError> {
        Self::create_example_at(&Site::stateless(), path)
    }

    /// The same with the example, and with a place for what is remembered.
    pub fn create_example_at(site: &Site, path: &Path) -> Result<(Opened, Self), CreateError> {
        Self::create_from(site, path, super::EXAMPLE)
    }

    fn create_from(site: &Site, path: &Path, bytes: &[u8]) -> Result<(Opened, Self), CreateError> {
        let (fs, dir) = (&*site.fs, directory(path));
        let written = fs
            .make_dir(dir, false)
            .and_then(|()| Temp::write(fs, path, bytes, None))
            .and_then(|temp| temp.appear(path))
            .and_then(|()| fs.sync_dir(dir));
        written.map_err(|source| match source.kind() {
            ErrorKind::AlreadyExists => CreateError::Exists(path.to_owned()),
            _ => CreateError::Io { path: path.to_owned(), source },
        })?;
        Ok(Self::open_at(site, path)?)
    }

    /// The path it was opened by.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where it is kept.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// What is in the file, as far as it was seen.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// What tells the bytes of the file from others, as far as they were seen.
    pub fn hash(&self) -> u64 {
        self.seen.hash
    }

    /// How many bytes it has, as far as they were seen.
    pub fn bytes(&self) -> u64 {
        self.seen.bytes()
    }

    /// How what is in it is spelled.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Why it may not be changed, where it may not.
    pub fn read_only(&self) -> Option<ReadOnly> {
        let protected = || (!self.may_replace()).then_some(ReadOnly::Protected);
        self.newer.map(ReadOnly::Newer).or_else(protected)
    }

    fn may_replace(&self) -> bool {
        let fs = &*self.site.fs;
        // What is gone is not protected: saving says so in its own words.
        fs.resolve(&self.path).map_or(true, |target| {
            fs.stat(&target).is_err() || fs.may_write(&target) && fs.may_write(directory(&target))
        })
    }

    /// Reads the file again.
    pub fn reload(&mut self) -> Result<Opened, OpenError> {
        let read = read(&*self.site.fs, &self.path, Some(&self.source))?;
        let notices = read.loaded.notices.clone();
        self.take_in(read);
        self.state.last = None;
        Ok(Opened { content: self.content.clone(), notices, read_only: self.read_only() })
    }

    /// From now on what was read is what is in the file.
    pub(super) fn take_in(&mut self, read: Read) {
        let Read { loaded, seen } = read;
        let older = std::mem::replace(&mut self.source, loaded.source);
        self.source.remember(&older);
        self.content = loaded.content;
        self.newer = loaded.newer;
        self.seen = seen;
    }

    /// Writes `content` over whatever the file holds by now, or where it is gone, and returns when
    /// that is durable. What was there goes to the backups. Only the person may say so.
    pub fn overwrite(&mut self, content: &Content) -> Result<(), SaveError> {
        self.write_over(content)
    }

    /// Brings `mine`, made of `base`, together with whatever the file holds by now, writes that and
    /// returns when it is durable. `base` is the newest content of the file that the caller has
    /// taken over: what was opened, what the last [`Synced`] brought, or what
    /// [`Outside::Changed`](super::Outside::Changed) told since.
    pub fn sync(&mut self, base: &Content, mine: &Content) -> Result<Synced, SaveError> {
        self.bring_together(base, mine, &mut |_| {})
    }

    /// The same; `announce` is called with the hash of what is about to be written.
    pub fn sync_announced(
        &mut self,
        base: &Content,
        mine: &Content,
        announce: &mut dyn FnMut(u64),
    ) -> Result<Synced, SaveError> {
        self.bring_together(base, mine, announce)
    }

    /// Watches what is displaced for late writers from now on, and keeps the version from before
    /// the first save: for a session that stays. [`WorkspaceFile::close`] ends it.
    pub fn watch(&mut self) {
        self.state.session.get_or_insert_default();
    }

    /// What was read, to be saved at another path: for a backup that is brought back. Everything
    /// is spelled as it was there.
    #[must_use]
    pub fn brought_to(self, path: &Path) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// Writes `content` beside the file, under a name that is free, and gives that name.
    pub fn save_beside(&self, content: &Content) -> Result<PathBuf, SaveError> {
        let fs = &*self.site.fs;
        let target = fs.resolve(&self.path).unwrap_or_else(|_| self.path.clone());
        let like = fs.stat(&target).ok();
        let bytes = self.source.write(content);
        for nth in 1..=COPIES {
            let beside = beside(&target, nth);
            let written = Temp::write(fs, &beside, &bytes, like.as_ref())
                .and_then(|temp| temp.appear(&beside))
                .and_then(|()| fs.sync_dir(directory(&beside)));
            match written {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(self.failed(&error)),
                Ok(()) => return Ok(beside),
            }
        }
        Err(self.failed(&"every name beside it is taken"))
    }

    pub(super) fn failed(&self, reason: &impl ToString) -> SaveError {
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
