//! What a shell can complete that only the workspace and the tables know: ids with their titles,
//! and fields.

use crate::scoring::CATALOGUE;
use crate::store::{WorkspaceFile, find};
use crate::view::text;
use crate::workspace::{Field, Place, Section, Shape};
use clap::builder::StyledStr;
use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Ids that are offered at most.
const OFFERED: usize = 500;
/// Cells of a title beside its id.
const TITLE: usize = 60;

/// What completes an argument, by the name of its value.
const SOURCES: [(&str, Source); 4] = [
    ("ID", |word, file| ids(word, file)),
    ("ID|FIELD=VALUE", |word, file| {
        ids(word, file).into_iter().chain(singles(word)).chain(fields(word, &ALL)).collect()
    }),
    ("TITLE|FIELD=VALUE", |word, _| fields(word, &[Section::Item])),
    ("FRAMEWORK", |word, _| frameworks(word)),
];

/// Gives the candidates for a word, from the workspace in this file or the one that is meant here.
type Source = fn(&str, Option<&Path>) -> Vec<CompletionCandidate>;

/// Every kind of record that can be set.
const ALL: [Section; 9] = [
    Section::Item,
    Section::Objective,
    Section::Persona,
    Section::Release,
    Section::Sprint,
    Section::Decision,
    Section::CheckIn,
    Section::Product,
    Section::Settings,
];

/// A command whose verbs know their candidates. `file` is the workspace that was named.
pub(super) fn added(command: Command, file: Option<&Path>) -> Command {
    command.mut_subcommands(|verb| verb.mut_args(|argument| sourced(argument, file)))
}

fn sourced(argument: Arg, file: Option<&Path>) -> Arg {
    let name = argument.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
    let source = SOURCES.into_iter().find(|(of, _)| name.as_deref() == Some(of));
    let Some((_, source)) = source else { return argument };
    let file = file.map(Path::to_owned);
    argument.add(ArgValueCompleter::new(move |word: &OsStr| {
        word.to_str().map_or_else(Vec::new, |word| source(word, file.as_deref()))
    }))
}

/// The workspace that is named among the arguments.
pub(super) fn named_file(arguments: &[OsString]) -> Option<PathBuf> {
    let named = arguments.windows(2).find(|pair| pair[0] == "-f" || pair[0] == "--file");
    let joined = || {
        let mut words = arguments.iter().filter_map(|argument| argument.to_str());
        words.find_map(|word| word.strip_prefix("--file=")).map(PathBuf::from)
    };
    named.map(|pair| PathBuf::from(&pair[1])).or_else(joined)
}

/// The ids that begin with this word, with their titles; none where there is no workspace.
fn ids(word: &str, file: Option<&Path>) -> Vec<CompletionCandidate> {
    let path = find::find(file.map(Path::to_owned));
    let opened = path.ok().and_then(|path| WorkspaceFile::open(&path).ok());
    let Some((opened, _)) = opened else { return Vec::new() };
    let records = Place::ALL.into_iter().flat_map(|place| opened.content.list(place));
    let records = records.filter(|record| record.id().as_str().starts_with(word));
    let candidate = |(id, title): (&str, &str)| candidate(id, &text::fit(title, TITLE));
    records
        .take(OFFERED)
        .map(|record| (record.id().as_str(), record.title()))
        .map(candidate)
        .collect()
}

/// The records that are named by a word.
fn singles(word: &str) -> Vec<CompletionCandidate> {
    let singles = [("product", "the product"), ("settings", "how this workspace works")];
    let singles = singles.into_iter().filter(|(name, _)| name.starts_with(word));
    singles.map(|(name, about)| candidate(name, about)).collect()
}

/// `FIELD=` for the fields of these sections, and `FIELD=WORD` behind the sign.
fn fields(word: &str, sections: &[Section]) -> Vec<CompletionCandidate> {
    let rows = Field::rows().iter().filter(|row| row.of.iter().any(|of| sections.contains(of)));
    if word.contains('=') {
        let words = rows.flat_map(|row| {
            let words = match row.shape {
                Shape::Choice(words) | Shape::Word(words) => words,
                _ => &[],
            };
            words.iter().map(|value| (format!("{}={value}", row.key), row.meaning))
        });
        let words = words.filter(|(text, _)| text.starts_with(word));
        return words.map(|(text, about)| candidate(&text, about)).collect();
    }
    let rows = rows.map(|row| (format!("{}=", row.key), row.meaning.to_owned()));
    // Every factor of every framework at once would bury the fields.
    let factors = CATALOGUE.iter().filter(|_| !word.is_empty()).flat_map(|framework| {
        framework.factors.iter().map(|factor| {
            let about = format!("{} of {}", factor.name, framework.name);
            (format!("{}.{}=", framework.id, factor.id), about)
        })
    });
    let found = rows.chain(factors).filter(|(text, _)| text.starts_with(word));
    let mut found: Vec<(String, String)> = found.collect();
    found.dedup_by(|a, b| a.0 == b.0);
    found.into_iter().map(|(text, about)| candidate(&text, &about)).collect()
}

fn frameworks(word: &str) -> Vec<CompletionCandidate> {
    let found = CATALOGUE.iter().filter(|framework| framework.id.starts_with(word));
    found.map(|framework| candidate(framework.id, framework.name)).collect()
}

fn candidate(value: &str, about: &str) -> CompletionCandidate {
    let about = text::safe(about).into_owned();
    CompletionCandidate::new(value).help(Some(StyledStr::from(about)))
}
