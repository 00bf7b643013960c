//! Whether a title has the letters of a word.

use nucleo_matcher::chars::{normalize, to_lower_case};

/// A word whose letters stand in a title in this order, but not necessarily side by side.
#[derive(Debug)]
pub(super) struct Letters<'a> {
    word: &'a [u8],
    /// Whether capitals are told from small letters, because there is one in the word.
    exact: bool,
}

impl<'a> Letters<'a> {
    /// A word of letters and digits without accents.
    pub fn new(word: &'a str) -> Self {
        Self { word: word.as_bytes(), exact: word.bytes().any(|c| c.is_ascii_uppercase()) }
    }

    /// Whether a title has them, which is found without taking it apart.
    pub fn are_in(&self, title: &str) -> bool {
        if title.is_ascii() {
            return self.are_among(title.bytes());
        }
        let plain = |c: char| match c {
            c if c.is_ascii() => c,
            c if self.exact => normalize(c),
            c => to_lower_case(normalize(c)),
        };
        let plain = |c| u8::try_from(plain(c)).unwrap_or_default();
        self.are_among(title.chars().map(plain))
    }

    #[inline]
    fn are_among(&self, letters: impl Iterator<Item = u8>) -> bool {
        let mut left = self.word;
        for letter in letters {
            let letter = if self.exact { letter } else { letter.to_ascii_lowercase() };
            if let Some((first, rest)) = left.split_first()
                && *first == letter
            {
                left = rest;
            }
            if left.is_empty() {
                return true;
            }
        }
        left.is_empty()
    }
}
