//! What a value of a factor means here, in the person's own words.

use super::Factor;
use crate::workspace::{Field, Record, Value};

/// The words of one factor: `settings.rubrics`, under `framework.factor`.
#[derive(Debug, Clone, Copy)]
pub struct Rubric<'a>(Option<&'a Value>);

impl<'a> Rubric<'a> {
    /// The rubric of a factor; one without words where the settings have none.
    pub fn of(settings: &'a Record, framework: &str, factor: &Factor) -> Self {
        let rubrics = settings.get(Field::Rubrics);
        Self(rubrics.and_then(|rubrics| rubrics.get(&Self::name(framework, factor))))
    }

    /// The name of a rubric in the settings.
    pub fn name(framework: &str, factor: &Factor) -> String {
        format!("{framework}.{}", factor.id)
    }

    /// The same as a map of value to words.
    pub fn map(self) -> Option<&'a Value> {
        self.0
    }

    /// Every value with its words, in the order of the settings.
    pub fn lines(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let entries = self.0.map(Value::entries).unwrap_or_default();
        entries.iter().filter_map(|(value, words)| Some((&**value, words.as_text()?)))
    }

    /// What this rating means: the words of its number or class, none for one in between.
    pub fn word(self, rating: &Value) -> Option<&'a str> {
        self.line(rating).map(|(_, words)| words)
    }

    /// The same with the value as the settings spell it.
    pub fn line(self, rating: &Value) -> Option<(&'a str, &'a str)> {
        let is = |value: &str| match rating {
            Value::Number(number) => value.trim().parse() == Ok(*number),
            Value::Text(word) => value == &**word,
            _ => false,
        };
        self.lines().find(|(value, _)| is(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::Framework;
    use crate::workspace::Id;

    #[test]
    fn a_value_has_the_words_of_its_number_however_it_is_spelled() {
        let words = Value::map([
            ("3".into(), Value::text("would switch for it")),
            ("0.50".into(), Value::text("nice")),
        ]);
        let rubrics = Value::map([("rice.impact".into(), words)]);
        let settings = Record::new(Id::new("s")).with(Field::Rubrics, rubrics);
        let rice = Framework::find("rice", &settings).unwrap();
        let rubric = Rubric::of(&settings, "rice", rice.factor("impact").unwrap());
        assert_eq!(rubric.word(&Value::Number(3.0)), Some("would switch for it"));
        assert_eq!(rubric.word(&Value::Number(0.5)), Some("nice"));
        assert_eq!(rubric.word(&Value::Number(2.0)), None);
        let reach = Rubric::of(&settings, "rice", rice.factor("reach").unwrap());
        assert_eq!(reach.lines().count(), 0);
    }
}
