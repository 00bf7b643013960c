//! Which records a command works on: named, piped in, or found as `/` finds them on the screen.

use crate::cli::Home;
use serde_json::json;
use std::fs;

fn ids(home: &Home, args: &[&str]) -> Vec<String> {
    let printed = home.run_all(&[args, &["--json"]].concat()).json();
    let id = |item: &serde_json::Value| item["id"].as_str().unwrap()[..2].to_owned();
    printed.as_array().unwrap().iter().map(id).collect()
}

#[test]
fn what_has_spaces_stands_in_quotes() {
    let home = Home::new();
    assert_eq!(ids(&home, &["list", "--filter", "sprint:\"Sprint 14\""]), ["b2"]);
    assert_eq!(ids(&home, &["list", "--filter", "parent:\"bank feeds\" kind:story"]), ["b2"]);
    assert_eq!(ids(&home, &["list", "--filter", "\"go missing\""]), ["c3"]);
    assert!(ids(&home, &["list", "--filter", "\"missing go\""]).is_empty());
}

#[test]
fn a_filter_that_asks_for_what_there_is_not_is_wrong_usage() {
    let home = Home::new();
    for verb in [
        "list",
        "show",
        "score",
        "rank",
        "check",
        "blocked",
        "forecast",
        "export csv",
        "timeline",
        "conflicts",
        "notes",
        "triage",
    ] {
        home.run(&format!("{verb} --filter is:nonsense")).fails(2, "“is:nonsense” is no filter");
    }
    home.run("list --filter knd:bug").fails(2, "did you mean kind:bug?");
    home.run("rm --filter tag:auth").fails(2, "did you mean #auth?");
    assert_eq!(home.run_all(&["list", "--filter", "\"knd:bug\""]).code, 0);
    home.run("done --filter in:nowhere").fails(2, "“in:nowhere” is no filter");
}

#[test]
fn every_list_takes_the_filter_of_the_screen() {
    let home = Home::new();
    assert_eq!(ids(&home, &["score", "--filter", "kind:epic"]), ["e5"]);
    assert_eq!(ids(&home, &["score", "--filter", "in:inbox"]), ["f0"]);
    assert_eq!(ids(&home, &["show", "--filter", "missing"]), ["c3"]);
    assert_eq!(ids(&home, &["check", "--rule", "estimate", "--filter", "kind:bug"]), ["c3"]);
    let chains = home.run("blocked --filter kind:epic --json").json();
    assert_eq!(chains, json!([]));
    let chains = home.run("blocked --filter kind:bug --json").json();
    assert_eq!(chains.as_array().unwrap().len(), 1);
    let ranks = home.run("rank --filter kind:bug --json").json();
    assert_eq!(ranks["unscored"][0]["id"], "c3n9x2");
    assert_eq!(ranks["unscored"].as_array().unwrap().len(), 1);
    let forecast = home.run("forecast --filter kind:bug --json").json();
    let of: Vec<_> = forecast["items"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
    assert_eq!(of, ["c3n9x2"]);
    assert_eq!(ids(&home, &["triage", "--filter", "in:inbox"]), ["f0"]);
    assert!(ids(&home, &["triage", "--filter", "kind:bug"]).is_empty());
    home.run("triage f0 --filter kind:bug").fails(2, "cannot be used with");
    let table = home.run("export csv --in backlog --sort title --filter kind:story").out;
    assert_eq!(table.lines().count(), 2, "{table}");
}

#[test]
fn what_is_filtered_out_still_counts_for_the_others() {
    let home = Home::new();
    home.run("set b2 c3 wsjf.value=5 wsjf.urgency=5 wsjf.opportunity=5 wsjf.size=5");
    home.run("set b2 wsjf.value=13");
    let all = home.run("rank --json").json();
    let some = home.run("rank --filter kind:bug --json").json();
    assert_eq!(some["items"].as_array().unwrap().len(), 1);
    assert_eq!(some["items"][0], all["items"][1]);
}

#[test]
fn many_are_changed_by_a_filter_as_one_step() {
    let home = Home::new();
    let ran = home.run_all(&["set", "--filter", "in:backlog", "tags+=q4", "--json"]);
    let items = ran.json();
    assert_eq!(items.as_array().unwrap().len(), 3);
    assert!(items.as_array().unwrap().iter().all(|it| it["tags"].to_string().contains("q4")));
    let listed = "\n  b2m8w1  Import a bank CSV\n  c3n9x2  Rows go missing\n  e5q1z4  Match rules";
    let kept = "\ntwohats: the version before is kept; `twohats restore 1` brings it back\n";
    assert_eq!(ran.err, format!("twohats: set tags+=q4: 3 items{listed}{kept}"));
    assert_eq!(home.run("done --filter #bank").err, "twohats: done: Rows go missing\n");
    let moved = home.run("move --in backlog --sort points --top");
    let said = "twohats: moved: 2 items\n  e5q1z4  Match rules\n  b2m8w1  Import a bank CSV\n";
    assert!(moved.err.starts_with(said), "most points first: {}", moved.err);
    assert_eq!(ids(&home, &["list", "--in", "backlog"]), ["e5", "b2"]);
    assert_eq!(home.run("reopen --filter #bank").code, 0);
    assert_eq!(ids(&home, &["rm", "--filter", "kind:epic"]), ["e5"]);
}

#[test]
fn a_filter_means_what_is_written_and_what_is_changed_by_it_comes_back() {
    let home = Home::new();
    let before = home.text();
    for loose in ["bnkfds", "#ban", "kind:bu", "sprint:1"] {
        let ran = home.run_all(&["done", "--filter", loose]);
        assert_eq!(ran.err, "twohats: nothing was found, so nothing was changed\n", "{loose}");
    }
    assert_eq!(home.text(), before);
    home.run("done c3");
    let (open, place) = (home.text(), |home: &Home| ids(home, &["list", "--in", "done"]));
    assert!(home.run("done --filter is:unscored").err.starts_with("twohats: done: "));
    assert!(place(&home).len() > 2);
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), open);
}

