//! Which items are meant and in which order, in the words of `/`, as they are written, and the
//! orders of the screen.

use super::failure::Failure;
use super::options::{self, Places};
use crate::app::filter::Filter;
use crate::insight::{felt, order};
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Id, Place, Record, Workspace, sorted};
use clap::{Args, ValueEnum};
use std::collections::HashSet;

/// Only what a filter finds.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Filtering {
    /// Only what this finds; `twohats list --help` has the words
    #[arg(long, value_name = "QUERY")]
    filter: Option<String>,
}

impl Filtering {
    /// The filter; the empty one where none is told.
    pub fn filter(&self) -> Result<Filter, Failure> {
        let filter = Filter::written(self.filter.as_deref().unwrap_or_default());
        filter.wrong().map_or(Ok(filter), |wrong| Err(Failure::Usage(wrong)))
    }

    /// The items that are found; nothing where no filter is told, so that all are meant.
    pub fn found(
        &self,
        workspace: &Workspace,
        today: Date,
    ) -> Result<Option<HashSet<Id>>, Failure> {
        if self.filter.is_none() {
            return Ok(None);
        }
        let query = Query { filtering: self.clone(), ..Query::default() };
        let lists = query.lists(workspace, &Place::ITEMS, today, None)?;
        Ok(Some(ids(workspace, &lists).collect()))
    }
}

/// Places, a filter and an order.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Query {
    /// Only this place, or the lanes of the roadmap
    #[arg(long = "in", value_name = "PLACE", value_parser = options::places())]
    within: Option<Places>,
    #[command(flatten)]
    filtering: Filtering,
    /// The order inside a place; else its own
    #[arg(long, value_name = "ORDER")]
    sort: Option<Order>,
}

/// The order of items inside a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// Its own order
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

/// A place, and the indexes of what is meant in it, in the order that is meant.
pub(super) type Listed = (Place, Vec<usize>);

/// The ids of what is listed.
pub(super) fn ids<'a>(
    workspace: &'a Workspace,
    lists: &'a [Listed],
) -> impl Iterator<Item = Id> + 'a {
    let of = |(place, order): &'a Listed| {
        let list = workspace.list(*place);
        order.iter().map(|at| list[*at].id().clone())
    };
    lists.iter().flat_map(of)
}

/// Items by the places in which they stand, in the order of those.
pub(super) fn listed(workspace: &Workspace, ids: &[Id]) -> Vec<Listed> {
    let of = |place| {
        let list = workspace.list(place).iter().enumerate();
        let meant = list.filter(|(_, item)| ids.contains(item.id()));
        (place, meant.map(|(at, _)| at).collect::<Vec<_>>())
    };
    Place::ITEMS.into_iter().map(of).filter(|(_, at)| !at.is_empty()).collect()
}

impl Query {
    /// Whether it says which items are meant, rather than only their order.
    pub fn chooses(&self) -> bool {
        self.within.is_some() || self.filtering.filter.is_some()
    }

    /// Whether anything of it is told.
    pub fn is_told(&self) -> bool {
        self.chooses() || self.sort.is_some()
    }

    /// Whether nothing in it leaves anything out, although a filter is given: as `--filter "$Q"`
    /// of a script in which `Q` was never set.
    pub fn is_blank(&self) -> bool {
        let Some(text) = &self.filtering.filter else { return false };
        let filter = Filter::written(text);
        self.within.is_none() && filter.is_empty() && filter.wrong().is_none()
    }

    /// Whether what is asked for most comes first.
    pub fn is_by_felt(&self) -> bool {
        self.sort == Some(Order::Felt)
    }

    /// What is meant, place by place and without places in which nothing is: of those that are
    /// told, else of the `usual` ones. Scores are those of `framework`, else of the place's own.
    pub fn lists(
        &self,
        workspace: &Workspace,
        usual: &[Place],
        today: Date,
        framework: Option<&Framework>,
    ) -> Result<Vec<Listed>, Failure> {
        let filter = self.filtering.filter()?;
        let places = match (&self.within, filter.place()) {
            (Some(told), Some(place)) => told.0.iter().copied().filter(|it| *it == place).collect(),
            (Some(told), None) => told.0.clone(),
            (None, Some(place)) => vec![place],
            (None, None) => usual.to_vec(),
        };
        let listed = places.into_iter().map(|place| {
            let found = filter.matching(workspace, place, today);
            let own = || Framework::of(place.hat(), workspace.settings());
            (place, self.sorted(workspace, place, found, framework.unwrap_or_else(own)))
        });
        Ok(listed.filter(|(_, order)| !order.is_empty()).collect())
    }

    /// Indexes of a place in the order that is asked for.
    fn sorted(
        &self,
        workspace: &Workspace,
        place: Place,
        mut found: Vec<usize>,
        framework: &Framework,
    ) -> Vec<usize> {
        let all = workspace.list(place);
        match self.sort.unwrap_or(Order::Own) {
            Order::Own => found,
            Order::Title => {
                let title = |at: usize| (all[at].title().to_lowercase(), at);
                let mut titled: Vec<_> = found.into_iter().map(title).collect();
                sorted::by(&mut titled, |(a, _), (b, _)| a.cmp(b));
                titled.into_iter().map(|(_, at)| at).collect()
            }
            Order::Points => {
                sorted::by(&mut found, |a, b| points(&all[*b]).total_cmp(&points(&all[*a])));
                found
            }
            Order::Felt => {
                let felt = |at: usize| felt::of(workspace, all[at].id());
                let mut felt: Vec<_> = found.into_iter().map(|at| (felt(at), at)).collect();
                sorted::by(&mut felt, |(a, _), (b, _)| a.before(b));
                felt.into_iter().map(|(_, at)| at).collect()
            }
            Order::Score => {
                let list: Vec<_> = found.iter().map(|at| all[*at].clone()).collect();
                order::by_score(framework, &list).into_iter().map(|at| found[at]).collect()
            }
        }
    }
}

fn points(item: &Record) -> f64 {
    item.number(Field::Points).unwrap_or(-1.0)
}
