//! Draws what stands around things: borders, what is written on them, and windows.

use super::pen::{self, Pen};
use super::text;
use super::theme::{ABOVE, BELOW, Theme};
use crate::app::layout::inside;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::symbols::border::{PLAIN, THICK};
use std::ops::Range;

/// Draws a border; thick around what has the focus.
pub(super) fn around(buf: &mut Buffer, area: Rect, focused: bool, style: Style) {
    let area = area.intersection(buf.area);
    if area.width < 2 || area.height < 2 {
        return;
    }
    let set = if focused { THICK } else { PLAIN };
    let mut draw = |x: u16, y: u16, symbol: &str| {
        buf[(x, y)].set_symbol(symbol).set_style(style);
    };
    let (left, right, top, bottom) = (area.left(), area.right() - 1, area.top(), area.bottom() - 1);
    for x in left + 1..right {
        draw(x, top, set.horizontal_top);
        draw(x, bottom, set.horizontal_bottom);
    }
    for y in top + 1..bottom {
        draw(left, y, set.vertical_left);
        draw(right, y, set.vertical_right);
    }
    draw(left, top, set.top_left);
    draw(right, top, set.top_right);
    draw(left, bottom, set.bottom_left);
    draw(right, bottom, set.bottom_right);
}

/// The cells of the upper border between its corners.
pub(super) fn upper(area: Rect) -> Rect {
    pen::line(Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }, 0)
}

/// Writes onto the lower border how many lines are not seen, where there are any.
pub(super) fn more(buf: &mut Buffer, area: Rect, (above, below): (usize, usize), style: Style) {
    let above = (above > 0).then(|| format!("{ABOVE} {above}"));
    let below = (below > 0).then(|| format!("{BELOW} {below} more"));
    let words = above.into_iter().chain(below).collect::<Vec<_>>().join("  ");
    if !words.is_empty() {
        let lower = Rect { y: area.y + area.height.saturating_sub(1), ..upper(area) };
        pen::write_right(buf, lower, &[(format!(" {words} "), style)]);
    }
}

/// A window in the middle of the screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Popup {
    /// With its border.
    pub area: Rect,
    /// Inside the border, a cell from it.
    pub inner: Rect,
}

/// The most that a window may have inside, in cells: header and footer stay seen where there is
/// room for them.
pub(super) fn room(screen: Rect) -> (usize, usize) {
    let inner = padded(inside(within(screen)));
    (inner.width.into(), inner.height.into())
}

fn within(screen: Rect) -> Rect {
    let lines = u16::from(screen.height >= 6);
    Rect { y: screen.y + lines, height: screen.height - 2 * lines, ..screen }
}

fn padded(area: Rect) -> Rect {
    Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }
}

/// Opens a window with a title and so many cells inside, or as many as there are.
pub(super) fn popup(
    buf: &mut Buffer,
    theme: &Theme,
    title: &str,
    (wide, high): (usize, usize),
) -> Popup {
    let screen = within(buf.area);
    let (most_wide, most_high) = room(buf.area);
    let cells = |cells: usize, most: usize| u16::try_from(cells.min(most)).unwrap_or(u16::MAX);
    let width = cells(wide, most_wide).saturating_add(4).min(screen.width);
    let height = cells(high, most_high).saturating_add(2).min(screen.height);
    let x = screen.x + (screen.width - width) / 2;
    let y = screen.y + (screen.height - height) / 2;
    window(buf, theme, title, Rect { x, y, width, height })
}

/// Opens a window with a title on this area.
pub(super) fn window(buf: &mut Buffer, theme: &Theme, title: &str, area: Rect) -> Popup {
    pen::clear(buf, area);
    around(buf, area, false, theme.strong);
    let upper = upper(area);
    let title = text::fit(title, usize::from(upper.width).saturating_sub(2)).into_owned();
    Pen::on(buf, upper).write(&format!(" {title} "), theme.strong);
    Popup { area, inner: padded(inside(area)) }
}

/// Which of `all` lines are seen in `height` of them, so that the one at `at` is.
pub(super) fn seen(at: usize, all: usize, height: usize) -> Range<usize> {
    let first = at.saturating_sub(height / 2).min(all.saturating_sub(height));
    first..all.min(first + height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_counts_is_always_seen() {
        for height in 1..12 {
            for all in 1..30 {
                for at in 0..all {
                    let seen = seen(at, all, height);
                    assert!(seen.contains(&at) && seen.len() == height.min(all));
                }
            }
        }
        assert_eq!(seen(0, 0, 5), 0..0);
    }
}
