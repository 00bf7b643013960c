//! What records are called, in words.

use super::number::counted;
use super::{Content, Id, Place, Workspace};

impl Workspace {
    /// What the record with this id is called: its title or name, else its id. Nothing where it is
    /// gone.
    pub fn name_of(&self, id: &Id) -> String {
        let title = self.get(id).map(|record| record.title());
        match (id.as_str(), title) {
            (Content::PRODUCT, _) => "the product".to_owned(),
            (Content::SETTINGS, _) => "the settings".to_owned(),
            (_, Some("")) => id.to_string(),
            (_, title) => title.unwrap_or_default().to_owned(),
        }
    }

    /// What these records are called: one by its name, several by how many they are.
    pub fn named(&self, ids: &[Id]) -> String {
        let is_item = |id: &Id| self.place_of(id).is_some_and(Place::holds_items);
        match ids {
            [id] => self.name_of(id),
            _ if ids.iter().all(is_item) => counted(ids.len(), "item"),
            _ => counted(ids.len(), "record"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Record, Value};
    use std::sync::Arc;

    #[test]
    fn one_goes_by_its_name_and_several_by_how_many_they_are() {
        let mut content = Content::default();
        let ids = ["a1", "b2", "c3", "d4"].map(Id::new);
        let record = |id: &Id| Arc::new(Record::new(id.clone()));
        let titled = Record::new(ids[0].clone()).with(Field::Title, Value::text("Payroll"));
        *content.list_mut(Place::Backlog) = vec![Arc::new(titled), record(&ids[1])];
        *content.list_mut(Place::Decisions) = vec![record(&ids[2])];
        let workspace = Workspace::new(content);
        let named = |at: std::ops::Range<usize>| workspace.named(&ids[at]);
        assert_eq!([named(0..1), named(1..2)], ["Payroll", "b2"]);
        assert_eq!([named(0..2), named(1..3)], ["2 items", "2 records"]);
        assert_eq!([named(3..4), named(0..0)], ["", "0 items"]);
        assert_eq!(workspace.name_of(&Id::new(Content::SETTINGS)), "the settings");
    }
}
