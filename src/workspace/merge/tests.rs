//! Merging and differing over random workspaces, and the rules one by one.

use super::*;
use crate::workspace::{Change, Document, Hat, Op, Spot, Value, Workspace, diff};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const FIELDS: [Field; 8] = [
    Field::Title,
    Field::Notes,
    Field::Tags,
    Field::Points,
    Field::BlockedBy,
    Field::Ratings,
    Field::Acceptance,
    Field::Status,
];

/// A change in numbers, so that it shrinks: what, which record, and two more.
type Move = (u8, u8, u8, u8);

fn value(field: Field, n: u8) -> Option<Value> {
    let text = |n: u8| Value::text(format!("t{n}"));
    let map = |name: &str, value| Value::map([(name.into(), value)]);
    let factor = || Value::Number(f64::from(n));
    Some(match field {
        _ if n.is_multiple_of(7) => return None,
        Field::Notes => {
            let line = |at: u8| format!("{at}{}", n >> at & 1);
            Value::text((0..4).map(line).collect::<Vec<_>>().join("\n"))
        }
        Field::Tags => Value::List((0..3).filter(|at| n >> at & 1 == 1).map(text).collect()),
        Field::Points => Value::Number(f64::from(n) + 1.0),
        Field::BlockedBy => Value::list([Value::link(Id::new(&format!("n{n}")))]),
        Field::Ratings if n.is_multiple_of(2) => map("rice", map("reach", factor())),
        Field::Ratings => map("rice", map("effort", factor())),
        Field::Acceptance => Value::List((0..n % 4).map(|at| map("text", text(at))).collect()),
        Field::Status => Value::text(["doing", "review"][usize::from(n % 2)]),
        _ => text(n),
    })
}

fn op(workspace: &Workspace, (what, which, a, b): Move) -> Option<Op> {
    let items: Vec<_> = Place::ITEMS.iter().flat_map(|place| workspace.list(*place)).collect();
    let spot = Spot::new(Place::ITEMS[usize::from(a) % 4], usize::from(b) % 8);
    if what % 10 == 0 {
        let record = Record::new(Id::new(&format!("new{which}")))
            .with(Field::Title, value(Field::Title, 1)?);
        return Some(Op::Insert { record: Arc::new(record), at: spot });
    }
    let id = items.get(usize::from(which) % items.len().max(1))?.id().clone();
    Some(match what % 10 {
        1 => Op::Remove { id },
        2..5 => Op::Move { id, to: spot },
        _ => {
            let field = FIELDS[usize::from(a) % FIELDS.len()];
            Op::Edit { id, field, value: value(field, b) }
        }
    })
}

fn base() -> Content {
    let mut content = Content::default();
    for (at, place) in Place::ITEMS.into_iter().enumerate().take(4) {
        let record = |n: usize| {
            let record = Record::new(Id::new(&format!("{at}{n}")));
            Arc::new(record.with(Field::Title, Value::text(format!("Item {at}{n}"))))
        };
        content.fill(place, (0..4).map(record).collect());
    }
    content
}

fn after(content: &Content, moves: &[Move]) -> Content {
    let mut document = Document::new(Workspace::new(content.clone()));
    for made in moves {
        if let Some(op) = op(document.workspace(), *made) {
            let _ = document.commit(Change { words: String::new(), hat: Hat::Pm, op });
        }
    }
    document.workspace().content().clone()
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    proptest::collection::vec(any::<Move>(), 0..12)
}

/// Every leaf of a value, spelled.
fn leaves(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::List(values) => values.iter().for_each(|value| leaves(value, found)),
        Value::Map(entries) => entries.iter().for_each(|(_, value)| leaves(value, found)),
        Value::Text(text) => found.extend(text.lines().map(str::to_owned)),
        Value::Link(id) => found.push(id.to_string()),
        other => found.push(format!("{other:?}")),
    }
}

