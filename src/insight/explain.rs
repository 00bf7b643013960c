//! Why is one item above another, and what would turn it round?

use super::chance::{Belief, beats};
use crate::scoring::{Factor, Framework, Role, Score, formula};
use crate::workspace::{Date, Id, Record};

/// One item beside another.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The first.
    pub a: Id,
    /// The second.
    pub b: Id,
    /// The chance that `a` beats `b`, 0–1; `None` where scores are classes.
    pub chance: Option<f64>,
    /// What each factor contributes to `a` being ahead. Shares sum to 1 and may be negative.
    pub shares: Vec<Share>,
    /// What each factor would have to be for the two to tie.
    pub break_even: Vec<BreakEven>,
}

/// What a factor contributes to the distance between two items.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The factor.
    pub factor: &'static str,
    /// Its share; `None` where the two tie, or one scores 0 and has no ratio to the other.
    pub share: Option<f64>,
}

/// The value of one factor of one item at which the two items tie.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakEven {
    /// The item that would change.
    pub item: Id,
    /// The factor.
    pub factor: &'static str,
    /// The value; `None` where none makes them tie.
    pub value: Option<f64>,
    /// Whether the factor may have this value.
    pub on_scale: bool,
}

/// What of a factor would turn two items round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Turn {
    /// With this value they tie.
    At(f64),
    /// From the one of these steps of its scale to the other they change places.
    Between(f64, f64),
    /// Nothing on its scale.
    Never,
}

impl BreakEven {
    /// What of the factor would turn the two round, of all it may be.
    pub fn turn(&self, framework: &Framework) -> Turn {
        let Some(value) = self.value else { return Turn::Never };
        if self.on_scale {
            return Turn::At(value);
        }
        let scale = framework.factor(self.factor).map(|factor| &factor.scale);
        let between = scale
            .filter(|scale| scale.only_steps)
            .and_then(|scale| Some(Turn::Between(scale.below_of(value)?, scale.above_of(value)?)));
        between.unwrap_or(Turn::Never)
    }
}

/// Scores nearer than this to each other, relative to the larger, are a tie: what is left of
/// their difference is rounding.
const TIE: f64 = 1e-9;

/// Why two items cannot be compared.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unexplained {
    /// One has no score yet.
    #[error("{item} has no score yet: it needs {}", needs.join(", "))]
    Unscored {
        /// The item.
        item: Id,
        /// The factors it needs.
        needs: Vec<&'static str>,
    },
}

/// Why `a` is above `b`, or below it, on this day. Intervals count as their median.
pub fn explain(
    framework: &'static Framework,
    a: &Record,
    b: &Record,
    today: Date,
) -> Result<Explanation, Unexplained> {
    let sides = (Side::of(framework, a)?, Side::of(framework, b)?);
    let belief = |record| Belief::of(framework, record, today);
    let chance = belief(a).zip(belief(b)).filter(|_| !framework.by_class);
    Ok(Explanation {
        a: a.id().clone(),
        b: b.id().clone(),
        chance: chance.map(|(a, b)| beats(&a, &b)),
        shares: shares(&sides.0, &sides.1),
        break_even: [(&sides.0, &sides.1), (&sides.1, &sides.0)]
            .into_iter()
            .flat_map(|(item, other)| break_even(item, other))
            .collect(),
    })
}

/// An item with the numbers its score is made of.
struct Side<'a> {
    id: &'a Id,
    factors: &'static [Factor],
    values: Vec<f64>,
    score: f64,
    numerator: f64,
}

impl<'a> Side<'a> {
    fn of(framework: &'static Framework, record: &'a Record) -> Result<Self, Unexplained> {
        let (id, factors) = (record.id(), framework.factors);
        let score = match framework.score(record) {
            Score::Of(score) => score,
            Score::Needs(needs) => return Err(Unexplained::Unscored { item: id.clone(), needs }),
        };
        if framework.by_class {
            return Ok(Self { id, factors: &[], values: Vec::new(), score, numerator: score });
        }
        let values: Vec<f64> = framework.values(record).into_iter().flatten().collect();
        let numerator = formula::numerator(factors, &values);
        Ok(Self { id, factors, values, score, numerator })
    }
}

