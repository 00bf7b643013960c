//! What is rated: factors, the values they take, and what they do in a formula.

use crate::workspace::{Value, number};

/// Something that is rated.
#[derive(Debug, Clone, Copy)]
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
    /// What it does to the score.
    pub role: Role,
}

/// What a factor does to the score, which is (product of what multiplies) × (sum of what adds) ÷
/// (product of what divides).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Role {
    /// Multiplies, counted in units of this: 100 for a percentage.
    Times(f64),
    /// Divides.
    Over,
    /// Adds `weight` × (value − `zero`) ÷ (`one` − `zero`).
    Plus {
        /// How much a whole step counts.
        weight: f64,
        /// The value that adds nothing.
        zero: f64,
        /// The value that adds `weight`; below `zero` where less is better.
        one: f64,
    },
    /// Adds how far it falls short of the factor before it, and nothing where it does not.
    Gap,
    /// Says the class, or counts answers that do.
    Class,
}

/// The length of a scale whose whole numbers are told one by one.
const SHORT: f64 = 20.0;

/// The values a factor takes: the numbers from `min` to `max`, or words.
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
    /// Whether the words of the steps are what the file holds; their numbers say the order.
    pub classes: bool,
}

impl Scale {
    /// Every number of at least `min`.
    pub const fn at_least(min: f64) -> Self {
        let max = f64::INFINITY;
        Self { min, open: false, max, steps: &[], only_steps: false, classes: false }
    }

    /// Every number above `min`.
    pub const fn above(min: f64) -> Self {
        Self { open: true, ..Self::at_least(min) }
    }

    /// Every number from `min` to `max`.
    pub const fn between(min: f64, max: f64) -> Self {
        Self { max, ..Self::at_least(min) }
    }

    /// These steps and nothing else, the largest first.
    pub const fn only(steps: &'static [(f64, &'static str)]) -> Self {
        let scale = Self::between(steps[steps.len() - 1].0, steps[0].0);
        Self { steps, only_steps: true, ..scale }
    }

    /// These words and nothing else, the highest first.
    pub const fn classes(steps: &'static [(f64, &'static str)]) -> Self {
        Self { classes: true, ..Self::only(steps) }
    }

    /// This scale with names for some of its values.
    #[must_use]
    pub const fn named(self, steps: &'static [(f64, &'static str)]) -> Self {
        Self { steps, ..self }
    }

    /// A value as it is typed: a class by its word.
    pub fn typed(&self, value: f64) -> String {
        let word = self.word(value).filter(|_| self.classes);
        word.map_or_else(|| value.to_string(), str::to_owned)
    }

    /// Every step as it is typed, with what it means.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.steps.iter().map(|(value, _)| self.label(*value))
    }

    /// A value with what it means, where it has a name.
    pub fn label(&self, value: f64) -> String {
        let number = if self.classes { String::new() } else { value.to_string() };
        format!("{number} {}", self.word(value).unwrap_or_default()).trim().to_owned()
    }

    /// The values that can be told one by one, the largest first: the steps and, where the scale
    /// is short, every whole number.
    pub fn marks(&self) -> Vec<f64> {
        let mut marks: Vec<f64> = self.steps.iter().map(|(value, _)| *value).collect();
        if !self.only_steps && self.max - self.min <= SHORT {
            let whole = std::iter::successors(Some(self.max.floor()), |value| Some(value - 1.0));
            marks.extend(whole.take_while(|value| *value >= self.min));
        }
        marks.retain(|value| self.holds(*value));
        marks.sort_unstable_by(|a, b| b.total_cmp(a));
        marks.dedup();
        marks
    }

    /// The next value up from one: the next mark, or on a scale without marks the next of 1, 1.5,
    /// 2, 3, 5, 7 and their tens. `None` at its end.
    pub fn above_of(&self, value: f64) -> Option<f64> {
        self.around(value).into_iter().find(|next| *next > value)
    }

    /// The next value down from one, as [`Self::above_of`] goes up.
    pub fn below_of(&self, value: f64) -> Option<f64> {
        self.around(value).into_iter().rfind(|next| *next < value)
    }

    /// The values near one that it goes to step by step, the smallest first.
    fn around(&self, value: f64) -> Vec<f64> {
        let mut marks = self.marks();
        marks.reverse();
        if marks.is_empty() {
            marks = preferred(value).filter(|value| self.holds(*value)).collect();
        }
        marks
    }

    /// A value of [`Self::marks`] as a rating.
    pub fn rating(&self, value: f64) -> Value {
        let word = self.word(value).filter(|_| self.classes);
        word.map_or(Value::Number(value), Value::text)
    }

    /// Whether a factor may have this value.
    pub fn holds(&self, value: f64) -> bool {
        let above = if self.open { value > self.min } else { value >= self.min };
        let inside = value.is_finite() && above && value <= self.max;
        inside && (!self.only_steps || self.word(value).is_some())
    }

    /// What this value is called, where it has a name.
    pub fn word(&self, value: f64) -> Option<&'static str> {
        // A computed 13 may be off by its last digit.
        let same = |step: &&(f64, &str)| (step.0 - value).abs() < 1e-9;
        self.steps.iter().find(same).map(|(_, word)| *word)
    }

    /// The values it takes, in words.
    pub fn words(&self) -> String {
        if self.only_steps {
            let steps = self.steps.iter().map(|(value, _)| self.typed(*value));
            return format!("one of {}", steps.collect::<Vec<_>>().join(" "));
        }
        match (self.open, self.max.is_finite()) {
            (true, true) => format!("above {}, at most {}", self.min, self.max),
            (true, false) => format!("above {}", self.min),
            (false, true) => format!("{} to {}", self.min, self.max),
            (false, false) => format!("at least {}", self.min),
        }
    }

    /// The class that `text` names: its word, the beginning of just one, or its number.
    fn class(&self, text: &str) -> Option<&'static str> {
        let text = text.to_lowercase();
        let begins = |word: &str| !text.is_empty() && word.starts_with(&text);
        let mut found = self.steps.iter().map(|(_, word)| *word).filter(|word| begins(word));
        match (found.next(), found.next()) {
            (Some(word), None) => Some(word),
            _ => self.word(text.parse().ok()?),
        }
    }
}

