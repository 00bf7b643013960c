//! Draws a question with its answers.

use super::border;
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
/// Cells that the rest of a line stands further in than its beginning.
const CARRIED: usize = 2;
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
    let page = Page::of(choices, width, high.saturating_sub(fixed));
    let title = if long { "" } else { &choices.title };
    let popup = border::popup(buf, theme, title, (width, fixed + page.rows.len()));
    let mut lines = Lines { area: popup.inner, next: 0 };
    for line in &question {
        Pen::on(buf, lines.next()).write(line, theme.strong);
    }
    for row in &page.rows {
        Pen::on(buf, lines.next()).write(row, Style::new());
    }
    border::more(buf, popup.area, page.hidden, theme.strong);
    lines.next += u16::try_from(gap).unwrap_or(0);
    answer(choices, theme, buf, labels, lines)
}

/// What is seen of what there is to know.
struct Page {
    rows: Vec<String>,
    /// How many lines are not seen above and below.
    hidden: (usize, usize),
}

impl Page {
    /// From the line on that the person scrolled to, or earlier where the end leaves room.
    fn of(choices: &Choices, cells: usize, height: usize) -> Self {
        let about = &choices.about;
        let (mut top, mut left) = (about.len(), height);
        // The first line of the last page.
        while let Some(line) = top.checked_sub(1).and_then(|at| about.get(at)) {
            let Some(rest) = left.checked_sub(rows(line, cells, height).len()) else { break };
            (top, left) = (top - 1, rest);
        }
        let top = top.min(choices.top).min(about.len().saturating_sub(1));
        let (mut page, mut whole) = (Vec::new(), 0);
        for line in &about[top..] {
            let mut rows = rows(line, cells, height);
            let room = height - page.len();
            whole += usize::from(rows.len() <= room);
            rows.truncate(room);
            page.append(&mut rows);
            if page.len() == height {
                break;
            }
        }
        Self { rows: page, hidden: (top, about.len() - top - whole) }
    }
}

/// A line in rows of so many cells, at most `most`; what is carried over stands further in.
fn rows(line: &str, cells: usize, most: usize) -> Vec<String> {
    if text::width(line) <= cells {
        return vec![line.to_owned()];
    }
    let indent = " ".repeat(line.len() - line.trim_start_matches(' ').len() + CARRIED);
    let mut rows = text::wrap(line, cells.saturating_sub(indent.len()).max(1), most.max(1));
    rows.iter_mut().skip(1).for_each(|row| row.insert_str(0, &indent));
    rows
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
