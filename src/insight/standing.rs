//! How do the items of a pane rank, with the room there is and the answers that were given?

use super::forecast::throughput::usual;
use super::forecast::{Forecast, LAST, counted, usual_size};
use super::points::{self, Points};
use super::questions::{Answers, order_bands};
use super::rank::{Beliefs, Capacity, Ranked, Ranking, items};
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Id, Lookup, Record, Workspace};
use std::sync::Arc;

/// The ranking of a pane on this day, each band in the order of the answers. Chances come with
/// [`Ranking::take`].
pub fn ranking(
    workspace: &Workspace,
    hat: Hat,
    framework: &'static Framework,
    today: Date,
) -> Ranking {
    let forecast = || Forecast::new(workspace, usual(), LAST, today).capacity();
    let room = capacity(workspace, hat, forecast);
    let items = items(workspace, hat);
    within(&mut Beliefs::default(), workspace, &items, framework, room, today)
}

/// The same of the items of the pane, where it is known how much there is room for and what is
/// believed of those that did not change.
pub fn within(
    beliefs: &mut Beliefs,
    workspace: &Workspace,
    items: &[Arc<Record>],
    framework: &'static Framework,
    room: Option<Capacity>,
    today: Date,
) -> Ranking {
    let mut ranking = Ranking::with(beliefs, framework, items, today);
    ranking.line = room.and_then(|room| line(workspace, &ranking.items, room));
    order_bands(&mut ranking, &Answers::of(workspace));
    ranking
}

/// What a pane has room for: what the settings say, or else what the next sprint is forecast to
/// deliver. `None` where too little is known for that.
pub fn capacity(
    workspace: &Workspace,
    hat: Hat,
    forecast: impl FnOnce() -> Option<Capacity>,
) -> Option<Capacity> {
    let stated = Capacity::stated(hat, workspace.settings());
    stated.or_else(|| forecast().filter(|_| hat == Hat::Po))
}

/// How many of the items fit, from the first. `None` where no work has points to count.
fn line(workspace: &Workspace, items: &[Ranked], room: Capacity) -> Option<usize> {
    let (room, sizes) = match room {
        Capacity::Items(room) => (room, vec![1.0; items.len()]),
        Capacity::Points(room) => (room, sizes(workspace, items)?),
    };
    let mut used = 0.0;
    let fits = |size: &&f64| {
        used += **size;
        used <= room + 1e-9
    };
    Some(sizes.iter().take_while(fits).count())
}

/// What each item takes of a sprint: all work that is counted takes as much as in the forecast, with
/// itself, or with the nearest item it is part of that is ranked. So nothing counts twice, and a
/// ranked item has room for its parts without a score.
fn sizes(workspace: &Workspace, items: &[Ranked]) -> Option<Vec<f64>> {
    let counted = counted(workspace);
    let usual = usual_size(workspace, &counted)?;
    let ranks: Lookup<&Id, usize> =
        items.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
    let (mut sizes, mut points) = (vec![0.0; items.len()], Points::new(workspace));
    for item in counted {
        let mut all = points::lineage(workspace, item);
        if let Some(at) = all.find_map(|item| ranks.get(item.id())) {
            sizes[*at] += points.of(item).unwrap_or(usual);
        }
    }
    Some(sizes)
}
