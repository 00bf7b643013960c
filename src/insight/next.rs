//! What is to be done now, why, and when?

use super::forecast::Forecast;
use super::sprint::last_day;
use crate::scoring::Framework;
use crate::workspace::{Date, Field, Hat, Id, Place, Record, Status, Workspace};
use std::sync::Arc;

/// The answer in three lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The item.
    pub id: Id,
    /// What: kind and title.
    pub what: String,
    /// Why: its place, its score, what it serves.
    pub why: String,
    /// When: its sprint, or that it is in none, and the day by which it is done at 85 %.
    pub when: String,
}

/// The first items of the backlog that can be worked on, so many at most: each is work, it is not blocked, and it
/// waits for nothing that is not done. Of an item with open children in the backlog the children
/// are the work. Days are written as `shown` writes them.
pub fn few(
    workspace: &Workspace,
    forecast: Option<&Forecast>,
    today: Date,
    shown: impl Fn(Date) -> String,
    count: usize,
) -> Vec<Next> {
    let list = workspace.list(Place::Backlog).iter().enumerate();
    let ready = list.filter(|(_, item)| is_ready(workspace, item)).take(count);
    let one = |(nth, (index, item)): (usize, (usize, &Arc<Record>))| Next {
        id: item.id().clone(),
        what: format!("{} {}", item.text(Field::Kind), item.title()).trim().to_owned(),
        why: why(workspace, item, index, nth),
        when: [when(workspace, item, today, &shown)]
            .into_iter()
            .chain(done(workspace, forecast, item, &shown))
            .collect::<Vec<_>>()
            .join(" · "),
    };
    ready.enumerate().map(one).collect()
}

/// The first of [`few`].
pub fn next(
    workspace: &Workspace,
    forecast: Option<&Forecast>,
    today: Date,
    shown: impl Fn(Date) -> String,
) -> Option<Next> {
    few(workspace, forecast, today, shown, 1).pop()
}

pub(super) fn is_ready(workspace: &Workspace, item: &Record) -> bool {
    let open = |id: &Id| workspace.place_of(id) == Some(Place::Backlog);
    item.kind().is_work()
        && item.status() != Status::Blocked
        && workspace.unmet(item).next().is_none()
        && !workspace.parts(item.id()).any(open)
}

fn why(workspace: &Workspace, item: &Arc<Record>, index: usize, nth: usize) -> String {
    let framework = Framework::of(Hat::Po, workspace.settings());
    let place = match (index, nth) {
        (0, _) => "on top of the backlog".to_owned(),
        (_, 1..) => format!("ready, at place {} of the backlog", index + 1),
        _ => format!("the first in the backlog that is ready, at place {}", index + 1),
    };
    let score = match framework.score(item).value() {
        Some(score) => format!("{} {}", framework.name, framework.shown(score)),
        None => format!("no {} score yet", framework.name),
    };
    let serves = objective(workspace, item).map(|title| format!("serves “{title}”"));
    let mut parts = vec![place, score];
    parts.extend(serves);
    parts.join(" · ")
}

/// The objective of an item, or of what it is part of.
fn objective<'a>(workspace: &'a Workspace, item: &'a Record) -> Option<&'a str> {
    let mut item = item;
    // As deep as any tree a person makes; a cycle in the file ends here too.
    for _ in 0..32 {
        if let Some(id) = item.link(Field::Objective) {
            return workspace.get(id).map(|objective| objective.title());
        }
        item = workspace.get(item.link(Field::Parent)?)?;
    }
    None
}

/// The day by which it is done, where one can be said.
fn done(
    workspace: &Workspace,
    forecast: Option<&Forecast>,
    item: &Record,
    shown: impl Fn(Date) -> String,
) -> Option<String> {
    let forecast = forecast?;
    let day = forecast.dates(forecast.of(workspace, item.id())?.points).p85?;
    Some(format!("85 % sure by {}", shown(day)))
}

fn when(
    workspace: &Workspace,
    item: &Record,
    today: Date,
    shown: impl Fn(Date) -> String,
) -> String {
    let sprint = item.link(Field::Sprint).and_then(|id| workspace.get(id));
    let Some(sprint) = sprint else { return "in no sprint yet".to_owned() };
    match last_day(workspace, sprint) {
        Some(end) => {
            let verb = if end < today { "ended" } else { "ends" };
            format!("{}, {verb} {}", sprint.title(), shown(end))
        }
        None => sprint.title().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Content, Value};

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn story(id: &str) -> Record {
        Record::new(Id::new(id)).with(Field::Kind, Value::text("story"))
    }

    fn backlog(items: Vec<Record>) -> Workspace {
        let mut content = Content::default();
        content.fill(Place::Backlog, items.into_iter().map(Arc::new).collect());
        Workspace::new(content)
    }

    #[test]
    fn what_waits_is_blocked_or_is_made_of_others_is_passed_over() {
        let workspace = backlog(vec![
            story("waits").with(Field::BlockedBy, Value::list([Value::link(Id::new("ready"))])),
            story("stuck").with(Field::Status, Value::text("blocked")),
            story("epic"),
            story("idea").with(Field::Kind, Value::text("idea")),
            story("ready").with(Field::Parent, Value::link(Id::new("epic"))),
        ]);
        assert_eq!(
            next(&workspace, None, today(), |day| day.to_string()).unwrap().id,
            Id::new("ready")
        );
    }

    #[test]
    fn an_empty_backlog_has_nothing_to_do_next() {
        assert_eq!(next(&backlog(Vec::new()), None, today(), |day| day.to_string()), None);
    }
}
