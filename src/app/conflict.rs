//! Fields of which a merge kept two values: shown with both, and decided with one key each.

use super::choice::{Choice, Choices};
use super::{App, Window, detail};
use crate::workspace::{Clash, Id, Value, clashes, keep_mine, take_theirs};
use std::rc::Rc;

/// The fields of a record with two values, as a band for the strip under the board.
pub fn band(app: &App, id: &Id) -> Option<(String, String)> {
    let clashes = clashes(app.workspace().get(id)?);
    let said = |clash: &Clash| {
        let [mine, theirs] = both(app, clash);
        format!("{}: {mine} | {theirs}", label(clash))
    };
    let words: Vec<String> = clashes.iter().map(said).collect();
    let decides = format!("{} decides", app.key("banner"));
    (!words.is_empty())
        .then(|| ("two values".to_owned(), format!("{} ({decides})", words.join(" · "))))
}

/// Whether the item under the cursor has two values for something.
pub(super) fn asks(app: &App) -> bool {
    app.current().is_some_and(|record| !clashes(record).is_empty())
}

/// Asks which value the first of them shall have.
pub(super) fn choices(app: &mut App) {
    let Some(record) = app.current() else { return };
    let Some(clash) = clashes(record).into_iter().next() else { return };
    let id = record.id().clone();
    let title =
        format!("{} of {} has two values", label(&clash), detail::linked(app.reading(), &id));
    let [mine, theirs] = both(app, &clash);
    let answer = |key: char, words: &str, value: &str, take: bool| {
        let (id, clash) = (id.clone(), clash.clone());
        Choice::new(key, words, value, Rc::new(move |app: &mut App| decide(app, &id, &clash, take)))
    };
    let answers =
        vec![answer('m', "keep mine", &mine, false), answer('t', "take theirs", &theirs, true)];
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), answers)));
}

fn decide(app: &mut App, id: &Id, clash: &Clash, take: bool) {
    let Some(record) = app.workspace().get(id) else { return };
    let op = if take { take_theirs(record, clash) } else { Some(keep_mine(record, clash)) };
    let Some(op) = op else {
        return app.refuse("this version does not know the field; update twohats to take theirs");
    };
    let which = if take { "took theirs" } else { "kept mine" };
    if app.commit(format!("{which}: {}", label(clash)), op) && asks(app) {
        choices(app);
    }
}

fn label(clash: &Clash) -> String {
    clash.field.map_or_else(|| clash.name.to_string(), |field| field.row().label.to_owned())
}

/// My value and theirs, in words.
fn both(app: &App, clash: &Clash) -> [String; 2] {
    let words = |value: Option<&Value>| match (value, clash.field) {
        (None, _) => "nothing".to_owned(),
        (Some(value), Some(field)) => detail::field(app.reading(), field, value),
        (Some(value), None) => detail::words(app.reading(), value),
    };
    [words(clash.mine.as_ref()), words(Some(&clash.theirs))]
}
