//! Every colour and every symbol of the screen. Nothing is said by colour alone: what has a colour
//! has a word, a symbol or a place as well.

use crate::workspace::{Hat, Status};
use ratatui::style::{Color, Modifier, Style};

/// The row under the cursor.
pub const CURSOR: &str = "▸";
/// A row that is selected.
pub const SELECTED: &str = "✓";
/// To a part of the item above.
pub const BRANCH: &str = "└";
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
/// The bracket around tied items: its first, a middle and its last row.
pub const TIE: [&str; 3] = ["┐ tied", "│", "┘"];
/// Waits for something that is not done.
pub const WAITS: &str = "◔";
/// Something is wrong with it.
pub const WRONG: &str = "!";
/// Something was not done.
pub const REFUSED: &str = "✗";
/// In place of a score that is not there.
pub const NO_SCORE: &str = "–";
/// More above.
pub const ABOVE: &str = "↑";
/// More below.
pub const BELOW: &str = "↓";
/// Between things said in one line.
pub const DOT: &str = " · ";

/// Bars that end inside a cell, by eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A bar over this share (0 to 1) of `cells` cells; at least a sliver, so that it is seen.
pub fn bar(share: f64, cells: usize) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    let eighths = (1..=cells * 8).rev().find(|eighths| whole(*eighths) <= share * whole(cells * 8));
    let eighths = eighths.unwrap_or(1).min(cells * 8);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
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

/// How each thing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
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

    /// With colours, or without where `NO_COLOR` says so.
    pub fn of(no_color: bool) -> Self {
        if no_color { Self::mono() } else { Self::colour() }
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
    use super::*;
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
    fn every_symbol_takes_one_cell() {
        let symbols = [CURSOR, SELECTED, DRAGGED, TARGET, RUNNING, PLANNED, WAITS, WRONG, REFUSED];
        let statuses = Status::ALL.into_iter().skip(1).map(status);
        assert!(symbols.into_iter().chain(statuses).all(|symbol| width(symbol) == 1));
    }

    #[test]
    fn without_colours_there_are_none() {
        let shown = format!("{:?}", Theme::mono());
        assert!(!shown.contains("Cyan") && !shown.contains("Red"), "{shown}");
        assert!(Theme::of(true).cursor.add_modifier.contains(Modifier::REVERSED));
    }
}
