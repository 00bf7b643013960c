//! Is this order real? Each item's rank with how sure it is, and who is tied with whom.

use super::chance::{Belief, Side};
use super::order;
use super::simulation::{Chance, Simulation};
use crate::scoring::{Framework, Score};
use crate::workspace::{Date, Field, Hat, Id, Place, Record, Spot, Workspace, sorted};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// From here on the first of a band is ahead of an item and not tied with it.
const CLEAR: f64 = 0.8;

/// Items that Now may hold; three unless the settings say otherwise.
pub fn now_limit(settings: &Record) -> f64 {
    settings.number(Field::NowLimit).unwrap_or(3.0)
}

/// What there is room for above the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Capacity {
    /// Points, counted as in the forecast.
    Points(f64),
    /// Items.
    Items(f64),
}

impl Capacity {
    /// What the settings state: the limit of Now, or the points a sprint. Where nothing is stated
    /// for the backlog, its forecast says.
    pub fn stated(hat: Hat, settings: &Record) -> Option<Self> {
        match hat {
            Hat::Pm => Some(Self::Items(now_limit(settings))),
            Hat::Po => settings.number(Field::Capacity).map(Self::Points),
        }
    }
}

/// The lists of a pane that are ranked: the backlog, or all lanes of the roadmap.
pub fn places(hat: Hat) -> &'static [Place] {
    match hat {
        Hat::Pm => &Place::ROADMAP,
        Hat::Po => &[Place::Backlog],
    }
}

/// The items of a pane: those of its lists, one after the other.
pub fn items(workspace: &Workspace, hat: Hat) -> Vec<Arc<Record>> {
    places(hat).iter().flat_map(|place| workspace.list(*place)).cloned().collect()
}

/// Where a spot is among the items of a pane, from 0; `None` where it is in none of its lists.
pub fn position(workspace: &Workspace, hat: Hat, spot: Spot) -> Option<usize> {
    let lane = places(hat).iter().position(|place| *place == spot.place)?;
    let above = places(hat)[..lane].iter().map(|place| workspace.list(*place).len());
    Some(above.sum::<usize>() + spot.index)
}

/// Items in score order, and how sure that is.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// What they are scored with.
    pub framework: &'static Framework,
    /// How many stand above the line; `None` without a capacity.
    pub line: Option<usize>,
    /// The items with a score.
    pub items: Vec<Ranked>,
    /// The others.
    pub unscored: Vec<Unscored>,
}

/// What is believed of the items of a list, kept from one ranking to the next.
#[derive(Debug, Clone, Default)]
pub struct Beliefs {
    /// What they are scored with, and the day.
    of: Option<(&'static Framework, Date)>,
    /// The items in their order; none is believed of one without a score.
    known: Vec<(Arc<Record>, Option<Belief>)>,
}

impl Beliefs {
    /// The score of the item at a place of the list. It is looked at again where another stood
    /// there, or it was scored with something else.
    pub fn score(&self, with: &Framework, at: usize, item: &Arc<Record>) -> Option<f64> {
        let is_same = self.of.is_some_and(|(of, _)| std::ptr::eq(of, with));
        match self.known.get(at) {
            Some((known, belief)) if is_same && Arc::ptr_eq(known, item) => {
                belief.as_ref().map(|belief| belief.score)
            }
            _ => with.score(item).value(),
        }
    }

