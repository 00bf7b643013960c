//! What is asked for most.

use super::{Action, Scope, link};
use crate::app::picker::{Pick, Picker};
use crate::app::{App, Window};
use crate::insight::felt::{self, Felt};
use crate::workspace::Id;
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("felt", &["gf"], "most felt: the items that are asked for most", show)
        .scope(Scope::Anywhere)
        .off(|app| {
            let inbox = app.key("inbox");
            let none = || format!("nothing speaks for any item yet · {inbox} links what came in");
            (!app.is_felt()).then(none)
        })];

/// Lists the items that anybody asked for, those with most votes first, to go there.
fn show(app: &mut App) {
    let pick = |(id, felt): (Id, Felt)| {
        let title = app.workspace().get(&id)?.title().to_owned();
        Some(Pick { title, about: felt.words(), id: Some(id) })
    };
    let picks: Vec<Pick> = felt::most(app.workspace()).into_iter().filter_map(pick).collect();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            link::jump(app, &id);
        }
    };
    app.windows.push(Window::Picker(Picker::one("most felt first".into(), picks, Rc::new(go))));
}
