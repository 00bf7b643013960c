//! From a large thing to small ones, one a line, with a word on why.

use super::{Action, Decision, Scope, nothing_here};
use crate::app::App;
use crate::app::form::{self, Form, FormRow};
use crate::insight::handover;
use crate::insight::sprint::State;
use crate::workspace::{
    Date, Field, Hat, Id, Kind, Op, Place, Record, Shape, Spot, Value, Workspace, number,
};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

pub(super) static ACTIONS: &[Action] = &[
    Action::new("break-down", &["b"], "hand over, or break down into parts, one a line", open)
        .also("subtasks, children")
        .command("break-down ID '3 task: Read a CSV' 'Undo it'")
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
        let none = !app.workspace().is_parent(id);
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
    let id = record.id().clone();
    let hands_over = is_on_roadmap(app.workspace(), &id);
    let what = if hands_over { "hand over" } else { "parts of" };
    let title = format!("{what} {}", record.title());
    let lines = "one a line: title, or 5 story: title #tag";
    let mut rows = vec![
        FormRow::free("parts", lines, Shape::Lines),
        FormRow::free("why", "kept as a decision; may be empty", Shape::Text),
    ];
    if hands_over {
        rows[1] = FormRow::free("why", "goes along with it; may be empty", Shape::Text)
            .holding(&before(app.workspace(), &id));
        rows.push(
            FormRow::free("epic", "the parts go below an epic of this name", Shape::Text)
                .holding(epic(app.workspace(), &id).map_or("", |epic| epic.title())),
        );
        rows.extend(TRIAL.map(|(part, meaning)| {
            FormRow::free(part, meaning, Shape::Text).holding(trial(record, part))
        }));
    }
    let accept = move |app: &mut App, form: &Form| take(app, form, &id);
    form::open(app, Form::new(title, rows, Rc::new(accept)));
}

/// What goes along with an initiative: the parts of its trial, and what they are.
const TRIAL: [(&str, &str); 2] =
    [("hypothesis", "what you believe will come of it"), ("measure", "how it will be seen")];

fn trial<'a>(record: &'a Record, part: &str) -> &'a str {
    let text = record.get(Field::Experiment).and_then(|trial| trial.get(part));
    text.and_then(Value::as_text).unwrap_or_default()
}

/// Why it was handed over before, where it was.
fn before(workspace: &Workspace, id: &Id) -> String {
    let decision = handover::decision(workspace, id);
    decision.map_or("", |decision| decision.text(Field::Why)).to_owned()
}

/// The first epic in the backlog that is part of an initiative.
fn epic<'a>(workspace: &'a Workspace, id: &Id) -> Option<&'a Record> {
    let children = workspace.children(id);
    let open = children.iter().filter(|id| workspace.place_of(id) == Some(Place::Backlog));
    let mut records = open.filter_map(|id| workspace.get(id));
    records.find(|record| record.kind() == Kind::Epic).map(|record| &**record)
}

/// Takes what the form says.
fn take(app: &mut App, form: &Form, parent: &Id) -> Result<(), (usize, String)> {
    let hands_over = is_on_roadmap(app.workspace(), parent);
    let parts = Parts {
        lines: form.text(0),
        why: form.text(1),
        epic: if hands_over { form.text(2) } else { String::new() },
        trial: [0, 1].map(|at| hands_over.then(|| form.text(3 + at))),
    };
    let (workspace, source) = (app.document.workspace(), &mut app.ids);
    let new = || source.next(|id| workspace.is_spoken_for(id));
    let (words, ops) =
        parts.ops(workspace, parent, app.board.hat, app.today, new).map_err(|wrong| (0, wrong))?;
    if app.commit(words, Op::Batch(ops)) {
        return Ok(());
    }
    Err((0, app.refusal().unwrap_or_default()))
}

/// What something is broken down into, with a word on why.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The parts, one a line.
    pub lines: String,
    /// Why; may be empty.
    pub why: String,
    /// Of an initiative: the epic below which they stand; empty for none.
    pub epic: String,
    /// Of an initiative: what is believed of it, and how that is measured. What is not said stays.
    pub trial: [Option<String>; 2],
}

