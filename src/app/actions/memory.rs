//! What is kept between sessions: filters with a name, workspaces that were open.

use super::{Action, Scope};
use crate::app::choice::{Choice, Choices, LETTERS};
use crate::app::filter::Filter;
use crate::app::prompt::Prompt;
use crate::app::{App, Effect, Window, bring, send};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("keep-filter", &[], "keep this filter under a name", |app| {
        Prompt::ask(app, "a name for this filter".into(), "", keep);
    })
    .scope(Scope::Anywhere)
    .off(|app| {
        let none = app.board.filter.is_empty();
        none.then(|| format!("no filter is on · {} sets one", app.key("filter")))
    }),
    Action::new("kept-filters", &["g/"], "filters with a name", choose).scope(Scope::Anywhere).off(
        |app| {
            let none = app.filters.is_empty();
            none.then(|| "none is kept yet · set one with /, then : keep this filter".to_owned())
        },
    ),
    Action::new("forget-filter", &[], "forget a filter with a name", |app| {
        let forget = |app: &mut App, name: &str| {
            app.filters.remove(name);
            app.say(format!("forgot {name}"));
            remember(app);
        };
        filters(app, "forget which", forget);
    })
    .scope(Scope::Anywhere)
    .off(|app| app.filters.is_empty().then(|| "none is kept".to_owned())),
    Action::new("import", &[], "import a file of another tool", bring::ask)
        .also("csv, jira, github, trello")
        .scope(Scope::Anywhere)
        .off(|app| app.locked().map(|why| format!("nothing can be changed: {why}"))),
    Action::new("export", &[], "export to a file, for another tool or for people", send::ask)
        .also("share, csv, markdown, html")
        .scope(Scope::Anywhere),
    Action::new("recent", &[], "open a workspace that was open lately", recent)
        .also("open file, switch")
        .scope(Scope::Anywhere)
        .off(|app| {
            let none = app.recent.is_empty();
            let unsaved = app.saving.problem.is_some();
            none.then(|| "no other was open".to_owned()).or_else(|| {
                unsaved.then(|| {
                    format!("this one is not saved · {} for what to do", app.key("banner"))
                })
            })
        }),
];

fn remember(app: &mut App) {
    let memory = app.memory();
    app.effects.push(Effect::Remember(memory));
}

fn keep(app: &mut App, name: &str) {
    let name = name.trim();
    if name.is_empty() {
        return app.refuse("a filter is kept under a name; nothing was kept");
    }
    let text = app.board.filter.text().trim().to_owned();
    app.filters.insert(name.to_owned(), text);
    app.say(format!("kept as {name} · g/ finds it again"));
    remember(app);
}

fn choose(app: &mut App) {
    filters(app, "which filter", |app, name| {
        let text = app.filters.get(name).cloned().unwrap_or_default();
        app.board.filter = Filter::parse(&text);
    });
}

fn filters(app: &mut App, title: &str, then: fn(&mut App, &str)) {
    let choices = app.filters.iter().zip(LETTERS.chars()).map(|((name, text), key)| {
        let (chosen, name) = (name.clone(), name.clone());
        Choice::new(key, name, text.clone(), Rc::new(move |app: &mut App| then(app, &chosen)))
    });
    let choices = choices.collect();
    app.windows.push(Window::Choices(Choices::new(title.to_owned(), Vec::new(), choices)));
}

fn recent(app: &mut App) {
    let choices = app.recent.iter().zip(LETTERS.chars()).map(|(path, key)| {
        let (chosen, path) = (path.clone(), path.clone());
        let open = move |app: &mut App| {
            remember(app);
            app.effects.push(Effect::Open(chosen.clone()));
        };
        Choice::new(key, path, "", Rc::new(open))
    });
    let choices = choices.collect();
    app.windows.push(Window::Choices(Choices::new("open".into(), Vec::new(), choices)));
}
