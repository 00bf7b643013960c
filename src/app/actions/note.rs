//! Words around an item: a note to the other hat, a copy as Markdown, the page it came from.

use super::{Action, Scope, named, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::picker::{Pick, Picker};
use crate::app::prompt::Prompt;
use crate::app::{App, Effect, Window, detail};
use crate::insight::notes::{self, Note};
use crate::workspace::{Field, Hat, Id, Op, Record, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("note", &["n"], "a note to the other hat, or the answer to its note", write)
        .also("comment, message, mention")
        .command("set ID note_to.hat=pm note_to.text='split it?' note_to.on=today")
        .off(nothing_here),
    Action::new("notes", &[], "notes that wait for you, and answers that came", list)
        .scope(Scope::Anywhere)
        .off(|app| {
            let none = mine(app).is_empty();
            none.then(|| format!("no note waits for the {}", role(app.board.hat)))
        }),
    Action::new("copy-markdown", &["Y"], "copy as Markdown", |app| {
        let ids = app.targets();
        let texts: Vec<String> = ids.iter().filter_map(|id| markdown(app, id)).collect();
        app.say(format!("copied as Markdown: {}", named(app, &ids)));
        app.effects.push(Effect::Copy(texts.join("\n")));
    })
    .off(nothing_here),
    Action::new("open-link", &["gx"], "open its page in the browser", |app| {
        if let Some(url) = app.current().and_then(address) {
            app.say(format!("opening {url}"));
            app.effects.push(Effect::Browse(url));
        }
    })
    .off(|app| {
        let none = app.current().and_then(address).is_none();
        nothing_here(app).or_else(|| {
            none.then(|| "no address is in it: neither where it came from nor in its notes".into())
        })
    }),
];

fn role(hat: Hat) -> &'static str {
    match hat {
        Hat::Pm => "manager",
        Hat::Po => "owner",
    }
}

/// Answers the note under the cursor where it waits for this hat; else writes one. The owner has
/// ready-made ones.
fn write(app: &mut App) {
    let (old, hat) = (app.current().and_then(notes::of), app.board.hat);
    if let Some(note) = old.as_ref().filter(|note| note.waits() && note.to == hat) {
        let label = format!("the {} says “{}”; you answer", role(hat.other()), note.text);
        return Prompt::ask(app, label, "", answer);
    }
    let old = old.filter(Note::waits).map(|note| note.text).unwrap_or_default();
    if hat == Hat::Pm || !old.is_empty() {
        return ask(app, &old, note);
    }
    let letters = ['t', 'u', 'b', 'c'];
    let kinds = notes::KINDS.into_iter().zip(letters).zip(KINDED);
    let choice = |((kind, letter), then): ((&'static str, char), Then)| {
        let more = move |app: &mut App| {
            Prompt::ask(app, format!("{kind}; more words, or none"), "", then);
        };
        Choice::new(letter, kind, "", Rc::new(more))
    };
    let mut choices: Vec<Choice> = kinds.map(choice).collect();
    let own = Rc::new(|app: &mut App| ask(app, "", note));
    choices.push(Choice::new('w', "in other words", "", own));
    let title = format!("to the manager: {}", named(app, &app.targets()));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices)));
}

fn ask(app: &mut App, text: &str, then: Then) {
    let to = role(app.board.hat.other());
    Prompt::ask(app, format!("to the {to} (empty takes it away)"), text, then);
}

/// What is done with what is typed.
type Then = fn(&mut App, &str);

/// For each ready-made note what is done with the words behind it.
const KINDED: [Then; 4] = [kinded::<0>, kinded::<1>, kinded::<2>, kinded::<3>];

fn kinded<const KIND: usize>(app: &mut App, more: &str) {
    let kind = notes::KINDS[KIND];
    match more.trim() {
        "" => note(app, kind),
        more => note(app, &format!("{kind}: {more}")),
    }
}

fn note(app: &mut App, text: &str) {
    let ids = app.targets();
    let to = app.board.hat.other();
    let text = text.trim();
    let value = (!text.is_empty()).then(|| Note::written(to, text, app.today));
    let edit = |id: &Id| {
        let changes = app.workspace().get(id)?.get(Field::NoteTo) != value.as_ref();
        let value = value.clone();
        changes.then(|| Op::Edit { id: id.clone(), field: Field::NoteTo, value })
    };
    let ops = ids.iter().filter_map(edit).collect();
    let words = if value.is_some() { "noted to the" } else { "no note to the" };
    app.commit(format!("{words} {}: {}", role(to), named(app, &ids)), Op::Batch(ops));
}

