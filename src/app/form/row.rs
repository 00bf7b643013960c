//! A row of a form: a field, or a part of one, as it is typed.

use crate::app::entry::Typing;
use crate::app::text::TextField;
use crate::workspace::{Field, Part, Record, Shape};
use ratatui_textarea::{CursorMove, TextArea};

/// Where a row is typed.
#[derive(Debug)]
pub enum Editor {
    /// One line.
    Line(Box<TextField>),
    /// Many lines.
    Lines(Box<TextArea<'static>>),
}

impl Editor {
    fn new(shape: Shape, text: &str) -> Self {
        if !is_long(shape) {
            let field = match shape {
                Shape::Text => TextField::new(text),
                _ => TextField::offering(text),
            };
            return Self::Line(Box::new(field));
        }
        let mut area = TextArea::new(text.lines().map(str::to_owned).collect());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self::Lines(Box::new(area))
    }

    /// What has been typed.
    pub fn text(&self) -> String {
        match self {
            Self::Line(field) => field.text().to_owned(),
            Self::Lines(area) => area.lines().join("\n"),
        }
    }
}

/// Whether a value of this shape takes more than a line.
fn is_long(shape: Shape) -> bool {
    matches!(shape, Shape::Long | Shape::Lines | Shape::Links(_) | Shape::Groups(_) | Shape::Map(_))
}

/// A row of a form.
#[derive(Debug)]
pub struct FormRow {
    /// What it is called.
    pub label: String,
    /// What it says, in a few words.
    pub meaning: &'static str,
    /// What may be typed.
    pub shape: Shape,
    /// Where it is typed.
    pub editor: Editor,
    /// What stood there at first.
    pub(super) before: String,
    /// The field, and which part of it.
    pub(super) goal: (Field, Option<&'static str>),
}

impl FormRow {
    fn new(label: &str, meaning: &'static str, shape: Shape, text: &str) -> Self {
        let editor = Editor::new(shape, text);
        let goal = (Field::Title, None);
        Self { label: label.to_owned(), meaning, shape, before: editor.text(), editor, goal }
    }

    /// A row that belongs to no field.
    pub(in crate::app) fn free(label: &str, meaning: &'static str, shape: Shape) -> Self {
        Self::new(label, meaning, shape, "")
    }

    /// The same with this text to begin with.
    #[must_use]
    pub(in crate::app) fn holding(self, text: &str) -> Self {
        let editor = Editor::new(self.shape, text);
        Self { before: editor.text(), editor, ..self }
    }

    /// A row of a part of a field, under a label of its own.
    pub(in crate::app) fn part(
        typing: Typing,
        record: &Record,
        (field, part): (Field, &'static str),
        shape: Shape,
        label: &str,
    ) -> Self {
        let value = record.get(field).and_then(|value| value.get(part));
        let text = value.map(|value| typing.show(shape, value)).unwrap_or_default();
        Self::new(label, field.row().meaning, shape, &text).of(field, Some(part))
    }

    fn of(mut self, field: Field, part: Option<&'static str>) -> Self {
        self.goal = (field, part);
        self
    }

    /// Whether several lines are typed there.
    pub fn is_long(&self) -> bool {
        matches!(self.editor, Editor::Lines(_))
    }

    /// Whether something else stands there now.
    pub fn is_changed(&self) -> bool {
        self.editor.text() != self.before
    }
}

/// The rows of a field: one, or one a part.
pub(super) fn of(typing: Typing, record: &Record, field: Field) -> Vec<FormRow> {
    let row = field.row();
    let value = record.get(field);
    let Shape::Group(parts) = row.shape else {
        let text = value.map(|value| typing.show(row.shape, value)).unwrap_or_default();
        return vec![FormRow::new(row.label, row.meaning, row.shape, &text).of(field, None)];
    };
    let part = |part: &'static Part| {
        let value = value.and_then(|value| value.get(part.key));
        let text = value.map(|value| typing.show(part.shape, value)).unwrap_or_default();
        let label = format!("{}: {}", row.label, part.key);
        FormRow::new(&label, row.meaning, part.shape, &text).of(field, Some(part.key))
    };
    parts.iter().map(part).collect()
}
