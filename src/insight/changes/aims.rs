//! Which metrics moved, what is to be looked at again, what do the sprints serve?

use super::{Change, Two, What};
use crate::insight::coverage::Aims;
use crate::insight::notes::{self, Note};
use crate::insight::outcome::Metric;
use crate::insight::overrides;
use crate::insight::points::Points;
use crate::insight::sprint::{self, State};
use crate::workspace::{Field, Hat, Id, Place, Record, Workspace};
use std::sync::Arc;

/// Metrics that were read since, each with its newest reading.
pub(super) fn read(two: &Two) -> Vec<Change> {
    let mut all = Vec::new();
    for objective in two.now.list(Place::Objectives) {
        let then = two.then.get(objective.id()).map_or_else(Vec::new, |then| Metric::all(then));
        for metric in Metric::all(objective) {
            let before = then.iter().find(|other| other.name == metric.name);
            let before = before.and_then(Metric::latest);
            let Some(after) = metric.latest().filter(|after| before != Some(*after)) else {
                continue;
            };
            let Metric { name, unit, .. } = metric;
            let before = before.map(|(_, value)| value);
            let what = What::Read { name, unit, before, after: after.1 };
            all.push(two.change(Hat::Pm, objective.id(), what));
        }
    }
    all
}

/// What is kept against its score and was to be looked at again by now.
pub(super) fn reviews(two: &Two) -> Vec<Change> {
    let due = overrides::kept(two.now).filter(overrides::Kept::is_open).filter_map(|kept| {
        let on = kept.review.filter(|on| *on <= two.today)?;
        let hat = two.now.place_of(&kept.item)?.hat();
        let what = What::Review(overrides::words(kept.is_above).to_owned(), on);
        let why = Some(kept.why).filter(|why| !why.is_empty());
        Some(Change { why, ..two.change(hat, &kept.item, what) })
    });
    due.collect()
}

/// What the goals of the sprints that run or are planned serve.
pub(super) fn goals(two: &Two) -> Vec<Change> {
    let open = two.now.list(Place::Sprints).iter().filter(|s| State::of(s) != State::Closed);
    let with_goal = open.filter(|sprint| !sprint.text(Field::Goal).is_empty());
    let goal = |sprint: &Arc<Record>| {
        let goal = sprint.text(Field::Goal).to_owned();
        two.change(Hat::Po, sprint.id(), What::Goal(goal, served(two.now, sprint.id())))
    };
    with_goal.map(goal).collect()
}

/// The objective that most points of a sprint serve, and their share of all its points.
fn served(workspace: &Workspace, sprint: &Id) -> Option<(Id, f64)> {
    let aims = Aims::of(workspace);
    let mut all = 0.0;
    let mut points = Points::new(workspace);
    let mut shares: Vec<(&Id, f64)> = Vec::new();
    for leaf in sprint::leaves(workspace, sprint) {
        let points = points.of(leaf).unwrap_or(1.0);
        all += points;
        let Some(aim) = aims.get(leaf.id()) else { continue };
        match shares.iter_mut().find(|(id, _)| *id == aim) {
            Some((_, share)) => *share += points,
            None => shares.push((aim, points)),
        }
    }
    let most = shares.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    Some((most.0.clone(), most.1 / all))
}

/// Notes to a hat that nobody answered.
pub(super) fn notes(two: &Two) -> Vec<Change> {
    let waiting = notes::all(two.now).into_iter().filter(Note::waits);
    waiting.map(|note| two.change(note.to, &note.item, What::Noted(note.text))).collect()
}
