//! When the program fails: the terminal back, a report kept, three lines said.

use super::work::{Unsaved, Work};
use super::{screen, signals};
use crate::view::text::safe;
use std::backtrace::Backtrace;
use std::fs;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a failed program exits with, as Rust has it.
const FAILED: i32 = 101;

/// From now on a panic of any thread ends the program in order.
pub fn prepare(work: Arc<Work>, path: String, reports: PathBuf) {
    std::panic::set_hook(Box::new(move |panic| {
        screen::leave();
        let said = what(panic);
        let report = keep(&reports, &report(&said, panic));
        let _ =
            write!(io::stderr(), "{}", words(&said, report, &path, work.settle(signals::GRACE)));
        std::process::exit(FAILED)
    }));
}

/// The message and the place in the source.
fn what(panic: &PanicHookInfo<'_>) -> String {
    let message = panic.payload_as_str().unwrap_or("no message");
    let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line()));
    // On one line and with nothing a terminal would obey: it may quote a title.
    safe(message).into_owned() + &place.unwrap_or_default()
}

fn report(said: &str, panic: &PanicHookInfo<'_>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let thread = std::thread::current().name().unwrap_or("?").to_owned();
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let trace = Backtrace::force_capture();
    format!("twohats {version}\n{said}\nthread {thread}, {place}\n\n{trace}")
}

/// Writes the report under a name of its own and returns where.
fn keep(reports: &Path, report: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(reports)?;
    let name = format!("crash-{}.txt", jiff::Zoned::now().strftime("%Y-%m-%dT%H-%M-%S"));
    let path = reports.join(name);
    fs::write(&path, report)?;
    Ok(path)
}

/// The three lines.
fn words(
    said: &str,
    report: io::Result<PathBuf>,
    path: &str,
    settled: Result<(), Unsaved>,
) -> String {
    let report = match report {
        Ok(path) => format!("A report is in {}", path.display()),
        Err(error) => format!("No report could be kept: {error}"),
    };
    let file = match settled {
        Ok(()) => format!("{} is safe, with every change in it.", safe(path)),
        Err(unsaved) => format!("{} is whole, but lacks the last changes: {unsaved}", safe(path)),
    };
    format!("twohats failed, and the fault is its own: {said}\n{report}\n{file}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_lines_say_what_where_and_that_the_file_is_safe() {
        let said = words("oh no (a.rs:1)", Ok("/r/crash.txt".into()), "w.json", Ok(()));
        assert_eq!(
            said,
            "twohats failed, and the fault is its own: oh no (a.rs:1)\n\
             A report is in /r/crash.txt\n\
             w.json is safe, with every change in it.\n"
        );
        let late =
            words("oh no", Err(io::ErrorKind::NotFound.into()), "w.json", Err(Unsaved::Late));
        assert_eq!(late.lines().count(), 3);
        assert!(late.ends_with("lacks the last changes: writing it takes too long\n"));
    }

    #[test]
    fn a_report_goes_into_a_folder_that_may_not_exist_yet() {
        let folder = tempfile::tempdir().unwrap();
        let path = keep(&folder.path().join("state/twohats"), "what happened").unwrap();
        assert_eq!(fs::read_to_string(path).unwrap(), "what happened");
    }
}
