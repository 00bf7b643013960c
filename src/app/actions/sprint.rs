//! Sprints: looking at them, making, planning, starting and closing them.

use super::pasted::{self, Lines};
use super::{Action, Scope, named, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::entry::Typing;
use crate::app::prompt::Prompt;
use crate::app::ritual;
use crate::app::sprint::{
    across, add, change, column, limit, meant, none, open, shift, slide, state_capacity, step,
    turn, usual,
};
use crate::app::{App, Window, closing, form, planning};
use crate::insight::review::Review;
use crate::insight::sprint::{Column, State, planned, proposal};
use crate::workspace::{Field, Id, Op, Value, number};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("sprint", &["gs"], "view: the sprint", |app| open(app, usual(app.workspace())))
        .also("velocity, burndown, iteration, board")
        .scope(Scope::Anywhere),
    Action::new("card-down", &["j", "down"], "down", |app| step(app, times(app)))
        .scope(Scope::Sprint),
    Action::new("card-up", &["k", "up"], "up", |app| step(app, -times(app))).scope(Scope::Sprint),
    Action::new("column-before", &["h", "left"], "to the column before", |app| {
        across(app, -times(app));
    })
    .scope(Scope::Sprint),
    Action::new("column-after", &["l", "right"], "to the next column", |app| {
        across(app, times(app));
    })
    .scope(Scope::Sprint),
    Action::new("card-first", &["gg", "home"], "to the first card", |app| step(app, -FAR))
        .scope(Scope::Sprint),
    Action::new("card-last", &["G", "end"], "to the last card", |app| step(app, FAR))
        .scope(Scope::Sprint),
    Action::new("card-on", &["ctrl-d", "pagedown"], "on in the column", |app| step(app, PAGE))
        .scope(Scope::Sprint),
    Action::new("card-back", &["ctrl-u", "pageup"], "back in the column", |app| step(app, -PAGE))
        .scope(Scope::Sprint),
    Action::new("card-left", &["H", "alt-left"], "move to the column before", |app| shift(app, -1))
        .command("set ID status=todo")
        .scope(Scope::Sprint)
        .hint("column")
        .repeats()
        .off(nothing_here),
    Action::new("card-right", &["L", "alt-right"], "move to the next column", |app| shift(app, 1))
        .command("set ID status=doing")
        .scope(Scope::Sprint)
        .hint("column")
        .repeats()
        .off(nothing_here),
    Action::new("card-lower", &["J", "alt-down"], "move down in the column", |app| {
        slide(app, times(app));
    })
    .command("move ID --after ITEM")
    .scope(Scope::Sprint)
    .hint("move")
    .repeats()
    .off(nothing_here),
    Action::new("card-higher", &["K", "alt-up"], "move up in the column", |app| {
        slide(app, -times(app));
    })
    .command("move ID --before ITEM")
    .scope(Scope::Sprint)
    .hint("move")
    .repeats()
    .off(nothing_here),
    Action::new("card-add", &["a"], "add to the sprint, below", |app| {
        let label = "new story in the sprint, or 5 bug: title #tag".into();
        Prompt::ask_lines(app, label, |app, line| add(app, &[line]), offer);
    })
    .command("add 'Undo an import' sprint=SPRINT --after ID")
    .scope(Scope::Sprint)
    .off(none),
    Action::new("sprint-before", &["<"], "to the sprint before", |app| turn(app, -1))
        .scope(Scope::Sprint)
        .hint("sprint")
        .off(none),
    Action::new("sprint-after", &[">"], "to the next sprint", |app| turn(app, 1))
        .scope(Scope::Sprint)
        .hint("sprint")
        .off(none),
    Action::new("sprint-new", &["Sn"], "a new sprint, after the last one", ask_new)
        .command("sprint new")
        .scope(Scope::Anywhere),
    Action::new("sprint-plan", &["Sp"], "plan the sprint: what goes into it", planning::open)
        .command("sprint plan --fill")
        .scope(Scope::Anywhere)
        .off(|app| none(app).or_else(|| is_closed(app))),
    Action::new("sprint-start", &["Ss"], "start the sprint", start)
        .command("sprint start")
        .scope(Scope::Anywhere)
        .off(|app| {
            let can = |id| change::started(app.workspace(), &id, app.today).err();
            none(app).or_else(|| startable(app).and_then(can))
        }),
    Action::new("sprint-close", &["Sc"], "close the sprint, step by step", closing::open)
        .command("sprint close --accept-all")
        .scope(Scope::Anywhere)
        .off(|app| none(app).or_else(|| closing::off(app))),
    Action::new("sprint-goal", &["Sg"], "the goal of the sprint", |app| {
        let goal = sprint_text(app, Field::Goal);
        Prompt::ask(app, "the goal of the sprint".into(), &goal, |app, goal| {
            let goal = goal.trim();
            let value = (!goal.is_empty()).then(|| Value::text(goal));
            set(app, Field::Goal, value, format!("goal: {goal}"));
        });
    })
    .command("set SPRINT goal='Two banks'")
    .scope(Scope::Anywhere)
    .off(none),
    Action::new("sprint-days-off", &["So"], "the days off in the sprint", |app| {
        let sprint = meant(app).and_then(|id| app.workspace().get(&id));
        let days = sprint.and_then(|sprint| sprint.number(Field::DaysOff));
        let now = days.map_or(String::new(), |days| days.to_string());
        Prompt::ask(app, "days nobody works in the sprint".into(), &now, take_days_off);
    })
    .command("set SPRINT days_off=2")
    .scope(Scope::Anywhere)
    .off(none),
    Action::new("sprint-limit", &["Sl"], "how many items the column may hold", |app| {
        let Some(column) = column(app) else { return };
        let now = column.limit(app.workspace().settings());
        let label = format!("most items in {} (empty: any number)", column.key());
        Prompt::ask(app, label, &now.map_or(String::new(), |now| now.to_string()), limit);
    })
    .also("limit, wip")
    .command("set settings wip.doing=3")
    .scope(Scope::Sprint)
    .off(|app| {
        let done = column(app) == Some(Column::Done);
        done.then(|| "what is done has no limit".to_owned())
    }),
    Action::new("sprint-room", &["Sm"], "how many points a sprint has room for", |app| {
        let now = app.workspace().settings().number(Field::Capacity);
        let label = "points in a sprint (empty: as the sprints before tell)".to_owned();
        Prompt::ask(app, label, &now.map_or(String::new(), |now| now.to_string()), state_capacity);
    })
    .also("capacity")
    .command("set settings capacity=20")
    .scope(Scope::Anywhere),
    Action::new("sprint-edit", &["Se"], "every field of the sprint", |app| {
        let form = meant(app).and_then(|id| form::Form::of(app, &id));
        form.into_iter().for_each(|form| form::open(app, form));
    })
    .shows()
    .command("set SPRINT end=2026-12-11")
    .scope(Scope::Anywhere)
    .off(none),
    Action::new("standup", &["Su"], "stand-up: what moved, what is stuck, what is next", |app| {
        ritual::open_standup(app);
    })
    .also("daily")
    .scope(Scope::Anywhere),
    Action::new("review", &["Sr"], "review: promised, delivered, accepted, learned", |app| {
        let review = meant(app).and_then(|id| Review::of(app.workspace(), &id, app.today));
        let said = review.map(|review| ritual::review(app.workspace(), &review));
        said.into_iter().for_each(|said| app.windows.push(Window::Help(ritual::page(&said))));
    })
    .also("retro, retrospective")
    .scope(Scope::Anywhere)
    .off(none),
    Action::new("sprint-in", &["Si"], "into the sprint, or out of it", pick)
        .command("set ID sprint=SPRINT")
        .repeats()
        .off(|app| none(app).or_else(|| nothing_here(app))),
];

