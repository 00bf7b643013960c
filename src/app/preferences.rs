//! What the person prefers, whatever the workspace: keys, how a day is written, which editor.

use super::App;
use super::keymap::Keymap;
use crate::workspace::Date;
use jiff::fmt::strtime;

/// What the person prefers.
#[derive(Debug, Clone, Default)]
pub struct Preferences {
    /// The keys in force.
    pub keymap: Keymap,
    /// How a day is written.
    pub dates: DateFormat,
    /// What of their configuration does not count and why, one line each.
    pub problems: Vec<String>,
}

impl App {
    /// The same with what the person prefers.
    #[must_use]
    pub fn preferring(self, preferences: Preferences) -> Self {
        Self { preferences, ..self }
    }
}

/// How a day is written, in the directives of strftime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat(String);

impl Default for DateFormat {
    fn default() -> Self {
        Self("%-d %b %Y".into())
    }
}

impl DateFormat {
    /// A format of strftime that says something about a day.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = |why: String| format!("“{text}” {why}; as in %-d %b %Y, %Y-%m-%d, %d.%m.");
        match strtime::format(text, Date::constant(2026, 12, 18)) {
            Ok(shown) if shown.trim().is_empty() => Err(wrong("shows nothing".into())),
            Ok(shown) if shown == text => Err(wrong("has no %".into())),
            Ok(_) => Ok(Self(text.to_owned())),
            Err(error) => Err(wrong(format!("is no way to write a day: {error}"))),
        }
    }

    /// A day so written: `18 Dec 2026`.
    pub fn show(&self, date: Date) -> String {
        strtime::format(&self.0, date).unwrap_or_else(|_| date.to_string())
    }

    /// Whether it writes the month before the day, both as numbers and before any year, so that
    /// 3/4 is a day in March; nothing where it shows that of no day.
    pub fn month_first(&self) -> Option<bool> {
        let shown = self.show(Date::constant(2033, 11, 22));
        let [month, day, year] = ["11", "22", "33"].map(|number| shown.find(number));
        let (month, day) = (month?, day?);
        let is_sorted = year.is_some_and(|year| year < month.min(day));
        (!is_sorted).then_some(month < day)
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_wanted_or_the_person_is_told_why_not() {
        let day = Date::constant(2026, 12, 3);
        assert_eq!(DateFormat::default().show(day), "3 Dec 2026");
        assert_eq!(DateFormat::parse("%Y-%m-%d").unwrap().show(day), "2026-12-03");
        for (format, month_first) in [
            ("%d.%m.%Y", Some(false)),
            ("%m/%d/%y", Some(true)),
            ("%D", Some(true)),
            ("%Y-%m-%d", None),
            ("%-d %b %Y", None),
        ] {
            assert_eq!(DateFormat::parse(format).unwrap().month_first(), month_first, "{format}");
        }
        for wrong in ["", "  ", "day", "%H:%M", "%", "%!"] {
            assert!(DateFormat::parse(wrong).unwrap_err().contains("%-d %b %Y"), "{wrong}");
        }
    }
}
