//! Would another framework put them in another order, and which items most of all?

use super::order;
use crate::scoring::{Framework, median};
use crate::workspace::{Id, Record, sorted};
use std::sync::Arc;

/// The same items seen through two frameworks.
#[derive(Debug, Clone, PartialEq)]
pub struct Lenses {
    /// How alike the two orders are: 1 the same, 0 unrelated, −1 reversed. `None` where one of
    /// them holds all items equal, or fewer than two are scored in both.
    pub tau: Option<f64>,
    /// The items scored in both, those whose rank differs most first.
    pub items: Vec<Seen>,
}

/// An item with its rank in each of the two, among the items scored in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The item.
    pub id: Id,
    /// Its scores.
    pub scores: (f64, f64),
    /// Its ranks, from 1.
    pub ranks: (usize, usize),
    /// What pulls it up in the one where it ranks better, and down in the other, most of all;
    /// `None` where nothing does.
    pub pulls: (Option<Pull>, Option<Pull>),
}

/// A factor that makes an item rank where it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Pull {
    /// The factor.
    pub factor: &'static str,
    /// What the item has of it; a class as its order.
    pub value: f64,
    /// What is usual: the median of the items.
    pub usual: f64,
    /// Whether it pulls up.
    pub is_up: bool,
}

impl Seen {
    /// How many ranks lie between the two.
    pub fn difference(&self) -> usize {
        self.ranks.0.abs_diff(self.ranks.1)
    }
}

/// Looks at `list` through two frameworks.
pub fn compare(one: &Framework, other: &Framework, list: &[Arc<Record>]) -> Lenses {
    let score = |lens: &Framework, record: &Arc<Record>| lens.score(record).value();
    let scored = |record: &&Arc<Record>| score(one, record).zip(score(other, record)).is_some();
    let both: Vec<Arc<Record>> = list.iter().filter(scored).cloned().collect();
    let scores: Vec<(f64, f64)> =
        both.iter().filter_map(|record| score(one, record).zip(score(other, record))).collect();
    let ranks = (ranks(one, &both), ranks(other, &both));
    let usual = (usual(one, &both), usual(other, &both));
    let mut items: Vec<Seen> = both
        .iter()
        .enumerate()
        .map(|(at, record)| {
            let ranks = (ranks.0[at], ranks.1[at]);
            let pulls = (
                pull(one, record, &usual.0, ranks.0 < ranks.1),
                pull(other, record, &usual.1, ranks.1 < ranks.0),
            );
            let pulls = if ranks.0 == ranks.1 { (None, None) } else { pulls };
            Seen { id: record.id().clone(), scores: scores[at], ranks, pulls }
        })
        .collect();
    sorted::by_key(&mut items, |item| std::cmp::Reverse(item.difference()));
    Lenses { tau: tau(&scores), items }
}

/// The median of each factor.
fn usual(framework: &Framework, list: &[Arc<Record>]) -> Vec<Option<f64>> {
    let values: Vec<_> = list.iter().map(|record| framework.values(record)).collect();
    let column = |at: usize| median(values.iter().filter_map(|values| values[at]).collect());
    (0..framework.factors.len()).map(column).collect()
}

/// The factor that pulls an item up, or down, most of all: how much its score changes by having
/// this factor as it is and not as it is usual, as a ratio where both scores are positive.
fn pull(
    framework: &Framework,
    record: &Record,
    usual: &[Option<f64>],
    is_up: bool,
) -> Option<Pull> {
    let values = framework.values(record);
    let score = |values: &[Option<f64>]| (framework.compute)(framework.factors, values).value();
    let own = score(&values)?;
    let way = if is_up { 1.0 } else { -1.0 };
    let pulls = framework.factors.iter().enumerate().filter_map(|(at, factor)| {
        let (value, usual) = (values[at]?, usual[at]?);
        let mut other = values.clone();
        other[at] = Some(usual);
        let other = score(&other)?;
        let effect = if own > 0.0 && other > 0.0 { libm::log(own / other) } else { own - other };
        (effect * way > 1e-12)
            .then_some((effect * way, Pull { factor: factor.id, value, usual, is_up }))
    });
    pulls.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, pull)| pull)
}

/// The rank of each item, from 1.
fn ranks(framework: &Framework, list: &[Arc<Record>]) -> Vec<usize> {
    let mut ranks = vec![0; list.len()];
    let order = order::by_score(framework, list);
    order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank + 1);
    ranks
}

/// Kendall's tau-b of pairs of scores: pairs in the same order less pairs in opposite order, by
/// the geometric mean of the pairs that are not tied in the one and in the other (Kendall 1945).
/// Without ties it is Kendall's tau.
pub fn tau(scores: &[(f64, f64)]) -> Option<f64> {
    let (mut agree, mut first, mut second) = (0_i64, 0_i64, 0_i64);
    for (at, a) in scores.iter().enumerate() {
        for b in &scores[at + 1..] {
            let (one, other) = (sign(a.0, b.0), sign(a.1, b.1));
            agree += one * other;
            first += one * one;
            second += other * other;
        }
    }
    let untied = (whole(first) * whole(second)).sqrt();
    (untied > 0.0).then(|| whole(agree) / untied)
}

fn sign(a: f64, b: f64) -> i64 {
    i64::from(a > b) - i64::from(a < b)
}

#[expect(clippy::cast_precision_loss, reason = "no list has 2^26 items, so pairs stay exact")]
fn whole(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::chance::tests::framework;
    use crate::workspace::{Field, Value};

    /// Example of Kendall's tau-b with ties as computed by `scipy.stats.kendalltau`.
    #[test]
    fn tau_is_one_for_the_same_order_and_counts_ties() {
        let tau = |a: &[f64], b: &[f64]| {
            tau(&a.iter().copied().zip(b.iter().copied()).collect::<Vec<_>>())
        };
        assert_eq!(tau(&[1.0, 2.0, 3.0], &[10.0, 20.0, 30.0]), Some(1.0));
        assert_eq!(tau(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        let known = tau(&[12.0, 2.0, 1.0, 12.0, 2.0], &[1.0, 4.0, 7.0, 1.0, 0.0]).unwrap();
        assert!((known + 0.471_404_520_791_031_7).abs() < 1e-12);
        assert_eq!(tau(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn the_items_that_differ_most_come_first() {
        let item = |(id, cost, value): (&str, f64, f64)| {
            let map = |names: [&str; 2], first| {
                let one = |name: &str, number| (name.into(), Value::Number(number));
                Value::map([one(names[0], first), one(names[1], 1.0)])
            };
            let ratings = Value::map([
                ("cd3".into(), map(["cost_of_delay", "duration"], cost)),
                ("value_effort".into(), map(["value", "effort"], value)),
            ]);
            Arc::new(Record::new(Id::new(id)).with(Field::Ratings, ratings))
        };
        let list = [("a", 9.0, 1.0), ("b", 8.0, 9.0), ("c", 7.0, 8.0)].map(item);
        let seen = compare(framework("cd3"), framework("value_effort"), &list);
        assert_eq!(seen.items[0].id, Id::new("a"));
        assert_eq!(seen.items[0].ranks, (1, 3));
        let (up, down) = seen.items[0].pulls.clone();
        let pull = |factor, value, is_up| Some(Pull { factor, value, usual: 8.0, is_up });
        assert_eq!(up, pull("cost_of_delay", 9.0, true));
        assert_eq!(down, pull("value", 1.0, false));
        assert!((seen.tau.unwrap() + 1.0 / 3.0).abs() < 1e-12);
    }
}
