//! How the items of a pane rank, and how sure that is. What has to be simulated comes later and
//! never stands beside what it was not made of.

use super::reckoning::Reckoning;
use super::{App, Effect, actions};
use crate::insight::chance::{beats, percent};
use crate::insight::forecast::Forecast;
use crate::insight::overrides::{self, Against, Bands, Kept};
use crate::insight::questions::Answers;
use crate::insight::rank::{Beliefs, Capacity, Ranked, Ranking, items, position};
use crate::insight::schedule::Schedule;
use crate::insight::simulation::{Chance, TRIALS};
use crate::insight::standing;
use crate::scoring::Framework;
use crate::workspace::{Date, Hat, Id, Lookup, Place, Record, Spot, Stretch, Workspace};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The random numbers of the screen: the same order always looks the same.
const SEED: u64 = 1;

/// Items that are simulated at most, those that rank nearest to the line: it takes as long as a
/// breath and a few megabytes, however many there are.
const SIMULATED: usize = 2_000;

/// Which simulation is meant: a change makes the ones before it void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Rises with every change.
    pub generation: u64,
    /// Whose pane.
    pub hat: Hat,
}

/// How the items of a pane rank.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Their ranks; chances once they are simulated.
    pub ranking: Ranking,
    /// How far the simulation is, 0–1, while it runs.
    pub share: Option<f64>,
    at: Lookup<Id, usize>,
    /// The band of each as they stand in the pane.
    bands: Bands,
    /// Whether answers decide who is first where scores do not.
    is_answered: bool,
    /// Those that are kept against their score, and whether above it.
    kept: HashMap<Id, bool>,
    /// What came of the simulation.
    chances: Option<Vec<Chance>>,
    /// What is believed of the items, for the ranks after the next change.
    beliefs: Beliefs,
}

impl Standing {
    /// How they rank after a change, where it is known how they did before.
    pub(super) fn after(
        mut before: Option<Self>,
        workspace: &Workspace,
        hat: Hat,
        forecast: Option<&Forecast>,
        today: Date,
    ) -> Self {
        let beliefs = before.as_mut().map(|before| std::mem::take(&mut before.beliefs));
        let capacity = || forecast.and_then(Forecast::capacity);
        let room = standing::capacity(workspace, hat, capacity);
        let mut standing = Self::new(workspace, hat, room, today, beliefs.unwrap_or_default());
        let before = before.filter(|before| standing.is_like(before));
        before.and_then(|before| before.chances).into_iter().for_each(|found| standing.take(found));
        standing
    }

    fn new(
        workspace: &Workspace,
        hat: Hat,
        room: Option<Capacity>,
        today: Date,
        mut beliefs: Beliefs,
    ) -> Self {
        let list = items(workspace, hat);
        let framework = Framework::of(hat, workspace.settings());
        let ranking = standing::within(&mut beliefs, workspace, &list, framework, room, today);
        let at =
            ranking.items.iter().enumerate().map(|(at, item)| (item.id().clone(), at)).collect();
        let (bands, kept) = (Bands::default(), HashMap::new());
        let is_answered = !Answers::of(workspace).is_empty();
        let mut standing =
            Self { ranking, share: None, at, bands, is_answered, kept, chances: None, beliefs };
        standing.bands = standing.bands_of(&list);
        standing.keep(workspace, hat);
        standing
    }

    fn bands_of(&self, list: &[Arc<Record>]) -> Bands {
        Bands::of(list.iter().map(|item| item.id()), |id| self.get(id).map(|item| item.band))
    }

    /// Finds out which items stand against their score, of those that are to.
    fn keep(&mut self, workspace: &Workspace, hat: Hat) {
        let against = |kept: Kept| {
            let at = position(workspace, hat, workspace.spot_of(&kept.item)?)?;
            Some((kept.item, self.bands.against(at)?.is_above))
        };
        let open = overrides::kept(workspace).filter(Kept::is_open);
        self.kept = open.filter_map(against).collect();
    }

