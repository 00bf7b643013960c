//! `forecast --backtest`: how often such forecasts would have been right.

use super::console::{Console, Ink};
use super::desk::Desk;
use super::failure::Failure;
use crate::exchange::history::{self, History};
use crate::exchange::json::number;
use crate::insight::forecast::ENOUGH;
use crate::insight::forecast::backtest::{Ahead, Backtest, Board, LEVELS, backtest};
use crate::insight::forecast::throughput::Method;
use crate::workspace::number::counted;
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Tests a method on the table at `csv`, or else on the sprints of the workspace.
pub(super) fn run(
    console: &mut Console,
    method: &Method,
    last: usize,
    csv: Option<&Path>,
) -> Result<(), Failure> {
    let history = if let Some(path) = csv {
        read(path)?
    } else {
        let desk = Desk::open(console)?;
        let board = Board::of(desk.workspace(), console.today);
        History { boards: vec![board], ..History::default() }
    };
    let found = backtest(&history.boards, method, last);
    if console.options.json {
        return console.json(&json(method, &found).to_string());
    }
    print(console, method, last, &found)?;
    remarks(console, &history);
    if found.ahead.first().is_none_or(|ahead| ahead.tested == 0) {
        console.say(&format!("nothing to test: no board has more than {ENOUGH} sprints"));
    }
    Ok(())
}

fn read(path: &Path) -> Result<History, Failure> {
    let named = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
    let bytes = fs::read(path)
        .map_err(|error| Failure::Input(std::io::Error::new(error.kind(), named(&error))))?;
    history::read(&bytes).map_err(|error| Failure::Undone(named(&error)))
}

fn remarks(console: &Console, history: &History) {
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let mut left = Vec::new();
    if history.empty > 0 {
        left.push(format!("{} with nothing committed and nothing delivered", rows(history.empty)));
    }
    if history.odd > 0 {
        left.push(format!("{} that are not numbers where numbers are needed", rows(history.odd)));
    }
    if !left.is_empty() {
        console.say(&format!("left out: {}", left.join("; ")));
    }
}

fn json(method: &Method, found: &Backtest) -> Value {
    json!({
        "method": method.id,
        "boards": found.boards,
        "sprints": found.sprints,
        "tested": found.ahead.first().map_or(0, |ahead| ahead.tested),
        "ahead": found.ahead.iter().map(ahead).collect::<Vec<_>>(),
    })
}

fn ahead(ahead: &Ahead) -> Value {
    let known = |value: Option<f64>| value.map_or(Value::Null, number);
    let coverage = LEVELS.iter().zip(ahead.coverage);
    let coverage = coverage.map(|(level, share)| (format!("{:.0}", level * 100.0), known(share)));
    json!({
        "n": ahead.n,
        "tested": ahead.tested,
        "coverage": coverage.collect::<Map<_, _>>(),
        "pinball": known(ahead.pinball),
        "pinball_resample": known(ahead.pinball_resample),
    })
}

fn print(
    console: &mut Console,
    method: &Method,
    last: usize,
    found: &Backtest,
) -> Result<(), Failure> {
    let (boards, sprints) = (counted(found.boards, "board"), counted(found.sprints, "sprint"));
    let head = format!("{boards}, {sprints}; {} from the newest {last}", method.id);
    console.print(&[(Ink::Bold, head)])?;
    let levels = LEVELS.map(|level| format!("{:>7.0} %", level * 100.0)).concat();
    console.print(&[(Ink::Dim, format!("ahead  tested{levels}   pinball  (resample)"))])?;
    for ahead in &found.ahead {
        console.line(&row(ahead))?;
    }
    console.say("of what each level promises, so much came true; pinball: the lower the better");
    Ok(())
}

/// A row of the table.
fn row(ahead: &Ahead) -> String {
    let share =
        |share: Option<f64>| share.map_or("–".to_owned(), |s| format!("{:.1} %", s * 100.0));
    let loss = |loss: Option<f64>| loss.map_or("–".to_owned(), |loss| format!("{loss:.3}"));
    let coverage = ahead.coverage.map(|found| format!("{:>9}", share(found))).concat();
    let (own, plain) = (loss(ahead.pinball), loss(ahead.pinball_resample));
    format!("{:>5}  {:>6}{coverage}   {own:>7}  {plain:>10}", ahead.n, ahead.tested)
}
