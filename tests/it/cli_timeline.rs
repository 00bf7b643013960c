//! The verbs of the quarter: what lies when, the last word on a release, notes and their answers.

use super::cli::Home;
use serde_json::Value;

const QUARTER: &str = r#"{"twohats":1,"product":{"name":"P"},
"settings":{"people":{"2026-Q4":1}},
"releases":[{"id":"late1","name":"2.0","date":"2026-12-18"},{"id":"rdy1","name":"1.9","date":"2026-12-01"}],
"sprints":[
{"id":"s1","name":"Sprint 1","start":"2026-09-07","end":"2026-09-20","state":"closed","delivered":10},
{"id":"s2","name":"Sprint 2","start":"2026-09-21","end":"2026-10-04","state":"closed","delivered":10},
{"id":"s3","name":"Sprint 3","start":"2026-10-05","end":"2026-10-18","state":"closed","delivered":10},
{"id":"s4","name":"Sprint 4","start":"2026-10-19","end":"2026-11-01","state":"closed","delivered":10},
{"id":"s5","name":"Sprint 5","start":"2026-11-02","end":"2026-11-15","state":"closed","delivered":10},
{"id":"s6","name":"Sprint 6","start":"2026-11-16","end":"2026-11-29","state":"running"}],
"roadmap":{"now":[{"id":"feeds","kind":"initiative","title":"Feeds","release":"late1","start":"2026-11-19","ratings":{"rice":{"effort":1}}}],"next":[],"later":[]},
"backlog":[
{"id":"csv","kind":"story","title":"Import","parent":"feeds","points":40},
{"id":"match","kind":"story","title":"Match","parent":"feeds","points":10,"blocked_by":["csv"],"note_to":{"hat":"pm","text":"too big","on":"2026-11-20"}}],
"inbox":[],
"done":[{"id":"key","kind":"story","title":"Passkey","release":"rdy1","done":"2026-11-12","approved":"2026-11-13","from":"backlog"}]}
"#;

fn home() -> Home {
    Home::with(QUARTER)
}

#[test]
fn the_timeline_says_what_is_late_and_through_what() {
    let found = home().run("timeline --as-of 2026-11-22 --json").json();
    let releases = found["releases"].as_array().unwrap();
    assert_eq!([&releases[0]["name"], &releases[0]["state"]], ["1.9", "ready"]);
    let late = &releases[1];
    assert_eq!([&late["id"], &late["state"]], ["late1", "at_risk"]);
    assert_eq!(late["chain"], serde_json::json!(["csv", "match"]));
    let p85: jiff::civil::Date = late["p85"].as_str().unwrap().parse().unwrap();
    let date: jiff::civil::Date = late["date"].as_str().unwrap().parse().unwrap();
    assert_eq!(late["late_days"], (p85 - date).get_days());
    let feeds = &found["initiatives"][0];
    assert_eq!([&feeds["start"], &feeds["end"]], ["2026-11-19", "2026-12-18"]);
    assert_eq!(feeds["basis"], "release");
    // 30 days, all of them in the quarter: one person-month of three.
    assert_eq!(found["quarters"][0]["quarter"], "2026-Q4");
    assert!((found["quarters"][0]["share"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-9);
    let text = home().run("timeline --as-of 2026-11-22");
    assert!(text.out.contains("through Import → Match"), "{}", text.out);
    assert!(text.out.contains("1 person has 3 (33 %)"), "{}", text.out);
}

#[test]
fn who_sends_days_that_are_late_is_told() {
    let home = home();
    for args in ["export roadmap --format md", "export roadmap --for team", "export ics"] {
        let sent = home.run(&format!("{args} --as-of 2026-11-22"));
        assert!(sent.err.contains("calls late: 2.0 by "), "{sent:?}");
        assert!(!sent.out.contains("calls late"), "{sent:?}");
    }
    assert_eq!(home.run("export changelog --as-of 2026-11-22").err, "");
    home.run("set late1 date=2028-01-31");
    assert_eq!(home.run("export ics --as-of 2026-11-22").err, "");
}

#[test]
fn only_what_is_accepted_is_approved() {
    let home = home();
    let refused = home.run("release approve 2.0 --as-of 2026-11-22");
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("not accepted yet: Import, Match"), "{}", refused.err);
    let approved = home.run("release approve rdy --as-of 2026-11-22 --json").json();
    assert_eq!([&approved["state"], &approved["approved"]], ["approved", "2026-11-22"]);
    assert_eq!(home.run("release approve 1.9").code, 1);
    assert_eq!(home.run("release approve csv").code, 1);
    assert_eq!(home.run("release").code, 2);
    let stands = home.run("release 2.0 --as-of 2026-11-22 --json").json();
    assert_eq!([&stands["id"], &stands["state"]], ["late1", "at_risk"]);
    let said = home.run("release late --as-of 2026-11-22").out;
    assert!(said.contains("at risk") && said.lines().count() == 1, "{said}");
    home.run("release csv").fails(1, "is not a release");
}

#[test]
fn notes_are_listed_and_answered() {
    let home = home();
    let waiting = home.run("notes --json").json();
    assert_eq!([&waiting[0]["item"], &waiting[0]["to"]], ["match", "pm"]);
    assert_eq!(waiting[0]["answer"], Value::Null);
    assert_eq!(home.run("notes --hat po --json").json(), serde_json::json!([]));
    assert_eq!(home.run("answer match split it in two").code, 0);
    assert_eq!(home.run("notes --json").json(), serde_json::json!([]));
    let all = home.run("notes --all --json").json();
    assert_eq!(all[0]["answer"], "split it in two");
    assert_eq!(home.run("answer csv what").code, 1);
}
