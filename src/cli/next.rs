//! `next`: what to do now.

use super::console::{Console, Ink, id, plain};
use super::desk::{Desk, json};
use super::failure::Failure;
use super::options;
use super::verb::Verb;
use crate::app::preferences::DateFormat;
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::insight::next::{self, Next};
use clap::Args;

/// Say what to do now, why, and when it is due: three lines
///
/// It is the first item of the backlog that can be worked on.
#[derive(Debug, Args)]
pub(super) struct Upcoming {
    /// So many items, the first that can be worked on; as JSON it is a list then
    #[arg(value_name = "N", value_parser = options::count())]
    count: Option<usize>,
}

impl Verb for Upcoming {
    const NAME: &'static str = "next";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats next", "what, why and when"),
        ("twohats next 3", "and what after that"),
        ("twohats next --json | jq -r .id", "its id"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let forecast = Forecast::new(desk.workspace(), usual(), LAST, console.today);
        let dates = if console.options.json { DateFormat::default() } else { console.dates() };
        let shown = |day| dates.show(day);
        let count = self.count.unwrap_or(1);
        let all = next::few(desk.workspace(), Some(&forecast), console.today, shown, count);
        if let (true, Some(_)) = (console.options.json, self.count) {
            return console.json_list(all.iter().map(data));
        }
        if all.is_empty() {
            console.say("nothing in the backlog is ready; `twohats list --in backlog` shows why");
            return if console.options.json { console.json("null") } else { Ok(()) };
        }
        for (nth, next) in all.into_iter().enumerate() {
            if console.options.json {
                return console.json(&data(&next));
            }
            if nth > 0 {
                console.line("")?;
            }
            let [enough, rest] = id(desk.workspace(), &next.id, 0);
            console.print(&[enough, rest, plain("  "), (Ink::Bold, next.what)])?;
            console.line(&next.why)?;
            console.line(&next.when)?;
        }
        Ok(())
    }
}

fn data(next: &Next) -> String {
    let members =
        [("id", next.id.as_str()), ("what", &next.what), ("why", &next.why), ("when", &next.when)];
    json(serde_json::Map::from_iter(members.map(|(key, text)| (key.to_owned(), text.into()))))
}
