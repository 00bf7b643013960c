//! Copies that tools which sync left beside the file: brought in when the person says so.

use super::choice::{Choice, Choices};
use super::{App, Effect, Window};
use std::rc::Rc;

/// That there are some, in a line.
pub(super) fn banner(copies: &[String]) -> Option<String> {
    match copies {
        [] => None,
        [_] => Some("a tool that syncs left a copy of this file beside it".to_owned()),
        many => Some(format!("tools that sync left {} copies of this file beside it", many.len())),
    }
}

/// Opens what can be done with them.
pub(super) fn choices(app: &mut App) {
    let Some(title) = banner(&app.saving.copies) else { return };
    let about = app.saving.copies.clone();
    let later = Choice::new('l', "decide later", "", Rc::new(|app: &mut App| forget(app)));
    let merge = Choice::new('m', "merge", "the copy goes to the backups", Rc::new(merge));
    app.windows.push(Window::Choices(Choices::new(title, about, vec![later, merge])));
}

fn merge(app: &mut App) {
    let merges = std::mem::take(&mut app.saving.copies).into_iter().map(Effect::MergeCopy);
    app.effects.extend(merges);
}

fn forget(app: &mut App) {
    app.saving.copies.clear();
}
