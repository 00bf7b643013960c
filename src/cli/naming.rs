//! Which record is meant: by its id, or any beginning of it that no other id has.

use super::failure::Failure;
use crate::workspace::{Content, Found, Id, Workspace};

/// The words for the two records without an id of their own.
const WORDS: [(&str, &str); 2] = [("product", Content::PRODUCT), ("settings", Content::SETTINGS)];

/// The record that `text` names.
pub(super) fn one(workspace: &Workspace, text: &str) -> Result<Id, Failure> {
    match workspace.find(text) {
        Found::One(id) => Ok(id),
        Found::Nothing => {
            Err(Failure::Undone(format!("no id begins with “{text}”; `twohats list` shows them")))
        }
        Found::Several(ids) => {
            let line = |id: &Id| {
                let record = workspace.get(id);
                format!("{id}  {}", record.map_or("", |record| record.title()))
            };
            let candidates = ids.iter().map(line).collect();
            Err(Failure::Ambiguous { prefix: format!("“{text}”"), candidates })
        }
    }
}

/// The records that `texts` name, each once, in their order.
pub(super) fn all(workspace: &Workspace, texts: &[String]) -> Result<Vec<Id>, Failure> {
    collect(texts, |text| one(workspace, text))
}

/// The same, where `product` and `settings` are named by their words.
pub(super) fn all_and_words(workspace: &Workspace, texts: &[String]) -> Result<Vec<Id>, Failure> {
    collect(texts, |text| match WORDS.iter().find(|(word, _)| *word == text) {
        Some((_, id)) => Ok(Id::new(id)),
        None => one(workspace, text),
    })
}

/// Items only.
pub(super) fn items(workspace: &Workspace, texts: &[String]) -> Result<Vec<Id>, Failure> {
    collect(texts, |text| {
        let id = one(workspace, text)?;
        let place = workspace.place_of(&id).filter(|place| place.holds_items());
        match place {
            Some(_) => Ok(id),
            None => Err(Failure::Undone(format!("{id} is not an item"))),
        }
    })
}

fn collect(
    texts: &[String],
    find: impl Fn(&str) -> Result<Id, Failure>,
) -> Result<Vec<Id>, Failure> {
    let mut ids = Vec::new();
    for text in texts {
        let id = find(text)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// What was worked on, in words: a title, or how many.
pub(super) fn named(workspace: &Workspace, ids: &[Id]) -> String {
    match ids {
        [id] => workspace.get(id).map_or(String::new(), |record| match id.as_str() {
            Content::PRODUCT => "the product".to_owned(),
            Content::SETTINGS => "the settings".to_owned(),
            _ => record.title().to_owned(),
        }),
        _ => format!("{} items", ids.len()),
    }
}