static CARDS: Lines = Lines { verb: "add", one: "item", many: "items", take: add };

fn offer(app: &mut App, text: &str) {
    pasted::offer(app, text, "the sprint", &CARDS);
}

/// Cards of a page.
const PAGE: isize = 5;
/// As far as it goes.
const FAR: isize = isize::MAX / 2;

/// How often, as a way down.
fn times(app: &App) -> isize {
    app.times().cast_signed()
}

fn is_closed(app: &App) -> Option<String> {
    let sprint = meant(app).and_then(|id| app.workspace().get(&id))?;
    let closed = State::of(sprint) == State::Closed;
    closed
        .then(|| format!("{} is closed · {} makes another", sprint.title(), app.key("sprint-new")))
}

fn sprint_text(app: &App, field: Field) -> String {
    let sprint = meant(app).and_then(|id| app.workspace().get(&id));
    sprint.map_or(String::new(), |sprint| sprint.text(field).to_owned())
}

fn set(app: &mut App, field: Field, value: Option<Value>, words: String) {
    let Some(id) = meant(app) else { return };
    app.commit(words, Op::Edit { id, field, value });
}

fn take_days_off(app: &mut App, text: &str) {
    let text = text.trim();
    let days = match number::typed(text) {
        Ok(Some(days)) if days >= 0.0 => Some(days),
        Ok(None) if text.is_empty() => None,
        Ok(_) => return app.refuse(format!("days off are a number, “{text}” is not")),
        Err(two) => return app.refuse(two),
    };
    let said = days.map_or("none".to_owned(), |days| days.to_string());
    set(app, Field::DaysOff, days.map(Value::Number), format!("days off: {said}"));
}