impl Parts {
    /// What makes the parts: below the parent in the backlog, else at the bottom of it. Of an
    /// initiative they may stand below an epic, and its reason and its measure go along. With
    /// words on what it does.
    ///
    /// # Errors
    /// A line has no title, or there is none.
    pub fn ops(
        &self,
        workspace: &Workspace,
        parent: &Id,
        hat: Hat,
        today: Date,
        mut new: impl FnMut() -> Id,
    ) -> Result<(String, Vec<Op>), String> {
        let lines = self.lines.lines().filter(|line| !line.trim().is_empty());
        let lines: Vec<&str> = lines.collect();
        let hands_over = is_on_roadmap(workspace, parent);
        let mut ops = Vec::new();
        let mut goal = parent.clone();
        if hands_over {
            goal = self.below(workspace, parent, today, &mut new, &mut ops);
            ops.extend(self.along(workspace, parent));
        }
        if lines.is_empty() && ops.is_empty() {
            return Err("write at least one part".to_owned());
        }
        let first = bottom(workspace, &goal);
        let first = first.saturating_add(usize::from(!workspace.contains(&goal)));
        let sprint = open_sprint(workspace, &goal);
        for (line, index) in lines.iter().zip(first..) {
            let mut record = part(line, Kind::Story, new(), today)?;
            record = record.with(Field::Parent, Value::link(goal.clone()));
            if let Some(sprint) = sprint {
                record = record.with(Field::Sprint, Value::link(sprint.clone()));
            }
            let at = Spot::new(Place::Backlog, index);
            ops.push(Op::Insert { record: Arc::new(record), at });
        }
        let title = workspace.get(parent).map_or("", |parent| parent.title());
        let (count, what) = (lines.len(), handover::WORDS);
        let words = match (hands_over, count) {
            (true, 0) => format!("{what} {title}"),
            (true, count) => format!("{what} {title}, {count} to do"),
            (false, count) => format!("broke {title} down into {count}"),
        };
        let broken = format!("broken down into {count}");
        let what = if hands_over { what } else { &broken };
        ops.extend(
            self.reason(workspace, parent, what, |decision| decision.kept(new(), hat, today)),
        );
        Ok((words, ops))
    }

    /// What the parts become part of: the initiative, or its epic of this name, which is made where
    /// there is none.
    fn below(
        &self,
        workspace: &Workspace,
        parent: &Id,
        today: Date,
        new: &mut impl FnMut() -> Id,
        ops: &mut Vec<Op>,
    ) -> Id {
        let name = self.epic.trim();
        if name.is_empty() {
            return parent.clone();
        }
        if let Some(epic) = epic(workspace, parent).filter(|epic| epic.title() == name) {
            return epic.id().clone();
        }
        let (id, index) = (new(), bottom(workspace, parent));
        let record = Record::new(id.clone())
            .with(Field::Kind, Value::text(Kind::Epic.key()))
            .with(Field::Title, Value::text(name))
            .with(Field::Parent, Value::link(parent.clone()))
            .with(Field::Created, Value::Date(today));
        ops.push(Op::Insert { record: Arc::new(record), at: Spot::new(Place::Backlog, index) });
        id
    }

    /// What is said of the trial of an initiative, where that is new.
    fn along(&self, workspace: &Workspace, parent: &Id) -> Option<Op> {
        let record = workspace.get(parent)?;
        let said = TRIAL.iter().zip(&self.trial);
        let said = said.filter_map(|((part, _), text)| Some((*part, text.as_deref()?.trim())));
        let said: Vec<_> = said.filter(|(part, text)| *text != trial(record, part)).collect();
        if said.is_empty() {
            return None;
        }
        let old = record.get(Field::Experiment).map(Value::entries).unwrap_or_default().iter();
        let kept = old.filter(|(name, _)| said.iter().all(|(part, _)| **name != **part)).cloned();
        let new = said.iter().filter(|(_, text)| !text.is_empty());
        let new = new.map(|(part, text)| ((*part).into(), Value::text(text)));
        let entries: Vec<_> = new.chain(kept).collect();
        let value = (!entries.is_empty()).then_some(Value::map(entries));
        Some(Op::Edit { id: parent.clone(), field: Field::Experiment, value })
    }

    /// Keeps why, unless it was said before.
    fn reason(
        &self,
        workspace: &Workspace,
        parent: &Id,
        what: &str,
        keep: impl FnOnce(Decision) -> Op,
    ) -> Option<Op> {
        let why = self.why.trim();
        if why.is_empty() || why == before(workspace, parent) {
            return None;
        }
        let old = handover::decision(workspace, parent).filter(|_| what == handover::WORDS);
        if let Some(old) = old {
            return Some(Op::set(old.id(), Field::Why, Value::text(why)));
        }
        Some(keep(Decision { about: Some(parent), what, why, ..Decision::default() }))
    }
}

fn is_on_roadmap(workspace: &Workspace, id: &Id) -> bool {
    workspace.place_of(id).is_some_and(Place::in_roadmap)
}

/// Where new parts begin: behind the last part in the backlog, or the parent, or everything.
fn bottom(workspace: &Workspace, parent: &Id) -> usize {
    let children = workspace.children(parent);
    let spots = children.iter().chain([parent]).filter_map(|id| workspace.spot_of(id));
    let here = spots.filter(|spot| spot.place == Place::Backlog).map(|spot| spot.index + 1);
    here.max().unwrap_or(workspace.list(Place::Backlog).len())
}

