//! What the columns of a table are, and what its rows say.

use super::columns::{Role, guess, header_key, overrule, own};
use super::entry::{Asked, Entry, Haul, Unreadable};
use super::json;
use super::origin::Origin;
use super::reading::{self, Progress, bare};
use super::sheet::Sheet;
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
}

/// Reads a table.
///
/// # Errors
/// It has no header, no column that could be a title, or a column that was named is not there.
pub fn read(bytes: &mut dyn Read, asked: &Asked, table: &Table) -> Result<Haul, Unreadable> {
    let mut sheet = Sheet::open(bytes)?;
    let (mut roles, is_own) = match own(&sheet.header) {
        Some(roles) => (roles, true),
        None => (guess(&sheet.header, table), false),
    };
    let key = header_key(&sheet.header);
    let before = asked.remembered.get(&key).map(Vec::as_slice).unwrap_or_default();
    for said in [before, &asked.columns] {
        overrule(&sheet.header, &mut roles, said)?;
    }
    let name_of = |role: &Option<Role>| role.map(|role| role.name().to_owned());
    let columns: Vec<_> = sheet.header.iter().cloned().zip(roles.iter().map(name_of)).collect();
    if !roles.iter().flatten().any(|role| matches!(role, Role::Field(Field::Title | Field::Notes)))
    {
        let names = sheet.header.join(", ");
        return Err(Unreadable(format!(
            "no column looks like a title; name it with --map COLUMN=title; there are {names}"
        )));
    }
    let system = match table.system {
        "" => format!("csv {}", key.get(..4).unwrap_or_default()),
        system => system.to_owned(),
    };
    let mut haul = Haul { columns, header: Some(key), ..Haul::of(&system, asked) };
    // What this program wrote in another tool's shape has guards, and links only inside itself.
    let is_guarded = !is_own && roles.contains(&Some(Role::Twohats));
    let reading = Reading { is_guarded, asked, month_first: table.month_first, is_own };
    let mut record = StringRecord::new();
    while let Some(row) = sheet.next(&mut record)? {
        let mut entry = Entry::new(row);
        if record.len() > sheet.header.len() {
            let (cells, columns) = (record.len(), sheet.header.len());
            haul.remark(row, format!("it has {cells} cells under {columns} columns"));
        }
        for ((role, cell), name) in roles.iter().zip(&record).zip(&sheet.header) {
            let Some(role) = role else { continue };
            if let Err(words) = reading.put(&mut entry, *role, name, cell) {
                haul.remark(row, words);
            }
        }
        entry.lacks_links = is_guarded;
        if is_own { haul.entries.push(entry) } else { haul.take(entry) }
    }
    Ok(haul)
}

/// How the cells of a table are read.
struct Reading<'a> {
    asked: &'a Asked,
    month_first: Option<bool>,
    is_own: bool,
    is_guarded: bool,
}

