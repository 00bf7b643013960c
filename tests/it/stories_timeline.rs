//! The quarter in time, and what goes from one hat to the other: hand-over, notes, trade-offs.

use crate::story::Story;
use std::sync::Arc;
use twohats::app::Window;
use twohats::app::views::View;
use twohats::insight::{handover, notes};
use twohats::workspace::{Field, Hat, Id, Place, Record, Value};

fn date(text: &str) -> Value {
    Value::Date(text.parse().unwrap())
}

fn link(id: &str) -> Value {
    Value::link(Id::new(id))
}

/// Two releases; one initiative planned, one with its release, one with nothing.
fn quarter() -> Story {
    Story::told(
        "a b | c / x / / y",
        |id, record| match id {
            "a" => {
                record.with(Field::Start, date("2026-12-01")).with(Field::Due, date("2026-12-11"))
            }
            "b" => record
                .with(Field::Release, link("first"))
                .with(Field::BlockedBy, Value::list([link("a")])),
            "x" => record.with(Field::Parent, link("b")),
            "y" => record.with(Field::Release, link("second")),
            _ => record,
        },
        |content| {
            let release = |id: &str, day: &str| {
                let named = Record::new(Id::new(id)).with(Field::Name, Value::text(id));
                Arc::new(named.with(Field::Day, date(day)))
            };
            let releases = vec![release("second", "2027-02-01"), release("first", "2026-12-18")];
            content.fill(Place::Releases, releases);
        },
    )
}

/// What is under the cursor of the timeline.
fn here(story: &Story) -> String {
    assert!(matches!(story.app.view, View::Timeline(_)));
    story.app.cursor().map_or("nothing".to_owned(), ToString::to_string)
}

#[track_caller]
fn walk(keys: &str, expected: &str) {
    let mut story = quarter();
    story.press("gtgg").press(keys);
    assert_eq!(here(&story), expected, "after {keys}: {}", story.says());
}

#[test]
fn what_is_done_and_in_no_release_is_not_among_what_is_left_over() {
    let mut story = Story::told(
        "a / x / / y z",
        |id, record| {
            let finished = |record: Record| {
                let kind = record.with(Field::Kind, Value::text("initiative"));
                kind.with(Field::Done, date("2026-11-02"))
            };
            match id {
                "y" => finished(record).with(Field::Release, link("first")),
                "z" => finished(record),
                _ => record,
            }
        },
        |content| {
            let named = Record::new(Id::new("first")).with(Field::Name, Value::text("first"));
            content.fill(Place::Releases, vec![Arc::new(named)]);
        },
    );
    story.press("gt");
    let View::Timeline(view) = &story.app.view else { panic!("the timeline") };
    assert!(view.plan.bar(&Id::new("z")).is_some(), "it lies in time all the same");
    let rows = view.lines.rows.iter().filter_map(|row| row.id());
    assert_eq!(rows.map(Id::as_str).collect::<Vec<_>>(), ["first", "y", "a"]);
}

#[test]
fn the_cursor_goes_through_releases_by_day_and_what_is_in_none() {
    walk("", "first");
    walk("j", "b");
    walk("jj", "second");
    walk("3j", "a");
    walk("9j", "c");
    walk("9jk", "a");
    walk("G", "c");
    walk("Ggg", "first");
    walk("l", "second");
    walk("2l", "a");
    walk("2lh", "second");
    walk("<ctrl-d>", "c");
    walk("<ctrl-d><ctrl-u>", "first");
}

#[test]
fn it_opens_where_the_board_was_and_says_so_on_the_way_back() {
    let mut story = quarter();
    story.press("jgt");
    assert_eq!(here(&story), "b");
    story.press("ogb");
    assert!(story.app.view.is_board());
}

#[test]
fn by_objective_the_releases_come_first_and_the_cursor_stays() {
    let mut story = quarter();
    story.press("gtggjo");
    assert_eq!(here(&story), "b");
    story.press("gg");
    assert_eq!(here(&story), "first");
    story.press("j");
    assert_eq!(here(&story), "second");
}

