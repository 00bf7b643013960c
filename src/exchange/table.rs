//! What the columns of a table are, and what its rows say.

use super::asked::Asked;
use super::columns::{Role, guess, header_key, overrule, own};
use super::csv::{plain, read_cell};
use super::entry::Entry;
use super::haul::{Haul, Unreadable};
use super::origin::Origin;
use super::past::{self, SprintSaid};
use super::reading::{self, Progress, bare};
use super::sheet::Sheet;
use super::{factors, json};
use crate::workspace::{Field, Place, Shape, Status, Value};
use ::csv::StringRecord;
use std::io::Read;

/// How a tool names its columns.
pub struct Table {
    /// The name of the tool; where it is empty, the header tells one source from another.
    pub system: &'static str,
    /// Headers without capitals, blanks and signs, and what they are: a field or a role.
    pub columns: &'static [(&'static str, &'static str)],
    /// Whether 3/4/2026 is in March; nothing where that is not known.
    pub month_first: Option<bool>,
    /// Whether the tool puts a `'` before what a spreadsheet would take for a formula.
    pub is_guarded: bool,
}

/// Reads a table.
///
/// # Errors
/// It has no header, no column that could be a title, or a column that was named is not there.
pub fn read(bytes: &mut dyn Read, asked: &Asked, table: &Table) -> Result<Haul, Unreadable> {
    let mut sheet = Sheet::open(bytes)?;
    let key = header_key(&sheet.header);
    let (roles, is_own) = roles(&sheet.header, &key, asked, table)?;
    let system = match table.system {
        "" => format!("csv {}", key.get(..4).unwrap_or_default()),
        system => system.to_owned(),
    };
    let names = roles.iter().map(|role| role.map(Role::name));
    let columns = sheet.header.iter().cloned().zip(names).collect();
    let mut haul = Haul { columns, header: Some(key), ..Haul::of(&system, asked) };
    // What this program wrote in another tool's shape has links only inside itself.
    let is_written = !is_own && roles.contains(&Some(Role::Twohats));
    let reading = Reading { asked, table, is_own, is_written };
    let mut tree = Tree::of(&roles);
    let mut record = StringRecord::new();
    while let Some(row) = sheet.next(&mut record)? {
        let mut entry = Entry::new(row);
        surplus(&mut haul, row, &record, sheet.header.len());
        for ((role, cell), name) in roles.iter().zip(&record).zip(&sheet.header) {
            let Some(role) = role else { continue };
            if let Err(words) = reading.put(&mut entry, *role, name, cell) {
                haul.remark(row, words);
            }
        }
        tree.put(&mut entry, &record);
        entry.lacks_links = is_written;
        if is_own { haul.entries.push(entry) } else { haul.take(entry) }
    }
    Ok(haul)
}

/// What each column is, and whether this program wrote the table.
fn roles(
    header: &[String],
    key: &str,
    asked: &Asked,
    table: &Table,
) -> Result<(Vec<Option<Role>>, bool), Unreadable> {
    let (mut roles, is_own) = match own(header, asked) {
        Some(roles) => (roles, true),
        None => (guess(header, table, asked), false),
    };
    let before = asked.remembered.get(key).map(Vec::as_slice).unwrap_or_default();
    for said in [before, &asked.columns] {
        overrule(header, &mut roles, said, asked)?;
    }
    let names_it =
        |role: &Role| matches!(role, Role::Level | Role::Field(Field::Title | Field::Notes));
    if !roles.iter().flatten().any(names_it) {
        let names = header.join(", ");
        return Err(Unreadable(format!(
            "no column looks like a title; name it with --map COLUMN=title; there are {names}"
        )));
    }
    Ok((roles, is_own))
}

/// Says what stands behind the last column.
fn surplus(haul: &mut Haul, row: usize, record: &StringRecord, columns: usize) {
    let more: Vec<&str> = record.iter().skip(columns).collect();
    if more.iter().any(|cell| !cell.trim().is_empty()) {
        let more = more.join("”, “");
        haul.remark(row, format!("there are {columns} columns; “{more}” stands behind them"));
    }
}

/// Titles of which each stands in the column of its level, so that a row is a part of the last one
/// above it that stands further left.
struct Tree {
    columns: Vec<usize>,
    /// The rows that one below may be a part of, each further right than the one before: its
    /// level, and its name in links.
    above: Vec<(usize, String)>,
}

impl Tree {
    fn of(roles: &[Option<Role>]) -> Self {
        let is_level = |at: &usize| roles[*at] == Some(Role::Level);
        Self { columns: (0..roles.len()).filter(is_level).collect(), above: Vec::new() }
    }