    /// Gets to know a list. What stands where it stood and is the same record is known; of the
    /// rest, what is the same record elsewhere is.
    fn learn(&mut self, framework: &'static Framework, list: &[Arc<Record>], today: Date) {
        let is_same = self.of.is_some_and(|(of, day)| std::ptr::eq(of, framework) && day == today);
        let before = std::mem::take(&mut self.known).into_iter();
        let mut before: Vec<_> = before.filter(|_| is_same).map(Some).collect();
        let stays = |(at, item): (usize, &Arc<Record>)| {
            before.get_mut(at)?.take_if(|(known, _)| Arc::ptr_eq(known, item))
        };
        let stay: Vec<_> = list.iter().enumerate().map(stays).collect();
        let rest = before.into_iter().flatten().map(|known| (Arc::as_ptr(&known.0), known));
        let mut rest: HashMap<*const Record, _> = rest.collect();
        let known = |(item, stays): (&Arc<Record>, Option<_>)| {
            let known = stays.or_else(|| rest.remove(&Arc::as_ptr(item)));
            known.unwrap_or_else(|| (Arc::clone(item), Belief::of(framework, item, today)))
        };
        self.known = list.iter().zip(stay).map(known).collect();
        self.of = Some((framework, today));
    }
}

/// An item in its rank.
#[derive(Debug, Clone)]
pub struct Ranked {
    record: Arc<Record>,
    /// Its rank, from 1.
    pub rank: usize,
    /// Its band, from 1. Items of one band are tied; a band of one is no tie.
    pub band: usize,
    /// What is believed of its score.
    pub belief: Belief,
    /// What trials say of it. It stands apart, as few of a large list are simulated.
    tried: Option<Box<Tried>>,
}

/// What trials say of an item among all.
#[derive(Debug, Clone)]
struct Tried {
    above_line: Option<f64>,
    plausible: (usize, usize),
}

impl Ranked {
    /// The item.
    pub fn id(&self) -> &Id {
        self.record.id()
    }

    /// Its score; a class is its order, from 0.
    pub fn score(&self) -> f64 {
        self.belief.score
    }

    /// The chance that it belongs above the line, 0–1. `None` until it was simulated, without a
    /// line, and where scores are classes.
    pub fn chance_above_line(&self) -> Option<f64> {
        self.tried.as_ref()?.above_line
    }

    /// The best and the worst plausible rank: 5 % of its ranks are at least as good as the one, and
    /// 95 % as the other. `None` until it was simulated, and where scores are classes.
    pub fn plausible(&self) -> Option<(usize, usize)> {
        self.tried.as_ref().map(|tried| tried.plausible)
    }

    /// Its title.
    pub fn title(&self) -> &str {
        self.record.title()
    }

    /// Lets another item have this rank, of which as much is believed.
    pub fn give(&mut self, record: Arc<Record>) {
        self.record = record;
    }

    /// The item itself.
    pub fn record(&self) -> &Arc<Record> {
        &self.record
    }

    /// Whether as much is believed of both, so that either could stand for the other.
    pub fn is_like(&self, other: &Self) -> bool {
        let (a, b) = (&self.belief, &other.belief);
        let same = [a.score, a.sigma].map(f64::to_bits) == [b.score, b.sigma].map(f64::to_bits);
        same && a.is_closed() && b.is_closed()
    }
}

/// An item without a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Unscored {
    /// The item.
    pub id: Id,
    /// The factors it needs.
    pub needs: Vec<&'static str>,
    /// Those of them that are rated off their scale, in words.
    pub off_scale: Vec<String>,
}

impl Unscored {
    /// An item that needs these factors.
    pub fn of(framework: &Framework, record: &Record) -> Option<Self> {
        match framework.score(record) {
            Score::Of(_) => None,
            Score::Needs(needs) => {
                let off_scale = framework.off_scale(record);
                Some(Self { id: record.id().clone(), needs, off_scale })
            }
        }
    }
}

impl Ranking {
    /// The order of `list` on this day with its bands, without a line; chances come with
    /// [`Ranking::take`]. Of what is known already only what changed is looked at again.
    pub fn with(
        beliefs: &mut Beliefs,
        framework: &'static Framework,
        list: &[Arc<Record>],
        today: Date,
    ) -> Self {
        beliefs.learn(framework, list, today);
        let known = &beliefs.known;
        let score = |(_, belief): &(Arc<Record>, Option<Belief>)| Some(belief.as_ref()?.score);
        let order = order::highest_first(known.iter().map(score));
        let ranked = |at: &usize| Some(ranked((&list[*at], known[*at].1.clone()?)));
        // Collected, they would take room for twice as many.
        let mut items: Vec<Ranked> = Vec::with_capacity(order.len());
        items.extend(order.iter().filter_map(ranked));
        bands(framework, &mut items);
        number(&mut items);
        let others = known.iter().filter(|(_, belief)| belief.is_none());
        let unscored = others.filter_map(|(record, _)| Unscored::of(framework, record)).collect();
        Self { framework, line: None, items, unscored }
    }

