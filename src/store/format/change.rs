//! An op as data, with what was before: the shape of the activity log and of the journal.

use super::emit;
use super::form::{self, Desk, Form};
use super::raw;
use super::record::{self, Keys};
use crate::workspace::{Content, Field, Id, Op, Place, Record, Section, Spot, Value};
use std::sync::Arc;

/// An op and what takes it back.
pub(in crate::store) fn write(op: &Op, inverse: &Op) -> String {
    match (op, inverse) {
        (Op::Edit { id, field, value }, Op::Edit { value: before, .. }) => {
            let both = emit::list([held(before.as_ref()), held(value.as_ref())].into_iter());
            let fields = emit::members(&[(field.key(), both)]);
            emit::members(&[("set", emit::text(id.as_str())), ("f", fields)])
        }
        (Op::Move { id, to }, Op::Move { to: from, .. }) => {
            let id = emit::text(id.as_str());
            emit::members(&[("move", id), ("from", spot(*from)), ("to", spot(*to))])
        }
        (Op::Arrange { place, order }, Op::Arrange { order: before, .. }) => {
            let ids = |ids: &[Id]| emit::texts(ids.iter().map(Id::as_str));
            let place = emit::text(place.key());
            emit::members(&[("arrange", place), ("from", ids(before)), ("to", ids(order))])
        }
        (Op::Insert { record, at }, _) => {
            emit::members(&[("add", emit::record(record)), ("to", spot(*at))])
        }
        (Op::Remove { .. }, Op::Insert { record, at }) => {
            emit::members(&[("del", emit::record(record)), ("from", spot(*at))])
        }
        (Op::Batch(ops), Op::Batch(back)) => {
            let pairs = ops.iter().zip(back.iter().rev());
            emit::members(&[("batch", emit::list(pairs.map(|(op, inverse)| write(op, inverse))))])
        }
        // Every op is undone by one of its own kind, or insert and remove by each other.
        _ => "null".into(),
    }
}

fn held(value: Option<&Value>) -> String {
    value.map_or_else(|| "null".into(), emit::value)
}

/// The place and how many come before; null where it is the bottom.
fn spot(Spot { place, index }: Spot) -> String {
    let index = if index == Spot::bottom(Place::Backlog).index { None } else { Some(index) };
    let index = index.map_or_else(|| "null".into(), |index| index.to_string());
    emit::list([emit::text(place.key()), index].into_iter())
}

/// Reads what [`write`] gave: the op and what takes it back. `None` where it is anything else.
pub(in crate::store) fn read(raw: &str) -> Option<(Op, Op)> {
    let members = raw::members(raw);
    let get = |key: &str| members.iter().find(|member| member.key == key).map(|member| member.raw);
    match &*members.first()?.key {
        "set" => {
            let id = id_of(get("set")?)?;
            let [member] = &raw::members(get("f")?)[..] else { return None };
            let row = Field::rows().iter().find(|row| row.key == member.key)?;
            let [before, after] = raw::elements(member.raw)[..] else { return None };
            let edit = |raw: &str| {
                let value = match raw {
                    "null" => None,
                    raw => Some(form::value(Form::Field(row.shape), raw)?),
                };
                Some(Op::Edit { id: id.clone(), field: row.field, value })
            };
            Some((edit(after)?, edit(before)?))
        }
        "move" => {
            let id = id_of(get("move")?)?;
            Some((Op::shift(&id, spot_of(get("to")?)?), Op::shift(&id, spot_of(get("from")?)?)))
        }
        "arrange" => {
            let place = place_of(&serde_json::from_str::<String>(get("arrange")?).ok()?)?;
            let ids = |raw: &str| {
                let ids: Vec<String> = serde_json::from_str(raw).ok()?;
                let order = ids.iter().map(|id| Id::new(id)).collect();
                Some(Op::Arrange { place, order })
            };
            Some((ids(get("to")?)?, ids(get("from")?)?))
        }
        "add" => {
            let at = spot_of(get("to")?)?;
            let record = record_of(get("add")?, at.place.section())?;
            let id = record.id().clone();
            Some((Op::Insert { record, at }, Op::Remove { id }))
        }
        "del" => {
            let at = spot_of(get("from")?)?;
            let record = record_of(get("del")?, at.place.section())?;
            let id = record.id().clone();
            Some((Op::Remove { id }, Op::Insert { record, at }))
        }
        "batch" => {
            let read: Option<Vec<(Op, Op)>> =
                raw::elements(get("batch")?).into_iter().map(read).collect();
            let (ops, mut back): (Vec<Op>, Vec<Op>) = read?.into_iter().unzip();
            back.reverse();
            Some((Op::Batch(ops), Op::Batch(back)))
        }
        _ => None,
    }
}

fn id_of(raw: &str) -> Option<Id> {
    serde_json::from_str::<String>(raw).ok().map(|id| Id::new(&id))
}

fn place_of(key: &str) -> Option<Place> {
    Place::ALL.into_iter().find(|place| place.key() == key)
}

fn spot_of(raw: &str) -> Option<Spot> {
    let (place, index): (String, Option<usize>) = serde_json::from_str(raw).ok()?;
    let place = place_of(&place)?;
    Some(index.map_or(Spot::bottom(place), |index| Spot::new(place, index)))
}

fn record_of(raw: &str, section: Section) -> Option<Arc<Record>> {
    let read = record::read(raw, &Keys::of(section), &mut Desk::default()).ok()?;
    let id = read.record.id().as_str();
    let is_named = !id.is_empty() && ![Content::PRODUCT, Content::SETTINGS].contains(&id);
    is_named.then(|| Arc::new(read.record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let id = Id::new("a");
        let record = Arc::new(
            Record::new(id.clone())
                .with(Field::Title, Value::text("x\n\"y\""))
                .with(Field::BlockedBy, Value::list([Value::link(Id::new("b"))])),
        );
        let spot = Spot::new(Place::Now, 2);
        let edit = |value| Op::Edit { id: id.clone(), field: Field::Points, value };
        let arranged = |ids: &[&str]| Op::Arrange {
            place: Place::Later,
            order: ids.iter().map(|id| Id::new(id)).collect(),
        };
        let pairs = [
            (arranged(&["b", "\"", "a"]), arranged(&["a", "b", "\""])),
            (edit(Some(Value::Number(0.1))), edit(None)),
            (Op::shift(&id, Spot::bottom(Place::Later)), Op::shift(&id, spot)),
            (Op::Insert { record: record.clone(), at: spot }, Op::Remove { id: id.clone() }),
            (Op::Remove { id: id.clone() }, Op::Insert { record, at: spot }),
        ];
        let (ops, mut back): (Vec<Op>, Vec<Op>) = pairs.clone().into_iter().unzip();
        back.reverse();
        for (op, inverse) in pairs.into_iter().chain([(Op::Batch(ops), Op::Batch(back))]) {
            assert_eq!(read(&write(&op, &inverse)), Some((op, inverse)));
        }
    }
}
