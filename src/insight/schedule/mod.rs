//! In which order does waiting cost least, when some items must come before others?
//!
//! One person works on one item at a time. An item costs its weight for every week until it is
//! done, so an order costs Σ weight × completion time.

mod exact;
mod network;
mod sequence;
mod sidney;

use super::order;
use super::rank::{self, Unscored};
use crate::scoring::{Framework, formula};
use crate::workspace::{Field, Id, Lookup, Op, Place, Record, Workspace, sorted};
use network::{Network, Work};
use std::collections::HashSet;
use std::sync::Arc;

/// The order of least delay, beside the one that stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The items in the order to do them in.
    pub order: Vec<Id>,
    /// What that order costs.
    pub cost: f64,
    /// The same items as they stand.
    pub current: Vec<Id>,
    /// What the order that stands costs.
    pub current_cost: f64,
    /// Whether no order that keeps to what must come before is cheaper.
    pub optimal: bool,
    /// No such order costs less than this.
    pub lower_bound: f64,
    /// Single moves that lower the cost of the order that stands, the one that pays most first.
    pub moves: Vec<Move>,
    /// The items that are not rated; what waits through them still waits.
    pub left_out: Vec<Unscored>,
    /// Items that wait for each other in a round; their prerequisites were not kept to.
    pub rounds: Vec<Id>,
}

/// A move of one item among those with a rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The item.
    pub id: Id,
    /// Where it stands afterwards, from 1.
    pub to: usize,
    /// By how much that lowers the cost.
    pub saves: f64,
}

/// Weights and times are scheduled as if they were no higher, and times no lower than one part of
/// it, so that products and sums of all of them stay numbers.
const HIGHEST: f64 = 1e100;

impl Schedule {
    /// By how much it may be dearer than the best order there is, as a share of it; 0 if optimal.
    pub fn gap(&self) -> f64 {
        if self.optimal || self.lower_bound <= 0.0 {
            return 0.0;
        }
        self.cost / self.lower_bound - 1.0
    }

    /// Whether a better order could exist, in words.
    pub fn proof(&self) -> String {
        if self.optimal {
            return "optimal".into();
        }
        if !self.rounds.is_empty() {
            let rounds: Vec<&str> = self.rounds.iter().map(Id::as_str).collect();
            return format!("not proved: items wait for each other through {}", rounds.join(", "));
        }
        if self.lower_bound <= 0.0 {
            return "not proved".into();
        }
        format!("not proved, within {} %", (self.gap() * 100.0).ceil())
    }

    /// The indexes of `list` in this order: only its items move, among the places they hold.
    pub fn placed(&self, list: &[Arc<Record>]) -> Vec<usize> {
        order::placed(list, &self.order)
    }

    /// What makes this the order of the place it was made for; `None` where it is.
    pub fn arranged(&self, workspace: &Workspace, place: Place) -> Option<Op> {
        let list = workspace.list(place);
        order::arranged(place, list, &self.placed(list))
    }
}

/// The order of least delay of the items in `place`. Weight is what stands above the line of the
/// framework's formula and time what stands below; `cd3` is the one made for it.
pub fn schedule(workspace: &Workspace, framework: &Framework, place: Place) -> Schedule {
    let list = workspace.list(place);
    let rated: Vec<_> =
        list.iter().filter_map(|item| Some((item, work(framework, item)?))).collect();
    let ids: Vec<&Id> = rated.iter().map(|(item, _)| item.id()).collect();
    let at: Lookup<&Id, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let before = rated.iter().map(|(item, _)| prerequisites(workspace, item, &at)).collect();
    let work = rated.iter().map(|(_, work)| *work).collect();
    let (network, rounds) = Network::new(work, before);
    let best = sequence::best(&network);
    let current: Vec<usize> = (0..ids.len()).collect();
    let current_cost = network.cost(&current);
    // An order that is as good already is not replaced by another one.
    let keep = network.allows(&current) && current_cost <= best.cost * (1.0 + 1e-12);
    let order = if keep { &current } else { &best.order };
    let named = |order: &[usize]| order.iter().map(|at| ids[*at].clone()).collect();
    Schedule {
        order: named(order),
        cost: network.cost(order),
        current: named(&current),
        current_cost,
        optimal: best.is_proved && rounds.is_empty(),
        lower_bound: if best.is_proved { network.cost(order) } else { best.bound },
        moves: moves(&network, &ids),
        left_out: list.iter().filter_map(|item| Unscored::of(framework, item)).collect(),
        rounds: rounds.into_iter().map(|at| ids[at].clone()).collect(),
    }
}

