//! Every colour and every symbol of the screen. Nothing is said by colour alone: what has a colour
//! has a word, a symbol or a place as well.

mod plain;

pub use plain::plain;

use crate::workspace::{Hat, Status};
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// The row under the cursor.
pub const CURSOR: &str = "▸";
/// A row that is selected.
pub const SELECTED: &str = "✓";
/// A piece of the line where a sprint ends.
pub const RULE: &str = "─";
/// To a part of the item above.
pub const BRANCH: &str = "╰";
/// Has parts that are hidden.
pub const FOLDED: &str = "+";
/// Has parts that are shown.
pub const UNFOLDED: &str = "-";
/// The row that is dragged.
pub const DRAGGED: &str = "↕";
/// The row whose place the dragged one would take.
pub const TARGET: &str = "»";
/// In the running sprint.
pub const RUNNING: &str = "●";
/// In a sprint to come.
pub const PLANNED: &str = "○";
/// Came into its sprint after the start.
pub const ADDED: &str = "+";
/// The line of what should be, in a chart.
pub const IDEAL: &str = RULE;
/// The bracket around tied items: its first, a middle and its last row.
pub const TIE: [&str; 3] = ["┐ tied", "│", "┘"];
/// Waits for something that is not done.
pub const WAITS: &str = "◔";
/// Kept against its score.
pub const AGAINST: &str = "≠";
/// Something is wrong with it.
pub const WRONG: &str = "!";
/// Something is missing, or worth a look.
pub const MISSING: &str = "?";
/// Something was not done.
pub const REFUSED: &str = "✗";
/// In place of a score that is not there.
pub const NO_SCORE: &str = "–";
/// The day of a release.
pub const RELEASE: &str = "◆";
/// A day to remember, without items.
pub const MILESTONE: &str = "▲";
/// Where something may be done, more likely than not and less than surely.
pub const FORESEEN: &str = "░";
/// A word to the other hat.
pub const NOTED: &str = "¶";
/// More above.
pub const ABOVE: &str = "↑";
/// More below.
pub const BELOW: &str = "↓";
/// Between things said in one line.
pub const DOT: &str = " · ";

/// Bars that end inside a cell, by eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Bars that end inside a cell, by eighths from its bottom.
pub const EIGHTHS_UP: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar over this share (0 to 1) of `cells` cells; at least a sliver, so that it is seen.
pub fn bar(share: f64, cells: usize) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (1..=cells * 8).rev().find(|eighths| whole(*eighths) <= share * whole(cells * 8));
    let eighths = eighths.unwrap_or(1).min(cells * 8);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Bars of a cell each, by eighths of its height.
const HEIGHTS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar of one cell as high as this share (0 to 1) of it; half of it where that is no number, as
/// between readings that are all the same.
pub fn spark(share: f64) -> &'static str {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 };
    let last = HEIGHTS.len() - 1;
    let at = (0..=last).rev().find(|at| whole(*at) <= share * whole(last));
    HEIGHTS[at.unwrap_or(0)]
}

fn whole(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::INFINITY, f64::from)
}

/// The symbol of a status; work that has not begun has none.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Todo => "",
        Status::Doing => "›",
        Status::Blocked => "■",
        Status::Review => "◇",
    }
}

/// A theme by its name.
#[derive(Debug)]
pub struct Look {
    /// Its name in the configuration.
    pub name: &'static str,
    /// What it is good for.
    pub about: &'static str,
    theme: fn() -> Theme,
}

impl Look {
    /// The theme.
    pub fn theme(&self) -> Theme {
        (self.theme)()
    }
}

/// Every theme.
pub static LOOKS: [Look; 6] = [
    Look { name: "terminal", about: "the terminal's own 16 colours", theme: Theme::colour },
    Look { name: "light", about: "dark on light", theme: || Theme::of(&LIGHT) },
    Look { name: "dark", about: "light on dark", theme: || Theme::of(&DARK) },
    Look { name: "high-contrast", about: "7 to 1 and more", theme: || Theme::of(&HIGH_CONTRAST) },
    Look {
        name: "colour-blind",
        about: "the colours of Okabe and Ito, which everybody can tell apart",
        theme: || Theme::of(&OKABE_ITO),
    },
    Look { name: "mono", about: "no colour at all", theme: Theme::mono },
];

