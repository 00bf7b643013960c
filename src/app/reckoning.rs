//! A computation that takes longer than a key may wait: it is done beside the screen, piece by
//! piece, and answered by a message.

use super::Msg;
use super::standing::Ticket;
use crate::insight::simulation::{Simulation, Tally};
use std::ops::Range;

/// A simulation and how far it is.
#[derive(Debug, Clone)]
pub struct Reckoning {
    /// Which one it is.
    pub ticket: Ticket,
    simulation: Simulation,
    left: Range<usize>,
    tally: Tally,
}

impl Reckoning {
    /// A simulation that has not begun.
    pub(super) fn new(ticket: Ticket, simulation: Simulation) -> Self {
        Self { ticket, left: simulation.blocks(), tally: simulation.tally(), simulation }
    }

    /// Does a piece of a few hundredths of a second at most. Whether there was one left to do.
    pub fn advance(&mut self) -> bool {
        let block = self.left.next();
        block.map(|block| self.simulation.run(block, &mut self.tally)).is_some()
    }

    /// How far it is, as a message.
    pub fn progress(&self) -> Msg {
        let count = |count| u32::try_from(count).map_or(f64::MAX, f64::from);
        let all = count(self.simulation.blocks().len().max(1));
        Msg::Simulating { ticket: self.ticket, share: 1.0 - count(self.left.len()) / all }
    }

    /// What came of it, once all of it is done.
    pub fn answer(mut self) -> Msg {
        while self.advance() {}
        Msg::Simulated { ticket: self.ticket, tally: Box::new(self.tally) }
    }
}
