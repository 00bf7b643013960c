//! How sure is a score, and how likely does one item beat another?

use crate::scoring::{Framework, Role, formula};
use crate::workspace::{Date, Field, Record};
use std::cmp::Ordering;
use std::sync::OnceLock;

/// Standard deviations from the median to either end of a 90 % interval.
const NINETY: f64 = 1.645;

/// Days after which the variance of a rating has doubled.
const STALE: f64 = 180.0;

/// Points at which a chance that has no closed form is averaged.
const POINTS: u32 = 256;

/// What is believed of an item's score: a median and, above 0, a log-normal doubt around it.
#[derive(Debug, Clone)]
pub struct Belief {
    /// The score with every interval at its median.
    pub score: f64,
    /// The standard deviation of the score's logarithm, without what is in `sum`.
    pub sigma: f64,
    /// Where factors given as intervals are added up, there is no closed form: the sum itself,
    /// which few have.
    sum: Option<Box<Sum>>,
}

/// A numerator that has to be simulated.
#[derive(Debug, Clone)]
struct Sum {
    framework: &'static Framework,
    values: Vec<f64>,
    /// The factors that are intervals, with the deviation of their logarithm.
    wide: Vec<(usize, f64)>,
}

impl Belief {
    /// What the ratings of `record` say on this day; `None` where it has no score.
    pub fn of(framework: &'static Framework, record: &Record, today: Date) -> Option<Self> {
        let score = framework.score(record).value()?;
        if framework.by_class {
            return Some(Self::closed(score, 0.0));
        }
        let values: Vec<f64> = framework.values(record).into_iter().flatten().collect();
        let age = age(framework, record, today);
        let wide = intervals(framework, record);
        let untold = 1.0 - share(wide.len(), framework.factors.len());
        let mut variance = doubt(framework, &values).powi(2) * untold;
        let adds = |at: usize| {
            matches!(framework.factors[at].role, Role::Plus { .. } | Role::Gap)
                || matches!(framework.factors.get(at + 1), Some(next) if next.role == Role::Gap)
        };
        let (mut summed, rest): (Vec<_>, Vec<_>) = wide.into_iter().partition(|(at, _)| adds(*at));
        variance += rest.iter().map(|(_, sigma)| sigma * sigma).sum::<f64>();
        summed.iter_mut().for_each(|(_, sigma)| *sigma *= age);
        let sum = Sum { framework, values, wide: summed };
        let sum = (!sum.wide.is_empty()).then(|| Box::new(sum));
        Some(Self { score, sigma: variance.sqrt() * age, sum })
    }

    /// A score with a log-normal doubt and nothing to simulate.
    pub fn closed(score: f64, sigma: f64) -> Self {
        Self { score, sigma, sum: None }
    }

    /// Whether its doubt is the log-normal one of `sigma`, with nothing to simulate.
    pub fn is_closed(&self) -> bool {
        self.sum.is_none()
    }

    /// A score drawn from what is simulated only; the doubt of `sigma` still comes on top.
    pub fn draw(&self, random: &mut Normal) -> f64 {
        self.drawn(|_| random.draw())
    }

    /// The score at a point of what is simulated: so many deviations from the median of each.
    fn drawn(&self, mut normal: impl FnMut(usize) -> f64) -> f64 {
        let Some(sum) = &self.sum else { return self.score };
        let Sum { framework, values, wide } = &**sum;
        let mut drawn = values.clone();
        for (nth, (at, sigma)) in wide.iter().enumerate() {
            drawn[*at] *= libm::exp(sigma * normal(nth));
        }
        formula::numerator(framework.factors, &drawn) / formula::divisor(framework.factors, &drawn)
    }
}

/// The share that some are of all, 0–1.
fn share(some: usize, all: usize) -> f64 {
    let count = |count| u32::try_from(count).map_or(f64::MAX, f64::from);
    count(some) / count(all)
}

/// How much wider an old rating's doubt is: √(1 + days ÷ 180); 1 without a date.
fn age(framework: &Framework, record: &Record, today: Date) -> f64 {
    let rated = record.get(Field::Rated).and_then(|rated| rated.get(framework.id)?.as_date());
    let days = rated.map_or(0, |rated| (today - rated).get_days());
    (1.0 + f64::from(days.max(0)) / STALE).sqrt()
}

/// The factors given as intervals, with the deviation of their logarithm.
fn intervals(framework: &Framework, record: &Record) -> Vec<(usize, f64)> {
    let ratings = framework.ratings(record);
    let interval = |(at, factor): (usize, &crate::scoring::Factor)| {
        let (low, high) = factor.interval(ratings?.get(factor.id)?)?;
        Some((at, libm::log(high / low) / (2.0 * NINETY)))
    };
    framework.factors.iter().enumerate().filter_map(interval).collect()
}

