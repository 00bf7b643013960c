//! `reading`: what a metric of an objective is at.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::verb::Verb;
use crate::insight::outcome::{Metric, shown, with_reading};
use crate::workspace::day::Day;
use crate::workspace::{Date, Field, Op, Record, number};
use clap::Args;

/// Add a reading to a metric of an objective
///
/// The metric is named by its number, from 1, or by words of its name; it may be left out where
/// the objective has only one. A day has one reading: another one takes its place.
#[derive(Debug, Args)]
#[command(override_usage = "twohats reading [OPTIONS] <OBJECTIVE> [METRIC] <VALUE>")]
pub(super) struct Reading {
    /// The objective, by the beginning of its id
    #[arg(value_name = "OBJECTIVE")]
    objective: String,
    /// The metric, and what was read
    #[arg(required = true, num_args = 1..=2, value_name = "METRIC|VALUE", allow_negative_numbers = true)]
    words: Vec<String>,
    /// The day of the reading; else today
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
}

impl Verb for Reading {
    const NAME: &'static str = "reading";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats reading o4 7.2", "of the only metric, today"),
        ("twohats reading o4 hours 7.2 --on 2026-11-01", "of another day"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let id = naming::one(desk.workspace(), &self.objective)?;
        let on = self.on.map_or(Ok(console.today), |day| console.past_day(day))?;
        let step = desk.change(console, |workspace| {
            let objective = workspace.get(&id);
            let objective = objective.ok_or_else(|| Failure::Undone("it is gone".into()))?;
            self.op(objective, on)
        })?;
        desk.report(console, step.as_ref(), &[id])
    }
}

impl Reading {
    fn op(&self, objective: &Record, on: Date) -> Result<(String, Vec<Op>), Failure> {
        let (name, value) = match &self.words[..] {
            [name, value] => (name.as_str(), value),
            [value] => ("", value),
            _ => return Err(Failure::Usage("give a metric and a number".into())),
        };
        let number = number::typed(value).map_err(Failure::Usage)?;
        let number = number.ok_or_else(|| Failure::Usage(format!("“{value}” is not a number")))?;
        let metrics = Metric::all(objective);
        let at = which(&metrics, name).map_err(Failure::Usage)?;
        let value = with_reading(objective, at, on, number);
        let value = value.ok_or_else(|| Failure::Usage("there is no such metric".into()))?;
        let words = format!("read {} on {on}: {}", shown(number), metrics[at].name);
        let is_new = objective.get(Field::Metrics) != Some(&value);
        let op = is_new.then(|| Op::set(objective.id(), Field::Metrics, value));
        Ok((words, op.into_iter().collect()))
    }
}

/// The metric that `name` means: by its number, else by words of its name.
fn which(metrics: &[Metric], name: &str) -> Result<usize, String> {
    let names = || metrics.iter().map(|metric| metric.name.as_str()).collect::<Vec<_>>().join(", ");
    if metrics.is_empty() {
        return Err("it has no metrics; `twohats set ID metrics+='NAME | usage | h | 9 | 4.5'` \
                    adds one"
            .into());
    }
    let number = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(at) = number.filter(|at| *at < metrics.len()) {
        return Ok(at);
    }
    let name = name.to_lowercase();
    let holds = |metric: &Metric| {
        let own = metric.name.to_lowercase();
        name.split_whitespace().all(|word| own.contains(word))
    };
    let exact = metrics.iter().position(|metric| metric.name.to_lowercase() == name);
    let mut found = (0..metrics.len()).filter(|at| holds(&metrics[*at]));
    match (exact, found.next(), found.next()) {
        (Some(at), ..) | (None, Some(at), None) => Ok(at),
        (None, None, _) => Err(format!("no metric is called “{name}”; there are {}", names())),
        (None, Some(_), Some(_)) => Err(format!("say which metric: {}", names())),
    }
}
