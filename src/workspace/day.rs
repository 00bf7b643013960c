//! How a day is written: one reader for what a person types and for what other tools write.

use super::Date;
use jiff::Span;
use jiff::civil::Weekday;
use std::str::FromStr;

/// The ways to write a day, in words.
pub const SPELLINGS: &str =
    "2026-12-18, 18.12.2026, 18 Dec 2026, today, tomorrow, fri, +3d, +2w, +1m";

/// Days that are told by a distance lie within these many years.
const YEARS: i32 = 100;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A day as somebody tells it, which may depend on the day it is told on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This one.
    On(Date),
    /// So far from the day it is told on, or before that where negative.
    Away {
        /// Months.
        months: i32,
        /// Days.
        days: i32,
    },
    /// A day of the week.
    Weekday(Weekday),
    /// One of two: `3/4/2026`.
    Either {
        /// The day it is where the month comes first.
        month_first: Date,
        /// The day it is where the day comes first.
        day_first: Date,
    },
}

impl Day {
    /// The day that is meant on a day. One of the week is the next one. Of two it is the one that
    /// is `month_first` or not, if the person is known to write days so.
    ///
    /// # Errors
    /// It may be either of two.
    pub fn on(self, today: Date, month_first: Option<bool>) -> Result<Date, String> {
        self.nearest(today, 1, month_first)
    }

    /// The same of what is past: one of the week is the last one.
    ///
    /// # Errors
    /// It may be either of two.
    pub fn before(self, today: Date, month_first: Option<bool>) -> Result<Date, String> {
        self.nearest(today, -1, month_first)
    }

    fn nearest(self, today: Date, nth: i32, is_month_first: Option<bool>) -> Result<Date, String> {
        Ok(match self {
            Self::On(date) => date,
            Self::Away { months, days } => {
                today.saturating_add(Span::new().months(months).days(days))
            }
            Self::Weekday(weekday) => today.nth_weekday(nth, weekday).unwrap_or(today),
            Self::Either { month_first, day_first } => match is_month_first {
                Some(true) => month_first,
                Some(false) => day_first,
                None => {
                    return Err(format!(
                        "that may be {month_first} or {day_first}; write one of them, or set \
                         date_format"
                    ));
                }
            },
        })
    }
}

impl FromStr for Day {
    type Err = String;

    /// Reads any of [`SPELLINGS`].
    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_lowercase();
        let away = |days| Some(Self::Away { months: 0, days });
        let word = match text.as_str() {
            "today" => away(0),
            "tomorrow" => away(1),
            "yesterday" => away(-1),
            _ => distance(&text).or_else(|| weekday(&text).map(Self::Weekday)),
        };
        let date = |month_first| {
            Some(&text).filter(|_| is_bare(&text)).and_then(|text| spelled(text, month_first))
        };
        if let Some(day) = word.or_else(|| date(None).map(Self::On)) {
            return Ok(day);
        }
        match (date(Some(true)), date(Some(false))) {
            (Some(month_first), Some(day_first)) => Ok(Self::Either { month_first, day_first }),
            _ => Err(match short_year(&text) {
                Some(year) => format!(
                    "“{text}”: {year} is a year of three digits; write all four, or the last two"
                ),
                None => format!("“{text}” is not a day: {SPELLINGS}"),
            }),
        }
    }
}

/// The number of three digits that stands where a day has its year, in what is else one.
fn short_year(text: &str) -> Option<&str> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let digits = |part: &&str| part.chars().all(|c| c.is_ascii_digit());
    let longest = parts.filter(digits).max_by_key(|part| part.len());
    longest.filter(|part| part.len() == 3 && is_bare(text))
}

/// A distance such as `+3d` or `-2w`.
fn distance(text: &str) -> Option<Day> {
    let count =
        text.get(..text.len().checked_sub(1)?).filter(|text| text.starts_with(['+', '-']))?;
    let count: i32 = count.parse().ok()?;
    let (months, days) = match text.chars().next_back()? {
        'd' => (0, count),
        'w' => (0, count.checked_mul(7)?),
        'm' => (count, 0),
        _ => return None,
    };
    let is_near = months.unsigned_abs() <= 12 * YEARS.unsigned_abs()
        && days.unsigned_abs() <= 366 * YEARS.unsigned_abs();
    is_near.then_some(Day::Away { months, days })
}

fn weekday(text: &str) -> Option<Weekday> {
    let found = WEEKDAYS.into_iter().find(|(name, _)| text.len() >= 3 && name.starts_with(text));
    found.map(|(_, weekday)| weekday)
}

