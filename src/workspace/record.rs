//! Anything with an id: an item, an objective, a sprint, a decision.

use super::{Date, Field, Id, Value};

/// An id and the fields that are set, in the order of [`Field`].
///
/// Only what is set takes room, and everything that speaks of fields (the file, the form, a
/// difference, a merge) works on this one list instead of on a struct with a member each.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    id: Id,
    fields: Vec<(Field, Value)>,
}

impl Record {
    /// A record with nothing set.
    pub fn new(id: Id) -> Self {
        Self { id, fields: Vec::new() }
    }

    /// A record with these fields, each of which is there once.
    pub fn of(id: Id, mut fields: Vec<(Field, Value)>) -> Self {
        if !fields.is_sorted_by_key(|(field, _)| *field) {
            fields.sort_unstable_by_key(|(field, _)| *field);
        }
        Self { id, fields }
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
        self.fields.iter().map(|(field, value)| (*field, value))
    }

    /// The value of a field, if it is set.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.position(field).ok().map(|at| &self.fields[at].1)
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
        match (self.position(field), value) {
            (Ok(at), Some(value)) => Some(std::mem::replace(&mut self.fields[at].1, value)),
            (Ok(at), None) => Some(self.fields.remove(at).1),
            (Err(at), Some(value)) => {
                self.fields.insert(at, (field, value));
                None
            }
            (Err(_), None) => None,
        }
    }

    fn position(&self, field: Field) -> Result<usize, usize> {
        self.fields.binary_search_by_key(&field, |(field, _)| *field)
    }
}
