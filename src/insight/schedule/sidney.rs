//! Networks that are no trees: taken apart into blocks, and what is inside one.
//!
//! Sidney (1975): take the set of items, closed under what must come before, that earns most for
//! its time. Some best order begins with it, and goes on with the same taken from the rest.

use super::exact;
use super::network::Network;
use super::sequence::{self, Run};
use crate::workspace::sorted;
use petgraph::algo::dinics;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeSet, VecDeque};

/// Above this many items that hang together, blocks take too long to find.
const LARGEST: usize = 400;

/// Items of a window that is put in its best order while improving.
const WINDOW: usize = 9;

/// How often all windows are gone through.
const SWEEPS: usize = 8;

/// The blocks, in the order in which they come.
pub(super) fn blocks(network: &Network) -> Vec<Vec<usize>> {
    let mut rest: Vec<usize> = (0..network.work.len()).collect();
    if rest.len() > LARGEST {
        return vec![rest];
    }
    let mut blocks = Vec::new();
    while !rest.is_empty() {
        let part = network.part(&rest);
        let mut is_in = vec![false; rest.len()];
        densest(&part).into_iter().for_each(|at| is_in[at] = true);
        let mut flags = is_in.iter();
        let (block, left) = rest.into_iter().partition(|_| flags.next() == Some(&true));
        blocks.push(block);
        rest = left;
    }
    blocks
}

/// The closed set with the highest weight for its time (Dinkelbach 1967): from the ratio of the
/// best set so far, look for one that earns more than that ratio asks for its time.
fn densest(network: &Network) -> Vec<usize> {
    let mut best: Vec<usize> = (0..network.work.len()).collect();
    loop {
        let sum = |part: fn(&super::Work) -> f64| -> f64 {
            best.iter().map(|at| part(&network.work[*at])).sum()
        };
        let ratio = sum(|work| work.weight) / sum(|work| work.time);
        let gains: Vec<f64> =
            network.work.iter().map(|work| work.weight - ratio * work.time).collect();
        let found = richest(network, &gains);
        let gain: f64 = found.iter().map(|at| gains[*at]).sum();
        let scale: f64 = gains.iter().map(|gain| gain.abs()).sum();
        if found.is_empty() || found == best || gain <= 1e-9 * scale {
            return best;
        }
        best = found;
    }
}

/// The closed set of the highest gain: a minimum cut between what gains and what costs (Picard
/// 1976).
fn richest(network: &Network, gains: &[f64]) -> Vec<usize> {
    let highest = gains.iter().fold(f64::MIN_POSITIVE, |high, gain| high.max(gain.abs()));
    let mut graph: DiGraph<(), u64> = DiGraph::new();
    let nodes: Vec<NodeIndex> = gains.iter().map(|_| graph.add_node(())).collect();
    let (source, sink) = (graph.add_node(()), graph.add_node(()));
    for (at, gain) in gains.iter().enumerate() {
        let (from, to) = if *gain > 0.0 { (source, nodes[at]) } else { (nodes[at], sink) };
        graph.add_edge(from, to, whole(gain.abs() / highest));
        for before in &network.before[at] {
            graph.add_edge(nodes[at], nodes[*before], 1 << 60);
        }
    }
    let (_, flows) = dinics(&graph, source, sink);
    let reached = reached(&graph, &flows, source);
    (0..gains.len()).filter(|at| reached[nodes[*at].index()]).collect()
}

/// A share of 1 in whole numbers, as a flow of fractions may never come to an end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2^40")]
fn whole(share: f64) -> u64 {
    (share * 2.0_f64.powi(40)).round() as u64
}

/// What can be reached along edges that still have room, in either direction.
fn reached(graph: &DiGraph<(), u64>, flows: &[u64], source: NodeIndex) -> Vec<bool> {
    use petgraph::visit::EdgeRef;
    let mut reached = vec![false; graph.node_count()];
    reached[source.index()] = true;
    let mut open = VecDeque::from([source]);
    while let Some(at) = open.pop_front() {
        let onwards = graph.edges(at).filter(|edge| flows[edge.id().index()] < *edge.weight());
        let onwards = onwards.map(|edge| edge.target());
        let back = graph.edges_directed(at, petgraph::Direction::Incoming);
        let back = back.filter(|edge| flows[edge.id().index()] > 0).map(|edge| edge.source());
        for next in onwards.chain(back) {
            if !std::mem::replace(&mut reached[next.index()], true) {
                open.push_back(next);
            }
        }
    }
    reached
}

/// The order inside a block: the best one while it is small, else a good one with a bound.
pub(super) fn within(network: &Network) -> Run {
    if network.work.len() <= exact::MOST {
        let order = exact::order(network);
        let cost = network.cost(&order);
        return Run::of(network, order, cost);
    }
    let mut order = greedy(network);
    for _ in 0..SWEEPS {
        if !sweep(network, &mut order) {
            break;
        }
    }
    Run::of(network, order, bound(network))
}

/// Again and again, of what waits for nothing, the one that comes first where each item has one
/// prerequisite at most.
fn greedy(network: &Network) -> Vec<usize> {
    let relaxed = sequence::forest(&one_each(network));
    let mut wish = vec![0; network.work.len()];
    let wished = relaxed.into_iter().flat_map(|run| run.order).enumerate();
    wished.for_each(|(place, at)| wish[at] = place);
    let after = network.after();
    let mut waits: Vec<usize> = network.before.iter().map(Vec::len).collect();
    let mut free: BTreeSet<(usize, usize)> =
        (0..waits.len()).filter(|at| waits[*at] == 0).map(|at| (wish[at], at)).collect();
    let mut order = Vec::with_capacity(waits.len());
    while let Some((_, next)) = free.pop_first() {
        order.push(next);
        for &at in &after[next] {
            waits[at] -= 1;
            if waits[at] == 0 {
                free.insert((wish[at], at));
            }
        }
    }
    order
}

/// Puts each window of the order into its best order; whether that changed anything.
fn sweep(network: &Network, order: &mut [usize]) -> bool {
    let mut better = false;
    for start in 0..=order.len().saturating_sub(WINDOW) {
        let window = order[start..].iter().copied().take(WINDOW).collect::<Vec<_>>();
        let part = network.part(&window);
        let best = exact::order(&part);
        let before = part.cost(&(0..window.len()).collect::<Vec<_>>());
        if part.cost(&best) < before * (1.0 - 1e-12) {
            better = true;
            best.iter().enumerate().for_each(|(at, from)| order[start + at] = window[*from]);
        }
    }
    better
}

/// The same with one prerequisite each at most: the one that earns least for its time, as that is
/// the one that holds up most. What may do more costs less, so its best order is a bound.
fn one_each(network: &Network) -> Network {
    let mut relaxed = network.clone();
    let ratio = |at: &usize| network.work[*at].weight / network.work[*at].time;
    for before in &mut relaxed.before {
        sorted::by(before, |a, b| ratio(a).total_cmp(&ratio(b)));
        before.truncate(1);
    }
    relaxed
}

/// No order costs less than the best one of the same with fewer prerequisites, in either
/// direction of time.
pub(super) fn bound(network: &Network) -> f64 {
    let relaxed = |network: &Network| sequence::best(&one_each(network)).cost;
    relaxed(network).max(relaxed(&network.reversed()))
}
