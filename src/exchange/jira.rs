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
        ("resolution", "resolution"),
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

/// A column of the file, and what an item has there.
type Column<T> = (&'static str, fn(&Sheet, &Chosen) -> T);

/// What is written of each item.
const WRITTEN: [Column<String>; 13] = [
    ("twohats", |_, (place, item)| Origin::written(*place, item)),
    ("Summary", |_, (_, item)| item.title().to_owned()),
    ("Issue Type", |_, (_, item)| issue_type(item.kind()).to_owned()),
    ("Status", |_, (place, item)| state(*place, item).to_owned()),
    ("Issue ID", |sheet, (_, item)| sheet.number(item.id())),
    ("Parent ID", |sheet, (_, item)| {
        item.link(Field::Parent).map(|parent| sheet.number(parent)).unwrap_or_default()
    }),
    ("Story Points", |_, (_, item)| {
        item.number(Field::Points).map(|points| points.to_string()).unwrap_or_default()
    }),
    ("Sprint", |sheet, (_, item)| title_of(sheet.workspace, item.link(Field::Sprint))),
    ("Fix Version/s", |sheet, (_, item)| title_of(sheet.workspace, item.link(Field::Release))),
    ("Due Date", |_, (_, item)| day(item, Field::Due)),
    ("Created", |_, (_, item)| day(item, Field::Created)),
    ("Resolved", |_, (_, item)| day(item, Field::Done)),
    ("Description", |_, (_, item)| item.text(Field::Notes).to_owned()),
];

/// What is written of each item in as many columns as one of them needs.
const REPEATED: [Column<Vec<String>>; 2] = [
    ("Labels", |_, (_, item)| item.texts(Field::Tags).map(str::to_owned).collect()),
    ("Inward issue link (Blocks)", |sheet, (_, item)| {
        item.links(Field::BlockedBy).map(|id| sheet.number(id)).collect()
    }),
];

/// The items that are written.
struct Sheet<'a> {
    workspace: &'a Workspace,
    /// The importer knows them by these, from 1.
    numbers: HashMap<&'a Id, usize>,
}

impl Sheet<'_> {
    /// What an item is known by; nothing where it is not written.
    fn number(&self, id: &Id) -> String {
        self.numbers.get(id).map(ToString::to_string).unwrap_or_default()
    }
}

fn write(workspace: &Workspace, items: &[Chosen], _: &Asked) -> String {
    let numbers = items.iter().zip(1..).map(|((_, item), number)| (item.id(), number)).collect();
    let sheet = Sheet { workspace, numbers };
    let mut head: Vec<String> = WRITTEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut rows: Vec<Vec<String>> =
        items.iter().map(|it| WRITTEN.iter().map(|(_, cell)| cell(&sheet, it)).collect()).collect();
    for (name, cells) in REPEATED {
        let cells: Vec<Vec<String>> = items.iter().map(|item| cells(&sheet, item)).collect();
        let most = cells.iter().map(Vec::len).max().unwrap_or_default();
        head.extend(std::iter::repeat_n(name.to_owned(), most));
        for (row, mut cells) in rows.iter_mut().zip(cells) {
            cells.resize(most, String::new());
            row.append(&mut cells);
        }
    }
    let guarded = rows.iter().map(|row| row.iter().map(|cell| guarded(cell)).collect());
    lines(&std::iter::once(head).chain(guarded).collect::<Vec<_>>())
}

fn day(item: &Record, field: Field) -> String {
    item.date(field).map(|day| day.to_string()).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_rejected_is_not_brought_as_done() {
        let file = "Summary,Issue key,Status,Resolution,Resolved\n\
            Bank feeds,L-1,Closed,Done,2026-11-01\n\
            Fax the bank,L-2,Closed,Won't Do,2026-11-02\n\
            Feeds again,L-3,Done,Duplicate,2026-11-02\n\
            By mail,L-4,Cancelled,,2026-11-02\n\
            Open one,L-5,To Do,Unresolved,\n";
        let brought = |asked: &Asked| {
            let haul = read(&mut file.as_bytes(), asked).unwrap();
            let titles = haul.entries.iter().map(|entry| entry.text(Field::Title).to_owned());
            (titles.collect::<Vec<_>>(), haul.skipped)
        };
        let (titles, skipped) = brought(&Asked::default());
        assert_eq!(titles, ["Bank feeds", "Open one"]);
        let words: Vec<&str> = skipped.iter().map(|remark| remark.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "it was not done: Won't Do",
                "it was not done: Duplicate",
                "it was not done: Cancelled"
            ]
        );
        assert!(skipped.iter().all(|remark| !remark.is_wrong()));

        let columns = vec![("Resolution".to_owned(), "skip".to_owned())];
        let (titles, skipped) = brought(&Asked { columns, ..Asked::default() });
        assert_eq!((titles.len(), skipped.len()), (4, 1), "a person may take them all the same");
    }
}