#[track_caller]
fn days(story: &Story, id: &str, expected: &str) {
    let item = story.item(id);
    let day = |field| item.date(field).map_or("-".to_owned(), |day| day.to_string());
    assert_eq!(format!("{} {}", day(Field::Start), day(Field::Due)), expected, "{}", story.says());
}

#[test]
fn a_bar_moves_by_weeks_and_undo_brings_it_back() {
    let mut story = quarter();
    story.press("gtgg3jL");
    days(&story, "a", "2026-12-08 2026-12-18");
    assert_eq!(story.says(), "moved: a, 8 Dec 2026 → 18 Dec 2026 · u takes it back");
    story.press("2H");
    days(&story, "a", "2026-11-24 2026-12-04");
    story.press(".");
    days(&story, "a", "2026-11-10 2026-11-20");
    story.press("uuu");
    days(&story, "a", "2026-12-01 2026-12-11");
    assert_eq!(here(&story), "a");
}

#[test]
fn a_bar_gets_longer_and_shorter_but_does_not_end_before_it_begins() {
    let mut story = quarter();
    story.press("gtgg3j2J");
    days(&story, "a", "2026-12-01 2026-12-25");
    story.press("3K");
    days(&story, "a", "2026-12-01 2026-12-04");
    story.press("K");
    assert_eq!(story.says(), "it would end before it begins");
    days(&story, "a", "2026-12-01 2026-12-04");
}

#[test]
fn what_rests_on_its_release_is_planned_by_moving_it() {
    let mut story = quarter();
    story.press("gtggjL");
    days(&story, "b", "2026-11-29 2026-12-25");
}

#[test]
fn what_has_no_days_gets_some_and_is_not_lengthened_before() {
    let mut story = quarter();
    story.press("gtGJ");
    assert!(story.says().contains("L puts it on the timeline"), "{}", story.says());
    story.press("L");
    days(&story, "c", "2026-11-22 2026-12-20");
}

#[test]
fn a_release_moves_and_has_no_length() {
    let mut story = quarter();
    story.press("gtggL");
    assert_eq!(story.item("first").date(Field::Day), Some("2026-12-25".parse().unwrap()));
    story.press("J");
    assert_eq!(story.says(), "a release is a day · L moves it");
    story.press("9H");
    assert_eq!(story.item("first").date(Field::Day), Some("2026-10-23".parse().unwrap()));
    assert_eq!(here(&story), "first");
}

#[test]
fn a_release_is_added_with_its_day() {
    let mut story = quarter();
    story.press("gta3.0, 2027-03-01<enter>");
    let added = story.app.current().unwrap();
    assert_eq!(
        (added.title(), added.date(Field::Day)),
        ("3.0", Some("2027-03-01".parse().unwrap()))
    );
    story.press("aFair, never<enter>");
    assert!(matches!(story.app.window(), Some(Window::Prompt(_))), "what was typed is not lost");
    story.press("<esc>aSome day<enter>");
    assert_eq!(story.app.current().unwrap().get(Field::Day), None);
}

#[test]
fn the_owner_approves_a_release_once_all_of_it_is_accepted() {
    let mut story = quarter();
    story.press("gtggr");
    assert_eq!(story.says(), "not accepted yet: x");
    story.press("lr");
    assert_eq!(story.says(), "not accepted yet: y");
    story.press("gb]");
    let mut story = Story::told(
        "/ / / y",
        |_, record| {
            record.with(Field::Release, link("r")).with(Field::Approved, date("2026-11-20"))
        },
        |content| {
            let release = Record::new(Id::new("r")).with(Field::Name, Value::text("2.0"));
            content.fill(Place::Releases, vec![Arc::new(release)]);
        },
    );
    story.press("gtr");
    assert_eq!(story.item("r").date(Field::Approved), Some(crate::story::today()));
    assert_eq!(story.app.board.hat, Hat::Pm, "the hat that looks stays on");
    story.press("r");
    assert_eq!(story.says(), "2.0 was approved on 22 Nov 2026");
    story.press("u");
    assert_eq!(story.item("r").get(Field::Approved), None);
}

