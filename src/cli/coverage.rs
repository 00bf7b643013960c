//! `coverage`: what the effort serves, and what is served by nobody.

use super::console::{Console, Ink, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::insight::coverage::{Coverage, Effort, share};
use crate::view::text;
use crate::workspace::{Id, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Cells that the name of an objective takes.
const NAME: usize = 36;

/// Hold the effort against the objectives, both ways
///
/// The share that each objective should have, has of what is planned and has of what is done, by
/// the points of work that is made of nothing else. Work serves the objective it names, else that
/// of what it is part of. Then the initiatives that nobody estimated, the objectives that nothing
/// planned serves, the work that serves none, and the feedback nobody answered.
#[derive(Debug, Args)]
pub(super) struct Covered {}

impl Verb for Covered {
    const NAME: &'static str = "coverage";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats coverage", "the whole page"),
        ("twohats coverage --json | jq -r '.aimless[]'", "the ids of what serves nothing"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let coverage = Coverage::of(workspace, console.today);
        if console.options.json {
            return console.json(&self::json(workspace, &coverage).to_string());
        }
        print(console, workspace, &coverage)
    }
}

fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(Id::as_str).collect()
}

fn effort(effort: Effort) -> Value {
    let Effort { planned, done, without } = effort;
    json!({"planned": number(planned), "done": number(done), "without_points": without})
}

fn json(workspace: &Workspace, coverage: &Coverage) -> Value {
    let objectives = coverage.objectives.iter().map(|served| {
        json!({
            "id": served.id.as_str(),
            "title": workspace.name_of(&served.id),
            "target": served.target,
            "planned": served.planned,
            "done": served.done,
            "points": effort(served.effort),
        })
    });
    let unanswered = coverage.unanswered.iter();
    let unanswered = unanswered.map(|entry| json!({"id": entry.id.as_str(), "days": entry.days}));
    json!({
        "objectives": objectives.collect::<Vec<_>>(),
        "none": effort(coverage.none),
        "all": effort(coverage.all),
        "unsized": ids(&coverage.sizeless),
        "unserved": ids(&coverage.unserved),
        "aimless": ids(&coverage.aimless),
        "unanswered": unanswered.collect::<Vec<_>>(),
    })
}

fn print(console: &mut Console, workspace: &Workspace, coverage: &Coverage) -> Result<(), Failure> {
    let head = ["target", "planned", "done"].map(|word| format!("{word:>8}")).concat();
    console.print(&[(Ink::Bold, format!("{head}  points  objective"))])?;
    for served in &coverage.objectives {
        let title = workspace.name_of(&served.id);
        let shares = shares([served.target, served.planned, served.done]);
        let points = points(served.effort.planned);
        let mark = if served.is_off() { "  far from its target" } else { "" };
        let title = text::fit(&title, NAME).into_owned();
        console
            .print(&[plain(format!("{shares}  {points:>6}  {title}")), (Ink::Dim, mark.into())])?;
    }
    let none = coverage.none;
    let part = [share(none.planned, coverage.all.planned), share(none.done, coverage.all.done)];
    let shares = shares([None, part[0], part[1]]);
    console.print(&[(Ink::Dim, format!("{shares}  {:>6}  none", points(none.planned)))])?;
    if coverage.all.without > 0 {
        let without = coverage.all.without;
        console.print(&[(Ink::Dim, format!("not counted for want of points: {without}"))])?;
    }
    list(console, workspace, "initiatives without an estimate", &coverage.sizeless)?;
    list(console, workspace, "objectives that nothing planned serves", &coverage.unserved)?;
    list(console, workspace, "work that serves no objective", &coverage.aimless)?;
    let unanswered: Vec<Id> = coverage.unanswered.iter().map(|entry| entry.id.clone()).collect();
    list(console, workspace, "feedback that nobody answered", &unanswered)
}

/// Shares in columns of eight cells.
fn shares(shares: [Option<f64>; 3]) -> String {
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    shares.map(|share| format!("{:>8}", share.map_or("–".into(), percent))).concat()
}

fn points(points: f64) -> String {
    crate::insight::outcome::shown(points)
}

fn list(
    console: &mut Console,
    workspace: &Workspace,
    words: &str,
    all: &[Id],
) -> Result<(), Failure> {
    if all.is_empty() {
        return Ok(());
    }
    console.line("")?;
    console.print(&[(Ink::Bold, format!("{words} {}", all.len()))])?;
    for of in all {
        let title = workspace.name_of(of);
        let [enough, _] = id(workspace, of, 0);
        console.print(&[plain("  "), enough, plain("  "), plain(title)])?;
    }
    Ok(())
}
