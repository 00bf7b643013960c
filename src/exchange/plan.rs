//! What an import would do to a workspace.

use super::haul::Remark;
use crate::workspace::{Date, Field, Id, IdSource, Op, Place, Section, Value, Workspace};

/// What a person wants of an import.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// Where items go that are not done, unless the file says.
    pub to: Place,
    /// Whether that holds whatever the file says.
    pub told: bool,
    /// Where new ids come from.
    pub ids: IdSource,
    /// The day it happens on, which tells what is over.
    pub today: Date,
}

/// What an import would do.
#[derive(Debug)]
pub struct Plan {
    /// The ops that do it, in order.
    pub ops: Vec<Op>,
    /// What becomes of each row, in the order of the file.
    pub outcomes: Vec<Outcome>,
    /// Rows that become nothing, and why.
    pub skipped: Vec<Remark>,
    /// What of a row is left out.
    pub remarks: Vec<Remark>,
    /// What else it does, each in a line.
    pub notes: Vec<String>,
    /// The workspace as it would be.
    pub after: Workspace,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The row.
    pub row: usize,
    /// What the other tool calls it.
    pub key: String,
    /// The record it is.
    pub id: Id,
    /// What that is called.
    pub title: String,
    /// Where it stands afterwards.
    pub place: Place,
    /// What is done.
    pub what: What,
    /// What changes in it.
    pub changes: Vec<Alteration>,
}

/// What is done with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A new record.
    Created,
    /// A record that was there changes.
    Updated,
    /// Nothing, because nothing is new.
    Unchanged,
    /// A field was changed on both sides.
    Conflicting,
}

/// A change of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Alteration {
    /// The field, or `place`.
    pub name: &'static str,
    /// What it holds now.
    pub before: Option<Value>,
    /// What the other side says.
    pub after: Option<Value>,
    /// Whether both sides changed it, so that both values are kept.
    pub clash: bool,
}

impl Alteration {
    /// The field; none where it is the place.
    pub fn field(&self) -> Option<Field> {
        let mut sections = [Section::Item, Section::Sprint].into_iter();
        sections.find_map(|section| Field::named(section, self.name))
    }
}
