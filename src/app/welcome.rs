//! The first screen, where there is no workspace yet.

use super::choice::{Choice, Choices};
use super::prompt::Prompt;
use super::{App, Effect};
use crate::workspace::{Content, Field, Id, Record, Value};
use std::rc::Rc;

/// What the first screen offers.
pub(super) fn choices(path: &str, earlier: Option<String>) -> Choices {
    let mut about = vec![
        "There is no workspace yet. It is one JSON file, and yours alone:".into(),
        "readable, diffable, and never sent anywhere. It will be kept at".into(),
        String::new(),
        format!("  {path}"),
        String::new(),
    ];
    about.extend(earlier.into_iter().flat_map(|earlier| [earlier, String::new()]));
    let empty = |app: &mut App| {
        Prompt::ask(app, "name of the product".into(), "", named);
    };
    let example = |app: &mut App| app.effects.push(Effect::CreateExample);
    let choices = vec![
        Choice::new('e', "an empty workspace", "a name and a one-line vision", Rc::new(empty)),
        Choice::new('x', "the example", "a founder's roadmap and backlog to try", Rc::new(example)),
        Choice::new('q', "quit", "nothing is written", Rc::new(leave)),
    ];
    Choices::new("Welcome to twohats".into(), about, choices).otherwise(leave)
}

fn leave(app: &mut App) {
    app.effects.push(Effect::Quit);
}

/// Keeps the name where the workspace to come keeps it, and asks for the vision.
fn named(app: &mut App, name: &str) {
    let product =
        Record::new(Id::new(Content::PRODUCT)).with(Field::Name, Value::text(name.trim()));
    let mut content = Content::default();
    content.set_product(product);
    app.document = crate::workspace::Document::new(crate::workspace::Workspace::new(content));
    Prompt::ask(app, "vision, in one line (may be empty)".into(), "", envisioned);
}

fn envisioned(app: &mut App, vision: &str) {
    let mut product = app.workspace().product().clone();
    if !vision.trim().is_empty() {
        product = product.with(Field::Vision, Value::text(vision.trim()));
    }
    let mut content = app.workspace().content().clone();
    content.set_product(product);
    app.effects.push(Effect::Create(content));
}
