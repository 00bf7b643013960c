//! `rm`: records that go.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::verb::Verb;
use crate::app::actions::{links_lost, removed};
use clap::Args;

/// Remove records, and the links to them
///
/// With --json they are printed as they were.
#[derive(Debug, Args)]
pub(super) struct Rm {
    /// Records
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

impl Verb for Rm {
    const NAME: &'static str = "rm";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats rm b2 f0", "two items, and what links to them no longer does")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let ids = naming::all(desk.workspace(), &self.ids)?;
        let were = desk.jsons(&ids);
        let step = desk.change(console, |workspace| {
            let ops = removed(workspace, &ids);
            let words = naming::named(workspace, &ids);
            Ok((format!("removed: {words}{}", links_lost(&ops)), ops))
        })?;
        step.iter().for_each(|step| console.say(&step.words));
        if console.options.json { console.json_one_or_all(&were) } else { Ok(()) }
    }
}
