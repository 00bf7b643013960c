//! The program itself on a pseudo-terminal: what is done with keys is in the file afterwards, and
//! nothing else is.

use crate::pty::Pty;
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const BEFORE: &str = r#"{
"twohats": 1,
"product": {"name":"Ledgerly"},
"roadmap": {
"now": [
{"id":"k7f3q9","kind":"initiative","title":"Bank feeds"}
],
"next": [],
"later": []
},
"backlog": [
{"id":"b2m8w1","kind":"story","title":"Import a bank CSV"},
{"id":"c3n9x2","kind":"story","title":"Match rules"},
{"id":"d4p0y3","kind":"bug","title":"Undo a match"}
]
}
"#;

/// A folder of its own and the path of a workspace in it.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.json");
    (folder, path)
}

fn workspace() -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    fs::write(&path, BEFORE).unwrap();
    (folder, path)
}

/// The program with this file, and a home of its own.
pub(super) fn twohats(path: &Path) -> CommandBuilder {
    let mut command = nameless(path);
    command.arg(path);
    command
}

/// The program with a home beside `path`, and nothing that says which workspace is meant.
fn nameless(path: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_twohats"));
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    let home = path.with_file_name("home");
    fs::create_dir_all(&home).unwrap();
    command.env("HOME", home);
    for variable in [
        "NO_COLOR",
        "TMUX",
        "XDG_STATE_HOME",
        "TWOHATS_FILE",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "LC_CTYPE",
    ] {
        command.env_remove(variable);
    }
    command
}

/// What is in the folder, but for the home directory, where the program remembers its sessions.
fn beside_home(folder: &TempDir) -> Vec<String> {
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).filter(|name| name != "home").collect()
}

fn session(path: &Path) -> Pty {
    let pty = Pty::spawn(twohats(path), 120, 40);
    pty.wait_for("Match rules");
    pty
}

/// The file with its first two backlog items the other way round.
fn swapped() -> String {
    let mut lines: Vec<_> = BEFORE.lines().collect();
    lines.swap(11, 12);
    lines.join("\n") + "\n"
}

#[test]
fn a_move_is_in_the_file_and_nothing_else_is() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    pty.send("]ggJq");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), swapped());
}

#[test]
fn what_was_undone_leaves_the_bytes_that_were_read() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    pty.send("]ggJ");
    pty.wait_for("safe ✓");
    pty.send("Tuuq");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
}

#[test]
fn looking_around_writes_nothing() {
    let (folder, path) = workspace();
    let mut pty = session(&path);
    pty.send("jk]jj[q");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
    assert_eq!(beside_home(&folder), ["w.json"]);
}

#[test]
fn two_hundred_keys_take_at_most_twenty_frames() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    let before = pty.frames();
    pty.send(&"jk".repeat(100));
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(pty.frames() - before <= 20, "{} frames", pty.frames() - before);
}

/// A terminal that goes away says so only to those it controls.
#[test]
fn a_terminal_that_goes_away_without_a_word_ends_it_with_the_last_change_in_the_file() {
    // The one while there is something to save and to draw, the other when all is quiet.
    for stage in ["moved", "safe ✓"] {
        let (_folder, path) = workspace();
        let mut command = twohats(&path);
        command.set_controlling_tty(false);
        let mut pty = Pty::spawn(command, 120, 40);
        pty.wait_for("Match rules");
        pty.send("]ggJ");
        pty.wait_for(stage);
        assert_eq!(pty.hang_up().exit_code(), 129);
        assert_eq!(fs::read_to_string(&path).unwrap(), swapped());
    }
}

#[test]
fn a_signal_ends_it_with_the_last_change_in_the_file() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        let (_folder, path) = workspace();
        let mut pty = session(&path);
        pty.send("]ggJ");
        pty.wait_for("moved");
        pty.signal(signal);
        assert_eq!(pty.end().exit_code(), code);
        assert_eq!(fs::read_to_string(&path).unwrap(), swapped());
        pty.wait(|screen| !screen.alternate_screen());
    }
}

#[test]
fn every_size_of_window_is_drawn() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    for (columns, rows) in [(80, 24), (60, 16), (40, 10), (20, 5), (1, 1), (120, 40)] {
        let before = pty.frames();
        pty.resize(columns, rows);
        pty.wait_frames(before + 1);
    }
    pty.wait_for("Match rules");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
}

#[test]
fn a_first_run_makes_the_example_where_it_said() {
    let (_folder, path) = folder();
    let mut pty = Pty::spawn(twohats(&path), 120, 40);
    pty.wait_for("Welcome to twohats");
    pty.send("x");
    pty.wait_for("Ledgerly");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(fs::read_to_string(&path).unwrap().starts_with("{\n\"twohats\": 1"));
}

