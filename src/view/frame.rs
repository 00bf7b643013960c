//! A frame as something else than a screen: as text, and as a picture.

use super::text;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Units of a picture that a cell is wide and high, and from its top to the line letters stand on.
const CELL: (f64, f64, f64) = (8.4, 17.0, 13.0);
/// Units around the cells.
const MARGIN: f64 = 10.0;
/// What most systems have for letters of one width.
const FONTS: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
/// The colours of paper and ink.
const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";
/// The 16 colours, in the order of their numbers.
const PALETTE: [&str; 16] = [
    "#16181d", "#f07178", "#a3d46c", "#f2c55c", "#6aa8f7", "#c99bf5", "#5fd0cf", "#d7dae0",
    "#6b7280", "#ff8f96", "#bde08c", "#f8d989", "#8fc0ff", "#dcb8ff", "#8ae4e2", "#ffffff",
];

/// The rows of a frame as text, without blanks at their ends.
pub fn text(buf: &Buffer) -> String {
    let row = |y| {
        let row: String = cells(buf, y).map(|(_, cell, _)| cell.symbol()).collect();
        row.trim_end().to_owned()
    };
    (buf.area.top()..buf.area.bottom()).map(row).collect::<Vec<_>>().join("\n")
}

/// The cells of a row that are seen, each with its column and its width: what a wide glyph covers
/// is not.
fn cells(buf: &Buffer, y: u16) -> impl Iterator<Item = (u16, &Cell, u16)> {
    let mut next = buf.area.left();
    (buf.area.left()..buf.area.right()).filter_map(move |x| {
        let cell = &buf[(x, y)];
        let wide = u16::try_from(text::width(cell.symbol())).unwrap_or(1).max(1);
        let seen = x >= next;
        if seen {
            next = x + wide;
        }
        seen.then_some((x - buf.area.left(), cell, wide))
    })
}

/// Cells side by side that look alike.
struct Run {
    column: u16,
    wide: u16,
    text: String,
    ink: String,
    paper: String,
    style: Modifier,
}

