//! What the commands of a batch share: one workspace that each of them changes for the next, and
//! that is in the file only once all are done.

use crate::store::WorkspaceFile;
use crate::store::backup::Reason;
use crate::workspace::{Content, Id, Op, Step, Workspace};
use std::cell::RefCell;
use std::rc::Rc;

/// A workspace on its way from one command to the next.
#[derive(Clone)]
pub(super) struct Sitting {
    /// The file it is from.
    pub file: Rc<RefCell<WorkspaceFile>>,
    done: Rc<RefCell<Done>>,
}

/// What is done by now.
struct Done {
    content: Content,
    steps: Vec<Step>,
    /// Why the version before all of it is kept, where it is.
    reason: Option<Reason>,
}

impl Sitting {
    /// A sitting that begins with this workspace.
    pub fn new(workspace: &Workspace, file: Rc<RefCell<WorkspaceFile>>) -> Self {
        let done = Done { content: workspace.content().clone(), steps: Vec::new(), reason: None };
        Self { file, done: Rc::new(RefCell::new(done)) }
    }

    /// The workspace as the last command left it.
    pub fn content(&self) -> Content {
        self.done.borrow().content.clone()
    }

    /// Takes what a command did, the workspace after it, and why the one before is to be kept.
    pub fn take(&self, step: Step, workspace: &Workspace, reason: Option<Reason>) {
        let mut done = self.done.borrow_mut();
        done.reason = done.reason.or(reason);
        done.content = workspace.content().clone();
        done.steps.push(step);
    }

    /// All that was done, in its order.
    pub fn ops(&self) -> Vec<Op> {
        self.done.borrow().steps.iter().map(|step| step.op.clone()).collect()
    }

    /// Why the version before all of it is to be kept, where it is.
    pub fn reason(&self) -> Option<Reason> {
        self.done.borrow().reason
    }

    /// All that was done, in words.
    pub fn words(&self) -> String {
        match &self.done.borrow().steps[..] {
            [] => String::new(),
            [only] => only.words.clone(),
            [first, rest @ ..] => format!("{}, and {} more in one batch", first.words, rest.len()),
        }
    }

    /// The record that was made last.
    pub fn last_made(&self) -> Option<Id> {
        let mut made = None;
        for step in &self.done.borrow().steps {
            step.op.each(&mut |op| {
                if let Op::Insert { record, .. } = op {
                    made = Some(record.id().clone());
                }
            });
        }
        made
    }
}