fn shares(a: &Side, b: &Side) -> Vec<Share> {
    let tie = (a.score - b.score).abs() <= TIE * a.score.abs().max(b.score.abs());
    let share = |(at, factor): (usize, &Factor)| {
        let share = if tie { None } else { share(a, b, at) };
        Share { factor: factor.id, share }
    };
    a.factors.iter().enumerate().map(share).collect()
}

/// The share of the factor at this index in L = ln(A ÷ B). A factor that multiplies has the
/// logarithm of its own ratio, one that divides the same with its sign turned, and a part of a
/// sum its difference ÷ Λ, the logarithmic mean of the two sums. In a mere sum the latter is the
/// difference ÷ (A − B), which also holds where a score is 0.
fn share(a: &Side, b: &Side, at: usize) -> Option<f64> {
    let part = |side: &Side| formula::part(side.factors, &side.values, at);
    let share = match (a.factors[at].role, part(a).zip(part(b))) {
        (_, Some((mine, other))) if is_sum(a.factors) => (mine - other) / (a.score - b.score),
        (_, Some((mine, other))) => {
            let mean = logarithmic_mean(a.numerator, b.numerator);
            (mine - other) / mean / libm::log(a.score / b.score)
        }
        (Role::Over, _) => -ratio(a, b, at),
        _ => ratio(a, b, at),
    };
    share.is_finite().then_some(share)
}

fn ratio(a: &Side, b: &Side, at: usize) -> f64 {
    libm::log(a.values[at] / b.values[at]) / libm::log(a.score / b.score)
}

fn is_sum(factors: &[Factor]) -> bool {
    factors.iter().all(|factor| matches!(factor.role, Role::Plus { .. } | Role::Gap))
}

/// (a − b) ÷ ln(a ÷ b), which is between the two; a where they are equal.
fn logarithmic_mean(a: f64, b: f64) -> f64 {
    let log = libm::log(a / b);
    if log.abs() < f64::EPSILON { a } else { (a - b) / log }
}

