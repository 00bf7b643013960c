//! Going through what is wrong or missing.

use super::{Action, Scope, link};
use crate::app::picker::{Pick, Picker};
use crate::app::{App, Window};
use crate::insight::check::{self, Finding};
use crate::workspace::Id;
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("check", &[], "check: what is wrong or missing", ask).scope(Scope::Anywhere)];

/// Shows all that is found, the most serious first, to go there.
fn ask(app: &mut App) {
    let found = check::all(app.workspace(), app.survey());
    if found.is_empty() {
        return app.say("nothing is wrong or missing");
    }
    let title = format!("{} to mend", found.len());
    let picks = found.iter().map(|finding| pick(app, finding)).collect();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            link::jump(app, &id);
        }
    };
    app.windows.push(Window::Picker(Picker::one(title, picks, Rc::new(go))));
}

fn pick(app: &App, finding: &Finding) -> Pick {
    let record = app.workspace().get(&finding.id);
    let title = record.map_or("", |record| record.title());
    let about = format!("{} mends it", app.key(finding.rule.mend));
    Pick {
        id: Some(finding.id.clone()), title: format!("{} · {title}", finding.rule.words), about
    }
}
