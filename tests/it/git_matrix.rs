//! What git does to a workspace: two branches in every way they can differ, with the driver and
//! without; and everything else that changes files under an open screen.

use super::cli::{Home, ran};
use super::cli_git::{branches, git};
use super::pty::{Pty, like};
use std::collections::BTreeSet;
use std::fs;

/// Two branches, and what is in the file afterwards, however git came to it.
struct Pair {
    ours: &'static [&'static str],
    theirs: &'static [&'static str],
    /// What must be in the file with the driver.
    holds: &'static [&'static str],
    /// Whether a value is left to be decided.
    conflict: bool,
}

const PAIRS: [Pair; 9] = [
    // Different items, far from each other and next to each other.
    Pair {
        ours: &["set k7f title=Ours"],
        theirs: &["set e5q title=Theirs"],
        holds: &["Ours", "Theirs"],
        conflict: false,
    },
    Pair {
        ours: &["set b2 title=Ours"],
        theirs: &["set c3 title=Theirs"],
        holds: &["Ours", "Theirs"],
        conflict: false,
    },
    // Different fields of one item, and the same one.
    Pair {
        ours: &["set e5q title=Ours"],
        theirs: &["set e5q points=13"],
        holds: &["Ours", "\"points\":13"],
        conflict: false,
    },
    Pair {
        ours: &["set e5q title=Ours"],
        theirs: &["set e5q title=Theirs"],
        holds: &["Ours", "Theirs"],
        conflict: true,
    },
    // One item moved to two places.
    Pair {
        ours: &["move c3 --top"],
        theirs: &["move c3 --to later"],
        holds: &["c3n9x2"],
        conflict: false,
    },
    // Both add at the end, and both in the same place.
    Pair {
        ours: &["add Ours"],
        theirs: &["add Theirs"],
        holds: &["Ours", "Theirs"],
        conflict: false,
    },
    Pair {
        ours: &["add Ours --top"],
        theirs: &["add Theirs --top"],
        holds: &["Ours", "Theirs"],
        conflict: false,
    },
    // Moved and edited, deleted and edited.
    Pair {
        ours: &["move c3 --to next"],
        theirs: &["set c3 title=Theirs"],
        holds: &["Theirs"],
        conflict: false,
    },
    Pair {
        ours: &["rm c3"],
        theirs: &["set c3 title=Theirs"],
        holds: &["Theirs"],
        conflict: false,
    },
];

/// The ids of all items; each is there once, and none is missing that both sides had.
#[track_caller]
fn whole(home: &Home) -> BTreeSet<String> {
    let items = home.run("list --json").json();
    let ids: Vec<String> = items.as_array().unwrap().iter().map(id).collect();
    let once: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), once.len(), "{ids:?}");
    for kept in ["k7f3q9", "k7zz01", "b2m8w1", "c3n9x2", "e5q1z4", "f0d4v6", "d9x1r3"] {
        assert!(once.contains(kept), "{kept} is gone");
    }
    once
}

fn id(item: &serde_json::Value) -> String {
    item["id"].as_str().unwrap().to_owned()
}

#[test]
fn with_the_driver_every_pair_of_branches_gives_one_whole_workspace() {
    for Pair { ours, theirs, holds, conflict } in PAIRS {
        for how in ["merge -q theirs", "rebase -q theirs", "cherry-pick theirs"] {
            let home = branches(true, ours, theirs);
            let did = git(&home, how);
            whole(&home);
            for held in holds {
                assert!(home.text().contains(held), "{how} of {ours:?} and {theirs:?}: {held}");
            }
            let open = home.run("conflicts --json").json();
            let open = open.as_array().unwrap().len();
            assert!(!conflict || open == 1, "{how} of {ours:?} and {theirs:?}: {open}");
            // Where nothing is left to be decided in the file, git did not stop either.
            assert!(open > 0 || did.starts_with('0') || ours[0].starts_with("move"), "{did}");
        }
    }
}

