//! How an item is scored.
//!
//! A score depends on its item and on fixed anchors, never on the other items: adding, removing
//! or editing one item never changes the order of the rest. It is absent until every factor is
//! rated and the result is finite; a missing factor never counts as 0.

mod catalogue;
mod drivers;
mod factor;
pub mod formula;
pub mod kano;
pub mod moscow;
mod rated;
mod rubric;
mod size;
mod warning;

use crate::workspace::{Date, Field, Hat, Op, Record, Value};
use std::sync::Arc;

pub use catalogue::CATALOGUE;
pub use factor::{Factor, Role, Scale, written};
pub use rated::rated_on;
pub use rubric::Rubric;
pub use size::{Size, median, quantile};
pub use warning::Warning;

/// A way of scoring: its factors and how they make a number. Higher comes first.
#[derive(Debug, Clone, Copy)]
pub struct Framework {
    /// Its name in the file.
    pub id: &'static str,
    /// Its name on the screen; a framework with variants always names its variant.
    pub name: &'static str,
    /// Whether the settings ask for this variant of its id, and hold what it needs.
    pub when: fn(&Record) -> bool,
    /// What it is good for, in one line.
    pub summary: &'static str,
    /// What is rated, in the order of the form.
    pub factors: &'static [Factor],
    /// Where the factors are the person's own: the framework made of them.
    pub own: Option<fn(&'static Framework, &Record) -> Option<&'static Framework>>,
    /// The formula in words; `{id}` stands for a factor.
    pub formula: &'static str,
    /// The score of a rating per factor, each on its scale.
    pub compute: fn(&[Factor], &[Option<f64>]) -> Score,
    /// Whether it orders by class: its scores have no ratio, and two of a class no order.
    pub by_class: bool,
    /// What a score is called: its class or its band.
    pub word: fn(f64) -> Option<&'static str>,
    /// How ratings became the score, in a sentence.
    pub tell: fn(&Framework, Option<&Value>) -> String,
    /// What is worth a word about the ratings of a list.
    pub warn: fn(&Framework, &[Arc<Record>]) -> Vec<Warning>,
    /// Values and the score they make, as its source prints it: shown in help and run by a test.
    pub example: (&'static [f64], f64),
    /// Where the formula comes from.
    pub source: &'static str,
}

/// What a framework says of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum Score {
    /// Its score.
    Of(f64),
    /// No score yet: these factors are not rated.
    Needs(Vec<&'static str>),
}

impl Score {
    /// The number, where there is one.
    pub fn value(&self) -> Option<f64> {
        if let Self::Of(value) = self { Some(*value) } else { None }
    }
}

impl Framework {
    /// The framework of this id, in the variant that the settings ask for.
    pub fn find(id: &str, settings: &Record) -> Option<&'static Self> {
        let row = CATALOGUE.iter().find(|row| row.id == id && (row.when)(settings))?;
        row.own.map_or(Some(row), |own| own(row, settings))
    }

    /// Every framework that can be used with these settings, each in its variant.
    pub fn all(settings: &Record) -> Vec<&'static Self> {
        let rows = CATALOGUE.iter().filter(|row| (row.when)(settings));
        rows.filter_map(|row| Self::find(row.id, settings)).collect()
    }

