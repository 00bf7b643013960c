//! A window over the board: what it is, and which keys work in it.

use super::actions::Scope;
use super::choice::Choices;
use super::closing::Closing;
use super::form::Form;
use super::help::Help;
use super::palette::Palette;
use super::picker::Picker;
use super::planning::Planning;
use super::prompt::Prompt;
use super::score::ScoreForm;

/// A window over the board; it gets the keys.
#[derive(Debug)]
pub enum Window {
    /// A line to type.
    Prompt(Prompt),
    /// A few answers to choose from.
    Choices(Choices),
    /// Every action, by name.
    Palette(Palette),
    /// Every key, or another text to page through.
    Help(Help),
    /// The factors of a framework.
    Score(ScoreForm),
    /// Every field of a record.
    Form(Form),
    /// Records to pick from.
    Picker(Picker),
    /// A sprint that is being filled.
    Planning(Planning),
    /// A sprint that is being closed.
    Closing(Closing),
}

impl Window {
    /// Which keys work in it.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Prompt(_) => Scope::Text,
            Self::Choices(_) => Scope::Choice,
            Self::Palette(_) => Scope::Palette,
            Self::Help(_) => Scope::Page,
            Self::Score(_) => Scope::Score,
            Self::Form(form) if form.row().is_long() => Scope::FormLines,
            Self::Form(_) => Scope::Form,
            Self::Picker(_) => Scope::Picker,
            Self::Planning(_) => Scope::Planning,
            Self::Closing(_) => Scope::Closing,
        }
    }
}
