//! How does a sprint stand: what is in it, how far it is, what came late, what is stuck?

pub mod burndown;
pub mod capacity;
pub mod length;
pub mod plan;
pub mod proposal;
pub mod stuck;
pub mod velocity;

use super::forecast::basis::delivered;
use super::points::Points;
use crate::workspace::{Date, Field, Id, Place, Record, Status, Workspace, sorted};
use jiff::ToSpan;
use std::sync::Arc;

/// How far a sprint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has not begun.
    Planned,
    /// It is going on.
    Running,
    /// It is over.
    Closed,
}

impl State {
    /// The state as the file spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Closed => "closed",
        }
    }

    /// The state of a sprint; one that says nothing is planned.
    pub fn of(sprint: &Record) -> Self {
        match sprint.text(Field::State) {
            "running" => Self::Running,
            "closed" => Self::Closed,
            _ => Self::Planned,
        }
    }
}

/// A column of the board of a sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Not begun.
    Todo,
    /// Being worked on, or stuck after it was begun.
    Doing,
    /// Waiting for a look.
    Review,
    /// In `done`.
    Done,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 4] = [Self::Todo, Self::Doing, Self::Review, Self::Done];

    /// The column as `settings.wip` spells it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Doing => "doing",
            Self::Review => "review",
            Self::Done => "done",
        }
    }

    /// The column an item stands in. What is blocked keeps its place in the work it was begun as,
    /// because it still counts against the limit there.
    pub fn of(workspace: &Workspace, item: &Record) -> Self {
        let place = workspace.place_of(item.id()).unwrap_or(Place::Backlog);
        match item.status_in(place) {
            None => Self::Done,
            Some(Status::Doing) => Self::Doing,
            Some(Status::Blocked) if item.date(Field::Started).is_some() => Self::Doing,
            Some(Status::Todo | Status::Blocked) => Self::Todo,
            Some(Status::Review) => Self::Review,
        }
    }

    /// How many items it may hold, where that is set.
    pub fn limit(self, settings: &Record) -> Option<f64> {
        settings.get(Field::Wip)?.get(self.key())?.as_number()
    }
}

/// How a sprint stands on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The sprint.
    pub id: Id,
    /// How far it is.
    pub state: State,
    /// Which of its days this is, from 1, and how many it has; 0 before the first.
    pub day: Option<(i32, i32)>,
    /// The points of what is in it.
    pub points: f64,
    /// How many of the items in it have no points.
    pub unsized_items: usize,
    /// The points it promised: those noted at the start, else those in it.
    pub committed: f64,
    /// The points it delivered by now.
    pub delivered: f64,
    /// The items that came in after the start.
    pub added: Vec<Id>,
    /// Their points.
    pub added_points: f64,
    /// Of these, those of what is done, at most what was delivered.
    pub added_done: f64,
    /// The open items whose day has passed, the sprint's own last day included.
    pub late: Vec<Id>,
}

impl Course {
    /// How the sprint of this id stands; `None` where there is none.
    pub fn of(workspace: &Workspace, id: &Id, today: Date) -> Option<Self> {
        let sprint = workspace.get(id)?;
        let leaves = leaves(workspace, id);
        // A sum of nothing is -0.
        let mut size = Points::new(workspace);
        let sizes: Vec<Option<f64>> = leaves.iter().map(|item| size.of(item)).collect();
        let points = sizes.iter().flatten().sum::<f64>() + 0.0;
        let end = last_day(workspace, sprint).filter(|_| State::of(sprint) == State::Running);
        let late = |item: &&&Arc<Record>| {
            let due = [item.date(Field::Due), end].into_iter().flatten().min();
            Column::of(workspace, item) != Column::Done && due.is_some_and(|due| due < today)
        };
        let ids = |items: &mut dyn Iterator<Item = &&Arc<Record>>| {
            items.map(|item| item.id().clone()).collect::<Vec<_>>()
        };
        let (added_points, added_done) = added(workspace, &leaves, &sizes);
        let delivered = delivered(workspace, sprint) + 0.0;
        Some(Self {
            id: id.clone(),
            state: State::of(sprint),
            day: day(workspace, sprint, today),
            points,
            unsized_items: sizes.iter().filter(|size| size.is_none()).count(),
            committed: sprint.number(Field::Committed).unwrap_or(points),
            delivered,
            added: ids(&mut leaves.iter().filter(|item| item.get(Field::Added).is_some())),
            added_points,
            added_done: added_done.min(delivered),
            late: ids(&mut leaves.iter().filter(late)),
        })
    }

    /// The points it delivered of what it promised.
    pub fn kept(&self) -> f64 {
        self.delivered - self.added_done
    }