/// The numbers 1, 1.5, 2, 3, 5, 7 times a power of ten around a number above 0, the smallest first;
/// around 0 those up to 1.
fn preferred(value: f64) -> impl Iterator<Item = f64> {
    let power = value.log10().floor();
    let power = if power.is_finite() { power } else { -1.0 };
    let times = |step: f64, power: f64| {
        // A division gives 0.7, and a product of 7 and 0.1 something beside it.
        if power < 0.0 { step / 10.0_f64.powf(-power) } else { step * 10.0_f64.powf(power) }
    };
    let powers = [power - 1.0, power, power + 1.0];
    powers
        .into_iter()
        .flat_map(move |power| [1.0, 1.5, 2.0, 3.0, 5.0, 7.0].map(|step| times(step, power)))
}

impl Factor {
    /// A factor that multiplies, without a unit.
    pub const fn new(id: &'static str, name: &'static str, scale: Scale) -> Self {
        Self { id, name, unit: "", scale, question: "", role: Role::Times(1.0) }
    }

    /// This factor, counted in `unit`.
    #[must_use]
    pub const fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    /// This factor with its question.
    #[must_use]
    pub const fn asks(self, question: &'static str) -> Self {
        Self { question, ..self }
    }

    /// This factor in another role.
    #[must_use]
    pub const fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// The number a rating counts as: itself, the median √(low × high) of an interval, or the
    /// order of a class. `None` when it is off the scale.
    pub fn value(&self, rating: &Value) -> Option<f64> {
        match rating {
            Value::Text(word) if self.scale.classes => {
                let class = |step: &&(f64, &str)| *step.1 == **word;
                self.scale.steps.iter().find(class).map(|(value, _)| *value)
            }
            _ if self.scale.classes => None,
            Value::Number(number) => Some(*number).filter(|number| self.scale.holds(*number)),
            _ => self.interval(rating).map(|(low, high)| (low * high).sqrt()),
        }
    }

    /// The ends of a rating given as an interval, both above 0 and on the scale.
    pub fn interval(&self, rating: &Value) -> Option<(f64, f64)> {
        let [Value::Number(low), Value::Number(high)] = rating.items() else { return None };
        let inside = *low > 0.0 && *low >= self.scale.min && low <= high;
        let inside = inside && high.is_finite() && *high <= self.scale.max;
        (inside && !self.scale.classes).then_some((*low, *high))
    }

    /// Why a rating counts as not given: it is no value of this factor. `None` when it is one.
    pub fn off_scale(&self, rating: &Value) -> Option<String> {
        if self.value(rating).is_some() {
            return None;
        }
        let steps = self.scale.steps.iter().rev().map(|(value, _)| self.scale.typed(*value));
        let steps = || steps.collect::<Vec<_>>().join(" ");
        let scale = if self.scale.only_steps { steps() } else { self.scale.words() };
        Some(format!("{} {} is not on its scale {scale}", self.name, written(rating)))
    }

    /// A rating as written: `450`, `300..600`, with its unit.
    pub fn show(&self, rating: &Value) -> String {
        let unit = if self.unit == "%" { " %" } else { "" };
        format!("{}{unit}", written(rating))
    }