#[test]
fn a_first_run_makes_one_in_this_folder_where_that_is_wanted() {
    let (folder, path) = folder();
    let mut command = nameless(&path);
    command.cwd(folder.path());
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("in this folder");
    pty.send("f");
    pty.wait_for("not in this folder");
    pty.send("x");
    pty.wait_for("Ledgerly");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(folder.path().join("twohats.json").is_file());
    let mut named = Pty::spawn(twohats(&path), 120, 40);
    named.wait_for("Welcome to twohats");
    assert!(!named.contents().contains("in this folder"), "a name says where");
    named.send("q");
    assert_eq!(named.end().exit_code(), 0);
}

#[test]
fn leaving_a_first_run_makes_nothing() {
    let (folder, path) = folder();
    let mut pty = Pty::spawn(twohats(&path), 120, 40);
    pty.wait_for("Welcome to twohats");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(beside_home(&folder).is_empty());
}

#[test]
fn a_broken_file_is_left_alone_and_never_takes_the_screen() {
    let (_folder, path) = folder();
    fs::write(&path, "{\"twohats\": 1,\n\"backlog\": [}").unwrap();
    let mut pty = Pty::spawn(twohats(&path), 120, 40);
    assert_eq!(pty.end().exit_code(), 65);
    assert!(!pty.bytes().contains(&b'\x1b'));
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"twohats\": 1,\n\"backlog\": [}");
}

#[test]
fn what_somebody_else_wrote_and_what_i_did_are_both_in_the_file() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    let sed = "s/Match rules/Their words/";
    assert!(Command::new("sed").arg("-i").arg(sed).arg(&path).status().unwrap().success());
    pty.send("]ggJ");
    pty.wait_for("Their words");
    pty.wait_for("safe ✓");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let both = swapped().replace("Match rules", "Their words");
    assert_eq!(fs::read_to_string(&path).unwrap(), both);
}

#[test]
fn an_editor_that_saves_while_i_have_not_loses_nothing() {
    let (folder, path) = workspace();
    let mut pty = session(&path);
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    pty.send("]ggJ");
    pty.wait_for("safe");
    let sed = "s/Undo a match/Their words/";
    assert!(Command::new("sed").arg("-i").arg(sed).arg(&path).status().unwrap().success());
    drop(held);
    pty.wait_for("Their words");
    pty.wait_for("safe ✓");
    pty.send("u");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let theirs = BEFORE.replace("Undo a match", "Their words");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
}

#[test]
fn what_somebody_else_wrote_is_on_the_screen_without_a_key() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    fs::write(&path, BEFORE.replace("Match rules", "Their words")).unwrap();
    pty.wait_for("Their words");
    pty.wait_for("outside change merged: 1 edited");
    pty.send("!");
    pty.wait_for("edited  Their words: ");
    fs::write(&path, "{").unwrap();
    pty.wait_for("NOT SAVED");
    fs::write(&path, BEFORE).unwrap();
    pty.wait(|screen| !screen.contents().contains("NOT SAVED"));
    pty.send("cq");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
}

/// The first two backlog items the other way round, as often as that was done.
fn after(rounds: usize) -> String {
    if rounds.is_multiple_of(2) { BEFORE.to_owned() } else { swapped() }
}

#[test]
fn what_was_seen_is_there_after_a_kill() {
    let (_folder, path) = workspace();
    for round in 1..=20 {
        let mut pty = session(&path);
        pty.send("]ggJ");
        pty.wait_for("moved");
        pty.signal(Signal::KILL);
        pty.end();
        let mut pty = session(&path);
        pty.send("q");
        assert_eq!(pty.end().exit_code(), 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), after(round), "round {round}");
    }
}

#[test]
fn what_never_reached_the_file_is_recovered_from_the_journal() {
    let (folder, path) = workspace();
    let mut pty = session(&path);
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    pty.send("]ggJ");
    pty.wait_for("safe");
    pty.signal(Signal::KILL);
    pty.end();
    drop(held);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE, "nobody could save");
    let mut pty = session(&path);
    pty.wait_for("recovered 1 edit");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), swapped());
    assert_eq!(beside_home(&folder), ["w.json"]);
}

#[test]
fn what_was_cut_off_is_shown_where_the_file_has_changed_since() {
    let (folder, path) = workspace();
    let mut pty = session(&path);
    let held = fs::File::open(folder.path()).unwrap();
    held.lock().unwrap();
    pty.send("]ggJ");
    pty.wait_for("safe");
    pty.signal(Signal::KILL);
    pty.end();
    drop(held);
    fs::write(&path, BEFORE.replace("Match rules", "Their words")).unwrap();
    let mut pty = Pty::spawn(twohats(&path), 120, 40);
    pty.wait_for("1 edit of a session that was cut off");
    pty.send("!");
    pty.wait_for("apply what merges");
    pty.send("a");
    pty.wait_for("safe ✓");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let both = swapped().replace("Match rules", "Their words");
    assert_eq!(fs::read_to_string(&path).unwrap(), both);
}

