//! Sessions on a real pseudo-terminal: the terminal is given back however they end, and nothing
//! that was done is lost.

use crate::pty::Pty;
use crate::stand_in::{self, command};
use portable_pty::CommandBuilder;
use rustix::process::Signal;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder and the file in it that the stand-in keeps.
fn disk() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("w.json");
    fs::write(&file, "as it was").unwrap();
    (folder, file)
}

/// A session that has drawn its first frame.
fn session(file: &std::path::Path) -> Pty {
    let pty = Pty::spawn(command(file), 60, 10);
    pty.wait_for("60x10 keys 0");
    pty
}

/// The terminal is as a shell wants it.
#[track_caller]
fn given_back(pty: &Pty) {
    pty.wait(|screen| {
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    });
    let settings = pty.settings();
    assert!(settings.contains(" icanon") && settings.contains(" echo "), "{settings}");
}

#[test]
fn a_session_takes_the_terminal_and_gives_it_back() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    pty.wait(|screen| screen.alternate_screen() && screen.hide_cursor());
    assert!(pty.settings().contains("-icanon"));
    pty.send("j");
    pty.wait_for("keys 1\nj");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    given_back(&pty);
    assert!(!pty.contents().contains("keys"), "{}", pty.contents());
}

#[test]
fn every_kind_of_input_arrives() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    for (bytes, seen) in [
        ("\x1b[A", "up"),
        ("\x1b[Z", "backtab"),
        ("\x1b[1;3B", "alt-down"),
        ("\x04", "ctrl-d"),
        ("\x1b[106;5u", "ctrl-j"),
        ("\x1b[200~one\rtwo\x1b[201~", "one|two"),
        ("\x1b[<0;8;3M", "Press 7"),
        ("\x1b[<32;9;3M", "Drag 8"),
        ("\x1b[<65;9;3M", "WheelDown 8"),
    ] {
        pty.send(bytes);
        pty.wait_for(&format!("\n{seen}"));
    }
}

#[test]
fn a_held_key_is_drawn_a_few_times_not_each_time() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    let before = pty.frames();
    pty.send(&"j".repeat(200));
    pty.wait_for("keys 200");
    assert!(pty.frames() - before <= 20, "{} frames", pty.frames() - before);
}

#[test]
fn a_motion_of_the_mouse_and_a_change_of_focus_draw_nothing() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    let before = pty.frames();
    pty.send("\x1b[<35;9;3M\x1b[O\x1b[I");
    pty.send("j");
    pty.wait_for("keys 1");
    assert_eq!(pty.frames() - before, 1);
}

#[test]
fn the_window_may_change_its_size() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    for (columns, rows) in [(100, 30), (20, 2), (3, 1), (80, 24)] {
        pty.resize(columns, rows);
        pty.send("\x0c");
        let wanted = format!("{columns}x{rows}");
        let seen = wanted[..usize::from(columns).min(wanted.len())].to_owned();
        pty.wait_for(&seen);
    }
}

#[test]
fn the_caret_is_seen_only_in_text_but_always_in_its_place() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    pty.wait(|screen| screen.cursor_position() == (1, 2) && screen.hide_cursor());
    pty.send("i");
    pty.wait(|screen| screen.cursor_position() == (1, 2) && !screen.hide_cursor());
}

#[test]
fn a_signal_ends_it_after_what_was_done_is_kept() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let (_folder, file) = disk();
        let slow = File::open(&file).unwrap();
        slow.lock().unwrap();
        let mut pty = session(&file);
        pty.send("s");
        pty.wait_for("saving");
        pty.signal(signal);
        slow.unlock().unwrap();
        assert_eq!(pty.end().exit_code(), code);
        given_back(&pty);
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
    }
}

#[test]
fn a_disk_that_hangs_does_not_hold_a_signal_up_and_it_is_said() {
    let (_folder, file) = disk();
    let hangs = File::open(&file).unwrap();
    hangs.lock().unwrap();
    let mut pty = session(&file);
    pty.send("s");
    pty.wait_for("saving");
    pty.signal(Signal::TERM);
    assert_eq!(pty.end().exit_code(), 143);
    given_back(&pty);
    pty.wait_for("w.json lacks the last changes: writing it takes too long");
}

