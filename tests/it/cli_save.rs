//! Commands that write at the same time, onto what others left, and while others do not let go.

use super::cli::{BEFORE, Home};
use std::fs::{self, File};
use std::thread;
use twohats::store::journal::Journal;
use twohats::store::{Site, WorkspaceFile};
use twohats::workspace::{Change, Document, Field, Hat, Id, Op, Value, Workspace};

/// Adds this many, one after the other, and gives the ids of those that were said to be done.
fn add(home: &Home, name: usize, count: usize) -> Vec<String> {
    let one = |nth| home.run_all(&["add", &format!("item {name} {nth}")]);
    let done = (0..count).map(one).filter(|ran| ran.code == 0);
    done.map(|ran| ran.out.trim().to_owned()).collect()
}

/// Several processes that add at once; gives the ids of those that were said to be done.
pub(super) fn add_at_once(home: &Home, processes: usize, each: usize) -> Vec<String> {
    thread::scope(|scope| {
        let all: Vec<_> =
            (0..processes).map(|name| scope.spawn(move || add(home, name, each))).collect();
        all.into_iter().flat_map(|one| one.join().unwrap()).collect()
    })
}

pub(super) fn ids(home: &Home) -> Vec<String> {
    let items = home.run("list --json --in backlog").json();
    let id = |item: &serde_json::Value| item["id"].as_str().unwrap().to_owned();
    items.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn eight_processes_of_twenty_five_adds_make_two_hundred_items() {
    let home = Home::new();
    let before = ids(&home).len();
    assert_eq!(add_at_once(&home, 8, 25).len(), 200);
    assert_eq!(ids(&home).len() - before, 200);
}

#[test]
fn what_was_said_to_be_added_is_in_the_file() {
    for _ in 0..5 {
        let home = Home::new();
        let added = add_at_once(&home, 20, 1);
        let there = ids(&home);
        assert!(added.iter().all(|id| there.contains(id)), "{added:?} in {there:?}");
        assert_eq!(added.len(), 20);
    }
}

#[test]
fn a_lock_that_is_not_let_go_of_ends_with_75_and_changes_nothing() {
    let home = Home::new();
    let directory = File::open(home.folder.path()).unwrap();
    directory.lock().unwrap();
    home.run("add late").fails(75, "being saved by another process");
    assert_eq!(home.text(), BEFORE);
    directory.unlock().unwrap();
    assert_eq!(home.run("add late").code, 0);
}

/// Leaves the journal of a screen that died after it renamed an item.
fn crash(home: &Home) {
    let state = home.folder.path().join(".local/state/twohats");
    let site = Site { state: Some(state), ..Site::stateless() };
    let (opened, file) = WorkspaceFile::open_at(&site, &home.file()).unwrap();
    let journal = Journal::create(&site, &home.file(), file.hash()).unwrap();
    let mut document = Document::new(Workspace::new(opened.content));
    let op = Op::set(&Id::new("e5q1z4"), Field::Title, Value::text("Match by rule"));
    let change = Change { words: "renamed it".into(), hat: Hat::Po, op };
    journal.append(document.commit(change).unwrap()).unwrap();
}

#[test]
fn edits_of_a_crashed_session_come_before_what_a_command_writes() {
    let home = Home::new();
    crash(&home);
    let ran = home.run("set b2 points=8");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("edits of a crashed session brought in: 1"), "{ran:?}");
    assert!(home.text().contains("Match by rule") && home.text().contains("\"points\":8,\"mine\""));
    let again = home.run("set b2 points=5");
    assert!(!again.err.contains("crashed"), "{again:?}");
}

#[test]
fn edits_made_onto_another_version_wait_and_are_said_to() {
    let home = Home::new();
    crash(&home);
    fs::write(home.file(), BEFORE.replace("Rows go missing", "Rows vanish")).unwrap();
    for points in [8, 5] {
        let ran = home.run(&format!("set b2 points={points}"));
        assert_eq!(ran.code, 0);
        assert!(ran.err.contains("edits of a crashed session (1) wait"), "{ran:?}");
    }
    assert!(home.text().contains("Match rules"));
}
