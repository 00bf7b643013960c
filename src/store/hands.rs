//! Many hands: what is done record by record is done by all processors, where there is much of it.

use std::thread;

/// Elements from which on another thread pays for its start.
const WORTH: usize = 2_000;

/// Does `work` on parts of a list, one after the other in what comes of it. Who waits does a part
/// too, and what no thread could be had for.
pub fn share<'a, T: Sync, R: Send>(list: &'a [T], work: impl Fn(&'a [T]) -> R + Sync) -> Vec<R> {
    let hands = thread::available_parallelism().map_or(1, usize::from).min(list.len() / WORTH);
    if hands < 2 {
        return vec![work(list)];
    }
    let mut parts = list.chunks(list.len().div_ceil(hands));
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = parts
            .map(|part| (part, thread::Builder::new().spawn_scoped(scope, move || work(part))))
            .collect();
        let mut done = vec![work(own)];
        done.extend(others.into_iter().map(|(part, other)| {
            let other = other.ok().and_then(|other| other.join().ok());
            other.unwrap_or_else(|| work(part))
        }));
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_come_back_in_their_order() {
        for length in [0, 1, WORTH, 2 * WORTH, 7 * WORTH + 3] {
            let list: Vec<usize> = (0..length).collect();
            assert_eq!(share(&list, <[_]>::to_vec).concat(), list);
        }
    }
}
