//! Doing an op, and getting back the op that undoes it.

use super::content::Address;
use super::{Content, Field, Id, Op, Place, Record, Shape, Spot, Value, Workspace};
use std::sync::Arc;

/// Records that a move may pass and each be looked for at once.
const FOLLOWED: usize = 1_000;

/// Why an op was not done. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// There is no such record.
    #[error("there is no {0}")]
    Unknown(Id),
    /// The id is taken.
    #[error("the id {0} is taken")]
    Taken(Id),
    /// The field does not hold this.
    #[error("{} takes {}", .0.row().label, wanted(.0.row().shape))]
    Shape(Field),
    /// The record has no such field.
    #[error("{} is not a field of this record", .0.row().label)]
    Foreign(Field),
    /// The link would go round.
    #[error("that would go round: {}", path(.0))]
    Cycle(Vec<Id>),
    /// A record may not stand in a place of another sort.
    #[error("that does not belong in {}", .0.words())]
    Misplaced(Place),
}

fn path(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(" → ")
}

/// What a field of this shape takes, in words.
fn wanted(shape: Shape) -> String {
    match shape {
        Shape::Text | Shape::Long => "text".into(),
        Shape::Word(words) | Shape::Choice(words) => format!("one of {}", words.join(", ")),
        Shape::Number { open: true, min } => format!("a number above {min}"),
        Shape::Number { min, .. } if min <= f64::MIN => "a number".into(),
        Shape::Number { min, .. } => format!("a number of at least {min}"),
        Shape::Flag => "yes or no".into(),
        Shape::Date => "a date like 2026-11-22".into(),
        Shape::Link(_) | Shape::Links(_) => "the id of a record".into(),
        Shape::Lines | Shape::Words => "a list of words".into(),
        Shape::Group(parts) | Shape::Groups(parts) => {
            format!("the parts {}", parts.iter().map(|p| p.key).collect::<Vec<_>>().join(", "))
        }
        Shape::Map(_) => "named values".into(),
        Shape::Rating => "a number, or low..high".into(),
        Shape::Readings => "days with numbers".into(),
        Shape::Any => "a value".into(),
    }
}

/// Whether what the program would never make is refused. A file may bring a cycle; undoing and
/// redoing must be able to pass through it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    New,
    Again,
}

impl Workspace {
    /// Does `op` and returns the op that undoes it. A refused op changes nothing.
    pub(super) fn apply(&mut self, op: Op, rules: Rules) -> Result<Op, Refusal> {
        match op {
            Op::Insert { record, at } => self.insert(record, at, rules),
            Op::Remove { id } => {
                let (record, at) = self.take(&id)?;
                self.relink(|links| links.leave(&record));
                self.removed(&id);
                Ok(Op::Insert { record, at })
            }
            Op::Move { id, to } => self.shift(id, to),
            Op::Edit { id, field, value } => self.edit(id, field, value, rules),
            Op::Arrange { place, order } => self.arrange(place, &order),
            Op::Batch(ops) => self.batch(ops, rules),
        }
    }

    fn insert(&mut self, record: Arc<Record>, at: Spot, rules: Rules) -> Result<Op, Refusal> {
        let id = record.id().clone();
        if self.get(&id).is_some() {
            return Err(Refusal::Taken(id));
        }
        if rules == Rules::New {
            for (field, value) in record.fields() {
                self.check(&id, at.place.section(), field, value, None)?;
            }
        }
        self.relink(|links| links.enter(&record));
        self.put(record, at);
        Ok(Op::Remove { id })
    }

