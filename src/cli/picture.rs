//! `picture`: the frame that the screen would show.

use super::configuration::{Configuration, Looks};
use super::console::Console;
use super::desk::Desk;
use super::failure::Failure;
use super::verb::Verb;
use crate::app::key::{Code, Key};
use crate::app::preferences::Preferences;
use crate::app::{App, Effect, Msg, Session};
use crate::config::Config;
use crate::view::{self, frame};
use crate::workspace::Date;
use clap::{Args, ValueEnum};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Cells of the widest and of the highest picture.
const MOST: u16 = 1000;

/// Print the frame that the screen would show
///
/// As text, or as an SVG picture that looks the same everywhere. With --keys it is the frame after
/// these keys; what they change is not written anywhere. Named keys stand in angle brackets:
/// ]ggJ<ctrl-d><enter>.
#[derive(Debug, Args)]
pub(super) struct Picture {
    /// Columns and rows
    #[arg(long, value_name = "COLUMNSxROWS", default_value = "120x40", value_parser = size)]
    size: (u16, u16),
    /// What is shown
    #[arg(long, value_name = "VIEW", default_value = "board")]
    view: Shown,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Keys to press first
    #[arg(long, value_name = "KEYS", default_value = "", allow_hyphen_values = true)]
    keys: String,
    #[command(flatten)]
    looks: Looks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// Roadmap and backlog
    Board,
    /// Roadmap and inbox
    Inbox,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines of text
    Text,
    /// A picture
    Svg,
}

impl Verb for Picture {
    const NAME: &'static str = "picture";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats picture --size 80x24", "the board, as text"),
        ("twohats picture --format svg > board.svg", "for a web page"),
        ("twohats picture --keys ']ggs'", "while the first of the backlog is scored"),
    ];

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let desk = Desk::open(console)?;
        let found = Configuration::beside(Some(desk.path()), &self.looks, false);
        found.complain(&console.options);
        let buf = self.frame(&desk, &found.config, console.today);
        match self.format {
            Format::Text => console.page(&frame::text(&buf)),
            Format::Svg => console.page(&frame::svg(&buf, &desk.title())),
        }
    }
}

impl Picture {
    fn frame(&self, desk: &Desk, config: &Config, today: Date) -> Buffer {
        let session = Session {
            path: desk.path().display().to_string(),
            content: desk.workspace().content().clone(),
            read_only: desk.read_only(),
            ..Session::default()
        };
        let (width, height) = self.size;
        // The seed is of no account: what the keys add is not kept.
        // What is wrong in the configuration is said beside the picture and not in it.
        let preferences = Preferences { problems: Vec::new(), ..config.preferences() };
        let mut app = App::new(session, 0).preferring(preferences);
        let view = if self.view == Shown::Inbox { Key::sequence("gi") } else { Vec::new() };
        let keys = view.into_iter().chain(keys(&self.keys)).map(Msg::Key);
        for msg in std::iter::once(Msg::Resize { width, height }).chain(keys) {
            tell(&mut app, msg, today);
        }
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        view::draw(&app, &config.theme(true), &mut buf);
        buf
    }
}

/// Tells the app of something. What it asks to be saved counts as saved, and what it asks to be
/// simulated is, on the spot.
fn tell(app: &mut App, msg: Msg, today: Date) {
    for effect in app.update(msg, today) {
        let answer = match effect {
            Effect::Save { revision, content, .. } => Msg::Saved { revision, result: Ok(content) },
            Effect::Simulate(reckoning) => reckoning.answer(),
            _ => continue,
        };
        app.update(answer, today);
    }
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let side = |text: &str| text.parse().ok().filter(|cells| (1..=MOST).contains(cells));
    let sides = text.split_once('x').and_then(|(wide, high)| Some((side(wide)?, side(high)?)));
    sides.ok_or_else(|| format!("a size is COLUMNSxROWS, each from 1 to {MOST}, as in 120x40"))
}

/// The keys that `text` spells: letters, and names in angle brackets. A bracket that encloses no
/// name is itself a key.
fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let named = named.and_then(|(name, rest)| Some((Key::parse(name)?, rest)));
        let (key, after) =
            named.unwrap_or((Key::plain(Code::Char(first)), &rest[first.len_utf8()..]));
        keys.push(key);
        rest = after;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_letters_and_names_in_brackets() {
        let spelled = |text| keys(text).iter().map(Key::to_string).collect::<Vec<_>>();
        assert_eq!(spelled("]gg<ctrl-d>J"), ["]", "g", "g", "ctrl-d", "J"]);
        assert_eq!(
            spelled("<<nothing>é<space>"),
            ["<", "<", "n", "o", "t", "h", "i", "n", "g", ">", "é", "space"]
        );
    }

    #[test]
    fn a_size_has_two_sides_that_are_not_too_long() {
        assert_eq!(size("120x40"), Ok((120, 40)));
        for wrong in ["120", "0x40", "120x", "x", "1001x40", "-1x4"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
