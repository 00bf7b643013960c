//! What the columns of a table are: guessed by their headers, and as the person says.

use super::asked::Asked;
use super::factors;
use super::haul::Unreadable;
use super::origin::hex;
use super::reading::bare;
use super::table::Table;
use crate::scoring::{Factor, Framework};
use crate::workspace::{Field, Section};

/// Headers that mean the same wherever they come from.
const USUAL: &[(&str, &str)] = &[
    ("title", "title"),
    ("summary", "title"),
    ("name", "title"),
    ("subject", "title"),
    ("task", "title"),
    ("taskname", "title"),
    ("story", "title"),
    ("userstory", "title"),
    ("item", "title"),
    ("issue", "title"),
    ("feature", "title"),
    ("headline", "title"),
    ("titel", "title"),
    ("aufgabe", "title"),
    ("zusammenfassung", "title"),
    ("idea", "title"),
    ("description", "notes"),
    ("notes", "notes"),
    ("note", "notes"),
    ("body", "notes"),
    ("details", "notes"),
    ("text", "notes"),
    ("content", "notes"),
    ("beschreibung", "notes"),
    ("comment", "notes"),
    ("comments", "notes"),
    ("notizen", "notes"),
    ("acceptancecriteria", "acceptance"),
    ("acceptance", "acceptance"),
    ("storypoints", "points"),
    ("storypoint", "points"),
    ("points", "points"),
    ("estimate", "points"),
    ("estimation", "points"),
    ("effort", "points"),
    ("size", "points"),
    ("storypointestimate", "points"),
    ("sp", "points"),
    ("punkte", "points"),
    ("aufwand", "points"),
    ("type", "kind"),
    ("kind", "kind"),
    ("issuetype", "kind"),
    ("workitemtype", "kind"),
    ("itemtype", "kind"),
    ("typ", "kind"),
    ("tracker", "kind"),
    ("category", "kind"),
    ("status", "status"),
    ("state", "status"),
    ("stage", "status"),
    ("progress", "status"),
    ("tags", "tags"),
    ("labels", "tags"),
    ("label", "tags"),
    ("tag", "tags"),
    ("keywords", "tags"),
    ("components", "tags"),
    ("component", "tags"),
    ("parent", "parent"),
    ("parentid", "parent"),
    ("parentkey", "parent"),
    ("epic", "parent"),
    ("epiclink", "parent"),
    ("epicid", "parent"),
    ("parentissue", "parent"),
    ("sprint", "sprint"),
    ("iteration", "sprint"),
    ("cycle", "sprint"),
    ("cyclename", "sprint"),
    ("sprintstate", "sprint_state"),
    ("sprintstatus", "sprint_state"),
    ("sprintstart", "sprint_start"),
    ("sprintstartdate", "sprint_start"),
    ("cyclestart", "sprint_start"),
    ("iterationstart", "sprint_start"),
    ("sprintend", "sprint_end"),
    ("sprintenddate", "sprint_end"),
    ("cycleend", "sprint_end"),
    ("iterationend", "sprint_end"),
    ("release", "release"),
    ("version", "release"),
    ("fixversion", "release"),
    ("fixversions", "release"),
    ("milestone", "release"),
    ("targetversion", "release"),
    ("objective", "objective"),
    ("goal", "objective"),
    ("persona", "persona"),
    ("due", "due"),
    ("duedate", "due"),
    ("deadline", "due"),
    ("targetdate", "due"),
    ("start", "start"),
    ("startdate", "start"),
    ("created", "created"),
    ("createdat", "created"),
    ("createddate", "created"),
    ("datecreated", "created"),
    ("creationdate", "created"),
    ("started", "started"),
    ("startedat", "started"),
    ("done", "done"),
    ("resolved", "done"),
    ("completed", "done"),
    ("completedat", "done"),
    ("closed", "done"),
    ("closedat", "done"),
    ("closeddate", "done"),
    ("finished", "done"),
    ("resolutiondate", "done"),
    ("resolution", "resolution"),
    ("datecompleted", "done"),
    ("blockedby", "blocked_by"),
    ("dependson", "blocked_by"),
    ("dependencies", "blocked_by"),
    ("predecessors", "blocked_by"),
    ("waitsfor", "blocked_by"),
    ("blocks", "blocks"),
    ("priority", "priority"),
    ("votes", "votes"),
    ("source", "source"),
    ("key", "key"),
    ("id", "key"),
    ("issuekey", "key"),
    ("issueid", "key"),
    ("identifier", "key"),
    ("number", "key"),
    ("nr", "key"),
    ("taskid", "key"),
    ("workitemid", "key"),
    ("uuid", "key"),
    ("url", "url"),
    ("link", "url"),
    ("permalink", "url"),
    ("weburl", "url"),
];

/// What a column is.
#[derive(Debug, Clone, Copy)]
pub enum Role {
    /// A field of an item.
    Field(Field),
    /// What an item is rated with.
    Rating(&'static Framework, &'static Factor),
    /// A title on one level of a tree, the next one deeper than in the column before.
    Level,
    /// What the other tool calls it.
    Key,
    /// What else it calls it, in links.
    Alias,
    /// Its page.
    Url,
    /// Where it stands.
    Place,
    /// How far its sprint is.
    SprintState,
    /// The first day of its sprint.
    SprintStart,
    /// The last day of its sprint.
    SprintEnd,
    /// What waits for it.
    Blocks,
    /// How urgent somebody said it is; a tag.
    Priority,
    /// What its status comes down to.
    Category,
    /// What came of it: whether what is closed was done.
    Resolution,
    /// The item that it was written from.
    Twohats,
    /// Nothing.
    Skip,
}

