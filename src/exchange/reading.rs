//! What words of other tools mean: statuses, kinds, days, numbers, lists.

use super::asked::Asked;
use crate::workspace::day::spelled;
use crate::workspace::number::{self, Number};
use crate::workspace::{Date, Kind, Status};
use jiff::Timestamp;

/// A word without capitals, blanks and signs, so that spellings of it are one.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How far something is, in the words of trackers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Not done yet.
    Open(Status),
    /// Done.
    Done,
    /// Nobody does it: what came of it is nothing.
    Dropped,
}

const DONE: &[&str] = &[
    "done",
    "closed",
    "resolved",
    "complete",
    "completed",
    "finished",
    "fixed",
    "released",
    "shipped",
    "deployed",
    "launched",
    "archived",
    "erledigt",
    "fertig",
    "abgeschlossen",
];
/// Statuses and resolutions alike.
const DROPPED: &[&str] = &[
    "cancelled",
    "canceled",
    "duplicate",
    "duplicated",
    "wontfix",
    "wontdo",
    "wontbedone",
    "rejected",
    "declined",
    "removed",
    "abandoned",
    "invalid",
    "obsolete",
    "cannotreproduce",
    "notabug",
    "notplanned",
];
const REVIEW: &[&str] = &[
    "review",
    "inreview",
    "codereview",
    "pullrequest",
    "inqa",
    "qa",
    "testing",
    "intesting",
    "intest",
    "readyfortest",
    "readyforqa",
    "readyfortesting",
    "readyforreview",
    "waitingforreview",
    "verify",
    "verification",
    "uat",
    "acceptance",
    "validation",
    "inpullrequest",
];
const DOING: &[&str] = &[
    "doing",
    "inprogress",
    "started",
    "active",
    "wip",
    "working",
    "indevelopment",
    "development",
    "implementing",
    "committed",
    "ongoing",
    "inarbeit",
    "ongoing",
    "reopened",
    "inbuild",
];
const BLOCKED: &[&str] = &[
    "blocked",
    "onhold",
    "hold",
    "waiting",
    "stuck",
    "impeded",
    "waitingforcustomer",
    "waitingforsupport",
    "pending",
    "paused",
];
const TODO: &[&str] = &[
    "todo",
    "open",
    "new",
    "backlog",
    "ready",
    "selectedfordevelopment",
    "readyfordevelopment",
    "triage",
    "approved",
    "planned",
    "unstarted",
    "newidea",
    "candidate",
    "discovery",
    "proposed",
    "accepted",
    "nextup",
    "next",
    "later",
    "now",
    "idea",
    "offen",
    "icebox",
    "unscheduled",
    "draft",
    "design",
    "notstarted",
    "tobedone",
    "refinement",
    "underconsideration",
    "upnext",
    "created",
];

/// What a status says; `None` where its word is not known.
pub fn progress(text: &str) -> Option<Progress> {
    let word = bare(text);
    let lists = [
        (DONE, Progress::Done),
        (DROPPED, Progress::Dropped),
        (REVIEW, Progress::Open(Status::Review)),
        (DOING, Progress::Open(Status::Doing)),
        (BLOCKED, Progress::Open(Status::Blocked)),
        (TODO, Progress::Open(Status::Todo)),
    ];
    lists.into_iter().find(|(words, _)| words.contains(&word.as_str())).map(|(_, is)| is)
}

const KINDS: &[(&str, Kind)] = &[
    ("userstory", Kind::Story),
    ("productbacklogitem", Kind::Story),
    ("requirement", Kind::Story),
    ("improvement", Kind::Story),
    ("enhancement", Kind::Story),
    ("newfeature", Kind::Story),
    ("subfeature", Kind::Story),
    ("feature", Kind::Epic),
    ("theme", Kind::Initiative),
    ("component", Kind::Initiative),
    ("defect", Kind::Bug),
    ("incident", Kind::Bug),
    ("fault", Kind::Bug),
    ("problem", Kind::Bug),
    ("regression", Kind::Bug),
    ("subtask", Kind::Task),
    ("chore", Kind::Task),
    ("technicaltask", Kind::Task),
    ("todo", Kind::Task),
    ("research", Kind::Spike),
    ("investigation", Kind::Spike),
    ("suggestion", Kind::Idea),
    ("request", Kind::Feedback),
    ("note", Kind::Feedback),
];

/// The kind that trackers call so; `None` where it is not known.
pub fn kind(text: &str) -> Option<Kind> {
    let word = bare(text);
    let own = Kind::ALL.into_iter().find(|kind| kind.key() == word);
    own.or_else(|| KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind))
}

