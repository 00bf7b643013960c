//! What waits for what waits for what?

use super::outcome::shown;
use crate::workspace::{Field, Id, Place, Record, Workspace, sorted};
use std::collections::{HashMap, HashSet};

/// Items that wait for one another: the first waits for the second, and so on. None is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// From what waits to what all of it waits for; two at least.
    pub items: Vec<Id>,
    /// The points of all of them, where known.
    pub points: f64,
}

impl Chain {
    /// How long it is and how much work, in words: `4 in a row · 23 points`.
    pub fn size(&self) -> String {
        let count = self.items.len();
        match self.points {
            points if points > 0.0 => format!("{count} in a row · {} points", shown(points)),
            _ => format!("{count} in a row"),
        }
    }
}

/// For every item for which nothing waits and which waits itself: the longest chain it is the end
/// of, the longest first; of equally long ones the one with the most points, then the first on
/// the board. What goes round is left out; the checks find it.
pub fn chains(workspace: &Workspace) -> Vec<Chain> {
    let waits = Waits::of(workspace);
    let ends = (0..waits.items.len()).filter(|at| waits.waiters[*at] == 0);
    let mut chains: Vec<Chain> =
        ends.filter(|at| waits.next[*at].is_some()).map(|at| waits.chain(at)).collect();
    sorted::by(&mut chains, |a, b| {
        (b.items.len()).cmp(&a.items.len()).then(b.points.total_cmp(&a.points))
    });
    chains
}

/// The longest chain that begins with an item, itself included; alone where it waits for nothing.
/// Only what it waits for is looked at.
pub fn from(workspace: &Workspace, item: &Record) -> Chain {
    let mut items = vec![item];
    let mut seen = HashSet::from([item.id()]);
    let mut met = 0;
    while let Some(item) = items.get(met).copied() {
        met += 1;
        let onward = workspace.unmet(item).filter(|id| seen.insert(id));
        items.extend(onward.filter_map(|id| workspace.get(id)).map(|record| &**record));
    }
    Waits::among(workspace, items).chain(0)
}

/// Who waits for whom, without what is done.
struct Waits<'a> {
    items: Vec<&'a Record>,
    /// How many wait for each.
    waiters: Vec<usize>,
    /// The next one in the longest chain from each.
    next: Vec<Option<usize>>,
}

impl<'a> Waits<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let mut places = Place::ITEMS.to_vec();
        places.retain(|place| *place != Place::Done);
        let lists = places.into_iter().flat_map(|place| workspace.list(place));
        let is_in = |item: &Record| {
            let awaited = workspace.links_to(item.id()).iter();
            item.get(Field::BlockedBy).is_some()
                || awaited.into_iter().any(|(_, field)| *field == Field::BlockedBy)
        };
        let items = lists.map(|item| &**item).filter(|item| is_in(item)).collect();
        Self::among(workspace, items)
    }

    fn among(workspace: &'a Workspace, items: Vec<&'a Record>) -> Self {
        let at: HashMap<&Id, usize> =
            items.iter().enumerate().map(|(at, item)| (item.id(), at)).collect();
        let onward: Vec<Vec<usize>> = items
            .iter()
            .map(|item| workspace.unmet(item).filter_map(|id| at.get(id).copied()).collect())
            .collect();
        let mut waiters = vec![0; items.len()];
        onward.iter().flatten().for_each(|at| waiters[*at] += 1);
        let next = longest(&items, &onward, &waiters);
        Self { items, waiters, next }
    }

    fn chain(&self, from: usize) -> Chain {
        let steps = std::iter::successors(Some(from), |at| self.next[*at]);
        let items: Vec<&Record> = steps.map(|at| self.items[at]).collect();
        Chain {
            points: items.iter().filter_map(|item| item.number(Field::Points)).sum(),
            items: items.into_iter().map(|item| item.id().clone()).collect(),
        }
    }
}