fn answer(app: &mut App, text: &str) {
    let Some(record) = app.current().filter(|_| !text.trim().is_empty()) else { return };
    let Some(value) = Note::answered(record, text.trim()) else { return };
    let op = Op::set(record.id(), Field::NoteTo, value);
    let words = format!("answered the {}: {}", role(app.board.hat.other()), record.title());
    app.commit(words, op);
}

/// The notes that wait for the hat that is on, and behind them the answers to its own.
fn mine(app: &App) -> Vec<Note> {
    let hat = app.board.hat;
    let mut all = notes::all(app.workspace());
    all.retain(|note| note.waits() == (note.to == hat));
    all
}

fn list(app: &mut App) {
    let pick = |note: &Note| Pick {
        id: Some(note.item.clone()),
        title: detail::linked(app.reading(), &note.item),
        about: told(app, note),
    };
    let picks: Vec<Pick> = mine(app).iter().map(pick).collect();
    let waiting = notes::waiting(app.workspace(), app.board.hat).len();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            super::link::jump(app, &id);
        }
    };
    let title = format!("{waiting} notes wait for the {}", role(app.board.hat));
    app.windows.push(Window::Picker(Picker::one(title, picks, Rc::new(go))));
}

/// A note and its answer, in words.
fn told(app: &App, note: &Note) -> String {
    let answer = note.answer.as_ref().map(|answer| format!("answered: {answer}"));
    let day = note.on.map(|on| app.preferences.dates.show(on));
    let parts = [Some(note.text.clone()), answer, day];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What the strip says of the note on an item, with the key that answers it.
pub(in crate::app) fn band(app: &App, id: &Id) -> Option<(String, String)> {
    let note = notes::of(app.workspace().get(id)?)?;
    let label = format!("the {} says", role(note.to.other()));
    let mut text = told(app, &note);
    if note.waits() && note.to == app.board.hat {
        text = format!("{text} · {} answers", app.key("note"));
    }
    Some((label, text))
}

/// The address an item came from, or the first one in its notes. Only pages: a file could name
/// any program otherwise.
fn address(record: &Record) -> Option<String> {
    let external = record.get(Field::External).and_then(|outside| outside.get("url"));
    let words = record.text(Field::Notes).split_whitespace();
    let all = external.and_then(Value::as_text).into_iter().chain(words);
    let is_page = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
    let plain = |word: &str| word.chars().all(|c| c.is_ascii_graphic());
    all.map(|word| word.trim_matches(['(', ')', '<', '>', ',', '.', '"']))
        .find(|word| is_page(word) && plain(word))
        .map(str::to_owned)
}

/// An item as Markdown: a heading, its facts as a list, its story, criteria and notes.
pub fn markdown(app: &App, id: &Id) -> Option<String> {
    let workspace = app.workspace();
    let record = workspace.get(id)?;
    let mut parts = vec![format!("## {}", record.title()), facts(app, record).join("\n")];
    let story = record.get(Field::Story);
    parts.extend(story.map(|story| detail::field(app.reading(), Field::Story, story)));
    parts.push(record.list(Field::Acceptance).iter().map(criterion).collect::<Vec<_>>().join("\n"));
    parts.push(record.text(Field::Notes).to_owned());
    parts.retain(|part| !part.is_empty());
    Some(parts.join("\n\n") + "\n")
}

/// The fields of a line each, and how the score comes about.
fn facts(app: &App, record: &Record) -> Vec<String> {
    let workspace = app.workspace();
    let long = [Field::Title, Field::Story, Field::Acceptance, Field::Notes, Field::Conflict];
    let fields = record.fields().filter(|(field, _)| !long.contains(field));
    let mut facts: Vec<String> = fields
        .map(|(field, value)| {
            format!("- {}: {}", field.row().label, detail::field(app.reading(), field, value))
        })
        .collect();
    if let Some(place) = workspace.place_of(record.id()).filter(|place| place.holds_items()) {
        let framework = app.framework(place.hat());
        facts.push(format!("- {}: {}", framework.name, framework.explain(record)));
    }
    facts
}

fn criterion(value: &Value) -> String {
    let met = value.get("met") == Some(&Value::Flag(true));
    let words = value.get("text").and_then(Value::as_text).unwrap_or_default();
    format!("- [{}] {words}", if met { 'x' } else { ' ' })
}
