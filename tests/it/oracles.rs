//! Formulas beside a second, plain writing of them, on ratings that chance made up.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::Arc;
use twohats::insight::chance::{Belief, beats};
use twohats::scoring::Framework;
use twohats::workspace::{Content, Date, Field, Id, Record, Value};

const TODAY: Date = Date::constant(2026, 11, 22);

fn map(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Map(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

fn rated(framework: &str, factors: impl IntoIterator<Item = (String, Value)>) -> Record {
    let ratings = map([(framework.to_owned(), map(factors))]);
    Record::new(Id::new("item")).with(Field::Ratings, ratings)
}

fn settings() -> Record {
    Record::new(Id::new(Content::SETTINGS))
}

/// The area under the bell curve left of `z`, by Simpson's rule.
fn area(z: f64) -> f64 {
    let (from, steps) = (-9.0, 2_000);
    let width = (z.clamp(-9.0, 9.0) - from) / f64::from(steps);
    let height = |at: i32| libm::exp(-(from + width * f64::from(at)).powi(2) / 2.0);
    let inner = |at| if at % 2 == 0 { 2.0 } else { 4.0 } * height(at);
    let sum: f64 = (1..steps).map(inner).sum::<f64>() + height(0) + height(steps);
    sum * width / 3.0 / (2.0 * std::f64::consts::PI).sqrt()
}

/// The ratings of an item in RICE: numbers from low to high, or the same number twice.
type Rice = [(f64, f64); 4];

fn rice() -> impl Strategy<Value = Rice> {
    let wide = |from: f64, to: f64| {
        (from..to, option::of(1.1..1.9))
            .prop_map(|(low, factor)| (low, low * factor.unwrap_or(1.0)))
    };
    let steps = prop::sample::select(vec![0.25, 0.5, 1.0, 2.0, 3.0]).prop_map(|step| (step, step));
    let sure = prop::sample::select(vec![50.0, 80.0, 100.0]).prop_map(|sure| (sure, sure));
    (wide(10.0, 900.0), steps, sure, wide(0.5, 9.0))
        .prop_map(|(reach, impact, sure, effort)| [reach, impact, sure, effort])
}

fn rice_record(rice: &Rice) -> Record {
    let names = ["reach", "impact", "confidence", "effort"].map(str::to_owned);
    let value = |(low, high): (f64, f64)| {
        if low < high {
            Value::list([Value::Number(low), Value::Number(high)])
        } else {
            Value::Number(low)
        }
    };
    rated("rice", names.into_iter().zip(rice.map(value)))
}

/// The logarithm of the score and the variance of it.
fn log_normal(rice: &Rice) -> (f64, f64) {
    let [reach, impact, sure, effort] = rice.map(|(low, high)| (low * high).sqrt());
    let within: f64 = if sure >= 100.0 {
        1.25
    } else if sure >= 80.0 {
        1.6
    } else {
        3.0
    };
    let wide = rice.iter().filter(|(low, high)| low < high);
    let spread = |(low, high): &(f64, f64)| ((high / low).ln() / 3.29).powi(2);
    let told: f64 = wide.clone().map(spread).sum();
    let untold = (4.0 - wide.map(|_| 1.0).sum::<f64>()) / 4.0;
    ((reach * impact * sure / 100.0 / effort).ln(), told + (within.ln() / 1.645).powi(2) * untold)
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn ice_as_an_average_is_the_mean_of_three(ratings in [1.0..10.0, 1.0..10.0, 1.0..10.0_f64]) {
        let settings = settings().with(Field::Ice, Value::text("average"));
        let ice = Framework::find("ice", &settings).unwrap();
        let names = ["impact", "confidence", "ease"].map(str::to_owned);
        let record = rated("ice", names.into_iter().zip(ratings.map(Value::Number)));
        let mean = (ratings[0] + ratings[1] + ratings[2]) / 3.0;
        prop_assert!((ice.score(&record).value().unwrap() - mean).abs() < 1e-9);
    }

    #[test]
    fn drivers_add_up_by_their_share_of_the_weights(
        drivers in vec((0.1..50.0_f64, -20.0..20.0_f64, 0.5..40.0_f64, any::<bool>(), 0.0..1.0_f64), 1..7)
    ) {
        let entries = |at: usize, (weight, low, range, cost, _): (f64, f64, f64, bool, f64)| map([
            ("id".to_owned(), Value::text(format!("d{at}"))),
            ("weight".to_owned(), Value::Number(weight)),
            ("low".to_owned(), Value::Number(low)),
            ("high".to_owned(), Value::Number(low + range)),
            ("cost".to_owned(), Value::Flag(cost)),
        ]);
        let list = drivers.iter().enumerate().map(|(at, driver)| entries(at, *driver)).collect();
        let settings = settings().with(Field::Drivers, Value::List(list));
        let weighted = Framework::find("weighted", &settings).unwrap();
        let rating = |(at, (_, low, range, _, share)): (usize, &(f64, f64, f64, bool, f64))| {
            (format!("d{at}"), Value::Number(low + range * share))
        };
        let record = rated("weighted", drivers.iter().enumerate().map(rating));
        let all: f64 = drivers.iter().map(|driver| driver.0).sum();
        let share = |(weight, _, _, cost, share): &(f64, f64, f64, bool, f64)| {
            weight / all * if *cost { 1.0 - share } else { *share }
        };
        let expected: f64 = drivers.iter().map(share).sum();
        prop_assert!((weighted.score(&record).value().unwrap() - expected).abs() < 1e-9);
    }

    #[test]
    fn musts_above_six_tenths_of_the_effort_are_worth_a_word(
        items in vec((0..4_usize, 1..14_u32), 1..12)
    ) {
        let moscow = Framework::find("moscow", &settings()).unwrap();
        let item = |(class, points): &(usize, u32)| {
            let class = Value::text(["must", "should", "could", "wont"][*class]);
            let record = rated("moscow", [("class".to_owned(), class)]);
            Arc::new(record.with(Field::Points, Value::Number(f64::from(*points))))
        };
        let list: Vec<Arc<Record>> = items.iter().map(item).collect();
        let sum = |most: usize| -> u32 {
            items.iter().filter(|(class, _)| *class < most).map(|(_, points)| points).sum()
        };
        let (must, all) = (sum(1), sum(3));
        prop_assert_eq!(!moscow.warnings(&list).is_empty(), must * 10 > all * 6);
    }

    #[test]
    fn a_chance_with_intervals_is_that_of_two_log_normals(a in rice(), b in rice()) {
        let framework = Framework::find("rice", &settings()).unwrap();
        let belief = |rice| Belief::of(framework, &rice_record(rice), TODAY).unwrap();
        let ((mean_a, var_a), (mean_b, var_b)) = (log_normal(&a), log_normal(&b));
        let expected = area((mean_a - mean_b) / (var_a + var_b).sqrt());
        let chance = beats(&belief(&a), &belief(&b));
        prop_assert!((chance - expected).abs() < 1e-6, "{chance} {expected}");
    }
}
