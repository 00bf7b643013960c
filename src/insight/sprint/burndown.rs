//! How much was left at the end of each day of a sprint?

use super::capacity::{MOST, working};
use super::{last_day, leaves};
use crate::insight::points::Points;
use crate::workspace::{Date, Field, Id, Place, Workspace};

/// A day of a sprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Points left if as much is done each working day.
    pub ideal: f64,
    /// Points left; none on days to come.
    pub left: Option<f64>,
}

/// The points left, day by day.
#[derive(Debug, Clone, PartialEq)]
pub struct Burndown {
    /// Points at the start.
    pub start: f64,
    /// Its days.
    pub days: Vec<Day>,
    /// Points that would be left by now: at the end of the last day that is over.
    pub ideal: f64,
}

impl Burndown {
    /// The burndown of a sprint by this day; `None` where the sprint has no days. What came in
    /// later counts from the day on which it did; what nobody estimated, for nothing, as in what was
    /// promised.
    pub fn of(workspace: &Workspace, id: &Id, today: Date) -> Option<Self> {
        let sprint = workspace.get(id)?;
        let (start, end) = (sprint.date(Field::Start)?, last_day(workspace, sprint)?);
        let mut size = Points::new(workspace);
        let items: Vec<_> = leaves(workspace, id)
            .into_iter()
            .map(|item| Lasting {
                points: size.of(item).unwrap_or_default(),
                from: item.date(Field::Added),
                done: (workspace.place_of(item.id()) == Some(Place::Done))
                    .then(|| item.date(Field::Done).unwrap_or(start)),
            })
            .collect();
        let at_start = items.iter().filter(|item| item.from.is_none()).map(|item| item.points);
        let at_start = sprint.number(Field::Committed).unwrap_or_else(|| at_start.sum());
        // Nothing is expected of days on which nobody works.
        let worked = working(start, end);
        let all = f64::from(worked(start, end)).max(1.0);
        let each = std::iter::successors(Some(start), |day| day.tomorrow().ok());
        let ideal = |date| at_start * (1.0 - f64::from(worked(start, date)) / all);
        let over = today.yesterday().ok().filter(|day| *day >= start);
        let days = each.take_while(|day| *day <= end).take(MOST).map(|date| Day {
            date,
            ideal: ideal(date),
            left: (date <= today)
                .then(|| items.iter().map(|item| item.left(date)).sum::<f64>() + 0.0),
        });
        let by_now = over.map_or(at_start, |day| ideal(day.min(end)));
        Some(Self { start: at_start, days: days.collect(), ideal: by_now })
    }

    /// Points that are left on the last day that is known, more than would be by now; below 0 where
    /// it is ahead. Today counts once it is over.
    pub fn behind(&self) -> Option<f64> {
        let day = self.days.iter().rev().find(|day| day.left.is_some())?;
        Some(day.left? - self.ideal)
    }
}

/// An item, and how long it is to be done.
struct Lasting {
    points: f64,
    from: Option<Date>,
    done: Option<Date>,
}

impl Lasting {
    fn left(&self, day: Date) -> f64 {
        let is_in = self.from.is_none_or(|from| from <= day);
        let is_done = self.done.is_some_and(|done| done <= day);
        if is_in && !is_done { self.points } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day_of, item, sprint, workspace};
    use super::*;
    use crate::workspace::Value;

    #[test]
    fn what_is_done_goes_down_and_what_comes_in_goes_up() {
        let added = item("c", 2.0).with(Field::Added, Value::Date(day_of(18)));
        let workspace = workspace(
            vec![sprint("s", "running", 16, 20)],
            vec![item("b", 3.0), added],
            vec![(item("a", 5.0), 17)],
        );
        let burndown = Burndown::of(&workspace, &Id::new("s"), day_of(19)).unwrap();
        let left: Vec<_> = burndown.days.iter().map(|day| day.left).collect();
        assert_eq!(left, [Some(8.0), Some(3.0), Some(5.0), Some(5.0), None]);
        let ideal: Vec<f64> = burndown.days.iter().map(|day| day.ideal).collect();
        for (seen, known) in ideal.iter().zip([6.4, 4.8, 3.2, 1.6, 0.0]) {
            assert!((seen - known).abs() < 1e-9, "{ideal:?}");
        }
        assert!((burndown.behind().unwrap() - 1.8).abs() < 1e-9, "today is not over");
        let behind = |day| Burndown::of(&workspace, &Id::new("s"), day_of(day)).unwrap().behind();
        assert_eq!((behind(15), behind(16)), (None, Some(0.0)), "nor is the first day");
        assert!((behind(21).unwrap() - 5.0).abs() < 1e-9, "all of them are");
    }

    #[test]
    fn nothing_is_expected_of_a_weekend() {
        let workspace = workspace(
            vec![sprint("s", "running", 19, 24).with(Field::Committed, Value::Number(8.0))],
            Vec::new(),
            Vec::new(),
        );
        let burndown = Burndown::of(&workspace, &Id::new("s"), day_of(19)).unwrap();
        let ideal: Vec<f64> = burndown.days.iter().map(|day| day.ideal).collect();
        assert_eq!(ideal, [6.0, 4.0, 4.0, 4.0, 2.0, 0.0]);
    }
}
