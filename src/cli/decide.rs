//! `decide`: why an item stands where it stands.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::verb::Verb;
use crate::app::actions::{Decision, against_score, review};
use crate::insight::rank::items;
use crate::insight::{overrides, standing};
use crate::scoring::Framework;
use crate::workspace::{Date, Id, IdSource, Place, Step, Workspace};
use clap::Args;

/// Keep a decision about an item, with its reason
///
/// Of an item that stands against its score by more than its band it says so, and is to be looked
/// at again 30 days on unless told otherwise.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// The item
    #[arg(value_name = "ID")]
    id: String,
    /// The reason
    #[arg(value_name = "WHY")]
    why: String,
    /// What was decided
    #[arg(long, value_name = "WORDS")]
    what: Option<String>,
    /// The day to look at it again
    #[arg(long, value_name = "DATE")]
    review: Option<Date>,
}

impl Verb for Decide {
    const NAME: &'static str = "decide";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats decide k7 \"a pilot customer signed for it\"", "why it stands there")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let ids = naming::items(desk.workspace(), std::slice::from_ref(&self.id))?;
        let Some(item) = ids.first() else { return Ok(()) };
        if self.why.trim().is_empty() {
            return Err(Failure::Usage("say why, in a few words".into()));
        }
        let mut source = IdSource::seeded(fastrand::u64(..));
        let new = source.next(|id| desk.workspace().contains(id));
        let (told, today) = (console.options.hat, console.today);
        let step = desk.change(console, |workspace| {
            let hat = told.unwrap_or_else(|| place(workspace, item).hat());
            let against = against(workspace, item, today);
            let usual = against.map_or("decided", against_score);
            let decision = Decision {
                about: Some(item),
                what: self.what.as_deref().unwrap_or(usual),
                why: self.why.trim(),
                review: self.review.or_else(|| against.map(|_| review(today))),
                ..Decision::default()
            };
            let words = format!("decided: {}", naming::named(workspace, &ids));
            Ok((words, vec![decision.kept(new.clone(), hat, today)]))
        })?;
        let kept: Vec<Id> = step.iter().flat_map(Step::touched).collect();
        desk.report(console, step.as_ref(), &kept)
    }
}

fn place(workspace: &Workspace, item: &Id) -> Place {
    workspace.place_of(item).unwrap_or(Place::Backlog)
}

/// Whether the item stands above its score, where it stands against it.
fn against(workspace: &Workspace, item: &Id, today: Date) -> Option<bool> {
    let hat = place(workspace, item).hat();
    let framework = Framework::of(hat, workspace.settings());
    let ranking = standing::ranking(workspace, hat, framework, today);
    let stands = items(workspace, hat);
    let found = overrides::of(&ranking, stands.iter().map(|record| record.id()), item)?;
    Some(found.is_above)
}
