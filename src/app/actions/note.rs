//! Words around an item: a note to the other hat, a copy as Markdown, the page it came from.

use super::{Action, named, nothing_here};
use crate::app::prompt::Prompt;
use crate::app::{App, Effect, detail};
use crate::workspace::{Field, Hat, Id, Op, Record, Value};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("note", &["n"], "a note to the other hat", |app| {
        let to = role(app.board.hat.other());
        let old = app.current().and_then(|record| record.get(Field::NoteTo)?.get("text"));
        let old = old.and_then(Value::as_text).unwrap_or_default().to_owned();
        Prompt::ask(app, format!("to the {to} (empty takes it away)"), &old, note);
    })
    .off(nothing_here),
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

fn note(app: &mut App, text: &str) {
    let ids = app.targets();
    let to = app.board.hat.other();
    let value = (!text.trim().is_empty()).then(|| {
        Value::Map(vec![
            ("hat".into(), Value::text(to.key())),
            ("text".into(), Value::text(text.trim())),
            ("on".into(), Value::Date(app.today)),
        ])
    });
    let edit = |id: &Id| {
        let changes = app.workspace().get(id)?.get(Field::NoteTo) != value.as_ref();
        let value = value.clone();
        changes.then(|| Op::Edit { id: id.clone(), field: Field::NoteTo, value })
    };
    let ops = ids.iter().filter_map(edit).collect();
    let words = if value.is_some() { "noted to the" } else { "no note to the" };
    app.commit(format!("{words} {}: {}", role(to), named(app, &ids)), Op::Batch(ops));
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
