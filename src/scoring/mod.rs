//! How an item is scored.
//!
//! A score depends on its item and on fixed anchors, never on the other items: adding, removing
//! or editing one item never changes the order of the rest. It is absent until every factor is
//! rated and the result is finite; a missing factor never counts as 0.

mod catalogue;
mod rated;

use crate::workspace::{Field, Hat, Op, Record, Value};

pub use catalogue::CATALOGUE;
pub use rated::rated_on;

/// A way of scoring: its factors and how they make a number. Higher comes first.
#[derive(Debug)]
pub struct Framework {
    /// Its name in the file.
    pub id: &'static str,
    /// Its name on the screen; a framework with variants always names its variant.
    pub name: &'static str,
    /// Whether the settings ask for this variant of its id.
    pub when: fn(&Record) -> bool,
    /// What it is good for, in one line.
    pub summary: &'static str,
    /// What is rated, in the order of the form.
    pub factors: &'static [Factor],
    /// The formula in words; `{id}` stands for a factor.
    pub formula: &'static str,
    /// The score of a value per factor, each on its scale.
    pub compute: fn(&[f64]) -> f64,
    /// Values and the score they make, as its source prints it: shown in help and run by a test.
    pub example: (&'static [f64], f64),
    /// Where the formula comes from.
    pub source: &'static str,
}

/// Something that is rated.
#[derive(Debug)]
pub struct Factor {
    /// Its name in the file.
    pub id: &'static str,
    /// Its name on the screen.
    pub name: &'static str,
    /// What it is counted in, as written behind a number; may be empty.
    pub unit: &'static str,
    /// The values it takes.
    pub scale: Scale,
    /// The question the person answers.
    pub question: &'static str,
}

/// The values a factor takes: the numbers from `min` to `max`.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The smallest.
    pub min: f64,
    /// Whether `min` itself is too small.
    pub open: bool,
    /// The largest; infinite where there is none.
    pub max: f64,
    /// Values with what they mean, from the largest; the form offers them.
    pub steps: &'static [(f64, &'static str)],
    /// Whether only the steps are allowed.
    pub only_steps: bool,
}

impl Scale {
    /// Whether a factor may have this value.
    pub fn holds(&self, value: f64) -> bool {
        let above = if self.open { value > self.min } else { value >= self.min };
        let inside = value.is_finite() && above && value <= self.max;
        inside && (!self.only_steps || self.word(value).is_some())
    }

    /// What this value is called, where it has a name.
    pub fn word(&self, value: f64) -> Option<&'static str> {
        let same = |step: &&(f64, &str)| (step.0 - value).abs() < f64::EPSILON;
        self.steps.iter().find(same).map(|(_, word)| *word)
    }

    /// The values it takes, in words.
    pub fn words(&self) -> String {
        if self.only_steps {
            let steps: Vec<_> = self.steps.iter().map(|(value, _)| value.to_string()).collect();
            return format!("one of {}", steps.join(" "));
        }
        match (self.open, self.max.is_finite()) {
            (true, true) => format!("above {}, at most {}", self.min, self.max),
            (true, false) => format!("above {}", self.min),
            (false, true) => format!("{} to {}", self.min, self.max),
            (false, false) => format!("at least {}", self.min),
        }
    }
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
        CATALOGUE.iter().find(|row| row.id == id && (row.when)(settings))
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
        let ratings = record.get(Field::Ratings).and_then(|ratings| ratings.get(self.id));
        let values = self.factors.iter().map(|factor| factor.value(ratings?.get(factor.id)?));
        let Some(values) = values.collect::<Option<Vec<f64>>>() else {
            return Score::Needs(self.unrated(ratings));
        };
        let score = (self.compute)(&values);
        if score.is_finite() { Score::Of(score) } else { Score::Needs(self.unrated(None)) }
    }

    /// The score as a sentence: `reach 450 × impact 3 × confidence 100 % ÷ effort 2`. Factors
    /// that are not rated show as `?`.
    pub fn explain(&self, record: &Record) -> String {
        let ratings = record.get(Field::Ratings).and_then(|ratings| ratings.get(self.id));
        self.factors.iter().fold(self.formula.to_owned(), |text, factor| {
            let rated = ratings.and_then(|ratings| ratings.get(factor.id));
            let shown = rated.map_or("?".to_owned(), |value| factor.show(value));
            text.replace(&format!("{{{}}}", factor.id), &format!("{} {shown}", factor.name))
        })
    }

    /// The change that rates a factor of `record`, or clears it, with the day in `rated`.
    pub fn rate(
        &self,
        record: &Record,
        values: &[(&'static str, Option<Value>)],
        today: crate::workspace::Date,
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

    fn unrated(&self, ratings: Option<&Value>) -> Vec<&'static str> {
        let rated = |factor: &Factor| {
            ratings.and_then(|ratings| factor.value(ratings.get(factor.id)?)).is_some()
        };
        self.factors.iter().filter(|factor| !rated(factor)).map(|factor| factor.id).collect()
    }
}

impl Factor {
    /// The number a rating counts as: itself, or the median √(low × high) of an interval. `None`
    /// when it is off the scale.
    pub fn value(&self, rating: &Value) -> Option<f64> {
        match rating {
            Value::Number(number) => Some(*number).filter(|number| self.scale.holds(*number)),
            Value::List(ends) => {
                let [Value::Number(low), Value::Number(high)] = ends.as_slice() else {
                    return None;
                };
                let inside = *low > 0.0 && *low >= self.scale.min && low <= high;
                let inside = inside && *high <= self.scale.max;
                inside.then(|| (low * high).sqrt())
            }
            _ => None,
        }
    }

    /// A rating as written: `450`, `300..600`, with its unit.
    pub fn show(&self, rating: &Value) -> String {
        let unit = if self.unit == "%" { " %" } else { "" };
        format!("{}{unit}", written(rating))
    }

    /// The rating that `text` spells: a number, or `low..high`.
    ///
    /// # Errors
    /// What is wrong with it and what would be right, in words.
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
        let value = match text.split_once("..") {
            Some((low, high)) => number(low)
                .zip(number(high))
                .map(|(low, high)| Value::List(vec![Value::Number(low), Value::Number(high)])),
            None => number(text).map(Value::Number),
        };
        value
            .filter(|value| self.value(value).is_some())
            .ok_or_else(|| format!("{} is {}", self.name, self.scale.words()))
    }
}

