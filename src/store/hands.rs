//! Many hands: what is done record by record is done by all processors, where there is much of it.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, mpsc};
use std::thread;

/// Parts that each hand gets if all are equally fast: a thread that begins late leaves more to others.
const PARTS: usize = 4;

/// Results of each hand that may wait to be taken.
const WAITING: usize = 2;

/// Does `work` on parts of a list, one after the other in what comes of it, where that many pay for
/// the start of another thread.
pub fn share<'a, T: Sync, R: Send>(
    list: &'a [T],
    worth: usize,
    work: impl Fn(&'a [T]) -> R + Sync,
) -> Vec<R> {
    let mut all = Vec::new();
    let Ok(()) = pass(list, (worth, list.len()), work, |result| {
        all.push(result);
        Ok::<(), Infallible>(())
    });
    all
}

/// Does `work` on parts of a list of at most `most`, where `worth` of them pay for the start of
/// another thread, and gives what comes of it to `take`, in the order of the list. Ends with the
/// first error of that. Whoever would wait does parts too.
pub fn pass<'a, T: Sync, R: Send, E>(
    list: &'a [T],
    (worth, most): (usize, usize),
    work: impl Fn(&'a [T]) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let hands = match list.len() / worth {
        // Counting the processors takes as long as starting a thread, which does little harm where
        // there is but one.
        few @ 0..=2 => few,
        many => many.min(processors()),
    };
    if hands < 2 {
        return list.chunks(most.max(1)).try_for_each(|part| take(work(part)));
    }
    let parts: Vec<&[T]> = list.chunks(list.len().div_ceil(hands * PARTS).min(most)).collect();
    let results: Vec<Mutex<Option<R>>> = parts.iter().map(|_| Mutex::default()).collect();
    let next = AtomicUsize::new(0);
    let do_one = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let result = work(parts.get(at)?);
        *results[at].lock().ok()? = Some(result);
        Some(())
    };
    thread::scope(|scope| {
        let (sender, done) = mpsc::sync_channel(hands * WAITING);
        for _ in 1..hands {
            let sender = sender.clone();
            let others = move || while do_one().is_some_and(|()| sender.send(()).is_ok()) {};
            // What no thread could be had for the others do.
            let _ = thread::Builder::new().spawn_scoped(scope, others);
        }
        drop(sender);
        for (part, result) in parts.iter().zip(&results) {
            let result = loop {
                done.try_iter().for_each(drop);
                if let Some(result) = result.lock().ok().and_then(|mut result| result.take()) {
                    break result;
                }
                if do_one().or_else(|| done.recv().ok()).is_none() {
                    break work(part);
                }
            };
            take(result)?;
        }
        Ok(())
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

    #[test]
    fn what_is_passed_on_comes_in_order_until_it_is_refused() {
        let list: Vec<usize> = (0..500).collect();
        for most in [1, 7, 499, 500, 1_000] {
            for refused in [0, 3, 250, 499, usize::MAX] {
                let mut taken = Vec::new();
                let ended = pass(&list, (20, most), <[_]>::to_vec, |part| {
                    assert!(part.len() <= most);
                    taken.extend(part);
                    if taken.last() < Some(&refused) { Ok(()) } else { Err("enough") }
                });
                assert_eq!(ended, if refused < list.len() { Err("enough") } else { Ok(()) });
                assert!(taken.last() >= Some(&refused.min(499)));
                assert_eq!(taken, list[..taken.len()]);
            }
        }
    }
}
