//! Many hands: what is done record by record is done by all processors, where there is much of it.

use std::sync::OnceLock;
use std::thread;

/// Does `work` on parts of a list, one after the other in what comes of it, where that many pay for
/// the start of another thread. Who waits does a part too, and what no thread could be had for.
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
