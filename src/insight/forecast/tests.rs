//! A small workspace with a history, and the dates that come of it.

use super::throughput::named;
use super::*;
use crate::workspace::{Content, Field, Value};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const TODAY: Date = date(2026, 11, 22);

fn sprint(number: i8, state: &str, delivered: Option<f64>) -> Record {
    let start = date(2026, 9, 1).saturating_add(jiff::ToSpan::days(i32::from(number) * 14));
    let end = start.saturating_add(jiff::ToSpan::days(13));
    let sprint = Record::new(Id::new(&format!("s{number}")))
        .with(Field::Name, Value::text(format!("Sprint {number}")))
        .with(Field::State, Value::text(state))
        .with(Field::End, Value::Date(end));
    match delivered {
        Some(points) => sprint.with(Field::Delivered, Value::Number(points)),
        None => sprint,
    }
}

fn story(id: &str, points: Option<f64>) -> Record {
    let story = Record::new(Id::new(id)).with(Field::Kind, Value::text("story"));
    match points {
        Some(points) => story.with(Field::Points, Value::Number(points)),
        None => story,
    }
}

fn link(record: Record, field: Field, to: &str) -> Record {
    record.with(field, Value::link(Id::new(to)))
}

fn workspace(backlog: Vec<Record>, done: Vec<Record>, sprints: Vec<Record>) -> Workspace {
    let mut content = Content::default();
    let shared = |records: Vec<Record>| records.into_iter().map(Arc::new).collect();
    content.fill(Place::Backlog, shared(backlog));
    content.fill(Place::Done, shared(done));
    content.fill(Place::Sprints, shared(sprints));
    Workspace::new(content)
}

fn closed(amounts: &[f64]) -> Vec<Record> {
    let sprints = (0..).zip(amounts);
    sprints.map(|(number, points)| sprint(number, "closed", Some(*points))).collect()
}

fn forecast(workspace: &Workspace) -> Forecast {
    Forecast::new(workspace, named("resample").unwrap(), LAST, TODAY)
}

#[test]
fn after_a_new_order_of_a_stretch_it_is_as_if_all_had_been_looked_at() {
    let mut random = fastrand::Rng::with_seed(3);
    let size = |at: u32| (!at.is_multiple_of(4)).then(|| f64::from(1 + at % 7));
    let backlog = (0..40).map(|at| story(&format!("i{at}"), size(at)));
    let mut backlog: Vec<Record> = backlog.collect();
    backlog[7] = link(backlog[7].clone(), Field::Parent, "i20");
    let sprints = closed(&[10.0, 12.0, 9.0, 10.0, 11.0]);
    let mut known = forecast(&workspace(backlog.clone(), Vec::new(), sprints.clone()));
    for _ in 0..200 {
        let from = random.usize(..40);
        let stretch = from..random.usize(from..=40);
        random.shuffle(&mut backlog[stretch.clone()]);
        let workspace = workspace(backlog.clone(), Vec::new(), sprints.clone());
        let before = known.clone();
        let moved = known.reorder(&workspace, &stretch);
        let anew = forecast(&workspace);
        assert_eq!((&known.items, &known.lines), (&anew.items, &anew.lines));
        let days = what_if::shifts(&before, &known).into_iter();
        let days: Vec<_> = days.map(|shift| (shift.before.p85, shift.after.p85)).collect();
        let earlier = days.iter().filter(|(before, after)| after < before).count();
        let later = days.iter().filter(|(before, after)| after > before).count();
        assert_eq!(moved, (earlier, later));
    }
}

#[test]
fn a_new_order_says_how_many_dates_it_moves() {
    let ids = ["a", "b", "c", "d"];
    let order = |ids: [&str; 4]| {
        let backlog = ids.map(|id| story(id, Some(5.0))).to_vec();
        workspace(backlog, Vec::new(), closed(&[10.0; 5]))
    };
    let mut known = forecast(&order(ids));
    // What was fourth is second now: the third sprint half is full of the two that gave way.
    assert_eq!(known.reorder(&order(["a", "d", "b", "c"]), &(1..4)), (1, 1));
    assert_eq!(known.reorder(&order(["d", "a", "b", "c"]), &(0..2)), (0, 0));
    assert_eq!(known.reorder(&order(ids), &(0..4)), (1, 1));
}

