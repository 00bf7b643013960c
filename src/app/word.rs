//! Words as they are typed: a list of them, and what was meant by one that is not known.

use crate::workspace::{Content, Field, Place, Shape};
use std::borrow::Cow;

/// What stands between the words of a list.
const BETWEEN: [char; 4] = [' ', ',', '\t', '\n'];
/// What a word may begin with that is no part of it.
const SIGNS: [char; 3] = ['#', '+', '-'];

/// The words of a list, each with the sign before it, `+`, `-` or none. Blanks and commas part
/// them, unless they are in quotes, of which two stand for one; a `#` before a word is no part of it.
pub fn signed(text: &str) -> Vec<(&str, String)> {
    let mut words = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(BETWEEN);
        if rest.is_empty() {
            return words;
        }
        let unsigned = rest.trim_start_matches('#');
        let body = unsigned.strip_prefix(['+', '-']).unwrap_or(unsigned);
        let sign = &unsigned[..unsigned.len() - body.len()];
        let body = body.trim_start_matches('#');
        let (word, after) = quoted(body).unwrap_or_else(|| {
            let (word, after) = body.split_at(body.find(BETWEEN).unwrap_or(body.len()));
            (word.to_owned(), after)
        });
        if !word.is_empty() {
            words.push((sign, word));
        }
        rest = after;
    }
}

/// The words of a list in which a sign is a part of its word.
pub fn listed(text: &str) -> Vec<String> {
    signed(text).into_iter().map(|(sign, word)| format!("{sign}{word}")).collect()
}

/// What stands in the quotes that a text begins with, and what comes behind them.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut rest = text.strip_prefix('"')?;
    loop {
        let (before, after) = rest.split_once('"')?;
        word.push_str(before);
        if let Some(after) = after.strip_prefix('"') {
            word.push('"');
            rest = after;
        } else {
            let ends = after.is_empty() || after.starts_with(BETWEEN);
            return ends.then_some((word, after));
        }
    }
}

/// A word as it is typed in a list: in quotes where it would else be several, or another.
pub fn spelled(word: &str) -> Cow<'_, str> {
    if word.contains(BETWEEN) || word.contains('"') || word.starts_with(SIGNS) {
        Cow::Owned(format!("\"{}\"", word.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(word)
    }
}

/// The known word that is nearest to one that is not, if any is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.map(|known| (strsim::jaro_winkler(word, known), known));
    let near = near.filter(|(near, _)| *near > 0.75).max_by(|one, other| one.0.total_cmp(&other.0));
    near.map(|(_, known)| known)
}

/// What there is to say of a kind that none is known by and no other item has: it may be any word,
/// and so may a slip of the finger.
pub fn strange_kind(others: &Content, kind: &str) -> Option<String> {
    let Shape::Word(known) = Field::Kind.row().shape else { return None };
    let mut items = Place::ITEMS.iter().flat_map(|place| others.list(*place));
    if kind.is_empty() || known.contains(&kind) || items.any(|item| item.text(Field::Kind) == kind)
    {
        return None;
    }
    let near = nearest(kind, known.iter().copied());
    let near = near.map(|near| format!("did you mean `{near}`?"));
    let near = near.unwrap_or_else(|| format!("known are {}", known.join(", ")));
    Some(format!("no other item is of the kind “{kind}”; {near}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_words_is_read_as_it_is_shown() {
        for words in [&["a", "b"][..], &["c d", "a,b"], &["#x", "+y", "-z"], &["say \"hi\"", "\""]]
        {
            let shown: Vec<_> = words.iter().map(|word| spelled(word)).collect();
            assert_eq!(listed(&shown.join(" ")), words);
            assert_eq!(listed(&shown.join(", ")), words);
        }
    }

    #[test]
    fn quotes_that_are_not_closed_are_letters() {
        assert_eq!(listed("a,b,\"c d\""), ["a", "b", "c d"]);
        assert_eq!(listed("\"c d"), ["\"c", "d"]);
        assert_eq!(listed("\"c\"d e"), ["\"c\"d", "e"]);
        assert_eq!(listed("#bank , #api"), ["bank", "api"]);
        assert_eq!(listed(" , # \"\" "), [""; 0]);
        assert_eq!(signed("+#a -\"c d\""), [("+", "a".to_owned()), ("-", "c d".to_owned())]);
    }
}
