//! How far is what success is measured by?
//!
//! A metric is on track while its newest reading is at least where a straight line from its
//! baseline to its target stands on the day of the reading. The line runs from the first day of
//! the objective to its last: those it says itself, else the day of its first reading and the
//! last release of what serves it. Without two days the direction decides.

use super::coverage::Aims;
use crate::workspace::{Date, Field, Id, Place, Record, Value, Workspace, sorted};

/// Days after which a metric should have been read again.
const STALE: i32 = 30;

/// Something by which success is measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// What is measured.
    pub name: String,
    /// What sort of measure it is: `nps`, `conversion`, `revenue`, `usage`, `other`.
    pub kind: String,
    /// What it is counted in.
    pub unit: String,
    /// Where it stood.
    pub baseline: Option<f64>,
    /// Where it is to be.
    pub target: Option<f64>,
    /// What was read, the oldest first.
    pub readings: Vec<(Date, f64)>,
}

/// How a metric stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// It is at the target or beyond.
    Reached,
    /// It is at the line or beyond.
    OnTrack,
    /// There are no days for a line, and it is nearer to the target than before.
    Nearer,
    /// It is not. With days: where the line stands.
    Behind(Option<f64>),
    /// Nothing was read yet.
    Unread,
    /// It was read, and there is no target to hold it against.
    Aimless,
}

/// The days between which an objective is to be reached.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Span {
    /// The first one.
    pub start: Option<Date>,
    /// The last one.
    pub end: Option<Date>,
}

/// How a metric stands, and for how long nobody looked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// How it stands by its newest reading.
    pub state: State,
    /// Days since that.
    pub days: Option<i32>,
}

impl Metric {
    /// The metrics of an objective, in their order.
    pub fn all(objective: &Record) -> Vec<Self> {
        objective.get(Field::Metrics).map_or_else(Vec::new, Self::listed)
    }

    /// The metrics that a value of the field holds.
    pub fn listed(value: &Value) -> Vec<Self> {
        value.items().iter().map(Self::of).collect()
    }

    /// The metric that a value in the file is.
    fn of(value: &Value) -> Self {
        let text = |part| value.get(part).and_then(Value::as_text).unwrap_or_default().to_owned();
        let number = |part| value.get(part).and_then(Value::as_number);
        let readings = value.get("readings").map(Value::items).unwrap_or_default().iter();
        let reading = |value: &Value| match value.items() {
            [Value::Date(day), Value::Number(number)] => Some((*day, *number)),
            _ => None,
        };
        let mut readings: Vec<(Date, f64)> = readings.filter_map(reading).collect();
        sorted::by_key(&mut readings, |(day, _)| *day);
        Self {
            name: text("name"),
            kind: text("type"),
            unit: text("unit"),
            baseline: number("baseline"),
            target: number("target"),
            readings,
        }
    }

    /// The newest reading.
    pub fn latest(&self) -> Option<(Date, f64)> {
        self.readings.last().copied()
    }

    /// How it stands on this day.
    pub fn standing(&self, span: Span, today: Date) -> Standing {
        let days = self.latest().map(|(day, _)| (today - day).get_days());
        Standing { state: self.state(span), days }
    }

    fn state(&self, span: Span) -> State {
        let Some((day, value)) = self.latest() else { return State::Unread };
        let Some(target) = self.target else { return State::Aimless };
        // Without a baseline the first reading is one.
        let first = self.readings.first().map(|(_, value)| *value);
        let Some(base) = self.baseline.or(first) else { return State::Unread };
        let way = if target < base { -1.0 } else { 1.0 };
        if (value - target) * way >= 0.0 {
            return State::Reached;
        }
        let start = span.start.or(self.readings.first().map(|(day, _)| *day));
        let line = start.zip(span.end).filter(|(start, end)| start < end).map(|(start, end)| {
            let [gone, all] = [day, end].map(|day| f64::from((day - start).get_days()));
            base + (target - base) * (gone / all).clamp(0.0, 1.0)
        });
        let before = self.readings.iter().rev().nth(1).map_or(base, |(_, value)| *value);
        match line {
            // A line reckoned in floating point may be off by its last digit.
            Some(line) if (value - line) * way >= -1e-9 * line.abs() => State::OnTrack,
            None if (value - before) * way > 0.0 => State::Nearer,
            line => State::Behind(line),
        }
    }
}

impl Standing {
    /// For how many days nothing was read, where that is too long.
    pub fn silent(&self) -> Option<i32> {
        self.days.filter(|days| *days > STALE)
    }

    /// Whether it is worth a look.
    pub fn is_bad(&self) -> bool {
        matches!(self.state, State::Behind(_) | State::Unread) || self.silent().is_some()
    }

    /// It in words: `behind the line (7.2) · no reading for 45 days`.
    pub fn words(&self) -> String {
        let state = match self.state {
            State::Reached => "reached".to_owned(),
            State::OnTrack => "on track".to_owned(),
            State::Nearer => "nearer than before".to_owned(),
            State::Behind(Some(line)) => format!("behind: the line is at {}", rounded(line)),
            State::Behind(None) => "behind: no nearer than before".to_owned(),
            State::Unread => "no reading yet".to_owned(),
            State::Aimless => "no target".to_owned(),
        };
        match self.silent() {
            Some(days) => format!("{state} · no reading for {days} days"),
            None => state,
        }
    }