#[test]
fn what_is_seen_moves_and_changes_its_scale() {
    let mut story = quarter();
    let from = |story: &Story| match &story.app.view {
        View::Timeline(view) => view.from.unwrap().to_string(),
        _ => "no timeline".to_owned(),
    };
    story.press("gtgg");
    assert_eq!(from(&story), "2026-11-01");
    story.press(">");
    assert_eq!(from(&story), "2026-12-01");
    story.press("<3<");
    assert_eq!(from(&story), "2026-08-01");
    story.press("z");
    assert_eq!(from(&story), "2026-07-01");
    // What is not seen is scrolled to.
    story.press("z30L");
    assert_eq!(from(&story), "2027-06-01");
}

#[test]
fn items_are_worked_on_here_too() {
    let mut story = quarter();
    story.press("gtggjeNew name<enter>");
    assert!(story.item("b").title().contains("New name"));
    story.press("<enter>");
    assert!(matches!(story.app.window(), Some(Window::Form(_))));
}

#[test]
fn people_and_budget_are_held_against_the_plan() {
    let mut story = quarter();
    story.press(":people and budget<enter>");
    let Some(Window::Choices(page)) = story.app.window() else { panic!("a page opens") };
    assert!(page.about.iter().any(|line| line.contains("without an effort")), "{:?}", page.about);
}

#[test]
fn an_initiative_is_handed_over_with_its_reason_and_its_measure() {
    let mut story = Story::of("[a] b / c");
    story.press("b5 story: Import<enter>bug: Lost row<tab>a pilot signed<tab>Feeds<tab>");
    story.press("fewer hours<tab>hours to close<enter>");
    assert_eq!(story.picture(), "[a] b / c Feeds Import Lost row");
    let workspace = story.app.workspace();
    let epic = workspace.children(&Id::new("a"))[0].clone();
    assert_eq!(workspace.get(&epic).unwrap().text(Field::Kind), "epic");
    let parts = workspace.children(&epic);
    let handed = handover::of(workspace, &parts[1]).unwrap();
    assert_eq!(
        (handed.why.as_str(), handed.measure.as_str()),
        ("a pilot signed", "hours to close")
    );
    assert_eq!(handed.hypothesis, "fewer hours");
    // A second time nothing is asked for again, and the parts go below the same epic.
    story.press("bMore<ctrl-s>");
    if story.app.window().is_some() {
        story.press("<tab><enter>");
    }
    assert_eq!(story.picture(), "[a] b / c Feeds Import Lost row More");
    assert_eq!(story.app.workspace().list(Place::Decisions).len(), 1);
    story.press("uu");
    assert_eq!(story.picture(), "[a] b / c");
    assert_eq!(story.item("a").get(Field::Experiment), None);
}

#[test]
fn a_ready_made_note_waits_for_the_manager_and_is_answered() {
    let mut story = Story::of("[a] / b c");
    story.press("]nttwo screens<enter>");
    let note = notes::of(story.item("b")).unwrap();
    assert_eq!((note.to, note.text.as_str()), (Hat::Pm, "too big: two screens"));
    // The owner changes the words, the manager answers.
    story.press("ntoo big<enter>");
    assert_eq!(notes::of(story.item("b")).unwrap().text, "too big");
    story.press(":notes that<enter>");
    assert_eq!(story.says(), "no note waits for the owner");
    story.press("<esc>[:notes that<enter><enter>");
    assert_eq!(story.app.cursor(), Some(&Id::new("b")));
    assert_eq!(notes::waiting(story.app.workspace(), Hat::Pm).len(), 1);
}

#[test]
fn a_note_for_the_hat_that_is_on_is_answered_by_the_same_key() {
    let note = notes::Note::written(Hat::Pm, "unclear", crate::story::today());
    let mut story = Story::with("[a] b / c", |id, record| match id {
        "a" => record.with(Field::NoteTo, note.clone()),
        _ => record,
    });
    story.press("n<enter>");
    assert_eq!(story.app.changes(), 0, "no answer is no change");
    story.press("nsee the sketch<enter>");
    let found = notes::of(story.item("a")).unwrap();
    assert_eq!((found.text.as_str(), found.answer.as_deref()), ("unclear", Some("see the sketch")));
    story.press("u");
    assert!(notes::of(story.item("a")).unwrap().waits());
}

