//! The first screen, where there is no workspace yet.

use super::choice::{Choice, Choices};
use super::prompt::Prompt;
use super::{App, Effect, Window};
use crate::workspace::{Content, Field, Id, Record, Value};
use std::rc::Rc;

/// Where a workspace may be made.
#[derive(Debug, Clone, Default)]
pub struct Sites {
    /// Where one is looked for.
    pub usual: String,
    /// How an earlier version of that comes back, where one is kept.
    pub earlier: Option<String>,
    /// In the folder the person is in, where nothing says that it shall be elsewhere.
    pub here: Option<String>,
}

/// What the first screen offers, to make a workspace at the usual site or here.
pub(super) fn choices(sites: &Sites, here: bool) -> Choices {
    let path = sites.here.as_ref().filter(|_| here).unwrap_or(&sites.usual);
    let mut about = vec![
        "There is no workspace yet. It is one JSON file, and yours alone:".into(),
        "readable, diffable, and never sent anywhere. It will be kept at".into(),
        String::new(),
        format!("  {path}"),
        String::new(),
    ];
    let earlier = sites.earlier.clone().filter(|_| !here);
    about.extend(earlier.into_iter().flat_map(|earlier| [earlier, String::new()]));
    let empty = move |app: &mut App| {
        Prompt::ask(app, "name of the product".into(), "", move |app, name| named(app, name, here));
    };
    let example = move |app: &mut App| make(app, here, Effect::CreateExample);
    let other = || {
        let (label, about) = if here {
            ("not in this folder", "changes the path above: one for all folders")
        } else {
            ("in this folder", "changes the path above: one for what is in it")
        };
        let sites = sites.clone();
        let again = move |app: &mut App| app.windows.push(Window::Choices(choices(&sites, !here)));
        Choice::new('f', label, about, Rc::new(again))
    };
    let mut choices = vec![
        Choice::new('e', "an empty workspace", "a name and a one-line vision", Rc::new(empty)),
        Choice::new('x', "the example", "a founder's roadmap and backlog to try", Rc::new(example)),
    ];
    choices.extend(sites.here.as_ref().map(|_| other()));
    choices.push(Choice::new('q', "quit", "nothing is written", Rc::new(leave)));
    Choices::new("Welcome to twohats".into(), about, choices).otherwise(leave)
}

fn leave(app: &mut App) {
    app.effects.push(Effect::Quit);
}

/// Asks for a workspace to be made, here or at the usual site.
fn make(app: &mut App, here: bool, effect: Effect) {
    app.effects.extend(here.then_some(Effect::Here));
    app.effects.push(effect);
}

/// Keeps the name where the workspace to come keeps it, and asks for the vision.
fn named(app: &mut App, name: &str, here: bool) {
    let product =
        Record::new(Id::new(Content::PRODUCT)).with(Field::Name, Value::text(name.trim()));
    let mut content = Content::default();
    content.set_product(product);
    app.document = crate::workspace::Document::new(crate::workspace::Workspace::new(content));
    let label = "vision, in one line (may be empty)".into();
    Prompt::ask(app, label, "", move |app, vision| envisioned(app, vision, here));
}

fn envisioned(app: &mut App, vision: &str, here: bool) {
    let mut product = app.workspace().product().clone();
    if !vision.trim().is_empty() {
        product = product.with(Field::Vision, Value::text(vision.trim()));
    }
    let mut content = app.workspace().content().clone();
    content.set_product(product);
    make(app, here, Effect::Create(content));
}
