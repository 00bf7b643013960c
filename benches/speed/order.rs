//! How long it takes to say how sure an order is, and which order delays least.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use crate::made::{self, today};
use divan::{Bencher, black_box};
use twohats::insight::rank::{Beliefs, Capacity};
use twohats::insight::schedule::{schedule, usual};
use twohats::insight::simulation::TRIALS;
use twohats::insight::standing::within;
use twohats::terminal;
use twohats::workspace::{Place, Workspace};

const SIZES: [usize; 2] = [1_000, 10_000];

/// Every chance of every item, of 10,000 draws.
#[divan::bench(args = SIZES, sample_count = 3)]
fn rank(bencher: Bencher, count: usize) {
    let workspace = Workspace::new(made::content(count));
    let (items, framework) = (workspace.list(Place::Backlog), usual(&workspace, Place::Backlog));
    bencher.bench_local(|| {
        let room = Some(Capacity::Items(20.0));
        let (known, items) = (&mut Beliefs::default(), black_box(items));
        let mut ranking = within(known, &workspace, items, framework, room, today());
        let simulation = ranking.simulation(1, TRIALS).unwrap();
        ranking.take(&terminal::tally(&simulation).chances());
        ranking
    });
}

/// The order that delays least, where some items wait for others.
#[divan::bench(args = SIZES, sample_count = 5)]
fn least_delay(bencher: Bencher, count: usize) {
    let workspace = Workspace::new(made::content(count));
    let framework = usual(&workspace, Place::Backlog);
    bencher.bench_local(|| schedule(black_box(&workspace), framework, Place::Backlog));
}
