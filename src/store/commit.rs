//! Saving: one way for every screen and every command, in which nobody's changes are lost.
//!
//! Under the lock the file is brought up to what is to be written. Whoever does not know of the
//! lock may still write at any moment; what they wrote is found beside the file afterwards, merged,
//! and written in the next round.

use super::backup::{self, Reason};
use super::error::{self, OpenError, SaveError};
use super::file::{Read, Tried, WorkspaceFile, read};
use super::leftover::{self, Swept};
use super::swap::{self, Put, Stop};
use super::vfs::Lock;
use super::{directory, format, seen};
use crate::workspace::{Content, MergeNote, Merged, Place, merge3};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long somebody else may save.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long somebody else may be writing until it can be read.
const SETTLING: Duration = Duration::from_secs(2);
/// How long to wait between two looks at what somebody is writing.
const LOOK: Duration = Duration::from_millis(50);
/// Rounds after which others write too fast to be merged with.
const ROUNDS: usize = 50;
/// Bytes up to which a release build reads what it is about to write.
const CHECKED: usize = 8 << 20;

/// What a save brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Synced {
    /// What is in the file now, durably.
    pub content: Content,
    /// Whether that is anything else than what was to be saved: something came in from outside.
    pub came_in: bool,
    /// What could not be decided while bringing both together.
    pub notes: Vec<MergeNote>,
    /// What a process that was killed had left.
    pub swept: Vec<Swept>,
    /// Where something is kept that was written meanwhile and cannot be read.
    pub aside: Option<PathBuf>,
    /// What tells the bytes of the file from others.
    pub hash: u64,
}

/// How a round ended.
enum Round {
    /// It is written.
    Done,
    /// Somebody else wrote this meanwhile, and it stands in the file.
    Raced(Box<Read>),
    /// Somebody else had written this in the moment in which it was displaced: it stands nowhere
    /// else any more.
    Displaced(Box<Read>),
    /// Somebody else wrote something that cannot be read; it is kept there.
    Aside(PathBuf),
}

/// What is being saved.
struct Draft<'a> {
    /// What it is based on, and what was to be saved.
    origin: (Content, Content),
    content: Content,
    notes: Vec<MergeNote>,
    announce: &'a mut dyn FnMut(u64),
}

impl Draft<'_> {
    fn merge(&mut self, base: &Content, theirs: &Content) {
        let Merged { content, notes } = merge3(base, &self.content, theirs);
        self.content = content;
        self.notes.extend(notes);
    }
}

impl WorkspaceFile {
    /// Locks the file against other processes of this program until [`WorkspaceFile::unlock`]:
    /// what is read then still holds when it is saved.
    ///
    /// # Errors
    /// [`SaveError::Busy`] when somebody else holds it for more than ten seconds.
    pub fn lock(&mut self) -> Result<(), SaveError> {
        let target = self.target()?;
        self.state.held = self.locked(&target)?;
        Ok(())
    }

    /// Lets others save again.
    pub fn unlock(&mut self) {
        self.state.held = None;
    }

    /// Whether something else wrote the file, or took it away, since it was last seen.
    pub fn is_changed(&self) -> bool {
        let fs = &*self.site.fs;
        let seen =
            |target: PathBuf| fs.stat(&target).is_ok_and(|stat| self.seen.is(fs, &target, &stat));
        !fs.resolve(&self.path).is_ok_and(seen)
    }

