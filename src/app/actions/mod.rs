//! Everything a key can do: one row each, a file a topic. Dispatch, the hint line, `?`, the
//! palette and `docs/KEYS.md` all read these rows; a new action is a new row and nothing else.

mod add;
pub(super) mod against;
mod ask;
mod breakdown;
mod came;
mod capture;
mod check;
mod checkin;
mod cursor;
mod decision;
pub(super) mod delay;
mod drivers;
mod edit;
mod forecast;
mod felt;
mod form;
mod history;
mod iteration;
mod link;
mod marks;
mod matrix;
mod memory;
mod metric;
pub(super) mod note;
mod order;
mod outcomes;
mod pasted;
mod rank;
mod ranks;
mod rating;
mod rubric;
mod scope;
mod select;
mod session;
mod split;
mod sprint;
mod status;
mod story;
mod timeline;
pub(super) mod trade;
mod transfer;
mod triage;
mod windows;

use super::App;
use crate::workspace::{Id, Place};

pub use add::added;
pub use against::{Keeping, Moving};
pub use breakdown::{Parts, part};
pub use came::told;
pub(super) use capture::offer;
pub use decision::{Decision, review};
pub use edit::{copies, links_lost, removed};
pub use order::moves;
pub use scope::Scope;
pub use split::Half;
pub use status::{blocked, progress};
pub use story::is_met;
pub use timeline::{approved, quarters};
pub use trade::Trading;
pub use transfer::{crowded, finished, reopened, turned};
pub use triage::{Verdict, triaged};

/// Why an action can't be done now, in words.
pub type Reason = String;

/// How a command does the same without a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// It only looks, so there is nothing to do.
    Looks,
    /// By this one, as an example. `ID` is what the cursor is on, `ITEM` another item, `SPRINT`
    /// the sprint that is shown.
    Command(&'static str),
    /// By none, for this reason.
    Without(&'static str),
}

/// Something a key does.
#[derive(Debug)]
pub struct Action {
    /// Its name, for good.
    pub id: &'static str,
    /// The keys it has unless it is given others; none makes it one of the palette's own.
    pub keys: &'static [&'static str],
    /// Where they mean it.
    pub scope: Scope,
    /// What it does, in the words of help and palette.
    pub title: &'static str,
    /// What else people call it, phrases parted by commas: the palette finds it by these too.
    pub also: &'static str,
    /// What the hint line calls it, if it stands there.
    pub hint: Option<&'static str>,
    /// Whether `.` does it again.
    pub repeats: bool,

    /// Whether what it opens is worth a look where nothing can be changed.
    shows: bool,
    /// How a command does the same.
    pub script: Script,
    /// Why it can't be done now, if so.
    off: fn(&App) -> Option<Reason>,
    /// Does it.
    pub run: fn(&mut App),
}

impl Action {
    const fn new(
        id: &'static str,
        keys: &'static [&'static str],
        title: &'static str,
        run: fn(&mut App),
    ) -> Self {
        let off = |_: &App| None;
        let (scope, script) = (Scope::Items, Script::Looks);
        Self {
            id,
            keys,
            scope,
            title,
            also: "",
            hint: None,
            repeats: false,
            shows: false,
            script,
            off,
            run,
        }
    }

    const fn scope(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    const fn also(self, also: &'static str) -> Self {
        Self { also, ..self }
    }

    const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    const fn repeats(self) -> Self {
        Self { repeats: true, ..self }
    }

    /// What it opens is worth a look, also where nothing can be changed.
    const fn shows(self) -> Self {
        Self { shows: true, ..self }
    }

    /// It changes the workspace, as this command does.
    const fn command(self, example: &'static str) -> Self {
        Self { script: Script::Command(example), ..self }
    }

    /// It changes the workspace, and no command does the same.
    const fn no_command(self, why: &'static str) -> Self {
        Self { script: Script::Without(why), ..self }
    }

    const fn off(self, off: fn(&App) -> Option<Reason>) -> Self {
        Self { off, ..self }
    }
}

