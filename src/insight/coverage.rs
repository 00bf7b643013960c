//! What does the effort serve, and what is served by nobody?
//!
//! Effort is the points of work that is made of nothing else. It serves the objective it names,
//! else the one that the nearest thing it is part of names. Shares are of all points, those that
//! serve nothing included, so that they can be held against the target shares.

use super::inbox;
use crate::insight::points::Points;
use crate::workspace::number::counted;
use crate::workspace::{Date, Field, Id, Kind, Lookup, Place, Record, Workspace, sorted};
use std::collections::HashSet;

/// A share that misses its target by more than this is worth a word.
const FAR: f64 = 0.1;

/// How the plan covers the objectives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coverage {
    /// A row an objective, in their order.
    pub objectives: Vec<Served>,
    /// What serves no objective.
    pub none: Effort,
    /// All effort.
    pub all: Effort,
    /// Initiatives without any points under them that are not done.
    pub sizeless: Vec<Id>,
    /// Objectives that no open work serves.
    pub unserved: Vec<Id>,
    /// Open work that serves no objective, without the parts of such work.
    pub aimless: Vec<Id>,
    /// Feedback that nobody answered, the oldest first.
    pub unanswered: Vec<Unanswered>,
}

/// Points, and how many items could not be counted for want of them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Effort {
    /// Points that are not done.
    pub planned: f64,
    /// Points that are done.
    pub done: f64,
    /// Open items without points.
    pub without: usize,
}

/// The effort that serves an objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Served {
    /// The objective.
    pub id: Id,
    /// The share of the effort it should have, 0 to 1, where that is said.
    pub target: Option<f64>,
    /// Its points.
    pub effort: Effort,
    /// Its share of all that is planned, 0 to 1; `None` where nothing is.
    pub planned: Option<f64>,
    /// Its share of all that is done, 0 to 1; `None` where nothing is.
    pub done: Option<f64>,
}

impl Served {
    /// Whether what is planned is far from the target, where both are known.
    pub fn is_off(&self) -> bool {
        self.target.zip(self.planned).is_some_and(|(target, planned)| {
            // Not so strict that 0.4 and 0.3 are further apart than 0.1.
            (target - planned).abs() > FAR + 1e-9
        })
    }
}

/// Feedback that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// The entry.
    pub id: Id,
    /// For how many days it has been waiting, where it is known when it was written down.
    pub days: Option<i32>,
}

impl Coverage {
    /// What the workspace covers on this day.
    pub fn of(workspace: &Workspace, today: Date) -> Self {
        let aims = Aims::of(workspace);
        let mut efforts: Lookup<&Id, Effort> = Lookup::default();
        let (mut coverage, mut points) = (Self::default(), Points::new(workspace));
        for (place, item) in leaves(workspace) {
            let points = points.of(item);
            let aim = aims.get(item.id());
            let effort = aim.map_or(&mut coverage.none, |aim| efforts.entry(aim).or_default());
            for effort in [effort, &mut coverage.all] {
                effort.add(place, points);
            }
        }
        let all = coverage.all;
        let served = workspace.list(Place::Objectives).iter().map(|objective| {
            let effort = efforts.get(objective.id()).copied().unwrap_or_default();
            Served {
                id: objective.id().clone(),
                target: objective.number(Field::Share).map(|percent| percent / 100.0),
                effort,
                planned: share(effort.planned, all.planned),
                done: share(effort.done, all.done),
            }
        });
        coverage.objectives = served.collect();
        coverage.sizeless = sizeless(workspace, &mut points);
        let aimed: HashSet<&Id> = open(workspace).filter_map(|item| aims.get(item.id())).collect();
        let objectives = workspace.list(Place::Objectives).iter().map(|objective| objective.id());
        coverage.unserved = objectives.filter(|id| !aimed.contains(id)).cloned().collect();
        coverage.aimless = aimless(workspace, &aims);
        coverage.unanswered = unanswered(workspace, today);
        coverage
    }

    /// The objectives whose planned share is far from its target.
    pub fn off(&self) -> impl Iterator<Item = &Served> {
        self.objectives.iter().filter(|served| served.is_off())
    }
}

impl Coverage {
    /// What is worth a word on the board, the most serious first; nothing where all is well.
    pub fn words(&self) -> Vec<String> {
        let of = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
        let aimless = if self.objectives.is_empty() { 0 } else { self.aimless.len() };
        let found = [
            Some(self.off().count())
                .filter(|off| *off > 0)
                .map(|off| format!("{} off target", counted(off, "objective"))),
            of(self.unserved.len(), "nobody serves"),
            of(aimless, "for no objective"),
        ];
        found.into_iter().flatten().collect()
    }
}

impl Effort {
    fn add(&mut self, place: Place, points: Option<f64>) {
        match (place, points) {
            (Place::Done, points) => self.done += points.unwrap_or_default(),
            (_, Some(points)) => self.planned += points,
            (_, None) => self.without += 1,
        }
    }
}

/// The share that a part has of all, 0 to 1; `None` where there is nothing.
pub fn share(part: f64, all: f64) -> Option<f64> {
    (all > 0.0).then_some(part / all)
}