/// The next item in the longest chain from each: those nobody waits for are taken away one by
/// one, and in the opposite order each knows all that comes behind it.
fn longest(items: &[&Record], onward: &[Vec<usize>], waiters: &[usize]) -> Vec<Option<usize>> {
    let mut left = waiters.to_vec();
    let mut order: Vec<usize> = (0..left.len()).filter(|at| left[*at] == 0).collect();
    let mut met = 0;
    while let Some(at) = order.get(met).copied() {
        met += 1;
        for next in &onward[at] {
            left[*next] -= 1;
            if left[*next] == 0 {
                order.push(*next);
            }
        }
    }
    let mut lengths: Vec<(usize, f64)> = vec![(0, 0.0); items.len()];
    let mut nexts = vec![None; items.len()];
    for at in order.into_iter().rev() {
        let longer = |a: &usize, b: &usize| {
            lengths[*a].0.cmp(&lengths[*b].0).then(lengths[*a].1.total_cmp(&lengths[*b].1))
        };
        // Of equals the one that was named first.
        let next = onward[at].iter().copied().filter(|next| left[*next] == 0);
        let next = next.reduce(|best, next| if longer(&next, &best).is_gt() { next } else { best });
        let (length, points) = next.map_or((0, 0.0), |next| lengths[next]);
        let own = items[at].number(Field::Points).unwrap_or_default();
        lengths[at] = (length + 1, points + own);
        nexts[at] = next;
    }
    nexts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};
    use std::sync::Arc;

    /// Items by name, each with the names it waits for, in the backlog; those in capitals are done.
    fn workspace(items: &str) -> Workspace {
        let mut content = Content::default();
        let (mut open, mut done) = (Vec::new(), Vec::new());
        for word in items.split_whitespace() {
            let (id, waits) = word.split_once(':').unwrap_or((word, ""));
            let links: Vec<Value> = waits
                .split(',')
                .filter(|id| !id.is_empty())
                .map(|id| Value::link(Id::new(id)))
                .collect();
            let mut record = Record::new(Id::new(id)).with(Field::Points, Value::Number(1.0));
            if !links.is_empty() {
                record = record.with(Field::BlockedBy, Value::list(links));
            }
            let list = if id.starts_with(char::is_uppercase) { &mut done } else { &mut open };
            list.push(Arc::new(record));
        }
        content.fill(Place::Backlog, open);
        content.fill(Place::Done, done);
        Workspace::new(content)
    }

    fn found(items: &str) -> String {
        let name = |chain: &Chain| chain.items.iter().map(Id::as_str).collect::<Vec<_>>().join(">");
        chains(&workspace(items)).iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_longest_chain_comes_first_and_of_each_end_one() {
        assert_eq!(found("a:b b:c c d:c x"), "a>b>c d>c");
        assert_eq!(found("a:c,b b:c c"), "a>b>c");
        assert_eq!(found("a b c"), "");
    }

    #[test]
    fn what_is_done_holds_nobody_up() {
        assert_eq!(found("a:b,D b:D D:e e"), "a>b");
        assert_eq!(found("a:D D"), "");
    }

    #[test]
    fn what_goes_round_is_left_out_and_does_not_go_on_for_ever() {
        assert_eq!(found("a:b b:a c:a d:e e"), "d>e");
    }

    #[test]
    fn a_chain_begins_anywhere() {
        let workspace = workspace("a:b b:c c");
        let items = |id| from(&workspace, workspace.get(&Id::new(id)).unwrap()).items.len();
        assert_eq!((items("a"), items("b"), items("c")), (3, 2, 1));
    }

    #[test]
    fn ten_thousand_in_a_row_take_no_stack() {
        let row: Vec<String> = (0..10_000).map(|at| format!("a{at}:a{}", at + 1)).collect();
        let chains = chains(&workspace(&row.join(" ")));
        assert_eq!(chains.len(), 1);
        assert_eq!(chains[0].items.len(), 10_000);
    }
}
