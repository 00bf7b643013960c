//! How a record is named: an id, random when the program makes it, and any unique prefix of it.

use compact_str::CompactString;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;

/// Crockford's base32 digits, lowercase: no `i`, `l`, `o` or `u`, so ids survive being read aloud.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of an id made by the program: 50 random bits.
const LENGTH: u32 = 10;

/// What is looked up often, by id or otherwise: a hundred thousand times while a large file is read.
pub type Lookup<K, T> = HashMap<K, T, foldhash::fast::RandomState>;

/// The name of a record, unique in its workspace. Any text is accepted from a file; one of up to 24
/// bytes stands in the value itself, so that comparing and hashing look nowhere else.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(CompactString);

impl Id {
    /// An id with this text.
    pub fn new(text: &str) -> Self {
        Self(CompactString::new(text))
    }

    /// The id that spells the lowest 50 of these bits.
    pub fn from_bits(bits: u64) -> Self {
        let digit = |place: u32| char::from(DIGITS[((bits >> (5 * place)) & 31) as usize]);
        Self::new(&(0..LENGTH).rev().map(digit).collect::<String>())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What a prefix names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Exactly one record, or the record whose whole id this is.
    One(Id),
    /// Several records; the first few, in the order of their ids.
    Several(Vec<Id>),
    /// No record.
    Nothing,
}

/// Makes new ids. Seeded by whoever owns a source of chance, so that `app` stays repeatable.
#[derive(Debug, Clone)]
pub struct IdSource(fastrand::Rng);

impl IdSource {
    /// A source that gives the same ids for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// An id for which `taken` is false.
    pub fn next(&mut self, taken: impl Fn(&Id) -> bool) -> Id {
        loop {
            let id = Id::from_bits(self.0.u64(..));
            if !taken(&id) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_spell_ten_crockford_digits() {
        assert_eq!(Id::from_bits(0).as_str(), "0000000000");
        assert_eq!(Id::from_bits(u64::MAX).as_str(), "zzzzzzzzzz");
        assert_eq!(Id::from_bits(32 * 31 + 18).as_str(), "00000000zj");
    }

    #[test]
    fn a_source_repeats_itself_and_avoids_what_is_taken() {
        let first = IdSource::seeded(7).next(|_| false);
        assert_eq!(first, IdSource::seeded(7).next(|_| false));
        assert_ne!(first, IdSource::seeded(7).next(|id| *id == first));
    }
}
