//! `release`: the owner's last word on what goes out.

use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::timeline::{self, plan, stage};
use super::verb::Verb;
use crate::app::actions::approved;
use crate::app::detail::Reading;
use crate::insight::timeline::Timeline;
use crate::workspace::{Hat, Id, Place, Workspace};
use clap::{Args, Subcommand};

/// Say how a release stands; approve it once all its items are accepted
///
/// To approve it is the owner's decision. While something is not done or not accepted it is refused, and what
/// is left is named; `twohats timeline` shows how each release stands.
#[derive(Debug, Args)]
#[command(subcommand_precedence_over_arg = true)]
#[command(
    override_usage = "twohats release [OPTIONS] [RELEASE]\n       twohats release [OPTIONS] <COMMAND>"
)]
pub(super) struct Released {
    #[command(subcommand)]
    what: Option<What>,
    /// Say how this release stands, by its id or its name
    #[arg(value_name = "RELEASE")]
    release: Option<String>,
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
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats release 2.0", "how it stands, and what makes it late"),
        ("twohats release approve r1", "the owner's last word"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let release = match (self.what, self.release) {
            (Some(What::Approve(Approve { release })), None) => release,
            (None, Some(release)) => return stands(console, &release),
            (Some(_), Some(release)) => {
                let words = format!("what there is to do comes first, then “{release}”");
                return Err(Failure::Usage(words));
            }
            (None, None) => return Err(Failure::Usage("say which release".into())),
        };
        let mut desk = Desk::open(console)?;
        let id = named(desk.workspace(), &release)?;
        let (today, dates) = (console.today, console.dates());
        console.options.hat.get_or_insert(Hat::Po);
        let step = desk.change(console, |workspace| {
            let plan = plan(workspace, today);
            let stage = plan.stage(&id).ok_or_else(|| Failure::Undone("it is gone".into()))?;
            let ops = approved(Reading { workspace, dates: &dates }, stage, today)
                .map_err(Failure::Undone)?;
            Ok((format!("approved: {}", workspace.name_of(&id)), ops))
        })?;
        if !console.options.json {
            return desk.report(console, step.as_ref(), &[id]);
        }
        let plan = plan(desk.workspace(), today);
        console.json(&data(desk.workspace(), &plan, &id))
    }
}

/// How a release stands.
fn stands(console: &mut Console, release: &str) -> Result<(), Failure> {
    let desk = Desk::open(console)?;
    let id = named(desk.workspace(), release)?;
    let plan = plan(desk.workspace(), console.today);
    if console.options.json {
        return console.json(&data(desk.workspace(), &plan, &id));
    }
    let stages = plan.stages.iter().filter(|stage| stage.id == id).cloned().collect();
    timeline::print(console, desk.workspace(), &Timeline { stages, ..Timeline::default() })
}

fn data(workspace: &Workspace, plan: &Timeline, id: &Id) -> String {
    let stands = plan.stage(id).map(|found| stage(workspace, found));
    stands.unwrap_or_default().to_string()
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
