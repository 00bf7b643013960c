//! Bringing two versions of a record together, field by field.

use super::super::{Content, Field, Id, Name, Op, Part, Place, Record, Shape, Value};
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
    for (field, other) in clashes {
        // What is there already is from an earlier merge, and the newer one is the better other.
        let kept = merged.get(Field::Conflict);
        let before = kept.and_then(|kept| kept.get(field.key()).cloned());
        let mut kept = Value::with(kept, field.key(), Some(other.clone()));
        if let Some(before) = before.filter(|before| *before != other) {
            kept = Value::with(kept.as_ref(), &free_name(kept.as_ref(), field.key()), Some(before));
        }
        merged.set(Field::Conflict, kept);
    }
    Arc::new(merged)
}

/// A name under which nothing is kept yet.
fn free_name(kept: Option<&Value>, name: &str) -> String {
    let taken = |name: &str| kept.is_some_and(|kept| kept.get(name).is_some());
    let mut names = (2..).map(|nth: u64| format!("{name} {nth}"));
    names.find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
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
            Some(Value::List(lines::set(&items(base), my.items(), their.items())))
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
    (!merged.is_empty()).then_some(Value::Map(merged))
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
    let mut order = lines::set(&keys(&base), &keys(&mine), &keys(&theirs));
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

/// A value as the file would give it back under a name it knows nothing of.
pub fn plain(value: &Value) -> Value {
    match value {
        Value::Link(id) => Value::text(id.as_str()),
        Value::Date(day) => Value::text(day.to_string()),
        Value::List(values) => Value::List(values.iter().map(plain).collect()),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}

/// The reverse: a plain value as a field of this shape has it. `None` where it does not fit.
pub fn typed(shape: Shape, value: &Value) -> Option<Value> {
    let all = |shape: Shape, values: &[Value]| {
        values.iter().map(|value| typed(shape, value)).collect::<Option<Vec<_>>>().map(Value::List)
    };
    let named = |entries: &[(Name, Value)], shape: &dyn Fn(&str) -> Option<Shape>| {
        let typed =
            |(name, value): &(Name, Value)| Some((name.clone(), typed(shape(name)?, value)?));
        entries.iter().map(typed).collect::<Option<Vec<_>>>().map(Value::Map)
    };
    let part = |parts: &'static [Part], name: &str| {
        parts.iter().find(|part| part.key == name).map(|part| part.shape)
    };
    let found = match (shape, value) {
        (Shape::Date, Value::Text(day)) => day.parse().ok().map(Value::Date),
        (Shape::Link(_), Value::Text(id)) => Some(Value::Link(Id::new(id))),
        (Shape::Links(places), Value::List(values)) => all(Shape::Link(places), values),
        (Shape::Groups(parts), Value::List(values)) => all(Shape::Group(parts), values),
        (Shape::Readings, Value::List(values)) => {
            let reading = |value: &Value| match value.items() {
                [day, number] => Some(Value::List(vec![typed(Shape::Date, day)?, number.clone()])),
                _ => None,
            };
            values.iter().map(reading).collect::<Option<Vec<_>>>().map(Value::List)
        }
        (Shape::Group(parts), Value::Map(entries)) => named(entries, &|name| part(parts, name)),
        (Shape::Map(inner), Value::Map(entries)) => named(entries, &|_| Some(*inner)),
        _ => Some(value.clone()),
    };
    found.filter(|value| shape.accepts(value))
}

/// A field of which a merge kept two values.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// What the other value is kept under: the name of the field, perhaps with a number.
    pub name: Name,
    /// The field, where this version knows it.
    pub field: Option<Field>,
    /// The value in the field.
    pub mine: Option<Value>,
    /// The value that is kept, as the field would have it; as it is where it does not fit.
    pub theirs: Value,
}

/// The fields of a record of which a merge kept two values.
pub fn clashes(record: &Record) -> Vec<Clash> {
    let kept = record.get(Field::Conflict).map(Value::entries).unwrap_or_default();
    let clash = |(name, value): &(Name, Value)| {
        let key = name.split(' ').next().unwrap_or_default();
        let rows = Field::rows().iter().filter(|row| row.key == key);
        // Several sections have a field of one name; the one that the record has is meant.
        let row = rows.clone().find(|row| record.get(row.field).is_some()).or(rows.clone().next());
        let theirs = row.and_then(|row| typed(row.shape, value)).unwrap_or_else(|| value.clone());
        let field = row.map(|row| row.field);
        let mine = field.and_then(|field| record.get(field).cloned());
        Clash { name: name.clone(), field, mine, theirs }
    };
    kept.iter().map(clash).collect()
}

/// The records of which a merge kept two values, product and settings first.
pub fn conflicted(content: &Content) -> Vec<(Id, Vec<Clash>)> {
    let listed = Place::ALL.into_iter().flat_map(|place| content.list(place));
    let all = [content.product(), content.settings()].into_iter().chain(listed);
    let with_clashes = all.map(|record| (record.id().clone(), clashes(record)));
    with_clashes.filter(|(_, clashes)| !clashes.is_empty()).collect()
}

/// The op that ends a clash with the value in the field.
pub fn keep_mine(record: &Record, clash: &Clash) -> Op {
    let value = Value::with(record.get(Field::Conflict), &clash.name, None);
    Op::Edit { id: record.id().clone(), field: Field::Conflict, value }
}

/// The op that ends a clash with the value that is kept; where this version does not know its
/// field, nothing can be done but keep it.
pub fn take_theirs(record: &Record, clash: &Clash) -> Option<Op> {
    let set = Op::set(record.id(), clash.field?, clash.theirs.clone());
    Some(Op::Batch(vec![set, keep_mine(record, clash)]))
}
