//! How much may a sprint deliver, going by those seen? One row a method.

use super::sum::{Draw, Outlook, Pace, step};
use crate::workspace::sorted;

/// A way to say what coming sprints deliver, by its name on the command line.
#[derive(Debug)]
pub struct Method {
    /// Its name.
    pub id: &'static str,
    /// What it assumes, in one line.
    pub summary: &'static str,
    /// From what sprints delivered, newest last, counted in such steps: the paces the team may
    /// keep from now on.
    paces: fn(&[f64], f64) -> Vec<Pace>,
    /// Steps in which the largest amount is counted at most.
    steps: f64,
    /// Whether so many sprints can support a statement with this chance.
    pub supports: fn(usize, f64) -> bool,
}

/// Every method, the usual one first. `docs/FORECAST.md` says why it is.
pub static METHODS: &[Method] = &[
    Method {
        id: "calibrated",
        summary: "what was seen and what lies between, a tail below and above, and a pace that may change",
        paces: calibrated,
        steps: 200.0,
        supports: |sprints, chance| 1.0 - chance >= tail(sprints) - 1e-9,
    },
    Method {
        id: "resample",
        summary: "each sprint delivers as much as one of those seen, whichever it is",
        paces: resample,
        steps: 5000.0,
        supports: |_, _| true,
    },
];

impl Method {
    /// What comes after these amounts, newest last, where the running sprint has delivered so much.
    pub fn outlook(&self, seen: &[f64], delivered: f64) -> Outlook {
        let all: Vec<f64> = seen.iter().copied().chain([delivered]).collect();
        Outlook::new((self.paces)(seen, step(&all, self.steps)), delivered)
    }
}

/// The method that is used unless another is named.
pub fn usual() -> &'static Method {
    &METHODS[0]
}

/// The method with this name.
pub fn named(id: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.id == id)
}

/// Sprints are drawn with replacement from those seen.
fn resample(seen: &[f64], step: f64) -> Vec<Pace> {
    let mut draw = Draw::new(step);
    let share = 1.0 / count(seen.len());
    seen.iter().for_each(|amount| draw.add((*amount, *amount), share));
    vec![Pace { chance: 1.0, draw }]
}

/// After so many sprints a sprint counts half as much as the newest one.
const HALF_LIFE: f64 = 24.0;

/// The amounts a sprint may deliver go up to this multiple of the largest seen.
const REACH: f64 = 1.5;

/// How the team may go on, as multiples of what was seen, each with its chance: two thirds, the
/// same, or half as much again.
const PACES: [(f64, f64); 3] = [(2.0 / 3.0, 1.0 / 6.0), (1.0, 2.0 / 3.0), (1.5, 1.0 / 6.0)];

/// Each sprint seen stands for amounts up to halfway in chance to its neighbours; a tail lies below
/// the smallest and above the largest; and the pace is one of [`PACES`] from now on.
fn calibrated(seen: &[f64], step: f64) -> Vec<Pace> {
    let Some(newest) = seen.len().checked_sub(1) else { return Vec::new() };
    let weight = |at: usize| 0.5_f64.powf(count(newest - at) / HALF_LIFE);
    let all: f64 = (0..seen.len()).map(weight).sum();
    let tail = tail(seen.len());
    let mut ranked: Vec<(f64, f64)> =
        seen.iter().enumerate().map(|(at, amount)| (*amount, weight(at) / all)).collect();
    sorted::by(&mut ranked, |one, other| one.0.total_cmp(&other.0));
    let (least, most) = (ranked[0].0, ranked[newest].0);
    let mut draw = Draw::new(step);
    draw.add((0.0, least), tail);
    draw.add((most, (REACH * most).max(most + step)), tail);
    for (at, (amount, weight)) in ranked.iter().enumerate() {
        let share = weight * (1.0 - 2.0 * tail) / 2.0;
        let (below, above) = (ranked[at.saturating_sub(1)].0, ranked[(at + 1).min(newest)].0);
        draw.add((below, *amount), share);
        draw.add((*amount, above), share);
    }
    PACES.iter().map(|(by, chance)| Pace { chance: *chance, draw: draw.scaled(*by) }).collect()
}

/// The chance that a sprint delivers less than the smallest of so many, or more than the largest:
/// half of what a place among one more than those has.
fn tail(sprints: usize) -> f64 {
    0.5 / (count(sprints) + 1.0)
}

fn count(sprints: usize) -> f64 {
    u32::try_from(sprints).map_or(f64::MAX, f64::from)
}
