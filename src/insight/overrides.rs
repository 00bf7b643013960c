//! Which items stand against their score, further than their band explains?

use super::rank::Ranking;
use crate::workspace::Id;
use std::collections::HashMap;

/// An item kept against its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The item.
    pub id: Id,
    /// Whether it stands above its score, and not below.
    pub is_above: bool,
    /// Its position now among the items with a score, from 1.
    pub stands: usize,
    /// Its rank by score, from 1.
    pub rank: usize,
}

/// The fewest items whose move explains why the own order `stands` is not the order of the bands.
/// Without those, the order would go down band by band; within a band any order is right.
pub fn overrides<'a>(ranking: &Ranking, stands: impl Iterator<Item = &'a Id>) -> Vec<Override> {
    let row = row(ranking, stands);
    let kept = longest_rising(&row.iter().map(|(_, band, _)| *band).collect::<Vec<_>>());
    let moved = row.iter().enumerate().filter(|(at, _)| !kept[*at]);
    moved.filter_map(|(at, (id, ..))| against(&row, at, id)).collect()
}

/// Whether an item that was just moved now stands against its score by more than its band.
pub fn of<'a>(
    ranking: &Ranking,
    stands: impl Iterator<Item = &'a Id>,
    item: &Id,
) -> Option<Override> {
    let row = row(ranking, stands);
    let at = row.iter().position(|(id, ..)| *id == item)?;
    against(&row, at, item)
}

/// The items with a score as they stand, with their band and rank.
fn row<'a>(ranking: &Ranking, stands: impl Iterator<Item = &'a Id>) -> Vec<(&'a Id, usize, usize)> {
    let ranks = ranking.items.iter().map(|item| (&item.id, (item.band, item.rank)));
    let ranks: HashMap<&Id, (usize, usize)> = ranks.collect();
    let ranked = |id: &'a Id| ranks.get(id).map(|(band, rank)| (id, *band, *rank));
    stands.filter_map(ranked).collect()
}

/// Against its score is what stands above items of better bands, or below items of worse ones;
/// where it is both, the more of them decide.
fn against(row: &[(&Id, usize, usize)], at: usize, id: &Id) -> Option<Override> {
    let (_, band, rank) = row[at];
    let better_below = row[at..].iter().filter(|(_, other, _)| *other < band).count();
    let worse_above = row[..at].iter().filter(|(_, other, _)| *other > band).count();
    let is_above = better_below > worse_above;
    let found = Override { id: id.clone(), is_above, stands: at + 1, rank };
    (better_below + worse_above > 0).then_some(found)
}

/// Which numbers belong to a longest run that never falls, by patience sorting.
fn longest_rising(numbers: &[usize]) -> Vec<bool> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let pile = tops.partition_point(|top| numbers[*top] <= *number);
        before.push(pile.checked_sub(1).map(|pile| tops[pile]));
        tops.truncate(tops.len().max(pile));
        if pile == tops.len() { tops.push(at) } else { tops[pile] = at }
    }
    let mut kept = vec![false; numbers.len()];
    let mut last = tops.last().copied();
    while let Some(at) = last {
        kept[at] = true;
        last = before[at];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::chance::tests::rice;
    use crate::insight::rank::tests::ranking;
    use std::sync::Arc;

    /// Items a to e, each clearly ahead of the next, but c and d tied.
    fn five() -> Ranking {
        let item = |(id, reach): (&str, f64)| {
            let even = |value| (value, value);
            Arc::new(rice(id, [even(reach), even(1.0), even(100.0), even(1.0)], None))
        };
        let reach = [("a", 1000.0), ("b", 700.0), ("c", 500.0), ("d", 490.0), ("e", 300.0)];
        ranking(&reach.map(item), None)
    }

    fn found(order: &str) -> Vec<(String, bool)> {
        let ids: Vec<Id> = order.split(' ').map(Id::new).collect();
        let against = overrides(&five(), ids.iter());
        against.into_iter().map(|item| (item.id.to_string(), item.is_above)).collect()
    }

    #[test]
    fn only_the_item_that_was_moved_stands_against_its_score() {
        assert_eq!(found("a b c d e"), []);
        assert_eq!(found("a b d c e"), [], "within a band any order is right");
        assert_eq!(found("e a b c d"), [("e".to_owned(), true)]);
        assert_eq!(found("b c d e a"), [("a".to_owned(), false)]);
        assert_eq!(found("b x c d y e a"), [("a".to_owned(), false)], "unscored ones do not count");
    }

    #[test]
    fn a_move_is_judged_by_what_it_passed() {
        let ids: Vec<Id> = "a c b d e".split(' ').map(Id::new).collect();
        let moved = of(&five(), ids.iter(), &Id::new("c")).unwrap();
        assert_eq!((moved.is_above, moved.stands, moved.rank), (true, 2, 3));
        assert_eq!(of(&five(), ids.iter(), &Id::new("d")), None);
    }
}
