//! Keys in, frames out, effects carried out; the only clock.
//!
//! Six threads: the session sleeps until one of the others has something to tell, `input` reads
//! keys while it has a permit, `syncer` makes the journal durable, `keeper` writes files, `watch`
//! hears of what others write, `signals` ends or stops the program. All but the last begin once a
//! first frame stands. An edit is in the journal before the frame that shows it, and in the file
//! after a pause. There is no tick: nothing happens while nothing happens.
//!
//! This folder decides nothing about items, keys or looks; that is the program it runs.

mod answer;
mod bring;
mod canvas;
mod clipboard;
mod clock;
mod crash;
mod cut_off;
mod disk;
mod editor;
pub mod folder;
pub mod glance;
mod input;
mod keeper;
mod ledger;
mod memory;
mod news;
pub mod outfile;
mod pager;
mod paint;
mod program;
mod reckoner;
mod screen;
mod send;
mod session;
mod signals;
mod told;
mod translate;
mod trouble;
mod watch;
mod work;

pub use answer::{Answer, answer, can_ask};
pub use canvas::{Canvas, Cursor};
pub use clock::today;
pub use keeper::{Ask, Keeper, Save};
pub use ledger::Ledger;
pub use pager::page;
pub use program::Program;
pub use reckoner::tally;
pub use signals::outlive_file_limit;

use crate::app::App;
use crate::app::preferences::Preferences;
use crate::app::welcome::Sites;
use crate::store::find::FILE_NAME;
use crate::store::{OpenError, WorkspaceFile, backup};
use crate::view::Theme;
use crate::view::text::safe;
use crate::workspace::Date;
use disk::Disk;
use program::Shown;
use ratatui::crossterm::style::force_color_output;
use reckoner::Reckoner;
use session::{Ending, Session};
use signals::Farewell;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use work::{Unsaved, Work};

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The workspace; it may not be there yet.
    pub path: PathBuf,
    /// Whether the first one may as well be made in the folder the person is in.
    pub may_be_here: bool,
    /// Today, where it is not the clock's.
    pub as_of: Option<Date>,
    /// Whether to use colours; see [`colours_wanted`].
    pub colours: bool,
    /// Where the activity log and, when the program fails, a report is kept; see
    /// [`state_dir`](crate::store::find::state_dir). There is no log where there is no such folder.
    pub state: Option<PathBuf>,
    /// How it looks.
    pub theme: Theme,
    /// Whether to listen to the mouse.
    pub mouse: bool,
    /// What the person prefers.
    pub preferences: Preferences,
    /// Their editor, as a line for the shell; else the one of the environment.
    pub editor: Option<String>,
}

/// Exit codes, from the table in the command line's reference.
mod code {
    pub const DONE: u8 = 0;
    pub const USAGE: u8 = 2;
    pub const IO: u8 = 74;
    /// What a shell says of SIGHUP.
    pub const HANG_UP: u8 = 129;
}

/// Whether colours are welcome: unless `NO_COLOR` says no, whatever it says.
pub fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Whether the terminal shows no more than ASCII: the console of Linux, whose font has few symbols,
/// and a language that says it writes in something other than UTF-8. One that says nothing may.
pub fn shows_only_ascii() -> bool {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let language = LANGUAGE.into_iter().find_map(set);
    only_ascii(set("TERM").as_deref(), language.as_deref())
}

/// Where it stands which characters a program may write, the strongest first.
const LANGUAGE: [&str; 3] = ["LC_ALL", "LC_CTYPE", "LANG"];

fn only_ascii(terminal: Option<&str>, language: Option<&str>) -> bool {
    let is_utf8 = |language: &str| {
        let language = language.to_lowercase();
        language.contains("utf-8") || language.contains("utf8")
    };
    terminal == Some("linux") || language.is_some_and(|language| !is_utf8(language))
}

