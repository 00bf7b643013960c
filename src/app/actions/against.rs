//! Items kept against their score: that is a decision, with a reason if one is given, and a day to
//! look at it again.
//!
//! The decision is part of the move that makes it, so that undo takes back both; the reason is
//! asked for in the words that say what was done, where it is in nobody's way.

use super::{Action, Decision, Scope, named, review};
use crate::app::choice::{Choice, Choices};
use crate::app::picker::{Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::{App, Window, detail};
use crate::insight::overrides::{self, Against, Kept, Override};
use crate::insight::rank::{Ranking, items};
use crate::workspace::{Change, Date, Document, Field, Hat, Id, Op, Place, Value, Workspace};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("overrides", &[], "items kept against their score, and how that ended", list)
        .scope(Scope::Anywhere)
        .off(|app| {
            let none = overrides::kept(app.workspace()).next().is_none();
            none.then(|| "nothing was ever kept against its score".to_owned())
        })];

/// How a decision ends whose item went back to where its score puts it.
const BACK: &str = "back in its band";
/// How one ends that the person takes back.
const WITHDRAWN: &str = "withdrawn";

/// Moves items, and decides to keep them against their score where the move does that; or ends
/// that decision where the move takes them back. Whether it was done.
pub(in crate::app) fn commit(app: &mut App, words: &str, ids: &[Id], ops: Vec<Op>) -> bool {
    app.conclude();
    let decided = decided(app, ids, &ops);
    let is_new = decided.iter().any(|op| matches!(op, Op::Insert { .. }));
    let done = app.commit(words, Op::Batch(ops.into_iter().chain(decided).collect()));
    if done && is_new {
        let (why, undo) = (app.key("banner"), app.key("undo"));
        let dates = app.moved_dates();
        app.say(format!(
            "{words} · against its score: {why} says why{dates} · {undo} takes it back"
        ));
    }
    done
}

/// What a move decides on the board.
fn decided(app: &mut App, ids: &[Id], ops: &[Op]) -> Vec<Op> {
    let (hat, today) = (app.board.hat, app.today);
    let Some(standing) = app.standing(hat) else { return Vec::new() };
    let workspace = app.workspace();
    let one = match (ids, ops) {
        ([id], [Op::Move { to, .. }]) => Some(id).zip(standing.moved(workspace, hat, id, *to)),
        _ => None,
    };
    let keepings = match one {
        Some((id, moved)) => Keeping::of(workspace, id, moved).into_iter().collect(),
        None => Moving { workspace, ranking: &standing.ranking, hat }.keepings(ids, ops),
    };
    let op = |keeping: Keeping| keeping.op(|| app.new_id(), "", hat, today);
    keepings.into_iter().filter_map(op).collect()
}

/// A pane before something in it is moved.
#[derive(Debug)]
pub struct Moving<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// How the items of the pane rank.
    pub ranking: &'a Ranking,
    /// Whose pane it is.
    pub hat: Hat,
}

/// What the move of an item decides.
#[derive(Debug)]
pub enum Keeping {
    /// It is kept against its score from now on, above it or not.
    Begins(Id, bool),
    /// It still is.
    Stands(Kept),
    /// It is not any more.
    Ends(Kept),
}

impl Moving<'_> {
    /// What moving `ids` within the pane by `ops` decides. What goes further past the other bands than before is
    /// kept against its score.
    pub fn keepings(&self, ids: &[Id], ops: &[Op]) -> Vec<Keeping> {
        let own = items(self.workspace, self.hat);
        let own = own.iter().map(|record| record.id());
        let before = overrides::each(self.ranking, own, ids.iter());
        let stand = self.after(ops).unwrap_or_default();
        let after = overrides::each(self.ranking, stand.iter(), ids.iter());
        let keeping = |id: &Id| {
            let moved = [&before, &after].map(|all| find(all, id).map(Override::against));
            Keeping::of(self.workspace, id, moved)
        };
        ids.iter().filter(|id| stand.contains(id)).filter_map(keeping).collect()
    }

    /// The items of the pane as they would stand after these changes.
    fn after(&self, ops: &[Op]) -> Option<Vec<Id>> {
        let mut trial = Document::new(self.workspace.clone());
        let op = Op::Batch(ops.to_vec());
        trial.commit(Change { words: String::new(), hat: self.hat, op }).ok()?;
        let items = items(trial.workspace(), self.hat);
        Some(items.iter().map(|record| record.id().clone()).collect())
    }
}

impl Keeping {
    /// What is decided by moving an item that stood so far against its score and then so far.
    fn of(workspace: &Workspace, id: &Id, [before, after]: [Option<Against>; 2]) -> Option<Self> {
        let passed = before.map_or(0, |against| against.passed);
        match (after, overrides::open(workspace, id)) {
            (Some(against), None) if against.passed > passed => {
                Some(Self::Begins(id.clone(), against.is_above))
            }
            (Some(_), Some(kept)) => Some(Self::Stands(kept)),
            (None, Some(kept)) => Some(Self::Ends(kept)),
            _ => None,
        }
    }

