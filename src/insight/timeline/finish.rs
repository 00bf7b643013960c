//! How much has to be delivered until an item can be done, with all it waits for?
//!
//! An item of the backlog is done once everything down to it is delivered. Where it waits for
//! something that stands further down, it is not done before that is. A part waits for what the
//! thing it is part of waits for; waiting for a thing made of parts is waiting for all of them.

use crate::insight::forecast::Forecast;
use crate::workspace::{Field, Id, Place, Workspace};
use std::collections::{HashMap, HashSet};

/// What has to be delivered until an item can be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Finish {
    /// The points, or items; `None` where something in it is not in the backlog, so that nobody
    /// knows.
    pub amount: Option<f64>,
    /// What it waits for that is done last.
    pub after: Option<Id>,
    /// Items in the chain that ends with it.
    length: usize,
}

impl Finish {
    /// Later things compare as greater; what nobody knows is the latest.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let amount = |finish: &Self| finish.amount.unwrap_or(f64::INFINITY);
        amount(self).total_cmp(&amount(other)).then(self.length.cmp(&other.length))
    }
}

/// The finishes of the open items of a workspace, reckoned as they are asked for.
#[derive(Debug)]
pub struct Finishes<'a> {
    workspace: &'a Workspace,
    own: HashMap<&'a Id, f64>,
    known: HashMap<Id, Finish>,
}

impl<'a> Finishes<'a> {
    /// Those that a forecast leads to.
    pub fn of(workspace: &'a Workspace, forecast: &'a Forecast) -> Self {
        let own = forecast.items.iter().map(|item| (&item.id, item.points)).collect();
        Self { workspace, own, known: HashMap::new() }
    }

    /// The finish of an open item that has no parts.
    pub fn get(&mut self, id: &Id) -> Finish {
        self.reckon(id);
        let nothing = Finish { amount: None, after: None, length: 1 };
        self.known.get(id).cloned().unwrap_or(nothing)
    }

    /// The one of these that is done last; of those whose finish is known, and of the others.
    pub fn last(&mut self, items: &[Id]) -> (Option<(Id, f64)>, Option<Id>) {
        let all: Vec<(&Id, Finish)> = items.iter().map(|id| (id, self.get(id))).collect();
        let known = all.iter().filter(|(_, finish)| finish.amount.is_some());
        let last = known.max_by(|(_, a), (_, b)| a.order(b));
        let last = last.and_then(|(id, finish)| Some(((*id).clone(), finish.amount?)));
        let unknown = all.iter().find(|(_, finish)| finish.amount.is_none());
        (last, unknown.map(|(id, _)| (*id).clone()))
    }

    /// The chain that ends with an item, each waiting for the one before it.
    pub fn chain(&mut self, id: &Id) -> Vec<Id> {
        let mut chain = vec![id.clone()];
        while let Some(before) = chain.last().and_then(|last| self.get(last).after)
            && !chain.contains(&before)
        {
            chain.push(before);
        }
        chain.reverse();
        chain
    }

    /// Without recursion: a chain may be as long as the backlog.
    fn reckon(&mut self, id: &Id) {
        let mut way = vec![(id.clone(), false)];
        let mut met = HashSet::new();
        while let Some((id, is_back)) = way.pop() {
            if self.known.contains_key(&id) {
                continue;
            }
            let before = before(self.workspace, &id);
            if is_back {
                let finish = self.finish(&id, &before);
                self.known.insert(id, finish);
            } else if met.insert(id.clone()) {
                way.push((id, true));
                way.extend(before.into_iter().map(|id| (id, false)));
            }
        }
    }

    /// What goes round is not known yet when it is asked for, and left out.
    fn finish(&self, id: &Id, before: &[Id]) -> Finish {
        let known = before.iter().filter_map(|id| Some((id, self.known.get(id)?)));
        let last = known.max_by(|(_, a), (_, b)| a.order(b));
        let own = self.own.get(id).copied();
        let amount = match last {
            None => own,
            Some((_, last)) => own.zip(last.amount).map(|(own, last)| own.max(last)),
        };
        Finish {
            amount,
            after: last.map(|(id, _)| id.clone()),
            length: last.map_or(0, |(_, last)| last.length) + 1,
        }
    }
}

/// What an item without parts waits for, itself or as part of something: open, without parts.
fn before(workspace: &Workspace, id: &Id) -> Vec<Id> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut at = workspace.get(id);
    while let Some(record) = at.filter(|record| seen.insert(record.id())) {
        let waits = workspace.unmet(record).flat_map(|waits| open_leaves(workspace, waits));
        found.extend(waits);
        at = record.link(Field::Parent).and_then(|parent| workspace.get(parent));
    }
    found.retain(|other| other != id);
    found
}

/// The open items without parts that an item is made of; itself where it has none.
pub fn open_leaves(workspace: &Workspace, id: &Id) -> Vec<Id> {
    let is_open = |id: &Id| workspace.place_of(id).is_some_and(|place| place != Place::Done);
    leaves(workspace, id).into_iter().filter(is_open).collect()
}

/// The items without parts that an item is made of, done or not; itself where it has none.
pub fn leaves(workspace: &Workspace, id: &Id) -> Vec<Id> {
    let (mut found, mut seen) = (Vec::new(), HashSet::new());
    let mut way = vec![id.clone()];
    while let Some(id) = way.pop() {
        if !seen.insert(id.clone()) {
            continue;
        }
        let children = workspace.children(&id);
        if children.is_empty() {
            found.push(id);
        } else {
            way.extend(children.into_iter().rev());
        }
    }
    found
}
