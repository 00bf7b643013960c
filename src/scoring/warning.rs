//! What is worth a word about the ratings of a list, though each of them is allowed.

use super::{Framework, moscow};
use crate::workspace::{Id, Record};
use std::sync::Arc;

/// A word about ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// The item it is about; none where it is about all of them.
    pub item: Option<Id>,
    /// The factor it is about.
    pub factor: &'static str,
    /// The word.
    pub words: String,
}

/// Nothing is worth a word.
pub(super) fn none(_: &Framework, _: &[Arc<Record>]) -> Vec<Warning> {
    Vec::new()
}

/// What there is to say of a value.
type Doubt = fn(f64) -> Option<String>;

/// Factors whose ratings may be meant in other units, each with what is said of a value.
const DOUBTS: [(&str, Doubt); 2] = [("effort", tiny), ("confidence", faint)];

/// An effort below half a person-month is more likely a slip of units than a small item.
fn tiny(effort: f64) -> Option<String> {
    (effort < 0.5).then(|| {
        format!(
            "an effort of {effort} person-months is below 0.5: is it really that small, \
             or was it meant in other units?"
        )
    })
}

/// A confidence of at most 1 % is more likely a share of one than so little of a hundred.
fn faint(percent: f64) -> Option<String> {
    let meant = (percent * 100.0).round();
    (percent > 0.0 && percent <= 1.0)
        .then(|| format!("a confidence of {percent} % is next to none: was {meant} % meant?"))
}

/// What is more likely meant in other units than so small.
pub(super) fn other_units(framework: &Framework, list: &[Arc<Record>]) -> Vec<Warning> {
    let doubted = |(id, doubt): (&'static str, Doubt)| {
        let at = framework.factors.iter().position(|factor| factor.id == id);
        list.iter().filter_map(move |item| {
            let words = doubt(framework.values(item)[at?]?)?;
            Some(Warning { item: Some(item.id().clone()), factor: id, words })
        })
    };
    DOUBTS.into_iter().flat_map(doubted).collect()
}

/// WSJF compares: in each column the smallest item is the 1 that the others are measured by.
pub(super) fn no_smallest(framework: &Framework, list: &[Arc<Record>]) -> Vec<Warning> {
    let rows: Vec<_> = list.iter().map(|item| framework.values(item)).collect();
    let columns = framework.factors.iter().enumerate().filter(|(at, factor)| {
        let mut column = rows.iter().filter_map(|row| row[*at]).peekable();
        column.peek().is_some() && !column.any(|value| value <= factor.scale.min)
    });
    columns
        .map(|(_, factor)| Warning {
            item: None,
            factor: factor.id,
            words: format!(
                "no {} is a 1: give the smallest one a 1 and compare with it",
                factor.name
            ),
        })
        .collect()
}

/// Musts above [`moscow::LIMIT`] of the effort leave nothing to give way.
pub(super) fn too_many_musts(_: &Framework, list: &[Arc<Record>]) -> Vec<Warning> {
    let load = moscow::load(list).filter(|load| load.share() > moscow::LIMIT + 1e-9);
    let words = |load: moscow::Load| {
        let share = (load.share() * 100.0).ceil();
        format!(
            "must is {share} % of the effort ({}): above 60 % nothing is left to give way",
            load.measure
        )
    };
    load.map(|load| Warning { item: None, factor: "class", words: words(load) })
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Value};

    fn list(framework: &str, rows: &[&[(&str, f64)]]) -> Vec<Arc<Record>> {
        let item = |row: &&[(&str, f64)]| {
            let factors = row.iter().map(|(id, value)| ((*id).into(), Value::Number(*value)));
            let ratings = Value::map([(framework.into(), Value::Map(factors.collect()))]);
            Arc::new(Record::new(Id::new("a")).with(Field::Ratings, ratings))
        };
        rows.iter().map(item).collect()
    }

    fn warned(framework: &str, rows: &[&[(&str, f64)]]) -> Vec<&'static str> {
        let settings = Record::new(Id::new("s"));
        let framework = Framework::find(framework, &settings).unwrap();
        framework.warnings(&list(framework.id, rows)).iter().map(|word| word.factor).collect()
    }

    #[test]
    fn a_column_without_a_one_is_worth_a_word_once_something_stands_in_it() {
        assert_eq!(warned("wsjf", &[&[("value", 1.0), ("size", 5.0)], &[("size", 2.0)]]), ["size"]);
        assert_eq!(warned("wsjf", &[&[]]), [""; 0]);
    }

    #[test]
    fn an_effort_below_half_a_month_is_worth_a_word() {
        assert_eq!(warned("rice", &[&[("effort", 0.4)], &[("effort", 0.5)]]), ["effort"]);
    }

    #[test]
    fn a_confidence_of_one_percent_is_likely_a_share_of_one() {
        let rows = [0.0, 0.8, 1.0, 1.5, 80.0].map(|percent| [("confidence", percent)]);
        assert_eq!(warned("rice", &rows.each_ref().map(|row| &row[..])), ["confidence"; 2]);
    }
}
