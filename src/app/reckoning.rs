//! A computation that takes longer than a key may wait: it is done beside the screen, piece by
//! piece, and answered by a message.

use super::Msg;
use super::conclusions::{Conclusions, PIECES, Piece, State};
use super::search::{AT_ONCE, Search};
use super::standing::Ticket;
use crate::insight::schedule::{Schedule, schedule, usual};
use crate::insight::simulation::{Simulation, Tally};
use crate::workspace::{Content, Place, Workspace};
use std::ops::Range;
use std::slice::Iter;

/// A computation and how far it is.
#[derive(Debug, Clone)]
pub struct Reckoning {
    /// Which one it is.
    pub ticket: Ticket,
    task: Task,
}

#[derive(Debug, Clone)]
enum Task {
    /// Trials, block by block.
    Trials { simulation: Simulation, left: Range<usize>, tally: Tally },
    /// All that follows from a workspace, piece by piece.
    Conclusions {
        workspace: Box<Workspace>,
        known: Box<Conclusions>,
        left: Iter<'static, Piece>,
        of: State,
    },
    /// The order of least delay, list by list.
    Plans { workspace: Box<Workspace>, left: Vec<Place>, done: Vec<(Place, Schedule)> },
    /// What a filter finds, some items at a time.
    Searches { workspace: Box<Workspace>, searches: Vec<Search> },
}

impl Reckoning {
    /// A simulation that has not begun.
    pub(super) fn new(ticket: Ticket, simulation: Simulation) -> Self {
        let (left, tally) = (simulation.blocks(), simulation.tally());
        Self { ticket, task: Task::Trials { simulation, left, tally } }
    }

    /// What follows from a workspace in this state, where it is known what did before.
    pub(super) fn conclusions(
        ticket: Ticket,
        content: Content,
        known: Conclusions,
        of: State,
    ) -> Self {
        let (workspace, known) = (Box::new(Workspace::new(content)), Box::new(known));
        Self { ticket, task: Task::Conclusions { workspace, known, left: PIECES.iter(), of } }
    }

    /// The orders of least delay of these lists, none of them reckoned yet.
    pub(super) fn plans(ticket: Ticket, workspace: Workspace, places: Vec<Place>) -> Self {
        let workspace = Box::new(workspace);
        let left = places.into_iter().rev().collect();
        Self { ticket, task: Task::Plans { workspace, left, done: Vec::new() } }
    }

    /// The rest of these searches.
    pub(super) fn searches(ticket: Ticket, workspace: Workspace, searches: Vec<Search>) -> Self {
        Self { ticket, task: Task::Searches { workspace: Box::new(workspace), searches } }
    }

    /// Whether it looks for something, which has nothing to do with what else is reckoned.
    pub fn is_search(&self) -> bool {
        matches!(self.task, Task::Searches { .. })
    }

    /// Does a piece: of a simulation a few hundredths of a second at most, else up to some tenths.
    /// Whether there was one left to do.
    pub fn advance(&mut self) -> bool {
        match &mut self.task {
            Task::Trials { simulation, left, tally } => {
                left.next().map(|block| simulation.run(block, tally)).is_some()
            }
            Task::Conclusions { workspace, known, left, of } => {
                left.next().map(|piece| piece(known, workspace, of.today)).is_some()
            }
            Task::Plans { workspace, left, done } => {
                let plan = |place| {
                    let plan = schedule(workspace, usual(workspace, place), place);
                    done.push((place, plan));
                };
                left.pop().map(plan).is_some()
            }
            Task::Searches { workspace, searches } => {
                searches.iter_mut().any(|search| search.advance(workspace, AT_ONCE))
            }
        }
    }

    /// How far it is, as a message, where that is worth one.
    pub fn progress(&self) -> Option<Msg> {
        let Task::Trials { simulation, left, .. } = &self.task else { return None };
        let count = |count| u32::try_from(count).map_or(f64::MAX, f64::from);
        let all = count(simulation.blocks().len().max(1));
        Some(Msg::Simulating { ticket: self.ticket, share: 1.0 - count(left.len()) / all })
    }

    /// What came of it, once all of it is done.
    pub fn answer(mut self) -> Msg {
        while self.advance() {}
        let ticket = self.ticket;
        match self.task {
            Task::Trials { tally, .. } => Msg::Simulated { ticket, chances: tally.chances() },
            Task::Conclusions { mut known, of, .. } => {
                known.done(of);
                Msg::Concluded { ticket, known }
            }
            Task::Searches { searches, .. } => Msg::Found { ticket, searches },
            Task::Plans { done, .. } => Msg::Planned { ticket, plans: done },
        }
    }
}
