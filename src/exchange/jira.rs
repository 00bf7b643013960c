//! Jira: the CSV of its issue navigator, and CSV that its importer takes.

use super::asked::{Asked, Chosen};
use super::csv::{guarded, lines};
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::links::title_of;
use super::origin::Origin;
use super::table::{self, Table};
use crate::workspace::{Field, Id, Kind, Place, Record, Status, Workspace};
use std::collections::HashMap;
use std::io::Read;

/// Issues of Jira, cloud or data center.
pub static FORMAT: Format = Format {
    id: "jira",
    name: "issues of Jira as CSV",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "“Export CSV (all fields)”: repeated columns, parents and epic links, the last sprint, story points, links that block; written for the CSV importer",
    source: "https://support.atlassian.com/jira-cloud-administration/docs/import-data-from-a-csv-file/",
    to: Place::Backlog,
};

const TABLE: Table = Table {
    system: "jira",
    columns: &[
        ("twohats", "twohats"),
        ("summary", "title"),
        ("issuekey", "key"),
        ("issueid", "alias"),
        ("issuetype", "kind"),
        ("status", "status"),
        ("statuscategory", "category"),
        ("priority", "priority"),
        ("description", "notes"),
        ("comment", "notes"),
        ("labels", "tags"),
        ("components", "tags"),
        ("componentss", "tags"),
        ("fixversions", "release"),
        ("fixversion", "release"),
        ("parentid", "parent"),
        ("parentkey", "parent"),
        ("parent", "parent"),
        ("epiclink", "parent"),
        ("customfieldepiclink", "parent"),
        ("customfieldparentlink", "parent"),
        ("sprint", "sprint"),
        ("customfieldsprint", "sprint"),
        ("storypoints", "points"),
        ("customfieldstorypoints", "points"),
        ("customfieldstorypointestimate", "points"),
        ("duedate", "due"),
        ("created", "created"),
        ("resolved", "done"),
        ("customfieldstartdate", "start"),
        ("customfieldacceptancecriteria", "acceptance"),
        ("inwardissuelinkblocks", "blocked_by"),
        ("inwardissuelinkblocker", "blocked_by"),
        ("outwardissuelinkblocks", "blocks"),
        ("votes", "votes"),
        // What a usual header would be taken for, and is not here.
        ("projectname", "skip"),
        ("projecttype", "skip"),
        ("parentsummary", "skip"),
        ("customfieldepicname", "skip"),
        ("versions", "skip"),
        ("affectsversions", "skip"),
        ("progress", "skip"),
    ],
    month_first: Some(false),
    is_guarded: false,
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}

/// One column for each label, and numbers that parents are named by: the importer wants it so.
fn write(workspace: &Workspace, items: &[Chosen], _: &Asked) -> String {
    let numbers: HashMap<&Id, usize> =
        items.iter().enumerate().map(|(at, (_, item))| (item.id(), at + 1)).collect();
    let most = |field| items.iter().map(|(_, item)| item.list(field).len()).max().unwrap_or(0);
    let (labels, links) = (most(Field::Tags), most(Field::BlockedBy));
    let single = [
        "twohats",
        "Summary",
        "Issue Type",
        "Status",
        "Issue ID",
        "Parent ID",
        "Story Points",
        "Sprint",
        "Fix Version/s",
        "Due Date",
        "Created",
        "Resolved",
        "Description",
    ];
    let repeated = [("Labels", labels), ("Inward issue link (Blocks)", links)];
    let repeated = repeated.into_iter().flat_map(|(name, count)| std::iter::repeat_n(name, count));
    let mut rows = vec![single.into_iter().chain(repeated).map(str::to_owned).collect::<Vec<_>>()];
    for (nth, (place, item)) in items.iter().enumerate() {
        let number = |id: &Id| numbers.get(id).map(ToString::to_string).unwrap_or_default();
        let day = |field| item.date(field).map(|day| day.to_string()).unwrap_or_default();
        let mut row = vec![
            Origin::written(*place, item),
            item.title().to_owned(),
            issue_type(item.kind()).to_owned(),
            state(*place, item).to_owned(),
            (nth + 1).to_string(),
            item.link(Field::Parent).map(number).unwrap_or_default(),
            item.number(Field::Points).map(|points| points.to_string()).unwrap_or_default(),
            title_of(workspace, item.link(Field::Sprint)),
            title_of(workspace, item.link(Field::Release)),
            day(Field::Due),
            day(Field::Created),
            day(Field::Done),
            item.text(Field::Notes).to_owned(),
        ];
        let filled = |texts: Vec<String>, count: usize| {
            texts.into_iter().chain(std::iter::repeat(String::new())).take(count)
        };
        row.extend(filled(item.texts(Field::Tags).map(str::to_owned).collect(), labels));
        row.extend(filled(item.links(Field::BlockedBy).map(number).collect(), links));
        rows.push(row.iter().map(|cell| guarded(cell)).collect());
    }
    lines(&rows)
}

fn issue_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Initiative => "Initiative",
        Kind::Epic => "Epic",
        Kind::Story => "Story",
        Kind::Task => "Task",
        Kind::Bug => "Bug",
        Kind::Spike => "Spike",
        Kind::Idea => "Idea",
        Kind::Feedback => "Feedback",
    }
}

fn state(place: Place, item: &Record) -> &'static str {
    match item.status() {
        _ if place == Place::Done => "Done",
        Status::Todo => "To Do",
        Status::Doing => "In Progress",
        Status::Blocked => "Blocked",
        Status::Review => "In Review",
    }
}
