//! Scoring, and with what.

use super::{Action, Scope, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::score::ScoreForm;
use crate::app::{App, Window};
use crate::scoring::{CATALOGUE, Framework};
use crate::workspace::{Content, Field, Hat, Id, Op, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("score", &["s"], "score", |app| {
        let ids = app.targets();
        ScoreForm::open(app, ids);
    })
    .also("priority, prioritize, rate, value")
    .command("set ID rice.reach=450")
    .hint("score")
    .off(nothing_here),
    Action::new(
        "roadmap-framework",
        &[],
        "framework of the roadmap: RICE, ICE, WSJF and the others",
        |app| {
            choose(app, Hat::Pm, Field::RoadmapFramework);
        },
    )
    .command("set settings roadmap_framework=ice")
    .scope(Scope::Anywhere),
    Action::new(
        "backlog-framework",
        &[],
        "framework of the backlog: RICE, ICE, WSJF and the others",
        |app| {
            choose(app, Hat::Po, Field::BacklogFramework);
        },
    )
    .command("set settings backlog_framework=cd3")
    .scope(Scope::Anywhere),
];

fn choose(app: &mut App, hat: Hat, field: Field) {
    let settings = app.workspace().settings();
    let now = app.framework(hat);
    let rows: Vec<&'static Framework> =
        CATALOGUE.iter().filter(|framework| (framework.when)(settings)).collect();
    let at = rows.iter().position(|framework| framework.id == now.id).unwrap_or(0);
    let choices = rows
        .into_iter()
        .map(|framework| {
            let key = framework.id.chars().next().unwrap_or('?');
            let set = move |app: &mut App| set(app, hat, field, framework);
            Choice::new(key, framework.name, framework.summary, Rc::new(set))
        })
        .collect();
    let title = format!("the {} is scored with", pane(hat));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices).at(at)));
}

fn set(app: &mut App, hat: Hat, field: Field, framework: &'static Framework) {
    if framework.id == app.framework(hat).id {
        return app.say(format!("the {} is scored with {}", pane(hat), framework.name));
    }
    let op = Op::set(&Id::new(Content::SETTINGS), field, Value::text(framework.id));
    app.commit(format!("the {} is scored with {} now", pane(hat), framework.name), op);
}

fn pane(hat: Hat) -> &'static str {
    match hat {
        Hat::Pm => "roadmap",
        Hat::Po => "backlog",
    }
}