const ROLES: &[(&str, Role)] = &[
    ("level", Role::Level),
    ("key", Role::Key),
    ("alias", Role::Alias),
    ("url", Role::Url),
    ("place", Role::Place),
    ("sprint_state", Role::SprintState),
    ("sprint_start", Role::SprintStart),
    ("sprint_end", Role::SprintEnd),
    ("blocks", Role::Blocks),
    ("priority", Role::Priority),
    ("category", Role::Category),
    ("resolution", Role::Resolution),
    ("twohats", Role::Twohats),
    ("skip", Role::Skip),
];

impl Role {
    /// The role of this name; a rating is named by its framework and factor, as in `rice.reach`.
    pub fn named(name: &str, asked: &Asked) -> Option<Self> {
        let role = ROLES.iter().find(|(of, _)| *of == name).map(|(_, role)| *role);
        let field = || Field::named(Section::Item, name).map(Self::Field);
        role.or_else(field).or_else(|| factors::named(name, &asked.frameworks))
    }

    /// Its name.
    pub fn name(self) -> String {
        match self {
            Self::Field(field) => field.key().to_owned(),
            Self::Rating(framework, factor) => format!("{}.{}", framework.id, factor.id),
            role => {
                let row = ROLES.iter().find(|(_, of)| *of == role);
                row.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
            }
        }
    }

    /// Whether several columns may be it: what they say is put together.
    fn is_gathered(self) -> bool {
        matches!(
            self,
            Self::Field(Field::Notes | Field::Tags | Field::BlockedBy)
                | Self::Blocks
                | Self::Level
                | Self::Skip
        )
    }
}

impl PartialEq for Role {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Field(one), Self::Field(other)) => one == other,
            (Self::Rating(one, part), Self::Rating(other, others)) => {
                (one.id, part.id) == (other.id, others.id)
            }
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}

/// What tells a header from others, so that what was said of its columns is found again.
pub fn header_key(header: &[String]) -> String {
    let bare: Vec<String> = header.iter().map(|name| bare(name)).collect();
    hex(bare.join("\n").as_bytes())
}

/// The roles of a table that this program wrote.
pub fn own(header: &[String], asked: &Asked) -> Option<Vec<Option<Role>>> {
    let has = |name: &str| header.iter().any(|column| column == name);
    (has("twohats") && has("place") && has("title"))
        .then(|| header.iter().map(|name| Role::named(name, asked)).collect())
}

/// What each column most likely is. Where the tool has no say, a role is given once: to the column
/// whose name stands for it most plainly.
pub fn guess(header: &[String], table: &Table, asked: &Asked) -> Vec<Option<Role>> {
    let find = |rows: &[(&str, &str)], name: &String| {
        let bare = bare(name);
        let at = rows.iter().position(|(of, _)| *of == bare)?;
        Some((at, Role::named(rows[at].1, asked)?))
    };
    let mut roles: Vec<Option<Role>> =
        header.iter().map(|name| find(table.columns, name).map(|(_, role)| role)).collect();
    for (role, rating) in roles.iter_mut().zip(factors::guess(header, &asked.frameworks)) {
        *role = role.or(rating);
    }
    let usual: Vec<_> = header.iter().map(|name| find(USUAL, name)).collect();
    for at in 0..header.len() {
        let Some((rank, role)) = usual[at].filter(|_| roles[at].is_none()) else { continue };
        let told = |other: usize| table.columns.iter().any(|(of, _)| *of == bare(&header[other]));
        let same_name = |other: usize| header[other] == header[at];
        let better = (0..header.len()).any(|other| {
            let rival = usual[other].filter(|(_, of)| *of == role && !same_name(other));
            roles[other] == Some(role) && told(other)
                || rival.is_some_and(|(by, _)| by < rank && roles[other].is_none_or(|r| r == role))
        });
        if role.is_gathered() || !better {
            roles[at] = Some(role);
        }
    }
    roles
}

/// Does what the person said of columns.
pub fn overrule(
    header: &[String],
    roles: &mut [Option<Role>],
    said: &[(String, String)],
    asked: &Asked,
) -> Result<(), Unreadable> {
    for (column, name) in said {
        let role = Role::named(name, asked).ok_or_else(|| nothing(name))?;
        let meant: Vec<usize> =
            (0..header.len()).filter(|at| bare(&header[*at]) == bare(column)).collect();
        if meant.is_empty() {
            let names = header.join(", ");
            return Err(Unreadable(format!("there is no column “{column}”; there are {names}")));
        }
        for (at, given) in roles.iter_mut().enumerate() {
            match meant.contains(&at) {
                true => *given = Some(role),
                false if !role.is_gathered() && *given == Some(role) => *given = None,
                false => {}
            }
        }
    }
    Ok(())
}

fn nothing(name: &str) -> Unreadable {
    let fields = Field::of(Section::Item).map(|row| row.key);
    let names: Vec<_> = fields.chain(ROLES.iter().map(|(name, _)| *name)).collect();
    Unreadable(format!(
        "“{name}” is nothing a column can be; it is one of {}, or a factor, as in rice.reach",
        names.join(", ")
    ))
}