/// A number: `5`, `5.0`, `2,5` and `1,000`; with words behind it, as in `5 points`, too. Of several
/// numbers nobody knows which is meant, or whether they are one with blanks in it.
pub fn number(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    match number::spelled(first)? {
        // Nobody can be asked: trackers and sheets write thousands so, and a point with fewer digits.
        Number::One(number) | Number::Either { thousands: number, .. } => Some(number),
    }
}

/// Words parted by commas, semicolons or bars, else by blanks.
pub fn list(text: &str) -> Vec<String> {
    let signs = [',', ';', '|', '\n'];
    let parts: Vec<&str> = if text.contains(signs) {
        text.split(signs).collect()
    } else {
        text.split_whitespace().collect()
    };
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A day, however it is written. What could be two days is none, unless the tool is known to write
/// the month first or last, or else the person.
pub fn day(text: &str, asked: &Asked, month_first: Option<bool>) -> Option<Date> {
    let text = text.trim();
    let month_first = month_first.or(asked.month_first);
    if let Some(moment) = moment(text) {
        return Some(moment.to_zoned(asked.zone.clone()).date());
    }
    spelled(text, month_first)
}

/// A moment, as RFC 3339 or as JavaScript's `Date` writes it.
fn moment(text: &str) -> Option<Timestamp> {
    let plain = text.split_once(" (").map_or(text, |(plain, _)| plain);
    let spelled = || Timestamp::strptime("%a %b %d %Y %H:%M:%S GMT%z", plain).ok();
    text.parse().ok().or_else(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_trackers_write_them() {
        for (text, month_first) in [
            ("2026-11-22", None),
            ("2026/11/22 10:00", None),
            ("2026-11-22T10:30:00Z", None),
            ("2026-11-22T10:30:00.123+00:00", None),
            ("20261122T103000Z", None),
            ("22/Nov/26 3:14 PM", None),
            ("22 Nov 2026", None),
            ("Nov 22, 2026", None),
            ("November 22, 2026 3:14 PM", None),
            ("Sun Nov 22 2026 10:30:00 GMT+0000 (GMT)", None),
            ("22.11.2026", None),
            ("11/22/2026 3:14:00 PM", None),
            ("22/11/2026", None),
        ] {
            let read = day(text, &Asked::default(), month_first);
            assert_eq!(read.map(|day| day.to_string()).as_deref(), Some("2026-11-22"), "{text}");
        }
        let asked = Asked::default();
        assert_eq!(day("03/04/2026", &asked, None), None);
        assert_eq!(day("03/04/2026", &asked, Some(true)).unwrap().to_string(), "2026-03-04");
        let own = Asked { month_first: Some(false), ..Asked::default() };
        assert_eq!(day("03/04/2026", &own, None).unwrap().to_string(), "2026-04-03");
        assert_eq!(day("03/04/2026", &own, Some(true)).unwrap().to_string(), "2026-03-04");
        assert_eq!(day("2026-11-221", &asked, None), None);
        assert_eq!(day("soon", &asked, None), None);
        assert_eq!(day("é", &asked, None), None);
        assert_eq!(day("", &asked, None), None);
    }

    #[test]
    fn a_moment_is_a_day_where_the_person_is() {
        let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
        let asked = Asked { zone, ..Asked::default() };
        for moment in ["20261121T230000Z", "Sat Nov 21 2026 23:00:00 GMT+0000 (GMT+00:00)"] {
            assert_eq!(day(moment, &asked, None).unwrap().to_string(), "2026-11-22");
        }
    }

    #[test]
    fn numbers_are_read_in_both_spellings() {
        let read = |text| number(text);
        assert_eq!(read("5"), Some(5.0));
        assert_eq!(read("5.0"), Some(5.0));
        assert_eq!(read("2,5"), Some(2.5));
        assert_eq!(read("0,500"), Some(0.5));
        assert_eq!(read("1,000"), Some(1000.0));
        assert_eq!(read("1,000.5"), Some(1000.5));
        assert_eq!(read("8 points"), Some(8.0));
        assert_eq!(read("12 500"), None);
        assert_eq!(read("12\u{a0}500"), None);
        assert_eq!(read("XL"), None);
        assert_eq!(read("inf"), None);
    }

    #[test]
    fn a_status_is_known_by_its_word() {
        assert_eq!(progress("In Progress"), Some(Progress::Open(Status::Doing)));
        assert_eq!(progress("Closed"), Some(Progress::Done));
        assert_eq!(progress("Won't Fix"), Some(Progress::Dropped));
        assert_eq!(progress("NOT_PLANNED"), Some(Progress::Dropped));
        assert_eq!(progress("Cooking"), None);
    }
}
