//! `rm`: records that go.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::targets::Targets;
use super::verb::Verb;
use crate::app::actions::{links_lost, removed};
use clap::Args;

/// Remove records, and the links to them
///
/// The version before is among the backups: `twohats restore 1` brings it back. With --json they are
/// printed as they were.
#[derive(Debug, Args)]
pub(super) struct Rm {
    #[command(flatten)]
    targets: Targets,
}

impl Verb for Rm {
    const NAME: &'static str = "rm";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats rm b2 f0", "two items, and what links to them no longer does")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let meant = self.targets.read()?;
        let (mut ids, mut were, mut which) = Default::default();
        let today = console.today;
        let step = desk.change_here(console, |desk| {
            let workspace = desk.workspace();
            ids = meant.records(workspace, today)?;
            (were, which) = (desk.jsons(&ids), meant.which(workspace, &ids));
            let ops = removed(workspace, &ids);
            Ok((format!("removed: {}{}", workspace.named(&ids), links_lost(&ops)), ops))
        })?;
        console.say(&(desk.words(step.as_ref(), &ids) + &which));
        if console.options.json { meant.print(console, &were) } else { Ok(()) }
    }
}
