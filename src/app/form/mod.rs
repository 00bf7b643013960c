//! A form: a line, or several, for each field of a record. Nothing is changed before it is
//! accepted, and accepting it is one step.

mod draft;
mod row;

pub(super) use draft::{Draft, leave, open, unfinished};
pub use row::{Editor, FormRow};

use super::entry::Typing;
use super::key::Key;
use super::word;
use super::{App, Window};
use crate::scoring;
use crate::workspace::{Date, Field, Id, Op, Record, Section, Shape, Value};
use ratatui_textarea::{CursorMove, TextArea};
use std::rc::Rc;

/// What accepting a form does: the row that is wrong and why, where it can't be taken.
type Accept = Rc<dyn Fn(&mut App, &Form) -> Result<(), (usize, String)>>;

/// A form.
pub struct Form {
    /// What it is about.
    pub title: String,
    /// Its rows.
    pub rows: Vec<FormRow>,
    /// The row that is typed into.
    pub at: usize,
    /// What it is known by when it is opened again; its title may tell what changes meanwhile.
    name: String,
    accept: Accept,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Form").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Form {
    /// A form that does `accept` with what was typed.
    pub(super) fn new(title: String, rows: Vec<FormRow>, accept: Accept) -> Self {
        Self { name: title.clone(), title, rows, at: 0, accept }
    }

    /// The same, known by this name and not by its title.
    #[must_use]
    pub(super) fn known_as(self, name: String) -> Self {
        Self { name, ..self }
    }

    /// A form with every field of a record.
    pub(super) fn of(app: &App, id: &Id) -> Option<Self> {
        Self::fields(app, id, |field| field != Field::Conflict)
    }

    /// A form with these fields of a record.
    pub(super) fn part(app: &App, id: &Id, fields: &[Field]) -> Option<Self> {
        Self::fields(app, id, |field| fields.contains(&field))
    }

    /// The same, with the caret in this field.
    #[must_use]
    pub(super) fn at(self, field: Field) -> Self {
        let at = self.rows.iter().position(|row| row.goal.0 == field);
        Self { at: at.unwrap_or(self.at), ..self }
    }

    fn fields(app: &App, id: &Id, shown: impl Fn(Field) -> bool) -> Option<Self> {
        let section = app.workspace().section_of(id)?;
        let record = app.workspace().get(id)?;
        let typing = app.typing();
        let rows = Field::of(section)
            .filter(|row| shown(row.field))
            .flat_map(|row| row::of(typing, record, row.field))
            .collect();
        let id = id.clone();
        let title = match section {
            Section::Product => "product".to_owned(),
            Section::Settings => "settings".to_owned(),
            _ => record.title().to_owned(),
        };
        Some(Self::new(title, rows, Rc::new(move |app, form| take(app, form, &id))))
    }

    /// A form with some of the fields of a record.
    pub(super) fn some(id: Id, title: String, rows: Vec<FormRow>) -> Self {
        Self::new(title, rows, Rc::new(move |app, form| take(app, form, &id)))
    }

    /// The row that is typed into.
    pub fn row(&self) -> &FormRow {
        &self.rows[self.at.min(self.rows.len() - 1)]
    }

    fn row_mut(&mut self) -> &mut FormRow {
        let at = self.at.min(self.rows.len() - 1);
        &mut self.rows[at]
    }

    /// Whether anything was typed that is not taken yet.
    pub fn is_changed(&self) -> bool {
        self.rows.iter().any(FormRow::is_changed)
    }

    /// What is wrong with a row, if something is.
    pub fn wrong(&self, typing: Typing, at: usize) -> Option<String> {
        let row = &self.rows[at];
        let text = row.editor.text();
        if !row.is_changed() {
            return None;
        }
        if row.goal == (Field::Title, None) && row.label == "title" && text.trim().is_empty() {
            return Some("an item needs a title".to_owned());
        }
        typing.read(row.shape, &text).err()
    }

    /// What a row holds, typed by hand.
    pub(super) fn text(&self, at: usize) -> String {
        self.rows[at].editor.text()
    }

