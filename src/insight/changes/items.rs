//! Which items came, went, crossed the line or were scored anew?

use super::{Change, Two, What};
use crate::insight::forecast::basis::{Count, plain};
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::insight::rank::Capacity;
use crate::insight::standing;
use crate::scoring::{Framework, Score};
use crate::workspace::{Date, Field, Hat, Id, Op, Place, Record, Workspace, diff};
use std::collections::HashSet;

/// What stands elsewhere. A place of one hat left for a place of the other is the business of both.
pub(super) fn moved(two: &Two) -> Vec<Change> {
    let mut all = Vec::new();
    for place in Place::ITEMS.into_iter().filter(|place| *place != Place::Done) {
        for item in two.now.list(place) {
            let from = two.then.place_of(item.id());
            if from != Some(place) {
                all.push(two.change(place.hat(), item.id(), What::Entered(place, from)));
            }
        }
        for item in two.then.list(place) {
            let to = two.now.place_of(item.id());
            let stays = to.is_some_and(|to| to != Place::Done && to.hat() == place.hat());
            if !stays {
                all.push(two.change(place.hat(), item.id(), What::Left(place, to)));
            }
        }
    }
    all
}

/// What is above the line: the items, and where it is drawn.
struct Above {
    ids: HashSet<Id>,
    line: f64,
}

impl Above {
    /// Of the roadmap as much of Now as Now may hold, of the backlog what the next sprint holds,
    /// each in its own order. `None` where nothing says how much that is.
    fn of(workspace: &Workspace, hat: Hat, today: Date) -> Option<Self> {
        let forecast = Forecast::new(workspace, usual(), LAST, today);
        let room = standing::capacity(workspace, hat, || forecast.capacity())?;
        let (ids, line): (HashSet<Id>, f64) = match (hat, room) {
            (Hat::Pm, Capacity::Items(line) | Capacity::Points(line)) => {
                let fits = (0..).zip(workspace.list(Place::Now));
                let fits = fits.take_while(|(at, _)| f64::from(*at) < line);
                (fits.map(|(_, item)| item.id().clone()).collect(), line)
            }
            (Hat::Po, Capacity::Points(line)) if forecast.basis.count == Count::Points => {
                (ids(&forecast, line), line)
            }
            (Hat::Po, Capacity::Items(line)) if forecast.basis.count == Count::Items => {
                (ids(&forecast, line), line)
            }
            _ => return None,
        };
        Some(Self { ids, line })
    }
}

fn ids(forecast: &Forecast, line: f64) -> HashSet<Id> {
    forecast.within(line).iter().map(|item| item.id.clone()).collect()
}

/// What stands in the same place as then and is on the other side of the line.
pub(super) fn crossed(two: &Two) -> Vec<Change> {
    let mut all = Vec::new();
    let carried = carried(two);
    for hat in [Hat::Pm, Hat::Po] {
        let before = Above::of(two.then, hat, two.since);
        let Some((before, after)) = before.zip(Above::of(two.now, hat, two.today)) else {
            continue;
        };
        let places: &[Place] = if hat == Hat::Pm { &Place::ROADMAP } else { &[Place::Backlog] };
        for item in places.iter().flat_map(|place| two.now.list(*place)) {
            let id = item.id();
            let is_above = after.ids.contains(id);
            if two.now.place_of(id) == two.then.place_of(id) && is_above != before.ids.contains(id)
            {
                let how = how(two, id, (is_above, carried.contains(id)), (before.line, after.line));
                all.push(two.change(hat, id, What::Crossed(is_above, how)));
            }
        }
    }
    all
}

/// What was moved, and did not only give way.
fn carried(two: &Two) -> HashSet<Id> {
    let moved = |op| if let Op::Move { id, .. } = op { Some(id) } else { None };
    diff(two.then, two.now).into_iter().filter_map(moved).collect()
}

/// How it came about that an item is on the other side of the line; the nearest cause first.
fn how(
    two: &Two,
    id: &Id,
    (is_above, was_moved): (bool, bool),
    (before, after): (f64, f64),
) -> String {
    let points = |workspace: &Workspace| workspace.get(id).and_then(|i| i.number(Field::Points));
    let (small, large) = (points(two.then), points(two.now));
    if was_moved {
        format!("it was moved {}", if is_above { "up" } else { "down" })
    } else if small != large {
        let shown = |points: Option<f64>| points.map_or("–".to_owned(), |it| it.to_string());
        format!("its size went from {} to {}", shown(small), shown(large))
    } else if (after > before) == is_above && plain(after) != plain(before) {
        format!("the line went from {} to {}", plain(before), plain(after))
    } else if is_above {
        "what stood before it is done or gone".to_owned()
    } else {
        "something came before it".to_owned()
    }
}

/// What has another score by the framework of its pane.
pub(super) fn rescored(two: &Two) -> Vec<Change> {
    let mut all = Vec::new();
    for place in Place::ROADMAP.into_iter().chain([Place::Backlog]) {
        for item in two.now.list(place) {
            let Some(before) = two.then.get(item.id()) else { continue };
            let score = |workspace: &Workspace, item: &Record| {
                shown(Framework::of(place.hat(), workspace.settings()), item)
            };
            let (before, after) = (score(two.then, before), score(two.now, item));
            if before != after {
                all.push(two.change(place.hat(), item.id(), What::Rescored(before, after)));
            }
        }
    }
    all
}

/// A score with the name of its framework, so that another framework is seen as such.
pub(in crate::insight) fn shown(framework: &Framework, item: &Record) -> String {
    match framework.score(item) {
        Score::Of(score) => format!("{} {}", framework.name, framework.shown(score)),
        Score::Needs(_) => "no score".to_owned(),
    }
}
