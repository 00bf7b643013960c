//! Which items say much the same as something that came in?
//!
//! Two titles are as alike as the words they share, the rarer the more telling: the sum of the
//! weights they share over the geometric mean of the sums they have. A word weighs ln(1 + n / f)
//! where f of n titles have it (inverse document frequency, Spärck Jones 1972).

use crate::workspace::{Field, Id, Place, Record, Workspace, sorted};
use std::collections::{BTreeSet, HashMap};

/// Less alike than this is not alike.
const ALIKE: f64 = 0.2;
/// Characters of a word that count, so that `invoice` and `invoices` are one.
const STEM: usize = 6;
/// Words that say nothing, beside those of a single letter.
const EMPTY: [&str; 24] = [
    "and", "are", "but", "can", "for", "from", "has", "have", "into", "its", "not", "that", "the",
    "their", "this", "was", "with", "you", "to", "in", "of", "on", "is", "it",
];

/// Where items stand that something can speak for; what is open is offered first.
const PLACES: [Place; 5] = [Place::Backlog, Place::Now, Place::Next, Place::Later, Place::Done];

type Words = BTreeSet<String>;

/// Every item that `entry` could speak for, with how alike the two are, from 0 to 1; those that
/// are alike and open first, the most alike of them at the head, then those that are done, then the
/// rest in the order in which they stand. An item is also alike that something alike speaks for already.
pub fn similar(workspace: &Workspace, entry: &Record) -> Vec<(Id, f64)> {
    let items: Vec<(&Record, Vec<Words>)> = PLACES
        .into_iter()
        .flat_map(|place| workspace.list(place))
        .filter(|item| item.id() != entry.id())
        .map(|item| (&**item, texts(workspace, entry, item)))
        .collect();
    let asked = words(entry.title());
    let weight = weights(items.iter().flat_map(|(_, texts)| texts).chain([&asked]));
    let best = |texts: &[Words]| {
        let all = texts.iter().map(|text| alike(&asked, text, &weight));
        all.fold(0.0, f64::max)
    };
    let mut found: Vec<(Id, f64)> = items
        .iter()
        .map(|(item, texts)| (item.id().clone(), best(texts)))
        .map(|(id, share)| (id, if share < ALIKE { 0.0 } else { share }))
        .collect();
    let turn = |id: &Id, share: f64| match workspace.place_of(id) {
        _ if share <= 0.0 => 2,
        Some(Place::Done) => 1,
        _ => 0,
    };
    sorted::by(&mut found, |(one, a), (other, b)| {
        turn(one, *a).cmp(&turn(other, *b)).then_with(|| b.total_cmp(a))
    });
    found
}

/// The words of an item, and of each entry that speaks for it.
fn texts(workspace: &Workspace, entry: &Record, item: &Record) -> Vec<Words> {
    let evidence = item.links(Field::Evidence).filter(|id| *id != entry.id());
    let evidence = evidence.filter_map(|id| workspace.get(id)).map(|one| words(one.title()));
    std::iter::once(words(item.title())).chain(evidence).collect()
}

/// The words of a title that tell something, in lower case and without their endings. Scripts that
/// are written without spaces are taken in pairs of characters.
fn words(title: &str) -> Words {
    let lower = title.to_lowercase();
    let mut words = Words::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        let letters: Vec<char> = word.chars().collect();
        if letters.iter().any(|c| *c >= '\u{2e80}') {
            words.extend(letters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else if letters.len() > 1 && !EMPTY.contains(&word) {
            words.insert(letters.into_iter().take(STEM).collect());
        }
    }
    words
}

/// How telling each word is.
fn weights<'a>(texts: impl Iterator<Item = &'a Words> + Clone) -> HashMap<&'a str, f64> {
    let mut held: HashMap<&str, u32> = HashMap::new();
    for word in texts.clone().flatten() {
        *held.entry(word).or_default() += 1;
    }
    let all = f64::from(u32::try_from(texts.count()).unwrap_or(u32::MAX));
    held.into_iter().map(|(word, of)| (word, libm::log1p(all / f64::from(of)))).collect()
}

fn alike(a: &Words, b: &Words, weight: &HashMap<&str, f64>) -> f64 {
    let of = |word: &String| weight.get(word.as_str()).copied().unwrap_or_default();
    // The sets are in order, so that the sums do not depend on the run.
    let sum = |words: &Words| words.iter().map(of).sum::<f64>();
    let shared: f64 = a.intersection(b).map(of).sum();
    if shared > 0.0 { shared / (sum(a) * sum(b)).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};
    use std::sync::Arc;

    fn titled(id: &str, title: &str) -> Record {
        Record::new(Id::new(id)).with(Field::Title, Value::text(title))
    }

    fn workspace() -> Workspace {
        let linked = titled("d", "Undo a match")
            .with(Field::Evidence, Value::list([Value::link(Id::new("e"))]));
        let backlog = [
            titled("a", "Match rules"),
            titled("b", "Import a bank CSV"),
            titled("c", "Import drops the last row"),
            linked,
            titled("j", "請求書を送る"),
        ];
        let mut content = Content::default();
        content.fill(Place::Backlog, backlog.map(Arc::new).to_vec());
        content.fill(Place::Inbox, vec![Arc::new(titled("e", "Wrong payment booked"))]);
        Workspace::new(content)
    }

    fn order(title: &str) -> String {
        let found = similar(&workspace(), &titled("x", title));
        found.iter().filter(|(_, share)| *share > 0.0).map(|(id, _)| id.as_str()).collect()
    }

    #[test]
    fn rare_words_tell_more_than_common_ones_and_endings_nothing() {
        assert_eq!(order("CSV import drops last rows"), "cb");
        assert_eq!(order("importing from my bank"), "bc");
        assert_eq!(order("請求書が届かない"), "j");
        assert_eq!(order("Dark mode"), "");
    }

    #[test]
    fn what_speaks_for_an_item_already_makes_it_alike() {
        assert_eq!(order("a payment is booked wrong"), "d");
    }

    #[test]
    fn all_items_are_offered_in_their_order_behind_the_alike() {
        let found = similar(&workspace(), &titled("x", "Dark mode"));
        assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<String>(), "abcdj");
        let same = similar(&workspace(), &titled("x", "Match rules"));
        assert!((same[0].1 - 1.0).abs() < 1e-9, "the same words are wholly alike");
    }
}
