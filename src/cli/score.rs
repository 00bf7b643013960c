//! `score`: the scores, how they come about, and what is missing for one.

use super::assignment;
use super::console::{Console, Ink, Piece, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::options::{self, Places};
use super::verb::Verb;
use crate::app::detail::wanting;
use crate::exchange::json::number;
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
/// In the order in which the items stand. `twohats set` rates them: rice.reach=450.
#[derive(Debug, Args)]
pub(super) struct Scores {
    /// By this framework; else by the one of the pane
    #[arg(long, value_name = "FRAMEWORK", value_parser = options::framework())]
    framework: Option<String>,
    /// Only this place, or the lanes of the roadmap; else these and the backlog
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
}

impl Verb for Scores {
    const NAME: &'static str = "score";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats score", "roadmap and backlog, each by its framework"),
        ("twohats score --framework cd3 --in backlog", "the backlog by cost of delay"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let workspace = desk.workspace();
        let places = self.within.as_ref().map_or(USUAL.to_vec(), |places| places.0.clone());
        let told = self.framework.as_deref().map(|id| assignment::framework(workspace, id));
        let told = told.transpose().map_err(Failure::Usage)?;
        let framework =
            |place: Place| told.unwrap_or_else(|| Framework::of(place.hat(), workspace.settings()));
        if console.options.json {
            let items = places.iter().flat_map(|place| {
                let list = workspace.list(*place).iter().enumerate();
                list.map(|(at, item)| self::json(framework(*place), *place, at, item))
            });
            let items: Vec<String> = items.collect();
            return console.json_list(items);
        }
        let filled = places.iter().filter(|place| !workspace.list(**place).is_empty());
        for (nth, place) in filled.enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            print(console, workspace, *place, framework(*place))?;
            for warning in framework(*place).warnings(workspace.list(*place)) {
                console.say(&about(workspace, &warning));
            }
        }
        Ok(())
    }
}

fn print(
    console: &mut Console,
    workspace: &Workspace,
    place: Place,
    framework: &Framework,
) -> Result<(), Failure> {
    let heading = format!("{} · {}", place.key().to_uppercase(), framework.name);
    console.print(&[(Ink::Bold, heading)])?;
    let list = workspace.list(place);
    let cells = list.iter().map(|item| text::width(item.id().as_str())).max().unwrap_or_default();
    list.iter()
        .enumerate()
        .try_for_each(|(at, item)| console.print(&row(workspace, framework, at, item, cells)))
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