/// A rating as it is typed.
pub fn written(rating: &Value) -> String {
    match rating {
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::List(ends) => ends.iter().map(written).collect::<Vec<_>>().join(".."),
        _ => String::new(),
    }
}

/// A score as shown: whole from 100 on, with one digit below that, with two below 1.
pub fn shown(score: f64) -> String {
    let digits = match score.abs() {
        size if size >= 99.95 => 0,
        size if size >= 0.995 => 1,
        _ => 2,
    };
    format!("{score:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Id;

    fn rated(framework: &str, values: &[(&str, Value)]) -> Record {
        let factors = values.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let ratings = Value::Map(vec![(framework.into(), Value::Map(factors))]);
        Record::new(Id::new("a")).with(Field::Ratings, ratings)
    }

    fn settings() -> Record {
        Record::new(Id::new("@settings"))
    }

    fn rice() -> &'static Framework {
        Framework::find("rice", &settings()).unwrap()
    }

    #[test]
    fn every_framework_gives_what_its_source_prints() {
        for framework in CATALOGUE {
            let (values, score) = framework.example;
            assert_eq!(values.len(), framework.factors.len(), "{}", framework.name);
            let computed = (framework.compute)(values);
            assert!((computed - score).abs() < 0.05, "{}: {computed}", framework.name);
            let fits = framework.factors.iter().zip(values).all(|(f, v)| f.scale.holds(*v));
            assert!(fits, "{}", framework.name);
        }
    }

    /// Vectors R1, R2, I1, W1 and C1: printed by, or derived from the inputs of, their sources.
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
        ];
        for (id, values, score) in vectors {
            let framework = Framework::find(id, &settings()).unwrap();
            assert!(((framework.compute)(values) - score).abs() < 1e-6, "{id} {values:?}");
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
    }

    #[test]
    fn an_interval_counts_as_its_median() {
        let reach = rice().factor("reach").unwrap();
        let interval = reach.parse("100..400").unwrap();
        assert_eq!(reach.value(&interval), Some(200.0));
        assert_eq!(reach.show(&interval), "100..400");
        assert!(reach.parse("400..100").is_err());
    }

    #[test]
    fn ice_names_its_variant_and_follows_the_setting() {
        let average = settings().with(Field::Ice, Value::text("average"));
        let ice = Framework::find("ice", &average).unwrap();
        assert!(ice.name.contains("average"));
        assert!(((ice.compute)(&[9.0, 6.0, 3.0]) - 6.0).abs() < 1e-9);
    }
}
