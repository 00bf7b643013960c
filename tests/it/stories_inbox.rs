//! What becomes of what came in, as pictures.

use crate::story::{Story, check, today};
use twohats::app::{Effect, Msg, Window};
use twohats::workspace::{Field, Id, Place, Record, Value};

/// The outcome of an entry, as `linked item=b`.
fn outcome(story: &Story, id: &str) -> String {
    let Some(outcome) = story.item(id).get(Field::Outcome) else { return String::new() };
    let parts = outcome.entries().iter().filter(|(name, _)| &**name != "on");
    let words = parts.map(|(name, value)| match value {
        Value::Text(text) if &**name == "is" => text.to_string(),
        Value::Text(text) => format!("{name}={text}"),
        Value::Date(day) => format!("{name}={day}"),
        Value::Link(id) => format!("{name}={id}"),
        other => format!("{other:?}"),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn evidence(story: &Story, id: &str) -> Vec<String> {
    story.item(id).links(Field::Evidence).map(ToString::to_string).collect()
}

/// The ids of the rows that the focused pane shows.
fn rows(story: &Story) -> String {
    let pane = story.app.board.focused();
    let lane = &pane.lanes[0];
    let ids = (0..lane.len()).filter_map(|row| pane.id_at(story.app.workspace(), 0, row));
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
}

fn retitled(titles: &'static [(&str, &str)]) -> impl Fn(&str, Record) -> Record {
    move |id, record| match titles.iter().find(|(of, _)| *of == id) {
        Some((_, title)) => record.with(Field::Title, Value::text(title)),
        None => record,
    }
}

#[test]
fn a_story_a_bug_and_an_idea_are_made_at_the_bottom_and_what_came_in_speaks_for_them() {
    check("a / b / [x] y", "s", "a / b x / x [y]");
    check("a / b / [x] y", "b", "a / b x / x [y]");
    check("a / b / [x] y", "i", "a | | x / b / x [y]");
    let mut story = Story::of("a / b / [x] y");
    story.press("s");
    let made = story.app.workspace().list(Place::Backlog)[1].clone();
    assert_eq!(made.text(Field::Kind), "story");
    assert_eq!(made.links(Field::Evidence).collect::<Vec<_>>(), [&Id::new("x")]);
    assert_eq!(outcome(&story, "x"), format!("linked item={}", made.id()));
    assert_eq!(rows(&story), "y", "what is triaged goes out of sight");
    assert_eq!(story.app.changes(), 1, "one step");
    story.press("u");
    assert_eq!(story.picture(), "a / b / [x] y");
    assert_eq!(outcome(&story, "x"), "");
}

#[test]
fn an_entry_is_linked_to_an_item_and_the_similar_one_is_offered_first() {
    let titles = &[("b", "Dark mode"), ("c", "Import a bank CSV"), ("x", "CSV import fails")];
    let mut story = Story::with("/ b c / [x] y", retitled(titles));
    story.press("t");
    let Some(Window::Picker(picker)) = story.app.window() else { panic!("a picker is open") };
    let offered: Vec<&str> = picker.all.iter().map(|pick| pick.title.as_str()).collect();
    assert_eq!(offered, ["Import a bank CSV", "Dark mode"]);
    assert!(picker.all[0].about.ends_with("alike · the backlog"), "{}", picker.all[0].about);
    story.press("<enter>");
    assert_eq!(evidence(&story, "c"), ["x"]);
    assert_eq!(outcome(&story, "x"), "linked item=c");
    assert_eq!(story.app.cursor(), Some(&Id::new("y")), "on to the next");
    // By a few letters, any other; the link to the first one goes.
    story.press("zktdark<enter>");
    assert_eq!((evidence(&story, "b"), evidence(&story, "c")), (vec!["x".to_owned()], vec![]));
    story.press("u");
    assert_eq!(evidence(&story, "c"), ["x"]);
}

#[test]
fn several_entries_speak_for_one_item_in_one_step() {
    let mut story = Story::of("/ b / [x] y z");
    story.press("vjt<enter>");
    assert_eq!(evidence(&story, "b"), ["x", "y"]);
    assert_eq!(story.picture(), "/ b / x y [z]");
    story.press("u");
    assert_eq!(evidence(&story, "b"), Vec::<String>::new());
}

#[test]
fn the_cursor_goes_on_with_the_first_that_waits_below_what_was_selected() {
    let mut story = Story::of("/ b / [m] n o p q r");
    story.press("vjjdno<enter>");
    assert_eq!(rows(&story), "p q r");
    assert_eq!(story.app.cursor(), Some(&Id::new("p")));
}

#[test]
fn what_is_parked_comes_back_on_its_day() {
    let mut story = Story::of("/ b / [x] y");
    story.press("p+2d<enter>");
    assert_eq!(outcome(&story, "x"), "parked until=2026-11-24");
    assert_eq!(rows(&story), "y");
    let later = |days| today().checked_add(jiff::Span::new().days(days)).unwrap();
    story.app.update(Msg::Resize { width: 120, height: 40 }, later(1));
    assert_eq!(rows(&story), "y");
    story.app.update(Msg::Resize { width: 120, height: 40 }, later(2));
    assert_eq!(rows(&story), "x y");
}

#[test]
fn a_day_that_is_not_ahead_parks_nothing() {
    let mut story = Story::of("/ b / [x] y");
    story.press("ptoday<enter>");
    assert_eq!(story.says(), "that day is not ahead; it would be back at once");
    assert_eq!(story.app.changes(), 0);
}

#[test]
fn a_refusal_has_a_reason_and_an_answer_to_be_copied() {
    let mut story = Story::of("/ b / [x] y");
    story.press("d<enter>");
    assert_eq!(story.says(), "whoever asked should hear a reason; a few words do");
    story.press("too few need it<enter>");
    assert_eq!(outcome(&story, "x"), "declined why=too few need it");
    assert_eq!(story.says(), "declined: x · y copies the answer · u takes it back");
    assert_eq!(story.app.cursor(), Some(&Id::new("y")));
    story.press("y");
    let answer = "Thank you for “x”. We decided not to do it: too few need it.";
    let copied = |effect: &Effect| matches!(effect, Effect::Copy(text) if text == answer);
    assert!(story.effects.iter().any(copied), "{}", story.says());
}

#[test]
fn what_was_triaged_is_shown_when_asked_for_and_can_be_taken_up_again() {
    let mut story = Story::of("/ b / [x] y");
    story.press("t<enter>");
    assert_eq!(rows(&story), "y");
    story.press("zgg");
    assert_eq!(rows(&story), "x y");
    story.press("r");
    assert_eq!((outcome(&story, "x"), evidence(&story, "b")), (String::new(), vec![]));
    story.press("z");
    assert_eq!(rows(&story), "x y");
}

#[test]
fn the_cursor_goes_to_what_waits_also_where_all_is_shown() {
    let mut story = Story::of("/ b / x [y] z");
    story.press("zdno<enter>");
    assert_eq!(story.app.cursor(), Some(&Id::new("z")));
    story.press("dno<enter>");
    assert_eq!(story.app.cursor(), Some(&Id::new("x")), "round to the first");
    story.press("dno<enter>j");
    assert_eq!(story.app.current().unwrap().title(), "y");
}

#[test]
fn triage_keys_are_the_inboxs_own() {
    let mut story = Story::of("/ [b] / x");
    story.press("d");
    assert_eq!(story.picture(), "/ [] / x / b", "on the board it is done");
    let mut story = Story::of("/ b /");
    story.press("gis");
    assert_eq!(story.says(), "nothing waits here · A captures something");
}

#[test]
fn many_lines_pasted_into_the_capture_line_are_entries_once_their_number_was_seen() {
    let mut story = Story::of("[a] / b");
    story.press("Aabout ").send(Msg::Paste("one\ntwo\n\nthree\n".into()));
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it says how many") };
    assert_eq!(asked.title, "3 lines for the inbox");
    assert_eq!(asked.about, ["about one", "two", "three"]);
    story.press("c");
    let titles = |story: &Story| {
        let inbox = story.app.workspace().list(Place::Inbox).iter();
        inbox.map(|entry| entry.title().to_owned()).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(titles(&story), "about one, two, three");
    assert!(story.app.windows.is_empty());
    assert_eq!(story.app.changes(), 1, "one step");
    story.press("uA").send(Msg::Paste("one\ntwo".into())).press("o");
    assert_eq!(titles(&story), "one two");
    // Esc leads back to what was typed.
    story.press("uAtyped").send(Msg::Paste("one\ntwo".into())).press("<esc><enter>");
    assert_eq!(titles(&story), "typed");
}

#[test]
fn what_is_asked_for_most_comes_first() {
    let mut story = Story::with("/ [a] b c / x y z", |id, record| {
        let speaks =
            |ids: &[&str]| Value::List(ids.iter().map(|id| Value::link(Id::new(id))).collect());
        match id {
            "a" => record.with(Field::Evidence, speaks(&["x"])),
            "c" => record.with(Field::Evidence, speaks(&["y", "z"])),
            "y" => record.with(Field::Votes, Value::Number(7.0)),
            _ => record,
        }
    });
    story.press("gf");
    let Some(Window::Picker(picker)) = story.app.window() else { panic!("a picker is open") };
    let seen: Vec<String> =
        picker.all.iter().map(|pick| format!("{}: {}", pick.title, pick.about)).collect();
    assert_eq!(seen, ["c: 8 votes in 2 entries", "a: 1 vote in 1 entry"]);
    story.press("<enter>");
    assert_eq!(story.app.cursor(), Some(&Id::new("c")));
    let mut story = Story::of("/ [a]");
    story.press("gf");
    assert_eq!(story.says(), "nothing speaks for any item yet · gi links what came in");
}

/// What the strip says became of an entry.
fn told(story: &Story, id: &str) -> String {
    let known = twohats::app::detail::of(story.app.reading(), &Id::new(id)).unwrap();
    let mut bands = known.bands.into_iter().filter(|(label, _)| label == "outcome");
    bands.next().map(|(_, text)| text).unwrap_or_default()
}

#[test]
fn the_strip_says_in_words_what_became_of_an_entry() {
    let mut story = Story::with("a / b / [x] y z", retitled(&[("b", "Bank feeds")]));
    story.press("tbank<enter>");
    assert_eq!(told(&story, "x"), "speaks for Bank feeds · triaged 22 Nov 2026");
    story.press("dtoo few need it<enter>");
    assert_eq!(told(&story, "y"), "declined: too few need it · triaged 22 Nov 2026");
    story.press("p+2d<enter>");
    assert_eq!(told(&story, "z"), "parked until 24 Nov 2026 · triaged 22 Nov 2026");
}
