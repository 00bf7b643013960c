//! `break-down`: of something large, parts; of an initiative, work that is handed over.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::part;
use super::verb::Verb;
use crate::app::actions::Parts;
use crate::workspace::{Id, IdSource, Op, Place};
use clap::Args;
use std::io;

/// The word for parts that are piped in.
const PIPED: &str = "-";

/// Break an item down into parts, or hand an initiative over
///
/// Each part is a title, or `5 story: title #tag` with points, kind and tags; with `-` every line
/// that is piped in is one. They stand in the backlog below what they are part of, else at the
/// bottom. An initiative is handed over by it: its reason and what is believed of it go along, and
/// its parts may stand below an epic. Prints the ids of the parts.
#[derive(Debug, Args)]
pub(super) struct BreakDown {
    /// The item
    #[arg(value_name = "ID")]
    id: String,
    /// The parts, each in quotes
    #[arg(value_name = "PART")]
    parts: Vec<String>,
    /// Why; kept as a decision
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// Of an initiative: an epic for the parts, which is made where there is none
    #[arg(long, value_name = "TITLE")]
    epic: Option<String>,
    /// Of an initiative: what you believe will come of it
    #[arg(long, value_name = "TEXT")]
    hypothesis: Option<String>,
    /// Of an initiative: how it will be seen
    #[arg(long, value_name = "TEXT")]
    measure: Option<String>,
}

impl Verb for BreakDown {
    const NAME: &'static str = "break-down";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats break-down b2 '3 story: Read a CSV' 'Undo it'", "a large story into two"),
        ("twohats break-down k7 'Read a CSV' --epic Import --why 'asked for'", "a hand-over"),
        ("twohats break-down k7 - < parts.txt", "a part a line"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let parts = self.parts()?;
        let mut desk = Desk::open(console)?;
        let id = naming::items(desk.workspace(), std::slice::from_ref(&self.id))?.remove(0);
        let (told, today) = (console.options.hat, console.today);
        let mut source = IdSource::seeded(fastrand::u64(..));
        let mut made = Vec::new();
        let step = desk.change(console, |workspace| {
            let place = workspace.place_of(&id).unwrap_or(Place::Backlog);
            let for_roadmap = [&self.epic, &self.hypothesis, &self.measure];
            if !place.in_roadmap() && for_roadmap.into_iter().any(Option::is_some) {
                let words = "--epic, --hypothesis and --measure are for what is on the roadmap";
                return Err(Failure::Usage(words.into()));
            }
            let hat = told.unwrap_or(place.hat());
            let new = || source.next(|id| workspace.is_spoken_for(id));
            let (words, ops) =
                parts.ops(workspace, &id, hat, today, new).map_err(Failure::Usage)?;
            made = ops.iter().filter_map(item).collect();
            Ok((words, ops))
        })?;
        if !console.options.json {
            made.iter().try_for_each(|id| console.line(id.as_str()))?;
        }
        desk.say(console, step.as_ref(), &made);
        if console.options.json { console.json_list(desk.jsons(&made)) } else { Ok(()) }
    }
}

impl BreakDown {
    /// What it is broken down into, once what is piped in is read.
    fn parts(&self) -> Result<Parts, Failure> {
        let lines = if self.parts == [PIPED] {
            io::read_to_string(io::stdin()).map_err(Failure::Input)?
        } else {
            let lines = self.parts.iter().map(|line| part::line(line).map_err(Failure::Usage));
            lines.collect::<Result<Vec<_>, _>>()?.join("\n")
        };
        Ok(Parts {
            lines,
            why: self.why.clone().unwrap_or_default(),
            epic: self.epic.clone().unwrap_or_default(),
            trial: [self.hypothesis.clone(), self.measure.clone()],
        })
    }
}

/// The item that an op brings.
fn item(op: &Op) -> Option<Id> {
    match op {
        Op::Insert { record, at } if at.place.holds_items() => Some(record.id().clone()),
        _ => None,
    }
}
