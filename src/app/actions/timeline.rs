//! The timeline: going through it, moving what lies in time, and the owner's last word on a
//! release.

use super::{Action, Reason, Scope, rank};
use crate::app::detail::Reading;
use crate::app::prompt::Prompt;
use crate::app::timeline::{Row, View, Zoom};
use crate::app::{App, views};
use crate::insight::coverage::share;
use crate::insight::outcome::shown;
use crate::insight::timeline::release::{Stage, State};
use crate::insight::timeline::resources::Load;
use crate::insight::timeline::{Bar, Timeline};
use crate::workspace::{Date, Field, Hat, Id, Op, Place, Record, Spot, Value};
use jiff::ToSpan;
use std::sync::Arc;

/// Days of what had none when it is put on the timeline.
const USUAL: i32 = 28;
/// Days in a week.
const WEEK: i32 = 7;
/// Lines that a page key goes.
const PAGE: isize = 10;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("timeline", &["gt"], "view: the timeline of initiatives and releases", |app| {
        app.board.hat = Hat::Pm;
        app.view = views::View::Timeline(View::default());
    })
    .also("gantt, dates, calendar")
    .scope(Scope::Anywhere),
    row("time-down", &["j", "down"], "down", |app| step(app, times(app))),
    row("time-up", &["k", "up"], "up", |app| step(app, -times(app))),
    row("time-on", &["l", "right"], "to the next release or group", |app| leap(app, 1)),
    row("time-back", &["h", "left"], "to the release or group before", |app| leap(app, -1)),
    row("time-first", &["gg", "home"], "to the first row", |app| step(app, isize::MIN / 2)),
    row("time-last", &["G", "end"], "to the last row", |app| step(app, isize::MAX / 2)),
    row("time-page-down", &["ctrl-d", "pagedown"], "a page down", |app| step(app, PAGE)),
    row("time-page-up", &["ctrl-u", "pageup"], "a page up", |app| step(app, -PAGE)),
    row("week-earlier", &["H", "alt-left"], "a week earlier: a bar, or a release", |app| {
        shift(app, -1);
    })
    .command("set ID start=2026-11-30 due=2026-12-13")
    .hint("a week")
    .repeats()
    .off(nothing),
    row("week-later", &["L", "alt-right"], "a week later: a bar, or a release", |app| {
        shift(app, 1);
    })
    .command("set ID start=2026-12-14 due=2026-12-27")
    .hint("a week")
    .repeats()
    .off(nothing),
    row("week-longer", &["J", "alt-down"], "a week longer", |app| stretch(app, 1))
        .command("set ID due=2026-12-27")
        .hint("length")
        .repeats()
        .off(no_bar),
    row("week-shorter", &["K", "alt-up"], "a week shorter", |app| stretch(app, -1))
        .command("set ID due=2026-12-13")
        .hint("length")
        .repeats()
        .off(no_bar),
    row("approve-release", &["r"], "approve the release, as the owner's last word", approve)
        .command("release approve ID")
        .hint("approve")
        .off(unready),
    row("release-add", &["a"], "add a release: its name, and its day behind a comma", |app| {
        Prompt::ask(app, "new release, and its day: 2.0, 2026-12-18".into(), "", add);
    })
    .command("add --to releases 2.1 date=2027-02-26")
    .hint("add a release"),
    row("time-zoom", &["z"], "months, or quarters", |app| {
        let zoom = |view: &mut View| {
            view.zoom = if view.zoom == Zoom::Months { Zoom::Quarters } else { Zoom::Months };
            view.from = view.from.map(|from| view.zoom.first(from));
        };
        with(app, zoom);
        see(app);
    })
    .hint("zoom"),
    row("time-group", &["o"], "by release, or by objective", |app| {
        with(app, |view| view.by_objective = !view.by_objective);
    })
    .hint("by objective"),
    row("time-earlier", &["<"], "look a month, or a quarter, back", |app| look(app, -1)),
    row("time-later", &[">"], "look a month, or a quarter, on", |app| look(app, 1)),
    Action::new("resources", &[], "people and budget against the plan, by quarter", resources)
        .scope(Scope::Anywhere),
];

const fn row(
    id: &'static str,
    keys: &'static [&'static str],
    title: &'static str,
    run: fn(&mut App),
) -> Action {
    Action::new(id, keys, title, run).scope(Scope::Timeline)
}

fn times(app: &App) -> isize {
    app.times().cast_signed()
}

fn with(app: &mut App, run: impl FnOnce(&mut View)) {
    if let views::View::Timeline(view) = &mut app.view {
        run(view);
    }
}

fn view(app: &App) -> Option<&View> {
    if let views::View::Timeline(view) = &app.view { Some(view) } else { None }
}

