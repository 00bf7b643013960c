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
const KEYS: usize = 20;
/// Lines that a long text takes at most.
const WRAPPED: usize = 4;

/// Draws the page; its first cell.
pub(super) fn draw(help: &Help, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    // Scrolling counts on a window as high as the screen allows.
    let (_, high) = border::room(buf.area);
    let popup = border::popup(buf, theme, &help.title, (WIDTH, high));
    let inner = popup.inner;
    let mut next = 0;
    let mut seen = 0;
    for line in help.lines.iter().skip(help.top) {
        let left = inner.height.saturating_sub(next);
        if left == 0 {
            break;
        }
        next += one(line, theme, buf, Rect { y: inner.y + next, height: left, ..inner });
        seen += 1;
    }
    let below = help.lines.len().saturating_sub(help.top + seen);
    border::more(buf, popup.area, (help.top, below), theme.strong);
    (!inner.is_empty()).then(|| inner.as_position())
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
            let room = usize::from(area.width).saturating_sub(2);
            let lines = text::wrap(words, room, WRAPPED.min(area.height.into()));
            for (number, words) in (0..).zip(&lines) {
                Pen::on(buf, pen::line(area, number)).skip(2).write(words, Style::new());
            }
            u16::try_from(lines.len().max(1)).unwrap_or(1)
        }
    }
}