/// Which objective each item serves.
#[derive(Debug)]
pub struct Aims<'a>(Lookup<&'a Id, Option<&'a Id>>);

impl<'a> Aims<'a> {
    /// The objectives that the items of a workspace serve. Each item is looked at once.
    pub fn of(workspace: &'a Workspace) -> Self {
        let mut known: Lookup<&Id, Option<&Id>> = Lookup::default();
        let mut way: Vec<&Id> = Vec::new();
        for item in Place::ITEMS.into_iter().flat_map(|place| workspace.list(place)) {
            let mut at: Option<&Record> = Some(item);
            let aim = loop {
                let Some(record) = at else { break None };
                if let Some(aim) = known.get(record.id()) {
                    break *aim;
                }
                // Where a file brought a circle of parts, it serves what is said within it.
                known.insert(record.id(), None);
                way.push(record.id());
                let own = record.link(Field::Objective);
                let own = own.filter(|id| workspace.place_of(id) == Some(Place::Objectives));
                if own.is_some() {
                    break own;
                }
                let parent = record.link(Field::Parent);
                at = parent.and_then(|id| workspace.get(id)).map(|record| &**record);
            };
            if aim.is_some() {
                known.extend(way.iter().map(|id| (*id, aim)));
            }
            way.clear();
        }
        Self(known)
    }

    /// The objective an item serves.
    pub fn get(&self, id: &Id) -> Option<&'a Id> {
        self.0.get(id).copied().flatten()
    }
}

/// Work that is planned and not done.
fn open(workspace: &Workspace) -> impl Iterator<Item = &Record> {
    let places = Place::ROADMAP.into_iter().chain([Place::Backlog]);
    let items = places.flat_map(|place| workspace.list(place)).map(|record| &**record);
    items.filter(|record| record.kind().is_work())
}

fn leaves(workspace: &Workspace) -> impl Iterator<Item = (Place, &Record)> {
    let done = workspace.list(Place::Done).iter().map(|record| (Place::Done, &**record));
    let done = done.filter(|(_, record)| record.kind().is_work());
    let all = open(workspace).map(|record| (Place::Backlog, record)).chain(done);
    all.filter(|(_, record)| {
        let is_bare = is_initiative(record) && record.number(Field::Points).is_none();
        !is_bare && !workspace.is_parent(record.id())
    })
}

fn is_initiative(record: &Record) -> bool {
    record.kind() == Kind::Initiative
}

/// The initiatives on the roadmap under which no open work has points, themselves included.
fn sizeless(workspace: &Workspace, points: &mut Points) -> Vec<Id> {
    let is_open =
        |id: &&Id| !workspace.is_parent(id) && workspace.place_of(id) != Some(Place::Done);
    let mut is_sized = |id: &Id| {
        let parts = workspace.family(id).into_iter().filter(is_open);
        parts.filter_map(|part| workspace.get(part)).any(|part| points.of(part).is_some())
    };
    let lanes = Place::ROADMAP.into_iter().flat_map(|place| workspace.list(place));
    let ids = lanes.filter(|record| is_initiative(record)).map(|record| record.id());
    ids.filter(|id| !is_sized(id)).cloned().collect()
}

/// Open work that serves nothing; of what is part of other such work only the whole.
fn aimless(workspace: &Workspace, aims: &Aims) -> Vec<Id> {
    let is_part = |record: &Record| {
        let parent = record.link(Field::Parent);
        parent
            .and_then(|id| workspace.place_of(id))
            .is_some_and(|place| place.in_roadmap() || place == Place::Backlog)
    };
    let items = open(workspace).filter(|item| aims.get(item.id()).is_none() && !is_part(item));
    items.map(|item| item.id().clone()).collect()
}