/// Opens the workspace on the screen until the person leaves, and returns the exit code. What
/// there is to say is said on stderr.
pub fn run(options: &Options) -> u8 {
    if !has_screen() {
        return refuse();
    }
    let path = &options.path;
    let (theme, preferences) = (options.theme, options.preferences.clone());
    let seed = fastrand::u64(..);
    let site = Disk::site(options.state.clone());
    match WorkspaceFile::open_at(&site, path) {
        Ok((opened, file)) => {
            let mut disk = Disk::new(path.clone(), site);
            let app = App::new(disk.begin(opened, file), seed).preferring(preferences);
            let app = app.at_first_sight();
            play(Shown { app, theme }, disk, options)
        }
        Err(OpenError::NotFound(_)) => {
            let usual = whole(path);
            let here = options.may_be_here.then(|| whole(Path::new(FILE_NAME)));
            let here = here.filter(|here| *here != usual);
            let sites = Sites { usual, here, earlier: backup::way_back(&site, path) };
            let app = App::first_run(&sites, seed).preferring(preferences);
            play(Shown { app, theme }, Disk::new(path.clone(), site), options)
        }
        Err(error) => {
            complain(&error.to_string());
            if let OpenError::Malformed { malformed, .. } = &error {
                let way_on = backup::way_on(&site, path, malformed);
                way_on.iter().for_each(|words| complain(words));
            }
            error.exit_code()
        }
    }
}

/// The path from the root, so that the first screen says where a workspace will really be.
fn whole(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string()
}

/// Runs any program in this terminal until the person leaves, and returns the exit code.
pub fn play(program: impl Program, keeper: impl Keeper, options: &Options) -> u8 {
    if !has_screen() {
        return refuse();
    }
    let ledger = keeper.ledger();
    let ended = perform(program, keeper, options);
    screen::leave();
    match ended {
        Ok(Ending::Kept) => code::DONE,
        Ok(Ending::Unkept(unsaved)) => {
            complain(&lacks(&options.path.display().to_string(), &unsaved, &ledger));
            code::IO
        }
        Err(_) if signals::is_gone() => code::HANG_UP,
        Err(error) => {
            complain(&format!("this terminal cannot be used: {error}"));
            code::IO
        }
    }
}

/// Says that the last changes are not in the file, and where they are.
fn lacks(path: &str, unsaved: &Unsaved, ledger: &Ledger) -> String {
    let kept =
        if ledger.holds_all() { "; they are in the journal, for the next start" } else { "" };
    format!("{path} lacks the last changes: {unsaved}{kept}")
}

fn perform(program: impl Program, keeper: impl Keeper, options: &Options) -> io::Result<Ending> {
    let path = options.path.display().to_string();
    let reports = options.state.clone().unwrap_or_else(std::env::temp_dir);
    let (sender, events) = channel();
    let ledger = keeper.ledger();
    let work = Arc::<Work>::default();
    crash::prepare(work.clone(), path.clone(), reports);
    let farewell = Farewell { work: work.clone(), ledger: ledger.clone(), path };
    signals::listen(sender.clone(), farewell.clone())?;
    // Without it crossterm turns each colour into a reset when NO_COLOR is set, and so takes
    // bold and reversed away; colours are taken out on the canvas instead.
    force_color_output(true);
    screen::listen_to_mouse(options.mouse);
    screen::enter()?;
    let reckoner = Reckoner::new(sender.clone());
    let input = input::Input::new(sender.clone());
    let canvas = Canvas::new(options.colours);
    let mut session =
        Session::new(program, canvas, work.clone(), ledger.clone(), input, reckoner, options);
    let begun = session.begin();
    // Nothing was done yet that these could keep.
    keeper::start(keeper, &work, sender.clone())?;
    signals::listen_for_hang_up(farewell)?;
    ledger.sync_behind(sender)?;
    match (begun.and_then(|()| session.run(&events)), work.finish(signals::GRACE)) {
        // Of two misfortunes the one that concerns the file is said.
        (Err(_), Err(unsaved)) => Ok(Ending::Unkept(unsaved)),
        (ended, _) => ended,
    }
}

/// Whether long output can be shown a page at a time.
pub fn can_page() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !dumb && io::stdout().is_terminal()
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

#[cfg(test)]
mod tests {
    use super::only_ascii;

    #[test]
    fn only_a_terminal_that_says_so_gets_ascii() {
        for language in ["C.UTF-8", "de_DE.utf8", "UTF-8"] {
            assert!(!only_ascii(Some("xterm"), Some(language)));
        }
        for language in ["C", "POSIX", "de_DE", "ja_JP.eucJP"] {
            assert!(only_ascii(Some("xterm"), Some(language)));
        }
        assert!(!only_ascii(None, None));
        assert!(only_ascii(Some("linux"), Some("C.UTF-8")));
    }
}
