//! The dates for a calendar: releases, milestones, the ends of sprints. The format is RFC 5545.

use super::{Told, line};
use crate::insight::sprint::last_day;
use crate::workspace::{Date, Field, Place, Record, Workspace};

/// Octets a line has at most, without its end (RFC 5545, 3.1).
const OCTETS: usize = 75;

/// The calendar.
pub(super) fn write(workspace: &Workspace, told: &Told) -> String {
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//twohats//twohats//EN", "CALSCALE:GREGORIAN"]
            .map(str::to_owned)
            .to_vec();
    let name = workspace.product().title();
    if !name.is_empty() {
        lines.push(format!("X-WR-CALNAME:{}", text(name)));
    }
    for release in workspace.list(Place::Releases) {
        let words = if release.is_milestone() { "" } else { "Release " };
        let day = release.date(Field::Day);
        lines.extend(day.into_iter().flat_map(|day| event(release, words, day, told.today)));
    }
    for sprint in workspace.list(Place::Sprints) {
        let day = last_day(workspace, sprint);
        lines.extend(day.into_iter().flat_map(|day| event(sprint, "End of ", day, told.today)));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// A whole day. Its name in the calendar is that of the record, so that it is found again.
fn event(record: &Record, words: &str, day: Date, today: Date) -> Vec<String> {
    let stamp = |day: Date| day.strftime("%Y%m%d").to_string();
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@twohats", text(record.id().as_str())),
        format!("DTSTAMP:{}T000000Z", stamp(today)),
        format!("DTSTART;VALUE=DATE:{}", stamp(day)),
    ];
    // The end is the first day after it.
    lines.extend(day.tomorrow().ok().map(|next| format!("DTEND;VALUE=DATE:{}", stamp(next))));
    lines.push(format!("SUMMARY:{words}{}", text(record.title())));
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

/// Text in which nothing ends the value (RFC 5545, 3.3.11).
fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A line with its end; a long one goes on after a line break and a space.
fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded + "\r\n"
}
