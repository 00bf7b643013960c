//! Sprints on the board: made, planned, started, worked through and closed.

use super::story::{Story, today};
use twohats::app::help::HelpLine;
use twohats::app::key::{Mouse, MouseKind};
use twohats::app::{Effect, Msg, Window};
use twohats::insight::sprint::{Column, Course, running};
use twohats::workspace::{Content, Date, Field, Id, Past, Place, Record, Step, Value};

/// A board with room for seven points, each item of three.
fn board(picture: &str) -> Story {
    board_of(picture, |item| item)
}

/// The same, with more in each item.
fn board_of(picture: &str, more: impl Fn(Record) -> Record) -> Story {
    let limit = Value::map([("doing".into(), Value::Number(1.0))]);
    let settings = Record::new(Id::new(Content::SETTINGS))
        .with(Field::Capacity, Value::Number(7.0))
        .with(Field::Wip, limit);
    Story::under(settings, picture, |_, record| {
        let criterion = Value::map([("text".into(), Value::text("it works"))]);
        let record = record.with(Field::Points, Value::Number(3.0));
        more(record.with(Field::Acceptance, Value::list([criterion])))
    })
}

/// The same, with the first two planned into a sprint that runs.
fn running_board(picture: &str) -> Story {
    let mut story = board(picture);
    story.press("Sn<enter>Spf<enter>Ss");
    assert!(running(story.app.workspace()).is_some(), "{}", story.says());
    story
}

/// The columns of the sprint: `[a] b | | | c`.
fn columns(story: &Story) -> String {
    let workspace = story.app.workspace();
    let sprint = story.app.sprint_board().unwrap().sprint.as_ref().unwrap();
    let inside = workspace.in_sprint(sprint);
    let column = |column: Column| {
        let items = inside.iter().filter_map(|id| workspace.get(id));
        let items = items.filter(|item| Column::of(workspace, item) == column);
        let word = |item: &std::sync::Arc<Record>| match story.app.cursor() {
            Some(id) if id == item.id() => format!("[{}]", item.title()),
            _ => item.title().to_owned(),
        };
        items.map(word).collect::<Vec<_>>().join(" ")
    };
    Column::ALL.map(column).join("|")
}

fn sprint(story: &Story, number: usize) -> &Record {
    &story.app.workspace().list(Place::Sprints)[number]
}

fn text(record: &Record, field: Field) -> String {
    record.get(field).map_or("–".into(), |value| match value {
        Value::Date(date) => date.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    })
}

#[test]
fn a_new_sprint_follows_the_last_one() {
    let mut story = board("/ [a]");
    story.press("Sn<enter>Sn<enter>");
    let days =
        |number| [Field::Name, Field::Start, Field::End].map(|f| text(sprint(&story, number), f));
    assert_eq!(days(0), ["Sprint 1", "2026-11-22", "2026-12-05"]);
    assert_eq!(days(1), ["Sprint 2", "2026-12-06", "2026-12-19"]);
}

#[test]
fn the_days_of_a_new_sprint_can_be_typed() {
    let mut story = board("/ [a]");
    story.press("Sn<ctrl-u>2026-12-01 2026-12-04<enter>");
    assert_eq!(text(sprint(&story, 0), Field::End), "2026-12-04");
    story.press("Sn<ctrl-u>2026-12-08 2026-12-01<enter>");
    assert!(story.says().contains("not before it"), "{}", story.says());
}

#[test]
fn the_line_takes_from_the_top_what_there_is_room_for() {
    let mut story = board("/ [a] b c d");
    story.press("Sn<enter>Spf<enter>");
    assert_eq!(columns(&story), "[a] b|||");
    assert!(story.says().contains("2 items · 6 points planned"), "{}", story.says());
    story.press("SpJ<enter>");
    assert_eq!(columns(&story), "[a] b c|||");
    story.press("SpKK<enter>");
    assert_eq!(columns(&story), "[a]|||");
    story.press("SpJ").press("jj ").press("<enter>");
    assert_eq!(columns(&story), "[a] b d|||", "{}", story.says());
    story.press("Spc<enter>u");
    assert_eq!(columns(&story), "[a] b d|||");
}

#[test]
fn leaving_a_plan_leaves_everything_as_it_was() {
    let mut story = board("/ [a] b");
    story.press("Sn<enter>Spf<esc>");
    assert_eq!(columns(&story), "|||");
}

#[test]
fn one_item_goes_into_the_sprint_and_out_of_it() {
    let mut story = board("/ [a] b");
    story.press("Sn<enter>]Si");
    assert!(story.says().starts_with("into Sprint 1: a"), "{}", story.says());
    story.press("j.gsj");
    assert_eq!(columns(&story), "a [b]|||");
    story.press("Si");
    assert_eq!(story.item("b").get(Field::Sprint), None);
}

