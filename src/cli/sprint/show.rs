//! `sprint show` and `sprint list`: how sprints stand.

use super::{find, title};
use crate::app::sprint::head::{added, amount};
use crate::cli::console::{Console, Ink, id as id_pieces, plain};
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::exchange::json::number;
use crate::insight::sprint::burndown::Burndown;
use crate::insight::sprint::capacity::Room;
use crate::insight::sprint::stuck::{self, Stuck};
use crate::insight::sprint::{Column, Course, State, in_order};
use crate::view::text;
use crate::workspace::{Date, Field, Id, Record, Workspace};
use clap::Args;
use serde_json::{Value as Json, json};

/// Show how a sprint stands
#[derive(Debug, Default, Args)]
pub(super) struct Show {
    /// The sprint; else the one that runs, else the next
    #[arg(value_name = "SPRINT")]
    pub sprint: Option<String>,
}

impl Show {
    pub fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let id = find(desk.workspace(), self.sprint.as_deref())?;
        if console.options.json {
            return console.json(&data(desk.workspace(), &id, console.today).to_string());
        }
        print(console, desk.workspace(), &id)
    }
}

/// Prints every sprint on a line.
pub(super) fn list(console: &mut Console) -> Result<(), Failure> {
    let desk = Desk::open(console)?;
    let (workspace, today) = (desk.workspace(), console.today);
    let sprints: Vec<Id> = in_order(workspace).iter().map(|sprint| sprint.id().clone()).collect();
    if console.options.json {
        return console
            .json_list(sprints.iter().map(|id| course(workspace, id, today).to_string()));
    }
    if sprints.is_empty() {
        console.say("there is no sprint yet; `twohats sprint new` makes one");
    }
    let cells = sprints.iter().map(|id| text::width(&title(workspace, id))).max().unwrap_or(0);
    for id in &sprints {
        let (Some(sprint), Some(course)) = (workspace.get(id), Course::of(workspace, id, today))
        else {
            continue;
        };
        let points = match course.state {
            State::Planned => format!("{} planned", amount(course.points)),
            _ => {
                format!("{} of {}", amount(course.kept()), amount(course.committed))
                    + &later(&course)
            }
        };
        let name = text::pad(sprint.title(), cells);
        let state = format!("  {:8}{:23}{points}", course.state.key(), dates(sprint));
        let goal = sprint.text(Field::Goal);
        let goal = if goal.is_empty() { String::new() } else { format!("  {goal}") };
        let [enough, rest] = id_pieces(workspace, id, 0);
        console.print(&[enough, rest, plain(format!("  {name}{state}")), (Ink::Dim, goal)])?;
    }
    Ok(())
}

/// What came in after the start, behind what was promised.
fn later(course: &Course) -> String {
    added(course).map_or(String::new(), |added| format!(", {added}"))
}

/// The days of a sprint: `2026-11-23 2026-12-06`.
fn dates(sprint: &Record) -> String {
    let day = |field| sprint.date(field).map_or("–".to_owned(), |date| date.to_string());
    format!("{} {}", day(Field::Start), day(Field::End))
}

fn print(console: &mut Console, workspace: &Workspace, id: &Id) -> Result<(), Failure> {
    let today = console.today;
    let (Some(sprint), Some(course)) = (workspace.get(id), Course::of(workspace, id, today)) else {
        return Ok(());
    };
    let day = match (course.state, course.day) {
        (State::Running, Some((day, of))) if day > 0 => format!(", day {day} of {of}"),
        _ => String::new(),
    };
    let heading = format!("  {}{day}  {}", course.state.key(), dates(sprint));
    console.print(&[(Ink::Bold, sprint.title().to_owned()), plain(heading)])?;
    let goal = sprint.text(Field::Goal);
    if !goal.is_empty() {
        console.line(goal)?;
    }
    let room = Room::of(workspace, sprint, today).filter(|_| course.state != State::Closed);
    let room = room.map_or(String::new(), |room| format!(", room for {}", amount(room.points)));
    console.line(&match course.state {
        State::Planned => format!("{} points planned{room}", amount(course.points)),
        _ => format!(
            "{} points done of {} promised{}{room}",
            amount(course.kept()),
            amount(course.committed),
            later(&course)
        ),
    })?;
    Column::ALL.into_iter().try_for_each(|column| print_column(console, workspace, id, column))
}

