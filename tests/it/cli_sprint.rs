//! Sprints without a screen.

use super::cli::Home;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Five sprints that are over, nobody knows since when they ran, and work for the next.
fn plan() -> String {
    let past = (1..=5).map(|number: u32| {
        let to = 2 * number + 1;
        format!(
            r#"{{"id":"s{number}","name":"Sprint {number}","end":"2026-10-{to:02}","state":"closed","committed":10,"delivered":{}}}"#,
            6 + number
        )
    });
    let items = ["a", "b", "c", "d"].map(|id| {
        format!(
            r#"{{"id":"{id}","kind":"story","title":"Story {id}","points":3,"acceptance":[{{"text":"it works"}}]}}"#
        )
    });
    format!(
        "{{\n\"twohats\": 1,\n\"sprints\": [\n{}\n],\n\"backlog\": [\n{}\n]\n}}\n",
        past.collect::<Vec<_>>().join(",\n"),
        items.join(",\n")
    )
}

fn sprint(home: &Home, verb: &str) -> Value {
    home.run(&format!("sprint {verb} --json --as-of 2026-11-23")).json()
}

#[test]
fn a_column_that_holds_more_than_its_limit_says_so() {
    let home = Home::with(&plan());
    sprint(&home, "new");
    sprint(&home, "plan 6 --add a --add b");
    home.run("set settings wip.doing=1");
    assert!(!home.run("set a status=doing").err.contains("limit"));
    let over = home.run("set b status=doing");
    assert!(over.err.ends_with("twohats: doing holds 2, its limit is 1\n"), "{over:?}");
    assert!(!home.run("set b points=2").err.contains("limit"), "it was there before");
    assert!(home.run("sprint show 6").out.contains("\ndoing 2/1  over its limit\n"));
    let columns = sprint(&home, "show 6")["columns"].clone();
    assert_eq!(columns[1], json!({"column": "doing", "holds": 2, "limit": 1}));
    assert_eq!(columns[2], json!({"column": "review", "holds": 0, "limit": null}));
}

#[test]
fn an_amount_is_a_number_of_at_least_nothing() {
    let home = Home::with(&plan());
    sprint(&home, "new");
    for amount in ["nan", "inf", "-1", "x"] {
        let ran = home.run(&format!("sprint plan --fill --capacity={amount}"));
        ran.fails(2, "a number of at least 0 is needed");
    }
    assert_eq!(sprint(&home, "plan --fill --capacity 0")["points"], json!(0));
}

#[test]
fn a_name_that_several_sprints_have_is_asked_about() {
    let home = Home::with(&plan());
    for name in ["Web 14", "App 14"] {
        assert_eq!(home.run_all(&["sprint", "new", name]).code, 0);
    }
    let ran = home.run("sprint show 14");
    ran.fails(1, "“14” could be any of these");
    assert!(ran.err.contains("Web 14") && ran.err.contains("App 14"), "{ran:?}");
    let named = home.run_all(&["sprint", "show", "web 14", "--json"]).json();
    assert_eq!(named["name"], "Web 14");
}

#[test]
fn a_sprint_is_made_planned_started_and_closed() {
    let home = Home::with(&plan());
    let new = sprint(&home, "new --goal Banks --days-off 2");
    assert_eq!(new["name"], "Sprint 6");
    assert_eq!([&new["start"], &new["end"]], ["2026-11-23", "2026-12-06"]);
    let room = new["room"].as_f64().unwrap();
    assert!(room < 8.0, "two of ten days off: {room}");
    let planned = sprint(&home, "plan --fill --capacity 7");
    assert_eq!([&planned["points"], &planned["state"]], [&json!(6), &json!("planned")]);
    let planned = sprint(&home, "plan 6 --add c --out b");
    let ids: Vec<_> = planned["items"].as_array().unwrap().iter().map(|i| &i["id"]).collect();
    assert_eq!(ids, ["a", "c"]);
    let started = sprint(&home, "start");
    assert_eq!([&started["state"], &started["committed"]], [&json!("running"), &json!(6)]);
    home.run(&format!("set d sprint={} --as-of 2026-11-24", new["id"].as_str().unwrap()));
    assert_eq!(home.run("show d --json").json()["added"], "2026-11-24");
    home.run("done a --as-of 2026-11-25");
    let closed = sprint(&home, "close --accept a --back d --kept pairing --action x");
    assert_eq!([&closed["state"], &closed["delivered"]], [&json!("closed"), &json!(3)]);
    assert_eq!(home.run("show a --json").json()["approved"], "2026-11-23");
    assert_eq!(home.run("show d --json").json()["sprint"], Value::Null);
    let list = home.run("sprint list --json --as-of 2026-11-23").json();
    let last = list.as_array().unwrap().last().unwrap().clone();
    assert_eq!([&last["name"], &last["state"]], ["Sprint 7", "planned"]);
    assert_eq!(home.run("show c --json").json()["sprint"], last["id"]);
    assert_eq!(home.run("list --in backlog --json").json()[0]["title"], "x");
}

