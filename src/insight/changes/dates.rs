//! Which days moved, and by how much?

use super::{Change, Two, What};
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::workspace::{Date, Field, Hat, Id, Place, Record, Workspace};

/// The days a person sets: what they are called, of what records, whose business they are.
const SET: [(&str, Field, &[Place], Hat); 3] = [
    ("release", Field::Day, &[Place::Releases], Hat::Pm),
    ("end", Field::End, &[Place::Sprints], Hat::Po),
    ("due", Field::Due, &Place::ITEMS, Hat::Po),
];

/// The days that were set, where they moved.
pub(super) fn set(two: &Two) -> Vec<Change> {
    let mut all = Vec::new();
    for (which, field, places, hat) in SET {
        for place in places {
            for record in two.now.list(*place) {
                let Some(before) = two.then.get(record.id()) else { continue };
                let (from, to) = (before.date(field), record.date(field));
                if from != to {
                    let hat = if place.holds_items() { place.hat() } else { hat };
                    all.push(two.change(hat, record.id(), What::Dated(which, from, to)));
                }
            }
        }
    }
    all
}

/// The days by which the forecast expects what somebody waits for, with 85 %, where they moved.
pub(super) fn expected(two: &Two) -> Vec<Change> {
    let then = Forecast::new(two.then, usual(), LAST, two.since);
    let now = Forecast::new(two.now, usual(), LAST, two.today);
    let date = |forecast: &Forecast, workspace: &Workspace, id: &Id| {
        forecast.of(workspace, id).and_then(|item| forecast.dates(item.points).p85)
    };
    let mut all = Vec::new();
    for (hat, item) in awaited(two.now) {
        let id = item.id();
        let Some(before) = date(&then, two.then, id) else { continue };
        match date(&now, two.now, id) {
            Some(after) if after != before => {
                let what = What::Dated("expected", Some(before), Some(after));
                all.push(two.change(hat, id, what));
            }
            _ => {}
        }
    }
    all
}

/// What somebody waits for: all of the roadmap, and of the backlog what has a day to be done by.
fn awaited(workspace: &Workspace) -> impl Iterator<Item = (Hat, &Record)> {
    let list = |place: Place| workspace.list(place).iter().map(move |item| (place.hat(), &**item));
    let roadmap = Place::ROADMAP.into_iter().flat_map(list);
    let due = |(_, item): &(Hat, &Record)| {
        item.date(Field::Due).is_some()
            || item.link(Field::Release).is_some_and(|id| day(workspace, id).is_some())
    };
    roadmap.chain(list(Place::Backlog).filter(due))
}

fn day(workspace: &Workspace, release: &Id) -> Option<Date> {
    workspace.get(release)?.date(Field::Day)
}
