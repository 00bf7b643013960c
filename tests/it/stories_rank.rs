//! How sure an order is, as it is seen on the board.

use crate::story::{Story, cd3};
use std::sync::Arc;
use twohats::app::reckoning::Reckoning;
use twohats::app::{App, Effect, Memory, Msg, Session, Window};
use twohats::insight::schedule::is_above_what_it_waits_for;
use twohats::store::{EXAMPLE, format};
use twohats::workspace::{Content, Field, Hat, Id, Place, Record, Value};

/// A backlog scored by CD3 with room for one item.
fn board(picture: &str) -> Story {
    let settings = Record::new(Id::new(Content::SETTINGS))
        .with(Field::BacklogFramework, Value::text("cd3"))
        .with(Field::Capacity, Value::Number(1.0));
    Story::under(settings, picture, |id, record| {
        let record = record.with(Field::Points, Value::Number(1.0));
        let waits = || Value::list([Value::link(Id::new("c"))]);
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
    story.app.standing(Hat::Po)?.get(&Id::new(id))?.chance_above_line()
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
fn a_first_frame_has_the_rows_and_the_second_what_follows_from_them() {
    let mut story = board("/ [a] b c");
    let content = story.app.workspace().content().clone();
    story.app = App::new(Session { content, ..Session::default() }, 7).at_first_sight();
    story.send(Msg::Resize { width: 120, height: 40 });
    assert_eq!(story.app.board.pane(Hat::Po).lines(), 3);
    assert!(story.app.standing(Hat::Po).is_none());
    story.send(Msg::Seen);
    assert!(story.app.standing(Hat::Po).is_some());
}

#[test]
fn the_ends_of_sprints_that_come_with_the_second_frame_push_the_cursor_not_out_of_sight() {
    let content = format::read(EXAMPLE.to_vec()).unwrap().content;
    let backlog = content.list(Place::Backlog)[28].id().clone();
    let memory = Memory { hat: Some(Hat::Po), backlog: Some(backlog), ..Memory::default() };
    let session = Session { content, memory, ..Session::default() };
    let mut story = board("/ [a]");
    story.app = App::new(session, 7).at_first_sight();
    story.send(Msg::Resize { width: 60, height: 20 });
    story.send(Msg::Seen);
    let pane = story.app.board.pane(Hat::Po);
    assert!(pane.ends.len() > 2 && pane.cursor.row == 28);
    assert!(pane.is_seen(story.app.layout().rows(Hat::Po).height.into()), "{}", pane.top);
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
    let is_late = |story: &Story| {
        let workspace = story.app.workspace();
        is_above_what_it_waits_for(workspace, workspace.get(&Id::new("w")).unwrap())
    };
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
    assert_eq!(*ranking.items[0].id(), Id::new("b"));
    assert_eq!(story.says(), "nothing more to ask: no tie lies across the line");
}

#[test]
fn a_question_that_is_skipped_comes_again_another_time_and_one_nobody_can_answer_does_not() {
    let mut story = board("/ [a] b c");
    story.press(":questions<enter>").press("s");
    assert_eq!(story.app.changes(), 0);
    assert!(story.app.window().is_none());
    story.press(":questions<enter>").press("=");
    assert_eq!(decided(&story), [["can't tell", "", ""]]);
    let ranking = &story.app.standing(Hat::Po).unwrap().ranking;
    assert_eq!(*ranking.items[0].id(), Id::new("a"), "it orders nothing");
    story.press(":questions<enter>");
    assert_eq!(story.says(), "nothing more to ask: no tie lies across the line");
}

#[test]
fn answers_that_go_round_are_shown_first_and_one_of_them_is_taken_back() {
    let answers = ["ab", "bc", "ca"];
    let mut story = Story::holding("/ [a] b c", |content| {
        let decisions = answers.iter().map(|pair| {
            let link = |at: usize| Value::link(Id::new(&pair[at..=at]));
            let decision = Record::new(Id::new(&format!("d{pair}")));
            Arc::new(decision.with(Field::About, link(0)).with(Field::Over, link(1)))
        });
        content.fill(Place::Decisions, decisions.collect());
    });
    story.press(":questions<enter>");
    let Some(twohats::app::Window::Choices(shown)) = story.app.window() else { panic!("asks") };
    assert_eq!(shown.about, ["a before b before c before a"]);
    story.press("2");
    let ended = |id: &str| story.app.workspace().get(&Id::new(id))?.get(Field::Ended).cloned();
    assert_eq!(["dab", "dbc", "dca"].map(|id| ended(id).is_some()), [false, true, false]);
}

/// Asks for the order of least delay and waits for it.
fn plan(story: &mut Story) {
    asked(story);
    story.press(":least delay<enter>");
    let reckoning = asked(story).pop().unwrap();
    answer(story, &reckoning);
}

#[test]
fn the_order_of_least_delay_is_dropped_by_the_next_key_and_by_every_change() {
    let mut story = board("/ [c] b a w");
    for keys in ["j", "J"] {
        asked(&mut story);
        story.press(":least delay<enter>");
        assert!(story.says().contains("reckoning"), "{}", story.says());
        let late = asked(&mut story).pop().unwrap();
        story.press(keys);
        answer(&mut story, &late);
        assert!(story.app.window().is_none(), "{keys}");
    }
}

#[test]
fn the_order_of_least_delay_is_one_step() {
    let mut story = board("/ [c] b a w");
    plan(&mut story);
    story.press("m");
    assert_eq!(story.picture(), "/ a b [c] w");
    assert_eq!(story.app.changes(), 1);
    story.press("u");
    assert_eq!(story.picture(), "/ [c] b a w");
}

#[test]
fn a_single_move_that_pays_is_one_step_too() {
    let mut story = board("/ [c] b a");
    plan(&mut story);
    story.press("1");
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

/// What an item is rated with on the plane: value and effort.
fn on_plane(story: &Story, id: &str) -> Option<[Value; 2]> {
    let record = story.app.workspace().get(&Id::new(id))?;
    let ratings = record.get(Field::Ratings)?.get("value_effort")?;
    Some([ratings.get("value")?.clone(), ratings.get("effort")?.clone()])
}

fn numbers(value: f64, effort: f64) -> [Value; 2] {
    [Value::Number(value), Value::Number(effort)]
}

/// A backlog on the plane: a and b lie together above c; d has only a value, e nothing.
fn plane(picture: &str) -> Story {
    let settings = Record::new(Id::new(Content::SETTINGS))
        .with(Field::BacklogFramework, Value::text("value_effort"));
    Story::under(settings, picture, |id, record| {
        let number = |name: &str, value| (name.into(), Value::Number(value));
        let rated = |ratings| {
            let map = Value::map([("value_effort".into(), Value::map(ratings))]);
            record.clone().with(Field::Ratings, map)
        };
        let interval = Value::list([Value::Number(2.0), Value::Number(8.0)]);
        match id {
            "a" | "b" => rated(vec![number("value", 8.0), number("effort", 2.0)]),
            "c" => rated(vec![("value".into(), interval), number("effort", 4.5)]),
            "d" => rated(vec![number("value", 9.0)]),
            _ => record.clone(),
        }
    })
}

#[test]
fn moving_across_the_plane_rates_and_is_one_step() {
    let mut story = plane("/ [a] b c d e");
    story.press("gmK");
    assert_eq!(on_plane(&story, "a"), Some(numbers(9.0, 2.0)));
    story.press("3L");
    assert_eq!(on_plane(&story, "a"), Some(numbers(9.0, 5.0)));
    story.press("HJ");
    assert_eq!(on_plane(&story, "a"), Some(numbers(8.0, 4.0)));
    assert_eq!(story.picture(), "/ [a] b c d e", "the order is another thing");
    story.press("uuuu");
    assert_eq!(on_plane(&story, "a"), Some(numbers(8.0, 2.0)));
    story.press("5K");
    assert_eq!(on_plane(&story, "a"), Some(numbers(10.0, 2.0)));
    assert_eq!(story.press("K").says(), "the scale ends here");
}

#[test]
fn an_interval_keeps_its_width_and_what_lies_between_two_steps_goes_to_the_next() {
    let mut story = plane("/ a b [c] d e");
    story.press("gmL");
    let interval = |low, high| Value::list([Value::Number(low), Value::Number(high)]);
    assert_eq!(on_plane(&story, "c"), Some([interval(2.0, 8.0), Value::Number(5.0)]));
    story.press("9K");
    assert_eq!(on_plane(&story, "c"), Some([interval(4.0, 10.0), Value::Number(5.0)]));
}

#[test]
fn what_is_not_on_the_plane_is_put_on_it_with_what_it_has() {
    let mut story = plane("/ a b c [d] e");
    story.press("gmK");
    assert_eq!(on_plane(&story, "d"), Some(numbers(9.0, 5.0)));
    story.press("u").press("j");
    assert_eq!(story.picture(), "/ a b c d [e]");
    story.press("L");
    assert_eq!(on_plane(&story, "e"), Some(numbers(5.0, 5.0)));
}

#[test]
fn the_plane_of_another_framework_is_what_stands_above_and_below_its_line() {
    let mut story = board("/ [a] b c x");
    let mut at = |keys: &str| story.press(keys).app.cursor().unwrap().to_string();
    assert_eq!([at("gmj"), at("j"), at("j")], ["b", "c", "x"], "by value, then what has none");
    assert_eq!(story.press("L").says(), "not on the plane yet · s scores it");
    let rating = |story: &Story, factor| {
        let ratings = story.item("a").get(Field::Ratings)?.get("cd3")?.clone();
        ratings.get(factor).and_then(Value::as_number)
    };
    story.press("ggL");
    assert_eq!(rating(&story, "duration"), Some(1.5), "{}", story.says());
    story.press("2LK");
    assert_eq!(rating(&story, "duration"), Some(3.0));
    assert_eq!(rating(&story, "cost_of_delay"), Some(150.0));
    story.press("2J");
    assert_eq!(rating(&story, "cost_of_delay"), Some(70.0));
}

#[test]
fn what_several_factors_make_is_rated_one_by_one() {
    let wsjf = ["value", "urgency", "opportunity", "size"];
    let mut story = Story::with("/ [a] b", |_, record| {
        let rated = wsjf.map(|factor| (factor.into(), Value::Number(5.0)));
        let rated = Value::map([("wsjf".into(), Value::map(rated.to_vec()))]);
        record.with(Field::Ratings, rated)
    });
    assert_eq!(
        story.press("gmK").says(),
        "this is made of several factors · s rates them",
        "nothing is guessed"
    );
    story.press("H");
    assert!(story.says().starts_with("size 3: a"), "{}", story.says());
}

#[test]
fn the_cursor_goes_through_a_heap_and_on_to_the_nearest() {
    let mut story = plane("/ [a] b c d e");
    let mut at = |keys: &str| story.press(keys).app.cursor().unwrap().to_string();
    assert_eq!(at("gmj"), "b");
    assert_eq!(at("j"), "c");
    assert_eq!(at("j"), "d", "below the plane is what is not on it");
    assert_eq!(at("j"), "e");
    assert_eq!(at("kk"), "c");
    assert_eq!(at("h"), "a");
    assert_eq!(at("G"), "e");
    assert_eq!(at("gg"), "a");
    assert_eq!(at("l"), "c");
}

#[test]
fn in_the_ranks_keys_work_on_the_item_as_on_the_board() {
    let mut story = board("/ c [b] a x");
    story.press("gr");
    let mut at = |keys: &str| story.press(keys).app.cursor().unwrap().to_string();
    assert_eq!(at("k"), "a", "by rank, over the line of the capacity");
    assert_eq!(at("jj"), "c");
    assert_eq!(at("j"), "x", "what has no score comes last");
    assert_eq!(at("2gg"), "b");
    story.press("K");
    assert_eq!(story.picture(), "/ [b] c a x");
    story.press("erenamed<enter>");
    assert_eq!(story.app.current().unwrap().title(), "brenamed");
    story.press("<esc>j");
    assert_eq!(story.picture(), "/ brenamed [c] a x", "the board again");
}

#[test]
fn the_ranks_show_only_what_the_filter_finds() {
    let mut story = board("/ c [b] a x");
    story.press("/a<enter>gr");
    assert_eq!(story.press("j").app.cursor(), Some(&Id::new("a")));
}

/// The decisions there are: what, why and how each ended.
fn decided(story: &Story) -> Vec<[String; 3]> {
    let decisions = story.app.workspace().list(Place::Decisions).iter();
    let text = |record: &Record, field| record.text(field).to_owned();
    decisions.map(|one| [Field::What, Field::Why, Field::Ended].map(|at| text(one, at))).collect()
}

const KEPT: &str = "kept above its score";

#[test]
fn a_move_that_is_done_again_with_its_decision_shows_what_moved() {
    let mut story = board("/ [a] b c");
    story.press("2J");
    let words = story.says().split(" · ").next().unwrap().to_owned();
    story.press("u").press("gg").press("j<ctrl-r>");
    assert_eq!(story.says(), format!("redone: {words}"));
    assert_eq!(story.picture(), "/ b c [a]");
}

#[test]
fn what_is_against_the_score_and_the_plan_at_once_is_asked_for_as_it_was_said() {
    let mut story = Story::with("[a] | b c / x", |id, record| {
        let reach = match id {
            "a" => 9_000.0,
            "b" => 900.0,
            _ => 10.0,
        };
        let rated = [("reach", reach), ("impact", 1.0), ("confidence", 100.0), ("effort", 1.0)];
        let rated = rated.map(|(factor, value)| (factor.into(), Value::Number(value)));
        let record = match id {
            "x" => record.with(Field::Parent, Value::link(Id::new("a"))),
            _ => record,
        };
        record.with(Field::Ratings, Value::map([("rice".into(), Value::map(rated.to_vec()))]))
    });
    story.press("2L");
    assert_eq!(story.picture(), "| b c | [a] / x");
    assert!(story.says().contains("against its score: ! says why"), "{}", story.says());
    story.press("!wtoo early<enter>").press("!a customer left<enter>");
    assert_eq!(
        decided(&story),
        [
            ["kept below its score", "too early", ""],
            ["out of Now after it was handed over", "a customer left", ""]
        ]
    );
}

#[test]
fn a_move_against_the_score_is_marked_and_asks_once_without_swallowing_a_key() {
    let mut story = board("/ a b [c] x");
    let is_marked =
        |story: &Story| story.app.standing(Hat::Po).unwrap().kept(&Id::new("c")) == Some(true);
    story.press("K");
    assert!(story.says().contains("! says why"), "{}", story.says());
    assert!(is_marked(&story));
    story.press("K");
    assert!(!story.says().contains("says why"), "it asks once: {}", story.says());
    assert_eq!(story.picture(), "/ [c] a b x");
    assert_eq!(decided(&story), [[KEPT, "", ""]]);
    story.press("!wpromised to a customer<enter>");
    assert_eq!(decided(&story), [[KEPT, "promised to a customer", ""]]);
    assert!(is_marked(&story));
    story.press("uuu");
    assert_eq!(story.picture(), "/ a b [c] x", "the move and its decision are one step");
    assert_eq!(decided(&story), [[""; 3]; 0]);
}

#[test]
fn what_goes_back_into_its_band_is_not_kept_any_more() {
    let mut story = board("/ a b [c] x");
    story.press("KJ");
    assert_eq!(decided(&story), [[""; 3]; 0], "what was taken back without a word leaves no trace");
    story.press("K!wpromised<enter>").press("J");
    assert_eq!(decided(&story), [[KEPT, "promised", "back in its band"]]);
    assert!(story.app.standing(Hat::Po).unwrap().kept(&Id::new("c")).is_none());
}

#[test]
fn a_move_within_a_band_or_towards_the_score_decides_nothing() {
    let mut story = board("/ a [b] c");
    story.press("K");
    assert_eq!(story.picture(), "/ [b] a c");
    assert_eq!(decided(&story), [[""; 3]; 0]);
    let mut story = board("/ [c] a b");
    story.press("J");
    assert_eq!(decided(&story), [[""; 3]; 0], "it was against its score before, and is less so");
}

#[test]
fn a_decision_against_the_score_can_be_ended_and_then_the_mark_goes() {
    let mut story = board("/ a b [c] x");
    story.press("KK!e");
    assert_eq!(decided(&story), [[KEPT, "", "withdrawn"]]);
    assert!(story.app.standing(Hat::Po).unwrap().kept(&Id::new("c")).is_none());
    story.press("!");
    assert!(story.says().contains("nothing here waits"), "{}", story.says());
    story.press(":kept against<enter>");
    assert!(story.app.window().is_some());
}

/// The drivers of the settings: id and weight.
fn drivers(story: &Story) -> Vec<(String, f64)> {
    let settings = story.app.workspace().settings();
    let driver = |driver: &Value| {
        let id = driver.get("id").and_then(Value::as_text).unwrap().to_owned();
        (id, driver.get("weight").and_then(Value::as_number).unwrap())
    };
    settings.list(Field::Drivers).iter().map(driver).collect()
}

#[test]
fn drivers_are_added_changed_and_removed_row_by_row() {
    let mut story = Story::of("/ [a]");
    story.press(":your own drivers<enter><enter>");
    story.press("nps<tab>Happiness<tab>30<tab>0<tab>0<ctrl-s>");
    assert_eq!(story.says(), "high is above low; cost = yes turns it round");
    story.press("<ctrl-u>10<ctrl-s>");
    assert_eq!(drivers(&story), [("nps".to_owned(), 30.0)]);
    // The list is there again: a second one, and then the first away.
    story.press("<down><enter>risk<tab><tab>10<tab>1<tab>5<tab>yes<ctrl-s>");
    assert_eq!(drivers(&story), [("nps".to_owned(), 30.0), ("risk".to_owned(), 10.0)]);
    story.press("<enter><ctrl-u><ctrl-s>");
    assert_eq!(drivers(&story), [("risk".to_owned(), 10.0)]);
    story.press("<esc>uuu");
    assert_eq!(drivers(&story), []);
}

/// The rubric of a factor in the settings, a line a value.
fn rubric(story: &Story, name: &str) -> String {
    let rubrics = story.app.workspace().settings().get(Field::Rubrics);
    let rubric = rubrics.and_then(|rubrics| rubrics.get(name));
    let entries = rubric.map(Value::entries).unwrap_or_default().iter();
    let line = |(value, words): &(_, Value)| format!("{value}={}", words.as_text().unwrap());
    entries.map(line).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_rubric_is_written_value_by_value_from_the_form_that_scores() {
    let mut story = Story::of("[a] | |");
    story.press("s<down><ctrl-r>would switch for it<down>nice<ctrl-s>");
    assert_eq!(rubric(&story, "rice.impact"), "3=would switch for it 2=nice");
    // The form that scores is there again, and Esc leaves it.
    story.press("<ctrl-r><down><ctrl-u><ctrl-s><esc>");
    assert_eq!(rubric(&story, "rice.impact"), "3=would switch for it");
    assert!(story.app.window().is_none());
    story.press("uu");
    assert_eq!(rubric(&story, "rice.impact"), "");
}

#[test]
fn a_rubric_of_a_factor_without_steps_takes_the_values_that_are_on_its_scale() {
    let mut story = Story::of("[a] | |");
    story.press(":the rubric of a factor<enter>reach<enter>-3 = nobody<ctrl-s>");
    assert_eq!(story.says(), "reach is at least 0, not “-3”");
    story.press("<ctrl-u>450 = every new customer<enter>900 = all<ctrl-s>");
    assert_eq!(rubric(&story, "rice.reach"), "450=every new customer 900=all");
    // The list is there again; a value with a row of its own belongs there.
    story.press("confidence<enter>sure<tab><tab><tab>80 = so-so<ctrl-s>");
    assert_eq!(story.says(), "80 has a row of its own");
    story.press("<ctrl-u>65 = so-so<ctrl-s><esc>");
    assert_eq!(rubric(&story, "rice.confidence"), "100=sure 65=so-so");
}

#[test]
fn words_that_stand_in_the_file_keep_their_spelling() {
    let words = |value: &str, words: &str| Value::map([(value.into(), Value::text(words))]);
    let rubrics = Value::map([
        ("rice.impact".into(), words("0.50", "two\nlines")),
        ("moscow.class".into(), words("must", "or nobody buys")),
    ]);
    let settings = Record::new(Id::new(Content::SETTINGS)).with(Field::Rubrics, rubrics);
    let mut story = Story::under(settings, "[a] | |", |_, record| record);
    story.press(":the rubric of a factor<enter>rice impact<enter>huge<ctrl-s><esc>");
    assert_eq!(rubric(&story, "rice.impact"), "3=huge 0.50=two\nlines");
    story.press(":the rubric of a factor<enter>moscow<enter><ctrl-u>all leave<ctrl-s><esc>");
    assert_eq!(rubric(&story, "moscow.class"), "must=all leave");
}

#[test]
fn the_form_of_the_next_item_begins_with_nothing_said() {
    let mut story = Story::of("/ [a] b");
    story.press("vjs");
    let keys = "3<enter>3<enter>3<enter>3<enter>";
    while matches!(story.app.windows.last(), Some(Window::Score(form)) if *form.id.as_str() == *"a")
    {
        story.press(keys);
    }
    assert!(matches!(story.app.windows.last(), Some(Window::Score(_))));
    assert!(story.app.message.is_none(), "{}", story.says());
}
