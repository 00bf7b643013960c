//! Bringing another tool's file in: which one, what it would do, and whether to.

use super::choice::{Choice, Choices};
use super::prompt::Prompt;
use super::{App, Bringing, Effect, Offer, Window};
use std::rc::Rc;

/// Asks which file.
pub(super) fn ask(app: &mut App) {
    let label = "file to import (or: jira old.csv)".to_owned();
    Prompt::ask(app, label, "", |app, said| {
        if said.trim().is_empty() {
            return app.refuse("a file has a path; nothing was imported");
        }
        let content = app.workspace().content().clone();
        let said = said.trim().to_owned();
        app.say(format!("reading {said} …"));
        let (ids, dates, today) = (app.ids.clone(), app.preferences.dates.clone(), app.today);
        app.effects.push(Effect::Import(Bringing { said, content, ids, dates, today }));
    });
}

/// Says what bringing in a file would do, and asks whether to.
pub(super) fn offered(app: &mut App, result: Result<Box<Offer>, String>) {
    let offer = match result {
        Ok(offer) => *offer,
        Err(why) => return app.refuse(format!("nothing was imported: {why}")),
    };
    let Offer { title, about, did, op } = offer;
    let import = move |app: &mut App| {
        if !app.commit(did.clone(), op.clone()) && app.refusal().is_none() {
            app.say(format!("nothing new · {did}"));
        }
    };
    app.message = None;
    let yes = Choice::new('y', "import it", "one step, as any other", Rc::new(import));
    let leave = |app: &mut App| app.say("nothing was imported");
    let no = Choice::new('n', "leave it", "", Rc::new(leave));
    app.windows.push(Window::Choices(Choices::new(title, about, vec![yes, no])));
}
