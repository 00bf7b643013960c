//! Azure DevOps: the CSV of a query on its boards.

use super::entry::{Asked, Haul, Unreadable};
use super::format::{Format, Reader};
use super::table::{self, Table};
use crate::workspace::Place;
use std::io::Read;

/// Work items of Azure DevOps.
pub static FORMAT: Format = Format {
    id: "azure",
    name: "work items of Azure DevOps as CSV",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "“Export to CSV” of a query: work item types, iterations as sprints, parents, tags, story points or effort; a tree's columns Title 1, Title 2, …",
    source: "https://learn.microsoft.com/en-us/azure/devops/boards/queries/import-work-items-from-csv",
    to: Place::Backlog,
};

const TABLE: Table = Table {
    system: "azure",
    columns: &[
        ("id", "key"),
        ("workitemtype", "kind"),
        ("title", "title"),
        ("title1", "title"),
        ("title2", "title"),
        ("title3", "title"),
        ("title4", "title"),
        ("title5", "title"),
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
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}