    /// Takes in that a stretch of a list stands in another order or is worded anew, and that
    /// decisions were taken. Whether it could: where that changes the ranks, everything is looked at again.
    pub(super) fn reorder(&mut self, workspace: &Workspace, hat: Hat, stretch: &Stretch) -> bool {
        let Stretch { place, range } = stretch;
        if self.is_answered || !Answers::of(workspace).is_empty() {
            return false;
        }
        if let Some(from) = position(workspace, hat, Spot::new(*place, range.start)) {
            let list = &workspace.list(*place)[range.clone()];
            if !self.rank_as_they_stand(list) {
                return false;
            }
            let unscored =
                list.iter().map(|item| item.id()).filter(|id| !self.at.contains_key(*id));
            self.ranking.stand(unscored.collect());
            self.bands.put(from, self.bands_of(list));
        }
        self.keep(workspace, hat);
        true
    }

    /// Lets the items of a stretch whose scores are equal rank as they stand now. Whether it could:
    /// not where one is less sure of its score than the one whose rank it takes, nor over the line,
    /// which their sizes may shift.
    fn rank_as_they_stand(&mut self, list: &[Arc<Record>]) -> bool {
        let line = self.ranking.line.unwrap_or(usize::MAX);
        let items = &self.ranking.items;
        let goes = list.iter().filter_map(|item| Some((*self.at.get(item.id())?, item)));
        let mut goes: Vec<(usize, &Arc<Record>)> = goes.collect();
        let mut ranks: Vec<usize> = goes.iter().map(|(rank, _)| *rank).collect();
        ranks.sort_unstable();
        goes.sort_by(|(a, _), (b, _)| items[*b].score().total_cmp(&items[*a].score()));
        let side = |rank: &usize| rank.cmp(&line);
        let fits = |(rank, (from, _)): (&usize, &(usize, &Arc<Record>))| {
            let is_like = || items[*rank].is_like(&items[*from]) && side(rank) == side(from);
            rank == from || is_like()
        };
        if !ranks.iter().zip(&goes).all(fits) {
            return false;
        }
        for (rank, (_, record)) in ranks.into_iter().zip(goes) {
            self.at.insert(record.id().clone(), rank);
            // All else that is said of a rank goes for whoever has it.
            self.ranking.items[rank].give(Arc::clone(record));
        }
        true
    }

    /// How far an item stands against its score, and how far it will when it is moved to another
    /// spot of its list.
    pub fn moved(
        &self,
        workspace: &Workspace,
        hat: Hat,
        id: &Id,
        to: Spot,
    ) -> Option<[Option<Against>; 2]> {
        let spot = workspace.spot_of(id).filter(|spot| spot.place == to.place)?;
        let last = workspace.list(to.place).len() - 1;
        let to = Spot { index: to.index.min(last), ..to };
        let [from, to] = [spot, to].map(|spot| position(workspace, hat, spot));
        let mut after = self.bands.clone();
        after.shift(from?, to?);
        Some([self.bands.against(from?), after.against(to?)])
    }

    /// The rank of an item, if it has a score.
    pub fn get(&self, id: &Id) -> Option<&Ranked> {
        self.at.get(id).and_then(|at| self.ranking.items.get(*at))
    }

    /// Whether an item is kept above its score; `None` where it is not kept against it.
    pub fn kept(&self, id: &Id) -> Option<bool> {
        self.kept.get(id).copied()
    }

    /// The chance to beat the next one in score order, and which one that is.
    pub fn next(&self, id: &Id) -> Option<(String, &str)> {
        let item = self.get(id).filter(|_| !self.ranking.framework.by_class)?;
        let next = self.ranking.items.get(item.rank)?;
        Some((percent(beats(&item.belief, &next.belief)), next.title()))
    }

    /// The ranks that are simulated, from 0.
    fn simulated(&self) -> Range<usize> {
        self.ranking.near_line(SIMULATED)
    }

    /// The score of the item at a place of the pane, all lanes counted; what is known already is
    /// not looked at again.
    pub(super) fn score(&self, with: &Framework, at: usize, item: &Arc<Record>) -> Option<f64> {
        self.beliefs.score(with, at, item)
    }

