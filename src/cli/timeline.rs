//! `timeline`: where initiatives and releases lie in time.

use super::console::{Console, Ink, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::query::Filtering;
use super::verb::Verb;
use crate::app::actions::quarters;
use crate::app::preferences::DateFormat;
use crate::app::timeline::{lies, told};
use crate::exchange::json::number;
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::insight::timeline::release::{Stage, State};
use crate::insight::timeline::resources::Load;
use crate::insight::timeline::{Bar, Timeline};
use crate::view::text;
use crate::workspace::{Date, Id, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Show where initiatives and releases lie in time, and which releases are at risk
///
/// An initiative ends on its due day, else on that of its release, else when its parts are done
/// with a chance of 50 %. A release is ready once all its items are accepted, and at risk where the
/// day by which they are done with 85 % is later than its own; `chain` are the items that make it
/// so, each waiting for the one before. A quarter has the people and the budget of the settings,
/// and the effort of the plan in person-months, spread evenly over the days of each initiative;
/// --filter leaves those as they are, and shows initiatives it finds and releases with such items.
/// As JSON it is `{releases: [{id, name, date, state, approved, items, done, accepted, p85,
/// late_days, chain, says}], initiatives: [{id, title, release, objective, start, end, basis, p50,
/// p85, late_days, waits_for}], quarters: [{quarter, people, budget, effort, share}], not_enough}`;
/// `state` is milestone, approved, empty, ready, done, `at_risk`, `on_track` or unsure, and `basis` is
/// planned, release, forecast, done or nothing.
#[derive(Debug, Args)]
pub(super) struct Lying {
    #[command(flatten)]
    filtering: Filtering,
}

impl Verb for Lying {
    const NAME: &'static str = "timeline";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats timeline", "releases, initiatives, and people against the plan"),
        ("twohats timeline --filter objective:o4", "only what serves an objective"),
        (
            "twohats timeline --json | jq '.releases[] | select(.state == \"at_risk\")'",
            "what is late, and through what",
        ),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let mut plan = plan(workspace, console.today);
        if let Some(found) = self.filtering.found(workspace, console.today)? {
            plan.bars.retain(|bar| found.contains(&bar.id));
            plan.stages.retain(|stage| stage.items.iter().any(|id| found.contains(id)));
        }
        if console.options.json {
            return console.json(&self::json(workspace, &plan).to_string());
        }
        print(console, workspace, &plan)
    }
}

/// How everything lies, as it is foreseen.
pub(super) fn plan(workspace: &Workspace, today: Date) -> Timeline {
    let forecast = Forecast::new(workspace, usual(), LAST, today);
    Timeline::of(workspace, &forecast, today)
}

fn title(workspace: &Workspace, id: &Id) -> String {
    workspace.name_of(id)
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn json(workspace: &Workspace, plan: &Timeline) -> Value {
    let stages = plan.stages.iter().map(|stage| self::stage(workspace, stage));
    let bars = plan.bars.iter().map(|bar| self::bar(workspace, bar));
    json!({
        "releases": stages.collect::<Vec<_>>(),
        "initiatives": bars.collect::<Vec<_>>(),
        "quarters": plan.loads.iter().map(load).collect::<Vec<_>>(),
        "not_enough": plan.not_enough,
    })
}

pub(super) fn stage(workspace: &Workspace, stage: &Stage) -> Value {
    let risk = match &stage.state {
        State::AtRisk(risk) => Some(risk),
        _ => None,
    };
    let approved = match stage.state {
        State::Approved(day) => Some(day.to_string()),
        _ => None,
    };
    let chain = risk.map(|risk| risk.chain.iter().map(Id::as_str).collect::<Vec<_>>());
    json!({
        "id": stage.id.as_str(),
        "name": title(workspace, &stage.id),
        "date": day(stage.day),
        "state": stage.state.key(),
        "approved": approved,
        "items": stage.items.iter().map(Id::as_str).collect::<Vec<_>>(),
        "done": stage.done,
        "accepted": stage.accepted,
        "p85": day(stage.sure),
        "late_days": risk.and_then(|risk| risk.days),
        "chain": chain.unwrap_or_default(),
        "says": told(workspace, &DateFormat::default(), stage),
    })
}

fn bar(workspace: &Workspace, bar: &Bar) -> Value {
    json!({
        "id": bar.id.as_str(),
        "title": title(workspace, &bar.id),
        "release": bar.release.as_ref().map(Id::as_str),
        "objective": bar.objective.as_ref().map(Id::as_str),
        "start": day(bar.start),
        "end": day(bar.end),
        "basis": bar.basis.key(),
        "p50": day(bar.even),
        "p85": day(bar.sure),
        "late_days": bar.late(),
        "waits_for": bar.waits.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(),
    })
}

fn load(load: &Load) -> Value {
    json!({
        "quarter": load.quarter.to_string(),
        "people": load.people.map(number),
        "budget": load.budget.map(number),
        "effort": number(load.effort),
        "share": load.share(),
    })
}

/// Prints a plan: a line for each release, initiative and quarter.
pub(super) fn print(
    console: &mut Console,
    workspace: &Workspace,
    plan: &Timeline,
) -> Result<(), Failure> {
    let dates = console.dates();
    let ids = plan.stages.iter().map(|stage| &stage.id).chain(plan.bars.iter().map(|bar| &bar.id));
    let cells = widest(ids);
    let mut line = |of: &Id, says: &str| {
        let [enough, rest] = id(workspace, of, cells);
        let name = plain(format!("  {}", text::safe(&title(workspace, of))));
        console.print(&[enough, rest, name, (Ink::Dim, format!("  {}", text::safe(says)))])
    };
    for stage in &plan.stages {
        let day = stage.day.map(|day| format!("{} · ", dates.show(day))).unwrap_or_default();
        line(&stage.id, &format!("{day}{}", told(workspace, &dates, stage)))?;
    }
    for bar in &plan.bars {
        line(&bar.id, &lies(workspace, &dates, bar))?;
    }
    for quarter in quarters(plan) {
        console.line(&quarter)?;
    }
    if plan.bars.is_empty() && plan.stages.is_empty() {
        console.say("nothing lies in time yet: the roadmap is empty, and there is no release");
    }
    if let Some(why) = &plan.not_enough {
        console.say(why);
    }
    Ok(())
}
