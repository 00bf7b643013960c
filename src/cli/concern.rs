//! What a change leaves to be wished for: nothing is refused because of it, and whoever made the
//! change wants to know. The screen says the same in its own places.

use crate::app::actions::{crowded, is_met};
use crate::app::word;
use crate::insight::sprint::Column;
use crate::workspace::{Content, Field, Id, Op, Place, Record, Workspace};
use std::collections::HashSet;
use std::sync::Arc;

/// Criteria that are named one by one.
const NAMED: usize = 3;

/// A change that was made.
struct Made<'a> {
    before: &'a Content,
    after: &'a Workspace,
    op: &'a Op,
}

/// What can be said of a change, each by looking at it; nothing where there is nothing to say.
static CONCERNS: [fn(&Made) -> Option<String>; 5] =
    [strange_kind, too_much_share, unticked, crowded_now, crowded_column];

/// What there is to say of a change, with what it made of the workspace.
pub(super) fn concerns<'a>(
    before: &'a Content,
    after: &'a Workspace,
    op: &'a Op,
) -> impl Iterator<Item = String> + 'a {
    CONCERNS.iter().filter_map(move |concern| concern(&Made { before, after, op }))
}

impl<'a> Made<'a> {
    /// The records that `finds` names in the parts of the change, as they are now.
    fn records(&self, mut finds: impl FnMut(&Op) -> Option<&Id>) -> Vec<&'a Arc<Record>> {
        let (mut ids, mut seen) = (Vec::new(), HashSet::new());
        self.op.each(&mut |op| {
            ids.extend(finds(op).filter(|id| seen.insert((*id).clone())).cloned());
        });
        ids.iter().filter_map(|id| self.after.get(id)).collect()
    }

    /// The records that hold something else in a field, or that are new.
    fn told(&self, field: Field) -> Vec<&'a Arc<Record>> {
        let all = self.records(|op| match op {
            Op::Insert { record, .. } => Some(record.id()),
            Op::Edit { id, field: other, .. } if *other == field => Some(id),
            _ => None,
        });
        all.into_iter().filter(|record| record.get(field).is_some()).collect()
    }
}

/// A kind may be any word, and so may a slip of the finger.
fn strange_kind(made: &Made) -> Option<String> {
    let told = made.told(Field::Kind);
    told.iter().find_map(|item| word::strange_kind(made.before, item.text(Field::Kind)))
}

/// Shares are parts of one whole.
fn too_much_share(made: &Made) -> Option<String> {
    made.told(Field::Share).first()?;
    let shares = made.after.list(Place::Objectives).iter();
    let all: f64 = shares.filter_map(|objective| objective.number(Field::Share)).sum();
    (all > 100.0).then(|| format!("the shares of the objectives add up to {all} %"))
}

/// What is done is done by its criteria.
fn unticked(made: &Made) -> Option<String> {
    let done = made.records(|op| match op {
        Op::Move { id, to } if to.place == Place::Done => Some(id),
        _ => None,
    });
    let is_open = |item: &&&Arc<Record>| {
        made.after.place_of(item.id()) == Some(Place::Done)
            && item.list(Field::Acceptance).iter().any(|one| !is_met(one))
    };
    let open: Vec<&Arc<Record>> = done.iter().filter(is_open).copied().collect();
    let item = match &open[..] {
        [] => return None,
        [item] => item,
        several => return Some(format!("{} of them have criteria not ticked", several.len())),
    };
    let all = item.list(Field::Acceptance);
    let left: Vec<&str> = all
        .iter()
        .filter(|one| !is_met(one))
        .map(|one| one.get("text").and_then(|text| text.as_text()).unwrap_or_default())
        .collect();
    let (count, is) = (left.len(), if left.len() == 1 { "is" } else { "are" });
    let more = if count > NAMED { "; …" } else { "" };
    let named = left[..count.min(NAMED)].join("; ");
    let title = item.title();
    let criteria = match all.len() {
        1 => format!("the only criterion of {title} is"),
        all => format!("{count} of the {all} criteria of {title} {is}"),
    };
    Some(format!("{criteria} not ticked: {named}{more}"))
}

/// Now holds as much as can be worked on.
fn crowded_now(made: &Made) -> Option<String> {
    let holds = made.after.list(Place::Now).len();
    if holds <= made.before.list(Place::Now).len() {
        return None;
    }
    crowded(made.after, holds)
}

/// A column of a sprint has a limit of its own.
fn crowded_column(made: &Made) -> Option<String> {
    let came = [Field::Status, Field::Sprint].into_iter().flat_map(|field| made.told(field));
    let crowded = came.into_iter().find_map(|item| {
        let column = Column::of(made.after, item);
        let limit = column.limit(made.after.settings())?;
        let sprint = made.after.in_sprint(item.link(Field::Sprint)?);
        let sprint = sprint.iter().filter_map(|id| made.after.get(id));
        let holds = sprint.filter(|item| Column::of(made.after, item) == column).count();
        (u32::try_from(holds).is_ok_and(|holds| f64::from(holds) > limit))
            .then(|| (column.key(), holds, limit))
    });
    crowded.map(|(column, holds, limit)| format!("{column} holds {holds}, its limit is {limit}"))
}
