//! Azure DevOps: the CSV of a query on its boards.

use super::asked::Asked;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::table::{self, Table};
use crate::workspace::Place;
use std::io::Read;

/// Work items of Azure DevOps.
pub static FORMAT: Format = Format {
    id: "azure",
    name: "work items of Azure DevOps as CSV",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "“Export to CSV” of a query: work item types, iterations as sprints, parents, tags, story points or effort; and the tree that the columns Title 1, Title 2, … are",
    source: "https://learn.microsoft.com/en-us/azure/devops/boards/queries/import-work-items-from-csv",
    to: Place::Backlog,
};

const TABLE: Table = Table {
    system: "azure",
    columns: &[
        ("id", "key"),
        ("workitemtype", "kind"),
        ("title", "title"),
        ("title1", "level"),
        ("title2", "level"),
        ("title3", "level"),
        ("title4", "level"),
        ("title5", "level"),
        ("title6", "level"),
        ("title7", "level"),
        ("title8", "level"),
        ("title9", "level"),
        ("title10", "level"),
        ("state", "status"),
        ("tags", "tags"),
        ("storypoints", "points"),
        ("effort", "points"),
        ("size", "points"),
        ("iterationpath", "sprint"),
        ("parent", "parent"),
        ("description", "notes"),
        ("reprosteps", "notes"),
        ("acceptancecriteria", "acceptance"),
        ("createddate", "created"),
        ("closeddate", "done"),
        ("activateddate", "started"),
        ("startdate", "start"),
        ("targetdate", "due"),
        ("duedate", "due"),
        ("priority", "priority"),
        ("areapath", "skip"),
        ("reason", "skip"),
    ],
    month_first: Some(true),
    is_guarded: false,
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}
