//! What git has to be told so that it merges a workspace by records instead of by lines.
//!
//! Nothing here writes: these are the words and the files, for the command that does.

use super::temp::{self, DISPLACED, TEMPORARY};
use crate::workspace::Date;
use jiff::Timestamp;
use std::path::Path;
use std::process::Command;

/// The name of the merge driver.
const DRIVER: &str = "twohats";

/// What `git-setup` does in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GitSetup {
    /// Arguments for `git`, one call each.
    pub calls: Vec<Vec<String>>,
    /// The line for `.gitattributes` beside the workspace.
    pub attributes: String,
    /// The lines for `info/exclude` in the directory of git.
    pub exclude: Vec<String>,
}

/// What to tell git about the workspace of this name. `program` is the absolute path of this
/// program, since git looks for it where the person may not have it.
pub fn git_setup(workspace: &Path, program: &Path) -> GitSetup {
    let name = super::name_of(workspace);
    let config = |key: &str, value: String| {
        ["config", &format!("merge.{DRIVER}.{key}"), &value].map(str::to_owned).to_vec()
    };
    let driver = format!("{} merge %O %A %B %P", quoted(&program.to_string_lossy()));
    GitSetup {
        calls: vec![
            config("name", "merge a twohats workspace by records".into()),
            config("driver", driver),
        ],
        attributes: format!("{} merge={DRIVER} -text", pattern(&name)),
        exclude: [TEMPORARY, DISPLACED]
            .map(|end| format!("{}*.{end}", glob(&temp::beginning(workspace))))
            .to_vec(),
    }
}

/// The three versions that git keeps of a file while it is in conflict: what both branches come
/// from, ours and theirs. A branch may not have it.
///
/// # Errors
/// Git can't be run, does not answer, or the file is not in conflict.
pub(super) fn stages(path: &Path) -> Result<[Option<Vec<u8>>; 3], String> {
    let name = super::name_of(path);
    // `MODE OBJECT STAGE`, a tab and the path, for each version.
    let list = ["--literal-pathspecs", "ls-files", "--unmerged", "-z", "--", &name];
    let listed = answer(path, &list)?;
    let listed = String::from_utf8_lossy(&listed);
    let versions = listed.split('\0').filter_map(|line| line.split_once('\t'));
    let kept: Vec<&str> = versions.filter_map(|(head, _)| head.split(' ').nth(2)).collect();
    let stage = |number: &str| -> Result<Option<Vec<u8>>, String> {
        let name = format!(":{number}:./{name}");
        // One that git has and cannot give must not pass for one that a branch lacks.
        kept.contains(&number).then(|| answer(path, &["show", &name])).transpose()
    };
    let [base, ours, theirs] = [stage("1")?, stage("2")?, stage("3")?];
    if ours.is_none() && theirs.is_none() {
        return Err("it is not in conflict there".to_owned());
    }
    Ok([base, ours, theirs])
}

/// The file at the last commit before a day began, and what git calls that. `None` where there is
/// none, or no git.
pub(super) fn before(path: &Path, day: Date) -> Option<(String, Timestamp, Vec<u8>)> {
    let before = format!("--before={day}T00:00:00");
    let name = format!("./{}", super::name_of(path));
    let commit = asked(path, &["log", "-1", "--format=%h", &before, "--", &name])?;
    at(path, String::from_utf8(commit).ok()?.trim())
}

/// What git calls a revision, when it was committed, and the file at it. `None` where there is none,
/// or no git.
pub(super) fn at(path: &Path, revision: &str) -> Option<(String, Timestamp, Vec<u8>)> {
    // A word that begins with a dash is an option to git and no revision.
    let is_word = !revision.is_empty() && !revision.starts_with('-');
    let told = asked(path, &["log", "-1", "--format=%h %ct", is_word.then_some(revision)?, "--"])?;
    let told = String::from_utf8(told).ok()?;
    let (name, seconds) = told.trim().split_once(' ')?;
    let at = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let bytes = asked(path, &["show", &format!("{name}:./{}", super::name_of(path))])?;
    Some((name.to_owned(), at, bytes))
}

/// What git calls the last commit that has the file. `None` where there is none, or no git.
pub(super) fn last(path: &Path) -> Option<String> {
    let there = ["log", "-1", "--format=%h", "--diff-filter=AMR", "--", &super::name_of(path)];
    let commit = asked(path, &[&["--literal-pathspecs"], &there[..]].concat())?;
    let commit = String::from_utf8(commit).ok()?.trim().to_owned();
    (!commit.is_empty()).then_some(commit)
}

/// What git answers in the directory of a file, where it has an answer.
fn asked(path: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    answer(path, arguments).ok()
}

/// What git answers in the directory of a file, else why it does not, in its own words.
fn answer(path: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut git = Command::new("git");
    let output = git.arg("-C").arg(super::directory(path)).args(arguments).output();
    let output = output.map_err(|error| format!("git can't be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let why = said.lines().map(str::trim).find(|line| !line.is_empty());
    let why = why.map(|line| line.strip_prefix("fatal: ").unwrap_or(line).to_owned());
    Err(why.unwrap_or_else(|| format!("git ended with {}", output.status)))
}

/// A text with this line in it, once.
pub fn with_line(text: &str, line: &str) -> String {
    if text.lines().any(|other| other.trim() == line) {
        return text.to_owned();
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{gap}{line}\n")
}

/// A word for a shell.
pub(super) fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A name in which nothing stands for anything else.
fn glob(name: &str) -> String {
    let escaped = |c: char| if "*?[\\".contains(c) { format!("\\{c}") } else { c.to_string() };
    name.chars().map(escaped).collect()
}

/// A name as `.gitattributes` wants it: in quotes where it has spaces.
fn pattern(name: &str) -> String {
    let name = glob(name);
    let is_plain = !name.contains([' ', '"', '\t']);
    if is_plain { name } else { format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_is_told_where_the_program_is_and_what_to_leave_alone() {
        let setup = git_setup(Path::new("/p/plan.json"), Path::new("/opt/it's/twohats"));
        assert_eq!(setup.calls[1][1], "merge.twohats.driver");
        assert_eq!(setup.calls[1][2], r"'/opt/it'\''s/twohats' merge %O %A %B %P");
        assert_eq!(setup.attributes, "plan.json merge=twohats -text");
        assert_eq!(setup.exclude, [".plan.json.*.tmp", ".plan.json.*.prev"]);
        let long = git_setup(Path::new(&format!("/p/{}.json", "x".repeat(60))), Path::new("/t"));
        assert_eq!(long.exclude[0], format!(".{}.*.tmp", "x".repeat(40)));
        let odd = git_setup(Path::new("/p/my [plan].json"), Path::new("/t"));
        assert_eq!(odd.attributes, r#""my \\[plan].json" merge=twohats -text"#);
    }

    #[test]
    fn a_line_is_put_in_once() {
        assert_eq!(with_line("", "b"), "b\n");
        assert_eq!(with_line("a", "b"), "a\nb\n");
        assert_eq!(with_line("a\nb\n", "b"), "a\nb\n");
    }
}