#[test]
fn what_is_no_workspace_is_not_written_over() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    fs::write(&path, "{\"twohats\": 1,\n\"backlog\": [}").unwrap();
    pty.send("]ggJ");
    pty.wait_for("NOT SAVED");
    pty.wait_for("line 2");
    pty.send("qq");
    assert_eq!(pty.end().exit_code(), 74);
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"twohats\": 1,\n\"backlog\": [}");
}

#[test]
fn what_was_left_without_does_not_come_back_and_is_among_the_backups() {
    let (folder, path) = workspace();
    let mut pty = session(&path);
    fs::remove_file(&path).unwrap();
    pty.send("]ggJ");
    pty.wait_for("NOT SAVED");
    pty.send("q");
    pty.wait_for("quit without them");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 74);
    fs::write(&path, BEFORE).unwrap();
    let mut pty = session(&path);
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
    let kept = walk(folder.path()).into_iter().filter(|path| path.contains("discarded"));
    let kept: Vec<String> = kept.map(|path| fs::read_to_string(path).unwrap()).collect();
    assert_eq!(kept, [swapped()]);
}

/// Every file below a folder.
fn walk(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| {
        if path.is_dir() { walk(&path) } else { vec![path.to_str().unwrap().to_owned()] }
    });
    found.collect()
}

/// An editor that says it is there, takes a line from the keyboard and makes it the title.
const EDITOR: &str =
    r#"sh -c 'echo the editor; read -r line; sed -i "s/^title: .*/title: $line/" "$1"' sh"#;

#[test]
fn the_editor_gets_every_key_and_what_it_writes_is_taken() {
    let (_folder, path) = workspace();
    let mut command = twohats(&path);
    command.env("VISUAL", EDITOR);
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("Match rules");
    pty.send("]ggE");
    pty.wait_for("the editor");
    pty.send("jJqx typed by hand\r");
    pty.wait_for("jJqx typed by hand");
    pty.wait(vt100::Screen::alternate_screen);
    pty.wait_for("safe ✓");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, BEFORE.replace("Import a bank CSV", "jJqx typed by hand"));
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let (_folder, path) = workspace();
    let mut command = twohats(&path);
    command.env("VISUAL", "sh -c 'echo nonsense > \"$1\"; exit 1' sh");
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("Match rules");
    pty.send("]ggE");
    pty.wait_for("nothing was changed");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), BEFORE);
}

#[test]
fn pasted_lines_are_entries_of_the_inbox() {
    let (_folder, path) = workspace();
    let mut pty = session(&path);
    pty.send("\x1b[200~first note\nJJJ\x1b[201~");
    pty.wait_for("2 lines for the inbox");
    pty.send("\r");
    pty.wait_for("captured 2 entries");
    pty.wait_for("safe ✓");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.contains("\"title\":\"first note\"") && after.contains("\"title\":\"JJJ\""));
}

#[test]
fn a_form_survives_a_stop_and_goes_on() {
    let (_folder, path) = workspace();
    let program = twohats(&path);
    let mut shell = CommandBuilder::new("bash");
    shell.args(["-c", "set -m; \"$0\" \"$@\"; echo stopped; read -r _; fg; echo ended $?"]);
    shell.args(program.get_argv());
    for (name, value) in program.iter_full_env_as_str() {
        shell.env(name, value);
    }
    let mut pty = Pty::spawn(shell, 120, 40);
    pty.wait_for("Match rules");
    pty.send("]gg\r\t anew");
    pty.wait_for("Import a bank CSV anew");
    pty.send("\x1a");
    pty.wait_for("stopped");
    pty.send("\r");
    pty.wait_for("Import a bank CSV anew");
    pty.send("\r");
    pty.wait_for("safe ✓");
    pty.send("q");
    pty.wait_for("ended 0");
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after, BEFORE.replace("Import a bank CSV", "Import a bank CSV anew"));
}

#[test]
fn what_is_set_holds_on_the_screen() {
    let (folder, path) = workspace();
    fs::write(folder.path().join(".twohats.toml"), "mouse = false\n[keys.anywhere]\nquit = \"Q\"")
        .unwrap();
    let mut command = twohats(&path);
    command.arg("--ascii");
    let mut pty = Pty::spawn(command, 120, 40);
    pty.wait_for("Match rules");
    assert!(pty.contents().is_ascii(), "{}", pty.contents());
    pty.send("Q");
    assert_eq!(pty.end().exit_code(), 0);
    assert!(!String::from_utf8_lossy(&pty.bytes()).contains("\x1b[?1002h"));
}