/// Scrolls to the days of what is under the cursor, where none of them is seen.
fn see(app: &mut App) {
    let mut view = std::mem::take(&mut app.view);
    if let views::View::Timeline(view) = &mut view {
        view.show_days(app);
    }
    app.view = view;
}

fn step(app: &mut App, by: isize) {
    with(app, |view| view.lines.step(by));
    see(app);
}

fn leap(app: &mut App, way: isize) {
    let times = app.times();
    with(app, |view| (0..times).for_each(|_| view.leap(way)));
    see(app);
}

fn look(app: &mut App, way: i32) {
    let by = way.saturating_mul(i32::try_from(app.times()).unwrap_or(1).min(400));
    with(app, |view| {
        let step = view.zoom.step();
        let go =
            |day: Date| if by > 0 { day.saturating_add(step) } else { day.saturating_sub(step) };
        view.from = view.from.map(|from| (0..by.abs()).fold(from, |day, _| go(day)));
    });
}

fn current(app: &App) -> Option<&Row> {
    view(app).and_then(|view| view.lines.row())
}

fn nothing(app: &App) -> Option<Reason> {
    let none = app.cursor().is_none();
    none.then(|| format!("nothing is here · {} adds a release", app.key("release-add")))
}

fn no_bar(app: &App) -> Option<Reason> {
    nothing(app).or_else(|| {
        let is_bar = matches!(current(app), Some(Row::Bar(_)));
        (!is_bar).then(|| format!("a release is a day · {} moves it", app.key("week-later")))
    })
}

/// The day so many weeks after another.
fn weeks(day: Date, weeks: i32) -> Date {
    day.saturating_add(weeks.saturating_mul(WEEK).days())
}

fn count(app: &App, way: i32) -> i32 {
    i32::try_from(app.times()).unwrap_or(i32::MAX).min(520) * way
}

/// Moves what is under the cursor by weeks. What rested on its release or on a forecast is planned
/// by that; what had no days gets some.
fn shift(app: &mut App, way: i32) {
    let by = count(app, way);
    let Some(row) = current(app).cloned() else { return };
    let (id, ops, goal) = match row {
        Row::Heading(_) => return,
        Row::Release(id) => {
            let day = app.workspace().get(&id).and_then(|release| release.date(Field::Day));
            let day = weeks(day.unwrap_or(app.today), by);
            let ops = vec![Op::set(&id, Field::Day, Value::Date(day))];
            (id, ops, app.preferences.dates.show(day))
        }
        Row::Bar(id) => {
            let days = match lying(app, &id) {
                Ok(days) => days,
                Err(why) => return app.refuse(why),
            };
            let (start, end) = days.map_or_else(
                || (app.today, app.today.saturating_add(USUAL.days())),
                |(start, end)| (weeks(start, by), weeks(end, by)),
            );
            (id.clone(), planned(&id, start, end), between(app, start, end))
        }
    };
    commit(app, "moved", &id, &goal, ops);
}

/// The days of a bar, where it has any yet.
///
/// # Errors
/// Why it can't have others.
fn lying(app: &App, id: &Id) -> Result<Option<(Date, Date)>, &'static str> {
    if app.workspace().place_of(id) == Some(Place::Done) {
        return Err("what is done stays as it was");
    }
    let bar = view(app).and_then(|seen| seen.plan.bar(id));
    bar.map(Bar::days).ok_or("only what lasts some days can be made longer or shorter")
}

fn planned(id: &Id, start: Date, end: Date) -> Vec<Op> {
    vec![Op::set(id, Field::Start, Value::Date(start)), Op::set(id, Field::Due, Value::Date(end))]
}

fn between(app: &App, start: Date, end: Date) -> String {
    let day = |day| app.preferences.dates.show(day);
    format!("{} → {}", day(start), day(end))
}

/// Makes a bar longer or shorter by weeks.
fn stretch(app: &mut App, way: i32) {
    let by = count(app, way);
    let Some(id) = app.cursor().cloned() else { return };
    let (start, end) = match lying(app, &id) {
        Ok(Some(days)) => days,
        Ok(None) => {
            let put = app.key("week-later");
            return app.refuse(format!("it has no days yet · {put} puts it on the timeline"));
        }
        Err(why) => return app.refuse(why),
    };
    let end = weeks(end, by);
    if end < start {
        return app.refuse("it would end before it begins");
    }
    let goal = between(app, start, end);
    commit(app, if way > 0 { "longer" } else { "shorter" }, &id, &goal, planned(&id, start, end));
}

fn commit(app: &mut App, done: &str, id: &Id, goal: &str, ops: Vec<Op>) {
    let title = super::named(app, std::slice::from_ref(id));
    if app.commit(format!("{done}: {title}, {goal}"), Op::Batch(ops)) {
        see(app);
    }
}

