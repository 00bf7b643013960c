//! JSON Lines: an item a line, as the workspace file has it.

use super::asked::{Asked, Chosen};
use super::decode::text_from;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::json;
use super::origin::Origin;
use crate::workspace::{Field, Id, Place, Section, Workspace};
use serde_json::Value as Json;
use std::io::Read;

/// Items as JSON, one a line.
pub static FORMAT: Format = Format {
    id: "jsonl",
    name: "items as JSON, one a line",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "every field as in the workspace file, with `place`; `twohats` tells what changed since",
    source: "https://jsonlines.org and docs/FORMAT.md",
    to: Place::Backlog,
};

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let text = text_from(bytes)?;
    let mut haul = Haul::of("jsonl", asked);
    for (at, line) in text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<serde_json::Map<String, Json>>(line) {
            Ok(object) => {
                let entry = entry(at + 1, &object, &mut haul);
                if entry.own.is_some() { haul.entries.push(entry) } else { haul.take(entry) }
            }
            Err(error) => {
                // The line of the error is that of the line, which is always its first.
                let words = error.to_string();
                let what = words.split(" at line ").next().unwrap_or_default();
                let column = error.column();
                haul.skip(at + 1, format!("it is no JSON object: {what} at column {column}"));
            }
        }
    }
    Ok(haul)
}

fn entry(row: usize, object: &serde_json::Map<String, Json>, haul: &mut Haul) -> Entry {
    let mut entry = Entry::new(row);
    let text = |name: &str| object.get(name).and_then(Json::as_str);
    entry.stand(text("place").and_then(Place::of_items));
    let id = text("id").filter(|id| !id.is_empty());
    entry.own = text("twohats")
        .and_then(Origin::read)
        .or_else(|| Some(Origin { id: Id::new(id?), digest: String::new() }));
    for row_of in Field::of(Section::Item) {
        match object.get(row_of.key).map(|value| json::field(row_of.field, value)) {
            // What is not there is empty in what this program wrote, and not spoken of elsewhere.
            None if object.contains_key("twohats") => entry.say(row_of.field, None),
            None => {}
            Some(Ok(value)) => entry.say(row_of.field, value),
            Some(Err(why)) => haul.remark(row, format!("{why}; left out")),
        }
    }
    entry
}

fn write(_: &Workspace, items: &[Chosen], _: &Asked) -> String {
    let line = |(place, item): &Chosen| {
        let mut object = json::record(item);
        object.insert("place".into(), place.key().into());
        object.insert("twohats".into(), Origin::written(*place, item).into());
        Json::Object(object).to_string() + "\n"
    };
    items.iter().map(line).collect()
}
