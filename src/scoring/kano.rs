//! Kano: what its absence spoils and what its presence delights, from a class or from answers.

use super::{Factor, Framework, Score, formula};
use crate::workspace::{Value, sorted};

/// The classes with the order they come in.
pub const CLASSES: &[(f64, &str)] = &[
    (5.0, "must"),
    (4.0, "one_dimensional"),
    (3.0, "attractive"),
    (2.0, "indifferent"),
    (1.0, "reverse"),
    (0.0, "questionable"),
];

/// How many people's answers made the item each class.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survey {
    /// In the order of [`CLASSES`].
    pub counts: [f64; 6],
}

impl Survey {
    /// A survey of these counts.
    pub fn new(counts: [f64; 6]) -> Self {
        Self { counts }
    }

    /// All answers, also the reverse and questionable ones.
    pub fn answers(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// How much it lifts satisfaction to have it, 0–1: (A + O) ÷ (A + O + M + I) (Berger 1993).
    pub fn better(&self) -> Option<f64> {
        let [_, one, attractive, ..] = self.counts;
        self.share(attractive + one)
    }

    /// How much it spoils satisfaction not to have it, −1–0: −(M + O) ÷ (A + O + M + I).
    pub fn worse(&self) -> Option<f64> {
        let [must, one, ..] = self.counts;
        self.share(must + one).map(|share| -share)
    }

    fn share(&self, part: f64) -> Option<f64> {
        let all: f64 = self.counts[..4].iter().sum();
        (all > 0.0).then(|| part / all)
    }

    /// The two classes with the most answers, as indexes of [`CLASSES`]; of equal ones the
    /// earlier is first.
    fn top(&self) -> (usize, usize) {
        let mut order: Vec<usize> = (0..self.counts.len()).collect();
        sorted::by(&mut order, |a, b| self.counts[*b].total_cmp(&self.counts[*a]));
        (order[0], order[1])
    }

    /// Whether the first class is ahead of the second by more than chance would put it (Fong
    /// 1996): by at least 1.65 × √((a + b)(2n − a − b) ÷ 2n), n being all answers.
    pub fn is_clear(&self) -> bool {
        let (first, second) = self.top();
        let (a, b) = (self.counts[first], self.counts[second]);
        let twice = 2.0 * self.answers();
        a - b >= 1.65 * ((a + b) * (twice - a - b) / twice).sqrt()
    }

    /// The class: the one with the most answers, and where the top two are too near to tell
    /// apart, the earlier of them. `None` without answers.
    pub fn class(&self) -> Option<usize> {
        let (first, second) = self.top();
        let near = if self.is_clear() { first } else { first.min(second) };
        (self.answers() > 0.0).then_some(near)
    }
}

/// The class as rated, else by the survey, whose first four counts are needed then.
pub(super) fn score(factors: &[Factor], values: &[Option<f64>]) -> Score {
    let Some((class, counts)) = values.split_first() else { return Score::Needs(Vec::new()) };
    if let Some(class) = class {
        return Score::Of(*class);
    }
    if counts.iter().all(Option::is_none) {
        return Score::Needs(vec!["class"]);
    }
    let mut survey = Survey::new([0.0; 6]);
    let mut missing = Vec::new();
    for (at, count) in counts.iter().enumerate() {
        match count {
            Some(count) => survey.counts[at] = *count,
            None if at < 4 => missing.push(factors[at + 1].id),
            None => {}
        }
    }
    match survey.class() {
        Some(class) if missing.is_empty() => Score::Of(CLASSES[class].0),
        None if missing.is_empty() => Score::Needs(vec!["class"]),
        _ => Score::Needs(missing),
    }
}

/// The class, and how much better and worse the answers say it makes things.
pub(super) fn tell(framework: &Framework, ratings: Option<&Value>) -> String {
    let count = |(_, id): &(f64, &str)| {
        let rating = ratings.and_then(|ratings| ratings.get(id));
        rating.and_then(|rating| framework.factor(id)?.value(rating)).unwrap_or_default()
    };
    let mut survey = Survey::new([0.0; 6]);
    CLASSES.iter().zip(&mut survey.counts).for_each(|(class, slot)| *slot = count(class));
    match (survey.class(), survey.better(), survey.worse()) {
        (Some(_), Some(better), Some(worse)) => {
            let sure = if survey.is_clear() { "clearly" } else { "by the order of near ties" };
            format!("better {better:.2}, worse {worse:.2}, {sure} of {} answers", survey.answers())
        }
        _ => formula::tell(framework, ratings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vector K1: printed by stp25kano.
    #[test]
    fn answers_make_better_worse_and_a_class() {
        let near = |value: Option<f64>, wanted: f64| (value.unwrap() - wanted).abs() < 5e-4;
        let clear = Survey::new([95.0, 123.0, 45.0, 33.0, 0.0, 0.0]);
        assert!(near(clear.better(), 0.568) && near(clear.worse(), -0.736));
        assert!(clear.is_clear());
        assert_eq!(clear.class().map(|at| CLASSES[at].1), Some("one_dimensional"));
        let tied = Survey::new([65.0, 87.0, 93.0, 51.0, 0.0, 0.0]);
        assert!(near(tied.better(), 0.608) && near(tied.worse(), -0.514));
        assert_eq!(tied.top().0, 2, "attractive by count");
        assert!(!tied.is_clear());
        assert_eq!(tied.class().map(|at| CLASSES[at].1), Some("one_dimensional"), "by the rule");
    }

    #[test]
    fn a_survey_without_answers_says_nothing() {
        let none = Survey::new([0.0; 6]);
        assert_eq!((none.class(), none.better(), none.worse()), (None, None, None));
    }
}
