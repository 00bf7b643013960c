//! The history of sprints as a table: what was committed and what was delivered.

use super::entry::{Asked, Entry, Haul, Unreadable};
use super::format::{Format, Reader};
use super::reading::{self, bare};
use super::sheet::Sheet;
use crate::workspace::{Field, Place, Section, Value};
use ::csv::StringRecord;
use std::io::Read;

/// Sprints that were.
pub static FORMAT: Format = Format {
    id: "sprints",
    name: "the history of sprints as CSV",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "name, start, end, committed, delivered; or boardid, sprintid, vel_starttime, vel_diff, where delivered is their sum and never below 0",
    source: "Choetkiertikul et al., Predicting Delivery Capability in Iterative Software Development, IEEE TSE 2017, https://github.com/morakotch/datasets",
    to: Place::Sprints,
};

/// What a column is, by its header without signs.
const COLUMNS: &[(&str, &[&str])] = &[
    ("name", &["name", "sprint", "sprintname", "title", "iteration"]),
    ("start", &["start", "startdate", "begin", "from"]),
    ("end", &["end", "enddate", "finish", "to"]),
    ("goal", &["goal", "sprintgoal"]),
    ("committed", &["committed", "commitment", "velstarttime", "planned", "plannedpoints"]),
    ("delivered", &["delivered", "completed", "velocity", "points", "done", "completedpoints"]),
    ("diff", &["veldiff"]),
    ("board", &["boardid", "board"]),
    ("id", &["sprintid", "id", "key"]),
];

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let mut sheet = Sheet::open(bytes)?;
    let at = |what: &str| {
        let said = asked.columns.iter().find(|(_, of)| of == what).map(|(column, _)| bare(column));
        let names = COLUMNS.iter().find(|(of, _)| *of == what).map_or(&[][..], |(_, names)| names);
        let mut header = sheet.header.iter().map(|name| bare(name));
        match said {
            Some(said) => header.position(|name| name == said),
            None => names.iter().find_map(|name| header.clone().position(|of| of == **name)),
        }
    };
    let places: Vec<(&str, usize)> =
        COLUMNS.iter().filter_map(|(what, _)| Some((*what, at(what)?))).collect();
    if at("delivered").is_none() && at("diff").is_none() {
        let names = sheet.header.join(", ");
        return Err(Unreadable(format!(
            "no column looks like the points delivered; name it with --map COLUMN=delivered; there are {names}"
        )));
    }
    let mut haul = Haul::of("sprints", asked);
    haul.columns = sheet
        .header
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let role = places.iter().find(|(_, of)| *of == at);
            (name.clone(), role.map(|(what, _)| (*what).to_owned()))
        })
        .collect();
    let row = Row { places, columns: sheet.header.len() };
    let mut cells = StringRecord::new();
    while let Some(number) = sheet.next(&mut cells)? {
        row.take(&mut haul, asked, number, &cells);
    }
    Ok(haul)
}

/// How a row is read.
struct Row {
    places: Vec<(&'static str, usize)>,
    columns: usize,
}

impl Row {
    fn take(&self, haul: &mut Haul, asked: &Asked, number: usize, cells: &StringRecord) {
        // Some tools forget to quote a name with commas in it; only a name can have too many cells.
        let more = cells.len().saturating_sub(self.columns);
        let named_at = self.places.iter().find(|(what, _)| *what == "name").map(|(_, at)| *at);
        let cell = |what: &str| {
            let at = self.places.iter().find(|(of, _)| *of == what)?.1;
            let text: Vec<&str> = match named_at {
                Some(name) if at == name => cells.iter().skip(at).take(more + 1).collect(),
                Some(name) if at > name => cells.get(at + more).into_iter().collect(),
                _ => cells.get(at).into_iter().collect(),
            };
            let text = text.join(",").trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let mut entry = Entry { section: Section::Sprint, ..Entry::new(number) };
        let id = cell("id");
        let name = cell("name").or_else(|| id.as_ref().map(|id| format!("Sprint {id}")));
        entry.line(Field::Name, name.as_deref().unwrap_or_default());
        // Two trackers number their sprints alike; that they also call them so is not likely.
        entry.key = [cell("board"), id, name].into_iter().flatten().collect::<Vec<_>>().join("/");
        let mut points = |what: &str| {
            let text = cell(what)?;
            let read = reading::number(&text);
            if read.is_none() {
                haul.remark(number, format!("{what} “{text}” is not a number; left out"));
            }
            read
        };
        let (committed, diff) = (points("committed"), points("diff"));
        let delivered =
            points("delivered").or_else(|| Some(committed? + diff?)).map(|points| points.max(0.0));
        let stated =
            |points: Option<f64>| points.filter(|points| *points >= 0.0).map(Value::Number);
        entry.say(Field::Committed, stated(committed));
        entry.say(Field::Delivered, stated(delivered));
        for (what, field) in [("start", Field::Start), ("end", Field::End)] {
            let Some(text) = cell(what) else { continue };
            match reading::day(&text, asked, None) {
                Some(day) => entry.say(field, Some(Value::Date(day))),
                None => haul.remark(
                    number,
                    format!("{what} “{text}” is not a day that can be only one; left out"),
                ),
            }
        }
        if let Some(goal) = cell("goal") {
            entry.line(Field::Goal, &goal);
        }
        if delivered.is_some() {
            entry.say(Field::State, Some(Value::text("closed")));
        }
        haul.take(entry);
    }
}
