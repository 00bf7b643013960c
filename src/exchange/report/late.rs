//! Which days does what is sent name, that the forecast does not believe in?

use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::insight::timeline::release::State;
use crate::insight::timeline::{Basis, Timeline};
use crate::workspace::{Date, Id, Workspace};

/// The releases, and what has a day of its own, that the forecast sees later than planned, each with
/// how much.
pub(in crate::exchange) fn late(workspace: &Workspace, today: Date) -> Vec<String> {
    let forecast = Forecast::new(workspace, usual(), LAST, today);
    let plan = Timeline::of(workspace, &forecast, today);
    let stages = plan.stages.iter().filter_map(|stage| match &stage.state {
        State::AtRisk(risk) => Some((&stage.id, risk.days)),
        _ => None,
    });
    let own = plan.bars.iter().filter(|bar| bar.basis == Basis::Planned);
    let own = own.filter_map(|bar| Some((&bar.id, Some(bar.late()?))));
    let words = |(id, days): (&Id, Option<i32>)| {
        let title = workspace.get(id).map_or("", |record| record.title());
        match days {
            Some(1) => format!("{title} by a day"),
            Some(days) => format!("{title} by {days} days"),
            None => title.to_owned(),
        }
    };
    stages.chain(own).map(words).collect()
}
