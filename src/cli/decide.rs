//! `decide`: why an item stands where it stands.

use super::console::{Console, Ink, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::verb::Verb;
use crate::app::actions::{Decision, review};
use crate::insight::overrides::Kept;
use crate::insight::{overrides, rank, standing, trade};
use crate::scoring::Framework;
use crate::workspace::day::Day;
use crate::workspace::{Date, Field, Hat, Id, IdSource, Op, Place, Step, Value, Workspace};
use clap::Args;
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Keep a decision about an item, with its reason
///
/// Where the item was just moved against its score or against the plan, and nobody said why yet,
/// that decision gets the reason. Of an item that stands against its score by more than its band
/// it says so, and is to be looked at again 30 days on unless told otherwise.
#[derive(Debug, Args)]
pub(super) struct Decide {
    /// The item
    #[arg(value_name = "ID", required_unless_present = "list")]
    id: Option<String>,
    /// The reason
    #[arg(value_name = "WHY", required_unless_present = "list")]
    why: Option<String>,
    /// List what was kept against its score instead, and how that ended
    #[arg(long, conflicts_with_all = ["id", "why", "what", "review"])]
    list: bool,
    /// What was decided
    #[arg(long, value_name = "WORDS")]
    what: Option<String>,
    /// The day to look at it again
    #[arg(long, value_name = "DATE")]
    review: Option<Day>,
}

impl Verb for Decide {
    const NAME: &'static str = "decide";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats decide k7 \"a pilot customer signed for it\"", "why it stands there"),
        ("twohats decide --list", "what was kept against its score"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        if self.list {
            return list(console, desk.workspace());
        }
        let ids = naming::items(desk.workspace(), self.id.as_slice())?;
        let why = self.why.as_deref().unwrap_or_default().trim();
        let Some(item) = ids.first() else { return Ok(()) };
        if why.is_empty() {
            return Err(Failure::Usage("say why, in a few words".into()));
        }
        let mut source = IdSource::seeded(fastrand::u64(..));
        let new = source.next(|id| desk.workspace().is_spoken_for(id));
        let (told, today) = (console.options.hat, console.today);
        let told_review = self.review.map(|day| console.day(day)).transpose()?;
        let step = desk.change(console, |workspace| {
            let words = format!("decided: {}", workspace.named(&ids));
            if let Some(open) = self.unexplained(workspace, item) {
                let review = told_review.map(|day| Op::set(&open, Field::Review, Value::Date(day)));
                let why = Op::set(&open, Field::Why, Value::text(why));
                return Ok((words, review.into_iter().chain([why]).collect()));
            }
            let hat = told.unwrap_or_else(|| place(workspace, item).hat());
            let against = against(workspace, item, today);
            let usual = against.map_or("decided", overrides::words);
            let decision = Decision {
                about: Some(item),
                what: self.what.as_deref().unwrap_or(usual),
                why,
                review: told_review.or_else(|| against.map(|_| review(today))),
                ..Decision::default()
            };
            Ok((words, vec![decision.kept(new.clone(), hat, today)]))
        })?;
        let kept: Vec<Id> = step.iter().flat_map(Step::touched).collect();
        desk.report(console, step.as_ref(), &kept)
    }
}

impl Decide {
    /// The decision about the item that still lacks its reason, unless another one is told.
    fn unexplained(&self, workspace: &Workspace, item: &Id) -> Option<Id> {
        if self.what.is_some() {
            return None;
        }
        let mut trades = trade::open(workspace).filter(|traded| traded.item == *item);
        let trade = trades.rfind(|traded| traded.why.is_empty()).map(|traded| traded.decision);
        let kept = overrides::open(workspace, item).filter(|kept| kept.why.is_empty());
        trade.or_else(|| kept.map(|kept| kept.decision))
    }
}

fn place(workspace: &Workspace, item: &Id) -> Place {
    workspace.place_of(item).unwrap_or(Place::Backlog)
}

/// Whether the item stands above its score, where it stands against it.
fn against(workspace: &Workspace, item: &Id, today: Date) -> Option<bool> {
    Standing::of(workspace, &[item], today).against.get(item).copied()
}

/// How some items stand now: a ranking for each hat that has one of them.
#[derive(Default)]
struct Standing {
    /// Those that have a rank.
    ranked: HashSet<Id>,
    /// Those that stand against their score, and whether above it.
    against: HashMap<Id, bool>,
}

impl Standing {
    fn of(workspace: &Workspace, items: &[&Id], today: Date) -> Self {
        let mut standing = Self::default();
        for hat in [Hat::Pm, Hat::Po] {
            let own = items.iter().copied().filter(|id| place(workspace, id).hat() == hat);
            let own: HashSet<&Id> = own.collect();
            if !own.is_empty() {
                standing.take(workspace, hat, &own, today);
            }
        }
        standing
    }

    fn take(&mut self, workspace: &Workspace, hat: Hat, own: &HashSet<&Id>, today: Date) {
        let framework = Framework::of(hat, workspace.settings());
        let ranking = standing::ranking(workspace, hat, framework, today);
        let stands = rank::items(workspace, hat);
        let stands = stands.iter().map(|record| record.id());
        let found = overrides::each(&ranking, stands, own.iter().copied());
        self.against.extend(found.into_iter().map(|found| (found.id, found.is_above)));
        let ranked = ranking.items.iter().map(|item| item.id().clone());
        self.ranked.extend(ranked.filter(|id| own.contains(id)));
    }

    /// Whether what was decided still holds.
    fn holds(&self, kept: &Kept) -> bool {
        kept.is_open() && self.against.contains_key(&kept.item)
    }

    /// What became of a decision, in words.
    fn words(&self, workspace: &Workspace, kept: &Kept) -> String {
        match &kept.ended {
            Some(how) => how.clone(),
            None if self.holds(kept) => format!("stands, look again {}", shown(kept.review)),
            None if workspace.place_of(&kept.item) == Some(Place::Done) => "done".to_owned(),
            None if !self.ranked.contains(&kept.item) => "no longer ranked".to_owned(),
            None => "back in its band".to_owned(),
        }
    }
}

fn shown(day: Option<Date>) -> String {
    day.map_or("–".to_owned(), |day| day.to_string())
}

/// Prints what was kept against its score, as it was decided.
fn list(console: &mut Console, workspace: &Workspace) -> Result<(), Failure> {
    let today = console.today;
    let all: Vec<Kept> = overrides::kept(workspace).collect();
    let open: Vec<&Id> = all.iter().filter(|kept| kept.is_open()).map(|kept| &kept.item).collect();
    let standing = Standing::of(workspace, &open, today);
    if console.options.json {
        let object = |kept| json(kept, standing.holds(kept)).to_string();
        return console.json_list(all.iter().map(object).collect::<Vec<String>>());
    }
    for kept in &all {
        let title = workspace.get(&kept.item).map_or("", |record| record.title());
        let mut pieces = vec![plain(format!("{}  ", shown(kept.on)))];
        pieces.extend(id(workspace, &kept.item, 0));
        pieces.push(plain(format!(" {title}  {}", overrides::words(kept.is_above))));
        pieces.push((Ink::Dim, format!("  {}", standing.words(workspace, kept))));
        let why = Some(&kept.why).filter(|why| !why.is_empty());
        pieces.extend(why.map(|why| plain(format!("  {why}"))));
        console.print(&pieces)?;
    }
    if all.is_empty() {
        console.say("nothing was ever kept against its score");
    }
    Ok(())
}

fn json(kept: &Kept, stands: bool) -> serde_json::Value {
    json!({
        "id": kept.decision.as_str(),
        "item": kept.item.as_str(),
        "what": overrides::words(kept.is_above),
        "why": Some(&kept.why).filter(|why| !why.is_empty()),
        "on": kept.on.map(|day| day.to_string()),
        "review": kept.review.map(|day| day.to_string()),
        "stands": stands,
        "ended": kept.ended,
    })
}
