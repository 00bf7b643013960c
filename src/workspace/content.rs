//! Everything a workspace holds, and how it is found.

use super::link::Links;
use super::names::Names;
use super::{Found, Id, Lookup, Place, Record, Spot};
use std::sync::{Arc, OnceLock};

/// Characters of an id that a person types where they are enough.
const TYPED: usize = 2;
/// Records that leave half of what can be typed to new ones.
const FEW: usize = 512;

/// What is written to the file: the lists in their order, the product and the settings. Cloning
/// it shares everything, so a snapshot to be saved costs next to nothing.
#[derive(Debug, Clone)]
pub struct Content {
    pub(super) lists: [Arc<Vec<Arc<Record>>>; Place::ALL.len()],
    pub(super) product: Arc<Record>,
    pub(super) settings: Arc<Record>,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            lists: Default::default(),
            product: Arc::new(Record::new(Id::new(Self::PRODUCT))),
            settings: Arc::new(Record::new(Id::new(Self::SETTINGS))),
        }
    }
}

impl PartialEq for Content {
    /// At next to no cost where they share what they hold.
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Arc<Record>, b: &Arc<Record>| Arc::ptr_eq(a, b) || a == b;
        let alike = |(a, b): (&Arc<Vec<_>>, &Arc<Vec<_>>)| {
            let equal = || a.iter().zip(b.iter()).all(|(a, b)| same(a, b));
            Arc::ptr_eq(a, b) || a.len() == b.len() && equal()
        };
        self.lists.iter().zip(&other.lists).all(alike)
            && same(&self.product, &other.product)
            && same(&self.settings, &other.settings)
    }
}

impl Content {
    /// The id under which the product is edited.
    pub const PRODUCT: &str = "@product";
    /// The id under which the settings are edited.
    pub const SETTINGS: &str = "@settings";

    /// The records of a place, in their order.
    pub fn list(&self, place: Place) -> &[Arc<Record>] {
        &self.lists[place as usize]
    }

    /// Puts `records` into a place, as a loader does. Ids are the caller's care.
    pub fn fill(&mut self, place: Place, records: Vec<Arc<Record>>) {
        self.lists[place as usize] = Arc::new(records);
    }

    /// The product: name, vision, strategy.
    pub fn product(&self) -> &Arc<Record> {
        &self.product
    }

    /// Sets the product, as a loader does. The record is renamed to [`Content::PRODUCT`].
    pub fn set_product(&mut self, record: Record) {
        self.product = Arc::new(record.named(Id::new(Self::PRODUCT)));
    }

    /// How this workspace works.
    pub fn settings(&self) -> &Arc<Record> {
        &self.settings
    }

    /// Sets the settings, as a loader does. The record is renamed to [`Content::SETTINGS`].
    pub fn set_settings(&mut self, record: Record) {
        self.settings = Arc::new(record.named(Id::new(Self::SETTINGS)));
    }

    /// Every record, the product and the settings included.
    pub fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        let lists = self.lists.iter().flat_map(|list| list.iter());
        lists.chain([&self.product, &self.settings])
    }

    /// Puts what `change` makes of a record in its place, as a merge of files does; its id stays.
    pub fn change(&mut self, id: &Id, change: impl Fn(&Record) -> Record) {
        let changed = |record: &Record| Arc::new(change(record).named(id.clone()));
        match id.as_str() {
            Self::PRODUCT => self.product = changed(&self.product),
            Self::SETTINGS => self.settings = changed(&self.settings),
            _ => {
                for list in &mut self.lists {
                    if let Some(at) = list.iter().position(|record| record.id() == id) {
                        let record = changed(&list[at]);
                        Arc::make_mut(list)[at] = record;
                    }
                }
            }
        }
    }

    pub(super) fn list_mut(&mut self, place: Place) -> &mut Vec<Arc<Record>> {
        Arc::make_mut(&mut self.lists[place as usize])
    }
}

/// Where a record stands. The place is always right; where it has drifted, because records came or
/// went above, `near` is only a hint where to begin to look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address {
    pub(super) place: Place,
    pub(super) near: usize,
}

/// A workspace: its content, and the indexes to find things in it. Each index is built on first
/// use, so that reading lists alone costs nothing, and kept up to date from then on.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub(super) content: Content,
    index: OnceLock<Lookup<Id, Address>>,
    /// Whether a place has drifted: its records may not stand where the index says.
    drifted: [bool; Place::ALL.len()],
    names: OnceLock<Names>,
    links: OnceLock<Links>,
}

