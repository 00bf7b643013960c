//! What a process that died left in its journal, and whether it may be done again.

use super::super::backup::{self, Reason};
use super::super::file::WorkspaceFile;
use super::super::seen;
use super::super::site::Site;
use super::super::vfs::VfsFile;
use super::line::{self, Line, Text};
use super::{is_early, is_journal, machine};
use crate::workspace::{Content, Document, MergeNote, Merged, Op, Step, Workspace, merge3, sorted};
use jiff::Timestamp;
use std::io;
use std::path::{Path, PathBuf};

/// Seconds after which a journal without its name has nobody any more.
const EARLY: i64 = 3600;

/// What was found in the journals of dead processes.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Edits of which it is certain that they belong onto the file as it is. Save it by
    /// [`WorkspaceFile::sync`], then call [`Recovered::finish`].
    pub recovered: Option<Recovered>,
    /// Edits made onto another file than this: something changed it since. For the person.
    pub reviews: Vec<Review>,
    /// Journals of other machines or other versions, left alone.
    pub foreign: Vec<PathBuf>,
    /// Of which journals not all could be read, and where all of it is kept, a line each.
    pub unread: Vec<String>,
}

/// A journal of a dead process; nobody else takes it up meanwhile.
#[derive(Debug)]
struct Found {
    path: PathBuf,
    /// Held for its lock.
    _file: Box<dyn VfsFile>,
    /// Whether it stays although it is done with: something in it is nowhere else.
    stays: bool,
}

/// Edits that belong onto the file as it is.
#[derive(Debug)]
pub struct Recovered {
    /// The content with them.
    pub content: Content,
    /// How many.
    pub edits: usize,
    /// When the newest was made.
    pub at: Option<Timestamp>,
    /// What could not be decided, where several processes died.
    pub notes: Vec<MergeNote>,
    journals: Vec<Found>,
}

/// Edits that were made onto another file.
#[derive(Debug)]
pub struct Review {
    /// The content as far as they can be brought into it.
    pub merged: Merged,
    /// What was done, in words, in order.
    pub words: Vec<String>,
    /// When the newest was made.
    pub at: Option<Timestamp>,
    journal: Found,
}

impl Recovered {
    /// Lets go of the journals, once what they held is durably in the file.
    pub fn finish(self, site: &Site) {
        self.journals.iter().for_each(|journal| remove(site, journal));
    }
}

impl Review {
    /// Lets go of the journal, once what was wanted of it is durably in the file.
    pub fn finish(self, site: &Site) {
        remove(site, &self.journal);
    }

    /// Puts the journal among the backups of the workspace.
    ///
    /// # Errors
    /// It could not be kept there, and stays where it is.
    pub fn discard(self, site: &Site, workspace: &Path) -> io::Result<()> {
        let (_, bytes) = seen::read(&*site.fs, &self.journal.path)?;
        backup::keep(site, workspace, &bytes, Reason::Discarded)?;
        remove(site, &self.journal);
        Ok(())
    }
}

fn remove(site: &Site, journal: &Found) {
    if !journal.stays {
        // What stays is found to be in the file the next time, and removed then.
        let _ = site.fs.remove(&journal.path);
    }
}

/// Keeps a journal of which not all can be read among the backups, and says so: what stands behind
/// the hole was done onto something that is not known, and done again it could do harm. Whether it
/// is kept there.
fn put_aside(recovery: &mut Recovery, file: &WorkspaceFile, bytes: &[u8], path: &Path) -> bool {
    let kept = backup::keep(file.site(), file.path(), bytes, Reason::Unread).ok().flatten();
    let place = kept.as_deref().unwrap_or(path).display();
    recovery.unread.push(format!(
        "something in the journal of a crashed session cannot be read; what it did after that is \
         not brought in, all of it is kept as {place}"
    ));
    kept.is_some()
}

/// The processes that have this workspace open now, by their journals.
pub fn others(site: &Site, workspace: &Path) -> Vec<u32> {
    let alive =
        |path: &PathBuf| site.fs.open(path).is_ok_and(|file| matches!(file.try_lock(), Ok(false)));
    let pid = |path: PathBuf| path.file_name()?.to_str()?.split('-').nth(1)?.parse().ok();
    let pids = journals(site, workspace).into_iter().filter(alive).filter_map(pid);
    pids.filter(|pid| *pid != std::process::id()).collect()
}

fn journals(site: &Site, workspace: &Path) -> Vec<PathBuf> {
    let Some(dir) = site.memory_of(workspace) else { return Vec::new() };
    let names = site.fs.names(&dir).unwrap_or_default();
    let names = names.into_iter().filter(|name| name.to_str().is_some_and(is_journal));
    let mut paths: Vec<PathBuf> = names.map(|name| dir.join(name)).collect();
    paths.sort_unstable();
    paths
}

/// Takes away what processes left that were killed before their journal had its name. Nobody was
/// told of an edit in it.
fn sweep(site: &Site, workspace: &Path) {
    let Some(dir) = site.memory_of(workspace) else { return };
    let now = site.fs.now().0;
    let names = site.fs.names(&dir).unwrap_or_default();
    for path in names.into_iter().filter(|name| name.to_str().is_some_and(is_early)) {
        let path = dir.join(path);
        // A younger one may belong to a process that is about to lock it.
        let old = site.fs.stat(&path).is_ok_and(|stat| now - stat.modified.0 > EARLY);
        if old && site.fs.open(&path).is_ok_and(|file| file.try_lock().unwrap_or(true)) {
            let _ = site.fs.remove(&path);
        }
    }
}

