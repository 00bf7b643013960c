//! What something else did to the file, taken over: the cursor, the filter and undo stay.

use super::{App, Arrival, SaveProblem};
use crate::workspace::{Content, Merged, Op, Workspace, conflicted, diff, merge3};
use std::collections::BTreeSet;

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
    let Arrival { since, theirs, .. } = arrival;
    let before = conflicts(app.workspace().content());
    let Merged { content, .. } = merge3(&since, app.workspace().content(), &theirs);
    let ops = diff(app.workspace(), &Workspace::new(content));
    if !ops.is_empty() && app.document.adopt(Op::Batch(ops)).is_err() {
        app.saving.problem = Some(SaveProblem::Changed);
        return;
    }
    let conflicts = conflicts(app.workspace().content()).saturating_sub(before);
    app.say(said(&since, &theirs, conflicts));
    app.saving.problem = None;
    app.saving.base = theirs;
    catch_up(app);
}

/// Saves what the file lacks.
fn catch_up(app: &mut App) {
    if app.read_only.is_none() && app.saving.base != *app.workspace().content() {
        app.save(false);
    }
}

/// How many fields have two values.
fn conflicts(content: &Content) -> usize {
    conflicted(content).iter().map(|(_, clashes)| clashes.len()).sum()
}

/// What came in, in a line.
fn said(since: &Content, theirs: &Content, conflicts: usize) -> String {
    let [since, theirs] = [since, theirs].map(|content| Workspace::new(content.clone()));
    let ops = diff(&since, &theirs);
    let count = |is: fn(&Op) -> bool| {
        let touched = ops.iter().filter(|op| is(op)).flat_map(Op::touched);
        touched.collect::<BTreeSet<_>>().len()
    };
    let counted = [
        (count(|op| matches!(op, Op::Edit { .. })), "edited"),
        (count(|op| matches!(op, Op::Move { .. })), "moved"),
        (count(|op| matches!(op, Op::Insert { .. })), "new"),
        (count(|op| matches!(op, Op::Remove { .. })), "removed"),
    ];
    let counted = counted.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = counted.map(|(count, what)| format!("{count} {what}")).collect();
    let merged = format!("outside change merged: {}", words.join(", "));
    match conflicts {
        0 => merged,
        1 => format!("{merged} · one field has two values now"),
        many => format!("{merged} · {many} fields have two values now"),
    }
}
