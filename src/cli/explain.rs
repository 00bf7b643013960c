//! `explain`: why one item is ahead of another.

use super::assignment;
use super::console::{Console, Ink, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options;
use super::verb::Verb;
use crate::exchange::json::number;
use crate::insight::chance::percent;
use crate::insight::explain::{BreakEven, Explanation, Turn, explain};
use crate::scoring::{Framework, shown};
use crate::workspace::{Id, Place, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Say why one item is ahead of another, and what would turn it round
///
/// The share that each factor has in it, the chance that the first beats the second, and for each
/// factor the value at which they would tie; of a scale with steps those between which they change
/// places, and which factors can't turn them round alone, whatever they are.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The first item
    #[arg(value_name = "A")]
    a: String,
    /// The other one
    #[arg(value_name = "B")]
    b: String,
    /// By this framework; else by the one of the pane of the first
    #[arg(long, value_name = "FRAMEWORK", value_parser = options::framework())]
    framework: Option<String>,
}

impl Verb for Explain {
    const NAME: &'static str = "explain";
    const EXAMPLES: &'static [(&'static str, &'static str)] =
        &[("twohats explain k7 k9", "why k7 is ahead of k9, or behind it")];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let [a, b] = [&self.a, &self.b].map(|text| {
            let ids = naming::items(workspace, std::slice::from_ref(text));
            ids.map(|mut ids| ids.swap_remove(0))
        });
        let (a, b) = (a?, b?);
        if a == b {
            return Err(Failure::Usage("name two items; these are one and the same".into()));
        }
        let hat = workspace.place_of(&a).unwrap_or(Place::Backlog).hat();
        let told = self.framework.as_deref().map(|id| assignment::framework(workspace, id));
        let framework = told.transpose().map_err(Failure::Usage)?;
        let framework = framework.unwrap_or_else(|| Framework::of(hat, workspace.settings()));
        let (Some(first), Some(second)) = (workspace.get(&a), workspace.get(&b)) else {
            return Ok(());
        };
        let told = explain(framework, first, second, console.today);
        let told = told.map_err(|reason| Failure::Undone(reason.to_string()))?;
        if console.options.json {
            return console.json(&self::json(&told).to_string());
        }
        print(console, workspace, framework, &told)
    }
}

fn json(told: &Explanation) -> Value {
    let shares = told.shares.iter();
    let shares: Vec<Value> = shares
        .map(|share| json!({"factor": share.factor, "share": share.share.map(number)}))
        .collect();
    let break_even = told.break_even.iter().map(|even| {
        json!({
            "item": even.item.as_str(),
            "factor": even.factor,
            "value": even.value.map(number),
            "on_scale": even.on_scale,
        })
    });
    json!({
        "a": told.a.as_str(),
        "b": told.b.as_str(),
        "chance": told.chance.map(number),
        "shares": shares,
        "break_even": break_even.collect::<Vec<_>>(),
    })
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    framework: &Framework,
    told: &Explanation,
) -> Result<(), Failure> {
    for item in [&told.a, &told.b].into_iter().filter_map(|id| workspace.get(id)) {
        let score = framework.score(item).value().map(|score| framework.shown(score));
        let title = (Ink::Bold, item.title().to_owned());
        console.print(&[title, plain(format!("  {}", score.unwrap_or_default()))])?;
        console.line(&format!("  {}", framework.explain(item)))?;
    }
    let chance = told.chance.map(|chance| format!("{} that the first beats", percent(chance)));
    console.line(
        &chance.map_or("classes have an order and no chance".into(), |words| words + " the second"),
    )?;
    for share in &told.shares {
        let name = framework.factor(share.factor).map_or(share.factor, |factor| factor.name);
        let share = share.share.map_or("–".into(), |share| format!("{:.0} %", share * 100.0));
        console.line(&format!("  {share:>6}  {name}"))?;
    }
    let turns = told.break_even.iter().filter_map(|even| turn(workspace, framework, even));
    turns.collect::<Vec<_>>().iter().try_for_each(|line| console.line(line))?;
    let ids = [&told.a, &told.b].into_iter();
    let never = ids.filter_map(|id| never(workspace, framework, told, id));
    never.collect::<Vec<_>>().iter().try_for_each(|line| console.line(line))
}

/// What would turn the two round, in words.
fn turn(workspace: &Workspace, framework: &Framework, even: &BreakEven) -> Option<String> {
    let title = workspace.get(&even.item)?.title();
    let name = framework.factor(even.factor)?.name;
    match even.turn(framework) {
        Turn::At(value) => Some(format!("they tie if {name} of {title} is {}", shown(value))),
        Turn::Between(below, above) => {
            let (below, above) = (shown(below), shown(above));
            Some(format!("they change places between {below} and {above} for {name} of {title}"))
        }
        Turn::Never => None,
    }
}

/// What of an item can't turn them round alone, in words.
fn never(
    workspace: &Workspace,
    framework: &Framework,
    told: &Explanation,
    item: &Id,
) -> Option<String> {
    let title = workspace.get(item)?.title();
    let evens = told.break_even.iter().filter(|even| even.item == *item);
    let evens = evens.filter(|even| even.turn(framework) == Turn::Never);
    let names = evens.filter_map(|even| Some(framework.factor(even.factor)?.name));
    let names: Vec<&str> = names.collect();
    let (last, rest) = names.split_last()?;
    let all =
        if rest.is_empty() { (*last).to_owned() } else { format!("{} or {last}", rest.join(", ")) };
    Some(format!("no {all} of {title} alone turns them round"))
}
