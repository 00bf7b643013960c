//! When will it be done, and how sure is that?
//!
//! Not forecast: splits, new work and days off.

pub mod backtest;
pub mod basis;
pub mod calendar;
pub mod sum;
pub mod throughput;
pub mod what_if;

use super::chance::percent;
use super::points::Points;
use super::rank::Capacity;
use crate::scoring::median;
use crate::workspace::number;
use crate::workspace::{Date, Id, Place, Record, Workspace};
use basis::{Basis, Count};
use calendar::Slot;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use sum::{Outlook, Share, Sum};
use throughput::Method;

/// Closed sprints taken unless somebody asks for another number.
pub const LAST: usize = 12;

/// With fewer sprints there are no dates.
pub const ENOUGH: usize = 5;

/// Sprints looked ahead: at least, at most.
const HORIZON: (usize, usize) = (12, 40);

/// What an item counts for where no other has points either.
pub const UNKNOWN: f64 = 1.0;

/// Where the last item is as good as done.
const DONE: f64 = 0.999;

/// The chance at which a line says that a sprint ends.
pub const SURE: f64 = 0.85;

/// What sums of chances may be off by.
const ROUNDING: f64 = 1e-12;

/// When something is done that no sprint looked ahead is sure to reach, in words.
pub const BEYOND: &str = "later than any sprint that is looked ahead";

/// What the backlog may expect.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// How it was made.
    pub method: &'static Method,
    /// What it is based on.
    pub basis: Basis,
    /// What the coming sprints deliver together.
    outlook: Outlook,
    /// The sprints looked ahead.
    pub slots: Vec<Slot>,
    /// The counted items in the order of the backlog.
    pub items: Vec<Waiting>,
    /// The size of an item nobody estimated.
    usual: f64,
    /// Where the sprints end.
    pub lines: Vec<Line>,
    /// Why there are no dates, where there are none.
    pub not_enough: Option<String>,
}

/// An item, and how much is to be delivered until it is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The item.
    pub id: Id,
    /// The points of all items down to this one, or their number.
    pub points: f64,
    /// Whether its size is the median of the others, as nobody estimated it.
    pub assumed: bool,
}

/// The days by which something is done, each the end of a sprint, with a chance of 50, 85 and
/// 95 %. `None` where no sprint looked ahead is late enough, or too few are known to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dates {
    /// With 50 %.
    pub p50: Option<Date>,
    /// With 85 %.
    pub p85: Option<Date>,
    /// With 95 %.
    pub p95: Option<Date>,
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
    counted_of(workspace, 0..workspace.list(Place::Backlog).len())
}

/// Those of a stretch of the backlog.
fn counted_of(workspace: &Workspace, stretch: Range<usize>) -> Vec<&Arc<Record>> {
    let is_leaf = |item: &&Arc<Record>| !workspace.is_parent(item.id());
    let items = workspace.list(Place::Backlog)[stretch].iter();
    items.filter(|item| item.kind().is_work()).filter(is_leaf).collect()
}

impl Forecast {
    /// The forecast of this day from the newest `last` sprints.
    pub fn new(workspace: &Workspace, method: &'static Method, last: usize, today: Date) -> Self {
        let counted = counted(workspace);
        let basis = Basis::of(workspace, &counted, last, today);
        let slots = calendar::slots(workspace, &basis, HORIZON.1, today);
        let outlook = ahead(method, &basis, shares(&slots));
        Self::on(workspace, &counted, method, basis, outlook, slots)
    }

    /// The same after a change. Where nothing else was delivered meanwhile this costs a look at
    /// each item.
    #[must_use]
    pub fn again(self, workspace: &Workspace, last: usize, today: Date) -> Self {
        let counted = counted(workspace);
        let basis = Basis::of(workspace, &counted, last, today);
        let slots = calendar::slots(workspace, &basis, HORIZON.1, today);
        let shares = shares(&slots);
        let is_same = (&basis.amounts, basis.running) == (&self.basis.amounts, self.basis.running)
            && shares == self.outlook.shares();
        let anew = || ahead(self.method, &basis, shares);
        let outlook = if is_same { self.outlook } else { anew() };
        Self::on(workspace, &counted, self.method, basis, outlook, slots)
    }

