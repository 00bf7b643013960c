//! A pen that writes into a line of cells, from left to right, and never beyond it. All text goes
//! through `text`, so that nothing in it drives the terminal.

use super::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Writes into the first line of an area.
pub struct Pen<'a> {
    buf: &'a mut Buffer,
    line: Rect,
}

impl<'a> Pen<'a> {
    /// A pen at the left end of the first line of `area`, as far as it is on the screen.
    pub fn on(buf: &'a mut Buffer, area: Rect) -> Self {
        let line = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
        // Beside the screen an intersection has a place but no cells.
        let line = if line.is_empty() { Rect::default() } else { line };
        Self { buf, line }
    }

    /// Cells that are left.
    pub fn room(&self) -> usize {
        self.line.width.into()
    }

    /// Where the next cell is.
    pub fn position(&self) -> Position {
        self.line.as_position()
    }

    /// Writes a text, cut where the room ends. Its style takes the place of what was there.
    pub fn write(&mut self, text: &str, style: Style) -> &mut Self {
        self.write_in(text, self.room(), style);
        self
    }

    /// Writes a text into at most so many cells. How many it took.
    pub fn write_in(&mut self, text: &str, cells: usize, style: Style) -> usize {
        let room = self.room();
        let shown = text::fit(text, cells.min(room));
        self.put(&shown, style);
        room - self.room()
    }

    /// Writes a text into exactly so many cells.
    pub fn pad(&mut self, text: &str, cells: usize, style: Style) -> &mut Self {
        let cells = cells.min(self.room());
        let rest = cells - self.write_in(text, cells, style);
        self.blank(rest, style)
    }

    /// Writes so many blanks, of which there is room for all.
    fn blank(&mut self, cells: usize, style: Style) -> &mut Self {
        let style = Style::reset().patch(style);
        for cell in self.cells().iter_mut().take(cells) {
            cell.reset();
            cell.set_style(style);
        }
        self.skip(cells)
    }

    /// The cells that are left.
    fn cells(&mut self) -> &mut [Cell] {
        if self.line.is_empty() {
            return &mut [];
        }
        let start = self.buf.index_of(self.line.x, self.line.y);
        &mut self.buf.content[start..start + usize::from(self.line.width)]
    }

    /// Writes a text at the right end of so many cells.
    pub fn right(&mut self, text: &str, cells: usize, style: Style) -> &mut Self {
        let cells = cells.min(self.room());
        let shown = text::fit(text, cells);
        self.skip(cells - text::width(&shown)).put(&shown, style)
    }

    /// Writes what fits, a glyph into each cell; behind a wide one a cell stays empty.
    fn put(&mut self, text: &str, style: Style) -> &mut Self {
        let style = Style::reset().patch(style);
        let cells = self.cells();
        let mut end = 0;
        for glyph in text::glyphs(text) {
            let Some([cell, behind @ ..]) = cells.get_mut(end..end + text::cells_of(glyph)) else {
                break;
            };
            cell.set_symbol(glyph).set_style(style);
            behind.iter_mut().for_each(Cell::reset);
            end += 1 + behind.len();
        }
        self.skip(end)
    }

    /// Leaves cells as they are.
    pub fn skip(&mut self, cells: usize) -> &mut Self {
        let cells = u16::try_from(cells).unwrap_or(u16::MAX).min(self.line.width);
        self.line.x += cells;
        self.line.width -= cells;
        self
    }

    /// Writes what is typed into exactly so many cells, scrolled so that the caret, which stands
    /// behind so many characters, is seen; and says where it is.
    pub fn typed(&mut self, text: &str, caret: usize, cells: usize, style: Style) -> Position {
        let cells = cells.min(self.room());
        let behind = text.char_indices().nth(caret).map_or(text, |(at, _)| &text[..at]);
        let caret = text::width(behind);
        let from = match text::width(text) + 1 {
            all if all <= cells => 0,
            all => caret.saturating_sub(cells / 2).min(all - cells),
        };
        let Position { x, y } = self.position();
        self.pad(&text::slice(text, from, cells), cells, style);
        let at = u16::try_from((caret - from).min(cells.saturating_sub(1))).unwrap_or(0);
        Position { x: x + at, y }
    }
}

