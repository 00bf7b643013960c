//! The ids in their order, which answers for the beginnings of ids.

use super::{Found, Id};

/// Candidates named when a prefix is not unique.
const CANDIDATES: usize = 8;

/// Ids, sorted, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(Vec<Id>);

impl FromIterator<Id> for Names {
    fn from_iter<I: IntoIterator<Item = Id>>(ids: I) -> Self {
        let mut ids: Vec<(u64, Id)> = ids.into_iter().map(|id| (head(&id), id)).collect();
        ids.sort_unstable();
        ids.dedup();
        // Made in the room of the pairs, which is larger.
        let mut names: Vec<Id> = ids.into_iter().map(|(_, id)| id).collect();
        names.shrink_to_fit();
        Self(names)
    }
}

/// The first bytes of an id as a number, which is ordered as the ids are: few begin alike, so that
/// hardly any two need be compared as texts.
fn head(id: &Id) -> u64 {
    let mut head = [0; 8];
    head.iter_mut().zip(id.as_str().bytes()).for_each(|(head, byte)| *head = byte);
    u64::from_be_bytes(head)
}

impl Names {
    /// Takes up an id.
    pub(super) fn enter(&mut self, id: &Id) {
        if let Err(at) = self.0.binary_search(id) {
            self.0.insert(at, id.clone());
        }
    }

    /// Forgets an id.
    pub(super) fn leave(&mut self, id: &Id) {
        if let Ok(at) = self.0.binary_search(id) {
            self.0.remove(at);
        }
    }

    /// What this text names: a whole id, or the beginning of exactly one.
    pub(super) fn find(&self, prefix: &str) -> Found {
        let start = self.0.partition_point(|id| id.as_str() < prefix);
        let begins = |id: &&Id| id.as_str().starts_with(prefix);
        let ids: Vec<&Id> = self.0[start..].iter().take_while(begins).take(CANDIDATES).collect();
        match ids[..] {
            [] => Found::Nothing,
            [one] => Found::One(one.clone()),
            [whole, ..] if whole.as_str() == prefix => Found::One(whole.clone()),
            _ => Found::Several(ids.into_iter().cloned().collect()),
        }
    }

    /// How many bytes of this id name no other one; all of them where another begins with it.
    pub(super) fn shortest_prefix(&self, id: &Id) -> usize {
        let text = id.as_str();
        let at = self.0.partition_point(|other| other < id);
        let before = at.checked_sub(1).and_then(|before| self.0.get(before));
        let after = self.0[at..].iter().find(|other| *other != id);
        let shared =
            [before, after].into_iter().flatten().map(|other| shared(text, other.as_str()));
        let wanted = shared.max().map_or(0, |shared| shared + 1).min(text.len()).max(1);
        (wanted..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len())
    }
}

/// How many bytes two texts begin with alike.
fn shared(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_any_length_are_in_their_order_each_once() {
        let mut random = fastrand::Rng::with_seed(5);
        let letters = ["a", "b", "\0", "é", "bbbbbbbb"];
        let mut id = || (0..random.usize(..6)).map(|_| letters[random.usize(..5)]).collect();
        let ids: Vec<Id> = (0..500).map(|_| Id::new(&String::clone(&id()))).collect();
        let sorted: std::collections::BTreeSet<Id> = ids.iter().cloned().collect();
        assert_eq!(ids.into_iter().collect::<Names>().0, Vec::from_iter(sorted));
    }
}