    fn put(&mut self, entry: &mut Entry, row: &StringRecord) {
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let Some(level) = self.columns.iter().rposition(|at| !cell(*at).is_empty()) else { return };
        entry.line(Field::Title, cell(self.columns[level]));
        let name = format!("row {}", entry.row);
        entry.aliases.push(name.clone());
        while self.above.pop_if(|(above, _)| *above >= level).is_some() {}
        let is_said =
            entry.links.iter().any(|(field, to)| *field == Field::Parent && !to.is_empty());
        if !is_said {
            entry.link(Field::Parent, self.above.last().map_or("", |(_, name)| name));
        }
        self.above.push((level, name));
    }
}

/// How the cells of a table are read.
struct Reading<'a> {
    asked: &'a Asked,
    table: &'a Table,
    /// Whether this program wrote it.
    is_own: bool,
    /// Whether this program wrote it in another tool's shape.
    is_written: bool,
}

impl Reading<'_> {
    fn put(&self, entry: &mut Entry, role: Role, name: &str, cell: &str) -> Result<(), String> {
        let text = if self.table.is_guarded { plain(cell).trim() } else { cell.trim() };
        match role {
            Role::Skip | Role::Level => {}
            Role::Field(field) if self.is_own => return own_cell(entry, field, cell),
            Role::Field(field) if self.is_written && verbatim(entry, field, cell) => {}
            Role::Field(field) => return self.field(entry, field, name, text),
            Role::Rating(framework, factor) if self.is_own => {
                return factors::again(entry, framework, factor, plain(cell))
                    .map_err(|why| format!("{name}: {why}; left out"));
            }
            Role::Rating(framework, factor) => {
                return factors::rate(entry, framework, factor, text)
                    .map_err(|why| format!("{name}: {why}; left out"));
            }
            Role::Key if entry.key.is_empty() => text.clone_into(&mut entry.key),
            Role::Key | Role::Alias | Role::Place if text.is_empty() => {}
            Role::Key | Role::Alias => entry.aliases.push(text.to_owned()),
            Role::Url => text.clone_into(&mut entry.url),
            Role::Twohats => entry.own = Origin::read(plain(text)),
            Role::SprintState | Role::SprintStart | Role::SprintEnd => {
                return self.sprint(entry, role, name, text);
            }
            Role::Blocks => entry.blocks.extend(reading::list(text)),
            Role::Priority => priority(entry, text),
            Role::Category => progress(entry, text),
            Role::Resolution => dropped(entry, text),
            Role::Place => {
                let place = Place::of_items(&text.to_lowercase());
                entry.place = Some(place.ok_or_else(|| format!("{name} “{text}” is no place"))?);
                entry.done = Some(entry.place == Some(Place::Done));
            }
        }
        Ok(())
    }

    /// Takes what a cell says of the sprint that an entry is in.
    fn sprint(&self, entry: &mut Entry, role: Role, name: &str, text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let wrong = |what: &str| format!("{name} “{text}” is not {what}; left out");
        let day = || {
            let day = reading::day(text, self.asked, self.table.month_first);
            day.ok_or_else(|| wrong("a day that can be only one; 2026-11-22 is"))
        };
        let mut said = SprintSaid::default();
        match role {
            Role::SprintState => {
                let state = past::state(text).ok_or_else(|| wrong("planned, running or closed"));
                said.state = Some(state?);
            }
            Role::SprintStart => said.start = Some(day()?),
            _ => said.end = Some(day()?),
        }
        entry.sprints.push(said);
        Ok(())
    }

    fn field(&self, entry: &mut Entry, field: Field, name: &str, text: &str) -> Result<(), String> {
        let shape = field.row().shape;
        match (field, shape) {
            (Field::Status, _) => return status(entry, text),
            (Field::Acceptance, _) => {
                entry.say_first(field, None);
                let lines = text.lines().map(|line| line.trim_start_matches(['-', '*', ' ']));
                lines.for_each(|line| entry.criterion(line, false));
            }
            (_, Shape::Long) => entry.paragraph(field, text),
            (_, Shape::Words) => entry.words(field, reading::list(text)),
            (Field::Sprint, _) => match SprintSaid::spelled(text, self.asked) {
                Some(said) => {
                    entry.link(field, &said.name);
                    entry.sprints.push(said);
                }
                None => entry.link(field, text),
            },
            (_, Shape::Link(_)) => entry.link(field, text),
            (_, Shape::Links(_)) => {
                entry.link(field, "");
                reading::list(text).iter().for_each(|key| entry.link(field, key));
            }
            _ => {
                let value = self
                    .value(field, text)
                    .map_err(|what| format!("{name} “{text}” is not {what}; left out"))?;
                if value.is_some()
                    && entry.get(field).is_some_and(|first| value.as_ref() != Some(first))
                {
                    let label = field.row().label;
                    return Err(format!("{name} “{text}” is a second {label}; left out"));
                }
                if field == Field::Done && value.is_some() {
                    entry.done = Some(true);
                }
                entry.say_first(field, value);
            }
        }
        Ok(())
    }

    /// What a cell says of a field that holds one thing; else what that would be.
    fn value(&self, field: Field, text: &str) -> Result<Option<Value>, &'static str> {
        let shape = field.row().shape;
        let value = match (field, shape) {
            _ if text.is_empty() => return Ok(None),
            (Field::Kind, _) => {
                let kind = reading::kind(text).map(|kind| kind.key().to_owned());
                Value::text(kind.unwrap_or_else(|| text.to_lowercase()))
            }
            (_, Shape::Text) => Value::text(text.replace(char::is_control, " ")),
            (_, Shape::Number { min, open }) => match reading::number(text) {
                // Trackers write 0 where nobody said anything.
                Some(0.0) if open && min == 0.0 => return Ok(None),
                number => {
                    let value = number.map(Value::Number).filter(|value| shape.accepts(value));
                    value.ok_or("a number that fits")?
                }
            },
            (_, Shape::Date) => {
                let day = reading::day(text, self.asked, self.table.month_first);
                day.map(Value::Date).ok_or("a day that can be only one; 2026-11-22 is")?
            }
            _ => json::spelled(field, text).ok_or("what it holds, as JSON")?,
        };
        Ok(Some(value))
    }
}

