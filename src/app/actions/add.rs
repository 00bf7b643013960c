//! New items below the cursor: one that is typed, or many that are pasted.

use super::breakdown::{bare, colon, part};
use super::pasted::{self, Lines};
use super::{Action, Scope};
use crate::app::App;
use crate::app::prompt::Prompt;
use crate::workspace::{Id, Kind, Op, Place, Record, Spot};
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[Action::new("add", &["a"], "add below", |app| {
    let kind = app.board.focused().place().usual_kind();
    let place = app.board.focused().place().words();
    let label = format!("new {} in {place}, or 5 bug: title #tag", kind.key());
    Prompt::ask_lines(app, label, |app, line| add(app, &[line]), offer);
})
.also("new item, create, insert")
.command("add 'Undo an import' --after ID")
.scope(Scope::Lists)
.hint("add")];

static ITEMS: Lines = Lines { verb: "add", one: "item", many: "items", take: add };

fn offer(app: &mut App, text: &str) {
    let place = app.board.focused().place().words();
    pasted::offer(app, text, place, &ITEMS);
}

fn add(app: &mut App, lines: &[&str]) {
    let place = app.board.focused().place();
    added(app, lines, place, place.words(), |record| record);
}

/// Adds what these lines spell to a place, below the cursor where that is in it, in one step; they
/// are told to be in `whither`.
pub fn added(
    app: &mut App,
    lines: &[&str],
    place: Place,
    whither: &str,
    dress: impl Fn(Record) -> Record,
) {
    let below = app.cursor().and_then(|id| app.workspace().spot_of(id));
    let below = below.filter(|spot| spot.place == place);
    let at = below.map_or(Spot::bottom(place), |spot| Spot::new(place, spot.index + 1));
    let mut records = Vec::new();
    for line in lines {
        match part(line, place.usual_kind(), app.new_id(), app.today) {
            Ok(record) => records.push(Arc::new(dress(record))),
            Err(_) if lines.len() == 1 => {
                return app.refuse("an item needs a title; nothing was added");
            }
            Err(why) => return app.refuse(format!("{why}; nothing was added")),
        }
    }
    let Some(first) = records.first().map(|record| record.id().clone()) else { return };
    let words = match records.as_slice() {
        [record] => format!("added to {whither}: {}", record.title()),
        many => format!("added {} items to {whither}", many.len()),
    };
    // From the last one up, so that each comes to stand above those that follow it.
    let inserted = records.into_iter().rev().map(|record| Op::Insert { record, at });
    if app.commit(words, Op::Batch(inserted.collect())) {
        seen(app, &first);
        if let [line] = lines {
            with_colon(app, line, place.usual_kind());
        }
    }
}

/// Says how kind and points are written, where a line that was taken as a title begins like them.
fn with_colon(app: &mut App, line: &str, usual: Kind) {
    let undo = app.key("undo");
    if let Some(spelled) = colon(line) {
        app.say(format!(
            "“{spelled}” would be kind and points, with its colon · {undo} takes it back"
        ));
    } else if let Some(number) = bare(line) {
        let kind = usual.key();
        app.say(format!(
            "“{number}:” is in the title; points need a kind: “{number} {kind}: …” · {undo} takes it \
             back"
        ));
    }
}

/// Puts the cursor on what came in, or says why it can't be seen.
pub(super) fn seen(app: &mut App, id: &Id) {
    if !app.go_to(id) {
        let back = app.key("back");
        app.say(format!("added, but the filter does not show it · {back} shows everything"));
    }
}
