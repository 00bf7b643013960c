//! How much will some sprints deliver together? Reckoned by convolution, with no chance in it.

/// The chances of what one sprint delivers.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    unit: f64,
    chances: Vec<f64>,
}

impl Draw {
    /// One that counts in steps of `unit` and has no chances yet.
    pub fn new(unit: f64) -> Self {
        Self { unit, chances: Vec::new() }
    }

    /// Spreads this chance evenly over the amounts from the one to the other.
    pub fn add(&mut self, (from, to): (f64, f64), chance: f64) {
        let (from, to) = (units(from / self.unit), units(to / self.unit));
        self.reach(to);
        let steps = to - from.min(to) + 1;
        let share = chance / count(steps);
        self.chances[from.min(to)..=to].iter_mut().for_each(|at| *at += share);
    }

    fn reach(&mut self, most: usize) {
        self.chances.resize(self.chances.len().max(most + 1), 0.0);
    }

    /// The same at another pace. An amount between two steps is shared by them.
    #[must_use]
    pub fn scaled(&self, by: f64) -> Self {
        self.left(Share { whole: by, left: by }, 0.0)
    }

    /// What is still to come of it in the time that is left, where so much is delivered already:
    /// no more than there is time for, and no more than is left to deliver.
    fn left(&self, share: Share, delivered: f64) -> Self {
        let gone = count(units(delivered / self.unit));
        let mut left = Self::new(self.unit);
        for (at, chance) in self.chances.iter().enumerate() {
            let all = count(at);
            let amount = (all * share.left).min(all * share.whole - gone).max(0.0);
            let (whole, part) = (amount.floor(), amount - amount.floor());
            let at = units(whole);
            left.reach(at + 1);
            left.chances[at] += chance * (1.0 - part);
            left.chances[at + 1] += chance * part;
        }
        left
    }
}

/// A sprint's time in those of a usual one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// All of it.
    pub whole: f64,
    /// What is left of it.
    pub left: f64,
}

impl Share {
    /// A usual sprint that is to come.
    pub const WHOLE: Self = Self { whole: 1.0, left: 1.0 };
}

/// A pace the team may keep from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pace {
    /// How likely it is, 0–1.
    pub chance: f64,
    /// What each sprint delivers at this pace.
    pub draw: Draw,
}

/// What 1, 2, … sprints deliver together, as far as somebody asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outlook {
    /// What each sprint delivers, and the chances of what all up to now do.
    paces: Vec<(Pace, Vec<f64>)>,
    /// What the running sprint has delivered, until it is taken from the first draw.
    delivered: f64,
    /// The time of each; those beyond have that of a usual sprint.
    shares: Vec<Share>,
    sums: Vec<Sum>,
}

impl Outlook {
    /// The outlook at these paces, where the first sprint has delivered so much already.
    pub fn new(paces: Vec<Pace>, delivered: f64) -> Self {
        let paces = paces.into_iter().map(|pace| (pace, vec![1.0])).collect();
        Self { paces, delivered, ..Self::default() }
    }

    /// The same through sprints that have so much time.
    #[must_use]
    pub fn through(self, shares: Vec<Share>) -> Self {
        Self { shares, ..self }
    }

    /// The time of each sprint, where that was said.
    pub fn shares(&self) -> &[Share] {
        &self.shares
    }

    /// What one sprint, two, and so on deliver together.
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// Looks ahead this many sprints at least.
    pub fn look(&mut self, sprints: usize) {
        while self.sums.len() < sprints && !self.paces.is_empty() {
            self.one_more();
        }
    }

    fn one_more(&mut self) {
        let unit = self.paces.first().map_or(1.0, |(pace, _)| pace.draw.unit);
        let mut all: Vec<f64> = Vec::new();
        let share = self.shares.get(self.sums.len()).copied().unwrap_or(Share::WHOLE);
        let is_usual = share == Share::WHOLE && self.delivered <= 0.0;
        for (pace, sum) in &mut self.paces {
            let after = (!is_usual).then(|| pace.draw.left(share, self.delivered));
            *sum = convolved(sum, &after.as_ref().unwrap_or(&pace.draw).chances);
            all.resize(all.len().max(sum.len()), 0.0);
            all.iter_mut().zip(&*sum).for_each(|(all, chance)| *all += pace.chance * chance);
        }
        self.delivered = 0.0;
        self.sums.push(Sum::of(unit, all));
    }
}

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
    fn of(unit: f64, mut chances: Vec<f64>) -> Self {
        for at in (0..chances.len().saturating_sub(1)).rev() {
            chances[at] += chances[at + 1];
        }
        Self { unit, at_least: chances }
    }

    /// The chance that it is at least `points`, 0–1.
    pub fn at_least(&self, points: f64) -> f64 {
        self.from((points / self.unit - 1e-9).ceil())
    }

    /// The chance that it is more than `points`, 0–1.
    pub fn more_than(&self, points: f64) -> f64 {
        self.from((points / self.unit + 1e-9).floor() + 1.0)
    }

    fn from(&self, count: f64) -> f64 {
        match units(count) {
            0 => 1.0,
            count => self.at_least.get(count).map_or(0.0, |chance| chance.min(1.0)),
        }
    }

    /// The largest amount that is reached with at least this chance.
    pub fn amount(&self, chance: f64) -> f64 {
        let reached = self.at_least.partition_point(|reached| *reached >= chance - 1e-12);
        self.unit * count(reached.saturating_sub(1))
    }
}

/// The chances of the sum of two amounts.
fn convolved(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; (one.len() + other.len()).saturating_sub(1)];
    let likely = other.iter().enumerate().filter(|(_, chance)| **chance > 0.0);
    for (at, share) in likely {
        sum[at..].iter_mut().zip(one).for_each(|(sum, chance)| *sum += chance * share);
    }
    sum
}

/// The largest of some handy steps of which all these are multiples, hundredths if none is; but
/// so coarse that the largest is not more than `most` of them.
pub fn step(amounts: &[f64], most: f64) -> f64 {
    let whole = |by: &f64| amounts.iter().all(|p| ((p * by).round() - p * by).abs() < 1e-9);
    let unit = 1.0 / [1.0, 2.0, 4.0, 5.0, 8.0, 10.0, 20.0].into_iter().find(whole).unwrap_or(100.0);
    let largest = amounts.iter().copied().fold(0.0, f64::max);
    unit * (largest / unit / most).ceil().max(1.0)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below 0")]
fn units(count: f64) -> usize {
    // A saturating cast: what is below 0 or not a number is 0.
    (count + 0.5).floor() as usize
}

fn count(units: usize) -> f64 {
    u32::try_from(units).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests;
