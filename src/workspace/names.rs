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

    /// What this text names: a whole id, or the beginning of exactly one. Where it begins several,
    /// those that do not fit are left out, unless none does.
    pub(super) fn find(&self, prefix: &str, fits: impl Fn(&Id) -> bool) -> Found {
        let start = self.0.partition_point(|id| id.as_str() < prefix);
        let begun = || self.0[start..].iter().take_while(|id| id.as_str().starts_with(prefix));
        let several = |ids: Vec<&Id>| Found::Several(ids.into_iter().cloned().collect());
        match begun().take(2).collect::<Vec<_>>()[..] {
            [] => return Found::Nothing,
            [one] => return Found::One(one.clone()),
            [whole, ..] if whole.as_str() == prefix => return Found::One(whole.clone()),
            _ => {}
        }
        let fitting: Vec<&Id> = begun().filter(|id| fits(id)).take(CANDIDATES).collect();
        match fitting[..] {
            [] => several(begun().take(CANDIDATES).collect()),
            [one] => Found::One(one.clone()),
            _ => several(fitting),
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
    fn of_more_than_are_named_only_one_may_fit() {
        let ids = || (0..20).map(|number| Id::new(&format!("s{number:02}")));
        let names: Names = ids().collect();
        let fitting = |which: &[&str]| names.find("s", |id| which.contains(&id.as_str()));
        assert_eq!(fitting(&["s17"]), Found::One(Id::new("s17")));
        let two = ["s00", "s17"].map(Id::new).to_vec();
        assert_eq!(fitting(&["s00", "s17"]), Found::Several(two));
        assert_eq!(fitting(&[]), Found::Several(ids().take(CANDIDATES).collect()));
        assert_eq!(names.find("s05", |_| false), Found::One(Id::new("s05")));
    }

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