impl Reading<'_> {
    fn put(&self, entry: &mut Entry, role: Role, name: &str, cell: &str) -> Result<(), String> {
        let text = cell.trim();
        match role {
            Role::Skip => {}
            Role::Field(field) if self.is_own => return own_cell(entry, field, cell),
            Role::Field(field) if self.is_guarded && verbatim(entry, field, cell) => {}
            Role::Field(field) => return self.field(entry, field, text),
            Role::Key if entry.key.is_empty() => text.clone_into(&mut entry.key),
            Role::Key | Role::Alias | Role::Place if text.is_empty() => {}
            Role::Key | Role::Alias => entry.aliases.push(text.to_owned()),
            Role::Url => text.clone_into(&mut entry.url),
            Role::Twohats => entry.own = Origin::read(super::csv::plain(text)),
            Role::Blocks => entry.blocks.extend(reading::list(text)),
            Role::Priority => priority(entry, text),
            Role::Category => progress(entry, text),
            Role::Place => {
                let place = Place::of_items(&text.to_lowercase());
                entry.place = Some(place.ok_or_else(|| format!("{name} “{text}” is no place"))?);
                entry.done = Some(entry.place == Some(Place::Done));
            }
        }
        Ok(())
    }

    fn field(&self, entry: &mut Entry, field: Field, text: &str) -> Result<(), String> {
        let shape = field.row().shape;
        let wrong =
            |what: &str| Err(format!("{} “{text}” is not {what}; left out", field.row().label));
        match (field, shape) {
            (Field::Status, _) => return status(entry, text),
            (Field::Kind, _) => {
                let kind = reading::kind(text).map(|kind| kind.key().to_owned());
                let word = kind.unwrap_or_else(|| text.to_lowercase());
                entry.say_first(field, Some(Value::text(word)));
            }
            (Field::Acceptance, _) => {
                entry.say_first(field, None);
                text.lines().map(|line| line.trim_start_matches(['-', '*', ' '])).for_each(
                    |line| {
                        entry.criterion(line, false);
                    },
                );
            }
            (Field::Title, _) if entry.text(field).is_empty() => entry.line(field, text),
            (_, Shape::Text) if entry.get(field).is_none() => entry.line(field, text),
            (_, Shape::Long) => entry.paragraph(field, text),
            (_, Shape::Words) => entry.words(field, reading::list(text)),
            (_, Shape::Link(_)) => entry.link(field, text),
            (_, Shape::Links(_)) => {
                entry.link(field, "");
                reading::list(text).iter().for_each(|key| entry.link(field, key));
            }
            _ if text.is_empty() => entry.say_first(field, None),
            (_, Shape::Number { min, open }) => match reading::number(text) {
                // Trackers write 0 where nobody said anything.
                Some(0.0) if open && min == 0.0 => entry.say_first(field, None),
                Some(number) if shape.accepts(&Value::Number(number)) => {
                    entry.say_first(field, Some(Value::Number(number)));
                }
                _ => return wrong("a number that fits"),
            },
            (_, Shape::Date) => match reading::day(text, self.asked, self.month_first) {
                Some(day) => {
                    entry.say_first(field, Some(Value::Date(day)));
                    if field == Field::Done {
                        entry.done = Some(true);
                    }
                }
                None => return wrong("a day that can be only one; 2026-11-22 is"),
            },
            (_, Shape::Text) => {}
            _ => match serde_json::from_str(text).ok().map(|value| json::field(field, &value)) {
                Some(Ok(value)) => entry.say_first(field, value),
                _ => return wrong("what it holds, as JSON"),
            },
        }
        Ok(())
    }
}

/// Takes a text as it is that this program wrote in another tool's shape; anything else is left to
/// that tool's reading.
fn verbatim(entry: &mut Entry, field: Field, cell: &str) -> bool {
    let text = super::csv::plain(cell);
    match field {
        Field::Title | Field::Notes => entry.say(field, Some(Value::text(text))),
        Field::Tags => {
            let mut tags = entry.get(field).map(Value::items).unwrap_or_default().to_vec();
            tags.extend((!text.is_empty()).then(|| Value::text(text)));
            entry.say(field, Some(Value::List(tags)));
        }
        _ => return false,
    }
    true
}

/// A cell of a table that this program wrote.
fn own_cell(entry: &mut Entry, field: Field, cell: &str) -> Result<(), String> {
    let value = super::csv::read_cell(field, cell).map_err(|why| format!("{why}; left out"))?;
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
        Some(Progress::Open(status)) if entry.done != Some(true) => {
            entry.done = Some(false);
            let word = (status != Status::Todo).then(|| Value::text(status.key()));
            entry.say_first(Field::Status, word);
        }
        _ => {}
    }
}

/// There is no field for a priority that somebody set; a tag keeps it.
pub fn priority(entry: &mut Entry, text: &str) {
    if !matches!(bare(text).as_str(), "" | "none" | "nopriority" | "notset") {
        entry.words(Field::Tags, [format!("priority:{text}")]);
    }
}