    /// The rating that `text` spells: a number, `low..high`, or a class.
    ///
    /// # Errors
    /// What is wrong with it and what would be right, in words.
    pub fn parse(&self, text: &str) -> Result<Value, String> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let word = |text: &str| {
            let named = |step: &&(f64, &str)| text.len() > 1 && step.1.eq_ignore_ascii_case(text);
            self.scale.steps.iter().find(named).map(|(value, _)| *value)
        };
        let number =
            |text: &str| Ok::<_, String>(number::typed(text)?.or_else(|| word(text.trim())));
        let value = match text.split_once("..") {
            _ if self.scale.classes => self.scale.class(text).map(Value::text),
            Some((low, high)) => match number(low)?.zip(number(high)?) {
                Some((low, high)) if low > high => {
                    return Err(format!("{} goes from low to high: {high}..{low}", self.name));
                }
                // The guess is log-normal, which has no 0.
                Some((low, _)) if low <= 0.0 => {
                    return Err(format!("a range of {} begins above 0, not at {low}", self.name));
                }
                // Between two steps nobody would write; a file that does is taken at its word.
                ends => ends
                    .filter(|(low, high)| self.scale.holds(*low) && self.scale.holds(*high))
                    .map(|(low, high)| Value::list([low, high].map(Value::Number))),
            },
            None => number(text)?.map(Value::Number),
        };
        value
            .filter(|value| self.value(value).is_some())
            .ok_or_else(|| format!("{} is {}, not “{text}”", self.name, self.scale.words()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reach() -> Factor {
        Factor::new("reach", "reach", Scale::at_least(0.0))
    }

    #[test]
    fn an_interval_counts_as_its_median() {
        let interval = reach().parse("100..400").unwrap();
        assert_eq!(reach().value(&interval), Some(200.0));
        assert_eq!(reach().show(&interval), "100..400");
        assert!(reach().parse("400..100").is_err());
        let at_nothing = Err("a range of reach begins above 0, not at 0".to_owned());
        assert_eq!(reach().parse("0..100"), at_nothing);
        let turned = Err("reach goes from low to high: 200..500".to_owned());
        assert_eq!(reach().parse("500..200"), turned);
    }

    #[test]
    fn the_ends_of_an_interval_that_is_typed_are_on_the_scale() {
        let size = Scale::only(&[(8.0, "big"), (5.0, "middle"), (3.0, "small")]);
        let size = Factor::new("size", "size", size);
        assert!(size.parse("3..8").is_ok());
        assert_eq!(size.parse("4..6"), Err("size is one of 8 5 3, not “4..6”".to_owned()));
    }

    #[test]
    fn a_comma_that_may_part_thousands_is_asked_about() {
        assert_eq!(reach().parse("0,500"), Ok(Value::Number(0.5)));
        for text in ["10,000", "10,000..20000", "5..10,000"] {
            let wrong = reach().parse(text).unwrap_err();
            assert_eq!(wrong, "“10,000” may be two numbers; write 10000 or 10.0", "{text}");
        }
    }

    #[test]
    fn along_a_scale_it_goes_from_mark_to_mark_or_by_round_numbers() {
        let size = Scale::only(&[(5.0, "big"), (3.0, "middle"), (2.0, "small")]);
        assert_eq!([size.above_of(3.0), size.above_of(5.0)], [Some(5.0), None]);
        assert_eq!([size.below_of(4.0), size.below_of(2.0)], [Some(3.0), None]);
        let weeks = Scale::above(0.0);
        let up = std::iter::successors(Some(1.0), |at| weeks.above_of(*at)).take(9);
        assert_eq!(up.collect::<Vec<_>>(), [1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0]);
        let down = std::iter::successors(Some(20.0), |at| weeks.below_of(*at)).take(9);
        assert_eq!(down.collect::<Vec<_>>(), [20.0, 15.0, 10.0, 7.0, 5.0, 3.0, 2.0, 1.5, 1.0]);
        assert_eq!(weeks.below_of(1.0), Some(0.7));
        assert_eq!(weeks.below_of(0.0), None);
    }

    #[test]
    fn a_class_is_typed_as_its_word_its_beginning_or_its_number() {
        let scale = Scale::classes(&[(3.0, "must"), (2.0, "should"), (1.0, "could")]);
        let class = Factor::new("class", "class", scale);
        for text in ["must", "M", "3"] {
            assert_eq!(class.parse(text), Ok(Value::text("must")), "{text}");
        }
        assert_eq!(class.value(&Value::text("could")), Some(1.0));
        assert_eq!(class.value(&Value::Number(1.0)), None, "the file holds words");
        assert_eq!(
            class.parse("maybe"),
            Err("class is one of must should could, not “maybe”".to_owned())
        );
    }
}