    /// Types a key.
    pub(super) fn press(&mut self, key: Key) {
        match &mut self.row_mut().editor {
            Editor::Line(field) => drop(field.press(key)),
            Editor::Lines(area) => drop(super::text::press(area, key)),
        }
    }

    /// Types a text.
    pub(super) fn paste(&mut self, text: &str) {
        match &mut self.row_mut().editor {
            Editor::Line(field) => field.paste(text),
            Editor::Lines(area) => {
                area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
            }
        }
    }

    /// Down or up: among the lines of a long row first, then to the next row.
    fn step(&mut self, way: isize) {
        if let Editor::Lines(area) = &mut self.row_mut().editor {
            let (line, last) = (area.cursor().0, area.lines().len().saturating_sub(1));
            let goal = line.saturating_add_signed(way);
            if goal != line && goal <= last {
                return area.move_cursor(if way > 0 { CursorMove::Down } else { CursorMove::Up });
            }
        }
        self.go(way);
    }

    /// To another row, round at the ends.
    fn go(&mut self, way: isize) {
        let count = self.rows.len().max(1).cast_signed();
        self.at = (self.at.cast_signed() + way).rem_euclid(count).cast_unsigned();
    }

    /// The next or the previous word of a choice, or day; in text the caret moves.
    fn turn(&mut self, typing: Typing, way: isize, month: bool) {
        let row = self.row_mut();
        let Editor::Line(field) = &mut row.editor else {
            return self.press_arrow(way);
        };
        let text = field.text().to_owned();
        match row.shape {
            Shape::Choice(words) | Shape::Word(words) => field.replace(beside(words, &text, way)),
            Shape::Flag => field.replace(beside(&["yes", "no"], &text, way)),
            Shape::Date => {
                let day = typing.day(&text).unwrap_or(typing.today);
                let unit = if month { 'm' } else { 'd' };
                let sign = if way > 0 { '+' } else { '-' };
                let from = Typing { today: day, ..typing };
                if let Ok(day) = from.day(&format!("{sign}1{unit}")) {
                    field.replace(&day.to_string());
                }
            }
            _ => self.press_arrow(way),
        }
    }

    fn press_arrow(&mut self, way: isize) {
        let key = if way > 0 { "right" } else { "left" };
        Key::parse(key).into_iter().for_each(|key| self.press(key));
    }

    /// Moves the line the caret is on, within its row.
    fn carry(&mut self, way: isize) {
        let Editor::Lines(area) = &mut self.row_mut().editor else { return };
        let mut lines = area.lines().to_vec();
        let line = area.cursor().0;
        let goal = line.saturating_add_signed(way).min(lines.len().saturating_sub(1));
        lines.swap(line, goal);
        put(area, lines, goal);
    }

    /// Ticks the line the caret is on, or takes the tick away.
    fn tick(&mut self) {
        let Editor::Lines(area) = &mut self.row_mut().editor else { return };
        let mut lines = area.lines().to_vec();
        let at = area.cursor().0;
        let Some(line) = lines.get_mut(at) else { return };
        *line = match (line.strip_prefix("[x] "), line.strip_prefix("[ ] ")) {
            (Some(text), _) => format!("[ ] {text}"),
            (None, Some(text)) => format!("[x] {text}"),
            (None, None) => format!("[x] {line}"),
        };
        put(area, lines, at);
    }
}

/// Puts other lines into an area, with the caret behind one of them.
fn put(area: &mut TextArea<'static>, lines: Vec<String>, at: usize) {
    let mut new = TextArea::new(lines);
    new.move_cursor(CursorMove::Jump(u16::try_from(at).unwrap_or(u16::MAX), u16::MAX));
    new.move_cursor(CursorMove::End);
    *area = new;
}

