//! How many points does a sprint have room for?

use super::last_day;
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
    /// What sprints before usually delivered in so many days, where there are any.
    pub median: Option<f64>,
    /// What the next one delivers with a chance of 85 %, where enough is known for that.
    pub sure: Option<f64>,
    /// The days of the sprint on which people work, Monday to Friday.
    pub days: f64,
    /// Of these, the days off.
    pub days_off: f64,
}

impl Room {
    /// The room in a sprint: as the settings state it, else what the next sprint delivers with a
    /// chance of 85 %, else the median of those before, each in the time of this one; less the
    /// share of its days that are off.
    pub fn of(workspace: &Workspace, sprint: &Record, today: Date) -> Option<Self> {
        Self::given(workspace, sprint, &Velocity::of(workspace, today))
    }

    /// The same, where the velocity is known already.
    pub fn given(workspace: &Workspace, sprint: &Record, velocity: &Velocity) -> Option<Self> {
        let stated = workspace.settings().number(Field::Capacity);
        let time = Time::of(workspace, sprint, Date::MIN);
        let days = time.map_or(0.0, |time| time.days);
        let length = velocity.days.filter(|_| days > 0.0).map_or(1.0, |usual| days / usual);
        let [median, sure] = [velocity.median, velocity.sure].map(|it| Some(it? * length));
        let whole = stated.or(sure).or(median)?;
        let points = whole * time.map_or(1.0, |time| time.worked / time.days);
        let days_off = sprint.number(Field::DaysOff).unwrap_or(0.0);
        Some(Self { points, whole, stated: stated.is_some(), median, sure, days, days_off })
    }
}

/// The working days of a sprint, in which something is delivered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// All of them, days off or not; more than 0.
    pub days: f64,
    /// Those that are not off.
    pub worked: f64,
    /// Of these, those that are left: a share of them, as nobody says which days are off.
    pub left: f64,
}

impl Time {
    /// The time of a sprint on a day, which is to come until it is over; `None` where the sprint
    /// does not say between which days it is.
    pub fn of(workspace: &Workspace, sprint: &Record, today: Date) -> Option<Self> {
        let (start, end) = (sprint.date(Field::Start)?, last_day(workspace, sprint)?);
        Self::between(start, end, sprint.number(Field::DaysOff).unwrap_or(0.0), today)
    }

    /// The same of the days from `start` to `end`, of which so many are off.
    pub fn between(start: Date, end: Date, off: f64, today: Date) -> Option<Self> {
        let counted = working(start, end);
        let [days, left] = [start, today.max(start)].map(|from| f64::from(counted(from, end)));
        let worked = (days - off).max(0.0);
        (days > 0.0).then(|| Self { days, worked, left: worked * (left / days).max(0.0) })
    }
}

/// How the days between two on which people work are counted: those from Monday to Friday, unless
/// a weekend is all there is.
pub(super) fn working(start: Date, end: Date) -> fn(Date, Date) -> i32 {
    if weekdays(start, end) > 0 { weekdays } else { super::days }
}

/// The days from Monday to Friday between two days, both included; no more than a person could
/// plan are counted.
fn weekdays(start: Date, end: Date) -> i32 {
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
        assert_eq!((room.days, room.stated, room.sure), (10.0, false, None));
        assert!((room.whole - 20.0).abs() < 1e-9 && (room.points - 16.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_knows_the_room_before_the_first_sprint() {
        let empty = workspace(Vec::new(), Vec::new(), Vec::new());
        assert_eq!(Room::of(&empty, &sprint("n", "planned", 16, 29), day_of(16)), None);
    }

    #[test]
    fn a_weekend_is_worked_on_if_it_is_all_there_is() {
        let days = |from, to| Time::between(day_of(from), day_of(to), 0.0, Date::MIN).unwrap().days;
        assert_eq!((days(16, 29), days(21, 22)), (10.0, 2.0));
    }

    #[test]
    fn a_sprint_of_one_week_has_room_for_half_of_what_two_weeks_brought() {
        let closed = sprint("s", "closed", 2, 15);
        let workspace = workspace(vec![closed], Vec::new(), vec![(item("a", 20.0), 10)]);
        let week = sprint("n", "planned", 16, 22).with(Field::DaysOff, Value::Number(1.0));
        let room = Room::of(&workspace, &week, day_of(16)).unwrap();
        assert_eq!((room.whole, room.points), (10.0, 8.0));
    }
}
