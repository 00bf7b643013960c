//! A workspace on the desk of one command: read once, changed at most once, durable before the
//! command ends well.

use super::concern::concerns;
use super::console::Console;
use super::failure::Failure;
use super::odd::{notify, told};
use super::sitting::Sitting;
use super::targets::Meant;
use super::way_back;
use crate::app::actions::Trading;
use crate::app::sprint::change::dated;
use crate::insight::trade;
use crate::scoring::Framework;
use crate::store::backup::Reason;
use crate::store::copies::Copied;
use crate::store::journal::{self, Recovered, Recovery};
use crate::store::{ActivityLog, Notice, OpenError, Site, WorkspaceFile, find};
use crate::workspace::{
    Change, Content, Document, Hat, Id, IdSource, Op, Place, Record, Step, Workspace,
};
use jiff::Timestamp;
use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A workspace and its file.
pub(super) struct Desk {
    document: Document,
    file: Rc<RefCell<WorkspaceFile>>,
    path: PathBuf,
    /// The batch that the command is part of, which does the saving.
    batch: Option<Sitting>,
    /// Why it is changed, where it is against the plan; empty where nobody says so.
    why: String,
    /// Whether what is changed was found by a query, and nobody saw yet what that is.
    found: bool,
}

impl Desk {
    /// Opens the workspace that is meant, and says what is odd about it.
    pub fn open(console: &Console) -> Result<Self, Failure> {
        let (desk, notices) = Self::read(console)?;
        notify(console, &notices);
        Ok(desk)
    }

    /// The same desk, on which changes against the plan have this reason.
    pub fn because(self, why: Option<&str>) -> Self {
        Self { why: why.unwrap_or_default().trim().to_owned(), ..self }
    }

    /// The same desk, on which what these words mean is changed.
    pub fn of(self, meant: &Meant) -> Self {
        Self { found: meant.is_found(), ..self }
    }

    /// Opens the workspace that is meant; what is odd about it comes with it.
    pub fn read(console: &Console) -> Result<(Self, Vec<Notice>), Failure> {
        if let Some(sitting) = &console.sitting {
            let (content, file) = (sitting.content(), Rc::clone(&sitting.file));
            return Ok((Self::new(content, file, Some(sitting.clone())), Vec::new()));
        }
        let named = console.options.file.clone();
        let variable = std::env::var_os(find::VARIABLE);
        let told = named.is_some() || variable.is_some_and(|value| !value.is_empty());
        let path = find::find(named)?;
        let (opened, file) =
            WorkspaceFile::open_at(&Site::here(), &path).map_err(|error| match error {
                OpenError::NotFound(path) if !told => Failure::NoWorkspace(path),
                error => error.into(),
            })?;
        let desk = Self::new(opened.content, Rc::new(RefCell::new(file)), None);
        Ok((desk, opened.notices))
    }

    fn new(content: Content, file: Rc<RefCell<WorkspaceFile>>, batch: Option<Sitting>) -> Self {
        let path = file.borrow().path().to_owned();
        Self { document: document(content), file, path, batch, why: String::new(), found: false }
    }

    /// The workspace for the commands of a batch.
    pub fn sitting(&self) -> Sitting {
        Sitting::new(self.workspace(), Rc::clone(&self.file))
    }

    /// Leaves everything where it lies. A command that ends now need not tidy up: the system takes
    /// all memory back at once, and record by record takes longer than to list them.
    pub fn leave(self) {
        std::mem::forget(self);
    }

    /// The workspace.
    pub fn workspace(&self) -> &Workspace {
        self.document.workspace()
    }

    /// The record with this id.
    pub fn record(&self, id: &Id) -> Option<&Arc<Record>> {
        self.workspace().get(id)
    }

    /// Makes a change of the workspace as it is in the file, and returns when that is durable.
    /// Others of this program wait meanwhile; what anything else writes is brought together with
    /// it. Gives what was done, or nothing where there was nothing to do.
    pub fn change(
        &mut self,
        console: &mut Console,
        make: impl FnOnce(&Workspace) -> Result<(String, Vec<Op>), Failure>,
    ) -> Result<Option<Step>, Failure> {
        self.change_here(console, |desk| make(desk.workspace()))
    }

