//! Sums of draws with replacement: published figures, counting, exact fractions.

use super::super::throughput::{METHODS, named};
use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// The throughput of Magennis' spreadsheet.
const SAMPLE: [f64; 24] = [
    16.0, 3.0, 10.0, 6.0, 19.0, 11.0, 17.0, 17.0, 15.0, 9.0, 11.0, 8.0, 5.0, 13.0, 5.0, 7.0, 8.0,
    6.0, 10.0, 10.0, 8.0, 5.0, 5.0, 7.0,
];

fn sums(method: &str, seen: &[f64], delivered: f64, sprints: usize) -> Vec<Sum> {
    let mut outlook = named(method).unwrap().outlook(seen, delivered);
    outlook.look(sprints);
    outlook.sums().to_vec()
}

/// Vector F1.
#[test]
fn six_periods_deliver_what_was_computed_for_them() {
    let sum = &sums("resample", &SAMPLE, 0.0, 6)[5];
    assert!((sum.at_least(50.0) - 0.768_819).abs() < 1e-6);
    assert!((sum.at_least(60.0) - 0.420_189).abs() < 1e-6);
    assert!((sum.amount(0.85) - 47.0).abs() < 1e-9);
}

/// Vector F2.
#[test]
fn sixty_items_are_done_in_time_as_often_as_was_computed() {
    let sums = sums("resample", &SAMPLE, 0.0, 9);
    let chances = [0.12884, 0.42019, 0.74042, 0.92654, 0.98750];
    for (sum, chance) in sums[4..].iter().zip(chances) {
        assert!((sum.at_least(60.0) - chance).abs() < 1e-5);
    }
}

#[test]
fn what_is_delivered_already_is_taken_from_the_first_sprint_only() {
    let ahead = sums("resample", &[5.0, 5.0], 3.0, 2);
    assert!((ahead[0].amount(0.9) - 2.0).abs() < 1e-9);
    assert!((ahead[1].amount(0.9) - 7.0).abs() < 1e-9);
    let more = &sums("resample", &[5.0, 5.0], 8.0, 1)[0];
    assert!(more.amount(0.9).abs() < 1e-9);
}

#[test]
fn amounts_without_bounds_cost_no_more_than_others() {
    for method in METHODS {
        let sums = sums(method.id, &[1e15, 3.0, 0.25, f64::MAX, 0.0], 1e300, 3);
        assert!(sums.iter().all(|sum| sum.at_least.len() < 100_000), "{}", method.id);
    }
}

#[test]
fn below_the_smallest_and_above_the_largest_sprint_lies_a_stated_tail() {
    let sum = &sums("calibrated", &[8.0; 12], 0.0, 1)[0];
    assert!(sum.amount(0.95) < 8.0 && sum.amount(0.95) > 4.0, "{}", sum.amount(0.95));
    assert!(sum.more_than(8.0) > 0.15 && sum.more_than(18.0) < 1e-9);
    let supports = named("calibrated").unwrap().supports;
    assert_eq!([5, 8, 9, 12].map(|sprints| supports(sprints, 0.95)), [false, false, true, true]);
    assert!(supports(5, 0.85) && !supports(12, 0.99));
}

/// How many of all draws add up to each number of quarters, exactly.
fn counted(seen: &[u8], sprints: usize) -> Vec<u128> {
    let mut ways = vec![1_u128];
    for _ in 0..sprints {
        let mut more = vec![0; ways.len() + 255];
        for quarters in seen {
            for (sum, count) in ways.iter().enumerate() {
                more[sum + usize::from(*quarters)] += count;
            }
        }
        ways = more;
    }
    ways
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        ..ProptestConfig::with_cases(48)
    })]
    #[test]
    fn a_convolution_is_what_exact_fractions_give(
        seen in prop::collection::vec(0_u8..80, 1..12),
        sprints in 1_usize..8,
        asked in 0_u16..400,
    ) {
        let amounts: Vec<f64> = seen.iter().map(|quarters| f64::from(*quarters) / 4.0).collect();
        let sum = &sums("resample", &amounts, 0.0, sprints)[sprints - 1];
        let ways = counted(&seen, sprints);
        let enough: u128 = ways.iter().skip(asked.into()).sum();
        // Twelve sprints to the seventh power: exact as a float.
        let exact = |ways: u128| u32::try_from(ways).map(f64::from).unwrap();
        let share = exact(enough) / exact(ways.iter().sum());
        prop_assert!((sum.at_least(f64::from(asked) / 4.0) - share).abs() < 1e-12);
    }

    #[test]
    fn more_takes_longer_and_time_never_takes_away(
        seen in prop::collection::vec(0.0_f64..300.0, 5..13),
        delivered in 0.0_f64..50.0,
        points in 0.0_f64..900.0,
        more in 0.0_f64..90.0,
        which in 0..METHODS.len(),
    ) {
        let sums = sums(METHODS[which].id, &seen, delivered, 6);
        for sum in &sums {
            prop_assert!(sum.at_least(points + more) <= sum.at_least(points) + 1e-12);
            prop_assert!(sum.more_than(points) <= sum.at_least(points));
            prop_assert!((sum.at_least(0.0) - 1.0).abs() < 1e-9);
            prop_assert!((sum.at_least[0] - 1.0).abs() < 1e-9);
        }
        for pair in sums.windows(2) {
            prop_assert!(pair[0].at_least(points) <= pair[1].at_least(points) + 1e-9);
        }
    }
}