/// The framework to schedule a place by unless somebody names one: CD3, or where nothing there is
/// rated in it, the one of its pane.
pub fn usual(workspace: &Workspace, place: Place) -> &'static Framework {
    let settings = workspace.settings();
    let list = workspace.list(place);
    let is_used = |cd3: &&Framework| list.iter().any(|item| cd3.score(item).value().is_some());
    Framework::find("cd3", settings)
        .filter(is_used)
        .unwrap_or_else(|| Framework::of(place.hat(), settings))
}

/// Whether an item stands above something of the same pane that it waits for.
pub fn is_above_what_it_waits_for(workspace: &Workspace, item: &Record) -> bool {
    let stands = |id: &Id| workspace.spot_of(id).map(|spot| (spot.place, spot.index));
    let mut awaited = item.links(Field::BlockedBy).filter_map(stands).peekable();
    // Most wait for nothing, and where they stand need not be looked up.
    if awaited.peek().is_none() {
        return false;
    }
    let Some(here) = stands(item.id()) else { return false };
    let pane = rank::places(here.0.hat());
    let is_below = |there: (Place, usize)| pane.contains(&there.0) && there > here;
    pane.contains(&here.0) && awaited.any(is_below)
}

fn work(framework: &Framework, item: &Record) -> Option<Work> {
    let score = framework.score(item).value()?;
    if framework.by_class {
        return Some(Work { weight: score, time: 1.0 });
    }
    let values: Vec<f64> = framework.values(item).into_iter().flatten().collect();
    let weight = formula::numerator(framework.factors, &values).clamp(0.0, HIGHEST);
    let time = formula::divisor(framework.factors, &values).clamp(1.0 / HIGHEST, HIGHEST);
    Some(Work { weight, time })
}

/// The rated items that must come before `item`: directly, or through items that are not among
/// them. What is done is met, and so is everything it waited for.
fn prerequisites(workspace: &Workspace, item: &Record, at: &Lookup<&Id, usize>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut seen: HashSet<&Id> = HashSet::from([item.id()]);
    let mut open: Vec<&Id> = workspace.unmet(item).collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(rated) = at.get(id) {
            found.push(*rated);
        } else if let Some(through) = workspace.get(id) {
            open.extend(workspace.unmet(through));
        }
    }
    found.sort_unstable();
    found
}

/// The best move of each item that has one, up or down as far as nothing it waits for, and
/// nothing that waits for it, is passed.
fn moves(network: &Network, ids: &[&Id]) -> Vec<Move> {
    let after = network.after();
    let mut moves: Vec<Move> = (0..ids.len())
        .filter_map(|at| {
            let up = network.before[at].iter().filter(|other| **other < at).max();
            let down = after[at].iter().filter(|other| **other > at).min();
            let range = up.map_or(0, |up| up + 1)..*down.unwrap_or(&ids.len());
            let upwards = (range.start..at).rev();
            let (up, down) = (way(network, at, upwards), way(network, at, at + 1..range.end));
            let (saves, to) = if up.0 >= down.0 { up } else { down };
            let id = ids[at].clone();
            (saves > 1e-9).then_some(Move { id, to: to + 1, saves })
        })
        .collect();
    sorted::by(&mut moves, |a, b| b.saves.total_cmp(&a.saves));
    moves
}

/// The most that passing some of these items one after the other saves, and the place for it.
fn way(network: &Network, at: usize, passed: impl Iterator<Item = usize>) -> (f64, usize) {
    let mine = network.work[at];
    let (mut saved, mut best) = (0.0, (0.0, at));
    for other in passed {
        let theirs = network.work[other];
        let swap = mine.weight * theirs.time - theirs.weight * mine.time;
        saved += if other < at { swap } else { -swap };
        if saved > best.0 {
            best = (saved, other);
        }
    }
    best
}

#[cfg(test)]
mod tests;
