//! Undo and redo, over random changes: 500 seeds of 40 ops each.

use std::sync::Arc;
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Record, Spot, Value, Workspace,
};

const FIELDS: [Field; 6] =
    [Field::Title, Field::Points, Field::Parent, Field::BlockedBy, Field::Status, Field::Sprint];

fn start() -> Workspace {
    let mut content = Content::default();
    for (at, place) in Place::ITEMS.into_iter().enumerate() {
        let record = |n: usize| Arc::new(Record::new(Id::new(&format!("{at}{n}"))));
        content.fill(place, (0..5).map(record).collect());
    }
    Workspace::new(content)
}

fn any_id(random: &mut fastrand::Rng, workspace: &Workspace) -> Id {
    let place = Place::ITEMS[random.usize(..Place::ITEMS.len())];
    let list = workspace.list(place);
    match list.len() {
        0 => Id::new("gone"),
        // One in twenty is an id that nothing has.
        _ if random.u8(..20) == 0 => Id::new("none"),
        len => list[random.usize(..len)].id().clone(),
    }
}

fn any_value(random: &mut fastrand::Rng, workspace: &Workspace, field: Field) -> Option<Value> {
    Some(match field {
        _ if random.u8(..5) == 0 => return None,
        Field::Points => Value::Number(f64::from(random.i8(-2..9))),
        Field::Parent | Field::Sprint => Value::link(any_id(random, workspace)),
        Field::BlockedBy => {
            let ids = (0..random.usize(1..4)).map(|_| Value::link(any_id(random, workspace)));
            Value::List(ids.collect())
        }
        Field::Status => Value::text(["doing", "review", "asleep"][random.usize(..3)]),
        _ => Value::text(format!("title {}", random.u8(..))),
    })
}

/// Some records of a place in any order; now and then one of them twice, or one that is not there.
fn any_order(random: &mut fastrand::Rng, workspace: &Workspace, place: Place) -> Arc<[Id]> {
    let mut ids: Vec<Id> = workspace.list(place).iter().map(|it| it.id().clone()).collect();
    random.shuffle(&mut ids);
    ids.truncate(random.usize(..8));
    if random.u8(..8) == 0 {
        ids.push(any_id(random, workspace));
    }
    ids.into()
}

fn any_op(random: &mut fastrand::Rng, workspace: &Workspace, depth: u8) -> Op {
    let id = any_id(random, workspace);
    let place = Place::ALL[random.usize(..7)];
    let spot = Spot::new(place, random.usize(..8));
    match random.u8(..10) {
        0 => Op::Remove { id },
        1 => {
            let id = Id::new(&format!("n{}", random.u16(..500)));
            let field = FIELDS[random.usize(..FIELDS.len())];
            let mut record = Record::new(id);
            if let Some(value) = any_value(random, workspace, field) {
                record = record.with(field, value);
            }
            Op::Insert { record: Arc::new(record), at: spot }
        }
        2..5 => Op::shift(&id, spot),
        5 => Op::Arrange { place, order: any_order(random, workspace, place) },
        6 if depth > 0 => Op::Batch((0..4).map(|_| any_op(random, workspace, depth - 1)).collect()),
        _ => {
            let field = FIELDS[random.usize(..FIELDS.len())];
            let value = any_value(random, workspace, field);
            Op::Edit { id, field, value }
        }
    }
}

/// What can be found must be what is there: the index and the links are kept true.
fn assert_true(workspace: &Workspace) {
    let fresh = Workspace::new(workspace.content().clone());
    for place in Place::ALL {
        for (index, record) in workspace.list(place).iter().enumerate() {
            assert_eq!(workspace.spot_of(record.id()), Some(Spot::new(place, index)));
            assert_eq!(workspace.children(record.id()), fresh.children(record.id()));
            assert_eq!(workspace.waiting_for(record.id()), fresh.waiting_for(record.id()));
        }
    }
}

#[test]
fn undoing_all_is_the_start_and_redoing_all_is_the_end() {
    let (mut done, mut refused) = (0, 0);
    for seed in 0..500 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut document = Document::new(start());
        for _ in 0..40 {
            let op = any_op(&mut random, document.workspace(), 2);
            let before = document.workspace().clone();
            let change = Change { words: String::new(), hat: Hat::Pm, op };
            if document.commit(change).is_ok() {
                done += 1;
            } else {
                refused += 1;
                assert_eq!(*document.workspace(), before, "a refused op changes nothing");
            }
            assert_true(document.workspace());
        }
        let end = document.workspace().clone();
        while document.undo().is_some() {}
        assert_eq!(*document.workspace(), start(), "seed {seed}");
        assert_true(document.workspace());
        while document.redo().is_some() {}
        assert_eq!(*document.workspace(), end, "seed {seed}");
        assert_true(document.workspace());
    }
    assert!(done > 5_000 && refused > 2_000, "both happen: {done} done, {refused} refused");
}

#[test]
fn a_cycle_is_refused_with_the_cycle_and_one_from_a_file_can_be_undone_through() {
    let link = |id: &str| Value::link(Id::new(id));
    let item = |id: &str, parent: &str| {
        Arc::new(Record::new(Id::new(id)).with(Field::Parent, link(parent)))
    };
    let mut content = Content::default();
    content.fill(Place::Backlog, vec![item("a", "b"), item("b", "a"), item("c", "a")]);
    let mut document = Document::new(Workspace::new(content));
    let mut commit = |op| {
        document.commit(Change { words: String::new(), hat: Hat::Po, op }).cloned().map(|_| ())
    };
    let refusal = commit(Op::set(&Id::new("a"), Field::Parent, link("c"))).unwrap_err();
    assert_eq!(refusal.to_string(), "that would go round: a → c → a");
    commit(Op::clear(&Id::new("a"), Field::Parent)).unwrap();
    document.undo().unwrap();
    assert_eq!(
        document.workspace().get(&Id::new("a")).unwrap().link(Field::Parent),
        Some(&Id::new("b"))
    );
}
