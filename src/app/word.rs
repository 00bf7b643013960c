//! What was meant by a word that is not known.

use crate::workspace::{Content, Field, Place, Shape};

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
