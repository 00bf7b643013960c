//! At which rank would each item stand if its true score were known? Tried many times over.
//!
//! Trials come in blocks, each with random numbers of its own, so that a caller may show progress,
//! stop between two of them, or share them out: the result is the same in any order.

use super::chance::{Belief, Normal};
use std::ops::Range;

/// Trials unless somebody asks for another number.
pub const TRIALS: usize = 10_000;

/// Trials a block: a few hundredths of a second for 10,000 items.
const BLOCK: usize = 100;

/// Items up to which plausible ranks are exact. Of up to twice as many they may be one further apart
/// at either end, and so on: a rank is kept in two bytes.
const EXACT: usize = u16::MAX as usize - 1;

/// What is tried.
#[derive(Debug, Clone)]
pub struct Simulation {
    beliefs: Vec<Belief>,
    /// The logarithm of each score; `None` for those of 0 or less.
    logs: Vec<Option<f64>>,
    line: usize,
    seed: u64,
    trials: usize,
}

impl Simulation {
    /// Trials of these items with a line below the first `line` ranks.
    pub fn new(beliefs: Vec<Belief>, line: usize, seed: u64, trials: usize) -> Self {
        let log = |belief: &Belief| positive_log(belief.score);
        Self { logs: beliefs.iter().map(log).collect(), beliefs, line, seed, trials }
    }

    /// The blocks there are, in any order each to be [run](Self::run) once.
    pub fn blocks(&self) -> Range<usize> {
        0..self.trials.div_ceil(BLOCK)
    }

    /// A tally with nothing in it yet.
    pub fn tally(&self) -> Tally {
        Tally {
            trials: 0,
            step: self.beliefs.len().div_ceil(EXACT).max(1),
            above: vec![0; self.beliefs.len()],
            best: Lowest::new(self.beliefs.len(), self.trials.div_ceil(20)),
            worst: Lowest::new(self.beliefs.len(), self.trials / 20 + 1),
        }
    }

    /// Tries one block and adds what came to `tally`.
    pub fn run(&self, block: usize, tally: &mut Tally) {
        let count = self.beliefs.len();
        let places = u64::BITS - (count as u64).leading_zeros();
        let trials = BLOCK.min(self.trials.saturating_sub(block * BLOCK));
        let mut normal = Normal::seeded(self.seed, block as u64);
        let mut keys: Vec<u64> = Vec::with_capacity(count);
        // Item by item, so that what comes of a block is taken up without jumping about in memory.
        let mut ranks: Vec<u32> = vec![0; count * trials];
        for trial in 0..trials {
            keys.clear();
            keys.extend((0..count).map(|at| {
                // The lowest digits of a score make room for the item it belongs to.
                let falling = !rising(self.draw(at, &mut normal));
                (falling >> places << places) | at as u64
            }));
            keys.sort_unstable();
            let items = keys.iter().map(|key| usize::try_from(key & ((1 << places) - 1)));
            (1..).zip(items.flatten()).for_each(|(rank, item)| ranks[item * trials + trial] = rank);
        }
        for (item, ranks) in ranks.chunks_exact(trials.max(1)).enumerate() {
            tally.enter(item, ranks, self.line);
        }
        tally.trials += u32::try_from(trials).unwrap_or(u32::MAX);
    }

    /// The logarithm of a score; far below all of them for one of 0 or less, and there at random.
    fn draw(&self, at: usize, normal: &mut Normal) -> f64 {
        let belief = &self.beliefs[at];
        let mut simulated = || positive_log(belief.draw(normal));
        let log = if belief.is_closed() { self.logs[at] } else { simulated() };
        match log {
            None => -1000.0 - normal.even(),
            Some(log) if belief.sigma > 0.0 => log + belief.sigma * normal.draw(),
            // Two scores without any doubt may be equal: then they tie at random.
            Some(log) => log + 1e-7 * normal.even(),
        }
    }

    /// Every block, one after the other.
    pub fn all(&self) -> Tally {
        let mut tally = self.tally();
        self.blocks().for_each(|block| self.run(block, &mut tally));
        tally
    }
}

fn positive_log(score: f64) -> Option<f64> {
    (score > 0.0).then(|| libm::log(score))
}