impl Action {
    /// Why it can't be done now, if so: what changes the workspace can't where nothing can be
    /// changed, rather than let one type what is refused then.
    pub fn why_off(&self, app: &App) -> Option<Reason> {
        let changes = matches!(self.script, Script::Command(_)) && !self.shows;
        let locked = app.locked().filter(|_| changes);
        locked.map(|why| format!("nothing can be changed: {why}")).or_else(|| (self.off)(app))
    }

    /// What it goes by: its title, then what else people call it, then its name.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let also = self.also.split(", ").filter(|phrase| !phrase.is_empty());
        std::iter::once(self.title).chain(also).chain([self.id])
    }
}

/// The action of this name.
pub fn named_by(id: &str) -> Option<&'static Action> {
    all().find(|action| action.id == id)
}

/// Every action, by topic, in the order of help.
pub fn all() -> impl Iterator<Item = &'static Action> + Clone {
    [
        cursor::ACTIONS,
        sprint::ACTIONS,
        order::ACTIONS,
        transfer::ACTIONS,
        select::ACTIONS,
        add::ACTIONS,
        edit::ACTIONS,
        capture::ACTIONS,
        triage::ACTIONS,
        felt::ACTIONS,
        status::ACTIONS,
        form::ACTIONS,
        link::ACTIONS,
        breakdown::ACTIONS,
        split::ACTIONS,
        story::ACTIONS,
        note::ACTIONS,
        rating::ACTIONS,
        came::ACTIONS,
        rank::ACTIONS,
        ask::ACTIONS,
        against::ACTIONS,
        ranks::ACTIONS,
        matrix::ACTIONS,
        delay::ACTIONS,
        drivers::ACTIONS,
        rubric::ACTIONS,
        forecast::ACTIONS,
        history::ACTIONS,
        marks::ACTIONS,
        memory::ACTIONS,
        timeline::ACTIONS,
        outcomes::ACTIONS,
        metric::ACTIONS,
        check::ACTIONS,
        checkin::ACTIONS,
        session::ACTIONS,
        windows::ACTIONS,
        iteration::ACTIONS,
    ]
    .into_iter()
    .flatten()
}

/// The first key of an action, where it has one.
pub fn key(id: &str) -> Option<&'static str> {
    all().find(|action| action.id == id)?.keys.first().copied()
}

/// There is no item to work on.
fn nothing_here(app: &App) -> Option<Reason> {
    let targets = app.targets();
    let is_item = |id| app.workspace().place_of(id).is_some_and(Place::holds_items);
    if targets.is_empty() && app.view.part().is_none() {
        return Some(if app.board.filter.is_empty() || !app.view.is_board() {
            format!("nothing is here · {} adds an item", app.key("add"))
        } else {
            format!("no match is here · {} shows everything", app.key("back"))
        });
    }
    let none = !targets.iter().any(is_item);
    none.then(|| format!("this is for items · {} shows what there is of it", app.key("form")))
}

/// There is nothing to edit.
fn nothing_to_edit(app: &App) -> Option<Reason> {
    (app.targets().is_empty() && app.view.part().is_none()).then(|| nothing_here(app)).flatten()
}

/// Why what was gone to is not under the cursor now.
fn unseen(app: &App) -> Reason {
    format!("the filter does not show it · {} shows everything", app.key("back"))
}

/// What a command worked on, in words: a name, or how many.
pub(super) fn named(app: &App, ids: &[Id]) -> String {
    app.workspace().named(ids)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_action_has_words_and_a_name_of_its_own() {
        let mut ids = HashSet::new();
        for action in all() {
            assert!(!action.title.is_empty() && ids.insert(action.id), "{}", action.id);
            let palette = action.scope.in_view();
            assert!(palette || !action.keys.is_empty(), "{} can't be reached", action.id);
        }
    }
}