#[test]
fn without_the_driver_git_either_stops_with_marks_or_nothing_is_lost_or_twice() {
    for Pair { ours, theirs, .. } in PAIRS {
        let home = branches(false, ours, theirs);
        let merged = git(&home, "merge -q theirs");
        let before = home.text();
        if before.contains("<<<<<<<") {
            assert!(merged.starts_with('1'), "{merged}");
            home.run("list").fails(65, "twohats.json");
            home.run("add Late").fails(65, "twohats.json");
            assert_eq!(home.text(), before, "what git left is not touched");
            continue;
        }
        // Git may take one item for two; then one of them gets another id, and the file says so.
        let twice = before.matches("\"id\":\"c3n9x2\"").count();
        let there = whole(&home);
        assert_eq!(there.len() >= 8, twice > 1 || ours[0].starts_with("add"), "{there:?}");
        assert_eq!(home.run("add Late").code, 0);
        assert_eq!(home.text().matches("\"id\":\"c3n9x2\"").count(), 1, "{}", home.text());
    }
}

#[test]
fn what_is_stashed_comes_back_beside_what_was_done_meanwhile() {
    let home = branches(true, &["set b2 title=Committed"], &["add Theirs"]);
    assert_eq!(home.run("set e5q title=Stashed").code, 0);
    assert!(git(&home, "stash -q").starts_with('0'));
    assert!(!home.text().contains("Stashed"));
    assert!(git(&home, "merge -q --no-edit theirs").starts_with('0'));
    assert_eq!(home.run("set k7f title=Since").code, 0);
    assert!(git(&home, "commit -qam since").starts_with('0'));
    let popped = git(&home, "stash pop -q");
    assert!(popped.starts_with('0'), "{popped}");
    whole(&home);
    for held in ["Committed", "Theirs", "Since", "Stashed"] {
        assert!(home.text().contains(held), "{held}");
    }
}

fn screen(home: &Home) -> Pty {
    let pty = Pty::spawn(like(&home.command(&[])), 120, 40);
    pty.wait_for("Match rules");
    pty
}

#[test]
fn branches_are_changed_under_an_open_screen_and_its_edits_stay() {
    let home = branches(true, &["set b2 title=Ours"], &["set b2 title=Theirs"]);
    let mut pty = screen(&home);
    for round in 0..6 {
        let branch = ["theirs", "main"][round % 2];
        // The file is not as committed, as the screen saves; that is to be thrown away.
        assert!(git(&home, &format!("checkout -qf {branch}")).starts_with('0'));
        pty.wait_for(["Theirs", "Ours"][round % 2]);
        pty.send(&format!("]ake{round}.\r"));
        pty.wait_for(&format!("e{round}. ·"));
    }
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    whole(&home);
    // The last edit was made after the last checkout, so it is in the file; nothing is broken.
    assert!(home.text().contains("ke5."), "{}", home.text());
    assert!(git(&home, "status --porcelain").contains("twohats.json"));
}

#[test]
fn cleaning_up_everything_git_does_not_know_takes_no_edit_away() {
    let home = branches(true, &["set b2 title=Ours"], &["set b2 title=Theirs"]);
    // As for anybody, what is remembered lies outside of what git looks after.
    let elsewhere = tempfile::tempdir().unwrap();
    let state = elsewhere.path().to_str().unwrap();
    let mut command = home.command(&[]);
    command.env("XDG_STATE_HOME", state);
    let mut pty = Pty::spawn(like(&command), 120, 40);
    pty.wait_for("Match rules");
    for round in 0..3 {
        pty.send(&format!("]aclean{round}.\r"));
        pty.wait_for(&format!("clean{round}. ·"));
        assert!(git(&home, "clean -fdxq").starts_with('0'));
    }
    pty.send("q");
    assert_eq!(pty.end().exit_code(), 0);
    whole(&home);
    for round in 0..3 {
        assert!(home.text().contains(&format!("clean{round}.")));
    }
    let names = fs::read_dir(home.folder.path()).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with(".twohats")).count(), 0);
    let doctor = ran(home.command(&["doctor"]).spawn().unwrap());
    assert_eq!(doctor.code, 0, "{doctor:?}");
}
