//! How factors make a number, by the role of each.

use super::{Factor, Framework, Role, Score};
use crate::workspace::Value;

/// The score of factors with these values, each in its [`Role`].
pub fn score(factors: &[Factor], values: &[Option<f64>]) -> Score {
    let Some(known) = values.iter().copied().collect::<Option<Vec<f64>>>() else {
        let needed = factors.iter().zip(values).filter(|(_, value)| value.is_none());
        return Score::Needs(needed.map(|(factor, _)| factor.id).collect());
    };
    let score = rounded(numerator(factors, &known) / divisor(factors, &known));
    if score.is_finite() {
        Score::Of(score)
    } else {
        Score::Needs(factors.iter().map(|factor| factor.id).collect())
    }
}

/// To twelve digits: two items whose scores differ by rounding only are equal, and keep the order
/// the person gave them.
fn rounded(score: f64) -> f64 {
    let size = score.abs().log10().floor();
    if !size.is_finite() || size.abs() > 290.0 {
        return score;
    }
    let unit = 10.0_f64.powf(11.0 - size);
    (score * unit).round() / unit
}

/// The formula in words with these ratings in it; factors that are not rated show as `?`.
pub fn tell(framework: &Framework, ratings: Option<&Value>) -> String {
    framework.factors.iter().fold(framework.formula.to_owned(), |text, factor| {
        let rated = ratings.and_then(|ratings| ratings.get(factor.id));
        let shown = rated.map_or("?".to_owned(), |value| factor.show(value));
        text.replace(&format!("{{{}}}", factor.id), &format!("{} {shown}", factor.name))
    })
}

/// What stands above the line.
pub fn numerator(factors: &[Factor], values: &[f64]) -> f64 {
    product(factors, values) * sum(factors, values).unwrap_or(1.0)
}

/// What stands below the line; 1 where nothing divides.
pub fn divisor(factors: &[Factor], values: &[f64]) -> f64 {
    let over = factors.iter().zip(values).filter(|(factor, _)| factor.role == Role::Over);
    over.map(|(_, value)| value).product()
}

/// What the factor at this index adds to the sum; `None` where it does not add.
pub fn part(factors: &[Factor], values: &[f64], at: usize) -> Option<f64> {
    match factors.get(at)?.role {
        Role::Plus { weight, zero, one } => Some(weight * (values[at] - zero) / (one - zero)),
        Role::Gap => Some((values[at.checked_sub(1)?] - values[at]).max(0.0)),
        _ => None,
    }
}

/// The sum of what adds; `None` where nothing does.
fn sum(factors: &[Factor], values: &[f64]) -> Option<f64> {
    let parts = (0..factors.len()).filter_map(|at| part(factors, values, at));
    parts.reduce(|sum, part| sum + part)
}

fn product(factors: &[Factor], values: &[f64]) -> f64 {
    let times = factors.iter().zip(values).filter_map(|(factor, value)| match factor.role {
        Role::Times(unit) => Some(value / unit),
        _ => None,
    });
    times.product()
}

/// The value of the factor at this index with which the score would be `target`, the others as
/// they are. `None` where there is none.
pub fn solve(factors: &[Factor], values: &[f64], at: usize, target: f64) -> Option<f64> {
    let mut unit = values.to_vec();
    unit[at] = 1.0;
    let by_one = numerator(factors, &unit) / divisor(factors, &unit);
    let value = match factors.get(at)?.role {
        Role::Times(_) => target / by_one,
        Role::Over => Some(by_one / target).filter(|value| *value > 0.0)?,
        Role::Plus { .. } | Role::Gap => {
            let wanted = target * divisor(factors, values) / product(factors, values);
            adding(factors, values, at, wanted - sum_without(factors, values, at))?
        }
        Role::Class => return None,
    };
    value.is_finite().then_some(value)
}

/// The sum without what the factor at this index decides.
fn sum_without(factors: &[Factor], values: &[f64], at: usize) -> f64 {
    let decides = |other: usize| other == at || (other == at + 1 && is_gap(factors, other));
    let others = (0..factors.len()).filter(|other| !decides(*other));
    others.filter_map(|other| part(factors, values, other)).sum()
}

fn is_gap(factors: &[Factor], at: usize) -> bool {
    factors.get(at).is_some_and(|factor| factor.role == Role::Gap)
}

/// The value with which the factor at this index, and a gap that hangs on it, add `wanted`.
fn adding(factors: &[Factor], values: &[f64], at: usize, wanted: f64) -> Option<f64> {
    match factors[at].role {
        // A gap of nothing has many values; the one nearest to the factor before it stands for all.
        Role::Gap => (wanted >= 0.0).then(|| values[at - 1] - wanted),
        Role::Plus { weight, zero, one } => {
            let slope = weight / (one - zero);
            let alone = zero + wanted / slope;
            if is_gap(factors, at + 1) && alone > values[at + 1] {
                return Some((wanted + slope * zero + values[at + 1]) / (slope + 1.0));
            }
            Some(alone)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::CATALOGUE;

    #[test]
    fn scores_that_differ_by_rounding_are_equal() {
        let ice = CATALOGUE.iter().find(|row| row.name == "ICE average").unwrap();
        let score = |values: [f64; 3]| score(ice.factors, &values.map(Some));
        assert_eq!(score([10.0, 5.0, 1.0]), score([8.0, 5.0, 3.0]));
        assert_eq!(rounded(0.1 + 0.2).to_string(), "0.3");
        assert_eq!(rounded(0.0).to_string(), "0");
    }

    #[test]
    fn a_solved_factor_gives_the_score_asked_for() {
        let mut random = fastrand::Rng::with_seed(3);
        for framework in CATALOGUE.iter().filter(|row| !row.by_class) {
            for _ in 0..200 {
                let mut draw = || -> Vec<f64> {
                    framework.factors.iter().map(|_| 1.0 + random.f64() * 9.0).collect()
                };
                let (values, other) = (draw(), draw());
                let score =
                    |v: &[f64]| numerator(framework.factors, v) / divisor(framework.factors, v);
                for at in 0..values.len() {
                    let Some(value) = solve(framework.factors, &values, at, score(&other)) else {
                        assert!(is_gap(framework.factors, at), "{}", framework.name);
                        continue;
                    };
                    let mut applied = values.clone();
                    applied[at] = value;
                    let off = score(&applied) / score(&other) - 1.0;
                    assert!(off.abs() < 1e-9, "{} {values:?} {other:?}", framework.name);
                }
            }
        }
    }
}