    /// Days by which a sprint that runs is over its end.
    pub fn overdue(&self) -> i32 {
        let over = self.day.map_or(0, |(day, of)| day - of);
        if self.state == State::Running { over.max(0) } else { 0 }
    }
}

/// The points of what came in after the start, and of what of it is done.
fn added(workspace: &Workspace, items: &[&Arc<Record>], sizes: &[Option<f64>]) -> (f64, f64) {
    let added = items.iter().zip(sizes).filter(|(item, _)| item.get(Field::Added).is_some());
    added.fold((0.0, 0.0), |(all, done), (item, size)| {
        let points = size.unwrap_or_default();
        let is_done = workspace.place_of(item.id()) == Some(Place::Done);
        (all + points, if is_done { done + points } else { done })
    })
}

/// Which day of a sprint this is, from 1, and how many it has.
fn day(workspace: &Workspace, sprint: &Record, today: Date) -> Option<(i32, i32)> {
    let (start, end) = (sprint.date(Field::Start)?, last_day(workspace, sprint)?);
    Some((days(start, today).max(0), days(start, end).max(1)))
}

/// Days from one day to another, both included.
pub fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days() + 1
}

/// The sprint that runs; the first where a file says so of several.
pub fn running(workspace: &Workspace) -> Option<&Arc<Record>> {
    let sprints = workspace.list(Place::Sprints).iter();
    sprints.into_iter().find(|sprint| State::of(sprint) == State::Running)
}

/// The same, unless it is over: whoever forgot to close it works in none.
pub fn current(workspace: &Workspace, today: Date) -> Option<&Arc<Record>> {
    running(workspace).filter(|sprint| !is_over(workspace, sprint, today))
}

/// The same, where its last day has passed and nobody closed it.
pub fn over(workspace: &Workspace, today: Date) -> Option<&Arc<Record>> {
    running(workspace).filter(|sprint| is_over(workspace, sprint, today))
}

/// Whether a sprint is past its last day, closed or not.
pub fn is_over(workspace: &Workspace, sprint: &Record, today: Date) -> bool {
    last_day(workspace, sprint).is_some_and(|end| end < today)
}

/// The last day of a sprint: the one it says, else that of a whole sprint from its first day on.
pub fn last_day(workspace: &Workspace, sprint: &Record) -> Option<Date> {
    let whole =
        || sprint.date(Field::Start)?.checked_add((length::days(workspace) - 1).days()).ok();
    sprint.date(Field::End).or_else(whole)
}

/// The next sprint that is planned.
pub fn planned(workspace: &Workspace) -> Option<&Arc<Record>> {
    let sprints = workspace.list(Place::Sprints).iter();
    let planned = sprints.filter(|sprint| State::of(sprint) == State::Planned);
    planned.min_by_key(|sprint| (sprint.date(Field::Start).is_none(), sprint.date(Field::Start)))
}

/// The sprints in the order of their days, those without any last.
pub fn in_order(workspace: &Workspace) -> Vec<&Arc<Record>> {
    let mut sprints: Vec<_> = workspace.list(Place::Sprints).iter().collect();
    let begins = |sprint: &Record| sprint.date(Field::Start).or(sprint.date(Field::End));
    sorted::by_key(&mut sprints, |sprint| (begins(sprint).is_none(), begins(sprint)));
    sprints
}

