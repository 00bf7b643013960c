//! The bytes that make one frame of another, as few as say it.
//!
//! Ratatui's backend says anew where each run of changed cells begins, and spells every colour in
//! full. On a line between two cities that is felt with each key, and every terminal has to read
//! it; so what is unchanged is stepped over here, and a look is told by what it changes.

use crate::view::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use std::fmt::{Arguments, Write};
use std::iter;

/// Bytes that a frame after a key may well have.
const FRAME: usize = 4 * 1024;

/// Unchanged cells that take fewer bytes to be written again than to be stepped over.
const STEP: u16 = 4;

/// Blank cells from which on they take fewer bytes to be erased than to be written.
const BLANK: u16 = 12;

/// What a blank shows of a look, beside the colour of its paper.
const LINES: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// What a terminal is told of modifiers.
const CODES: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// How what is written looks until something else is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: Color,
    paper: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self =
        Self { ink: Color::Reset, paper: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { ink: cell.fg, paper: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank in this look and one in the other are the same to the eye.
    fn is_as_blank(self, other: Self) -> bool {
        self == other
            || self.paper == other.paper && !(self.modifier | other.modifier).intersects(LINES)
    }

    /// Says what makes `next` of this one. Modifiers are only taken away all at once: one code ends
    /// bold and dim alike.
    fn turn(self, next: Self, out: &mut String) {
        out.push_str("\x1b[");
        if next != Self::PLAIN {
            let anew = !next.modifier.contains(self.modifier);
            let before = if anew { Self::PLAIN } else { self };
            if anew {
                out.push_str("0;");
            }
            let new = next.modifier - before.modifier;
            let modifiers = CODES.iter().filter(|(modifier, _)| new.contains(*modifier));
            modifiers.for_each(|(_, code)| say(out, format_args!("{code};")));
            if next.ink != before.ink {
                colour(next.ink, 30, out);
            }
            if next.paper != before.paper {
                colour(next.paper, 40, out);
            }
            // Behind the last code there is none to be kept apart from it.
            out.pop();
        }
        out.push('m');
    }
}

/// Says the code of a colour for ink, where `base` is 30, or for paper, where it is 40.
fn colour(colour: Color, base: u8, out: &mut String) {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(number) => return say(out, format_args!("{};5;{number};", base + 8)),
        Color::Rgb(red, green, blue) => {
            return say(out, format_args!("{};2;{red};{green};{blue};", base + 8));
        }
    };
    say(out, format_args!("{code};"));
}

fn say(out: &mut String, words: Arguments) {
    // A text takes everything.
    let _ = out.write_fmt(words);
}

/// Writes cells, and knows where the terminal stands and how it writes.
#[derive(Debug)]
pub struct Paint<'a> {
    next: &'a Buffer,
    out: String,
    /// The cell that would be written next; unknown behind a wide glyph, about whose width
    /// terminals disagree, and behind the last column.
    at: Option<Position>,
    look: Look,
}

impl<'a> Paint<'a> {
    /// Paints on what shows `shown`, until it shows `next`. Both are of one size, or nothing is shown
    /// yet and all is blank.
    pub fn over(shown: &Buffer, next: &'a Buffer) -> Self {
        let mut paint =
            Self { next, out: String::with_capacity(FRAME), at: None, look: Look::PLAIN };
        // Most lines of a frame are those of the one before, and comparing them is all they need.
        let wide = usize::from(next.area.width).max(1);
        let blank = vec![Cell::EMPTY; wide];
        let shown = shown.content.chunks(wide).chain(iter::repeat(blank.as_slice()));
        let lines = shown.zip(next.content.chunks(wide));
        for ((before, after), y) in lines.zip(next.area.top()..).filter(|((a, b), _)| a != b) {
            let alone = |cells: &[Cell]| Buffer {
                area: Rect { y, height: 1, ..next.area },
                content: cells.to_vec(),
            };
            paint.line(&alone(before), &alone(after));
        }
        paint
    }

