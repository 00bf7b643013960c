//! The history of sprints as a table: what was committed and what was delivered.

use super::asked::Asked;
use super::board_table::{BoardTable, Row, delivered};
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::{past, reading};
use crate::insight::sprint::State;
use crate::workspace::{Field, Place, Section, Value};
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

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let mut table = BoardTable::open(bytes, &asked.columns)?;
    if !table.has("delivered") && !table.has("diff") {
        let names = table.header().join(", ");
        return Err(Unreadable(format!(
            "no column looks like the points delivered; name it with --map COLUMN=delivered; there are {names}"
        )));
    }
    let mut haul = Haul { columns: table.columns(), ..Haul::of("sprints", asked) };
    while let Some(row) = table.next()? {
        let entry = entry(&row, asked, &mut haul);
        haul.take(entry);
    }
    Ok(haul)
}

fn entry(row: &Row, asked: &Asked, haul: &mut Haul) -> Entry {
    let mut entry = Entry { section: Section::Sprint, ..Entry::new(row.number) };
    let id = row.get("id");
    let name = row.get("name").or_else(|| id.as_ref().map(|id| format!("Sprint {id}")));
    entry.line(Field::Name, name.as_deref().unwrap_or_default());
    // Two trackers number their sprints alike; that they also call them so is not likely.
    entry.key = [row.get("board"), id, name].into_iter().flatten().collect::<Vec<_>>().join("/");
    let mut points = |what: &str| {
        let text = row.get(what)?;
        let read = reading::number(&text);
        if read.is_none() {
            haul.remark(row.number, format!("{what} “{text}” is not a number; left out"));
        }
        read
    };
    let (committed, diff) = (points("committed"), points("diff"));
    let summed = committed.zip(diff).map(|(committed, diff)| delivered(committed, diff));
    let delivered = points("delivered").or(summed).map(|points| points.max(0.0));
    let stated = |points: Option<f64>| points.filter(|points| *points >= 0.0).map(Value::Number);
    entry.say(Field::Committed, stated(committed));
    entry.say(Field::Delivered, stated(delivered));
    for (what, field) in [("start", Field::Start), ("end", Field::End)] {
        let Some(text) = row.get(what) else { continue };
        match reading::day(&text, asked, None) {
            Some(day) => entry.say(field, Some(Value::Date(day))),
            None => haul.remark(
                row.number,
                format!("{what} “{text}” is not a day that can be only one; left out"),
            ),
        }
    }
    if let Some(goal) = row.get("goal") {
        entry.line(Field::Goal, &goal);
    }
    let state = row.get("state").and_then(|word| past::state(&word));
    if let Some(state) = state.or(delivered.map(|_| State::Closed)) {
        entry.say(Field::State, Some(Value::text(state.key())));
    }
    entry
}