impl Run {
    fn of(column: u16, cell: &Cell, wide: u16) -> Self {
        let (ink, paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
        let turned = cell.modifier.contains(Modifier::REVERSED);
        let (ink, paper) = if turned { (paper, ink) } else { (ink, paper) };
        let text = cell.symbol().to_owned();
        Self { column, wide, text, ink, paper, style: cell.modifier }
    }

    /// Takes in the next run where it looks alike. A wide glyph stays alone: fonts disagree about
    /// its width, and alone it can't push its neighbours.
    fn join(&mut self, next: &Self) -> bool {
        let narrow = |run: &Self| run.text.chars().count() == usize::from(run.wide);
        let alike = (&self.ink, &self.paper, self.style) == (&next.ink, &next.paper, next.style);
        let joins = alike && narrow(self) && narrow(next);
        if joins {
            self.wide += next.wide;
            self.text.push_str(&next.text);
        }
        joins
    }

    /// Draws it into the row whose top is at `top`.
    fn draw(&self, top: f64) -> String {
        let base = top + CELL.2;
        let paper = (self.paper != PAPER).then(|| self.block(top, CELL.1, &self.paper));
        let underlined = self.style.contains(Modifier::UNDERLINED);
        let line = underlined.then(|| self.block(base + 2.0, 1.0, &self.ink));
        [paper, line, self.letters(base)].into_iter().flatten().collect()
    }

    /// A block of colour, as wide as the run.
    fn block(&self, top: f64, high: f64, colour: &str) -> String {
        let (left, wide) = (across(self.column.into()) + MARGIN, across(self.wide.into()));
        format!(
            r#"<rect x="{left:.1}" y="{top:.1}" width="{wide:.1}" height="{high:.1}" fill="{colour}"/>"#
        ) + "\n"
    }

    /// Its letters; blanks at its ends need none.
    fn letters(&self, base: f64) -> Option<String> {
        let letters = self.text.trim();
        let blanks = self.text.trim_end().len() - letters.len();
        let left = across(usize::from(self.column) + blanks) + MARGIN;
        let (wide, ink, looks) = (across(text::width(letters)), &self.ink, self.looks());
        let letters = escape(letters);
        (!letters.is_empty()).then(|| {
            format!(
                r#"<text x="{left:.1}" y="{base:.1}" textLength="{wide:.1}" fill="{ink}"{looks}>{letters}</text>"#
            ) + "\n"
        })
    }

    fn looks(&self) -> String {
        const LOOKS: [(Modifier, &str); 3] = [
            (Modifier::BOLD, r#" font-weight="bold""#),
            (Modifier::DIM, r#" opacity="0.6""#),
            (Modifier::ITALIC, r#" font-style="italic""#),
        ];
        let on = |(modifier, _): &(Modifier, &str)| self.style.contains(*modifier);
        LOOKS.into_iter().filter(on).map(|(_, look)| look).collect()
    }
}

/// Units that so many cells are wide.
fn across(cells: usize) -> f64 {
    u32::try_from(cells).map_or(0.0, f64::from) * CELL.0
}

/// A frame as a picture that looks the same everywhere: it has its own dark paper, asks for no
/// font that is not there, and keeps every glyph to its cells.
pub fn svg(buf: &Buffer, title: &str) -> String {
    let wide = f64::from(buf.area.width) * CELL.0 + 2.0 * MARGIN;
    let high = f64::from(buf.area.height) * CELL.1 + 2.0 * MARGIN;
    let title = escape(&text::safe(title));
    let paper = buf.content.first().map_or(PAPER.to_owned(), |cell| colour(cell.bg, PAPER));
    let rows: String = (buf.area.top()..buf.area.bottom()).map(|y| drawn_row(buf, y)).collect();
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.1} {high:.1}" width="{wide:.0}" height="{high:.0}" role="img" font-family="{FONTS}" font-size="14" xml:space="preserve">
<title>{title}</title>
<rect width="100%" height="100%" rx="8" fill="{paper}"/>
{rows}</svg>
"#
    )
}

fn drawn_row(buf: &Buffer, y: u16) -> String {
    let mut runs: Vec<Run> = Vec::new();
    for (column, cell, wide) in cells(buf, y) {
        let run = Run::of(column, cell, wide);
        if !runs.last_mut().is_some_and(|last| last.join(&run)) {
            runs.push(run);
        }
    }
    let top = MARGIN + f64::from(y - buf.area.top()) * CELL.1;
    runs.iter().map(|run| run.draw(top)).collect()
}

fn colour(colour: Color, default: &str) -> String {
    const ORDER: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match colour {
        Color::Indexed(number) if number >= 16 => {
            let [red, green, blue] = rgb(number);
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        Color::Indexed(number) => PALETTE[usize::from(number)].to_owned(),
        _ => {
            let named = ORDER.iter().position(|one| *one == colour);
            named.map_or(default, |number| PALETTE[number]).to_owned()
        }
    }
}

/// Red, green and blue of a number from 16 on in the palette of 256, as xterm has it: a cube of
/// six by six by six, and then greys.
pub(super) fn rgb(number: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |number: u8| STEPS[usize::from(number % 6)];
    if let Some(grey) = number.checked_sub(232) {
        return [8 + grey * 10; 3];
    }
    let number = number.saturating_sub(16);
    [step(number / 36), step(number / 6), step(number)]
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn frame() -> Buffer {
        let mut buf = Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 2));
        buf.set_string(0, 0, "請 <b>", Style::new().fg(Color::Cyan));
        buf.set_string(0, 1, "on", Style::new().add_modifier(Modifier::REVERSED));
        buf
    }

    #[test]
    fn text_has_a_wide_glyph_once_and_no_blanks_at_the_end() {
        assert_eq!(text(&frame()), "請 <b>\non");
    }

    #[test]
    fn a_picture_keeps_every_glyph_to_its_cells() {
        let svg = svg(&frame(), "a & b");
        assert!(svg.contains(r##"x="10.0" y="23.0" textLength="16.8" fill="#5fd0cf">請</text>"##));
        assert!(svg.contains(r##"x="35.2" y="23.0" textLength="25.2" fill="#5fd0cf">&lt;b&gt;<"##));
        assert!(svg.contains(r##"height="17.0" fill="#d7dae0"/>"##), "reversed: {svg}");
        assert!(svg.contains("<title>a &amp; b</title>"));
    }
}
