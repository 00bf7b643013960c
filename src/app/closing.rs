//! Closing a sprint, item by item: accepted, carried over, or back in the backlog; then the retro.

use super::actions::part;
use super::form::{self, Form, FormRow};
use super::sprint::change::{Settled, closed, proposed};
use super::sprint::{head, meant};
use super::{App, Window};
use crate::insight::points::Points;
use crate::insight::sprint::{Column, State, leaves, planned, proposal};
use crate::workspace::{Field, Id, Kind, Op, Shape, Value, sorted};
use std::rc::Rc;

/// What is decided about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing: what is done stays done, and nobody accepted it.
    Open,
    /// It is as it should be, and done.
    Accepted,
    /// It goes on in the next sprint.
    Carried,
    /// It is in no sprint any more.
    Returned,
}

/// An item to decide about.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The item.
    pub id: Id,
    /// Where it stood on the board.
    pub column: Column,
    /// What is decided.
    pub verdict: Verdict,
    /// Its acceptance criteria, each with whether it is met.
    pub criteria: Vec<(String, bool)>,
    /// The same as they were.
    acceptance: Vec<Value>,
}

/// A sprint that is being closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// The sprint.
    pub sprint: Id,
    /// Its items, what is done first.
    pub steps: Vec<Step>,
    /// The item that is decided about.
    pub at: usize,
    /// The criterion under the cursor.
    pub criterion: usize,
    /// What the next sprint is called.
    pub next: String,
}

impl Closing {
    fn of(app: &App, sprint: Id) -> Self {
        let workspace = app.workspace();
        let mut steps: Vec<Step> = leaves(workspace, &sprint)
            .into_iter()
            .map(|item| {
                let column = Column::of(workspace, item);
                let verdict = match column {
                    Column::Done if item.get(Field::Approved).is_some() => Verdict::Accepted,
                    Column::Done => Verdict::Open,
                    Column::Todo | Column::Doing | Column::Review => Verdict::Carried,
                };
                let acceptance = item.list(Field::Acceptance).to_vec();
                let criteria = criteria(&acceptance);
                Step { id: item.id().clone(), column, verdict, criteria, acceptance }
            })
            .collect();
        sorted::by_key(&mut steps, |step| match step.column {
            Column::Done => 0,
            Column::Review => 1,
            Column::Doing => 2,
            Column::Todo => 3,
        });
        let next = planned(workspace).map(|next| next.title().to_owned());
        let next =
            next.unwrap_or_else(|| proposal::closing(app.workspace(), &sprint, app.today).name);
        Self { sprint, steps, at: 0, criterion: 0, next }
    }

    /// The item that is decided about.
    pub fn step(&self) -> Option<&Step> {
        self.steps.get(self.at)
    }

    /// The points that are delivered as things are decided now.
    pub fn delivered(&self, app: &App) -> f64 {
        let done = self.steps.iter().filter(|step| match step.verdict {
            Verdict::Accepted => true,
            Verdict::Open => step.column == Column::Done,
            Verdict::Carried | Verdict::Returned => false,
        });
        let mut points = Points::new(app.workspace());
        done.filter_map(|step| points.of(app.workspace().get(&step.id)?)).sum()
    }

    /// How many items have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.steps.iter().filter(|step| step.verdict == verdict).count()
    }

    fn ids(&self, wanted: impl Fn(&Step) -> bool) -> Vec<Id> {
        self.steps.iter().filter(|step| wanted(step)).map(|step| step.id.clone()).collect()
    }

    /// The edits of criteria that were ticked or unticked.
    fn ticks(&self) -> Vec<Op> {
        let edit = |step: &Step| {
            if criteria(&step.acceptance) == step.criteria {
                return None;
            }
            let list = step.acceptance.iter().zip(&step.criteria);
            let list = list.filter_map(|(old, (_, met))| {
                Value::with(Some(old), "met", met.then_some(Value::Flag(true)))
            });
            Some(Op::set(&step.id, Field::Acceptance, Value::List(list.collect())))
        };
        self.steps.iter().filter_map(edit).collect()
    }
}

/// The text of acceptance criteria, each with whether it is met.
fn criteria(acceptance: &[Value]) -> Vec<(String, bool)> {
    let text =
        |value: &Value| value.get("text").and_then(Value::as_text).unwrap_or_default().to_owned();
    let met = |value: &Value| value.get("met") == Some(&Value::Flag(true));
    acceptance.iter().map(|value| (text(value), met(value))).collect()
}

/// Why the sprint that is meant can't be closed.
pub(super) fn off(app: &App) -> Option<String> {
    let sprint = meant(app).and_then(|id| app.workspace().get(&id))?;
    match State::of(sprint) {
        State::Running => None,
        State::Planned => {
            let start = app.key("sprint-start");
            Some(format!("{} did not start yet · {start} starts it", sprint.title()))
        }
        State::Closed => Some(format!("{} is closed already", sprint.title())),
    }
}

/// Opens the steps of closing; a sprint without items goes on to its retro.
pub(super) fn open(app: &mut App) {
    let Some(sprint) = meant(app) else { return };
    let closing = Closing::of(app, sprint);
    let is_empty = closing.steps.is_empty();
    app.windows.push(Window::Closing(closing));
    if is_empty {
        retro(app);
    }
}

