//! Published vectors, and brute force over all orders of small networks.

use super::*;
use crate::insight::chance::tests::framework;
use crate::workspace::{Content, Value};

struct Item {
    id: &'static str,
    time: f64,
    weight: f64,
    waits: &'static [&'static str],
}

fn item(id: &'static str, time: f64, weight: f64, waits: &'static [&'static str]) -> Item {
    Item { id, time, weight, waits }
}

fn record(item: &Item) -> Record {
    let waits = item.waits.iter().map(|id| Value::link(Id::new(id))).collect();
    let record = Record::new(Id::new(item.id)).with(Field::BlockedBy, Value::List(waits));
    if item.time.is_nan() {
        return record;
    }
    let cd3 = Value::map([
        ("cost_of_delay".into(), Value::Number(item.weight)),
        ("duration".into(), Value::Number(item.time)),
    ]);
    record.with(Field::Ratings, Value::map([("cd3".into(), cd3)]))
}

fn scheduled(items: &[Item]) -> Schedule {
    let mut content = Content::default();
    let (done, open): (Vec<_>, Vec<_>) = items.iter().partition(|item| item.id.starts_with("done"));
    let records =
        |items: Vec<&Item>| items.into_iter().map(|item| Arc::new(record(item))).collect();
    content.fill(Place::Backlog, records(open));
    content.fill(Place::Done, records(done));
    schedule(&Workspace::new(content), framework("cd3"), Place::Backlog)
}

fn order(schedule: &Schedule) -> String {
    schedule.order.iter().map(Id::as_str).collect::<Vec<_>>().join(" ")
}

/// Vector S1 (Magennis).
#[test]
fn without_prerequisites_the_best_ratio_goes_first() {
    let found = scheduled(&[
        item("F1", 3.0, 3.0, &[]),
        item("F2", 4.0, 7.0, &[]),
        item("F3", 6.0, 9.0, &[]),
    ]);
    assert_eq!(order(&found), "F2 F3 F1");
    assert!((found.cost - 157.0).abs() < 1e-9);
    assert!(found.optimal && (found.lower_bound - found.cost).abs() < 1e-9);
    assert_eq!(found.moves[0].id, Id::new("F1"));
    assert!((found.moves[0].saves - (found.current_cost - found.cost)).abs() < 1e-9);
    assert_eq!(found.moves[0].to, 3);
}

/// Vector S2: the sum of its dependants' ratios puts R first, which costs 25.3 % more.
#[test]
fn an_enabler_goes_no_earlier_than_it_pays() {
    let found = scheduled(&[
        item("R", 10.0, 0.0, &[]),
        item("F2", 4.0, 2333.33, &[]),
        item("F3", 6.0, 3000.0, &["R"]),
        item("F1", 3.0, 1000.0, &["R"]),
    ]);
    assert_eq!(order(&found), "F2 R F3 F1");
    assert!((found.current_cost - 115_666.62).abs() < 1e-6);
    assert!((found.cost - 92_333.32).abs() < 1e-6);
    assert!(found.optimal);
}

#[test]
fn what_is_done_is_met_and_what_is_not_rated_passes_its_constraints_on() {
    let found = scheduled(&[
        item("a", 1.0, 9.0, &["x"]),
        item("b", 1.0, 8.0, &["done1"]),
        item("x", f64::NAN, 0.0, &["c"]),
        item("c", 1.0, 1.0, &[]),
        item("done1", 1.0, 1.0, &["c"]),
    ]);
    assert_eq!(order(&found), "b c a");
    assert_eq!(found.left_out[0].needs, ["cost_of_delay", "duration"]);
    let list = ["a", "b", "x", "c"].map(|id| Arc::new(Record::new(Id::new(id))));
    assert_eq!(found.placed(&list), [1, 3, 2, 0]);
}

#[test]
fn an_item_is_late_above_what_it_waits_for_in_any_lane_of_its_pane() {
    let waits = |id, on| Arc::new(record(&item(id, 1.0, 1.0, on)));
    let mut content = Content::default();
    content.fill(Place::Now, vec![waits("a", &["n"]), waits("b", &["a", "x"])]);
    content.fill(Place::Next, vec![waits("n", &[])]);
    content.fill(Place::Backlog, vec![waits("x", &["y"]), waits("y", &["x", "n", "gone"])]);
    content.fill(Place::Done, vec![waits("d", &["y"])]);
    let workspace = Workspace::new(content);
    let is_late = |id| is_above_what_it_waits_for(&workspace, workspace.get(&Id::new(id)).unwrap());
    assert_eq!(
        ["a", "b", "n", "x", "y", "d"].map(is_late),
        [true, false, false, true, false, false]
    );
}

#[test]
fn a_round_from_a_file_is_told_and_not_kept_to() {
    let found = scheduled(&[item("a", 1.0, 1.0, &["b"]), item("b", 1.0, 5.0, &["a"])]);
    assert_eq!(found.rounds, [Id::new("a")]);
    assert_eq!(found.proof(), "not proved: items wait for each other through a");
    let unbound = Schedule { rounds: Vec::new(), lower_bound: 0.0, ..found.clone() };
    assert_eq!(unbound.proof(), "not proved");
    assert!(!found.optimal);
    assert_eq!(found.order.len(), 2);
}

fn random(random: &mut fastrand::Rng, count: usize) -> Network {
    let dense = random.f64();
    let work = (0..count)
        .map(|_| Work { weight: f64::from(random.u32(0..9)), time: f64::from(random.u32(1..9)) });
    let work: Vec<Work> = work.collect();
    // Indexes are the order that stands and not one that is allowed.
    let mut names: Vec<usize> = (0..count).collect();
    random.shuffle(&mut names);
    let mut before = vec![Vec::new(); count];
    for late in 0..count {
        for early in 0..late {
            if random.f64() < dense * 0.6 {
                before[names[late]].push(names[early]);
            }
        }
    }
    Network::new(work, before).0
}

/// The least cost of all allowed orders of what is not in the set `done`.
fn brute(network: &Network, done: usize, time: f64) -> f64 {
    let open = (0..network.work.len()).filter(|at| done >> at & 1 == 0);
    let free = open.filter(|at| network.before[*at].iter().all(|before| done >> before & 1 == 1));
    free.map(|at| {
        let now = time + network.work[at].time;
        network.work[at].weight * now + brute(network, done | 1 << at, now)
    })
    .reduce(f64::min)
    .unwrap_or_default()
}

#[test]
fn all_orders_of_small_networks_cost_at_least_as_much() {
    let mut dice = fastrand::Rng::with_seed(7);
    for _ in 0..1_000 {
        let count = dice.usize(1..=8);
        let network = random(&mut dice, count);
        let found = sequence::best(&network);
        let least = brute(&network, 0, 0.0);
        assert!(found.is_proved && network.allows(&found.order));
        assert!((found.cost - least).abs() < 1e-9, "{network:?} {found:?} {least}");
        assert!((found.cost - network.cost(&found.order)).abs() < 1e-9);
    }
}

#[test]
fn trees_and_blocks_agree_with_going_through_all_sets() {
    let mut dice = fastrand::Rng::with_seed(8);
    for _ in 0..60 {
        let network = random(&mut dice, 13);
        let least = network.cost(&exact::order(&network));
        assert!((sequence::best(&network).cost - least).abs() < 1e-9);
    }
}

#[test]
fn a_large_network_has_an_allowed_order_and_an_honest_bound() {
    let mut dice = fastrand::Rng::with_seed(9);
    for count in [60, 150] {
        let network = random(&mut dice, count);
        let found = sequence::best(&network);
        assert!(network.allows(&found.order));
        assert!(found.bound <= found.cost * (1.0 + 1e-9));
        assert!(found.bound > 0.5 * found.cost, "{} {}", found.bound, found.cost);
    }
}

/// Orders of a block that is too large to go through are bounded from below by what relaxing
/// gives, which never exceeds the true least cost.
#[test]
fn a_bound_is_never_above_the_least_cost() {
    let mut dice = fastrand::Rng::with_seed(10);
    for _ in 0..200 {
        let network = random(&mut dice, 10);
        let least = network.cost(&exact::order(&network));
        assert!(sidney::bound(&network) <= least + 1e-9);
    }
}

/// Ratings of which no product is a number, in a small network and in a large one.
#[test]
fn ratings_beyond_all_measure_come_to_an_end() {
    let names: Vec<&'static str> =
        (0..40).map(|nth| &*Box::leak(format!("i{nth}").into_boxed_str())).collect();
    for (count, time, weight) in
        [(6, 1e308, 1e308), (40, 1e308, 1e308), (40, 1e-308, 1e308), (40, 1e308, 1e-308)]
    {
        let waits = |nth: usize| -> &'static [&'static str] {
            let one = [names[nth % count / 3]];
            let both = [names[0], names[1]];
            Box::leak(
                if nth.is_multiple_of(2) { one.to_vec() } else { both.to_vec() }.into_boxed_slice(),
            )
        };
        let later = |nth: usize| if nth < 4 { &[][..] } else { waits(nth) };
        let items: Vec<Item> =
            (0..count).map(|nth| item(names[nth], time, weight, later(nth))).collect();
        let found = scheduled(&items);
        assert_eq!(found.order.len() + found.left_out.len(), count);
        assert!(found.cost.is_finite() && found.lower_bound.is_finite(), "{found:?}");
    }
}
