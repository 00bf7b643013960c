//! Anything with an id: an item, an objective, a sprint, a decision.

use super::{Date, Field, Id, Value};
use std::iter;
use std::sync::LazyLock;
use thin_vec::ThinVec;

/// The fields that may link to other records: a bit each.
static LINKING: LazyLock<u128> = LazyLock::new(|| {
    let linking = Field::rows().iter().filter(|row| row.shape.holds_links());
    linking.fold(0, |bits, row| bits | bit(row.field))
});

/// An id and the fields that are set, in the order of [`Field`].
///
/// Only what is set takes room, and everything that speaks of fields (the file, the form, a
/// difference, a merge) works on this one list instead of on a struct with a member each.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    id: Id,
    /// Which fields are set: a bit each.
    set: u128,
    /// What they hold.
    values: ThinVec<Value>,
}

impl Record {
    /// A record with nothing set.
    pub fn new(id: Id) -> Self {
        Self { id, set: 0, values: ThinVec::new() }
    }

    /// A record with these fields; of two values for one field the last counts.
    pub fn of(id: Id, fields: impl IntoIterator<Item = (Field, Value)>) -> Self {
        let fields = fields.into_iter();
        let values = ThinVec::with_capacity(fields.size_hint().0);
        let mut record = Self { id, set: 0, values };
        for (field, value) in fields {
            // In a file that the program wrote each comes behind the others.
            if bit(field) > record.set {
                record.set |= bit(field);
                record.values.push(value);
            } else {
                record.set(field, Some(value));
            }
        }
        record
    }

    /// Its name.
    pub fn id(&self) -> &Id {
        &self.id
    }

    /// This record with `field` set.
    #[must_use]
    pub fn with(mut self, field: Field, value: Value) -> Self {
        self.set(field, Some(value));
        self
    }

    /// This record without `field`.
    #[must_use]
    pub fn without(mut self, field: Field) -> Self {
        self.set(field, None);
        self
    }

    /// This record under another name.
    #[must_use]
    pub fn named(mut self, id: Id) -> Self {
        self.id = id;
        self
    }

    /// What is set, in the order of [`Field`].
    pub fn fields(&self) -> impl Iterator<Item = (Field, &Value)> {
        of_bits(self.set).zip(&self.values)
    }

    /// Calls `see` with every id this record links to, and the field that does.
    pub fn each_link(&self, mut see: impl FnMut(Field, &Id)) {
        for field in of_bits(self.set & *LINKING) {
            self.values[self.position(field)].each_link(&mut |to| see(field, to));
        }
    }

    /// The value of a field, if it is set.
    pub fn get(&self, field: Field) -> Option<&Value> {
        let is_set = self.set & bit(field) != 0;
        is_set.then(|| &self.values[self.position(field)])
    }

    /// The text of a field; empty when it is not set.
    pub fn text(&self, field: Field) -> &str {
        self.get(field).and_then(Value::as_text).unwrap_or_default()
    }

    /// The number of a field.
    pub fn number(&self, field: Field) -> Option<f64> {
        self.get(field).and_then(Value::as_number)
    }

    /// The day of a field.
    pub fn date(&self, field: Field) -> Option<Date> {
        self.get(field).and_then(Value::as_date)
    }

    /// The record a field links to.
    pub fn link(&self, field: Field) -> Option<&Id> {
        self.get(field).and_then(Value::as_link)
    }

    /// The records a field links to.
    pub fn links(&self, field: Field) -> impl Iterator<Item = &Id> {
        self.list(field).iter().filter_map(Value::as_link)
    }

    /// The values of a field that is a list.
    pub fn list(&self, field: Field) -> &[Value] {
        self.get(field).map(Value::items).unwrap_or_default()
    }

    /// The texts of a field that is a list.
    pub fn texts(&self, field: Field) -> impl Iterator<Item = &str> {
        self.list(field).iter().filter_map(Value::as_text)
    }

    /// Sets or clears a field and gives what it held before.
    pub(super) fn set(&mut self, field: Field, value: Option<Value>) -> Option<Value> {
        let (at, is_set) = (self.position(field), self.set & bit(field) != 0);
        match (is_set, value) {
            (true, Some(value)) => Some(std::mem::replace(&mut self.values[at], value)),
            (true, None) => {
                self.set &= !bit(field);
                Some(self.values.remove(at))
            }
            (false, Some(value)) => {
                self.set |= bit(field);
                self.values.insert(at, value);
                None
            }
            (false, None) => None,
        }
    }

    /// How many set fields come before this one.
    fn position(&self, field: Field) -> usize {
        (self.set & (bit(field) - 1)).count_ones() as usize
    }
}

/// The fields of these bits.
fn of_bits(mut left: u128) -> impl Iterator<Item = Field> {
    iter::from_fn(move || {
        let row = Field::rows().get(left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(row.field)
    })
}

/// The bit that says whether a field is set.
fn bit(field: Field) -> u128 {
    1 << field as u32
}
