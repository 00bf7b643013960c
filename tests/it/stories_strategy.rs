//! From the vision to what came of it: the view of objectives, what came of items, what waits.

use crate::story::{Story, check};
use std::sync::Arc;
use twohats::app::outcomes::Row;
use twohats::app::views::View;
use twohats::app::{App, Msg, Session, Window};
use twohats::insight::calibration::Calibration;
use twohats::insight::outcome::Metric;
use twohats::workspace::{Content, Field, Id, Place, Record, Value, diff};

/// An objective with a metric, one without, a persona, an initiative for the first and one for
/// nothing, and one that is done.
fn quarter() -> Story {
    let title =
        |id: &str, text: &str| Record::new(Id::new(id)).with(Field::Title, Value::text(text));
    let metric = Value::map([
        ("name".into(), Value::text("hours")),
        ("type".into(), Value::text("usage")),
        ("unit".into(), Value::text("h")),
        ("baseline".into(), Value::Number(9.0)),
        ("target".into(), Value::Number(4.0)),
    ]);
    let close = title("close", "Close fast").with(Field::Metrics, Value::list([metric]));
    let initiative = |id: &str| title(id, id).with(Field::Kind, Value::text("initiative"));
    let rice = Value::map([("effort".into(), Value::Number(2.0))]);
    let done = initiative("sso")
        .with(Field::Objective, Value::link(Id::new("close")))
        .with(Field::From, Value::text("now"))
        .with(Field::Ratings, Value::map([("rice".into(), rice)]));
    let lists = [
        (Place::Objectives, vec![close, title("grow", "Grow")]),
        (
            Place::Personas,
            vec![Record::new(Id::new("solo")).with(Field::Name, Value::text("Solo"))],
        ),
        (
            Place::Now,
            vec![
                initiative("bank").with(Field::Objective, Value::link(Id::new("close"))),
                initiative("lost"),
            ],
        ),
        (Place::Done, vec![done]),
    ];
    let mut content = Content::default();
    for (place, records) in lists {
        content.fill(place, records.into_iter().map(Arc::new).collect());
    }
    let session = Session { path: "w.json".into(), content, ..Session::default() };
    let mut story = Story { app: App::new(session, 7), effects: Vec::new() };
    story.send(Msg::Resize { width: 120, height: 40 });
    story
}

/// The row under the cursor, in a word.
fn here(story: &Story) -> String {
    let View::Outcomes(view) = &story.app.view else { return "board".into() };
    match view.row() {
        Some(Row::Word(_, field)) => field.key().into(),
        Some(Row::Metric(id, at, _)) => format!("{id}.{at}"),
        Some(row) => row.id().map_or("nothing".into(), Id::to_string),
        None => "nothing".into(),
    }
}