/// Adds a release: a name, and behind the last comma a day.
fn add(app: &mut App, text: &str) {
    let (name, day) = match text.rsplit_once(',') {
        Some((name, day)) => (name.trim(), Some(day.trim()).filter(|day| !day.is_empty())),
        None => (text.trim(), None),
    };
    if name.is_empty() {
        return app.refuse("a release needs a name");
    }
    let day = match day.map(|day| app.typing().day(day)).transpose() {
        Ok(day) => day,
        Err(wrong) => return app.refuse(wrong),
    };
    let id = app.new_id();
    let record = Record::new(id.clone()).with(Field::Name, Value::text(name));
    let record = match day {
        Some(day) => record.with(Field::Day, Value::Date(day)),
        None => record,
    };
    let op = Op::Insert { record: Arc::new(record), at: Spot::bottom(Place::Releases) };
    if app.commit(format!("added: {name}"), op) {
        app.view.look_at(&id);
        see(app);
    }
}

/// What approves a release.
///
/// # Errors
/// Why it can't be approved, naming what is not accepted.
pub fn approved(reading: Reading, stage: &Stage, today: Date) -> Result<Vec<Op>, String> {
    let workspace = reading.workspace;
    let title = workspace.get(&stage.id).map_or("", |release| release.title());
    match &stage.state {
        State::Ready => Ok(vec![Op::set(&stage.id, Field::Approved, Value::Date(today))]),
        State::Milestone => Err(format!("{title} is a milestone: nothing goes out with it")),
        State::Empty => Err(format!("nothing goes out with {title} yet")),
        State::Approved(day) => {
            Err(format!("{title} was approved on {}", reading.dates.show(*day)))
        }
        _ => {
            let open = stage.items.iter().filter_map(|id| workspace.get(id));
            let is_left = |item: &&Arc<Record>| {
                let done = workspace.place_of(item.id()) == Some(Place::Done);
                !done || item.get(Field::Approved).is_none()
            };
            let left: Vec<&str> = open.filter(is_left).map(|item| item.title()).collect();
            let more = left.len().saturating_sub(3);
            let named = left[..left.len().min(3)].join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Err(format!("not accepted yet: {named}{more}"))
        }
    }
}

fn stage(app: &App) -> Option<&Stage> {
    view(app)?.plan.stage(app.cursor()?)
}

fn unready(app: &App) -> Option<Reason> {
    let Some(stage) = stage(app) else {
        return Some("the cursor is on no release".to_owned());
    };
    approved(app.reading(), stage, app.today).err()
}

/// It is the owner who approves, whichever hat looks at the timeline.
fn approve(app: &mut App) {
    let Some(stage) = stage(app).cloned() else { return };
    match approved(app.reading(), &stage, app.today) {
        Err(why) => app.refuse(why),
        Ok(ops) => {
            let title = super::named(app, &[stage.id]);
            let hat = std::mem::replace(&mut app.board.hat, Hat::Po);
            app.commit(format!("approved: {title}"), Op::Batch(ops));
            app.board.hat = hat;
        }
    }
}

/// A line a quarter: people and money there are, and what the plan takes of them.
pub fn quarters(plan: &Timeline) -> Vec<String> {
    let line = |load: &Load| {
        let mut words =
            vec![format!("{}: {} person-months planned", load.quarter, tenth(load.effort))];
        if let (Some(people), Some(room)) = (load.people, load.room()) {
            let part = share(load.effort, room).map_or(0.0, |share| share * 100.0);
            let over = if load.effort > room { ", more than there is" } else { "" };
            let who = if (people - 1.0).abs() < f64::EPSILON {
                "1 person has".to_owned()
            } else {
                format!("{} people have", shown(people))
            };
            words.push(format!("{who} {} ({part:.0} %{over})", shown(room)));
        }
        if let Some(budget) = load.budget {
            let each = load.for_a_month();
            let each = each.map(|each| format!(", {each:.0} for each month planned"));
            words.push(format!("budget {}{}", shown(budget), each.unwrap_or_default()));
        }
        words.join(" · ")
    };
    plan.loads.iter().map(line).collect()
}

fn tenth(number: f64) -> String {
    shown((number * 10.0).round() / 10.0)
}

fn resources(app: &mut App) {
    app.conclude();
    let Some(forecast) = app.forecast() else { return };
    let plan = Timeline::of(app.workspace(), forecast, app.today);
    let mut lines = quarters(&plan);
    if lines.is_empty() {
        lines.push("no initiative with an effort lies in time yet".to_owned());
    }
    let uncounted = plan.uncounted(app.workspace());
    if uncounted > 0 {
        lines.push(format!(
            "{uncounted} initiatives without an effort or without days are not in it"
        ));
    }
    lines.push("people and budget of a quarter are in the settings: `2026-Q4: 2`".to_owned());
    rank::page(app, "People and budget against the plan".to_owned(), lines);
}
