//! What becomes of what came in, one key each; the cursor goes on to the next that waits.

use super::{Action, Reason, Scope, named};
use crate::app::lane::Lane;
use crate::app::picker::{Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::{App, Effect, Window};
use crate::insight::{inbox, similar};
use crate::workspace::{Date, Field, Id, Kind, Name, Op, Place, Record, Spot, Value, Workspace};
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    triage(
        "triage-link",
        &["t"],
        "tie it to an item it speaks for, similar ones first",
        "to an item",
        link,
    )
    .command("triage ID link ITEM"),
    triage(
        "triage-story",
        &["s"],
        "make a story of it, at the bottom of the backlog",
        "story",
        |app| {
            make(app, Kind::Story);
        },
    )
    .command("triage ID story")
    .repeats(),
    triage("triage-bug", &["b"], "make a bug of it, at the bottom of the backlog", "bug", |app| {
        make(app, Kind::Bug);
    })
    .command("triage ID bug")
    .repeats(),
    triage(
        "triage-idea",
        &["i"],
        "to the roadmap as an idea, at the bottom of Later",
        "idea",
        |app| {
            make(app, Kind::Idea);
        },
    )
    .command("triage ID idea")
    .repeats(),
    triage("triage-park", &["p"], "park it until a day, on which it comes back", "park", |app| {
        let label = "park until (2026-12-18, +2w, +1m, fri)".to_owned();
        Prompt::ask(app, label, "+2w", park);
    })
    .also("snooze, defer, later")
    .command("triage ID park +2w"),
    triage(
        "triage-decline",
        &["d"],
        "decline it, with a reason for whoever asked",
        "decline",
        |app| {
            Prompt::ask(app, "declined, because (whoever asked reads it)".into(), "", decline);
        },
    )
    .also("reject, refuse")
    .command("triage ID decline 'too few need it'"),
    Action::new("triage-again", &["r"], "take it up again: nothing became of it yet", |app| {
        settle(app, "to be triaged again", &Verdict::Again);
    })
    .command("triage ID again")
    .scope(Scope::Inbox)
    .repeats()
    .off(|app| outside(app).or_else(|| untouched(app))),
    Action::new("triage-answer", &["y"], "copy the answer for whoever asked", copy_answer)
        .scope(Scope::Inbox)
        .off(|app| answered(app).is_none().then(|| "nothing was triaged yet".to_owned())),
    Action::new("triage-shown", &["z"], "show what was triaged, or hide it", |app| {
        app.board.triaged = !app.board.triaged;
        let seen = if app.board.triaged { "all that came in" } else { "what waits" };
        let turn = app.key("triage-shown");
        app.say(format!("{seen} · {turn} turns it round"));
    })
    .scope(Scope::Inbox),
];

const fn triage(
    id: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    hint: &'static str,
    run: fn(&mut App),
) -> Action {
    Action::new(id, keys, title, run).scope(Scope::Inbox).hint(hint).off(outside)
}

/// Why what is selected can't be triaged: only what stands in the inbox can.
fn outside(app: &App) -> Option<Reason> {
    let elsewhere = |id: &Id| app.workspace().place_of(id) != Some(Place::Inbox);
    if app.targets().iter().any(elsewhere) {
        return Some("not all that is selected stands in the inbox".to_owned());
    }
    let capture = app.key("capture");
    app.targets().is_empty().then(|| format!("nothing waits here · {capture} captures something"))
}

fn untouched(app: &App) -> Option<Reason> {
    let records = app.targets().into_iter().filter_map(|id| app.workspace().get(&id).cloned());
    let none = records.into_iter().all(|entry| entry.get(Field::Outcome).is_none());
    let shown = app.key("triage-shown");
    none.then(|| format!("nothing became of it yet · {shown} shows what was triaged"))
}

/// What becomes of an entry.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It speaks for this item.
    Link(Id),
    /// It speaks for a new item of this kind: an idea in the roadmap, anything else in the
    /// backlog, at the bottom.
    Make(Kind),
    /// It comes back on this day.
    Park(Date),
    /// It is not done, for this reason.
    Decline(String),
    /// Nothing became of it yet.
    Again,
}

