//! Values in a row that any number of owners hold.

use std::fmt;
use std::ops::Deref;
use triomphe::ThinArc;

/// A list that is never changed, only replaced: whoever says the same may hold the same, and a copy
/// costs nothing. It takes one word wherever it stands.
#[derive(Clone, PartialEq)]
pub struct Several<T>(ThinArc<(), T>);

impl<T> Deref for Several<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0.slice
    }
}

impl<T> From<Vec<T>> for Several<T> {
    // Once in the program for each sort of value, and not wherever one is made.
    #[inline(never)]
    fn from(values: Vec<T>) -> Self {
        Self(ThinArc::from_header_and_iter((), values.into_iter()))
    }
}

impl<T> FromIterator<T> for Several<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Vec::from_iter(values).into()
    }
}

impl<'a, T> IntoIterator for &'a Several<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: fmt::Debug> fmt::Debug for Several<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_the_same_in_memory_and_takes_a_word() {
        let one: Several<String> = ["a", "b"].map(str::to_owned).into_iter().collect();
        let other = one.clone();
        assert_eq!(one.as_ptr(), other.as_ptr());
        drop(one);
        assert_eq!(other.concat(), "ab");
        assert_eq!(size_of::<Several<String>>(), size_of::<usize>());
    }
}