/// What stands before the colon of a line: a kind, with points before or behind it or without.
///
/// # Errors
/// The points may be either of two numbers.
fn head(words: &str) -> Result<Option<(Kind, Option<f64>)>, String> {
    let kind = |word: &str| Kind::ALL.into_iter().find(|kind| kind.key() == word);
    let (kind, points) = match words.split_whitespace().collect::<Vec<_>>()[..] {
        [word] => return Ok(kind(word).map(|kind| (kind, None))),
        [first, second] => match kind(second) {
            Some(kind) => (Some(kind), first),
            None => (kind(first), second),
        },
        _ => return Ok(None),
    };
    let Some(kind) = kind else { return Ok(None) };
    let points = number::typed(points)?.filter(|points| *points > 0.0);
    Ok(points.map(|points| (kind, Some(points))))
}

/// How a line that begins with a kind and points would spell them: with the colon it lacks.
pub(in crate::app) fn colon(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let both = format!("{} {}", words.next()?, words.next()?);
    words.next().and(head(&both).ok()?).map(|_| format!("{both}: …"))
}

/// The number that a line begins with, alone before a colon: as much a title, `404: no page`, as
/// points.
pub(super) fn bare(line: &str) -> Option<&str> {
    let (before, title) = line.split_once(':')?;
    let number = before.trim();
    let is_title = !title.trim().is_empty();
    (is_title && matches!(number::typed(number), Ok(Some(points)) if points > 0.0))
        .then_some(number)
}

/// The item that a line spells: `5 story: Import a CSV #bank`, or `story 5:`, of which only the
/// title must be. Points count only beside a kind, so that a title may begin with a number.
///
/// # Errors
/// The line has no title, or its points may be either of two numbers.
pub fn part(line: &str, usual: Kind, id: Id, today: Date) -> Result<Record, String> {
    let line = line.trim();
    let line = line.strip_prefix("- ").unwrap_or(line).trim();
    let (before, title) = line.split_once(':').unwrap_or_default();
    let headed = head(before)?.map(|(kind, points)| (kind, points, title));
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

/// The sprint that an item is in, where that is not over: what is made of it is in it too.
fn open_sprint<'a>(workspace: &'a Workspace, id: &Id) -> Option<&'a Id> {
    let sprint = workspace.get(id)?.link(Field::Sprint)?;
    workspace.get(sprint).filter(|it| State::of(it) != State::Closed).map(|_| sprint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_lacks_a_colon_is_told_from_a_title() {
        assert_eq!(colon("story 8 Paint").as_deref(), Some("story 8: …"));
        assert_eq!(colon("8 story Paint").as_deref(), Some("8 story: …"));
        for title in ["story 8: Paint", "8 stories", "story 8", "stories 8 long", ""] {
            assert_eq!(colon(title), None, "{title}");
        }
    }

    #[test]
    fn a_line_spells_points_kind_title_and_tags() {
        for (line, kind, title, points, tags) in [
            ("Import a CSV", "story", "Import a CSV", None, ""),
            ("5 story: Import a CSV #bank #api", "story", "Import a CSV", Some(5.0), "bank api"),
            ("- bug: The last row is lost", "bug", "The last row is lost", None, ""),
            ("bug 2: The last row is lost", "bug", "The last row is lost", Some(2.0), ""),
            ("bug 404 on the page: why", "story", "bug 404 on the page: why", None, ""),
            ("3 Retry feeds", "story", "3 Retry feeds", None, ""),
            ("2,5 task: Tidy up: twice", "task", "Tidy up: twice", Some(2.5), ""),
            ("Note: this is a title", "story", "Note: this is a title", None, ""),
            ("2026", "story", "2026", None, ""),
            ("404: No page", "story", "404: No page", None, ""),
        ] {
            let record =
                part(line, Kind::Story, Id::new("x"), "2026-11-22".parse().unwrap()).unwrap();
            assert_eq!(record.text(Field::Kind), kind, "{line}");
            assert_eq!(record.title(), title);
            assert_eq!(record.number(Field::Points), points);
            assert_eq!(record.texts(Field::Tags).collect::<Vec<_>>().join(" "), tags);
        }
        let wrong = |line| {
            part(line, Kind::Story, Id::new("x"), "2026-11-22".parse().unwrap()).unwrap_err()
        };
        assert_eq!(wrong("5 story: #only"), "“5 story: #only” has no title");
        assert!(wrong("1,500 story: Import").contains("write 1500 or 1.5"));
    }
}
