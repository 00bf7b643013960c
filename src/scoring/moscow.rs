//! `MoSCoW`: four classes, and the rule that musts leave room.

use super::{Size, median};
use crate::workspace::{Field, Record};
use std::sync::Arc;

/// The share of the effort that musts may take (DSDM Agile Project Framework, `MoSCoW`).
pub const LIMIT: f64 = 0.6;

/// The classes with the order they come in.
pub const CLASSES: &[(f64, &str)] =
    &[(3.0, "must"), (2.0, "should"), (1.0, "could"), (0.0, "wont")];

/// How much of the effort is must.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    /// The effort of what must be done.
    pub must: f64,
    /// The effort of all that is to be done: must, should and could.
    pub all: f64,
    /// What effort is measured in.
    pub measure: &'static str,
}

impl Load {
    /// The share of must, 0–1.
    pub fn share(&self) -> f64 {
        self.must / self.all
    }
}

/// The load of the items with a class. Effort is points, or the first other [`Size`] that any of
/// them has; an item without counts as the median. `None` where nothing is estimated: counting
/// heads would be another rule.
pub fn load(list: &[Arc<Record>]) -> Option<Load> {
    let classed = list.iter().filter_map(|item| Some((class(item)?, item)));
    let planned: Vec<_> = classed.filter(|(class, _)| *class != "wont").collect();
    let sizes = |size: &Size| planned.iter().filter_map(|(_, item)| size.of(item)).collect();
    let (measure, usual) =
        Size::ALL.into_iter().find_map(|size| Some((size, median(sizes(&size))?)))?;
    let mut load = Load { must: 0.0, all: 0.0, measure: measure.name };
    for (class, item) in &planned {
        let effort = measure.of(item).unwrap_or(usual);
        load.all += effort;
        if *class == "must" {
            load.must += effort;
        }
    }
    Some(load)
}

fn class(item: &Record) -> Option<&'static str> {
    let word = item.get(Field::Ratings)?.get("moscow")?.get("class")?.as_text()?;
    CLASSES.iter().map(|(_, class)| *class).find(|class| *class == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::Framework;
    use crate::workspace::{Id, Value};

    fn item(class: &str, points: Option<f64>) -> Arc<Record> {
        let class = Value::map([("class".into(), Value::text(class))]);
        let ratings = Value::map([("moscow".into(), class)]);
        let item = Record::new(Id::new("a")).with(Field::Ratings, ratings);
        Arc::new(match points {
            Some(points) => item.with(Field::Points, Value::Number(points)),
            None => item,
        })
    }

    fn warned(list: &[Arc<Record>]) -> usize {
        let settings = Record::new(Id::new("s"));
        Framework::find("moscow", &settings).unwrap().warnings(list).len()
    }

    /// Vector M1.
    #[test]
    fn sixty_percent_of_the_effort_passes_and_sixty_one_warns() {
        let list = |must: f64, could: f64| {
            [item("must", Some(must)), item("should", Some(20.0)), item("could", Some(could))]
        };
        assert_eq!(warned(&list(60.0, 20.0)), 0);
        assert_eq!(warned(&list(61.0, 19.0)), 1);
    }

    #[test]
    fn it_is_the_effort_that_counts_and_not_the_number() {
        let many = [item("must", Some(1.0)), item("must", Some(1.0)), item("could", Some(8.0))];
        assert_eq!(warned(&many), 0);
        let wont = [item("must", Some(6.0)), item("should", Some(2.0)), item("wont", Some(90.0))];
        assert_eq!(warned(&wont), 1, "what will not be done takes no effort");
        assert_eq!(warned(&[item("must", None), item("could", None)]), 0);
    }

    #[test]
    fn an_item_without_an_estimate_counts_as_the_median() {
        let list = [item("must", Some(2.0)), item("must", None), item("should", Some(4.0))];
        assert_eq!(load(&list).map(|load| (load.must, load.all)), Some((5.0, 9.0)));
    }
}
