//! Are there people and money for what is planned, quarter by quarter?

use super::Bar;
use crate::insight::sprint::days;
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Record, Value, Workspace};
use jiff::ToSpan;
use std::collections::BTreeMap;
use std::fmt;

/// Months of work of one person in a quarter.
const MONTHS: f64 = 3.0;

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    /// The year.
    pub year: i16,
    /// From 1 to 4.
    pub number: i8,
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-Q{}", self.year, self.number)
    }
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month() - 1) / 3 + 1 }
    }

    /// The quarter that the settings spell `2026-Q4`, `2026Q4` or `Q4 2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_uppercase();
        let (before, after) = text.split_once('Q')?;
        let before = before.trim().trim_end_matches(['-', ' ']);
        let (number, year) = match before {
            "" => after.trim().split_once([' ', '-'])?,
            year => (after.trim(), year),
        };
        let number = number.trim().parse().ok().filter(|number| (1..=4).contains(number))?;
        let year = year.trim().parse().ok().filter(|year| (1..=9999).contains(year))?;
        Some(Self { year, number })
    }

    /// Its first day.
    pub fn first(self) -> Date {
        Date::new(self.year, (self.number - 1) * 3 + 1, 1).unwrap_or(Date::MIN)
    }

    /// The first day of the next one; of the last that there is, its last day.
    pub fn end(self) -> Date {
        self.first().saturating_add(3.months())
    }

    /// Its last day.
    fn last(self) -> Date {
        Date::new(self.year, self.number * 3, 1).map_or(Date::MAX, Date::last_of_month)
    }

    /// The one after it; none after the last that days can be said of.
    fn next(self) -> Option<Self> {
        let next = Self::of(self.last().tomorrow().ok()?);
        (next > self).then_some(next)
    }
}

/// What a quarter has, and what the plan asks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Load {
    /// The quarter.
    pub quarter: Quarter,
    /// How many people there are.
    pub people: Option<f64>,
    /// How much money there is.
    pub budget: Option<f64>,
    /// The effort of the initiatives that lie in it, in person-months.
    pub effort: f64,
}

impl Load {
    /// Person-months there are.
    pub fn room(&self) -> Option<f64> {
        self.people.map(|people| people * MONTHS)
    }

    /// What share of its people the plan takes; above 1 it is more than there are.
    pub fn share(&self) -> Option<f64> {
        self.room().filter(|room| *room > 0.0).map(|room| self.effort / room)
    }

    /// Money there is for a planned person-month.
    pub fn for_a_month(&self) -> Option<f64> {
        self.budget.filter(|_| self.effort > 0.0).map(|budget| budget / self.effort)
    }
}

/// The quarters that people or money are stated for, or work is planned in, in their order. The
/// effort of an initiative lies evenly on the days of its bar.
pub fn loads(workspace: &Workspace, bars: &[Bar]) -> Vec<Load> {
    let mut loads: BTreeMap<Quarter, Load> = BTreeMap::new();
    let settings = workspace.settings();
    let stated = |field: Field| {
        let entries = settings.get(field).map(Value::entries).unwrap_or_default().iter();
        entries.filter_map(|(name, value)| Some((Quarter::parse(name)?, value.as_number()?)))
    };
    for (quarter, people) in stated(Field::People) {
        load(&mut loads, quarter).people = Some(people);
    }
    for (quarter, budget) in stated(Field::Budget) {
        load(&mut loads, quarter).budget = Some(budget);
    }
    let planned = bars.iter().filter_map(|bar| Some((bar, workspace.get(&bar.id)?)));
    for (bar, record) in planned {
        let (Some((start, end)), Some(effort)) = (bar.days(), effort(workspace, record)) else {
            continue;
        };
        let all = f64::from(days(start, end));
        let quarters = std::iter::successors(Some(Quarter::of(start)), |quarter| quarter.next());
        for quarter in quarters.take_while(|quarter| quarter.first() <= end) {
            let own = days(start.max(quarter.first()), end.min(quarter.last()));
            load(&mut loads, quarter).effort += effort * f64::from(own) / all;
        }
    }
    loads.into_values().collect()
}

fn load(loads: &mut BTreeMap<Quarter, Load>, quarter: Quarter) -> &mut Load {
    let empty = Load { quarter, people: None, budget: None, effort: 0.0 };
    loads.entry(quarter).or_insert(empty)
}

/// The effort of an initiative in person-months, as RICE has it.
pub fn effort(workspace: &Workspace, record: &Record) -> Option<f64> {
    let rice = Framework::find("rice", workspace.settings())?;
    let at = rice.factors.iter().position(|factor| factor.id == "effort")?;
    rice.values(record).get(at).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_spelled_in_several_ways() {
        let fourth = Quarter { year: 2026, number: 4 };
        for text in ["2026-Q4", "2026Q4", "Q4 2026", "2026 q4", "q4-2026"] {
            assert_eq!(Quarter::parse(text), Some(fourth), "{text}");
        }
        for text in ["2026-Q5", "2026-4", "Q", "Q4", ""] {
            assert_eq!(Quarter::parse(text), None, "{text}");
        }
        assert_eq!(fourth.first().to_string(), "2026-10-01");
        assert_eq!(fourth.end().to_string(), "2027-01-01");
        assert_eq!(Quarter::of("2026-12-31".parse().unwrap()), fourth);
    }
}
