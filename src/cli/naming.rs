//! Which record is meant: by its id, any beginning of it that no other id has, or what another tool
//! calls it.

use super::failure::Failure;
use crate::workspace::{Content, Field, Found, Id, Place, Record, Workspace};

/// The words for the two records without an id of their own.
const WORDS: [(&str, &str); 2] = [("product", Content::PRODUCT), ("settings", Content::SETTINGS)];

/// The record that `text` names. An id goes before the name that another tool has for one.
pub(super) fn one(workspace: &Workspace, text: &str) -> Result<Id, Failure> {
    one_of(workspace, text, |_| true)
}

/// The same; where several could be meant, only those in places that `fit`.
pub(super) fn one_of(
    workspace: &Workspace,
    text: &str,
    fit: impl Fn(Place) -> bool,
) -> Result<Id, Failure> {
    let fits = |id: &Id| workspace.place_of(id).is_some_and(&fit);
    if text.is_empty() {
        return Err(Failure::Usage("an id is empty; `twohats list` shows the ids".into()));
    }
    let found = match workspace.find_among(text, fits) {
        Found::Nothing => elsewhere(workspace, text),
        Found::One(id) => vec![id],
        Found::Several(ids) => ids,
    };
    if found.is_empty() {
        return Err(Failure::Undone(format!(
            "no id begins with “{text}”, and nothing is called that elsewhere; `twohats list` \
             shows the ids"
        )));
    }
    only(workspace, text, &found)
}

/// The one record that was found for `text`.
///
/// # Errors
/// Several were, and any could be meant.
pub(super) fn only(workspace: &Workspace, text: &str, found: &[Id]) -> Result<Id, Failure> {
    match found {
        [id] => Ok(id.clone()),
        several => {
            let line = |id: &Id| {
                let record = workspace.get(id);
                format!("{id}  {}", record.map_or("", |record| record.title()))
            };
            let candidates = several.iter().map(line).collect();
            Err(Failure::Ambiguous { prefix: format!("“{text}”"), candidates })
        }
    }
}

/// What came from a tool that calls it this: `PR-12`, in capitals or not.
fn elsewhere(workspace: &Workspace, key: &str) -> Vec<Id> {
    let is_it = |record: &Record| {
        let own = record.get(Field::External).and_then(|from| from.get("key")?.as_text());
        own.is_some_and(|own| own.eq_ignore_ascii_case(key))
    };
    let found = workspace.content().records().filter(|record| is_it(record));
    found.map(|record| record.id().clone()).collect()
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
        let id = one_of(workspace, text, Place::holds_items)?;
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
