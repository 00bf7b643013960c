//! What moved since the last working day, what is stuck, and what is next?
//!
//! What moved is found by comparing the workspace with what it was then, as far as that is known,
//! and by the days that items keep: these also know what was done on another computer.

use super::changes::{Known, Then, score_words};
use super::next::next;
use super::sprint::stuck::{Stuck, stuck};
use super::sprint::{Column, over, running};
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Id, Place, Status, Workspace};
use jiff::civil::Weekday;

/// Items named as next at most.
const NEXT: usize = 3;

/// What is said at a stand-up.
#[derive(Debug, Clone, PartialEq)]
pub struct StandUp {
    /// The first day that is looked back to.
    pub since: Date,
    /// How it is known what moved.
    pub known: Known,
    /// The sprint that runs.
    pub sprint: Option<Id>,
    /// Whether its last day has passed.
    pub is_over: bool,
    /// What was done since.
    pub done: Vec<Id>,
    /// What was begun since and goes on.
    pub begun: Vec<Id>,
    /// What else has another status than then: before, and now.
    pub moved: Vec<(Id, &'static str, &'static str)>,
    /// What came into the sprint since.
    pub added: Vec<Id>,
    /// What left the sprint since, and is not done.
    pub left: Vec<Id>,
    /// What has another score than then: before, and now, as they are shown.
    pub rescored: Vec<(Id, String, String)>,
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
    /// What is to be said on this day of all that was since `since`, when the workspace was as
    /// `then`: of the sprint that runs, or of the whole backlog where none does.
    pub fn of(now: &Workspace, then: &Then, since: Date, today: Date) -> Self {
        let sprint = running(now).map(|sprint| sprint.id().clone());
        let ids = |place| now.list(place).iter().map(|item| item.id().clone());
        let open: Vec<Id> = match &sprint {
            Some(sprint) => now.in_sprint(sprint),
            None => ids(Place::Backlog).collect(),
        };
        let two = Two { now, then: &then.workspace, since, today };
        let column = |id: &Id| now.get(id).map(|item| Column::of(now, item));
        let done: Vec<Id> = ids(Place::Done).filter(|id| two.was_done(id)).collect();
        let in_hand = |id: &&Id| matches!(column(id), Some(Column::Doing | Column::Review));
        let held = stuck(now, &open, today);
        let is_free = |id: &&Id| held.iter().all(|stuck| stuck.id != **id);
        let waiting = open.iter().filter(|id| column(id) == Some(Column::Todo)).filter(is_free);
        let waiting = waiting.filter(|id| !now.is_parent(id));
        let mut coming: Vec<Id> = waiting.take(NEXT).cloned().collect();
        if coming.is_empty() {
            coming.extend(next(now, None, today, |day| day.to_string()).map(|next| next.id));
        }
        let of = |wanted: &dyn Fn(&&Id) -> bool| open.iter().filter(wanted).cloned().collect();
        let begun: Vec<Id> = of(&|id| in_hand(id) && two.was_begun(id));
        let moved = open.iter().filter(|id| !begun.contains(id) && !done.contains(id));
        Self {
            since,
            known: then.known.clone(),
            moved: moved.filter_map(|id| two.moved(id)).collect(),
            added: of(&|id| two.came_in(id, sprint.as_ref())),
            left: sprint.as_ref().map_or_else(Vec::new, |sprint| two.left(sprint)),
            rescored: open.iter().filter_map(|id| two.rescored(id)).collect(),
            doing: of(&|id| in_hand(id) && is_free(id)),
            next: coming,
            stuck: held,
            done,
            begun,
            is_over: over(now, today).is_some(),
            sprint,
        }
    }
}

/// The workspace as it is and as it was.
struct Two<'a> {
    now: &'a Workspace,
    then: &'a Workspace,
    since: Date,
    today: Date,
}

