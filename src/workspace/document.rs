//! The one door: a workspace, what was done to it, and the way back.

use super::apply::Rules;
use super::stretch::{Reordered, Stretch};
use super::{Field, Hat, Id, Op, Refusal, Workspace};
use std::collections::HashSet;

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
    /// Whether somebody else changed some of what it had changed, so that only the rest of it is
    /// taken back or done again.
    pub is_partial: bool,
}

impl Step {
    /// The records it touched.
    pub fn touched(&self) -> Vec<Id> {
        self.op.touched()
    }

    /// Whether nothing is left of it, because somebody else changed all that it had changed.
    pub fn is_overtaken(&self) -> bool {
        self.op.is_nothing()
    }
}

/// A workspace with its history. Undo has no limit.
#[derive(Debug, Clone)]
pub struct Document {
    workspace: Workspace,
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
    reordered: Reordered,
}

impl Document {
    /// A workspace nothing has been done to yet, at revision 0.
    pub fn new(workspace: Workspace) -> Self {
        Self {
            workspace,
            undo: Vec::new(),
            redo: Vec::new(),
            revision: 0,
            reordered: Reordered::default(),
        }
    }

    /// The workspace as it is now.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// Rises by one with every change, also with undo and redo.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Rises with every change but those that only bring the records of a list into another order,
    /// word an item anew or take a decision.
    pub fn substance(&self) -> u64 {
        self.reordered.substance()
    }

    /// The stretches that stand in another order than at `revision` or are worded anew, one a list,
    /// where nothing else is different but decisions; they may be empty. `None` where more changed.
    pub fn reordered(&self, revision: u64) -> Option<Vec<Stretch>> {
        self.reordered.by(usize::try_from(self.revision.checked_sub(revision)?).ok()?)
    }

    /// Does an op and counts it.
    fn apply(&mut self, op: Op, rules: Rules) -> Result<Op, Refusal> {
        let stretch = Stretch::of(&self.workspace, &op);
        let inverse = self.workspace.apply(op, rules)?;
        self.revision += 1;
        self.reordered.note(stretch);
        Ok(inverse)
    }

    /// Changes that undo can take back.
    pub fn changes(&self) -> usize {
        self.undo.iter().filter(|step| !step.is_overtaken()).count()
    }

    /// Whether undo has something to take back, or to say why it can't.
    pub fn has_undo(&self) -> bool {
        !self.undo.is_empty()
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
        let inverse = self.apply(op.clone(), Rules::New)?;
        self.redo.clear();
        Ok(self.undo.push_mut(Step { words, hat, op, inverse, is_partial: false }))
    }

    /// Does what somebody else did: it cannot be undone here, and whatever of the history it
    /// touched can no longer be undone or redone, so that going back never clobbers it. A change
    /// of which nothing is left keeps its turn: undo meets it there and does nothing. Gives what
    /// would take it back.
    ///
    /// # Errors
    /// [`Refusal`] says why it was not done; nothing has changed then.
    pub fn adopt(&mut self, op: Op) -> Result<Op, Refusal> {
        let foreign = Foreign::of(&op);
        let inverse = self.apply(op, Rules::Again)?;
        let spared = |step: &mut Step| {
            let before = extent(&step.inverse);
            let is_left = foreign.spare(&mut step.op) | foreign.spare(&mut step.inverse);
            step.is_partial |= extent(&step.inverse) < before;
            is_left
        };
        self.redo.retain_mut(spared);
        for step in &mut self.undo {
            if !spared(step) {
                (step.op, step.inverse) = (Op::Batch(Vec::new()), Op::Batch(Vec::new()));
            }
        }
        Ok(inverse)
    }

    /// Takes the last change back. `None` when there is none. One that was overtaken comes back as
    /// it is, and nothing changes.
    pub fn undo(&mut self) -> Option<Step> {
        let step = self.undo.pop()?;
        if step.is_overtaken() {
            return Some(step);
        }
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
        let Step { words, hat, inverse: op, is_partial, .. } = step;
        let inverse = self.apply(op.clone(), Rules::Again).ok()?;
        Some(Step { words, hat, op, inverse, is_partial })
    }
}

/// How much an op does: the single changes in it, and the records that it puts in order.
fn extent(op: &Op) -> usize {
    let mut all = 0;
    op.each(&mut |op| {
        all += match op {
            Op::Batch(_) => 0,
            Op::Arrange { order, .. } => order.len(),
            _ => 1,
        };
    });
    all
}

/// What somebody else touched.
#[derive(Debug, Default)]
struct Foreign {
    /// Records that came, went or were moved.
    moved: HashSet<Id>,
    /// Records that came or went.
    came_or_went: HashSet<Id>,
    /// Fields that were edited.
    edited: HashSet<(Id, Field)>,
    /// Records of which a field was edited.
    changed: HashSet<Id>,
}

impl Foreign {
    fn of(op: &Op) -> Self {
        let mut foreign = Self::default();
        op.each(&mut |op| match op {
            Op::Edit { id, field, .. } => {
                foreign.edited.insert((id.clone(), *field));
                foreign.changed.insert(id.clone());
            }
            Op::Move { id, .. } => drop(foreign.moved.insert(id.clone())),
            Op::Arrange { order, .. } => foreign.moved.extend(order.iter().cloned()),
            Op::Remove { id } => drop(foreign.came_or_went.insert(id.clone())),
            Op::Insert { record, .. } => drop(foreign.came_or_went.insert(record.id().clone())),
            Op::Batch(_) => {}
        });
        foreign
    }