/// The doubt in a score as a whole, as a deviation of its logarithm: nine tenths of it are within
/// a factor of 1.25 at a confidence of 100 %, of 1.6 from 80 %, of 3 below; of 1.6 where a
/// framework asks for no confidence in percent.
fn doubt(framework: &Framework, values: &[f64]) -> f64 {
    let confidence = framework.factors.iter().zip(values);
    let mut confidence = confidence.filter(|(factor, _)| factor.unit == "%");
    let within = match confidence.next() {
        Some((_, percent)) if *percent >= 100.0 => 1.25,
        Some((_, percent)) if *percent < 80.0 => 3.0,
        _ => 1.6,
    };
    libm::log(within) / NINETY
}

/// The chance that `a` beats `b`, 0–1. Exact, except that intervals inside a sum are averaged over
/// the same points every time. A score of 0 or less is below every positive one; equal ones tie.
pub fn beats(a: &Belief, b: &Belief) -> f64 {
    Side::above(a).beats(&Side::below(b))
}

/// A belief made ready to be compared with many others.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    belief: &'a Belief,
    /// Its scores at the points; none where there is nothing to average.
    scores: Vec<f64>,
}

impl<'a> Side<'a> {
    /// One that may beat others.
    pub fn above(belief: &'a Belief) -> Self {
        Self::of(belief, 0)
    }

    /// One that others may beat.
    pub fn below(belief: &'a Belief) -> Self {
        Self::of(belief, 1)
    }

    /// The two sides of a comparison take the points in orders of their own, as what is guessed of
    /// one says nothing of the other.
    fn of(belief: &'a Belief, side: usize) -> Self {
        let Some(sum) = &belief.sum else { return Self { belief, scores: Vec::new() } };
        let orders: Vec<Vec<f64>> =
            (0..sum.wide.len()).map(|nth| shuffled(2 * nth + side)).collect();
        let points = 0..POINTS as usize;
        let scores = points.map(|point| belief.drawn(|nth| orders[nth][point])).collect();
        Self { belief, scores }
    }

    /// The chance that it beats another, as [`beats`] says.
    pub fn beats(&self, below: &Side) -> f64 {
        let (a, b) = (self.belief, below.belief);
        let spread = a.sigma.hypot(b.sigma);
        if a.is_closed() && b.is_closed() {
            return ahead(a.score, b.score, spread);
        }
        let score = |side: &Side, point: usize| {
            side.scores.get(point).copied().unwrap_or(side.belief.score)
        };
        let point = |at| ahead(score(self, at), score(below, at), spread);
        (0..POINTS as usize).map(point).sum::<f64>() / f64::from(POINTS)
    }
}

/// The middles of equal shares of the standard normal distribution in an order of its own for each
/// guess: a latin hypercube (`McKay`, Beckman and Conover 1979). A sum averaged over it errs far less
/// than over as many draws.
fn shuffled(nth: usize) -> Vec<f64> {
    static MIDDLES: OnceLock<Vec<f64>> = OnceLock::new();
    let middle = |point| quantile((f64::from(point) + 0.5) / f64::from(POINTS));
    let mut middles = MIDDLES.get_or_init(|| (0..POINTS).map(middle).collect()).clone();
    fastrand::Rng::with_seed(nth as u64).shuffle(&mut middles);
    middles
}

