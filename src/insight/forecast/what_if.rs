//! What would another order do to the dates? Answered beside the workspace, which stays as it is.

use super::{Dates, Forecast, Waiting};
use crate::workspace::{Change, Document, Hat, Id, Op, Place, Refusal, Workspace};
use std::collections::{HashMap, HashSet};

/// What moves when this item does: itself, or what it is made of and stands in the backlog.
pub fn carried(workspace: &Workspace, id: &Id) -> Vec<Id> {
    let family: HashSet<&Id> = workspace.family(id).into_iter().collect();
    let backlog = workspace.list(Place::Backlog).iter().map(|record| record.id());
    let parts = backlog.filter(|part| family.contains(*part)).cloned().collect::<Vec<_>>();
    if parts.is_empty() { vec![id.clone()] } else { parts }
}

/// The workspace as it would be.
///
/// # Errors
/// It cannot be done.
pub fn after(workspace: &Workspace, ops: Vec<Op>) -> Result<Workspace, Refusal> {
    let mut document = Document::new(workspace.clone());
    let op = Op::Batch(ops);
    document.commit(Change { words: String::new(), hat: Hat::Po, op })?;
    Ok(document.workspace().clone())
}

/// An item that would be done at another time.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The item.
    pub id: Id,
    /// Its dates as it is.
    pub before: Dates,
    /// Its dates as it would be.
    pub after: Dates,
}

/// The items whose dates differ, in the order they would have.
pub fn shifts(before: &Forecast, after: &Forecast) -> Vec<Shift> {
    let known = before.items.iter().map(|item| (&item.id, item.points));
    let known: HashMap<&Id, f64> = known.collect();
    let shift = |item: &Waiting| {
        let dates = known.get(&item.id).map(|points| before.dates(*points));
        let (before, after) = (dates.unwrap_or_default(), after.dates(item.points));
        (before != after).then(|| Shift { id: item.id.clone(), before, after })
    };
    after.items.iter().filter_map(shift).collect()
}