fn break_even(item: &Side, other: &Side) -> Vec<BreakEven> {
    let one = |(at, factor): (usize, &Factor)| {
        let value = formula::solve(item.factors, &item.values, at, other.score);
        let on_scale = value.is_some_and(|value| factor.scale.holds(value));
        BreakEven { item: item.id.clone(), factor: factor.id, value, on_scale }
    };
    item.factors.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::chance::tests::{framework, r1};
    use crate::scoring::CATALOGUE;
    use crate::workspace::{Field, Value};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);

    fn item(framework: &Framework, id: &str, values: &[f64]) -> Record {
        let rating = |(factor, value): (&Factor, &f64)| (factor.id.into(), Value::Number(*value));
        let factors = framework.factors.iter().zip(values).map(rating).collect();
        let ratings = Value::map([(framework.id.into(), Value::Map(factors))]);
        Record::new(Id::new(id)).with(Field::Ratings, ratings)
    }

    /// Values on the scale of each factor.
    fn random(framework: &Framework, random: &mut fastrand::Rng) -> Vec<f64> {
        let value = |factor: &Factor| match factor.scale.steps.len() {
            0 => 1.0 + random.f64() * 8.0,
            count => factor.scale.steps[random.usize(..count)].0,
        };
        framework.factors.iter().map(value).collect()
    }

    #[test]
    fn shares_sum_to_one_and_a_break_even_makes_a_tie() {
        let mut dice = fastrand::Rng::with_seed(11);
        for framework in CATALOGUE.iter().filter(|row| !row.by_class) {
            for _ in 0..100 {
                let sides = ["a", "b"].map(|id| (id, random(framework, &mut dice)));
                let [a, b] = sides.each_ref().map(|(id, values)| item(framework, id, values));
                let explained = explain(framework, &a, &b, TODAY).unwrap();
                let scores = [&a, &b].map(|item| framework.score(item).value().unwrap());
                let shares: Option<Vec<f64>> =
                    explained.shares.iter().map(|share| share.share).collect();
                match shares {
                    Some(shares) => {
                        let off = shares.iter().sum::<f64>() - 1.0;
                        assert!(off.abs() < 1e-6, "{} {shares:?}", framework.name);
                    }
                    None => assert!((scores[0] / scores[1] - 1.0).abs() < 1e-8),
                }
                for even in explained.break_even {
                    let Some(value) = even.value else { continue };
                    let side = usize::from(even.item.as_str() == "b");
                    let at = framework.factors.iter().position(|f| f.id == even.factor).unwrap();
                    let mut values = sides[side].1.clone();
                    values[at] = value;
                    let score = formula::numerator(framework.factors, &values)
                        / formula::divisor(framework.factors, &values);
                    assert!((score / scores[1 - side] - 1.0).abs() < 1e-9, "{}", framework.name);
                }
            }
        }
    }

    #[test]
    fn a_rice_score_is_explained_by_the_ratios_of_its_factors() {
        let [one, two, _] = r1();
        let explained = explain(framework("rice"), &one, &two, TODAY).unwrap();
        let all = (675.0_f64 / 400.0).ln();
        let share = |at: usize| explained.shares[at].share.unwrap();
        assert!((share(0) - (450.0_f64 / 2000.0).ln() / all).abs() < 1e-12, "reach, negative");
        assert!((share(3) - 2.0_f64.ln() / all).abs() < 1e-12, "half the effort");
        assert!((explained.chance.unwrap() - 0.950_974).abs() < 1e-6);
        let effort = &explained.break_even[3];
        assert_eq!((effort.factor, effort.on_scale), ("effort", true));
        assert!((effort.value.unwrap() - 3.375).abs() < 1e-12);
        let confidence = explained.break_even.iter().rfind(|even| even.factor == "confidence");
        assert!(!confidence.unwrap().on_scale, "more than 100 % sure is none");
        assert_eq!(effort.turn(framework("rice")), Turn::At(effort.value.unwrap()));
        assert_eq!(confidence.unwrap().turn(framework("rice")), Turn::Never);
    }

    #[test]
    fn between_two_steps_items_change_places_and_beyond_the_last_never() {
        let wsjf = framework("wsjf");
        let (a, b) =
            (item(wsjf, "a", &[13.0, 8.0, 1.0, 3.0]), item(wsjf, "b", &[13.0, 13.0, 8.0, 8.0]));
        let explained = explain(wsjf, &a, &b, TODAY).unwrap();
        let turns: Vec<Turn> = explained.break_even.iter().map(|even| even.turn(wsjf)).collect();
        assert_eq!(turns[0], Turn::Between(3.0, 5.0), "value 3.75");
        assert_eq!(turns[1], Turn::Never, "urgency below 0");
        assert_eq!(turns[3], Turn::Between(5.0, 8.0), "size 5.2");
        assert_eq!(turns[4], Turn::Never, "value 37.7");
    }

    #[test]
    fn ties_have_no_shares_and_what_nothing_can_lift_has_no_break_even() {
        let cd3 = framework("cd3");
        let (a, b) = (item(cd3, "a", &[10.0, 2.0]), item(cd3, "b", &[20.0, 4.0]));
        let tie = explain(cd3, &a, &b, TODAY).unwrap();
        assert!(tie.shares.iter().all(|share| share.share.is_none()));
        let free = item(cd3, "c", &[0.0, 3.0]);
        let explained = explain(cd3, &free, &a, TODAY).unwrap();
        let values: Vec<_> = explained.break_even.iter().map(|even| even.value).collect();
        assert_eq!(values, [Some(15.0), None, Some(0.0), None]);
        assert_eq!(explained.chance, Some(0.0));
    }

    #[test]
    fn an_item_without_a_score_says_what_it_needs() {
        let bare = Record::new(Id::new("x"));
        let wrong = explain(framework("cd3"), &bare, &bare, TODAY).unwrap_err();
        assert_eq!(wrong.to_string(), "x has no score yet: it needs cost_of_delay, duration");
    }
}