#[test]
fn a_fault_of_its_own_leaves_the_terminal_a_report_and_the_file() {
    let (folder, file) = disk();
    let mut pty = session(&file);
    pty.send("s!");
    assert_eq!(pty.end().exit_code(), 101);
    given_back(&pty);
    pty.wait_for("twohats failed, and the fault is its own: a fault");
    pty.wait_for("w.json is safe, with every change in it.");
    let reports: Vec<_> = fs::read_dir(folder.path().join("reports")).unwrap().collect();
    assert_eq!(reports.len(), 1);
    let report = fs::read_to_string(reports[0].as_ref().unwrap().path()).unwrap();
    assert!(report.contains("a fault") && report.contains("stand_in.rs"), "{report}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
}

#[test]
fn leaving_waits_for_the_disk() {
    let (_folder, file) = disk();
    let slow = File::open(&file).unwrap();
    slow.lock().unwrap();
    let mut pty = session(&file);
    pty.send("x");
    pty.wait_for("saving");
    slow.unlock().unwrap();
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
}

#[test]
fn leaving_while_a_save_fails_tells_first_and_leaves_only_when_asked_again() {
    let (_folder, file) = disk();
    fs::remove_file(&file).unwrap();
    let mut pty = session(&file);
    pty.send("x");
    pty.wait_for("NOT SAVED");
    pty.send("j");
    pty.wait_for("keys 2");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 74);
    given_back(&pty);
    pty.wait_for("w.json lacks the last changes: no such disk");
}

#[test]
fn a_disk_that_hangs_does_not_lock_anybody_in() {
    let (_folder, file) = disk();
    let hangs = File::open(&file).unwrap();
    hangs.lock().unwrap();
    let mut pty = session(&file);
    pty.send("x");
    pty.wait_for("NOT SAVED");
    hangs.unlock().unwrap();
    pty.wait_for("saved 1");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
}

#[test]
fn it_stops_for_the_shell_and_goes_on_where_it_was() {
    let (_folder, file) = disk();
    let mut shell = CommandBuilder::new("sh");
    shell.args(["-c", "set -m; \"$0\" \"$@\"; echo; echo stopped; read -r _; fg; echo ended $?"]);
    shell.arg(std::env::current_exe().unwrap());
    shell.args(stand_in::ARGUMENTS);
    stand_in::equip(&mut shell, &file);
    let mut pty = Pty::spawn(shell, 60, 10);
    pty.wait_for("60x10 keys 0");
    pty.send("j\x1a");
    pty.wait_for("stopped");
    given_back(&pty);
    pty.resize(70, 12);
    pty.send("\n");
    pty.wait_for("70x12 keys 2\nctrl-z");
    pty.wait(|screen| screen.alternate_screen() && screen.hide_cursor());
    pty.send("q");
    pty.wait_for("ended 0");
    assert!(pty.end().success());
    given_back(&pty);
}

#[test]
fn without_a_shell_to_go_on_from_it_does_not_stop() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    pty.send("\x1aj");
    pty.wait_for("keys 2\nj");
}

#[test]
fn without_colours_what_is_bold_stays_bold() {
    for (value, coloured) in [("1", false), ("", true)] {
        let (_folder, file) = disk();
        let mut command = command(&file);
        command.env("NO_COLOR", value);
        let pty = Pty::spawn(command, 60, 10);
        pty.wait(|screen| {
            let cell = screen.cell(0, 0).unwrap();
            cell.contents() == "6"
                && cell.bold()
                && (cell.fgcolor() != vt100::Color::Default) == coloured
        });
    }
}

#[test]
fn an_id_reaches_the_clipboard() {
    let (_folder, file) = disk();
    let mut pty = session(&file);
    pty.send("y");
    pty.wait_for("keys 1");
    let bytes = pty.bytes();
    assert!(bytes.windows(17).any(|bytes| bytes == b"\x1b]52;c;azdmM3E5\x07\x1b"));
}

#[test]
fn a_dumb_terminal_gets_one_line_and_no_escapes() {
    let (_folder, file) = disk();
    let mut command = command(&file);
    command.env("TERM", "dumb");
    let mut pty = Pty::spawn(command, 80, 10);
    assert_eq!(pty.end().exit_code(), 2);
    pty.wait_for("twohats: needs a terminal; try 'twohats list' or 'twohats --help'");
    assert!(!pty.bytes().contains(&b'\x1b'));
}

#[test]
fn without_a_terminal_there_is_one_line_and_no_escapes() {
    let (_folder, file) = disk();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(stand_in::ARGUMENTS)
        .env("STAND_IN_FILE", &file)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(words, "twohats: needs a terminal; try 'twohats list' or 'twohats --help'\n");
    assert!(!output.stdout.contains(&b'\x1b'));
}
