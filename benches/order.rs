//! How long it takes to say how sure an order is, and which order delays least.

#![expect(clippy::unwrap_used, reason = "what cannot be made fails the bench")]

use divan::{Bencher, black_box};
use std::sync::Arc;
use twohats::app::key::Key;
use twohats::app::{App, Msg, Session};
use twohats::insight::rank::{Capacity, Ranking};
use twohats::insight::schedule::schedule;
use twohats::insight::simulation::TRIALS;
use twohats::scoring::Framework;
use twohats::terminal;
use twohats::workspace::{Content, Field, Id, Place, Record, Value, Workspace};

fn main() {
    divan::main();
}

/// Items with a cost of delay and a duration; one in three waits for one or two before it.
fn items(count: usize) -> Vec<Arc<Record>> {
    let mut random = fastrand::Rng::with_seed(7);
    let item = |at: usize| {
        let number = |name: &str, value| (name.into(), Value::Number(value));
        let cost = number("cost_of_delay", 1.0 + random.f64() * 900.0);
        let factors = vec![cost, number("duration", 1.0 + random.f64() * 8.0)];
        let ratings = Value::map([("cd3".into(), Value::map(factors))]);
        let record = Record::new(Id::new(&format!("i{at}"))).with(Field::Ratings, ratings);
        let mut wait = |_| {
            let waits = at > 0 && random.u8(..6) == 0;
            waits.then(|| Value::link(Id::new(&format!("i{}", random.usize(..at)))))
        };
        let waits: Vec<Value> = (0..2).filter_map(&mut wait).collect();
        let record = if waits.is_empty() {
            record
        } else {
            record.with(Field::BlockedBy, Value::list(waits))
        };
        Arc::new(record)
    };
    (0..count).map(item).collect()
}

fn cd3() -> &'static Framework {
    Framework::find("cd3", &Record::new(Id::new("s"))).unwrap()
}

#[divan::bench(args = [100, 1_000], sample_count = 10)]
fn rank(bencher: Bencher, count: usize) {
    let items = items(count);
    let today = "2026-11-22".parse().unwrap();
    bencher.bench_local(|| {
        let room = Some(Capacity::Items(20.0));
        let mut ranking = Ranking::new(cd3(), black_box(&items), room, today);
        let simulation = ranking.simulation(1, TRIALS).unwrap();
        ranking.take(&terminal::tally(&simulation));
        ranking
    });
}

#[divan::bench(args = [100, 1_000], sample_count = 10)]
fn least_delay(bencher: Bencher, count: usize) {
    let mut content = Content::default();
    content.fill(Place::Backlog, items(count));
    let workspace = Workspace::new(content);
    bencher.bench_local(|| schedule(black_box(&workspace), cd3(), Place::Backlog));
}

/// What a key that moves an item takes until the screen can be drawn again.
#[divan::bench(args = [1_000, 10_000], sample_count = 20)]
fn move_by_key(bencher: Bencher, count: usize) {
    let mut content = Content::default();
    content.fill(Place::Backlog, items(count));
    let framework = Value::text("cd3");
    let settings = Record::new(Id::new(Content::SETTINGS)).with(Field::BacklogFramework, framework);
    content.set_settings(settings.with(Field::Capacity, Value::Number(20.0)));
    let today = "2026-11-22".parse().unwrap();
    let mut app = App::new(Session { content, ..Session::default() }, 7);
    app.update(Msg::Resize { width: 120, height: 40 }, today);
    app.update(Msg::Key(Key::parse("]").unwrap()), today);
    let keys = ["J", "K"].map(|key| Key::parse(key).unwrap());
    bencher.bench_local(|| keys.map(|key| app.update(Msg::Key(key), today)));
}
