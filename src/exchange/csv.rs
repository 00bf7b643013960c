//! A table for spreadsheets, and any table that comes from one.

use super::asked::{Asked, Chosen};
use super::factors;
use super::format::{Format, Reader};
use super::haul::{Haul, Unreadable};
use super::json;
use super::origin::Origin;
use super::table::{self, Table};
use crate::insight::sprint::State;
use crate::scoring::{Framework, written};
use crate::workspace::{Field, Id, Place, Section, Shape, Value, Workspace};
use std::borrow::Cow;
use std::io::Read;

/// Any table with a header.
pub static FORMAT: Format = Format {
    id: "csv",
    name: "a table with a header",
    reads: Some(Reader::Text(read)),
    writes: Some(write),
    about: "any columns; what each is taken for is said, and --map says better",
    source: "RFC 4180, https://www.rfc-editor.org/rfc/rfc4180",
    to: Place::Backlog,
};

const TABLE: Table = Table { system: "", columns: &[], month_first: None, is_guarded: false };

fn read(bytes: &mut dyn Read, asked: &Asked) -> Result<Haul, Unreadable> {
    table::read(bytes, asked, &TABLE)
}

/// Columns that are always there; any other one is where an item has it.
const ALWAYS: [Field; 10] = [
    Field::Kind,
    Field::Title,
    Field::Status,
    Field::Points,
    Field::Tags,
    Field::Parent,
    Field::Sprint,
    Field::Release,
    Field::Due,
    Field::Notes,
];

fn write(workspace: &Workspace, items: &[Chosen], _: &Asked) -> String {
    let used = |field: &Field| items.iter().any(|(_, item)| item.get(*field).is_some());
    let fields = Field::of(Section::Item).map(|row| row.field);
    let fields: Vec<Field> = fields.filter(|field| ALWAYS.contains(field) || used(field)).collect();
    let derived = derived(workspace, items);
    let names = fields.iter().map(|field| field.key().to_owned());
    let names = names.chain(derived.iter().map(|(name, _)| name.clone()));
    let mut rows = vec![["twohats", "place"].map(str::to_owned).into_iter().chain(names).collect()];
    for chosen @ (place, item) in items {
        let mut row = vec![Origin::written(*place, item), place.key().to_owned()];
        row.extend(fields.iter().map(|field| {
            item.get(*field).map(|value| cell(workspace, *field, value)).unwrap_or_default()
        }));
        row.extend(derived.iter().map(|(_, cell)| cell(chosen)));
        rows.push(row.iter().map(|cell| guarded(cell)).collect());
    }
    lines(&rows)
}

/// A column that says again, or in another way, what stands in fields: its name, and its cells.
type Derived<'a> = (String, Box<dyn Fn(&Chosen) -> String + 'a>);

/// How far the sprints are, the ratings, each in a column of its own, and the scores; each where an
/// item has one.
fn derived<'a>(workspace: &'a Workspace, items: &[Chosen]) -> Vec<Derived<'a>> {
    let mut columns: Vec<Derived> = Vec::new();
    columns.push((
        "sprint_state".to_owned(),
        Box::new(|(_, item)| {
            let sprint = item.link(Field::Sprint).and_then(|id| workspace.get(id));
            sprint.map_or("", |sprint| State::of(sprint).key()).to_owned()
        }),
    ));
    for framework in Framework::all(workspace.settings()) {
        columns.extend(framework.factors.iter().map(|factor| -> Derived {
            let rating = |(_, item): &Chosen| {
                factors::rating(item.get(Field::Ratings), framework, factor).map(written)
            };
            let cell = move |chosen: &Chosen| rating(chosen).unwrap_or_default();
            (format!("{}.{}", framework.id, factor.id), Box::new(cell))
        }));
    }
    columns.push((
        "score".to_owned(),
        Box::new(|(place, item)| {
            let framework = Framework::of(place.hat(), workspace.settings());
            let score = framework.score(item).value();
            score.map(|score| ((score * 1e4).round() / 1e4).to_string()).unwrap_or_default()
        }),
    ));
    columns.retain(|(_, cell)| items.iter().any(|chosen| !cell(chosen).is_empty()));
    columns
}

