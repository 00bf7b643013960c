//! When does each coming sprint end?

use super::basis::{Basis, Count};
use super::sum::Share;
use crate::insight::sprint::capacity::Time;
use crate::insight::sprint::{State, current, last_day};
use crate::workspace::{Date, Id, Place, Record, Workspace, sorted};
use jiff::ToSpan;
use std::sync::Arc;

/// A sprint to come, or the running one.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// The sprint, where there is a record of it.
    pub id: Option<Id>,
    /// What it is called, or would be.
    pub name: String,
    /// Its last day.
    pub ends: Date,
    /// Its time, in those of a usual sprint.
    pub share: Share,
}

/// The running sprint, the planned ones, and as many after them as make `count`; weeks from this
/// day on where weeks are counted.
pub fn slots(workspace: &Workspace, basis: &Basis, count: usize, today: Date) -> Vec<Slot> {
    let mut slots = match basis.count {
        Count::Points => known(workspace, basis, today),
        Count::Items => Vec::new(),
    };
    slots.truncate(count);
    let sprints = workspace.list(Place::Sprints);
    let mut name = slots.last().map(|slot| slot.name.clone());
    name = name.or_else(|| Some(sprints.last()?.title().to_owned()));
    let last = sprints.iter().filter_map(|sprint| last_day(workspace, sprint)).max();
    // Weeks have nothing to do with when sprints end.
    let last = last.filter(|end| basis.count == Count::Points && *end >= today);
    let mut end = slots.last().map(|slot| slot.ends).or(last).or(today.yesterday().ok());
    while slots.len() < count {
        let next = end.and_then(|end| end.checked_add(basis.days.days()).ok());
        let Some(ends) = next else { break };
        let called = match basis.count {
            Count::Points => after(name.as_deref().unwrap_or_default()),
            Count::Items => format!("week {}", slots.len() + 1),
        };
        let time = end.and_then(|end| Time::between(end.tomorrow().ok()?, ends, 0.0, today));
        slots.push(Slot { id: None, name: called.clone(), ends, share: share(basis, time) });
        (name, end) = (Some(called), Some(ends));
    }
    slots
}

/// The sprints there are records of, none before the one that runs. One past its last day is over,
/// whether or not it was closed: what is left of it waits for the next.
fn known(workspace: &Workspace, basis: &Basis, today: Date) -> Vec<Slot> {
    let slot = |sprint: &Record, ends| Slot {
        id: Some(sprint.id().clone()),
        name: sprint.title().to_owned(),
        ends,
        share: share(basis, Time::of(workspace, sprint, today)),
    };
    let runs = current(workspace, today);
    let runs = runs.map(|it| slot(it, last_day(workspace, it).unwrap_or(today)));
    let earliest = runs.as_ref().map_or(today, |slot| slot.ends);
    let sprints = workspace.list(Place::Sprints).iter().map(Arc::as_ref);
    let planned = sprints.filter(|sprint| State::of(sprint) == State::Planned);
    let coming = |it| last_day(workspace, it).filter(|end| *end >= today).map(|end| (it, end));
    let planned = planned.filter_map(coming).map(|(it, end)| slot(it, end.max(earliest)));
    let mut planned: Vec<Slot> = planned.collect();
    sorted::by_key(&mut planned, |slot| slot.ends);
    runs.into_iter().chain(planned).collect()
}

/// How much of what a usual sprint delivers there is time for: all of it where the days are not
/// known, and less what is off where those of the sprints seen are not.
fn share(basis: &Basis, time: Option<Time>) -> Share {
    let Some(time) = time.filter(|_| basis.count == Count::Points) else { return Share::WHOLE };
    let usual = basis.usual.unwrap_or(time.days);
    Share { whole: time.worked / usual, left: time.left / usual }
}

/// The name that follows: the number at its end, one higher.
pub fn after(name: &str) -> String {
    let words = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    match name[words.len()..].parse::<u64>() {
        Ok(number) => format!("{words}{}", number.saturating_add(1)),
        Err(_) if name.is_empty() => "next sprint".to_owned(),
        Err(_) => format!("after {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_on_counting() {
        assert_eq!(after("Sprint 9"), "Sprint 10");
        assert_eq!(after("2026-05"), "2026-6");
        assert_eq!(after("Autumn"), "after Autumn");
        assert_eq!(after(""), "next sprint");
    }
}
