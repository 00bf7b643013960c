//! What has been delivered so far, sprint by sprint or week by week?

use crate::insight::points::Points;
use crate::insight::sprint::{State, current, length};
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
    /// The amounts, newest last.
    pub amounts: Vec<f64>,
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
            return Self { count: Count::Items, amounts, days: 7, running: 0.0 };
        }
        let closed = closed(workspace, today).into_iter();
        let amounts = closed.map(|sprint| delivered(workspace, sprint)).collect();
        let running = current(workspace, today).map_or(0.0, |sprint| delivered(workspace, sprint));
        let days = length::days(workspace);
        Self { count: Count::Points, amounts: newest(amounts, last), days, running }
    }
}

fn newest(mut amounts: Vec<f64>, last: usize) -> Vec<f64> {
    amounts.split_off(amounts.len().saturating_sub(last))
}

/// The sprints that were closed by this day, the oldest first.
pub fn closed(workspace: &Workspace, today: Date) -> Vec<&Record> {
    let sprints = workspace.list(Place::Sprints).iter().map(Arc::as_ref);
    let by_today = |sprint: &&Record| sprint.date(Field::End).is_none_or(|end| end <= today);
    let closed = sprints.filter(|sprint| State::of(sprint) == State::Closed);
    let mut closed: Vec<&Record> = closed.filter(by_today).collect();
    sorted::by_key(&mut closed, |sprint| sprint.date(Field::End));
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