    /// Paints a line.
    fn line(&mut self, shown: &Buffer, next: &Buffer) {
        let left = next.area.left();
        let is_seen = |(x, _, cell): &(u16, u16, &Cell)| {
            let before = &shown.content[usize::from(*x - left)];
            let blank = cell.symbol() == " " && before.symbol() == " ";
            !blank || !Look::of(before).is_as_blank(Look::of(cell))
        };
        let mut changes = shown.diff_iter(next).filter(is_seen).peekable();
        while let Some((x, y, cell)) = changes.next() {
            // Behind a blank all that is blank too is one piece, also where it was before.
            let behind = next.content[usize::from(x - left)..].iter().zip(x..).skip(1);
            let blanks = behind.take_while(|(next, _)| is_blank(cell) && is_blank(next));
            let blank = blanks.last().map_or(x, |(_, x)| x);
            let mut end = x + 1;
            while let Some((last, ..)) = changes.next_if(|(x, ..)| *x <= blank) {
                end = last + 1;
            }
            // Not every terminal empties the second cell of a wide glyph with the first.
            if text::width(shown[(end - 1, y)].symbol()) > 1 && end <= blank {
                end += 1;
            }
            self.go(Position { x, y });
            if end - x >= BLANK {
                self.erase(end - x);
            } else {
                (x..end).for_each(|x| self.put(Position { x, y }));
            }
        }
    }

    /// Whether there is nothing to be seen of it.
    pub fn is_blank(&self) -> bool {
        self.out.is_empty()
    }

    /// Leaves the terminal at a cell, if at any, and writing plainly; all that it is to be told.
    pub fn end(mut self, at: Option<Position>) -> String {
        self.turn(Look::PLAIN);
        if let Some(at) = at {
            self.go(at);
        }
        self.out
    }

