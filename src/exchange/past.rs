//! Which sprints that come in are over: a sprint is closed where the file says so, by a word or by
//! its last day, and else where everything in it is done or has moved on to a later one.

use super::asked::Asked;
use super::entry::Entry;
use super::planner::Planner;
use super::reading::{self, bare};
use super::summary::first_few;
use crate::insight::sprint::{State, running};
use crate::workspace::{Date, Field, Id, Op, Place, Record, Spot, Value, Workspace, sorted};
use std::collections::{HashMap, HashSet};

/// A sprint and a day by which it is put in order, where one is known.
type Dated = (Option<Date>, Id);

/// What a file says of the sprint of an item, besides that the item is in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SprintSaid {
    /// What it is called; empty where the one is meant that the item is in.
    pub name: String,
    /// How far it is.
    pub state: Option<State>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
}

impl SprintSaid {
    /// Reads a sprint as Jira's REST interface spells it, `…Sprint@1f[id=1,state=CLOSED,name=One,…]`;
    /// nothing where this is but a name.
    pub fn spelled(text: &str, asked: &Asked) -> Option<Self> {
        let inside = text.strip_suffix(']')?.split_once("Sprint@")?.1.split_once('[')?.1;
        let mut parts: Vec<(&str, String)> = Vec::new();
        for piece in inside.split(',') {
            let pair = piece.split_once('=').filter(|(key, _)| SPELLED.contains(key));
            if let Some((key, value)) = pair {
                parts.push((key, value.to_owned()));
            } else {
                // A comma inside a name or a goal.
                let (_, before) = parts.last_mut()?;
                *before = format!("{before},{piece}");
            }
        }
        let part = |key| parts.iter().find(|(of, _)| *of == key).map(|(_, value)| value.as_str());
        let day = |key| reading::day(part(key)?, asked, None);
        Some(Self {
            name: part("name")?.to_owned(),
            state: part("state").and_then(state),
            start: day("startDate"),
            end: day("completeDate").or_else(|| day("endDate")),
        })
    }

    /// Takes over what is said besides.
    fn add(&mut self, other: &Self) {
        self.state = other.state.or(self.state);
        self.start = other.start.or(self.start);
        self.end = other.end.or(self.end);
    }

    /// Whether it is over on a day, where that is said.
    fn is_over(&self, today: Date) -> Option<bool> {
        let by_word = self.state.map(|state| state == State::Closed);
        by_word.or_else(|| self.end.map(|end| end < today))
    }
}

/// The parts of a sprint as Jira spells it.
const SPELLED: [&str; 12] = [
    "id",
    "rapidViewId",
    "state",
    "name",
    "goal",
    "startDate",
    "endDate",
    "completeDate",
    "activatedDate",
    "sequence",
    "synced",
    "autoStartStop",
];

/// How far a sprint is, in a tracker's word.
pub fn state(word: &str) -> Option<State> {
    match bare(word).as_str() {
        "closed" | "complete" | "completed" | "done" | "finished" | "past" | "ended" => {
            Some(State::Closed)
        }
        "active" | "running" | "started" | "current" | "inprogress" | "open" => {
            Some(State::Running)
        }
        "future" | "planned" | "upcoming" | "new" | "notstarted" => Some(State::Planned),
        _ => None,
    }
}

/// What an import has learned of sprints.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Those it made, in the order in which the file names them.
    pub made: Vec<Id>,
    /// Those that an item was in and is not any more.
    pub left: HashSet<Id>,
    /// What is said of them.
    pub said: HashMap<Id, SprintSaid>,
}

impl Past {
    /// Takes in what an entry says of the sprints it was in, the last of which it is in. What this
    /// program wrote itself says nothing new of a sprint that is still here.
    pub fn learn(&mut self, ids: &[Id], names: &[String], entry: &Entry) {
        let Some((now, before)) = ids.split_last() else { return };
        self.left.extend(before.iter().cloned());
        for said in &entry.sprints {
            let named = names.iter().position(|name| *name == said.name).and_then(|at| ids.get(at));
            let id = if said.name.is_empty() { Some(now) } else { named };
            let is_news = |id: &&Id| entry.own.is_none() || self.made.contains(id);
            if let Some(id) = id.filter(is_news) {
                self.said.entry(id.clone()).or_default().add(said);
            }
        }
    }
}

impl Planner {
    /// Gives a sprint of a history the state that follows from its days, and lets one run at most.
    pub(super) fn stand_sprint(&self, record: Record) -> Record {
        let today = self.wishes.today;
        let is_over = record.date(Field::End).is_some_and(|end| end < today);
        match State::of(&record) {
            State::Planned if is_over && record.get(Field::State).is_none() => {
                record.with(Field::State, Value::text(State::Closed.key()))
            }
            State::Running if running(self.workspace()).is_some() => record.without(Field::State),
            _ => record,
        }
    }

