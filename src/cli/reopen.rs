//! `reopen`: items that are taken up again.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::targets::Targets;
use super::verb::Verb;
use crate::app::actions::reopened;
use crate::workspace::{Id, Place};
use clap::Args;

/// Take done items up again
///
/// They go on top of where they stood, or of the backlog if that is not known. What is not done
/// stays as it is.
#[derive(Debug, Args)]
pub(super) struct Reopen {
    #[command(flatten)]
    targets: Targets,
}

impl Verb for Reopen {
    const NAME: &'static str = "reopen";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats reopen d9", "back to where it stood")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let meant = self.targets.read()?;
        let mut desk = Desk::open(console)?.of(&meant);
        let (mut ids, today) = (Vec::new(), console.today);
        let step = desk.change(console, |workspace| {
            ids = meant.items(workspace, today)?;
            let is_done = |id: &Id| workspace.place_of(id) == Some(Place::Done);
            if meant.is_found() {
                ids.retain(is_done);
            }
            let done = ids.iter().filter(|id| is_done(id));
            let done = done.filter_map(|id| workspace.get(id));
            let ops = done.flat_map(|record| reopened(record)).collect();
            Ok((format!("taken up again: {}", workspace.named(&ids)), ops))
        })?;
        meant.report(console, &desk, step.as_ref(), &ids)
    }
}
