//! How far an item is.

use super::{Action, named, nothing_here};
use crate::app::choice::{Choice, Choices};
use crate::app::prompt::Prompt;
use crate::app::{App, Window};
use crate::workspace::{Field, Id, Op, Record, Status, Value};
use std::rc::Rc;

pub(super) static ACTIONS: &[Action] = &[Action::new("status", &["t"], "set the status", ask)
    .also("blocked, doing, to do, in progress")
    .command("set ID status=doing")
    .off(nothing_here)];

fn ask(app: &mut App) {
    let now = app.current().map(Record::status);
    let choices = Status::ALL.into_iter().map(|status| {
        let about = if Some(status) == now { "as it is" } else { "" };
        Choice::new(
            status.key().chars().next().unwrap_or('?'),
            status.key(),
            about,
            Rc::new(move |app| choose(app, status)),
        )
        .repeats()
    });
    let title = format!("status of {}", named(app, &app.targets()));
    let at = Status::ALL.iter().position(|status| Some(*status) == now).unwrap_or(0);
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices.collect()).at(at)));
}

fn choose(app: &mut App, status: Status) {
    if status == Status::Blocked {
        let why = app.current().and_then(|record| record.get(Field::Blocked)?.get("why"));
        let why = why.and_then(Value::as_text).unwrap_or_default().to_owned();
        return Prompt::ask(app, "blocked, because (may be empty)".into(), &why, block);
    }
    let ids = app.targets();
    let today = app.today;
    let ops = ids.iter().filter_map(|id| app.workspace().get(id));
    let ops = ops.flat_map(|record| progress(record, status, today)).collect();
    app.commit(format!("{}: {}", status.key(), named(app, &ids)), Op::Batch(ops));
}

/// The edits that bring a record to a status other than blocked; work begins the first day
/// something is being done.
pub fn progress(record: &Record, status: Status, today: crate::workspace::Date) -> Vec<Op> {
    let id = record.id();
    let mut ops = Vec::new();
    let word = (status != Status::Todo).then(|| Value::text(status.key()));
    if record.get(Field::Status) != word.as_ref() {
        ops.push(Op::Edit { id: id.clone(), field: Field::Status, value: word });
    }
    ops.extend(record.get(Field::Blocked).map(|_| Op::clear(id, Field::Blocked)));
    if status == Status::Doing && record.date(Field::Started).is_none() {
        ops.push(Op::set(id, Field::Started, Value::Date(today)));
    }
    ops
}

fn block(app: &mut App, why: &str) {
    let ids: Vec<Id> = app.targets();
    let today = app.today;
    let records = ids.iter().filter_map(|id| app.workspace().get(id));
    let ops = records.flat_map(|record| blocked(record, why, today)).collect();
    app.commit(format!("blocked: {}", named(app, &ids)), Op::Batch(ops));
}

/// The edits that block a record: why, where it is said, and since when; what was blocked before
/// stays blocked since then.
pub fn blocked(record: &Record, why: &str, today: crate::workspace::Date) -> Vec<Op> {
    let since = record.get(Field::Blocked).and_then(|blocked| blocked.get("since")).cloned();
    let mut blocked = vec![("since".into(), since.unwrap_or(Value::Date(today)))];
    if !why.trim().is_empty() {
        blocked.push(("why".into(), Value::text(why.trim())));
    }
    vec![
        Op::set(record.id(), Field::Status, Value::text(Status::Blocked.key())),
        Op::set(record.id(), Field::Blocked, Value::map(blocked)),
    ]
}
