//! The same without a screen: one file a verb, text or JSON.
//!
//! A verb is a row of [`VERBS`]; its file owns its arguments, its words, its examples and what it
//! does. Data goes to stdout, words go to stderr, and what is written is durable before the
//! command ends well.

mod add;
mod assignment;
mod console;
mod desk;
mod done;
mod failure;
mod frameworks;
mod init;
mod keys;
mod list;
mod r#move;
mod naming;
mod next;
mod options;
mod position;
mod reference;
mod reopen;
mod rm;
mod score;
mod set;
mod show;
mod value;
mod verb;

pub use reference::pages;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, value_parser};
use console::{Console, complain};
use failure::Failure;
use options::Options;
use std::ffi::OsString;
use std::path::PathBuf;
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
    Row::of::<rm::Rm>(),
    Row::of::<next::Next>(),
    Row::of::<score::Scores>(),
    Row::of::<frameworks::Frameworks>(),
    Row::of::<keys::Keys>(),
];

/// The argument that names the workspace to open on the screen.
const FILE: &str = "workspace";

/// Does what the arguments, the program's name first, ask for, and returns the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return refuse(&error),
    };
    match matches.subcommand() {
        Some((name, matches)) => {
            let row = VERBS.iter().find(|row| row.name == name);
            row.map_or(2, |row| carry_out(row, matches))
        }
        None => 2,
    }
}

fn command() -> Command {
    let command = Command::new("twohats");
    Options::augment_args(command)
        .version(env!("CARGO_PKG_VERSION"))
        .about(env!("CARGO_PKG_DESCRIPTION"))
        .help_template(verb::help(EXAMPLES))
        .arg(Arg::new(FILE).value_name("FILE").value_parser(value_parser!(PathBuf)))
        .subcommands(VERBS.iter().map(|row| (row.command)()))
        .args_conflicts_with_subcommands(true)
        .disable_help_subcommand(true)
        .subcommand_value_name("VERB")
        .subcommand_help_heading("Verbs")
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
    let mut console = Console::new(options);
    match (row.run)(matches, &mut console).and_then(|()| console.finish()) {
        Ok(()) => 0,
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

/// Prints what clap has to say: help and version are no failure.
fn refuse(error: &clap::Error) -> u8 {
    // Where nobody can hear it there is nothing to be done.
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(2)
}