/// Feedback in the inbox to which nothing was said and which speaks for nothing; parked feedback
/// waits again from the day it was parked until.
fn unanswered(workspace: &Workspace, today: Date) -> Vec<Unanswered> {
    let is_answered = |record: &Record| {
        let links = workspace.links_to(record.id());
        !inbox::waits(record, today) || links.iter().any(|(_, field)| *field == Field::Evidence)
    };
    let entries = workspace.list(Place::Inbox).iter();
    let entries = entries.filter(|record| record.kind() == Kind::Feedback && !is_answered(record));
    let mut found: Vec<Unanswered> = entries
        .map(|record| Unanswered {
            id: record.id().clone(),
            days: record.date(Field::Created).map(|day| (today - day).get_days()),
        })
        .collect();
    sorted::by_key(&mut found, |entry| std::cmp::Reverse(entry.days));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};
    use std::sync::Arc;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn item(id: &str, kind: &str) -> Record {
        Record::new(Id::new(id))
            .with(Field::Kind, Value::text(kind))
            .with(Field::Title, Value::text(id))
    }

    fn to(record: Record, field: Field, id: &str) -> Record {
        record.with(field, Value::link(Id::new(id)))
    }

    fn sized(record: Record, points: f64) -> Record {
        record.with(Field::Points, Value::Number(points))
    }

    fn share(id: &str, percent: f64) -> Record {
        let title = Value::text(id);
        let record = Record::new(Id::new(id)).with(Field::Title, title);
        record.with(Field::Share, Value::Number(percent))
    }

    /// Two initiatives for `close`, one of them without points; a story of its own for `grow`; a
    /// bug for nothing; one story of `bank` done; a third objective nobody serves.
    fn fixture() -> Workspace {
        let story =
            |id, parent, points| sized(to(item(id, "story"), Field::Parent, parent), points);
        let lists = [
            (
                Place::Objectives,
                vec![share("close", 50.0), share("grow", 30.0), share("idle", 20.0)],
            ),
            (
                Place::Now,
                vec![
                    to(item("bank", "initiative"), Field::Objective, "close"),
                    to(item("pay", "initiative"), Field::Objective, "close"),
                ],
            ),
            (Place::Later, vec![item("lost", "initiative")]),
            (
                Place::Backlog,
                vec![
                    story("csv", "bank", 5.0),
                    story("rules", "bank", 7.0),
                    to(item("retry", "task"), Field::Parent, "bank"),
                    to(story("seat", "bank", 4.0), Field::Objective, "grow"),
                    sized(item("bug", "bug"), 4.0),
                    story("deep", "lost", 0.5),
                ],
            ),
            (Place::Done, vec![story("key", "bank", 3.0), sized(item("old", "story"), 1.0)]),
            (
                Place::Inbox,
                vec![
                    item("said", "feedback")
                        .with(Field::Created, Value::Date(Date::constant(2026, 11, 20))),
                    item("older", "feedback")
                        .with(Field::Created, Value::Date(Date::constant(2026, 11, 1))),
                    item("told", "feedback")
                        .with(Field::Outcome, Value::map([("is".into(), Value::text("declined"))])),
                    item("thought", "idea"),
                ],
            ),
        ];
        let mut content = Content::default();
        for (place, records) in lists {
            content.fill(place, records.into_iter().map(Arc::new).collect());
        }
        Workspace::new(content)
    }

    fn names(ids: &[Id]) -> String {
        ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" ")
    }

    /// By hand: planned are 5 + 7 for close, 4 for grow, 4 + 0.5 for nothing, 20.5 in all; done
    /// are 3 for close and 1 for nothing, 4 in all.
    #[test]
    fn shares_are_of_all_points_of_what_is_made_of_nothing_else() {
        let coverage = Coverage::of(&fixture(), TODAY);
        let rows = coverage.objectives.iter().map(|row| {
            (row.id.as_str(), row.target, row.effort.planned, row.effort.done, row.effort.without)
        });
        assert_eq!(
            rows.collect::<Vec<_>>(),
            [
                ("close", Some(0.5), 12.0, 3.0, 1),
                ("grow", Some(0.3), 4.0, 0.0, 0),
                ("idle", Some(0.2), 0.0, 0.0, 0)
            ]
        );
        assert_eq!(coverage.none, Effort { planned: 4.5, done: 1.0, without: 0 });
        assert_eq!(coverage.all, Effort { planned: 20.5, done: 4.0, without: 1 });
        assert_eq!(coverage.objectives[0].planned, Some(12.0 / 20.5));
        assert_eq!(coverage.objectives[0].done, Some(0.75));
        assert_eq!(
            names(&coverage.off().map(|row| row.id.clone()).collect::<Vec<_>>()),
            "grow idle"
        );
    }

    #[test]
    fn what_is_left_alone_is_listed_in_both_directions() {
        let coverage = Coverage::of(&fixture(), TODAY);
        assert_eq!(names(&coverage.sizeless), "pay");
        assert_eq!(names(&coverage.unserved), "idle");
        assert_eq!(names(&coverage.aimless), "lost bug");
        let waiting: Vec<_> =
            coverage.unanswered.iter().map(|entry| (entry.id.as_str(), entry.days)).collect();
        assert_eq!(waiting, [("older", Some(21)), ("said", Some(2))]);
    }

    #[test]
    fn the_board_has_a_word_for_it() {
        let words = Coverage::of(&fixture(), TODAY).words().join(", ");
        assert_eq!(words, "2 objectives off target, 1 nobody serves, 2 for no objective");
        assert!(Coverage::default().words().is_empty());
    }

    #[test]
    fn an_empty_workspace_has_no_shares() {
        let coverage = Coverage::of(&Workspace::new(Content::default()), TODAY);
        assert_eq!(coverage, Coverage::default());
    }

    #[test]
    fn a_circle_of_parts_serves_what_is_said_within_it() {
        let mut content = Content::default();
        let round = vec![
            to(item("a", "story"), Field::Parent, "b"),
            to(to(item("b", "story"), Field::Parent, "a"), Field::Objective, "close"),
        ];
        content.fill(Place::Backlog, round.into_iter().map(Arc::new).collect());
        content.fill(Place::Objectives, vec![Arc::new(share("close", 100.0))]);
        let workspace = Workspace::new(content);
        assert_eq!(Aims::of(&workspace).get(&Id::new("a")), Some(&Id::new("close")));
        assert!(Coverage::of(&workspace, TODAY).aimless.is_empty());
    }
}
