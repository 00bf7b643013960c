//! The check-in: what changed for each hat, ticked off one by one, answered and kept.

use crate::story::{Story, today};
use std::sync::Arc;
use twohats::app::checkin::Row;
use twohats::app::views::View;
use twohats::app::{Effect, Msg};
use twohats::workspace::{Date, Field, Hat, Id, Op, Past, Place, Record, Spot, Step, Value};

fn day(day: i8) -> Date {
    Date::constant(2026, 11, day)
}

/// A board on which the owner moved `b` to the top on the 20th and noted `a` to the manager; both
/// hats checked in on the 15th.
fn story() -> Story {
    let note = [("hat", "pm"), ("text", "too big")].map(|(k, v)| (k.into(), Value::text(v)));
    let check_in = |id: &str, hat: &str| {
        let record = Record::new(Id::new(id)).with(Field::On, Value::Date(day(15)));
        Arc::new(record.with(Field::HatOn, Value::text(hat)))
    };
    let mut story = Story::told(
        "[i] | j / b a c",
        |id, record| match id {
            "a" => record.with(Field::NoteTo, Value::map(note.to_vec())),
            _ => record,
        },
        |content| {
            content.fill(Place::CheckIns, vec![check_in("h", "pm"), check_in("k", "po")]);
        },
    );
    story.press("gc");
    story
}

/// What is remembered: the move, and something older that says how far the log reaches.
fn past() -> Past {
    let id = Id::new("b");
    let step = |words: &str, op, inverse| Step {
        words: words.into(),
        hat: Hat::Po,
        op,
        inverse,
        is_partial: false,
    };
    let old = step("old", Op::Batch(Vec::new()), Op::Batch(Vec::new()));
    let at = |index| Op::shift(&id, Spot::new(Place::Backlog, index));
    let steps = vec![(day(1), old), (day(20), step("moved b up", at(0), at(2)))];
    Past { steps, version: None }
}

fn rows(story: &Story) -> Vec<String> {
    let View::CheckIn(view) = &story.app.view else { return Vec::new() };
    let line = |(at, row): (usize, &Row)| match row {
        Row::Heading(words) => Some(words.clone()),
        Row::Text(words) => Some(format!("  {words}")),
        Row::Change(change, words, ticked) => {
            let cursor = if at == view.lines.at { ">" } else { " " };
            let tick = if *ticked { "x" } else { " " };
            Some(format!("{cursor}{tick}{} {words}", change.title))
        }
        _ => None,
    };
    let until = |line: &String| !line.starts_with("Hat balance");
    view.lines.rows.iter().enumerate().filter_map(line).take_while(until).collect()
}

#[test]
fn what_is_remembered_is_asked_for_from_the_last_check_in_on() {
    let mut story = story();
    let asked = |effect: &Effect| matches!(effect, Effect::LookBack(on) if *on == day(15));
    assert!(story.effects.iter().any(asked));
    assert_eq!(rows(&story), [""; 0]);
    story.send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) });
    assert_eq!(
        rows(&story),
        ["Notes to answer", "> a too big", "What the other hat did", "  b moved b up (2026-11-20)"]
    );
}

#[test]
fn a_change_is_ticked_off_and_the_tick_taken_back() {
    let mut story = story();
    story
        .send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) })
        .press("<space><space>");
    let all = rows(&story);
    assert!(all[1].starts_with(" xa") && all[3].contains("xb moved b up"), "{all:?}");
    story.press("k");
    let View::CheckIn(view) = &story.app.view else { panic!("not the check-in") };
    assert_eq!(view.ticked(), (2, 2));
    story.press("gg<space>");
    assert!(rows(&story)[1].starts_with("> a"), "{:?}", rows(&story));
}

#[test]
fn ticks_last_until_the_check_in_is_kept() {
    let mut story = story();
    let opened = |story: &mut Story| {
        story.press("gch");
        story.send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) });
        rows(story)[1].starts_with(">xa")
    };
    assert!(!opened(&mut story));
    story.press("<space>gb");
    assert!(opened(&mut story), "{:?}", rows(&story));
    story.press("f<enter>u");
    assert!(!opened(&mut story), "{:?}", rows(&story));
}

#[test]
fn enter_goes_to_the_item_on_the_board() {
    let mut story = story();
    story.send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) }).press("<enter>");
    assert_eq!(story.picture(), "i | j / b [a] c");
    assert!(story.app.view.is_board());
}

#[test]
fn a_note_is_answered_and_no_longer_waits() {
    let mut story = story();
    story
        .send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) })
        .press("rsplit it<enter>");
    let note = story.item("a").get(Field::NoteTo).unwrap();
    assert_eq!(note.get("answer"), Some(&Value::text("split it")));
    assert_eq!(note.get("text"), Some(&Value::text("too big")));
    assert!(!rows(&story).contains(&"Notes to answer".to_owned()));
    story.press("u");
    assert!(story.item("a").get(Field::NoteTo).unwrap().get("answer").is_none());
}

#[test]
fn finishing_keeps_a_check_in_in_one_step() {
    let mut story = story();
    story
        .send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) })
        .press("fplan holds<enter>");
    let kept = story.app.workspace().list(Place::CheckIns).last().unwrap();
    assert_eq!(kept.date(Field::On), Some(today()));
    assert_eq!((kept.text(Field::HatOn), kept.text(Field::Note)), ("pm", "plan holds"));
    // From now on nothing changed; the note still waits.
    assert_eq!(rows(&story), ["Notes to answer", "> a too big"]);
    story.press("u");
    assert_eq!(story.app.workspace().list(Place::CheckIns).len(), 2);
    assert_eq!(rows(&story).len(), 4);
}

#[test]
fn each_hat_has_its_own() {
    let mut story = story();
    story.send(Msg::LookedBack { since: Date::MIN, past: Box::new(past()) }).press("l");
    assert_eq!(story.app.board.hat, Hat::Po);
    assert_eq!(rows(&story), ["  nothing changed that this hat should know of"]);
    story.press("h");
    assert_eq!(rows(&story).len(), 4);
    story.press("<esc>");
    assert!(story.app.view.is_board());
}
