//! The verbs that defend an order: rank, explain, ask, decide, schedule.

use super::cli::Home;
use serde_json::{Value, json};

/// Published vectors in lanes and backlog: RICE (R1) in Now, CD3 with dependencies (S2) below.
const PLAN: &str = r#"{
"twohats": 1,
"product": {"name":"Ledgerly"},
"settings": {"now_limit":1,"backlog_framework":"cd3","capacity":3},
"roadmap": {
"now": [
{"id":"a1","title":"Feeds","ratings":{"rice":{"reach":450,"impact":3,"confidence":100,"effort":2}}},
{"id":"b1","title":"Rules","ratings":{"rice":{"reach":2000,"impact":1,"confidence":80,"effort":4}}},
{"id":"c1","title":"Rates","ratings":{"rice":{"reach":800,"impact":2,"confidence":50,"effort":1}}},
{"id":"d1","title":"Later","ratings":{"rice":{"reach":800}}}
],
"next": [],
"later": []
},
"backlog": [
{"id":"f1","title":"F1","points":3,"blocked_by":["r1"],"ratings":{"cd3":{"cost_of_delay":1000,"duration":3}}},
{"id":"x1","title":"Unrated"},
{"id":"f2","title":"F2","points":2,"ratings":{"cd3":{"cost_of_delay":2333.33,"duration":4}}},
{"id":"f3","title":"F3","points":2,"blocked_by":["r1"],"ratings":{"cd3":{"cost_of_delay":3000,"duration":6}}},
{"id":"r1","title":"R","points":1,"ratings":{"cd3":{"cost_of_delay":0,"duration":10}}}
],
"inbox": [],
"done": []
}
"#;

fn home() -> Home {
    Home::with(PLAN)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn a_filter_leaves_ranks_ties_and_the_line_as_they_are() {
    let home = home();
    home.run("set a1 title=Banks");
    let whole = home.run("rank --in roadmap --as-of 2026-11-22").out;
    let row = |of: &str, out: &str| out.lines().find(|line| line.contains(of)).map(str::to_owned);
    let end = "── the capacity ends here ──";
    for (word, ends_at) in [("rules", 1), ("rates", 2)] {
        let seen = home.run(&format!("rank --in roadmap --as-of 2026-11-22 --filter {word}")).out;
        let name = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        assert_eq!(row(&name, &seen), row(&name, &whole), "{seen}");
        let at = seen.lines().position(|line| line.contains(end));
        assert_eq!(at, Some(ends_at), "{seen}");
    }
}

#[test]
fn why_there_are_no_chances_is_what_can_be_done_about_it() {
    let home = home();
    for id in ["f1", "f2", "f3", "r1"] {
        home.run(&format!("set {id} points="));
    }
    let stated = home.run("rank --in backlog --as-of 2026-11-22");
    assert!(stated.err.contains("`twohats set ID points=3` does"), "{stated:?}");
    home.run("set settings capacity=");
    let none = home.run("rank --in backlog --as-of 2026-11-22");
    assert!(none.err.contains("`twohats set settings capacity=20` does"), "{none:?}");
}

#[test]
fn rank_says_how_sure_the_order_is() {
    let rank = home().run("rank --in roadmap --json --as-of 2026-11-22").json();
    let items = rank["items"].as_array().unwrap();
    let ids: Vec<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["c1", "a1", "b1"]);
    assert_eq!(rank["framework"], "rice");
    assert_eq!(rank["line"], 1);
    assert_eq!(rank["trials"], 10_000);
    assert_eq!(
        rank["unscored"],
        json!([{"id": "d1", "needs": ["impact", "confidence", "effort"]}])
    );
    let sum: f64 = items.iter().map(|item| number(&item["chance_above_line"])).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{rank}");
    let first = &items[0];
    assert_eq!(first["score"], json!(800));
    assert_eq!([&first["rank"], &first["best_rank"], &first["band"]], [1, 1, 1]);
    assert!(first["worst_rank"].as_u64() >= Some(2), "{rank}");
    assert_eq!([&items[1]["band"], &items[2]["band"]], [1, 2]);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let home = home();
    let bytes = |seed| home.run(&format!("rank --in roadmap --json --seed {seed}")).out;
    assert_eq!(bytes(7), bytes(7));
    assert_ne!(bytes(7), bytes(8));
}

