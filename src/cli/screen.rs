//! No verb: the screen.

use super::configuration::{Configuration, Looks};
use super::console::complain;
use super::options::Options;
use super::{VERBS, fail, refuse, verbs};
use crate::store::find;
use crate::terminal;
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};
use std::path::{Path, PathBuf};

/// The workspace to open, as an argument.
const FILE: &str = "workspace";

/// The argument that names the workspace.
pub(super) fn argument() -> Arg {
    Arg::new(FILE)
        .value_name("FILE")
        .help("The workspace to open on the screen")
        .value_parser(value_parser!(PathBuf))
        .conflicts_with("file")
}

/// The first argument that is for the screen alone, as it was typed.
pub(super) fn asked_for(matches: &ArgMatches) -> Option<String> {
    let file = matches.get_one::<PathBuf>(FILE).map(|path| path.display().to_string());
    file.or_else(|| Looks::from_arg_matches(matches).ok()?.first().map(str::to_owned))
}

/// Opens the workspace that is meant on the screen. Where there is none, the
/// first screen offers to make it.
pub(super) fn open(matches: &ArgMatches) -> u8 {
    let options = match Options::from_arg_matches(matches) {
        Ok(options) => options,
        Err(error) => return refuse(&error),
    };
    let first = matches.get_one::<PathBuf>(FILE);
    if let Some(error) = first.and_then(|path| unknown_verb(path)) {
        return refuse(&error);
    }
    let named = first.cloned().or(options.file.clone());
    if options.no_input {
        complain("the screen asks for input; `twohats --help` lists what works without");
        return 2;
    }
    let looks = match Looks::from_arg_matches(matches) {
        Ok(looks) => looks,
        Err(error) => return refuse(&error),
    };
    let is_named = find::is_named(named.as_deref());
    match find::find(named) {
        Ok(path) => terminal::run(&wanted(path, !is_named, &options, &looks)),
        Err(homeless) => fail(&homeless.into(), "init"),
    }
}

/// How to run: what the person has set, and the options of the command.
fn wanted(path: PathBuf, may_be_here: bool, options: &Options, looks: &Looks) -> terminal::Options {
    let config = Configuration::beside(Some(&path), looks, true).config;
    let colours = options.colours();
    terminal::Options {
        path,
        may_be_here,
        as_of: options.day(),
        colours,
        state: find::state_dir().ok(),
        theme: config.theme(colours),
        mouse: config.settings.mouse,
        preferences: config.preferences(),
        editor: config.settings.editor,
    }
}

/// Words that are verbs elsewhere, with what there is here instead.
const ELSEWHERE: [(&str, &str); 1] = [(
    "undo",
    "there is no `undo` here: what was done on the screen is taken back there (`twohats keys`)\n\
     and the version before a command removed something or closed a sprint is among\n\
     `twohats backups`; `twohats restore 1` brings the newest back\n",
)];

/// What is wrong with a word that is a verb elsewhere.
pub(super) fn elsewhere(word: &str) -> Option<clap::Error> {
    let (_, instead) = ELSEWHERE.iter().find(|(known, _)| *known == word)?;
    Some(super::command().error(ErrorKind::InvalidSubcommand, instead))
}

/// What is wrong with a word that names no file and looks like a verb.
fn unknown_verb(path: &Path) -> Option<clap::Error> {
    let word = path.to_str().filter(|word| !word.contains(['/', '.', '\\']))?;
    if path.exists() {
        return None;
    }
    if let Some(error) = elsewhere(word) {
        return Some(error);
    }
    let verbs = Command::new("twohats").subcommands(verbs(VERBS)).disable_help_subcommand(true);
    verbs.try_get_matches_from(["twohats", word]).err()
}