    fn touched(&self, op: &Op) -> bool {
        let (came_or_went, moved) = (&self.came_or_went, &self.moved);
        match op {
            Op::Edit { id, field, .. } => {
                came_or_went.contains(id) || self.edited.contains(&(id.clone(), *field))
            }
            Op::Move { id, .. } => came_or_went.contains(id) || moved.contains(id),
            Op::Remove { id } => self.is_whole(id),
            Op::Insert { record, .. } => self.is_whole(record.id()),
            // What they hold of its records is taken out of it, see below.
            Op::Arrange { .. } | Op::Batch(_) => false,
        }
    }

    /// Whether any of the record was touched: it may not come or go any more then.
    fn is_whole(&self, id: &Id) -> bool {
        self.came_or_went.contains(id) || self.moved.contains(id) || self.changed.contains(id)
    }

    /// Leaves in `op` what was not touched, and says whether anything is left.
    fn spare(&self, op: &mut Op) -> bool {
        if let Op::Batch(ops) = op {
            ops.retain_mut(|op| self.spare(op));
            return !ops.is_empty();
        }
        if let Op::Arrange { order, .. } = op {
            let spared = |id: &&Id| !self.came_or_went.contains(*id) && !self.moved.contains(*id);
            *order = order.iter().filter(spared).cloned().collect();
            return order.len() > 1;
        }
        !self.touched(op)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Place, Record, Spot, Value};
    use std::sync::Arc;

    fn document() -> Document {
        let mut content = Content::default();
        let record = |id| Arc::new(Record::new(Id::new(id)));
        content.fill(Place::Backlog, vec![record("a"), record("b")]);
        Document::new(Workspace::new(content))
    }

    fn points(id: &str, points: f64) -> Op {
        Op::set(&Id::new(id), Field::Points, Value::Number(points))
    }

    fn commit(document: &mut Document, op: Op) {
        document.commit(Change { words: String::new(), hat: Hat::Po, op }).unwrap();
    }

    #[test]
    fn undo_goes_around_what_somebody_else_did() {
        let mut document = document();
        commit(&mut document, points("a", 1.0));
        commit(&mut document, Op::Batch(vec![points("a", 2.0), points("b", 2.0)]));
        document.adopt(points("a", 9.0)).unwrap();
        let of = |document: &Document, id| {
            document.workspace().get(&Id::new(id)).unwrap().number(Field::Points)
        };
        assert_eq!(document.changes(), 1, "what only set the points of a cannot be undone");
        assert!(document.undo().unwrap().is_partial, "a keeps what somebody else said");
        assert_eq!((of(&document, "a"), of(&document, "b")), (Some(9.0), None));
        assert!(document.undo().unwrap().is_overtaken(), "and it keeps its turn");
        assert_eq!(document.undo(), None);
        assert!(document.redo().unwrap().is_partial);
        assert_eq!((of(&document, "a"), of(&document, "b")), (Some(9.0), Some(2.0)));
        document.adopt(Op::set(&Id::new("b"), Field::Title, Value::text("x"))).unwrap();
        commit(&mut document, points("b", 4.0));
        assert!(!document.undo().unwrap().is_partial, "the whole of this one");
    }

    #[test]
    fn what_i_made_and_somebody_else_changed_is_not_unmade() {
        let mut document = document();
        let record = Arc::new(Record::new(Id::new("n")));
        commit(&mut document, Op::Insert { record, at: Spot::top(Place::Inbox) });
        document.adopt(points("n", 3.0)).unwrap();
        assert!(document.undo().unwrap().is_overtaken());
        assert_eq!(document.undo(), None);
        assert!(document.workspace().contains(&Id::new("n")));
    }

    #[test]
    fn a_new_order_is_a_change_but_none_of_substance() {
        let mut document = document();
        let counts = |document: &Document| (document.revision(), document.substance());
        commit(&mut document, Op::shift(&Id::new("b"), Spot::top(Place::Backlog)));
        assert_eq!(counts(&document), (1, 0));
        document.undo().unwrap();
        assert_eq!(counts(&document), (2, 0));
        commit(&mut document, Op::shift(&Id::new("b"), Spot::top(Place::Done)));
        assert_eq!(counts(&document), (3, 1));
        commit(&mut document, points("a", 1.0));
        assert_eq!(counts(&document), (4, 2));
    }

    #[test]
    fn another_title_is_a_change_but_none_of_substance() {
        let mut document = document();
        let spot = document.workspace().spot_of(&Id::new("a")).unwrap();
        commit(&mut document, Op::set(&Id::new("a"), Field::Title, Value::text("A")));
        assert_eq!((document.revision(), document.substance()), (1, 0));
        let worded = Stretch { place: spot.place, range: spot.index..spot.index + 1 };
        assert_eq!(document.reordered(0), Some(vec![worded]));
        commit(&mut document, Op::set(&Id::new("a"), Field::Status, Value::text("doing")));
        assert_eq!(document.substance(), 1);
    }

    #[test]
    fn a_move_of_mine_is_undone_beside_an_edit_of_theirs() {
        let mut document = document();
        commit(&mut document, Op::shift(&Id::new("b"), Spot::top(Place::Backlog)));
        document.adopt(points("b", 3.0)).unwrap();
        document.undo().unwrap();
        assert_eq!(document.workspace().spot_of(&Id::new("b")).unwrap().index, 1);
    }
}