#[test]
fn without_a_capacity_there_is_no_line_and_no_chance() {
    let home = home();
    assert_eq!(home.run("set settings capacity=").code, 0);
    let rank = home.run("rank --json").json();
    assert_eq!(rank["line"], Value::Null);
    assert_eq!(rank["items"][0]["chance_above_line"], Value::Null);
    assert!(home.run("rank").err.contains("no chances"));
}

#[test]
fn classes_have_an_order_and_no_chance() {
    let home = home();
    assert_eq!(home.run("set f1 moscow.class=must").code, 0);
    assert_eq!(home.run("set f2 moscow.class=should").code, 0);
    let rank = home.run("rank --framework moscow --json").json();
    let first = &rank["items"][0];
    assert_eq!(first["id"], "f1");
    assert_eq!([&first["chance_above_line"], &first["best_rank"]], [&Value::Null, &Value::Null]);
    let out = home.run("rank --framework moscow").out;
    assert!(out.contains("must") && out.contains("should"), "{out}");
}

#[test]
fn explain_says_what_each_factor_does_and_what_would_make_a_tie() {
    let home = home();
    let told = home.run("explain a1 b1 --json --as-of 2026-11-22").json();
    assert!((number(&told["chance"]) - 0.950_974).abs() < 1e-6, "{told}");
    let shares = told["shares"].as_array().unwrap();
    let sum: f64 = shares.iter().map(|share| number(&share["share"])).sum();
    assert!((sum - 1.0).abs() < 1e-9);
    let even = &told["break_even"][0];
    assert_eq!([&even["item"], &even["factor"]], ["a1", "reach"]);
    assert!((number(&even["value"]) - 450.0 * 400.0 / 675.0).abs() < 1e-9);
    assert_eq!(even["on_scale"], true);
    let out = home.run("explain a1 b1").out;
    assert!(out.contains("95 % that the first beats the second"), "{out}");
    assert!(out.contains("they tie if reach of Feeds is 267"), "{out}");
    assert!(!out.contains("not on its scale"), "{out}");
}

#[test]
fn what_has_no_score_is_not_explained() {
    let home = home();
    home.run("explain a1 d1").fails(1, "needs impact, confidence, effort");
    home.run("explain a1 a1").fails(2, "one and the same");
}

#[test]
fn an_answer_is_kept_and_orders_the_band() {
    let home = home();
    let asked = home.run("ask --in roadmap --json --as-of 2026-11-22").json();
    let question = &asked["questions"][0];
    assert_eq!([&question["above"], &question["below"]], ["c1", "a1"]);
    assert!((number(&question["chance"]) - 0.598_438).abs() < 1e-6, "{asked}");
    let kept =
        home.run_all(&["ask", "--answer", "a1", "--over", "c1", "--why", "a pilot", "--json"]);
    let kept = kept.json();
    assert_eq!([&kept["item"], &kept["over"], &kept["why"]], ["a1", "c1", "a pilot"]);
    assert_eq!(kept["hat"], "pm");
    assert_eq!(home.run("ask --in roadmap --json").json()["questions"], json!([]));
    assert_eq!(home.run("rank --in roadmap --json").json()["items"][0]["id"], "a1");
    let text = home.text();
    assert!(home.run("ask --answer a1 --over c1").err.contains("as it was"));
    assert_eq!(home.text(), text);
    assert_eq!(home.run("ask --answer c1 --over a1").code, 0);
    let rounds = home.run("ask --in roadmap --json").json()["contradictions"].clone();
    assert_eq!(rounds, json!([["a1", "c1", "a1"]]));
}

