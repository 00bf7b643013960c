//! `calibration`: how one's own estimates come out.

use super::console::{Console, Ink, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::insight::calibration::{Calibration, Pair};
use clap::Args;
use serde_json::{Value, json};

/// Hold what came of finished work against what it was rated
///
/// For what divides, as effort, the median of actual ÷ rated and the quartiles around it; for the
/// rest how often it came out as rated or better; and how often a 90 % range held what came. What
/// came of an item is `actual`: twohats set d9 actual.effort=3 experiment.result='held up'.
#[derive(Debug, Args)]
pub(super) struct Calibrated {}

impl Verb for Calibrated {
    const NAME: &'static str = "calibration";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats calibration", "factor by factor"),
        ("twohats calibration --json | jq '.[] | select(.factor == \"effort\").ratio'", "a number"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let all = Calibration::all(desk.workspace());
        if console.options.json {
            return console.json_list(all.iter().map(|one| json(one).to_string()));
        }
        if all.is_empty() {
            console.say(
                "nothing is known yet; `twohats set ID actual.effort=3` keeps what came of an item",
            );
        }
        for known in &all {
            console.print(&[
                (Ink::Bold, known.name.to_owned()),
                plain(format!("  {}", known.words())),
            ])?;
        }
        Ok(())
    }
}

fn json(known: &Calibration) -> Value {
    let pair = |pair: &Pair| json!({"id": pair.id.as_str(), "rated": pair.rated, "actual": pair.actual, "within": pair.within});
    json!({
        "factor": known.factor,
        "n": known.n(),
        "ratio": known.ratio(),
        "quartiles": known.spread().map(|(low, high)| [low, high]),
        "hits": known.hits(),
        "within": known.within().map(|(within, of)| json!({"hits": within, "of": of})),
        "items": known.pairs.iter().map(pair).collect::<Vec<_>>(),
    })
}
