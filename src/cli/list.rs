//! `list`: the items, place by place.

use super::console::{Console, Ink, Piece, id, plain};
use super::desk::Desk;
use super::failure::Failure;
use super::options::{self, Places};
use super::verb::Verb;
use crate::app::filter::Filter;
use crate::insight::felt;
use crate::scoring::shown;
use crate::view::text;
use crate::workspace::{Field, Id, Place, Record, Spot, Status};
use clap::{Args, ValueEnum};
use std::sync::Arc;

/// Cells of the widest kind.
const KIND: usize = 10;

/// List the items, place by place
///
/// Each with its position, the beginning of its id that is enough to name it, kind, points, score
/// and title. A filter is words to be found in the title, and #tag, kind:bug, status:doing,
/// parent:k7, objective:o4, persona:p7, release:2.0, sprint:14, id:k7, is:unscored, is:blocked,
/// is:overdue, is:unestimated, in:done.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only this place, or the lanes of the roadmap
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
    /// Only what this finds
    #[arg(long, value_name = "QUERY")]
    filter: Option<String>,
    /// The order inside a place; positions stay true
    #[arg(long, value_name = "ORDER", default_value = "own")]
    sort: Order,
}

/// The order in which items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The own order
    Own,
    /// Highest score first; what has none keeps its row
    Score,
    /// Most points first; what has none last
    Points,
    /// What is asked for most first: votes, then entries that speak for it
    Felt,
    /// By title
    Title,
}

impl Verb for List {
    const NAME: &'static str = "list";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats list --in roadmap", "the lanes"),
        ("twohats list --filter 'kind:bug bank'", "bugs with these letters in their title"),
        ("twohats list --in backlog --sort score", "in score order"),
        ("twohats list --in backlog --sort felt", "what is asked for most first"),
        ("twohats list --json | jq '.[].title'", "every title"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let filter = Filter::parse(self.filter.as_deref().unwrap_or_default());
        let places = self.within.as_ref().map_or(Place::ITEMS.to_vec(), |places| places.0.clone());
        let places =
            places.into_iter().filter(|place| filter.place().is_none_or(|it| it == *place));
        let lists: Vec<(Place, Vec<usize>)> = places
            .map(|place| (place, self.order(&desk, place, &filter, console)))
            .filter(|(_, order)| !order.is_empty())
            .collect();
        if console.options.json {
            let items = lists.iter().flat_map(|(place, order)| desk.jsons_at(*place, order));
            console.json_list(items)?;
            desk.leave();
            return Ok(());
        }
        if lists.is_empty() {
            let all = filter.is_empty() && self.within.is_none();
            console.say(if all {
                "no items; `twohats add TITLE` adds one"
            } else {
                "no such item"
            });
        }
        let item = |place: Place, at: usize| &desk.workspace().list(place)[at];
        let all = lists.iter().flat_map(|(place, order)| order.iter().map(|at| item(*place, *at)));
        let cells = all.map(|item| text::width(item.id().as_str())).max().unwrap_or_default();
        for (nth, (place, order)) in lists.iter().enumerate() {
            if nth > 0 {
                console.line("")?;
            }
            console.print(&[heading(&desk, *place, order.len())])?;
            for at in order {
                let mut row = row(&desk, Spot::new(*place, *at), cells);
                row.extend(self.votes(&desk, item(*place, *at).id()));
                console.print(&row)?;
            }
        }
        Ok(())
    }
}

impl List {
    /// How much an item is asked for, where that is what it is listed by.
    fn votes(&self, desk: &Desk, id: &Id) -> Option<Piece> {
        let felt = (self.sort == Order::Felt).then(|| felt::of(desk.workspace(), id))?;
        (felt.votes > 0.0).then(|| (Ink::Dim, format!("  {}", felt.words())))
    }

    /// The indexes of the items of a place that are listed, in the order asked for.
    fn order(&self, desk: &Desk, place: Place, filter: &Filter, console: &Console) -> Vec<usize> {
        let all = desk.workspace().list(place);
        let found = filter.matching(desk.workspace(), place, console.today);
        let mut order = found;
        match self.sort {
            Order::Own => {}
            Order::Title => order.sort_by_cached_key(|at| all[*at].title().to_lowercase()),
            Order::Points => order.sort_by(|a, b| points(&all[*b]).total_cmp(&points(&all[*a]))),
            Order::Felt => {
                let felt = |at: usize| felt::of(desk.workspace(), all[at].id());
                let mut felt: Vec<_> = order.into_iter().map(|at| (felt(at), at)).collect();
                felt.sort_by(|(a, _), (b, _)| a.before(b));
                order = felt.into_iter().map(|(_, at)| at).collect();
            }
            Order::Score => {
                let list: Vec<Arc<Record>> = order.iter().map(|at| Arc::clone(&all[*at])).collect();
                order = desk.by_score(place, &list).into_iter().map(|at| order[at]).collect();
            }
        }
        order
    }
}

fn points(item: &Record) -> f64 {
    item.number(Field::Points).unwrap_or(-1.0)
}

/// The name of a place and how many are in it; of Now also how many may be.
fn heading(desk: &Desk, place: Place, listed: usize) -> Piece {
    let all = desk.workspace().list(place).len();
    let limit = desk.workspace().settings().number(Field::NowLimit).unwrap_or(3.0);
    let limit = if place == Place::Now { format!("/{limit}") } else { String::new() };
    let listed = if listed == all { String::new() } else { format!("{listed} of ") };
    (Ink::Bold, format!("{} {listed}{all}{limit}", place.key().to_uppercase()))
}

/// An item in a line.
fn row(desk: &Desk, spot: Spot, cells: usize) -> Vec<Piece> {
    let workspace = desk.workspace();
    let item = &workspace.list(spot.place)[spot.index];
    let score = desk.framework(spot.place).score(item).value().map_or("–".into(), shown);
    let points = item.number(Field::Points).map_or(String::new(), |points| points.to_string());
    let kind = text::pad(item.text(Field::Kind), KIND);
    let status = match item.status() {
        Status::Todo => String::new(),
        status => format!("  {}", status.key()),
    };
    let [enough, rest] = id(workspace, item.id(), cells);
    vec![
        plain(format!("{:>3}  ", spot.index + 1)),
        enough,
        rest,
        plain(format!("  {kind}  {points:>4}  {score:>6}  {}", text::safe(item.title()))),
        (Ink::Dim, status),
    ]
}
