//! Changes against the plan that both hats agreed on: each is a decision, and its reason is asked
//! for once.
//!
//! Like an item that is kept against its score, the decision is part of the change that makes it,
//! and the reason is asked for in the words that say what was done.

use super::{Decision, named};
use crate::app::App;
use crate::app::prompt::Prompt;
use crate::insight::trade::{self, Traded};
use crate::workspace::{Field, Id, Op, Value};

/// An op together with what it decides against the plan; and whether that is something new.
pub(in crate::app) fn decided(app: &mut App, op: Op) -> (Op, bool) {
    let (made, undone) = trade::of(app.workspace(), &op);
    if made.is_empty() && undone.is_empty() {
        return (op, false);
    }
    let (hat, today, is_new) = (app.board.hat, app.today, !made.is_empty());
    let mut ops = vec![op];
    for old in undone {
        // What was taken back on the same day, without a word, leaves no trace.
        let is_fresh = old.why.is_empty() && old.on == Some(today);
        let end = || Op::set(&old.decision, Field::Ended, Value::text(old.trade.undone()));
        ops.push(if is_fresh { Op::Remove { id: old.decision.clone() } } else { end() });
    }
    for (item, trade) in made {
        let decision = Decision { about: Some(&item), what: trade.words(), ..Decision::default() };
        ops.push(decision.kept(app.new_id(), hat, today));
    }
    (Op::Batch(ops), is_new)
}

/// Whether the last change against the plan still lacks its reason.
pub(in crate::app) fn asks(app: &App) -> bool {
    !trade::unexplained(app.workspace(), app.today).is_empty()
}

/// Asks why the last change against the plan was made.
pub(in crate::app) fn ask(app: &mut App) {
    let last = trade::unexplained(app.workspace(), app.today);
    let Some(one) = last.last() else { return };
    let title = named(app, &items(&last));
    Prompt::ask(app, format!("why {title} is {}", one.trade.words()), "", explain);
}

fn items(traded: &[Traded]) -> Vec<Id> {
    traded.iter().map(|traded| traded.item.clone()).collect()
}

fn explain(app: &mut App, why: &str) {
    let last = trade::unexplained(app.workspace(), app.today);
    let why = why.trim();
    if why.is_empty() || last.is_empty() {
        return;
    }
    let ops = last.iter().map(|one| Op::set(&one.decision, Field::Why, Value::text(why)));
    let ops = Op::Batch(ops.collect());
    app.commit(format!("said why: {}", named(app, &items(&last))), ops);
}

/// What the strip says of an item that was changed against the plan.
pub(in crate::app) fn band(app: &App, id: &Id) -> Option<(String, String)> {
    let last = trade::open(app.workspace()).rfind(|traded| traded.item == *id)?;
    let on = last.on.map(|on| format!("since {}", app.preferences.dates.show(on)));
    let why = Some(last.why).filter(|why| !why.is_empty());
    let text = on.into_iter().chain(why).collect::<Vec<_>>().join(" · ");
    Some((last.trade.words().to_owned(), text))
}