/// The changes that let this become of entries of the inbox. They stay there, for what they say
/// and who said it; what they spoke for before they speak for no longer. `new` gives new ids.
pub fn triaged(
    workspace: &Workspace,
    entries: &[Id],
    verdict: &Verdict,
    today: Date,
    mut new: impl FnMut() -> Id,
) -> Vec<Op> {
    let mut evidence = Evidence { workspace, held: Vec::new() };
    let mut ops = Vec::new();
    for entry in entries.iter().filter_map(|id| workspace.get(id)) {
        inbox::linked_to(entry).into_iter().for_each(|item| evidence.take(item, entry.id()));
        let (is, part) = match verdict {
            Verdict::Link(item) => {
                evidence.add(item, entry.id());
                ("linked", Some(("item", Value::link(item.clone()))))
            }
            Verdict::Make(kind) => {
                let id = new();
                ops.push(made(entry, *kind, id.clone(), today));
                ("linked", Some(("item", Value::link(id))))
            }
            Verdict::Park(until) => ("parked", Some(("until", Value::Date(*until)))),
            Verdict::Decline(why) => {
                ("declined", (!why.is_empty()).then(|| ("why", Value::text(why))))
            }
            Verdict::Again => ("", None),
        };
        let outcome = (!is.is_empty()).then(|| outcome(is, part, today));
        if entry.get(Field::Outcome) != outcome.as_ref() {
            ops.push(Op::Edit { id: entry.id().clone(), field: Field::Outcome, value: outcome });
        }
    }
    ops.extend(evidence.ops());
    ops
}

/// What became of an entry, with its parts in the order of the format.
fn outcome(is: &str, part: Option<(&str, Value)>, today: Date) -> Value {
    let on = ("on", Value::Date(today));
    let is = ("is", Value::text(is));
    let parts = match part {
        Some(why @ ("why", _)) => vec![is, why, on],
        part => [is, on].into_iter().chain(part).collect(),
    };
    Value::Map(parts.into_iter().map(|(name, value)| (Name::from(name), value)).collect())
}

/// A new item that an entry speaks for.
fn made(entry: &Record, kind: Kind, id: Id, today: Date) -> Op {
    let place = if kind == Kind::Idea { Place::Later } else { Place::Backlog };
    let record = Record::new(id)
        .with(Field::Kind, Value::text(kind.key()))
        .with(Field::Title, Value::text(entry.title()))
        .with(Field::Evidence, Value::list([Value::link(entry.id().clone())]))
        .with(Field::Created, Value::Date(today));
    let kept = [Field::Tags, Field::Persona, Field::Objective];
    let kept = kept.into_iter().filter_map(|field| Some((field, entry.get(field)?.clone())));
    let record = kept.fold(record, |record, (field, value)| record.with(field, value));
    Op::Insert { record: Arc::new(record), at: Spot::bottom(place) }
}

/// The evidence of the items that change, so that each is edited once.
struct Evidence<'a> {
    workspace: &'a Workspace,
    held: Vec<(Id, Vec<Id>)>,
}

impl Evidence<'_> {
    fn of(&mut self, item: &Id) -> Option<&mut Vec<Id>> {
        if !self.held.iter().any(|(id, _)| id == item) {
            let links = self.workspace.get(item)?.links(Field::Evidence).cloned();
            self.held.push((item.clone(), links.collect()));
        }
        self.held.iter_mut().find(|(id, _)| id == item).map(|(_, links)| links)
    }

    fn take(&mut self, item: &Id, entry: &Id) {
        self.of(item).into_iter().for_each(|links| links.retain(|id| id != entry));
    }

    fn add(&mut self, item: &Id, entry: &Id) {
        if let Some(links) = self.of(item).filter(|links| !links.contains(entry)) {
            links.push(entry.clone());
        }
    }

    fn ops(self) -> impl Iterator<Item = Op> {
        let workspace = self.workspace;
        self.held.into_iter().filter_map(move |(id, links)| {
            let links: Vec<Value> = links.into_iter().map(Value::link).collect();
            let value = (!links.is_empty()).then_some(Value::list(links));
            let changes = workspace.get(&id)?.get(Field::Evidence) != value.as_ref();
            changes.then_some(Op::Edit { id, field: Field::Evidence, value })
        })
    }
}

