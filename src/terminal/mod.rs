//! Keys in, frames out, effects carried out; the only clock.
//!
//! Four threads: the session sleeps until one of the others has something to tell, `input` reads
//! keys while it has a permit, `keeper` writes files, `signals` ends or stops the program. There
//! is no tick: nothing happens while nothing happens.
//!
//! This folder decides nothing about items, keys or looks; that is the program it runs.

mod canvas;
mod clipboard;
mod clock;
mod crash;
mod disk;
mod editor;
mod input;
mod keeper;
mod program;
mod reckoner;
mod screen;
mod session;
mod signals;
mod translate;

pub use clock::today;
pub use keeper::Keeper;
pub use program::Program;
pub use signals::outlive_file_limit;

use crate::app::App;
use crate::store::{OpenError, WorkspaceFile};
use crate::view::Theme;
use crate::view::text::safe;
use crate::workspace::Date;
use canvas::Canvas;
use disk::Disk;
use program::Shown;
use ratatui::crossterm::style::force_color_output;
use reckoner::Reckoner;
use session::{Ending, Session};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::mpsc::channel;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The workspace; it may not be there yet.
    pub path: PathBuf,
    /// Today, where it is not the clock's.
    pub as_of: Option<Date>,
    /// Whether to use colours; see [`colours_wanted`].
    pub colours: bool,
    /// Where the activity log and, when the program fails, a report is kept; see
    /// [`state_dir`](crate::store::find::state_dir). There is no log where there is no such folder.
    pub state: Option<PathBuf>,
}

/// Exit codes, from the table in the command line's reference.
mod code {
    pub const DONE: u8 = 0;
    pub const USAGE: u8 = 2;
    pub const IO: u8 = 74;
}

/// Whether colours are welcome: unless `NO_COLOR` says no, whatever it says.
pub fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Opens the workspace on the screen until the person leaves, and returns the exit code. What
/// there is to say is said on stderr.
pub fn run(options: &Options) -> u8 {
    if !has_screen() {
        return refuse();
    }
    let path = &options.path;
    let theme = Theme::of(!options.colours);
    let seed = fastrand::u64(..);
    match WorkspaceFile::open(path) {
        Ok((opened, file)) => {
            let disk = Disk::new(path.clone(), Some(file), options.state.clone());
            let app = App::new(disk.session(opened), seed);
            play(Shown { app, theme }, disk, options)
        }
        Err(OpenError::NotFound(_)) => {
            let app = App::first_run(path.display().to_string(), seed);
            play(
                Shown { app, theme },
                Disk::new(path.clone(), None, options.state.clone()),
                options,
            )
        }
        Err(error) => {
            complain(&error.to_string());
            error.exit_code()
        }
    }
}

/// Runs any program in this terminal until the person leaves, and returns the exit code.
pub fn play(program: impl Program, keeper: impl Keeper, options: &Options) -> u8 {
    if !has_screen() {
        return refuse();
    }
    let ended = perform(program, keeper, options);
    screen::leave();
    match ended {
        Ok(Ending::Kept) => code::DONE,
        Ok(Ending::Unkept(unsaved)) => {
            complain(&format!("{} lacks the last changes: {unsaved}", options.path.display()));
            code::IO
        }
        Err(error) => {
            complain(&format!("this terminal cannot be used: {error}"));
            code::IO
        }
    }
}

fn perform(program: impl Program, keeper: impl Keeper, options: &Options) -> io::Result<Ending> {
    let path = options.path.display().to_string();
    let reports = options.state.clone().unwrap_or_else(std::env::temp_dir);
    let (sender, events) = channel();
    let work = keeper::start(keeper, sender.clone())?;
    crash::prepare(work.clone(), path.clone(), reports);
    signals::listen(sender.clone(), work.clone(), path)?;
    // Without it crossterm turns each colour into a reset when NO_COLOR is set, and so takes
    // bold and reversed away; colours are taken out on the canvas instead.
    force_color_output(true);
    screen::enter()?;
    let reckoner = Reckoner::new(sender.clone());
    let input = input::Input::start(sender)?;
    let canvas = Canvas::new(options.colours);
    let session = Session::new(program, canvas, work.clone(), input, reckoner, options.as_of);
    match (session.run(&events), work.settle(signals::GRACE)) {
        // Of two misfortunes the one that concerns the file is said.
        (Err(_), Err(unsaved)) => Ok(Ending::Unkept(unsaved)),
        (ended, _) => ended,
    }
}

/// Whether there is a screen to draw on and a keyboard to read from.
fn has_screen() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && io::stdin().is_terminal() && io::stdout().is_terminal()
}

fn refuse() -> u8 {
    complain("needs a terminal; try 'twohats list' or 'twohats --help'");
    code::USAGE
}

fn complain(words: &str) {
    let _ = writeln!(io::stderr(), "twohats: {}", safe(words));
}
