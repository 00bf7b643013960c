//! Defending an order: how sure it is, why, what to ask, and what waiting costs.

use super::{Action, Decision, Reason, named, nothing_here, review};
use crate::app::choice::{Choice, Choices};
use crate::app::prompt::Prompt;
use crate::app::{App, Window, detail};
use crate::insight::chance::percent;
use crate::insight::explain::{Explanation, Share, Turn, explain};
use crate::insight::rank::items;
use crate::insight::{lens, overrides};
use crate::scoring::{Framework, shown};
use crate::workspace::{Id, Op};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("explain", &["X"], "why it is ahead, and what would turn it round", why)
        .off(nothing_here),
    Action::new("compare", &[], "compare with another framework", compare).off(unscored),
    Action::new("decide", &[], "say why it stands where it stands", |app| {
        Prompt::ask(app, "why it stands there".into(), "", decide);
    })
    .also("decision, reason")
    .command("decide ID 'a pilot signed for it'")
    .off(nothing_here),
];

/// Items of which it is said why two frameworks differ about them.
const TOLD: usize = 5;

/// Items with a score that are needed to speak of an order.
fn unscored(app: &App) -> Option<Reason> {
    let scored = app.standing(app.board.hat)?.ranking.items.len();
    (scored < 2).then(|| "fewer than two items have a score · s scores".to_owned())
}

/// Shows lines to read.
pub(super) fn page(app: &mut App, title: String, lines: Vec<String>) {
    let close = Choice::new('q', "close", "", Rc::new(|_: &mut App| {}));
    app.windows.push(Window::Choices(Choices::new(title, lines, vec![close])));
}

/// Explains the two that are selected, or the item and the next one in score order.
fn why(app: &mut App) {
    app.conclude();
    let ids = app.targets();
    let pair = match &ids[..] {
        [a, b] => Some((a.clone(), b.clone())),
        [a] => neighbour(app, a).map(|b| (a.clone(), b)),
        _ => None,
    };
    let Some((a, b)) = pair else {
        return app.refuse("select two items, or one that has a score beside others");
    };
    let framework = app.framework(app.board.hat);
    let (Some(first), Some(second)) = (app.workspace().get(&a), app.workspace().get(&b)) else {
        return;
    };
    match explain(framework, first, second, app.today) {
        Err(why) => app.refuse(why.to_string()),
        Ok(told) => {
            let title = format!("{} beside {}", first.title(), second.title());
            let mut lines = vec![framework.explain(first), framework.explain(second)];
            lines.extend(explained(framework, &told));
            page(app, title, lines);
        }
    }
}

/// The next one in score order; of the last the one before.
fn neighbour(app: &App, id: &Id) -> Option<Id> {
    let standing = app.standing(app.board.hat)?;
    let items = &standing.ranking.items;
    let rank = standing.get(id)?.rank;
    let beside = items.get(rank).or_else(|| items.get(rank.checked_sub(2)?))?;
    Some(beside.id().clone())
}

fn explained(framework: &Framework, told: &Explanation) -> Vec<String> {
    let chance = told.chance.map(|chance| format!("{} that the first is ahead", percent(chance)));
    let mut lines = vec![chance.unwrap_or_else(|| "classes have an order and no chance".into())];
    let factor = |share: &Share| {
        let name = framework.factor(share.factor).map_or(share.factor, |factor| factor.name);
        let Some(part) = share.share else {
            return format!("{:>7}  {name}: they tie as they are", "–");
        };
        let part = format!("{:.0} %", part * 100.0);
        let evens = told.break_even.iter().filter(|even| even.factor == share.factor);
        let turns = evens.map(|even| turn(even.turn(framework), even.item == told.a));
        let turns: Vec<String> = turns.collect();
        format!("{part:>7}  {name}: they tie at {}", turns.join(", "))
    };
    lines.extend(told.shares.iter().map(factor));
    lines
}

/// The value with which the one item, or the other, would tie.
fn turn(turn: Turn, is_first: bool) -> String {
    let whose = if is_first { "of the first" } else { "of the second" };
    match turn {
        Turn::At(value) => format!("{} {whose}", shown(value)),
        Turn::Between(below, above) => format!("{} to {} {whose}", shown(below), shown(above)),
        Turn::Never => format!("none {whose}"),
    }
}

/// Keeps why the item under the cursor stands where it stands.
fn decide(app: &mut App, why: &str) {
    app.conclude();
    let ids: Vec<Id> = app.cursor().cloned().into_iter().collect();
    let (Some(item), false) = (ids.first(), why.trim().is_empty()) else { return };
    let (id, hat, today) = (app.new_id(), app.board.hat, app.today);
    let stands = items(app.workspace(), hat);
    let against = app.standing(hat).and_then(|standing| {
        overrides::of(&standing.ranking, stands.iter().map(|record| record.id()), item)
    });
    let decision = Decision {
        about: Some(item),
        what: against.as_ref().map_or("decided", |found| overrides::words(found.is_above)),
        why: why.trim(),
        review: against.as_ref().map(|_| review(today)),
        ..Decision::default()
    };
    let op: Op = decision.kept(id, hat, today);
    app.commit(format!("decided: {}", named(app, &ids)), op);
}

/// Asks for the other framework, and shows both side by side.
fn compare(app: &mut App) {
    let one = app.framework(app.board.hat);
    let others = Framework::all(app.workspace().settings()).into_iter();
    let choices = others.filter(|other| other.id != one.id).map(|other| {
        let key = other.id.chars().next().unwrap_or('?');
        let run = move |app: &mut App| side_by_side(app, one, other);
        Choice::new(key, other.name, other.summary, Rc::new(run))
    });
    let title = format!("{} beside", one.name);
    let choices = Choices::new(title, Vec::new(), choices.collect());
    app.windows.push(Window::Choices(choices));
}

fn side_by_side(app: &mut App, one: &'static Framework, other: &'static Framework) {
    let lenses = lens::compare(one, other, &items(app.workspace(), app.board.hat));
    if lenses.items.is_empty() {
        return app.refuse(format!("nothing is scored by both {} and {}", one.name, other.name));
    }
    let tau = lenses.tau.map_or("–".into(), |tau| format!("{tau:.2}"));
    let mut lines = vec![
        format!("Kendall's tau {tau}: 1 is the same order, -1 the reverse"),
        format!("rank by {} → by {}, those that differ most first", one.name, other.name),
    ];
    lines.extend(lenses.items.iter().enumerate().flat_map(|(nth, item)| {
        let (title, (a, b)) = (detail::linked(app.reading(), &item.id), item.ranks);
        let pulls = [(one, &item.pulls.0), (other, &item.pulls.1)].into_iter();
        let pulls = pulls.filter(|_| nth < TOLD).filter_map(|(framework, pull)| {
            pull.as_ref().map(|pull| format!("             {}", detail::pulled(framework, pull)))
        });
        std::iter::once(format!("{a:>4} → {b:<4}  {title}")).chain(pulls).collect::<Vec<_>>()
    }));
    page(app, format!("{} beside {}", one.name, other.name), lines);
}