#[test]
fn a_start_notes_what_is_promised_and_there_is_only_one() {
    let mut story = running_board("/ [a] b c");
    assert_eq!(text(sprint(&story, 0), Field::State), "running");
    assert_eq!(text(sprint(&story, 0), Field::Committed), "6");
    story.press("Sn<enter>Ss");
    assert!(story.says().contains("Sprint 1 still runs"), "{}", story.says());
}

#[test]
fn a_start_before_its_day_says_which_days_the_sprint_has_now() {
    let mut story = board("/ [a] b c");
    story.press("Sn<ctrl-u>2026-12-01 2026-12-10<enter>Spf<enter>Ss");
    let words = "started: Sprint 1, today to 1 Dec 2026, 6 points promised";
    assert!(story.says().starts_with(words), "{}", story.says());
}

#[test]
fn a_plan_counts_what_has_no_points_as_its_board_does() {
    let mut story = Story::with("/ [a] b", |id, record| match id {
        "a" => record.with(Field::Points, Value::Number(3.0)),
        _ => record,
    });
    story.press("Sn<enter>Sp  <enter>");
    let said = "planned Sprint 1: 2 items · 3 points planned · 1 without points";
    assert!(story.says().starts_with(said), "{}", story.says());
    let head = story.app.sprint_board().unwrap().said.head.as_ref().unwrap();
    assert!(head.lines[1].0.starts_with("3 points planned · 1 without points"), "{head:?}");
}

#[test]
fn what_is_not_ready_is_said_before_a_start() {
    let mut story = Story::of("/ [a]");
    story.press("Sn<enter>]SigsSs");
    assert!(running(story.app.workspace()).is_none());
    story.press("s");
    assert!(running(story.app.workspace()).is_some(), "{}", story.says());
}

#[test]
fn what_comes_in_after_the_start_is_dated_whatever_way_it_came() {
    let mut story = running_board("/ [a] b c d");
    assert_eq!(text(story.item("a"), Field::Added), "–");
    story.press("]gg3ggSi");
    assert_eq!(text(story.item("c"), Field::Added), "2026-11-22");
    story.press("u");
    assert_eq!(text(story.item("c"), Field::Added), "–");
    story.press("gg4gg@sSprint<enter>");
    assert_eq!(text(story.item("d"), Field::Added), "2026-11-22");
    story.press("@s<enter>");
    assert_eq!(text(story.item("d"), Field::Sprint), "–");
    assert_eq!(text(story.item("d"), Field::Added), "–");
}

#[test]
fn what_is_broken_down_in_a_sprint_counts_as_it_did() {
    let mut story = running_board("/ [a] b c");
    let points = |story: &Story| {
        let id = sprint(story, 0).id().clone();
        let course = Course::of(story.app.workspace(), &id, today()).unwrap();
        let (all, done) = (course.points.to_string(), course.delivered.to_string());
        (all, done, course.unsized_items, course.added.len())
    };
    let of = |all: &str, done: &str| (all.to_owned(), done.to_owned(), 0, 0);
    assert_eq!(points(&story), of("6", "0"));
    story.press("]ggbbutton<enter>mail<ctrl-s>");
    let parts = story.app.workspace().children(&Id::new("a"));
    assert_eq!(parts.len(), 2, "{}", story.says());
    assert_eq!(points(&story), of("6", "0"), "the parts share its points, and are no more work");
    story.press("jd");
    assert_eq!(points(&story), of("6", "1.5"), "{}", story.says());
}

#[test]
fn a_card_goes_from_column_to_column_and_back() {
    let mut story = running_board("/ [a] b");
    story.press("L");
    assert_eq!(columns(&story), "b|[a]||");
    assert_eq!(text(story.item("a"), Field::Started), "2026-11-22");
    story.press("2L");
    assert_eq!(columns(&story), "b|||[a]");
    assert_eq!(story.app.workspace().place_of(&Id::new("a")), Some(Place::Done));
    story.press("H");
    assert_eq!(columns(&story), "b||[a]|");
    assert_eq!(text(story.item("a"), Field::Done), "–");
    story.press("3H");
    assert_eq!(columns(&story), "[a] b|||");
    story.press("H");
    assert!(story.says().contains("first column"));
}

#[test]
fn a_column_over_its_limit_is_said() {
    let mut story = running_board("/ [a] b");
    story.press("LhL");
    assert!(story.says().contains("doing holds 2, its limit is 1"), "{}", story.says());
}

#[test]
fn hjkl_select_and_jk_reorder_in_a_column() {
    let mut story = running_board("/ [a] b c d");
    story.press("J");
    assert_eq!(columns(&story), "b [a]|||");
    story.press("KL");
    assert_eq!(columns(&story), "b|[a]||");
    story.press("h");
    assert_eq!(columns(&story), "[b]|a||");
    story.press("l");
    assert_eq!(columns(&story), "b|[a]||");
    story.press("<esc>");
    assert!(story.app.sprint_board().is_none());
}

