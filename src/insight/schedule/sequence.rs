//! The order of least cost, put together from runs that stay together.

use super::network::Network;
use super::sidney;
use crate::workspace::sorted;

/// Items in a row.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub order: Vec<usize>,
    pub weight: f64,
    pub time: f64,
    /// What the row costs if it begins at once.
    pub cost: f64,
    /// No row of these items costs less.
    pub bound: f64,
    /// Whether the cost is the least there is.
    pub is_proved: bool,
}

impl Run {
    /// A row of nothing.
    pub fn empty() -> Self {
        Self { order: Vec::new(), weight: 0.0, time: 0.0, cost: 0.0, bound: 0.0, is_proved: true }
    }

    /// A row of one item.
    pub fn one(network: &Network, at: usize) -> Self {
        let work = network.work[at];
        let cost = work.weight * work.time;
        let (weight, time) = (work.weight, work.time);
        Self { order: vec![at], weight, time, cost, bound: cost, is_proved: true }
    }

    /// A row in this order, known to cost at least `bound`; proved where it costs no more.
    pub fn of(network: &Network, order: Vec<usize>, bound: f64) -> Self {
        let cost = network.cost(&order);
        let sum =
            |part: fn(&super::Work) -> f64| order.iter().map(|at| part(&network.work[*at])).sum();
        let is_proved = cost <= bound * (1.0 + 1e-12);
        Self {
            weight: sum(|work| work.weight),
            time: sum(|work| work.time),
            order,
            cost,
            bound,
            is_proved,
        }
    }

    /// What a week of this row earns; a row that takes no time goes first.
    fn ratio(&self) -> f64 {
        if self.time > 0.0 { self.weight / self.time } else { f64::INFINITY }
    }

    /// Puts `next` behind it.
    fn append(&mut self, next: Self) {
        self.cost += next.cost + next.weight * self.time;
        self.bound += next.bound + next.weight * self.time;
        self.weight += next.weight;
        self.time += next.time;
        self.is_proved &= next.is_proved;
        self.order.extend(next.order);
    }

    fn backwards(mut self) -> Self {
        self.order.reverse();
        std::mem::swap(&mut self.weight, &mut self.time);
        self
    }

    /// This row of a part, under the indexes of the whole.
    fn renamed(mut self, names: &[usize]) -> Self {
        self.order.iter_mut().for_each(|at| *at = names[*at]);
        self
    }
}

/// The order of least cost, or as near to it as can be found.
pub(super) fn best(network: &Network) -> Run {
    // What falls within a component keeps falling when components are merged by ratio.
    let mut runs: Vec<(f64, Run)> = Vec::new();
    for component in network.components() {
        let mut falling = f64::INFINITY;
        for run in connected(&network.part(&component)) {
            falling = falling.min(run.ratio());
            runs.push((falling, run.renamed(&component)));
        }
    }
    sorted::by(&mut runs, |a, b| b.0.total_cmp(&a.0));
    runs.into_iter().fold(Run::empty(), |mut all, (_, run)| {
        all.append(run);
        all
    })
}

/// Runs of falling ratio for items that hang together.
fn connected(network: &Network) -> Vec<Run> {
    tree(network).unwrap_or_else(|| {
        let blocks = sidney::blocks(network);
        let runs = |block: Vec<usize>| {
            let part = network.part(&block);
            let runs = tree(&part).unwrap_or_else(|| vec![sidney::within(&part)]);
            runs.into_iter().map(|run| run.renamed(&block)).collect::<Vec<_>>()
        };
        blocks.into_iter().flat_map(runs).collect()
    })
}

/// The best runs where each item has at most one prerequisite, or each is the prerequisite of at
/// most one, which is the same backwards in time.
fn tree(network: &Network) -> Option<Vec<Run>> {
    if network.is_forest() {
        return Some(forest(network));
    }
    let reversed = network.reversed();
    reversed.is_forest().then(|| forest(&reversed).into_iter().rev().map(Run::backwards).collect())
}

/// Runs of falling ratio where each item has at most one prerequisite (Horn 1972): from the
/// leaves down, an item takes up the best run that may follow it as long as that does not lower
/// its ratio, for then the two belong together.
pub(super) fn forest(network: &Network) -> Vec<Run> {
    // Kept with the best last, so that taking it is cheap.
    let mut following: Vec<Vec<Run>> = vec![Vec::new(); network.work.len()];
    let mut free = Vec::new();
    for at in network.topological().into_iter().rev() {
        let mut rest = std::mem::take(&mut following[at]);
        let mut run = Run::one(network, at);
        while let Some(next) = rest.pop_if(|next| next.ratio() >= run.ratio()) {
            run.append(next);
        }
        rest.push(run);
        let into = match network.before[at].first() {
            Some(before) => &mut following[*before],
            None => &mut free,
        };
        merge(into, rest);
    }
    free.reverse();
    free
}

/// Both in rising order of ratio, strictly within each, so that sorting tears nothing apart; of
/// equal ones the earlier in the order that stands is better.
fn merge(into: &mut Vec<Run>, mut other: Vec<Run>) {
    if into.is_empty() {
        std::mem::swap(into, &mut other);
    } else {
        into.append(&mut other);
        sorted::by(into, |a, b| a.ratio().total_cmp(&b.ratio()).then(b.order[0].cmp(&a.order[0])));
    }
}
