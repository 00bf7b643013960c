//! `rank`: the order of the scores, and how sure it is.

use super::console::{Console, Ink, Piece, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::options::{self, PaneFlags};
use super::query::Filtering;
use super::verb::Verb;
use crate::app::detail::{pulled, wanting};
use crate::exchange::json::number;
use crate::insight::chance::percent;
use crate::insight::lens::{Pull, Seen};
use crate::insight::rank::{Ranked, Ranking, Unscored, items};
use crate::insight::simulation::TRIALS;
use crate::insight::{lens, standing};
use crate::scoring::Framework;
use crate::terminal;
use crate::view::text;
use crate::workspace::{Field, Hat, Id, Workspace};
use clap::Args;
use serde_json::{Value, json};

/// Cells of a title beside its score.
const TITLE: usize = 36;

/// Rank items by score, and say how sure that is
///
/// Each with its chance to belong above the line, and its best and worst plausible rank. The line
/// is where the capacity ends: `now_limit` in the roadmap; in the backlog the capacity of the
/// settings, or else what the next sprint is forecast to deliver. Items of one band are tied.
#[derive(Debug, Args)]
pub(super) struct Rank {
    #[command(flatten)]
    pane: PaneFlags,
    #[command(flatten)]
    filtering: Filtering,
    /// Random numbers to use; the same ones give the same output
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How often to try what the true scores might be
    #[arg(long, value_name = "N", default_value_t = TRIALS, value_parser = options::count())]
    trials: usize,
    /// Beside this other framework: how alike the orders are, and why they differ
    #[arg(long, value_name = "FRAMEWORK", value_parser = options::framework(), conflicts_with_all = ["seed", "trials", "filter"])]
    lens: Option<String>,
}

impl Verb for Rank {
    const NAME: &'static str = "rank";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats rank", "the backlog, best first"),
        ("twohats rank --in roadmap --framework rice", "all lanes, by RICE"),
        ("twohats rank --in roadmap --lens ice", "what ICE would put in another order, and why"),
        ("twohats rank --filter sprint:14", "how the items of a sprint rank among all"),
        ("twohats rank --json | jq '.items[] | select(.band == 1)'", "who is tied for the top"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let hat = self.pane.hat(console);
        let framework = self.pane.framework(workspace, hat)?;
        if let Some(lens) = &self.lens {
            let other = super::assignment::framework(workspace, lens).map_err(Failure::Usage)?;
            return side_by_side(console, workspace, hat, [framework, other]);
        }
        let mut ranking = standing::ranking(workspace, hat, framework, console.today);
        if let Some(simulation) = ranking.simulation(self.seed, self.trials) {
            ranking.take(&terminal::tally(&simulation).chances());
        }
        // What is left out is still ranked: a filter changes what is seen, and no rank.
        let found = self.filtering.found(workspace, console.today)?;
        let shows = |id: &Id| found.as_ref().is_none_or(|found| found.contains(id));
        if console.options.json {
            return console.json(&self.json(&ranking, shows).to_string());
        }
        print(console, workspace, &ranking, shows)
    }
}

impl Rank {
    fn json(&self, ranking: &Ranking, shows: impl Fn(&Id) -> bool) -> Value {
        let shown = ranking.items.iter().filter(|item| shows(item.id()));
        json!({
            "framework": ranking.framework.id,
            "line": ranking.line,
            "seed": self.seed,
            "trials": self.trials,
            "items": shown.map(item).collect::<Vec<_>>(),
            "unscored": unscored(ranking.unscored.iter().filter(|item| shows(&item.id))),
        })
    }
}

fn item(item: &Ranked) -> Value {
    let (best, worst) = item.plausible().unzip();
    json!({
        "id": item.id().as_str(),
        "title": item.title(),
        "score": number(item.score()),
        "rank": item.rank,
        "chance_above_line": item.chance_above_line().map(number),
        "best_rank": best,
        "worst_rank": worst,
        "band": item.band,
    })
}

/// What stands below the last item that there is room for.
const END: &str = "     ── the capacity ends here ──";

/// Why there are no chances.
const NO_ROOM: &str = "no chances: nothing says how much there is room for; \
    `twohats set settings capacity=20` does";
const NO_SIZES: &str = "no chances: nothing says how much room the items take; \
    `twohats set ID points=3` does";

/// Items without a score, and what they need.
pub(super) fn unscored<'a>(items: impl Iterator<Item = &'a Unscored>) -> Value {
    let item = |item: &Unscored| {
        let mut object = json!({"id": item.id.as_str(), "needs": item.needs});
        if !item.off_scale.is_empty() {
            object["off_scale"] = json!(item.off_scale);
        }
        object
    };
    items.map(item).collect()
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    ranking: &Ranking,
    shows: impl Fn(&Id) -> bool,
) -> Result<(), Failure> {
    let items: Vec<&Ranked> = ranking.items.iter().filter(|item| shows(item.id())).collect();
    let rest: Vec<&Unscored> = ranking.unscored.iter().filter(|item| shows(&item.id)).collect();
    let ids = items.iter().map(|item| item.id()).chain(rest.iter().map(|item| &item.id));
    let cells = widest(ids);
    let framework = ranking.framework;
    console.print(&[(Ink::Bold, framework.name.to_owned())])?;
    let fits = |item: &&&Ranked| ranking.line.is_none_or(|line| item.rank <= line);
    let line = items.iter().take_while(fits).count();
    for (at, item) in items.iter().enumerate() {
        if ranking.line.is_some() && at == line {
            console.print(&[(Ink::Dim, END.into())])?;
        }
        console.print(&row(workspace, ranking, item, cells))?;
    }
    if ranking.line.is_some() && line == items.len() {
        console.print(&[(Ink::Dim, END.into())])?;
    }
    for item in rest {
        let [enough, rest] = id(workspace, &item.id, cells);
        let title = workspace.get(&item.id).map_or("", |record| record.title());
        let title = plain(format!("  {:>6}  {}", "–", text::pad(title, TITLE)));
        let needs = format!("  {}", wanting(framework, item));
        console.print(&[plain("  –  "), enough, rest, title, (Ink::Dim, needs)])?;
    }
    if ranking.line.is_none() && !ranking.items.is_empty() {
        let stated = workspace.settings().number(Field::Capacity).is_some();
        console.say(if stated { NO_SIZES } else { NO_ROOM });
    }
    Ok(())
}

