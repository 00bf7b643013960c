//! What would the next sprint be called, and when would it be?

use super::{last_day, length};
use crate::insight::forecast::calendar::after;
use crate::workspace::{Date, Id, Place, Workspace};
use jiff::ToSpan;

/// A sprint to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
}

/// The sprint after all there are.
pub fn next(workspace: &Workspace, today: Date) -> Proposal {
    let sprints = workspace.list(Place::Sprints).iter();
    following(workspace, sprints.filter_map(|sprint| last_day(workspace, sprint)).max(), today)
}

/// The sprint after one that is closed today, whenever it was to end.
pub fn closing(workspace: &Workspace, sprint: &Id, today: Date) -> Proposal {
    let end = workspace.get(sprint).and_then(|sprint| last_day(workspace, sprint));
    following(workspace, Some(end.map_or(today, |end| end.min(today))), today)
}

/// The sprint after one that ends on `last`: it begins the day after, or today where that has
/// passed.
fn following(workspace: &Workspace, last: Option<Date>, today: Date) -> Proposal {
    let after_last = last.and_then(|end| end.tomorrow().ok());
    let start = after_last.map_or(today, |day| day.max(today));
    let sprints = super::in_order(workspace);
    let name = sprints.last().map_or_else(|| "Sprint 1".to_owned(), |last| after(last.title()));
    Proposal { name: unused(workspace, name), start, end: end(workspace, start) }
}

/// The last day of a sprint that begins on this one.
pub fn end(workspace: &Workspace, start: Date) -> Date {
    start.checked_add((length::days(workspace) - 1).days()).unwrap_or(start)
}

/// The name, or the next after it that no sprint has.
fn unused(workspace: &Workspace, mut name: String) -> String {
    let sprints = workspace.list(Place::Sprints);
    // Each turn takes a sprint out of the way.
    for _ in 0..sprints.len() {
        if sprints.iter().all(|sprint| sprint.title() != name) {
            break;
        }
        name = after(&name);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day_of, sprint, workspace};
    use super::*;

    #[test]
    fn a_sprint_follows_the_last_one_and_never_begins_in_the_past() {
        let running = vec![sprint("Sprint 9", "running", 2, 15)];
        let workspace = workspace(running, Vec::new(), Vec::new());
        let proposed = next(&workspace, day_of(10));
        assert_eq!((proposed.start, proposed.end), (day_of(16), day_of(29)));
        assert_eq!(proposed.name, "Sprint 10");
        assert_eq!(next(&workspace, day_of(18)).start, day_of(18));
    }

    #[test]
    fn the_first_sprint_begins_today() {
        let proposed = next(&workspace(Vec::new(), Vec::new(), Vec::new()), day_of(2));
        assert_eq!((proposed.name.as_str(), proposed.start), ("Sprint 1", day_of(2)));
        assert_eq!(proposed.end, day_of(15));
    }
}
