//! A small plan whose dates can be checked by hand: ten sprints of two weeks that delivered 10
//! points each, so that every forecast is a step of 10 points a sprint.

use super::release::{Doubt, Risk, State};
use super::*;
use crate::insight::forecast::LAST;
use crate::insight::forecast::throughput::named;
use crate::workspace::{Content, Kind, Value};
use std::sync::Arc;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Items as `id>parent:waits@release=points`, all but the id left out where they are not wanted.
fn item(word: &str, kind: Kind) -> Record {
    let (word, points) = word.split_once('=').unwrap_or((word, ""));
    let (word, release) = word.split_once('@').unwrap_or((word, ""));
    let (word, waits) = word.split_once(':').unwrap_or((word, ""));
    let (id, parent) = word.split_once('>').unwrap_or((word, ""));
    let mut record = Record::new(Id::new(id))
        .with(Field::Kind, Value::text(kind.key()))
        .with(Field::Title, Value::text(id));
    let link = |id: &str| Value::link(Id::new(id));
    for (field, text) in [(Field::Parent, parent), (Field::Release, release)] {
        if !text.is_empty() {
            record = record.with(field, link(text));
        }
    }
    if !waits.is_empty() {
        record = record.with(Field::BlockedBy, Value::List(waits.split(',').map(link).collect()));
    }
    if !points.is_empty() {
        record = record.with(Field::Points, Value::Number(points.parse().unwrap()));
    }
    record
}

fn list(words: &str, kind: Kind) -> Vec<Arc<Record>> {
    words.split_whitespace().map(|word| Arc::new(item(word, kind))).collect()
}

/// The plan on 16 November: the sprint that runs ends on the 29th, those after it every two weeks.
fn plan(roadmap: &str, backlog: &str, done: &str, release: Record) -> (Workspace, Timeline) {
    let mut content = Content::default();
    content.fill(Place::Now, list(roadmap, Kind::Initiative));
    content.fill(Place::Backlog, list(backlog, Kind::Story));
    let accepted = |record: Arc<Record>| {
        let day = Value::Date(day("2026-11-20"));
        Arc::new((*record).clone().with(Field::Approved, day))
    };
    content.fill(Place::Done, list(done, Kind::Story).into_iter().map(accepted).collect());
    content.fill(Place::Releases, vec![Arc::new(release)]);
    let sprint = |number: i32| {
        let start = day("2026-06-29").saturating_add((14 * number).days());
        let sprint = Record::new(Id::new(&format!("s{number}")))
            .with(Field::Name, Value::text(format!("Sprint {number}")))
            .with(Field::Start, Value::Date(start))
            .with(Field::End, Value::Date(start.saturating_add(13.days())));
        Arc::new(match number {
            10 => sprint.with(Field::State, Value::text("running")),
            _ => sprint
                .with(Field::State, Value::text("closed"))
                .with(Field::Delivered, Value::Number(10.0)),
        })
    };
    content.fill(Place::Sprints, (0..11).map(sprint).collect());
    let workspace = Workspace::new(content);
    let today = day("2026-11-16");
    let method = named("resample").unwrap();
    let forecast = Forecast::new(&workspace, method, LAST, today);
    let timeline = Timeline::of(&workspace, &forecast, today);
    (workspace, timeline)
}

fn release(date: &str) -> Record {
    let release = Record::new(Id::new("r")).with(Field::Name, Value::text("2.0"));
    if date.is_empty() { release } else { release.with(Field::Day, Value::Date(day(date))) }
}

fn chain(words: &str) -> Vec<Id> {
    words.split_whitespace().map(Id::new).collect()
}

#[test]
fn a_release_is_late_by_the_days_behind_its_own_and_through_what_is_waited_for() {
    // 30 points down to the last: the third sprint, which ends on 27 December.
    let (_, plan) = plan("i@r", "a>i=10 b>i:a=10 c>i:b=10", "", release("2026-12-18"));
    let stage = &plan.stages[0];
    assert_eq!(stage.sure, Some(day("2026-12-27")));
    assert_eq!(stage.state, State::AtRisk(Risk { days: Some(9), chain: chain("a b c") }));
    let bar = &plan.bars[0];
    assert_eq!((bar.basis, bar.end, bar.late()), (Basis::Release, stage.day, Some(9)));
}

#[test]
fn what_is_waited_for_counts_wherever_it_stands() {
    // The release holds a alone, on top of the list; but it waits for c at the end of it.
    let (_, plan) = plan("", "a:c@r=10 b=10 c=10", "", release("2026-12-01"));
    assert_eq!(plan.stages[0].state, State::AtRisk(Risk { days: Some(26), chain: chain("c a") }));
}

#[test]
fn a_part_waits_for_what_the_thing_it_is_part_of_waits_for() {
    let (_, plan) = plan("i:j@r j", "a>i=10 b>j=10 c>j=10", "", release("2026-12-01"));
    assert_eq!(plan.stages[0].state, State::AtRisk(Risk { days: Some(26), chain: chain("c a") }));
}

#[test]
fn it_is_in_time_where_its_day_is_not_before_the_sure_one() {
    let (_, plan) = plan("i@r", "a>i=10 b>i=10 c=10", "", release("2026-12-13"));
    assert_eq!(plan.stages[0].state, State::OnTrack);
}

