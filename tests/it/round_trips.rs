//! What is written for another tool comes back as it was: any items, in every format that can be
//! written, in the workspace they are from and in another one.

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use std::sync::Arc;
use twohats::exchange::{Asked, Chosen, FORMATS, Format, Plan, Reader, What, Wishes, plan};
use twohats::workspace::{
    Content, Field, Id, IdSource, Place, Record, Section, Shape, Value, Workspace,
};

use Field::{
    Acceptance, BlockedBy, Created, Done, Due, From, Kind, Notes, Objective, Parent, Persona,
    Points, Ratings, Release, Sprint, Start, Started, Status, Tags, Title,
};

/// What each format carries of an item, beside its id and, but for Jira, its place and position.
/// CSV and JSON Lines carry every field.
const CARRIED: [(&str, &[Field]); 4] = [
    (
        "markdown",
        &[
            Kind, Title, Notes, Tags, Status, Parent, Objective, Persona, Release, Sprint,
            BlockedBy, Points, Ratings, Acceptance, Start, Due, Created, Started, Done,
        ],
    ),
    (
        "todo.txt",
        &[
            Kind, Title, Tags, Status, Parent, Objective, Release, Sprint, BlockedBy, Points,
            Start, Due, Created, Started, Done,
        ],
    ),
    (
        "taskwarrior",
        &[
            Kind, Title, Notes, Tags, Status, Parent, Release, Sprint, BlockedBy, Points, Ratings,
            Acceptance, Start, Due, Created, Started, Done, From,
        ],
    ),
    (
        "jira",
        &[
            Kind, Title, Notes, Tags, Status, Parent, Release, Sprint, BlockedBy, Points, Due,
            Created, Done,
        ],
    ),
];

/// Fields with a say in what an import does, or that lead to other items, and are made apart.
const APART: [Field; 9] =
    [Kind, Title, Status, Done, From, Parent, BlockedBy, Field::External, Field::Conflict];

/// Titles that are hard for some format.
const HARD: [&str; 18] = [
    "x done",
    "(A) b",
    "2026-11-02 c",
    "=1+1",
    "'=1",
    "- [ ] d",
    "<!-- twohats:i0 -->",
    "due:2026-01-01",
    "twohats:i0/x",
    "# e",
    "100 %",
    "%20",
    "a  b",
    "+p @c",
    "請求 👩🏽",
    "\"",
    "–",
    "– x",
];

fn text() -> BoxedStrategy<Value> {
    let any = r#"[a-zäß0-9"',;:+@=()%<>#*_!|-][a-z "',;:%-]{0,8}[a-z."'%]"#;
    prop_oneof![any.prop_map(Value::text), select(&HARD[..]).prop_map(Value::text)].boxed()
}

