//! No verb: the screen.

use super::configuration::{Configuration, Looks};
use super::console::complain;
use super::options::Options;
use super::{VERBS, fail, refuse, verbs};
use crate::store::find;
use crate::terminal;
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command, FromArgMatches, value_parser};
use std::ffi::OsString;
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

/// Why nothing is taken back by a command.
const TAKEN_BACK: &str = "what was done on the screen is taken back and done again there (`twohats keys`)\n\
     and the version before a command removed something or closed a sprint is among\n\
     `twohats backups`; `twohats restore 1` brings the newest back";

const EDIT: &str = "`twohats set ID FIELD=VALUE` changes an item, and `twohats FILE` opens all of them on the screen";
const REMOVE: &str = "`twohats rm ID` removes an item, and `twohats done ID` closes it";
const LIST: &str = "`twohats list` lists the items, and `--filter` those that are like this";
const MAKE: &str = "`twohats add TITLE` adds an item, and `twohats init` makes a workspace";

/// Words that are verbs elsewhere, with what there is here instead.
const ELSEWHERE: [(&str, &str); 20] = [
    ("undo", TAKEN_BACK),
    ("redo", TAKEN_BACK),
    ("edit", EDIT),
    ("modify", EDIT),
    ("update", EDIT),
    ("delete", REMOVE),
    ("del", REMOVE),
    ("remove", REMOVE),
    ("ls", LIST),
    ("find", LIST),
    ("search", LIST),
    ("new", MAKE),
    ("create", MAKE),
    ("mv", "`twohats move ID --to PLACE` moves an item"),
    ("close", "`twohats done ID` closes an item, and `twohats sprint close` a sprint"),
    ("start", "`twohats sprint start` starts a sprint, and `twohats set ID status=doing` an item"),
    (
        "open",
        "`twohats FILE` opens a workspace on the screen, `twohats show ID` shows an item,\n\
         and `twohats reopen ID` opens one again that is done",
    ),
    ("view", "`twohats show ID` shows an item, and `twohats FILE` opens all of them on the screen"),
    (
        "inbox",
        "`twohats add TITLE --to inbox` writes into the inbox, `twohats list --in inbox` shows it,\n\
         and `twohats triage` goes through it",
    ),
    ("help", "`twohats --help` lists the verbs, and `twohats VERB --help` has examples"),
];

/// What is wrong with a word that is a verb elsewhere.
fn elsewhere(word: &str) -> Option<clap::Error> {
    let (_, instead) = ELSEWHERE.iter().find(|(known, _)| *known == word)?;
    let words = format!("there is no `{word}` here: {instead}\n");
    Some(super::command().error(ErrorKind::InvalidSubcommand, words))
}

/// What is wrong with arguments that nothing can be made of, where they have a word in the place of
/// a verb that is none.
pub(super) fn mistyped(arguments: &[OsString]) -> Option<clap::Error> {
    let lenient = super::command_of(verbs([])).ignore_errors(true);
    let matches = lenient.try_get_matches_from(arguments).ok()?;
    let word = matches.get_one::<PathBuf>(FILE)?;
    let is_verb = VERBS.iter().any(|verb| Path::new(verb.name) == word);
    if is_verb { None } else { unknown_verb(word) }
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
