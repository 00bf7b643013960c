//! When will it be done, and how sure is that?
//!
//! Not forecast: splits, new work and days off.

pub mod basis;
pub mod calendar;
pub mod throughput;

use super::rank::Capacity;
use crate::scoring::median;
use crate::workspace::{Date, Field, Id, Place, Record, Workspace};
use basis::{Basis, Count};
use calendar::Slot;
use std::sync::Arc;
use throughput::{Method, Sum};

/// Closed sprints taken unless somebody asks for another number.
pub const LAST: usize = 12;

/// With fewer sprints there are no dates.
pub const ENOUGH: usize = 5;

/// Sprints looked ahead: at least, at most.
const HORIZON: (usize, usize) = (12, 40);

/// Where the last item is as good as done.
const DONE: f64 = 0.999;

/// The chance at which a line says that a sprint ends.
pub const SURE: f64 = 0.85;

/// Every counted item of the backlog with the chance to be done by the end of each sprint.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// The name of the method.
    pub method: &'static str,
    /// What it is based on.
    pub basis: Basis,
    /// The sprints looked ahead.
    pub slots: Vec<Slot>,
    /// What they deliver together, up to and with each.
    pub sums: Vec<Sum>,
    /// The items in the order of the backlog.
    pub items: Vec<Expected>,
    /// Where the sprints end.
    pub lines: Vec<Line>,
    /// Why there are no dates, where there are none.
    pub not_enough: Option<String>,
}

/// When an item may be expected.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The item.
    pub id: Id,
    /// The points of all items down to this one.
    pub points: f64,
    /// The chance that it is done by the end of the next sprint, the one after, and so on, 0–1.
    pub chance_by_sprint: Vec<f64>,
    /// The end of the first sprint by which it is done with a chance of 50 %.
    pub p50: Option<Date>,
    /// The same with 85 %.
    pub p85: Option<Date>,
    /// The same with 95 %.
    pub p95: Option<Date>,
    /// Whether its size is the median of the others, as nobody estimated it.
    pub assumed: bool,
}

/// The end of a sprint in the backlog.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The sprint.
    pub sprint: Slot,
    /// The last item that is done by then with a chance of 85 %; none where not even the first is.
    pub after: Option<Id>,
}

/// The items whose dates are asked for: the leaves of the backlog that are work.
pub fn counted(workspace: &Workspace) -> Vec<&Arc<Record>> {
    let is_leaf = |item: &&Arc<Record>| workspace.children(item.id()).is_empty();
    let items = workspace.list(Place::Backlog).iter();
    items.filter(|item| item.kind().is_work()).filter(is_leaf).collect()
}

impl Forecast {
    /// The forecast of this day from the newest `last` sprints.
    pub fn new(workspace: &Workspace, method: &Method, last: usize, today: Date) -> Self {
        let counted = counted(workspace);
        let basis = Basis::of(workspace, &counted, last, today);
        let mut items = sized(&counted, basis.count);
        let not_enough = not_enough(&basis);
        let sums = match not_enough {
            None => (method.sums)(&basis.amounts, basis.running, HORIZON.1),
            Some(_) => Vec::new(),
        };
        let sprints = horizon(&sums, items.last().map_or(0.0, |item| item.points));
        let sums: Vec<Sum> = sums.into_iter().take(sprints).collect();
        let slots = calendar::slots(workspace, &basis, sums.len(), today);
        items.iter_mut().for_each(|item| expect(item, &sums, &slots));
        let lines = lines(&items, &slots);
        Self { method: method.id, basis, slots, sums, items, lines, not_enough }
    }

    /// What the next sprint delivers with a chance of 85 %.
    pub fn capacity(&self) -> Option<Capacity> {
        let amount = self.sums.first()?.amount(SURE);
        Some(match self.basis.count {
            Count::Points => Capacity::Points(amount),
            Count::Items => Capacity::Items(amount),
        })
    }

    /// How much is delivered with this chance by the sprints that end by `day`.
    pub fn amount_by(&self, day: Date, chance: f64) -> Option<f64> {
        let ended = self.slots.iter().take_while(|slot| slot.ends <= day).count();
        let sum = self.sums.get(ended.checked_sub(1)?)?;
        Some(sum.amount(chance))
    }

    /// When this item may be expected; of one made of others the last of them.
    pub fn of(&self, workspace: &Workspace, id: &Id) -> Option<&Expected> {
        let is_under = |item: &&Expected| {
            let parent = |id: &Id| workspace.get(id)?.link(Field::Parent).cloned();
            // As deep as any tree a person makes; a round of parents ends here too.
            std::iter::successors(Some(item.id.clone()), parent).take(32).any(|above| above == *id)
        };
        self.items.iter().rfind(is_under)
    }
}

/// The items with what has to be delivered until each is done.
fn sized(counted: &[&Arc<Record>], count: Count) -> Vec<Expected> {
    let points = |item: &&Arc<Record>| item.number(Field::Points);
    let usual = median(counted.iter().filter_map(points).collect()).unwrap_or(1.0);
    let mut sum = 0.0;
    let size = |item: &&Arc<Record>| {
        let known = points(item).filter(|_| count == Count::Points);
        sum += known.unwrap_or(if count == Count::Points { usual } else { 1.0 });
        Expected {
            id: item.id().clone(),
            points: sum,
            chance_by_sprint: Vec::new(),
            p50: None,
            p85: None,
            p95: None,
            assumed: known.is_none() && count == Count::Points,
        }
    };
    counted.iter().map(size).collect()
}

fn not_enough(basis: &Basis) -> Option<String> {
    let seen = basis.amounts.len();
    let what = match basis.count {
        Count::Points => "closed sprints",
        Count::Items => "weeks with something done",
    };
    (seen < ENOUGH).then(|| format!("no dates yet: {seen} {what}, and {ENOUGH} are needed"))
}

/// How many sprints to look ahead: until all `points` are as good as delivered.
fn horizon(sums: &[Sum], points: f64) -> usize {
    let needed = sums.iter().position(|sum| sum.at_least(points) > DONE);
    needed.map_or(HORIZON.1, |at| at + 1).clamp(HORIZON.0, HORIZON.1)
}

fn expect(item: &mut Expected, sums: &[Sum], slots: &[Slot]) {
    item.chance_by_sprint = sums.iter().map(|sum| sum.at_least(item.points)).collect();
    let chances = &item.chance_by_sprint;
    let date = |level: f64| {
        let at = chances.iter().position(|chance| *chance >= level)?;
        slots.get(at).map(|slot| slot.ends)
    };
    (item.p50, item.p85, item.p95) = (date(0.50), date(SURE), date(0.95));
}

/// A line a sprint, down to the one by which everything is done.
fn lines(items: &[Expected], slots: &[Slot]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, sprint) in slots.iter().enumerate() {
        let done = items.partition_point(|item| item.chance_by_sprint[at] >= SURE);
        let after = done.checked_sub(1).map(|last| items[last].id.clone());
        lines.push(Line { sprint: sprint.clone(), after });
        if done == items.len() {
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests;
