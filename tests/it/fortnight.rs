//! Two weeks of an owner on a real terminal, from ten notes to a closed sprint; and the file reads
//! well after.

use super::pty::Pty;
use super::session::twohats;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

const BEFORE: &str = r#"{
"twohats": 1,
"product": {"name":"Ledgerly"},
"settings": {"capacity":8,"wip":{"doing":1}},
"sprints": [
{"id":"s1","name":"Sprint 1","start":"2025-01-06","end":"2025-01-19","state":"closed","delivered":8},
{"id":"s2","name":"Sprint 2","start":"2025-01-20","end":"2025-02-02","state":"closed","delivered":9},
{"id":"s3","name":"Sprint 3","start":"2025-02-03","end":"2025-02-16","state":"closed","delivered":7},
{"id":"s4","name":"Sprint 4","start":"2025-02-17","end":"2025-03-02","state":"closed","delivered":10},
{"id":"s5","name":"Sprint 5","start":"2025-03-03","end":"2025-03-16","state":"closed","delivered":8}
],
"backlog": [
{"id":"old1","kind":"story","title":"Undo a match","points":2},
{"id":"epic","kind":"epic","title":"Bank feeds"}
]
}
"#;

/// Types, and waits for what comes of it.
#[track_caller]
fn step(pty: &mut Pty, keys: &str, seen: &str) {
    pty.send(keys);
    pty.wait_for(seen);
}

/// What the forecast is based on, newest last.
fn basis(path: &Path) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twohats"));
    command.args(["forecast", "--json", "-f"]).arg(path).env("HOME", path.with_file_name("home"));
    let out = command.output().unwrap().stdout;
    let forecast: Value = serde_json::from_slice(&out).unwrap();
    forecast["basis"].as_array().unwrap().clone()
}

#[test]
fn a_fortnight_from_ten_notes_to_a_closed_sprint() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.json");
    fs::write(&path, BEFORE).unwrap();
    let mut pty = Pty::spawn(twohats(&path), 120, 40);
    pty.wait_for("Undo a match");
    for number in 0..10 {
        step(&mut pty, &format!("Anote {number}\r"), &format!("inbox: note {number}"));
    }
    // What is triaged goes out of sight, and the cursor on to the next that waits.
    step(&mut pty, "gi", "Inbox");
    step(&mut pty, "ggs", "made a story: note 0");
    step(&mut pty, "s", "made a story: note 1");
    step(&mut pty, "b", "made a bug: note 2");
    step(&mut pty, "i", "made an idea: note 3");
    step(&mut pty, "p\x15+3w\r", "parked until");
    step(&mut pty, "dnot for us\r", "declined: note 5");
    step(&mut pty, "tUndo\r", "speaks for Undo a match: note 6");
    // The stories stand below what was there.
    step(&mut pty, "]gg2j2K", "moved up: note 0");
    step(&mut pty, "p3\r", "3 points: note 0");
    step(&mut pty, "gg3j2K", "moved up: note 1");
    step(&mut pty, "p3\r", "3 points: note 1");
    step(&mut pty, "gg3jb", "parts of Bank feeds");
    step(&mut pty, "5 story: Read the file\r4 story: Match rows\x13", "down into 2");
    step(&mut pty, "Sn\r", "Sprint 6 is planned");
    step(&mut pty, "Sp", "Plan Sprint 6");
    step(&mut pty, "f", "8 of 8 points");
    step(&mut pty, "\r", "planned Sprint 6: 3 items · 8 points planned");
    step(&mut pty, "Ss", "not ready");
    step(&mut pty, "s", "started: Sprint 6");
    let before = basis(&path);
    assert_eq!(before.len(), 5);
    step(&mut pty, "ggL", "doing: note");
    step(&mut pty, "tbno key\r", "blocked: note");
    pty.wait_for("stuck: note");
    step(&mut pty, "hgg2L", "review: note");
    step(&mut pty, "L", "done: note");
    step(&mut pty, "hhhgganew\r", "added to the sprint: new");
    pty.wait_for("1 added after the start: new");
    step(&mut pty, "Sc", "Close Sprint 6");
    step(&mut pty, "A", "1 accepted");
    step(&mut pty, "\r", "retro");
    step(&mut pty, "pairing\t\t\t2 task: Ask for the key\x13", "closed: Sprint 6, 3 points");
    step(&mut pty, ">", "Sprint 7 · planned");
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    let after = basis(&path);
    assert_eq!(after.len(), 5, "a sprint of a day counts together with the one before");
    let [before, after] = [before, after].map(|basis| basis[4].as_f64().unwrap());
    assert!((after - (before + 3.0) * 10.0 / 11.0).abs() < 1e-9, "{after}");
    reads_well(&fs::read_to_string(&path).unwrap());
}

/// One record a line, nothing derived, everything where it belongs.
#[track_caller]
fn reads_well(text: &str) {
    let file: Value = serde_json::from_str(text).unwrap();
    let sprints = file["sprints"].as_array().unwrap();
    let (closed, next) = (&sprints[5], &sprints[6]);
    assert_eq!([&closed["state"], &closed["committed"]], [&Value::from("closed"), &Value::from(8)]);
    assert_eq!(closed["retro"]["kept"][0], "pairing");
    assert_eq!(closed.get("delivered"), None, "what can be counted is not written down");
    assert_eq!([&next["name"], &next["state"]], ["Sprint 7", "planned"]);
    let done = file["done"].as_array().unwrap();
    assert_eq!(done.len(), 1);
    assert!(done[0]["approved"].is_string() && done[0]["sprint"] == closed["id"]);
    let backlog = file["backlog"].as_array().unwrap();
    assert_eq!(backlog[0]["title"], "Ask for the key");
    let carried = backlog.iter().filter(|item| item["sprint"] == next["id"]).count();
    assert_eq!(carried, 3, "{text}");
    let blocked = backlog.iter().find(|item| item["status"] == "blocked").unwrap();
    assert_eq!(blocked["blocked"]["why"], "no key");
    let inbox = file["inbox"].as_array().unwrap();
    assert_eq!(inbox.len(), 10, "what came in stays, with what became of it");
    let outcomes: Vec<_> = inbox.iter().map(|entry| entry["outcome"]["is"].as_str()).collect();
    let [linked, declined, parked] = ["linked", "declined", "parked"].map(Some);
    let seven = [linked, linked, linked, linked, parked, declined, linked];
    assert_eq!(outcomes, [&seven[..], &[None; 3]].concat());
    assert_eq!(inbox[5]["outcome"]["why"], "not for us");
    let undo = backlog.iter().find(|item| item["id"] == "old1").unwrap();
    assert_eq!(undo["evidence"], serde_json::json!([inbox[6]["id"]]));
    assert_eq!(closed["promised"].as_array().unwrap().len(), 3);
    assert_eq!(closed["carried"].as_array().unwrap().len(), 3);
    for line in text.lines().filter(|line| line.starts_with("{\"id\"")) {
        let record: Value = serde_json::from_str(line.trim_end_matches(',')).unwrap();
        assert!(record["id"].is_string());
    }
    assert!(BEFORE.lines().filter(|line| line.contains("\"s1\"")).all(|line| text.contains(line)));
    assert!(text.ends_with("}\n"));
}
