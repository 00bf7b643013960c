//! How many points does a sprint have room for?

use super::velocity::Velocity;
use crate::workspace::{Date, Field, Record, Workspace};
use jiff::civil::Weekday;

/// The room in a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Points, with the days off taken out.
    pub points: f64,
    /// Points of a sprint without days off.
    pub whole: f64,
    /// Whether the person stated them; else they come from the sprints before.
    pub stated: bool,
    /// What sprints before usually delivered, where there are any.
    pub median: Option<f64>,
    /// What the next one delivers with a chance of 85 %, where enough is known for that.
    pub sure: Option<f64>,
    /// The days of the sprint on which people work, Monday to Friday.
    pub days: i32,
    /// Of these, the days off.
    pub days_off: f64,
}

impl Room {
    /// The room in a sprint: as the settings state it, else what the next sprint delivers with a
    /// chance of 85 %, else the median of those before; less the share of its days that are off.
    pub fn of(workspace: &Workspace, sprint: &Record, today: Date) -> Option<Self> {
        Self::given(workspace, sprint, &Velocity::of(workspace, today))
    }

    /// The same, where the velocity is known already.
    pub fn given(workspace: &Workspace, sprint: &Record, velocity: &Velocity) -> Option<Self> {
        let Velocity { median, sure, .. } = *velocity;
        let stated = workspace.settings().number(Field::Capacity);
        let whole = stated.or(sure).or(median)?;
        let days = sprint.date(Field::Start).zip(sprint.date(Field::End));
        let days = days.map_or(0, |(start, end)| working_days(start, end));
        let days_off = sprint.number(Field::DaysOff).unwrap_or(0.0);
        let off = if days > 0 { (days_off / f64::from(days)).min(1.0) } else { 0.0 };
        let points = whole * (1.0 - off);
        Some(Self { points, whole, stated: stated.is_some(), median, sure, days, days_off })
    }
}

/// The days from Monday to Friday between two days, both included; all days where there are none.
pub fn working_days(start: Date, end: Date) -> i32 {
    match weekdays(start, end) {
        0 => super::days(start, end),
        days => days,
    }
}

/// The days from Monday to Friday between two days, both included; no more than a person could
/// plan are counted.
pub(super) fn weekdays(start: Date, end: Date) -> i32 {
    let is_free = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = std::iter::successors(Some(start), |day| day.tomorrow().ok());
    let days = days.take_while(|day| *day <= end).take(MOST);
    i32::try_from(days.filter(|day| !is_free(day)).count()).unwrap_or(i32::MAX)
}

/// Days that are looked at; a longer sprint is a slip of the pen.
pub(super) const MOST: usize = 400;

#[cfg(test)]
mod tests {
    use super::super::tests::{day_of, item, sprint, workspace};
    use super::*;
    use crate::workspace::Value;

    #[test]
    fn two_of_ten_days_off_leave_four_fifths() {
        let closed = sprint("s", "closed", 2, 15);
        let workspace = workspace(vec![closed], Vec::new(), vec![(item("a", 20.0), 10)]);
        let next = sprint("n", "planned", 16, 29).with(Field::DaysOff, Value::Number(2.0));
        let room = Room::of(&workspace, &next, day_of(16)).unwrap();
        assert_eq!((room.days, room.stated, room.sure), (10, false, None));
        assert!((room.whole - 20.0).abs() < 1e-9 && (room.points - 16.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_knows_the_room_before_the_first_sprint() {
        let empty = workspace(Vec::new(), Vec::new(), Vec::new());
        assert_eq!(Room::of(&empty, &sprint("n", "planned", 16, 29), day_of(16)), None);
    }

    #[test]
    fn a_weekend_is_worked_on_if_it_is_all_there_is() {
        assert_eq!(working_days(day_of(16), day_of(29)), 10);
        assert_eq!(working_days(day_of(21), day_of(22)), 2);
    }
}