/// The work in a sprint that is not made of other items, in the order in which it stands.
pub fn leaves<'a>(workspace: &'a Workspace, sprint: &Id) -> Vec<&'a Arc<Record>> {
    let items = workspace.in_sprint(sprint);
    let leaf = |id: &Id| workspace.get(id).filter(|_| !workspace.is_parent(id));
    items.iter().filter_map(leaf).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::insight::forecast::basis;
    use crate::workspace::{Content, Value};

    /// A day of November 2026.
    pub fn day_of(day: i8) -> Date {
        Date::constant(2026, 11, day)
    }

    /// A sprint of November 2026.
    pub fn sprint(id: &str, state: &str, from: i8, to: i8) -> Record {
        Record::new(Id::new(id))
            .with(Field::Name, Value::text(id))
            .with(Field::State, Value::text(state))
            .with(Field::Start, Value::Date(day_of(from)))
            .with(Field::End, Value::Date(day_of(to)))
    }

    /// An item of so many points in the sprint `s`.
    pub fn item(id: &str, points: f64) -> Record {
        Record::new(Id::new(id))
            .with(Field::Title, Value::text(id))
            .with(Field::Sprint, Value::link(Id::new("s")))
            .with(Field::Points, Value::Number(points))
    }

    /// What stands where.
    pub fn workspace(
        sprints: Vec<Record>,
        backlog: Vec<Record>,
        done: Vec<(Record, i8)>,
    ) -> Workspace {
        let mut content = Content::default();
        let all = |records: Vec<Record>| records.into_iter().map(Arc::new).collect();
        content.fill(Place::Sprints, all(sprints));
        content.fill(Place::Backlog, all(backlog));
        let on = |(item, day): (Record, i8)| item.with(Field::Done, Value::Date(day_of(day)));
        content.fill(Place::Done, all(done.into_iter().map(on).collect()));
        Workspace::new(content)
    }

    #[test]
    fn a_course_counts_days_points_and_what_came_late() {
        let added = item("c", 2.0).with(Field::Added, Value::Date(day_of(18)));
        let due = item("b", 3.0).with(Field::Due, Value::Date(day_of(17)));
        let workspace = workspace(
            vec![sprint("s", "running", 16, 29).with(Field::Committed, Value::Number(9.0))],
            vec![due, added.without(Field::Points)],
            vec![(item("a", 5.0), 17)],
        );
        let course = Course::of(&workspace, &Id::new("s"), day_of(18)).unwrap();
        assert_eq!(course.day, Some((3, 14)));
        assert!((course.points - 8.0).abs() < 1e-9 && (course.committed - 9.0).abs() < 1e-9);
        assert!((course.delivered - 5.0).abs() < 1e-9);
        assert_eq!((course.unsized_items, course.overdue()), (1, 0));
        assert_eq!((course.added, course.late), (vec![Id::new("c")], vec![Id::new("b")]));
    }

    #[test]
    fn what_was_not_promised_is_counted_apart() {
        let added = |id, points| item(id, points).with(Field::Added, Value::Date(day_of(18)));
        let running = sprint("s", "running", 16, 29).with(Field::Committed, Value::Number(8.0));
        let done = vec![(item("a", 6.0), 17), (added("b", 4.0), 19)];
        let workspace = workspace(vec![running], vec![item("c", 2.0), added("d", 1.0)], done);
        let course = Course::of(&workspace, &Id::new("s"), day_of(20)).unwrap();
        assert_eq!((course.delivered, course.kept()), (10.0, 6.0));
        assert_eq!((course.added_done, course.added_points), (4.0, 5.0));
    }

    #[test]
    fn in_a_sprint_that_should_be_over_everything_open_is_late() {
        let sprints = vec![sprint("s", "running", 2, 15)];
        let workspace = workspace(sprints, vec![item("a", 1.0)], vec![(item("b", 1.0), 9)]);
        let course = Course::of(&workspace, &Id::new("s"), day_of(18)).unwrap();
        assert_eq!((course.overdue(), course.late), (3, vec![Id::new("a")]));
    }

    #[test]
    fn a_sprint_without_a_last_day_is_as_long_as_sprints_are() {
        let of = |end: bool| {
            let sprints = [("r", "closed", 2, 15), ("s", "running", 16, 29)];
            let short = sprint("q", "closed", 1, 8);
            let sprints = sprints.map(|(id, state, from, to)| sprint(id, state, from, to));
            let said = |it: Record| if end { it } else { it.without(Field::End) };
            let sprints = sprints.into_iter().map(said).chain([short]).collect();
            workspace(sprints, vec![item("a", 3.0)], vec![(item("b", 2.0), 18)])
        };
        let id = Id::new("s");
        for today in [10, 15, 16, 20, 29].map(day_of).into_iter().chain([day_of(30)]) {
            let [plain, said] = [of(false), of(true)];
            let told = |workspace: &Workspace| {
                let closed = basis::closed(workspace, today).into_iter().map(|it| it.id().clone());
                (
                    format!("{:?}", Course::of(workspace, &id, today)),
                    format!("{:?}", burndown::Burndown::of(workspace, &id, today)),
                    proposal::next(workspace, today),
                    proposal::closing(workspace, &id, today),
                    closed.collect::<Vec<_>>(),
                )
            };
            assert_eq!(told(&plain), told(&said), "{today}");
        }
    }

    #[test]
    fn what_is_blocked_stays_where_it_was_begun() {
        let blocked = |item: Record| item.with(Field::Status, Value::text("blocked"));
        let begun = blocked(item("b", 1.0)).with(Field::Started, Value::Date(day_of(2)));
        let workspace = workspace(Vec::new(), vec![blocked(item("a", 1.0)), begun], Vec::new());
        let columns = workspace.list(Place::Backlog).iter();
        let columns: Vec<_> = columns.map(|item| Column::of(&workspace, item)).collect();
        assert_eq!(columns, [Column::Todo, Column::Doing]);
    }
}
