//! What every key of the board does, as pictures.

use crate::story::{Story, check, today};
use std::sync::Arc;
use twohats::app::key::{Mouse, MouseKind};
use twohats::app::preferences::DateFormat;
use twohats::app::welcome::Sites;
use twohats::app::{Effect, Msg, SaveProblem, Window, detail};
use twohats::workspace::{Content, Date, Field, Id, Kind, Op, Place, Record, Value};

#[test]
fn the_cursor_goes_over_lanes_and_stops_at_the_ends() {
    check("[a] b | c / d", "j", "a [b] | c / d");
    check("[a] b | c / d", "jj", "a b | [c] / d");
    check("[a] b | c / d", "9j", "a b | c | [] / d");
    check("a b | [c] / d", "9k", "[a] b | c / d");
    check("a b | [c] / d", "gg", "[a] b | c / d");
    check("[a] b | | c / d", "G", "a b |  | [c] / d");
    check("[a] b c / d", "3G", "a b [c] / d");
    check("[a] b c | d / e", "2gg", "a [b] c | d / e");
}

#[test]
fn lanes_and_panes_are_one_row_of_neighbours() {
    check("[a] | b | c / d", "l", "a | [b] | c / d");
    check("a | b | [c] / d", "l", "a | b | c / [d]");
    check("a | b | c / [d]", "h", "[a] | b | c / d");
    check("[a] | b / d", "<tab>", "a | b / [d]");
    check("[a] | b / d", "]", "a | b / [d]");
    check("a | b / [d]", "[", "[a] | b / d");
}

#[test]
fn a_row_moves_and_the_cursor_stays_on_it() {
    check("[a] b c / d", "J", "b [a] c / d");
    check("[a] b c / d", "2J", "b c [a] / d");
    check("[a] b c / d", "9J", "b c [a] / d");
    check("a b [c] / d", "K", "a [c] b / d");
    check("a b [c] / d", "gK", "[c] a b / d");
    check("[a] b c / d", "gJ", "b c [a] / d");
    check("[a] b c / d", "<alt-down>", "b [a] c / d");
}

