//! What the columns of a table are: guessed by their headers, and as the person says.

use super::entry::Unreadable;
use super::origin::hex;
use super::reading::bare;
use super::table::Table;
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

/// What a column is, beside the fields of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A field of an item.
    Field(Field),
    /// What the other tool calls it.
    Key,
    /// What else it calls it, in links.
    Alias,
    /// Its page.
    Url,
    /// Where it stands.
    Place,
    /// What waits for it.
    Blocks,
    /// How urgent somebody said it is; a tag.
    Priority,
    /// What its status comes down to.
    Category,
    /// The item that it was written from.
    Twohats,
    /// Nothing.
    Skip,
}

const ROLES: &[(&str, Role)] = &[
    ("key", Role::Key),
    ("alias", Role::Alias),
    ("url", Role::Url),
    ("place", Role::Place),
    ("blocks", Role::Blocks),
    ("priority", Role::Priority),
    ("category", Role::Category),
    ("twohats", Role::Twohats),
    ("skip", Role::Skip),
];

impl Role {
    /// The role of this name.
    pub fn named(name: &str) -> Option<Self> {
        let role = ROLES.iter().find(|(of, _)| *of == name).map(|(_, role)| *role);
        role.or_else(|| Field::named(Section::Item, name).map(Self::Field))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.key(),
            role => ROLES.iter().find(|(_, of)| *of == role).map_or("", |(name, _)| *name),
        }
    }
}

/// What tells a header from others, so that what was said of its columns is found again.
pub fn header_key(header: &[String]) -> String {
    let bare: Vec<String> = header.iter().map(|name| bare(name)).collect();
    hex(bare.join("\n").as_bytes())
}

/// The roles of a table that this program wrote.
pub fn own(header: &[String]) -> Option<Vec<Option<Role>>> {
    let has = |name: &str| header.iter().any(|column| column == name);
    (has("twohats") && has("place") && has("title"))
        .then(|| header.iter().map(|name| Role::named(name)).collect())
}

/// What each column most likely is. Where the tool has no say, a role is given once: to the column
/// whose name stands for it most plainly.
pub fn guess(header: &[String], table: &Table) -> Vec<Option<Role>> {
    let find = |rows: &[(&str, &str)], name: &String| {
        let bare = bare(name);
        let at = rows.iter().position(|(of, _)| *of == bare)?;
        Some((at, Role::named(rows[at].1)?))
    };
    let mut roles: Vec<Option<Role>> =
        header.iter().map(|name| find(table.columns, name).map(|(_, role)| role)).collect();
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
        let many = matches!(
            role,
            Role::Field(Field::Notes | Field::Tags | Field::BlockedBy) | Role::Blocks
        );
        if many || !better {
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
) -> Result<(), Unreadable> {
    for (column, name) in said {
        let role = Role::named(name).ok_or_else(|| {
            let fields = Field::of(Section::Item).map(|row| row.key);
            let names: Vec<_> = fields.chain(ROLES.iter().map(|(name, _)| *name)).collect();
            Unreadable(format!(
                "“{name}” is nothing a column can be; it is one of {}",
                names.join(", ")
            ))
        })?;
        let meant: Vec<usize> =
            (0..header.len()).filter(|at| bare(&header[*at]) == bare(column)).collect();
        if meant.is_empty() {
            let names = header.join(", ");
            return Err(Unreadable(format!("there is no column “{column}”; there are {names}")));
        }
        let single = !matches!(role, Role::Field(Field::Notes | Field::Tags) | Role::Skip);
        for (at, given) in roles.iter_mut().enumerate() {
            match meant.contains(&at) {
                true => *given = Some(role),
                false if single && *given == Some(role) => *given = None,
                false => {}
            }
        }
    }
    Ok(())
}
