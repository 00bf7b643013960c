//! What follows from a workspace as a whole: the forecast, the checks, the ranks. In a small one it
//! is concluded before the frame that shows a change; in a large one beside the screen, and until
//! it is there nothing of it is known but what is quick to find. What was concluded of another
//! state is never shown.

use super::checked::Checked;
use super::reckoning::Reckoning;
use super::standing::{Standing, Ticket};
use super::{App, Effect};
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::workspace::{Date, Document, Hat, Place, Stretch, Workspace};

/// Items that can be looked at in no more than two frames.
const AT_ONCE: usize = 5_000;

/// The state and the day that something was concluded of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    revision: u64,
    substance: u64,
    pub today: Date,
}

/// What follows from a workspace.
#[derive(Debug, Clone, Default)]
pub struct Conclusions {
    pub(super) forecast: Option<Forecast>,
    pub(super) checked: Checked,
    pub(super) standings: Vec<(Hat, Standing)>,
    /// How many dates the last new order made earlier, and how many later.
    moved: (usize, usize),
    of: Option<State>,
}

/// A piece of the work, for who may have to stop between two of them.
pub(super) type Piece = fn(&mut Conclusions, &Workspace, Date);

/// All of the work, in an order in which each finds what it needs.
pub(super) static PIECES: [Piece; 4] = [
    |known, workspace, today| {
        let anew = || Forecast::new(workspace, usual(), LAST, today);
        let before = known.forecast.take();
        known.forecast = Some(before.map_or_else(anew, |it| it.again(workspace, LAST, today)));
    },
    |known, workspace, today| known.checked = known.checked.again(workspace, today),
    |known, workspace, today| known.rank(Hat::Pm, workspace, today),
    |known, workspace, today| known.rank(Hat::Po, workspace, today),
];

impl Conclusions {
    /// Says that these are of this state now, all pieces of it being done.
    pub(super) fn done(&mut self, of: State) {
        self.of = Some(of);
    }

    fn rank(&mut self, hat: Hat, workspace: &Workspace, today: Date) {
        let before = self.standings.iter().position(|(other, _)| *other == hat);
        let before = before.map(|at| self.standings.remove(at).1);
        let standing = Standing::after(before, workspace, hat, self.forecast.as_ref(), today);
        self.standings.push((hat, standing));
    }

    /// Takes in that records stand in another order than before, where that and decisions is all
    /// that is different; no more than what they passed is looked at. Whether it could, and that
    /// takes less than a frame.
    fn reorder(&mut self, document: &Document, now: State) -> bool {
        self.moved = (0, 0);
        let before = self.of.filter(|of| of.today == now.today);
        let Some(moved) = before.and_then(|of| document.reordered(of.revision)) else {
            return false;
        };
        if moved.iter().map(|stretch| stretch.range.len()).sum::<usize>() > AT_ONCE {
            return false;
        }
        let workspace = document.workspace();
        let backlog = moved.iter().find(|stretch| stretch.place == Place::Backlog);
        if let (Some(forecast), Some(Stretch { range, .. })) = (&mut self.forecast, backlog) {
            self.moved = forecast.reorder(workspace, range);
        }
        let mut ranks = self.standings.iter_mut();
        let mut follow =
            |stretch| ranks.all(|(hat, standing)| standing.reorder(workspace, *hat, stretch));
        if !moved.iter().all(&mut follow) {
            return false;
        }
        let places: Vec<Place> = moved.iter().map(|stretch| stretch.place).collect();
        self.checked.reorder(workspace, now.today, &places);
        self.of = Some(now);
        true
    }
}

/// What is known, and what is being reckoned.
#[derive(Debug, Default)]
pub(super) struct Concluding {
    pub known: Conclusions,
    /// What is reckoned beside the screen now. What is only moved meanwhile is brought in once it
    /// is there.
    asked: Option<State>,
    /// Rises whenever all is concluded anew, so that no answer for something older fits.
    pub generation: u64,
    /// How many keys were pressed when orders of least delay were asked for, and of which revision.
    pub planned_at: Option<(u64, u64)>,
}

impl Concluding {
    /// That of another workspace, so that no answer for this one fits.
    pub fn anew(&self) -> Self {
        Self { generation: self.generation + 1, ..Self::default() }
    }

    fn is_asked(&self, now: State) -> bool {
        let matter = |state: State| (state.substance, state.today);
        self.asked.map(matter) == Some(matter(now))
    }
}

impl App {
    fn state(&self) -> State {
        let (revision, substance) = (self.document.revision(), self.document.substance());
        State { revision, substance, today: self.today }
    }

    fn is_small(&self) -> bool {
        let count = |place| self.workspace().list(place).len();
        Place::ITEMS.into_iter().map(count).sum::<usize>() <= AT_ONCE
    }

    /// Brings up to date what follows from the workspace, or has that done beside the screen.
    pub(super) fn conclude_again(&mut self) {
        let now = self.state();
        if self.concluding.known.of == Some(now) || self.concluding.asked == Some(now) {
            return;
        }
        if self.concluding.is_asked(now) {
            self.concluding.asked = Some(now);
            let checked = &mut self.concluding.known.checked;
            return checked.reorder(self.document.workspace(), self.today, &Place::ALL);
        }
        if self.concluding.known.reorder(&self.document, now) {
            return;
        }
        if self.is_small() {
            return self.conclude();
        }
        self.concluding.generation += 1;
        self.concluding.asked = Some(now);
        let known = std::mem::take(&mut self.concluding.known);
        self.concluding.known.checked = known.checked.meanwhile(self.workspace(), self.today);
        let ticket = Ticket { generation: self.concluding.generation, hat: self.board.hat };
        let content = self.workspace().content().clone();
        let reckoning = Reckoning::conclusions(ticket, content, known, now);
        self.effects.push(Effect::Simulate(Box::new(reckoning)));
    }

    /// How many dates the last change moved, in words behind what it did; empty where it moved none
    /// or was more than a new order.
    pub(super) fn moved_dates(&self) -> String {
        let (earlier, later) = self.concluding.known.moved;
        match (earlier, later) {
            (0, 0) => String::new(),
            (0, _) => format!(" · dates: {later} later"),
            (_, 0) => format!(" · dates: {earlier} earlier"),
            _ => format!(" · dates: {earlier} earlier, {later} later"),
        }
    }

    /// Concludes here and now what is not known yet, for an action that cannot do without.
    pub(crate) fn conclude(&mut self) {
        let now = self.state();
        if self.concluding.known.of == Some(now) {
            return;
        }
        self.concluding.generation += 1;
        self.concluding.asked = None;
        let (known, workspace) = (&mut self.concluding.known, self.document.workspace());
        PIECES.iter().for_each(|piece| piece(known, workspace, now.today));
        known.done(now);
        self.ask_chances();
    }

    /// Takes up what was concluded beside the screen, unless more than an order changed since.
    pub(super) fn concluded(&mut self, ticket: Ticket, known: Conclusions) {
        let is_newest = ticket.generation == self.concluding.generation;
        if is_newest && self.concluding.asked.take().is_some() {
            self.concluding.known = known;
            self.conclude_again();
            self.ask_chances();
        }
    }
}