/// What `side` wrote that was not in `base`: record, field, leaf.
fn written(base: &Content, side: &Content) -> Vec<(Id, Field, String)> {
    let base = Workspace::new(base.clone());
    let mut all = Vec::new();
    for record in side.records() {
        for (field, value) in record.fields() {
            let before = base.get(record.id()).and_then(|record| record.get(field));
            let (mut now, mut then) = (Vec::new(), Vec::new());
            leaves(value, &mut now);
            before.into_iter().for_each(|value| leaves(value, &mut then));
            now.retain(|leaf| !then.contains(leaf));
            all.extend(now.into_iter().map(|leaf| (record.id().clone(), field, leaf)));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_differs_done_to_one_gives_the_other(a in moves(), b in moves()) {
        let [a, b] = [after(&base(), &a), after(&base(), &b)].map(Workspace::new);
        let mut document = Document::new(a.clone());
        document.adopt(Op::Batch(diff(&a, &b))).unwrap();
        prop_assert_eq!(document.workspace(), &b);
        let fresh = Workspace::new(b.content().clone());
        for record in fresh.content().records() {
            prop_assert_eq!(document.workspace().spot_of(record.id()), fresh.spot_of(record.id()));
        }
    }

    #[test]
    fn a_side_that_did_nothing_leaves_the_other_as_it_is(a in moves()) {
        let (base, x) = (base(), after(&base(), &a));
        prop_assert_eq!(&merge3(&base, &x, &base).content, &x);
        prop_assert_eq!(&merge3(&base, &base, &x).content, &x);
        prop_assert_eq!(&merge3(&base, &x, &x).content, &x);
    }

    /// Like the one before, without the short cuts for what is equal as a whole.
    #[test]
    fn a_side_that_did_next_to_nothing_leaves_the_other_as_it_is(a in moves()) {
        let mut other = base();
        other.set_product(Record::new(Id::new("")).with(Field::Name, Value::text("P")));
        let x = after(&base(), &a);
        let mut wanted = x.clone();
        wanted.set_product(Record::clone(other.product()));
        prop_assert_eq!(&merge3(&base(), &x, &other).content, &wanted);
        prop_assert_eq!(&merge3(&base(), &other, &x).content, &wanted);
    }

    #[test]
    fn ids_stay_unique_and_nothing_that_was_written_vanishes(a in moves(), b in moves()) {
        let [mine, theirs] = [a, b].map(|moves| after(&base(), &moves));
        let merged = merge3(&base(), &mine, &theirs).content;
        let workspace = Workspace::new(merged.clone());
        let count = Place::ALL.iter().map(|place| merged.list(*place).len()).sum::<usize>();
        let records = merged.records().map(|record| record.id()).collect::<HashSet<_>>();
        prop_assert_eq!(records.len(), count + 2);
        for (id, field, leaf) in written(&base(), &mine).into_iter().chain(written(&base(), &theirs)) {
            let record = workspace.get(&id);
            prop_assert!(record.is_some(), "{} is gone", id);
            let mut found = Vec::new();
            for field in [field, Field::Conflict] {
                record.unwrap().get(field).into_iter().for_each(|value| leaves(value, &mut found));
            }
            prop_assert!(found.contains(&leaf), "{} {:?} lost {}", id, field, leaf);
        }
    }

    #[test]
    fn merging_again_changes_nothing(a in moves(), b in moves()) {
        let [mine, theirs] = [a, b].map(|moves| after(&base(), &moves));
        let merged = merge3(&base(), &mine, &theirs).content;
        prop_assert_eq!(&merge3(&theirs, &merged, &theirs).content, &merged);
        prop_assert_eq!(&merge3(&mine, &merged, &mine).content, &merged);
    }
}

fn item(id: &str) -> Record {
    Record::new(Id::new(id))
}

fn backlog(records: impl IntoIterator<Item = Record>) -> Content {
    let mut content = Content::default();
    content.fill(Place::Backlog, records.into_iter().map(Arc::new).collect());
    content
}

fn order(ids: &str) -> Content {
    backlog(ids.split_whitespace().map(item))
}

fn ids(content: &Content, place: Place) -> String {
    let ids = content.list(place).iter().map(|record| record.id().as_str());
    ids.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_i_moved_follows_its_neighbour_into_their_order() {
    let merged = merge3(&order("a b c d e"), &order("a e b c d"), &order("c a b d e x"));
    assert_eq!(ids(&merged.content, Place::Backlog), "c a e b d x");
    assert_eq!(merged.notes, []);
}

#[test]
fn what_both_moved_stands_where_i_put_it() {
    let merged = merge3(&order("a b c d"), &order("d a b c"), &order("a d b c"));
    assert_eq!(ids(&merged.content, Place::Backlog), "d a b c");
    assert_eq!(merged.notes, [MergeNote::MovedByBoth(Id::new("d"))]);
    let workspace = Workspace::new(merged.content);
    let record = &workspace.list(Place::Backlog)[0];
    let [clash] = &clashes(&workspace, record)[..] else { panic!("{record:?}") };
    let there = |place, after: &str| Stand { place, after: Some(Id::new(after)) };
    assert_eq!(clash.moved.as_ref().unwrap()[1], there(Place::Backlog, "a"));
    let op = take_theirs(&workspace, record, clash).unwrap();
    let mut document = Document::new(workspace.clone());
    document.adopt(op).unwrap();
    assert_eq!(ids(document.workspace().content(), Place::Backlog), "a d b c");
}

#[test]
fn what_both_moved_to_the_same_place_is_no_conflict() {
    for (mine, theirs) in [("d a b c", "d a b c x"), ("a c b d", "x a c b d")] {
        let merged = merge3(&order("a b c d"), &order(mine), &order(theirs));
        assert_eq!(merged.notes, [], "{mine} | {theirs}");
    }
}

#[test]
fn what_both_moved_to_another_list_keeps_both_places() {
    let [mut mine, mut theirs] = [order("a"), order("a")];
    for (content, place) in [(&mut mine, Place::Now), (&mut theirs, Place::Later)] {
        content.fill(place, vec![Arc::new(item("b"))]);
    }
    let merged = merge3(&order("a b"), &mine, &theirs).content;
    assert_eq!((ids(&merged, Place::Now), ids(&merged, Place::Later)), ("b".into(), String::new()));
    let kept = merged.list(Place::Now)[0].get(Field::Conflict).unwrap();
    let there = Value::map([("place".into(), Value::text("later"))]);
    assert_eq!(kept.get("place"), Some(&there));
}

#[test]
fn what_both_set_is_kept_twice_and_one_key_ends_it() {
    let with = |title| backlog([item("a").with(Field::Title, Value::text(title))]);
    let merged = merge3(&with("old"), &with("mine"), &with("theirs"));
    let workspace = Workspace::new(merged.content.clone());
    let record = &merged.content.list(Place::Backlog)[0];
    assert_eq!(record.text(Field::Title), "mine");
    assert_eq!(merged.notes, [MergeNote::Conflict { id: Id::new("a"), field: Field::Title }]);
    let [clash] = &clashes(&workspace, record)[..] else { panic!("{record:?}") };
    assert_eq!((clash.field, &clash.theirs), (Some(Field::Title), &Value::text("theirs")));
    let take = take_theirs(&workspace, record, clash).unwrap();
    let done = keep_mine(record, clash);
    for (op, title) in [(done.clone(), "mine"), (Op::Batch(vec![take, done]), "theirs")] {
        let mut document = Document::new(Workspace::new(merged.content.clone()));
        document.commit(Change { words: String::new(), hat: Hat::Pm, op }).unwrap();
        let record = document.workspace().get(&Id::new("a")).unwrap();
        assert_eq!((record.text(Field::Title), record.get(Field::Conflict)), (title, None));
    }
}

#[test]
fn a_kept_value_of_any_sort_can_be_taken() {
    let day = |day: &str| Value::Date(day.parse().unwrap());
    let link = |id| Value::link(Id::new(id));
    for (field, base, mine, theirs) in [
        (Field::Due, day("2026-11-01"), day("2026-11-02"), day("2026-11-03")),
        (Field::Parent, link("x"), link("y"), link("z")),
        (Field::Points, Value::Number(1.0), Value::Number(2.0), Value::Number(3.0)),
    ] {
        let with = |value: Value| backlog([item("a").with(field, value)]);
        let merged = merge3(&with(base), &with(mine), &with(theirs.clone())).content;
        let record = &merged.list(Place::Backlog)[0];
        assert_eq!(clashes(&Workspace::new(merged.clone()), record)[0].theirs, theirs);
    }
}

#[test]
fn factors_and_criteria_are_merged_one_by_one() {
    let rice = |reach: f64, effort: f64| {
        let factors =
            vec![("reach".into(), Value::Number(reach)), ("effort".into(), Value::Number(effort))];
        backlog(
            [item("a").with(Field::Ratings, Value::map([("rice".into(), Value::map(factors))]))],
        )
    };
    let merged = merge3(&rice(1.0, 1.0), &rice(2.0, 1.0), &rice(1.0, 3.0));
    assert_eq!((merged.content, merged.notes), (rice(2.0, 3.0), Vec::new()));
}

#[test]
fn what_one_took_away_and_the_other_changed_stays() {
    let edited = backlog([item("a").with(Field::Points, Value::Number(3.0))]);
    for (mine, theirs) in [(&edited, &order("")), (&order(""), &edited)] {
        let merged = merge3(&order("a"), mine, theirs);
        assert_eq!(merged.content, edited);
        assert_eq!(merged.notes, [MergeNote::Kept(Id::new("a"))]);
    }
    assert_eq!(merge3(&order("a b"), &order("a"), &order("a b c")).content, order("a c"));
}

#[test]
fn a_namesake_of_another_sort_gets_another_name() {
    let mut objective = Content::default();
    objective.fill(Place::Objectives, vec![Arc::new(item("a"))]);
    let merged = merge3(&Content::default(), &order("a"), &objective);
    assert_eq!(ids(&merged.content, Place::Backlog), "a-2");
    assert_eq!(ids(&merged.content, Place::Objectives), "a");
}
