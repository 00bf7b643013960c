//! Fields that many records spell alike: they are read once and held by all of them.

use super::form::{Desk, Form, Seed};
use crate::workspace::{Field, Lookup, Shape, Value};
use serde::de::DeserializeSeed as _;
use serde_json::value::RawValue;

/// Spellings that are remembered. When there are more the memory begins anew, so that it neither
/// grows with the file nor is filled for good by what came first.
const REMEMBERED: usize = 4_096;

/// What was read, by field and spelling. Only what fits to the last part is remembered.
#[derive(Debug, Default)]
pub(super) struct Alike<'t>(Lookup<(Field, &'t str), Value>);

impl<'t> Alike<'t> {
    /// Whether the field is of those that records often have alike: tags, stories, ratings.
    pub(super) fn takes(field: Field) -> bool {
        matches!(field.row().shape, Shape::Words | Shape::Group(_) | Shape::Map(_))
    }

    /// The value of a field that is spelled like this.
    pub(super) fn read(
        &mut self,
        field: Field,
        raw: &'t RawValue,
        desk: &mut Desk,
    ) -> Result<Option<Value>, serde_json::Error> {
        let spelled = (field, raw.get());
        if let Some(known) = self.0.get(&spelled) {
            return Ok(Some(known.clone()));
        }
        let was_doubtful = std::mem::take(&mut desk.doubtful);
        let mut json = serde_json::Deserializer::from_str(raw.get());
        let seed = Seed::new(Form::Field(field.row().shape), desk);
        let value = seed.deserialize(&mut json)?;
        if let Some(value) = value.as_ref().filter(|_| !desk.doubtful) {
            if self.0.len() >= REMEMBERED {
                self.0.clear();
            }
            self.0.insert(spelled, value.clone());
        }
        desk.doubtful |= was_doubtful;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_spellings_than_are_remembered_are_read_as_they_are() {
        let spelled: Vec<String> = (0..=2 * REMEMBERED).map(|n| format!("[\"t{n}\"]")).collect();
        let raws = spelled.iter().map(|raw| serde_json::from_str::<&RawValue>(raw).unwrap());
        let (mut alike, mut desk) = (Alike::default(), Desk::default());
        for (n, raw) in raws.enumerate() {
            let value = alike.read(Field::Tags, raw, &mut desk).unwrap().unwrap();
            assert_eq!(value.items()[0].as_text(), Some(format!("t{n}").as_str()));
            assert!(alike.0.len() <= REMEMBERED);
        }
    }
}