/// The number below which this share of a standard normal distribution is, by halving.
fn quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..50 {
        let middle = f64::midpoint(low, high);
        if phi(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// Φ(ln(a ÷ b) ÷ spread), and what is left of it at the edges.
fn ahead(a: f64, b: f64, spread: f64) -> f64 {
    if a > 0.0 && b > 0.0 && spread > 0.0 {
        return phi(libm::log(a / b) / spread);
    }
    match a.partial_cmp(&b) {
        Some(Ordering::Greater) => 1.0,
        Some(Ordering::Less) => 0.0,
        _ => 0.5,
    }
}

/// The share of a standard normal distribution below `z`.
pub fn phi(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// A chance as shown. What is nearly sure, either way, is never called sure.
pub fn percent(chance: f64) -> String {
    match (chance * 100.0).round() {
        share if share > 95.0 => ">95 %".into(),
        share if share < 5.0 => "<5 %".into(),
        share => format!("{share} %"),
    }
}

/// Standard normal draws from a seed, two at a time by Marsaglia's polar method.
#[derive(Debug)]
pub struct Normal {
    random: fastrand::Rng,
    kept: Option<f64>,
}

impl Normal {
    /// The draws of one block of trials: the same for the same seed, others for another block.
    pub fn seeded(seed: u64, block: u64) -> Self {
        // Neighbouring seeds must not give neighbouring streams: each is drawn from the one before.
        let mut random = fastrand::Rng::with_seed(seed);
        let mixed = random.u64(..) ^ block.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self { random: fastrand::Rng::with_seed(mixed), kept: None }
    }

    /// A number from 0 to 1, evenly.
    pub fn even(&mut self) -> f64 {
        self.random.f64()
    }

    /// A standard normal number.
    pub fn draw(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let x = 2.0 * self.random.f64() - 1.0;
            let y = 2.0 * self.random.f64() - 1.0;
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let stretch = (-2.0 * libm::log(square) / square).sqrt();
                self.kept = Some(y * stretch);
                return x * stretch;
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::workspace::{Id, Name, Value};
    use jiff::civil::date;

    /// An item with RICE ratings: a number, or an interval.
    pub fn rice(id: &str, values: [(f64, f64); 4], rated: Option<Date>) -> Record {
        let names = ["reach", "impact", "confidence", "effort"];
        let factors = names.into_iter().zip(values).map(|(name, (low, high))| {
            let number = Value::Number;
            let list = || Value::list([number(low), number(high)]);
            (Name::from(name), if low < high { list() } else { number(low) })
        });
        let ratings = Value::map([("rice".into(), Value::map(factors))]);
        let record = Record::new(Id::new(id)).with(Field::Ratings, ratings);
        match rated {
            Some(day) => record.with(Field::Rated, Value::map([("rice".into(), Value::Date(day))])),
            None => record,
        }
    }

    /// The items of vector R1.
    pub fn r1() -> [Record; 3] {
        let item = |id, [reach, impact, confidence, effort]: [f64; 4]| {
            let even = |value| (value, value);
            rice(id, [even(reach), even(impact), even(confidence), even(effort)], None)
        };
        [
            item("1", [450.0, 3.0, 100.0, 2.0]),
            item("2", [2000.0, 1.0, 80.0, 4.0]),
            item("3", [800.0, 2.0, 50.0, 1.0]),
        ]
    }

    pub fn framework(id: &str) -> &'static Framework {
        Framework::find(id, &Record::new(Id::new("s"))).unwrap()
    }

    fn belief(record: &Record, today: Date) -> Belief {
        Belief::of(framework("rice"), record, today).unwrap()
    }

    const TODAY: Date = date(2026, 11, 22);

    /// Vector N1.
    #[test]
    fn the_chances_of_the_published_items_come_out() {
        let [one, two, three] = r1().map(|record| belief(&record, TODAY));
        let pairs = [(&three, &one, 0.598_438), (&one, &two, 0.950_974), (&three, &two, 0.830_014)];
        for (a, b, chance) in pairs {
            assert!((beats(a, b) - chance).abs() < 1e-6);
            assert!((beats(b, a) - 1.0 + chance).abs() < 1e-6);
        }
    }

    #[test]
    fn an_interval_takes_its_part_of_the_doubt_and_age_widens_all() {
        let wide = [(100.0, 400.0), (1.0, 1.0), (100.0, 100.0), (1.0, 1.0)];
        let part = libm::log(1.25) / NINETY;
        let own = libm::log(4.0) / (2.0 * NINETY);
        let sigma = (part * part * 0.75 + own * own).sqrt();
        let fresh = belief(&rice("a", wide, Some(TODAY)), TODAY);
        assert!((fresh.sigma - sigma).abs() < 1e-12);
        assert!((fresh.score - 200.0).abs() < 1e-9);
        let old = belief(&rice("a", wide, Some(date(2026, 5, 26))), TODAY);
        assert!((old.sigma - sigma * 2.0_f64.sqrt()).abs() < 1e-12);
    }

    /// WSJF: three guesses in a sum, against a hundred thousand draws.
    #[test]
    fn sums_of_guesses_compare_as_many_draws_of_them_do() {
        let wsjf = framework("wsjf");
        let mut random = fastrand::Rng::with_seed(5);
        let mut item = || {
            let factors = wsjf.factors.iter().map(|factor| {
                let low = 1.0 + 1.5 * random.f64();
                let high = low * (1.2 + 2.0 * random.f64());
                let guess = [low, high].map(Value::Number);
                (Name::from(factor.id), Value::list(guess))
            });
            let ratings = Value::map([("wsjf".into(), Value::map(factors))]);
            let record = Record::new(Id::new("a")).with(Field::Ratings, ratings);
            Belief::of(wsjf, &record, TODAY).unwrap()
        };
        for _ in 0..20 {
            let (a, b) = (item(), item());
            assert!(!a.is_closed());
            let (mut normal, spread) = (Normal::seeded(1, 1), a.sigma.hypot(b.sigma));
            let one = |_| ahead(a.draw(&mut normal), b.draw(&mut normal), spread);
            let many = (0..100_000).map(one).sum::<f64>() / 1e5;
            assert!((beats(&a, &b) - many).abs() < 0.005, "{} for {many}", beats(&a, &b));
            assert!((beats(&a, &b) + beats(&b, &a) - 1.0).abs() < 0.01);
        }
    }

    #[test]
    fn nothing_ranks_below_everything_positive_and_ties_with_nothing() {
        let score = |score| Belief::closed(score, 0.4);
        assert!((beats(&score(0.0), &score(0.0)) - 0.5).abs() < f64::EPSILON);
        assert!((beats(&score(1e-9), &score(0.0)) - 1.0).abs() < f64::EPSILON);
        assert!(beats(&score(0.0), &score(1e-9)) < f64::EPSILON);
    }
}
