//! What a merge could not decide: both values are kept, one in `conflict`, until the person does.

use super::super::{
    Content, Field, Id, Name, Op, Part, Place, Record, Shape, Spot, Value, Workspace,
};

/// What the place that the other side moved a record to is kept under.
const PLACE: &str = "place";
/// In it: the record that stands before.
const AFTER: &str = "after";

/// Keeps the other value of what has this name in the `conflict` of a record. What is kept under
/// it already is from an earlier merge: the newer one is the better other and takes the name, and
/// the older one goes on under a name with a number.
pub fn keep_other(record: &mut Record, name: &str, other: &Value) {
    let kept = record.get(Field::Conflict);
    let before = kept.and_then(|kept| kept.get(name)).filter(|before| *before != other).cloned();
    let mut kept = Value::with(kept, name, Some(other.clone()));
    if let Some(before) = before {
        kept = Value::with(kept.as_ref(), &free_name(kept.as_ref(), name), Some(before));
    }
    record.set(Field::Conflict, kept);
}

/// Keeps where the other side moved a record.
pub(super) fn keep_place(record: &mut Record, there: &Stand) {
    keep_other(record, PLACE, &there.value());
}

/// A name under which nothing is kept yet.
pub(super) fn free_name(kept: Option<&Value>, name: &str) -> String {
    let taken = |name: &str| kept.is_some_and(|kept| kept.get(name).is_some());
    let mut names = (2..).map(|nth: u64| format!("{name} {nth}"));
    names.find(|name| !taken(name)).unwrap_or_else(|| name.to_owned())
}

/// Where a record stands, as a merge keeps it: its place, and whom it follows there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    /// The place.
    pub place: Place,
    /// The record before it; the first one has none.
    pub after: Option<Id>,
}

impl Stand {
    /// That of what stands at an index of a place.
    pub(super) fn at(content: &Content, place: Place, index: usize) -> Self {
        let before = index.checked_sub(1).and_then(|before| content.list(place).get(before));
        Self { place, after: before.map(|record| record.id().clone()) }
    }

    fn of(workspace: &Workspace, id: &Id) -> Option<Self> {
        let Spot { place, index } = workspace.spot_of(id)?;
        Some(Self::at(workspace.content(), place, index))
    }

    fn value(&self) -> Value {
        let place = (Name::from(PLACE), Value::text(self.place.key()));
        let after = self.after.iter().map(|id| (Name::from(AFTER), Value::text(id.as_str())));
        Value::Map(std::iter::once(place).chain(after).collect())
    }

    fn read(value: &Value) -> Option<Self> {
        let key = value.get(PLACE)?.as_text()?;
        let place = Place::ALL.into_iter().find(|place| place.key() == key)?;
        Some(Self { place, after: value.get(AFTER).and_then(Value::as_text).map(Id::new) })
    }

    /// The spot there, for a record that may stand anywhere now. Where the one before it is gone, it
    /// is the last.
    fn spot(&self, workspace: &Workspace, id: &Id) -> Spot {
        let mut others = workspace.list(self.place).iter().filter(|record| record.id() != id);
        let index = match &self.after {
            None => 0,
            Some(after) => {
                let count = others.clone().count();
                others.position(|record| record.id() == after).map_or(count, |at| at + 1)
            }
        };
        Spot::new(self.place, index)
    }
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
        values.iter().map(|value| typed(shape, value)).collect::<Option<Vec<_>>>().map(Value::list)
    };
    let named = |entries: &[(Name, Value)], shape: &dyn Fn(&str) -> Option<Shape>| {
        let typed =
            |(name, value): &(Name, Value)| Some((name.clone(), typed(shape(name)?, value)?));
        entries.iter().map(typed).collect::<Option<Vec<_>>>().map(Value::map)
    };
    let part = |parts: &'static [Part], name: &str| {
        parts.iter().find(|part| part.key == name).map(|part| part.shape)
    };
    let found = match (shape, value) {
        (Shape::Date, Value::Text(day)) => day.parse().ok().map(Value::Date),
        (Shape::Link(_), Value::Text(id)) => Some(Value::link(Id::new(id))),
        (Shape::Links(places), Value::List(values)) => all(Shape::Link(places), values),
        (Shape::Groups(parts), Value::List(values)) => all(Shape::Group(parts), values),
        (Shape::Readings, Value::List(values)) => {
            let reading = |value: &Value| match value.items() {
                [day, number] => Some(Value::list([typed(Shape::Date, day)?, number.clone()])),
                _ => None,
            };
            values.iter().map(reading).collect::<Option<Vec<_>>>().map(Value::list)
        }
        (Shape::Group(parts), Value::Map(entries)) => named(entries, &|name| part(parts, name)),
        (Shape::Map(inner), Value::Map(entries)) => named(entries, &|_| Some(*inner)),
        _ => Some(value.clone()),
    };
    found.filter(|value| shape.accepts(value))
}

