//! Which items stand against their score, further than their band explains?

use super::rank::Ranking;
use crate::workspace::{Date, Field, Id, Place, Record, Workspace};
use std::collections::{HashMap, HashSet};

/// What is decided when an item is kept where its score would not put it: above, or below it.
const WORDS: [&str; 2] = ["kept above its score", "kept below its score"];

/// An item kept against its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The item.
    pub id: Id,
    /// Whether it stands above its score, and not below.
    pub is_above: bool,
    /// How many items of other bands it stands on the wrong side of.
    pub passed: usize,
}

impl Override {
    /// How far it stands against its score.
    pub fn against(&self) -> Against {
        Against { is_above: self.is_above, passed: self.passed }
    }
}

/// What is decided when an item is kept against its score.
pub fn words(is_above: bool) -> &'static str {
    WORDS[usize::from(!is_above)]
}

/// A decision that keeps an item against its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The decision.
    pub decision: Id,
    /// The item.
    pub item: Id,
    /// Whether it was kept above its score, and not below.
    pub is_above: bool,
    /// Why; empty where nobody said so.
    pub why: String,
    /// The day it was decided.
    pub on: Option<Date>,
    /// The day to look at it again.
    pub review: Option<Date>,
    /// How it ended, where it did.
    pub ended: Option<String>,
}

impl Kept {
    fn of(decision: &Record) -> Option<Self> {
        let item = decision.link(Field::About)?.clone();
        let what = WORDS.iter().position(|words| *words == decision.text(Field::What))?;
        Some(Self {
            decision: decision.id().clone(),
            item,
            is_above: what == 0,
            why: decision.text(Field::Why).to_owned(),
            on: decision.date(Field::On),
            review: decision.date(Field::Review),
            ended: decision.get(Field::Ended).and_then(|how| how.as_text()).map(str::to_owned),
        })
    }

    /// Whether it still holds.
    pub fn is_open(&self) -> bool {
        self.ended.is_none()
    }
}

/// The decisions to keep an item against its score, as they were taken.
pub fn kept(workspace: &Workspace) -> impl Iterator<Item = Kept> {
    workspace.list(Place::Decisions).iter().filter_map(|decision| Kept::of(decision))
}

/// The decision that keeps this item against its score now, if one does.
pub fn open(workspace: &Workspace, item: &Id) -> Option<Kept> {
    kept(workspace).filter(|kept| kept.item == *item && kept.is_open()).last()
}

/// Whether an item that was just moved now stands against its score by more than its band.
pub fn of<'a>(
    ranking: &Ranking,
    stands: impl Iterator<Item = &'a Id>,
    item: &Id,
) -> Option<Override> {
    each(ranking, stands, std::iter::once(item)).pop()
}

/// Which of `items` stand against their score by more than their band, as they stand.
pub fn each<'a, 'b>(
    ranking: &Ranking,
    stands: impl Iterator<Item = &'a Id>,
    items: impl Iterator<Item = &'b Id>,
) -> Vec<Override> {
    let bands = ranking.items.iter().map(|item| (item.id(), item.band));
    let bands: HashMap<&Id, usize> = bands.collect();
    let row: Vec<&Id> = stands.filter(|id| bands.contains_key(id)).collect();
    let bands = Bands::of(row.iter().copied(), |id| bands.get(id).copied());
    let items: HashSet<&Id> = items.collect();
    let asked = row.iter().enumerate().filter(|(_, id)| items.contains(*id));
    let found = asked.filter_map(|(at, id)| {
        let Against { is_above, passed } = bands.against(at)?;
        Some(Override { id: (*id).clone(), is_above, passed })
    });
    found.collect()
}

/// The bands of the items of a list as they stand; 0 for those without a score.
#[derive(Debug, Clone, Default)]
pub struct Bands(Vec<usize>);

/// How far an item stands against its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// Whether above it, and not below.
    pub is_above: bool,
    /// How many items of other bands it stands on the wrong side of; at least one.
    pub passed: usize,
}

impl Bands {
    /// Those of a list.
    pub fn of<'a>(ids: impl Iterator<Item = &'a Id>, band: impl Fn(&Id) -> Option<usize>) -> Self {
        Self(ids.map(|id| band(id).unwrap_or(0)).collect())
    }

    /// Takes up those of a stretch that begins at `from`.
    pub fn put(&mut self, from: usize, stretch: Self) {
        self.0.splice(from..from + stretch.0.len(), stretch.0);
    }

    /// An item goes from one place in the list to another.
    pub fn shift(&mut self, from: usize, to: usize) {
        if from < to {
            self.0[from..=to].rotate_left(1);
        } else {
            self.0[to..=from].rotate_right(1);
        }
    }

    /// Whether it stands against its score: above items of better bands, or below items of worse
    /// ones. Where it does both, the larger number decides.
    pub fn against(&self, at: usize) -> Option<Against> {
        let band = *self.0.get(at).filter(|band| **band > 0)?;
        let better_below = self.0[at..].iter().filter(|other| **other > 0 && **other < band);
        let worse_above = self.0[..at].iter().filter(|other| **other > band);
        let (better_below, worse_above) = (better_below.count(), worse_above.count());
        let passed = better_below + worse_above;
        (passed > 0).then_some(Against { is_above: better_below > worse_above, passed })
    }
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

    #[test]
    fn a_move_is_judged_by_what_it_passed() {
        let ids: Vec<Id> = "a c b d e".split(' ').map(Id::new).collect();
        let moved = of(&five(), ids.iter(), &Id::new("c")).unwrap();
        assert_eq!((moved.is_above, moved.passed), (true, 1));
        assert_eq!(of(&five(), ids.iter(), &Id::new("d")), None);
        let all = |order: &str| -> Vec<String> {
            let ids: Vec<Id> = order.split(' ').map(Id::new).collect();
            let found = each(&five(), ids.iter(), ids.iter());
            found.iter().map(|it| format!("{} {} {}", it.id, it.is_above, it.passed)).collect()
        };
        assert_eq!(all("a b d c e"), [""; 0], "within a band any order is right");
        assert_eq!(all("a x c y b d e"), ["c true 1", "b false 1"], "unscored ones do not count");
    }
}
