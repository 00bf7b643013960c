//! How sure an order is, as it is seen on the board.

use crate::story::{Story, cd3};
use twohats::app::Effect;
use twohats::app::reckoning::Reckoning;
use twohats::workspace::{Content, Field, Hat, Id, Place, Record, Value};

/// A backlog scored by CD3 with room for one item.
fn board(picture: &str) -> Story {
    let settings = Record::new(Id::new(Content::SETTINGS))
        .with(Field::BacklogFramework, Value::text("cd3"))
        .with(Field::Capacity, Value::Number(1.0));
    Story::under(settings, picture, |id, record| {
        let record = record.with(Field::Points, Value::Number(1.0));
        let waits = || Value::List(vec![Value::Link(Id::new("c"))]);
        match id {
            "a" => cd3(record, 100.0),
            "b" => cd3(record, 90.0),
            "c" => cd3(record, 10.0),
            "w" => cd3(record, 50.0).with(Field::BlockedBy, waits()),
            _ => record,
        }
    })
}

/// The simulations that were asked for, and are not answered yet.
fn asked(story: &mut Story) -> Vec<Reckoning> {
    let effects = std::mem::take(&mut story.effects).into_iter();
    let asked = effects.filter_map(|effect| match effect {
        Effect::Simulate(reckoning) => Some(*reckoning),
        _ => None,
    });
    asked.collect()
}

fn answer(story: &mut Story, reckoning: &Reckoning) {
    story.send(reckoning.clone().answer());
}

fn chance(story: &Story, id: &str) -> Option<f64> {
    story.app.standing(Hat::Po)?.get(&Id::new(id))?.chance_above_line
}

#[test]
fn chances_come_when_they_are_simulated_and_sum_to_the_line() {
    let mut story = board("/ [a] b c");
    assert_eq!(chance(&story, "a"), None);
    let asked = asked(&mut story);
    answer(&mut story, asked.last().unwrap());
    let sum: f64 = ["a", "b", "c"].map(|id| chance(&story, id).unwrap()).iter().sum();
    assert!((sum - 1.0).abs() < 1e-9);
    assert!(chance(&story, "a") > chance(&story, "b"));
}

#[test]
fn an_answer_that_comes_after_a_change_is_not_shown() {
    let mut story = board("/ [a] b c");
    let late = asked(&mut story).pop().unwrap();
    story.press("s").press("<ctrl-u>200<enter>");
    answer(&mut story, &late);
    assert_eq!(chance(&story, "a"), None);
}

#[test]
fn what_changes_no_score_leaves_the_chances() {
    let mut story = board("/ [a] b c");
    let asked_for = asked(&mut story).pop().unwrap();
    answer(&mut story, &asked_for);
    let before = chance(&story, "a");
    story.press("J");
    assert_eq!(story.picture(), "/ b [a] c");
    assert_eq!(chance(&story, "a"), before);
    assert!(asked(&mut story).is_empty());
}

#[test]
fn an_item_above_what_it_waits_for_is_marked_until_it_is_below() {
    let mut story = board("/ [w] c");
    let is_late = |story: &Story| story.app.standing(Hat::Po).unwrap().is_late(&Id::new("w"));
    assert!(is_late(&story));
    story.press("J");
    assert!(!is_late(&story));
}

#[test]
fn a_new_item_is_placed_by_few_questions() {
    let mut story = board("/ a b c d e f g / [x]");
    story.press("P");
    // Seven others: three questions. Before d, after b, after c.
    story.press("<left><right><right>");
    assert_eq!(story.picture(), "/ a b c x d e f g / []");
    assert_eq!(story.app.changes(), 1);
    story.press("u");
    assert_eq!(story.app.workspace().place_of(&Id::new("x")), Some(Place::Inbox));
}

#[test]
fn a_placing_that_is_left_changes_nothing() {
    let mut story = board("/ a b c / [x]");
    story.press("P<left><esc>");
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn an_answer_across_the_line_is_a_decision_and_comes_first() {
    let mut story = board("/ [a] b c");
    story.press(":questions<enter>");
    story.press("<right>");
    let decision = &story.app.workspace().list(Place::Decisions)[0];
    assert_eq!(decision.link(Field::About), Some(&Id::new("b")));
    assert_eq!(decision.link(Field::Over), Some(&Id::new("a")));
    let ranking = &story.app.standing(Hat::Po).unwrap().ranking;
    assert_eq!(ranking.items[0].id, Id::new("b"));
    assert_eq!(story.says(), "nothing more to ask: no tie lies across the line");
}

#[test]
fn a_question_that_is_passed_over_is_not_asked_again() {
    let mut story = board("/ [a] b c");
    story.press(":questions<enter>").press("s");
    assert_eq!(story.app.changes(), 0);
    assert!(story.app.window().is_none());
}

#[test]
fn the_order_of_least_delay_is_one_step() {
    let mut story = board("/ [c] b a w");
    story.press(":least delay<enter>").press("m");
    assert_eq!(story.picture(), "/ a b [c] w");
    assert_eq!(story.app.changes(), 1);
    story.press("u");
    assert_eq!(story.picture(), "/ c [b] a w");
}

#[test]
fn a_single_move_that_pays_is_one_step_too() {
    let mut story = board("/ [c] b a");
    story.press(":least delay<enter>").press("1");
    assert_eq!(story.picture(), "/ b a [c]");
}

#[test]
fn why_an_item_stands_against_its_score_is_kept_with_a_day_to_look_again() {
    let mut story = board("/ [c] b a");
    story.press(":say why it stands<enter>").press("promised<enter>");
    let decision = &story.app.workspace().list(Place::Decisions)[0];
    assert_eq!(decision.text(Field::What), "kept above its score");
    assert_eq!(decision.text(Field::Why), "promised");
    assert_eq!(decision.date(Field::Review), "2026-12-22".parse().ok());
}
