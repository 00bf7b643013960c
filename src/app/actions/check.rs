//! Going through what is wrong or missing.

use super::{Action, Scope, link, named_by, nothing_here, story};
use crate::app::choice::{Choice, Choices};
use crate::app::picker::{Pick, Picker};
use crate::app::{App, Window};
use crate::insight::check::{self, Finding};
use crate::workspace::{Field, Id};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("check", &[], "check: what is wrong or missing", ask)
        .also("problems, doctor, lint")
        .scope(Scope::Anywhere),
    Action::new("mend", &["M"], "mend what is wrong or missing with it", mend)
        .shows()
        .command("set ID points=3")
        .off(nothing_here),
];

/// Shows all that is found, the most serious first, to go there.
fn ask(app: &mut App) {
    app.conclude();
    let Some(survey) = app.survey() else { return };
    let found = check::all(app.workspace(), survey);
    if found.is_empty() {
        return app.say("nothing is wrong or missing");
    }
    let title = format!("{} to mend", found.len());
    let picks = found.iter().map(|finding| pick(app, finding)).collect();
    let go = |app: &mut App, picked: Vec<Option<Id>>| {
        if let Some(id) = picked.into_iter().flatten().next() {
            link::jump(app, &id);
            if app.refusal().is_none() {
                let (mend, back) = (app.key("mend"), app.key("jump-back"));
                app.say(format!("{mend} mends it · {back} goes back"));
            }
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

/// Goes where what is wrong or missing is mended; of several, asks which.
fn mend(app: &mut App) {
    app.conclude();
    let Some((id, survey)) = app.cursor().cloned().zip(app.survey()) else { return };
    let found = check::of(app.workspace(), survey, &id);
    let ready = story::definition(app, Field::Ready, "ready means, for every item:");
    let rules: Vec<_> = found.iter().map(|finding| finding.rule).collect();
    match rules.as_slice() {
        [] => {
            let edit = app.key("edit-ready");
            let ready = ready.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
            let words =
                if ready.is_empty() { format!("{edit} says when one is ready") } else { ready };
            return app.say(format!("nothing is wrong or missing · {words}"));
        }
        [rule] if ready.is_empty() => return start(app, rule.mend),
        _ => {}
    }
    let choices = found.iter().zip('1'..='9').map(|(finding, letter)| {
        let mend = finding.rule.mend;
        let title = named_by(mend).map_or("", |action| action.title);
        let about = format!("{} · {title}", app.key(mend));
        Choice::new(letter, finding.said(), about, Rc::new(move |app| start(app, mend)))
    });
    let choices = choices.collect();
    let title =
        app.current().map_or(String::new(), |record| format!("to mend: {}", record.title()));
    app.windows.push(Window::Choices(Choices::new(title, ready, choices)));
}

/// Does the action of this name.
fn start(app: &mut App, id: &str) {
    if let Some(action) = named_by(id) {
        app.run(action);
    }
}
