//! What is read is what is written, and an edit changes what it says and nothing else.

use proptest::prelude::*;
use std::sync::Arc;
use twohats::store::EXAMPLE;
use twohats::store::format::{Loaded, Source, read};
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Record, Shape, Spot, Value, Workspace,
};

const KEPT: &str = include_str!("../fixtures/kept.json");

fn load(text: &str) -> Loaded {
    read(text.into()).unwrap()
}

fn document(loaded: &Loaded) -> Document {
    Document::new(Workspace::new(loaded.content.clone()))
}

fn commit(document: &mut Document, op: Op) {
    let change = Change { words: String::new(), hat: Hat::Po, op };
    document.commit(change).unwrap();
}

/// The text after this op.
fn after(text: &str, op: Op) -> String {
    let loaded = load(text);
    let mut document = document(&loaded);
    commit(&mut document, op);
    written(&loaded.source, document.workspace().content())
}

fn written(source: &Source, content: &Content) -> String {
    String::from_utf8(source.write(content)).unwrap()
}

fn set(id: &str, field: Field, value: Value) -> Op {
    Op::set(&Id::new(id), field, value)
}

/// The lines only the first text has, and those only the second has.
fn difference<'a>(one: &'a str, other: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let only = |a: &'a str, b: &'a str| {
        a.lines().filter(|line| !b.lines().any(|other| other == *line)).collect()
    };
    (only(one, other), only(other, one))
}

/// The same workspace in many layouts.
fn layouts() -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(KEPT).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    vec![
        KEPT.to_owned(),
        KEPT.trim_end().to_owned(),
        pretty.replace("  ", "\t"),
        pretty,
        value.to_string(),
        KEPT.replace('\n', "\r\n"),
        format!("\u{feff}{KEPT}"),
        format!("\n\n {KEPT}\n\n"),
    ]
}

#[test]
fn any_layout_is_written_back_as_it_was() {
    let first = load(KEPT).content;
    for layout in layouts() {
        let loaded = load(&layout);
        assert_eq!(loaded.content, first);
        assert_eq!(written(&loaded.source, &loaded.content), layout);
        let [notice] = &loaded.notices[..] else { panic!("{:?}", loaded.notices) };
        assert!(notice.text.starts_with("ratings.rice.x_by holds "));
    }
}

#[test]
fn an_edit_in_any_layout_is_found_again() {
    for layout in layouts() {
        let text = after(&layout, set("b2", Field::Title, Value::text("New")));
        let again = load(&text);
        assert_eq!(again.content.list(Place::Backlog)[1].text(Field::Title), "New");
        assert_eq!(text.starts_with('\u{feff}'), layout.starts_with('\u{feff}'));
        assert_eq!(text.contains("\r\n"), layout.contains("\r\n"));
        assert_eq!(text.lines().count(), text.matches('\n').count(), "it ends with its line");
        for kept in ["x_tail", "x_lane", "$schema", "x_colour", "x_by", "x_after_title", "x_mood"] {
            assert!(text.contains(kept), "{kept} is lost");
        }
    }
}

#[test]
fn one_edit_changes_one_line() {
    let text = after(KEPT, set("b2", Field::Points, Value::Number(2.0)));
    let (old, new) = difference(KEPT, &text);
    assert_eq!(old.len(), 1);
    assert_eq!(
        new,
        [
            r#"{"id":"b2","kind":"bug","title":"Drops a row","blocked_by":["b1"],"points":2,"tags":["csv","bank"]},"#
        ]
    );
    assert_eq!(text.lines().count(), KEPT.lines().count());
}

