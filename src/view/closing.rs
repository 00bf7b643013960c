//! Draws a sprint that is being closed: its items with what is decided, and the item that is
//! decided about with its criteria.

use super::border::{self, Popup};
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, SELECTED, Theme};
use crate::app::App;
use crate::app::closing::{Closing, Step, Verdict};
use crate::app::sprint::head::amount;
use crate::insight::sprint::stuck;
use crate::workspace::{Field, Value};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells for what is decided.
const VERDICT: usize = 22;

/// Draws it; where the item is that is decided about.
pub(super) fn draw(
    app: &App,
    closing: &Closing,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    let (wide, high) = border::room(buf.area);
    let title = app.workspace().get(&closing.sprint).map_or("", |sprint| sprint.title());
    let Popup { area, inner } = border::popup(buf, theme, &format!("Close {title}"), (wide, high));
    Pen::on(buf, pen::line(inner, 0)).write(&summary(app, closing), theme.strong);
    let left = inner.height.saturating_sub(2);
    let about = about(app, closing, inner.width.into());
    let below = u16::try_from(about.len() + 1).unwrap_or(left).min(left / 2 + 1);
    let list = Rect { y: inner.y + 2, height: left.saturating_sub(below), ..inner };
    let list = list.intersection(inner);
    let seen = border::seen(closing.at, closing.steps.len(), list.height.into());
    border::more(buf, area, (seen.start, closing.steps.len() - seen.end), theme.strong);
    let mut focus = None;
    for (number, at) in (0..).zip(seen) {
        let line = pen::line(list, number);
        item(app, closing, at, theme, buf, line);
        if at == closing.at {
            pen::restyle(buf, line, theme.cursor);
            focus = (!line.is_empty()).then(|| line.as_position());
        }
    }
    let under = Rect { y: list.y + list.height + 1, height: below.saturating_sub(1), ..inner };
    let under = under.intersection(inner);
    for (number, (words, here)) in (0..under.height).zip(&about) {
        let style = if *here { theme.strong } else { Style::new() };
        Pen::on(buf, pen::line(under, number)).write(words, style);
    }
    focus
}

/// What closing it as decided comes to.
fn summary(app: &App, closing: &Closing) -> String {
    let counts = [
        (Verdict::Accepted, "accepted".to_owned()),
        (Verdict::Carried, format!("into {}", closing.next)),
        (Verdict::Returned, "back in the backlog".to_owned()),
    ];
    let counts = counts.into_iter().filter(|(verdict, _)| closing.count(*verdict) > 0);
    let counts = counts.map(|(verdict, words)| format!("{} {words}", closing.count(verdict)));
    let points = format!("{} points delivered", amount(closing.delivered(app)));
    std::iter::once(points).chain(counts).collect::<Vec<_>>().join(DOT)
}

fn item(app: &App, closing: &Closing, at: usize, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let Some(step) = closing.steps.get(at) else { return };
    let Some(record) = app.workspace().get(&step.id) else { return };
    let mut pen = Pen::on(buf, line);
    pen.pad(if at == closing.at { CURSOR } else { " " }, 2, theme.strong);
    pen.pad(step.column.key(), 7, theme.quiet);
    let points = record.number(Field::Points).map_or("?".to_owned(), amount);
    pen.right(&points, 4, theme.quiet).skip(1);
    let cells = pen.room().saturating_sub(VERDICT.min(pen.room() / 2) + 1);
    pen.pad(record.title(), cells, Style::new()).skip(1);
    let style = match step.verdict {
        Verdict::Open => theme.quiet,
        Verdict::Accepted => theme.selected,
        Verdict::Carried | Verdict::Returned => theme.warning,
    };
    pen.write(&verdict(step, &closing.next), style);
}

fn verdict(step: &Step, next: &str) -> String {
    match step.verdict {
        Verdict::Open => "not looked at".to_owned(),
        Verdict::Accepted => format!("{SELECTED} accepted"),
        Verdict::Carried => format!("→ {next}"),
        Verdict::Returned => "← the backlog".to_owned(),
    }
}

/// The story and the criteria of the item that is decided about; whether a line has the cursor.
fn about(app: &App, closing: &Closing, wide: usize) -> Vec<(String, bool)> {
    let Some(step) = closing.step() else { return Vec::new() };
    let Some(record) = app.workspace().get(&step.id) else { return Vec::new() };
    let story = record.get(Field::Story).map(|story| {
        let part = |key: &str, before: &str| {
            let text = story.get(key).and_then(Value::as_text)?;
            Some(format!("{before} {text}"))
        };
        let parts = [part("as", "As"), part("want", "I want"), part("so", "so that")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    let mut lines: Vec<(String, bool)> = Vec::new();
    for words in [Some(record.title().to_owned()), story].into_iter().flatten() {
        lines.extend(text::wrap(&words, wide, 2).into_iter().map(|line| (line, false)));
    }
    if step.criteria.is_empty() {
        lines.push(("no acceptance criteria".to_owned(), false));
    }
    for (at, (criterion, met)) in step.criteria.iter().enumerate() {
        let here = at == closing.criterion;
        let (mark, tick) = (if here { CURSOR } else { " " }, if *met { "☑" } else { "☐" });
        lines.push((format!("{mark} {tick} {criterion}"), here));
    }
    let stuck = stuck::one(app.workspace(), &step.id, app.today);
    lines.extend(stuck.map(|stuck| (format!("stuck: {}", stuck.words(app.workspace())), false)));
    lines
}
