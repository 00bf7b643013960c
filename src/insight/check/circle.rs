//! Items that a file lets go round: each is part of the next, or waits for it.

use crate::workspace::{Field, Id, Lookup, Place, Record, Workspace};
use std::collections::HashMap;

/// For each item of a circle, the item it leads to.
pub(super) type Circles = HashMap<Id, Id>;

/// The circles that `field` closes. Of circles that share an item one is found. Every link is
/// followed once.
pub(super) fn of(workspace: &Workspace, field: Field) -> Circles {
    let graph = Graph::of(workspace, field);
    let mut circles = Circles::new();
    let mut met = vec![Met::Never; graph.items.len()];
    for start in 0..graph.items.len() {
        if met[start] == Met::Never {
            walk(&graph, start, &mut met, &mut circles);
        }
    }
    circles
}

/// Whether a walk has come by an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Met {
    /// Not yet.
    Never,
    /// It is on the way from the start to here.
    Underway,
    /// All that it leads to is known.
    Before,
}

/// Follows all links from an item, into the depth first. A way that meets itself is a circle.
fn walk(graph: &Graph, start: usize, met: &mut [Met], circles: &mut Circles) {
    met[start] = Met::Underway;
    let mut way = vec![(start, 0)];
    while let Some((item, link)) = way.last_mut() {
        let Some(&next) = graph.onward(*item).get(*link) else {
            met[*item] = Met::Before;
            way.pop();
            continue;
        };
        *link += 1;
        match met[next] {
            Met::Before => {}
            Met::Never => {
                met[next] = Met::Underway;
                way.push((next, 0));
            }
            Met::Underway => {
                let round: Vec<usize> =
                    way.iter().map(|(item, _)| *item).skip_while(|item| *item != next).collect();
                close(graph, &round, circles);
            }
        }
    }
}

/// Notes a circle, unless an item of it is in one already.
fn close(graph: &Graph, round: &[usize], circles: &mut Circles) {
    if round.iter().any(|item| circles.contains_key(graph.items[*item])) {
        return;
    }
    let next = round.iter().cycle().skip(1);
    let links = round.iter().zip(next);
    circles.extend(links.map(|(from, to)| (graph.items[*from].clone(), graph.items[*to].clone())));
}

/// The circle an item is in, beginning and ending with it.
pub(super) fn around<'a>(circles: &'a Circles, id: &'a Id) -> Vec<&'a Id> {
    let mut round = vec![id];
    let mut item = id;
    while let Some(next) = circles.get(item).filter(|_| round.len() <= circles.len()) {
        round.push(next);
        item = next;
        if item == id {
            break;
        }
    }
    round
}

/// The items that link to others by one field, by number, so that ids are looked up once.
struct Graph<'a> {
    items: Vec<&'a Id>,
    /// What they link to, one after the other.
    links: Vec<usize>,
    /// Where the links of each item end.
    ends: Vec<usize>,
}

impl<'a> Graph<'a> {
    fn of(workspace: &'a Workspace, field: Field) -> Self {
        let items = Place::ITEMS.into_iter().flat_map(|place| workspace.list(place));
        // What goes round links to something and is linked to: of most workspaces that is little.
        let goes_on = |record: &&Record| {
            let to_it = workspace.links_to(record.id()).iter();
            record.get(field).is_some() && to_it.clone().any(|(_, by)| *by == field)
        };
        let records: Vec<&Record> = items.map(|record| &**record).filter(goes_on).collect();
        let items: Vec<&Id> = records.iter().map(|record| record.id()).collect();
        let numbers: Lookup<&Id, usize> =
            items.iter().enumerate().map(|(number, id)| (*id, number)).collect();
        let mut graph = Self { items, links: Vec::new(), ends: Vec::new() };
        for record in records {
            let links = links(record, field).filter_map(|id| numbers.get(id));
            graph.links.extend(links);
            graph.ends.push(graph.links.len());
        }
        graph
    }

    /// What an item links to.
    fn onward(&self, item: usize) -> &[usize] {
        let start = item.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.links[start..self.ends[item]]
    }
}

/// What a field links to, be it one record or several.
fn links(record: &Record, field: Field) -> impl Iterator<Item = &Id> {
    record.link(field).into_iter().chain(record.links(field))
}
