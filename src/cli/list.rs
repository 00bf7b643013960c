//! `list`: the items, place by place.

use super::console::{Console, Ink, Piece, id, plain, widest};
use super::desk::Desk;
use super::failure::Failure;
use super::query::Query;
use super::verb::Verb;
use crate::insight::felt;
use crate::insight::rank::now_limit;
use crate::scoring::shown;
use crate::view::text;
use crate::workspace::{Field, Id, Place, Spot, Status};
use clap::Args;

/// Cells of the widest kind.
const KIND: usize = 10;

/// List the items, place by place
///
/// Each with its position, the beginning of its id that is enough to name it, kind, points, score
/// and title; positions stay true in any order. A filter is words that stand in the title as they
/// are written, !word for one that does not, and #tag, kind:bug, status:doing, parent:k7,
/// objective:o4, persona:p7, release:2.0, sprint:14, id:k7, is:unscored, is:blocked, is:overdue,
/// is:unestimated, is:conflict, in:done. Of an id the beginning is enough, of a name whole words
/// are; what has spaces in it stands in quotes, sprint:"Sprint 14".
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    query: Query,
}

impl Verb for List {
    const NAME: &'static str = "list";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats list --in roadmap", "the lanes"),
        ("twohats list --filter 'kind:bug bank'", "bugs with this in their title"),
        ("twohats list --filter 'sprint:\"Sprint 14\"'", "what is in a sprint, by its name"),
        ("twohats list --in backlog --sort score", "in score order"),
        ("twohats list --in backlog --sort felt", "what is asked for most first"),
        ("twohats list --json | jq '.[].title'", "every title"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let lists = self.query.lists(desk.workspace(), &Place::ITEMS, console.today, None)?;
        if console.options.json {
            console.json_list_of(|list| {
                let mut places = lists.iter().map(|(place, order)| (*place, order.as_slice()));
                places.try_for_each(|place| desk.jsons_at(place, |items| list.add(&items)))
            })?;
            desk.leave();
            return Ok(());
        }
        if lists.is_empty() {
            console.say(if self.query.chooses() {
                "no such item"
            } else {
                "no items; `twohats add TITLE` adds one"
            });
        }
        let item = |place: Place, at: usize| &desk.workspace().list(place)[at];
        let all = lists.iter().flat_map(|(place, order)| order.iter().map(|at| item(*place, *at)));
        let cells = widest(all.map(|item| item.id()));
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
        let felt = self.query.is_by_felt().then(|| felt::of(desk.workspace(), id))?;
        (felt.votes > 0.0).then(|| (Ink::Dim, format!("  {}", felt.words())))
    }
}

/// The name of a place and how many are in it; of Now also how many may be.
fn heading(desk: &Desk, place: Place, listed: usize) -> Piece {
    let all = desk.workspace().list(place).len();
    let limit = now_limit(desk.workspace().settings());
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
    let status = item.status_in(spot.place).filter(|status| *status != Status::Todo);
    let status = status.map_or(String::new(), |status| format!("  {}", status.key()));
    let [enough, rest] = id(workspace, item.id(), cells);
    vec![
        plain(format!("{:>3}  ", spot.index + 1)),
        enough,
        rest,
        plain(format!("  {kind}  {points:>4}  {score:>6}  {}", text::safe(item.title()))),
        (Ink::Dim, status),
    ]
}