/// Lets this become of what is selected, and goes on to what waits next.
fn settle(app: &mut App, words: &str, verdict: &Verdict) -> bool {
    let ids = app.targets();
    let words = format!("{words}: {}", named(app, &ids));
    let mut source = app.ids.clone();
    let workspace = app.document.workspace();
    let new = || source.next(|id| workspace.is_spoken_for(id));
    let ops = triaged(workspace, &ids, verdict, app.today, new);
    app.ids = source;
    let pane = app.board.focused();
    let rows = ids.iter().filter_map(|id| pane.find(app.workspace(), id));
    let from = rows.map(|(_, row)| row).min().unwrap_or_default();
    let done = app.commit(words, Op::Batch(ops));
    if done {
        app.triaged = ids.first().cloned();
        app.board.deselect();
        onward(app, from);
    }
    done
}

/// Puts the cursor on the first entry from this row on that waits, or else on the first of all.
fn onward(app: &mut App, row: usize) {
    let pane = app.board.focused();
    let lane = pane.cursor.lane;
    let rows = pane.lanes.get(lane).map_or(0, Lane::len);
    let waits = |row: &usize| {
        let id = pane.id_at(app.workspace(), lane, *row);
        let entry = id.and_then(|id| app.workspace().get(&id).cloned());
        entry.is_some_and(|entry| inbox::waits(&entry, app.today))
    };
    if let Some(next) = (row..rows).chain(0..row.min(rows)).find(waits) {
        app.board.focused_mut().set(app.document.workspace(), lane, next);
    }
}

fn make(app: &mut App, kind: Kind) {
    let words = format!("made {} {}", if kind == Kind::Idea { "an" } else { "a" }, kind.key());
    settle(app, &words, &Verdict::Make(kind));
}

/// Offers the items it could speak for, those first that say much the same.
fn link(app: &mut App) {
    let ids = app.targets();
    let Some(entry) = app.current() else { return };
    let workspace = app.workspace();
    let pick = |(id, share): (Id, f64)| {
        let record = workspace.get(&id)?;
        let place = workspace.place_of(&id)?.words();
        let about = match share {
            share if share > 0.0 => format!("{:.0} % alike · {place}", share * 100.0),
            _ => format!("{} · {place}", record.kind().key()),
        };
        Some(Pick { title: record.title().to_owned(), about, id: Some(id) })
    };
    let picks: Vec<Pick> =
        similar::similar(workspace, entry).into_iter().filter_map(pick).collect();
    if picks.is_empty() {
        let story = app.key("triage-story");
        return app.refuse(format!("there is no item yet · {story} makes a story of it"));
    }
    let title = format!("it speaks for… {}", named(app, &ids));
    let then = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(item) = picked.into_iter().flatten().next() {
            let title = app.workspace().get(&item).map(|item| item.title().to_owned());
            let words = format!("speaks for {}", title.unwrap_or_default());
            settle(app, &words, &Verdict::Link(item));
        }
    };
    app.windows.push(Window::Picker(Picker::one(title, picks, Rc::new(then))));
}

fn park(app: &mut App, text: &str) {
    match app.typing().day(text) {
        Err(wrong) => app.refuse(wrong),
        Ok(until) if until <= app.today => {
            app.refuse("that day is not ahead; it would be back at once");
        }
        Ok(until) => {
            let words = format!("parked until {}", app.preferences.dates.show(until));
            settle(app, &words, &Verdict::Park(until));
        }
    }
}

fn decline(app: &mut App, why: &str) {
    if why.trim().is_empty() {
        return app.refuse("whoever asked should hear a reason; a few words do");
    }
    let said = named(app, &app.targets());
    if settle(app, "declined", &Verdict::Decline(why.trim().to_owned())) {
        let (copy, undo) = (app.key("triage-answer"), app.key("undo"));
        app.say(format!("declined: {said} · {copy} copies the answer · {undo} takes it back"));
    }
}

/// The answer to the entry under the cursor, or else to what was triaged last.
fn answered(app: &App) -> Option<String> {
    let show = |day| app.preferences.dates.show(day);
    let answer = |entry: &Record| inbox::answer(app.workspace(), entry, show);
    let last = || app.triaged.as_ref().and_then(|id| app.workspace().get(id));
    app.current().and_then(answer).or_else(|| answer(last()?))
}

fn copy_answer(app: &mut App) {
    if let Some(answer) = answered(app) {
        app.say(format!("copied: {answer}"));
        app.effects.push(Effect::Copy(answer));
    }
}
