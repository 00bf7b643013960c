//! The same without a screen: one file a verb, text or JSON.
//!
//! A verb is a row of [`VERBS`]; its file owns its arguments, its words, its examples and what it
//! does. Data goes to stdout, words go to stderr, and what is written is durable before the
//! command ends well.

mod add;
mod answer;
mod ask;
mod assignment;
mod backtest;
mod backups;
mod batch;
mod blocked;
mod break_down;
mod calibration;
mod candidates;
mod changes;
mod check;
mod checkin;
mod completions;
mod concern;
mod config;
mod configuration;
mod conflicts;
mod console;
mod coverage;
mod decide;
mod desk;
mod diff;
mod doctor;
mod done;
mod duplicate;
mod explain;
mod export;
mod failure;
mod forecast;
mod frameworks;
pub mod generated;
mod git_setup;
mod import;
mod init;
mod intake;
mod keys;
mod list;
mod man;
mod merge;
mod merge_copy;
mod r#move;
mod naming;
mod next;
mod notes;
mod odd;
mod options;
mod outcomes;
mod output;
mod part;
mod picture;
mod position;
mod query;
mod rank;
mod reading;
mod record;
mod reference;
mod release;
mod reopen;
mod restore;
mod review;
mod rm;
mod schedule;
mod schema;
mod score;
mod screen;
mod sentence;
mod set;
mod show;
mod sitting;
mod split;
mod sprint;
mod standup;
mod tally;
mod targets;
mod timeline;
mod triage;
mod verb;
mod way_back;

pub use reference::pages;

use crate::terminal;
use crate::view::text::safe;
use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use configuration::Looks;
use console::{Console, complain};
use failure::Failure;
use options::Options;
use std::ffi::OsString;
use std::io::{self, Write};
use verb::Row;

/// Every verb, in the order of help.
static VERBS: &[Row] = &[
    Row::of::<init::Init>(),
    Row::of::<add::Add>(),
    Row::of::<list::List>(),
    Row::of::<show::Show>(),
    Row::of::<set::Set>(),
    Row::of::<r#move::Move>(),
    Row::of::<done::Done>(),
    Row::of::<reopen::Reopen>(),
    Row::of::<duplicate::Duplicate>(),
    Row::of::<split::Split>(),
    Row::of::<break_down::BreakDown>(),
    Row::of::<rm::Rm>(),
    Row::of::<triage::Triage>(),
    Row::of::<next::Upcoming>(),
    Row::of::<check::Check>(),
    Row::of::<blocked::Blocked>(),
    Row::of::<outcomes::Outcomes>(),
    Row::of::<reading::Reading>(),
    Row::of::<coverage::Covered>(),
    Row::of::<timeline::Lying>(),
    Row::of::<release::Released>(),
    Row::of::<notes::Noted>(),
    Row::of::<answer::Answer>(),
    Row::of::<calibration::Calibrated>(),
    Row::of::<score::Scores>(),
    Row::of::<rank::Rank>(),
    Row::of::<explain::Explain>(),
    Row::of::<ask::Ask>(),
    Row::of::<decide::Decide>(),
    Row::of::<schedule::Scheduled>(),
    Row::of::<forecast::Foresee>(),
    Row::of::<sprint::Sprint>(),
    Row::of::<standup::Standup>(),
    Row::of::<review::Reviewed>(),
    Row::of::<checkin::CheckIn>(),
    Row::of::<changes::Changes>(),
    Row::of::<frameworks::Frameworks>(),
    Row::of::<batch::Batch>(),
    Row::of::<import::Import>(),
    Row::of::<export::Export>(),
    Row::of::<diff::Diff>(),
    Row::of::<conflicts::Conflicts>(),
    Row::of::<merge::Merge>(),
    Row::of::<merge_copy::MergeCopy>(),
    Row::of::<git_setup::GitSetup>(),
    Row::of::<backups::Backups>(),
    Row::of::<restore::Restore>(),
    Row::of::<doctor::Doctor>(),
    Row::of::<keys::Keys>(),
    Row::of::<picture::Picture>(),
    Row::of::<config::Configure>(),
    Row::of::<schema::Schema>(),
    Row::of::<completions::Completions>(),
    Row::of::<man::Man>(),
];