#[test]
fn lines_stand_where_a_sprint_ends_at_85_percent() {
    let mut sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    sprints.push(sprint(5, "running", None));
    let backlog = [("a", 6.0), ("b", 4.0), ("c", 1.0), ("d", 9.0)];
    let backlog = backlog.map(|(id, points)| story(id, Some(points))).to_vec();
    let found = forecast(&workspace(backlog, Vec::new(), sprints));
    let lines: Vec<_> = found
        .lines
        .iter()
        .map(|line| {
            let after = line.after.as_ref().map_or("-", Id::as_str);
            format!("{} {} {after}", line.sprint.name, line.sprint.ends)
        })
        .collect();
    assert_eq!(lines, ["Sprint 5 2026-11-23 b", "Sprint 6 2026-12-07 d"]);
    assert_eq!(found.dates(found.items[2].points).p85, Some(date(2026, 12, 7)));
    assert_eq!(found.chances(11.0).len(), 12);
    assert_eq!(found.capacity(), Some(Capacity::Points(10.0)));
    assert_eq!(found.amount_by(date(2026, 12, 18), 0.85), Some(20.0));
    assert_eq!(found.amount_by(date(2026, 11, 22), 0.85), None);
}

#[test]
fn a_day_is_looked_ahead_to_and_what_lies_behind_the_last_sprint_is_said() {
    let mut sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    sprints.push(sprint(5, "running", None));
    let workspace = workspace(vec![story("a", Some(6.0))], Vec::new(), sprints);
    let found = forecast(&workspace);
    let until = |day| found.clone().until(&workspace, day, date(2026, 11, 22));
    // Twelve sprints end by 26 April, the thirteenth on 10 May.
    let near = until(date(2027, 1, 1));
    assert_eq!((near.slots.len(), &near.lines), (found.slots.len(), &found.lines));
    let far = until(date(2027, 5, 10));
    assert_eq!(far.amount_by(date(2027, 5, 10), 0.85), Some(130.0));
    assert_eq!(far.ends_before(date(2027, 5, 10)), None);
    let day = date(2040, 12, 31);
    let farthest = until(day);
    assert_eq!((farthest.ended(day), farthest.amount_by(day, 0.85)), (40, Some(400.0)));
    let words = "no further is looked ahead than 40 sprints, to 2028-05-22";
    assert_eq!(farthest.ends_before(day).as_deref(), Some(words));
}

#[test]
fn a_running_sprint_has_what_it_delivered_already() {
    let mut sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    sprints.push(sprint(5, "running", None));
    let epic = link(story("e", Some(50.0)), Field::Sprint, "s5");
    let done = link(link(story("x", Some(7.0)), Field::Sprint, "s5"), Field::Parent, "e");
    let found = forecast(&workspace(vec![story("a", Some(4.0))], vec![epic, done], sprints));
    assert!((found.basis.running - 7.0).abs() < 1e-9, "the leaf counts, not what it is part of");
    assert_eq!(found.lines[0].after, None);
}

#[test]
fn a_sprint_past_its_end_promises_nothing_more_and_the_next_one_begins() {
    let mut sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    sprints.push(sprint(5, "running", Some(7.0)));
    let on = |sprints: &[Record], day| {
        let workspace = workspace(vec![story("a", Some(4.0))], Vec::new(), sprints.to_vec());
        Forecast::new(&workspace, named("resample").unwrap(), LAST, day)
    };
    let (last, over) = (date(2026, 11, 23), date(2026, 11, 24));
    let found = on(&sprints, last);
    assert_eq!((found.lines[0].sprint.name.as_str(), found.slots[0].ends), ("Sprint 5", last));
    let found = on(&sprints, over);
    assert_eq!(found.slots[0].name, "Sprint 6");
    assert_eq!(found.slots[0].ends, date(2026, 12, 7), "a whole sprint from that day on");
    assert_eq!(found.lines[0].after, Some(Id::new("a")), "with all that a sprint delivers");
    sprints.push(sprint(6, "planned", None));
    assert_eq!(on(&sprints, over).slots[0].ends, date(2026, 12, 7), "or the one that is planned");
}