    /// The same, for what needs more of the desk than its workspace.
    pub fn change_here(
        &mut self,
        console: &mut Console,
        make: impl FnOnce(&Self) -> Result<(String, Vec<Op>), Failure>,
    ) -> Result<Option<Step>, Failure> {
        if let Some(sitting) = self.batch.clone() {
            let Some(change) = self.prepare(console, make)? else { return Ok(None) };
            let reason = way_back::reason(&change.op, self.found);
            let step = self.document.commit(change)?.clone();
            sitting.take(step.clone(), self.workspace(), reason);
            return Ok(Some(step));
        }
        self.locked(console, |desk, console| {
            let Some(change) = desk.prepare(console, make)? else { return Ok(None) };
            let reason = way_back::reason(&change.op, desk.found);
            desk.keep(console, change, reason).map(Some)
        })
    }

    /// Makes all that a batch does of the workspace one change, as [`Desk::change`] makes one.
    pub fn change_together(
        &mut self,
        console: &mut Console,
        run: impl FnOnce(&Sitting) -> Result<(), Failure>,
    ) -> Result<Option<Step>, Failure> {
        self.locked(console, |desk, console| {
            let sitting = desk.sitting();
            run(&sitting)?;
            let op = Op::Batch(sitting.ops());
            if op == Op::Batch(Vec::new()) {
                return Ok(None);
            }
            let hat = desk.hat(console, &op);
            let change = Change { words: sitting.words(), hat, op };
            desk.keep(console, change, sitting.reason()).map(Some)
        })
    }

    /// Does something with the workspace as it is in the file, which nobody else of this program
    /// changes meanwhile.
    fn locked<T>(
        &mut self,
        console: &mut Console,
        act: impl FnOnce(&mut Self, &mut Console) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if let Some(reason) = self.file.borrow().read_only() {
            return Err(reason.into());
        }
        self.file.borrow_mut().lock()?;
        let done = self.catch_up(console).and_then(|()| act(self, console));
        self.file.borrow_mut().unlock();
        done
    }

    /// Takes in what others wrote since the file was read, and what a crashed session left.
    fn catch_up(&mut self, console: &mut Console) -> Result<(), Failure> {
        if self.file.borrow().is_changed() {
            let reloaded = self.file.borrow_mut().reload()?;
            self.document = document(reloaded.content);
        }
        if let Some(reason) = self.file.borrow().read_only() {
            return Err(reason.into());
        }
        let Recovery { recovered, reviews, unread, .. } = journal::recover(&self.file.borrow());
        unread.iter().for_each(|words| console.say(words));
        if !reviews.is_empty() {
            let count: usize = reviews.iter().map(|review| review.words.len()).sum();
            console.say(&format!(
                "edits of a crashed session ({count}) wait: they were made onto another version of \
                 the file; `twohats doctor` says more"
            ));
        }
        recovered.map_or(Ok(()), |recovered| self.bring_in(console, recovered))
    }

    /// Saves the edits of a crashed session, of which it is certain that they belong here.
    fn bring_in(&mut self, console: &mut Console, recovered: Recovered) -> Result<(), Failure> {
        let before = self.file.borrow().content().clone();
        let synced = self.file.borrow_mut().sync(&before, &recovered.content)?;
        console.say(&format!("edits of a crashed session brought in: {}", recovered.edits));
        told(console, &synced, &recovered.notes);
        self.document = document(synced.content);
        recovered.finish(self.file.borrow().site());
        Ok(())
    }

    /// Brings a copy of the file into it, durably.
    pub fn merge_copy(&mut self, console: &mut Console, copy: &Path) -> Result<Copied, Failure> {
        self.locked(console, |desk, _| Ok(desk.file.borrow_mut().merge_copy(copy)?))
    }

    /// The change that is to be made, with all that goes with it; nothing where there is nothing to
    /// do.
    fn prepare(
        &self,
        console: &Console,
        make: impl FnOnce(&Self) -> Result<(String, Vec<Op>), Failure>,
    ) -> Result<Option<Change>, Failure> {
        let (words, ops) = make(self)?;
        if ops.is_empty() {
            return Ok(None);
        }
        let op = dated(self.workspace(), Op::Batch(ops), console.today);
        let hat = self.hat(console, &op);
        let trading = Trading { why: &self.why, hat, today: console.today };
        let mut source = IdSource::seeded(fastrand::u64(..));
        let new = || source.next(|id| self.workspace().is_spoken_for(id));
        let traded = trade::of(self.workspace(), &op);
        let said = match (&traded.0[..], &*self.why) {
            ([], _) => String::new(),
            ([(id, _), ..], "") => {
                format!(" · against the plan: `twohats decide {id} WHY` says why")
            }
            _ => " · against the plan, and why is kept".to_owned(),
        };
        let (op, _) = trading.decided(op, traded, new);
        Ok(Some(Change { words: words + &said, hat, op }))
    }