fn readings(story: &Story) -> String {
    let metrics = Metric::all(story.item("close"));
    let read = metrics[0].readings.iter().map(|(on, value)| format!("{on} {value}"));
    read.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_cursor_goes_from_the_product_to_what_is_left_out() {
    let mut story = quarter();
    story.press("go");
    let mut seen = vec![here(&story)];
    for _ in 0..12 {
        story.press("j");
        seen.push(here(&story));
    }
    assert_eq!(
        seen.join(" "),
        "name vision strategy close close.0 bank sso grow solo grow lost bank lost"
    );
    story.press("hh");
    assert_eq!(here(&story), "solo");
    story.press("gg");
    assert_eq!(here(&story), "name");
    story.press("lll");
    assert_eq!(here(&story), "solo");
    story.press("<esc>");
    assert_eq!(here(&story), "board");
}

#[test]
fn vision_and_strategy_are_edited_in_place_and_undone() {
    let mut story = quarter();
    story.press("goje").press("Books in an hour<enter>");
    let vision = |story: &Story| story.app.workspace().product().text(Field::Vision).to_owned();
    assert_eq!((vision(&story).as_str(), here(&story).as_str()), ("Books in an hour", "vision"));
    story.press("x");
    assert_eq!(vision(&story), "");
    story.press("uu");
    assert_eq!((vision(&story), here(&story)), (String::new(), "vision".into()));
    story.press("<ctrl-r>");
    assert_eq!(vision(&story), "Books in an hour");
}

#[test]
fn a_key_adds_a_reading_of_today_or_of_another_day() {
    let mut story = quarter();
    story.press("gojjjjr7.2<enter>");
    assert_eq!(readings(&story), "2026-11-22 7.2");
    // From the objective, too: it has one metric.
    story.press("kr8,5 2026-10-01<enter>");
    assert_eq!(readings(&story), "2026-10-01 8.5, 2026-11-22 7.2");
    story.press("r7 -1w<enter>");
    assert_eq!(readings(&story), "2026-10-01 8.5, 2026-11-15 7, 2026-11-22 7.2");
    story.press("uuu");
    assert_eq!(readings(&story), "");
}

#[test]
fn what_is_no_number_stays_on_the_line_and_says_so() {
    let mut story = quarter();
    story.press("gojjjjrmany<enter>");
    assert_eq!(story.says(), "“many” is not a number");
    assert!(matches!(story.app.window(), Some(Window::Prompt(_))));
    story.press("<esc>gg").press("r");
    assert_eq!(story.says(), "only metrics are read");
}

#[test]
fn a_metric_is_added_named_moved_filled_in_and_deleted() {
    let mut story = quarter();
    story.press("gojjj+").press("NPS | nps | | 30 | 50<enter>");
    assert_eq!(here(&story), "close.1");
    story.press("K");
    assert_eq!(here(&story), "close.0");
    let names = |story: &Story| {
        let metrics = Metric::all(story.item("close"));
        metrics.into_iter().map(|metric| metric.name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&story), "NPS hours");
    story.press("e<ctrl-u>Promoters<enter>");
    assert_eq!(names(&story), "Promoters hours");
    // name, type, unit, baseline, target, readings
    story.press("<enter><tab><tab><tab><tab><ctrl-u>60<ctrl-s>");
    assert_eq!(Metric::all(story.item("close"))[0].target, Some(60.0));
    story.press("x");
    assert_eq!(names(&story), "hours");
    story.press("uuuuu");
    assert_eq!(names(&story), "hours");
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn objectives_and_personas_are_added_shared_out_moved_and_deleted() {
    let mut story = quarter();
    story.press("gojjjaEarn<enter>");
    let titles = |story: &Story, place| {
        let list = story.app.workspace().list(place).iter();
        list.map(|record| record.title().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(titles(&story, Place::Objectives), "Close fast Earn Grow");
    story.press("%40<enter>J");
    assert_eq!(titles(&story, Place::Objectives), "Close fast Grow Earn");
    let earn = story.app.cursor().cloned().unwrap();
    assert_eq!(story.app.workspace().get(&earn).unwrap().number(Field::Share), Some(40.0));
    story.press("x");
    assert_eq!(titles(&story, Place::Objectives), "Close fast Grow");
    story.press("gglllaAccountant<enter>e<ctrl-u>Bookkeeper<enter>");
    assert_eq!(titles(&story, Place::Personas), "Solo Bookkeeper");
}

#[test]
fn the_first_objective_and_the_first_persona_are_added_where_there_is_none() {
    let mut story = Story::of("[]");
    story.press("golaEarn<enter>").press("l");
    assert_eq!(here(&story), "nothing");
    story.press("aSolo<enter>");
    let first = |place| story.app.workspace().list(place)[0].title();
    assert_eq!((first(Place::Objectives), first(Place::Personas)), ("Earn", "Solo"));
}

#[test]
fn an_initiative_added_below_an_objective_serves_it() {
    let mut story = quarter();
    story.press("gojjjjjaReceipts<enter>");
    let id = story.app.cursor().cloned().unwrap();
    let record = story.app.workspace().get(&id).unwrap();
    assert_eq!((record.title(), record.text(Field::Kind)), ("Receipts", "initiative"));
    assert_eq!(record.link(Field::Objective), Some(&Id::new("close")));
    assert_eq!(
        story.app.workspace().spot_of(&id).map(|spot| (spot.place, spot.index)),
        Some((Place::Now, 1))
    );
}

#[test]
fn an_item_is_worked_on_here_as_on_the_board_and_shown_there() {
    let mut story = quarter();
    story.press("gojjjjjtd");
    assert_eq!(story.item("bank").text(Field::Status), "doing");
    assert_eq!(here(&story), "bank");
    story.press("o");
    assert_eq!((here(&story), story.app.cursor()), ("board".into(), Some(&Id::new("bank"))));
}

#[test]
fn what_is_for_items_says_so_on_an_objective() {
    let mut story = quarter();
    story.press("gojjjs");
    assert!(story.says().starts_with("this is for items"), "{}", story.says());
    story.press("Y");
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn what_came_of_an_item_is_kept_against_what_it_was_rated() {
    let mut story = quarter();
    story.press("gojjjjjR");
    assert!(story.says().starts_with("nothing came of it yet"), "{}", story.says());
    let before = story.app.workspace().content().clone();
    // reach, impact, effort; then hypothesis, measure, result
    story.press("jR<tab><tab>3<tab><tab><tab>it held<ctrl-s>");
    let effort = Calibration::of(story.app.workspace(), "effort").unwrap();
    assert_eq!((effort.n(), effort.ratio()), (1, Some(1.5)));
    let result = story.item("sso").get(Field::Experiment).and_then(|trial| trial.get("result"));
    assert_eq!(result.and_then(Value::as_text), Some("it held"));
    story.press("u");
    assert_eq!(*story.app.workspace().content(), before);
    // Where one rates, it is said how one's guesses come out.
    story.press("<ctrl-r>ks<tab><tab><tab>");
    let Some(Window::Score(form)) = story.app.window() else { panic!("no form") };
    assert_eq!(form.past().as_deref(), Some("your efforts come out ×1.5 (n=1)"));
}

#[test]
fn what_an_item_waits_for_is_picked_and_unpicked() {
    let mut story = Story::of("[a] b / c d");
    story.press("wc<tab><ctrl-u>d<tab><enter>");
    let waits = |story: &Story, id| {
        story.item(id).links(Field::BlockedBy).map(Id::to_string).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(waits(&story, "a"), "c d");
    story.press("wc<tab><enter>");
    assert_eq!(waits(&story, "a"), "d");
    story.press("u");
    assert_eq!(waits(&story, "a"), "c d");
}

#[test]
fn a_circle_is_refused_with_its_names() {
    let mut story = Story::of("[a] / b c");
    story.press("wb<enter>").press("]").press("wc<enter>").press("j");
    let before = story.app.workspace().clone();
    story.press("wa<enter>");
    assert_eq!(story.says(), "that would go round: c → a → b → c");
    assert!(diff(&before, story.app.workspace()).is_empty());
}

#[test]
fn the_longest_chain_is_shown_and_gone_to_across_the_panes() {
    check("[a] / b c", "wb<enter>]wc<enter>[:chains<enter><enter>", "a / b [c]");
    check("[a] / b", ":chains<enter>", "[a] / b");
    let mut story = Story::of("[a] / b c");
    story.press("wb<enter>]wc<enter>[");
    story.press(":chains<enter>");
    let Some(Window::Picker(picker)) = story.app.window() else { panic!("no picker") };
    assert_eq!(picker.all[0].title, "a → b → c");
    story.press("<enter><ctrl-o>");
    assert_eq!(story.picture(), "[a] / b c");
}

#[test]
fn undo_here_goes_back_to_the_bytes_that_were_read() {
    let mut story = quarter();
    let before = story.app.workspace().content().clone();
    story.press("gojjj%30<enter>jr5<enter>+").press("NPS<enter>xkkaNew<enter>");
    assert!(story.app.changes() >= 5);
    let many = story.app.changes();
    story.press(&"u".repeat(many));
    assert_eq!(*story.app.workspace().content(), before);
}

#[test]
fn undo_goes_to_the_metric_that_it_changed_back() {
    let mut story = quarter();
    story.press("goggl+pages<enter>");
    assert_eq!(here(&story), "close.1");
    story.press("kr7.5<enter>G");
    let last = here(&story);
    story.press("u");
    assert_ne!(here(&story), last);
    assert_eq!((&*here(&story), &*readings(&story)), ("close.0", ""));
    // Of the one that is taken away its objective is left.
    story.press("Gu");
    assert_eq!(here(&story), "close");
    story.press("G<ctrl-r>");
    assert_eq!(here(&story), "close.1");
}

#[test]
fn a_line_for_a_new_metric_is_no_name_for_one() {
    let mut story = quarter();
    story.press("goggl").press("je").press("nps | nps<enter>");
    assert!(story.says().starts_with("that is more than a name"), "{}", story.says());
    assert_eq!(Metric::all(story.item("close"))[0].name, "hours");
}
