//! From a large thing to small ones, one a line, with a word on why.

use super::{Action, Scope, nothing_here};
use crate::app::form::{Form, FormRow};
use crate::app::{App, Window};
use crate::workspace::{Date, Field, Id, Kind, Op, Place, Record, Shape, Spot, Value};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("break-down", &["b"], "break down into parts, one a line", open)
        .hint("break down")
        .off(nothing_here),
    Action::new("unfold", &["z"], "show what it is made of, or hide it", |app| {
        let Some(id) = app.cursor().cloned() else { return };
        let children = app.workspace().children(&id).len();
        if app.board.unfold(&id) {
            let fold = app.key("unfold");
            app.say(format!("{children} parts · {fold} hides them"));
        }
    })
    .scope(Scope::Lists)
    .off(|app| {
        let id = app.cursor()?;
        let none = app.workspace().children(id).is_empty();
        none.then(|| format!("it has no parts · {} breaks it down", app.key("break-down")))
    }),
    Action::new("tree", &["Z"], "as a tree: parts below what they are part of, or as it was", tree)
        .scope(Scope::Lists),
];

/// Turns the look as a tree on, with every branch open, or off.
fn tree(app: &mut App) {
    app.board.tree = !app.board.tree;
    app.board.unfolded = if app.board.tree { parents(app) } else { HashSet::new() };
    let (fold, turn) = (app.key("unfold"), app.key("tree"));
    app.say(if app.board.tree {
        format!("as a tree · {fold} folds a branch · {turn} shows the plain order")
    } else {
        "in the plain order".to_owned()
    });
}

/// Everything that has parts.
fn parents(app: &App) -> HashSet<Id> {
    let items = Place::ITEMS.into_iter().flat_map(|place| app.workspace().list(place));
    let parents = items.filter_map(|item| item.link(Field::Parent));
    parents.cloned().collect()
}

fn open(app: &mut App) {
    let Some(record) = app.current() else { return };
    let (id, title) = (record.id().clone(), format!("parts of {}", record.title()));
    let lines = "one a line: title, or 5 story: title #tag";
    let rows = vec![
        FormRow::free("parts", lines, Shape::Lines),
        FormRow::free("why", "kept as a decision; may be empty", Shape::Text),
    ];
    let accept = move |app: &mut App, form: &Form| take(app, form, &id);
    app.windows.push(Window::Form(Form::new(title, rows, Rc::new(accept))));
}

/// Makes the parts: below the parent in the backlog, else at the bottom of it.
fn take(app: &mut App, form: &Form, parent: &Id) -> Result<(), (usize, String)> {
    let (lines, why) = (form.text(0), form.text(1));
    let lines: Vec<&str> = lines.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return Err((0, "write at least one part".to_owned()));
    }
    let at = bottom(app, parent);
    let mut ops = Vec::new();
    for line in &lines {
        let id = app.new_id();
        let record = part(line, Kind::Story, id, app.today).map_err(|wrong| (0, wrong))?;
        let record = Arc::new(record.with(Field::Parent, Value::Link(parent.clone())));
        let index = at.saturating_add(ops.len());
        ops.push(Op::Insert { record, at: Spot::new(Place::Backlog, index) });
    }
    let title = app.workspace().get(parent).map_or(String::new(), |p| p.title().to_owned());
    let words = format!("broke {title} down into {}", lines.len());
    if !why.trim().is_empty() {
        let decision = Record::new(app.new_id())
            .with(Field::On, Value::Date(app.today))
            .with(Field::HatOn, Value::text(app.board.hat.key()))
            .with(Field::About, Value::Link(parent.clone()))
            .with(Field::What, Value::text(format!("broken down into {}", lines.len())))
            .with(Field::Why, Value::text(why.trim()));
        let at = Spot::bottom(Place::Decisions);
        ops.push(Op::Insert { record: Arc::new(decision), at });
    }
    if app.commit(words, Op::Batch(ops)) {
        return Ok(());
    }
    Err((0, app.refusal().unwrap_or_default()))
}

/// Where new parts begin: behind the last part in the backlog, or the parent, or everything.
fn bottom(app: &App, parent: &Id) -> usize {
    let workspace = app.workspace();
    let children = workspace.children(parent);
    let spots = children.iter().chain([parent]).filter_map(|id| workspace.spot_of(id));
    let here = spots.filter(|spot| spot.place == Place::Backlog).map(|spot| spot.index + 1);
    here.max().unwrap_or(workspace.list(Place::Backlog).len())
}

/// The item that a line spells: `5 story: Import a CSV #bank`, of which only the title must be.
/// Points count only before a kind, so that a title may begin with a number.
///
/// # Errors
/// The line has no title.
pub fn part(line: &str, usual: Kind, id: Id, today: Date) -> Result<Record, String> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line).trim();
    let headed = line.split_once(':').and_then(|(head, title)| {
        let mut words = head.split_whitespace().rev();
        let word = words.next()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.key() == word)?;
        let points = match (words.next(), words.next()) {
            (Some(points), None) => Some(points.replace(',', ".").parse::<f64>().ok()?),
            (None, _) => None,
            _ => return None,
        };
        let valid = points.is_none_or(|points| points.is_finite() && points > 0.0);
        valid.then_some((kind, points, title))
    });
    let (kind, points, text) = headed.unwrap_or((usual, None, line));
    let (tags, words): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|word| word.len() > 1 && word.starts_with('#'));
    let title = words.join(" ");
    if title.is_empty() {
        return Err(format!("“{line}” has no title"));
    }
    let mut record = Record::new(id)
        .with(Field::Kind, Value::text(kind.key()))
        .with(Field::Title, Value::text(title))
        .with(Field::Created, Value::Date(today));
    if !tags.is_empty() {
        let tags = tags.iter().map(|tag| Value::text(&tag[1..])).collect();
        record = record.with(Field::Tags, Value::List(tags));
    }
    if let Some(points) = points {
        record = record.with(Field::Points, Value::Number(points));
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_spells_points_kind_title_and_tags() {
        for (line, kind, title, points, tags) in [
            ("Import a CSV", "story", "Import a CSV", None, ""),
            ("5 story: Import a CSV #bank #api", "story", "Import a CSV", Some(5.0), "bank api"),
            ("- bug: The last row is lost", "bug", "The last row is lost", None, ""),
            ("3 Retry feeds", "story", "3 Retry feeds", None, ""),
            ("2,5 task: Tidy up: twice", "task", "Tidy up: twice", Some(2.5), ""),
            ("Note: this is a title", "story", "Note: this is a title", None, ""),
            ("2026", "story", "2026", None, ""),
        ] {
            let record =
                part(line, Kind::Story, Id::new("x"), "2026-11-22".parse().unwrap()).unwrap();
            assert_eq!(record.text(Field::Kind), kind, "{line}");
            assert_eq!(record.title(), title);
            assert_eq!(record.number(Field::Points), points);
            assert_eq!(record.texts(Field::Tags).collect::<Vec<_>>().join(" "), tags);
        }
        assert!(
            part("5 story: #only", Kind::Story, Id::new("x"), "2026-11-22".parse().unwrap())
                .is_err()
        );
    }
}
