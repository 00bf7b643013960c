//! Draws a text to page through: every key, what was repaired.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{DOT, Theme};
use crate::app::help::{Help, HelpLine};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells inside the window at most, and those for the keys.
const WIDTH: usize = 96;
const KEYS: usize = 28;
/// Lines that a long text takes at most.
const WRAPPED: usize = 4;

/// Draws the page; its first cell.
pub(super) fn draw(help: &Help, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    // Scrolling counts on a window as high as the screen allows.
    let (_, high) = border::room(buf.area);
    let popup = border::popup(buf, theme, &help.title, (WIDTH, high));
    let inner = popup.inner;
    let top = first(help, inner);
    let mut next = 0;
    let mut seen = 0;
    for line in help.lines.iter().skip(top) {
        let left = inner.height.saturating_sub(next);
        if left == 0 {
            break;
        }
        next += one(line, theme, buf, Rect { y: inner.y + next, height: left, ..inner });
        seen += 1;
    }
    let below = help.lines.len().saturating_sub(top + seen);
    border::more(buf, popup.area, (top, below), theme.strong);
    (!inner.is_empty()).then(|| inner.as_position())
}

/// The first line that is seen. Lines that are wrapped leave room for fewer; at the end of the page
/// its last lines are seen all the same.
fn first(help: &Help, inner: Rect) -> usize {
    let high = usize::from(inner.height);
    if help.top == 0 || help.top + high < help.lines.len() {
        return help.top;
    }
    let mut used = 0;
    let fits = help.lines.iter().rev().take_while(|line| {
        used += match line {
            HelpLine::Text(words) => wrapped(words, inner, WRAPPED).len().max(1),
            _ => 1,
        };
        used <= high
    });
    match help.lines.len().saturating_sub(fits.count()) {
        0 => 0,
        first => first.max(help.top),
    }
}

fn wrapped(words: &str, area: Rect, lines: usize) -> Vec<String> {
    text::wrap(words, usize::from(area.width).saturating_sub(2), lines)
}

/// Draws a line; how many it takes.
fn one(line: &HelpLine, theme: &Theme, buf: &mut Buffer, area: Rect) -> u16 {
    match line {
        HelpLine::Heading(words) => {
            Pen::on(buf, area).write(words, theme.strong);
            1
        }
        HelpLine::Key { keys, title, off } => {
            let mut pen = Pen::on(buf, area);
            let (key, words) = match off {
                Some(_) => (theme.quiet, theme.quiet),
                None => (theme.key, Style::new()),
            };
            let cells = KEYS.min(pen.room() / 2);
            pen.skip(2).pad(keys, cells, key).skip(2).write(title, words);
            if let Some(reason) = off {
                pen.write(DOT, theme.quiet).write(reason, theme.quiet);
            }
            1
        }
        HelpLine::Text(words) => {
            let lines = wrapped(words, area, WRAPPED.min(area.height.into()));
            for (number, words) in (0..).zip(&lines) {
                Pen::on(buf, pen::line(area, number)).skip(2).write(words, Style::new());
            }
            u16::try_from(lines.len().max(1)).unwrap_or(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_page_of_wrapped_lines_is_reached() {
        let long = "words ".repeat(20);
        let mut help = Help::text("A page", &[long.clone(), long, "the end".to_owned()]);
        let seen = |help: &Help| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 60, 6));
            draw(help, &Theme::colour(), &mut buf);
            super::super::frame::text(&buf).contains("the end")
        };
        assert!(!seen(&help));
        help.scroll(1, 4);
        assert!(seen(&help));
        let mut short = Help::text("A page", &["the end".to_owned()]);
        short.scroll(1, 4);
        assert!(seen(&short));
    }
}
