//! Changes of a small workspace, counted by hand.

use super::*;
use crate::workspace::{Change as Made, Content, Document, Op, Past, Spot, Value};
use std::sync::Arc;

fn day(day: i8) -> Date {
    Date::constant(2026, 11, day)
}

fn item(id: &str, points: f64) -> Record {
    Record::new(Id::new(id))
        .with(Field::Kind, Value::text("story"))
        .with(Field::Title, Value::text(id))
        .with(Field::Points, Value::Number(points))
}

/// Room for 8 points: a and b stand above the line, c and d below.
fn content() -> Content {
    let mut content = Content::default();
    let list = |items: Vec<Record>| items.into_iter().map(Arc::new).collect();
    content.set_settings(
        Record::new(Id::new(""))
            .with(Field::Capacity, Value::Number(8.0))
            .with(Field::NowLimit, Value::Number(1.0)),
    );
    let metric = |readings: &[(i8, f64)]| {
        let reading =
            |(on, value): &(i8, f64)| Value::list([Value::Date(day(*on)), Value::Number(*value)]);
        Value::list([Value::map([
            ("name".into(), Value::text("hours")),
            ("unit".into(), Value::text("h")),
            ("readings".into(), Value::List(readings.iter().map(reading).collect())),
        ])])
    };
    content.fill(
        Place::Objectives,
        list(vec![
            Record::new(Id::new("o"))
                .with(Field::Title, Value::text("Faster"))
                .with(Field::Metrics, metric(&[(1, 9.0), (12, 7.5)])),
        ]),
    );
    content.fill(
        Place::Releases,
        list(vec![
            Record::new(Id::new("r"))
                .with(Field::Name, Value::text("2.0"))
                .with(Field::Day, Value::Date(Date::constant(2026, 12, 1))),
        ]),
    );
    content.fill(
        Place::Sprints,
        list(vec![
            Record::new(Id::new("s"))
                .with(Field::Name, Value::text("Sprint 1"))
                .with(Field::State, Value::text("running"))
                .with(Field::Goal, Value::text("Feeds")),
        ]),
    );
    let initiative = item("i", 1.0).with(Field::Objective, Value::link(Id::new("o")));
    content.fill(Place::Now, list(vec![initiative]));
    content.fill(Place::Next, list(vec![item("j", 1.0)]));
    let in_sprint = |item: Record| item.with(Field::Sprint, Value::link(Id::new("s")));
    content.fill(
        Place::Backlog,
        list(vec![
            in_sprint(item("a", 3.0)).with(Field::Parent, Value::link(Id::new("i"))),
            in_sprint(item("b", 5.0)),
            item("c", 2.0),
            item("d", 3.0),
        ]),
    );
    content
}

/// What was done on the 10th and since.
struct Played(Document, Past);

impl Played {
    fn new() -> Self {
        let mut played = Self(Document::new(Workspace::new(content())), Past::default());
        played.does(1, Hat::Po, Op::set(&Id::new("d"), Field::Notes, Value::text("old")));
        played
    }

    fn does(&mut self, on: i8, hat: Hat, op: Op) {
        let change = Made { words: "did it".into(), hat, op };
        self.1.steps.push((day(on), self.0.commit(change).unwrap().clone()));
    }

    fn found(&self, since: &Since) -> Vec<String> {
        let then = Then::of(self.0.workspace(), &self.1, since);
        let all = changes(&then, self.0.workspace(), since, day(22));
        let said = |change: &Change| {
            let (hat, words) = (change.hat.key(), change.words(self.0.workspace()));
            let why = change.why.as_ref().map_or(String::new(), |why| format!(" ({why})"));
            format!("{hat} {}: {} {words}{why}", change.topic().key(), change.title)
        };
        all.iter().map(said).collect()
    }

    fn only(&self, topic: Topic) -> Vec<String> {
        let begins = format!(" {}: ", topic.key());
        let all = self.found(&Since::day(day(10)));
        all.into_iter().filter(|line| line.contains(&begins)).collect()
    }
}

#[test]
fn what_came_and_went_is_the_business_of_both_hats() {
    let mut played = Played::new();
    let id = Id::new;
    played.does(11, Hat::Pm, Op::shift(&id("j"), Spot::top(Place::Backlog)));
    played.does(12, Hat::Po, Op::shift(&id("c"), Spot::top(Place::Done)));
    played.does(12, Hat::Po, Op::Remove { id: id("d") });
    let new = Arc::new(item("n", 1.0));
    played.does(13, Hat::Po, Op::Insert { record: new, at: Spot::bottom(Place::Backlog) });
    assert_eq!(
        played.only(Topic::Entered),
        ["po entered: j to the backlog from Next", "po entered: n new in the backlog"]
    );
    assert_eq!(
        played.only(Topic::Left),
        [
            "pm left: j from Next to the backlog",
            "po left: c done, from the backlog",
            "po left: d removed from the backlog"
        ]
    );
}

#[test]
fn what_crossed_the_line_says_how() {
    let mut played = Played::new();
    // c 2, a 3 are 5 of 8 points; b would make it 10.
    played.does(11, Hat::Po, Op::shift(&Id::new("c"), Spot::top(Place::Backlog)));
    assert_eq!(
        played.only(Topic::Line),
        [
            "po line: c above the line now: it was moved up",
            "po line: b below the line now: something came before it"
        ]
    );
    let settings = Id::new(Content::SETTINGS);
    played.does(12, Hat::Po, Op::set(&settings, Field::Capacity, Value::Number(13.0)));
    // c 2, a 3, b 5, d 3 are 13.
    assert_eq!(
        played.only(Topic::Line),
        [
            "po line: c above the line now: it was moved up",
            "po line: d above the line now: the line went from 8 to 13"
        ]
    );
}

