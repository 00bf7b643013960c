//! Back, forth, and once more.

use super::{Action, Scope};
use crate::app::views::View;
use crate::app::{App, detail};
use crate::workspace::{Field, Id, Op, Place, Step, conflicted};

pub(super) static ACTIONS: &[Action] = &[
    Action::new("undo", &["u"], "undo", |app| travel(app, "undone", |app| app.document.undo()))
        .also("take back")
        .no_command(
            "a command is taken back by its opposite, and `batch --dry-run` tries it before",
        )
        .scope(Scope::Anywhere)
        .hint("undo")
        .off(|app| (!app.document.has_undo()).then(|| "nothing to undo".to_owned())),
    Action::new("redo", &["ctrl-r"], "redo", |app| {
        travel(app, "redone", |app| app.document.redo());
    })
    .also("once more")
    .no_command("a command can be given again")
    .scope(Scope::Anywhere)
    .off(|app| (app.document.undone() == 0).then(|| "nothing to redo".to_owned())),
    Action::new("repeat", &["."], "repeat the last change", |app| {
        if let Some(repeat) = app.repeat.clone() {
            repeat(app);
        }
    })
    .no_command("one command does it to many items at once")
    .scope(Scope::Anywhere)
    .off(|app| app.repeat.is_none().then(|| "nothing to repeat yet".to_owned())),
];

/// Undoes or redoes as often as the count says, and puts the cursor where it happened.
fn travel(app: &mut App, word: &str, turn: fn(&mut App) -> Option<Step>) {
    if let Some(why) = app.locked() {
        let why = format!("nothing can be changed: {why}");
        return app.refuse(why);
    }
    let (mut last, mut dates) = (None, String::new());
    for at in 0..app.times() {
        let Some(step) = turn(app) else { break };
        if step.is_overtaken() {
            return overtaken(app, &step);
        }
        let but = if step.is_partial { ", except what something else changed since" } else { "" };
        let log = Step { words: format!("{word}{but}: {}", step.words), ..step };
        app.changed(log.clone());
        // Of several steps nobody knows what they moved together.
        dates = if at == 0 { app.moved_dates() } else { String::new() };
        last = Some(log);
    }
    let Some(step) = last else { return };
    let seen = show(app, &step);
    let hidden = if seen { "" } else { " (not among the rows shown)" };
    app.say(format!("{}{hidden}{dates}", step.words));
}

/// Says why a change of one's own is not taken back; what was done before it is next.
fn overtaken(app: &mut App, step: &Step) {
    let (undo, shows) = (app.key("undo"), app.key("banner"));
    // A step of which nothing is left does not know any more what it was about.
    let both = match &conflicted(app.workspace())[..] {
        [] => String::new(),
        [(id, _)] => {
            let title = detail::linked(app.reading(), id);
            format!(" · {title} has two values: {shows} there shows both")
        }
        many => format!(" · {} have two values: {shows} on one shows both", many.len()),
    };
    let more =
        if app.changes() > 0 { format!(" · {undo} goes on before it") } else { String::new() };
    let why = "something else changed the same since";
    app.refuse(format!("not undone: {} · {why}{both}{more}", step.words));
}

/// Puts the cursor on what the step brought, moved or changed, in this order of preference: on
/// the uppermost of several, unless it is on one of them already. Whether it can be seen there.
fn show(app: &mut App, step: &Step) -> bool {
    let (mut brought, mut moved) = (Vec::new(), Vec::new());
    step.op.each(&mut |op| match op {
        Op::Insert { record, .. } => brought.push(record.id().clone()),
        Op::Move { id, .. } => moved.push(id.clone()),
        Op::Arrange { order, .. } => {
            // They stand in this order now, so the first is the uppermost.
            let here = app.cursor().filter(|id| order.contains(id));
            moved.extend(here.or(order.first()).cloned());
        }
        _ => {}
    });
    let is_item = |id: &Id| app.workspace().place_of(id).is_some_and(Place::holds_items);
    let changed = || step.touched().into_iter().filter(is_item).collect();
    // A decision that a move brought with it is nowhere on the board: the item that moved is.
    let items = brought.iter().filter(|id| is_item(id)).cloned().collect();
    let found = [items, moved, brought].into_iter().find(|ids: &Vec<Id>| !ids.is_empty());
    let mut ids = found.unwrap_or_else(changed);
    if ids.is_empty() && !app.view.is_board() {
        // Views have rows for more than items.
        ids = step.touched().into_iter().collect();
    }
    let here = app.cursor().filter(|id| ids.contains(id)).cloned();
    let spot = |id: &&Id| app.workspace().spot_of(id).map(|spot| (spot.place, spot.index));
    let uppermost = || ids.iter().min_by_key(spot).cloned();
    let Some(id) = here.or_else(uppermost) else { return true };
    if app.view.is_board() {
        return app.go_to(&id);
    }
    // A view stays also where it does not show the item.
    app.view.look_at(&id);
    if let View::Outcomes(view) = &mut app.view
        && let Some(at) = metric(step, &id)
    {
        view.look_at_metric(&id, at);
    }
    true
}

/// Which metric of an objective the step changed, added or took away: the first of several.
fn metric(step: &Step, of: &Id) -> Option<usize> {
    let list = |op: &Op| {
        let mut list = None;
        op.each(&mut |op| match op {
            Op::Edit { id, field: Field::Metrics, value } if id == of => {
                list = Some(value.as_ref().map_or_else(Vec::new, |value| value.items().to_vec()));
            }
            _ => {}
        });
        list
    };
    let (now, before) = (list(&step.op)?, list(&step.inverse)?);
    (0..now.len().max(before.len())).find(|at| now.get(*at) != before.get(*at))
}
