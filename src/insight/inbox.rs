//! What came in and still waits for an answer, and what became of the rest?

use crate::workspace::{Date, Field, Id, Place, Record, Value, Workspace};

/// How far the inbox is worked through today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sorted {
    /// Entries that were triaged today.
    pub today: usize,
    /// Entries that still wait.
    pub waiting: usize,
}

/// Whether an entry waits to be triaged: nothing became of it yet, or the day it was parked until
/// has come.
pub fn waits(entry: &Record, today: Date) -> bool {
    match (became(entry), part(entry, "until").and_then(Value::as_date)) {
        ("", _) => true,
        ("parked", Some(until)) => until <= today,
        _ => false,
    }
}

/// How far the inbox is worked through on this day. What was parked and is due again waits.
pub fn sorted(workspace: &Workspace, today: Date) -> Sorted {
    let mut sorted = Sorted::default();
    for entry in workspace.list(Place::Inbox) {
        if waits(entry, today) {
            sorted.waiting += 1;
        } else if part(entry, "on").and_then(Value::as_date) == Some(today) {
            sorted.today += 1;
        }
    }
    sorted
}

/// What became of an entry: `linked`, `declined`, `parked`, or nothing yet.
pub fn became(entry: &Record) -> &str {
    part(entry, "is").and_then(Value::as_text).unwrap_or_default()
}

/// The day a parked entry comes back.
pub fn parked_until(entry: &Record) -> Option<Date> {
    part(entry, "until").and_then(Value::as_date).filter(|_| became(entry) == "parked")
}

/// The item an entry was linked to.
pub fn linked_to(entry: &Record) -> Option<&Id> {
    part(entry, "item").and_then(Value::as_link).filter(|_| became(entry) == "linked")
}

/// What to tell whoever asked, once something became of an entry. `show` writes a day.
pub fn answer(
    workspace: &Workspace,
    entry: &Record,
    show: impl Fn(Date) -> String,
) -> Option<String> {
    let thanks = format!("Thank you for “{}”.", entry.title());
    let told = match became(entry) {
        "declined" => match part(entry, "why").and_then(Value::as_text) {
            Some(why) => format!("We decided not to do it: {}", sentence(why)),
            None => "We decided not to do it.".to_owned(),
        },
        "parked" => match parked_until(entry) {
            Some(until) => format!("Not now; we look at it again on {}.", show(until)),
            None => "Not now.".to_owned(),
        },
        "linked" => {
            let item = linked_to(entry)?;
            let title = workspace.get(item).map_or_else(|| item.as_str(), |item| item.title());
            match workspace.place_of(item) {
                Some(Place::Done) => format!("It is done, with “{title}”."),
                Some(place) if place.in_roadmap() => {
                    format!("It is on the roadmap, with “{title}”.")
                }
                _ => format!("It is in the backlog, with “{title}”."),
            }
        }
        _ => return None,
    };
    Some(format!("{thanks} {told}"))
}

fn part<'a>(entry: &'a Record, name: &str) -> Option<&'a Value> {
    entry.get(Field::Outcome)?.get(name)
}

/// A reason as a sentence of its own, whether or not it was typed with its full stop.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', '…']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Content;
    use std::sync::Arc;

    const TODAY: Date = Date::constant(2026, 11, 22);

    fn entry(id: &str, outcome: &[(&str, Value)]) -> Record {
        let parts = outcome.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let entry = Record::new(Id::new(id)).with(Field::Title, Value::text(id));
        if outcome.is_empty() { entry } else { entry.with(Field::Outcome, Value::Map(parts)) }
    }

    fn is(word: &str) -> (&'static str, Value) {
        ("is", Value::text(word))
    }

    fn day(name: &'static str, days: i64) -> (&'static str, Value) {
        let span = jiff::Span::new().days(days);
        (name, Value::Date(TODAY.checked_add(span).unwrap()))
    }

    #[test]
    fn what_is_parked_waits_again_from_its_day_on() {
        for (outcome, expected) in [
            (vec![], true),
            (vec![is("parked"), day("until", 1)], false),
            (vec![is("parked"), day("until", 0)], true),
            (vec![is("parked"), day("until", -1)], true),
            (vec![is("parked")], false),
            (vec![is("declined")], false),
            (vec![is("linked")], false),
        ] {
            assert_eq!(waits(&entry("a", &outcome), TODAY), expected, "{outcome:?}");
        }
    }

    #[test]
    fn only_what_was_triaged_today_counts_as_done() {
        let entries = [
            entry("a", &[]),
            entry("b", &[is("declined"), day("on", 0)]),
            entry("c", &[is("declined"), day("on", -1)]),
            entry("d", &[is("parked"), day("on", 0), day("until", 0)]),
        ];
        let mut content = Content::default();
        content.fill(Place::Inbox, entries.map(Arc::new).to_vec());
        let sorted = sorted(&Workspace::new(content), TODAY);
        assert_eq!(sorted, Sorted { today: 1, waiting: 2 });
    }

    #[test]
    fn an_answer_says_what_became_of_it_and_why() {
        let item = Record::new(Id::new("k")).with(Field::Title, Value::text("Bank feeds"));
        let mut content = Content::default();
        content.fill(Place::Backlog, vec![Arc::new(item)]);
        let workspace = Workspace::new(content);
        let said = |outcome: &[(&str, Value)]| {
            answer(&workspace, &entry("CSV", outcome), |day| day.to_string())
        };
        assert_eq!(said(&[]), None);
        assert_eq!(
            said(&[is("declined"), ("why", Value::text("too few need it"))]).unwrap(),
            "Thank you for “CSV”. We decided not to do it: too few need it."
        );
        assert_eq!(
            said(&[is("linked"), ("item", Value::link(Id::new("k")))]).unwrap(),
            "Thank you for “CSV”. It is in the backlog, with “Bank feeds”."
        );
        assert_eq!(
            said(&[is("parked"), day("until", 9)]).unwrap(),
            "Thank you for “CSV”. Not now; we look at it again on 2026-12-01."
        );
    }
}