impl Two<'_> {
    fn is_dated(&self, id: &Id, field: Field) -> bool {
        let day = self.now.get(id).and_then(|item| item.date(field));
        day.is_some_and(|day| self.since <= day && day <= self.today)
    }

    fn was_done(&self, id: &Id) -> bool {
        let before = self.then.place_of(id);
        self.is_dated(id, Field::Done) || before.is_some_and(|place| place != Place::Done)
    }

    fn was_begun(&self, id: &Id) -> bool {
        let column = self.then.get(id).map(|item| Column::of(self.then, item));
        self.is_dated(id, Field::Started) || column == Some(Column::Todo)
    }

    /// The status of an item then and now, where these differ.
    fn moved(&self, id: &Id) -> Option<(Id, &'static str, &'static str)> {
        let status = |workspace: &Workspace| {
            let status = workspace.get(id)?.status_in(workspace.place_of(id)?);
            Some(status.map_or(Place::Done.key(), Status::key))
        };
        let (before, after) = (status(self.then)?, status(self.now)?);
        (before != after).then(|| (id.clone(), before, after))
    }

    /// Whether an item came into a sprint that ran already.
    fn came_in(&self, id: &Id, sprint: Option<&Id>) -> bool {
        let ran = running(self.then).map(|sprint| sprint.id());
        let before = self.then.get(id).and_then(|item| item.link(Field::Sprint));
        let is_known = self.then.contains(id);
        self.is_dated(id, Field::Added)
            || sprint.is_some() && ran == sprint && is_known && before != sprint
    }

    /// What was in a sprint and is not any more, in the order in which it stands.
    fn left(&self, sprint: &Id) -> Vec<Id> {
        let out = |id: &Id| {
            let item = self.now.get(id);
            item.is_some_and(|item| item.link(Field::Sprint) != Some(sprint))
                && self.now.place_of(id) != Some(Place::Done)
        };
        self.then.in_sprint(sprint).into_iter().filter(out).collect()
    }

    fn rescored(&self, id: &Id) -> Option<(Id, String, String)> {
        let score = |workspace: &Workspace| {
            let place = workspace.place_of(id)?;
            let framework = Framework::of(place.hat(), workspace.settings());
            Some(score_words(framework, workspace.get(id)?))
        };
        let (before, after) = (score(self.then)?, score(self.now)?);
        (before != after).then(|| (id.clone(), before, after))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sprint::tests::{day_of, item, sprint, workspace};
    use super::*;
    use crate::insight::changes::Since;
    use crate::workspace::{Change, Document, Hat, Op, Past, Record, Step, Value};

    #[test]
    fn a_monday_looks_back_to_friday() {
        assert_eq!(day_before(day_of(23)), day_of(20));
        assert_eq!(day_before(day_of(25)), day_of(24));
        assert_eq!(day_before(day_of(22)), day_of(20));
    }

    #[test]
    fn what_moved_what_is_stuck_and_what_is_next() {
        let status = |item: Record, word| item.with(Field::Status, Value::text(word));
        let doing = status(item("a", 1.0), "doing").with(Field::Started, Value::Date(day_of(24)));
        let stuck = status(item("b", 1.0), "blocked");
        let workspace = workspace(
            vec![sprint("s", "running", 16, 29)],
            vec![doing, stuck, item("c", 1.0)],
            vec![(item("d", 1.0), 24), (item("e", 1.0), 20)],
        );
        let then = Then::of(&workspace, &Past::default(), &Since::day(day_of(24)));
        let said = StandUp::of(&workspace, &then, day_of(24), day_of(25));
        assert_eq!(said.known, Known::Dates);
        assert_eq!(said.done, [Id::new("d")]);
        assert_eq!([said.begun, said.doing], [[Id::new("a")], [Id::new("a")]]);
        assert_eq!(said.stuck[0].id, Id::new("b"));
        assert_eq!(said.next, [Id::new("c")]);
    }

    #[test]
    fn the_log_tells_what_the_days_do_not() {
        let status = |item: Record, word| item.with(Field::Status, Value::text(word));
        let other = |item: Record| item.without(Field::Sprint);
        let before = workspace(
            vec![sprint("s", "running", 16, 29)],
            vec![
                status(item("a", 1.0), "doing"),
                status(item("b", 1.0), "review"),
                other(item("c", 1.0)),
                item("d", 1.0),
            ],
            Vec::new(),
        );
        let mut document = Document::new(before);
        let id = Id::new;
        let review = Value::text("review");
        let ops = [
            Op::set(&id("a"), Field::Status, review),
            Op::set(&id("b"), Field::Status, Value::text("doing")),
            Op::set(&id("c"), Field::Sprint, Value::link(id("s"))),
            Op::clear(&id("d"), Field::Sprint),
        ];
        let steps = ops.map(|op| {
            let change = Change { words: "did".into(), hat: Hat::Po, op };
            (day_of(24), document.commit(change).unwrap().clone())
        });
        let idle = Op::Batch(Vec::new());
        let old = Step {
            words: "old".into(),
            hat: Hat::Po,
            op: idle.clone(),
            inverse: idle,
            is_partial: false,
        };
        let steps = std::iter::once((day_of(20), old)).chain(steps).collect();
        let past = Past { steps, version: None };
        let then = Then::of(document.workspace(), &past, &Since::day(day_of(24)));
        let said = StandUp::of(document.workspace(), &then, day_of(24), day_of(25));
        assert_eq!(said.known, Known::Log);
        let moved = [(id("a"), "doing", "review"), (id("b"), "review", "doing")];
        assert_eq!(
            (said.moved, said.added, said.left),
            (moved.into(), vec![id("c")], vec![id("d")])
        );
    }
}
