//! How often was a forecast right, had it been made before each sprint that was?
//!
//! Walked forward over each board: only earlier sprints are known to a forecast.

use super::basis::{Usual, closed, delivered};
use super::throughput::{Method, named};
use super::{ENOUGH, Sum};
use crate::workspace::{Date, Field, Workspace};

/// The chances whose coverage is measured.
pub const LEVELS: [f64; 4] = [0.50, 0.70, 0.85, 0.95];

/// Sprints ahead.
const AHEAD: [usize; 2] = [1, 3];

/// Seeds over which coverage is averaged, as ties are broken by chance.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=20;

/// What sums of chances may be off by.
const ROUNDING: f64 = 1e-9;

/// What the sprints of one team delivered, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// What it is called.
    pub name: String,
    /// The amounts, the oldest first.
    pub delivered: Vec<f64>,
}

impl Board {
    /// The sprints of a workspace that were closed by this day, each as the forecast counts it.
    pub fn of(workspace: &Workspace, today: Date) -> Self {
        let mut sprints = closed(workspace, today);
        sprints.retain(|sprint| {
            let committed = sprint.number(Field::Committed).unwrap_or_default();
            committed > 0.0 || delivered(workspace, sprint) > 0.0
        });
        let delivered = Usual::of(workspace, &sprints).amounts;
        Self { name: "this workspace".to_owned(), delivered }
    }

    fn mean(&self) -> f64 {
        mean(self.delivered.iter().copied()).unwrap_or_default()
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// How many boards.
    pub boards: usize,
    /// How many sprints they had.
    pub sprints: usize,
    /// One sprint ahead, and more.
    pub ahead: Vec<Ahead>,
}

/// What came of forecasts for so many sprints together.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// How many sprints ahead.
    pub n: usize,
    /// How many forecasts.
    pub tested: usize,
    /// How often what each of [`LEVELS`] promised was delivered, 0–1; `None` where nothing could
    /// be tested.
    pub coverage: [Option<f64>; 4],
    /// The mean pinball loss of the lower quantiles, in mean deliveries.
    pub pinball: Option<f64>,
    /// The same for plain resampling.
    pub pinball_resample: Option<f64>,
}

/// A forecast and what came.
struct Case {
    /// The chances of less, and of no more, than what came.
    span: (f64, f64),
    loss: f64,
}

/// Tests a method that takes the newest `last` sprints into account.
pub fn backtest(boards: &[Board], method: &Method, last: usize) -> Backtest {
    let ahead = |n| {
        let cases = cases(boards, method, last, n);
        let plain = named("resample").map(|plain| self::cases(boards, plain, last, n));
        Ahead {
            n,
            tested: cases.len(),
            coverage: LEVELS.map(|level| coverage(&cases, level)),
            pinball: mean(cases.iter().map(|case| case.loss)),
            pinball_resample: plain.and_then(|cases| mean(cases.iter().map(|case| case.loss))),
        }
    };
    Backtest {
        boards: boards.len(),
        sprints: boards.iter().map(|board| board.delivered.len()).sum(),
        ahead: AHEAD.map(ahead).to_vec(),
    }
}

fn cases(boards: &[Board], method: &Method, last: usize, n: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for board in boards {
        let (all, mean) = (&board.delivered, board.mean());
        for at in ENOUGH..(all.len() + 1).saturating_sub(n) {
            let mut outlook = method.outlook(&all[at.saturating_sub(last)..at], 0.0);
            outlook.look(n);
            let came = all[at..at + n].iter().sum();
            cases.extend(outlook.sums().get(n - 1).map(|sum| Case::new(sum, came, mean)));
        }
    }
    cases
}

impl Case {
    fn new(sum: &Sum, came: f64, mean: f64) -> Self {
        let losses = LEVELS.map(|level| {
            let (quantile, off) = (1.0 - level, came - sum.amount(level));
            (quantile * off).max((quantile - 1.0) * off)
        });
        let scale = 4.0 * if mean > 0.0 { mean } else { 1.0 };
        let span = (1.0 - sum.at_least(came), 1.0 - sum.more_than(came));
        Self { span, loss: losses.iter().sum::<f64>() / scale }
    }
}

/// The share of randomised PIT values that are not below what the level leaves out.
fn coverage(cases: &[Case], level: f64) -> Option<f64> {
    let of_seed = |seed| {
        let mut random = fastrand::Rng::with_seed(seed);
        let is_covered = |case: &Case| {
            let (below, up_to) = case.span;
            below + random.f64() * (up_to - below) >= 1.0 - level - ROUNDING
        };
        mean(cases.iter().map(is_covered).map(f64::from))
    };
    mean(SEEDS.filter_map(of_seed))
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    (count > 0.0).then_some(sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::forecast::throughput::METHODS;

    fn board(delivered: &[f64]) -> Board {
        Board { name: String::new(), delivered: delivered.to_vec() }
    }

    #[test]
    fn five_sprints_are_known_before_the_first_forecast() {
        let found = backtest(&[board(&[8.0; 9]), board(&[3.0; 5])], &METHODS[1], 12);
        assert_eq!((found.boards, found.sprints), (2, 14));
        assert_eq!(found.ahead.iter().map(|ahead| ahead.tested).collect::<Vec<_>>(), [4, 2]);
        assert_eq!(found.ahead[0].pinball, Some(0.0));
        let none = backtest(&[board(&[8.0; 5])], &METHODS[0], 12);
        assert_eq!((none.ahead[0].tested, none.ahead[0].coverage[0]), (0, None));
    }

    /// Of five sprints with 1 to 5 points and then one with 2 the chance of less is 1/5 and that
    /// of no more 2/5, so at 70 % half of the draws are covered.
    #[test]
    fn ties_are_shared_and_losses_are_in_mean_deliveries() {
        let found = backtest(&[board(&[1.0, 2.0, 3.0, 4.0, 5.0, 2.0])], &METHODS[1], 12);
        let [at_50, at_70, at_85, at_95] = found.ahead[0].coverage.map(Option::unwrap);
        assert_eq!((at_50, at_85, at_95), (0.0, 1.0, 1.0));
        assert!((0.2..=0.8).contains(&at_70), "{at_70}");
        // The amounts at 50, 70, 85, 95 % are 3, 2, 1, 1, and the mean is 17/6.
        let loss = (0.5 * 1.0 + 0.0 + 0.15 * 1.0 + 0.05 * 1.0) / 4.0 / (17.0 / 6.0);
        assert!((found.ahead[0].pinball.unwrap() - loss).abs() < 1e-12);
    }
}
