//! The options that every verb takes.

use super::assignment;
use super::console::Console;
use super::failure::Failure;
use crate::scoring::{CATALOGUE, Framework};
use crate::terminal;
use crate::workspace::day::Day;
use crate::workspace::{Date, Hat, Place, Workspace, number};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// What help calls them.
pub(super) const HEADING: &str = "Options of every verb";

/// The options that every verb takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = HEADING)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct Options {
    /// The workspace; else `$TWOHATS_FILE`, else the nearest twohats.json upwards, else yours
    #[arg(short, long, global = true, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Print nothing but data
    #[arg(long, global = true)]
    pub quiet: bool,
    /// Never ask, fail instead
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Print straight to the terminal, however long it is
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// When to highlight: auto (unless told), always or never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: When,
    /// Which hat is on, for the activity log; else the one of the place
    #[arg(long, global = true, value_name = "pm|po", hide_possible_values = true, value_parser = hat())]
    pub hat: Option<Hat>,
    /// Take this day for today, so that output can be repeated; a DATE is 2026-12-18, 18.12.2026,
    /// 18 Dec 2026, today, tomorrow, fri, +3d, +2w or +1m
    #[arg(long, global = true, value_name = "DATE", value_parser = certain)]
    pub as_of: Option<Day>,
}

/// A day that needs nothing to tell which it is: what the person has set is not read yet.
fn certain(text: &str) -> Result<Day, String> {
    let day = text.parse::<Day>()?;
    day.on(Date::default(), None).map(|_| day)
}

/// When to highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Options {
    /// Whether to highlight on stdout.
    pub fn highlights(&self) -> bool {
        self.colours() && (self.color == When::Always || io::stdout().is_terminal())
    }

    /// Whether long output for a person goes to their pager.
    pub fn pages(&self) -> bool {
        !self.json && !self.no_pager && !self.no_input && terminal::can_page()
    }

    /// Whether the screen has colours.
    pub fn colours(&self) -> bool {
        match self.color {
            When::Auto => terminal::colours_wanted(),
            When::Always => true,
            When::Never => false,
        }
    }

    /// The day that was named for today.
    pub fn day(&self) -> Option<Date> {
        self.as_of.and_then(|day| day.on(terminal::today(None), None).ok())
    }

    /// Today, or the day that was named instead.
    pub fn today(&self) -> Date {
        terminal::today(self.day())
    }
}

fn hat() -> impl TypedValueParser<Value = Hat> {
    PossibleValuesParser::new([Hat::Pm.key(), Hat::Po.key()])
        .map(|word| if word == Hat::Pm.key() { Hat::Pm } else { Hat::Po })
}

/// One of these names, each with what it is, as what `find` makes of it.
pub(super) fn named<T: Clone + Send + Sync + 'static>(
    names: impl Iterator<Item = (&'static str, &'static str)>,
    find: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    let values = names.map(|(name, about)| PossibleValue::new(name).help(about));
    let values = PossibleValuesParser::new(values.collect::<Vec<_>>());
    values.try_map(move |name| find(&name).ok_or("nothing has this name"))
}

/// A place that holds items.
pub(super) fn place() -> impl TypedValueParser<Value = Place> {
    let keys = PossibleValuesParser::new(Place::ITEMS.map(Place::key));
    keys.try_map(|word| Place::of_items(&word).ok_or("not a place"))
}

/// Places that hold no items and to which records are added by hand all the same.
const SHELVES: [Place; 3] = [Place::Objectives, Place::Personas, Place::Releases];

/// A place to which records can be added.
pub(super) fn addable() -> impl TypedValueParser<Value = Place> {
    let places = || Place::ITEMS.into_iter().chain(SHELVES);
    let keys = PossibleValuesParser::new(places().map(Place::key));
    keys.try_map(move |word| places().find(|place| place.key() == word).ok_or("not a place"))
}

/// The word for all lanes together.
const ROADMAP: &str = "roadmap";

/// One or several places that hold items, in their order.
#[derive(Debug, Clone)]
pub(super) struct Places(pub Vec<Place>);

/// A place that holds items, or the whole roadmap.
pub(super) fn places() -> impl TypedValueParser<Value = Places> {
    let keys = Place::ITEMS.map(Place::key).into_iter().chain([ROADMAP]);
    PossibleValuesParser::new(keys).map(|word| match Place::of_items(&word) {
        Some(place) => Places(vec![place]),
        None => Places(Place::ROADMAP.to_vec()),
    })
}

/// The id of a framework.
pub(super) fn framework() -> PossibleValuesParser {
    let mut ids: Vec<&str> = CATALOGUE.iter().map(|framework| framework.id).collect();
    ids.dedup();
    PossibleValuesParser::new(ids)
}

/// A number of things, at least one.
pub(super) fn count() -> impl TypedValueParser<Value = usize> {
    clap::value_parser!(u32).try_map(|count| match count {
        0 => Err("at least 1 is needed"),
        count => Ok(count as usize),
    })
}

/// An amount, at least nothing: of points, of days.
pub(super) fn amount(text: &str) -> Result<f64, String> {
    let amount = number::typed(text)?.filter(|amount| *amount >= 0.0);
    amount.ok_or_else(|| "a number of at least 0 is needed".to_owned())
}

/// Which pane, and by which framework.
#[derive(Debug, Clone, Args)]
pub(super) struct PaneFlags {
    /// This pane; else that of the hat, else the backlog
    #[arg(long = "in", value_name = "backlog|roadmap", hide_possible_values = true, value_parser = pane())]
    within: Option<Hat>,
    /// By this framework; else by the one of the pane
    #[arg(long, value_name = "FRAMEWORK", value_parser = framework())]
    framework: Option<String>,
}

impl PaneFlags {
    /// The hat whose pane it is.
    pub fn hat(&self, console: &Console) -> Hat {
        self.within.or(console.options.hat).unwrap_or(Hat::Po)
    }

    /// The framework to use.
    pub fn framework(
        &self,
        workspace: &Workspace,
        hat: Hat,
    ) -> Result<&'static Framework, Failure> {
        let told = self.framework.as_deref().map(|id| assignment::framework(workspace, id));
        let told = told.transpose().map_err(Failure::Usage)?;
        Ok(told.unwrap_or_else(|| Framework::of(hat, workspace.settings())))
    }
}

fn pane() -> impl TypedValueParser<Value = Hat> {
    PossibleValuesParser::new([Place::Backlog.key(), ROADMAP])
        .map(|word| if word == ROADMAP { Hat::Pm } else { Hat::Po })
}
