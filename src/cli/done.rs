//! `done`: items that are finished.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::targets::Targets;
use super::verb::Verb;
use crate::app::actions::finished;
use crate::workspace::Place;
use clap::Args;

/// Mark items as done
///
/// They go to the bottom of `done`, with the day and the place they came from. What is done
/// already stays as it is.
#[derive(Debug, Args)]
pub(super) struct Done {
    #[command(flatten)]
    targets: Targets,
}

impl Verb for Done {
    const NAME: &'static str = "done";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats done b2", "finished today"),
        ("twohats done --filter 'sprint:14 status:doing'", "all that is found"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let meant = self.targets.read()?;
        let mut desk = Desk::open(console)?.of(&meant);
        let mut ids = Vec::new();
        let today = console.today;
        let step = desk.change(console, |workspace| {
            ids = meant.items(workspace, today)?;
            if meant.is_found() {
                ids.retain(|id| workspace.place_of(id) != Some(Place::Done));
            }
            let open =
                ids.iter().filter_map(|id| Some((workspace.get(id)?, workspace.place_of(id)?)));
            let open = open.filter(|(_, place)| *place != Place::Done);
            let ops = open.flat_map(|(record, place)| finished(record, place, today)).collect();
            Ok((format!("done: {}", workspace.named(&ids)), ops))
        })?;
        meant.report(console, &desk, step.as_ref(), &ids)
    }
}
