//! `release`: the owner's last word on what goes out.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::timeline::{plan, stage};
use super::verb::Verb;
use crate::app::actions::approved;
use crate::workspace::{Hat, Id, Place, Workspace};
use clap::{Args, Subcommand};

/// Approve a release once all its items are accepted
///
/// It is the owner's decision. While something is not done or not accepted it is refused, and what
/// is left is named; `twohats timeline` shows how each release stands.
#[derive(Debug, Args)]
pub(super) struct Released {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Approve(Approve),
}

/// Approve it, as the last step before it goes out
#[derive(Debug, Args)]
struct Approve {
    /// The release, by its id or its name
    #[arg(value_name = "RELEASE")]
    release: String,
}

impl Verb for Released {
    const NAME: &'static str = "release";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats release approve r1", "the owner's last word")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let What::Approve(Approve { release }) = self.what;
        let mut desk = Desk::open(console)?;
        let id = named(desk.workspace(), &release)?;
        let today = console.today;
        console.options.hat.get_or_insert(Hat::Po);
        let step = desk.change(console, |workspace| {
            let plan = plan(workspace, today);
            let stage = plan.stage(&id).ok_or_else(|| Failure::Undone("it is gone".into()))?;
            let ops = approved(workspace, stage, today).map_err(Failure::Undone)?;
            Ok((format!("approved: {}", naming::named(workspace, std::slice::from_ref(&id))), ops))
        })?;
        if !console.options.json {
            return desk.report(console, step.as_ref(), &[id]);
        }
        let plan = plan(desk.workspace(), today);
        let stands = plan.stage(&id).map(|found| stage(desk.workspace(), found));
        console.json(&stands.unwrap_or_default().to_string())
    }
}

/// The release of this name, else of this id.
fn named(workspace: &Workspace, text: &str) -> Result<Id, Failure> {
    let releases = workspace.list(Place::Releases).iter();
    let by_name: Vec<&Id> =
        releases.filter(|release| release.title() == text).map(|release| release.id()).collect();
    if let [id] = by_name[..] {
        return Ok(id.clone());
    }
    let id = naming::one_of(workspace, text, |place| place == Place::Releases)?;
    match workspace.place_of(&id) {
        Some(Place::Releases) => Ok(id),
        _ => Err(Failure::Undone(format!("{id} is not a release; `twohats timeline` lists them"))),
    }
}
