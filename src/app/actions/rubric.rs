//! What the values of a factor mean here: its rubric, a row a value.

use super::{Action, Scope};
use crate::app::form::{self, Form, FormRow};
use crate::app::picker::{Pick, Picker};
use crate::app::{App, Window};
use crate::scoring::{Factor, Framework, Rubric, written};
use crate::workspace::number::counted;
use crate::workspace::{Content, Field, Id, Name, Op, Shape, Value, sorted};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[Action::new(
    "edit-rubric",
    &[],
    "edit the rubric of a factor: what its values mean here",
    list,
)
.command("set settings rubrics.rice.impact.3='every customer'")
.scope(Scope::Anywhere)];

/// Opens the rubric of the factor that is being rated.
pub(super) fn of_rated(app: &mut App) {
    if let Some(Window::Score(form)) = app.windows.last() {
        let (framework, factor) = (form.framework, form.factor());
        open(app, Rated { framework, factor }, |_| {});
    }
}

/// Values that have no row of their own, a line each.
const OTHERS: Shape = Shape::Map(&Shape::Text);

/// A factor of a framework.
#[derive(Debug, Clone, Copy)]
struct Rated {
    framework: &'static Framework,
    factor: &'static Factor,
}

impl Rated {
    fn rubric(self, app: &App) -> Rubric<'_> {
        Rubric::of(app.workspace().settings(), self.framework.id, self.factor)
    }

    /// What the rubric says of values that have no row of their own.
    fn others(self, app: &App) -> Vec<(Name, Value)> {
        let rubric = self.rubric(app);
        let ratings = self.ratings();
        let own: Vec<&str> =
            ratings.iter().filter_map(|rating| Some(rubric.line(rating)?.0)).collect();
        let all = rubric.map().map(Value::entries).unwrap_or_default().iter();
        all.filter(|(value, _)| !own.contains(&&**value)).cloned().collect()
    }

    /// The values that have a row each.
    fn ratings(self) -> Vec<Value> {
        let scale = self.factor.scale;
        scale.marks().into_iter().map(|value| scale.rating(value)).collect()
    }

    fn title(self) -> String {
        format!("{} · {}", self.framework.name, self.factor.name)
    }
}

/// Lists the factors, those of the pane first.
fn list(app: &mut App) {
    let settings = app.workspace().settings();
    let panes = [app.board.hat, app.board.hat.other()].map(|hat| Framework::of(hat, settings));
    let mut all: Vec<&'static Framework> = Framework::all(settings);
    sorted::by_key(&mut all, |row| {
        panes.iter().position(|pane| pane.id == row.id).unwrap_or(panes.len())
    });
    let factors = all.into_iter().flat_map(|framework| {
        framework.factors.iter().map(move |factor| Rated { framework, factor })
    });
    let factors: Rc<[Rated]> = factors.collect();
    let pick = |rated: &Rated| Pick {
        id: Some(Id::new(&Rubric::name(rated.framework.id, rated.factor))),
        title: rated.title(),
        about: match rated.rubric(app).lines().count() {
            0 => String::new(),
            count => format!("{} in words", counted(count, "value")),
        },
    };
    let picks = factors.iter().map(pick).collect();
    let then = move |app: &mut App, picked: Vec<Option<Id>>| {
        let picked = picked.into_iter().flatten().next();
        let is = |rated: &&Rated| {
            picked
                .as_ref()
                .is_some_and(|id| *id.as_str() == *Rubric::name(rated.framework.id, rated.factor))
        };
        if let Some(rated) = factors.iter().find(is) {
            open(app, *rated, list);
        }
    };
    app.windows.push(Window::Picker(Picker::one("rubrics".into(), picks, Rc::new(then))));
}

/// Opens the form of a rubric; `after` it was taken.
fn open(app: &mut App, rated: Rated, after: fn(&mut App)) {
    let (rubric, scale) = (rated.rubric(app), rated.factor.scale);
    let row = |value: f64| {
        let words = rubric.word(&scale.rating(value)).unwrap_or_default();
        let meaning = "what this value means here; empty takes the words away";
        FormRow::free(&scale.label(value), meaning, Shape::Text).holding(words)
    };
    let mut rows: Vec<FormRow> = scale.marks().into_iter().map(row).collect();
    let others = rated.others(app);
    if !scale.only_steps || !others.is_empty() {
        let label = if rows.is_empty() { "values" } else { "other values" };
        let text = app.typing().show(OTHERS, &Value::map(others));
        let meaning = "a value and its words a line, as in 450 = every new customer";
        rows.push(FormRow::free(label, meaning, OTHERS).holding(&text));
    }
    let accept = move |app: &mut App, form: &Form| {
        take(app, form, rated)?;
        after(app);
        Ok(())
    };
    let title = format!("{}: what its values mean here", rated.title());
    form::open(app, Form::new(title, rows, Rc::new(accept)));
}

/// Takes a rubric: what is wrong with it is said at the row it is wrong in.
fn take(app: &mut App, form: &Form, rated: Rated) -> Result<(), (usize, String)> {
    let rubric = rated.rubric(app);
    let mut new = None;
    for (row, rating) in rated.ratings().iter().enumerate() {
        let old = rubric.line(rating);
        let key = old.map_or_else(|| written(rating), |(key, _)| key.to_owned());
        // What was not touched stays as it is, line breaks and all.
        let words = match old.filter(|_| !form.rows[row].is_changed()) {
            Some((_, words)) => words.to_owned(),
            None => form.text(row).trim().to_owned(),
        };
        new = Value::with(new.as_ref(), &key, Some(Value::text(&words)).filter(|w| !w.is_empty()));
    }
    for (value, words) in others(app, form, rated)? {
        new = Value::with(new.as_ref(), &value, Some(words));
    }
    if new.as_ref() == rubric.map() {
        app.say(format!("as it was: {}", rated.title()));
        return Ok(());
    }
    let all = app.workspace().settings().get(Field::Rubrics);
    let value = Value::with(all, &Rubric::name(rated.framework.id, rated.factor), new);
    let op = Op::Edit { id: Id::new(Content::SETTINGS), field: Field::Rubrics, value };
    if app.commit(format!("rubric: {}", rated.title()), op) {
        return Ok(());
    }
    Err((form.at, app.refusal().unwrap_or_default()))
}

/// The values without a row of their own as they were typed: each on the scale, and none of those
/// that have a row.
fn others(app: &App, form: &Form, rated: Rated) -> Result<Vec<(Name, Value)>, (usize, String)> {
    let (before, at) = (rated.others(app), rated.ratings().len());
    if form.rows.get(at).is_none_or(|row| !row.is_changed()) {
        return Ok(before);
    }
    let typed = app.typing().read(OTHERS, &form.text(at)).map_err(|wrong| (at, wrong))?;
    let typed = typed.map(|typed| typed.entries().to_vec()).unwrap_or_default();
    let is_new = |value: &str| before.iter().all(|(old, _)| **old != *value);
    for (value, _) in typed.iter().filter(|(value, _)| is_new(value)) {
        let rating = rated.factor.parse(value).map_err(|wrong| (at, wrong))?;
        if rated.ratings().contains(&rating) {
            return Err((at, format!("{value} has a row of its own")));
        }
        if matches!(rating, Value::List(_)) {
            return Err((at, format!("{value} is an interval: words belong to one value")));
        }
    }
    Ok(typed)
}
