//! In which order things stand: moving them by hand, and by their score.

use super::{Action, Reason, Scope, against, named, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::lane::Lane;
use crate::app::{App, Window};
use crate::insight::order;
use crate::insight::rank::position;
use crate::workspace::{Field, Hat, Id, Op, Place, Spot};
use std::collections::HashSet;
use std::rc::Rc;

/// Moves that are listed before a new order is taken: more than anybody reads.
const LISTED: usize = 1_000;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("move-down", &["J", "alt-down"], "move down", |app| slide(app, Way::Down))
        .command("move ID --by 1")
        .hint("move")
        .repeats()
        .scope(Scope::Lists)
        .off(fixed),
    Action::new("move-up", &["K", "alt-up"], "move up", |app| slide(app, Way::Up))
        .command("move ID --by -1")
        .hint("move")
        .repeats()
        .scope(Scope::Lists)
        .off(fixed),
    Action::new("move-top", &["gK"], "move to the top", |app| slide(app, Way::Top))
        .also("first, highest")
        .command("move ID --top")
        .repeats()
        .scope(Scope::Lists)
        .off(fixed),
    Action::new("move-bottom", &["gJ"], "move to the bottom", |app| slide(app, Way::Bottom))
        .also("last, lowest")
        .command("move ID --bottom")
        .repeats()
        .scope(Scope::Lists)
        .off(fixed),
    Action::new("score-view", &["o"], "look in score order, or in your own again", |app| {
        let pane = app.board.focused_mut();
        pane.by_score = !pane.by_score;
        let seen = if pane.by_score { "score order, to look at" } else { "your own order" };
        let turn = app.key("score-view");
        app.say(format!("{seen} · {turn} turns it round"));
    })
    .also("sort")
    .scope(Scope::Lists),
    Action::new("score-order", &["O"], "make the score order your own", propose)
        .also("sort for good, reorder")
        .command("score --in backlog --apply")
        .scope(Scope::Lists),
];

/// Where something moves in its list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
    Top,
    Bottom,
}

/// In the score view the rows do not stand where they are.
fn fixed(app: &App) -> Option<Reason> {
    let pane = app.board.focused();
    if pane.by_score {
        let (back, keep) = (app.key("score-view"), app.key("score-order"));
        return Some(format!(
            "this is the score order, to look at · {back} goes back to yours, {keep} makes it yours"
        ));
    }
    if pane.is_below() && siblings(app).is_none() {
        let links = app.key("links");
        return Some(format!("it is shown as a part of another · {links} goes where it stands"));
    }
    nothing_here(app)
}

/// In the tree, what is part of the same as the row of the cursor and stands in the same list.
fn siblings(app: &App) -> Option<Vec<&Id>> {
    let record = app.current().filter(|_| app.board.tree)?;
    let (parent, place) = (record.link(Field::Parent)?, app.board.focused().place());
    let list = app.workspace().list(place).iter();
    let list = list.filter(|item| item.link(Field::Parent) == Some(parent));
    let siblings: Vec<&Id> = list.map(|item| item.id()).collect();
    siblings.contains(&record.id()).then_some(siblings)
}

/// Moves what the command works on in its list.
pub(super) fn slide(app: &mut App, way: Way) {
    let ids = app.targets();
    let ops: Vec<Op> =
        Place::ITEMS.into_iter().flat_map(|place| ops(app, place, &ids, way)).collect();
    let words = match way {
        Way::Up => "moved up",
        Way::Down => "moved down",
        Way::Top => "moved to the top",
        Way::Bottom => "moved to the bottom",
    };
    if ops.is_empty() {
        let end = if matches!(way, Way::Up | Way::Top) { "top" } else { "bottom" };
        return app.refuse(format!("already at the {end}"));
    }
    let words = format!("{words}: {}", named(app, &ids));
    against::commit(app, &words, &ids, ops);
}

/// The moves that take the records of one place where they go, each over rows that are shown.
fn ops(app: &App, place: Place, ids: &[Id], way: Way) -> Vec<Op> {
    let chosen: HashSet<&Id> =
        ids.iter().filter(|id| app.workspace().place_of(id) == Some(place)).collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let Some(lane) = app.board.focused().lanes.iter().find(|lane| lane.place == place) else {
        return Vec::new();
    };
    let list = app.workspace().list(place);
    let siblings = siblings(app).filter(|_| app.board.focused().is_below());
    let (shown, by) = match (way, siblings) {
        // The top is the top of the list, whatever is shown of it.
        (Way::Top | Way::Bottom, _) => {
            (list.iter().map(|record| record.id()).collect(), list.len())
        }
        (Way::Up | Way::Down, Some(siblings)) => (siblings, app.times()),
        (Way::Up | Way::Down, None) => (within_reach(app, lane, &chosen), app.times()),
    };
    let index = |id: Option<&&Id>| Some(app.workspace().spot_of(id?)?.index);
    let (Some(first), Some(last)) = (index(shown.first()), index(shown.last())) else {
        return Vec::new();
    };
    // What stands before the first or behind the last of them gives way to nobody.
    let stretch = list[first..=last].iter().map(|record| record.id()).collect();
    let turned = matches!(way, Way::Down | Way::Bottom);
    moves(stretch, &shown, |id| chosen.contains(id), by, turned)
        .into_iter()
        .map(|(id, index)| Op::shift(&id, Spot::new(place, first + index)))
        .collect()
}

