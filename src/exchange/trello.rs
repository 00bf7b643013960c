//! Trello: the JSON of a board.

use super::asked::Asked;
use super::entry::Entry;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::json::{self, said};
use super::reading;
use crate::workspace::{Field, Place, Status, Value, sorted};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::HashMap;
use std::io::Read;

/// A board of Trello.
pub static FORMAT: Format = Format {
    id: "trello",
    name: "a board of Trello as JSON",
    reads: Some(Reader::Text(read)),
    writes: None,
    about: "lists as places or statuses, else as tags, labels, checklists as acceptance criteria; archived cards are left out",
    source: "https://support.atlassian.com/trello/docs/exporting-data-from-trello/ and https://developer.atlassian.com/cloud/trello/rest/",
    to: Place::Backlog,
};

#[derive(Deserialize)]
struct Board {
    cards: Vec<Card>,
    #[serde(default)]
    lists: Vec<List>,
    #[serde(default)]
    checklists: Vec<Checklist>,
    #[serde(default)]
    actions: Vec<Happening>,
}

/// Something that happened on the board, of which a comment is one.
#[derive(Deserialize)]
struct Happening {
    #[serde(rename = "type", default)]
    kind: String,
}

/// What people put on a card that there is no place for here; the rest is Trello's own.
const LOST: [&str; 3] = ["idMembers", "attachments", "customFieldItems"];

#[derive(Deserialize)]
struct List {
    id: String,
    name: String,
    #[serde(default)]
    closed: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Card {
    id: String,
    name: String,
    desc: String,
    closed: bool,
    id_list: String,
    labels: Vec<Label>,
    due: Option<String>,
    due_complete: bool,
    start: Option<String>,
    pos: f64,
    short_url: Option<String>,
    url: Option<String>,
    /// What else there is.
    #[serde(flatten)]
    more: Map<String, Json>,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    name: String,
    color: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checklist {
    id_card: String,
    #[serde(default)]
    check_items: Vec<CheckItem>,
}

#[derive(Deserialize)]
struct CheckItem {
    name: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    pos: f64,
}

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    let board: Board = json::file(bytes, "a board of Trello")?;
    let mut haul = Haul::of("trello", asked);
    if board.actions.iter().any(|action| action.kind == "commentCard") {
        haul.leave_out("comments");
    }
    let lists: HashMap<&str, (usize, &List)> =
        board.lists.iter().enumerate().map(|(at, list)| (list.id.as_str(), (at, list))).collect();
    let mut checks: HashMap<&str, Vec<&CheckItem>> = HashMap::new();
    for checklist in &board.checklists {
        let mut items: Vec<&CheckItem> = checklist.check_items.iter().collect();
        sorted::by(&mut items, |a, b| a.pos.total_cmp(&b.pos));
        checks.entry(&checklist.id_card).or_default().extend(items);
    }
    let mut cards: Vec<(usize, &Card)> = board.cards.iter().enumerate().collect();
    let order = |card: &Card| lists.get(card.id_list.as_str()).map_or(usize::MAX, |(at, _)| *at);
    sorted::by(&mut cards, |(_, a), (_, b)| order(a).cmp(&order(b)).then(a.pos.total_cmp(&b.pos)));
    for (at, card) in cards {
        let list = lists.get(card.id_list.as_str()).map(|(_, list)| *list);
        if card.closed || list.is_some_and(|list| list.closed) {
            haul.pass(at + 1, "archived", &card.name, format!("“{}” is archived", card.name));
            continue;
        }
        let lost = said(&card.more, |name| LOST.contains(&name));
        lost.for_each(|name| haul.leave_out(name));
        let items = checks.get(card.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        haul.take(entry(at + 1, card, list, items, asked));
    }
    Ok(haul)
}

fn entry(
    row: usize,
    card: &Card,
    list: Option<&List>,
    items: &[&CheckItem],
    asked: &Asked,
) -> Entry {
    let mut entry = Entry::new(row);
    card.id.clone_into(&mut entry.key);
    entry.url = card.short_url.clone().or_else(|| card.url.clone()).unwrap_or_default();
    entry.line(Field::Title, &card.name);
    entry.paragraph(Field::Notes, &card.desc);
    let labels = card.labels.iter().map(|label| match label.name.as_str() {
        "" => label.color.clone().unwrap_or_default(),
        name => name.to_owned(),
    });
    entry.words(Field::Tags, labels);
    entry.say(Field::Acceptance, None);
    items.iter().for_each(|item| entry.criterion(&item.name, item.state == "complete"));
    for (text, field) in [(&card.due, Field::Due), (&card.start, Field::Start)] {
        let day = text.as_deref().and_then(|text| reading::day(text, asked, None));
        entry.say(field, day.map(Value::Date));
    }
    entry.done = Some(card.due_complete);
    if let Some(list) = list {
        place(&mut entry, &list.name);
    }
    entry
}

/// What a list says of its cards: where they stand, how far they are, or a tag.
fn place(entry: &mut Entry, list: &str) {
    let place = Place::of_items(&reading::bare(list)).filter(|place| *place != Place::Done);
    match (place, reading::progress(list)) {
        (Some(place), _) => entry.place = Some(place),
        (None, Some(reading::Progress::Done)) => entry.done = Some(true),
        (None, Some(reading::Progress::Dropped)) => entry.dropped = Some(list.to_owned()),
        (None, Some(reading::Progress::Open(status))) => {
            let word = (status != Status::Todo).then(|| Value::text(status.key()));
            entry.say(Field::Status, word);
        }
        (None, None) => entry.words(Field::Tags, [list]),
    }
}