    /// The change that keeps it, with the reason that was given if one was; a new decision gets
    /// the id that `new` gives.
    pub fn op(self, new: impl FnOnce() -> Id, why: &str, hat: Hat, today: Date) -> Option<Op> {
        match self {
            Self::Begins(id, is_above) => {
                let what = overrides::words(is_above);
                let review = Some(review(today));
                let decision = Decision { about: Some(&id), what, why, review, over: None };
                Some(decision.kept(new(), hat, today))
            }
            Self::Stands(kept) if why.is_empty() || kept.why == why => None,
            Self::Stands(kept) => Some(Op::set(&kept.decision, Field::Why, Value::text(why))),
            // What was begun and taken back in one go, without a word, leaves no trace.
            Self::Ends(kept) if kept.on == Some(today) && kept.why.is_empty() => {
                Some(Op::Remove { id: kept.decision })
            }
            Self::Ends(kept) => Some(Op::set(&kept.decision, Field::Ended, Value::text(BACK))),
        }
    }
}

fn find<'a>(all: &'a [Override], id: &Id) -> Option<&'a Override> {
    all.iter().find(|found| found.id == *id)
}

/// The decision that keeps the item under the cursor against its score, where it still stands so.
pub(in crate::app) fn here(app: &App) -> Option<Kept> {
    let id = app.cursor()?;
    app.standing(app.board.hat)?.kept(id)?;
    overrides::open(app.workspace(), id)
}

/// Whether the item under the cursor is kept against its score and nobody said why.
pub(in crate::app) fn asks(app: &App) -> bool {
    here(app).is_some_and(|kept| kept.why.is_empty())
}

/// What can be done about it: a reason, or an end.
pub(in crate::app) fn choices(app: &mut App) {
    let Some(kept) = here(app) else { return };
    let words = overrides::words(kept.is_above);
    let title = format!("{} is {words}", named(app, std::slice::from_ref(&kept.item)));
    let mut about = vec![if kept.why.is_empty() {
        "nobody said why yet".to_owned()
    } else {
        format!("because {}", kept.why)
    }];
    let day = kept.review.map(|day| app.preferences.dates.show(day));
    about.extend(day.map(|day| format!("to be looked at again on {day}")));
    let reason = Rc::new(|app: &mut App| {
        let why = here(app).map(|kept| kept.why).unwrap_or_default();
        Prompt::ask(app, "why it stands there".into(), &why, explain);
    });
    let choices = vec![
        Choice::new('w', "say why", "", reason),
        Choice::new('e', "end it", "it stays where it is, without the mark", Rc::new(withdraw)),
        Choice::new('c', "change nothing", "", Rc::new(|_| {})),
    ];
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}

fn explain(app: &mut App, why: &str) {
    let Some(kept) = here(app).filter(|kept| kept.why != why.trim()) else { return };
    let value = Some(why.trim()).filter(|why| !why.is_empty()).map(Value::text);
    let op = Op::Edit { id: kept.decision, field: Field::Why, value };
    let title = named(app, &[kept.item]);
    app.commit(format!("said why: {title}"), op);
}

fn withdraw(app: &mut App) {
    let Some(kept) = here(app) else { return };
    let title = named(app, &[kept.item]);
    let op = Op::set(&kept.decision, Field::Ended, Value::text(WITHDRAWN));
    app.commit(format!("not kept against its score any more: {title}"), op);
}

/// What there is to know of a decision, in a line.
pub(in crate::app) fn told(app: &App, kept: &Kept) -> String {
    let day = |day| app.preferences.dates.show(day);
    let stands = match &kept.ended {
        Some(how) => how.clone(),
        None if is_marked(app, &kept.item) => "stands".to_owned(),
        None if app.workspace().place_of(&kept.item) == Some(Place::Done) => "done".to_owned(),
        None => BACK.to_owned(),
    };
    let since = kept.on.map(|on| format!("since {}", day(on)));
    let again = kept.review.filter(|_| kept.is_open());
    let again = again.map(|again| format!("look again {}", day(again)));
    let why = Some(kept.why.clone()).filter(|why| !why.is_empty());
    let parts = [since, Some(stands), again, why].into_iter().flatten();
    parts.collect::<Vec<_>>().join(" · ")
}

fn is_marked(app: &App, id: &Id) -> bool {
    [Hat::Pm, Hat::Po]
        .into_iter()
        .any(|hat| app.standing(hat).and_then(|standing| standing.kept(id)).is_some())
}

/// Lists all of them, the newest first, to go to one.
fn list(app: &mut App) {
    let mut all: Vec<Kept> = overrides::kept(app.workspace()).collect();
    all.reverse();
    let pick = |kept: &Kept| Pick {
        id: Some(kept.item.clone()),
        title: format!(
            "{} · {}",
            detail::linked(app.reading(), &kept.item),
            overrides::words(kept.is_above)
        ),
        about: told(app, kept),
    };
    let picks = all.iter().map(pick).collect();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            super::link::jump(app, &id);
        }
    };
    app.windows.push(Window::Picker(Picker::one(
        format!("{} kept against their score", all.len()),
        picks,
        Rc::new(go),
    )));
}

/// What the strip says of an item that is kept against its score.
pub(in crate::app) fn band(app: &App, id: &Id) -> Option<(String, String)> {
    app.standing(app.board.hat)?.kept(id)?;
    let kept = overrides::open(app.workspace(), id)?;
    let mut text = told(app, &kept);
    if kept.why.is_empty() {
        text = format!("{text} · {} says why", app.key("banner"));
    }
    Some((overrides::words(kept.is_above).to_owned(), text))
}
