//! Bringing two versions of a record together, field by field.

use super::super::{Field, Name, Part, Record, Shape, Value};
use super::clash::{free_name, keep_other, plain};
use super::{MergeNote, lines};
use std::sync::Arc;

/// The record that comes of both.
pub(super) fn record(
    base: Option<&Arc<Record>>,
    mine: &Arc<Record>,
    theirs: &Arc<Record>,
    notes: &mut Vec<MergeNote>,
) -> Arc<Record> {
    if mine == theirs || base == Some(theirs) {
        return Arc::clone(mine);
    }
    if base == Some(mine) {
        return Arc::clone(theirs);
    }
    let id = mine.id();
    let mut merged = Record::clone(theirs);
    let mut clashes = Vec::new();
    for row in Field::rows() {
        let field = row.field;
        let of = |record: &Record| record.get(field).cloned();
        let [b, m, t] = [base.and_then(|base| of(base)), of(mine), of(theirs)];
        let mut doubt = Doubt::default();
        let value = either(field, [b.as_ref(), m.as_ref(), t.as_ref()], &mut doubt);
        if doubt.refilled {
            notes.push(MergeNote::Refilled { id: id.clone(), field });
        }
        if doubt.clash {
            let other = either(field, [b.as_ref(), t.as_ref(), m.as_ref()], &mut doubt);
            clashes.extend(other.map(|other| (field, plain(&other))));
            notes.push(MergeNote::Conflict { id: id.clone(), field });
        }
        merged.set(field, value);
    }
    clashes.into_iter().for_each(|(field, other)| keep_other(&mut merged, field.key(), &other));
    Arc::new(merged)
}

/// What came up while two values were brought together.
#[derive(Default)]
struct Doubt {
    /// Both changed it, to different values; mine was taken.
    clash: bool,
    /// One cleared what the other changed.
    refilled: bool,
}

fn either(field: Field, values: [Option<&Value>; 3], doubt: &mut Doubt) -> Option<Value> {
    match field {
        // The day of a change is the last one.
        Field::Rated => map(values, doubt, |_, [_, mine, theirs], _| later(mine, theirs)),
        Field::Conflict => conflicts(values, doubt),
        _ => value(field.row().shape, values, doubt),
    }
}

fn later(mine: Option<&Value>, theirs: Option<&Value>) -> Option<Value> {
    let day = |value: Option<&Value>| value.and_then(Value::as_date);
    if day(mine) >= day(theirs) { mine.cloned() } else { theirs.cloned() }
}

/// A value that two sides may have changed. Mine is taken where both did.
fn value(shape: Shape, values: [Option<&Value>; 3], doubt: &mut Doubt) -> Option<Value> {
    let [base, mine, theirs] = values;
    if mine == theirs || base == theirs {
        return mine.cloned();
    }
    if base == mine {
        return theirs.cloned();
    }
    let (Some(my), Some(their)) = (mine, theirs) else {
        doubt.refilled = true;
        return mine.or(theirs).cloned();
    };
    let items = |value: Option<&Value>| value.map(Value::items).unwrap_or_default().to_vec();
    match shape {
        Shape::Long => {
            let text = |value: Option<&Value>| {
                value.and_then(Value::as_text).unwrap_or_default().to_owned()
            };
            let woven = lines::text(&text(base), &text(mine), &text(theirs));
            doubt.clash |= woven.is_none();
            Some(woven.map_or_else(|| my.clone(), Value::text))
        }
        Shape::Links(_) | Shape::Lines => {
            let (set, both) = lines::set(&items(base), my.items(), their.items());
            doubt.clash |= both;
            Some(Value::list(set))
        }
        Shape::Map(inner) => map(values, doubt, |_, values, doubt| value(*inner, values, doubt)),
        Shape::Group(parts) => group(parts, values, doubt),
        Shape::Groups(parts) => {
            let key = |item: &Value| item.get(parts.first()?.key).cloned();
            list(values, doubt, key, |values, doubt| group(parts, values, doubt))
        }
        Shape::Readings => list(
            values,
            doubt,
            |reading| reading.items().first().cloned(),
            |values, doubt| value(Shape::Any, values, doubt),
        ),
        _ => {
            doubt.clash = true;
            Some(my.clone())
        }
    }
}