    /// What has to be simulated; `None` where scores are classes, which have no chance.
    pub fn simulation(&self, seed: u64, trials: usize) -> Option<Simulation> {
        self.simulation_of(0..self.items.len(), seed, trials)
    }

    /// The same of a stretch of the ranks only, as if no other item could come into it.
    pub fn simulation_of(
        &self,
        stretch: Range<usize>,
        seed: u64,
        trials: usize,
    ) -> Option<Simulation> {
        let line = self.line.unwrap_or_default().saturating_sub(stretch.start);
        let beliefs = || self.items[stretch].iter().map(|item| item.belief.clone()).collect();
        (!self.framework.by_class).then(|| Simulation::new(beliefs(), line, seed, trials))
    }

    /// The stretch of at most `most` ranks that has the line in its middle, as far as there are
    /// any: who is further away is hardly ever on the other side of it.
    pub fn near_line(&self, most: usize) -> Range<usize> {
        let last = self.items.len();
        let first = self.line.unwrap_or_default().saturating_sub(most / 2);
        let first = first.min(last.saturating_sub(most));
        first..last.min(first + most)
    }

    /// Takes up what came of its simulation. The items must stand as they did when it was made.
    pub fn take(&mut self, chances: &[Chance]) {
        self.take_of(0..self.items.len(), chances);
    }

    /// Takes up what came of the simulation of a stretch of the ranks.
    pub fn take_of(&mut self, stretch: Range<usize>, chances: &[Chance]) {
        let above = stretch.start;
        for (item, chance) in self.items[stretch].iter_mut().zip(chances) {
            item.tried = Some(Box::new(Tried {
                above_line: self.line.map(|_| chance.above),
                plausible: (above + chance.best, above + chance.worst),
            }));
        }
    }

    /// Lets some of the items without a score stand in this order, each where one of them stood.
    pub fn stand(&mut self, ids: Vec<&Id>) {
        if ids.len() < 2 {
            return;
        }
        let at: HashMap<&Id, usize> = ids.into_iter().zip(0..).collect();
        let held = |item: &Unscored| at.contains_key(&item.id);
        let spots: Vec<usize> =
            (0..self.unscored.len()).filter(|spot| held(&self.unscored[*spot])).collect();
        let mut items: Vec<Unscored> =
            spots.iter().map(|spot| self.unscored[*spot].clone()).collect();
        sorted::by_key(&mut items, |item| at.get(&item.id).copied());
        spots.into_iter().zip(items).for_each(|(spot, item)| self.unscored[spot] = item);
    }

    /// The items of each band.
    pub fn bands(&self) -> impl Iterator<Item = &[Ranked]> {
        self.items.chunk_by(|a, b| a.band == b.band)
    }

    /// The item of this id.
    pub fn get(&self, id: &Id) -> Option<&Ranked> {
        self.items.iter().find(|item| item.id() == id)
    }

    /// Whether an item is tied with another.
    pub fn is_tied(&self, item: &Ranked) -> bool {
        self.items.iter().filter(|other| other.band == item.band).nth(1).is_some()
    }
}

fn ranked((record, belief): (&Arc<Record>, Belief)) -> Ranked {
    Ranked { record: Arc::clone(record), rank: 0, band: 0, belief, tried: None }
}

/// Going down, an item joins the band while the first of the band is not clearly ahead of it.
fn bands(framework: &Framework, items: &mut [Ranked]) {
    let mut first: Option<(&Ranked, Side)> = None;
    let (mut band, mut bands) = (0, Vec::with_capacity(items.len()));
    for item in &*items {
        let clear = first.as_ref().is_none_or(|(first, ahead)| {
            if framework.by_class {
                return first.score() > item.score();
            }
            ahead.beats(&Side::below(&item.belief)) >= CLEAR
        });
        if clear {
            first = Some((item, Side::above(&item.belief)));
            band += 1;
        }
        bands.push(band);
    }
    items.iter_mut().zip(bands).for_each(|(item, band)| item.band = band);
}

