//! `blocked`: chains of items that wait for one another.

use super::console::{Console, Ink, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::options;
use super::query::Filtering;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::insight::chains::{Chain, chains};
use crate::workspace::{Id, Place, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// List the chains of what waits for one another, the longest first
///
/// One for every item for which nothing waits and which waits itself: the longest way from it to
/// what can be done now. What is done holds nobody up.
#[derive(Debug, Args)]
pub(super) struct Blocked {
    /// At most so many
    #[arg(long, value_name = "N", value_parser = options::count())]
    most: Option<usize>,
    #[command(flatten)]
    filtering: Filtering,
}

impl Verb for Blocked {
    const NAME: &'static str = "blocked";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats blocked", "every chain"),
        ("twohats blocked --filter sprint:14", "those with an item of a sprint in them"),
        ("twohats blocked --json | jq -r '.[0].items[-1].id'", "what holds up the most"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let mut found = chains(workspace);
        if let Some(items) = self.filtering.found(workspace, console.today)? {
            found.retain(|chain| chain.items.iter().any(|id| items.contains(id)));
        }
        found.truncate(self.most.unwrap_or(usize::MAX));
        if console.options.json {
            let all = found.iter().map(|chain| json(workspace, chain).to_string());
            return console.json_list(all);
        }
        if found.is_empty() {
            console.say("nothing waits for anything that is not done");
        }
        found.iter().try_for_each(|chain| print(console, workspace, chain))
    }
}

fn json(workspace: &Workspace, chain: &Chain) -> Value {
    let item = |id: &Id| {
        json!({
            "id": id.as_str(),
            "title": workspace.name_of(id),
            "place": workspace.place_of(id).map(Place::key),
        })
    };
    json!({"points": number(chain.points), "items": chain.items.iter().map(item).collect::<Vec<_>>()})
}

/// What waits, and below it, step by step, what for.
fn print(console: &mut Console, workspace: &Workspace, chain: &Chain) -> Result<(), Failure> {
    console.print(&[(Ink::Bold, chain.size())])?;
    for (nth, of) in chain.items.iter().enumerate() {
        let [enough, _] = id(workspace, of, 0);
        let title = workspace.name_of(of);
        let arrow = if nth == 0 { "  " } else { "  waits for " };
        let place = workspace.place_of(of).map_or("", Place::words);
        console.print(&[
            (Ink::Dim, arrow.into()),
            enough,
            plain(format!("  {title}")),
            (Ink::Dim, format!("  {place}")),
        ])?;
    }
    Ok(())
}