/// A sprint from one day of November 2026 to another.
fn dated(id: &str, state: &str, (from, to): (i8, i8)) -> Record {
    let day = |day| Value::Date(date(2026, 11, day));
    let sprint = Record::new(Id::new(id)).with(Field::State, Value::text(state));
    sprint.with(Field::Start, day(from)).with(Field::End, day(to))
}

/// Five sprints of two weeks with 10 points each, the last of which ends on 1 November.
fn fortnights() -> Vec<Record> {
    let sprint = |number: i8| {
        let end = date(2026, 11, 1).saturating_sub(jiff::ToSpan::weeks(i64::from(2 * number)));
        let start = end.saturating_sub(jiff::ToSpan::days(13));
        let closed = sprint(number, "closed", Some(10.0)).with(Field::End, Value::Date(end));
        closed.with(Field::Start, Value::Date(start))
    };
    (0..5).rev().map(sprint).collect()
}

/// What the sprints to come deliver together with a chance of 85 %.
fn amounts(sprints: &[Record], on: Date) -> Vec<f64> {
    let workspace = workspace(vec![story("a", Some(4.0))], Vec::new(), sprints.to_vec());
    let found = Forecast::new(&workspace, named("resample").unwrap(), LAST, on);
    found.sums().iter().map(|sum| sum.amount(SURE)).collect()
}

#[test]
fn a_sprint_of_another_length_delivers_its_share() {
    let monday = date(2026, 11, 2);
    let with = |sprint: Record| [fortnights(), vec![sprint]].concat();
    let alike = amounts(&with(dated("n", "planned", (2, 15))), monday);
    assert_eq!(alike[..3], [10.0, 20.0, 30.0]);
    let week = dated("n", "planned", (2, 8));
    assert_eq!(amounts(&with(week), monday)[..3], [5.0, 15.0, 25.0]);
    let off = dated("n", "planned", (2, 15)).with(Field::DaysOff, Value::Number(3.0));
    assert_eq!(amounts(&with(off.clone()), monday)[..3], [7.0, 17.0, 27.0]);
    assert_eq!(
        amounts(&with(off.with(Field::DaysOff, Value::Number(99.0))), monday)[..2],
        [0.0, 10.0]
    );
    // Sprints that were half as long delivered as much in half of the time.
    let weeks = fortnights().into_iter().map(|sprint| {
        let start = sprint.date(Field::End).unwrap().saturating_sub(jiff::ToSpan::days(6));
        sprint.with(Field::Start, Value::Date(start))
    });
    assert_eq!(amounts(&weeks.collect::<Vec<_>>(), monday)[..2], [20.0, 40.0]);
    let off = |sprint: Record| sprint.with(Field::DaysOff, Value::Number(5.0));
    let half: Vec<Record> = fortnights().into_iter().map(off).collect();
    assert_eq!(amounts(&half, monday)[..2], [20.0, 40.0]);
}

