//! Everything a workspace holds, and how it is found.

use super::link::Links;
use super::{Found, Id, Place, Record, Spot};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// Candidates named when a prefix is not unique.
const CANDIDATES: usize = 8;

/// What is written to the file: the lists in their order, the product and the settings. Cloning
/// it shares everything, so a snapshot to be saved costs next to nothing.
#[derive(Debug, Clone, PartialEq)]
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

/// Where a record was last seen. Its place is true; its index is a place to begin looking, since
/// a move above it shifts it without a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address {
    pub(super) place: Place,
    pub(super) near: usize,
}

/// A workspace: its content, and the ways to find things in it.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub(super) content: Content,
    /// Sorted, because it also answers for prefixes.
    pub(super) index: BTreeMap<Id, Address>,
    pub(super) links: Links,
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
        let index = Place::ALL
            .into_iter()
            .flat_map(|place| {
                let list = content.list(place).iter().enumerate();
                list.map(move |(near, record)| (record.id().clone(), Address { place, near }))
            })
            .collect();
        Self { links: Links::of(&content), index, content }
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
        self.index.contains_key(id)
    }

    /// The place in which a record stands.
    pub fn place_of(&self, id: &Id) -> Option<Place> {
        self.index.get(id).map(|address| address.place)
    }

    /// The exact spot at which a record stands.
    pub fn spot_of(&self, id: &Id) -> Option<Spot> {
        let Address { place, near } = *self.index.get(id)?;
        let list = self.list(place);
        let near = near.min(list.len());
        // Outwards from where it was last seen: records drift by one for each change above them.
        let index = (0..=list.len())
            .flat_map(|far| [Some(near.saturating_add(far)), near.checked_sub(far + 1)])
            .flatten()
            .find(|&index| list.get(index).is_some_and(|record| record.id() == id))?;
        Some(Spot { place, index })
    }

    /// What this text names: a whole id, or the beginning of exactly one.
    pub fn find(&self, prefix: &str) -> Found {
        if let Some((id, _)) = self.index.get_key_value(prefix) {
            return Found::One(id.clone());
        }
        let mut ids: Vec<Id> = self.from(prefix).take(CANDIDATES).cloned().collect();
        match ids.len() {
            0 => Found::Nothing,
            1 => ids.pop().map_or(Found::Nothing, Found::One),
            _ => Found::Several(ids),
        }
    }

    /// How many bytes of this id name no other record; all of them where another begins with it.
    pub fn shortest_prefix(&self, id: &Id) -> usize {
        let text = id.as_str();
        let before =
            self.index.range::<str, _>((Bound::Unbounded, Bound::Excluded(text))).next_back();
        let after = self.index.range::<str, _>((Bound::Excluded(text), Bound::Unbounded)).next();
        let shared = [before, after]
            .into_iter()
            .flatten()
            .map(|(other, _)| shared_prefix(text, other.as_str()))
            .max();
        let wanted = shared.map_or(0, |shared| shared + 1).min(text.len()).max(1);
        (wanted..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len())
    }

    fn from<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a Id> {
        self.index
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .map(|(id, _)| id)
            .take_while(move |id| id.as_str().starts_with(prefix))
    }
}

fn shared_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_shortest_prefix_is_unique_and_no_longer() {
        let workspace = backlog(&["k7f3", "k7x1", "m2"]);
        assert_eq!(workspace.shortest_prefix(&Id::new("k7f3")), 3);
        assert_eq!(workspace.shortest_prefix(&Id::new("m2")), 1);
    }

    #[test]
    fn a_record_is_found_wherever_it_drifted() {
        let mut workspace = backlog(&["a", "b", "c", "d", "e"]);
        workspace.content.list_mut(Place::Backlog).rotate_left(3);
        for (index, record) in workspace.list(Place::Backlog).iter().enumerate() {
            assert_eq!(workspace.spot_of(record.id()), Some(Spot::new(Place::Backlog, index)));
        }
    }
}