/// Rows of cells as a table.
pub fn lines(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| {
        let cells: Vec<_> = row.iter().map(|cell| quoted(cell)).collect();
        // An empty line would be none.
        if row.concat().is_empty() && row.len() == 1 {
            "\"\"\n".into()
        } else {
            cells.join(",") + "\n"
        }
    };
    rows.iter().map(line).collect()
}

/// A cell in quotes where it would else be several, or several lines.
fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A value as a cell: as people write it where that can be read back, else JSON.
fn cell(workspace: &Workspace, field: Field, value: &Value) -> String {
    match (field.row().shape, value) {
        (Shape::Link(places), Value::Link(id)) => name_of(workspace, places, id.as_str()),
        (_, Value::Text(text)) => text.to_string(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Date(day)) => day.to_string(),
        (Shape::Links(_) | Shape::Words, Value::List(values)) => {
            let words: Vec<&str> = values
                .iter()
                .filter_map(|value| value.as_text().or(value.as_link().map(Id::as_str)))
                .collect();
            let plain = |word: &&str| {
                !word.is_empty() && !word.starts_with('[') && !word.contains(char::is_whitespace)
            };
            if words.iter().all(plain) { words.join(" ") } else { json::of(value).to_string() }
        }
        _ => json::of(value).to_string(),
    }
}

/// What a record is called, where that leads back to it; else its id. Items are named by id.
fn name_of(workspace: &Workspace, places: &[Place], id: &str) -> String {
    let [place] = places else { return id.to_owned() };
    let mut namesakes = workspace
        .list(*place)
        .iter()
        .filter(|other| workspace.get(&Id::new(id)).is_some_and(|it| it.title() == other.title()));
    match (namesakes.next(), namesakes.next()) {
        (Some(it), None) if it.title().trim() == it.title() && !it.title().is_empty() => {
            it.title().to_owned()
        }
        _ => id.to_owned(),
    }
}

/// What a cell of an own table says; links are named in a list of texts.
pub fn read_cell(field: Field, cell: &str) -> Result<Option<Value>, String> {
    let cell = plain(cell);
    if cell.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("{} does not hold “{cell}”", field.row().label);
    let list = |text: &str| match serde_json::from_str::<Vec<String>>(text) {
        Ok(words) => words,
        Err(_) => text.split_whitespace().map(str::to_owned).collect(),
    };
    let texts = |words: Vec<String>| Value::List(words.iter().map(Value::text).collect());
    let shape = field.row().shape;
    let value = match shape {
        Shape::Link(_) => return Ok(Some(texts(vec![cell.to_owned()]))),
        Shape::Links(_) => return Ok(Some(texts(list(cell)))),
        Shape::Words => texts(list(cell)),
        Shape::Text | Shape::Long | Shape::Word(_) | Shape::Choice(_) => Value::text(cell),
        Shape::Number { .. } => Value::Number(cell.parse().map_err(|_| wrong())?),
        Shape::Date => Value::Date(cell.parse().map_err(|_| wrong())?),
        _ => {
            let value = serde_json::from_str(cell).map_err(|_| wrong())?;
            return json::field(field, &value);
        }
    };
    if shape.accepts(&value) { Ok(Some(value)) } else { Err(wrong()) }
}

/// Signs with which spreadsheets begin a formula, also in their wide form.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A cell that no spreadsheet takes for a formula: one that looks like it gets a `'` in front, and
/// so does one that has some already, so that it can be taken off again.
pub fn guarded(cell: &str) -> String {
    if is_formula(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell without the guard.
pub fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    #[test]
    fn formulas_are_guarded() {
        for cell in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1"] {
            assert!(guarded(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(guarded("a=1"), "a=1");
        assert_eq!(guarded("'tis"), "'tis");
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_seed: RngSeed::Fixed(22),
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn a_table_is_read_as_it_was_written(
            rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n ]{0,4}|.*", 1..4), 0..4)
        ) {
            let text = lines(&rows);
            let mut reader = ::csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let read: Vec<Vec<String>> = reader
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(read, rows);
        }

        #[test]
        fn a_guard_comes_off_again(cell in "['=+@a -]{0,6}|.*") {
            let guarded = guarded(&cell);
            prop_assert_eq!(plain(&guarded), cell.as_str());
            prop_assert!(!is_formula(&guarded));
        }
    }
}
