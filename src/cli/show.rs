//! `show`: everything that is known of a record.

use super::console::{Console, Ink, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::targets::Targets;
use super::verb::Verb;
use crate::app::detail::{self, Reading};
use crate::view::text;
use crate::workspace::Id;
use clap::Args;

/// Cells that a text may take where stdout is no terminal: as many as it has.
const UNLIMITED: usize = 1 << 20;

/// Show everything that is known of a record
///
/// Any record can be shown: an item, an objective, a sprint. `product` and `settings` stand for
/// the ids of these two.
#[derive(Debug, Args)]
pub(super) struct Show {
    #[command(flatten)]
    targets: Targets,
}

impl Verb for Show {
    const NAME: &'static str = "show";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats show k7", "an item, by the beginning of its id"),
        ("twohats show k7 --json | jq .ratings", "as in the file"),
        ("twohats show --in now --json", "all that is known of what is in Now"),
        ("twohats show settings", "how this workspace works"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let meant = self.targets.read()?;
        let ids = meant.records_and_words(desk.workspace(), console.today)?;
        if console.options.json {
            return meant.print(console, &desk.jsons(&ids));
        }
        if ids.is_empty() {
            console.say("no such item");
        }
        let dates = console.dates();
        let reading = Reading { workspace: desk.workspace(), dates: &dates };
        for (nth, id) in ids.iter().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            print(console, reading, id)?;
        }
        Ok(())
    }
}

fn print(console: &mut Console, reading: Reading, of: &Id) -> Result<(), Failure> {
    let Some(detail) = detail::of(reading, of) else { return Ok(()) };
    let title = (Ink::Bold, detail.title);
    if of.as_str().starts_with('@') {
        console.print(&[title])?;
    } else {
        let [enough, rest] = id(reading.workspace, of, 0);
        console.print(&[enough, rest, plain("  "), title])?;
    }
    if !detail.about.is_empty() {
        console.line(&detail.about.join(" · "))?;
    }
    let cells = detail.bands.iter().map(|(label, _)| text::width(label)).max().unwrap_or_default();
    let room = console.columns().map_or(UNLIMITED, |columns| columns.saturating_sub(cells + 2));
    for (label, words) in &detail.bands {
        let lines = text::wrap(words, room, usize::MAX);
        for (nth, line) in lines.into_iter().enumerate() {
            let label = text::pad(if nth == 0 { label } else { "" }, cells);
            console.print(&[(Ink::Dim, label), plain("  "), plain(line)])?;
        }
    }
    Ok(())
}