#[test]
fn what_is_added_on_the_board_of_a_sprint_is_in_it() {
    let mut story = running_board("/ [a]");
    story.press("anew<enter>");
    assert_eq!(columns(&story), "a [new]|||");
    let new = story.app.current().unwrap();
    assert_eq!(text(new, Field::Added), "2026-11-22");
}

#[test]
fn goal_and_days_off_are_set() {
    let mut story = board("/ [a]");
    story.press("Sn<enter>SgBanks<enter>So2<enter>");
    assert_eq!(text(sprint(&story, 0), Field::Goal), "Banks");
    assert_eq!(text(sprint(&story, 0), Field::DaysOff), "2");
    story.press("So<ctrl-u>x<enter>");
    assert!(story.says().contains("number"));
}

#[test]
fn sprints_before_and_after_are_reached() {
    let mut story = board("/ [a]");
    story.press("Sn<enter>Sn<enter><");
    assert_eq!(story.app.sprint_board().unwrap().sprint.as_ref(), Some(sprint(&story, 0).id()));
    story.press("<");
    assert!(story.says().contains("first sprint"));
    story.press(">");
    assert_eq!(story.app.sprint_board().unwrap().sprint.as_ref(), Some(sprint(&story, 1).id()));
}

#[test]
fn a_sprint_closes_with_all_that_was_decided_in_one_step() {
    let mut story = running_board("/ [a] b c");
    story.press("]3ggSigsgg").press("LLL");
    assert_eq!(columns(&story), "b c|||[a]");
    let before = story.app.workspace().clone();
    // The criterion is ticked and a accepted, b carried over, c goes back.
    story.press("Sc a").press("no<enter>");
    story.press("pairing<tab><tab><tab>2 task: Tidy up<ctrl-s>");
    assert!(story.says().starts_with("closed: Sprint 1, 3 points"), "{}", story.says());
    let (closed, next) = (sprint(&story, 0), sprint(&story, 1));
    assert_eq!(text(closed, Field::State), "closed");
    assert_eq!(closed.get(Field::Delivered), None, "what can be counted is not written down");
    let kept = closed.get(Field::Retro).and_then(|retro| retro.get("kept")).unwrap();
    assert_eq!(kept.items(), [Value::text("pairing")]);
    assert_eq!(text(next, Field::State), "planned");
    assert_eq!(text(story.item("a"), Field::Approved), "2026-11-22");
    let met = story.item("a").list(Field::Acceptance)[0].get("met");
    assert_eq!(met, Some(&Value::Flag(true)));
    assert_eq!(story.item("b").link(Field::Sprint), Some(next.id()));
    assert_eq!(story.item("c").link(Field::Sprint), None);
    assert_eq!(text(story.item("c"), Field::Added), "–");
    let backlog: Vec<_> =
        story.app.workspace().list(Place::Backlog).iter().map(|item| item.title()).collect();
    assert_eq!(backlog, ["Tidy up", "b", "c"]);
    story.press("u");
    assert_eq!(*story.app.workspace(), before);
}

#[test]
fn what_is_done_and_not_accepted_goes_back_to_work() {
    let mut story = running_board("/ [a]");
    story.press("3LScn<enter><ctrl-s>");
    let next = sprint(&story, 1).id().clone();
    let item = story.item("a");
    assert_eq!(item.link(Field::Sprint), Some(&next));
    assert_eq!([text(item, Field::Status), text(item, Field::Done)], ["doing", "–"]);
}

#[test]
fn what_is_in_review_and_not_looked_at_goes_on_in_the_next_sprint() {
    let mut story = running_board("/ [a]");
    story.press("2LSc<enter><ctrl-s>");
    let next = sprint(&story, 1).id().clone();
    assert_eq!(story.item("a").link(Field::Sprint), Some(&next));
}

#[test]
fn what_was_accepted_once_and_is_worked_on_again_goes_on_in_the_next_sprint() {
    let approved = Value::Date("2026-11-20".parse().unwrap());
    let mut story = board_of("/ [a]", |item| item.with(Field::Approved, approved.clone()));
    story.press("Sn<enter>Spf<enter>Ss");
    assert!(running(story.app.workspace()).is_some(), "{}", story.says());
    story.press("Sc<enter><ctrl-s>");
    assert_eq!(story.item("a").link(Field::Sprint), Some(sprint(&story, 1).id()));
}

#[test]
fn points_can_be_stated_where_the_count_is_wrong() {
    let mut story = running_board("/ [a]");
    story.press("ScA<enter><tab><tab><tab><tab>5<enter>");
    assert_eq!(text(sprint(&story, 0), Field::Delivered), "5", "{}", story.says());
}

