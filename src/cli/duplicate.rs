//! `duplicate`: copies of items.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::targets::Targets;
use super::verb::Verb;
use crate::app::actions::copies;
use crate::workspace::{Id, IdSource, Op};
use clap::Args;

/// Put a copy of items right below them
///
/// A copy has all that its item says, but not what happened to that: when it was begun and done,
/// what came of it, and where it came from. Prints the ids of the copies.
#[derive(Debug, Args)]
pub(super) struct Duplicate {
    #[command(flatten)]
    targets: Targets,
}

impl Verb for Duplicate {
    const NAME: &'static str = "duplicate";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats duplicate b2", "one more like it, right below")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let meant = self.targets.read()?;
        let mut source = IdSource::seeded(fastrand::u64(..));
        let (mut new, today) = (Vec::new(), console.today);
        let step = desk.change(console, |workspace| {
            let ids = meant.items(workspace, today)?;
            let next = || source.next(|id| workspace.is_spoken_for(id));
            let ops = copies(workspace, &ids, today, next);
            new = ops.iter().rev().filter_map(id_of).collect();
            Ok((format!("duplicated: {}", workspace.named(&ids)), ops))
        })?;
        if !console.options.json {
            new.iter().try_for_each(|id| console.line(id.as_str()))?;
        }
        meant.report(console, &desk, step.as_ref(), &new)
    }
}

fn id_of(op: &Op) -> Option<Id> {
    match op {
        Op::Insert { record, .. } => Some(record.id().clone()),
        _ => None,
    }
}