    fn shift(&mut self, id: Id, to: Spot) -> Result<Op, Refusal> {
        let place = self.place_of(&id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
        if place.section() != to.place.section() {
            return Err(Refusal::Misplaced(to.place));
        }
        let was_known = place == to.place && !self.has_drifted(place);
        let (record, from) = self.take(&id)?;
        self.put(record, to);
        if was_known {
            self.follow(place, from.index, to.index);
        }
        Ok(Op::Move { id, to: from })
    }

    /// Looks where those stand now that a move within a place passed, unless they are many.
    fn follow(&mut self, place: Place, from: usize, to: usize) {
        let to = to.min(self.list(place).len().saturating_sub(1));
        let passed = from.min(to)..from.max(to) + 1;
        if passed.len() > FOLLOWED {
            return;
        }
        let ids: Vec<Id> =
            self.list(place)[passed.clone()].iter().map(|it| it.id().clone()).collect();
        ids.iter().zip(passed).for_each(|(id, near)| self.seen_near(id, near));
        self.set_drifted(place, false);
    }

    /// Lets records of a place share the spots they hold in another order.
    fn arrange(&mut self, place: Place, order: &[Id]) -> Result<Op, Refusal> {
        self.settle(place);
        let held = |id: &Id| match self.spot_of(id) {
            Some(spot) if spot.place == place => Ok(spot.index),
            Some(_) => Err(Refusal::Misplaced(place)),
            None => Err(Refusal::Unknown(id.clone())),
        };
        let held: Vec<usize> = order.iter().map(held).collect::<Result<_, _>>()?;
        // For each spot of the place, which of the order holds it.
        let mut holds: Vec<Option<usize>> = vec![None; self.list(place).len()];
        for (nth, at) in held.iter().enumerate() {
            if holds[*at].replace(nth).is_some() {
                return Err(Refusal::Taken(order[nth].clone()));
            }
        }
        let before = holds.iter().flatten().map(|nth| order[*nth].clone()).collect();
        let mut from = held.into_iter();
        let goes = holds.iter().enumerate();
        let goes: Vec<usize> =
            goes.map(|(at, held)| held.and_then(|_| from.next()).unwrap_or(at)).collect();
        let list = self.content.list_mut(place);
        let mut records: Vec<_> = std::mem::take(list).into_iter().map(Some).collect();
        // Each is taken once, as no spot is held twice; none is counted anew.
        list.extend(goes.iter().filter_map(|from| records[*from].take()));
        self.follow_all(place, &goes);
        Ok(Op::Arrange { place, order: before })
    }

    fn edit(
        &mut self,
        id: Id,
        field: Field,
        value: Option<Value>,
        rules: Rules,
    ) -> Result<Op, Refusal> {
        let section = self.section_of(&id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
        if let (Rules::New, Some(value)) = (rules, &value) {
            let before = self.get(&id).and_then(|record| record.get(field));
            self.check(&id, section, field, value, before)?;
        }
        let unknown = || Refusal::Unknown(id.clone());
        let mut record = Arc::clone(self.slot(&id).ok_or_else(unknown)?);
        self.relink(|links| links.leave(&record));
        let before = Arc::make_mut(&mut record).set(field, value);
        self.relink(|links| links.enter(&record));
        *self.slot(&id).ok_or_else(unknown)? = record;
        Ok(Op::Edit { id, field, value: before })
    }

    fn batch(&mut self, ops: Vec<Op>, rules: Rules) -> Result<Op, Refusal> {
        let mut undo = Vec::with_capacity(ops.len());
        for op in ops {
            match self.apply(op, rules) {
                Ok(inverse) => undo.push(inverse),
                Err(refusal) => {
                    for inverse in undo.into_iter().rev() {
                        // The exact opposite of what was just done is never refused.
                        let _ = self.apply(inverse, Rules::Again);
                    }
                    return Err(refusal);
                }
            }
        }
        undo.reverse();
        Ok(Op::Batch(undo))
    }

    fn check(
        &self,
        id: &Id,
        section: super::Section,
        field: Field,
        value: &Value,
        before: Option<&Value>,
    ) -> Result<(), Refusal> {
        let row = field.row();
        if !row.of.contains(&section) {
            return Err(Refusal::Foreign(field));
        }
        if !row.shape.accepts(value) {
            return Err(Refusal::Shape(field));
        }
        // A link that was there before may stay, even in a cycle that the file brought.
        let mut old = Vec::new();
        before.into_iter().for_each(|value| value.each_link(&mut |to| old.push(to.clone())));
        let mut round = None;
        value.each_link(&mut |to| {
            if round.is_none() && !old.contains(to) {
                round = self.cycle(field, id, to);
            }
        });
        round.map_or(Ok(()), |ids| Err(Refusal::Cycle(ids)))
    }

    /// What kind of record has this id.
    pub fn section_of(&self, id: &Id) -> Option<super::Section> {
        match id.as_str() {
            Content::PRODUCT => Some(super::Section::Product),
            Content::SETTINGS => Some(super::Section::Settings),
            _ => self.place_of(id).map(Place::section),
        }
    }

    fn slot(&mut self, id: &Id) -> Option<&mut Arc<Record>> {
        match id.as_str() {
            Content::PRODUCT => Some(&mut self.content.product),
            Content::SETTINGS => Some(&mut self.content.settings),
            _ => {
                let Spot { place, index } = self.spot_of(id)?;
                self.content.list_mut(place).get_mut(index)
            }
        }
    }

    /// Takes a record out of its list; the index still knows it.
    fn take(&mut self, id: &Id) -> Result<(Arc<Record>, Spot), Refusal> {
        let spot = self.spot_of(id).ok_or_else(|| Refusal::Unknown(id.clone()))?;
        let list = self.content.list_mut(spot.place);
        let record = list.remove(spot.index);
        if spot.index < list.len() {
            self.set_drifted(spot.place, true);
        }
        Ok((record, spot))
    }

    fn put(&mut self, record: Arc<Record>, at: Spot) {
        let list = self.content.list_mut(at.place);
        let near = at.index.min(list.len());
        let id = record.id().clone();
        let passes = near < list.len();
        list.insert(near, record);
        if passes {
            self.set_drifted(at.place, true);
        }
        self.placed(&id, Address { place: at.place, near });
    }
}
