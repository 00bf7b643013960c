//! What moved since the last working day, what is stuck, and what is next?

use super::next::next;
use super::sprint::stuck::{Stuck, stuck};
use super::sprint::{Column, running};
use crate::workspace::{Date, Field, Id, Place, Workspace};
use jiff::civil::Weekday;

/// Items named as next at most.
const NEXT: usize = 3;

/// What is said at a stand-up.
#[derive(Debug, Clone, PartialEq)]
pub struct StandUp {
    /// The first day that is looked back to.
    pub since: Date,
    /// The sprint that runs.
    pub sprint: Option<Id>,
    /// What was done since.
    pub done: Vec<Id>,
    /// What was begun since and goes on.
    pub begun: Vec<Id>,
    /// What came into the sprint since.
    pub added: Vec<Id>,
    /// What is stuck, the longest first.
    pub stuck: Vec<Stuck>,
    /// What goes on now.
    pub doing: Vec<Id>,
    /// What comes next.
    pub next: Vec<Id>,
}

/// The working day before: on a Monday the Friday.
pub fn day_before(today: Date) -> Date {
    let days = std::iter::successors(today.yesterday().ok(), |day| day.yesterday().ok());
    let mut working =
        days.take(3).filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    working.next().unwrap_or(today)
}

impl StandUp {
    /// What is to be said on this day of all that was since `since`: of the sprint that runs, or
    /// of the whole backlog where none does.
    pub fn of(workspace: &Workspace, since: Date, today: Date) -> Self {
        let sprint = running(workspace).map(|sprint| sprint.id().clone());
        let ids = |place| workspace.list(place).iter().map(|item| item.id().clone());
        let open: Vec<Id> = match &sprint {
            Some(sprint) => workspace.in_sprint(sprint),
            None => ids(Place::Backlog).collect(),
        };
        let recent = |id: &&Id, field| {
            let day = workspace.get(id).and_then(|item| item.date(field));
            day.is_some_and(|day| since <= day && day <= today)
        };
        let column = |id: &&Id| workspace.get(id).map(|item| Column::of(workspace, item));
        let done: Vec<Id> = ids(Place::Done).filter(|id| recent(&id, Field::Done)).collect();
        let in_hand = |id: &&Id| matches!(column(id), Some(Column::Doing | Column::Review));
        let held = stuck(workspace, &open, today);
        let is_free = |id: &&Id| held.iter().all(|stuck| stuck.id != **id);
        let waiting = open.iter().filter(|id| column(id) == Some(Column::Todo)).filter(is_free);
        let waiting = waiting.filter(|id| workspace.children(id).is_empty());
        let mut coming: Vec<Id> = waiting.take(NEXT).cloned().collect();
        if coming.is_empty() {
            coming.extend(next(workspace, None, today).map(|next| next.id));
        }
        let of = |wanted: &dyn Fn(&&Id) -> bool| open.iter().filter(wanted).cloned().collect();
        Self {
            since,
            done,
            begun: of(&|id| recent(id, Field::Started) && in_hand(id)),
            added: of(&|id| recent(id, Field::Added)),
            doing: of(&|id| in_hand(id) && is_free(id)),
            next: coming,
            stuck: held,
            sprint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sprint::tests::{day_of, item, sprint, workspace};
    use super::*;
    use crate::workspace::Value;

    #[test]
    fn a_monday_looks_back_to_friday() {
        assert_eq!(day_before(day_of(23)), day_of(20));
        assert_eq!(day_before(day_of(25)), day_of(24));
        assert_eq!(day_before(day_of(22)), day_of(20));
    }

    #[test]
    fn what_moved_what_is_stuck_and_what_is_next() {
        let status =
            |item: crate::workspace::Record, word| item.with(Field::Status, Value::text(word));
        let doing = status(item("a", 1.0), "doing").with(Field::Started, Value::Date(day_of(24)));
        let stuck = status(item("b", 1.0), "blocked");
        let workspace = workspace(
            vec![sprint("s", "running", 16, 29)],
            vec![doing, stuck, item("c", 1.0)],
            vec![(item("d", 1.0), 24), (item("e", 1.0), 20)],
        );
        let said = StandUp::of(&workspace, day_of(24), day_of(25));
        assert_eq!(said.done, [Id::new("d")]);
        assert_eq!([said.begun, said.doing], [[Id::new("a")], [Id::new("a")]]);
        assert_eq!(said.stuck[0].id, Id::new("b"));
        assert_eq!(said.next, [Id::new("c")]);
    }
}
