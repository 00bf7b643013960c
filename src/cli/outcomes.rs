//! `outcomes`: the vision, the objectives, and how far what they are measured by is.

use super::console::{Console, Ink, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::insight::coverage::Aims;
use crate::insight::outcome::{Metric, Standing, shown, span};
use crate::view::text;
use crate::workspace::{Field, Place, Record, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Show vision, strategy and how far the objectives are
///
/// A metric is on track while its newest reading is at least where a straight line from its
/// baseline to its target stands on the day of the reading. The line ends when the objective is
/// due, else with the last release of what serves it; without a day the direction decides.
#[derive(Debug, Args)]
pub(super) struct Outcomes {}

impl Verb for Outcomes {
    const NAME: &'static str = "outcomes";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats outcomes", "every objective with its metrics"),
        ("twohats outcomes --json | jq '.objectives[].metrics[].state'", "on track, or behind"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let aims = Aims::of(workspace);
        let objectives = workspace.list(Place::Objectives);
        let told = objectives
            .iter()
            .map(|objective| (&**objective, metrics(console, workspace, &aims, objective)));
        let told: Vec<_> = told.collect();
        if console.options.json {
            return console.json(&self::json(workspace, &told).to_string());
        }
        print(console, workspace, &told)
    }
}

/// The metrics of an objective, each with how it stands.
type Told = Vec<(Metric, Standing)>;

fn metrics(console: &Console, workspace: &Workspace, aims: &Aims, objective: &Record) -> Told {
    let span = span(workspace, aims, objective);
    let all = Metric::all(objective).into_iter();
    all.map(|metric| (metric.standing(span, console.today), metric))
        .map(|(standing, metric)| (metric, standing))
        .collect()
}

fn json(workspace: &Workspace, told: &[(&Record, Told)]) -> Value {
    let metric = |(metric, standing): &(Metric, Standing)| {
        let readings = metric.readings.iter();
        let readings: Vec<Value> =
            readings.map(|(on, value)| json!([on.to_string(), number(*value)])).collect();
        json!({
            "name": metric.name,
            "type": metric.kind,
            "unit": metric.unit,
            "baseline": metric.baseline.map(number),
            "target": metric.target.map(number),
            "readings": readings,
            "state": standing.key(),
            "days_since": standing.days,
            "words": standing.words(),
        })
    };
    let objectives = told.iter().map(|(objective, metrics)| {
        json!({
            "id": objective.id().as_str(),
            "title": objective.title(),
            "share": objective.number(Field::Share).map(number),
            "metrics": metrics.iter().map(metric).collect::<Vec<_>>(),
        })
    });
    let product = workspace.product();
    json!({
        "name": product.text(Field::Name),
        "vision": product.text(Field::Vision),
        "strategy": product.text(Field::Strategy),
        "objectives": objectives.collect::<Vec<_>>(),
    })
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    told: &[(&Record, Told)],
) -> Result<(), Failure> {
    let product = workspace.product();
    for field in [Field::Name, Field::Vision, Field::Strategy] {
        let words = product.text(field);
        if !words.is_empty() {
            console.print(&[(Ink::Dim, text::pad(field.row().label, 10)), plain(words)])?;
        }
    }
    if told.is_empty() {
        console.say("no objectives; `twohats add --to objectives TITLE` adds one");
    }
    for (objective, metrics) in told {
        console.line("")?;
        console.print(&[(Ink::Bold, objective.title().to_owned())])?;
        for (metric, standing) in metrics {
            let from = metric.baseline.map_or("–".into(), shown);
            let to = metric.target.map_or("–".into(), shown);
            let now = metric.latest().map_or("–".into(), |(_, value)| shown(value));
            let unit = &metric.unit;
            console.print(&[
                plain(format!("  {}  {from} → {now} → {to} {unit}  ", metric.name)),
                (if standing.is_bad() { Ink::Bold } else { Ink::Plain }, standing.words()),
            ])?;
        }
        if metrics.is_empty() {
            console.print(&[(Ink::Dim, "  nothing measures it".to_owned())])?;
        }
    }
    Ok(())
}
