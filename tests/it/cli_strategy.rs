//! What the effort serves, how far objectives are, how estimates came out, what waits: on the
//! command line.

use super::cli::Home;
use serde_json::json;

/// Two objectives, of which one is served; a chain of three; something done that was rated.
const QUARTER: &str = include_str!("../fixtures/quarter.json");

fn home() -> Home {
    Home::with(QUARTER)
}

const DAY: &str = "--as-of 2026-11-22";

/// By hand: 3 of 4 planned points serve the first objective, all 4 that are done.
#[test]
fn coverage_says_both_ways_what_serves_what() {
    let coverage = home().run(&format!("coverage --json {DAY}")).json();
    let first = &coverage["objectives"][0];
    assert_eq!((&first["id"], &first["target"]), (&json!("o1close"), &json!(0.6)));
    assert_eq!((&first["planned"], &first["done"]), (&json!(0.75), &json!(1.0)));
    assert_eq!(first["points"], json!({"planned": 3, "done": 4, "without_points": 0}));
    assert_eq!(coverage["objectives"][1]["planned"], json!(0.0));
    assert_eq!(coverage["none"], json!({"planned": 1, "done": 0, "without_points": 0}));
    assert_eq!(coverage["unsized"], json!(["k2"]));
    assert_eq!(coverage["unserved"], json!(["o2grow"]));
    assert_eq!(coverage["aimless"], json!(["k2", "b2"]));
    assert_eq!(coverage["unanswered"], json!([{"id": "f1", "days": 10}]));
    insta::assert_snapshot!(home().run(&format!("coverage {DAY}")).out, @r"
      target planned    done  points  objective
        60 %    75 %   100 %       3  Close fast  far from its target
        40 %     0 %     0 %       0  Grow  far from its target
           –    25 %     0 %       1  none

    initiatives without an estimate 1
      k2  Someday

    objectives that nothing planned serves 1
      o2  Grow

    work that serves no objective 2
      k2  Someday
      b2  Sandbox

    feedback that nobody answered 1
      f  Rows go missing
    ");
}

/// By hand: 20 of the 100 days from 9 to 4 are gone, so the line is at 8.
#[test]
fn outcomes_say_what_is_behind() {
    let outcomes = home().run(&format!("outcomes --json {DAY}")).json();
    let metric = &outcomes["objectives"][0]["metrics"][0];
    assert_eq!((&metric["state"], &metric["days_since"]), (&json!("behind"), &json!(62)));
    insta::assert_snapshot!(home().run(&format!("outcomes {DAY}")).out, @r"
    name      Ledgerly
    vision    Books in an hour

    Close fast
      hours to close  9 → 8.5 → 4 h  behind: the line is at 8 · no reading for 62 days

    Grow
      nothing measures it
    ");
}

#[test]
fn a_reading_goes_into_its_metric_and_touches_nothing_else() {
    let home = home();
    let ran = home.run(&format!("reading o1 7,5 {DAY}"));
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "twohats: read 7.5 on 2026-11-22: hours to close\n")
    );
    assert_eq!(home.run("reading o1 hours 8 --on 2026-10-31").code, 0);
    let wanted = QUARTER.replace(
        r#""readings":[["2026-09-21",8.5]]"#,
        r#""readings":[["2026-09-21",8.5],["2026-10-31",8],["2026-11-22",7.5]]"#,
    );
    assert_eq!(home.text(), wanted);
    home.run("reading o1 visits 7")
        .fails(2, "no metric is called “visits”; there are hours to close");
    home.run("reading o2 7").fails(2, "it has no metrics");
    home.run("reading o1 many").fails(2, "“many” is not a number");
    home.run("reading zz 7").fails(1, "no id begins with “zz”");
    assert_eq!(home.text(), wanted);
}

#[test]
fn estimates_are_held_against_what_came() {
    let home = home();
    let known = home.run("calibration --json").json();
    assert_eq!((&known[0]["factor"], &known[0]["ratio"]), (&json!("effort"), &json!(1.5)));
    assert_eq!(home.run("calibration").out, "effort  come out ×1.5 (n=1)\n");
    assert_eq!(home.run("set d1 actual.impact=0.5").code, 0);
    let known = home.run("calibration --json").json();
    assert_eq!((&known[0]["factor"], &known[0]["hits"]), (&json!("impact"), &json!(0)));
}

#[test]
fn chains_name_what_holds_up_the_most() {
    let chains = home().run("blocked --json").json();
    let items = chains[0]["items"].as_array().unwrap();
    let ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!((ids.join(" "), &chains[0]["points"]), ("k1 b1 b2".into(), &json!(4)));
    insta::assert_snapshot!(home().run("blocked").out, @r"
    3 in a row · 4 points
      k1  Bank feeds  Now
      waits for b1  Import  the backlog
      waits for b2  Sandbox  the backlog
    ");
    let shown = home().run("show k1").out;
    assert!(shown.contains("Import in the backlog"), "{shown}");
    assert!(shown.contains("chain of 3  Import → Sandbox"), "{shown}");
    let ran = home().run("set b2 blocked_by=k1");
    ran.fails(1, "go round");
}

#[test]
fn objectives_personas_and_releases_are_added_moved_and_removed() {
    let home = home();
    let id = home.run("add --to objectives --top Earn share=10").out;
    let list = |home: &Home| home.run("outcomes --json").json()["objectives"].clone();
    assert_eq!(list(&home)[0]["title"], json!("Earn"));
    assert_eq!(home.run(&format!("move {} --after o2", id.trim())).code, 0);
    assert_eq!(list(&home)[2]["title"], json!("Earn"));
    let persona = home.run("add --to personas Solo founder needs=sleep");
    assert_eq!(home.run(&format!("set k1 persona={}", persona.out.trim())).code, 0);
    assert_eq!(home.run("add --to releases 2.1 date=2027-02-26").code, 0);
    assert!(home.text().contains(r#""name":"2.1","date":"2027-02-26"}"#), "{}", home.text());
    home.run("add --to releases --kind bug 2.2").fails(2, "has a kind");
    home.run("add --to objectives points=3").fails(2, "there is no such field");
    assert_eq!(home.run(&format!("rm {}", id.trim())).code, 0);
    assert_eq!(list(&home).as_array().map(Vec::len), Some(2));
}