fn row(workspace: &Workspace, ranking: &Ranking, item: &Ranked, cells: usize) -> Vec<Piece> {
    let [enough, rest] = id(workspace, item.id(), cells);
    let score = ranking.framework.shown(item.score());
    let chance = item.chance_above_line().map_or_else(String::new, percent);
    let span = item.plausible().map_or_else(String::new, |(best, worst)| format!("{best}–{worst}"));
    let tied =
        if ranking.is_tied(item) { format!("tied, band {}", item.band) } else { String::new() };
    vec![
        plain(format!("{:>3}  ", item.rank)),
        enough,
        rest,
        plain(format!(
            "  {score:>6}  {}  {chance:>5}  {span:>7}  ",
            text::pad(item.title(), TITLE)
        )),
        (Ink::Dim, tied),
    ]
}

/// Prints the items in the eyes of two frameworks, those that differ most first.
fn side_by_side(
    console: &mut Console,
    workspace: &Workspace,
    hat: Hat,
    [one, other]: [&'static Framework; 2],
) -> Result<(), Failure> {
    let lenses = lens::compare(one, other, &items(workspace, hat));
    if console.options.json {
        let seen = |seen: &Seen| lens_json(workspace, [one, other], seen);
        let object = json!({
            "framework": one.id,
            "lens": other.id,
            "tau": lenses.tau.map(number),
            "items": lenses.items.iter().map(seen).collect::<Vec<_>>(),
        });
        return console.json(&object.to_string());
    }
    let tau = lenses.tau.map_or("–".into(), |tau| format!("{tau:.2}"));
    let heading = format!("{} → {} · Kendall's tau {tau}", one.name, other.name);
    console.print(&[(Ink::Bold, heading)])?;
    let cells = widest(lenses.items.iter().map(|item| &item.id));
    for seen in &lenses.items {
        let [enough, rest] = id(workspace, &seen.id, cells);
        let title = workspace.get(&seen.id).map_or("", |record| record.title());
        let (a, b) = seen.ranks;
        let title = plain(format!("  {}  ", text::pad(title, TITLE)));
        let why = pulls([one, other], seen).map(|(framework, pull)| pulled(framework, pull));
        let why = (Ink::Dim, why.collect::<Vec<_>>().join(", "));
        console.print(&[plain(format!("{a:>3} → {b:<3}  ")), enough, rest, title, why])?;
    }
    if lenses.items.is_empty() {
        console.say(&format!("nothing is scored by both {} and {}", one.name, other.name));
    }
    Ok(())
}

/// What pulls an item, each with the framework it does that in.
fn pulls<'a>(
    frameworks: [&'static Framework; 2],
    seen: &'a Seen,
) -> impl Iterator<Item = (&'static Framework, &'a Pull)> {
    let pulls = [&seen.pulls.0, &seen.pulls.1];
    frameworks
        .into_iter()
        .zip(pulls)
        .filter_map(|(framework, pull)| Some((framework, pull.as_ref()?)))
}

fn lens_json(workspace: &Workspace, frameworks: [&'static Framework; 2], seen: &Seen) -> Value {
    let why = pulls(frameworks, seen).map(|(framework, pull)| {
        json!({
            "framework": framework.id,
            "factor": pull.factor,
            "value": number(pull.value),
            "usual": number(pull.usual),
            "pulls": if pull.is_up { "up" } else { "down" },
        })
    });
    json!({
        "id": seen.id.as_str(),
        "title": workspace.get(&seen.id).map_or("", |record| record.title()),
        "ranks": [seen.ranks.0, seen.ranks.1],
        "scores": [number(seen.scores.0), number(seen.scores.1)],
        "why": why.collect::<Vec<_>>(),
    })
}
