//! Which few questions would settle the order, and what do the answers say?

use super::chance::Side;
use super::rank::{Ranked, Ranking, number};
use crate::workspace::{Field, Id, Lookup, Place, Record, Workspace, sorted};
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// Which of two tied items, if only one?
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The one above the line.
    pub above: Id,
    /// The one below it.
    pub below: Id,
    /// The chance that `above` beats `below`, 0–1; `None` where scores are classes.
    pub chance: Option<f64>,
}

/// What is decided of two items when nobody can tell which one comes first: an answer too, so that
/// the pair is not asked about again.
pub const UNSURE: &str = "can't tell";

/// What was preferred to what, each pair once, as far as it was answered.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    behind: HashMap<Id, Vec<Id>>,
    /// The pairs of which nobody can tell, the lower id first.
    unsure: HashSet<(Id, Id)>,
}

/// The decision that prefers one item to another and was not ended, if there is one.
pub fn decision(workspace: &Workspace, item: &Id, over: &Id) -> Option<Id> {
    let mut decisions = workspace.list(Place::Decisions).iter();
    let found = decisions.find(|decision| pair(decision) == Some((item, over)) && !told(decision));
    found.map(|decision| decision.id().clone())
}

/// The two items a decision is about, unless it was ended.
fn pair(decision: &Record) -> Option<(&Id, &Id)> {
    let pair = decision.link(Field::About).zip(decision.link(Field::Over));
    pair.filter(|_| decision.get(Field::Ended).is_none())
}

/// Whether it says that nobody can tell.
fn told(decision: &Record) -> bool {
    decision.text(Field::What) == UNSURE
}

impl Answers {
    /// The decisions that prefer one item to another and were not ended.
    pub fn of(workspace: &Workspace) -> Self {
        let mut answers = Self::default();
        for decision in workspace.list(Place::Decisions) {
            match pair(decision) {
                Some((item, over)) if told(decision) => answers.pass(item, over),
                Some((item, over)) => answers.prefer(item, over),
                None => {}
            }
        }
        answers
    }

    /// Whether nothing was preferred to anything.
    pub fn is_empty(&self) -> bool {
        self.behind.is_empty()
    }

    /// Takes up an answer.
    pub fn prefer(&mut self, item: &Id, over: &Id) {
        let behind = self.behind.entry(item.clone()).or_default();
        if !behind.contains(over) {
            behind.push(over.clone());
        }
    }

    /// Takes up that nobody can tell.
    pub fn pass(&mut self, a: &Id, b: &Id) {
        self.unsure.insert((a.min(b).clone(), a.max(b).clone()));
    }

    fn behind<'a>(&'a self, item: &Id) -> &'a [Id] {
        self.behind.get(item).map(Vec::as_slice).unwrap_or_default()
    }

    /// The way from `item` down to `to` along answers, both included.
    fn way(&self, item: &Id, to: &Id) -> Option<Vec<Id>> {
        let mut seen = HashSet::from([item]);
        let mut open = VecDeque::from([vec![item]]);
        while let Some(way) = open.pop_front() {
            for next in way.last().map(|last| self.behind(last)).unwrap_or_default() {
                let further = || way.iter().copied().chain([next]);
                if next == to {
                    return Some(further().cloned().collect());
                }
                if seen.insert(next) {
                    open.push_back(further().collect());
                }
            }
        }
        None
    }

    /// The answers that contradict each other: each a shortest round that begins and ends with
    /// the same item, none told twice.
    pub fn contradictions(&self) -> Vec<Vec<Id>> {
        let mut items: Vec<&Id> = self.behind.keys().collect();
        sorted::by(&mut items, Ord::cmp);
        let mut told: HashSet<&Id> = HashSet::new();
        let mut rounds: Vec<Vec<Id>> = Vec::new();
        for item in items {
            if told.contains(item) {
                continue;
            }
            let Some(round) = self.way(item, item) else { continue };
            told.extend(
                round.iter().filter_map(|id| self.behind.get_key_value(id)).map(|(id, _)| id),
            );
            rounds.push(round);
        }
        rounds
    }

    /// The answers that contradict each other and have this item among them.
    pub fn round(&self, item: &Id) -> Option<Vec<Id>> {
        self.way(item, item)
    }

    /// Whether the answers already say which of the two comes first, or that nobody can tell.
    fn settle(&self, a: &Id, b: &Id) -> bool {
        let unsure = self.unsure.contains(&(a.min(b).clone(), a.max(b).clone()));
        unsure || self.way(a, b).is_some() || self.way(b, a).is_some()
    }
}