/// Prints a column and what is in it, an item a line.
fn print_column(
    console: &mut Console,
    workspace: &Workspace,
    sprint: &Id,
    column: Column,
) -> Result<(), Failure> {
    let inside = inside(workspace, sprint, column);
    let limit = column.limit(workspace.settings());
    let over = limit.is_some_and(|limit| whole(inside.len()) > limit);
    let of = limit.map_or(String::new(), |limit| format!("/{limit}"));
    let over = if over { "  over its limit" } else { "" };
    console.line(&format!("{} {}{of}{over}", column.key(), inside.len()))?;
    for item in inside {
        let [enough, rest] = id_pieces(workspace, item.id(), 0);
        let points = item.number(Field::Points).map_or("?".to_owned(), amount);
        let stuck = stuck::one(workspace, item.id(), console.today);
        let stuck = stuck.map_or(String::new(), |stuck| format!("  {}", stuck.words(workspace)));
        let added = if item.get(Field::Added).is_some() { "  added later" } else { "" };
        let words = plain(format!("{points:>4}  {}{added}", item.title()));
        console.print(&[plain("  "), enough, rest, words, (Ink::Dim, stuck)])?;
    }
    Ok(())
}

fn inside<'a>(workspace: &'a Workspace, id: &Id, column: Column) -> Vec<&'a Record> {
    let items = workspace.in_sprint(id);
    let items = items.iter().filter_map(|id| workspace.get(id)).map(AsRef::as_ref);
    items.filter(|item| Column::of(workspace, item) == column).collect()
}

fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// How a sprint stands as JSON, with its items and its burndown.
pub(super) fn data(workspace: &Workspace, id: &Id, today: Date) -> Json {
    let mut data = course(workspace, id, today);
    if let Json::Object(members) = &mut data {
        members.insert("burndown".into(), burndown(workspace, id, today));
        members.insert("columns".into(), columns(workspace, id).into());
        members.insert("items".into(), items(workspace, id).into());
    }
    data
}

/// How a sprint stands as JSON.
fn course(workspace: &Workspace, id: &Id, today: Date) -> Json {
    let (Some(sprint), Some(course)) = (workspace.get(id), Course::of(workspace, id, today)) else {
        return Json::Null;
    };
    let ids = |ids: &[Id]| ids.iter().map(|id| id.as_str().into()).collect::<Vec<Json>>();
    let date = |field| sprint.date(field).map(|date| date.to_string());
    let room = Room::of(workspace, sprint, today).map(|room| number(room.points));
    let held = stuck::stuck(workspace, &workspace.in_sprint(id), today);
    json!({
        "id": id.as_str(),
        "name": sprint.title(),
        "state": course.state.key(),
        "start": date(Field::Start),
        "end": date(Field::End),
        "goal": sprint.text(Field::Goal),
        "days_off": number(sprint.number(Field::DaysOff).unwrap_or(0.0)),
        "committed": number(course.committed),
        "delivered": number(course.delivered),
        "points": number(course.points),
        "unsized": course.unsized_items,
        "room": room,
        "day": course.day.map(|(day, _)| day),
        "days": course.day.map(|(_, days)| days),
        "late": ids(&course.late),
        "added": ids(&course.added),
        "added_points": number(course.added_points),
        "added_done": number(course.added_done),
        "stuck": held.iter().map(stuck_data).collect::<Vec<_>>(),
    })
}

fn burndown(workspace: &Workspace, id: &Id, today: Date) -> Json {
    let Some(burndown) = Burndown::of(workspace, id, today) else { return Json::Null };
    let days = burndown.days.iter().map(|day| {
        json!({
            "date": day.date.to_string(),
            "ideal": number((day.ideal * 100.0).round() / 100.0),
            "left": day.left.map(number),
        })
    });
    days.collect()
}

fn columns(workspace: &Workspace, id: &Id) -> Vec<Json> {
    let columns = Column::ALL.into_iter().map(|column| {
        json!({
            "column": column.key(),
            "holds": inside(workspace, id, column).len(),
            "limit": column.limit(workspace.settings()).map(number),
        })
    });
    columns.collect()
}

fn items(workspace: &Workspace, id: &Id) -> Vec<Json> {
    let ids = workspace.in_sprint(id);
    let items = ids.iter().filter_map(|id| workspace.get(id)).map(|item| {
        json!({
            "id": item.id().as_str(),
            "title": item.title(),
            "column": Column::of(workspace, item).key(),
            "points": item.number(Field::Points).map(number),
            "approved": item.date(Field::Approved).map(|date| date.to_string()),
        })
    });
    items.collect()
}

/// What is stuck as JSON.
pub(in crate::cli) fn stuck_data(stuck: &Stuck) -> Json {
    json!({
        "id": stuck.id.as_str(),
        "since": stuck.since.map(|since| since.to_string()),
        "days": stuck.days,
        "why": stuck.why,
        "waits": stuck.waits.iter().map(Id::as_str).collect::<Vec<_>>(),
    })
}