    /// It in one word, for programs.
    pub fn key(&self) -> &'static str {
        match self.state {
            State::Reached => "reached",
            State::OnTrack | State::Nearer => "on_track",
            State::Behind(_) => "behind",
            State::Unread => "unread",
            State::Aimless => "no_target",
        }
    }
}

/// A number of a metric: at most two digits behind the point, and none that say nothing.
pub fn shown(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number that is reckoned: four digits say enough.
fn rounded(number: f64) -> String {
    match number.abs() {
        size if size >= 1000.0 => format!("{number:.0}"),
        size if size >= 100.0 => shown((number * 10.0).round() / 10.0),
        _ => shown(number),
    }
}

/// Between which days an objective is to be reached: what it says itself, else until the last
/// release of what serves it.
pub fn span(workspace: &Workspace, aims: &Aims, objective: &Record) -> Span {
    let items = Place::ITEMS.into_iter().flat_map(|place| workspace.list(place));
    let served = items.filter(|item| aims.get(item.id()) == Some(objective.id()));
    let release = |id: &Id| workspace.get(id).and_then(|release| release.date(Field::Day));
    let last = || served.filter_map(|item| item.link(Field::Release).and_then(release)).max();
    Span { start: objective.date(Field::Start), end: objective.date(Field::Due).or_else(last) }
}

/// The metrics of an objective once a reading is added to the one at this index: readings stand in
/// the order of their days, and a day has one. `None` where it has no such metric.
pub fn with_reading(objective: &Record, at: usize, on: Date, value: f64) -> Option<Value> {
    let mut metrics = objective.list(Field::Metrics).to_vec();
    let metric = metrics.get_mut(at)?;
    let mut readings = metric.get("readings").map(Value::items).unwrap_or_default().to_vec();
    let day = |reading: &Value| reading.items().first().and_then(Value::as_date);
    readings.retain(|reading| day(reading) != Some(on));
    let behind = readings.iter().take_while(|reading| day(reading).is_none_or(|day| day < on));
    let spot = behind.count();
    readings.insert(spot, Value::list([Value::Date(on), Value::Number(value)]));
    *metric = Value::with(Some(metric), "readings", Some(Value::list(readings)))?;
    Some(Value::list(metrics))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn metric(baseline: f64, target: f64, readings: &[(&str, f64)]) -> Metric {
        Metric {
            name: "hours to close".into(),
            kind: "usage".into(),
            unit: "h".into(),
            baseline: Some(baseline),
            target: Some(target),
            readings: readings.iter().map(|(on, value)| (day(on), *value)).collect(),
        }
    }

    fn span(start: &str, end: &str) -> Span {
        Span { start: Some(day(start)), end: Some(day(end)) }
    }

    /// 100 days from 9 down to 4: after 20 of them the line stands at 8.
    #[test]
    fn the_line_decides_where_there_are_days() {
        let hundred = span("2026-09-01", "2026-12-10");
        for (value, state) in [
            (8.0, State::OnTrack),
            (7.5, State::OnTrack),
            (8.1, State::Behind(Some(8.0))),
            (4.0, State::Reached),
            (3.0, State::Reached),
        ] {
            let metric = metric(9.0, 4.0, &[("2026-09-21", value)]);
            assert_eq!(metric.state(hundred), state, "{value}");
        }
        let up = metric(10.0, 60.0, &[("2026-09-21", 19.0)]);
        assert_eq!(up.state(hundred), State::Behind(Some(20.0)));
        assert_eq!([8176.54, 123.45, 7.019, -0.001].map(rounded), ["8177", "123.5", "7.02", "0"]);
    }

    #[test]
    fn without_days_it_should_come_nearer() {
        let state = |readings: &[(&str, f64)]| metric(9.0, 4.5, readings).state(Span::default());
        assert_eq!(state(&[]), State::Unread);
        assert_eq!(state(&[("2026-10-01", 8.1)]), State::Nearer);
        assert_eq!(state(&[("2026-10-01", 9.0)]), State::Behind(None));
        assert_eq!(state(&[("2026-10-01", 8.0), ("2026-11-01", 8.5)]), State::Behind(None));
    }

    #[test]
    fn nobody_looked_for_too_long() {
        let read = metric(9.0, 4.5, &[("2026-10-01", 8.1)]);
        let standing = |on| read.standing(Span::default(), day(on));
        assert_eq!(standing("2026-10-31").words(), "nearer than before");
        assert_eq!(standing("2026-11-15").words(), "nearer than before · no reading for 45 days");
    }

    #[test]
    fn readings_stay_in_the_order_of_their_days_and_a_day_has_one() {
        let pair = |on, value| Value::list([Value::Date(day(on)), Value::Number(value)]);
        let readings = vec![pair("2026-10-01", 8.1), pair("2026-11-01", 7.0)];
        let metric = Value::map([
            ("name".into(), Value::text("hours")),
            ("readings".into(), Value::list(readings)),
        ]);
        let objective = Record::new(Id::new("o")).with(Field::Metrics, Value::list([metric]));
        let read = |on, value| {
            let metrics = with_reading(&objective, 0, day(on), value).unwrap();
            let readings = Metric::of(&metrics.items()[0]).readings.into_iter();
            readings.map(|(on, value)| format!("{on} {value}")).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(read("2026-10-15", 7.5), "2026-10-01 8.1, 2026-10-15 7.5, 2026-11-01 7");
        assert_eq!(read("2026-11-01", 6.0), "2026-10-01 8.1, 2026-11-01 6");
        assert_eq!(with_reading(&objective, 1, day("2026-10-15"), 1.0), None);
    }
}