fn long() -> BoxedStrategy<Value> {
    let lines = vec(r#"[ >a-z"',=%#-]{0,8}"#, 0..4);
    let text =
        ("[a-z=%>-]", lines).prop_map(|(first, lines)| format!("{first}{}", lines.join("\n")));
    text.prop_map(Value::text).boxed()
}

/// Any value that a field of this shape takes; nothing for a link to an item.
fn value(shape: Shape) -> Option<BoxedStrategy<Value>> {
    let numbers = || select(vec![0.1, 0.5, 1.0, 3.0, 13.0]).prop_map(Value::Number).boxed();
    let words = vec!["a", "b-c", "+p", "priority:A", "priority:H", "50%", "d,e", "x:y", "@z"];
    let list = |values: Vec<Value>| Value::list(values);
    Some(match shape {
        Shape::Text => text(),
        Shape::Long => long(),
        Shape::Number { .. } => numbers(),
        // What is not so is left out, here as in the program.
        Shape::Flag => Just(Value::Flag(true)).boxed(),
        Shape::Date => {
            let day = (2025..2027i16, 1..13i8, 1..29i8);
            day.prop_map(|(y, m, d)| Value::Date(Date::constant(y, m, d))).boxed()
        }
        Shape::Choice(words) | Shape::Word(words) => select(words).prop_map(Value::text).boxed(),
        Shape::Link(places) if places.len() == 1 => {
            let id = Id::new(places[0].key());
            Just(Value::link(id)).boxed()
        }
        Shape::Link(_) | Shape::Links(_) | Shape::Readings | Shape::Any => return None,
        Shape::Words => {
            let some = subsequence(words, 1..4);
            some.prop_map(move |all| list(all.into_iter().map(Value::text).collect())).boxed()
        }
        Shape::Lines => vec(text(), 1..3).prop_map(list).boxed(),
        Shape::Rating => {
            let interval = Value::list([Value::Number(1.0), Value::Number(3.0)]);
            prop_oneof![numbers(), Just(interval)].boxed()
        }
        Shape::Map(inner) => {
            let named = value(*inner)?;
            named.prop_map(|value| Value::map([("rice".into(), value)])).boxed()
        }
        Shape::Group(parts) => group(parts)?,
        Shape::Groups(parts) => vec(group(parts)?, 1..3).prop_map(list).boxed(),
    })
}

/// Parts of a group, the first always.
fn group(parts: &'static [twohats::workspace::Part]) -> Option<BoxedStrategy<Value>> {
    let (first, rest) = parts.split_first()?;
    let rest: Vec<_> = rest
        .iter()
        .filter_map(|part| {
            Some(option::of(value(part.shape)?.prop_map(|it| (part.key.into(), it))))
        })
        .collect();
    let first = value(first.shape)?.prop_map(|it| (first.key.into(), it));
    let all = (first, rest).prop_map(|(first, rest)| {
        Value::Map(std::iter::once(first).chain(rest.into_iter().flatten()).collect())
    });
    Some(all.boxed())
}

/// An item: its place, its fields, and how far above it the items are that it leads to.
type Made = (Place, Vec<(Field, Value)>, [Option<usize>; 2]);

fn item() -> impl Strategy<Value = Made> {
    let rows = Field::of(Section::Item).filter(|row| !APART.contains(&row.field));
    let fields: Vec<_> = rows
        .filter_map(|row| {
            let made = value(row.shape)?.prop_map(|value| (row.field, value));
            Some(option::weighted(0.3, made))
        })
        .collect();
    let of = |field: Field| value(field.row().shape).expect("it leads to no item");
    // What is to do has no status.
    let status = select(&["doing", "blocked", "review"][..]).prop_map(Value::text);
    let apart = (of(Kind), of(Title), option::of(status), option::of(of(Done)), of(From));
    let links = [option::of(1..3usize), option::of(1..3usize)];
    (select(&Place::ITEMS[..]), fields, apart, links).prop_map(|(place, fields, apart, links)| {
        let (kind, title, status, done, from) = apart;
        let mut fields: Vec<(Field, Value)> = fields.into_iter().flatten().collect();
        fields.extend([(Kind, kind), (Title, title)]);
        match place {
            Place::Done => {
                fields.extend(done.map(|day| (Done, day)));
                fields.push((From, from));
            }
            _ => fields.extend(status.map(|status| (Status, status))),
        }
        (place, fields, links)
    })
}

/// A workspace with these items, or without any, and one record of everything else.
fn workspace(items: &[Made]) -> Workspace {
    let mut content = Content::default();
    for (place, name) in [
        (Place::Objectives, Title),
        (Place::Personas, Field::Name),
        (Place::Releases, Field::Name),
        (Place::Sprints, Field::Name),
    ] {
        let record = Record::new(Id::new(place.key())).with(name, Value::text(place.key()));
        content.fill(place, vec![Arc::new(record)]);
    }
    let id = |nth: usize| Id::new(&format!("i{nth}"));
    for place in Place::ITEMS {
        let here = items.iter().enumerate().filter(|(_, (of, ..))| *of == place);
        let records = here.map(|(nth, (_, fields, [parent, waits]))| {
            let above = |far: &Option<usize>| far.and_then(|far| nth.checked_sub(far)).map(id);
            let mut fields = fields.clone();
            fields.extend(above(parent).map(|id| (Parent, Value::link(id))));
            fields.extend(above(waits).map(|id| (BlockedBy, Value::list([Value::link(id)]))));
            Arc::new(Record::of(id(nth), fields))
        });
        content.fill(place, records.collect());
    }
    Workspace::new(content)
}

fn written(format: &Format, workspace: &Workspace) -> String {
    let all = Place::ITEMS.into_iter();
    let all =
        all.flat_map(|place| workspace.list(place).iter().map(move |it| (place, Arc::clone(it))));
    let items: Vec<Chosen> = all.collect();
    (format.writes.unwrap())(workspace, &items, &Asked::default())
}

fn imported(format: &Format, text: &str, into: &Workspace) -> Plan {
    let Some(Reader::Text(read)) = &format.reads else { panic!("{} is not read", format.id) };
    let haul = read(&mut text.as_bytes(), &Asked::default()).unwrap();
    plan(
        into,
        haul,
        Wishes {
            to: Place::Backlog,
            told: false,
            ids: IdSource::seeded(1),
            today: twohats::workspace::Date::constant(2026, 11, 22),
        },
    )
}

/// What stands where, as far as a format carries it.
fn carried(format: &Format, workspace: &Workspace) -> BTreeMap<String, Vec<String>> {
    let fields = CARRIED.iter().find(|(id, _)| *id == format.id).map(|(_, fields)| *fields);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in Place::ITEMS {
        for item in workspace.list(place) {
            let said =
                item.fields().filter(|(field, _)| fields.is_none_or(|all| all.contains(field)));
            let said = said.map(|(field, value)| format!("{} {value:?}", field.key()));
            let is_jira = format.id == "jira";
            let at = if is_jira { item.id().to_string() } else { place.key().to_owned() };
            let said = std::iter::once(item.id().to_string()).chain(said);
            found.entry(at).or_default().extend(said);
        }
    }
    found
}

#[track_caller]
fn unchanged(format: &Format, plan: &Plan, text: &str) {
    let all = plan.outcomes.iter().all(|outcome| outcome.what == What::Unchanged);
    assert!(
        all && plan.ops.is_empty() && plan.remarks.is_empty() && plan.skipped.is_empty(),
        "{}: {:#?}\n{:?}\n{text}",
        format.id,
        plan.outcomes.iter().filter(|it| it.what != What::Unchanged).collect::<Vec<_>>(),
        plan.remarks,
    );
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(22),
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_was_written_comes_back_as_it_was(items in vec(item(), 1..5)) {
        let (from, other) = (workspace(&items), workspace(&[]));
        for format in FORMATS.iter().filter(|format| format.writes.is_some()) {
            let text = written(format, &from);
            unchanged(format, &imported(format, &text, &from), &text);
            let there = imported(format, &text, &other);
            prop_assert!(there.remarks.is_empty(), "{}: {:?}\n{text}", format.id, there.remarks);
            let (is, was) = (carried(format, &there.after), carried(format, &from));
            prop_assert_eq!(is, was, "{}\n{}", format.id, text);
            unchanged(format, &imported(format, &text, &there.after), &text);
        }
    }
}
