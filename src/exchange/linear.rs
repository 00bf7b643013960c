//! Linear: the CSV of its “Export data” command.

use super::asked::Asked;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::table::{self, Table};
use crate::workspace::Place;
use std::io::Read;

/// Issues of Linear.
pub static FORMAT: Format = Format {
    id: "linear",
    name: "issues of Linear as CSV",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "“Export data”: estimates, cycles as sprints, project milestones as releases, parents, labels, blockers",
    source: "https://linear.app/docs/exporting-data and https://github.com/linear/linear/blob/master/packages/import/src/importers/linearCsv/LinearCsvImporter.ts",
    to: Place::Backlog,
};

const TABLE: Table = Table {
    system: "linear",
    columns: &[
        ("id", "key"),
        ("title", "title"),
        ("description", "notes"),
        ("status", "status"),
        ("estimate", "points"),
        ("priority", "priority"),
        ("labels", "tags"),
        ("project", "tags"),
        ("cyclename", "sprint"),
        ("projectmilestone", "release"),
        ("duedate", "due"),
        ("created", "created"),
        ("started", "started"),
        ("completed", "done"),
        ("canceled", "done"),
        ("parentissue", "parent"),
        ("blockedby", "blocked_by"),
        ("blocks", "blocks"),
        ("uuid", "alias"),
        ("projectid", "skip"),
        ("updated", "skip"),
        ("archived", "skip"),
        ("triaged", "skip"),
        ("cyclestart", "sprint_start"),
        ("cycleend", "sprint_end"),
    ],
    month_first: None,
    is_guarded: true,
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}
