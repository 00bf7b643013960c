//! What came in, on the command line: triage, and what is asked for most.

use super::cli::Home;
use serde_json::json;

const PLAN: &str = r#"{
"twohats": 1,
"backlog": [
{"id":"b1","kind":"story","title":"Dark mode"},
{"id":"c1","kind":"bug","title":"CSV import drops the last row","votes":2,"evidence":["g1"]}
],
"inbox": [
{"id":"f1","kind":"feedback","title":"The import of my CSV fails","source":"support #812","votes":7,"tags":["bank"]},
{"id":"g1","kind":"feedback","title":"Rows are missing","outcome":{"is":"linked","on":"2026-11-22","item":"c1"}},
{"id":"h1","kind":"feedback","title":"A watch app","outcome":{"is":"parked","on":"2026-11-01","until":"2026-11-22"}}
]
}
"#;

const DAY: &str = "--as-of 2026-11-22";

fn home() -> Home {
    Home::with(PLAN)
}

#[test]
fn what_waits_is_listed_with_how_many_were_triaged_today() {
    let waiting = home().run(&format!("triage {DAY}"));
    assert_eq!(
        waiting.out,
        "f1  The import of my CSV fails  7 votes · support #812\nh1  A watch app\n"
    );
    assert_eq!(waiting.err, "twohats: 1 of 3 triaged today\n");
    let all = home().run(&format!("triage {DAY} --json")).json();
    assert_eq!((all[0]["id"].as_str(), all[1]["id"].as_str()), (Some("f1"), Some("h1")));
    let before = home().run("triage --as-of 2026-11-21 --json").json();
    assert_eq!(before.as_array().unwrap().len(), 1, "what is parked is not due yet");
}

#[test]
fn the_items_that_say_much_the_same_are_told() {
    let alike = home().run("triage f1 --json").json();
    assert_eq!(alike.as_array().unwrap().len(), 1);
    assert_eq!(alike[0]["id"], "c1");
    assert!(alike[0]["alike"].as_f64().unwrap() > 0.3, "{alike}");
}

#[test]
fn an_entry_is_linked_and_its_item_knows_it() {
    let home = home();
    let told = home.run(&format!("triage f1 link c1 {DAY}"));
    let answer = "Thank you for “The import of my CSV fails”. It is in the backlog, with “CSV \
                  import drops the last row”.\n";
    assert_eq!(told.out, answer);
    assert_eq!(home.run("show c1 --json").json()["evidence"], json!(["g1", "f1"]));
    let outcome = json!({"is": "linked", "on": "2026-11-22", "item": "c1"});
    assert_eq!(home.run("show f1 --json").json()["outcome"], outcome);
    // Linked elsewhere it speaks for one item only.
    home.run("triage f1 link b1");
    assert_eq!(home.run("show c1 --json").json()["evidence"], json!(["g1"]));
    home.run("triage f1 again");
    assert_eq!(home.run("show f1 --json").json().get("outcome"), None);
    assert_eq!(home.run("show b1 --json").json().get("evidence"), None);
}

#[test]
fn what_is_made_of_an_entry_stands_at_the_bottom_and_its_id_is_printed() {
    let home = home();
    for (what, place, position) in
        [("story", "backlog", 3), ("bug", "backlog", 4), ("idea", "later", 1)]
    {
        let id = home.run(&format!("triage f1 {what}")).out.trim().to_owned();
        let made = home.run(&format!("show {id} --json")).json();
        assert_eq!((&made["kind"], &made["place"]), (&json!(what), &json!(place)));
        assert_eq!(made["position"], position, "no rank is disturbed");
        assert_eq!((&made["evidence"], &made["tags"]), (&json!(["f1"]), &json!(["bank"])));
        assert_eq!(home.run("show f1 --json").json()["outcome"]["item"], id.as_str());
    }
}

#[test]
fn a_day_or_a_reason_is_asked_for_where_one_is_needed() {
    let home = home();
    assert_eq!(
        home.run(&format!("triage f1 park +2w --json {DAY}")).json()["outcome"]["until"],
        "2026-12-06"
    );
    assert_eq!(home.run(&format!("triage f1 park today {DAY}")).code, 2);
    for wrong in ["triage f1 link", "triage f1 park", "triage f1 decline", "triage f1 story now"] {
        assert_eq!(home.run(wrong).code, 2, "{wrong}");
    }
    assert_eq!(home.run("triage b1 story").code, 1, "it is not in the inbox");
    assert_eq!(home.run("triage f1 link g1").code, 1, "nor can an entry speak for one");
    let told = home.run("triage f1 decline too few need it");
    assert!(told.out.ends_with("We decided not to do it: too few need it.\n"), "{}", told.out);
}

#[test]
fn items_are_listed_by_how_much_they_are_asked_for() {
    let felt = home().run("list --in backlog --sort felt");
    let lines: Vec<&str> = felt.out.lines().skip(1).collect();
    assert!(lines[0].ends_with("CSV import drops the last row  3 votes in 1 entry"), "{lines:?}");
    assert!(lines[1].ends_with("Dark mode"), "{lines:?}");
}