    fn hat(&self, console: &Console, op: &Op) -> Hat {
        console.options.hat.unwrap_or_else(|| hat_of(self.workspace(), op))
    }

    /// Makes a change and saves it. The version before is kept where there is a reason to.
    fn keep(
        &mut self,
        console: &mut Console,
        change: Change,
        reason: Option<Reason>,
    ) -> Result<Step, Failure> {
        let base = self.workspace().content().clone();
        if let Some(reason) = reason {
            way_back::keep(console, &self.file.borrow(), reason, &base);
        }
        let step = self.document.commit(change)?.clone();
        let mine = self.workspace().content().clone();
        let synced = self.file.borrow_mut().sync(&base, &mine)?;
        told(console, &synced, &[]);
        concerns(&base, self.workspace(), &step.op).for_each(|words| console.remark(words));
        if synced.came_in {
            self.document = document(synced.content);
        }
        self.log(console, &step);
        Ok(step)
    }

    /// Says what a change did, or that there was nothing to do; as JSON, what became of these
    /// records.
    pub fn report(
        &self,
        console: &mut Console,
        step: Option<&Step>,
        ids: &[Id],
    ) -> Result<(), Failure> {
        self.say(console, step, ids);
        if console.options.json {
            console.json_one_or_all(&self.jsons(ids))?;
        }
        Ok(())
    }

    /// Says what a change of these records did, or that there was nothing to do.
    pub fn say(&self, console: &Console, step: Option<&Step>, ids: &[Id]) {
        console.say(&self.words(step, ids));
    }

    /// What a change of these records did, or that there was nothing to do, in words.
    pub fn words(&self, step: Option<&Step>, ids: &[Id]) -> String {
        let words = || match ids {
            [] => "nothing was found, so nothing was changed".to_owned(),
            ids => format!("as it was: {}", self.workspace().named(ids)),
        };
        step.map_or_else(words, |step| step.words.clone())
    }

    /// Keeps what was done in the activity log. The change holds, whatever becomes of that.
    fn log(&self, console: &Console, step: &Step) {
        match find::state_dir() {
            Ok(state) => {
                let log = ActivityLog::of(&self.path, &state);
                if let Err(error) = log.append(Timestamp::now(), step) {
                    console.say(&error.to_string());
                }
            }
            Err(homeless) => console.say(&format!("the change is made but not logged: {homeless}")),
        }
    }

    /// What the items of a place are scored with.
    pub fn framework(&self, place: Place) -> &'static Framework {
        Framework::of(place.hat(), self.workspace().settings())
    }

    /// What the product is called, else the name of this program.
    pub fn title(&self) -> String {
        let name = self.workspace().product().title();
        if name.is_empty() { "twohats".into() } else { name.to_owned() }
    }

    /// The file.
    pub fn file(&self) -> Ref<'_, WorkspaceFile> {
        self.file.borrow()
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why nothing may be changed, in words, where nothing may.
    pub fn read_only(&self) -> Option<String> {
        self.file.borrow().read_only().map(|reason| reason.to_string())
    }
}

/// A value as JSON.
pub(super) fn json(value: impl Into<serde_json::Value>) -> String {
    value.into().to_string()
}

fn document(content: Content) -> Document {
    Document::new(Workspace::new(content))
}

/// The hat whose business a change is: that of the place of what it touches first.
fn hat_of(workspace: &Workspace, op: &Op) -> Hat {
    let mut place = None;
    op.each(&mut |op| {
        place = place.or_else(|| match op {
            Op::Insert { at, .. } => Some(at.place),
            Op::Remove { id } | Op::Move { id, .. } | Op::Edit { id, .. } => workspace.place_of(id),
            Op::Arrange { place, .. } => Some(*place),
            Op::Batch(_) => None,
        });
    });
    place.map_or(Hat::Po, Place::hat)
}