#[test]
fn nobody_knows_of_a_day_behind_the_last_sprint_that_is_looked_ahead() {
    // 40 sprints of 10 points are looked ahead, the last until 28 May 2028.
    let state = |day| plan("", "a@r=500", "", release(day)).1.stages[0].state.clone();
    let late = State::AtRisk(Risk { days: None, chain: chain("a") });
    assert_eq!([state("2027-12-18"), state("2028-05-28")], [late.clone(), late]);
    let words = "no further is looked ahead than 40 sprints, to 2028-05-28";
    assert_eq!(state("2028-05-29"), State::Unsure(Doubt::NoDates(words.into())));
}

#[test]
fn it_is_ready_once_all_is_accepted_and_not_before() {
    let (workspace, found) = plan("i@r", "", "a>i b>i@r", release("2026-11-20"));
    assert_eq!(found.stages[0].state, State::Ready);
    assert_eq!((found.stages[0].accepted, found.stages[0].items.len()), (2, 2));
    let of = release::items(&workspace, &Id::new("r"));
    assert_eq!(of, chain("a b"));
    let (_, found) = plan("i@r", "c>i=1", "a>i b>i", release("2027-11-20"));
    assert_eq!(found.stages[0].state, State::OnTrack);
}

#[test]
fn a_part_that_names_another_release_goes_out_with_that() {
    let (workspace, _) = plan("i@r", "a>i=10 b>i@x=10", "", release(""));
    assert_eq!(release::items(&workspace, &Id::new("r")), chain("a"));
}

#[test]
fn without_a_day_or_parts_nobody_knows() {
    let (_, found) = plan("i@r", "a>i=10", "", release(""));
    assert_eq!(found.stages[0].state, State::Unsure(Doubt::NoDay));
    let (_, found) = plan("i@r", "a=10", "", release("2026-12-18"));
    assert_eq!(found.stages[0].state, State::Unsure(Doubt::Unplanned(Id::new("i"))));
    let (_, found) = plan("", "a=10", "", release("2026-12-18"));
    assert_eq!(found.stages[0].state, State::Empty);
    let mark = release("2026-12-18").with(Field::Milestone, Value::Flag(true));
    let (_, found) = plan("", "a=10", "", mark);
    assert_eq!(found.stages[0].state, State::Milestone);
}

#[test]
fn what_goes_round_ends() {
    let (_, plan) = plan("", "a:b@r=10 b:a=10", "", release("2026-12-01"));
    assert!(matches!(plan.stages[0].state, State::AtRisk(_)));
}

#[test]
fn a_long_row_takes_no_stack() {
    let row: Vec<String> =
        (0..3000).map(|at| format!("a{at}:a{}@r=0.001", at.max(1) - 1)).collect();
    let (_, plan) = plan("", &row.join(" "), "", release("2026-12-18"));
    assert_eq!(plan.stages[0].state, State::OnTrack);
}

#[test]
fn a_bar_rests_on_its_parts_where_nobody_planned_it() {
    let (_, plan) = plan("i", "a=10 b>i=10", "", release(""));
    let bar = &plan.bars[0];
    assert_eq!(bar.basis, Basis::Forecast);
    assert_eq!(bar.days(), Some((day("2026-11-16"), day("2026-12-13"))));
    assert_eq!((bar.even, bar.sure, bar.late()), (bar.end, Some(day("2026-12-13")), None));
}

/// The plan of one initiative of two person-months between two days.
fn initiative(start: &str, due: &str) -> Timeline {
    let rice = Value::map([("effort".into(), Value::Number(2.0))]);
    let item = item("i", Kind::Initiative)
        .with(Field::Start, Value::Date(day(start)))
        .with(Field::Due, Value::Date(day(due)))
        .with(Field::Ratings, Value::map([("rice".into(), rice)]));
    let mut content = Content::default();
    content.fill(Place::Now, vec![Arc::new(item)]);
    let people = Value::map([("2026-Q4".into(), Value::Number(0.5))]);
    let budget = Value::map([("2027 Q1".into(), Value::Number(1000.0))]);
    let settings = Record::new(Id::new(Content::SETTINGS))
        .with(Field::People, people)
        .with(Field::Budget, budget);
    content.set_settings(settings);
    let workspace = Workspace::new(content);
    let method = named("resample").unwrap();
    let forecast = Forecast::new(&workspace, method, LAST, day("2026-11-16"));
    Timeline::of(&workspace, &forecast, day("2026-11-16"))
}

#[test]
fn the_effort_lies_evenly_on_the_days_of_a_bar() {
    let plan = initiative("2026-12-22", "2027-01-10");
    // Ten days on either side of the year.
    assert_eq!(plan.loads.iter().map(|load| load.effort).collect::<Vec<_>>(), [1.0, 1.0]);
    assert_eq!(plan.loads[0].share(), Some(1.0 / 1.5));
    assert_eq!((plan.loads[1].share(), plan.loads[1].for_a_month()), (None, Some(1000.0)));
}

#[test]
fn a_plan_up_to_the_last_day_there_is_ends() {
    for start in ["2026-12-22", "9999-09-30", "9999-12-31", "0001-01-01"] {
        let plan = initiative(start, "9999-12-31");
        let all: f64 = plan.loads.iter().map(|load| load.effort).sum();
        assert!((all - 2.0).abs() < 1e-6, "{start}: {all}");
        assert_eq!(plan.loads.last().unwrap().quarter.to_string(), "9999-Q4");
    }
}
