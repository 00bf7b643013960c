//! `standup`: what moved, what is stuck, what is next.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::review::{ids, print};
use super::sprint::stuck_data;
use super::verb::Verb;
use crate::app::preferences::DateFormat;
use crate::app::ritual;
use crate::insight::changes::{Since, Then};
use crate::insight::standup::{StandUp, day_before};
use crate::store::{Site, past};
use crate::workspace::Id;
use crate::workspace::day::Day;
use clap::Args;
use serde_json::json;

/// Say what moved since the last working day, what is stuck, and what is next
///
/// Of the sprint that runs; where none does, of the whole backlog. What moved is known by the
/// activity log of this computer; where that does not reach, by the file's history in git or the
/// backups, and where there is neither, by the days that items keep: done, begun, come into the
/// sprint. It says which it was. As JSON it is `{since, known, sprint, done, begun, moved: [{id,
/// from, to}], added, left, rescored: [{id, from, to}], doing, next, stuck: [{id, since, days, why,
/// waits}]}` with ids.
#[derive(Debug, Args)]
pub(super) struct Standup {
    /// Since this day
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
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
        let since =
            self.since.map_or_else(|| Ok(day_before(today)), |day| console.past_day(day))?;
        let past = past::of(&Site::here(), desk.path(), since);
        let then = Then::of(desk.workspace(), &past, &Since::day(since));
        let said = StandUp::of(desk.workspace(), &then, since, today);
        if console.options.json {
            let turned =
                |id: &Id, from: &str, to: &str| json!({"id": id.as_str(), "from": from, "to": to});
            let moved = said.moved.iter().map(|(id, from, to)| turned(id, from, to));
            let rescored = said.rescored.iter().map(|(id, from, to)| turned(id, from, to));
            let data = json!({
                "since": said.since.to_string(),
                "known": said.known.words(),
                "sprint": said.sprint.as_ref().map(Id::as_str),
                "done": ids(&said.done),
                "begun": ids(&said.begun),
                "moved": moved.collect::<Vec<_>>(),
                "added": ids(&said.added),
                "left": ids(&said.left),
                "rescored": rescored.collect::<Vec<_>>(),
                "doing": ids(&said.doing),
                "next": ids(&said.next),
                "stuck": said.stuck.iter().map(stuck_data).collect::<Vec<_>>(),
            });
            return console.json(&data.to_string());
        }
        print(
            console,
            &ritual::standup(desk.workspace(), &DateFormat::default(), &said),
            self.markdown,
        )
    }
}