/// Bits that rise when the number does.
fn rising(number: f64) -> u64 {
    let bits = number.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// What came of trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    trials: u32,
    /// How many ranks are told as one.
    step: usize,
    above: Vec<u32>,
    best: Lowest,
    worst: Lowest,
}

impl Tally {
    /// Takes up the ranks of an item.
    fn enter(&mut self, item: usize, ranks: &[u32], line: usize) {
        let (bottom, step) = (self.above.len() + 1, self.step);
        let told = |rank: usize| u16::try_from(rank / step).unwrap_or(u16::MAX);
        let ranks = || ranks.iter().map(|rank| *rank as usize);
        self.above[item] += ranks().map(|rank| u32::from(rank <= line)).sum::<u32>();
        self.best.enter(item, ranks().map(told));
        self.worst.enter(item, ranks().map(|rank| told(bottom - rank)));
    }

    /// Adds what came of other blocks.
    pub fn add(&mut self, other: &Self) {
        self.trials += other.trials;
        self.above.iter_mut().zip(&other.above).for_each(|(mine, other)| *mine += other);
        self.best.add(&other.best);
        self.worst.add(&other.worst);
    }

    /// What it says of each item.
    pub fn chances(&self) -> Vec<Chance> {
        let count = self.above.len();
        let chance = |item: usize| Chance {
            above: f64::from(self.above[item]) / f64::from(self.trials.max(1)),
            best: (self.best.last(item) * self.step).max(1),
            worst: (count + 1).saturating_sub(self.worst.last(item) * self.step).clamp(1, count),
        };
        (0..count).map(chance).collect()
    }
}

/// What trials say of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The share of trials in which it stood above the line.
    pub above: f64,
    /// The best plausible rank, from 1: in 5 % of the trials it was at least as good.
    pub best: usize,
    /// The worst plausible rank, from 1: in 95 % of the trials it was at least as good.
    pub worst: usize,
}

/// The lowest few of many numbers, for each of many items. Keeping all ranks of 10,000 items in
/// 10,000 trials would take hundreds of megabytes, and only the twentieth at either end matters.
#[derive(Debug, Clone)]
struct Lowest {
    keep: usize,
    /// Room for the lowest numbers of each item and some more, item by item: as one piece it goes
    /// back to the system when it is no longer wanted.
    kept: Vec<u16>,
    items: Vec<Kept>,
}

/// What is kept of an item.
#[derive(Debug, Clone)]
struct Kept {
    count: usize,
    /// Numbers from here on are not among the lowest.
    limit: u16,
}

impl PartialEq for Lowest {
    fn eq(&self, other: &Self) -> bool {
        let items = self.items.len();
        items == other.items.len() && (0..items).all(|at| self.last(at) == other.last(at))
    }
}

impl Lowest {
    fn new(items: usize, keep: usize) -> Self {
        let keep = keep.max(1);
        let kept = vec![0; items * Self::room(keep)];
        Self { keep, kept, items: vec![Kept { count: 0, limit: u16::MAX }; items] }
    }

    /// How many numbers of an item there is room for, where this many are to be kept.
    fn room(keep: usize) -> usize {
        keep + keep / 4 + 1
    }

    fn of(&self, item: usize) -> &[u16] {
        let start = item * Self::room(self.keep);
        &self.kept[start..start + self.items[item].count]
    }

    fn enter(&mut self, item: usize, numbers: impl Iterator<Item = u16>) {
        let room = Self::room(self.keep);
        let (kept, item) = (&mut self.kept[item * room..][..room], &mut self.items[item]);
        for number in numbers {
            if number < item.limit {
                kept[item.count] = number;
                item.count += 1;
            }
            if item.count == room {
                item.limit = *kept.select_nth_unstable(self.keep - 1).1;
                item.count = self.keep;
            }
        }
    }

    fn add(&mut self, other: &Self) {
        (0..other.items.len()).for_each(|item| self.enter(item, other.of(item).iter().copied()));
    }