/// Whether there is a day in it and nothing else: three numbers, or two and a word.
fn is_bare(text: &str) -> bool {
    let mut parts = 0;
    let is_one = |part: &str| {
        part.chars().all(|c| c.is_ascii_digit()) || part.chars().all(char::is_alphabetic)
    };
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let bare = all.inspect(|_| parts += 1).all(is_one);
    bare && parts == 3 && text.ends_with(char::is_alphanumeric)
}

/// A day that depends on no other, as trackers write it; anything but another digit may stand
/// behind it. What could be two days is none, unless it is known whether the month comes first.
pub fn spelled(text: &str, month_first: Option<bool>) -> Option<Date> {
    let first = text.split_at_checked(10);
    let first = first.filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(date) = first.and_then(|(date, _)| date.replace('/', "-").parse().ok()) {
        return Some(date);
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let name = |part: &str| {
        let start = part.get(..3)?.to_lowercase();
        let letters = part.chars().all(char::is_alphabetic);
        MONTHS.iter().position(|month| letters && *month == start)
    };
    let named = parts.iter().take(4).position(|part| name(part).is_some());
    if let Some(at) = named {
        let month = name(parts[at])? + 1;
        let numbers = parts.iter().take(at + 3).filter(|part| name(part).is_none());
        let numbers: Vec<i16> = numbers.filter_map(|part| part.parse().ok()).take(2).collect();
        let [a, b] = numbers[..] else { return None };
        let (day, year) = if a > 31 { (b, a) } else { (a, b) };
        return date(year, i16::try_from(month).ok()?, day);
    }
    let numbers: Vec<i16> = parts.iter().take(3).filter_map(|part| part.parse().ok()).collect();
    let [a, b, year] = numbers[..] else { return None };
    let dotted = text.get(..6)?.contains('.');
    match month_first {
        _ if dotted => date(year, b, a),
        Some(true) => date(year, a, b),
        Some(false) => date(year, b, a),
        None if a > 12 || a == b => date(year, b, a),
        None if b > 12 => date(year, a, b),
        None => None,
    }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    let year = match year {
        0..100 => year + 2000,
        // A digit is missing or too many: nobody plans for the year 181.
        100..1000 => return None,
        _ => year,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    const TODAY: Date = Date::constant(2026, 11, 22);

    fn written(text: &str, month_first: Option<bool>) -> String {
        let day = text.parse::<Day>().and_then(|day| day.on(TODAY, month_first));
        day.map_or_else(|wrong| wrong, |day| day.to_string())
    }

    fn read(text: &str) -> String {
        written(text, None)
    }

    #[test]
    fn every_spelling_that_is_named_is_taken() {
        for text in SPELLINGS.split(", ") {
            assert!(text.parse::<Day>().is_ok(), "{text}");
        }
        for text in ["2026-12-18", "2026/12/18", "18.12.2026", "18.12.26", "18 dec 2026"] {
            assert_eq!(read(text), "2026-12-18", "{text}");
        }
        for text in ["Dec 18, 2026", "18/12/2026", "12/18/2026", " 18. December 2026 ", "+26d"] {
            assert_eq!(read(text), "2026-12-18", "{text}");
        }
        assert_eq!([read("fri"), read("sunday")], ["2026-11-27", "2026-11-29"]);
        assert_eq!([read("-2w"), read("+1m")], ["2026-11-08", "2026-12-22"]);
        let past: Day = "fri".parse().unwrap();
        assert_eq!(past.before(TODAY, None).unwrap().to_string(), "2026-11-20");
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_not_guessed() {
        for text in ["foo", "", "2026-02-30", "2026-12-18x", "18.12.2026 at noon", "fr", "+3", "3d"]
        {
            assert!(read(text).contains(SPELLINGS), "{text}: {}", read(text));
        }
        for text in ["2026-12-181", "2026/12/1815", "2026-12-18 26", "18.12.20261"] {
            assert!(read(text).contains(SPELLINGS), "{text}: {}", read(text));
        }
        for text in ["18.12.181", "18/12/202", "18 dec 202", "Dec 18, 226"] {
            assert!(read(text).contains("is a year of three digits"), "{text}: {}", read(text));
        }
        assert!(read("+9999999d").contains("is not a day"));
        let asks = "that may be 2026-03-04 or 2026-04-03; write one of them, or set date_format";
        assert_eq!(read("3/4/2026"), asks);
        assert_eq!(written("3/4/2026", Some(true)), "2026-03-04");
        assert_eq!(written("3/4/26", Some(false)), "2026-04-03");
        assert_eq!(written("18/4/2026", Some(true)), "2026-04-18", "there is no month 18");
        assert_eq!(written("3.4.2026", Some(true)), "2026-04-03", "points are not for months");
    }
}
