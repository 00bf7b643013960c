//! What waiting costs, and where a new item belongs.

use super::{Action, nothing_here, turned};
use crate::app::choice::{Choice, Choices};
use crate::app::{App, Window, detail};
use crate::insight::order;
use crate::insight::questions::{Answer, Placement};
use crate::insight::schedule::{Move, Schedule, usual};
use crate::scoring::shown;
use crate::workspace::{Id, Op, Place, Spot};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("schedule", &[], "schedule: the order of least delay", least_delay)
        .shows()
        .command("schedule --apply"),
    Action::new("place", &["P"], "place it by a few questions", place)
        .command("move ID --before ITEM")
        .off(nothing_here),
];

/// Single moves that are offered.
const MOVES: usize = 3;

/// Asks for the order of least delay, which may take a while.
fn least_delay(app: &mut App) {
    let places = app.board.focused().lanes.iter().map(|lane| lane.place).collect();
    app.plan(places);
}

/// Shows what the order costs and what the best one would, and makes it the order when told so.
pub(in crate::app) fn show(app: &mut App, plans: &[(Place, Schedule)]) {
    let plans: Vec<&(Place, Schedule)> =
        plans.iter().filter(|(_, plan)| !plan.order.is_empty()).collect();
    if plans.is_empty() {
        return app.refuse("nothing here is rated · s scores");
    }
    let ops: Vec<Op> =
        plans.iter().filter_map(|(place, plan)| plan.arranged(app.workspace(), *place)).collect();
    let about = plans.iter().flat_map(|(place, plan)| told(app, *place, plan)).collect();
    let mut choices = Vec::new();
    if !ops.is_empty() {
        let words = "put in the order of least delay";
        let run = move |app: &mut App| {
            app.commit(words, Op::Batch(ops.clone()));
        };
        choices.push(Choice::new('m', "make it the order", "", Rc::new(run)));
    }
    let best = plans.iter().flat_map(|(place, plan)| {
        plan.moves.iter().map(move |best| (*place, plan, best)).take(MOVES)
    });
    for (key, (place, plan, best)) in ('1'..='9').zip(best) {
        choices.push(single(app, key, place, plan, best));
    }
    choices.push(Choice::new('c', "change nothing", "", Rc::new(|_| {})));
    let title = "The order of least delay".to_owned();
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}

/// What there is to say of a plan.
fn told(app: &App, place: Place, plan: &Schedule) -> Vec<String> {
    let (now, best) = (shown(plan.current_cost), shown(plan.cost));
    let framework = usual(app.workspace(), place).name;
    let mut lines = vec![
        format!("{}, by {framework}", place.words()),
        format!("waiting costs {now} as it stands, {best} in this order: {}", plan.proof()),
    ];
    let title = |id: &Id| detail::linked(app.reading(), id);
    lines.extend(plan.order.iter().zip(1..).map(|(id, at)| format!("{at:>4}  {}", title(id))));
    let left = plan.left_out.iter();
    lines.extend(left.map(|item| format!("   –  {} is not rated", title(&item.id))));
    lines
}

/// The answer that makes one move only.
fn single(app: &App, key: char, place: Place, plan: &Schedule, best: &Move) -> Choice {
    let mut order: Vec<Id> = plan.current.iter().filter(|id| **id != best.id).cloned().collect();
    order.insert((best.to - 1).min(order.len()), best.id.clone());
    let list = app.workspace().list(place);
    let op = order::arranged(place, list, &order::placed(list, &order));
    let title = detail::linked(app.reading(), &best.id);
    let words = format!("moved to {}: {title}", best.to);
    let run = move |app: &mut App| {
        app.commit(words.clone(), Op::Batch(op.iter().cloned().collect()));
    };
    let about = format!("saves {}", shown(best.saves));
    Choice::new(key, format!("only {title} to {}", best.to), about, Rc::new(run))
}

/// Finds by halving where the item belongs: what came in goes to the backlog.
fn place(app: &mut App) {
    let Some(id) = app.cursor().cloned() else { return };
    let goal = match app.workspace().place_of(&id) {
        Some(Place::Inbox) => Place::Backlog,
        Some(place) if place.holds_items() && place != Place::Done => place,
        _ => return app.refuse("what is done has its place"),
    };
    let others = app.workspace().list(goal).iter().map(|record| record.id().clone());
    let others: Rc<[Id]> = others.filter(|other| *other != id).collect();
    let placement = Placement::among(others.len());
    compared(app, &Placing { id, goal, others }, placement);
}

/// An item that looks for its place among others.
#[derive(Debug, Clone)]
struct Placing {
    id: Id,
    goal: Place,
    others: Rc<[Id]>,
}

/// Asks the next question, or puts the item where the answers say.
fn compared(app: &mut App, placing: &Placing, placement: Placement) {
    let title = detail::linked(app.reading(), &placing.id);
    if let Some(index) = placement.found() {
        return found(app, placing, index);
    }
    let Some(other) = placement.ask().and_then(|at| placing.others.get(at)) else { return };
    let choice = |key, label: String, answer| {
        let placing = placing.clone();
        let run = move |app: &mut App| compared(app, &placing, placement.answered(answer));
        Choice::new(key, label, "", Rc::new(run))
    };
    let choices = vec![
        choice('←', title, Answer::New),
        choice('→', detail::linked(app.reading(), other), Answer::Other),
        choice('=', "can't tell".into(), Answer::Alike),
    ];
    let questions = match placement.left() {
        1 => "the last question".to_owned(),
        left => format!("at most {left} questions"),
    };
    let title = format!("Which one first? {questions}");
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices)));
}

fn found(app: &mut App, placing: &Placing, index: usize) {
    let Placing { id, goal, .. } = placing;
    let title = detail::linked(app.reading(), id);
    let Some(spot) = app.workspace().spot_of(id) else { return };
    if spot == Spot::new(*goal, index) {
        return app.say(format!("it stands where it belongs: {title}"));
    }
    let mut ops = vec![Op::shift(id, Spot::new(*goal, index))];
    ops.extend(turned(app.workspace(), id, *goal));
    let words = format!("placed {} in {}: {title}", index + 1, goal.words());
    app.commit(words, Op::Batch(ops));
}