/// Orders each band of `ranking` by the answers. Where they say nothing, or contradict each
/// other, the score decides.
pub fn order_bands(ranking: &mut Ranking, answers: &Answers) {
    if answers.is_empty() {
        return;
    }
    let bands: Vec<Vec<Ranked>> = ranking.bands().map(<[Ranked]>::to_vec).collect();
    ranking.items = bands.into_iter().flat_map(|band| by_answers(band, answers)).collect();
    number(&mut ranking.items);
}

/// The first by score of those that nothing unplaced is preferred to, again and again; where all
/// wait for each other, the first by score.
fn by_answers(band: Vec<Ranked>, answers: &Answers) -> Vec<Ranked> {
    let at: Lookup<&Id, usize> =
        band.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
    let behind =
        |item: &Ranked| answers.behind(item.id()).iter().filter_map(|id| at.get(id).copied());
    let mut waits = vec![0_usize; band.len()];
    band.iter().flat_map(behind).for_each(|at| waits[at] += 1);
    let mut free: BTreeSet<usize> = (0..band.len()).filter(|at| waits[*at] == 0).collect();
    let mut left: BTreeSet<usize> = (0..band.len()).collect();
    let mut ordered = Vec::with_capacity(band.len());
    while let Some(next) = free.pop_first().or_else(|| left.first().copied()) {
        left.remove(&next);
        ordered.push(next);
        for at in behind(&band[next]).filter(|at| left.contains(at)) {
            waits[at] = waits[at].saturating_sub(1);
            if waits[at] == 0 {
                free.insert(at);
            }
        }
    }
    let mut band: Vec<Option<Ranked>> = band.into_iter().map(Some).collect();
    ordered.into_iter().filter_map(|at| band[at].take()).collect()
}

/// The pairs of one band that straddle the line and are not answered, the most uncertain first,
/// at most `limit` of them.
pub fn questions(ranking: &Ranking, answers: &Answers, limit: usize) -> Vec<Question> {
    let Some(line) = ranking.line else { return Vec::new() };
    let straddles = |band: &&[Ranked]| band.iter().any(|item| item.rank <= line);
    let Some(band) = ranking.bands().filter(straddles).last() else { return Vec::new() };
    let (above, below): (Vec<_>, Vec<_>) = band.iter().partition(|item| item.rank <= line);
    // A band of thousands has millions of pairs: only the most uncertain ones so far are held.
    let mut pairs: Vec<(f64, &Ranked, &Ranked)> = Vec::new();
    let mut farthest = f64::INFINITY;
    let ahead: Vec<Side> = above.iter().map(|item| Side::above(&item.belief)).collect();
    let behind: Vec<Side> = below.iter().map(|item| Side::below(&item.belief)).collect();
    for (one, other) in (0..above.len()).flat_map(|one| (0..below.len()).map(move |it| (one, it))) {
        let (above, below) = (above[one], below[other]);
        // How far the chance that one beats the other is from even.
        let distance = (ahead[one].beats(&behind[other]) - 0.5).abs();
        if distance < farthest && !answers.settle(above.id(), below.id()) {
            pairs.push((distance, above, below));
        }
        if pairs.len() > 4 * limit {
            sorted::by(&mut pairs, |a, b| a.0.total_cmp(&b.0));
            pairs.truncate(limit);
            farthest = pairs.last().map_or(0.0, |(distance, ..)| *distance);
        }
    }
    sorted::by(&mut pairs, |a, b| a.0.total_cmp(&b.0));
    let chance = |a: &Ranked, b: &Ranked| super::chance::beats(&a.belief, &b.belief);
    pairs
        .into_iter()
        .take(limit)
        .map(|(_, above, below)| Question {
            above: above.id().clone(),
            below: below.id().clone(),
            chance: (!ranking.framework.by_class).then(|| chance(above, below)),
        })
        .collect()
}

/// What a person says when asked where a new item belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The new one comes first.
    New,
    /// The other one comes first.
    Other,
    /// The two are alike: the new one goes right below.
    Alike,
}

