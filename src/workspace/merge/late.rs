//! A change that was begun before something came in.

use super::super::diff::edits;
use super::super::{Id, Op, Workspace};
use super::field;
use std::sync::Arc;

/// What `op` comes to, which somebody began to type when the workspace was `base`. What else
/// became of the fields it edits is brought together with it, as in a merge.
pub fn late(base: &Workspace, now: &Workspace, op: Op) -> Op {
    let mut edited: Vec<Id> = Vec::new();
    op.each(&mut |op| {
        if let Op::Edit { id, field, .. } = op
            && let [before, after] = [base, now].map(|it| it.get(id).map(|it| it.get(*field)))
            && before != after
            && !edited.contains(id)
        {
            edited.push(id.clone());
        }
    });
    edited.into_iter().fold(op, |op, id| brought(base, now, op, &id))
}

/// The same with what it edits of this record brought together with what became of that.
fn brought(base: &Workspace, now: &Workspace, op: Op, id: &Id) -> Op {
    let (Some(before), Some(theirs)) = (base.get(id), now.get(id)) else { return op };
    let mut mine = Arc::clone(before);
    op.each(&mut |op| {
        if let Op::Edit { id: of, field, value } = op
            && of == id
        {
            Arc::make_mut(&mut mine).set(*field, value.clone());
        }
    });
    let both = field::record(Some(before), &mine, theirs, &mut Vec::new());
    let others = without(op, id).into_iter();
    Op::Batch(others.chain(edits(theirs, &both)).collect())
}

/// The op without what it edits of this record.
fn without(op: Op, id: &Id) -> Option<Op> {
    match op {
        Op::Edit { id: of, .. } if of == *id => None,
        Op::Batch(ops) => {
            Some(Op::Batch(ops.into_iter().filter_map(|op| without(op, id)).collect()))
        }
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::super::merge3;
    use super::*;
    use crate::workspace::{Content, Document, Field, Place, Record, Value};

    fn after(workspace: &Workspace, op: Op) -> Workspace {
        let mut document = Document::new(workspace.clone());
        document.adopt(op).unwrap();
        document.workspace().clone()
    }

    #[test]
    fn a_late_edit_comes_to_what_a_merge_would_make_of_it() {
        let mut content = Content::default();
        let item =
            |id: &str| Arc::new(Record::new(Id::new(id)).with(Field::Points, Value::Number(1.0)));
        content.fill(Place::Backlog, vec![item("a"), item("b")]);
        let base = Workspace::new(content);
        let set = |id: &str, field, text: &str| Op::set(&Id::new(id), field, Value::text(text));
        let tags = |id: &str, tag: &str| {
            Op::set(&Id::new(id), Field::Tags, Value::list([Value::text(tag)]))
        };
        let theirs = [
            set("a", Field::Title, "theirs"),
            tags("a", "t"),
            Op::clear(&Id::new("b"), Field::Points),
        ];
        let now = after(&base, Op::Batch(theirs.to_vec()));
        let points = |id: &str| Op::set(&Id::new(id), Field::Points, Value::Number(3.0));
        let mine = vec![
            Op::Batch(vec![set("a", Field::Title, "mine"), tags("a", "m")]),
            points("a"),
            set("b", Field::Title, "free"),
        ];
        let mine = Op::Batch(mine);
        let wanted = merge3(base.content(), after(&base, mine.clone()).content(), now.content());
        let late = after(&now, late(&base, &now, mine));
        assert_eq!(late.content(), &wanted.content);
        assert!(late.get(&Id::new("a")).unwrap().get(Field::Conflict).is_some());
        let untouched = points("b");
        assert_eq!(super::late(&now, &now, untouched.clone()), untouched);
    }
}
