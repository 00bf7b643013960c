//! Of one item, two: what goes with the second, and what stays.

use super::{Action, Reason, nothing_here};
use crate::app::App;
use crate::app::entry::Typing;
use crate::app::form::{self, Form, FormRow};
use crate::workspace::{Date, Field, Id, Op, Place, Record, Shape, Spot, Value, Workspace};
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] =
    &[Action::new("split", &["B"], "split in two: title, points and criteria of the second", open)
        .command("split ID 'Undo it' --points 2")
        .off(whole)];

/// What the second has in common with the first.
const SHARED: [Field; 10] = [
    Field::Kind,
    Field::Tags,
    Field::Parent,
    Field::Objective,
    Field::Persona,
    Field::Release,
    Field::Sprint,
    Field::BlockedBy,
    Field::Story,
    Field::Due,
];

/// Rows of the form.
const TITLE: usize = 0;
const POINTS: usize = 1;
const CRITERIA: usize = 2;

/// What goes with the second.
#[derive(Debug, Clone, Default)]
pub struct Half {
    /// Its title.
    pub title: String,
    /// Its points, fewer than those of the whole.
    pub points: Option<f64>,
    /// The words of the criteria.
    pub criteria: Vec<String>,
}

fn whole(app: &App) -> Option<Reason> {
    let id = app.cursor();
    let has_parts = id.is_some_and(|id| app.workspace().is_parent(id));
    let place = id.and_then(|id| app.workspace().place_of(id));
    let (unfold, place) = (app.key("unfold"), place.filter(|place| *place == Place::Done));
    nothing_here(app)
        .or_else(|| has_parts.then(|| format!("it has parts already · {unfold} shows them")))
        .or_else(|| place.map(|_| "it is done".to_owned()))
}

fn open(app: &mut App) {
    let Some(record) = app.current() else { return };
    let (id, title) = (record.id().clone(), format!("split {}", record.title()));
    let has = record.number(Field::Points);
    let points = has.map_or("points".to_owned(), |has| format!("points, of {has}"));
    let mut rows = vec![
        FormRow::free("title of the second", "it stands below the first", Shape::Text),
        FormRow::free(&points, "they go with the second; may be empty", Field::Points.row().shape),
    ];
    let criteria = record.list(Field::Acceptance).iter().filter_map(text);
    let criteria = criteria.map(|text| format!("[ ] {text}")).collect::<Vec<_>>().join("\n");
    if !criteria.is_empty() {
        let shape = Field::Acceptance.row().shape;
        rows.push(
            FormRow::free("criteria", "ticked ones go with the second", shape).holding(&criteria),
        );
    }
    let accept = move |app: &mut App, form: &Form| take(app, form, &id);
    form::open(app, Form::new(title, rows, Rc::new(accept)));
}

fn text(criterion: &Value) -> Option<&str> {
    criterion.get("text").and_then(Value::as_text)
}

fn take(app: &mut App, form: &Form, id: &Id) -> Result<(), (usize, String)> {
    let gone = || (TITLE, "it is gone meanwhile".to_owned());
    let record = app.workspace().get(id).cloned().ok_or_else(gone)?;
    let half = half(app.typing(), form, &record)?;
    let new = app.new_id();
    let ops = half.ops(app.workspace(), &record, &new, app.today).ok_or_else(gone)?;
    if app.commit(format!("split {}: {}", record.title(), half.title), Op::Batch(ops)) {
        return Ok(());
    }
    Err((TITLE, app.refusal().unwrap_or_default()))
}

/// What the form says goes with the second.
fn half(typing: Typing, form: &Form, record: &Record) -> Result<Half, (usize, String)> {
    let title = form.text(TITLE).trim().to_owned();
    let points = typing.read(form.rows[POINTS].shape, &form.text(POINTS));
    let points = points.map_err(|wrong| (POINTS, wrong))?.and_then(|value| value.as_number());
    let mut half = Half { title, points, criteria: Vec::new() };
    if let Some(row) = form.rows.get(CRITERIA) {
        let ticked = typing.read(row.shape, &form.text(CRITERIA));
        let ticked = ticked.map_err(|wrong| (CRITERIA, wrong))?;
        let ticked = ticked.as_ref().map(Value::items).unwrap_or_default().iter();
        let ticked = ticked.filter(|one| one.get("met") == Some(&Value::Flag(true)));
        half.criteria = ticked.filter_map(text).map(str::to_owned).collect();
    }
    half.wrong(record).map_or(Ok(half), Err)
}

impl Half {
    /// The changes that make two of one: the second stands below the first, and what waits for the
    /// first waits for both.
    pub fn ops(
        &self,
        workspace: &Workspace,
        record: &Record,
        new: &Id,
        today: Date,
    ) -> Option<Vec<Op>> {
        let id = record.id();
        let spot = workspace.spot_of(id)?;
        let goes =
            |one: &&Value| text(one).is_some_and(|words| self.criteria.iter().any(|w| w == words));
        let (goes, stays): (Vec<&Value>, Vec<&Value>) =
            record.list(Field::Acceptance).iter().partition(goes);
        let list = |values: Vec<&Value>| {
            (!values.is_empty()).then(|| Value::List(values.into_iter().cloned().collect()))
        };
        let shared =
            SHARED.into_iter().filter_map(|field| Some((field, record.get(field)?.clone())));
        let own = [
            (Field::Title, Some(Value::text(&self.title))),
            (Field::Created, Some(Value::Date(today))),
            (Field::Points, self.points.map(Value::Number)),
            (Field::Acceptance, list(goes)),
        ];
        let own = own.into_iter().filter_map(|(field, value)| Some((field, value?)));
        let second = shared.chain(own);
        let second =
            second.fold(Record::new(new.clone()), |new, (field, value)| new.with(field, value));
        let at = Spot::new(spot.place, spot.index + 1);
        let mut ops = vec![Op::Insert { record: Arc::new(second), at }];
        if let (Some(has), Some(go)) = (record.number(Field::Points), self.points) {
            // Tenths that are not quite tenths would show.
            let left = ((has - go) * 1e6).round() / 1e6;
            ops.push(Op::set(id, Field::Points, Value::Number(left)));
        }
        if !self.criteria.is_empty() {
            ops.push(Op::Edit { id: id.clone(), field: Field::Acceptance, value: list(stays) });
        }
        for waiting in workspace.waiting_for(id) {
            let links = workspace.get(&waiting)?.list(Field::BlockedBy).iter().cloned();
            let links = links.chain([Value::link(new.clone())]).collect();
            ops.push(Op::set(&waiting, Field::BlockedBy, Value::List(links)));
        }
        Some(ops)
    }

    /// Why `record` can't be split like this, and the row of the form that says so.
    pub fn wrong(&self, record: &Record) -> Option<(usize, String)> {
        if self.title.is_empty() {
            return Some((TITLE, "an item needs a title".to_owned()));
        }
        let has = record.number(Field::Points);
        if let Some((_, has)) = self.points.zip(has).filter(|(points, has)| points >= has) {
            return Some((POINTS, format!("fewer than its {has}, so that some stay")));
        }
        let known = |words: &&String| {
            record.list(Field::Acceptance).iter().any(|one| text(one) == Some(words))
        };
        let unknown = self.criteria.iter().find(|words| !known(words))?;
        Some((CRITERIA, format!("“{unknown}” is none of its criteria")))
    }
}