/// The colours of a theme that brings its own paper, as numbers in the palette of 256.
struct Inks {
    paper: u8,
    ink: u8,
    quiet: u8,
    pm: u8,
    po: u8,
    selected: u8,
    bar: u8,
    warning: u8,
    alarm: u8,
}

const LIGHT: Inks = Inks {
    paper: 231,
    ink: 235,
    quiet: 241,
    pm: 24,
    po: 90,
    selected: 22,
    bar: 25,
    warning: 94,
    alarm: 124,
};

const DARK: Inks = Inks {
    paper: 234,
    ink: 252,
    quiet: 246,
    pm: 80,
    po: 176,
    selected: 114,
    bar: 75,
    warning: 221,
    alarm: 210,
};

const HIGH_CONTRAST: Inks = Inks {
    paper: 16,
    ink: 231,
    quiet: 253,
    pm: 51,
    po: 213,
    selected: 120,
    bar: 123,
    warning: 226,
    alarm: 217,
};

/// Sky blue, orange, bluish green, blue, yellow and vermilion of Okabe and Ito's "Color Universal
/// Design" (2008), each as the nearest of the 256.
const OKABE_ITO: Inks = Inks {
    paper: 16,
    ink: 252,
    quiet: 248,
    pm: 74,
    po: 214,
    selected: 36,
    bar: 31,
    warning: 227,
    alarm: 166,
};

/// How each thing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// The colour of what has no other.
    pub ink: Color,
    /// The colour behind everything.
    pub paper: Color,
    /// Whether there is only ASCII for symbols and borders.
    pub ascii: bool,
    /// What is beside the point.
    pub quiet: Style,
    /// What heads something.
    pub strong: Style,
    /// The manager's pane, while that hat is on.
    pub pm: Style,
    /// The owner's pane, while that hat is on.
    pub po: Style,
    /// The row under the cursor in what has the focus. It takes the place of all other styles.
    pub cursor: Style,
    /// The row under the cursor in the other pane.
    pub resting: Style,
    /// A selected row.
    pub selected: Style,
    /// Where something dragged would go.
    pub target: Style,
    /// A bar.
    pub bar: Style,
    /// A key.
    pub key: Style,
    /// What needs a look.
    pub warning: Style,
    /// What is wrong.
    pub alarm: Style,
    /// The line that something is wrong with the file.
    pub banner: Style,
    /// Text that is being typed.
    pub field: Style,
}

