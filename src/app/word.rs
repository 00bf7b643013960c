//! What was meant by a word that is not known.

/// The known word that is nearest to one that is not, if any is near.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = known.map(|known| (strsim::jaro_winkler(word, known), known));
    let near = near.filter(|(near, _)| *near > 0.75).max_by(|one, other| one.0.total_cmp(&other.0));
    near.map(|(_, known)| known)
}
