//! What the sprints of some boards delivered, as a table that many data sets have: `boardid`,
//! `sprintid`, `vel_starttime` (points committed at the start) and `vel_diff`, where delivered is
//! their sum and never below 0. Other columns are passed over.

use crate::insight::forecast::backtest::Board;
use ::csv::{ByteRecord, ReaderBuilder};

/// The columns that are read.
const COLUMNS: [&str; 4] = ["boardid", "sprintid", "vel_starttime", "vel_diff"];

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Its boards with their sprints in order.
    pub boards: Vec<Board>,
    /// Rows in which nothing was committed and nothing delivered.
    pub empty: usize,
    /// Rows with something else than numbers where numbers are needed.
    pub odd: usize,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A column is not there.
    #[error("there is no column `{}`; needed are {}, and there are: {}", .missing, COLUMNS.join(", "), .there.join(", "))]
    Column {
        /// Which one.
        missing: &'static str,
        /// Those there are.
        there: Vec<String>,
    },
    /// It is not a table.
    #[error("it is not a table: {0}")]
    Table(String),
}

/// Reads a table. Only names may hold other characters than ASCII and nothing is made of them, so
/// it does not matter how the file spells them.
///
/// # Errors
/// A column is not there.
pub fn read(bytes: &[u8]) -> Result<History, Unreadable> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let wrong = |error: ::csv::Error| Unreadable::Table(error.to_string());
    let header = reader.byte_headers().map_err(wrong)?.clone();
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        let is_it = |cell: &[u8]| cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes());
        *at = header.iter().position(is_it).ok_or_else(|| missing(name, &header))?;
    }
    let mut rows: Vec<(String, Row)> = Vec::new();
    let mut history = History::default();
    for record in reader.byte_records() {
        let record = record.map_err(wrong)?;
        match Row::of(&record, at) {
            None => history.odd += 1,
            Some((_, row)) if row.is_empty() => history.empty += 1,
            Some(row) => rows.push(row),
        }
    }
    history.boards = boards(rows);
    Ok(history)
}

fn missing(missing: &'static str, header: &ByteRecord) -> Unreadable {
    let there = header.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    Unreadable::Column { missing, there }
}

/// A sprint.
struct Row {
    /// Its number on its board, where that is one.
    sprint: f64,
    committed: f64,
    delivered: f64,
}

impl Row {
    /// A row and its board.
    fn of(record: &ByteRecord, [board, sprint, start, diff]: [usize; 4]) -> Option<(String, Self)> {
        let text = |at| Some(String::from_utf8_lossy(record.get(at)?).trim().to_owned());
        let number = |at| text(at)?.parse().ok().filter(|number: &f64| number.is_finite());
        let (committed, diff) = (number(start)?, number(diff)?);
        let row = Self {
            sprint: number(sprint).unwrap_or(f64::MAX),
            committed,
            delivered: (committed + diff).max(0.0),
        };
        text(board).filter(|board| !board.is_empty()).map(|board| (board, row))
    }

    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        self.committed <= 0.0 && self.delivered <= 0.0
    }
}

/// The boards in the order of the file, each with its sprints by their numbers.
fn boards(mut rows: Vec<(String, Row)>) -> Vec<Board> {
    rows.sort_by(|(_, one), (_, other)| one.sprint.total_cmp(&other.sprint));
    let mut boards: Vec<Board> = Vec::new();
    for (name, row) in rows {
        match boards.iter_mut().find(|board| board.name == name) {
            Some(board) => board.delivered.push(row.delivered),
            None => boards.push(Board { name, delivered: vec![row.delivered] }),
        }
    }
    boards.sort_by(|one, other| one.name.cmp(&other.name));
    boards
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delivered_is_what_was_committed_and_what_came_on_top_by_sprint() {
        let table = b"\xef\xbb\xbfsprintid,boardid,name,vel_diff,vel_starttime\n\
            2,7,\"Zweiter, f\xfcr alle\",-3,8\n1,7,Erster,2,5\n3,7,nichts,0,0\n\
            4,7,negative,-9,4\n1,a,offen, kein,4\n5,7,kurz\n1,b,Anfang,0,1\n";
        let history = read(table).unwrap();
        let board = |name: &str, delivered: &[f64]| Board {
            name: name.to_owned(),
            delivered: delivered.to_vec(),
        };
        assert_eq!(history.boards, [board("7", &[7.0, 5.0, 0.0]), board("b", &[1.0])]);
        assert_eq!((history.empty, history.odd), (1, 2));
    }

    #[test]
    fn a_table_without_a_column_says_which() {
        let error = read(b"boardid,sprintid,points\n1,2,3\n").unwrap_err().to_string();
        assert!(error.contains("`vel_starttime`") && error.contains("points"), "{error}");
        assert!(read(b"").is_err());
    }
}
