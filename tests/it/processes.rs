//! Several processes at one file: commands, another program that replaces it, one that was stopped
//! while it saved, and two screens.
//!
//! `TWOHATS_ADDS=100 TWOHATS_SAVES=2000 cargo test --release --test it processes -- --nocapture`
//! is the long run.

use super::cli::{BEFORE, Home, ran};
use super::cli_save::{add_at_once, ids};
use super::pty::{Pty, like};
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;
use twohats::store::{SaveError, WorkspaceFile};
use twohats::workspace::{Content, Document, Field, Id, Op, Value, Workspace};

/// A number from the surroundings, or this one.
fn count(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |count| count.parse().unwrap())
}

#[test]
fn eight_processes_beside_a_screen_lose_nothing_of_anybody() {
    let each = count("TWOHATS_ADDS", 10);
    let home = Home::new();
    let mut pty = Pty::spawn(like(&home.command(&[])), 120, 40);
    pty.wait_for("Match rules");
    let before = ids(&home).len();
    let began = Instant::now();
    pty.send("]");
    let added = thread::scope(|scope| {
        let adding = scope.spawn(|| add_at_once(&home, 8, each));
        for nth in 0..each {
            pty.send(&format!("ascreen{nth}.\r"));
            pty.wait_for(&format!("screen{nth}. ·"));
        }
        adding.join().unwrap()
    });
    let took = began.elapsed();
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    assert_eq!(added.len(), 8 * each, "each was said to be done");
    let there = ids(&home);
    assert_eq!(added.iter().filter(|id| !there.contains(id)).count(), 0);
    assert_eq!(there.len() - before, 9 * each);
    println!("8 × {each} commands and {each} edits on the screen in {took:?}, none lost");
}

/// Replaces the file as an editor does, without knowing of anybody, and counts in one item how often
/// it did so, until it is told to stop.
fn foreign(home: &Home, done: &AtomicUsize, stop: &AtomicBool) {
    for round in 1.. {
        let text = home.text();
        let (before, line) = text.split_at(text.find("{\"id\":\"e5q1z4\"").unwrap());
        let (line, after) = line.split_once('\n').unwrap();
        let (line, number) = line.split_once(",\"points\":").unwrap();
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
        let beside = home.folder.path().join("foreign");
        let mut file = fs::File::create(&beside).unwrap();
        write!(file, "{before}{line},\"points\":{round}{rest}\n{after}").unwrap();
        file.sync_all().unwrap();
        fs::rename(&beside, home.file()).unwrap();
        done.store(round, Ordering::SeqCst);
        if stop.load(Ordering::SeqCst) {
            return;
        }
    }
}

/// What the editor counted, as a workspace has it: in the field, or beside it where two of its
/// versions came between two of ours.
fn counted(content: &Content) -> f64 {
    let item = content.records().find(|record| record.id() == &Id::new("e5q1z4")).unwrap();
    let beside = item.get(Field::Conflict).and_then(|both| both.get("points"));
    let both = [item.get(Field::Points), beside].into_iter().flatten();
    both.filter_map(Value::as_number).fold(0.0, f64::max)
}

/// The editor knows of nobody, so it may take back what was saved while it wrote; but what it wrote
/// itself is never lost.
#[test]
fn what_a_foreign_program_writes_between_our_saves_is_never_lost() {
    let saves = count("TWOHATS_SAVES", 40);
    let home = Home::new();
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let began = Instant::now();
    thread::scope(|scope| {
        let writer = scope.spawn(|| foreign(&home, &done, &stop));
        let (opened, mut file) = WorkspaceFile::open(&home.file()).unwrap();
        let mut base = opened.content;
        for nth in 0..saves {
            let mut document = Document::new(Workspace::new(base.clone()));
            let title = Op::set(&Id::new("b2m8w1"), Field::Title, Value::text(format!("T{nth}")));
            document.adopt(title).unwrap();
            // All that was in place before is in what is saved.
            let before = u32::try_from(done.load(Ordering::SeqCst)).unwrap();
            match file.sync(&base, document.workspace().content()) {
                Ok(synced) => base = synced.content,
                // Somebody who never stops for long enough is told, and nothing is written.
                Err(SaveError::Contested(_)) => continue,
                Err(error) => {
                    stop.store(true, Ordering::SeqCst);
                    panic!("{error}");
                }
            }
            assert!(
                before == 0 || counted(&base) >= f64::from(before),
                "{before} is lost, {} is there",
                counted(&base)
            );
        }
        stop.store(true, Ordering::SeqCst);
        writer.join().unwrap();
        base = file.sync(&base, &base).unwrap().content;
        assert!(counted(&base) >= f64::from(u32::try_from(done.load(Ordering::SeqCst)).unwrap()));
    });
    let versions = done.into_inner();
    println!("{versions} foreign versions, {saves} saves in {:?}, none lost", began.elapsed());
    assert!(versions > saves / 4, "{versions} foreign versions are too few to say much");
}

#[test]
fn a_command_that_was_stopped_holding_the_lock_makes_the_next_one_end_with_75() {
    let home = Home::new();
    let held = "exec 9<.; flock -x 9; echo held; kill -STOP $$";
    let mut shell = home.of(Command::new("bash"));
    let mut holder = shell.args(["-c", held]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "held\n");
    let waiting = home.command(&["add", "Late"]).spawn().unwrap();
    ran(waiting).fails(75, "being saved by another process");
    assert_eq!(home.text(), BEFORE);
    let pid = Pid::from_raw(i32::try_from(holder.id()).unwrap()).unwrap();
    kill_process(pid, Signal::CONT).unwrap();
    holder.wait().unwrap();
    assert_eq!(home.run("add Late").code, 0);
}

#[test]
fn two_screens_see_each_other_and_lose_nothing() {
    let home = Home::new();
    let mut screens = [(); 2].map(|()| Pty::spawn(like(&home.command(&[])), 120, 40));
    for screen in &screens {
        screen.wait_for("Match rules");
    }
    for nth in 0..5 {
        for (at, name) in [(0, "one"), (1, "two")] {
            screens[at].send(&format!("]a{name}{nth}.\r"));
            screens[at].wait_for(&format!("{name}{nth}. ·"));
            // Its row comes to the other one by itself.
            screens[1 - at].wait_for(&format!("{name}{nth}."));
        }
    }
    for screen in &mut screens {
        screen.send("q");
        assert_eq!(screen.end().exit_code(), 0);
    }
    for nth in 0..5 {
        for name in ["one", "two"] {
            assert_eq!(home.text().matches(&format!("\"{name}{nth}.\"")).count(), 1);
        }
    }
}
