//! How much will some sprints deliver together?

/// A way to say that, by its name on the command line.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub id: &'static str,
    /// What it assumes, in one line.
    pub summary: &'static str,
    /// From what sprints delivered, newest last, and what the next one already has: what 1, 2, …
    /// sprints will deliver together.
    pub sums: fn(&[f64], f64, usize) -> Vec<Sum>,
}

/// Every method.
pub static METHODS: &[Method] = &[Method {
    id: "resample",
    summary: "each sprint delivers as much as one of those seen, whichever it is",
    sums: resample,
}];

/// What some sprints deliver together, as a distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The steps in which amounts are counted.
    unit: f64,
    /// The chance of at least this many units, by their number.
    at_least: Vec<f64>,
}

impl Sum {
    /// From the chance of each number of units.
    fn of(unit: f64, chances: &[f64]) -> Self {
        let mut at_least = chances.to_vec();
        for at in (0..at_least.len().saturating_sub(1)).rev() {
            at_least[at] += at_least[at + 1];
        }
        Self { unit, at_least }
    }

    /// The chance that it is at least `points`, 0–1.
    pub fn at_least(&self, points: f64) -> f64 {
        match units((points / self.unit - 1e-9).ceil().max(0.0)) {
            0 => 1.0,
            count => self.at_least.get(count).map_or(0.0, |chance| chance.min(1.0)),
        }
    }

    /// The largest amount that is reached with at least this chance.
    pub fn amount(&self, chance: f64) -> f64 {
        let count = self.at_least.iter().rposition(|reached| *reached >= chance - 1e-12);
        self.unit * u32::try_from(count.unwrap_or(0)).map_or(f64::MAX, f64::from)
    }
}

/// Sprints are drawn with replacement from those seen; the chances of their sum are computed by
/// exact convolution. What the running sprint already has is taken from the first draw.
fn resample(seen: &[f64], delivered: f64, sprints: usize) -> Vec<Sum> {
    let unit = unit(&seen.iter().copied().chain([delivered]));
    let count = |points: f64| units((points / unit).round());
    let each = seen.iter().map(|points| count(*points)).collect::<Vec<_>>();
    let left = each.iter().map(|units| units.saturating_sub(count(delivered))).collect::<Vec<_>>();
    let draws = std::iter::once(&left).chain(std::iter::repeat(&each)).take(sprints);
    let sums = draws.scan(vec![1.0], |chances, draw| {
        *chances = convolved(chances, draw);
        Some(Sum::of(unit, chances))
    });
    sums.collect()
}

/// The chances after one more draw, each of these numbers being as likely.
fn convolved(chances: &[f64], draw: &[usize]) -> Vec<f64> {
    let most = draw.iter().max().copied().unwrap_or(0);
    let share = 1.0 / u32::try_from(draw.len().max(1)).map_or(f64::MAX, f64::from);
    let mut after = vec![0.0; chances.len() + most];
    for more in draw {
        for (sum, chance) in after[*more..].iter_mut().zip(chances) {
            *sum += chance * share;
        }
    }
    after
}

/// The largest of some handy steps of which all these are multiples; hundredths if none is.
fn unit(points: &(impl Iterator<Item = f64> + Clone)) -> f64 {
    let whole = |by: &f64| points.clone().all(|p| ((p * by).round() - p * by).abs() < 1e-9);
    1.0 / [1.0, 2.0, 4.0, 5.0, 8.0, 10.0, 20.0].into_iter().find(whole).unwrap_or(100.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below 0")]
fn units(count: f64) -> usize {
    count as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The throughput of Magennis' spreadsheet.
    const SAMPLE: [f64; 24] = [
        16.0, 3.0, 10.0, 6.0, 19.0, 11.0, 17.0, 17.0, 15.0, 9.0, 11.0, 8.0, 5.0, 13.0, 5.0, 7.0,
        8.0, 6.0, 10.0, 10.0, 8.0, 5.0, 5.0, 7.0,
    ];

    /// Vector F1.
    #[test]
    fn six_periods_deliver_what_was_computed_for_them() {
        let sum = &resample(&SAMPLE, 0.0, 6)[5];
        assert!((sum.at_least(50.0) - 0.768_819).abs() < 1e-6);
        assert!((sum.at_least(60.0) - 0.420_189).abs() < 1e-6);
        assert!((sum.amount(0.85) - 47.0).abs() < 1e-9);
    }

    /// Vector F2.
    #[test]
    fn sixty_items_are_done_in_time_as_often_as_was_computed() {
        let sums = resample(&SAMPLE, 0.0, 9);
        let chances = [0.12884, 0.42019, 0.74042, 0.92654, 0.98750];
        for (sum, chance) in sums[4..].iter().zip(chances) {
            assert!((sum.at_least(60.0) - chance).abs() < 1e-5);
        }
    }

    #[test]
    fn a_convolution_is_what_counting_all_draws_gives() {
        let seen = [0.0, 2.5, 4.0];
        let sum = &resample(&seen, 0.0, 2)[1];
        let sums = || seen.iter().flat_map(|a| seen.iter().map(move |b| a + b));
        for points in [0.0, 0.5, 2.5, 2.6, 4.0, 5.0, 6.5, 8.0, 8.1] {
            let count = u32::try_from(sums().filter(|sum| *sum >= points).count()).unwrap();
            assert!((sum.at_least(points) - f64::from(count) / 9.0).abs() < 1e-12, "{points}");
        }
    }

    #[test]
    fn what_is_delivered_already_is_taken_from_the_first_sprint_only() {
        let sums = resample(&[5.0, 5.0], 3.0, 2);
        assert!((sums[0].amount(0.9) - 2.0).abs() < 1e-9);
        assert!((sums[1].amount(0.9) - 7.0).abs() < 1e-9);
        let more = &resample(&[5.0, 5.0], 8.0, 1)[0];
        assert!(more.amount(0.9).abs() < 1e-9);
    }
}