    /// The highest of the lowest.
    fn last(&self, item: usize) -> usize {
        let mut kept = self.of(item).to_vec();
        let Some(at) = kept.len().min(self.keep).checked_sub(1) else { return 0 };
        usize::from(*kept.select_nth_unstable(at).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::chance::beats;

    fn belief(score: f64, sigma: f64) -> Belief {
        Belief::closed(score, sigma)
    }

    fn random(count: usize, seed: u64) -> Vec<Belief> {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut one = || belief((random.f64() * 4.0).exp(), 0.1 + random.f64());
        (0..count).map(|_| one()).collect()
    }

    #[test]
    fn the_simulation_agrees_with_the_closed_form() {
        for pair in 0..200 {
            let beliefs = random(2, pair);
            let exact = beats(&beliefs[0], &beliefs[1]);
            let found = Simulation::new(beliefs, 1, pair + 7, 4_000).all().chances()[0].above;
            let error = (exact * (1.0 - exact) / 4_000.0).sqrt();
            assert!((found - exact).abs() <= 3.0 * error, "pair {pair}: {found} for {exact}");
        }
    }

    #[test]
    fn chances_above_a_line_sum_to_it_and_an_items_ranks_to_one() {
        let beliefs = random(12, 1);
        let above: Vec<Vec<f64>> = (0..=12)
            .map(|line| {
                let tally = Simulation::new(beliefs.clone(), line, 1, 1_000).all();
                tally.chances().iter().map(|chance| chance.above).collect()
            })
            .collect();
        for (line, chances) in (0..).zip(&above) {
            assert!((chances.iter().sum::<f64>() - f64::from(line)).abs() < 1e-9);
        }
        (0..12).for_each(|item| {
            let rank = |rank: usize| above[rank][item] - above[rank - 1][item];
            assert!((1..=12).all(|at| rank(at) >= 0.0));
            assert!(((1..=12).map(rank).sum::<f64>() - 1.0).abs() < 1e-9);
        });
    }

    #[test]
    fn blocks_come_to_the_same_in_any_order_and_hands() {
        let simulation = Simulation::new(random(30, 2), 10, 3, 1_050);
        let (mut even, mut odd) = (simulation.tally(), simulation.tally());
        for block in simulation.blocks().rev() {
            simulation.run(block, if block % 2 == 0 { &mut even } else { &mut odd });
        }
        even.add(&odd);
        assert_eq!(even, simulation.all());
    }

    #[test]
    fn the_plausible_ranks_are_the_twentieths_of_all_ranks() {
        let beliefs = random(9, 4);
        let above = |line, item: usize| {
            Simulation::new(beliefs.clone(), line, 5, 2_000).all().chances()[item].above
        };
        let chances = Simulation::new(beliefs.clone(), 3, 5, 2_000).all().chances();
        for (item, chance) in chances.iter().enumerate() {
            let quantile = |share: f64| (1..=9).find(|line| above(*line, item) >= share).unwrap();
            assert_eq!([chance.best, chance.worst], [quantile(0.05), quantile(0.95)]);
        }
    }

    #[test]
    fn of_very_many_items_the_plausible_ranks_are_hardly_further_apart() {
        for (count, apart) in [(EXACT, 0), (EXACT + 1, 1), (2 * EXACT + 1, 2)] {
            let certain = |at: u32| belief(libm::exp(-1e-3 * f64::from(at)), 0.0);
            let chances =
                Simulation::new((0..).take(count).map(certain).collect(), 1, 1, 1).all().chances();
            for (rank, Chance { best, worst, .. }) in (1..).zip(chances) {
                assert!((1..=rank).contains(&best) && (rank..=count).contains(&worst), "{rank}");
                assert!(rank - best <= apart && worst - rank <= apart, "{rank}: {best}–{worst}");
            }
        }
    }

    #[test]
    fn what_is_certain_and_equal_ties_at_random() {
        let beliefs = vec![belief(0.0, 0.3), belief(0.0, 0.3), belief(2.0, 0.0), belief(2.0, 0.0)];
        let chances = Simulation::new(beliefs.clone(), 1, 9, 10_000).all().chances();
        assert!((chances[2].above - 0.5).abs() < 0.02 && chances[0].above < f64::EPSILON);
        let chances = Simulation::new(beliefs, 3, 9, 10_000).all().chances();
        assert!((chances[0].above - 0.5).abs() < 0.02);
    }
}