impl PartialEq for Workspace {
    /// Two workspaces are equal when they would be written alike.
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Workspace {
    /// A workspace of this content. Of two records with one id only the last is found by it, so
    /// a loader repairs ids first.
    pub fn new(content: Content) -> Self {
        Self {
            content,
            index: OnceLock::new(),
            drifted: [false; Place::ALL.len()],
            names: OnceLock::new(),
            links: OnceLock::new(),
        }
    }

    fn index(&self) -> &Lookup<Id, Address> {
        self.index.get_or_init(|| {
            let list = |place| {
                self.list(place)
                    .iter()
                    .enumerate()
                    .map(move |(near, record)| (record.id().clone(), Address { place, near }))
            };
            Place::ALL.into_iter().flat_map(list).collect()
        })
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            Place::ALL
                .into_iter()
                .flat_map(|place| self.list(place))
                .map(|it| it.id().clone())
                .collect()
        })
    }

    pub(super) fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::of(&self.content))
    }

    /// Where a record stands from now on, be it new or not.
    pub(super) fn placed(&mut self, id: &Id, address: Address) {
        let index = self.index.get_mut();
        let was_there = index.is_some_and(|index| index.insert(id.clone(), address).is_some());
        if let Some(names) = self.names.get_mut().filter(|_| !was_there) {
            names.enter(id);
        }
    }

    /// A record stands elsewhere in its place.
    pub(super) fn seen_near(&mut self, id: &Id, near: usize) {
        let address = self.index.get_mut().and_then(|index| index.get_mut(id));
        address.into_iter().for_each(|address| address.near = near);
    }

    /// Looks where each record of a place stands, unless that is known.
    pub(super) fn settle(&mut self, place: Place) {
        if !self.has_drifted(place) {
            return;
        }
        let Self { content, index, drifted, .. } = self;
        for (near, record) in content.list(place).iter().enumerate() {
            let address = index.get_mut().and_then(|index| index.get_mut(record.id()));
            address.into_iter().for_each(|address| address.near = near);
        }
        drifted[place as usize] = false;
    }

    /// Every record of a place stands where `goes` says now: for each spot, which one its record
    /// held until then. What the index knew must have been exact. It is gone through from end to
    /// end, since to look up so many takes ten times as long.
    pub(super) fn follow_all(&mut self, place: Place, goes: &[usize]) {
        let mut stands = vec![0; goes.len()];
        goes.iter().enumerate().for_each(|(to, from)| stands[*from] = to);
        let addresses = self.index.get_mut().into_iter().flat_map(Lookup::values_mut);
        for address in addresses.filter(|address| address.place == place) {
            address.near = stands.get(address.near).copied().unwrap_or(address.near);
        }
    }

    /// Whether the index knows exactly where the records of a place stand.
    pub(super) fn has_drifted(&self, place: Place) -> bool {
        self.drifted[place as usize]
    }

    /// Says whether the index knows exactly where the records of a place stand.
    pub(super) fn set_drifted(&mut self, place: Place, drifted: bool) {
        self.drifted[place as usize] = drifted;
    }

    /// A record is no longer there.
    pub(super) fn removed(&mut self, id: &Id) {
        if let Some(index) = self.index.get_mut() {
            index.remove(id);
        }
        if let Some(names) = self.names.get_mut() {
            names.leave(id);
        }
    }

    /// Follows the change of a record in the links, where anybody asked for them.
    pub(super) fn relink(&mut self, change: impl FnOnce(&mut Links)) {
        self.links.get_mut().map(change);
    }

    /// What would be written to the file.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The records of a place, in their order.
    pub fn list(&self, place: Place) -> &[Arc<Record>] {
        self.content.list(place)
    }

    /// The product.
    pub fn product(&self) -> &Record {
        &self.content.product
    }

    /// The settings.
    pub fn settings(&self) -> &Record {
        &self.content.settings
    }

    /// The record with this id; [`Content::PRODUCT`] and [`Content::SETTINGS`] are found too.
    pub fn get(&self, id: &Id) -> Option<&Arc<Record>> {
        match id.as_str() {
            Content::PRODUCT => Some(&self.content.product),
            Content::SETTINGS => Some(&self.content.settings),
            _ => {
                let spot = self.spot_of(id)?;
                self.list(spot.place).get(spot.index)
            }
        }
    }

    /// Whether a record has this id.
    pub fn contains(&self, id: &Id) -> bool {
        self.index().contains_key(id)
    }

    /// Whether a new record had better not have this id: it is taken or, among few records, begins
    /// like that of another. So what a person types of an id is still enough when others came.
    pub fn is_spoken_for(&self, id: &Id) -> bool {
        let typed = id.as_str().get(..TYPED).filter(|_| self.index().len() <= FEW);
        self.contains(id) || typed.is_some_and(|typed| self.find(typed) != Found::Nothing)
    }

    /// The place in which a record stands.
    pub fn place_of(&self, id: &Id) -> Option<Place> {
        self.index().get(id).map(|address| address.place)
    }

    /// The exact spot at which a record stands.
    pub fn spot_of(&self, id: &Id) -> Option<Spot> {
        let Address { place, near } = *self.index().get(id)?;
        if !self.has_drifted(place) {
            return Some(Spot { place, index: near });
        }
        let list = self.list(place);
        let is_at = |index: usize| list.get(index).is_some_and(|record| record.id() == id);
        let near = near.min(list.len());
        // Outwards from where it was last seen: records drift by one for each change above them.
        let index = (0..=list.len())
            .flat_map(|far| [Some(near.saturating_add(far)), near.checked_sub(far + 1)])
            .flatten()
            .find(|index| is_at(*index))?;
        Some(Spot { place, index })
    }

    /// What this text names: a whole id, or the beginning of exactly one.
    pub fn find(&self, prefix: &str) -> Found {
        self.find_among(prefix, |_| true)
    }

    /// The same, where several begin with it, of those that fit.
    pub fn find_among(&self, prefix: &str, fits: impl Fn(&Id) -> bool) -> Found {
        self.names().find(prefix, fits)
    }

    /// How many bytes of this id name no other record; all of them where another begins with it.
    pub fn shortest_prefix(&self, id: &Id) -> usize {
        self.names().shortest_prefix(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Op;
    use crate::workspace::apply::Rules;

    fn backlog(ids: &[&str]) -> Workspace {
        let mut content = Content::default();
        let records = ids.iter().map(|id| Arc::new(Record::new(Id::new(id)))).collect();
        content.fill(Place::Backlog, records);
        Workspace::new(content)
    }

    #[test]
    fn a_prefix_names_one_record_or_its_candidates() {
        let workspace = backlog(&["ab1", "ab2", "c", "ab"]);
        assert_eq!(workspace.find("c"), Found::One(Id::new("c")));
        assert_eq!(workspace.find("ab"), Found::One(Id::new("ab")));
        let Found::Several(ids) = workspace.find("a") else { panic!("a is not unique") };
        assert_eq!(ids.len(), 3);
        assert_eq!(workspace.find("x"), Found::Nothing);
    }

    #[test]
    fn what_was_typed_of_an_id_is_enough_when_others_came() {
        let mut source = super::super::IdSource::seeded(3);
        let mut content = Content::default();
        for count in 0..FEW {
            let workspace = Workspace::new(content.clone());
            let id = source.next(|id| workspace.is_spoken_for(id));
            let list = content.list_mut(Place::Backlog);
            assert!(list.iter().all(|it| it.id().as_str()[..TYPED] != id.as_str()[..TYPED]));
            list.push(Arc::new(Record::new(id)));
            assert_eq!(list.len(), count + 1);
        }
    }

    #[test]
    fn the_shortest_prefix_is_unique_and_no_longer() {
        let workspace = backlog(&["k7f3", "k7x1", "m2"]);
        assert_eq!(workspace.shortest_prefix(&Id::new("k7f3")), 3);
        assert_eq!(workspace.shortest_prefix(&Id::new("m2")), 1);
    }

    /// Does something at random to some record.
    fn op(random: &mut fastrand::Rng, workspace: &Workspace, nth: usize) -> Op {
        let places = [Place::Backlog, Place::Later];
        let all: Vec<&Id> =
            places.iter().flat_map(|place| workspace.list(*place)).map(|it| it.id()).collect();
        let spot = Spot::new(places[random.usize(..2)], random.usize(..all.len() + 2));
        let id = all.get(random.usize(..all.len().max(1))).map(|id| Id::clone(id));
        match (random.usize(..8), id) {
            (0, _) | (_, None) => {
                Op::Insert { record: Arc::new(Record::new(Id::new(&format!("n{nth}")))), at: spot }
            }
            (1, Some(id)) => Op::Remove { id },
            (2, Some(_)) => {
                let list = workspace.list(spot.place).iter();
                let mut order: Vec<Id> = list.map(|record| record.id().clone()).collect();
                random.shuffle(&mut order);
                order.truncate(random.usize(..=order.len()));
                Op::Arrange { place: spot.place, order: order.into() }
            }
            (3, Some(id)) => {
                Op::shift(&id, Spot { place: workspace.place_of(&id).unwrap(), ..spot })
            }
            (_, Some(id)) => Op::shift(&id, spot),
        }
    }

    #[test]
    fn every_record_is_found_where_it_stands_whatever_was_done_and_taken_back() {
        let mut random = fastrand::Rng::with_seed(8);
        for count in [3, 40, 1_500] {
            let ids: Vec<String> = (0..count).map(|at| format!("i{at}")).collect();
            let mut workspace = backlog(&ids.iter().map(String::as_str).collect::<Vec<_>>());
            workspace.place_of(&Id::new("i0"));
            for nth in 0..120 {
                let op = op(&mut random, &workspace, nth);
                let inverse = workspace.apply(op, Rules::New).unwrap();
                if random.bool() {
                    workspace.apply(inverse, Rules::Again).unwrap();
                }
                for place in Place::ALL {
                    for (index, record) in workspace.list(place).iter().enumerate() {
                        let spot = Some(Spot { place, index });
                        assert_eq!(workspace.spot_of(record.id()), spot, "op {nth}");
                    }
                }
            }
        }
    }
}
