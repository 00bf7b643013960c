//! What came of an item, kept against what it was rated.

use super::{Action, Reason, nothing_here};
use crate::app::App;
use crate::app::form::{self, Form, FormRow};
use crate::insight::calibration;
use crate::scoring::{Factor, written};
use crate::workspace::{Field, Place, Shape, Value};

pub(super) static ACTIONS: &[Action] =
    &[Action::new("came", &["R"], "what came of it: actual effort, result of the trial", open)
        .command("set ID actual.effort=3")
        .off(not_done)];

/// Factors of which nothing can come.
const GUESSES: [&str; 1] = ["confidence"];

/// What is not done has no result yet.
fn not_done(app: &App) -> Option<Reason> {
    let open =
        app.current().is_some_and(|it| app.workspace().place_of(it.id()) != Some(Place::Done));
    let reason = || format!("nothing came of it yet · {} says that it is done", app.key("done"));
    nothing_here(app).or_else(|| open.then(reason))
}

fn open(app: &mut App) {
    let Some(record) = app.current() else { return };
    let (typing, framework) = (app.typing(), calibration::framework(app.workspace(), record));
    let ratings = framework.ratings(record);
    let factors = framework
        .factors
        .iter()
        .filter(|factor| !factor.scale.classes && !GUESSES.contains(&factor.id));
    let any = Shape::Number { min: f64::MIN, open: false };
    let actual = |factor: &Factor| {
        let rated = ratings.and_then(|ratings| ratings.get(factor.id)).map(written);
        let rated = rated.map_or("not rated".to_owned(), |rated| format!("rated {rated}"));
        let label = format!("{}, {rated}", factor.name);
        FormRow::part(typing, record, (Field::Actual, factor.id), any, &label)
    };
    let mut rows: Vec<FormRow> = factors.map(actual).collect();
    for part in ["hypothesis", "measure", "result"] {
        rows.push(FormRow::part(typing, record, (Field::Experiment, part), Shape::Text, part));
    }
    let title = format!("what came of {}", record.title());
    let form = Form::some(record.id().clone(), title, rows);
    form::open(app, form);
}

/// What came of an item, in words: `effort 3 (rated 2)`.
pub fn told(app: &App, record: &crate::workspace::Record) -> Vec<String> {
    let ratings = calibration::framework(app.workspace(), record).ratings(record);
    let actual = record.get(Field::Actual).map(Value::entries).unwrap_or_default().iter();
    let said = actual.filter_map(|(name, value)| {
        let rated = ratings.and_then(|ratings| ratings.get(name)).map(written);
        let rated = rated.map_or(String::new(), |rated| format!(" (rated {rated})"));
        Some(format!("{name} {}{rated}", value.as_number()?))
    });
    said.collect()
}