/// Takes a text as it is that this program wrote in another tool's shape; anything else is left to
/// that tool's reading.
fn verbatim(entry: &mut Entry, field: Field, cell: &str) -> bool {
    let text = plain(cell);
    match field {
        Field::Title | Field::Notes => entry.say(field, Some(Value::text(text))),
        Field::Tags => {
            let mut tags = entry.get(field).map(Value::items).unwrap_or_default().to_vec();
            tags.extend((!text.is_empty()).then(|| Value::text(text)));
            entry.say(field, Some(Value::list(tags)));
        }
        _ => return false,
    }
    true
}

/// A cell of a table that this program wrote.
fn own_cell(entry: &mut Entry, field: Field, cell: &str) -> Result<(), String> {
    let value = read_cell(field, cell).map_err(|why| format!("{why}; left out"))?;
    match (field.row().shape, value) {
        (Shape::Link(_) | Shape::Links(_), value) => {
            entry.link(field, "");
            let names = value.as_ref().map(Value::items).unwrap_or_default();
            names.iter().filter_map(Value::as_text).for_each(|name| entry.link(field, name));
        }
        (_, value) => entry.say(field, value),
    }
    Ok(())
}

/// Says how far an entry is, in a tracker's words.
pub fn status(entry: &mut Entry, text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    if reading::progress(text).is_none() {
        entry.say_first(Field::Status, None);
        entry.done = entry.done.or(Some(false));
        return Err(format!("status “{text}” is not known and counts as todo"));
    }
    progress(entry, text);
    Ok(())
}

/// Says how far an entry is where the word for that is known. That it is done stays said.
fn progress(entry: &mut Entry, text: &str) {
    match reading::progress(text) {
        Some(Progress::Done) => {
            entry.say(Field::Status, None);
            entry.done = Some(true);
        }
        Some(Progress::Dropped) => dropped(entry, text),
        Some(Progress::Open(status)) if entry.done != Some(true) => {
            entry.done = Some(false);
            let word = (status != Status::Todo).then(|| Value::text(status.key()));
            entry.say_first(Field::Status, word);
        }
        _ => {}
    }
}

/// Says that nobody does it where the word means that. The first word for it stays.
fn dropped(entry: &mut Entry, text: &str) {
    if reading::progress(text) == Some(Progress::Dropped) && entry.dropped.is_none() {
        entry.dropped = Some(text.to_owned());
    }
}

/// There is no field for a priority that somebody set; a tag keeps it.
pub fn priority(entry: &mut Entry, text: &str) {
    if !matches!(bare(text).as_str(), "" | "none" | "nopriority" | "notset") {
        entry.words(Field::Tags, [format!("priority:{text}")]);
    }
}
