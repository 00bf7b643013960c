//! How do the items of a pane rank, with the room there is and the answers that were given?

use super::forecast::throughput::usual;
use super::forecast::{Forecast, LAST};
use super::questions::{Answers, order_bands};
use super::rank::{Beliefs, Capacity, Ranking, items};
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Record, Workspace};
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
    let mut ranking = Ranking::with(beliefs, framework, items, room, today);
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