/// Writes parts, each with its style, at the right end of a line; and gives what is left of it.
pub fn write_right(buf: &mut Buffer, line: Rect, parts: &[(String, Style)]) -> Rect {
    let cells: usize = parts.iter().map(|(text, _)| text::width(text)).sum();
    let cells = u16::try_from(cells).unwrap_or(u16::MAX).min(line.width);
    let left = Rect { width: line.width - cells, ..line };
    let mut pen = Pen::on(buf, Rect { x: line.x + left.width, width: cells, ..line });
    for (text, style) in parts {
        pen.write(text, *style);
    }
    left
}

/// The line so many lines below the top of an area; without a cell where it has none.
pub fn line(area: Rect, number: u16) -> Rect {
    if number >= area.height {
        return Rect { height: 0, ..area };
    }
    Rect { y: area.y + number, height: 1, ..area }
}

/// Empties an area, and what of wide glyphs reaches into it.
pub fn clear(buf: &mut Buffer, area: Rect) {
    let area = area.intersection(buf.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buf[(x, y)].reset();
        }
        let before = area.left().checked_sub(1).filter(|x| *x >= buf.area.left());
        if let Some(x) = before.filter(|x| text::width(buf[(*x, y)].symbol()) > 1) {
            buf[(x, y)].set_symbol(" ");
        }
    }
}

/// Gives a line one style in the place of all it had.
pub fn restyle(buf: &mut Buffer, line: Rect, style: Style) {
    let line = line.intersection(buf.area);
    for position in line.positions() {
        buf[position].set_style(Style::reset().patch(style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::frame;
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    fn cells(width: u16) -> Buffer {
        Buffer::empty(Rect::new(0, 0, width, 1))
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(5), ..Default::default() })]

        #[test]
        fn cells_hold_what_the_drawing_library_would_put_into_them(
            text in "([ -~\t]|[éß請·→─▁©]|[\u{300}-\u{310}\u{200d}\u{fe0f}🇩🇪👩❤]|\u{600}|[क्ष]){0,24}",
            wide in 1_u16..30
        ) {
            let style = Style::new().bold();
            let [mut mine, mut theirs] = [cells(wide), cells(wide)];
            for buf in [&mut mine, &mut theirs] {
                buf.set_string(0, 0, "what was there before: 請求 x", Style::new().red());
            }
            Pen::on(&mut mine, Rect::new(0, 0, wide, 1)).write(&text, style);
            let shown = text::fit(&text, wide.into());
            theirs.set_stringn(0, 0, shown, wide.into(), Style::reset().patch(style));
            prop_assert_eq!(mine, theirs);
        }
    }

    #[test]
    fn a_line_is_never_left() {
        let mut buf = cells(5);
        let mut pen = Pen::on(&mut buf, Rect::new(1, 0, 90, 9));
        pen.pad("ab", 3, Style::new()).write("請求書", Style::new()).write("x", Style::new());
        assert_eq!(frame::text(&buf), " ab …");
        assert!(Pen::on(&mut buf, Rect::new(7, 0, 3, 1)).write("x", Style::new()).room() == 0);
    }

    #[test]
    fn what_is_typed_scrolls_with_its_caret() {
        for (caret, shown, at) in [(0, "0123456", 0), (5, "2345678", 3), (10, "456789", 6)] {
            let mut buf = cells(7);
            let mut pen = Pen::on(&mut buf, Rect::new(0, 0, 7, 1));
            assert_eq!(pen.typed("0123456789", caret, 7, Style::new()).x, at);
            assert_eq!(frame::text(&buf), shown);
        }
    }

    #[test]
    fn half_a_glyph_does_not_stay() {
        let mut buf = cells(4);
        Pen::on(&mut buf, Rect::new(0, 0, 4, 1)).write("請求", Style::new());
        clear(&mut buf, Rect::new(1, 0, 1, 1));
        assert_eq!(frame::text(&buf), "  求");
    }
}