fn with(app: &mut App, change: impl FnOnce(&mut Closing)) {
    if let Some(Window::Closing(closing)) = app.windows.last_mut() {
        change(closing);
    }
}

/// To another item.
pub(super) fn step(app: &mut App, by: isize) {
    with(app, |closing| {
        let last = closing.steps.len().saturating_sub(1);
        closing.at = closing.at.saturating_add_signed(by).min(last);
        closing.criterion = 0;
    });
}

/// To another criterion, round at the ends.
pub(super) fn turn(app: &mut App, by: isize) {
    with(app, |closing| {
        let count = closing.step().map_or(0, |step| step.criteria.len()).max(1).cast_signed();
        let goal = (closing.criterion.cast_signed() + by).rem_euclid(count);
        closing.criterion = goal.cast_unsigned();
    });
}

/// Ticks the criterion under the cursor, or takes the tick away.
pub(super) fn tick(app: &mut App) {
    with(app, |closing| {
        let (at, criterion) = (closing.at, closing.criterion);
        let step = closing.steps.get_mut(at);
        if let Some((_, met)) = step.and_then(|step| step.criteria.get_mut(criterion)) {
            *met = !*met;
        }
    });
    turn(app, 1);
}

/// Decides about the item, and goes on to the next.
pub(super) fn decide(app: &mut App, verdict: Verdict) {
    with(app, |closing| {
        let at = closing.at;
        if let Some(step) = closing.steps.get_mut(at) {
            step.verdict = verdict;
        }
    });
    step(app, 1);
}

/// Accepts everything that is done and not decided.
pub(super) fn accept_all(app: &mut App) {
    with(app, |closing| {
        let open = |step: &&mut Step| step.column == Column::Done && step.verdict == Verdict::Open;
        closing.steps.iter_mut().filter(open).for_each(|step| step.verdict = Verdict::Accepted);
    });
}

/// On to the retro, which closes the sprint.
pub(super) fn retro(app: &mut App) {
    let Some(Window::Closing(closing)) = app.windows.last() else { return };
    let title = app.workspace().get(&closing.sprint).map_or("", |sprint| sprint.title());
    let counted = head::amount(closing.delivered(app));
    let title = format!("{title}: {counted} points delivered · retro");
    let rows = vec![
        FormRow::free("kept", "what went well and stays, a line each", Shape::Lines),
        FormRow::free("changed", "what is done otherwise from now on, a line each", Shape::Lines),
        FormRow::free("tried", "what is tried next, a line each", Shape::Lines),
        FormRow::free(
            "actions",
            "onto the backlog, one a line: title, or 2 task: title",
            Shape::Lines,
        ),
        FormRow::free(
            "delivered",
            "points, only where the count above is wrong",
            Field::Delivered.row().shape,
        ),
    ];
    // The count changes with every decision; the retro of the sprint is one.
    let name = format!("retro of {}", closing.sprint);
    let take = |app: &mut App, form: &Form| take(app, form);
    form::open(app, Form::new(title, rows, Rc::new(take)).known_as(name));
}

/// Closes the sprint as decided, in one step.
fn take(app: &mut App, form: &Form) -> Result<(), (usize, String)> {
    let Some(Window::Closing(closing)) = app.windows.last() else {
        return Err((0, "the sprint is gone meanwhile".to_owned()));
    };
    let closing = closing.clone();
    let lines = |at: usize| {
        let text = form.text(at);
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.map(str::to_owned).collect::<Vec<String>>()
    };
    let delivered = app.typing().read(Field::Delivered.row().shape, &form.text(4));
    let delivered = delivered.map_err(|wrong| (4, wrong))?;
    let mut actions = Vec::new();
    for line in lines(3) {
        let id = app.new_id();
        actions.push(part(&line, Kind::Task, id, app.today).map_err(|wrong| (3, wrong))?);
    }
    let carried = closing.ids(|step| step.verdict == Verdict::Carried);
    let is_needed = !carried.is_empty() && planned(app.workspace()).is_none();
    let following = proposal::closing(app.workspace(), &closing.sprint, app.today);
    let next = is_needed.then(|| proposed(app.new_id(), &following));
    let unfinished = |step: &Step| matches!(step.verdict, Verdict::Carried | Verdict::Returned);
    let settled = Settled {
        accepted: closing.ids(|step| step.verdict == Verdict::Accepted),
        sent_back: closing.ids(|step| step.column == Column::Done && unfinished(step)),
        carried,
        next,
        delivered: delivered.as_ref().and_then(Value::as_number),
        retro: std::array::from_fn(lines),
        actions,
    };
    let title = app.workspace().get(&closing.sprint).map_or("", |sprint| sprint.title());
    let points = settled.delivered.unwrap_or_else(|| closing.delivered(app));
    let words = format!("closed: {title}, {} points delivered", head::amount(points));
    let mut ops = closing.ticks();
    let close = closed(app.workspace(), &closing.sprint, &settled, app.today);
    ops.extend(close.map_err(|wrong| (form.at, wrong))?);
    if !app.commit(words, Op::Batch(ops)) {
        return Err((form.at, app.refusal().unwrap_or_default()));
    }
    app.close();
    Ok(())
}