/// The rows of a lane from the first to the last of what is chosen, and as many on either side as
/// the command goes.
fn within_reach<'a>(app: &'a App, lane: &Lane, chosen: &HashSet<&Id>) -> Vec<&'a Id> {
    let list = app.workspace().list(lane.place);
    let row = |id: &&Id| lane.row(app.workspace().spot_of(id)?.index);
    let rows: Vec<usize> = chosen.iter().filter_map(row).collect();
    let (Some(first), Some(last)) = (rows.iter().min(), rows.iter().max()) else {
        return Vec::new();
    };
    let own = |row: usize| Some(list.get(lane.index(row)?)?.id());
    let before = (0..*first).rev().filter_map(own).take(app.times());
    let mut rows: Vec<&Id> = before.collect();
    rows.reverse();
    rows.extend((*first..=*last).filter_map(own));
    rows.extend((last + 1..lane.len()).filter_map(own).take(app.times()));
    rows
}

/// Where each record that is `chosen` goes when all move by `by` shown rows, up or (`down`) down, keeping
/// their order and stopping behind each other at the end. The indexes hold one after the other.
pub fn moves(
    mut list: Vec<&Id>,
    shown: &[&Id],
    chosen: impl Fn(&Id) -> bool,
    by: usize,
    down: bool,
) -> Vec<(Id, usize)> {
    let mut rows = shown.to_vec();
    let mut moves = Vec::new();
    // Downwards is upwards seen from the other end.
    if down {
        rows.reverse();
    }
    let mut stop = 0;
    for row in 0..rows.len() {
        let id = rows[row];
        if !chosen(id) {
            continue;
        }
        let goal = row.saturating_sub(by).max(stop);
        stop = goal + 1;
        if goal == row {
            continue;
        }
        let at = |list: &[&Id], id: &Id| list.iter().position(|other| *other == id);
        let (Some(from), Some(to)) = (at(&list, id), at(&list, rows[goal])) else { continue };
        let moved = list.remove(from);
        list.insert(to, moved);
        rows[goal..=row].rotate_right(1);
        moves.push((id.clone(), to));
    }
    moves
}

/// The scores of a list.
fn scores(app: &App, hat: Hat, place: Place) -> impl ExactSizeIterator<Item = Option<f64>> {
    let (framework, standing) = (app.framework(hat), app.standing(hat));
    let first = position(app.workspace(), hat, Spot::new(place, 0)).unwrap_or_default();
    app.workspace().list(place).iter().enumerate().map(move |(at, item)| match standing {
        Some(standing) => standing.score(framework, first + at, item),
        None => framework.score(item).value(),
    })
}

/// Shows what the score order would move, and makes it the order once the person says so.
fn propose(app: &mut App) {
    let hat = app.board.hat;
    let framework = app.framework(hat);
    let places = app.board.focused().lanes.iter().map(|lane| lane.place).collect::<Vec<_>>();
    let mut moved = 0;
    let mut about = Vec::new();
    let mut ops = Vec::new();
    for place in places {
        let list = app.workspace().list(place);
        let order = order::by_scores(scores(app, hat, place));
        ops.extend(order::arranged(place, list, &order));
        for (to, from) in order.into_iter().enumerate().filter(|(to, from)| from != to) {
            moved += 1;
            if moved <= LISTED {
                let (now, then, lane) = (from + 1, to + 1, lane_word(hat, place));
                about.push(format!("{now:>3} → {then:<3} {lane}  {}", list[from].title()));
            }
        }
    }
    if moved == 0 {
        return app.refuse(format!("this is the {} order already", framework.name));
    }
    if moved > LISTED {
        about.push(format!("… and {} more", moved - LISTED));
    }
    let words = format!("put in {} order: {moved} items", framework.name);
    let title = format!("{moved} items would move into {} order", framework.name);
    let apply = Choice::new(
        'm',
        "make it the order",
        "",
        Rc::new(move |app| {
            app.board.focused_mut().by_score = false;
            app.commit(words.clone(), Op::Batch(ops.clone()));
        }),
    );
    let keep = Choice::new('c', "change nothing", "", Rc::new(|_| {}));
    app.windows.push(Window::Choices(Choices::new(title, about, vec![apply, keep])));
}

fn lane_word(hat: Hat, place: Place) -> &'static str {
    if hat == Hat::Pm { place.words() } else { "" }
}