fn group(parts: &[Part], values: [Option<&Value>; 3], doubt: &mut Doubt) -> Option<Value> {
    map(values, doubt, |name, values, doubt| {
        let part = parts.iter().find(|part| part.key == name);
        value(part.map_or(Shape::Any, |part| part.shape), values, doubt)
    })
}

/// Named values, each for itself, in my order with what only they have behind.
fn map(
    values: [Option<&Value>; 3],
    doubt: &mut Doubt,
    inner: impl Fn(&str, [Option<&Value>; 3], &mut Doubt) -> Option<Value>,
) -> Option<Value> {
    let [base, mine, theirs] = values;
    if mine == theirs || base == theirs {
        return mine.cloned();
    }
    if base == mine {
        return theirs.cloned();
    }
    let names = |value: Option<&Value>| -> Vec<Name> {
        value.map(Value::entries).unwrap_or_default().iter().map(|(name, _)| name.clone()).collect()
    };
    let mut all = names(mine);
    all.extend(names(theirs));
    let mut merged: Vec<(Name, Value)> = Vec::with_capacity(all.len());
    for name in all {
        if merged.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let of = values.map(|value| value.and_then(|value| value.get(&name)));
        merged.extend(inner(&name, of, doubt).map(|value| (name, value)));
    }
    (!merged.is_empty()).then_some(Value::map(merged))
}

/// A list of things that have a key each; those of one key are one thing.
fn list(
    values: [Option<&Value>; 3],
    doubt: &mut Doubt,
    key: impl Fn(&Value) -> Option<Value>,
    inner: impl Fn([Option<&Value>; 3], &mut Doubt) -> Option<Value>,
) -> Option<Value> {
    let keyed = |value: Option<&Value>| -> Option<Vec<(Value, Value)>> {
        let items = value.map(Value::items).unwrap_or_default();
        let mut keyed: Vec<(Value, Value)> = Vec::with_capacity(items.len());
        for item in items {
            let key = key(item)?;
            if keyed.iter().any(|(other, _)| *other == key) {
                return None;
            }
            keyed.push((key, item.clone()));
        }
        Some(keyed)
    };
    let (Some(base), Some(mine), Some(theirs)) =
        (keyed(values[0]), keyed(values[1]), keyed(values[2]))
    else {
        doubt.clash = true;
        return values[1].cloned();
    };
    let keys =
        |side: &[(Value, Value)]| side.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let find = |side: &[(Value, Value)], key: &Value| {
        side.iter().find(|(other, _)| other == key).map(|(_, value)| value.clone())
    };
    let (mut order, both) = lines::set(&keys(&base), &keys(&mine), &keys(&theirs));
    doubt.clash |= both;
    // What one side took out and the other changed stays.
    for (key, value) in mine.iter().chain(&theirs) {
        let changed = find(&base, key).is_some_and(|before| before != *value);
        if changed && !order.contains(key) {
            order.push(key.clone());
        }
    }
    let merged = order.iter().filter_map(|key| {
        let [b, m, t] = [&base, &mine, &theirs].map(|side| find(side, key));
        inner([b.as_ref(), m.as_ref(), t.as_ref()], doubt)
    });
    Some(Value::List(merged.collect()))
}

/// What is kept of earlier merges: of two different values under one name both stay.
fn conflicts(values: [Option<&Value>; 3], doubt: &mut Doubt) -> Option<Value> {
    let mut merged = map(values, doubt, |_, [base, mine, theirs], _| {
        let taken = match (base == mine, base == theirs) {
            (true, _) => theirs,
            (_, true) => mine,
            _ => mine.or(theirs),
        };
        taken.cloned()
    });
    let [base, mine, theirs] = values;
    for (name, their) in theirs.map(Value::entries).unwrap_or_default() {
        let of = |value: Option<&Value>| value.and_then(|value| value.get(name)).cloned();
        let (before, my) = (of(base), of(mine));
        if my.is_some()
            && my != before
            && before.as_ref() != Some(their)
            && my.as_ref() != Some(their)
        {
            let name = free_name(merged.as_ref(), name);
            merged = Value::with(merged.as_ref(), &name, Some(their.clone()));
        }
    }
    merged
}
