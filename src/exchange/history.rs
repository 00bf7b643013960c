//! What the sprints of some boards delivered, as a table that many data sets have: `boardid`,
//! `sprintid`, `vel_starttime` (points committed at the start) and `vel_diff`, where delivered is
//! their sum and never below 0. Other columns are passed over.

use super::board_table::{BoardTable, Row, delivered};
use super::decode::Decoded;
use crate::insight::forecast::backtest::Board;
use crate::workspace::sorted;

/// The columns that are read: what each is, and what it is called in the data sets.
const COLUMNS: [(&str, &str); 4] = [
    ("board", "boardid"),
    ("id", "sprintid"),
    ("committed", "vel_starttime"),
    ("diff", "vel_diff"),
];

/// What a table says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Its boards with their sprints in order.
    pub boards: Vec<Board>,
    /// Rows in which nothing was committed and nothing delivered.
    pub empty: usize,
    /// Rows with something else than numbers where numbers are needed, or with more cells than
    /// columns: where their numbers stand is a guess, and nothing is measured by guesses.
    pub odd: usize,
}

/// Why a table cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A column is not there.
    #[error("there is no column `{}`; needed are {}, and there are: {}", .missing, COLUMNS.map(|(_, name)| name).join(", "), .there.join(", "))]
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

/// Reads a table.
///
/// # Errors
/// A column is not there.
pub fn read(bytes: &[u8]) -> Result<History, Unreadable> {
    let wrong = |error: &dyn std::fmt::Display| Unreadable::Table(error.to_string());
    let mut text = Decoded::new(bytes, None).map_err(|error| wrong(&error))?;
    let mut table = BoardTable::open(&mut text, &[]).map_err(|error| wrong(&error))?;
    if let Some((_, missing)) = COLUMNS.into_iter().find(|(what, _)| !table.has(what)) {
        return Err(Unreadable::Column { missing, there: table.header().to_vec() });
    }
    let mut rows: Vec<(String, Sprint)> = Vec::new();
    let mut history = History::default();
    while let Some(row) = table.next().map_err(|error| wrong(&error))? {
        match Sprint::of(&row) {
            None => history.odd += 1,
            Some((_, sprint)) if sprint.is_empty() => history.empty += 1,
            Some(sprint) => rows.push(sprint),
        }
    }
    history.boards = boards(rows);
    Ok(history)
}

/// A sprint.
struct Sprint {
    /// Its number on its board, where that is one.
    number: f64,
    committed: f64,
    delivered: f64,
}

impl Sprint {
    /// What a row says, and its board.
    fn of(row: &Row) -> Option<(String, Self)> {
        let number = |what| row.get(what)?.parse().ok().filter(|number: &f64| number.is_finite());
        let (committed, diff) = (number("committed")?, number("diff")?);
        let sprint = Self {
            number: number("id").unwrap_or(f64::MAX),
            committed,
            delivered: delivered(committed, diff),
        };
        row.get("board").filter(|_| row.surplus() == 0).map(|board| (board, sprint))
    }

    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        self.committed <= 0.0 && self.delivered <= 0.0
    }
}

/// The boards in the order of the file, each with its sprints by their numbers.
fn boards(mut rows: Vec<(String, Sprint)>) -> Vec<Board> {
    sorted::by(&mut rows, |(_, one), (_, other)| one.number.total_cmp(&other.number));
    let mut boards: Vec<Board> = Vec::new();
    for (name, row) in rows {
        match boards.iter_mut().find(|board| board.name == name) {
            Some(board) => board.delivered.push(row.delivered),
            None => boards.push(Board { name, delivered: vec![row.delivered] }),
        }
    }
    sorted::by(&mut boards, |one, other| one.name.cmp(&other.name));
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
