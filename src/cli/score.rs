//! `score`: the scores, how they come about, and what is missing for one.

use super::assignment;
use super::console::{Console, Ink, Piece, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::naming;
use super::options;
use super::query::{self, Listed, Query};
use super::verb::Verb;
use crate::app::detail::wanting;
use crate::exchange::json::number;
use crate::insight::order;
use crate::insight::rank::Unscored;
use crate::scoring::{Framework, Score, Warning};
use crate::view::text;
use crate::workspace::{Place, Record, Workspace};
use clap::Args;
use serde_json::{Map, Value, json};

/// The places that are scored unless told otherwise.
const USUAL: [Place; 4] = [Place::Now, Place::Next, Place::Later, Place::Backlog];

/// Cells of a title beside its score.
const TITLE: usize = 36;

/// Show scores, how they come about, and what is missing
///
/// The roadmap and the backlog unless told otherwise, in the order in which the items stand. `twohats set` rates them: rice.reach=450.
#[derive(Debug, Args)]
pub(super) struct Scores {
    /// Only these items, by the beginning of their ids
    #[arg(value_name = "ID", conflicts_with_all = ["within", "filter", "sort", "apply"])]
    ids: Vec<String>,
    /// By this framework; else by the one of the pane
    #[arg(long, value_name = "FRAMEWORK", value_parser = options::framework())]
    framework: Option<String>,
    #[command(flatten)]
    query: Query,
    /// Put the items of each place into the order of their scores
    #[arg(long, conflicts_with_all = ["filter", "sort"])]
    apply: bool,
}

impl Verb for Scores {
    const NAME: &'static str = "score";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats score", "roadmap and backlog, each by its framework"),
        ("twohats score k7", "one item, and what its score is made of"),
        ("twohats score --in now --apply", "makes the order of the scores your own"),
        ("twohats score --framework cd3 --in backlog", "the backlog by cost of delay"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut desk = Desk::open(console)?;
        if self.apply {
            self.apply(console, &mut desk)?;
        }
        let workspace = desk.workspace();
        let told = self.framework.as_deref().map(|id| assignment::framework(workspace, id));
        let told = told.transpose().map_err(Failure::Usage)?;
        let framework =
            |place: Place| told.unwrap_or_else(|| Framework::of(place.hat(), workspace.settings()));
        let lists = match &self.ids[..] {
            [] => self.query.lists(workspace, &USUAL, console.today, told)?,
            names => query::listed(workspace, &naming::items(workspace, names)?),
        };
        if console.options.json {
            let items = lists.iter().flat_map(|(place, order)| {
                let list = workspace.list(*place);
                order.iter().map(|at| self::json(framework(*place), *place, *at, &list[*at]))
            });
            let items: Vec<String> = items.collect();
            return console.json_list(items);
        }
        if lists.is_empty() {
            console.say("no such item");
        }
        for (nth, listed) in lists.iter().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            let place = &listed.0;
            print(console, workspace, listed, framework(*place))?;
            let warnings = framework(*place).warnings(workspace.list(*place)).into_iter();
            for warning in warnings.filter(|_| self.ids.is_empty()) {
                console.say(&about(workspace, &warning));
            }
        }
        Ok(())
    }
}

impl Scores {
    fn apply(&self, console: &mut Console, desk: &mut Desk) -> Result<(), Failure> {
        let today = console.today;
        let step = desk.change(console, |workspace| {
            let told = self.framework.as_deref().map(|id| assignment::framework(workspace, id));
            let told = told.transpose().map_err(Failure::Usage)?;
            let mut ops = Vec::new();
            for (place, _) in self.query.lists(workspace, &USUAL, today, None)? {
                let own = || Framework::of(place.hat(), workspace.settings());
                let list = workspace.list(place);
                let order = order::by_score(told.unwrap_or_else(own), list);
                ops.extend(order::arranged(place, list, &order));
            }
            Ok(("put in the order of the scores".to_owned(), ops))
        })?;
        console.say(step.as_ref().map_or("as it was: this is the order already", |it| &it.words));
        Ok(())
    }
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    (place, order): &Listed,
    framework: &Framework,
) -> Result<(), Failure> {
    let heading = format!("{} · {}", place.key().to_uppercase(), framework.name);
    console.print(&[(Ink::Bold, heading)])?;
    let list = workspace.list(*place);
    let cells = widest(order.iter().map(|at| list[*at].id()));
    let row = |at: &usize| row(workspace, framework, *at, &list[*at], cells);
    order.iter().try_for_each(|at| console.print(&row(at)))
}

fn row(
    workspace: &Workspace,
    framework: &Framework,
    at: usize,
    item: &Record,
    cells: usize,
) -> Vec<Piece> {
    let (score, how) = match framework.score(item) {
        Score::Of(score) => (framework.shown(score), framework.explain(item)),
        Score::Needs(_) => {
            let item = Unscored::of(framework, item);
            ("–".into(), item.map_or(String::new(), |item| wanting(framework, &item)))
        }
    };
    let [enough, rest] = id(workspace, item.id(), cells);
    let title = text::pad(item.title(), TITLE);
    vec![
        plain(format!("{:>3}  ", at + 1)),
        enough,
        rest,
        plain(format!("  {score:>6}  {title}  ")),
        (Ink::Dim, how),
    ]
}

/// A warning, with the item it is about.
fn about(workspace: &Workspace, warning: &Warning) -> String {
    let item = warning.item.as_ref().and_then(|id| workspace.get(id));
    item.map_or(String::new(), |item| format!("{}: ", item.title())) + &warning.words
}

fn json(framework: &Framework, place: Place, at: usize, item: &Record) -> String {
    let mut object = Map::from_iter([
        ("id".to_owned(), json!(item.id().as_str())),
        ("title".to_owned(), json!(item.title())),
        ("place".to_owned(), json!(place.key())),
        ("position".to_owned(), json!(at + 1)),
        ("framework".to_owned(), json!(framework.id)),
    ]);
    match framework.score(item) {
        Score::Of(score) => object.insert("score".into(), number(score)),
        Score::Needs(factors) => object.insert("needs".into(), json!(factors)),
    };
    let off_scale = framework.off_scale(item);
    if !off_scale.is_empty() {
        object.insert("off_scale".into(), json!(off_scale));
    }
    object.insert("how".into(), json!(framework.explain(item)));
    Value::Object(object).to_string()
}
