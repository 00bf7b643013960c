//! What did the sprints before deliver, and how much do they differ?

use crate::insight::forecast::basis::{Usual, closed, delivered};
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{ENOUGH, LAST, SURE};
use crate::scoring::{median, quantile};
use crate::workspace::{Date, Field, Id, Workspace};

/// A sprint that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    /// The sprint.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The points it promised, where that was noted.
    pub committed: Option<f64>,
    /// The points it delivered.
    pub delivered: f64,
}

/// The newest sprints that are over, and what they say together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Velocity {
    /// The newest twelve, the oldest first.
    pub sprints: Vec<Past>,
    /// The middle of what they delivered in the usual time; none without a sprint.
    pub median: Option<f64>,
    /// That time in working days, where it is known.
    pub days: Option<f64>,
    /// What one in five sprints falls below, and what one in five exceeds.
    pub spread: Option<(f64, f64)>,
    /// What the next one of that time delivers with a chance of 85 %, where enough is known for that.
    pub sure: Option<f64>,
}

impl Velocity {
    /// The velocity by this day.
    pub fn of(workspace: &Workspace, today: Date) -> Self {
        let past = closed(workspace, today);
        let newest = past.len().saturating_sub(LAST);
        let one = |sprint: &&crate::workspace::Record| Past {
            id: sprint.id().clone(),
            name: sprint.title().to_owned(),
            committed: sprint.number(Field::Committed),
            delivered: delivered(workspace, sprint),
        };
        let sprints: Vec<Past> = past[newest..].iter().map(one).collect();
        let Usual { amounts, days, .. } = Usual::of(workspace, &past[newest..]);
        let mut sorted = amounts.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        Self {
            median: median(amounts.clone()),
            spread: quantile(&sorted, 0.2).zip(quantile(&sorted, 0.8)),
            sure: sure(&amounts),
            days,
            sprints,
        }
    }
}

/// What the next sprint delivers with a chance of 85 %.
fn sure(amounts: &[f64]) -> Option<f64> {
    let method = usual();
    if amounts.len() < ENOUGH || !(method.supports)(amounts.len(), SURE) {
        return None;
    }
    let mut outlook = method.outlook(amounts, 0.0);
    outlook.look(1);
    Some(outlook.sums().first()?.amount(SURE))
}
