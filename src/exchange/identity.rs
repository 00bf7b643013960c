//! Which record an entry is, and which records the names in it mean.

use super::entry::Entry;
use super::haul::Remark;
use super::links::Meaning;
use super::origin::hex;
use super::planner::Planner;
use crate::workspace::{Field, Id, Op, Place, Record, Section, Shape, Spot, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

impl Planner {
    /// Gives every entry a key of its own and the id of the record it is or becomes; takes those
    /// out that say the same as one before.
    pub(super) fn name(&mut self, entries: &mut Vec<Entry>) -> Vec<Id> {
        let mut firsts: HashMap<String, usize> = HashMap::new();
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut ids = Vec::with_capacity(entries.len());
        let mut own = HashSet::new();
        for mut entry in std::mem::take(entries) {
            // A row that was copied where it was is a new one.
            if entry.own.as_ref().is_some_and(|origin| !own.insert(origin.id.clone())) {
                entry.own = None;
            }
            if entry.own.is_none() {
                if entry.key.is_empty() {
                    entry.key = format!("line {}", hex(title(&entry).as_bytes()));
                }
                let same = firsts.get(&entry.key).map(|at| &kept[*at]);
                if let Some(row) =
                    same.filter(|first| is_same(first, &entry)).map(|first| first.row)
                    && !entry.key.starts_with("line ")
                {
                    let words = format!("{} is the same as row {row}; once is enough", entry.key);
                    let aside = Some(("there once already", entry.key));
                    self.plan.skipped.push(Remark { row: entry.row, words, aside });
                    continue;
                }
                let base = entry.key.clone();
                let mut nth = 2;
                while firsts.contains_key(&entry.key) {
                    entry.key = format!("{base} ({nth})");
                    nth += 1;
                }
            }
            firsts.insert(entry.key.clone(), kept.len());
            let id = self.id_of(&entry, &ids);
            let names = entry.aliases.iter().chain([&entry.key]);
            names.for_each(|name| self.names.enter(name, &id));
            if let Some(origin) = &entry.own {
                self.names.enter(origin.id.as_str(), &id);
            }
            ids.push(id);
            kept.push(entry);
        }
        *entries = kept;
        ids
    }

    /// The record that an entry is or becomes; those of the entries before it are not.
    fn id_of(&mut self, entry: &Entry, before: &[Id]) -> Id {
        let workspace = self.document.workspace();
        let section = |id: &Id| workspace.place_of(id).map(Place::section);
        let fits = |id: &Id| section(id).is_none_or(|of| of == entry.section);
        let own = entry.own.as_ref().map(|origin| &origin.id).filter(|id| fits(id));
        let known = self.names.key(&entry.key).filter(|id| fits(id));
        let called = || self.names.sprint(workspace, &self.system, entry);
        match own.or(known).or_else(|| called().filter(|id| !before.contains(id))) {
            Some(id) => id.clone(),
            None => self.wishes.ids.next(|id| workspace.is_spoken_for(id)),
        }
    }

    /// “A blocks B” is that B waits for A.
    pub(super) fn turn_blocks(&mut self, entries: &mut [Entry]) {
        let names =
            |entry: &Entry| entry.aliases.iter().chain([&entry.key]).cloned().collect::<Vec<_>>();
        let mut at: HashMap<String, usize> = HashMap::new();
        for (nth, entry) in entries.iter().enumerate() {
            at.extend(names(entry).into_iter().map(|name| (name, nth)));
        }
        for nth in 0..entries.len() {
            let (key, row) = (entries[nth].key.clone(), entries[nth].row);
            for blocked in std::mem::take(&mut entries[nth].blocks) {
                match at.get(&blocked) {
                    Some(&other) => entries[other].link(Field::BlockedBy, &key),
                    None => self.remark(
                        row,
                        format!("it blocks {blocked}, which is not in the file; left out"),
                    ),
                }
            }
        }
    }

    /// Turns names into links.
    pub(super) fn resolve(&mut self, entry: &mut Entry) {
        for (field, names) in std::mem::take(&mut entry.links) {
            let mut ids: Vec<Id> = Vec::new();
            for name in &names {
                match self.names.meaning(self.document.workspace(), entry, field, name) {
                    Meaning::Known(id) if !ids.contains(&id) => ids.push(id),
                    Meaning::Known(_) => {}
                    Meaning::New(place) => ids.extend(self.found(place, name)),
                    Meaning::Unknown => {
                        let label = field.row().label;
                        self.remark(
                            entry.row,
                            format!("{label} {name}, which is not in the file; left out"),
                        );
                    }
                }
            }
            if field == Field::Sprint {
                self.past.learn(&ids, &names, entry);
            }
            let value = match field.row().shape {
                Shape::Links(_) => Value::List(ids.into_iter().map(Value::link).collect()),
                // Tools list every sprint an item was in; the last one is where it is.
                _ if field == Field::Sprint => ids.pop().map_or(Value::text(""), Value::link),
                _ => ids.into_iter().next().map_or(Value::text(""), Value::link),
            };
            entry.say(field, Some(value));
        }
    }

    /// Makes a sprint, a release, an objective or a persona of this name.
    fn found(&mut self, place: Place, name: &str) -> Option<Id> {
        let workspace = self.document.workspace();
        let id = self.wishes.ids.next(|id| workspace.is_spoken_for(id));
        let title = name.replace(char::is_control, " ").trim().to_owned();
        let field = if place == Place::Objectives { Field::Title } else { Field::Name };
        let record = Arc::new(Record::new(id.clone()).with(field, Value::text(&title)));
        self.act(Op::Insert { record, at: Spot::bottom(place) }).ok()?;
        self.names.call(place, &title, &id);
        if place == Place::Sprints {
            self.past.made.push(id.clone());
        }
        Some(id)
    }
}

fn title(entry: &Entry) -> &str {
    entry.text(if entry.section == Section::Item { Field::Title } else { Field::Name })
}

fn is_same(a: &Entry, b: &Entry) -> bool {
    a.fields == b.fields && a.links == b.links && a.done == b.done
}
