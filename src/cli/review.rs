//! `review`: what a sprint promised, delivered and taught.

use super::console::{Console, Ink};
use super::desk::Desk;
use super::failure::Failure;
use super::sprint::find;
use super::verb::Verb;
use crate::app::ritual::{self, Part};
use crate::exchange::json::number;
use crate::insight::review::Review;
use crate::workspace::Id;
use clap::Args;
use serde_json::{Value as Json, json};

/// Say what a sprint promised, delivered and taught, and what of it was accepted
///
/// What was promised and carried over is known of sprints that were started and closed here. As
/// JSON it is `{sprint, state, committed, promised, delivered, accepted, unaccepted, unfinished,
/// carried, dropped, added, learned: {kept, changed, tried}}`, with ids of items.
#[derive(Debug, Args)]
pub(super) struct Reviewed {
    /// The sprint; else the one that runs
    #[arg(value_name = "SPRINT")]
    sprint: Option<String>,
    /// Print Markdown
    #[arg(long)]
    markdown: bool,
}

impl Verb for Reviewed {
    const NAME: &'static str = "review";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats review 14", "Sprint 14"),
        ("twohats review 14 --markdown > review.md", "to hand round"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let id = find(desk.workspace(), self.sprint.as_deref())?;
        let review = Review::of(desk.workspace(), &id, console.today);
        let Some(review) = review else { return Ok(()) };
        if console.options.json {
            let learned = review.learned.iter();
            let learned: serde_json::Map<String, Json> =
                learned.map(|(part, lines)| ((*part).to_owned(), json!(lines))).collect();
            let data = json!({
                "sprint": id.as_str(),
                "state": review.course.state.key(),
                "committed": number(review.course.committed),
                "promised": ids(&review.promised),
                "delivered": number(review.course.delivered),
                "accepted": ids(&review.accepted),
                "unaccepted": ids(&review.unaccepted),
                "unfinished": ids(&review.unfinished),
                "carried": ids(&review.carried),
                "dropped": ids(&review.dropped),
                "added": ids(&review.course.added),
                "learned": learned,
            });
            return console.json(&data.to_string());
        }
        print(console, &ritual::review(desk.workspace(), &review), self.markdown)
    }
}

/// Ids as JSON.
pub(super) fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

/// Prints headings with lines below, for people or as Markdown.
pub(super) fn print(
    console: &mut Console,
    (title, parts): &(String, Vec<Part>),
    markdown: bool,
) -> Result<(), Failure> {
    let heading = if markdown { format!("# {title}") } else { title.clone() };
    console.print(&[(Ink::Bold, heading)])?;
    if parts.is_empty() {
        console.line("nothing to say")?;
    }
    for (heading, lines) in parts {
        if markdown {
            console.line("")?;
        }
        let heading = if markdown { format!("## {heading}\n") } else { heading.clone() };
        for line in heading.lines() {
            console.print(&[(Ink::Bold, line.to_owned())])?;
        }
        if markdown {
            console.line("")?;
        }
        let mark = if markdown { "* " } else { "  " };
        lines.iter().try_for_each(|line| console.line(&format!("{mark}{line}")))?;
    }
    Ok(())
}
