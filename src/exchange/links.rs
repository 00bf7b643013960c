//! Which record a name of another tool means, and what a linked record is called there.

use super::entry::Entry;
use crate::workspace::{Field, Id, Place, Section, Shape, Value, Workspace};
use std::collections::HashMap;

/// What every name means that an import may meet.
#[derive(Debug, Default)]
pub struct Names {
    /// Keys of the other tool.
    keys: HashMap<String, Id>,
    /// Sprints, releases, objectives and personas by what they are called.
    titles: HashMap<(Place, String), Id>,
}

/// What a name means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This record.
    Known(Id),
    /// A record that is not there yet and would stand in this place.
    New(Place),
    /// Nothing.
    Unknown,
}

impl Names {
    /// The names in a workspace: what was imported from this tool before, and all that is called
    /// something.
    pub fn of(workspace: &Workspace, system: &str) -> Self {
        let mut names = Self::default();
        for place in Place::ALL {
            for record in workspace.list(place) {
                if let Some(key) = key_of(record.get(Field::External), system) {
                    names.keys.insert(key.to_owned(), record.id().clone());
                }
                if !place.holds_items() && !record.title().is_empty() {
                    names.call(place, record.title(), record.id());
                }
            }
        }
        names
    }

    /// The record with this key.
    pub fn key(&self, key: &str) -> Option<&Id> {
        self.keys.get(key)
    }

    /// The sprint that is called as this one of a history is, unless both have other keys in that
    /// tool, as the sprints of two boards have.
    pub fn sprint(&self, workspace: &Workspace, system: &str, entry: &Entry) -> Option<&Id> {
        let name = entry.text(Field::Name);
        let id = self.titles.get(&(Place::Sprints, name.to_owned()))?;
        let key = key_of(workspace.get(id)?.get(Field::External), system);
        let is_named = key.is_none_or(|key| key == name) || entry.key == name;
        (entry.section == Section::Sprint && is_named).then_some(id)
    }

    /// Says what a key means, unless that is said.
    pub fn enter(&mut self, key: &str, id: &Id) {
        if !key.is_empty() {
            self.keys.entry(key.to_owned()).or_insert_with(|| id.clone());
        }
    }

    /// Says what a record is called; of namesakes the first is meant.
    pub fn call(&mut self, place: Place, title: &str, id: &Id) {
        self.titles.entry((place, title.to_owned())).or_insert_with(|| id.clone());
    }

    /// What a name in a field means.
    pub fn meaning(
        &self,
        workspace: &Workspace,
        entry: &Entry,
        field: Field,
        name: &str,
    ) -> Meaning {
        let (Shape::Link(places) | Shape::Links(places)) = field.row().shape else {
            return Meaning::Unknown;
        };
        let id = Id::new(name);
        let stands = workspace.place_of(&id).is_some_and(|place| places.contains(&place));
        let own = entry.own.is_some();
        if own && stands {
            return Meaning::Known(id);
        }
        if let [place] = places {
            let title = name.replace(char::is_control, " ");
            let known = self.titles.get(&(*place, title.trim().to_owned()));
            return known.map_or(Meaning::New(*place), |id| Meaning::Known(id.clone()));
        }
        match self.keys.get(name) {
            Some(id) => Meaning::Known(id.clone()),
            None if stands || own => Meaning::Known(id),
            None => Meaning::Unknown,
        }
    }
}

/// What a linked record is called; its id where it has no name, nothing where there is no link.
pub fn title_of(workspace: &Workspace, id: Option<&Id>) -> String {
    let Some(id) = id else { return String::new() };
    let title = workspace.get(id).map(|record| record.title()).unwrap_or_default();
    if title.is_empty() { id.to_string() } else { title.to_owned() }
}

fn key_of<'a>(external: Option<&'a Value>, system: &str) -> Option<&'a str> {
    let part = |name| external?.get(name)?.as_text();
    part("key").filter(|_| part("system") == Some(system))
}