    /// Goes to a cell, the shortest way.
    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let ahead = self.at.filter(|at| at.y == to.y).and_then(|at| to.x.checked_sub(at.x));
        match (ahead, self.at) {
            (Some(ahead), Some(at)) if ahead <= STEP && self.is_like(at, to.x) => {
                (at.x..to.x).for_each(|x| self.put(Position { x, ..at }));
            }
            (Some(1), _) => self.tell(format_args!("C")),
            (Some(ahead), _) => self.tell(format_args!("{ahead}C")),
            (None, _) => self.tell(format_args!("{};{}H", to.y + 1, to.x + 1)),
        }
        self.at = Some(to);
    }

    /// Whether the cells from here to column `end` are letters that look as what is written now.
    fn is_like(&self, at: Position, end: u16) -> bool {
        let is_like = |x| {
            let cell = self.cell(Position { x, ..at });
            cell.symbol().len() == 1 && Look::of(cell) == self.look
        };
        (at.x..end).all(is_like)
    }

    /// The cell that is to be shown there.
    fn cell(&self, at: Position) -> &'a Cell {
        let area = self.next.area;
        let line = usize::from(at.y - area.y) * usize::from(area.width);
        &self.next.content[line + usize::from(at.x - area.x)]
    }

    fn put(&mut self, at: Position) {
        let cell = self.cell(at);
        if cell.symbol() != " " || !self.look.is_as_blank(Look::of(cell)) {
            self.turn(Look::of(cell));
        }
        self.out.push_str(cell.symbol());
        let is_sure = text::cells_of(cell.symbol()) == 1 && at.x + 1 < self.next.area.right();
        self.at = is_sure.then_some(Position { x: at.x + 1, ..at });
    }

    /// Empties so many cells from here on and stays.
    fn erase(&mut self, cells: u16) {
        if !self.look.is_as_blank(Look::PLAIN) {
            self.turn(Look::PLAIN);
        }
        self.tell(format_args!("{cells}X"));
    }

    /// Tells the terminal something else than what to write.
    fn tell(&mut self, words: Arguments) {
        say(&mut self.out, format_args!("\x1b[{words}"));
    }

    fn turn(&mut self, next: Look) {
        if next != self.look {
            self.look.turn(next, &mut self.out);
            self.look = next;
        }
    }
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && Look::of(cell).is_as_blank(Look::PLAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;
    use std::num::NonZero;

    const SIZE: (u16, u16) = (30, 6);

    fn parser() -> vt100::Parser {
        let size = |cells| NonZero::new(cells).unwrap();
        vt100::Parser::new(size(SIZE.1), size(SIZE.0), 0)
    }

    fn blank() -> Buffer {
        Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1))
    }

    fn painted(shown: &Buffer, next: &Buffer) -> String {
        Paint::over(shown, next).end(None)
    }

    /// Some texts in some looks on what is there.
    fn scribble(random: &mut fastrand::Rng, buf: &mut Buffer) {
        // A glyph is not written onto half of a wide one.
        let wide = ["検索", "🚀"][random.usize(..2)];
        buf.set_string(26, random.u16(..SIZE.1), wide, Style::new().bold());
        let texts = ["a", "bold word", "      ", "                   ", "┏━┓", "e\u{301}"];
        let colours =
            [Color::Reset, Color::Red, Color::LightCyan, Color::Indexed(200), Color::Gray];
        for _ in 0..random.usize(..9) {
            let at = (random.u16(..24), random.u16(..SIZE.1));
            let ink = colours[random.usize(..colours.len())];
            let paper = colours[random.usize(..colours.len())];
            // The parser of the tests holds bold and dim for one thing.
            let some = Modifier::from_bits_truncate(random.u16(..512)) - Modifier::DIM;
            let modifier = if random.bool() { Modifier::empty() } else { some };
            let style = Style::reset().fg(ink).bg(paper).add_modifier(modifier);
            let text = texts[random.usize(..texts.len())];
            buf.set_stringn(at.0, at.1, text, usize::from(24 - at.0), style);
        }
    }

    /// What every cell shows. One that was never written is as blank as one that was, and a blank
    /// shows nothing of its ink.
    fn seen(terminal: &vt100::Parser) -> Vec<String> {
        let cells = (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| (row, column)));
        let cell = |(row, column)| {
            let cell = terminal.screen().cell(row, column).unwrap();
            let letters = if cell.has_contents() { cell.contents() } else { " " };
            let lines = (cell.underline(), cell.inverse());
            if letters == " " && lines == (false, false) {
                return format!("{:?}", cell.bgcolor());
            }
            let colours = (cell.fgcolor(), cell.bgcolor());
            let marks = (cell.bold(), cell.dim(), cell.italic());
            format!("{letters} {colours:?} {marks:?} {lines:?}")
        };
        cells.map(cell).collect()
    }

    #[test]
    fn frame_after_frame_the_terminal_shows_what_a_whole_one_would() {
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..60 {
            let (mut terminal, mut shown) = (parser(), blank());
            for _ in 0..8 {
                let mut next = if random.bool() { shown.clone() } else { blank() };
                scribble(&mut random, &mut next);
                terminal.process(painted(&shown, &next).as_bytes());
                let mut whole = parser();
                whole.process(painted(&blank(), &next).as_bytes());
                let (after, whole) = (seen(&terminal), seen(&whole));
                let apart: Vec<_> = after.iter().zip(&whole).filter(|(a, b)| a != b).collect();
                assert!(apart.is_empty(), "{apart:?}");
                shown = next;
            }
        }
    }

    #[test]
    fn a_look_is_told_by_what_it_changes() {
        let row = |words: &[(&str, Style)]| {
            let mut buf = blank();
            let mut x = 0;
            for (word, style) in words {
                (x, _) = buf.set_stringn(x, 0, word, 30, *style);
            }
            painted(&blank(), &buf)
        };
        let (plain, bold) = (Style::new(), Style::new().bold());
        assert_eq!(
            row(&[("a", plain), ("b", bold), ("c", bold.red())]),
            "\x1b[1;1Ha\x1b[1mb\x1b[31mc\x1b[m"
        );
        assert_eq!(row(&[("a", bold.red()), ("b", bold)]), "\x1b[1;1H\x1b[1;31ma\x1b[39mb\x1b[m");
        assert_eq!(row(&[("a", bold), ("b", plain.dim())]), "\x1b[1;1H\x1b[1ma\x1b[0;2mb\x1b[m");
    }

    #[test]
    fn what_is_unchanged_is_stepped_over_the_shortest_way() {
        let mut shown = blank();
        shown.set_string(0, 0, "one two three four five six", Style::new());
        let over = |text: &str| {
            let mut next = shown.clone();
            next.set_string(0, 0, text, Style::new());
            painted(&shown, &next)
        };
        assert_eq!(over("oNe twO three four five six"), "\x1b[1;2HNe twO");
        assert_eq!(over("oNe two three four fiVe six"), "\x1b[1;2HN\x1b[19CV");
        assert_eq!(over("one                     six"), "\x1b[1;5H\x1b[19X");
    }

    #[test]
    fn both_cells_of_a_wide_glyph_are_emptied() {
        let mut shown = blank();
        shown.set_string(0, 0, "twelve cells前", Style::new());
        assert_eq!(painted(&shown, &blank()), "\x1b[1;1H\x1b[14X");
    }
}