#[test]
fn leaving_the_close_leaves_the_sprint_running() {
    let mut story = running_board("/ [a]");
    story.press("Sca<esc>");
    assert_eq!(text(sprint(&story, 0), Field::State), "running");
    assert_eq!(story.item("a").get(Field::Approved), None);
}

#[test]
fn without_a_sprint_the_keys_say_which_one_makes_one() {
    let mut story = board("/ [a]");
    for keys in ["Sp", "Ss", "Sc", "Sg", "So", "Si"] {
        story.press(keys);
        assert!(story.says().contains("Sn makes one"), "{keys}: {}", story.says());
    }
}

/// The lines of the page on the screen.
fn page(story: &Story) -> String {
    let Some(Window::Help(help)) = story.app.window() else { panic!("no page is open") };
    let text = |line: &HelpLine| {
        if let HelpLine::Text(text) = line { text.clone() } else { String::new() }
    };
    help.lines.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_stand_up_takes_in_what_the_log_has_when_it_is_read() {
    let mut story = running_board("/ [a] b c");
    let mut steps: Vec<(Date, Step)> = Vec::new();
    let logged = |story: &mut Story| -> Vec<Step> {
        let effects = std::mem::take(&mut story.effects).into_iter();
        let step = |effect| if let Effect::Log(step) = effect { Some(*step) } else { None };
        effects.filter_map(step).collect()
    };
    let day = |day| Date::constant(2026, 11, day);
    steps.extend(logged(&mut story).into_iter().map(|step| (day(17), step)));
    story.press("gg2L");
    steps.extend(logged(&mut story).into_iter().map(|step| (day(20), step)));
    story.press("H");
    steps.extend(logged(&mut story).into_iter().map(|step| (day(21), step)));
    story.press("Su");
    assert!(page(&story).contains("by the days that the file names"), "{}", page(&story));
    let Some(Effect::LookBack(since)) = story.effects.pop() else { panic!("it asks") };
    assert_eq!(since, day(20), "on a Sunday it looks back to Friday");
    let past = Past { steps, version: None };
    story.send(Msg::LookedBack { since, past: Box::new(past.clone()) });
    assert!(page(&story).contains("by the activity log"), "{}", page(&story));
    assert!(page(&story).starts_with("Begun since 20 Nov 2026\n  a (3)"), "{}", page(&story));
    // What comes when nobody waits for it any more opens nothing.
    story.press("<esc>");
    story.send(Msg::LookedBack { since, past: Box::new(past) });
    assert!(story.app.window().is_none());
}

#[test]
fn limits_and_room_are_set_on_the_board() {
    let mut story = running_board("/ [a] b");
    story.press("l").press("Sl<ctrl-u>3<enter>");
    let settings = |story: &Story| story.app.workspace().settings().clone();
    assert_eq!(Column::Doing.limit(&settings(&story)), Some(3.0), "{}", story.says());
    story.press("Sl<ctrl-u><enter>");
    assert_eq!(Column::Doing.limit(&settings(&story)), None);
    story.press("Slmany<enter>");
    assert!(story.says().contains("“many”"), "{}", story.says());
    story.press("<esc>Sm<ctrl-u>12<enter>");
    assert_eq!(settings(&story).number(Field::Capacity), Some(12.0));
}

#[test]
fn a_click_selects_a_card_and_the_wheel_goes_through_the_column() {
    let mut story = running_board("/ [a] b c d e");
    story.press("]3ggSiggSigs");
    let board = story.app.sprint_board().unwrap();
    let column = board.areas(&story.app).columns[0];
    let mouse = |kind, row| Msg::Mouse(Mouse { kind, column: column.x + 2, row: column.y + row });
    let cards = board.columns[0].clone();
    story.send(mouse(MouseKind::Press, 2));
    assert_eq!(story.app.cursor(), Some(&cards[1]));
    story.send(mouse(MouseKind::Press, 1));
    assert_eq!(story.app.cursor(), Some(&cards[0]));
    story.send(mouse(MouseKind::WheelDown, 1));
    assert_eq!(story.app.cursor(), cards.last());
    story.send(mouse(MouseKind::Press, 0));
    assert_eq!(story.app.cursor(), cards.last(), "a heading is no card");
}

#[test]
fn a_retro_that_was_set_aside_stays_whatever_is_decided_meanwhile() {
    let mut story = running_board("/ [a] b c");
    story.press("]3ggSigsgg").press("LLL");
    story.press("Sc<enter>").press("long<esc><esc>");
    assert!(matches!(story.app.windows.last(), Some(Window::Closing(_))));
    story.press("ggn<enter>");
    let Some(Window::Form(form)) = story.app.windows.last() else { panic!() };
    assert!(form.title.contains(": 0 points delivered"), "{}", form.title);
    assert_eq!(form.rows[0].editor.text(), "long");
}
