//! `schedule`: the order in which waiting costs least.

use super::console::{Console, Ink, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::options::{self, Places};
use super::rank::unscored;
use super::verb::Verb;
use crate::app::detail::wanting;
use crate::exchange::json::number;
use crate::insight::schedule::{Schedule, schedule, usual};
use crate::scoring::{Framework, shown};
use crate::workspace::{Id, Place, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Moves that are named.
const MOVES: usize = 3;

/// Show the order in which waiting costs least, and what today's order costs
///
/// What an item waits for comes before it. By CD3 where anything is rated in it, else by the
/// framework of the pane: what stands above the line of its formula is the cost of a week, what
/// stands below is the time. In the roadmap each lane has an order of its own. Items without a
/// rating stay where they are.
#[derive(Debug, Args)]
pub(super) struct Scheduled {
    /// This place, or every lane of the roadmap; else the backlog
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
    /// By this framework
    #[arg(long, value_name = "FRAMEWORK", value_parser = options::framework())]
    framework: Option<String>,
    /// Put the items into this order
    #[arg(long)]
    apply: bool,
}

impl Verb for Scheduled {
    const NAME: &'static str = "schedule";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats schedule", "the backlog: the best order and what it saves"),
        ("twohats schedule --in roadmap --apply", "puts every lane in order"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        let places = self.within.as_ref().map_or(vec![Place::Backlog], |places| places.0.clone());
        let plans = self.plans(desk.workspace(), &places)?;
        if console.options.json {
            let objects: Vec<String> =
                plans.iter().map(|(place, _, plan)| json(*place, plan).to_string()).collect();
            console.json_one_or_all(&objects)?;
        } else {
            let shown = |(place, ..): &&(Place, _, _)| {
                places.len() == 1 || !desk.workspace().list(*place).is_empty()
            };
            plans.iter().filter(shown).try_for_each(|(place, framework, plan)| {
                print(console, desk.workspace(), *place, framework, plan)
            })?;
        }
        if !self.apply {
            return Ok(());
        }
        let step = desk.change(console, |workspace| {
            let plans = self.plans(workspace, &places)?;
            let ops = plans.iter().filter_map(|(place, _, plan)| plan.arranged(workspace, *place));
            Ok(("put in the order of least delay".to_owned(), ops.collect()))
        })?;
        console
            .say(step.as_ref().map_or("as it was: this is the order already", |step| &step.words));
        Ok(())
    }
}

impl Scheduled {
    fn plans(
        &self,
        workspace: &Workspace,
        places: &[Place],
    ) -> Result<Vec<(Place, &'static Framework, Schedule)>, Failure> {
        let plan = |place: &Place| {
            let framework = match self.framework.as_deref() {
                Some(id) => super::assignment::framework(workspace, id).map_err(Failure::Usage)?,
                None => usual(workspace, *place),
            };
            Ok((*place, framework, schedule(workspace, framework, *place)))
        };
        places.iter().map(plan).collect()
    }
}

fn json(place: Place, plan: &Schedule) -> Value {
    let ids = |ids: &[Id]| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let moves = plan.moves.iter();
    let moves = moves
        .map(|best| json!({"id": best.id.as_str(), "to": best.to, "saves": number(best.saves)}));
    json!({
        "place": place.key(),
        "order": ids(&plan.order),
        "cost": number(plan.cost),
        "current": ids(&plan.current),
        "current_cost": number(plan.current_cost),
        "optimal": plan.optimal,
        "lower_bound": number(plan.lower_bound),
        "left_out": unscored(plan.left_out.iter()),
        "moves": moves.collect::<Vec<_>>(),
        "rounds": ids(&plan.rounds),
    })
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    place: Place,
    framework: &Framework,
    plan: &Schedule,
) -> Result<(), Failure> {
    let heading = format!("{} · {}", place.key().to_uppercase(), framework.name);
    console.print(&[(Ink::Bold, heading)])?;
    let all = plan.order.iter().chain(plan.left_out.iter().map(|item| &item.id));
    let cells = widest(all);
    let title = |id: &Id| workspace.get(id).map_or("", |record| record.title());
    for (nth, item) in plan.order.iter().enumerate() {
        let [enough, rest] = id(workspace, item, cells);
        let name = plain(format!("  {}", title(item)));
        console.print(&[plain(format!("{:>3}  ", nth + 1)), enough, rest, name])?;
    }
    for item in &plan.left_out {
        let [enough, rest] = id(workspace, &item.id, cells);
        let needs = format!("  {}", wanting(framework, item));
        let name = plain(format!("  {}", title(&item.id)));
        console.print(&[plain("  –  "), enough, rest, name, (Ink::Dim, needs)])?;
    }
    let (now, best) = (shown(plan.current_cost), shown(plan.cost));
    console.line(&format!(
        "waiting costs {now} as it stands, {best} in this order: {}",
        plan.proof()
    ))?;
    for best in plan.moves.iter().take(MOVES) {
        let (title, saves) = (title(&best.id), shown(best.saves));
        console.line(&format!("  {title} to {} saves {saves}", best.to))?;
    }
    Ok(())
}
