//! What is asked for most: how many speak for an item, and how many voices that is?

use crate::workspace::number::counted;
use crate::workspace::{Field, Id, Place, Record, Workspace, sorted};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

/// What speaks for an item and for what it is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Felt {
    /// The entries that speak for it, each once, in the order in which they are linked.
    pub entries: Vec<Id>,
    /// How many said so: the votes of the entries and of the items themselves. An entry that does
    /// not say how many is one voice.
    pub votes: f64,
}

/// What speaks for this item, and for all it is made of.
pub fn of(workspace: &Workspace, id: &Id) -> Felt {
    let felt = gather(workspace, &workspace.family(id));
    // The order of the parts says nothing but which of several entries comes first.
    if felt.entries.len() < 2 { felt } else { gather(workspace, &in_order(workspace, id)) }
}

/// An item and all it is made of, each with its parts behind it in the order in which they stand.
fn in_order(workspace: &Workspace, id: &Id) -> Vec<Id> {
    let mut found = Vec::new();
    let mut open = vec![id.clone()];
    while let Some(next) = open.pop() {
        let parts = workspace.children(&next).into_iter().rev();
        open.extend(parts.filter(|part| part != id));
        found.push(next);
    }
    found
}

fn gather<I: Borrow<Id>>(workspace: &Workspace, items: &[I]) -> Felt {
    let mut felt = Felt::default();
    // One entry may speak for several parts.
    let mut counted = HashSet::new();
    for item in items.iter().filter_map(|id| workspace.get(id.borrow())) {
        felt.votes += item.number(Field::Votes).unwrap_or(0.0);
        for entry in item.links(Field::Evidence) {
            if let Some(record) = workspace.get(entry)
                && counted.insert(entry)
            {
                felt.votes += voices(record);
                felt.entries.push(entry.clone());
            }
        }
    }
    felt
}

/// Whether anything speaks for any open item or a part of one: an entry, or votes of its own.
pub fn is_any(workspace: &Workspace) -> bool {
    let entry = |id: &Id| workspace.get(id).is_some_and(|entry| voices(entry) > 0.0);
    let done = workspace.list(Place::Done).iter();
    let parts = done.filter(|item| item.get(Field::Parent).is_some());
    open(workspace).chain(parts).any(|item| {
        item.number(Field::Votes).is_some_and(|votes| votes > 0.0)
            || item.links(Field::Evidence).any(entry)
    })
}

fn open(workspace: &Workspace) -> impl Iterator<Item = &Arc<Record>> {
    let open =
        Place::ITEMS.into_iter().filter(|place| place.in_roadmap() || *place == Place::Backlog);
    open.flat_map(|place| workspace.list(place))
}

/// The open items that anybody asked for, those with most votes first, then those with most
/// entries, then in the order in which they stand.
pub fn most(workspace: &Workspace) -> Vec<(Id, Felt)> {
    let mut felt: Vec<(Id, Felt)> = open(workspace)
        .map(|item| (item.id().clone(), of(workspace, item.id())))
        .filter(|(_, felt)| felt.votes > 0.0)
        .collect();
    sorted::by(&mut felt, |(_, a), (_, b)| a.before(b));
    felt
}

fn voices(entry: &Record) -> f64 {
    entry.number(Field::Votes).unwrap_or(1.0)
}

impl Felt {
    /// Whether it comes before another: by votes, then by entries, most first.
    pub fn before(&self, other: &Self) -> Ordering {
        let entries = || other.entries.len().cmp(&self.entries.len());
        other.votes.total_cmp(&self.votes).then_with(entries)
    }

    /// How much it is, in words: `12 votes in 3 entries`; nothing where nobody asked.
    pub fn words(&self) -> String {
        let votes = counted(self.votes, "vote");
        match self.entries.len() {
            _ if self.votes <= 0.0 && self.entries.is_empty() => String::new(),
            0 => votes,
            entries => format!("{votes} in {}", counted(entries, "entry")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};

    fn item(id: &str, evidence: &[&str]) -> Record {
        let links = evidence.iter().map(|id| Value::link(Id::new(id))).collect();
        let item = Record::new(Id::new(id));
        if evidence.is_empty() { item } else { item.with(Field::Evidence, Value::List(links)) }
    }

    fn entry(id: &str, votes: Option<f64>) -> Record {
        let entry = Record::new(Id::new(id));
        votes.map_or(entry.clone(), |votes| entry.with(Field::Votes, Value::Number(votes)))
    }

    fn workspace(backlog: &[Record], inbox: &[Record]) -> Workspace {
        let mut content = Content::default();
        content.fill(Place::Backlog, backlog.iter().cloned().map(Arc::new).collect());
        content.fill(Place::Inbox, inbox.iter().cloned().map(Arc::new).collect());
        Workspace::new(content)
    }

    #[test]
    fn the_most_felt_comes_first_and_what_nobody_asked_for_not_at_all() {
        let backlog =
            [item("a", &["x"]), item("b", &["y", "z"]), item("c", &[]), item("d", &["x", "gone"])];
        let inbox = [entry("x", Some(2.0)), entry("y", None), entry("z", Some(1.0))];
        let workspace = workspace(&backlog, &inbox);
        let most: Vec<String> = most(&workspace)
            .into_iter()
            .map(|(id, felt)| format!("{id}: {}", felt.words()))
            .collect();
        assert_eq!(
            most,
            ["b: 2 votes in 2 entries", "a: 2 votes in 1 entry", "d: 2 votes in 1 entry"]
        );
    }

    #[test]
    fn an_entry_that_speaks_for_two_parts_counts_once_for_the_whole() {
        let part =
            |id, evidence| item(id, evidence).with(Field::Parent, Value::link(Id::new("epic")));
        let backlog = [item("epic", &[]), part("a", &["x"]), part("b", &["x", "y"])];
        let workspace = workspace(&backlog, &[entry("x", Some(5.0)), entry("y", None)]);
        let felt = of(&workspace, &Id::new("epic"));
        assert_eq!((felt.votes, felt.entries.len()), (6.0, 2));
    }

    #[test]
    fn parts_that_go_round_end() {
        let own = item("a", &["x"]).with(Field::Parent, Value::link(Id::new("a")));
        let workspace = workspace(&[own], &[entry("x", None)]);
        assert_eq!(of(&workspace, &Id::new("a")).words(), "1 vote in 1 entry");
    }
}
