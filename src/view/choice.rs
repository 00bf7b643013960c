//! Draws a question with its answers.

use super::border::{self, Popup};
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, Theme};
use crate::app::choice::{Choice, Choices};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of the mark and the letter before an answer.
const LETTER: usize = 6;
/// Lines of what there is to know that are measured; more have the width of these.
const MEASURED: usize = 100;
/// Lines a long question takes at most.
const QUESTION: usize = 3;

/// Draws the question; where the answer is that Enter takes.
pub(super) fn draw(choices: &Choices, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let (wide, high) = border::room(buf.area);
    let labels = widest(choices.choices.iter().map(|choice| choice.label.as_str()));
    let answers =
        choices.choices.iter().map(|choice| LETTER + labels + 2 + text::width(&choice.about));
    let about = widest(choices.about.iter().take(MEASURED).map(String::as_str));
    let width = answers.max().unwrap_or(0).max(about).max(text::width(&choices.title)).min(wide);
    // A question that does not fit onto the border is asked below it.
    let long = text::width(&choices.title) + 2 > width + 2;
    let question = if long { text::wrap(&choices.title, width, QUESTION) } else { Vec::new() };
    let gap = usize::from(choices.about.last().map_or(long, |line| !line.is_empty()));
    let fixed = question.len() + gap + choices.choices.len();
    let known = choices.about.len().min(high.saturating_sub(fixed));
    let title = if long { "" } else { &choices.title };
    let popup = border::popup(buf, theme, title, (width, fixed + known));
    let mut lines = Lines { area: popup.inner, next: 0 };
    for line in &question {
        Pen::on(buf, lines.next()).write(line, theme.strong);
    }
    let top = choices.top.min(choices.about.len().saturating_sub(known));
    for line in choices.about.iter().skip(top).take(known) {
        Pen::on(buf, lines.next()).write(line, Style::new());
    }
    hidden(choices, theme, buf, popup, (top, known));
    lines.next += u16::try_from(gap).unwrap_or(0);
    answer(choices, theme, buf, labels, lines)
}

/// Lines of an area, one after the other.
struct Lines {
    area: Rect,
    next: u16,
}

impl Lines {
    fn next(&mut self) -> Rect {
        self.next += 1;
        pen::line(self.area, self.next - 1)
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(text::width).max().unwrap_or(0)
}

fn hidden(
    choices: &Choices,
    theme: &Theme,
    buf: &mut Buffer,
    popup: Popup,
    (top, known): (usize, usize),
) {
    let below = choices.about.len().saturating_sub(top + known);
    border::more(buf, popup.area, (top, below), theme.strong);
}

fn answer(
    choices: &Choices,
    theme: &Theme,
    buf: &mut Buffer,
    labels: usize,
    mut lines: Lines,
) -> Option<Position> {
    let left = usize::from(lines.area.height.saturating_sub(lines.next));
    let mut focus = None;
    for at in border::seen(choices.at, choices.choices.len(), left) {
        let (Choice { key, label, about, .. }, line) = (&choices.choices[at], lines.next());
        let mark = if at == choices.at { CURSOR } else { " " };
        let mut pen = Pen::on(buf, line);
        pen.pad(mark, 2, theme.strong).write(&format!("[{key}] "), theme.key);
        pen.pad(label, labels, Style::new()).skip(2).write(about, theme.quiet);
        if at == choices.at {
            pen::restyle(buf, line, theme.cursor);
            focus = (!line.is_empty()).then(|| line.as_position());
        }
    }
    focus
}