#[test]
fn where_all_sprints_are_alike_their_length_changes_nothing() {
    for method in super::throughput::METHODS {
        let sums = |is_known: bool, running: &Record| {
            let mut sprints = fortnights();
            for (sprint, points) in sprints.iter_mut().zip([7.0, 11.5, 9.0, 0.0, 13.0]) {
                *sprint = sprint.clone().with(Field::Delivered, Value::Number(points));
            }
            sprints.push(running.clone());
            if !is_known {
                sprints = sprints.into_iter().map(|sprint| sprint.without(Field::Start)).collect();
            }
            let workspace = workspace(vec![story("a", Some(90.0))], Vec::new(), sprints);
            Forecast::new(&workspace, method, LAST, date(2026, 11, 2)).sums().to_vec()
        };
        let planned = dated("n", "planned", (2, 15));
        let running = dated("n", "running", (2, 15)).with(Field::Delivered, Value::Number(3.0));
        for sprint in [planned, running] {
            let (known, unknown) = (sums(true, &sprint), sums(false, &sprint));
            assert_eq!(known, unknown, "{}", method.id);
        }
    }
}

#[test]
fn days_that_are_gone_promise_nothing_and_a_sprint_no_more_than_is_left_of_it() {
    let first = |done: f64, day: i8| {
        let running = dated("r", "running", (2, 15)).with(Field::Delivered, Value::Number(done));
        amounts(&[fortnights(), vec![running]].concat(), date(2026, 11, day))[..2].to_vec()
    };
    assert_eq!(first(0.0, 2), [10.0, 20.0], "today is to come");
    assert_eq!(first(0.0, 9), [5.0, 15.0], "a week is left");
    assert_eq!(first(0.0, 13), [1.0, 11.0], "the last day of work");
    assert_eq!(first(0.0, 14), [0.0, 10.0], "a weekend is left");
    assert_eq!(first(3.0, 9), [5.0, 15.0], "what is left to do is more than there are days for");
    assert_eq!(first(8.0, 9), [2.0, 12.0], "and where it is less, it is that");
}

#[test]
fn a_sprint_that_was_over_at_once_counts_together_with_the_next() {
    let monday = date(2026, 11, 16);
    let stub = dated("x", "closed", (2, 2)).with(Field::Delivered, Value::Number(1.0));
    let rest = dated("y", "closed", (3, 15)).with(Field::Delivered, Value::Number(9.0));
    let found = amounts(&[fortnights(), vec![stub.clone(), rest]].concat(), monday);
    assert_eq!(found[..2], [10.0, 20.0]);
    let stub = stub.with(Field::Delivered, Value::Number(0.0));
    let found = amounts(&[fortnights(), vec![stub]].concat(), monday);
    assert!(found[0] > 9.0, "nothing in a day is not nothing in two weeks: {found:?}");
}

#[test]
fn epics_count_through_their_parts_and_ideas_do_not_count() {
    let sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    let backlog = vec![
        story("e", Some(40.0)),
        link(story("a", Some(3.0)), Field::Parent, "e"),
        story("i", None).with(Field::Kind, Value::text("idea")),
        link(story("b", None), Field::Parent, "e"),
        story("c", Some(5.0)),
    ];
    let workspace = workspace(backlog, Vec::new(), sprints);
    let found = forecast(&workspace);
    let items: Vec<_> =
        found.items.iter().map(|item| (item.id.as_str(), item.points, item.assumed)).collect();
    assert_eq!(items, [("a", 3.0, false), ("b", 7.0, true), ("c", 12.0, false)]);
    assert_eq!(found.of(&workspace, &Id::new("e")).map(|item| item.id.as_str()), Some("b"));
}

#[test]
fn fewer_than_five_sprints_give_no_dates_and_the_reason() {
    let found = forecast(&workspace(vec![story("a", Some(3.0))], Vec::new(), closed(&[9.0; 4])));
    let reason = "no dates yet: 4 closed sprints, and 5 are needed";
    assert_eq!(found.not_enough.as_deref(), Some(reason));
    assert_eq!((found.lines.len(), found.dates(3.0).p50, found.capacity()), (0, None, None));
}