#[test]
fn a_decision_against_the_score_says_so_and_is_looked_at_again() {
    let home = home();
    assert_eq!(home.run("move b1 --top --as-of 2026-11-22").code, 0);
    let kept =
        home.run_all(&["decide", "b1", "the board wants it", "--json", "--as-of", "2026-11-22"]);
    let kept = kept.json();
    assert_eq!([&kept["item"], &kept["what"]], ["b1", "kept above its score"]);
    assert_eq!([&kept["on"], &kept["review"]], ["2026-11-22", "2026-12-22"]);
    let other = home.run_all(&["decide", "x1", "nobody asked", "--json"]).json();
    assert_eq!([&other["what"], &other["review"]], [&json!("decided"), &Value::Null]);
    home.run_all(&["decide", "b1", " "]).fails(2, "say why");
}

#[test]
fn schedule_finds_the_order_of_least_delay_and_applies_it() {
    let home = home();
    let plan = home.run("schedule --json").json();
    assert_eq!(plan["order"], json!(["f2", "r1", "f3", "f1"]));
    assert!((number(&plan["cost"]) - 92_333.32).abs() < 0.01, "{plan}");
    assert_eq!(plan["optimal"], true);
    assert_eq!(plan["left_out"], json!([{"id": "x1", "needs": ["cost_of_delay", "duration"]}]));
    assert_eq!(plan["current"], json!(["f1", "f2", "f3", "r1"]));
    assert_eq!(home.text(), PLAN);
    let applied = home.run("schedule --apply");
    assert!(applied.out.contains("optimal"), "{applied:?}");
    // What is not rated keeps its place.
    let ids = home.run("list --in backlog --json").json();
    let ids: Vec<_> = ids.as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
    assert_eq!(ids, ["f2", "x1", "r1", "f3", "f1"]);
    assert!(home.run("schedule --apply").err.contains("as it was"));
}

#[test]
fn every_lane_has_an_order_of_its_own() {
    let plans = home().run("schedule --in roadmap --json").json();
    let places: Vec<_> =
        plans.as_array().unwrap().iter().map(|plan| plan["place"].clone()).collect();
    assert_eq!(places, ["now", "next", "later"]);
}

#[test]
fn what_is_kept_against_its_score_is_listed_with_how_it_ended() {
    let home = home();
    assert_eq!(home.run("decide --list --json").json(), json!([]));
    assert_eq!(home.run("move b1 --bottom --as-of 2026-11-22").code, 0);
    assert_eq!(home.run("decide b1 waits --as-of 2026-11-22").code, 0);
    let listed = home.run("decide --list --json --as-of 2026-11-22").json();
    assert_eq!(listed, json!([]), "b1 stands where its score puts it");
    assert_eq!(home.run("move b1 --top --as-of 2026-11-22").code, 0);
    assert_eq!(home.run("decide b1 promised --as-of 2026-11-22").code, 0);
    let listed = home.run("decide --list --json --as-of 2026-11-22").json();
    assert_eq!(listed[0]["item"], "b1");
    assert_eq!(listed[0]["what"], "kept above its score");
    assert_eq!([&listed[0]["stands"], &listed[0]["review"]], [&json!(true), &json!("2026-12-22")]);
    assert_eq!(home.run("move b1 --bottom --as-of 2026-11-22").code, 0);
    assert_eq!(home.run("decide --list --json --as-of 2026-11-22").json()[0]["stands"], false);
    assert!(home.run("decide --list").out.contains("back in its band"));
    assert_eq!(home.run("move b1 --top --as-of 2026-11-22").code, 0);
    assert_eq!(home.run("done b1").code, 0);
    let out = home.run("decide --list").out;
    assert!(out.contains("kept above its score  done"), "{out}");
    home.run("decide").fails(2, "required");
}

