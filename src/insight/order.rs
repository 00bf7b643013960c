//! In what order would the scores put them?

use crate::scoring::Framework;
use crate::workspace::{Id, Lookup, Op, Place, Record};
use std::cmp::Ordering;
use std::sync::Arc;

/// The indexes of `list` in score order, highest first. Items without a score keep their place;
/// the others share the places they hold. Equal scores keep their own order.
pub fn by_score(framework: &Framework, list: &[Arc<Record>]) -> Vec<usize> {
    by_scores(list.iter().map(|record| framework.score(record).value()))
}

/// The same of what is known of each item, its score or that it has none.
pub fn by_scores(scores: impl ExactSizeIterator<Item = Option<f64>>) -> Vec<usize> {
    sharing(scores.len(), highest_first(scores))
}

/// The indexes of what has a score, highest first. Equal scores keep their order.
pub(super) fn highest_first(scores: impl Iterator<Item = Option<f64>>) -> Vec<usize> {
    let scored = scores.enumerate().filter_map(|(at, score)| Some((score?, at)));
    let mut scored: Vec<(f64, usize)> = scored.collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().map(|(_, at)| at).collect()
}

/// The indexes of `list` with the items of `order` in that order, among the places they hold.
pub fn placed(list: &[Arc<Record>], order: &[Id]) -> Vec<usize> {
    let at: Lookup<&Id, usize> =
        list.iter().enumerate().map(|(at, record)| (record.id(), at)).collect();
    sharing(list.len(), order.iter().filter_map(|id| at.get(id).copied()).collect())
}

/// What puts the items of a place in the order of these indexes; `None` where they stand so.
pub fn arranged(place: Place, list: &[Arc<Record>], order: &[usize]) -> Option<Op> {
    let moved = order.iter().enumerate().filter(|(to, at)| to != *at);
    let order: Arc<[Id]> = moved.map(|(_, at)| list[*at].id().clone()).collect();
    (!order.is_empty()).then_some(Op::Arrange { place, order })
}

/// The indexes up to `count` where those of `order` share, in that order, the places they hold.
fn sharing(count: usize, order: Vec<usize>) -> Vec<usize> {
    let mut moves = vec![false; count];
    order.iter().for_each(|at| moves[*at] = true);
    let mut next = order.into_iter();
    (0..count).map(|at| if moves[at] { next.next().unwrap_or(at) } else { at }).collect()
}

/// Where an item that stands at `at` would stand in score order with this score, from 1: behind
/// all that are higher, and behind its equals that stand above it, in one of the places that those
/// with a score share. `others`: of each of these where it stands, ascending, and its score.
pub fn standing(score: f64, at: usize, others: &[(usize, f64)]) -> usize {
    let is_before = |(index, other): &&(usize, f64)| match other.total_cmp(&score) {
        Ordering::Greater => true,
        Ordering::Equal => *index < at,
        Ordering::Less => false,
    };
    let before = others.iter().filter(is_before).count();
    let above = others.partition_point(|(index, _)| *index < at);
    let place = match before.cmp(&above) {
        Ordering::Less => others[before].0,
        Ordering::Equal => at,
        Ordering::Greater => others[before - 1].0,
    };
    place + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Value};

    fn item(id: &str, score: Option<f64>) -> Arc<Record> {
        let record = Record::new(Id::new(id));
        let Some(value) = score else { return Arc::new(record) };
        let cd3 = Value::map([
            ("cost_of_delay".into(), Value::Number(value)),
            ("duration".into(), Value::Number(1.0)),
        ]);
        Arc::new(record.with(Field::Ratings, Value::map([("cd3".into(), cd3)])))
    }

    fn order(list: &[Arc<Record>]) -> String {
        let settings = Record::new(Id::new("s"));
        let cd3 = Framework::find("cd3", &settings).unwrap();
        by_score(cd3, list).iter().map(|at| list[*at].id().as_str()).collect()
    }

    #[test]
    fn unscored_items_keep_their_place_and_equals_their_order() {
        let list = [
            item("a", Some(1.0)),
            item("b", None),
            item("c", Some(3.0)),
            item("d", Some(1.0)),
            item("e", Some(0.0)),
        ];
        assert_eq!(order(&list), "cbade");
    }

    #[test]
    fn strangers_never_reorder() {
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..200 {
            let a = random.f64() * 10.0;
            let b = random.f64() * 10.0;
            let stranger = random.f64() * 1000.0;
            let two = order(&[item("a", Some(a)), item("b", Some(b))]);
            let three = order(&[item("a", Some(a)), item("b", Some(b)), item("x", Some(stranger))]);
            assert_eq!(three.replace('x', ""), two);
        }
    }

    #[test]
    fn where_an_item_would_stand_is_where_score_order_puts_it() {
        let mut random = fastrand::Rng::with_seed(2);
        let settings = Record::new(Id::new("s"));
        let cd3 = Framework::find("cd3", &settings).unwrap();
        for _ in 0..300 {
            let score = |random: &mut fastrand::Rng| f64::from(random.u8(1..5));
            let mut any = || random.bool().then(|| score(&mut random));
            let mut list: Vec<_> = (0..8).map(|at| item(&at.to_string(), any())).collect();
            let (at, now) = (random.usize(..8), score(&mut random));
            let scores = list.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<_> =
                scores.filter_map(|(at, one)| Some((at, cd3.score(one).value()?))).collect();
            let stands = standing(now, at, &others);
            list[at] = item(&at.to_string(), Some(now));
            let place = by_score(cd3, &list).iter().position(|other| *other == at).unwrap();
            assert_eq!(stands, place + 1);
        }
    }
}
