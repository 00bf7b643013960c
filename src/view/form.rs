//! Draws a form: a line or several for each field, what is wrong with one, a calendar for a day.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, Theme, WRONG};
use crate::app::App;
use crate::app::form::{Editor, Form, FormRow};
use crate::workspace::{Date, Shape};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells inside the window.
const SIZE: (usize, usize) = (92, 40);
/// Cells for the names of the fields at most.
const LABEL: usize = 20;
/// Lines of a calendar: the month, the days of the week, six weeks.
const CALENDAR: u16 = 8;
/// Inside lines below which there is no room for a calendar.
const ROOMY: u16 = 18;

/// A line of the form: a line of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    row: usize,
    line: usize,
}

/// Draws the form; where the caret is.
pub(super) fn draw(app: &App, form: &Form, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let (_, high) = border::room(buf.area);
    let lines = lines(form);
    let popup = border::popup(buf, theme, &form.title, (SIZE.0, high.min(SIZE.1)));
    let day = calendar_day(app, form).filter(|_| popup.inner.height >= ROOMY);
    let below = 2 + if day.is_some() { CALENDAR } else { 0 };
    let rows = Rect { height: popup.inner.height.saturating_sub(below).max(1), ..popup.inner };
    let focus = Line { row: form.at, line: caret_line(form.row()) };
    let at = lines.iter().position(|line| *line == focus).unwrap_or(0);
    let seen = border::seen(at, lines.len(), rows.height.into());
    border::more(buf, popup.area, (seen.start, lines.len() - seen.end), theme.strong);
    let mut caret = None;
    for (number, line) in (0..).zip(&lines[seen]) {
        let area = pen::line(rows, number);
        caret = one(app, form, *line, theme, buf, area).or(caret);
    }
    said(app, form, theme, buf, pen::line(popup.inner, rows.height + 1));
    if let Some(day) = day {
        let area = Rect { y: rows.y + rows.height + 2, height: CALENDAR, ..popup.inner };
        calendar(day, app.today, theme, buf, area.intersection(popup.inner));
    }
    caret
}

fn lines(form: &Form) -> Vec<Line> {
    let lines = |(row, shown): (usize, &FormRow)| {
        let count = match &shown.editor {
            Editor::Line(_) => 1,
            Editor::Lines(area) => area.lines().len().max(1),
        };
        (0..count).map(move |line| Line { row, line })
    };
    form.rows.iter().enumerate().flat_map(lines).collect()
}

fn caret_line(row: &FormRow) -> usize {
    match &row.editor {
        Editor::Line(_) => 0,
        Editor::Lines(area) => area.cursor().0,
    }
}

/// Draws a line; where the caret is if it is in it.
fn one(
    app: &App,
    form: &Form,
    Line { row: at, line }: Line,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let (row, here) = (&form.rows[at], at == form.at);
    let label = form.rows.iter().map(|row| text::width(&row.label)).max().unwrap_or(0);
    let label = label.min(LABEL).min(usize::from(area.width) / 3);
    let wrong = form.wrong(app.typing(), at).is_some();
    let mut pen = Pen::on(buf, area);
    let first = line == 0;
    pen.pad(if here && first { CURSOR } else { " " }, 2, theme.strong);
    let style = if here { theme.strong } else { theme.quiet };
    pen.pad(if first { &row.label } else { "" }, label, style);
    let mark = match (wrong && first, row.is_changed() && first) {
        (true, _) => WRONG,
        (_, true) => "*",
        _ => "",
    };
    pen.skip(1).pad(mark, 2, theme.warning);
    let room = pen.room();
    let style = if here { theme.field } else { Style::new() };
    let (typed, caret) = match &row.editor {
        Editor::Line(field) => (field.text(), field.caret()),
        Editor::Lines(area) => {
            let typed = area.lines().get(line).map(String::as_str).unwrap_or_default();
            (typed, area.cursor().1)
        }
    };
    if here && line == caret_line(row) {
        return Some(pen.typed(typed, caret, room, style));
    }
    pen.pad(typed, room, style);
    None
}

/// What is wrong with the row that is typed into, or else what it is for.
fn said(app: &App, form: &Form, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let mut pen = Pen::on(buf, area);
    if let Some(wrong) = form.wrong(app.typing(), form.at) {
        pen.write(&format!("{WRONG} {wrong}"), theme.warning);
        return;
    }
    let row = form.row();
    let how = how(app, row.shape);
    let words = if how.is_empty() {
        row.meaning.to_owned()
    } else {
        format!("{}{DOT}{how}", row.meaning.trim_end_matches('.'))
    };
    pen.write(&words, theme.quiet);
}

/// How a value of this shape is typed.
fn how(app: &App, shape: Shape) -> String {
    let both = |one, other| format!("{} {}", app.key(one), app.key(other));
    let sideways = both("form-left", "form-right");
    let carry = both("form-line-up", "form-line-down");
    match shape {
        Shape::Choice(words) | Shape::Word(words) => format!("{sideways} {}", words.join(" ")),
        Shape::Flag => format!("{sideways} yes no"),
        Shape::Date => {
            let month = both("form-month-back", "form-month-on");
            format!("2026-12-18, +3d, fri · {sideways} a day, {month} a month")
        }
        Shape::Link(_) => "a title, or the beginning of an id".to_owned(),
        Shape::Links(_) => "a title or an id a line".to_owned(),
        Shape::Words => "words with spaces between".to_owned(),
        Shape::Lines => format!("one a line · {carry} moves it"),
        Shape::Groups([text, met]) if text.key == "text" && met.key == "met" => {
            format!("one a line · {} ticks it, {carry} moves it", app.key("form-tick"))
        }
        Shape::Groups(parts) => {
            let keys: Vec<&str> = parts.iter().map(|part| part.key).collect();
            format!("a line each: {}", keys.join(" | "))
        }
        Shape::Map(Shape::Map(_)) => "a line each: name.name = value".to_owned(),
        Shape::Map(_) => "a line each: name = value".to_owned(),
        _ => String::new(),
    }
}

/// The day that the calendar shows: what is typed, or today.
fn calendar_day(app: &App, form: &Form) -> Option<Date> {
    let row = form.row();
    matches!(row.shape, Shape::Date)
        .then(|| app.typing().day(&row.editor.text()).unwrap_or(app.today))
}

/// Draws the month of a day, weeks from Monday.
fn calendar(day: Date, today: Date, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let month = day.strftime("%B %Y").to_string();
    Pen::on(buf, pen::line(area, 0)).write(&month, theme.strong);
    Pen::on(buf, pen::line(area, 1)).write("Mo Tu We Th Fr Sa Su", theme.quiet);
    let first = day.first_of_month();
    let before = first.weekday().to_monday_zero_offset().cast_unsigned();
    for number in 1..=day.days_in_month() {
        let cell = u16::from(before) + u16::from(number.cast_unsigned()) - 1;
        let line = pen::line(area, 2 + cell / 7);
        let mut pen = Pen::on(buf, line);
        pen.skip(usize::from(cell % 7) * 3);
        let this = number == day.day();
        let now = first.year() == today.year() && first.month() == today.month();
        let style = match (this, now && number == today.day()) {
            (true, _) => theme.cursor,
            (false, true) => theme.strong,
            (false, false) => Style::new(),
        };
        pen.write(&format!("{number:>2}"), style);
    }
}
