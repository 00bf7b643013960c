//! What is said at a stand-up and a review: headings with lines below, for the screen and the
//! command line alike.

use super::help::Help;
use super::preferences::DateFormat;
use super::sprint::head::{self, amount};
use super::{App, Effect, Window};
use crate::insight::changes::{Since, Then};
use crate::insight::review::Review;
use crate::insight::sprint::State;
use crate::insight::standup::{StandUp, day_before};
use crate::workspace::{Date, Field, Id, Past, Workspace};

/// A heading and the lines below it.
pub type Part = (String, Vec<String>);

/// Opens the stand-up with what the days in the file tell, and asks for what is remembered beside
/// it: that comes as soon as it is read.
pub(super) fn open_standup(app: &mut App) {
    let since = day_before(app.today);
    let said = standup_since(app, since, &Past::default());
    app.windows.push(Window::Help(page(&said)));
    app.effects.push(Effect::LookBack(since));
}

/// Takes in what is remembered, where the stand-up still waits for it.
pub(super) fn looked_back(app: &mut App, since: Date, past: &Past) {
    let said = standup_since(app, since, past);
    if let Some(Window::Help(shown)) = app.windows.last_mut()
        && shown.title == said.0
    {
        let top = shown.top;
        *shown = page(&said);
        shown.top = top;
    }
}

fn standup_since(app: &App, since: Date, past: &Past) -> (String, Vec<Part>) {
    let then = Then::of(app.workspace(), past, &Since::day(since));
    let said = StandUp::of(app.workspace(), &then, since, app.today);
    standup(app.workspace(), &app.preferences.dates, &said)
}

/// What is said, to be paged through.
pub(super) fn page((title, parts): &(String, Vec<Part>)) -> Help {
    let mut lines: Vec<String> = Vec::new();
    for (heading, below) in parts {
        lines.push(heading.clone());
        lines.extend(below.iter().map(|line| format!("  {line}")));
    }
    if lines.is_empty() {
        lines.push("nothing to say".to_owned());
    }
    Help::text(title, &lines)
}

/// What is said at a stand-up, under its title.
pub fn standup(workspace: &Workspace, dates: &DateFormat, said: &StandUp) -> (String, Vec<Part>) {
    let sprint = said.sprint.as_ref().map(|id| title(workspace, id));
    let over = if said.is_over { " · past its last day" } else { "" };
    let title = sprint.map_or("Stand-up".to_owned(), |sprint| format!("Stand-up · {sprint}{over}"));
    let named = |ids: &[Id]| ids.iter().map(|id| item(workspace, id)).collect::<Vec<_>>();
    let stuck = said
        .stuck
        .iter()
        .map(|stuck| format!("{} · {}", item(workspace, &stuck.id), stuck.words(workspace)));
    let turned = |(id, before, after): (&Id, &str, &str)| {
        format!("{} · {before} → {after}", item(workspace, id))
    };
    let moved = said.moved.iter().map(|(id, before, after)| turned((id, before, after)));
    let rescored = said.rescored.iter().map(|(id, before, after)| turned((id, before, after)));
    let since = dates.show(said.since);
    let mut parts = vec![
        (format!("Done since {since}"), named(&said.done)),
        (format!("Begun since {since}"), named(&said.begun)),
        (format!("Moved since {since}"), moved.collect()),
        (format!("Into the sprint since {since}"), named(&said.added)),
        (format!("Out of the sprint since {since}"), named(&said.left)),
        (format!("Scored anew since {since}"), rescored.collect()),
        ("Stuck".to_owned(), stuck.collect()),
        ("Going on".to_owned(), named(&said.doing)),
        ("Next".to_owned(), named(&said.next)),
    ];
    parts.retain(|(_, lines)| !lines.is_empty());
    parts.push(("How it is known what moved".to_owned(), vec![said.known.words()]));
    (title, parts)
}

/// What is said of a sprint in its review, under its title.
pub fn review(workspace: &Workspace, review: &Review) -> (String, Vec<Part>) {
    let course = &review.course;
    let name = title(workspace, &course.id);
    let named = |ids: &[Id]| ids.iter().map(|id| item(workspace, id)).collect::<Vec<_>>();
    let goal = workspace.get(&course.id).map_or("", |sprint| sprint.text(Field::Goal));
    let mut promised = vec![format!("{} points", amount(course.committed))];
    if !goal.is_empty() {
        promised.insert(0, goal.to_owned());
    }
    promised.extend(named(&review.promised));
    let of = head::added(course).map(|added| format!(": {}, {added}", head::promised(course)));
    let delivered = vec![format!("{} points{}", amount(course.delivered), of.unwrap_or_default())];
    let added = named(&course.added);
    let open = if course.state == State::Closed { "Not done" } else { "Not done yet" };
    let mut parts = vec![
        ("Promised".to_owned(), promised),
        ("Delivered".to_owned(), delivered),
        ("Accepted".to_owned(), named(&review.accepted)),
        ("Done, not accepted".to_owned(), named(&review.unaccepted)),
        (open.to_owned(), named(&review.unfinished)),
        ("Carried over".to_owned(), named(&review.carried)),
        ("Promised, and taken out of the sprint".to_owned(), named(&review.dropped)),
        ("Came in after the start".to_owned(), added),
    ];
    let learned = review
        .learned
        .iter()
        .flat_map(|(part, lines)| lines.iter().map(move |line| format!("{part}: {line}")));
    parts.push(("Learned".to_owned(), learned.collect()));
    let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect();
    (format!("Review · {name}"), parts)
}

fn title(workspace: &Workspace, id: &Id) -> String {
    workspace.get(id).map_or_else(|| id.to_string(), |record| record.title().to_owned())
}

/// An item with its points.
fn item(workspace: &Workspace, id: &Id) -> String {
    let points = workspace.get(id).and_then(|item| item.number(Field::Points));
    let title = title(workspace, id);
    points.map_or(title.clone(), |points| format!("{title} ({})", amount(points)))
}