/// Numbers the ranks in the order the items stand in.
pub(super) fn number(items: &mut [Ranked]) {
    items.iter_mut().enumerate().for_each(|(at, item)| item.rank = at + 1);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::insight::chance::tests::{framework, r1, rice};
    use crate::insight::standing;
    use crate::workspace::{Content, Value};
    use jiff::civil::date;

    pub fn ranking(list: &[Arc<Record>], capacity: Option<Capacity>) -> Ranking {
        ranked_with(framework("rice"), list, capacity)
    }

    fn ranked_with(
        framework: &'static Framework,
        list: &[Arc<Record>],
        capacity: Option<Capacity>,
    ) -> Ranking {
        let mut content = Content::default();
        content.fill(Place::Backlog, list.to_vec());
        let (known, workspace) = (&mut Beliefs::default(), Workspace::new(content));
        standing::within(known, &workspace, list, framework, capacity, date(2026, 11, 22))
    }

    fn shown(ranking: &Ranking) -> String {
        let band = |band: &[Ranked]| band.iter().map(|item| item.id().as_str()).collect::<String>();
        ranking.bands().map(band).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_score_is_known_of_what_stands_where_it_stood() {
        let (one, two) = (r1(), Arc::new(Record::new(Id::new("x"))));
        let rice = framework("rice");
        let score = |item: &Arc<Record>| rice.score(item).value();
        let mut beliefs = Beliefs::default();
        let list: Vec<_> = one.into_iter().map(Arc::new).chain([Arc::clone(&two)]).collect();
        beliefs.learn(rice, &list, date(2026, 11, 22));
        for at in 0..=list.len() {
            for item in &list {
                assert_eq!(beliefs.score(rice, at, item), score(item));
                let other = framework("ice");
                assert_eq!(beliefs.score(other, at, item), other.score(item).value());
            }
        }
        assert!(list.iter().any(|item| score(item).is_some()) && score(&two).is_none());
    }

    /// 3 beats 1 with .60 only, and 2 with .83.
    #[test]
    fn what_is_known_from_before_ranks_as_what_is_looked_at_anew() {
        let today: Date = "2026-11-22".parse().unwrap();
        let rice = framework("rice");
        let [a, b, c] = r1().map(Arc::new);
        let other = Arc::new(b.as_ref().clone().without(Field::Ratings));
        let twin = Arc::new(a.as_ref().clone());
        let lists = [
            vec![a.clone(), b.clone(), c.clone()],
            vec![c.clone(), a.clone(), b.clone()],
            vec![c.clone(), a.clone(), other, twin],
            vec![b, a, c],
            vec![],
        ];
        let mut beliefs = Beliefs::default();
        let anew =
            |framework, list, day| Ranking::with(&mut Beliefs::default(), framework, list, day);
        let told = |ranking: &Ranking| format!("{:?} {:?}", ranking.items, ranking.unscored);
        for day in [today, today.tomorrow().unwrap()] {
            for framework in [rice, framework("cd3")] {
                for list in &lists {
                    let again = Ranking::with(&mut beliefs, framework, list, day);
                    assert_eq!(told(&again), told(&anew(framework, list, day)));
                }
            }
        }
    }

    #[test]
    fn an_item_joins_the_band_while_the_first_is_not_clearly_ahead() {
        let ranking = ranking(&r1().map(Arc::new), None);
        assert_eq!(shown(&ranking), "31 2");
        assert!(ranking.is_tied(&ranking.items[1]) && !ranking.is_tied(&ranking.items[2]));
        assert_eq!(ranking.line, None);
    }

    #[test]
    fn the_line_is_drawn_where_the_capacity_ends_and_the_median_stands_for_what_is_not_known() {
        let points = |record: Record, points| record.with(Field::Points, Value::Number(points));
        let [one, two, three] = r1();
        // In score order: 3 without points counts as the median of 5 and 8, then 1 with 5.
        let list = [one, points(two, 8.0), three].map(Arc::new);
        let list = [Arc::new(points((*list[0]).clone(), 5.0)), list[1].clone(), list[2].clone()];
        let line = |room| ranking(&list, Some(Capacity::Points(room))).line;
        assert_eq!([6.4, 6.5, 11.4, 11.5, 19.5].map(line), [0, 1, 1, 2, 3].map(Some));
        assert_eq!(ranking(&list, Some(Capacity::Items(2.0))).line, Some(2));
        assert_eq!(ranking(&r1().map(Arc::new), Some(Capacity::Points(9.0))).line, None);
    }

    #[test]
    fn what_is_ranked_takes_its_parts_along_that_are_not() {
        let points = |record: Record, points| record.with(Field::Points, Value::Number(points));
        let part = |id, of| Record::new(Id::new(id)).with(Field::Parent, Value::link(Id::new(of)));
        let [one, two, three] = r1();
        // In score order: 3, whose unrated parts share its 9; 1, which is one of them; 2 with 5.
        let one = one.with(Field::Parent, Value::link(Id::new("3")));
        let list = [points(three, 9.0), part("a", "3"), part("b", "3"), one, points(two, 5.0)];
        let list = list.map(Arc::new);
        let line = |room| ranking(&list, Some(Capacity::Points(room))).line;
        assert_eq!([5.9, 6.0, 8.9, 9.0, 14.0].map(line), [0, 1, 1, 2, 3].map(Some));
    }

    #[test]
    fn chances_are_the_same_for_the_same_seed_and_none_without_a_line() {
        let list = r1().map(Arc::new);
        let mut first = ranking(&list, Some(Capacity::Items(1.0)));
        first.take(&first.simulation(1, 10_000).unwrap().all().chances());
        let mut second = ranking(&list, Some(Capacity::Items(1.0)));
        second.take(&second.simulation(1, 10_000).unwrap().all().chances());
        assert_eq!(format!("{first:?}"), format!("{second:?}"));
        let sum: f64 = first.items.iter().filter_map(Ranked::chance_above_line).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        let mut without = ranking(&list, None);
        without.take(&without.simulation(1, 100).unwrap().all().chances());
        assert_eq!(without.items[0].chance_above_line(), None);
        assert!(without.items[0].plausible().is_some());
    }

    #[test]
    fn a_stretch_around_the_line_comes_to_nearly_the_same_as_all() {
        let even = |reach: f64| [(reach, reach), (1.0, 1.0), (100.0, 100.0), (1.0, 1.0)];
        let item =
            |at: u32| Arc::new(rice(&format!("i{at}"), even(f64::from(9_000 - at * 40)), None));
        let list: Vec<_> = (0..200).map(item).collect();
        for line in [3.0, 100.0, 199.0] {
            let mut whole = ranking(&list, Some(Capacity::Items(line)));
            let mut near = whole.clone();
            whole.take(&whole.simulation(1, 2_000).unwrap().all().chances());
            let stretch = near.near_line(80);
            assert!(stretch.len() == 80 && stretch.contains(&near.line.unwrap()));
            near.take_of(
                stretch.clone(),
                &near.simulation_of(stretch.clone(), 1, 2_000).unwrap().all().chances(),
            );
            for (at, (whole, near)) in whole.items.iter().zip(&near.items).enumerate() {
                assert_eq!(near.chance_above_line().is_some(), stretch.contains(&at));
                let apart = |near: f64| (whole.chance_above_line().unwrap() - near).abs();
                assert!(near.chance_above_line().is_none_or(|near| apart(near) < 0.05));
            }
        }
    }

    #[test]
    fn what_has_no_score_stands_outside_and_says_what_it_needs() {
        let mut list = r1().map(Arc::new).to_vec();
        list.insert(0, Arc::new(Record::new(Id::new("x"))));
        let ranking = ranking(&list, Some(Capacity::Items(3.0)));
        assert_eq!((ranking.items.len(), ranking.line), (3, Some(3)));
        assert_eq!(ranking.unscored[0].needs, ["reach", "impact", "confidence", "effort"]);
    }

    #[test]
    fn classes_are_bands_and_have_no_chance() {
        let item = |(id, class): (&str, &str)| {
            let class = Value::map([("class".into(), Value::text(class))]);
            let ratings = Value::map([("moscow".into(), class)]);
            Arc::new(Record::new(Id::new(id)).with(Field::Ratings, ratings))
        };
        let list = [("a", "could"), ("b", "must"), ("c", "wont"), ("d", "must")].map(item);
        let ranking = ranked_with(framework("moscow"), &list, Some(Capacity::Items(1.0)));
        assert_eq!(shown(&ranking), "bd a c");
        assert!(ranking.simulation(1, 10).is_none());
    }
}
