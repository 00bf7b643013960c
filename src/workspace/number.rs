//! How a number is written: one reader for what a person types and for what other tools write, and
//! how what is counted is said.

use std::fmt::Display;

/// A number as somebody writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// This one.
    One(f64),
    /// One of two: `10,000`.
    Either {
        /// The number it is where a comma parts thousands.
        thousands: f64,
        /// The number it is where a comma is the point.
        point: f64,
    },
}

/// The number that `text` spells, with a point or a comma: `2.5`, `2,5`, `1,000,000`, `1,000.5`.
pub fn spelled(text: &str) -> Option<Number> {
    let text = text.trim();
    let finite = |text: String| text.parse().ok().filter(|number: &f64| number.is_finite());
    let Some((whole, rest)) = text.split_once(',') else {
        return finite(text.to_owned()).map(Number::One);
    };
    let parted = || finite(text.replace(',', ""));
    if !is_parted(whole, rest) {
        return finite(text.replacen(',', ".", 1)).map(Number::One);
    }
    if rest.contains([',', '.']) {
        return parted().map(Number::One);
    }
    let point = finite(format!("{whole}.{rest}"))?;
    Some(Number::Either { thousands: parted()?, point })
}

/// Whether the first comma, between these, and those behind it may part thousands: no number of
/// thousands begins with 0.
fn is_parted(whole: &str, rest: &str) -> bool {
    let digits = whole.trim_start_matches(['+', '-']);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let groups = rest.split_once('.').map_or(rest, |(groups, _)| groups);
    (1..=3).contains(&digits.len())
        && !digits.starts_with('0')
        && is_digits(digits)
        && groups.split(',').all(|group| group.len() == 3 && is_digits(group))
}

/// The number that a person typed; `None` where it is none.
///
/// # Errors
/// It may be either of two, with how to write each.
pub fn typed(text: &str) -> Result<Option<f64>, String> {
    // Who means 1.5 writes no zeros behind it; who writes thousands with a point does.
    let dotted = text.trim().ends_with('0').then(|| text.replacen('.', ",", 1));
    let dotted = dotted.filter(|_| !text.contains(','));
    match dotted.as_deref().and_then(spelled).filter(is_either).or_else(|| spelled(text)) {
        Some(Number::One(number)) => Ok(Some(number)),
        Some(Number::Either { thousands, point }) => {
            Err(format!("“{}” may be two numbers; write {thousands} or {point:?}", text.trim()))
        }
        None => Ok(None),
    }
}

fn is_either(number: &Number) -> bool {
    matches!(number, Number::Either { .. })
}

/// So many of what has this name, in words: `1 item`, `2 items`, `2 entries`.
pub fn counted(count: impl Display, name: &str) -> String {
    match count.to_string() {
        one if one == "1" => format!("1 {name}"),
        many => format!("{many} {}", plural(name)),
    }
}

/// Several of what has this name.
pub fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        // A day is no entry.
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        None if name.ends_with(['s', 'x', 'h']) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_one_or_several() {
        assert_eq!([counted(1, "item"), counted(0, "item")], ["1 item", "0 items"]);
        assert_eq!([counted(1.0, "vote"), counted(1.5, "vote")], ["1 vote", "1.5 votes"]);
        assert_eq!(["entry", "day", "reach"].map(plural), ["entries", "days", "reaches"]);
    }

    #[test]
    fn a_comma_is_a_point_or_parts_thousands() {
        for (text, number) in [
            ("5", 5.0),
            ("5.0", 5.0),
            ("-2,5", -2.5),
            ("0,500", 0.5),
            ("-0,125", -0.125),
            ("1,5", 1.5),
            ("1,25", 1.25),
            ("1,2345", 1.2345),
            ("1234,567", 1234.567),
            ("1,000.5", 1000.5),
            (" 1,000,000 ", 1_000_000.0),
            ("1.234", 1.234),
            ("0.500", 0.5),
            ("1.50", 1.5),
            ("1000.500", 1000.5),
        ] {
            assert_eq!(typed(text), Ok(Some(number)), "{text}");
        }
        for text in
            ["", "many", "inf", "nan", "1,2,3", "1,0000,000", "0,500,000", "1.000,5", ",", "1, 500"]
        {
            assert_eq!(typed(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_not_guessed() {
        let two = |text, numbers: &str| {
            let wrong = format!("“{text}” may be two numbers; write {numbers}");
            assert_eq!(typed(text), Err(wrong));
        };
        two("10,000", "10000 or 10.0");
        two("1,234", "1234 or 1.234");
        two("-1,500", "-1500 or -1.5");
        two("1.500", "1500 or 1.5");
        two("10.000", "10000 or 10.0");
    }
}