/// Something of which a merge kept two values.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// What the other value is kept under: the name of the field, perhaps with a number.
    pub name: Name,
    /// The field, where it is one and this version knows it.
    pub field: Option<Field>,
    /// Where both moved the record: where it stands, and where they put it.
    pub moved: Option<[Stand; 2]>,
    /// The value that holds.
    pub mine: Option<Value>,
    /// The value that is kept, as the field would have it; as it is where it does not fit.
    pub theirs: Value,
}

/// That of which a merge kept two values for a record.
pub fn clashes(workspace: &Workspace, record: &Record) -> Vec<Clash> {
    let kept = record.get(Field::Conflict).map(Value::entries).unwrap_or_default();
    kept.iter().map(|(name, value)| clash(workspace, record, name, value)).collect()
}

fn clash(workspace: &Workspace, record: &Record, name: &Name, value: &Value) -> Clash {
    let key = name.split(' ').next().unwrap_or_default();
    let there = (key == PLACE).then(|| Stand::read(value)).flatten();
    if let Some((here, there)) = Stand::of(workspace, record.id()).zip(there) {
        let (mine, theirs) = (Some(here.value()), value.clone());
        return Clash { name: name.clone(), field: None, moved: Some([here, there]), mine, theirs };
    }
    let rows = Field::rows().iter().filter(|row| row.key == key);
    // Several sections have a field of one name; the one that the record has is meant.
    let row = rows.clone().find(|row| record.get(row.field).is_some()).or(rows.clone().next());
    let theirs = row.and_then(|row| typed(row.shape, value)).unwrap_or_else(|| value.clone());
    let field = row.map(|row| row.field);
    let mine = field.and_then(|field| record.get(field).cloned());
    Clash { name: name.clone(), field, moved: None, mine, theirs }
}

/// The records of which a merge kept two values, product and settings first.
pub fn conflicted(workspace: &Workspace) -> Vec<(Id, Vec<Clash>)> {
    let content = workspace.content();
    let listed = Place::ALL.into_iter().flat_map(|place| content.list(place));
    let all = [content.product(), content.settings()].into_iter().chain(listed);
    let with_clashes = all.map(|record| (record.id().clone(), clashes(workspace, record)));
    with_clashes.filter(|(_, clashes)| !clashes.is_empty()).collect()
}

/// The op that ends a clash with the value that holds.
pub fn keep_mine(record: &Record, clash: &Clash) -> Op {
    let value = Value::with(record.get(Field::Conflict), &clash.name, None);
    Op::Edit { id: record.id().clone(), field: Field::Conflict, value }
}

/// The op that makes the value that is kept the one that holds; where this version does not know
/// its field, nothing can be done but keep it.
pub fn take_theirs(workspace: &Workspace, record: &Record, clash: &Clash) -> Option<Op> {
    let id = record.id();
    match (&clash.moved, clash.field) {
        (Some([_, there]), _) => Some(Op::shift(id, there.spot(workspace, id))),
        (None, Some(field)) => Some(Op::set(id, field, clash.theirs.clone())),
        (None, None) => None,
    }
}
