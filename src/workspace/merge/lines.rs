//! Bringing two texts or lists together that come from the same one, piece by piece.

use super::super::diff::rising;
use std::collections::HashMap;
use std::hash::Hash;

/// The lines of long text: what one side changed is taken from it. `None` where both changed the
/// same lines, or lines beside each other.
pub(super) fn text(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let lines = |text: &'_ str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let [base, mine, theirs] = [base, mine, theirs].map(lines);
    let anchors = anchors(&base, &mine, &theirs);
    let mut woven: Vec<&str> = Vec::new();
    let mut from = [0; 3];
    let ends = [base.len(), mine.len(), theirs.len()];
    for anchor in anchors.into_iter().chain([ends]) {
        let [b, m, t] =
            [&base[from[0]..anchor[0]], &mine[from[1]..anchor[1]], &theirs[from[2]..anchor[2]]];
        let taken = if b == m || m == t {
            t
        } else if b == t {
            m
        } else {
            return None;
        };
        woven.extend(taken.iter().map(String::as_str));
        woven.extend(base.get(anchor[0]).map(String::as_str));
        from = anchor.map(|at| at + 1);
    }
    Some(woven.join("\n"))
}

/// The lines that are in all three, in one order.
fn anchors(base: &[String], mine: &[String], theirs: &[String]) -> Vec<[usize; 3]> {
    let [mine, theirs] = [mine, theirs].map(|side| kept(base, side));
    let anchors = base
        .iter()
        .enumerate()
        .filter_map(|(at, _)| Some([at, *mine.get(&at)?, *theirs.get(&at)?]));
    anchors.collect()
}

/// For each line of `base` that `side` kept, where it stands there. Ends are matched first, then
/// lines that are there once.
fn kept(base: &[String], side: &[String]) -> HashMap<usize, usize> {
    let most = base.len().min(side.len());
    let head = (0..most).take_while(|&at| base[at] == side[at]).count();
    let tail = (1..=most - head)
        .take_while(|back| base[base.len() - back] == side[side.len() - back])
        .count();
    let mut kept: HashMap<usize, usize> = (0..head).map(|at| (at, at)).collect();
    kept.extend((1..=tail).map(|back| (base.len() - back, side.len() - back)));
    let middle = head..base.len() - tail;
    let there = once(&side[head..side.len() - tail]);
    let here = once(&base[middle.clone()]);
    let numbers: Vec<Option<usize>> = base[middle]
        .iter()
        .map(|line| here.get(line).and_then(|_| there.get(line)).map(|at| at + head))
        .collect();
    let run = rising(&numbers);
    kept.extend(run.into_iter().filter_map(|at| Some((at + head, numbers[at]?))));
    kept
}

/// What is there once, and where.
fn once<T: Eq + Hash>(values: &[T]) -> HashMap<&T, usize> {
    let mut seen: HashMap<&T, (usize, usize)> = HashMap::new();
    for (at, value) in values.iter().enumerate() {
        seen.entry(value).or_insert((at, 0)).1 += 1;
    }
    seen.into_iter()
        .filter(|(_, (_, count))| *count == 1)
        .map(|(value, (at, _))| (value, at))
        .collect()
}

/// The elements of a set, without what either side took out and with what either put in. Their
/// order is that of the side which changed it, or else mine; what the other put in comes after
/// what it stands after there. With it whether both sides changed the order of what all three
/// have, each in its way.
pub(super) fn set<T: PartialEq + Clone>(base: &[T], mine: &[T], theirs: &[T]) -> (Vec<T>, bool) {
    let in_all = |side: &[T]| {
        let mut common: Vec<T> = Vec::new();
        for value in side {
            let is_in_all = [base, mine, theirs].iter().all(|side| side.contains(value));
            if is_in_all && !common.contains(value) {
                common.push(value.clone());
            }
        }
        common
    };
    let [before, my, their] = [base, mine, theirs].map(in_all);
    if my == before && their != before {
        return (woven(base, theirs, mine), false);
    }
    (woven(base, mine, theirs), their != before && their != my)
}

/// One side in its order, without what the other took out, and with what that put in after what it
/// stands after there.
fn woven<T: PartialEq + Clone>(base: &[T], one: &[T], other: &[T]) -> Vec<T> {
    let gone = |value: &&T| base.contains(value) && !other.contains(value);
    let mut woven: Vec<T> = one.iter().filter(|value| !gone(value)).cloned().collect();
    let mut left = 0;
    for value in other {
        if let Some(at) = woven.iter().position(|known| known == value) {
            left = at + 1;
        } else if !base.contains(value) {
            woven.insert(left, value.clone());
            left += 1;
        }
    }
    woven
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_far_apart_come_together() {
        let base = "one\ntwo\nthree\nfour";
        assert_eq!(
            text(base, "ONE\ntwo\nthree\nfour", "one\ntwo\nthree\nfour\nfive").as_deref(),
            Some("ONE\ntwo\nthree\nfour\nfive")
        );
        assert_eq!(text(base, "one\nthree\nfour", "one\ntwo\nTHREE\nfour"), None);
        assert_eq!(
            text(base, "two\nthree\nfour", "one\ntwo\nthree\n4").as_deref(),
            Some("two\nthree\n4")
        );
    }

    fn put(base: &str, mine: &str, theirs: &str) -> (String, bool) {
        let [base, mine, theirs] =
            [base, mine, theirs].map(|side| side.split_whitespace().collect::<Vec<_>>());
        let (set, both) = set(&base, &mine, &theirs);
        (set.join(" "), both)
    }

    #[test]
    fn a_set_has_what_either_put_in_and_not_what_either_took_out() {
        assert_eq!(put("a b c", "b c m", "a t b"), ("t b m".to_owned(), false));
        assert_eq!(put("", "a", "b"), ("b a".to_owned(), false));
    }

    #[test]
    fn a_new_order_of_either_side_stays_and_of_two_both_are_known() {
        assert_eq!(put("a b c", "a b c m", "c a b"), ("c m a b".to_owned(), false));
        assert_eq!(put("a b c", "c a b", "a t b c"), ("c a t b".to_owned(), false));
        assert_eq!(put("a b c", "c a b", "c a b t"), ("c a b t".to_owned(), false));
        assert_eq!(put("a b c", "c a b", "b a c"), ("c a b".to_owned(), true));
    }
}