impl Theme {
    /// The terminal's own 16 colours.
    pub fn colour() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            pm: bold.fg(Color::Cyan),
            po: bold.fg(Color::Magenta),
            selected: Style::new().fg(Color::Green),
            target: bold.fg(Color::Yellow),
            bar: Style::new().fg(Color::Blue),
            key: bold.fg(Color::Cyan),
            warning: bold.fg(Color::Yellow),
            alarm: bold.fg(Color::Red),
            banner: bold.fg(Color::Yellow).add_modifier(Modifier::REVERSED),
            ..Self::mono()
        }
    }

    /// No colour at all.
    pub fn mono() -> Self {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        Self {
            ink: Color::Reset,
            paper: Color::Reset,
            ascii: false,
            quiet: plain.add_modifier(Modifier::DIM),
            strong: bold,
            pm: bold,
            po: bold,
            cursor: bold.add_modifier(Modifier::REVERSED),
            resting: bold.add_modifier(Modifier::UNDERLINED),
            selected: bold,
            target: bold.add_modifier(Modifier::UNDERLINED),
            bar: plain,
            key: bold,
            warning: bold,
            alarm: bold,
            banner: bold.add_modifier(Modifier::REVERSED),
            field: plain.add_modifier(Modifier::UNDERLINED),
        }
    }

    fn of(inks: &Inks) -> Self {
        let bold = |ink| Style::new().add_modifier(Modifier::BOLD).fg(Color::Indexed(ink));
        Self {
            ink: Color::Indexed(inks.ink),
            paper: Color::Indexed(inks.paper),
            quiet: Style::new().fg(Color::Indexed(inks.quiet)),
            pm: bold(inks.pm),
            po: bold(inks.po),
            selected: Style::new().fg(Color::Indexed(inks.selected)),
            target: bold(inks.warning),
            bar: Style::new().fg(Color::Indexed(inks.bar)),
            key: bold(inks.pm),
            warning: bold(inks.warning),
            alarm: bold(inks.alarm),
            banner: bold(inks.warning).add_modifier(Modifier::REVERSED),
            ..Self::mono()
        }
    }

    /// The same with symbols and borders of ASCII only, if `ascii`.
    #[must_use]
    pub fn plain(self, ascii: bool) -> Self {
        Self { ascii, ..self }
    }

    /// Gives a frame that is drawn the colours of what has none, and its symbols where there is
    /// only ASCII.
    pub(super) fn finish(&self, buf: &mut Buffer) {
        for cell in &mut buf.content {
            if cell.fg == Color::Reset {
                cell.fg = self.ink;
            }
            if cell.bg == Color::Reset {
                cell.bg = self.paper;
            }
            if self.ascii
                && let Some(symbol) = plain(cell.symbol())
            {
                cell.set_symbol(symbol);
            }
        }
    }

    /// The colour of a hat.
    pub fn hat(&self, hat: Hat) -> Style {
        match hat {
            Hat::Pm => self.pm,
            Hat::Po => self.po,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain::PLAIN;
    use super::*;
    use crate::view::frame::rgb;
    use crate::view::text::width;

    #[test]
    fn a_bar_fills_its_share_by_eighths() {
        assert_eq!(bar(1.0, 6), "██████");
        assert_eq!(bar(0.5, 5), "██▌");
        assert_eq!(bar(0.59, 6), "███▌");
        assert_eq!(bar(0.0, 6), "▏");
        assert_eq!(bar(f64::NAN, 6), "▏");
        assert_eq!(bar(7.0, 2), "██");
        assert_eq!(bar(1.0, 0), "");
    }

    #[test]
    fn a_spark_is_as_high_as_its_share() {
        let sparks = [0.0, 0.5, 1.0, f64::NAN, 2.0].map(spark);
        assert_eq!(sparks, ["▁", "▄", "█", "▄", "█"]);
    }

    #[test]
    fn every_symbol_takes_one_cell() {
        let symbols = [CURSOR, SELECTED, DRAGGED, TARGET, RUNNING, PLANNED, WAITS, WRONG, REFUSED];
        let statuses = Status::ALL.into_iter().skip(1).map(status);
        assert!(symbols.into_iter().chain(statuses).all(|symbol| width(symbol) == 1));
    }

    #[test]
    fn without_colours_there_are_none() {
        let shown = format!("{:?}", Theme::mono());
        assert!(!shown.contains("Cyan") && !shown.contains("Red"), "{shown}");
        assert!(Theme::mono().cursor.add_modifier.contains(Modifier::REVERSED));
    }

    /// How far two colours stand apart, from 1 to 21: WCAG 2.2, contrast ratio.
    fn contrast(one: u8, other: u8) -> f64 {
        let light = |number| {
            let parts = rgb(number).map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            parts[0] * 0.2126 + parts[1] * 0.7152 + parts[2] * 0.0722 + 0.05
        };
        let (one, other) = (light(one), light(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn every_colour_can_be_read_on_its_paper() {
        for (inks, least) in [(&LIGHT, 4.5), (&DARK, 4.5), (&HIGH_CONTRAST, 7.0), (&OKABE_ITO, 4.5)]
        {
            let Inks { paper, ink, quiet, pm, po, selected, bar, warning, alarm } = *inks;
            for colour in [ink, quiet, pm, po, selected, bar, warning, alarm] {
                let contrast = contrast(colour, paper);
                assert!(contrast >= least, "{colour} on {paper}: {contrast:.1}");
            }
        }
    }

    #[test]
    fn what_stands_in_is_one_cell_of_ascii_and_told_apart_where_it_matters() {
        for (symbol, plain) in PLAIN {
            assert!(plain.is_ascii() && width(symbol) == 1 && width(plain) == 1, "{symbol}");
        }
        let marks = [CURSOR, SELECTED, BRANCH, RUNNING, PLANNED, WAITS, REFUSED];
        let marks: std::collections::BTreeSet<_> = marks.into_iter().map(plain).collect();
        assert_eq!(marks.len(), 7);
    }
}