/// The word before or after this one, round at the ends; the first where there is none.
fn beside(words: &[&'static str], text: &str, way: isize) -> &'static str {
    let count = words.len().cast_signed();
    let at = words.iter().position(|word| *word == text);
    let at = match at {
        Some(at) => (at.cast_signed() + way).rem_euclid(count),
        None if way > 0 => 0,
        None => count - 1,
    };
    words.get(at.cast_unsigned()).copied().unwrap_or_default()
}

/// Takes what was typed into the record: the rows that changed and nothing else.
fn take(app: &mut App, form: &Form, id: &Id) -> Result<(), (usize, String)> {
    let typing = app.typing();
    let record = app.workspace().get(id).cloned();
    let record = record.ok_or((form.at, "it is gone meanwhile".to_owned()))?;
    let mut edits: Vec<(Field, Option<Value>)> = Vec::new();
    for (at, row) in form.rows.iter().enumerate().filter(|(_, row)| row.is_changed()) {
        if let Some(wrong) = form.wrong(typing, at) {
            return Err((at, wrong));
        }
        let value = typing.read(row.shape, &row.editor.text()).map_err(|wrong| (at, wrong))?;
        let (field, part) = row.goal;
        let before = edits.iter().rev().find(|(edited, _)| *edited == field);
        let before = before.map_or(record.get(field).cloned(), |(_, value)| value.clone());
        let value = match part {
            Some(part) => Value::with(before.as_ref(), part, value),
            None => value,
        };
        edits.retain(|(edited, _)| *edited != field);
        edits.push((field, value));
    }
    dated(&record, &mut edits, app.today);
    let kind = edits.iter().find(|(field, _)| *field == Field::Kind);
    let kind = kind.and_then(|(_, value)| value.as_ref()?.as_text());
    let strange = kind.and_then(|kind| word::strange_kind(app.workspace().content(), kind));
    let ops = edits.into_iter().map(|(field, value)| Op::Edit { id: id.clone(), field, value });
    let ops: Vec<Op> = ops.collect();
    if ops.is_empty() {
        app.say(format!("as it was: {}", form.title));
        return Ok(());
    }
    let edited = format!("edited: {}", form.title);
    if app.commit(edited.clone(), Op::Batch(ops)) {
        if let Some(strange) = strange {
            app.say(format!("{edited} · {strange}"));
        }
        return Ok(());
    }
    Err((form.at, app.refusal().unwrap_or_default()))
}

/// Adds the day to edits that change ratings.
pub(super) fn dated(record: &Record, edits: &mut Vec<(Field, Option<Value>)>, today: Date) {
    let Some((_, ratings)) = edits.iter().find(|(field, _)| *field == Field::Ratings) else {
        return;
    };
    let rated = scoring::rated_on(record, ratings.as_ref(), today);
    edits.retain(|(field, _)| *field != Field::Rated);
    edits.push((Field::Rated, rated));
}

fn with(app: &mut App, change: impl FnOnce(&mut Form)) {
    if let Some(Window::Form(form)) = app.windows.last_mut() {
        change(form);
    }
}

/// Down or up.
pub(super) fn step(app: &mut App, way: isize) {
    with(app, |form| form.step(way));
}

/// To another row.
pub(super) fn go(app: &mut App, way: isize) {
    with(app, |form| form.go(way));
}

/// To the next or previous word or day; by months where there is a calendar.
pub(super) fn turn(app: &mut App, way: isize, month: bool) {
    let Some(Window::Form(mut form)) = app.windows.pop() else { return };
    form.turn(app.typing(), way, month);
    app.windows.put_back(Window::Form(form));
}

/// Moves a line within its row.
pub(super) fn carry(app: &mut App, way: isize) {
    with(app, |form| form.carry(way));
}

/// Ticks a line.
pub(super) fn tick(app: &mut App) {
    with(app, Form::tick);
}

/// A new line.
pub(super) fn line(app: &mut App) {
    with(app, |form| {
        if let Editor::Lines(area) = &mut form.row_mut().editor {
            area.insert_newline();
        }
    });
}

/// Takes the form. What can't be taken gets the caret, and the form stays.
pub(super) fn accept(app: &mut App) {
    let Some(Window::Form(mut form)) = app.windows.pop() else { return };
    let run = Rc::clone(&form.accept);
    if let Err((at, wrong)) = run(app, &form) {
        form.at = at;
        app.refuse(wrong);
        app.windows.put_back(Window::Form(form));
    }
}
