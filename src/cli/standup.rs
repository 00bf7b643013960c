//! `standup`: what moved, what is stuck, what is next.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::review::{ids, print};
use super::sprint::stuck_data;
use super::verb::Verb;
use crate::app::ritual;
use crate::insight::standup::{StandUp, day_before};
use crate::workspace::{Date, Id};
use clap::Args;
use serde_json::json;

/// Say what moved since the last working day, what is stuck, and what is next
///
/// Of the sprint that runs; where none does, of the whole backlog. What moved is known by the days
/// that items keep: done, begun, come into the sprint. As JSON it is `{since, sprint, done, begun,
/// added, doing, next, stuck: [{id, since, days, why, waits}]}` with ids.
#[derive(Debug, Args)]
pub(super) struct Standup {
    /// Since this day
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Print Markdown
    #[arg(long)]
    markdown: bool,
}

impl Verb for Standup {
    const NAME: &'static str = "standup";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats standup", "since yesterday, on a Monday since Friday"),
        ("twohats standup --since 2026-11-16 --markdown", "for the chat of the team"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let today = console.today;
        let since = self.since.unwrap_or_else(|| day_before(today));
        let said = StandUp::of(desk.workspace(), since, today);
        if console.options.json {
            let data = json!({
                "since": said.since.to_string(),
                "sprint": said.sprint.as_ref().map(Id::as_str),
                "done": ids(&said.done),
                "begun": ids(&said.begun),
                "added": ids(&said.added),
                "doing": ids(&said.doing),
                "next": ids(&said.next),
                "stuck": said.stuck.iter().map(stuck_data).collect::<Vec<_>>(),
            });
            return console.json(&data.to_string());
        }
        print(console, &ritual::standup(desk.workspace(), &said), self.markdown)
    }
}
