//! What is remembered of the time before now, and the workspace as it was then.

use super::apply::Rules;
use super::{Content, Date, Id, Op, Step, Workspace};

/// What is remembered of a workspace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Past {
    /// What was done and on which day, the oldest first.
    pub steps: Vec<(Date, Step)>,
    /// An older version of the file, and what it is called: a commit, a backup.
    pub version: Option<(String, Content)>,
}

impl Past {
    /// What was done since a day began, or since a record was made where that is known. What was
    /// done and taken back again is left out.
    pub fn since(&self, day: Date, made: Option<&Id>) -> Vec<&(Date, Step)> {
        let from = self.cut(day, made);
        let mut kept: Vec<&(Date, Step)> = Vec::new();
        for step in &self.steps[from..] {
            if kept.last().is_some_and(|last| last.1.inverse == step.1.op) {
                kept.pop();
            } else {
                kept.push(step);
            }
        }
        kept
    }

    /// The workspace as it was before everything since then; what cannot be taken back, because
    /// something else changed it meanwhile, stays.
    pub fn before(&self, now: &Workspace, day: Date, made: Option<&Id>) -> Workspace {
        let mut then = now.clone();
        for (_, step) in self.steps[self.cut(day, made)..].iter().rev() {
            // A refused op changes nothing.
            let _ = then.apply(step.inverse.clone(), Rules::Again);
        }
        then
    }

    /// Whether what was done is known from that day on.
    pub fn reaches(&self, day: Date, made: Option<&Id>) -> bool {
        let is_older = |(on, _): &(Date, Step)| *on < day;
        made.is_some_and(|made| self.made(made).is_some())
            || self.steps.first().is_some_and(is_older)
    }

    fn cut(&self, day: Date, made: Option<&Id>) -> usize {
        let after = made.and_then(|made| self.made(made)).map(|at| at + 1);
        after.unwrap_or_else(|| self.steps.partition_point(|(on, _)| *on < day))
    }

    /// The step by which a record was made.
    fn made(&self, id: &Id) -> Option<usize> {
        self.steps.iter().rposition(|(_, step)| {
            let mut found = false;
            step.op.each(&mut |op| {
                found |= matches!(op, Op::Insert { record, .. } if record.id() == id);
            });
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Change, Document, Field, Hat, Place, Record, Spot, Value};
    use std::sync::Arc;

    fn day(day: i8) -> Date {
        Date::constant(2026, 11, day)
    }

    /// A workspace with the item `a`, after it was given 3, 5 and, taken back, 8 points; and then
    /// what is remembered of it.
    fn played() -> (Document, Past) {
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::new(Record::new(Id::new("a")))]);
        let (mut document, mut past) = (Document::new(Workspace::new(content)), Past::default());
        let mut change = |on: Date, op: Op| {
            let change = Change { words: "did".into(), hat: Hat::Po, op };
            past.steps.push((on, document.commit(change).unwrap().clone()));
        };
        let points = |points| Op::set(&Id::new("a"), Field::Points, Value::Number(points));
        change(day(1), points(3.0));
        let made = Arc::new(Record::new(Id::new("c")));
        change(day(2), Op::Insert { record: made, at: Spot::top(Place::CheckIns) });
        change(day(2), points(5.0));
        change(day(3), points(8.0));
        past.steps.push((day(3), document.undo().unwrap()));
        (document, past)
    }

    #[test]
    fn what_was_done_is_taken_back_to_a_day_or_a_record() {
        let (document, past) = played();
        let points = |day, made: Option<&Id>| {
            let then = past.before(document.workspace(), day, made);
            then.get(&Id::new("a")).unwrap().number(Field::Points)
        };
        assert_eq!(points(day(4), None), Some(5.0));
        assert_eq!(points(day(2), None), Some(3.0));
        assert_eq!(points(day(1), None), None);
        assert_eq!(points(day(4), Some(&Id::new("c"))), Some(3.0), "after it was made");
    }

    #[test]
    fn what_was_taken_back_again_was_not_done() {
        let (_, past) = played();
        assert_eq!(past.since(day(3), None).len(), 0);
        assert_eq!(past.since(day(2), None).len(), 2);
        assert_eq!(past.since(day(2), Some(&Id::new("c"))).len(), 1);
    }

    #[test]
    fn what_was_done_is_known_from_the_day_after_the_first_line() {
        let (_, past) = played();
        assert!(past.reaches(day(2), None) && !past.reaches(day(1), None));
        assert!(past.reaches(day(1), Some(&Id::new("c"))));
        assert!(!Past::default().reaches(day(1), None));
    }
}
