//! The file that a save displaced: whoever had it open may still write to it.

use super::backup::{self, Reason};
use super::error::SaveError;
use super::file::{Read, Watched, WorkspaceFile};
use super::seen::{self, Seen};
use super::temp;
use super::vfs::Vfs;
use crate::workspace::Content;
use std::path::{Path, PathBuf};

impl WorkspaceFile {
    /// Keeps what cannot be read, among the backups or where it is.
    pub(super) fn set_aside(&self, displaced: PathBuf) -> PathBuf {
        let fs = &*self.site.fs;
        let bytes = seen::read(fs, &displaced).map(|(_, bytes)| bytes);
        let kept =
            bytes.and_then(|bytes| backup::keep(&self.site, &self.path, &bytes, Reason::Leftover));
        match kept {
            Ok(Some(backup)) => {
                let _ = fs.remove(&displaced);
                backup
            }
            _ => displaced,
        }
    }

    /// Lets go of a displaced file, or watches it for whoever has it open.
    pub(super) fn dispose(
        &mut self,
        target: &Path,
        displaced: &Path,
        seen: Seen,
        content: Content,
    ) {
        let fs = &*self.site.fs;
        let Some(session) = &mut self.state.session else {
            // What cannot be removed is swept later.
            let _ = fs.remove(displaced);
            return;
        };
        let path = temp::hidden(target, temp::DISPLACED);
        let watched = fs.rename(displaced, &path).and_then(|()| {
            let file = fs.open(&path)?;
            let _ = file.try_lock();
            Ok(Watched { path, file, seen, content })
        });
        if let Some(older) = std::mem::replace(&mut session.watched, watched.ok()) {
            older.release(fs);
        }
    }

    /// What somebody wrote to the displaced file after it was displaced, with what it held before.
    pub(super) fn late_writing(&mut self) -> Option<(Content, Read)> {
        let fs = &*self.site.fs;
        let watched = self.state.session.as_ref()?.watched.as_ref()?;
        if watched.is_as_displaced(fs) {
            return None;
        }
        let late = self.settled(&watched.path).ok()?;
        let watched = self.state.session.as_mut()?.watched.as_mut()?;
        let before = std::mem::replace(&mut watched.content, late.loaded.content.clone());
        watched.seen = late.seen;
        Some((before, late))
    }

    /// Ends a session: what late writers wrote is brought in, and nothing stays beside the file.
    ///
    /// # Errors
    /// As for [`WorkspaceFile::sync`]; what was displaced stays beside the file then.
    pub fn close(&mut self) -> Result<(), SaveError> {
        if let Some((before, late)) = self.late_writing() {
            // Made of what was displaced, and not of what was saved since.
            self.state.last = None;
            self.sync(&before, &late.loaded.content)?;
        }
        if let Some(watched) = self.state.session.take().and_then(|session| session.watched) {
            watched.release(&*self.site.fs);
        }
        Ok(())
    }
}

impl Watched {
    fn is_as_displaced(&self, fs: &dyn Vfs) -> bool {
        let stat = self.file.stat();
        stat.is_ok_and(|stat| self.seen.is_but_for_its_name(fs, &self.path, &stat))
    }

    /// Removes it. What somebody is still writing stays, and is swept up when it is done.
    fn release(self, fs: &dyn Vfs) {
        if self.is_as_displaced(fs) {
            // What cannot be removed is swept later.
            let _ = fs.remove(&self.path);
        }
    }
}
