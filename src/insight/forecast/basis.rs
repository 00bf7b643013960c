//! What has been delivered so far, sprint by sprint or week by week?

use crate::insight::points::Points;
use crate::insight::sprint::capacity::Time;
use crate::insight::sprint::{State, current, last_day, length};
use crate::scoring::median;
use crate::workspace::{Date, Field, Place, Record, Workspace, sorted};
use std::sync::Arc;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Points a sprint.
    Points,
    /// Items a week, where nothing is estimated.
    Items,
}

impl Count {
    /// What is counted, in words.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Items => "items",
        }
    }

    /// The time in which it is.
    pub fn period(self) -> &'static str {
        match self {
            Self::Points => "sprint",
            Self::Items => "week",
        }
    }

    /// An amount in words: `14 points`.
    pub fn amount(self, amount: f64) -> String {
        format!("{} {}", plain(amount), self.unit())
    }
}

/// An amount without more digits than anybody plans in.
pub fn plain(amount: f64) -> String {
    ((amount * 100.0).round() / 100.0).to_string()
}

/// What was delivered, and in steps of how many days.
#[derive(Debug, Clone, PartialEq)]
pub struct Basis {
    /// What is counted.
    pub count: Count,
    /// The amounts, newest last; of a sprint as many as it delivers in the usual time.
    pub amounts: Vec<f64>,
    /// The usual time of a sprint in working days that are not off; `None` where no sprint seen
    /// says between which days it was, and with weeks.
    pub usual: Option<f64>,
    /// Whether all sprints seen had that time, so that their amounts are what they delivered.
    pub is_even: bool,
    /// The days of a sprint, or of a week.
    pub days: i32,
    /// What the running sprint has delivered; nothing once its last day has passed.
    pub running: f64,
}

impl Basis {
    /// The newest `last` closed sprints by this day; weeks where nothing of `counted` has points.
    pub fn of(workspace: &Workspace, counted: &[&Arc<Record>], last: usize, today: Date) -> Self {
        let mut points = Points::new(workspace);
        if !counted.is_empty() && !counted.iter().any(|item| points.of(item).is_some()) {
            let amounts = weeks(workspace, last, today);
            let (count, usual) = (Count::Items, None);
            return Self { count, amounts, usual, is_even: true, days: 7, running: 0.0 };
        }
        let closed = closed(workspace, today);
        let newest = closed.len().saturating_sub(last);
        let Usual { amounts, days: usual, is_even } = Usual::of(workspace, &closed[newest..]);
        let running = current(workspace, today).map_or(0.0, |sprint| delivered(workspace, sprint));
        let days = length::days(workspace);
        Self { count: Count::Points, amounts, usual, is_even, days, running }
    }
}

/// What some sprints delivered in the time that is usual for them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usual {
    /// The amounts, in the order of the sprints.
    pub amounts: Vec<f64>,
    /// That time, the median of theirs, in working days that are not off; `None` where none is
    /// known.
    pub days: Option<f64>,
    /// Whether all had that time.
    pub is_even: bool,
}

impl Usual {
    /// Of these sprints, the oldest first. One with less than half of the usual time says little
    /// alone and counts together with the next, the last with the one before. One whose days are
    /// not known had the usual time.
    pub fn of(workspace: &Workspace, sprints: &[&Record]) -> Self {
        let worked = |sprint: &&Record| Some(Time::of(workspace, sprint, Date::MIN)?.worked);
        let times = sprints.iter().filter_map(worked).filter(|time| *time > 0.0);
        let days = median(times.collect());
        let usual = days.unwrap_or(1.0);
        let is_short = |time: f64| time < usual / 2.0;
        let mut seen: Vec<(f64, f64)> = Vec::new();
        for sprint in sprints {
            let (amount, time) = (delivered(workspace, sprint), worked(sprint).unwrap_or(usual));
            match seen.last_mut() {
                Some(last) if is_short(last.1) => *last = (last.0 + amount, last.1 + time),
                _ => seen.push((amount, time)),
            }
        }
        if seen.len() > 1
            && let Some((amount, time)) = seen.pop_if(|last| is_short(last.1))
            && let Some(before) = seen.last_mut()
        {
            *before = (before.0 + amount, before.1 + time);
        }
        let is_usual = |(_, time): &(f64, f64)| (time - usual).abs() < 1e-9;
        let is_even = seen.len() == sprints.len() && seen.iter().all(is_usual);
        // Times 1 where the time was usual, so that what was delivered stays exact.
        let rate = |time: f64| if time > 0.0 { usual / time } else { 1.0 };
        let amounts = seen.into_iter().map(|(amount, time)| amount * rate(time)).collect();
        Self { amounts, days, is_even }
    }
}

/// The sprints that were closed by this day, the oldest first.
pub fn closed(workspace: &Workspace, today: Date) -> Vec<&Record> {
    let sprints = workspace.list(Place::Sprints).iter().map(Arc::as_ref);
    let by_today = |sprint: &&Record| last_day(workspace, sprint).is_none_or(|end| end <= today);
    let closed = sprints.filter(|sprint| State::of(sprint) == State::Closed);
    let mut closed: Vec<&Record> = closed.filter(by_today).collect();
    sorted::by_key(&mut closed, |sprint| last_day(workspace, sprint));
    closed
}

/// The points a sprint delivered: as stated, or those of its done leaves.
pub fn delivered(workspace: &Workspace, sprint: &Record) -> f64 {
    let mut points = Points::new(workspace);
    let links = workspace.links_to(sprint.id()).iter();
    let done = links
        .filter(|(id, field)| {
            *field == Field::Sprint && workspace.place_of(id) == Some(Place::Done)
        })
        .filter(|(id, _)| !workspace.is_parent(id))
        .filter_map(|(id, _)| points.of(workspace.get(id)?));
    sprint.number(Field::Delivered).unwrap_or_else(|| done.sum())
}

/// The leaves done in each of the newest `last` whole weeks up to this day, of those since the first
/// was done, the oldest first.
fn weeks(workspace: &Workspace, last: usize, today: Date) -> Vec<f64> {
    let done = workspace.list(Place::Done).iter();
    let done = done.filter(|item| item.kind().is_work() && !workspace.is_parent(item.id()));
    let days = done.filter_map(|item| item.date(Field::Done)).filter(|day| *day <= today);
    let ago: Vec<usize> =
        days.map(|day| usize::try_from((today - day).get_days()).unwrap_or_default()).collect();
    let Some(first) = ago.iter().max() else { return Vec::new() };
    let mut weeks = vec![0.0; last.min((first + 1) / 7)];
    for week in ago.into_iter().map(|days| days / 7) {
        weeks.get_mut(week).into_iter().for_each(|count| *count += 1.0);
    }
    weeks.reverse();
    weeks
}