    /// Closes the sprints that came with the items and are over, and puts them before what is
    /// planned, the oldest first.
    pub(super) fn settle_sprints(&mut self) {
        let past = std::mem::take(&mut self.past);
        let (mut over, mut open): (Vec<Dated>, Vec<Dated>) = (Vec::new(), Vec::new());
        for id in &past.made {
            let said = past.said.get(id).cloned().unwrap_or_default();
            self.date_sprint(id, &said);
            let (is_done, last) = standing(self.workspace(), id, past.left.contains(id));
            if said.is_over(self.wishes.today).unwrap_or(is_done) {
                over.push((said.end.or(last), id.clone()));
            } else {
                if said.state == Some(State::Running) && running(self.workspace()).is_none() {
                    self.state_sprint(id, State::Running);
                }
                open.push((said.start, id.clone()));
            }
        }
        let over = self.in_order(over);
        self.line_up(&over, &self.in_order(open));
        let known = past.said.iter().filter(|(_, said)| said.state == Some(State::Closed));
        let known = known.map(|(id, _)| id).filter(|id| !past.made.contains(id));
        let is_planned =
            |id: &&Id| self.workspace().get(id).is_some_and(|it| State::of(it) == State::Planned);
        let mut known: Vec<Id> = known.filter(is_planned).cloned().collect();
        sorted::by(&mut known, Ord::cmp);
        let closed: Vec<Id> = over.into_iter().chain(known).collect();
        closed.iter().for_each(|id| self.state_sprint(id, State::Closed));
        let name = |id| self.workspace().get(id).map(|it| it.title().to_owned());
        let names: Vec<String> = closed.iter().filter_map(name).collect();
        self.plan.notes.extend(told(&names));
    }

    /// Sprints by their days, else by their numbers, else as the file has them.
    fn in_order(&self, mut sprints: Vec<Dated>) -> Vec<Id> {
        let number = |id: &Id| self.workspace().get(id).and_then(|it| number(it.title()));
        if sprints.iter().all(|(day, _)| day.is_some()) {
            sorted::by_key(&mut sprints, |(day, _)| *day);
        } else if sprints.iter().all(|(_, id)| number(id).is_some()) {
            sorted::by_key(&mut sprints, |(_, id)| number(id));
        }
        sprints.into_iter().map(|(_, id)| id).collect()
    }

    /// Puts what is over behind what was over before, and what is to come last.
    fn line_up(&mut self, over: &[Id], open: &[Id]) {
        let sprints = self.workspace().list(Place::Sprints);
        let first = sprints.iter().rposition(|it| State::of(it) == State::Closed);
        let first = first.map_or(0, |at| at + 1);
        let over = over.iter().zip(first..).map(|(id, at)| (id, Spot::new(Place::Sprints, at)));
        let open = open.iter().map(|id| (id, Spot::bottom(Place::Sprints)));
        for (id, spot) in over.chain(open) {
            // A sprint that is there goes anywhere among its like.
            let _ = self.act(Op::shift(id, spot));
        }
    }

    fn state_sprint(&mut self, id: &Id, state: State) {
        // No state of a sprint that is there is refused.
        let _ = self.act(Op::set(id, Field::State, Value::text(state.key())));
    }

    fn date_sprint(&mut self, id: &Id, said: &SprintSaid) {
        let is_turned = said.start.zip(said.end).is_some_and(|(start, end)| end < start);
        let days = [(Field::Start, said.start), (Field::End, said.end)];
        for (field, day) in days.into_iter().filter(|_| !is_turned) {
            if let Some(day) = day {
                let _ = self.act(Op::set(id, field, Value::Date(day)));
            }
        }
    }
}

/// The number at the end of a name.
fn number(name: &str) -> Option<u64> {
    let start = name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    name[start..].parse().ok()
}

/// Whether everything in a sprint is done, or nothing is in it because it moved on; and the last
/// day on which something was done.
fn standing(workspace: &Workspace, sprint: &Id, is_left: bool) -> (bool, Option<Date>) {
    let links = workspace.links_to(sprint).iter().filter(|(_, field)| *field == Field::Sprint);
    let mut is_over = None;
    let mut last = None;
    for (item, _) in links {
        let is_done = workspace.place_of(item) == Some(Place::Done);
        is_over = Some(is_over.unwrap_or(true) && is_done);
        last = last.max(workspace.get(item).and_then(|item| item.date(Field::Done)));
    }
    (is_over.unwrap_or(is_left), last)
}

/// Which sprints are closed, in a line.
fn told(names: &[String]) -> Option<String> {
    let what = match names {
        [] => return None,
        [_] => "1 sprint that is over comes as closed".to_owned(),
        names => format!("{} sprints that are over come as closed", names.len()),
    };
    Some(format!("{what}: {}", first_few(names)))
}
