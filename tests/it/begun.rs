//! What somebody began while something else changed the file: nothing of either is lost.

use super::story::{Story, today};
use twohats::app::{Arrival, Effect, Msg};
use twohats::workspace::{Content, Document, Field, Id, Op, Place, Record, Spot, Value, Workspace};

/// Something else does this to the file.
fn comes(story: &mut Story, op: Op) {
    let since = story.app.workspace().content().clone();
    let mut document = Document::new(Workspace::new(since.clone()));
    document.adopt(op).unwrap();
    let theirs = document.workspace().content().clone();
    let (reverted, news) = (Vec::new(), Vec::new());
    let arrival = Arrival { number: 1, since, theirs, gone: None, reverted, news };
    story.send(Msg::Outside(Ok(Some(Box::new(arrival)))));
}

fn set(id: &str, field: Field, value: Value) -> Op {
    Op::set(&Id::new(id), field, value)
}

fn criteria(words: &[&str]) -> Value {
    Value::list(words.iter().map(|word| Value::map([("text".into(), Value::text(word))])))
}

/// The criteria of an item, a + before those that are met.
fn ticked(story: &Story, id: &str) -> Vec<String> {
    let said = |one: &Value| {
        let text = one.get("text").and_then(Value::as_text).unwrap();
        format!("{}{text}", if one.get("met").is_some() { "+" } else { "" })
    };
    story.item(id).list(Field::Acceptance).iter().map(said).collect()
}

/// A sprint of the first item runs.
fn sprint(story: &mut Story) -> Id {
    let day = |text: &str| Value::Date(text.parse().unwrap());
    let sprint = Record::new(Id::new("s1"))
        .with(Field::Name, Value::text("Sprint 1"))
        .with(Field::State, Value::text("running"))
        .with(Field::Start, Value::Date(today()))
        .with(Field::End, day("2026-12-04"));
    let made = Op::Insert { record: sprint.into(), at: Spot::bottom(Place::Sprints) };
    comes(story, made);
    comes(story, set("a", Field::Sprint, Value::link(Id::new("s1"))));
    Id::new("s1")
}

#[test]
fn ticks_of_a_closed_sprint_stay_with_their_criteria() {
    let dress = |id: &str, item: Record| match id {
        "a" => item.with(Field::Acceptance, criteria(&["one", "two"])),
        _ => item,
    };
    let mut story = Story::with("/ [a] b", dress);
    sprint(&mut story);
    story.press("]gsSc<space>");
    comes(&mut story, set("a", Field::Acceptance, criteria(&["zero", "one", "two"])));
    story.press("<enter><ctrl-s>");
    assert!(story.says().starts_with("closed: Sprint 1"), "{}", story.says());
    let mut all = ticked(&story, "a");
    all.sort();
    assert_eq!(all, ["+one", "two", "zero"]);
}

#[test]
fn a_criterion_is_ticked_by_its_words() {
    let dress = |_: &str, item: Record| item.with(Field::Acceptance, criteria(&["one", "two"]));
    let mut story = Story::with("/ [a] b", dress);
    story.press("]C");
    comes(&mut story, set("a", Field::Acceptance, criteria(&["zero", "one", "two"])));
    story.press("1");
    assert_eq!(ticked(&story, "a"), ["zero", "+one", "two"]);
}

#[test]
fn what_is_edited_again_takes_nothing_back_that_came_in() {
    let mut story = Story::of("/ [a] b");
    story.press("]E");
    let Some(Effect::Edit(text)) = story.effects.last().cloned() else { panic!("no editor") };
    let wrong = text.replace("title: a", "title: mine\npoints: many");
    story.send(Msg::Edited(Ok(wrong)));
    comes(&mut story, set("a", Field::Points, Value::Number(8.0)));
    comes(&mut story, set("a", Field::Notes, Value::text("theirs")));
    story.press("e");
    story.send(Msg::Edited(Ok(text.replace("title: a", "title: mine"))));
    let item = story.item("a");
    assert_eq!((item.title(), item.number(Field::Points)), ("mine", Some(8.0)));
    assert_eq!(item.text(Field::Notes), "theirs");
    assert!(item.get(Field::Conflict).is_none());
}

