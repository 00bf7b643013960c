//! What shells and `man` are given: scripts, candidates, pages.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// A directory with a workspace in it.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/board.json");
    fs::copy(fixture, folder.path().join("twohats.json")).unwrap();
    folder
}

fn twohats(folder: &TempDir, variables: &[(&str, &str)], args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twohats"));
    command.current_dir(folder.path()).env("HOME", folder.path()).env_remove("TWOHATS_FILE");
    let ran = command.envs(variables.iter().copied()).args(args).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    String::from_utf8(ran.stdout).unwrap()
}

/// What a shell is answered that completes the last of these words.
fn candidates(shell: &str, words: &[&str]) -> Vec<String> {
    let index = (words.len() - 1).to_string();
    let asked = [
        ("TWOHATS_COMPLETE", shell),
        ("_CLAP_COMPLETE_INDEX", &index),
        ("_CLAP_IFS", "\n"),
        ("_CLAP_COMPLETE_COMP_TYPE", "9"),
    ];
    let answer = twohats(&folder(), &asked, &[&["--"], words].concat());
    answer.lines().map(str::to_owned).collect()
}

/// What a program says of an input; nothing where the program is not there.
fn said(program: &str, args: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        child => child.unwrap(),
    };
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    let words = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{program}: {words}");
    Some(words)
}

#[test]
fn every_shell_gets_a_script_that_it_can_read() {
    for shell in SHELLS {
        let script = twohats(&folder(), &[], &["completions", shell]);
        assert!(script.contains("TWOHATS_COMPLETE"), "{shell}: {script}");
        let words = said(shell, &["-n"], &script).unwrap_or_default();
        assert_eq!(words, "", "{shell}");
    }
}

#[test]
fn ids_are_completed_with_their_titles() {
    let bash = ["book3berth   (Book a berth from the boat)", "boat7papers  (Papers at the quay)"];
    assert_eq!(candidates("bash", &["twohats", "show", "bo"]), bash);
    let zsh = ["book3berth:Book a berth from the boat", "boat7papers:Papers at the quay"];
    assert_eq!(candidates("zsh", &["twohats", "show", "bo"]), zsh);
    let fish = zsh.map(|line| line.replace(':', "\t"));
    assert_eq!(candidates("fish", &["twohats", "move", "--before", "bo"]), fish);
    assert_eq!(candidates("bash", &["twohats", "done", "boo"]), ["book3berth"], "to be inserted");
}

#[test]
fn the_workspace_that_is_named_is_the_one_that_is_asked() {
    let other = folder();
    let path = other.path().join("other.json");
    fs::write(&path, r#"{"twohats":1,"backlog":[{"id":"bo1","title":"elsewhere"}]}"#).unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(candidates("bash", &["twohats", "show", "-f", path, "bo"]), ["bo1"]);
    assert!(candidates("fish", &["twohats", "show", "--file=/nowhere", "bo"]).is_empty());
}

#[test]
fn verbs_places_and_fields_are_completed() {
    assert_eq!(candidates("bash", &["twohats", "sco"]), ["score"]);
    assert_eq!(candidates("fish", &["twohats", "list", "--in", "b"]), ["backlog"]);
    assert_eq!(candidates("bash", &["twohats", "set", "boo", "poi"]), ["points="]);
    assert_eq!(candidates("bash", &["twohats", "add", "Berths", "rice.rea"]), ["rice.reach="]);
    let status = candidates("zsh", &["twohats", "set", "boo", "status=d"]);
    assert!(status[0].starts_with("status=doing:"), "{status:?}");
}

#[test]
fn the_pages_for_man_have_examples_and_no_warnings() {
    let folder = folder();
    twohats(&folder, &[], &["man", "--dir", "pages"]);
    for entry in fs::read_dir(folder.path().join("pages")).unwrap() {
        let path = entry.unwrap().path();
        let (name, page) = (path.display(), fs::read_to_string(&path).unwrap());
        assert!(page.contains(".SH EXAMPLES"), "{name}: {page}");
        let words = said("groff", &["-Kutf8", "-Tutf8", "-man", "-ww", "-z"], &page);
        assert_eq!(words.unwrap_or_default(), "", "{name}");
    }
    let whole = fs::read_to_string(folder.path().join("pages/twohats.1")).unwrap();
    assert_eq!(twohats(&folder, &[], &["man"]), whole);
}
