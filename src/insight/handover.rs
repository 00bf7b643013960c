//! What was handed over, why, and how will it be seen that it worked?

use crate::workspace::{Date, Field, Id, Place, Record, Value, Workspace};
use std::collections::HashSet;

/// What is decided when an initiative is handed over.
pub const WORDS: &str = "handed over";

/// An initiative that was handed over to the backlog.
#[derive(Debug, Clone, PartialEq)]
pub struct HandOver {
    /// The initiative.
    pub initiative: Id,
    /// The day, where it was kept.
    pub on: Option<Date>,
    /// Why; empty where nobody said so.
    pub why: String,
    /// What is believed of it, and how that is measured; empty where nobody said so.
    pub hypothesis: String,
    /// How it is measured.
    pub measure: String,
}

/// The hand-over that an item comes from: of itself, or of what it is part of. Only what stands on
/// the roadmap and has parts elsewhere is handed over.
pub fn of(workspace: &Workspace, id: &Id) -> Option<HandOver> {
    let mut seen = HashSet::new();
    let mut at = workspace.get(id);
    while let Some(record) = at.filter(|record| seen.insert(record.id())) {
        let on_roadmap = workspace.place_of(record.id()).is_some_and(Place::in_roadmap);
        if on_roadmap && is_handed_over(workspace, record.id()) {
            return Some(told(workspace, record));
        }
        at = record.link(Field::Parent).and_then(|parent| workspace.get(parent));
    }
    None
}

/// Whether an item has open parts in the backlog.
pub fn is_handed_over(workspace: &Workspace, id: &Id) -> bool {
    workspace.parts(id).any(|part| workspace.place_of(part) == Some(Place::Backlog))
}

/// The decision to hand an initiative over, the last one where there are several.
pub fn decision<'a>(workspace: &'a Workspace, id: &Id) -> Option<&'a Record> {
    let is_it = |decision: &&Record| {
        decision.link(Field::About) == Some(id) && decision.text(Field::What) == WORDS
    };
    workspace.list(Place::Decisions).iter().map(|decision| &**decision).rfind(is_it)
}

fn told(workspace: &Workspace, record: &Record) -> HandOver {
    let decision = decision(workspace, record.id());
    let trial = |part: &str| {
        let text = record.get(Field::Experiment).and_then(|trial| trial.get(part));
        text.and_then(Value::as_text).unwrap_or_default().to_owned()
    };
    HandOver {
        initiative: record.id().clone(),
        on: decision.and_then(|decision| decision.date(Field::On)),
        why: decision.map_or("", |decision| decision.text(Field::Why)).to_owned(),
        hypothesis: trial("hypothesis"),
        measure: trial("measure"),
    }
}
