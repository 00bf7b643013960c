//! Looking back on the command line: what changed since then, the check-in, and what is sent.

use super::cli::Home;
use std::process::Command;

const PLAN: &str = r#"{
"twohats": 1,
"settings": {"now_limit":1},
"releases": [
{"id":"r1","name":"2.0","date":"2026-12-01"}
],
"roadmap": {
"now": [
{"id":"k1","kind":"initiative","title":"Bank feeds","release":"r1"}
]
},
"backlog": [
{"id":"b1","kind":"story","title":"Dark mode"},
{"id":"c1","kind":"story","title":"CSV import"}
]
}
"#;

fn home() -> Home {
    Home::with(PLAN)
}

/// What changed, in a word each.
fn told(home: &Home, args: &str) -> Vec<String> {
    let all = home.run(&format!("changes {args} --json")).json();
    let words = |change: &serde_json::Value| {
        let text = |key: &str| change[key].as_str().unwrap().to_owned();
        format!("{} {}: {} {}", text("hat"), text("topic"), text("title"), text("words"))
    };
    all["changes"].as_array().unwrap().iter().map(words).collect()
}

#[test]
fn what_was_done_is_taken_back_by_the_log_to_a_check_in() {
    let home = home();
    home.run("move b1 --to next");
    let kept = home.run_all(&["checkin", "--hat", "pm", "--done", "all is well", "--json"]).json();
    assert_eq!((&kept["hat"], &kept["note"]), (&"pm".into(), &"all is well".into()));
    home.run("set r1 date=2026-12-18");
    home.run("done c1");
    let id = kept["id"].as_str().unwrap();
    let known = home.run(&format!("changes --since {id} --json")).json()["known"].clone();
    assert_eq!(known, "by the activity log");
    assert_eq!(
        told(&home, &format!("--since {id} --hat pm")).last().unwrap(),
        "pm dates: 2.0 release 2026-12-01 → 2026-12-18, 17 days later"
    );
    let owner = told(&home, &format!("--since {id} --hat po"));
    assert!(owner.contains(&"po left: CSV import done, from the backlog".to_owned()), "{owner:?}");
    assert!(!owner.iter().any(|line| line.contains("Dark mode")), "{owner:?}");
    let own = home.run("checkin --hat pm").out;
    assert!(own.contains("17 days later") && own.contains("second person"), "{own}");
}

#[test]
fn before_the_log_git_is_read_and_it_says_so() {
    let home = home();
    let git = |args: &[&str]| {
        let mut command = home.of(Command::new("git"));
        command.args(["-c", "user.name=a", "-c", "user.email=a@b.c"]).args(args);
        let day = "2026-11-01T12:00:00";
        let output = command.env("GIT_COMMITTER_DATE", day).env("GIT_AUTHOR_DATE", day).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "-q"]);
    git(&["add", "twohats.json"]);
    git(&["commit", "-qm", "a plan"]);
    let commit = git(&["log", "-1", "--format=%h"]);
    home.run("move b1 --to next");
    let why = "a customer signed for it";
    assert_eq!(home.run_all(&["decide", "b1", why, "--as-of", "2026-11-15"]).code, 0);
    let known = home.run("changes --since 2026-11-10 --json").json()["known"].clone();
    let words = format!("by commit {commit}: the activity log does not reach that far");
    assert_eq!(known, words.as_str());
    for since in ["2026-11-10", "HEAD", &commit] {
        let all = told(&home, &format!("--since {since} --hat pm"));
        assert!(all[0].starts_with("pm others") || all[0] == ENTERED, "{all:?}");
        assert!(all.contains(&ENTERED.to_owned()), "{since}: {all:?}");
    }
    let since = home.run("changes --since HEAD --json").json();
    assert_eq!([&since["since"], &since["known"]], ["2026-11-01", &format!("by commit {commit}")]);
    let entered = since["changes"].as_array().unwrap().iter().find(|it| it["topic"] == "entered");
    assert_eq!(entered.unwrap()["why"], why);
}

const ENTERED: &str = "pm entered: Dark mode to Next from the backlog";

#[test]
fn what_is_no_moment_says_what_is() {
    let home = home();
    home.run("changes --since never").fails(1, "never is no day, no check-in");
    home.run("changes --since=--all").fails(1, "is no day");
    let known = home.run("changes --since 2026-01-01 --json").json()["known"].clone();
    assert_eq!(known, "by the days that the file names: no log and no git reach that far");
}

#[test]
fn a_page_is_written_for_customers_unless_told_otherwise() {
    let home = home();
    let page = home.run("export roadmap --as-of 2026-11-22").out;
    assert!(page.starts_with("<!doctype html>") && page.contains("Q4 2026"), "{page}");
    assert!(!page.contains("2026-12-01"), "{page}");
    let markdown = home.run("export roadmap --format md --for team --as-of 2026-11-22").out;
    assert!(markdown.contains("- **Bank feeds** — 2.0 · 2026-12-01\n"), "{markdown}");
    let written = home.run("export ics -o dates.ics --as-of 2026-11-22");
    assert_eq!((written.code, &*written.out), (0, ""));
    let dates = std::fs::read_to_string(home.file().with_file_name("dates.ics")).unwrap();
    assert!(dates.contains("UID:r1@twohats\r\n"), "{dates}");
    let notes = home.run("export release-notes 2.0 --as-of 2026-11-22").out;
    assert_eq!(notes, "# 2.0\n\nQ4 2026\n\nNothing of it is done yet.\n");
    home.run("export release-notes none").fails(1, "none");
}