#[test]
fn a_move_ends_at_the_end_of_its_lane_and_says_so() {
    let mut story = Story::of("a [b] | c / d");
    story.press("J");
    assert_eq!(story.picture(), "a [b] | c / d");
    assert_eq!(story.says(), "already at the bottom");
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn a_row_changes_lanes_by_as_little_as_it_can() {
    check("a [b] | c / d", "L", "a | [b] c / d");
    check("a | [b] c / d", "H", "a [b] | c / d");
    check("[a] | b | c / d", "2L", "| b | [a] c / d");
    let mut story = Story::of("a / [d]");
    story.press("L");
    assert_eq!(story.says(), "only the roadmap has lanes · T moves it there");
}

#[test]
fn a_transfer_goes_on_top_and_the_cursor_with_it() {
    check("[a] b | c / d", "T", "b | c / [a] d");
    check("a | b c / [d] e", "T", "[d] a | b c / e");
    // To the lane last visited: the cursor was on `c`.
    check("[a] | b c / d", "jj]T", "a | [d] b c");
}

#[test]
fn only_initiatives_and_epics_change_kind_on_the_way_and_the_sprint_stays_behind() {
    let mut story = Story::with("[a] / b", |id, record| match id {
        "b" => record.with(Field::Sprint, Value::link(Id::new("s"))),
        _ => record,
    });
    story.press("T");
    assert_eq!(story.item("a").text(Field::Kind), "epic");
    story.press("T");
    assert_eq!(story.item("a").text(Field::Kind), "initiative");
    story.press("]T");
    assert_eq!(story.item("b").text(Field::Kind), "story");
    assert_eq!(story.item("b").get(Field::Sprint), None);
    story.press("uuu");
    assert_eq!(story.item("b").link(Field::Sprint), Some(&Id::new("s")));
    assert_eq!(story.picture(), "[a] / b");
}

#[test]
fn the_inbox_takes_and_gives_back() {
    check("a / [b] c", "I", "a / [c] / b");
    check("a / b / [i] j", "I", "a / i b / [j]");
    check("a / [b] / i", "gi", "a / b / [i]");
    check("a / b / [i]", "gb", "a / [b] / i");
}

#[test]
fn what_is_selected_moves_together_in_its_order() {
    check("[a] b c d / e", "<space><space>2J", "[c] d a* b* / e");
    check("[a] b c d / e", "vjJ", "c a* [b*] d / e");
    check("a b [c] d / e", "<space><space>gK", "c* [d*] a b / e");
    check("[a] b c d / e", "<space>j<space>T", "b d / [a] c e");
    check("[a] b | c / d", "<space><space>L", "| a* [b*] c / d");
    check("[a] b c / d", "vjv", "a* [b*] c / d");
    check("[a] b c / d", "<space><space><esc>", "a b [c] / d");
}

#[test]
fn a_new_item_stands_below_and_has_the_cursor() {
    let mut story = Story::of("a / [b] c");
    story.press("aNew<enter>");
    assert_eq!(story.picture(), "a / b [New] c");
    let id = story.app.board.cursor().unwrap().to_string();
    assert_eq!(id.len(), 10);
    assert_eq!(story.item(&id).text(Field::Kind), "story");
    assert_eq!(story.item(&id).date(Field::Created), Some(today()));
    check("[a] / b", "aNew<esc>", "[a] / b");
    check("[a] / b", "jaNew<enter>", "a | [New] / b");
    check("[a] / b", "a<enter>", "[a] / b");
}

#[test]
fn capturing_leaves_everything_where_it_is() {
    check("[a] / b", "ANote<enter>", "[a] / b / Note");
    check("[a] / b / c", "ANote<enter>u", "[a] / b / c");
}

#[test]
fn a_title_is_edited_where_it_stands() {
    check("a / [b] c", "e<ctrl-u>New<enter>", "a / [New] c");
    check("a / [b] c", "e<ctrl-u>New<esc>", "a / [b] c");
    check("a / [b] c", "e<ctrl-u><enter>", "a / [b] c");
    let mut story = Story::of("a / [b] c");
    story.press("e<enter>");
    assert_eq!(story.app.changes(), 0, "nothing was changed");
}

#[test]
fn points_are_numbers_above_nothing() {
    let mut story = Story::of("a / [b] c");
    story.press("p5<enter>");
    assert_eq!(story.item("b").number(Field::Points), Some(5.0));
    story.press("p<ctrl-u>0<enter>");
    assert_eq!(story.item("b").number(Field::Points), Some(5.0));
    assert!(story.says().contains("above 0"));
    story.press("p<ctrl-u><enter>");
    assert_eq!(story.item("b").number(Field::Points), None);
}

#[test]
fn a_status_is_chosen_by_its_letter_and_work_begins_the_day_it_is_done() {
    let mut story = Story::of("a / [b] c");
    story.press("td");
    assert_eq!(story.item("b").text(Field::Status), "doing");
    assert_eq!(story.item("b").date(Field::Started), Some(today()));
    story.press("tbthe bank<enter>");
    let blocked = story.item("b").get(Field::Blocked).unwrap();
    assert_eq!(blocked.get("why").and_then(Value::as_text), Some("the bank"));
    assert_eq!(blocked.get("since").and_then(Value::as_date), Some(today()));
    story.press("tt");
    assert_eq!(story.item("b").get(Field::Status), None);
    assert_eq!(story.item("b").get(Field::Blocked), None);
}

#[test]
fn tags_are_set_added_and_taken_away() {
    let mut story = Story::of("a / [b] c");
    let tags =
        |story: &Story, id: &str| story.item(id).texts(Field::Tags).collect::<Vec<_>>().join(" ");
    story.press("#api debt<enter>");
    assert_eq!(tags(&story, "b"), "api debt");
    story.press("<space><space>#+mobile -debt<enter>");
    assert_eq!((tags(&story, "b"), tags(&story, "c")), ("api mobile".into(), "mobile".into()));
}

#[test]
fn done_goes_to_done_and_comes_back_from_there() {
    let mut story = Story::of("a / [b] c");
    story.press("tdd");
    assert_eq!(story.picture(), "a / [c] / / b");
    assert_eq!(story.item("b").date(Field::Done), Some(today()));
    assert_eq!(story.item("b").text(Field::From), "backlog");
    assert_eq!(story.item("b").text(Field::Status), "doing", "for when it is taken up again");
    story.press("/in:done<enter>d<esc>");
    assert_eq!(story.app.workspace().place_of(&Id::new("b")), Some(Place::Backlog));
    assert_eq!(story.item("b").get(Field::Done), None);
}

#[test]
fn deleting_takes_the_links_along_and_undo_brings_all_back() {
    let waits = Value::list([Value::link(Id::new("b")), Value::link(Id::new("a"))]);
    let mut story = Story::with("a / [b] c", |id, record| match id {
        "c" => record
            .with(Field::BlockedBy, waits.clone())
            .with(Field::Parent, Value::link(Id::new("b"))),
        _ => record,
    });
    story.press("x");
    assert_eq!(story.picture(), "a / [c]");
    assert_eq!(story.item("c").links(Field::BlockedBy).collect::<Vec<_>>(), [&Id::new("a")]);
    assert_eq!(story.item("c").get(Field::Parent), None);
    story.press("u");
    assert_eq!(story.picture(), "a / [b] c");
    assert_eq!(story.item("c").get(Field::BlockedBy), Some(&waits));
}

#[test]
fn several_that_one_record_links_to_go_at_once() {
    let waits = Value::list([Value::link(Id::new("b")), Value::link(Id::new("c"))]);
    let mut story = Story::with("a / [b] c d", |id, record| match id {
        "d" => record.with(Field::BlockedBy, waits.clone()),
        _ => record,
    });
    story.press("<space><space>x");
    assert_eq!(story.picture(), "a / [d]");
    assert_eq!(story.item("d").get(Field::BlockedBy), None);
    story.press("u");
    assert_eq!(story.item("d").get(Field::BlockedBy), Some(&waits));
}

#[test]
fn a_copy_stands_below_and_leaves_behind_what_happened_to_the_first() {
    let mut story = Story::with("a / [b] c", |_, record| {
        record.with(Field::Points, Value::Number(3.0)).with(Field::Started, Value::Date(today()))
    });
    story.press("D");
    assert_eq!(story.picture(), "a / b [b] c");
    let copy = story.app.current().unwrap();
    assert_eq!(copy.number(Field::Points), Some(3.0));
    assert_eq!(copy.get(Field::Started), None);
    check("a / [b] c", "<space><space>D", "a / b [b] c c");
}

#[test]
fn a_filter_hides_and_a_move_steps_over_what_is_shown() {
    let mut story = Story::of("x / [ab] c ad e af");
    story.press("/a");
    assert_eq!(story.app.board.backlog.lanes[0].len(), 3);
    story.press("<enter>J");
    assert_eq!(story.picture(), "x / c ad [ab] e af");
    story.press("K<esc>");
    assert_eq!(story.app.board.filter.text(), "");
    assert_eq!(story.picture(), "x / c [ab] ad e af");
}

#[test]
fn leaving_the_filter_line_brings_back_what_was_shown() {
    let mut story = Story::of("x / [ab] c");
    story.press("/zz<esc>");
    assert_eq!(story.app.board.filter.text(), "");
    story.press("/c<enter>/<ctrl-u>ab<esc>");
    assert_eq!(story.app.board.filter.text(), "c");
}

fn scored(picture: &str) -> Story {
    let mut story = Story::with(picture, |id, record| match id {
        "b" => crate::story::cd3(record, 1.0),
        "d" => crate::story::cd3(record, 9.0),
        "e" => crate::story::cd3(record, 5.0),
        _ => record,
    });
    story.press(":framework of the backlog<enter>c");
    story
}

#[test]
fn the_score_order_is_a_look_and_the_own_order_comes_back() {
    let mut story = scored("a / [b] c d e");
    story.press("]o");
    let pane = &story.app.board.backlog;
    let shown: Vec<_> =
        (0..4).filter_map(|row| pane.id_at(story.app.workspace(), 0, row)).collect();
    assert_eq!(shown, ["d", "c", "e", "b"].map(Id::new));
    story.press("J");
    assert!(story.says().contains("score order"), "{}", story.says());
    story.press("o");
    assert_eq!(story.picture(), "a / [b] c d e");
}

#[test]
fn the_score_order_becomes_the_own_one_only_when_told() {
    let mut story = scored("a / [b] c d e");
    story.press("]O");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks first") };
    assert_eq!(choices.about.len(), 3);
    story.press("c");
    assert_eq!(story.picture(), "a / [b] c d e");
    story.press("Om");
    assert_eq!(story.picture(), "a / d c e [b]");
    story.press("u");
    assert_eq!(story.picture(), "a / [b] c d e");
}

#[test]
fn a_form_scores_and_leaves_everything_as_it_was_on_escape() {
    let mut story = Story::of("a / [b] c");
    story.press("s8<tab>5<tab>3<tab>5<esc>");
    assert_eq!(story.app.changes(), 0);
    story.press("s8<tab>5<tab>3<tab>5<enter>");
    assert_eq!(story.says(), "WSJF 3.2: b · u takes it back");
    let rated = story.item("b").get(Field::Rated).unwrap();
    assert_eq!(rated.get("wsjf").and_then(Value::as_date), Some(today()));
    assert_eq!(story.app.changes(), 1);
    story.press("u");
    assert_eq!(story.item("b").get(Field::Ratings), None);
}

#[test]
fn a_form_shows_where_the_item_would_land_and_refuses_what_is_off_the_scale() {
    let mut story = scored("a / [b] c d e");
    story.press("]s<ctrl-u>6<tab><ctrl-u>1");
    let Some(Window::Score(form)) = story.app.window() else { panic!("a form is open") };
    let outlook = form.outlook(&story.app).unwrap();
    assert_eq!(outlook.score.value(), Some(6.0));
    assert_eq!((outlook.would_stand, outlook.of), (Some(3), 4), "what has no score stays");
    story.press("<ctrl-u>0<enter>");
    assert!(story.says().contains("above 0"), "{}", story.says());
    assert!(matches!(story.app.window(), Some(Window::Score(form)) if form.at == 1));
}

#[test]
fn several_items_are_scored_one_after_the_other() {
    let mut story = Story::of("a / [b] c");
    story.press("<space><space>s1<down>1<down>1<down>1<enter>");
    assert!(matches!(story.app.window(), Some(Window::Score(form)) if form.id == Id::new("c")));
    story.press("2<down>2<down>2<down>1<enter>");
    assert!(story.app.window().is_none());
    assert_eq!(story.app.changes(), 2);
}

#[test]
fn arrows_go_along_a_scale() {
    let mut story = Story::of("a / [b] c");
    story.press("s<right><right><right><left>");
    let Some(Window::Score(form)) = story.app.window() else { panic!("a form is open") };
    assert_eq!(form.fields[0].text(), "2");
}

#[test]
fn a_move_says_how_many_dates_it_changes() {
    let points = |_: &str, item: Record| item.with(Field::Points, Value::Number(5.0));
    let mut story = Story::told("a / [b] c d e", points, |content| {
        let closed = |number: usize| {
            let sprint = Record::new(Id::new(&format!("s{number}")));
            let sprint = sprint.with(Field::State, Value::text("closed"));
            Arc::new(sprint.with(Field::Delivered, Value::Number(14.0)))
        };
        content.fill(Place::Sprints, (0..12).map(closed).collect());
    });
    story.press("J");
    assert_eq!(story.says(), "moved down: b · u takes it back");
    story.press("gJ");
    assert_eq!(
        story.says(),
        "moved to the bottom: b · dates: 2 earlier, 1 later · u takes it back"
    );
    story.press("u");
    assert_eq!(story.says(), "undone: moved to the bottom: b · dates: 1 earlier, 2 later");
    story.press("<ctrl-r>");
    assert_eq!(story.says(), "redone: moved to the bottom: b · dates: 2 earlier, 1 later");
    story.press("2u");
    assert!(!story.says().contains("dates"), "{}", story.says());
    story.press("2<ctrl-r>");
    story.press("t");
    story.press("<esc>#new<enter>");
    assert!(!story.says().contains("dates"), "{}", story.says());
}

#[test]
fn undo_says_what_it_undid_and_goes_there() {
    let mut story = Story::of("[a] b c / d");
    story.press("J]u");
    assert_eq!(story.picture(), "[a] b c / d");
    assert_eq!(story.says(), "undone: moved down: a");
    story.press("]<ctrl-r>");
    assert_eq!(story.picture(), "b [a] c / d");
    assert_eq!(story.says(), "redone: moved down: a");
    story.press("uu");
    assert_eq!(story.says(), "nothing to undo");
    check("[a] b c / d", "J3.3u", "[a] b c / d");
}

#[test]
fn the_last_change_is_repeated_on_what_is_under_the_cursor() {
    check("[a] b c d / e", "Jgg.", "a [b] c d / e");
    check("[a] b c d / e", "2Jgg.", "c a [b] d / e");
    let mut story = Story::of("a / [b] c");
    story.press("p5<enter>j.");
    assert_eq!(story.item("c").number(Field::Points), Some(5.0));
    story.press("k").press("td").press("j.");
    assert_eq!(story.item("c").text(Field::Status), "doing");
    let mut story = Story::of("a / [b] c");
    story.press(".");
    assert_eq!(story.says(), "nothing to repeat yet");
}

#[test]
fn a_mark_is_found_again_wherever_its_item_went() {
    check("[a] b / c", "mxT['x", "b / [a] c");
    let mut story = Story::of("[a] b / c");
    story.press("'x");
    assert_eq!(story.says(), "there is no mark x · mx sets it");
    assert_eq!(story.picture(), "[a] b / c", "the letter is no command");
}

#[test]
fn the_id_is_put_on_the_clipboard() {
    let mut story = Story::of("[a] b / c");
    story.press("<space><space>y");
    let copied = story.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(copied, Some("a b"));
}

#[test]
fn the_framework_of_a_pane_is_kept_in_the_settings() {
    let mut story = Story::of("[a] / b");
    story.press(":framework of the roadmap<enter>i");
    let settings = story.app.workspace().settings();
    assert_eq!(settings.text(Field::RoadmapFramework), "ice");
    story.press("u");
    assert_eq!(story.app.workspace().settings().get(Field::RoadmapFramework), None);
}

#[test]
fn what_is_next_is_one_line() {
    let mut story = Story::with("[a] / b c", |id, record| match id {
        "b" => record.with(Field::Status, Value::text("blocked")),
        _ => record,
    });
    story.press("N");
    assert!(
        story
            .says()
            .starts_with("in no sprint yet · story c · the first in the backlog that is ready")
    );
}

#[test]
fn a_key_that_means_nothing_says_so_and_changes_nothing() {
    let mut story = Story::of("[a] / b");
    story.press("Q");
    assert_eq!(story.says(), "Q does nothing here · ? lists the keys");
    story.press("g<esc>");
    assert_eq!(story.says(), "");
    assert_eq!(story.picture(), "[a] / b");
}

#[test]
fn every_change_is_saved_and_logged() {
    let mut story = Story::of("[a] b / c");
    story.press("J");
    let saves = |story: &Story| {
        story.effects.iter().filter(|effect| matches!(effect, Effect::Save { .. })).count()
    };
    assert_eq!(saves(&story), 1);
    assert!(story.effects.iter().any(|effect| matches!(effect, Effect::Log(_))));
    assert_eq!(story.app.saving.mark(), "saving…");
    story.saved(&Ok(()));
    assert_eq!(story.app.saving.mark(), "safe ✓");
    story.press("u");
    assert_eq!(saves(&story), 1);
}

#[test]
fn a_changed_file_is_written_over_only_when_told() {
    let mut story = Story::of("[a] b / c");
    story.press("J").saved(&Err(SaveProblem::Changed));
    assert_eq!(story.app.saving.mark(), "NOT SAVED");
    story.press("q");
    assert!(!story.effects.iter().any(|effect| matches!(effect, Effect::Quit)), "it asks first");
    story.press("<esc>!");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it offers choices") };
    let keys: String = choices.choices.iter().map(|choice| choice.key).collect();
    assert_eq!(keys, "brm");
    story.press("m");
    let forced = |effect: &Effect| matches!(effect, Effect::Save { force: true, .. });
    assert!(story.effects.iter().any(forced));
    story.saved(&Ok(()));
    assert_eq!(story.app.saving.mark(), "safe ✓");
}

#[test]
fn reading_again_asks_when_it_would_lose_something() {
    let mut story = Story::of("[a] b / c");
    story.press("J").saved(&Err(SaveProblem::Changed)).press("!r");
    assert!(!story.effects.iter().any(|effect| matches!(effect, Effect::Reload)));
    story.press("r");
    assert!(story.effects.iter().any(|effect| matches!(effect, Effect::Reload)));
}

#[test]
fn a_newer_file_can_be_read_and_not_changed() {
    let mut story = Story::of("[a] b / c");
    story.app.read_only = Some("its format is newer".into());
    story.press("J");
    assert_eq!(story.picture(), "[a] b / c");
    assert_eq!(story.says(), "nothing can be changed: its format is newer");
    assert!(story.effects.is_empty());
}

#[test]
fn ctrl_c_takes_back_first_and_quits_the_second_time() {
    let mut story = Story::of("[a] b / c");
    let quits = |story: &Story| story.effects.iter().any(|e| matches!(e, Effect::Quit));
    story.press("aNew<ctrl-c>");
    assert!(story.app.window().is_none() && !quits(&story));
    story.press("j<ctrl-c>j<ctrl-c>");
    assert!(!quits(&story), "a key in between starts anew");
    story.press("<ctrl-c>");
    assert!(quits(&story));
}

#[test]
fn a_text_field_swallows_every_single_key() {
    let mut story = Story::of("[a] b / c");
    story.press("aqJ?:u/gg<enter>");
    assert_eq!(story.app.current().unwrap().title(), "qJ?:u/gg");
}

#[test]
fn a_paste_is_one_line_in_a_field_and_entries_of_the_inbox_without_one() {
    let mut story = Story::of("[a] b / c");
    story.press("e<ctrl-u>").send(Msg::Paste("two\nlines".into())).press("<enter>");
    assert_eq!(story.app.current().unwrap().title(), "two lines");
    story.send(Msg::Paste("- first\n\n* second\r\nthird".into()));
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it says how many") };
    assert_eq!(asked.title, "3 lines for the inbox");
    story.press("<enter>");
    assert_eq!(story.picture(), "[two lines] b / c / first second third");
    story.press("u");
    assert_eq!(story.app.workspace().list(Place::Inbox).len(), 0, "one step");
}

#[test]
fn many_lines_pasted_into_the_line_of_a_new_item_are_an_item_each_in_one_step() {
    let mut story = Story::of("a / [b] c");
    let list = "- [ ] x\n\n  * 5 bug: y #bank\n2. z\n";
    story.press("a").send(Msg::Paste(list.into()));
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it says how many") };
    assert_eq!(asked.title, "3 lines for the backlog");
    assert_eq!(asked.about, ["x", "5 bug: y #bank", "z"]);
    story.press("a");
    assert_eq!(story.picture(), "a / b [x] y z c");
    assert_eq!(story.says(), "added 3 items to the backlog · u takes it back");
    assert!(story.app.windows.is_empty());
    story.press("j");
    let bug = story.app.current().unwrap();
    assert_eq!((bug.kind(), bug.number(Field::Points)), (Kind::Bug, Some(5.0)));
    story.press("u");
    assert_eq!(story.picture(), "a / b [c]", "one step");
    // All in one line, and back to what was typed.
    story.press("ka").send(Msg::Paste("x\ny".into())).press("o");
    assert_eq!(story.picture(), "a / b [x y] c");
    story.press("ukatyped").send(Msg::Paste("x\ny".into())).press("n<enter>");
    assert_eq!(story.picture(), "a / b [typed] c");
}

#[test]
fn pasted_lines_that_are_no_items_are_refused_together_and_so_are_a_whole_file_of_them() {
    let mut story = Story::of("a / [b]");
    story.press("a").send(Msg::Paste("x\n5 bug: #bank\ny".into())).press("a");
    assert_eq!(story.says(), "“5 bug: #bank” has no title; nothing was added");
    assert_eq!(story.picture(), "a / [b]");
    assert!(matches!(story.app.window(), Some(Window::Prompt(_))), "its line is still there");
    story.send(Msg::Paste("x\n".repeat(501)));
    assert!(story.says().starts_with("501 lines at once are too many"), "{}", story.says());
    assert!(matches!(story.app.window(), Some(Window::Prompt(_))));
    story.send(Msg::Paste("x\n".repeat(500)));
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it says how many") };
    assert_eq!(asked.title, "500 lines for the backlog");
}

#[test]
fn a_form_holds_every_field_and_changes_nothing_before_it_is_accepted() {
    let mut story = Story::of("a / [b] c");
    story.press("<enter><tab>!<esc>");
    assert!(matches!(story.app.window(), Some(Window::Choices(_))), "it asks before it loses");
    story.press("l");
    assert_eq!((story.app.changes(), story.app.windows.len()), (0, 0));
    story.press("<enter><tab>!<esc>t").press("u");
    assert_eq!(story.says(), "undone: edited: b", "or takes what was typed");
    story.press("<enter><tab><ctrl-u>Bank<tab>one<enter>two<tab>api ux<enter>");
    assert_eq!(story.item("b").title(), "Bank");
    assert_eq!(story.item("b").text(Field::Notes), "one\ntwo");
    assert_eq!(story.item("b").texts(Field::Tags).count(), 2);
    assert_eq!(story.app.changes(), 1, "one step");
    story.press("u");
    assert_eq!(story.item("b").title(), "b");
}

#[test]
fn a_form_that_is_left_twice_is_set_aside_and_goes_on_where_it_was() {
    let mut story = Story::of("a / [b] c");
    story.press("<enter><tab>!<esc><esc>");
    assert_eq!((story.app.changes(), story.app.windows.len()), (0, 0), "back on the board");
    assert!(story.says() == "set aside until it is opened again: b", "{}", story.says());
    story.press("j<enter>");
    let Some(Window::Form(form)) = story.app.window() else { panic!("a form is open") };
    assert!(!form.is_changed(), "another item has a form of its own");
    story.press("<esc>q");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks") };
    assert_eq!(choices.title, "what was typed into b is not taken yet");
    story.press("<esc>k<enter><ctrl-s>");
    assert_eq!(story.item("b").title(), "b!");
    story.press("q");
    assert!(story.effects.iter().any(|effect| matches!(effect, Effect::Quit)));
}

#[test]
fn enter_says_what_it_does_in_each_row_of_a_form() {
    use twohats::app::actions::Scope;
    let mut story = Story::of("a / [b] c");
    story.press("<enter>");
    to_row(&mut story, "title");
    assert_eq!(story.app.scope(), Scope::Form);
    to_row(&mut story, "notes");
    assert_eq!(story.app.scope(), Scope::FormLines);
    story.press("one<enter>two");
    let Some(Window::Form(form)) = story.app.window() else { panic!("a new line, and it stays") };
    assert_eq!(form.row().editor.text(), "one\ntwo");
}

#[test]
fn the_question_before_quitting_leads_on_to_what_can_be_done_and_back() {
    let mut story = Story::of("[a] b / c");
    story.press("J").saved(&Err(SaveProblem::Malformed("line 2".into())));
    story.press("q!");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it shows") };
    assert_eq!(choices.title, "something else broke the file: line 2");
    story.press("<esc>");
    assert!(story.app.windows.is_empty());
    assert_eq!(story.app.saving.mark(), "NOT SAVED");
}

#[test]
fn kind_and_points_before_a_colon_stand_in_any_order_and_without_it_are_said() {
    let mut story = Story::of("a / [b]");
    story.press("astory 8 Paint<enter>");
    assert_eq!(
        story.says(),
        "“story 8: …” would be kind and points, with its colon · u takes it back"
    );
    story.press("u").press("abug 8: Paint #red<enter>");
    let item = story.app.workspace().list(Place::Backlog)[1].clone();
    assert_eq!((item.title(), item.text(Field::Kind)), ("Paint", "bug"));
    assert_eq!(item.number(Field::Points), Some(8.0));
}

#[test]
fn a_number_before_a_colon_stays_in_the_title_and_how_points_are_written_is_said() {
    let mut story = Story::of("[a] / b");
    story.press("a8: Paint<enter>");
    assert_eq!(
        story.says(),
        "“8:” is in the title; points need a kind: “8 initiative: …” · u takes it back"
    );
    let item = story.app.current().unwrap();
    assert_eq!((item.title(), item.number(Field::Points)), ("8: Paint", None));
}

fn to_row(story: &mut Story, label: &str) {
    for _ in 0..80 {
        let Some(Window::Form(form)) = story.app.window() else { panic!("a form is open") };
        if form.row().label == label {
            return;
        }
        story.press("<tab>");
    }
    panic!("there is no row {label}");
}

#[test]
fn a_form_types_days_choices_and_criteria() {
    let mut story = Story::of("a / [b] c");
    story.press("<enter>");
    to_row(&mut story, "due");
    story.press("fri<right><pagedown>");
    to_row(&mut story, "status");
    story.press("<right><right>");
    to_row(&mut story, "acceptance");
    story.press("rows<enter>fast<ctrl-t><alt-up>");
    to_row(&mut story, "user story: want");
    story.press("to import");
    story.press("<ctrl-s>");
    let item = story.item("b");
    assert_eq!(item.date(Field::Due), Some("2026-12-28".parse().unwrap()));
    assert_eq!(item.text(Field::Status), "doing");
    let criteria = item.list(Field::Acceptance);
    assert_eq!(criteria[0].get("met"), Some(&Value::Flag(true)));
    assert_eq!(criteria[1].get("text").and_then(Value::as_text), Some("rows"));
    let want = item.get(Field::Story).and_then(|story| story.get("want"));
    assert_eq!(want.and_then(Value::as_text), Some("to import"));
}

#[test]
fn a_form_reads_a_day_that_may_be_two_as_days_are_written() {
    for (format, month) in [("%m/%d/%Y", 3), ("%d/%m/%Y", 4)] {
        let mut story = Story::of("a / [b] c");
        story.app.preferences.dates = DateFormat::parse(format).unwrap();
        story.press("<enter>");
        to_row(&mut story, "due");
        story.press("3/4/2027<ctrl-s>");
        let due = story.item("b").date(Field::Due);
        assert_eq!(due.map(Date::month), Some(month), "{format}");
    }
}

#[test]
fn a_form_says_of_a_kind_that_nothing_else_has_what_may_be_meant() {
    let mut story = Story::of("a / [b] c");
    story.press("<enter>");
    to_row(&mut story, "kind");
    story.press("stroy<ctrl-s>");
    assert_eq!(
        story.says(),
        "edited: b · no other item is of the kind “stroy”; did you mean `story`?"
    );
    assert_eq!(story.item("b").text(Field::Kind), "stroy", "it may be meant all the same");
}

#[test]
fn a_form_says_what_is_wrong_and_stays_with_the_caret_there() {
    let mut story = Story::of("a / [b] c");
    story.press("<enter>");
    to_row(&mut story, "points");
    story.press("0<tab><tab><enter>").press("<ctrl-s>");
    assert!(story.says().contains("above 0"), "{}", story.says());
    assert!(matches!(story.app.window(), Some(Window::Form(form)) if form.row().label == "points"));
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn product_settings_and_objectives_have_forms_too() {
    let mut story = Story::of("[a] / b");
    story.press(":edit the product<enter>Ledgerly<enter>");
    assert_eq!(story.app.workspace().product().text(Field::Name), "Ledgerly");
    story.press(":edit objectives<enter><enter><ctrl-u>Halve the time<enter>");
    let objectives = story.app.workspace().list(Place::Objectives);
    assert_eq!(objectives[0].title(), "Halve the time");
    story.press(":edit settings<enter>");
    to_row(&mut story, "capacity");
    story.press("21<enter>");
    assert_eq!(story.app.workspace().settings().number(Field::Capacity), Some(21.0));
}

#[test]
fn links_are_picked_by_a_few_letters_and_followed_there_and_back() {
    let mut story = Story::of("[a] b / c d e");
    story.press("]@pb<enter>");
    assert_eq!(story.item("c").link(Field::Parent), Some(&Id::new("b")));
    story.press("@1");
    assert_eq!(story.picture(), "a [b] / c d e");
    story.press("<ctrl-o>");
    assert_eq!(story.picture(), "a b / [c] d e");
    story.press("@p<enter>");
    assert_eq!(story.item("c").get(Field::Parent), None, "nothing stands first where there is one");
}

#[test]
fn several_are_waited_for_and_a_cycle_is_refused_with_the_cycle() {
    let mut story = Story::of("a / [b] c d");
    story.press("wc<tab><ctrl-u>d<tab><enter>");
    let waits: Vec<_> = story.item("b").links(Field::BlockedBy).collect();
    assert_eq!(waits, [&Id::new("c"), &Id::new("d")]);
    story.press("jwb<enter>");
    assert_eq!(story.says(), "that would go round: c → b → c");
    assert_eq!(story.item("c").get(Field::BlockedBy), None);
}

#[test]
fn what_is_broken_down_gets_its_parts_in_the_backlog_and_unfolds() {
    let mut story = Story::of("[a] b / c d");
    story.press("b5 story: Import #bank<enter>bug: The last row<tab>too big<enter>");
    assert_eq!(story.picture(), "[a] b / c d Import The last row");
    let children = story.app.workspace().children(&Id::new("a"));
    assert_eq!(story.item(children[0].as_str()).number(Field::Points), Some(5.0));
    assert_eq!(story.item(children[1].as_str()).text(Field::Kind), "bug");
    let decision = &story.app.workspace().list(Place::Decisions)[0];
    assert_eq!(decision.text(Field::Why), "too big");
    story.press("zj");
    assert_eq!(story.app.current().unwrap().title(), "Import");
    story.press("J");
    assert!(story.says().contains("part of another"), "{}", story.says());
    story.press("kz");
    assert_eq!(story.app.board.roadmap.lanes[0].len(), 2);
    story.press("u");
    assert_eq!(story.picture(), "[a] b / c d");
}

fn mouse(story: &mut Story, kind: MouseKind, column: u16, row: u16) {
    story.send(Msg::Mouse(Mouse { kind, column, row }));
}

#[test]
fn the_mouse_focuses_and_drags() {
    // At 120x40 the roadmap's rows begin at (1, 2), those of the backlog at (55, 2).
    let mut story = Story::of("[a] b | c / d e f");
    mouse(&mut story, MouseKind::Press, 60, 3);
    mouse(&mut story, MouseKind::Release, 60, 3);
    assert_eq!(story.picture(), "a b | c / d [e] f");
    mouse(&mut story, MouseKind::Press, 60, 2);
    mouse(&mut story, MouseKind::Drag, 60, 4);
    mouse(&mut story, MouseKind::Release, 60, 4);
    assert_eq!(story.picture(), "a b | c / e f [d]");
    mouse(&mut story, MouseKind::Press, 60, 2);
    mouse(&mut story, MouseKind::Drag, 5, 3);
    mouse(&mut story, MouseKind::Release, 5, 3);
    assert_eq!(story.picture(), "[e] a b | c / f d");
    assert_eq!(story.app.changes(), 2);
}

#[test]
fn the_wheel_scrolls_and_leaves_the_cursor() {
    let many: String =
        (0..90).flat_map(|n| ["i".to_owned(), n.to_string(), " ".to_owned()]).collect();
    let mut story = Story::of(&format!("a / [x] {many}"));
    mouse(&mut story, MouseKind::WheelDown, 60, 5);
    assert_eq!(story.app.board.backlog.top, 3);
    assert_eq!(story.app.board.cursor(), Some(&Id::new("x")));
    story.press("j");
    assert_eq!(story.app.board.backlog.top, 1, "the next key brings the cursor back");
}

#[test]
fn the_first_screen_makes_a_workspace_or_takes_the_example() {
    let first = || {
        let here = Some("/home/ada/code/twohats.json".into());
        let sites = Sites { usual: "/home/ada/w.json".into(), here, ..Sites::default() };
        let app = twohats::app::App::first_run(&sites, 1);
        Story { app, effects: Vec::new() }
    };
    let mut story = first();
    story.press("eLedgerly<enter>Books in an hour<enter>");
    let Some(Effect::Create(content)) = story.effects.pop() else { panic!("it creates one") };
    assert_eq!(content.product().text(Field::Name), "Ledgerly");
    assert_eq!(content.product().text(Field::Vision), "Books in an hour");
    let mut story = first();
    story.press("x");
    assert!(matches!(story.effects[..], [Effect::CreateExample]));
    let mut story = first();
    story.press("fx");
    assert!(matches!(story.effects[..], [Effect::Here, Effect::CreateExample]));
    let mut story = first();
    story.press("ffx");
    assert!(matches!(story.effects[..], [Effect::CreateExample]), "and not here after all");
    let mut story = first();
    story.press("<esc>");
    assert!(matches!(story.effects.pop(), Some(Effect::Quit)));
}

#[test]
fn a_setting_is_a_record_like_any_other() {
    let mut story = Story::of("[a] / b");
    let id = Id::new(Content::SETTINGS);
    assert!(story.app.workspace().get(&id).is_some());
    story.press("J");
    let op = Op::set(&id, Field::NowLimit, Value::Number(2.0));
    assert_eq!(op.touched(), [id]);
}

#[test]
fn an_item_goes_to_the_editor_as_text_and_comes_back_changed() {
    let mut story = Story::of("a / [b] c");
    story.press("E");
    let Some(Effect::Edit(text)) = story.effects.pop() else { panic!("it asks for the editor") };
    let changed = text.replace("title: b", "title: Bank\npoints: 3");
    story.send(Msg::Edited(Ok(changed)));
    assert_eq!(story.item("b").title(), "Bank");
    assert_eq!(story.app.changes(), 1);
    story.press("E").send(Msg::Edited(Err("vi ended with 1".into())));
    assert_eq!(story.says(), "nothing was changed: vi ended with 1");
    story.press("E").send(Msg::Edited(Ok("=== b\npoints: many\n".into())));
    let Some(Window::Choices(choices)) = story.app.window() else {
        panic!("it says what is wrong")
    };
    assert_eq!(choices.about, ["line 2: “many” is not a number above 0"]);
    story.press("e");
    let Some(Effect::Edit(text)) = story.effects.pop() else { panic!("it goes on") };
    assert!(text.contains("many"), "the text is not lost");
}

#[test]
fn a_note_goes_to_the_other_hat_and_an_empty_one_goes_away() {
    let mut story = Story::of("a / [b] c");
    story.press("nwtoo big<enter>");
    let note = story.item("b").get(Field::NoteTo).unwrap();
    assert_eq!(note.get("hat").and_then(Value::as_text), Some("pm"));
    assert_eq!(note.get("text").and_then(Value::as_text), Some("too big"));
    story.press("n<ctrl-u><enter>");
    assert_eq!(story.item("b").get(Field::NoteTo), None);
}

#[test]
fn an_item_is_copied_as_markdown_and_its_page_is_opened() {
    let mut story = Story::with("a / [b] c", |id, record| match id {
        "b" => record.with(Field::Notes, Value::text("See (https://example.org/x).")),
        _ => record.with(Field::Notes, Value::text("file:///etc/passwd")),
    });
    story.press("Y");
    let Some(Effect::Copy(text)) = story.effects.pop() else { panic!("it copies") };
    assert!(text.starts_with("## b\n\n- kind: story\n"), "{text}");
    story.press("gx");
    assert!(
        matches!(story.effects.pop(), Some(Effect::Browse(url)) if url == "https://example.org/x")
    );
    story.press("jgx");
    assert!(story.says().starts_with("no address is in it"), "only pages are opened");
}

#[test]
fn a_filter_is_kept_under_a_name_and_found_again() {
    let mut story = Story::of("x / [ab] c ad");
    story.press("/a<enter>:keep this<enter>mine<enter><esc>");
    assert!(story.app.board.filter.is_empty());
    story.press("g/a");
    assert_eq!(story.app.board.filter.text(), "a");
    let kept = story.effects.iter().rev().find_map(|effect| match effect {
        Effect::Remember(memory) => Some(memory.filters.clone()),
        _ => None,
    });
    assert_eq!(kept.unwrap().get("mine").map(String::as_str), Some("a"));
    story.press(":forget<enter>a");
    assert!(story.app.filters.is_empty());
}

#[test]
fn help_is_searched() {
    let mut story = Story::of("[a] / b");
    story.press("?/duplicate<enter>");
    let Some(Window::Help(help)) = story.app.window() else { panic!("help is open") };
    assert_eq!(help.lines.len(), 2, "{:?}", help.lines);
}

#[test]
fn the_strip_scrolls_by_bands_and_begins_anew_with_another_item() {
    let mut story = Story::with("[a] b / c", |_, record| {
        record.with(Field::Notes, Value::text("long")).with(Field::Points, Value::Number(1.0))
    });
    story.press("2<ctrl-e>");
    assert_eq!(story.app.detail_top(), 2);
    story.press("9<ctrl-e>");
    assert_eq!(story.app.detail_top(), 2, "to the last band");
    story.press("jk<ctrl-y>");
    assert_eq!(story.app.detail_top(), 1);
    story.press("j");
    assert_eq!(story.app.detail_top(), 0);
}

/// What is to mend of the item `c`, as the strip below the board has it.
fn to_mend(app: &twohats::app::App) -> (String, String) {
    let known = detail::strip(app, &Id::new("c")).unwrap();
    known.bands.into_iter().find(|(label, _)| label == "to mend").unwrap()
}

#[test]
fn what_is_missing_is_a_list_that_leads_to_the_items() {
    let mut story = Story::with("[a] | | / b c", |id, record| match id {
        "b" => record.with(Field::Points, Value::Number(3.0)),
        _ => record,
    });
    story.press(":check what<enter>no estc<enter>");
    assert_eq!(story.picture(), "a / b [c]");
    let (label, words) = to_mend(&story.app);
    assert_eq!(label, "to mend");
    assert!(words.contains("no estimate (p)") && words.contains("orphan: "), "{words}");
    story.press("p5<enter>");
    let (_, words) = to_mend(&story.app);
    assert!(!words.contains("no estimate"), "mended at once: {words}");
}

#[test]
fn a_range_holds_what_was_in_it_and_not_the_rows_it_passes() {
    check("[a] b c d / e", "vjJj", "c a* b* [d] / e");
    let mut story = Story::of("[a] b c d / e");
    story.press("vjp5<enter>j");
    assert_eq!(story.app.board.selected(story.app.workspace()), 2);
}

#[test]
fn a_line_that_can_not_be_taken_stays_to_be_mended() {
    let mut story = Story::of("a / [b] c");
    story.press("pabc<enter>");
    assert!(story.says().contains("above 0"));
    story.press("<ctrl-u>8<enter>");
    assert_eq!(story.item("b").number(Field::Points), Some(8.0));
    story.press("p5<enter>");
    assert_eq!(
        story.item("b").number(Field::Points),
        Some(5.0),
        "a number takes the old one's place"
    );
}

#[test]
fn a_filter_that_there_is_not_is_said() {
    let mut story = Story::of("a / [b] c");
    story.press("/is:foo");
    assert!(story.says().starts_with("“is:foo” is no filter"), "{}", story.says());
}

#[test]
fn each_view_keeps_its_own_cursor() {
    let mut story = Story::of("a / [b] c d / i j");
    story.press("jjgi");
    assert_eq!(story.picture(), "a / b c d / [i] j");
    story.press("jgb");
    assert_eq!(story.picture(), "a / b c [d] / i j");
    story.press("gi");
    assert_eq!(story.picture(), "a / b c d / i [j]");
    story.press("]");
    assert_eq!(story.picture(), "a / b c [d] / i j");
}

#[test]
fn ctrl_c_in_a_window_only_closes_it() {
    let mut story = Story::of("[a] / b");
    story.press("a<ctrl-c><ctrl-c>");
    assert!(!story.effects.iter().any(|effect| matches!(effect, Effect::Quit)));
}

#[test]
fn a_new_line_may_say_its_kind_points_and_tags() {
    let mut story = Story::of("a / [b] c");
    story.press("a3 bug: Last row lost #import<enter>");
    let item = story.app.current().unwrap();
    assert_eq!((item.title(), item.text(Field::Kind)), ("Last row lost", "bug"));
    assert_eq!(item.number(Field::Points), Some(3.0));
    assert_eq!(item.texts(Field::Tags).collect::<Vec<_>>(), ["import"]);
}

#[test]
fn the_palette_finds_the_plain_word_for_a_thing_or_nothing() {
    let finds = |words: &str| {
        let mut story = Story::of("/ [a] b");
        story.press(":").send(Msg::Paste(words.into()));
        let Some(Window::Palette(palette)) = story.app.windows.last() else { panic!() };
        palette.found.first().map(|found| found.action.id)
    };
    for (words, id) in [
        ("help", "help"),
        ("save", "save"),
        ("sort", "score-view"),
        ("rename", "title"),
        ("label", "tags"),
        ("due date", "form"),
        ("history", "check-in"),
        ("estimate", "points"),
        ("priority", "score"),
        ("mark done", "done"),
        ("conflict", "banner"),
        ("merge", "banner"),
        ("velocity", "sprint"),
        ("burndown", "sprint"),
        ("blocked", "status"),
        ("dependency", "waits"),
        ("limit", "edit-settings"),
        ("comment", "note"),
        ("archive", "done"),
        ("new sprint", "sprint-new"),
        ("sprint-new", "sprint-new"),
        ("Undo", "undo"),
        ("whatiftop", "forecast-top"),
    ] {
        assert_eq!(finds(words), Some(id), "{words}");
    }
    // There is no such thing on the board, and nothing else is offered in its place.
    for words in ["snooze", "assign", "restore", "backup", "zzz"] {
        assert_eq!(finds(words), None, "{words}");
    }
}

#[test]
fn what_a_merge_kept_twice_is_told_gone_to_and_settled_one_after_the_other() {
    let other = |name: &str, value: f64| Value::map([(name.into(), Value::Number(value))]);
    let mut story = Story::with("/ [a] b c d", |id, record| match id {
        "b" | "d" => record
            .with(Field::Points, Value::Number(2.0))
            .with(Field::Conflict, other("points", 3.0)),
        _ => record,
    });
    let banner = |story: &Story| story.app.saving.banner(&story.app).unwrap_or_default();
    assert_eq!(banner(&story), "2 fields have two values since a merge · ! for what to do");
    story.press("/is:conflict<enter>");
    assert_eq!((story.app.board.backlog.lines(), &*story.picture()), (2, "/ a [b] c d"));
    story.press("<esc>gg!");
    assert_eq!(story.picture(), "/ a [b] c d");
    story.press("o");
    assert_eq!(story.item("b").number(Field::Points), Some(3.0));
    // Then the next one.
    assert_eq!(story.picture(), "/ a b c [d]");
    story.press("h");
    assert_eq!(story.item("d").number(Field::Points), Some(2.0));
    assert!(story.app.windows.is_empty());
    assert_eq!(banner(&story), "");
    story.press("u");
    assert!(banner(&story).starts_with("points of d has two values"), "{}", banner(&story));
}

#[test]
fn what_is_beyond_a_pane_counts_items() {
    let story = Story::of("a b c | [d] | e /");
    assert_eq!(story.app.board.roadmap.beyond(3), (0, 3));
    assert_eq!(story.app.board.roadmap.beyond(20), (0, 0));
}

#[test]
fn where_nothing_can_be_changed_nothing_is_asked_for() {
    let mut story = Story::of("/ [a] b");
    story.app.read_only = Some("it is newer".into());
    for key in ["a", "p", "e", "A", "d", "J"] {
        story.press(key);
        assert_eq!(story.says(), "nothing can be changed: it is newer", "{key}");
        assert!(story.app.windows.is_empty(), "{key}");
    }
    story.press("<enter>");
    assert!(matches!(story.app.windows.last(), Some(Window::Form(_))));
}