    /// Takes in that a stretch of the backlog stands in another order and nothing else changed:
    /// no more than that is looked at. How many items are done in an earlier sprint than before
    /// with a chance of 85 %, and how many in a later one.
    pub fn reorder(&mut self, workspace: &Workspace, stretch: &Range<usize>) -> (usize, usize) {
        let stands = |item: &Waiting| workspace.spot_of(&item.id).map(|spot| spot.index);
        let first = self.items.partition_point(|item| stands(item) < Some(stretch.start));
        let before = first.checked_sub(1).map_or(0.0, |last| self.items[last].points);
        let counted = counted_of(workspace, stretch.clone());
        let items = sized(workspace, &counted, self.basis.count, self.usual, before);
        let last = first + items.len();
        let before: Vec<Waiting> = self.items.splice(first..last, items).collect();
        self.lines = self.draw_lines();
        let known: HashMap<&Id, f64> = before.iter().map(|it| (&it.id, it.points)).collect();
        let mut moved = (0, 0);
        for item in &self.items[first..last] {
            let Some(before) = known.get(&item.id) else { continue };
            let [before, after] = [*before, item.points].map(|points| self.reached(points, SURE));
            moved.0 += usize::from(after < before);
            moved.1 += usize::from(after > before);
        }
        moved
    }

    fn on(
        workspace: &Workspace,
        counted: &[&Arc<Record>],
        method: &'static Method,
        basis: Basis,
        mut outlook: Outlook,
        mut slots: Vec<Slot>,
    ) -> Self {
        let usual = usual_size(workspace, counted).unwrap_or(UNKNOWN);
        let items = sized(workspace, counted, basis.count, usual, 0.0);
        let not_enough = not_enough(&basis);
        let sprints = match not_enough {
            None => horizon(&mut outlook, items.last().map_or(0.0, |item| item.points)),
            Some(_) => 0,
        };
        slots.truncate(sprints);
        let mut forecast =
            Self { method, basis, outlook, slots, items, usual, lines: Vec::new(), not_enough };
        forecast.lines = forecast.draw_lines();
        forecast
    }

    /// What the sprints looked ahead deliver together: one of them, two, and so on.
    pub fn sums(&self) -> &[Sum] {
        let sums = self.outlook.sums();
        &sums[..self.slots.len().min(sums.len())]
    }

    /// The chances that this much is delivered by the end of the next sprint, the one after, and
    /// so on, 0–1.
    pub fn chances(&self, points: f64) -> Vec<f64> {
        self.sums().iter().map(|sum| sum.at_least(points)).collect()
    }

    /// How many sprints end before this much is delivered with this chance.
    fn reached(&self, points: f64, level: f64) -> usize {
        self.sums().partition_point(|sum| sum.at_least(points) < level - ROUNDING)
    }

    /// By when this much is delivered.
    pub fn dates(&self, points: f64) -> Dates {
        let date = |level: f64| {
            let at = self.reached(points, level);
            self.slots.get(at).filter(|_| self.supports(level)).map(|slot| slot.ends)
        };
        Dates { p50: date(0.50), p85: date(SURE), p95: date(0.95) }
    }

    /// Whether there are enough sprints to speak of this chance.
    pub fn supports(&self, level: f64) -> bool {
        (self.method.supports)(self.basis.amounts.len(), level)
    }

    /// A chance as shown: never more than there are enough sprints to speak of.
    pub fn said(&self, chance: f64) -> String {
        match self.surest() {
            Some(most) if chance * 100.0 > f64::from(most) => format!(">{most} %"),
            _ => percent(chance),
        }
    }

    /// The largest chance that there are enough sprints to speak of, in whole percent, where that
    /// is less than what is called nearly sure.
    pub fn surest(&self) -> Option<u8> {
        if self.supports(0.95) {
            return None;
        }
        (0..95).rev().find(|share| self.supports(f64::from(*share) / 100.0))
    }

    /// That there are too few sprints to be as sure as 95 %, in words, where there are.
    pub fn unsure(&self) -> Option<String> {
        let most = self.surest().filter(|_| self.not_enough.is_none())?;
        let (count, period) = (self.basis.amounts.len(), self.basis.count.period());
        Some(format!("{} cannot say more than {most} %", number::counted(count, period)))
    }

    /// What the next sprint delivers with a chance of 85 %.
    pub fn capacity(&self) -> Option<Capacity> {
        let amount = self.sums().first()?.amount(SURE);
        Some(match self.basis.count {
            Count::Points => Capacity::Points(amount),
            Count::Items => Capacity::Items(amount),
        })
    }

    /// How much is delivered with this chance by the sprints that end by `day`.
    pub fn amount_by(&self, day: Date, chance: f64) -> Option<f64> {
        let sum = self.sums().get(self.ended(day).checked_sub(1)?)?;
        self.supports(chance).then(|| sum.amount(chance))
    }