#[test]
fn a_filter_that_finds_nothing_changes_nothing() {
    let home = Home::new();
    let before = home.text();
    let ran = home.run("done --filter kind:spike --json");
    assert_eq!(ran.json(), json!([]));
    assert_eq!(ran.err, "twohats: nothing was found, so nothing was changed\n");
    assert_eq!(home.text(), before);
}

#[test]
fn an_empty_filter_does_not_stand_for_everything() {
    let home = Home::new();
    let before = home.text();
    for verb in ["rm", "done", "set points=3", "move --top"] {
        for (filter, wrong) in [
            (" ", "the filter is empty"),
            ("\"\"", "the filter is empty"),
            ("#", "nothing stands behind “#”"),
            ("kind:bug sprint:", "nothing stands behind “sprint:”"),
        ] {
            let args: Vec<&str> = verb.split(' ').chain(["--filter", filter]).collect();
            home.run_all(&args).fails(2, wrong);
        }
    }
    assert_eq!(home.text(), before);
    assert_eq!(home.run("set --in backlog points=3").code, 0);
}

#[test]
fn either_names_or_a_filter_say_what_is_meant() {
    let home = Home::new();
    home.run("done b2 --filter kind:bug").fails(2, "cannot be used with");
    home.run("set b2 --filter kind:bug points=3").fails(2, "say which records, or a filter");
    home.run("set points=3").fails(2, "say which records, or a filter");
    home.run("done").fails(2, "say which: ids");
    home.run("done --sort title").fails(2, "say which: ids");
}

#[test]
fn ids_are_piped_in() {
    let home = Home::new();
    let ran = home.piped("set - points=3 --json", "b2\nc3\n");
    assert_eq!(ran.json().as_array().unwrap().len(), 2);
    assert_eq!(home.piped("done -", "c3n9x2\n").err, "twohats: done: Rows go missing\n");
    let one = home.piped("show - --json", "b2").json();
    assert_eq!(one[0]["points"], 3, "a list, however many there are: {one}");
    assert_eq!(home.piped("done - --json", "").json(), json!([]));
}

#[test]
fn days_are_written_as_the_person_wants_them() {
    let home = Home::new();
    fs::write(home.folder.path().join(".twohats.toml"), "date_format = \"%Y/%m/%d\"\n").unwrap();
    home.run("set b2 due=2026-12-18");
    assert!(home.run("show b2").out.contains("2026/12/18"));
    assert!(home.run("next --as-of 2026-11-22").out.contains("ends 2026/12/06"));
    home.run("add --to releases 2.0 date=2026-12-18");
    assert!(home.run("timeline").out.contains("2026/12/18"));
    let before = home.folder.path().join("before.json");
    fs::copy(home.file(), &before).unwrap();
    home.run("set b2 due=2026-12-20");
    let told = home.run("diff before.json twohats.json").out;
    assert_eq!(told, "changed “Import a bank CSV”: due 2026/12/18 → 2026/12/20\n");
    let data = home.run("show b2 --json").json();
    assert_eq!(data["due"], "2026-12-20", "data keeps to one way");
}

#[test]
fn a_field_that_is_misspelt_is_told_from_one_that_is_made_up() {
    let home = Home::new();
    home.run("set b2 point=3").fails(2, "did you mean `points`?");
    home.run("set b2 zzzz=3").fails(2, "the fields are kind, title,");
}

#[test]
fn what_lies_in_time_waits_for_an_answer_or_is_in_conflict_is_filtered_too() {
    let home = Home::with(
        r#"{"twohats":1,"product":{},"settings":{},
"releases":[{"id":"r1","name":"2.0"},{"id":"r2","name":"3.0"}],
"roadmap":{"now":[
{"id":"k1","kind":"initiative","title":"One","release":"r1","note_to":{"hat":"po","text":"why"}},
{"id":"k2","kind":"initiative","title":"Two","release":"r2","note_to":{"hat":"po","text":"when"},"conflict":{"title":"Too"}}
],"next":[],"later":[]},
"backlog":[{"id":"b1","kind":"bug","title":"Bug","conflict":{"title":"Bugs"}}]}"#,
    );
    let data = |args: &[&str]| home.run_all(&[args, &["--json"]].concat()).json();
    let lies = data(&["timeline", "--filter", "release:2.0"]);
    assert_eq!(lies["initiatives"].as_array().unwrap().len(), 1, "{lies}");
    assert_eq!(lies["releases"][0]["id"], "r1", "{lies}");
    assert_eq!(lies["releases"].as_array().unwrap().len(), 1, "{lies}");
    let notes = data(&["notes", "--filter", "release:3.0"]);
    assert_eq!((&notes[0]["item"], notes.as_array().unwrap().len()), (&json!("k2"), 1));
    let open = data(&["conflicts", "--filter", "kind:bug"]);
    assert_eq!((&open[0]["id"], open.as_array().unwrap().len()), (&json!("b1"), 1));
    home.run("conflicts --keep mine").fails(2, "say of which: ids, or --filter");
    home.run("conflicts b1 --filter kind:bug").fails(2, "cannot be used with");
    assert_eq!(home.run("conflicts --filter kind:bug --keep theirs").code, 0);
    assert_eq!(data(&["show", "b1"])["title"], "Bugs");
    assert_eq!(data(&["conflicts"]).as_array().unwrap().len(), 1, "the other one stays");
    assert_eq!(home.run("conflicts --filter kind:spike --keep mine").code, 0);
}
