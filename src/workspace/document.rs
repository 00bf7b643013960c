//! The one door: a workspace, what was done to it, and the way back.

use super::apply::Rules;
use super::{Hat, Id, Op, Refusal, Workspace};

/// Something a person did, in words and as an op.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done, as in "moved Bank feeds up".
    pub words: String,
    /// The hat that did it.
    pub hat: Hat,
    /// The change itself.
    pub op: Op,
}

/// What a commit, an undo or a redo did.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What the person did, in words.
    pub words: String,
    /// The hat that did it.
    pub hat: Hat,
    /// What was applied now.
    pub op: Op,
    /// What takes it back, with the values from before.
    pub inverse: Op,
}

impl Step {
    /// The records it touched.
    pub fn touched(&self) -> Vec<Id> {
        self.op.touched()
    }
}

/// A workspace with its history. Undo has no limit.
#[derive(Debug, Clone)]
pub struct Document {
    workspace: Workspace,
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
}

impl Document {
    /// A workspace nothing has been done to yet, at revision 0.
    pub fn new(workspace: Workspace) -> Self {
        Self { workspace, undo: Vec::new(), redo: Vec::new(), revision: 0 }
    }

    /// The workspace as it is now.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Rises by one with every change, also with undo and redo.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Changes that undo can take back.
    pub fn changes(&self) -> usize {
        self.undo.len()
    }

    /// Changes that redo can do again.
    pub fn undone(&self) -> usize {
        self.redo.len()
    }

    /// Does a change; what was undone before can no longer be redone.
    ///
    /// # Errors
    /// [`Refusal`] says why it was not done; nothing has changed then.
    pub fn commit(&mut self, change: Change) -> Result<&Step, Refusal> {
        let Change { words, hat, op } = change;
        let inverse = self.workspace.apply(op.clone(), Rules::New)?;
        self.revision += 1;
        self.redo.clear();
        Ok(self.undo.push_mut(Step { words, hat, op, inverse }))
    }

    /// Takes the last change back. `None` when there is none.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.undo.pop()?;
        let back = self.turn(step)?;
        self.redo.push(back.clone());
        Some(back)
    }

    /// Does what was last taken back again. `None` when there is nothing.
    pub fn redo(&mut self) -> Option<Step> {
        let step = self.redo.pop()?;
        let again = self.turn(step)?;
        self.undo.push(again.clone());
        Some(again)
    }

    /// Applies the inverse of a step; what comes back is the step in the other direction.
    fn turn(&mut self, step: Step) -> Option<Step> {
        let Step { words, hat, inverse: op, .. } = step;
        let inverse = self.workspace.apply(op.clone(), Rules::Again).ok()?;
        self.revision += 1;
        Some(Step { words, hat, op, inverse })
    }
}
