//! When was it rated? Old guesses know less than new ones.

use crate::workspace::{Date, Field, Record, Value};

/// What `rated` holds once `record` has these ratings: today for each framework whose ratings
/// change, nothing for one that has none any more.
pub fn rated_on(record: &Record, ratings: Option<&Value>, today: Date) -> Option<Value> {
    let before = record.get(Field::Ratings);
    let names = [before, ratings].into_iter().flatten().flat_map(Value::entries);
    names.fold(record.get(Field::Rated).cloned(), |rated, (name, _)| {
        let old = before.and_then(|ratings| ratings.get(name));
        let new = ratings.and_then(|ratings| ratings.get(name));
        match new {
            _ if old == new => rated,
            Some(_) => Value::with(rated.as_ref(), name, Some(Value::Date(today))),
            None => Value::with(rated.as_ref(), name, None),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Id;

    #[test]
    fn only_what_changed_was_rated_today() {
        let rating = |reach: f64| {
            let rice = Value::with(None, "reach", Some(Value::Number(reach)));
            let ice = Value::with(None, "ease", Some(Value::Number(3.0)));
            Value::with(Value::with(None, "rice", rice).as_ref(), "ice", ice).unwrap()
        };
        let record = Record::new(Id::new("a")).with(Field::Ratings, rating(1.0));
        let today = "2026-11-22".parse().unwrap();
        let rated = rated_on(&record, Some(&rating(2.0)), today).unwrap();
        assert_eq!(rated.get("rice"), Some(&Value::Date(today)));
        assert_eq!(rated.get("ice"), None);
    }
}
