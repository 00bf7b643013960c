//! What was done, for those who use it: release by release, or what one release brings.

use super::Told;
use super::markdown::escape;
use crate::workspace::{Date, Field, Id, Kind, Place, Record, Workspace, sorted};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;

/// What of it was new, what was mended, and what only those inside care about.
const PARTS: [(&str, &[Kind]); 3] = [
    ("New", &[Kind::Initiative, Kind::Epic, Kind::Story]),
    ("Fixed", &[Kind::Bug]),
    ("Inside", &[Kind::Task, Kind::Spike]),
];

/// What was done: what is released under its release, the rest under its month; the newest first.
pub(super) fn changelog(workspace: &Workspace, told: &Told) -> String {
    let mut groups: Vec<(Date, String, Vec<&Record>)> = Vec::new();
    for item in workspace.list(Place::Done) {
        let Some(on) = item.date(Field::Done) else { continue };
        let (day, heading) = if let Some(release) = release(workspace, item) {
            let day = release.date(Field::Day).unwrap_or(on);
            (day, format!("{} ({})", escape(release.title()), told.audience.day(day)))
        } else {
            (on.last_of_month(), on.strftime("%B %Y").to_string())
        };
        match groups.iter_mut().find(|(of, other, _)| *of == day && *other == heading) {
            Some((.., items)) => items.push(item),
            None => groups.push((day, heading, vec![item])),
        }
    }
    sorted::by(&mut groups, |a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut text = "# Changelog\n".to_owned();
    for (_, heading, items) in groups {
        let parts = parts(&items, told);
        if !parts.is_empty() {
            let _ = write!(text, "\n## {heading}\n{parts}");
        }
    }
    text
}

/// What a release brings, done and still to come; unless told which, the next one.
fn next_or_named(workspace: &Workspace, told: &Told) -> Option<String> {
    let releases = workspace.list(Place::Releases).iter();
    let next = || {
        let is_real = |release: &&Arc<Record>| !release.is_milestone();
        let open = releases.filter(is_real).filter(|it| it.date(Field::Approved).is_none());
        open.min_by_key(|release| (release.date(Field::Day).is_none(), release.date(Field::Day)))
    };
    let meant = told.release.as_ref().and_then(|id| workspace.get(id)).or_else(next)?;
    let belongs = |item: &&Arc<Record>| {
        release(workspace, item).is_some_and(|release| release.id() == meant.id())
    };
    let done: Vec<&Record> =
        workspace.list(Place::Done).iter().filter(belongs).map(Arc::as_ref).collect();
    let mut text = format!("# {}\n", escape(meant.title()));
    if let Some(day) = meant.date(Field::Day) {
        let _ = write!(text, "\n{}\n", told.audience.day(day));
    }
    let parts = parts(&done, told);
    text.push_str(if parts.is_empty() { "\nNothing of it is done yet.\n" } else { &parts });
    if told.audience.inside {
        let open = workspace.list(Place::Backlog).iter().filter(belongs);
        let open: Vec<&Arc<Record>> = open.filter(|item| item.kind().is_work()).collect();
        if !open.is_empty() {
            text.push_str("\n### Still to come\n\n");
        }
        text.extend(open.iter().map(|item| format!("- {}\n", escape(item.title()))));
    }
    Some(text)
}

/// The same as text; of a workspace without releases there is nothing to say.
pub(super) fn notes(workspace: &Workspace, told: &Told) -> String {
    next_or_named(workspace, told).unwrap_or_else(|| "No release is planned.\n".to_owned())
}

fn parts(items: &[&Record], told: &Told) -> String {
    let mut text = String::new();
    for (heading, kinds) in PARTS {
        let here: Vec<_> = items.iter().filter(|item| kinds.contains(&item.kind())).collect();
        let is_inside = heading == "Inside";
        if here.is_empty() || (is_inside && !told.audience.inside) {
            continue;
        }
        let _ = write!(text, "\n### {heading}\n\n");
        text.extend(here.iter().map(|item| format!("- {}\n", escape(item.title()))));
    }
    text
}

/// The release an item goes out with: its own, else that of the nearest thing it is part of.
fn release<'a>(workspace: &'a Workspace, item: &'a Record) -> Option<&'a Record> {
    let mut seen: HashSet<&Id> = HashSet::new();
    let mut at = Some(item);
    // A file may bring a cycle of parents.
    while let Some(item) = at.filter(|item| seen.insert(item.id())) {
        let link = item.link(Field::Release).and_then(|id| workspace.get(id));
        if let Some(release) = link {
            return Some(release);
        }
        at = item.link(Field::Parent).and_then(|id| workspace.get(id)).map(Arc::as_ref);
    }
    None
}