/// Asks for the dates of a new sprint; those proposed stand there already.
fn ask_new(app: &mut App) {
    let proposed = proposal::next(app.workspace(), app.today);
    let label = format!("{}: first and last day", proposed.name);
    let dates = format!("{} {}", proposed.start, proposed.end);
    Prompt::ask(app, label, &dates, make);
}

/// Makes a sprint of two days; without the last day it is as long as sprints are.
fn make(app: &mut App, text: &str) {
    let typing: Typing = app.typing();
    let mut words = text.split_whitespace();
    let (first, last, more) = (words.next(), words.next(), words.next());
    let mut proposed = proposal::next(app.workspace(), app.today);
    let days = || -> Result<_, String> {
        let start = first.map_or(Ok(proposed.start), |word| typing.day(word))?;
        let end = last.map(|word| typing.day(word)).transpose()?;
        let end = end.unwrap_or_else(|| proposal::end(app.workspace(), start));
        if more.is_some() || end < start {
            return Err("a sprint has a first day and a last one, not before it".to_owned());
        }
        Ok((start, end))
    };
    match days() {
        Ok((start, end)) => (proposed.start, proposed.end) = (start, end),
        Err(wrong) => return app.refuse(wrong),
    }
    let id = app.new_id();
    let record = change::proposed(id.clone(), &proposed);
    if app.commit(format!("new: {}", proposed.name), change::made(record)) {
        let plan = app.key("sprint-plan");
        open(app, Some(id));
        app.say(format!("{} is planned · {plan} fills it", proposed.name));
    }
}

/// The sprint that would be started: the one that is looked at, else the next planned.
fn startable(app: &App) -> Option<Id> {
    let seen = app.sprint_board().and_then(|board| board.sprint.clone());
    seen.or_else(|| planned(app.workspace()).map(|sprint| sprint.id().clone()))
        .or_else(|| meant(app))
}

/// Starts a sprint; asks where something in it is not ready.
fn start(app: &mut App) {
    app.conclude();
    let Some((id, survey)) = startable(app).zip(app.survey()) else { return };
    let unready = change::unready(app.workspace(), survey, &id, app.today);
    if unready.is_empty() {
        return start_now(app, &id);
    }
    let title = |id: &Id| app.workspace().get(id).map_or("", |item| item.title()).to_owned();
    let about = unready.iter().map(|(id, what)| format!("{}: {what}", title(id))).collect();
    let question = match unready.len() {
        1 => "1 item is not ready".to_owned(),
        many => format!("{many} items are not ready"),
    };
    let go = Choice::new('s', "start anyway", "", Rc::new(move |app| start_now(app, &id)));
    let keep = Choice::new('c', "do not start yet", "", Rc::new(|_| {}));
    app.windows.push(Window::Choices(Choices::new(question, about, vec![go, keep]).at(1)));
}

fn start_now(app: &mut App, id: &Id) {
    let ops = match change::started(app.workspace(), id, app.today) {
        Ok(ops) => ops,
        Err(why) => return app.refuse(why),
    };
    let words = change::told(app.workspace(), id, &ops, &app.preferences.dates);
    if app.commit(words, Op::Batch(ops)) {
        let said = app.message.take();
        open(app, Some(id.clone()));
        app.message = said;
    }
}

/// Puts what is selected into the sprint that is planned or runs; takes it out where all of it is
/// in there.
fn pick(app: &mut App) {
    let ids = app.targets();
    let Some(sprint) = meant(app) else { return };
    let title = app.workspace().get(&sprint).map_or("", |sprint| sprint.title()).to_owned();
    if let Some(why) = is_closed(app) {
        return app.refuse(why);
    }
    let is_in = |id: &&Id| {
        app.workspace().get(id).is_some_and(|item| item.link(Field::Sprint) == Some(&sprint))
    };
    let out = ids.iter().all(|id| is_in(&id));
    let value = (!out).then(|| Value::link(sprint.clone()));
    let edit = |id: &Id| Op::Edit { id: id.clone(), field: Field::Sprint, value: value.clone() };
    let ops = ids.iter().filter(|id| out || !is_in(id)).map(edit).collect();
    let words = if out { "out of" } else { "into" };
    app.commit(format!("{words} {title}: {}", named(app, &ids)), Op::Batch(ops));
}
