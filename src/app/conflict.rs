//! What a merge kept two values of: shown with both, and decided with one key each.

use super::choice::{Choice, Choices};
use super::detail::Reading;
use super::{App, Effect, Window, detail};
use crate::workspace::{Clash, Content, Id, Op, Stand, Value, clashes, keep_mine, take_theirs};
use jiff::civil::DateTime;
use std::rc::Rc;

/// What of a record has two values, as a band for the strip under the board.
pub fn band(app: &App, id: &Id) -> Option<(String, String)> {
    let clashes = clashes(app.workspace(), app.workspace().get(id)?);
    let said = |clash: &Clash| {
        let [holds, other] = both(app.reading(), clash);
        format!("{}: {holds} holds | the other: {other}", label(clash))
    };
    let words: Vec<String> = clashes.iter().map(said).collect();
    let decides = format!("{} decides", app.key("banner"));
    (!words.is_empty())
        .then(|| ("two values".to_owned(), format!("{} ({decides})", words.join(" · "))))
}

/// How much has two values, in a line, wherever it is.
pub(super) fn banner(app: &App) -> Option<String> {
    let mut open = everywhere(app);
    let (id, clash) = open.next()?;
    Some(match 1 + open.count() {
        1 => format!("{} of {} has two values", label(&clash), whose(app, &id)),
        many => format!("{many} fields have two values since a merge"),
    })
}

/// All that has two values, product and settings first: those are looked at always.
fn everywhere(app: &App) -> impl Iterator<Item = (Id, Clash)> {
    let own = [Content::PRODUCT, Content::SETTINGS].map(Id::new);
    let others = app.disputed().iter().filter(|id| !own.contains(id)).cloned();
    let ids: Vec<Id> = own.iter().cloned().chain(others).collect();
    ids.into_iter().flat_map(|id| of(app, &id).into_iter().map(move |clash| (id.clone(), clash)))
}

fn of(app: &App, id: &Id) -> Vec<Clash> {
    let record = app.workspace().get(id);
    record.map_or_else(Vec::new, |record| clashes(app.workspace(), record))
}

/// What is to be decided: of what is under the cursor, else the first of all.
fn open(app: &App) -> Option<(Id, Clash)> {
    let here = app.cursor().cloned();
    let here = here.and_then(|id| Some((id.clone(), of(app, &id).into_iter().next()?)));
    here.or_else(|| everywhere(app).next())
}

/// Whether anything has two values.
pub(super) fn asks(app: &App) -> bool {
    open(app).is_some()
}

/// Goes to the first thing that has two values, where it is an item, and asks which it shall have.
pub(super) fn choices(app: &mut App) {
    let Some((id, clash)) = open(app) else { return };
    let from = app.cursor().cloned();
    if from.as_ref() != Some(&id) && app.go_to(&id) {
        app.trail.extend(from);
    }
    let title = format!("{} of {} has two values", label(&clash), whose(app, &id));
    let [holds, other] = both(app.reading(), &clash);
    let answer = |key: char, words: &str, value: &str, take: bool| {
        let (id, clash) = (id.clone(), clash.clone());
        Choice::new(key, words, value, Rc::new(move |app: &mut App| decide(app, &id, &clash, take)))
    };
    // Whose is whose is another matter on another screen: what holds is the same on all of them.
    let answers = vec![
        answer('h', "keep what holds", &holds, false),
        answer('o', "take the other", &other, true),
    ];
    let news = std::mem::take(&mut app.saving.news);
    let between = Some((id.clone(), clash.name.clone()));
    let mut choices = Choices::new(title, news, answers);
    choices.between = between;
    app.windows.push(Window::Choices(choices));
    app.effects.push(Effect::DateValues(id, Box::new(clash)));
}

/// Says beside each of two values when it was written, while it is still asked which shall hold.
pub(super) fn dated(app: &mut App, id: &Id, name: &str, at: [Option<DateTime>; 2]) {
    let reading = app.reading();
    let said = |at: DateTime| {
        // Before the value, which may be longer than the window.
        format!("written {} {:02}:{:02} · ", reading.dates.show(at.date()), at.hour(), at.minute())
    };
    let said = at.map(|at| at.map_or(String::new(), said));
    let Some(Window::Choices(choices)) = app.windows.last_mut() else { return };
    if choices.between.take_if(|(of, what)| of == id && **what == *name).is_none() {
        return;
    }
    for (choice, said) in choices.choices.iter_mut().zip(said) {
        choice.about.insert_str(0, &said);
    }
}

fn decide(app: &mut App, id: &Id, clash: &Clash, take: bool) {
    let Some(record) = app.workspace().get(id) else { return };
    let done = keep_mine(record, clash);
    let op = match take_theirs(app.workspace(), record, clash) {
        _ if !take => done,
        Some(taken) => Op::Batch(vec![taken, done]),
        None => {
            let why = "this version does not know the field; update twohats to take the other";
            return app.refuse(why);
        }
    };
    let which = if take { "took the other" } else { "kept what holds" };
    if app.commit(format!("{which}: {}", label(clash)), op) && asks(app) {
        choices(app);
    }
}

fn whose(app: &App, id: &Id) -> String {
    detail::linked(app.reading(), id)
}

/// What has two values, in a word or two.
pub fn label(clash: &Clash) -> String {
    clash.field.map_or_else(|| clash.name.to_string(), |field| field.row().label.to_owned())
}

/// The value that holds and the one that is kept beside it, in words.
pub fn both(reading: Reading, clash: &Clash) -> [String; 2] {
    if let Some(both) = &clash.moved {
        return both.each_ref().map(|stand| standing(reading, stand));
    }
    let words = |value: Option<&Value>| match (value, clash.field) {
        (None, _) => "nothing".to_owned(),
        (Some(value), Some(field)) => detail::field(reading, field, value),
        (Some(value), None) => detail::words(reading, value),
    };
    [words(clash.mine.as_ref()), words(Some(&clash.theirs))]
}

fn standing(reading: Reading, stand: &Stand) -> String {
    let place = stand.place.words();
    match &stand.after {
        None => format!("first in {place}"),
        Some(id) => format!("in {place} after {}", detail::linked(reading, id)),
    }
}
