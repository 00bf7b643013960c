//! What an item is part of, serves, waits for: picking links, and going along them.

use super::{Action, Scope, named, nothing_here, unseen};
use crate::app::choice::{Choice, Choices};
use crate::app::form::{self, Form};
use crate::app::picker::{Pick, Picker, picks};
use crate::app::{App, Window, detail};
use crate::insight::chains::{Chain, chains};
use crate::workspace::{Field, Id, Op, Place, Shape, Value};
use std::collections::HashSet;
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("links", &["@"], "links: what it is part of, serves, goes out with", links)
        .also("parent, epic, objective, release, relation")
        .shows()
        .command("set ID parent=ITEM")
        .off(nothing_here),
    Action::new("waits", &["w"], "what it waits for", |app| pick(app, Field::BlockedBy))
        .also("blocked by, depends on, dependency")
        .command("set ID blocked_by+=ITEM")
        .off(nothing_here),
    Action::new("chains", &[], "chains: what waits for what waits for what", blocked)
        .scope(Scope::Anywhere),
    Action::new("jump-back", &["ctrl-o"], "back to where a link was followed from", |app| {
        if let Some(id) = app.trail.pop() {
            app.go_to(&id);
        }
    })
    .off(|app| app.trail.is_empty().then(|| "no link was followed yet".to_owned())),
];

/// The links one can set, each with its letter.
const SETTABLE: [(char, Field); 6] = [
    ('p', Field::Parent),
    ('o', Field::Objective),
    ('u', Field::Persona),
    ('r', Field::Release),
    ('s', Field::Sprint),
    ('e', Field::Evidence),
];

fn links(app: &mut App) {
    let ids = app.targets();
    let mut choices: Vec<Choice> = SETTABLE
        .into_iter()
        .map(|(key, field)| {
            let about = app.current().and_then(|record| record.get(field));
            let about = about.map(|value| detail::field(app.reading(), field, value));
            let set = move |app: &mut App| pick(app, field);
            Choice::new(key, field.row().label, about.unwrap_or_default(), Rc::new(set))
        })
        .collect();
    choices.extend(jumps(app));
    let title = format!("links of {}", named(app, &ids));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices)));
}

/// The records this one links to, or that link to it, to go there: the first nine.
fn jumps(app: &App) -> Vec<Choice> {
    let Some(record) = app.current() else { return Vec::new() };
    let mut ids: Vec<(String, Id)> = Vec::new();
    for (field, value) in record.fields() {
        value.each_link(&mut |id| ids.push((field.row().label.to_owned(), id.clone())));
    }
    let workspace = app.workspace();
    let back = [
        ("child", workspace.children(record.id())),
        ("awaited by", workspace.waiting_for(record.id())),
    ];
    for (word, from) in back {
        ids.extend(from.into_iter().map(|id| (word.to_owned(), id)));
    }
    ids.retain(|(_, id)| workspace.contains(id));
    ids.into_iter()
        .zip('1'..='9')
        .map(|((word, id), key)| {
            let title = detail::linked(app.reading(), &id);
            Choice::new(key, format!("→ {title}"), word, Rc::new(move |app| jump(app, &id)))
        })
        .collect()
}

/// Goes to a record and remembers the way back; what stands on no board opens as a form.
pub(super) fn jump(app: &mut App, id: &Id) {
    if app.workspace().place_of(id).is_some_and(Place::holds_items) {
        app.trail.extend(app.cursor().cloned());
        if app.go_to(id) {
            app.say(format!("{} goes back", app.key("jump-back")));
        } else {
            app.refuse(unseen(app));
        }
    } else if let Some(form) = Form::of(app, id) {
        form::open(app, form);
    }
}

/// Shows every chain of what waits, the longest first, to go to what holds it up.
fn blocked(app: &mut App) {
    let found = chains(app.workspace());
    if found.is_empty() {
        return app.say("nothing waits for anything that is not done");
    }
    let pick = |chain: &Chain| {
        let names = chain.items.iter().map(|id| detail::linked(app.reading(), id));
        Pick {
            id: chain.items.last().cloned(),
            title: names.collect::<Vec<_>>().join(" → "),
            about: chain.size(),
        }
    };
    let picks = found.iter().map(pick).collect();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            jump(app, &id);
        }
    };
    let title = "what waits; Enter goes to what it all waits for".to_owned();
    app.windows.push(Window::Picker(Picker::one(title, picks, Rc::new(go))));
}

/// Asks for the records that a link field of the targets is to name.
fn pick(app: &mut App, field: Field) {
    let ids = app.targets();
    let title = format!("{}: {}", field.row().label, named(app, &ids));
    let then = move |app: &mut App, picked: Vec<Option<Id>>| set(app, field, &picked);
    let picker = match field.row().shape {
        Shape::Links(places) => {
            let chosen: HashSet<Id> = app
                .current()
                .map(|record| record.links(field).cloned().collect())
                .unwrap_or_default();
            let all = picks(app.workspace(), places, &ids);
            Picker::several(title, all, chosen, Rc::new(then))
        }
        Shape::Link(places) => {
            let nothing = Pick { id: None, title: "nothing".into(), about: String::new() };
            let mut all = picks(app.workspace(), places, &ids);
            let held = app.current().is_some_and(|record| record.get(field).is_some());
            all.insert(if held { 0 } else { all.len() }, nothing);
            Picker::one(title, all, Rc::new(then))
        }
        _ => return,
    };
    app.windows.push(Window::Picker(picker));
}

/// Lets every target link to what was picked.
fn set(app: &mut App, field: Field, picked: &[Option<Id>]) {
    let ids = app.targets();
    let links: Vec<&Id> = picked.iter().flatten().collect();
    let value = |own: &Id| {
        let mut links = links.iter().filter(|id| **id != own).map(|id| Value::link((*id).clone()));
        match field.row().shape {
            Shape::Links(_) => {
                let links: Vec<Value> = links.collect();
                (!links.is_empty()).then_some(Value::list(links))
            }
            _ => links.next(),
        }
    };
    let edit = |id: &Id| {
        let value = value(id);
        let changes = app.workspace().get(id)?.get(field) != value.as_ref();
        changes.then(|| Op::Edit { id: id.clone(), field, value })
    };
    let ops: Vec<Op> = ids.iter().filter_map(edit).collect();
    let names: Vec<String> = links.iter().map(|id| detail::linked(app.reading(), id)).collect();
    let to = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let label = field.row().label;
    app.commit(format!("{label} {to}: {}", named(app, &ids)), Op::Batch(ops));
}