#[test]
fn what_was_promised_and_what_came_in_later_are_said_apart() {
    let home = Home::with(&plan());
    let new = sprint(&home, "new");
    sprint(&home, "plan 6 --add a --add b");
    sprint(&home, "start");
    for id in ["c", "d"] {
        home.run(&format!("set {id} sprint={} --as-of 2026-11-24", new["id"].as_str().unwrap()));
    }
    home.run("done a c --as-of 2026-11-25");
    let shown = home.run("sprint show --as-of 2026-11-25").out;
    assert!(shown.contains("3 points done of 6 promised, 3 of 6 added, room for "), "{shown}");
    assert!(home.run("sprint list").out.contains("  3 of 6, 3 of 6 added\n"));
    let review = home.run("review 6").out;
    assert!(review.contains("Delivered\n  6 points: 3 of 6 promised, 3 of 6 added\n"), "{review}");
    let course = sprint(&home, "show 6");
    let said = ["delivered", "committed", "added_done", "added_points"].map(|key| &course[key]);
    assert_eq!(said, [&json!(6), &json!(6), &json!(3), &json!(6)]);
}

#[test]
fn what_cannot_be_done_is_said() {
    let home = Home::with(&plan());
    home.run("sprint").fails(1, "sprint new");
    home.run("sprint close").fails(1, "no sprint runs");
    home.run("sprint start")
        .fails(1, "no sprint is planned; `twohats sprint new` makes the next one");
    home.run("sprint show 9").fails(1, "“9”");
    home.run("sprint new --start 2026-12-08 --end 2026-12-01").fails(2, "before");
    home.run("sprint new --as-of 2026-11-23");
    home.run("sprint plan --add a");
    home.run("set a points=");
    home.run("sprint start").fails(1, "--anyway");
    home.run("sprint start --anyway");
    home.run("sprint start 6").fails(1, "runs already");
    let none = "no sprint is planned; `twohats sprint new` makes the next one";
    home.run("sprint start").fails(1, &format!("{none}; Sprint 6 runs"));
    let before = home.text();
    for plan in
        ["sprint plan --add b", "sprint plan --fill", "sprint plan --goal Banks", "sprint plan"]
    {
        home.run(plan).fails(1, &format!("{none}, `twohats sprint plan "));
    }
    assert_eq!(home.text(), before);
    assert_eq!(home.run("sprint plan 6 --goal Banks").code, 0);
    home.run("sprint close --accept a --back a").fails(2, "both");
    home.run("sprint close --accept b").fails(1, "not in the sprint");
}

#[test]
fn a_sprint_is_closed_once_it_has_begun_and_comes_back_with_the_version_before() {
    let home = Home::with(&plan());
    sprint(&home, "new --start 2026-11-23");
    sprint(&home, "plan --add a");
    sprint(&home, "start");
    let before = home.text();
    home.run("sprint close --as-of 2026-11-22").fails(1, "begins on 2026-11-23");
    assert_eq!(home.text(), before);
    let closed = home.run("sprint close --as-of 2026-11-24");
    assert_eq!(closed.code, 0, "{closed:?}");
    assert!(closed.err.contains("`twohats restore 1` brings it back"), "{closed:?}");
    assert!(home.run("backups").out.contains("before a command closed a sprint"));
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), before);
    // What is kept already is not kept twice, and the number is the one it has in the list.
    let file = home.file();
    let again =
        ["sprint", "close", "--anyway", "--as-of", "2026-11-22", "-f", file.to_str().unwrap()];
    let again = home.run_all(&again);
    assert_eq!(again.code, 0, "{again:?}");
    let restore = again.err.split('`').nth(1).unwrap().replace("twohats ", "");
    assert!(restore.ends_with(&format!(" --file {}", file.display())), "{restore}");
    assert_eq!(home.run(&restore).code, 0);
    assert_eq!(home.text(), before);
}

