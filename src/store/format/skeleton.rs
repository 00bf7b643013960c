//! What stands around the records: the keys at the top of the file and in the roadmap.

use super::raw::Span;
use crate::workspace::{Content, Place, Record, Section};
use std::sync::Arc;

/// What a key outside of the records stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The version of the format.
    Version,
    /// The product.
    Product,
    /// The settings.
    Settings,
    /// A list of records.
    List(Place),
    /// The lanes.
    Roadmap,
}

/// The keys at the top of a file, in the order of a new one.
pub(super) const TOP: &[Key] = &[
    Key::Version,
    Key::Product,
    Key::Settings,
    Key::List(Place::Objectives),
    Key::List(Place::Personas),
    Key::List(Place::Releases),
    Key::List(Place::Sprints),
    Key::Roadmap,
    Key::List(Place::Backlog),
    Key::List(Place::Inbox),
    Key::List(Place::Done),
    Key::List(Place::Decisions),
    Key::List(Place::CheckIns),
];

/// The keys in the roadmap.
pub(super) const LANES: &[Key] =
    &[Key::List(Place::Now), Key::List(Place::Next), Key::List(Place::Later)];

impl Key {
    /// The key as the file spells it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Version => "twohats",
            Self::Product => "product",
            Self::Settings => "settings",
            Self::List(place) => place.key(),
            Self::Roadmap => "roadmap",
        }
    }

    /// What the records under it are.
    pub(super) fn section(self) -> Section {
        match self {
            Self::List(place) => place.section(),
            Self::Settings => Section::Settings,
            _ => Section::Product,
        }
    }

    /// How its value begins, and what that is called; the version is looked at elsewhere.
    pub(super) fn opening(self) -> Option<(char, &'static str)> {
        match self {
            Self::Version => None,
            Self::List(_) => Some(('[', "a list")),
            _ => Some(('{', "an object")),
        }
    }

    /// Whether there is something to write under it.
    pub(super) fn is_needed(self, content: &Content) -> bool {
        match self {
            Self::Version => true,
            Self::Product | Self::Settings => {
                self.single(content).is_some_and(|(record, _)| record.fields().next().is_some())
            }
            Self::List(place) => !content.list(place).is_empty(),
            Self::Roadmap => LANES.iter().any(|lane| lane.is_needed(content)),
        }
    }

    /// The one record that stands under it.
    pub(super) fn single(self, content: &Content) -> Option<(&Arc<Record>, Section)> {
        match self {
            Self::Product => Some((content.product(), Section::Product)),
            Self::Settings => Some((content.settings(), Section::Settings)),
            _ => None,
        }
    }
}

/// A key of the file with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it stands for; `None` where this version does not know it.
    pub(super) key: Option<Key>,
    /// The key with its quotes.
    pub(super) spelled: Span,
    /// The value, where it is written back as it is.
    pub(super) raw: Span,
}

/// Where something of `rank` belongs among others: after whatever comes nearest before it.
/// What has no rank is unknown and does not count.
pub(super) fn place_among(ranks: impl Iterator<Item = Option<usize>>, rank: usize) -> usize {
    let known = ranks.enumerate().filter_map(|(at, other)| Some((other?, at)));
    known.filter(|(other, _)| *other < rank).max().map_or(0, |(_, at)| at + 1)
}

/// What becomes of an element of the file when its list is written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is the one at this index now.
    Becomes(usize),
    /// The model does not know of it, so it stays.
    Stays,
    /// It is gone.
    Goes,
}

/// The elements that stay, by index, each with how many of the new ones come before it: it stands
/// after whatever came before it and is still there.
pub(super) fn staying(fates: impl IntoIterator<Item = Fate>) -> Vec<(usize, usize)> {
    let mut stays = Vec::new();
    let mut after = 0;
    for (at, fate) in fates.into_iter().enumerate() {
        match fate {
            Fate::Becomes(index) => after = index + 1,
            Fate::Stays => stays.push((after, at)),
            Fate::Goes => {}
        }
    }
    stays.sort_by_key(|(after, _)| *after);
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_stands_after_its_nearest_predecessor() {
        let ranks = [Some(0), None, Some(4), Some(2), None];
        assert_eq!(place_among(ranks.into_iter(), 3), 4);
        assert_eq!(place_among(ranks.into_iter(), 9), 3);
        assert_eq!(place_among([Some(5)].into_iter(), 1), 0);
    }

    #[test]
    fn what_stays_follows_what_was_before_it() {
        use Fate::{Becomes, Goes, Stays};
        assert_eq!(staying([Stays, Becomes(1), Stays, Becomes(0)]), [(0, 0), (2, 2)]);
        assert_eq!(staying([Becomes(0), Goes, Stays]), [(1, 2)]);
    }
}