    /// How many are simulated, where that is not all of them.
    pub fn cut(&self) -> Option<usize> {
        let simulated = self.simulated().len();
        (simulated < self.ranking.items.len()).then_some(simulated)
    }

    fn take(&mut self, chances: Vec<Chance>) {
        self.ranking.take_of(self.simulated(), &chances);
        self.share = None;
        self.chances = Some(chances);
    }

    /// Whether a simulation of this one would give the same as one of the other.
    fn is_like(&self, other: &Self) -> bool {
        let (mine, theirs) = (&self.ranking.items, &other.ranking.items);
        self.ranking.line == other.ranking.line
            && mine.len() == theirs.len()
            && mine.iter().zip(theirs).all(|(a, b)| a.is_like(b))
    }
}

impl App {
    /// How the items of a pane rank.
    pub fn standing(&self, hat: Hat) -> Option<&Standing> {
        let mut panes = self.concluding.known.standings.iter();
        panes.find(|(other, _)| *other == hat).map(|(_, standing)| standing)
    }

    /// Where an item stands in the order of a pane, all lanes counted, from 1.
    pub fn stands(&self, hat: Hat, id: &Id) -> Option<usize> {
        let spot = self.workspace().spot_of(id)?;
        position(self.workspace(), hat, spot).map(|at| at + 1)
    }

    /// Asks for the chances that are not known, where there is a line to be above of.
    pub(super) fn ask_chances(&mut self) {
        for (hat, standing) in &mut self.concluding.known.standings {
            let ranking = &standing.ranking;
            let is_open = standing.chances.is_none() && standing.share.is_none();
            let simulation = ranking.simulation_of(standing.simulated(), SEED, TRIALS);
            if let Some(simulation) = simulation.filter(|_| is_open && ranking.items.len() > 1) {
                standing.share = Some(0.0);
                let ticket = Ticket { generation: self.concluding.generation, hat: *hat };
                let reckoning = Reckoning::new(ticket, simulation);
                self.effects.push(Effect::Simulate(Box::new(reckoning)));
            }
        }
    }

    /// Takes up what came of a simulation, if nothing changed since.
    pub(super) fn simulated(&mut self, ticket: Ticket, chances: Vec<Chance>) {
        if let Some(standing) = self.asked(ticket) {
            standing.take(chances);
        }
    }

    /// Asks for the orders of least delay of these lists.
    pub(crate) fn plan(&mut self, places: Vec<Place>) {
        let ticket = Ticket { generation: self.concluding.generation, hat: self.board.hat };
        let workspace = Workspace::new(self.workspace().content().clone());
        let reckoning = Reckoning::plans(ticket, workspace, places);
        self.concluding.planned_at = Some((self.presses, self.document.revision()));
        self.effects.push(Effect::Simulate(Box::new(reckoning)));
        self.say("reckoning the order of least delay … the next key cancels it");
    }

    /// Shows what came of it, unless something changed or another key was pressed since: a window
    /// must not come up under fingers that are busy elsewhere.
    pub(super) fn planned(&mut self, ticket: Ticket, plans: &[(Place, Schedule)]) {
        let is_newest = ticket.generation == self.concluding.generation;
        let now = (self.presses, self.document.revision());
        let asked = self.concluding.planned_at.take_if(|at| *at == now);
        if is_newest && asked.is_some() {
            self.message = None;
            actions::delay::show(self, plans);
        }
    }

    /// A simulation is so far, 0–1.
    pub(super) fn simulating(&mut self, ticket: Ticket, share: f64) {
        if let Some(standing) = self.asked(ticket) {
            standing.share = Some(share);
        }
    }

    fn asked(&mut self, ticket: Ticket) -> Option<&mut Standing> {
        let is_newest = ticket.generation == self.concluding.generation;
        let mut panes = self.concluding.known.standings.iter_mut();
        let standing = panes.find(|(hat, _)| *hat == ticket.hat).filter(|_| is_newest);
        standing.map(|(_, standing)| standing).filter(|standing| standing.share.is_some())
    }
}
