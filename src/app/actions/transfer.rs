//! From one list into another: lanes, panes, the inbox, and `done`.

use super::story::unmet;
use super::{Action, Reason, Scope, against, named, nothing_here};
use crate::app::App;
use crate::insight::rank::now_limit;
use crate::workspace::{Field, Hat, Id, Kind, Op, Place, Record, Spot, Value, Workspace};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("lane-up", &["H", "alt-left"], "to the previous lane", |app| change_lane(app, -1))
        .command("move ID --to now --bottom")
        .scope(Scope::Lists)
        .repeats()
        .off(no_lanes),
    Action::new("lane-down", &["L", "alt-right"], "to the next lane", |app| change_lane(app, 1))
        .command("move ID --to later")
        .scope(Scope::Lists)
        .repeats()
        .off(no_lanes),
    Action::new("transfer", &["T"], "to the other pane, on top", transfer)
        .command("move ID --to backlog")
        .hint("to the other pane")
        .repeats()
        .off(nothing_here),
    Action::new("to-inbox", &["I"], "to the inbox, or from it to the top of the backlog", inbox)
        .command("move ID --to inbox")
        .repeats()
        .off(nothing_here),
    Action::new("done", &["d"], "done; from done, back on top of where it was", done)
        .also("mark done, complete, finish, archive")
        .command("done ID")
        .hint("done")
        .repeats()
        .off(nothing_here),
];

/// Why there is no lane to go to, if so.
pub(super) fn no_lanes(app: &App) -> Option<Reason> {
    let lanes = app.board.hat == Hat::Pm;
    (!lanes)
        .then(|| format!("only the roadmap has lanes · {} moves it there", app.key("transfer")))
        .or_else(|| nothing_here(app))
}

/// The neighbouring lane stands below or above on the screen: what goes down enters it on top,
/// what goes up at the bottom, so that it moves as little as it can.
pub(super) fn change_lane(app: &mut App, way: isize) {
    let ids = app.targets();
    let mut ops = Vec::new();
    let mut entered: Vec<Place> = Vec::new();
    let times = app.times().cast_signed();
    let order: Vec<&Id> = if way > 0 { ids.iter().rev().collect() } else { ids.iter().collect() };
    for id in order {
        let lanes = &Place::ROADMAP;
        let here = app.workspace().place_of(id);
        let Some(at) = lanes.iter().position(|lane| Some(*lane) == here) else { continue };
        let goal = at.saturating_add_signed(way * times).min(lanes.len() - 1);
        if goal != at {
            let spot = if way > 0 { Spot::top(lanes[goal]) } else { Spot::bottom(lanes[goal]) };
            ops.extend(turned(app.workspace(), id, lanes[goal]));
            ops.push(Op::shift(id, spot));
            entered.push(lanes[goal]);
        }
    }
    let Some(&lane) = entered.first() else {
        let end = if way > 0 { "last" } else { "first" };
        return app.refuse(format!("already in the {end} lane"));
    };
    let (same, into_now) = (
        entered.iter().all(|other| *other == lane),
        entered.iter().filter(|lane| **lane == Place::Now).count(),
    );
    let to = if same { lane.words() } else { "the lanes beside" };
    let over = limit(app, Place::Now, into_now);
    let words = format!("moved to {to}{}: {}{over}", as_what(&ops), named(app, &ids));
    against::commit(app, &words, &ids, ops);
}

/// A word when Now holds more than it should.
fn limit(app: &App, lane: Place, more: usize) -> String {
    let holds = app.workspace().list(lane).len() + more;
    let over = (lane == Place::Now && more > 0).then(|| crowded(app.workspace(), holds)).flatten();
    over.map_or(String::new(), |over| format!(" ({over})"))
}

/// What there is to say where Now holds so many items, which are more than it should.
pub fn crowded(workspace: &Workspace, holds: usize) -> Option<String> {
    let limit = now_limit(workspace.settings());
    #[expect(clippy::cast_precision_loss, reason = "a lane holds far fewer than 2^52 items")]
    let over = holds as f64 > limit;
    over.then(|| format!("Now holds {holds}, its limit is {limit}"))
}

fn transfer(app: &mut App) {
    let ids = app.targets();
    // What is unfolded in the roadmap may stand in the backlog.
    let here = ids.first().and_then(|id| app.workspace().place_of(id));
    let goal = match here.map(Place::hat) {
        Some(Hat::Po) => app.board.roadmap.place(),
        _ => Place::Backlog,
    };
    put(app, &ids, Spot::top(goal));
    if let Some(id) = ids.first() {
        app.board.anchor = None;
        app.go_to(id);
    }
}

/// What else becomes of an item that goes to another place. Initiative and epic change into each
/// other. What might be worth it, or was only said, is work once the roadmap takes it up, and has
/// dates like it; in Later it may wait as an idea. A sprint is of the place that is left.
pub fn turned(workspace: &Workspace, id: &Id, goal: Place) -> Vec<Op> {
    let (Some(record), Some(place)) = (workspace.get(id), workspace.place_of(id)) else {
        return Vec::new();
    };
    if place == goal {
        return Vec::new();
    }
    let kind = match (record.kind(), goal) {
        (Kind::Epic, _) if goal.in_roadmap() && !place.in_roadmap() => Some(Kind::Initiative),
        (Kind::Initiative, Place::Backlog) => Some(Kind::Epic),
        (Kind::Idea | Kind::Feedback, Place::Now | Place::Next) => Some(Kind::Initiative),
        (Kind::Idea, Place::Backlog) if place.in_roadmap() => Some(Kind::Story),
        (Kind::Feedback, Place::Later) => Some(Kind::Idea),
        _ => None,
    };
    let kind = kind.map(|kind| Op::set(id, Field::Kind, Value::text(kind.key())));
    let sprint = record.get(Field::Sprint).map(|_| Op::clear(id, Field::Sprint));
    kind.into_iter().chain(sprint).collect()
}

