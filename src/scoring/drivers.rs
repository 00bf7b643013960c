//! The person's own framework, made of the drivers in the settings.

use super::{Factor, Framework, Role, Scale};
use crate::workspace::{Field, Record, Value};
use std::sync::{Mutex, PoisonError};

/// A driver as the settings have it.
struct Driver<'a> {
    id: &'a str,
    name: &'a str,
    weight: f64,
    low: f64,
    high: f64,
    cost: bool,
}

/// The drivers that can be used: named, of some weight, their anchors in order, each id once.
fn drivers(settings: &Record) -> Vec<Driver<'_>> {
    let mut usable: Vec<Driver> = Vec::new();
    for driver in settings.list(Field::Drivers).iter().filter_map(driver) {
        if usable.iter().all(|other| other.id != driver.id) {
            usable.push(driver);
        }
    }
    usable
}

fn driver(value: &Value) -> Option<Driver<'_>> {
    let text = |part| value.get(part).and_then(Value::as_text).filter(|text| !text.is_empty());
    let number = |part| value.get(part).and_then(Value::as_number);
    let id = text("id")?;
    let name = text("name").unwrap_or(id);
    let (weight, low, high) = (number("weight")?, number("low")?, number("high")?);
    let cost = value.get("cost") == Some(&Value::Flag(true));
    (weight > 0.0 && low < high).then_some(Driver { id, name, weight, low, high, cost })
}

/// Whether the settings have drivers that can be used.
pub(super) fn are_set(settings: &Record) -> bool {
    !drivers(settings).is_empty()
}

/// `row` with the drivers of the settings as its factors; their weights sum to 1.
///
/// A framework lives as long as the program, like the rows of the catalogue. Each different set
/// of drivers is therefore made once and kept: a person has few of them in a lifetime.
pub(super) fn framework(row: &'static Framework, settings: &Record) -> Option<&'static Framework> {
    static MADE: Mutex<Vec<(Value, &'static Framework)>> = Mutex::new(Vec::new());
    let set = settings.get(Field::Drivers)?;
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, framework)) = made.iter().find(|(drivers, _)| drivers == set) {
        return Some(framework);
    }
    let framework: &'static Framework = Box::leak(Box::new(make(row, &drivers(settings))));
    made.push((set.clone(), framework));
    Some(framework)
}

fn make(row: &Framework, drivers: &[Driver]) -> Framework {
    let all: f64 = drivers.iter().map(|driver| driver.weight).sum();
    let term = |driver: &Driver| {
        let percent = (driver.weight / all * 1000.0).round() / 10.0;
        format!("{percent} % of {{{}}}", driver.id)
    };
    let formula = drivers.iter().map(term).collect::<Vec<_>>().join(" + ");
    let factors: Vec<Factor> = drivers.iter().map(|driver| factor(driver, all)).collect();
    Framework { factors: factors.leak(), formula: formula.leak(), ..*row }
}

fn factor(driver: &Driver, all: f64) -> Factor {
    let Driver { low, high, .. } = *driver;
    let (zero, one) = if driver.cost { (high, low) } else { (low, high) };
    let less = if driver.cost { ", less is better" } else { "" };
    let question = format!("Where is it between {low} and {high}{less}?");
    let kept = |text: &str| -> &'static str { text.to_owned().leak() };
    Factor::new(kept(driver.id), kept(driver.name), Scale::between(low, high))
        .asks(question.leak())
        .role(Role::Plus { weight: driver.weight / all, zero, one })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Id;

    fn settings(drivers: &[(&str, f64, f64, f64, bool)]) -> Record {
        let driver = |(id, weight, low, high, cost): &(&str, f64, f64, f64, bool)| {
            Value::map([
                ("id".into(), Value::text(id)),
                ("weight".into(), Value::Number(*weight)),
                ("low".into(), Value::Number(*low)),
                ("high".into(), Value::Number(*high)),
                ("cost".into(), Value::Flag(*cost)),
            ])
        };
        let drivers = Value::List(drivers.iter().map(driver).collect());
        Record::new(Id::new("s")).with(Field::Drivers, drivers)
    }

    fn score(framework: &Framework, values: &[f64]) -> f64 {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        (framework.compute)(framework.factors, &values).value().unwrap()
    }

    #[test]
    fn weights_sum_to_one_and_costs_are_turned_round() {
        let settings = settings(&[("nps", 30.0, 0.0, 10.0, false), ("risk", 10.0, 1.0, 5.0, true)]);
        let weighted = Framework::find("weighted", &settings).unwrap();
        assert!((score(weighted, &[10.0, 1.0]) - 1.0).abs() < 1e-12);
        assert!((score(weighted, &[0.0, 5.0])).abs() < 1e-12);
        assert!((score(weighted, &[5.0, 5.0]) - 0.375).abs() < 1e-12);
        assert_eq!(weighted.formula, "75 % of {nps} + 25 % of {risk}");
    }

    #[test]
    fn the_same_drivers_are_the_same_framework_and_none_are_none() {
        let one = settings(&[("nps", 1.0, 0.0, 10.0, false)]);
        let first = Framework::find("weighted", &one).unwrap();
        assert!(std::ptr::eq(first, Framework::find("weighted", &one).unwrap()));
        let bad = settings(&[("nps", 0.0, 0.0, 10.0, false), ("x", 1.0, 3.0, 3.0, false)]);
        assert!(Framework::find("weighted", &bad).is_none());
        assert!(Framework::find("weighted", &Record::new(Id::new("s"))).is_none());
    }
}
