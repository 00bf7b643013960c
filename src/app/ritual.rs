//! What is said at a stand-up and a review: headings with lines below, for the screen and the
//! command line alike.

use super::sprint::head::amount;
use crate::insight::review::Review;
use crate::insight::sprint::State;
use crate::insight::standup::StandUp;
use crate::workspace::{Field, Id, Workspace};

/// A heading and the lines below it.
pub type Part = (String, Vec<String>);

/// What is said at a stand-up, under its title.
pub fn standup(workspace: &Workspace, said: &StandUp) -> (String, Vec<Part>) {
    let sprint = said.sprint.as_ref().map(|id| title(workspace, id));
    let title = sprint.map_or("Stand-up".to_owned(), |sprint| format!("Stand-up · {sprint}"));
    let named = |ids: &[Id]| ids.iter().map(|id| item(workspace, id)).collect::<Vec<_>>();
    let stuck = said
        .stuck
        .iter()
        .map(|stuck| format!("{} · {}", item(workspace, &stuck.id), stuck.words(workspace)));
    let parts = vec![
        (format!("Done since {}", said.since), named(&said.done)),
        (format!("Begun since {}", said.since), named(&said.begun)),
        (format!("Into the sprint since {}", said.since), named(&said.added)),
        ("Stuck".to_owned(), stuck.collect()),
        ("Going on".to_owned(), named(&said.doing)),
        ("Next".to_owned(), named(&said.next)),
    ];
    (title, parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect())
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
    let delivered = vec![format!("{} points", amount(course.delivered))];
    let added = named(&course.added);
    let open = if course.state == State::Closed { "Not done" } else { "Not done yet" };
    let mut parts = vec![
        ("Promised".to_owned(), promised),
        ("Delivered".to_owned(), delivered),
        ("Accepted".to_owned(), named(&review.accepted)),
        ("Done, not accepted".to_owned(), named(&review.unaccepted)),
        (open.to_owned(), named(&review.unfinished)),
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