/// Looks through the journals of dead processes. What is in the file already is let go of.
pub fn recover(file: &WorkspaceFile) -> Recovery {
    let site = file.site();
    sweep(site, file.path());
    let mut recovery = Recovery::default();
    let mut left: Vec<(Text, Found)> = Vec::new();
    for path in journals(site, file.path()) {
        let Ok(journal) = site.fs.open(&path) else { continue };
        if !journal.try_lock().unwrap_or(true) {
            continue;
        }
        let Ok(bytes) = seen::read_whole(&*journal) else { continue };
        let mut journal = Found { path, _file: journal, stays: false };
        match line::read(&bytes) {
            Some(text) if text.machine == machine::id() => {
                journal.stays =
                    text.has_hole && !put_aside(&mut recovery, file, &bytes, &journal.path);
                left.push((text, journal));
            }
            None if line::is_broken(&bytes) => {
                journal.stays = !put_aside(&mut recovery, file, &bytes, &journal.path);
                remove(site, &journal);
            }
            // It never became complete, so nobody was told of an edit in it.
            None if !line::is_other(&bytes) => remove(site, &journal),
            _ => recovery.foreign.push(journal.path),
        }
    }
    // Of a session that began anew the newest counts; the one before it just had not gone yet.
    sorted::by_key(&mut left, |(text, _)| std::cmp::Reverse(text.session));
    let mut session = None;
    for (text, journal) in left {
        if session.replace(text.session.0) == Some(text.session.0) {
            remove(site, &journal);
        } else {
            take_up(&mut recovery, file, text, journal);
        }
    }
    recovery
}

fn take_up(recovery: &mut Recovery, file: &WorkspaceFile, text: Text, journal: Found) {
    let pending = Pending::of(text, file.hash());
    if pending.steps.is_empty() {
        return remove(file.site(), &journal);
    }
    let now = recovery.recovered.as_ref().map_or(file.content(), |known| &known.content);
    if !pending.fits {
        let merged = rebased(file.content(), &pending.steps);
        if merged.content == *file.content() {
            return remove(file.site(), &journal);
        }
        let words = pending.steps.into_iter().map(|step| step.words).collect();
        recovery.reviews.push(Review { merged, words, at: pending.at, journal });
        return;
    }
    let merged = done_again(now, &pending.steps)
        .map_or_else(|| rebased(now, &pending.steps), Merged::undisputed);
    let known = recovery.recovered.get_or_insert_with(|| Recovered {
        content: Content::default(),
        edits: 0,
        at: None,
        notes: Vec::new(),
        journals: Vec::new(),
    });
    known.content = merged.content;
    known.notes.extend(merged.notes);
    known.edits += pending.steps.len();
    known.at = known.at.max(pending.at);
    known.journals.push(journal);
}

/// What of a journal is not in the file.
struct Pending {
    steps: Vec<Step>,
    /// Whether they were made onto the file as it is.
    fits: bool,
    at: Option<Timestamp>,
}

impl Pending {
    /// Only the bytes of the last checkpoint, and those announced since, can be in the file by
    /// this process: anything else was put there by something else.
    fn of(text: Text, there: u64) -> Self {
        let (mut number, mut fits) = (0, text.hash == there);
        for line in &text.lines {
            match *line {
                Line::Checkpoint { number: saved, hash } => {
                    (number, fits) = (saved, hash == there);
                }
                Line::Try { number: tried, hash } if hash == there => {
                    (number, fits) = (tried, true);
                }
                _ => {}
            }
        }
        let (mut steps, mut newest) = (Vec::new(), None);
        for line in text.lines {
            if let Line::Edit { number: of, at, step } = line
                && of > number
            {
                steps.push(step);
                newest = newest.max(Some(at));
            }
        }
        let at = newest.and_then(|at| Timestamp::from_second(at).ok());
        Self { steps, fits, at }
    }
}

/// The content with these steps done, where each takes the place of what it took the place of
/// then. Otherwise something is in the file that the person had not heard of: a save brings others'
/// changes in before the screen has them.
fn done_again(content: &Content, steps: &[Step]) -> Option<Content> {
    let mut document = Document::new(Workspace::new(content.clone()));
    let mut again =
        |step: &Step| document.adopt(step.op.clone()).ok() == Some(step.inverse.clone());
    steps.iter().all(&mut again).then(|| document.workspace().content().clone())
}

/// Does an op as far as it can be done.
fn redo(document: &mut Document, op: &Op) {
    if document.adopt(op.clone()).is_err() {
        op.each(&mut |op| drop(document.adopt(op.clone())));
    }
}

/// Steps that were made onto another content, brought into this one: as a merge with what they
/// were made onto, as far as they say what that was.
fn rebased(content: &Content, steps: &[Step]) -> Merged {
    let mut document = Document::new(Workspace::new(content.clone()));
    for step in steps.iter().rev() {
        step.inverse.each(&mut |op| {
            if let Op::Insert { record, .. } = op {
                // As it was then, and not as it is now.
                let _ = document.adopt(Op::Remove { id: record.id().clone() });
            }
            let _ = document.adopt(op.clone());
        });
    }
    let before = document.workspace().content().clone();
    steps.iter().for_each(|step| redo(&mut document, &step.op));
    merge3(&before, document.workspace().content(), content)
}