#[test]
fn where_nothing_is_estimated_items_a_week_are_counted() {
    let done = (0..70).map(|day| {
        let on = TODAY.saturating_sub(jiff::ToSpan::days(day));
        story(&format!("d{day}"), None).with(Field::Done, Value::Date(on))
    });
    let backlog = (0..9).map(|at| story(&format!("b{at}"), None)).collect();
    let found = forecast(&workspace(backlog, done.collect(), Vec::new()));
    assert_eq!(found.basis.amounts, [7.0; 10]);
    assert_eq!(found.basis.days, 7);
    assert_eq!(found.lines[0].after, Some(Id::new("b6")));
    assert!(!found.items[0].assumed);
}

#[test]
fn weeks_count_from_this_day_whenever_sprints_end() {
    let done = (0..70).map(|day| {
        let on = TODAY.saturating_sub(jiff::ToSpan::days(day));
        story(&format!("d{day}"), None).with(Field::Done, Value::Date(on))
    });
    // One that the file dates long ago is beyond the weeks that are looked at.
    let old = story("old", None).with(Field::Done, Value::Date(date(1, 1, 1)));
    let backlog = vec![story("b", None)];
    let sprints = vec![sprint(5, "running", None), sprint(6, "planned", None)];
    let found = forecast(&workspace(backlog, done.chain([old]).collect(), sprints));
    assert_eq!(found.slots[0].ends, date(2026, 11, 28));
    assert_eq!(found.basis.amounts.len(), LAST);
    assert_eq!(found.basis.amounts[LAST - 10..], [7.0; 10]);
}

#[test]
fn a_sprint_that_does_not_say_how_far_it_is_is_planned_and_ends_come_in_order() {
    let mut sprints = closed(&[10.0, 10.0, 10.0, 10.0, 10.0]);
    let ends = |record: Record, day: Date| record.with(Field::End, Value::Date(day));
    sprints.push(ends(sprint(5, "running", None), date(2026, 12, 20)));
    sprints.push(ends(sprint(6, "planned", None), date(2026, 12, 1)));
    let begins = sprint(7, "planned", None).without(Field::State).without(Field::End);
    sprints.push(begins.with(Field::Start, Value::Date(date(2026, 12, 21))));
    let found = forecast(&workspace(vec![story("a", Some(3.0))], Vec::new(), sprints));
    let slots = found.slots.iter().take(3).map(|slot| (slot.name.as_str(), slot.ends));
    let days = [date(2026, 12, 20), date(2026, 12, 20), date(2027, 1, 3)];
    let names = ["Sprint 5", "Sprint 6", "Sprint 7"];
    assert_eq!(slots.collect::<Vec<_>>(), names.into_iter().zip(days).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        ..ProptestConfig::with_cases(32)
    })]

    #[test]
    fn work_on_top_never_makes_anything_earlier(
        seen in prop::collection::vec(0_u8..30, 5..13),
        sizes in prop::collection::vec(1_u8..20, 1..12),
        more in 1_u8..40,
        which in 0..super::throughput::METHODS.len(),
    ) {
        let seen: Vec<f64> = seen.into_iter().map(f64::from).collect();
        let backlog: Vec<Record> = sizes
            .iter()
            .enumerate()
            .map(|(at, points)| story(&format!("i{at}"), Some(f64::from(*points))))
            .collect();
        let with: Vec<Record> =
            [story("new", Some(f64::from(more)))].into_iter().chain(backlog.clone()).collect();
        let dates = |backlog: Vec<Record>| {
            let workspace = workspace(backlog, Vec::new(), closed(&seen));
            let method = &super::throughput::METHODS[which];
            let found = Forecast::new(&workspace, method, LAST, TODAY);
            let last = found.items.last().map(|item| (found.dates(item.points), found.chances(item.points)));
            last.unwrap()
        };
        let ((before, likely), (after, less)) = (dates(backlog), dates(with));
        for (one, other) in [(before.p50, after.p50), (before.p85, after.p85)] {
            prop_assert!(other.is_none() || one <= other && one.is_some(), "{one:?} {other:?}");
        }
        prop_assert!(likely.iter().zip(&less).all(|(one, other)| other <= &(one + 1e-9)));
    }
}