#[test]
fn product_and_settings_are_edited_in_their_line() {
    let text = after(KEPT, set(Content::PRODUCT, Field::Vision, Value::text("v")));
    let (_, new) = difference(KEPT, &text);
    assert_eq!(new, [r##""product": {"name":"Kept","vision":"v","x_colour":"#0a0"},"##]);
    let text = after(KEPT, set(Content::SETTINGS, Field::NowLimit, Value::Number(3.0)));
    let (_, new) = difference(KEPT, &text);
    assert_eq!(new.len(), 1);
    assert!(new[0].contains(r#""sprint_days":14,"now_limit":3,"wip":{"doing":2.0"#));
}

#[test]
fn a_move_takes_a_line_out_and_puts_it_in() {
    let text = after(KEPT, Op::shift(&Id::new("b2"), Spot::top(Place::Backlog)));
    let mut lines: Vec<&str> = KEPT.lines().collect();
    let at = lines.iter().position(|line| line.contains("\"b2\"")).unwrap();
    let line = lines.remove(at);
    lines.insert(at - 1, line);
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn what_is_empty_stays_and_what_is_absent_comes_at_its_place() {
    let text = after(KEPT, Op::Remove { id: Id::new("d1") });
    assert!(text.contains("\"done\": [],\n\"x_tail\""));
    let record = Arc::new(Record::new(Id::new("p1")).with(Field::Name, Value::text("Solo")));
    let at = Spot::top(Place::Personas);
    let text = after(KEPT, Op::Insert { record, at });
    let (old, new) = difference(KEPT, &text);
    assert_eq!(old.len(), 0);
    assert_eq!(new, ["\"personas\": [", r#"{"id":"p1","name":"Solo"}"#]);
    assert!(text.find("\"personas\"") > text.find("\"objectives\""));
    assert!(text.find("\"personas\"") < text.find("\"sprints\""));
}

#[test]
fn undo_brings_back_the_very_bytes() {
    let text = KEPT
        .replace("\"points\":5.0", "\"points\" : 5.0")
        .replace("\"inbox\": []", "\"inbox\":[ ]");
    let loaded = load(&text);
    let mut document = document(&loaded);
    commit(&mut document, set("b1", Field::Points, Value::Number(8.0)));
    commit(&mut document, Op::Remove { id: Id::new("b1") });
    commit(&mut document, Op::shift(&Id::new("b2"), Spot::top(Place::Now)));
    assert_ne!(written(&loaded.source, document.workspace().content()), text);
    while document.undo().is_some() {}
    assert_eq!(written(&loaded.source, document.workspace().content()), text);
}

#[test]
fn what_is_unknown_beside_an_edit_stays() {
    let ratings = r#"{"rice":{"reach":450,"impact":3,"x_by":{"who":"me"}},"x_own":{"a":1}}"#;
    let loaded = load(KEPT);
    let old = loaded.content.list(Place::Now)[0].get(Field::Ratings).cloned();
    let rice = old.as_ref().and_then(|ratings| ratings.get("rice")).cloned();
    let rice = Value::with(rice.as_ref(), "reach", Some(Value::Number(9.0)));
    let new = Value::with(old.as_ref(), "rice", rice).unwrap();
    let text = after(KEPT, set("n1", Field::Ratings, new));
    assert!(text.contains(&ratings.replace("450", "9")), "{text}");
}

#[test]
fn numbers_keep_their_spelling_until_they_change() {
    let text = after(KEPT, set("l1", Field::Title, Value::text("Edited")));
    assert!(text.contains(r#"{"x_first":null,"title":"Edited","id":"l1","votes":1e2}"#));
    let text = after(KEPT, set("b1", Field::Title, Value::text("Edited")));
    assert!(text.contains(r#""points":5.0,"#));
}

#[test]
fn ids_that_were_made_are_written_with_the_next_edit() {
    let text = "{\"twohats\":1,\"backlog\":[\n{\"title\":\"a\"},\n{\"id\":\"b\",\"title\":\"b\"}]}";
    let loaded = load(text);
    let made = loaded.content.list(Place::Backlog)[0].id().clone();
    let text = after(text, set("b", Field::Title, Value::text("c")));
    assert!(text.contains(&format!("{{\"id\":\"{made}\",\"title\":\"a\"}}")), "{text}");
    assert_eq!(load(&text).notices, []);
}

#[test]
fn what_is_no_record_keeps_its_place() {
    let text = "{\"twohats\":1,\"backlog\":[1,{\"id\":\"a\"},\"x\",{\"id\":\"b\"},null]}";
    let moved = after(text, Op::shift(&Id::new("b"), Spot::top(Place::Backlog)));
    assert!(moved.contains("[\n1,\n{\"id\":\"b\"},\nnull,\n{\"id\":\"a\"},\n\"x\"\n]"), "{moved}");
    let gone = after(text, Op::Remove { id: Id::new("a") });
    assert!(gone.contains("[\n1,\n\"x\",\n{\"id\":\"b\"},\nnull\n]"), "{gone}");
}

#[test]
fn a_newer_format_is_read_and_says_so() {
    let loaded = load(&KEPT.replace("\"twohats\": 1", "\"twohats\": 7"));
    assert_eq!(loaded.newer, Some(7));
    assert_eq!(loaded.content, load(KEPT).content);
}

#[test]
fn a_new_workspace_shows_where_things_go() {
    let mut content = Content::default();
    content.set_product(Record::new(Id::new("")).with(Field::Name, Value::text("Mine")));
    let text = written(&Source::blank(), &content);
    assert!(text.starts_with("{\n\"twohats\": 1,\n\"product\": {\"name\":\"Mine\"},\n"));
    assert!(text.ends_with("\"done\": []\n}\n"));
    let loaded = load(&text);
    assert_eq!(loaded.content, content);
    assert_eq!(written(&Source::blank(), &loaded.content), text);
}

#[test]
fn the_example_loads_without_a_notice() {
    assert_eq!(read(EXAMPLE.to_vec()).unwrap().notices, []);
}

#[test]
fn a_file_cut_off_anywhere_is_refused_with_a_place_or_loads() {
    for end in 0..KEPT.len() {
        let Err(malformed) = read(KEPT.as_bytes()[..end].to_vec()) else {
            assert_eq!(KEPT[end..].trim(), "", "a cut at {end} loads");
            continue;
        };
        let line = KEPT[..KEPT.floor_char_boundary(end)].matches('\n').count() + 1;
        assert!(malformed.line <= line && malformed.column >= 1, "a cut at {end}: {malformed}");
        assert!(!malformed.what.is_empty());
    }
}

#[test]
fn flipped_bytes_never_break_the_loader() {
    let mut chance = fastrand::Rng::with_seed(812);
    let mut loads = 0;
    for _ in 0..6000 {
        let mut bytes = KEPT.as_bytes().to_vec();
        for _ in 0..chance.usize(1..4) {
            let at = chance.usize(..bytes.len());
            bytes[at] = if chance.bool() {
                chance.u8(..)
            } else {
                *chance.choice(b"{}[]\",:0e-\\n").unwrap()
            };
        }
        let Ok(loaded) = read(bytes.clone()) else { continue };
        loads += 1;
        assert_eq!(loaded.source.write(&loaded.content), bytes);
        let mut document = document(&loaded);
        commit(&mut document, set(Content::PRODUCT, Field::Name, Value::text("edited")));
        let content = document.workspace().content();
        let again = read(loaded.source.write(content)).unwrap();
        assert_eq!(again.content, *content, "{}", String::from_utf8_lossy(&bytes));
    }
    assert!(loads > 1000, "only {loads} loaded");
}

/// A value that a field of this shape may hold.
fn value_of(shape: Shape, chance: &mut fastrand::Rng) -> Value {
    let number = |chance: &mut fastrand::Rng| f64::from(chance.i32(1..4000)) / 8.0;
    let word = |chance: &mut fastrand::Rng| {
        (*chance
            .choice(&["", "a", "\"q\"\\", "ü 日本 😀", "line\nbreak\t\u{1b}", "\u{7f}\u{2028}"])
            .unwrap())
        .to_owned()
    };
    let day = |chance: &mut fastrand::Rng| {
        Value::Date(
            format!("2026-{:02}-{:02}", chance.u8(1..13), chance.u8(1..29)).parse().unwrap(),
        )
    };
    let many = 0..chance.usize(0..4);
    let names = ["rice", "x_own", "own", "doing"];
    match shape {
        Shape::Text | Shape::Long | Shape::Word(_) | Shape::Any => Value::text(word(chance)),
        Shape::Number { .. } => Value::Number(number(chance)),
        Shape::Flag => Value::Flag(chance.bool()),
        Shape::Date => day(chance),
        Shape::Choice(words) => Value::text(chance.choice(words).unwrap()),
        Shape::Link(_) => Value::link(Id::new(chance.choice(["b1", "gone", "n2"]).unwrap())),
        Shape::Links(places) => {
            Value::List(many.map(|_| value_of(Shape::Link(places), chance)).collect())
        }
        Shape::Lines | Shape::Words => {
            Value::List(many.map(|_| Value::text(word(chance))).collect())
        }
        Shape::Group(parts) => {
            let mut parts: Vec<_> = parts.iter().filter(|_| chance.bool()).collect();
            chance.shuffle(&mut parts);
            Value::Map(
                parts.iter().map(|part| (part.key.into(), value_of(part.shape, chance))).collect(),
            )
        }
        Shape::Groups(parts) => {
            Value::List(many.map(|_| value_of(Shape::Group(parts), chance)).collect())
        }
        Shape::Map(inner) => {
            let names = names.into_iter().filter(|_| chance.bool()).collect::<Vec<_>>();
            Value::Map(
                names.into_iter().map(|name| (name.into(), value_of(*inner, chance))).collect(),
            )
        }
        Shape::Rating => match chance.u8(..3) {
            0 => Value::Number(number(chance)),
            1 => Value::text(word(chance)),
            _ => Value::list([Value::Number(-1.0), Value::Number(number(chance))]),
        },
        Shape::Readings => Value::List(
            many.map(|_| Value::list([day(chance), Value::Number(number(chance))])).collect(),
        ),
    }
}

/// Any change to a workspace; it may be one that is refused.
fn any_op(workspace: &Workspace, chance: &mut fastrand::Rng) -> Op {
    let ids: Vec<Id> = workspace.content().records().map(|record| record.id().clone()).collect();
    let id = chance.choice(&ids).unwrap().clone();
    let spot = Spot::new(*chance.choice(&Place::ALL).unwrap(), chance.usize(..5));
    match chance.u8(..10) {
        0 => Op::Remove { id },
        1 | 2 => Op::Move { id, to: spot },
        3 => {
            let section = spot.place.section();
            let record = Field::of(section).filter(|_| chance.u8(..4) == 0).collect::<Vec<_>>();
            let new = Record::new(Id::from_bits(chance.u64(..)));
            let record = record
                .into_iter()
                .fold(new, |record, row| record.with(row.field, value_of(row.shape, chance)));
            Op::Insert { record: Arc::new(record), at: spot }
        }
        4 => Op::Edit { id, field: chance.choice(Field::rows()).unwrap().field, value: None },
        _ => {
            let row = chance.choice(Field::rows()).unwrap();
            Op::set(&id, row.field, value_of(row.shape, chance))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2026),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_is_found_in_the_file(seed: u64, layout in 0..8_usize) {
        let mut chance = fastrand::Rng::with_seed(seed);
        let text = layouts().swap_remove(layout);
        let loaded = load(&text);
        let mut document = document(&loaded);
        for _ in 0..30 {
            let op = any_op(document.workspace(), &mut chance);
            let _ = document.commit(Change { words: String::new(), hat: Hat::Pm, op });
        }
        let content = document.workspace().content();
        let bytes = loaded.source.write(content);
        let again = read(bytes.clone()).unwrap();
        prop_assert_eq!(&again.content, content, "{}", String::from_utf8_lossy(&bytes));
        let kept = String::from_utf8(bytes).unwrap();
        for unknown in ["x_lane", "x_tail", "$schema", "x_colour"] {
            prop_assert!(kept.contains(unknown));
        }
        while document.undo().is_some() {}
        prop_assert_eq!(written(&loaded.source, document.workspace().content()), text);
    }
}
