//! The text of a field: one of its own, or a stretch of the file it came in.

use arcstr::ArcStr;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A text, which takes two words wherever it stands, and as text that is quoted nothing more.
#[derive(Clone)]
pub struct Text(Held);

#[derive(Clone)]
enum Held {
    /// One in memory for all who say the same.
    Own(ArcStr),
    /// A stretch of another, in bytes; the lengths stand beside the tag.
    Quoted { length: [u8; 3], start: u32, of: Original },
}

/// A text that is kept anyway and that others are stretches of. It stays as long as any of them.
#[derive(Debug, Clone)]
#[expect(
    clippy::redundant_allocation,
    reason = "processors that count the same quotes wait for each other"
)]
pub struct Original(Arc<Arc<String>>);

impl Original {
    /// Something to quote from. Processors that read a text side by side make one of it each.
    pub fn of(text: &Arc<String>) -> Self {
        Self(Arc::new(Arc::clone(text)))
    }

    /// This part of it, not copied. `None` where it is no stretch of it, or too long a one.
    pub fn quote(&self, part: &str) -> Option<Text> {
        let start = (part.as_ptr() as usize).checked_sub(self.0.as_ptr() as usize)?;
        let is_within = start.checked_add(part.len())? <= self.0.len();
        let [a, b, c, 0] = u32::try_from(part.len()).ok()?.to_le_bytes() else { return None };
        let (length, start) = ([a, b, c], u32::try_from(start).ok()?);
        is_within.then(|| Text(Held::Quoted { length, start, of: self.clone() }))
    }

    fn stretch(&self, start: u32, [a, b, c]: [u8; 3]) -> &str {
        let (start, length) = (start as usize, u32::from_le_bytes([a, b, c, 0]) as usize);
        self.0.get(start..start + length).unwrap_or_default()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Held::Own(text) => text,
            Held::Quoted { length, start, of } => of.stretch(*start, *length),
        }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Held::Own(text.into()))
    }
}

impl From<ArcStr> for Text {
    fn from(text: ArcStr) -> Self {
        Self(Held::Own(text))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_quoted_and_what_only_reads_like_one_is_not() {
        let text = Arc::new("ab é cd".repeat(3));
        let original = Original::of(&text);
        for start in 0..=text.len() {
            for end in start..=text.len() {
                let Some(part) = text.get(start..end) else { continue };
                let quoted = original.quote(part).unwrap();
                assert_eq!(quoted, Text::from(part));
                assert_eq!(quoted.as_ptr(), part.as_ptr());
            }
        }
        let copy = text.as_str().to_owned();
        assert!(original.quote(&copy).is_none());
        assert!(original.quote("cd").is_none());
    }

    #[test]
    fn a_quote_outlives_who_kept_the_text() {
        let text = Arc::new("the whole".to_owned());
        let quoted = Original::of(&text).quote(&text[4..]).unwrap();
        drop(text);
        assert_eq!(&*quoted, "whole");
    }

    #[test]
    fn what_is_too_long_to_be_counted_is_not_quoted() {
        let text = Arc::new("x".repeat(1 << 24));
        let original = Original::of(&text);
        assert!(original.quote(&text).is_none());
        assert_eq!(original.quote(&text[1..]).map(|quoted| quoted.len()), Some((1 << 24) - 1));
    }
}