    /// The same, looking ahead to this day where any forecast looks so far.
    #[must_use]
    pub fn until(mut self, workspace: &Workspace, day: Date, today: Date) -> Self {
        let reach = self.slots.len();
        if self.not_enough.is_none() && self.ended(day) == reach {
            self.slots = calendar::slots(workspace, &self.basis, HORIZON.1, today);
            // The one that goes on after the day says that the day is within sight.
            self.slots.truncate(reach.max(self.ended(day) + 1));
            self.outlook.look(self.slots.len());
        }
        self
    }

    /// That no sprint looked ahead ends on this day or after it, in words, where none does.
    pub fn ends_before(&self, day: Date) -> Option<String> {
        let last = self.slots.last().map(|slot| slot.ends).filter(|last| *last < day)?;
        let (count, period) = (self.slots.len(), self.basis.count.period());
        Some(format!("no further is looked ahead than {count} {period}s, to {last}"))
    }

    /// How many of the sprints looked ahead end by `day`.
    pub fn ended(&self, day: Date) -> usize {
        self.slots.partition_point(|slot| slot.ends <= day)
    }

    /// The items that are delivered with an amount, from the first.
    pub fn within(&self, amount: f64) -> &[Waiting] {
        &self.items[..self.items.partition_point(|item| item.points <= amount + 1e-9)]
    }

    /// What has to be delivered until this item is done; of one made of others the last of them.
    pub fn of(&self, workspace: &Workspace, id: &Id) -> Option<&Waiting> {
        let stands = |id: &Id| {
            let spot = workspace.spot_of(id)?;
            (spot.place == Place::Backlog).then_some(spot.index)
        };
        let family = workspace.family(id);
        let mut leaves: Vec<usize> = family.into_iter().filter_map(stands).collect();
        leaves.sort_unstable();
        let item = |leaf: usize| {
            let at = self.items.binary_search_by_key(&Some(leaf), |item| stands(&item.id)).ok()?;
            self.items.get(at)
        };
        leaves.into_iter().rev().find_map(item)
    }

    /// A line a sprint, down to the one by which everything is done.
    fn draw_lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (sum, sprint) in self.sums().iter().zip(&self.slots) {
            let done =
                self.items.partition_point(|item| sum.at_least(item.points) >= SURE - ROUNDING);
            let after = done.checked_sub(1).map(|last| self.items[last].id.clone());
            lines.push(Line { sprint: sprint.clone(), after });
            if done == self.items.len() {
                break;
            }
        }
        lines
    }
}

/// What an item of the backlog that nobody estimated counts for: the median of the others that are
/// counted, where there is any.
pub fn usual_size(workspace: &Workspace, counted: &[&Arc<Record>]) -> Option<f64> {
    let mut points = Points::new(workspace);
    median(counted.iter().filter_map(|item| points.of(item)).collect())
}

/// The items with what has to be delivered until each is done, where so much has to be before.
fn sized(
    workspace: &Workspace,
    counted: &[&Arc<Record>],
    count: Count,
    usual: f64,
    before: f64,
) -> Vec<Waiting> {
    let (mut sum, mut points) = (before, Points::new(workspace));
    let size = |item: &&Arc<Record>| {
        let known = points.of(item).filter(|_| count == Count::Points);
        sum += known.unwrap_or(if count == Count::Points { usual } else { 1.0 });
        Waiting {
            id: item.id().clone(),
            points: sum,
            assumed: known.is_none() && count == Count::Points,
        }
    };
    counted.iter().map(size).collect()
}

fn shares(slots: &[Slot]) -> Vec<Share> {
    slots.iter().map(|slot| slot.share).collect()
}

/// What sprints with so much time deliver.
fn ahead(method: &Method, basis: &Basis, shares: Vec<Share>) -> Outlook {
    method.outlook(&basis.amounts, basis.running).through(shares)
}

fn not_enough(basis: &Basis) -> Option<String> {
    let seen = basis.amounts.len();
    let sprints = || number::counted(seen, "closed sprint");
    let what = match basis.count {
        Count::Points if basis.is_even => sprints(),
        Count::Points => format!("{}, short ones counted with the next", sprints()),
        Count::Items => format!("{} since the first was done", number::counted(seen, "whole week")),
    };
    (seen < ENOUGH).then(|| format!("no dates yet: {what}, and {ENOUGH} are needed"))
}

/// Looks ahead until all `points` are as good as delivered, and says how many sprints that are.
fn horizon(outlook: &mut Outlook, points: f64) -> usize {
    let (least, most) = HORIZON;
    let done = |sum: &Sum| sum.at_least(points) > DONE;
    let mut sprints = least;
    outlook.look(sprints);
    while sprints < most && !outlook.sums().get(sprints - 1).is_none_or(done) {
        sprints += 1;
        outlook.look(sprints);
    }
    sprints.min(outlook.sums().len())
}

#[cfg(test)]
mod tests;
