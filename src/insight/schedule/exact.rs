//! The best order of a few items, by going through all sets of them.

use super::network::Network;

/// The most items there may be: 65,536 sets.
pub(super) const MOST: usize = 16;

/// The order of least cost of at most [`MOST`] items (Held and Karp 1962): what a set costs when
/// it is done first is the cheapest of what it costs without each of its items, plus that item
/// done last.
pub(super) fn order(network: &Network) -> Vec<usize> {
    let count = network.work.len().min(MOST);
    let before: Vec<usize> =
        network.before.iter().map(|before| before.iter().map(|at| 1 << at).sum()).collect();
    let mut cost = vec![f64::INFINITY; 1 << count];
    let mut time = vec![0.0; 1 << count];
    let mut last = vec![0; 1 << count];
    cost[0] = 0.0;
    for done in 0..1_usize << count {
        if cost[done].is_infinite() {
            continue;
        }
        for next in (0..count).filter(|next| done >> next & 1 == 0 && before[*next] & !done == 0) {
            let (set, work) = (done | 1 << next, network.work[next]);
            time[set] = time[done] + work.time;
            let total = cost[done] + work.weight * time[set];
            if total < cost[set] {
                cost[set] = total;
                last[set] = next;
            }
        }
    }
    let mut order = Vec::with_capacity(count);
    let mut done = (1_usize << count) - 1;
    while done > 0 {
        order.push(last[done]);
        done &= !(1 << last[done]);
    }
    order.reverse();
    order
}