#[test]
fn a_new_score_says_why_where_that_was_decided() {
    let mut played = Played::new();
    let rated = |effort: f64| {
        let factors = [("reach", 100.0), ("impact", 2.0), ("confidence", 50.0), ("effort", effort)];
        let factors = factors.map(|(name, value)| (name.into(), Value::Number(value)));
        Value::map([("rice".into(), Value::map(factors.to_vec()))])
    };
    played.does(2, Hat::Pm, Op::set(&Id::new("i"), Field::Ratings, rated(1.0)));
    played.does(11, Hat::Pm, Op::set(&Id::new("i"), Field::Ratings, rated(2.0)));
    let decision = Record::new(Id::new("w"))
        .with(Field::On, Value::Date(day(11)))
        .with(Field::About, Value::link(Id::new("i")))
        .with(Field::Why, Value::text("twice the work"));
    let at = Spot::bottom(Place::Decisions);
    played.does(11, Hat::Pm, Op::Insert { record: Arc::new(decision), at });
    // 100 × 2 × 50 % ÷ 1, and ÷ 2.
    assert_eq!(played.only(Topic::Scores), ["pm scores: i RICE 100 → RICE 50.0 (twice the work)"]);
}

#[test]
fn dates_say_by_how_much_they_slipped() {
    let mut played = Played::new();
    let to = |on| Op::set(&Id::new("r"), Field::Day, Value::Date(on));
    played.does(11, Hat::Pm, to(Date::constant(2026, 12, 18)));
    assert_eq!(
        played.only(Topic::Dates),
        ["pm dates: 2.0 release 2026-12-01 → 2026-12-18, 17 days later"]
    );
    played.does(12, Hat::Pm, to(Date::constant(2026, 11, 30)));
    assert_eq!(
        played.only(Topic::Dates),
        ["pm dates: 2.0 release 2026-12-01 → 2026-11-30, a day sooner"]
    );
}

#[test]
fn a_goal_says_what_it_serves_and_with_how_much() {
    // 3 of 8 points are part of the initiative that serves the objective.
    let played = Played::new();
    assert_eq!(played.only(Topic::Goals), ["po goals: Sprint 1 “Feeds” · 38 % serve Faster"]);
}

#[test]
fn each_hat_hears_of_what_the_other_did_and_says() {
    let mut played = Played::new();
    let note = [("hat", "pm"), ("text", "too big")].map(|(k, v)| (k.into(), Value::text(v)));
    let note = Value::map(note.to_vec());
    played.does(11, Hat::Po, Op::set(&Id::new("a"), Field::NoteTo, note));
    assert_eq!(played.only(Topic::Others), ["pm others: a did it (2026-11-11)"]);
    assert_eq!(played.only(Topic::Notes), ["pm notes: a too big"]);
}

#[test]
fn a_check_in_ends_what_was_before_it_on_its_day() {
    let mut played = Played::new();
    played.does(10, Hat::Po, Op::shift(&Id::new("c"), Spot::top(Place::Next)));
    let record = Record::new(Id::new("h"))
        .with(Field::On, Value::Date(day(10)))
        .with(Field::HatOn, Value::text("po"));
    let at = Spot::bottom(Place::CheckIns);
    played.does(10, Hat::Po, Op::Insert { record: Arc::new(record), at });
    let last = Since::last(played.0.workspace(), Hat::Po, day(22));
    assert_eq!(last, Since { day: day(10), check_in: Some(Id::new("h")) });
    assert!(!played.found(&last).iter().any(|line| line.contains("entered")));
    assert!(played.only(Topic::Entered).contains(&"pm entered: c to Next from the backlog".into()));
    let first = Since::last(played.0.workspace(), Hat::Pm, day(22));
    assert_eq!(first, Since::day(day(8)), "a fortnight where there was none");
}

#[test]
fn a_note_that_names_no_hat_or_has_a_blank_answer_waits() {
    let mut played = Played::new();
    let parts = [("text", "unclear"), ("answer", " ")];
    let note = Value::map(parts.map(|(name, text)| (name.into(), Value::text(text))));
    played.does(15, Hat::Po, Op::set(&Id::new("c"), Field::NoteTo, note));
    assert_eq!(played.only(Topic::Notes), ["pm notes: c unclear"]);
}

#[test]
fn without_a_log_the_days_in_the_file_tell_what_they_can() {
    let mut played = Played::new();
    let done = Op::Batch(vec![
        Op::shift(&Id::new("c"), Spot::top(Place::Done)),
        Op::set(&Id::new("c"), Field::Done, Value::Date(day(15))),
        Op::set(&Id::new("c"), Field::From, Value::text("backlog")),
    ]);
    played.does(15, Hat::Po, done);
    played.1 = Past::default();
    assert_eq!(played.only(Topic::Left), ["po left: c done, from the backlog"]);
    assert_eq!(played.only(Topic::Metrics), ["pm metrics: Faster hours 9 → 7.5 h"]);
    let since = Since::day(day(10));
    let known = |past: &Past| Then::of(played.0.workspace(), past, &since).known;
    assert_eq!(known(&played.1), Known::Dates);
    let version = Past { version: Some(("commit 1a2b".into(), content())), ..Past::default() };
    assert_eq!(known(&version), Known::Version("commit 1a2b".into()));
    assert_eq!(known(&Played::new().1), Known::Log);
}