/// The decisions, as what was decided and why.
fn decisions(story: &Story) -> Vec<String> {
    let list = story.app.workspace().list(Place::Decisions).iter();
    let parts = |record: &Arc<Record>| {
        let parts = [Field::What, Field::Why, Field::Ended].map(|field| record.text(field));
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    };
    list.map(parts).collect()
}

fn handed_over() -> Story {
    Story::with("[a] b | c / x", |id, record| match id {
        "x" => record.with(Field::Parent, link("a")),
        _ => record,
    })
}

#[test]
fn out_of_now_after_the_hand_over_asks_once_for_its_reason_and_swallows_no_key() {
    let mut story = handed_over();
    story.press("L");
    assert_eq!(story.picture(), "b | [a] c / x");
    assert!(story.says().contains("against the plan: ! says why"), "{}", story.says());
    assert_eq!(decisions(&story), ["out of Now after it was handed over"]);
    story.press("j");
    assert_eq!(story.picture(), "b | a [c] / x");
    story.press("!a customer left<enter>");
    assert_eq!(decisions(&story), ["out of Now after it was handed over; a customer left"]);
    story.press("!");
    assert!(story.says().starts_with("nothing here waits"), "{}", story.says());
    story.press("uu");
    assert_eq!(story.picture(), "[a] b | c / x");
    assert!(decisions(&story).is_empty(), "one step took both back");
}

#[test]
fn a_trade_that_is_taken_back_at_once_leaves_no_trace_and_a_later_one_ends() {
    let mut story = handed_over();
    story.press("LH");
    assert!(decisions(&story).is_empty());
    story.press("L!why not<enter>H");
    assert_eq!(decisions(&story), ["out of Now after it was handed over; why not; back in Now"]);
}

#[test]
fn what_was_not_handed_over_or_is_done_is_no_trade() {
    let mut story = Story::of("[a] b | c / x");
    story.press("L");
    assert!(decisions(&story).is_empty());
    let mut story = handed_over();
    story.press("d");
    assert!(decisions(&story).is_empty());
}

/// A sprint that runs with `x` and `y` in it; `y` came in later.
fn sprint() -> Story {
    Story::told(
        "a / [x] y z",
        |id, record| match id {
            "x" => record.with(Field::Sprint, link("s")),
            "y" => record.with(Field::Sprint, link("s")).with(Field::Added, date("2026-11-20")),
            _ => record,
        },
        |content| {
            let sprint = Record::new(Id::new("s"))
                .with(Field::Name, Value::text("Sprint 1"))
                .with(Field::Start, date("2026-11-16"))
                .with(Field::State, Value::text("running"));
            content.fill(Place::Sprints, vec![Arc::new(sprint)]);
        },
    )
}

#[test]
fn what_a_running_sprint_promised_asks_for_the_reason_it_leaves() {
    let mut story = sprint();
    story.press("Si");
    assert_eq!(story.item("x").get(Field::Sprint), None, "{}", story.says());
    assert_eq!(decisions(&story), ["out of the running sprint"]);
    story.press("!nobody can review it<enter>");
    assert_eq!(decisions(&story), ["out of the running sprint; nobody can review it"]);
    story.press("jSi");
    assert_eq!(decisions(&story).len(), 1, "what came in later was not promised");
}

#[test]
fn an_empty_workspace_has_a_timeline_that_teaches() {
    let mut story = Story::of("");
    story.press("gtjkhlGHLJKrzo>");
    assert_eq!(story.app.changes(), 0);
    story.press("L");
    assert_eq!(story.says(), "nothing is here · a adds a release");
    story.press("a2.0<enter>");
    assert_eq!(story.app.current().map(Record::title), Some("2.0"));
}
