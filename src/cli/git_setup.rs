//! `git-setup`: git merges the workspace by records instead of by lines.

use super::console::Console;
use super::failure::Failure;
use super::verb::Verb;
use crate::store::{self, find, with_line};
use clap::Args;
use serde_json::json;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Make git merge the workspace by records
///
/// It adds a line to .gitattributes beside the workspace, for you to commit; a merge driver to the
/// configuration of this repository, which each clone needs for itself; and the names of temporary
/// files to its info/exclude. What is there already is not added again.
#[derive(Debug, Args)]
pub(super) struct GitSetup;

impl Verb for GitSetup {
    const NAME: &'static str = "git-setup";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats git-setup", "in the repository of the workspace"),
        ("git commit -m 'Merge the plan by records' .gitattributes", "for everybody"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let path = find::find(console.options.file.clone())?;
        let path = path.canonicalize().map_err(|error| undone(&path, &error))?;
        let program = std::env::current_exe().map_err(|error| undone(&path, &error))?;
        let dir = path.parent().unwrap_or(Path::new("/"));
        let setup = store::git_setup(&path, &program);
        let exclude = git(dir, &["rev-parse", "--git-path", "info/exclude"])?;
        let (attributes, exclude) = (dir.join(".gitattributes"), dir.join(exclude));
        for call in &setup.calls {
            git(dir, &call.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        add(&attributes, std::slice::from_ref(&setup.attributes))?;
        add(&exclude, &setup.exclude)?;
        told(console, &attributes, &exclude, &program)
    }
}

fn told(
    console: &mut Console,
    attributes: &Path,
    exclude: &Path,
    program: &Path,
) -> Result<(), Failure> {
    let [attributes, exclude, program] = [attributes, exclude, program].map(Path::display);
    console.say(&format!("git merges it by records now, with {program}; commit {attributes}"));
    if !console.options.json {
        return Ok(());
    }
    console.json(
        &json!({
            "attributes": attributes.to_string(),
            "exclude": exclude.to_string(),
            "program": program.to_string(),
        })
        .to_string(),
    )
}

/// Runs git in a directory and gives the line that it prints.
fn git(dir: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").arg("-C").arg(dir).args(arguments).output();
    let output = output.map_err(|error| {
        Failure::Undone(format!("git can't be run: {error}; install it and try again"))
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Failure::Undone(format!("git refuses: {}", words.trim_end())))
}

/// Adds lines that a file does not have; what is there stays untouched.
fn add(path: &PathBuf, lines: &[String]) -> Result<(), Failure> {
    let there = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        other => other.map_err(|error| undone(path, &error))?,
    };
    let wanted = lines.iter().fold(there.clone(), |text, line| with_line(&text, line));
    let missing = wanted.strip_prefix(&there).unwrap_or_default();
    let append = || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        OpenOptions::new().append(true).create(true).open(path)?.write_all(missing.as_bytes())
    };
    if missing.is_empty() { Ok(()) } else { append().map_err(|error| undone(path, &error)) }
}

fn undone(path: &Path, error: &io::Error) -> Failure {
    Failure::Undone(format!("{}: {error}", path.display()))
}
