//! In what order would the scores put them?

use crate::scoring::Framework;
use crate::workspace::Record;
use std::sync::Arc;

/// The indexes of `list` in score order, highest first. Items without a score keep their place;
/// the others share the places they hold. Equal scores keep their own order.
pub fn by_score(framework: &Framework, list: &[Arc<Record>]) -> Vec<usize> {
    let scores: Vec<Option<f64>> =
        list.iter().map(|record| framework.score(record).value()).collect();
    let mut scored: Vec<(f64, usize)> =
        scores.iter().enumerate().filter_map(|(at, score)| Some(((*score)?, at))).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut highest = scored.into_iter().map(|(_, at)| at);
    let place = |(at, score): (usize, &Option<f64>)| {
        if score.is_some() { highest.next().unwrap_or(at) } else { at }
    };
    scores.iter().enumerate().map(place).collect()
}

/// Where an item with this score would stand among the scores of `others`, from 1: behind all
/// that are at least as high.
pub fn standing(score: f64, others: impl Iterator<Item = f64>) -> usize {
    others.filter(|other| *other >= score).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Id, Value};

    fn item(id: &str, score: Option<f64>) -> Arc<Record> {
        let record = Record::new(Id::new(id));
        let Some(value) = score else { return Arc::new(record) };
        let cd3 = Value::Map(vec![
            ("cost_of_delay".into(), Value::Number(value)),
            ("duration".into(), Value::Number(1.0)),
        ]);
        Arc::new(record.with(Field::Ratings, Value::Map(vec![("cd3".into(), cd3)])))
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
}
