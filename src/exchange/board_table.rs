//! A table with a sprint a row, as trackers and data sets have it: which column is what, and what
//! the cells of a row say.

use super::haul::Unreadable;
use super::reading::bare;
use super::sheet::Sheet;
use ::csv::StringRecord;
use std::io::Read;

/// What a column is, by its header without signs. A name further left is looked for first.
const COLUMNS: &[(&str, &[&str])] = &[
    ("name", &["name", "sprint", "sprintname", "title", "iteration"]),
    ("start", &["start", "startdate", "begin", "from"]),
    ("end", &["end", "enddate", "finish", "to"]),
    ("state", &["state", "status", "sprintstate", "sprintstatus"]),
    ("goal", &["goal", "sprintgoal"]),
    ("committed", &["velstarttime", "committed", "commitment", "planned", "plannedpoints"]),
    ("delivered", &["delivered", "completed", "velocity", "points", "done", "completedpoints"]),
    ("diff", &["veldiff"]),
    ("board", &["boardid", "board"]),
    ("id", &["sprintid", "id", "key"]),
];

/// A table whose header is read.
pub struct BoardTable<'a> {
    sheet: Sheet<'a>,
    places: Vec<(&'static str, usize)>,
    record: StringRecord,
}

impl<'a> BoardTable<'a> {
    /// Opens a table of which somebody may have said what columns are.
    ///
    /// # Errors
    /// It has no header, or what gives its bytes fails.
    pub fn open(bytes: &'a mut dyn Read, said: &[(String, String)]) -> Result<Self, Unreadable> {
        let sheet = Sheet::open(bytes)?;
        let header: Vec<String> = sheet.header.iter().map(|name| bare(name)).collect();
        let at = |what: &str, names: &[&str]| {
            let position = |wanted: &str| header.iter().position(|name| name == wanted);
            match said.iter().find(|(_, of)| of == what) {
                Some((column, _)) => position(&bare(column)),
                None => names.iter().find_map(|name| position(name)),
            }
        };
        let found = COLUMNS.iter().filter_map(|(what, names)| Some((*what, at(what, names)?)));
        let places = found.collect();
        Ok(Self { sheet, places, record: StringRecord::new() })
    }

    /// Whether there is a column for this.
    pub fn has(&self, what: &str) -> bool {
        self.places.iter().any(|(of, _)| *of == what)
    }

    /// The names of its columns.
    pub fn header(&self) -> &[String] {
        &self.sheet.header
    }

    /// What each column is, where it is anything.
    pub fn columns(&self) -> Vec<(String, Option<String>)> {
        let role =
            |at| self.places.iter().find(|(_, of)| *of == at).map(|(what, _)| what.to_string());
        self.sheet.header.iter().enumerate().map(|(at, name)| (name.clone(), role(at))).collect()
    }

    /// The next row that says anything.
    ///
    /// # Errors
    /// What gives the bytes fails.
    pub fn next(&mut self) -> Result<Option<Row<'_>>, Unreadable> {
        let number = self.sheet.next(&mut self.record)?;
        Ok(number.map(|number| Row {
            number,
            cells: &self.record,
            columns: self.sheet.header.len(),
            places: &self.places,
        }))
    }
}

/// A row of such a table.
pub struct Row<'a> {
    /// Its number; the header is row 1.
    pub number: usize,
    cells: &'a StringRecord,
    columns: usize,
    places: &'a [(&'static str, usize)],
}

impl Row<'_> {
    /// How many cells are too many.
    pub fn surplus(&self) -> usize {
        self.cells.len().saturating_sub(self.columns)
    }

    /// What a cell says, where it says anything. Some tools forget to quote a name with commas in
    /// it, and only a name can have too many cells: those are put together again.
    pub fn get(&self, what: &str) -> Option<String> {
        let place = |what: &str| self.places.iter().find(|(of, _)| *of == what).map(|(_, at)| *at);
        let (at, named_at, more) = (place(what)?, place("name"), self.surplus());
        let text: Vec<&str> = match named_at {
            Some(name) if at == name => self.cells.iter().skip(at).take(more + 1).collect(),
            Some(name) if at > name => self.cells.get(at + more).into_iter().collect(),
            _ => self.cells.get(at).into_iter().collect(),
        };
        Some(text.join(",").trim().to_owned()).filter(|text| !text.is_empty())
    }
}

/// What a sprint delivered of what it began with and what came on top; never below 0.
pub fn delivered(committed: f64, diff: f64) -> f64 {
    (committed + diff).max(0.0)
}