#[test]
fn a_form_that_was_set_aside_knows_what_it_was_begun_on() {
    let mut story = Story::of("/ [a] b");
    story.press("]<enter><tab><ctrl-u>mine<esc><esc>");
    comes(&mut story, set("a", Field::Title, Value::text("theirs")));
    story.press("qc<ctrl-s>");
    assert_eq!(story.item("a").title(), "mine");
    let kept = story.item("a").get(Field::Conflict).and_then(|kept| kept.get("title"));
    assert_eq!(kept, Some(&Value::text("theirs")));
}

#[test]
fn what_came_into_a_sprint_while_it_was_planned_stays_there() {
    let mut story = Story::of("/ [a] b c");
    let sprint = sprint(&mut story);
    story.press("]gsSp");
    comes(&mut story, set("c", Field::Sprint, Value::link(sprint.clone())));
    let new = Record::new(Id::new("n")).with(Field::Title, Value::text("new"));
    let new = new.with(Field::Sprint, Value::link(sprint.clone()));
    comes(&mut story, Op::Insert { record: new.into(), at: Spot::bottom(Place::Backlog) });
    story.press("j<space><enter>");
    let inside = story.app.workspace().in_sprint(&sprint);
    let inside: Vec<&str> = inside.iter().map(Id::as_str).collect();
    assert_eq!(inside, ["a", "b", "c", "n"], "{}", story.says());
}

#[test]
fn a_window_that_follows_another_is_begun_on_what_stands_there_then() {
    let mut story = Story::of("/ [a] b");
    comes(&mut story, set("a", Field::Points, Value::Number(3.0)));
    story.press("]?");
    comes(&mut story, set("a", Field::Points, Value::Number(5.0)));
    // The prompt is opened with the help behind it gone, and its answer is what the other was.
    story.press("<esc>p3<enter>");
    assert_eq!(story.item("a").number(Field::Points), Some(3.0));
    assert!(story.item("a").get(Field::Conflict).is_none());
}

#[test]
fn what_is_done_in_two_steps_in_a_window_is_no_conflict_with_itself() {
    let dress = |_: &str, item: Record| item.with(Field::Acceptance, criteria(&["one", "two"]));
    let mut story = Story::with("/ [a] b", dress);
    story.press("]C");
    comes(&mut story, set("b", Field::Title, Value::text("theirs")));
    story.press("112");
    assert_eq!(ticked(&story, "a"), ["one", "+two"]);
    let holds = |content: &Content| content.list(Place::Backlog).len();
    assert_eq!(holds(story.app.workspace().content()), 2);
    assert!(story.item("a").get(Field::Conflict).is_none());
}

#[test]
fn what_is_typed_for_an_item_that_goes_meanwhile_is_asked_about() {
    let mut story = Story::of("/ [a] b");
    story.press("]p8");
    comes(&mut story, Op::Remove { id: Id::new("a") });
    let says =
        "what this was begun for is gone · the same key again takes it for what is there now";
    story.press("<enter>");
    assert_eq!(story.says(), says);
    assert_eq!(story.item("b").number(Field::Points), None);
    story.press("<enter>");
    assert_eq!(story.item("b").number(Field::Points), Some(8.0));
}

#[test]
fn what_is_read_of_a_metric_stays_with_it() {
    let dress = |_: &str, item: Record| item;
    let mut story = Story::with("/ [a] b", dress);
    let metric = |name: &str| {
        let parts = [("name", Value::text(name)), ("target", Value::Number(9.0))];
        Value::map(parts.map(|(part, value)| (part.into(), value)))
    };
    let goal = Record::new(Id::new("o1"))
        .with(Field::Title, Value::text("Goal"))
        .with(Field::Metrics, Value::list([metric("one"), metric("two")]));
    comes(&mut story, Op::Insert { record: goal.into(), at: Spot::bottom(Place::Objectives) });
    story.press("go");
    story.press("jjjjr5");
    let all = Value::list([metric("zero"), metric("one"), metric("two")]);
    comes(&mut story, set("o1", Field::Metrics, all));
    story.press("<enter>");
    assert!(story.says().starts_with("what this was begun for is gone"), "{}", story.says());
}
