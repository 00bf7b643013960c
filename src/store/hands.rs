//! Many hands: what is done record by record is done by all processors, where there is much of it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Parts that each hand gets if all are equally fast: a thread that begins late leaves more to others.
const PARTS: usize = 4;

/// Does `work` on parts of a list, one after the other in what comes of it, where that many pay for
/// the start of another thread. Who waits does parts too, also those that no thread could be had for.
pub fn share<'a, T: Sync, R: Send>(
    list: &'a [T],
    worth: usize,
    work: impl Fn(&'a [T]) -> R + Sync,
) -> Vec<R> {
    let hands = match list.len() / worth {
        // Counting the processors takes as long as starting a thread, which does little harm where
        // there is but one.
        few @ 0..=2 => few,
        many => many.min(processors()),
    };
    if hands < 2 {
        return vec![work(list)];
    }
    let parts: Vec<&[T]> = list.chunks(list.len().div_ceil(hands * PARTS)).collect();
    let next = AtomicUsize::new(0);
    let take = || -> Vec<(usize, R)> {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = parts.get(at) else { return done };
            done.push((at, work(part)));
        }
    };
    let mut done: Vec<Option<R>> = parts.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let others: Vec<_> = (1..hands)
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, take).ok())
            .collect();
        let mut ready = take();
        ready.extend(others.into_iter().filter_map(|other| other.join().ok()).flatten());
        ready.into_iter().for_each(|(at, result)| done[at] = Some(result));
    });
    let parts = done.into_iter().zip(parts);
    parts.map(|(result, part)| result.unwrap_or_else(|| work(part))).collect()
}

fn processors() -> usize {
    static COUNTED: OnceLock<usize> = OnceLock::new();
    *COUNTED.get_or_init(|| thread::available_parallelism().map_or(1, usize::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_come_back_in_their_order() {
        for length in [0, 1, 10, 20, 73] {
            let list: Vec<usize> = (0..length).collect();
            assert_eq!(share(&list, 10, <[_]>::to_vec).concat(), list);
        }
    }
}
