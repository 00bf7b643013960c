//! The journal of an open screen: each edit is in it before the frame that shows it.
//!
//! A journal belongs to one workspace, one machine and one process, and is locked for as long as
//! that lives. Its lines say what was done and which bytes the file had; so after a crash it is
//! known without guessing which edits are in the file, and nothing is ever done again over a file
//! that something else changed.

mod line;
mod machine;
mod recover;

pub use recover::{Recovered, Recovery, Review, others, recover};

use super::error::cause;
use super::site::Site;
use super::temp;
use super::vfs::VfsFile;
use crate::workspace::Step;
use line::{Header, Line};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes after which a journal begins anew at the next checkpoint.
const FULL: u64 = 4 << 20;

/// Edits are not in the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// There is nowhere to keep a journal.
    #[error("there is no state directory for a journal; set XDG_STATE_HOME or HOME")]
    Nowhere,
    /// It cannot be written. The edits wait in memory for the next attempt.
    #[error("the journal cannot be written: {}", cause(.0))]
    Io(#[from] io::Error),
}

/// A journal that is being written. Clones write to the same one, from any thread.
#[derive(Debug, Clone)]
pub struct Journal {
    site: Site,
    workspace: PathBuf,
    dir: PathBuf,
    session: u64,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    /// Nothing where the last one cannot be trusted any more.
    file: Option<Part>,
    /// Those before it, which go once there is a new one. They stay locked.
    older: Vec<Part>,
    /// How many there have been.
    parts: u64,
    size: u64,
    /// The number of the newest edit.
    newest: u64,
    /// The bytes the file had at the last checkpoint.
    hash: u64,
    /// The lines of the edits since.
    pending: Vec<(u64, String)>,
}

/// A file of a journal.
#[derive(Debug, Clone)]
struct Part {
    path: PathBuf,
    file: Arc<dyn VfsFile>,
    /// Whether its name survives a power cut.
    named: bool,
}

impl State {
    /// Nothing more is written to the file; it may still be readable.
    fn distrust(&mut self) {
        self.older.extend(self.file.take());
    }
}

impl Journal {
    /// Begins a journal of the workspace at a path, whose file has the bytes of this hash.
    ///
    /// # Errors
    /// [`JournalError`]; the work can go on without a journal, every edit then waits for the file.
    pub fn create(site: &Site, workspace: &Path, hash: u64) -> Result<Self, JournalError> {
        let dir = site.memory_of(workspace).ok_or(JournalError::Nowhere)?;
        let state = State {
            file: None,
            older: Vec::new(),
            parts: 0,
            size: 0,
            newest: 0,
            hash,
            pending: Vec::new(),
        };
        let journal = Self {
            site: site.clone(),
            workspace: workspace.to_owned(),
            dir,
            session: fastrand::u64(..),
            state: Arc::new(Mutex::new(state)),
        };
        journal.begin(&mut journal.state())?;
        Ok(journal)
    }

    /// Whether the other one is a clone of this.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.state, &other.state)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a new file with every edit since the last checkpoint, durably; then older ones go.
    /// Where that fails nothing has changed. A file that takes over from none waits for no disk:
    /// it is made durable with its first edit.
    fn begin(&self, state: &mut State) -> io::Result<()> {
        let fs = &*self.site.fs;
        fs.make_dir(&self.dir, true)?;
        let name = format!("journal-{}-{:08x}", std::process::id(), fastrand::u32(..));
        let path = self.dir.join(&name);
        // Until it is locked it could be taken for one of a dead process, so it has no name of a
        // journal before.
        let early = self.dir.join(format!("{name}.{}", temp::TEMPORARY));
        state.parts += 1;
        let header = Header {
            workspace: &self.workspace,
            hash: state.hash,
            session: self.session,
            part: state.parts,
            carries: state.pending.len(),
        };
        let mut text = header.write();
        state.pending.iter().for_each(|(_, line)| text.push_str(line));
        let is_first = state.file.is_none() && state.older.is_empty();
        let named = !is_first || !state.pending.is_empty();
        let written = fs.create(&early, 0o600).and_then(|file| {
            let _ = file.try_lock();
            file.write(text.as_bytes())?;
            if !state.pending.is_empty() {
                file.sync_data()?;
            }
            fs.rename(&early, &path)?;
            if named {
                fs.sync_dir(&self.dir)?;
            }
            Ok(file)
        });
        let file = written.inspect_err(|_| {
            // One that stays says itself that it is not complete.
            let _ = fs.remove(&early);
            let _ = fs.remove(&path);
        })?;
        state.distrust();
        state.file = Some(Part { path, file: file.into(), named });
        state.size = text.len() as u64;
        for Part { path, .. } in state.older.drain(..) {
            let _ = fs.remove(&path);
        }
        Ok(())
    }