    /// The framework a pane is scored with: RICE and WSJF unless the settings say otherwise.
    pub fn of(hat: Hat, settings: &Record) -> &'static Self {
        let (field, default) = match hat {
            Hat::Pm => (Field::RoadmapFramework, "rice"),
            Hat::Po => (Field::BacklogFramework, "wsjf"),
        };
        Self::find(settings.text(field), settings)
            .or_else(|| Self::find(default, settings))
            .unwrap_or(&CATALOGUE[0])
    }

    /// The factor of this id.
    pub fn factor(&self, id: &str) -> Option<&'static Factor> {
        self.factors.iter().find(|factor| factor.id == id)
    }

    /// What this framework says of `record`.
    pub fn score(&self, record: &Record) -> Score {
        (self.compute)(self.factors, &self.values(record))
    }

    /// What the ratings of `record` count as, factor by factor.
    pub fn values(&self, record: &Record) -> Vec<Option<f64>> {
        let ratings = self.ratings(record);
        let value = |factor: &Factor| factor.value(ratings?.get(factor.id)?);
        self.factors.iter().map(value).collect()
    }

    /// Ratings of `record` that count as not given because their factor does not take them, in
    /// words.
    pub fn off_scale(&self, record: &Record) -> Vec<String> {
        let ratings = self.ratings(record);
        let off = |factor: &Factor| factor.off_scale(ratings?.get(factor.id)?);
        self.factors.iter().filter_map(off).collect()
    }

    /// The ratings of `record` in this framework.
    pub fn ratings<'a>(&self, record: &'a Record) -> Option<&'a Value> {
        record.get(Field::Ratings)?.get(self.id)
    }

    /// The score as a sentence: `reach 450 × impact 3 × confidence 100 % ÷ effort 2`. Factors
    /// that are not rated show as `?`.
    pub fn explain(&self, record: &Record) -> String {
        (self.tell)(self, self.ratings(record))
    }

    /// A score as shown: its class where it is one, else its number.
    pub fn shown(&self, score: f64) -> String {
        let class = (self.word)(score).filter(|_| self.by_class);
        class.map_or_else(|| shown(score), str::to_owned)
    }

    /// What is worth a word about the ratings of these items.
    pub fn warnings(&self, list: &[Arc<Record>]) -> Vec<Warning> {
        (self.warn)(self, list)
    }

    /// The change that rates a factor of `record`, or clears it, with the day in `rated`.
    pub fn rate(
        &self,
        record: &Record,
        values: &[(&'static str, Option<Value>)],
        today: Date,
    ) -> Op {
        let ratings = record.get(Field::Ratings);
        let old = ratings.and_then(|ratings| ratings.get(self.id));
        let new = values.iter().fold(old.cloned(), |map, (factor, value)| {
            Value::with(map.as_ref(), factor, value.clone())
        });
        if old == new.as_ref() {
            return Op::Batch(Vec::new());
        }
        let rated = new.is_some().then_some(Value::Date(today));
        let edit = |field, value| Op::Edit { id: record.id().clone(), field, value };
        Op::Batch(vec![
            edit(Field::Ratings, Value::with(ratings, self.id, new)),
            edit(Field::Rated, Value::with(record.get(Field::Rated), self.id, rated)),
        ])
    }
}

/// A score as shown: whole from 100 on, with one digit below that, with two below 1. Halves are
/// rounded up, as people do by hand.
pub fn shown(score: f64) -> String {
    let (digits, parts) = match score.abs() {
        size if size >= 99.95 => (0, 1.0),
        size if size >= 0.995 => (1, 10.0),
        _ => (2, 100.0),
    };
    let rounded = (score * parts).round() / parts;
    format!("{rounded:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Id;

    fn rated(framework: &str, values: &[(&str, Value)]) -> Record {
        let factors = values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let ratings = Value::map([(framework.into(), Value::Map(factors))]);
        Record::new(Id::new("a")).with(Field::Ratings, ratings)
    }

    fn settings() -> Record {
        Record::new(Id::new("@settings"))
    }

    fn rice() -> &'static Framework {
        Framework::find("rice", &settings()).unwrap()
    }

    fn computed(framework: &Framework, values: &[f64]) -> f64 {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        (framework.compute)(framework.factors, &values).value().unwrap()
    }

    #[test]
    fn every_framework_gives_what_its_source_prints() {
        for framework in CATALOGUE {
            let (values, score) = framework.example;
            assert_eq!(values.len(), framework.factors.len(), "{}", framework.name);
            let computed = computed(framework, values);
            assert!((computed - score).abs() < 0.05, "{}: {computed}", framework.name);
            let fits = framework.factors.iter().zip(values).all(|(f, v)| f.scale.holds(*v));
            assert!(fits, "{}", framework.name);
        }
    }

    /// Vectors R1, R2, I1, W1, C1, O1 and G1: printed by, or derived from the inputs of, their
    /// sources.
    #[test]
    fn published_scores_come_out() {
        let vectors: &[(&str, &[f64], f64)] = &[
            ("rice", &[450.0, 3.0, 100.0, 2.0], 675.0),
            ("rice", &[2000.0, 1.0, 80.0, 4.0], 400.0),
            ("rice", &[800.0, 2.0, 50.0, 1.0], 800.0),
            ("rice", &[5000.0, 2.0, 80.0, 2.0], 4000.0),
            ("rice", &[3000.0, 1.0, 100.0, 1.5], 2000.0),
            ("rice", &[8000.0, 0.5, 100.0, 3.0], 1_333.333_333),
            ("ice", &[8.0, 6.0, 3.0], 144.0),
            ("wsjf", &[8.0, 5.0, 3.0, 5.0], 3.2),
            ("wsjf", &[8.0, 5.0, 3.0, 2.0], 8.0),
            ("cd3", &[10.0, 2.0], 5.0),
            ("cd3", &[30.0, 4.0], 7.5),
            ("opportunity", &[9.0, 3.0], 15.0),
            ("opportunity", &[9.0, 9.0], 9.0),
            ("opportunity", &[8.0, 4.0], 12.0),
            ("weighted", &[9.0, 10.0, 4.0, 8.0], 0.81),
        ];
        for (id, values, score) in vectors {
            let framework = CATALOGUE.iter().find(|row| row.id == *id).unwrap();
            assert!((computed(framework, values) - score).abs() < 1e-6, "{id} {values:?}");
        }
    }

    #[test]
    fn a_missing_factor_is_named_and_never_counts_as_nothing() {
        let item = rated("rice", &[("reach", Value::Number(5.0)), ("impact", Value::Number(1.0))]);
        assert_eq!(rice().score(&item), Score::Needs(vec!["confidence", "effort"]));
        assert_eq!(rice().explain(&item), "reach 5 × impact 1 × confidence ? ÷ effort ?");
    }

    #[test]
    fn a_factor_off_its_scale_counts_as_not_rated() {
        let values = [("value", 4.0), ("urgency", 5.0), ("opportunity", 3.0), ("size", 5.0)];
        let item = rated("wsjf", &values.map(|(name, v)| (name, Value::Number(v))));
        let wsjf = Framework::find("wsjf", &settings()).unwrap();
        assert_eq!(wsjf.score(&item), Score::Needs(vec!["value"]));
        assert_eq!(wsjf.off_scale(&item), ["value 4 is not on its scale 1 2 3 5 8 13 20"]);
    }

    #[test]
    fn ice_names_its_variant_and_follows_the_setting() {
        let average = settings().with(Field::Ice, Value::text("average"));
        let ice = Framework::find("ice", &average).unwrap();
        assert!(ice.name.contains("average"));
        assert!((computed(ice, &[9.0, 6.0, 3.0]) - 6.0).abs() < 1e-9);
    }

    #[test]
    fn an_opportunity_has_a_band() {
        let framework = Framework::find("opportunity", &settings()).unwrap();
        let bands = [15.1, 15.0, 12.0, 10.0, 9.9].map(|score| (framework.word)(score).unwrap());
        let words = ["extreme", "high", "high", "solid", "well"];
        assert!(bands.iter().zip(words).all(|(band, word)| band.starts_with(word)), "{bands:?}");
    }

    #[test]
    fn a_class_is_shown_as_its_word_and_a_number_as_a_number() {
        let moscow = Framework::find("moscow", &settings()).unwrap();
        let item = rated("moscow", &[("class", Value::text("should"))]);
        let score = moscow.score(&item).value().unwrap();
        assert_eq!(moscow.shown(score), "should");
        assert_eq!(moscow.explain(&item), "class should");
        assert_eq!(rice().shown(675.0), "675");
        let halves = [112.5, 2.25, 0.125, -2.25, 99.95, 0.995];
        assert_eq!(halves.map(shown), ["113", "2.3", "0.13", "-2.3", "100", "1.0"]);
    }

    /// A score is computed from its item alone, so the same item has the same score among any
    /// others: here each item is scored in two lists that share nothing else.
    #[test]
    fn every_framework_orders_two_items_alike_whoever_else_is_there() {
        let mut random = fastrand::Rng::with_seed(5);
        for framework in CATALOGUE {
            let mut item = || {
                let factors = framework.factors.iter().map(|factor| {
                    let steps = factor.scale.steps;
                    let value = match steps.len() {
                        0 => Value::Number(1.0 + random.f64() * 8.0),
                        count if factor.scale.classes => {
                            Value::text(steps[random.usize(..count)].1)
                        }
                        count => Value::Number(steps[random.usize(..count)].0),
                    };
                    (factor.id, value)
                });
                let factors: Vec<_> = factors.collect();
                Arc::new(rated(framework.id, &factors))
            };
            for _ in 0..100 {
                let list: Vec<_> = (0..5).map(|_| item()).collect();
                let order = by_score(framework, &list);
                let fewer = by_score(framework, &list[..2]);
                let kept: Vec<_> = order.into_iter().filter(|at| *at < 2).collect();
                assert_eq!(kept, fewer, "{}", framework.name);
            }
        }
    }

    fn by_score(framework: &Framework, list: &[Arc<Record>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..list.len()).collect();
        let score = |at: &usize| framework.score(&list[*at]).value().unwrap_or(f64::MIN);
        order.sort_by(|a, b| score(b).total_cmp(&score(a)));
        order
    }
}