    fn target(&self) -> Result<PathBuf, SaveError> {
        match self.site.fs.resolve(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(SaveError::Missing(self.path.clone()))
            }
            other => other.map_err(|error| self.failed(&error)),
        }
    }

    /// The lock; none where it is held already, or where the file system has none: then only
    /// merging keeps others' changes.
    fn locked(&self, target: &Path) -> Result<Option<Box<dyn Lock>>, SaveError> {
        if self.state.held.is_some() {
            return Ok(None);
        }
        let (mut waited, mut pause) = (Duration::ZERO, Duration::from_millis(1));
        loop {
            match self.site.fs.try_lock(directory(target)) {
                Ok(Some(lock)) => return Ok(Some(lock)),
                Ok(None) if waited >= PATIENCE => return Err(SaveError::Busy(self.path.clone())),
                Ok(None) => {
                    self.site.fs.pause(pause);
                    waited += pause;
                    pause = (pause * 2).min(Duration::from_millis(50));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    return Err(SaveError::Missing(self.path.clone()));
                }
                Err(_) => return Ok(None),
            }
        }
    }

    pub(super) fn bring_together(
        &mut self,
        base: &Content,
        mine: &Content,
        announce: &mut dyn FnMut(u64),
    ) -> Result<Synced, SaveError> {
        let target = self.target()?;
        let _lock = self.locked(&target)?;
        self.check_writable()?;
        let swept = leftover::sweep(&self.site, &target);
        let origin = (base.clone(), mine.clone());
        let mut draft = Draft { origin, content: mine.clone(), notes: Vec::new(), announce };
        if let Some((before, late)) = self.late_writing() {
            draft.merge(&before, &late.loaded.content);
        }
        match swap::check(&*self.site.fs, &target, Some(&self.seen)) {
            Err(Stop::Changed) => {
                let theirs = self.settled(&target)?;
                self.take_over(theirs);
            }
            other => drop(other.map_err(|stop| self.stopped(stop))?),
        }
        let ancestor = match &self.state.last {
            // Made of the same as the last one, so what was saved then is older than it.
            Some((known, saved)) if known == base => saved.clone(),
            _ => base.clone(),
        };
        draft.merge(&ancestor, &self.content);
        let aside = self.rounds(&target, &mut draft, false)?;
        let Draft { content, notes, .. } = draft;
        let (came_in, hash) = (content != *mine, self.seen.hash);
        Ok(Synced { content, came_in, notes, swept, aside, hash })
    }

    pub(super) fn write_over(&mut self, content: &Content) -> Result<(), SaveError> {
        let target = self.target()?;
        let _lock = self.locked(&target)?;
        self.check_writable()?;
        leftover::sweep(&self.site, &target);
        let there =
            swap::check(&*self.site.fs, &target, None).map_err(|stop| self.stopped(stop))?;
        if there.is_some() {
            self.keep(&target, Reason::Overwritten)?;
        }
        let mut draft = Draft {
            origin: (self.content.clone(), content.clone()),
            content: content.clone(),
            notes: Vec::new(),
            announce: &mut |_| {},
        };
        self.rounds(&target, &mut draft, true)?;
        Ok(())
    }

    /// Writes, and merges and writes again while others do. Others who know nothing of us can keep
    /// that up for longer than anybody would wait.
    fn rounds(
        &mut self,
        target: &Path,
        draft: &mut Draft,
        mut force: bool,
    ) -> Result<Option<PathBuf>, SaveError> {
        for round in 1.. {
            let before = self.content.clone();
            let theirs = match self.round(target, draft, std::mem::take(&mut force))? {
                Round::Done => break,
                Round::Aside(path) => return Ok(Some(path)),
                // What stands in the file is not lost by giving up; what was displaced would be.
                Round::Raced(_) if round >= ROUNDS => {
                    return Err(SaveError::Contested(self.path.clone()));
                }
                Round::Raced(theirs) | Round::Displaced(theirs) => theirs,
            };
            draft.merge(&before, &theirs.loaded.content);
            let older = std::mem::replace(&mut self.source, theirs.loaded.source);
            self.source.remember(&older);
        }
        Ok(None)
    }

    fn round(&mut self, target: &Path, draft: &mut Draft, force: bool) -> Result<Round, SaveError> {
        let bytes = self.source.write(&draft.content);
        let is_there = seen::hash(&bytes) == self.seen.hash && !self.state.unsure;
        if is_there && !force && !self.is_changed() {
            self.content = draft.content.clone();
            self.state.last = None;
            return Ok(Round::Done);
        }
        if !is_whole(&bytes, &draft.content) {
            let words = "what would be written does not read back whole; the file is untouched, \
                         please report this";
            return Err(self.failed(&words));
        }
        if self.state.session.as_ref().is_some_and(|session| !session.backed_up) {
            // Without a backup the work goes on: it is one version more, not the only one.
            let backed_up = self.keep(target, Reason::Session).is_ok();
            self.state.session.iter_mut().for_each(|session| session.backed_up = backed_up);
        }
        let hash = seen::hash(&bytes);
        (draft.announce)(hash);
        let (content, last) = (draft.content.clone(), draft.origin.clone());
        self.state.tried = Some(Tried { hash, content, last });
        let expected = (!force).then_some(self.seen);
        let put = match swap::put(&*self.site.fs, target, &bytes, expected.as_ref()) {
            Err(Stop::Changed) => {
                let theirs = self.settled(target)?;
                self.seen = theirs.seen;
                let content = theirs.loaded.content.clone();
                let round = Round::Raced(Box::new(theirs));
                self.content = content;
                return Ok(round);
            }
            other => other.map_err(|stop| self.stopped(stop))?,
        };
        self.placed(target, put, draft)
    }

    /// Takes over what the file holds by now. It may be what was there but for its times, or what a
    /// save of ours wrote that ended with an error.
    pub(super) fn take_over(&mut self, theirs: Read) {
        if theirs.seen.hash == self.seen.hash {
            self.seen = theirs.seen;
        } else if let Some(tried) = self.state.tried.take_if(|tried| tried.hash == theirs.seen.hash)
        {
            (self.content, self.seen) = (tried.content, theirs.seen);
            self.state.last = Some(tried.last);
            self.state.unsure = true;
        } else {
            self.take_in(theirs);
        }
    }

    /// Takes in that something was put in place, and looks at what it displaced.
    fn placed(&mut self, target: &Path, put: Put, draft: &Draft) -> Result<Round, SaveError> {
        let content = &draft.content;
        let before = std::mem::replace(&mut self.content, content.clone());
        let was = std::mem::replace(&mut self.seen, put.seen);
        self.state.unsure = put.durable.is_err();
        // Whoever hears that it is saved goes on from there.
        self.state.last = put.durable.is_err().then(|| draft.origin.clone());
        if let Err(error) = put.durable {
            // What was displaced stays beside it until the next save.
            let reason = format!("it is written, but might not survive a power cut: {error}");
            return Err(self.failed(&reason));
        }
        self.state.tried = None;
        let Some(displaced) = put.displaced else { return Ok(Round::Done) };
        if put.expected {
            self.dispose(target, &displaced, was, before);
            return Ok(Round::Done);
        }
        match self.settled(&displaced) {
            Ok(theirs) => {
                self.dispose(target, &displaced, theirs.seen, theirs.loaded.content.clone());
                Ok(Round::Displaced(Box::new(theirs)))
            }
            Err(_) => Ok(Round::Aside(self.set_aside(displaced))),
        }
    }

    /// Reads what somebody else writes, once they are through with it.
    pub(super) fn settled(&self, path: &Path) -> Result<Read, SaveError> {
        let fs = &*self.site.fs;
        let mut waited = Duration::ZERO;
        loop {
            let theirs = read(fs, path, Some(&self.source));
            let still = |theirs: &Read| {
                fs.stat(path).is_ok_and(|stat| theirs.seen.is_but_for_its_name(fs, path, &stat))
            };
            match theirs {
                Ok(theirs) if still(&theirs) => return self.readable(theirs),
                Err(error) if waited >= SETTLING => return Err(self.unreadable(error)),
                Ok(theirs) if waited >= SETTLING => return self.readable(theirs),
                _ => {
                    fs.pause(LOOK);
                    waited += LOOK;
                }
            }
        }
    }

    fn readable(&self, theirs: Read) -> Result<Read, SaveError> {
        match theirs.loaded.newer {
            Some(version) => Err(SaveError::Newer { path: self.path.clone(), version }),
            None => Ok(theirs),
        }
    }

    fn unreadable(&self, error: OpenError) -> SaveError {
        match error {
            OpenError::NotFound(_) => SaveError::Missing(self.path.clone()),
            OpenError::Malformed { malformed, .. } => {
                SaveError::Malformed { path: self.path.clone(), malformed }
            }
            other => self.failed(&other),
        }
    }

    fn check_writable(&self) -> Result<(), SaveError> {
        match self.read_only() {
            Some(super::ReadOnly::Newer(version)) => {
                Err(SaveError::Newer { path: self.path.clone(), version })
            }
            Some(reason) => Err(self.failed(&reason)),
            None => Ok(()),
        }
    }

    /// Keeps what is in the file among the backups.
    fn keep(&self, target: &Path, reason: Reason) -> Result<(), SaveError> {
        let there = seen::read(&*self.site.fs, target);
        let kept = there.and_then(|(_, bytes)| backup::keep(&self.site, target, &bytes, reason));
        kept.map(drop)
            .map_err(|error| self.failed(&format!("no backup of it could be made: {error}")))
    }

    /// Keeps this version of the workspace among the backups.
    ///
    /// # Errors
    /// It could not be kept.
    pub fn keep_version(&self, content: &Content, reason: Reason) -> io::Result<Option<PathBuf>> {
        let bytes = self.source.write(content);
        backup::keep(&self.site, &self.path, &bytes, reason)
    }

    fn stopped(&self, stop: Stop) -> SaveError {
        match stop {
            Stop::Missing => SaveError::Missing(self.path.clone()),
            Stop::Changed => SaveError::Changed(self.path.clone()),
            Stop::Unfit(reason) => self.failed(&reason),
            Stop::Io(error) => self.failed(&error::cause(&error)),
        }
    }
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