    /// Writes an edit down, in one call, and gives its number. It survives the end of the process
    /// from now on, and a power cut after [`Journal::sync`].
    ///
    /// # Errors
    /// The edit waits in memory; every later call tries to write it again.
    pub fn append(&self, step: &Step) -> Result<u64, JournalError> {
        let mut state = self.state();
        state.newest += 1;
        let number = state.newest;
        let text = Line::Edit { number, at: self.site.fs.now().0, step: step.clone() }.write();
        state.pending.push((number, text.clone()));
        self.put(&mut state, &text)?;
        Ok(number)
    }

    /// Writes a line; where the file cannot be trusted, everything anew.
    fn put(&self, state: &mut State, text: &str) -> Result<(), JournalError> {
        let Some(part) = &state.file else { return Ok(self.begin(state)?) };
        if part.file.write(text.as_bytes()).is_ok() {
            state.size += text.len() as u64;
            return Ok(());
        }
        // Half a line may stand there, and nothing behind it would be read.
        state.distrust();
        Ok(self.begin(state)?)
    }

    /// Makes every edit so far durable and gives the number of the newest. It may take a while,
    /// in which others can be written down.
    ///
    /// # Errors
    /// Neither this journal nor a new one could be made durable.
    pub fn sync(&self) -> Result<u64, JournalError> {
        let (number, part) = {
            let state = self.state();
            (state.newest, state.file.clone())
        };
        let synced = part.is_some_and(|part| self.keep(&part).is_ok());
        let mut state = self.state();
        if synced {
            // One that was begun meanwhile took over from this one, and so was named at once.
            state.file.iter_mut().for_each(|part| part.named = true);
            return Ok(number);
        }
        // Asking the same file again would prove nothing.
        state.distrust();
        self.begin(&mut state)?;
        Ok(state.newest)
    }

    /// Makes a file and its name durable.
    fn keep(&self, part: &Part) -> io::Result<()> {
        part.file.sync_data()?;
        if part.named { Ok(()) } else { self.site.fs.sync_dir(&self.dir) }
    }

    /// The number of the newest edit.
    pub fn newest(&self) -> u64 {
        self.state().newest
    }

    /// Whether every edit that is not in the file stands in it.
    pub fn holds_all(&self) -> bool {
        let state = self.state();
        state.file.is_some() || state.pending.is_empty()
    }

    /// Notes that the file is about to get the bytes of this hash, which hold every edit up to
    /// `number`. A crash then leaves no doubt whether they are in it.
    pub fn announce(&self, number: u64, hash: u64) {
        let mut state = self.state();
        // Without this line a crash in the next moments asks where it need not; no edit is lost.
        let _ = self.put(&mut state, &Line::Try { number, hash }.write());
        drop(state);
        let _ = self.sync();
    }

    /// Notes that the file has the bytes of this hash, durably, and that they hold every edit up
    /// to `number`.
    pub fn checkpoint(&self, number: u64, hash: u64) {
        let mut state = self.state();
        state.hash = hash;
        state.pending.retain(|(pending, _)| *pending > number);
        // Where a new one cannot be begun, the old one goes on.
        if state.size > FULL && self.begin(&mut state).is_ok() {
            return;
        }
        let _ = self.put(&mut state, &Line::Checkpoint { number, hash }.write());
    }

    /// Ends the journal: when every edit is in the file, it goes away.
    pub fn close(self) {
        let state = self.state();
        if state.pending.is_empty() {
            for Part { path, .. } in state.older.iter().chain(&state.file) {
                // What stays holds nothing and goes the next time.
                let _ = self.site.fs.remove(path);
            }
        }
    }
}

/// Whether a name is that of a journal; temporary files beside it are not.
fn is_journal(name: &str) -> bool {
    name.starts_with("journal-") && !is_early(name)
}

/// Whether a name is that of a journal that is not locked yet.
fn is_early(name: &str) -> bool {
    name.starts_with("journal-") && name.ends_with(temp::TEMPORARY)
}