#[test]
fn stand_up_and_review_are_text_markdown_and_data() {
    let home = Home::with(&plan());
    sprint(&home, "new --goal Banks");
    sprint(&home, "plan --add a b c");
    sprint(&home, "start");
    home.run("done a --as-of 2026-11-24");
    home.run("set b status=blocked blocked.why=nobody --as-of 2026-11-24");
    let said = home.run("standup --as-of 2026-11-25").out;
    // What moved is from the log, which has the time of the machine.
    let expected = "Stand-up · Sprint 6\nDone since 24 Nov 2026\n  Story a (3)\n";
    assert!(said.starts_with(expected) && said.contains("\nStuck\n"), "{said}");
    let end = "Next\n  Story c (3)\nHow it is known what moved\n  ";
    assert!(said.contains(end), "{said}");
    let data = home.run("standup --json --as-of 2026-11-25").json();
    assert_eq!([&data["done"][0], &data["stuck"][0]["id"], &data["next"][0]], ["a", "b", "c"]);
    sprint(&home, "close --accept a --kept pairing");
    let review = home.run("review 6 --markdown --as-of 2026-12-07").out;
    assert_eq!(
        review,
        "# Review · Sprint 6\n\n## Promised\n\n* Banks\n* 9 points\n* Story a (3)\n* Story b (3)\n\
         * Story c (3)\n\n## Delivered\n\n* 3 points\n\n## Accepted\n\n* Story a (3)\n\n\
         ## Carried over\n\n* Story b (3)\n* Story c (3)\n\n## Learned\n\n* kept: pairing\n"
    );
    let data = home.run("review 6 --json").json();
    assert_eq!([&data["committed"], &data["delivered"]], [9, 3]);
    assert_eq!(data["learned"]["kept"][0], "pairing");
    assert_eq!(
        [&data["promised"], &data["carried"]],
        [&json!(["a", "b", "c"]), &json!(["b", "c"])]
    );
}

/// The activity log of the home, wherever this system keeps it.
fn activity_log(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut entries = entries.filter(|path| !path.is_symlink());
    entries.find_map(|path| {
        let is_log = path.ends_with("activity.jsonl");
        if path.is_dir() { activity_log(&path) } else { is_log.then_some(path) }
    })
}

#[test]
fn a_stand_up_says_what_moved_by_the_log_and_else_by_the_days() {
    let home = Home::with(&plan());
    home.run("sprint new");
    home.run("sprint plan --add a b");
    home.run("sprint start");
    home.run("set a status=review");
    let dates = home.run("standup --json --since 2026-01-01").json();
    assert_eq!(dates["moved"], json!([]));
    assert!(dates["known"].as_str().unwrap().contains("days that the file names"), "{dates}");
    // What was done first was done long ago.
    let log = activity_log(home.folder.path()).unwrap();
    let text = fs::read_to_string(&log).unwrap();
    let lines = text.lines().enumerate().map(|(at, line)| match at {
        0..3 => format!("{{\"at\":\"2025-01-01{}\n", &line[17..]),
        _ => format!("{line}\n"),
    });
    fs::write(&log, lines.collect::<String>()).unwrap();
    home.run("set a status=doing");
    home.run("set b status=review");
    home.run("set b sprint=");
    home.run("set c sprint=6");
    let said = home.run("standup --json --since 2026-01-01").json();
    assert_eq!(said["known"], "by the activity log");
    assert_eq!([&said["begun"], &said["left"]], [&json!(["a"]), &json!(["b"])], "{said}");
    home.run("set a status=todo");
    let said = home.run("standup --json --since 2026-01-01").json();
    assert_eq!(said["begun"], json!([]), "{said}");
}
