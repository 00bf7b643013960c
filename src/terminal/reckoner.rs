//! Reckons beside the screen: what takes long never keeps a key waiting, and ends as soon as a
//! change makes it worthless.

use super::session::Event;
use crate::app::Msg;
use crate::app::reckoning::Reckoning;
use crate::insight::simulation::{Simulation, Tally};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

/// Time between two words on how far it is.
const PACE: Duration = Duration::from_millis(200);

/// Starts what is to be reckoned, and tells the session what came of it.
#[derive(Debug)]
pub struct Reckoner {
    newest: Arc<AtomicU64>,
    newest_search: Arc<AtomicU64>,
    events: Sender<Event>,
}

impl Reckoner {
    /// One that tells these events.
    pub fn new(events: Sender<Event>) -> Self {
        Self { newest: Arc::default(), newest_search: Arc::default(), events }
    }

    /// Starts a computation; those of earlier changes end, and searches for an earlier text.
    pub fn start(&self, reckoning: Reckoning) {
        let generation = reckoning.ticket.generation;
        let newest = if reckoning.is_search() { &self.newest_search } else { &self.newest };
        newest.store(generation, Ordering::Relaxed);
        let (newest, events) = (Arc::clone(newest), self.events.clone());
        let is_wanted = move || newest.load(Ordering::Relaxed) == generation;
        // A session that is over hears nothing any more.
        let tell = move |msg| drop(events.send(Event::Told(msg)));
        let work = move || work(reckoning, is_wanted, tell);
        // Where no thread can be had there are no chances to be seen, and all else works.
        let _ = thread::Builder::new().name("reckoner".into()).spawn(work);
    }
}

/// The whole of a simulation, on every processor there is: blocks of trials come to the same in any
/// order and hands.
pub fn tally(simulation: &Simulation) -> Tally {
    let hands = thread::available_parallelism().map_or(1, usize::from);
    let share = |first: usize| {
        let mut tally = simulation.tally();
        simulation
            .blocks()
            .skip(first)
            .step_by(hands)
            .for_each(|at| simulation.run(at, &mut tally));
        tally
    };
    thread::scope(|scope| {
        let share = &share;
        let others: Vec<_> = (1..hands)
            .map(|first| (first, thread::Builder::new().spawn_scoped(scope, move || share(first))))
            .collect();
        let mut tally = share(0);
        for (first, other) in others {
            // What no thread could be had for is done here.
            let other = other.ok().and_then(|other| other.join().ok());
            tally.add(&other.unwrap_or_else(|| share(first)));
        }
        tally
    })
}

/// Does a computation to its end, or until nobody wants it.
fn work(mut reckoning: Reckoning, is_wanted: impl Fn() -> bool, tell: impl Fn(Msg)) {
    let mut told = Instant::now();
    while is_wanted() {
        if !reckoning.advance() {
            return tell(reckoning.answer());
        }
        if told.elapsed() >= PACE {
            told = Instant::now();
            reckoning.progress().into_iter().for_each(&tell);
        }
    }
}