/// The kind that something is by these ops, in words.
fn as_what(ops: &[Op]) -> String {
    let kind = ops.iter().find_map(|op| match op {
        Op::Edit { field: Field::Kind, value, .. } => value.as_ref()?.as_text(),
        _ => None,
    });
    let words = |kind: &str| {
        let a = if kind.starts_with(['i', 'e']) { "an" } else { "a" };
        format!(" as {a} {kind}")
    };
    kind.map_or(String::new(), words)
}

fn inbox(app: &mut App) {
    let ids = app.targets();
    let here = ids.first().and_then(|id| app.workspace().place_of(id));
    let spot = match here {
        Some(Place::Inbox) => Spot::top(Place::Backlog),
        _ => Spot::top(Place::Inbox),
    };
    put(app, &ids, spot);
}

/// Moves records to a spot in their order, in one step, with the edits that go with it.
fn put(app: &mut App, ids: &[Id], spot: Spot) {
    let mut ops = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        ops.extend(turned(app.workspace(), id, spot.place));
        ops.push(Op::shift(id, Spot::new(spot.place, spot.index.saturating_add(at))));
    }
    let over = limit(app, spot.place, ids.len());
    let unplanned = |op: &&Op| matches!(op, Op::Edit { field: Field::Sprint, .. });
    let sprint = if ops.iter().any(|op| unplanned(&op)) { ", out of its sprint" } else { "" };
    let to = format!("{}{}", spot.place.words(), as_what(&ops));
    let words = format!("moved to {to}{sprint}: {}{over}", named(app, ids));
    if app.commit(words, Op::Batch(ops)) {
        app.board.deselect();
    }
}

fn done(app: &mut App) {
    let ids = app.targets();
    let back = ids.iter().all(|id| app.workspace().place_of(id) == Some(Place::Done));
    let today = app.today;
    let ops = ids
        .iter()
        .filter_map(|id| {
            let record = app.workspace().get(id)?;
            let place = app.workspace().place_of(id)?;
            match (back, place) {
                (true, _) => Some(reopened(record)),
                (false, Place::Done) => None,
                (false, _) => Some(finished(record, place, today)),
            }
        })
        .flatten()
        .collect();
    let words = if back { "taken up again" } else { "done" };
    let open = |id: &Id| app.workspace().get(id).map_or(0, |record| unmet(record));
    let open: usize = if back { 0 } else { ids.iter().map(open).sum() };
    let open = match open {
        0 => String::new(),
        1 => ", though a criterion is not ticked".to_owned(),
        many => format!(", though {many} criteria are not ticked"),
    };
    if app.commit(format!("{words}: {}{open}", named(app, &ids)), Op::Batch(ops)) {
        app.board.deselect();
    }
}

/// What marks a record done: the day, and where it stood. Its status stays for when it is taken up
/// again; in `done` it says nothing.
pub fn finished(record: &Record, place: Place, today: crate::workspace::Date) -> Vec<Op> {
    let id = record.id();
    vec![
        Op::set(id, Field::Done, Value::Date(today)),
        Op::set(id, Field::From, Value::text(place.key())),
        Op::shift(id, Spot::bottom(Place::Done)),
    ]
}

/// What takes a record up again: on top of where it stood, the backlog if that is not known.
pub fn reopened(record: &Record) -> Vec<Op> {
    let id = record.id();
    let from = Place::of_items(record.text(Field::From)).unwrap_or(Place::Backlog);
    let mut ops = Vec::new();
    for field in Field::OF_DONE {
        ops.extend(record.get(field).map(|_| Op::clear(id, field)));
    }
    ops.push(Op::shift(id, Spot::top(from)));
    ops
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Content;
    use crate::workspace::Place::{Backlog, Inbox, Later, Next, Now};
    use std::sync::Arc;

    #[test]
    fn what_is_taken_up_is_work() {
        let kind = |kind: &str, from: Place, goal: Place| {
            let item = Record::new(Id::new("a")).with(Field::Kind, Value::text(kind));
            let mut content = Content::default();
            content.fill(from, vec![Arc::new(item)]);
            as_what(&turned(&Workspace::new(content), &Id::new("a"), goal))
        };
        for (was, from, goal, is) in [
            ("feedback", Inbox, Backlog, ""),
            ("feedback", Inbox, Later, " as an idea"),
            ("feedback", Inbox, Now, " as an initiative"),
            ("idea", Later, Next, " as an initiative"),
            ("idea", Later, Backlog, " as a story"),
            ("idea", Backlog, Later, ""),
            ("epic", Backlog, Now, " as an initiative"),
            ("epic", Next, Now, ""),
            ("initiative", Now, Backlog, " as an epic"),
            ("initiative", Now, Inbox, ""),
            ("story", Backlog, Now, ""),
            ("bug", Inbox, Backlog, ""),
        ] {
            assert_eq!(kind(was, from, goal), is, "{was} from {from:?} to {goal:?}");
        }
    }
}
