//! How does a release stand: ready, in time, or late, by how much and through what?

use super::finish::{Finishes, leaves};
use crate::insight::forecast::{Forecast, SURE};
use crate::workspace::{Date, Field, Id, Place, Record, Workspace, sorted};
use std::collections::HashSet;

/// A release and what goes out with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The release.
    pub id: Id,
    /// The day it goes out.
    pub day: Option<Date>,
    /// The work that goes out with it and is made of nothing else, in the order of the board.
    pub items: Vec<Id>,
    /// How many of these are done.
    pub done: usize,
    /// How many of these the owner accepted.
    pub accepted: usize,
    /// By when all of it is done, with a chance of 85 %.
    pub sure: Option<Date>,
    /// How it stands.
    pub state: State,
}

/// How a release stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// A mark without items.
    Milestone,
    /// The owner approved it, on this day.
    Approved(Date),
    /// Nothing goes out with it.
    Empty,
    /// All of it is accepted; the owner's approval is left.
    Ready,
    /// All of it is done, but not all is accepted.
    Done,
    /// It is late, with a chance of more than 15 %.
    AtRisk(Risk),
    /// It is in time, with a chance of 85 %.
    OnTrack,
    /// Nobody knows.
    Unsure(Doubt),
}

/// By how much a release is late, and through what.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// Days between its day and the one by which it is done; `None` where that is further than
    /// any sprint that is looked ahead.
    pub days: Option<i32>,
    /// The items that make it late: each waits for the one before, and the last is done last.
    pub chain: Vec<Id>,
}

/// Why nobody knows.
#[derive(Debug, Clone, PartialEq)]
pub enum Doubt {
    /// It has no day.
    NoDay,
    /// There are too few sprints to say, or none so far ahead, in words.
    NoDates(String),
    /// This item is not in the backlog, nor has it parts there.
    Unplanned(Id),
}

impl State {
    /// Its name for programs.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Milestone => "milestone",
            Self::Approved(_) => "approved",
            Self::Empty => "empty",
            Self::Ready => "ready",
            Self::Done => "done",
            Self::AtRisk(_) => "at_risk",
            Self::OnTrack => "on_track",
            Self::Unsure(_) => "unsure",
        }
    }

    /// Whether it needs somebody.
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::AtRisk(_))
    }
}

impl Stage {
    /// How a release stands on a day.
    pub(super) fn of(
        workspace: &Workspace,
        release: &Record,
        forecast: &Forecast,
        finishes: &mut Finishes,
        today: Date,
    ) -> Self {
        let items = items(workspace, release.id());
        let is_done = |id: &&Id| workspace.place_of(id) == Some(Place::Done);
        let is_accepted = |id: &&Id| is_done(id) && is_approved(workspace, id);
        let mut stage = Self {
            id: release.id().clone(),
            day: release.date(Field::Day),
            done: items.iter().filter(is_done).count(),
            accepted: items.iter().filter(is_accepted).count(),
            sure: None,
            state: State::OnTrack,
            items,
        };
        stage.state = stage.settled(workspace, release, today);
        if stage.state == State::OnTrack {
            stage.foresee(workspace, forecast, finishes, today);
        }
        stage
    }

    /// What can be said without looking ahead; in time where there is something to look for.
    fn settled(&self, workspace: &Workspace, release: &Record, today: Date) -> State {
        if release.is_milestone() {
            return State::Milestone;
        }
        if let Some(day) = release.date(Field::Approved) {
            return State::Approved(day);
        }
        match self.items.len() {
            0 => State::Empty,
            all if all == self.accepted => State::Ready,
            all if all == self.done => match self.day.filter(|day| *day < today) {
                Some(day) => {
                    let left = self.items.iter().filter(|id| !is_approved(workspace, id));
                    State::AtRisk(Risk {
                        days: Some((today - day).get_days()),
                        chain: left.cloned().collect(),
                    })
                }
                None => State::Done,
            },
            _ => State::OnTrack,
        }
    }

    fn foresee(
        &mut self,
        workspace: &Workspace,
        forecast: &Forecast,
        finishes: &mut Finishes,
        today: Date,
    ) {
        let open = |id: &&Id| workspace.place_of(id) != Some(Place::Done);
        let open: Vec<Id> = self.items.iter().filter(open).cloned().collect();
        let (last, unknown) = finishes.last(&open);
        let knows = forecast.not_enough.is_none() && forecast.supports(SURE);
        self.sure = last.as_ref().filter(|_| knows).and_then(|(_, much)| forecast.dates(*much).p85);
        let over = self.day.filter(|day| *day < today);
        // What is not done on its day is late, whatever is foreseen.
        let by = self.sure.or(over.map(|_| today)).map(|by| by.max(today));
        let chain = |finishes: &mut Finishes| {
            let last = last.as_ref().map(|(id, _)| id).or(open.first());
            last.map(|last| finishes.chain(last)).unwrap_or_default()
        };
        let beyond = knows && self.sure.is_none() && last.is_some();
        self.state = match (self.day, by) {
            (None, _) => State::Unsure(Doubt::NoDay),
            (Some(day), Some(by)) if by > day => {
                let days = Some((by - day).get_days()).filter(|_| !beyond);
                State::AtRisk(Risk { days, chain: chain(finishes) })
            }
            (Some(day), _) if beyond => match forecast.ends_before(day) {
                None => State::AtRisk(Risk { days: None, chain: chain(finishes) }),
                Some(words) => State::Unsure(Doubt::NoDates(words)),
            },
            _ if !knows => {
                let few = "too few closed sprints for a date that is 85 % sure".to_owned();
                State::Unsure(Doubt::NoDates(forecast.not_enough.clone().unwrap_or(few)))
            }
            _ => unknown.map_or(State::OnTrack, |id| State::Unsure(Doubt::Unplanned(id))),
        };
    }
}

/// Whether the owner accepted an item.
fn is_approved(workspace: &Workspace, id: &Id) -> bool {
    workspace.get(id).is_some_and(|item| item.get(Field::Approved).is_some())
}

/// What goes out with a release and is made of nothing else. A part goes out with what it is part
/// of unless it names another release.
pub fn items(workspace: &Workspace, release: &Id) -> Vec<Id> {
    let links = workspace.links_to(release).iter();
    let own = links.filter(|(_, field)| *field == Field::Release).map(|(id, _)| id);
    let goes = |id: &Id| {
        let mut seen = HashSet::new();
        let mut at = workspace.get(id);
        while let Some(record) = at.filter(|record| seen.insert(record.id())) {
            if let Some(own) = record.link(Field::Release) {
                return own == release;
            }
            at = record.link(Field::Parent).and_then(|parent| workspace.get(parent));
        }
        false
    };
    let all = own.flat_map(|id| leaves(workspace, id)).filter(|id| goes(id));
    let mut spots: Vec<_> = all
        .filter(|id| workspace.get(id).is_some_and(|item| item.kind().is_work()))
        .filter_map(|id| Some((workspace.spot_of(&id)?, id)))
        .map(|(spot, id)| (spot.place, spot.index, id))
        .collect();
    sorted::by(&mut spots, Ord::cmp);
    spots.dedup();
    spots.into_iter().map(|(_, _, id)| id).collect()
}