/// Does what the arguments, the program's name first, ask for, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    // Where the system refuses, writing too much ends the program, and the file is still whole.
    let _ = terminal::outlive_file_limit();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(code) = completions::answer(&arguments) {
        return code;
    }
    let matches = match parse(&arguments) {
        Ok(matches) => matches,
        Err(error) => return refuse(&screen::mistyped(&arguments).unwrap_or(error)),
    };
    match verb(&matches) {
        Some((row, own)) => match screen::asked_for(&matches) {
            Some(what) => refuse(&misplaced(&what, row.name)),
            None => carry_out(row, own),
        },
        None => screen::open(&matches),
    }
}

/// What the arguments ask for. There are many verbs, and making the commands of all of them takes
/// longer than reading a workspace; so at first there are only those that an argument names. What
/// clap has to say of the arguments it says knowing all.
fn parse(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    let is_named = |row: &&Row| arguments.iter().any(|argument| argument == row.name);
    let named = verbs(VERBS.iter().filter(is_named));
    command_of(named)
        .try_get_matches_from(arguments)
        .or_else(|_| command().try_get_matches_from(arguments))
}

/// The verb that is asked for, and what it is told.
fn verb(matches: &ArgMatches) -> Option<(&'static Row, &ArgMatches)> {
    let (name, matches) = matches.subcommand()?;
    Some((VERBS.iter().find(|row| row.name == name)?, matches))
}

/// What is wrong with an argument of the screen before a verb.
fn misplaced(what: &str, verb: &str) -> clap::Error {
    let words = format!(
        "{what} before a verb is for the screen, and `{verb}` has none; \
         `twohats {verb} --file FILE` names a workspace\n"
    );
    command().error(ErrorKind::ArgumentConflict, words)
}

fn command() -> Command {
    command_of(verbs(VERBS))
}

/// The command with the commands of some verbs.
fn command_of(verbs: impl Iterator<Item = Command>) -> Command {
    Options::augment_args(Looks::augment_args(Command::new("twohats").arg(screen::argument())))
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .override_usage("twohats [OPTIONS] [FILE]\n       twohats [OPTIONS] <VERB>")
        .help_template(verb::help(EXAMPLES))
        .subcommands(verbs)
        .disable_help_subcommand(true)
        .subcommand_value_name("VERB")
        .subcommand_help_heading("Verbs")
}

/// The commands of these verbs.
fn verbs(rows: impl IntoIterator<Item = &'static Row>) -> impl Iterator<Item = Command> {
    rows.into_iter().map(|row| (row.command)())
}

const EXAMPLES: &[(&str, &str)] = &[
    ("twohats plan.json", "the screen: roadmap and backlog side by side"),
    ("twohats init", "a new workspace in this directory"),
    ("twohats next", "what to do now"),
    ("twohats list --json | jq", "everything, as data"),
];

fn carry_out(row: &Row, matches: &ArgMatches) -> u8 {
    let options = match Options::from_arg_matches(matches) {
        Ok(options) => options,
        Err(error) => return refuse(&error),
    };
    if options.json && output::schema(row.name).is_none() {
        return fail(&Failure::Usage(format!("`{}` prints no JSON", row.name)), row.name);
    }
    let mut console = Console::new(options);
    let done = (row.run)(matches, &mut console);
    // What was printed before it failed is seen before why it failed.
    let seen = console.finish();
    match done.and(seen) {
        Ok(()) => console.code,
        Err(failure) => fail(&failure, row.name),
    }
}

/// Says what went wrong and what to do next.
fn fail(failure: &Failure, verb: &str) -> u8 {
    if failure.is_closed_pipe() {
        return 0;
    }
    complain(&failure.to_string());
    failure.hint(verb).iter().for_each(|hint| complain(hint));
    failure.exit_code()
}

/// Prints what clap has to say: help and version are no failure, and have colours. What it says of
/// a failure repeats what was typed, which may be anything.
fn refuse(error: &clap::Error) -> u8 {
    // Where nobody can hear it there is nothing to be done.
    let _ = if error.use_stderr() {
        error.to_string().lines().try_for_each(|line| writeln!(io::stderr(), "{}", safe(line)))
    } else {
        error.print()
    };
    u8::try_from(error.exit_code()).unwrap_or(2)
}
