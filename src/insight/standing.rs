//! How do the items of a pane rank, with the room there is and the answers that were given?

use super::forecast::throughput::usual;
use super::forecast::{Forecast, LAST};
use super::questions::{Answers, order_bands};
use super::rank::{Capacity, Ranking, items};
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Workspace};

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
    within(workspace, hat, framework, room, today)
}

/// The same where it is known how much there is room for.
pub fn within(
    workspace: &Workspace,
    hat: Hat,
    framework: &'static Framework,
    room: Option<Capacity>,
    today: Date,
) -> Ranking {
    let mut ranking = Ranking::new(framework, &items(workspace, hat), room, today);
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
