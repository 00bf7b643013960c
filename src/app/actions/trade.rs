//! Changes against the plan that both hats agreed on: each is a decision, and its reason is asked
//! for once.
//!
//! Like an item that is kept against its score, the decision is part of the change that makes it,
//! and the reason is asked for in the words that say what was done.

use super::{Decision, named};
use crate::app::App;
use crate::app::prompt::Prompt;
use crate::insight::trade::{self, Trade, Traded};
use crate::workspace::{Date, Field, Hat, Id, Op, Value};

/// An op together with what it decides against the plan; and whether that is something new.
pub(in crate::app) fn decided(app: &mut App, op: Op) -> (Op, bool) {
    let trading = Trading { why: "", hat: app.board.hat, today: app.today };
    let traded = trade::of(app.workspace(), &op);
    trading.decided(op, traded, || app.new_id())
}

/// Who changes something against the plan, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Trading<'a> {
    /// Why; empty where nobody says so.
    pub why: &'a str,
    /// The hat that is on.
    pub hat: Hat,
    /// The day it is decided.
    pub today: Date,
}

impl Trading<'_> {
    /// An op together with what it decides against the plan and what of that it takes back, as
    /// `trade::of` finds both; and whether anything new is decided. A decision gets the id that
    /// `new` gives.
    pub fn decided(
        self,
        op: Op,
        (made, undone): (Vec<(Id, Trade)>, Vec<Traded>),
        mut new: impl FnMut() -> Id,
    ) -> (Op, bool) {
        let is_new = !made.is_empty();
        let ended = undone.into_iter().map(|old| self.ended(&old));
        let begun = made.into_iter().map(|(item, trade)| {
            let (what, why) = (trade.words(), self.why);
            let decision = Decision { about: Some(&item), what, why, ..Decision::default() };
            decision.kept(new(), self.hat, self.today)
        });
        let more: Vec<Op> = ended.chain(begun).collect();
        if more.is_empty() {
            return (op, false);
        }
        (Op::Batch([vec![op], more].concat()), is_new)
    }

    /// What was taken back on the same day, without a word, leaves no trace.
    fn ended(self, old: &Traded) -> Op {
        if old.why.is_empty() && old.on == Some(self.today) {
            return Op::Remove { id: old.decision.clone() };
        }
        Op::set(&old.decision, Field::Ended, Value::text(old.trade.undone()))
    }
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