/// Finding the place of a new item among `n` ranked ones by halving: at most ⌈log2(n + 1)⌉
/// questions. It is a value, so that it can be left and taken up again, and an answer taken back
/// by keeping the one from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    from: usize,
    to: usize,
}

impl Placement {
    /// Any place among `count` ranked items.
    pub fn among(count: usize) -> Self {
        Self { from: 0, to: count }
    }

    /// The index of the item to compare with; `None` once the place is found.
    pub fn ask(&self) -> Option<usize> {
        (self.from < self.to).then(|| usize::midpoint(self.from, self.to))
    }

    /// How many ranked items stand above the new one, once that is found.
    pub fn found(&self) -> Option<usize> {
        (self.from == self.to).then_some(self.from)
    }

    /// How many questions there are still to come at most.
    pub fn left(&self) -> u32 {
        usize::BITS - (self.to - self.from).leading_zeros()
    }

    /// What is left after an answer.
    #[must_use]
    pub fn answered(self, answer: Answer) -> Self {
        let Some(asked) = self.ask() else { return self };
        match answer {
            Answer::New => Self { to: asked, ..self },
            Answer::Other => Self { from: asked + 1, ..self },
            Answer::Alike => Self { from: asked + 1, to: asked + 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::chance::tests::r1;
    use crate::insight::rank::{Capacity, tests::ranking};
    use std::sync::Arc;

    fn ids(ranking: &Ranking) -> String {
        ranking.items.iter().map(|item| item.id().as_str()).collect()
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::default();
        pairs.iter().for_each(|(item, over)| answers.prefer(&Id::new(item), &Id::new(over)));
        answers
    }

    /// In R1 the items 3 and 1 are tied, 2 stands alone.
    #[test]
    fn only_tied_pairs_across_the_line_are_asked_about_and_only_once() {
        let at = |line: f64| ranking(&r1().map(Arc::new), Some(Capacity::Items(line)));
        let asked = questions(&at(1.0), &Answers::default(), 9);
        assert_eq!(asked.len(), 1);
        assert_eq!((asked[0].above.as_str(), asked[0].below.as_str()), ("3", "1"));
        assert!((asked[0].chance.unwrap() - 0.598_438).abs() < 1e-6);
        assert_eq!(questions(&at(2.0), &Answers::default(), 9), []);
        assert_eq!(questions(&at(1.0), &answers(&[("1", "3")]), 9), []);
        let mut unsure = Answers::default();
        unsure.pass(&Id::new("3"), &Id::new("1"));
        assert_eq!(questions(&at(1.0), &unsure, 9), [], "that nobody can tell is an answer");
    }

    #[test]
    fn answers_order_a_band_and_nothing_beyond_it() {
        let mut ranking = ranking(&r1().map(Arc::new), None);
        order_bands(&mut ranking, &answers(&[("1", "3"), ("2", "1")]));
        assert_eq!(ids(&ranking), "132");
        assert_eq!(ranking.items[0].rank, 1);
    }

    #[test]
    fn contradictions_are_told_as_a_round_and_leave_the_score_in_charge() {
        let answers = answers(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]);
        let rounds = answers.contradictions();
        let shown: Vec<String> =
            rounds.iter().map(|round| round.iter().map(Id::as_str).collect()).collect();
        assert_eq!(shown, ["abca"]);
        let both = self::answers(&[("1", "3"), ("3", "1")]);
        let mut ranking = ranking(&r1().map(Arc::new), None);
        order_bands(&mut ranking, &both);
        assert_eq!(ids(&ranking), "312");
    }

    /// Vector N2.
    #[test]
    fn a_new_item_is_placed_by_few_questions() {
        for (count, most) in [(7, 3), (15, 4), (31, 5), (63, 6), (0, 0), (1, 1), (8, 4)] {
            for place in 0..=count {
                let (mut placement, mut asked) = (Placement::among(count), 0);
                while let Some(other) = placement.ask() {
                    assert!(asked + placement.left() <= most);
                    asked += 1;
                    let answer = if place <= other { Answer::New } else { Answer::Other };
                    placement = placement.answered(answer);
                }
                assert_eq!(placement.found(), Some(place));
            }
        }
        let alike = Placement::among(7).answered(Answer::Alike);
        assert_eq!(alike.found(), Some(4));
    }
}
