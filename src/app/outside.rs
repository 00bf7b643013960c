//! What something else did to the file, taken over: the cursor, the filter and undo stay.

use super::choice::{Choice, Choices};
use super::{App, Arrival, SaveProblem, Window};
use crate::workspace::{Content, Id, Merged, Op, Workspace, clashes, diff, merge3};
use std::collections::HashSet;
use std::rc::Rc;

/// Takes in how the file stands to what was last known of it.
pub(super) fn looked(app: &mut App, result: Result<Option<Box<Arrival>>, SaveProblem>) {
    match result {
        Ok(Some(arrival)) => adopt(app, *arrival),
        Ok(None) => {
            app.saving.problem = None;
            catch_up(app);
        }
        Err(problem) => app.saving.problem = Some(problem),
    }
}

/// Brings what came in together with what is on the screen.
fn adopt(app: &mut App, arrival: Arrival) {
    let Arrival { number, since, theirs, gone, reverted, news } = arrival;
    let Merged { content, .. } = merge3(&since, app.workspace().content(), &theirs);
    let ops = diff(app.workspace(), &Workspace::new(content));
    app.overtake();
    let touched: HashSet<Id> = ops.iter().flat_map(Op::touched).collect();
    let before = conflicts(app.workspace(), &touched);
    if !ops.is_empty() && app.document.adopt(Op::Batch(ops)).is_err() {
        app.saving.problem = Some(SaveProblem::Changed);
        return;
    }
    let conflicts = conflicts(app.workspace(), &touched).saturating_sub(before);
    tell(app, &since, &theirs, conflicts, news);
    app.saving.alarm = alarm(gone, &reverted).or(app.saving.alarm.take());
    app.saving.reverted = reverted;
    app.saving.problem = None;
    app.saving.base = theirs;
    app.saving.heard = number;
    catch_up(app);
}

/// Saves what the file lacks.
fn catch_up(app: &mut App) {
    if app.locked().is_none() && app.saving.base != *app.workspace().content() {
        app.save(false);
    }
}

/// How many fields and places of these records have two values.
fn conflicts(workspace: &Workspace, ids: &HashSet<Id>) -> usize {
    let records = ids.iter().filter_map(|id| workspace.get(id));
    records.map(|record| clashes(workspace, record).len()).sum()
}

/// Says what came in, in a line, and keeps the rest for who asks.
fn tell(app: &mut App, since: &Content, theirs: &Content, conflicts: usize, news: Vec<String>) {
    let [before, after] = [since, theirs].map(|content| Workspace::new(content.clone()));
    let ops = diff(&before, &after);
    if ops.is_empty() {
        return inform(app, news);
    }
    let lines = ops.iter().map(|op| line(op, &before, app.workspace()));
    app.saving.news = lines.chain(news).collect();
    let two = match conflicts {
        0 => String::new(),
        1 => " · one field has two values now".to_owned(),
        many => format!(" · {many} fields have two values now"),
    };
    let said = format!("outside change merged: {}{two}", counted(&ops));
    let shows = app.key("banner");
    app.say(format!("{said} · {shows} shows it"));
}

/// Says what is worth a look once, and keeps it for who asks.
pub(super) fn inform(app: &mut App, news: Vec<String>) {
    let Some(first) = news.first() else { return };
    let said = format!("{first} · {} shows it", app.key("banner"));
    app.say(said);
    app.saving.news = news;
}

/// How many records were edited, moved and so on.
fn counted(ops: &[Op]) -> String {
    let count = |is: fn(&Op) -> bool| {
        let touched = ops.iter().filter(|op| is(op)).flat_map(Op::touched);
        touched.collect::<HashSet<_>>().len()
    };
    let counted = [
        (count(|op| matches!(op, Op::Edit { .. })), "edited"),
        (count(|op| matches!(op, Op::Move { .. })), "moved"),
        (count(|op| matches!(op, Op::Insert { .. })), "new"),
        (count(|op| matches!(op, Op::Remove { .. })), "removed"),
    ];
    let counted = counted.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = counted.map(|(count, what)| format!("{count} {what}")).collect();
    words.join(", ")
}

/// What was done, with the title of the record.
fn line(op: &Op, before: &Workspace, after: &Workspace) -> String {
    let title = |id: &Id| {
        let record = after.get(id).or_else(|| before.get(id));
        let title = record.map(|record| record.title()).filter(|title| !title.is_empty());
        title.map_or_else(|| id.to_string(), str::to_owned)
    };
    match op {
        Op::Edit { id, field, .. } => format!("edited  {}: {}", title(id), field.row().label),
        Op::Move { id, .. } => format!("moved   {}", title(id)),
        Op::Insert { record, .. } => format!("new     {}", title(record.id())),
        Op::Remove { id } => format!("removed {}", title(id)),
        // Differences are told move by move.
        Op::Arrange { place, .. } => format!("arranged {}", place.words()),
        Op::Batch(ops) => counted(ops),
    }
}

/// What must not be overlooked, in a line.
fn alarm(gone: Option<usize>, reverted: &[Op]) -> Option<String> {
    let taken = counted(reverted);
    match gone {
        _ if !reverted.is_empty() => Some(format!("an outside save took back: {taken}")),
        Some(gone) => Some(format!("an outside save took {gone} away; the backups have them")),
        None => None,
    }
}

/// Opens what came in, with what can be done about it.
pub(super) fn choices(app: &mut App) {
    let about = std::mem::take(&mut app.saving.news);
    let title = app.saving.alarm.take().unwrap_or_else(|| "what happened to the file".into());
    let again = std::mem::take(&mut app.saving.reverted);
    let mut choices = vec![Choice::new('c', "close", "", Rc::new(|_: &mut App| {}))];
    if !again.is_empty() {
        let redo = move |app: &mut App| {
            app.commit("did again what was taken back", Op::Batch(again.clone()));
        };
        choices.push(Choice::new('a', "do mine again", "what was taken back", Rc::new(redo)));
    }
    app.windows.push(Window::Choices(Choices::new(title, about, choices)));
}