#[test]
fn two_frameworks_side_by_side_say_what_makes_them_differ() {
    let home = home();
    for (id, ratings) in [("a1", "1 9"), ("b1", "9 1"), ("c1", "5 5")] {
        let (value, effort) = ratings.split_once(' ').unwrap();
        let set = format!("set {id} value_effort.value={value} value_effort.effort={effort}");
        assert_eq!(home.run(&set).code, 0);
    }
    let seen = home.run("rank --in roadmap --lens value_effort --json").json();
    assert_eq!([&seen["framework"], &seen["lens"]], ["rice", "value_effort"]);
    assert!((number(&seen["tau"]) + 1.0 / 3.0).abs() < 1e-9, "{seen}");
    assert_eq!(
        [&seen["items"][0]["id"], &seen["items"][0]["ranks"]],
        [&json!("b1"), &json!([3, 1])]
    );
    let why = &seen["items"][0]["why"];
    assert_eq!(
        why[0],
        json!({
            "framework": "rice", "factor": "effort", "value": 4, "usual": 2, "pulls": "down"
        })
    );
    let out = home.run("rank --in roadmap --lens value_effort").out;
    assert!(out.contains("down in RICE by effort 4, usual is 2"), "{out}");
}

#[test]
fn a_rating_off_its_scale_is_named() {
    let home = Home::with(&PLAN.replace(
        r#""rice":{"reach":800}"#,
        r#""rice":{"reach":-800,"impact":1,"confidence":80,"effort":1}"#,
    ));
    let out = home.run("rank --in roadmap").out;
    assert!(out.contains("reach -800 is not on its scale at least 0 · needs reach"), "{out}");
    let rank = home.run("rank --in roadmap --json").json();
    assert_eq!(
        rank["unscored"][0]["off_scale"],
        json!(["reach -800 is not on its scale at least 0"])
    );
}

#[test]
fn no_trials_at_all_are_refused() {
    home().run("rank --trials 0").fails(2, "at least 1 is needed");
}

#[test]
fn an_answer_that_contradicts_others_says_so_at_once_and_how_to_take_it_back() {
    let home = home();
    assert_eq!(home.run("ask --answer a1 --over c1").code, 0);
    let told = home.run("ask --answer c1 --over a1").err;
    assert!(told.contains("contradict each other: Rates before Feeds before Rates"), "{told}");
    let id = told.split("twohats set ").nth(1).unwrap().split(' ').next().unwrap();
    assert_eq!(home.run(&format!("set {id} ended=back")).code, 0);
    let left = home.run("ask --in roadmap --json").json();
    assert_eq!(left["contradictions"], json!([]));
}

#[test]
fn that_nobody_can_tell_is_an_answer() {
    let home = home();
    let count =
        || home.run("ask --in roadmap --json").json()["questions"].as_array().unwrap().len();
    assert_eq!(count(), 1);
    assert_eq!(home.run("ask --answer c1 --over a1 --unsure").code, 0);
    assert_eq!(count(), 0);
    assert_eq!(home.run("rank --in roadmap --json").json()["items"][0]["id"], "c1");
}

/// What was kept against its score: item, why, how it ended.
fn kept(home: &Home) -> Value {
    let all = home.run("decide --list --json").json();
    let all = all.as_array().unwrap().iter();
    all.map(|kept| json!([kept["item"], kept["why"], kept["ended"]])).collect()
}

#[test]
fn a_move_against_the_score_is_kept_with_its_reason_and_ends_when_it_goes_back() {
    let home = home();
    let moved = home.run("move r1 --top --as-of 2026-11-22");
    assert!(moved.err.contains("against its score: `twohats decide ID WHY` says why"), "{moved:?}");
    assert_eq!(kept(&home), json!([["r1", null, null]]));
    // A reason may come later; going back ends it, and what has a reason leaves a trace.
    home.run_all(&["move", "r1", "--by", "1", "--why", "a pilot waits"]);
    assert_eq!(kept(&home), json!([["r1", "a pilot waits", null]]));
    home.run("move r1 --bottom");
    assert_eq!(kept(&home), json!([["r1", "a pilot waits", "back in its band"]]));
}

#[test]
fn a_reason_for_a_move_with_the_score_is_not_kept_and_that_is_said() {
    let home = home();
    let moved = home.run("move f2 --top --why because");
    assert!(moved.err.contains("not against its score"), "{moved:?}");
    assert_eq!(kept(&home), json!([]));
    // To the other pane is no matter of the score.
    home.run("move r1 --to now --top");
    assert_eq!(kept(&home), json!([]));
}
