//! The verb that says when: dates, amounts, what if, and how often that was right.

use super::cli::Home;
use serde_json::{Value, json};
use std::fs;

/// The throughput of a published spreadsheet, in closed sprints of two weeks.
const SEEN: [u8; 24] =
    [16, 3, 10, 6, 19, 11, 17, 17, 15, 9, 11, 8, 5, 13, 5, 7, 8, 6, 10, 10, 8, 5, 5, 7];

fn workspace(seen: &[u8], backlog: &str) -> String {
    let first = "2025-01-06".parse::<jiff::civil::Date>().unwrap();
    let sprint = |(at, points): (usize, &u8)| {
        let start = first.saturating_add(jiff::ToSpan::days(14 * i64::try_from(at).unwrap()));
        let end = start.saturating_add(jiff::ToSpan::days(13));
        format!(
            r#"{{"id":"s{at}","name":"Sprint {}","start":"{start}","end":"{end}","state":"closed","delivered":{points}}}"#,
            at + 1
        )
    };
    let sprints: Vec<String> = seen.iter().enumerate().map(sprint).collect();
    format!(
        "{{\"twohats\":1,\"product\":{{\"name\":\"P\"}},\"sprints\":[{}],\"backlog\":[{backlog}],\"inbox\":[],\"done\":[]}}\n",
        sprints.join(",")
    )
}

fn home() -> Home {
    let backlog = r#"{"id":"a1","kind":"story","title":"Fifty","points":50},
        {"id":"b1","kind":"story","title":"Ten more","points":10},
        {"id":"i1","kind":"idea","title":"Perhaps"},
        {"id":"c1","kind":"story","title":"Small","points":2}"#;
    Home::with(&workspace(&SEEN, backlog))
}

fn close(found: &Value, expected: f64) -> bool {
    (found.as_f64().unwrap() - expected).abs() < 1e-5
}

/// Vectors F1 and F2.
#[test]
fn resampling_gives_the_published_chances() {
    let found = home().run("forecast --method resample --last 24 --as-of 2025-12-08 --json").json();
    assert_eq!(found["method"], "resample");
    assert_eq!(found["sprint_days"], 14);
    assert_eq!(found["basis"].as_array().unwrap().len(), 24);
    assert_eq!(found["not_enough"], Value::Null);
    let ids: Vec<&Value> =
        found["items"].as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, ["a1", "b1", "c1"]);
    assert!(close(&found["items"][0]["chance_by_sprint"][5], 0.768_819));
    let sixty = &found["items"][1]["chance_by_sprint"];
    let expected = [0.12884, 0.42019, 0.74042, 0.92654, 0.98750];
    assert!((4..9).zip(expected).all(|(at, chance)| close(&sixty[at], chance)), "{sixty}");
    assert_eq!(sixty.as_array().unwrap().len(), 12);
    assert_eq!(found["items"][1]["p50"], "2026-03-15");
    assert_eq!(found["items"][1]["p85"], "2026-03-29");
    assert_eq!(found["items"][1]["assumed"], false);
    let lines = found["lines"].as_array().unwrap();
    assert_eq!(lines[0]["sprint"], "Sprint 25");
    assert_eq!(lines[0]["ends"], "2025-12-21");
    assert_eq!(lines[0]["after"], Value::Null);
    assert_eq!(lines.last().unwrap()["after"], "c1");
}

#[test]
fn how_much_by_a_day_and_what_if_it_came_first() {
    let home = home();
    let by = "forecast --method resample --last 24 --as-of 2025-12-08 --by 2026-03-01 --json";
    let found = home.run(by).json();
    assert_eq!(found["by"]["sprints"], 6);
    assert_eq!(found["by"]["amounts"]["85"], 47);
    assert_eq!(found["by"]["after"]["85"], Value::Null);
    let found =
        home.run_all(&["forecast", "--as-of", "2025-12-08", "--if", "c1 top", "--json"]).json();
    assert_eq!(found["items"][0]["id"], "c1");
    let changed = found["changes"].as_array().unwrap();
    let first = changed.iter().find(|change| change["id"] == "c1").unwrap();
    assert!(first["after"]["p85"].as_str() < first["before"]["p85"].as_str(), "{first}");
    let same = home.run_all(&["forecast", "--as-of", "2025-12-08", "--if", "a1 top"]).out;
    assert!(same.contains("no date would change at 85 %"), "{same}");
    assert!(home.run("forecast --if c1").code != 0);
    assert_eq!(home.run("list --in backlog --json").json()[0]["id"], "a1", "nothing is changed");
}

#[test]
fn what_no_sprint_reaches_is_said_alike_everywhere() {
    let home = home();
    assert_eq!(home.run("set c1 points=9000").code, 0);
    let beyond = "later than any sprint that is looked ahead";
    let one = home.run("forecast --as-of 2025-12-08 --item c1").out;
    assert!(one.contains(&format!("done {beyond} at 50 %")), "{one}");
    let detail = screen(&home, "]G").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(detail.contains(&format!("done {beyond}")) && !detail.contains("by later"), "{detail}");
}

#[test]
fn the_words_say_dates_and_where_sprints_end() {
    let home = home();
    let all = home.run("forecast --as-of 2025-12-08").out;
    assert!(all.starts_with("calibrated, from the points of 12 sprints: 5 13 5 7"), "{all}");
    assert!(all.contains("── Sprint 25 ends 21 Dec 2025 · 85 % sure ──"), "{all}");
    let one = home.run("forecast --as-of 2025-12-08 --item c1").out;
    assert!(one.contains("Small\ndone by "), "{one}");
    assert!(!one.contains("100"), "never certain: {one}");
    let idea = home.run("forecast --as-of 2025-12-08 --item i1").out;
    assert!(idea.contains("no work of the backlog"), "{idea}");
}

#[test]
fn too_few_sprints_give_no_dates_and_say_why() {
    let backlog = r#"{"id":"a1","kind":"story","title":"One","points":3}"#;
    let few = Home::with(&workspace(&SEEN[..4], backlog));
    let found = few.run("forecast --as-of 2026-01-01 --json").json();
    assert_eq!(found["not_enough"], "no dates yet: 4 closed sprints, and 5 are needed");
    assert_eq!(found["items"][0]["p85"], Value::Null);
    assert_eq!(found["lines"], json!([]));
    // Five are enough for 85 %, and not for 95 %.
    let five = Home::with(&workspace(&SEEN[..5], backlog));
    let found = five.run("forecast --as-of 2026-01-01 --json").json();
    assert!(found["items"][0]["p85"].is_string() && found["items"][0]["p95"].is_null(), "{found}");
}

#[test]
fn what_sprints_of_other_lengths_delivered_is_said_for_the_usual_one() {
    let days = |end: &str| format!(r#""end":"2025-{end}","state":"closed""#);
    let backlog = r#"{"id":"a1","kind":"story","title":"One","points":3}"#;
    let text = workspace(&SEEN[..5], backlog);
    assert!(!Home::with(&text).run("forecast --as-of 2026-01-01").out.contains("each"));
    let one_week = Home::with(&text.replace(&days("01-19"), &days("01-12")));
    let out = one_week.run("forecast --as-of 2026-01-01").out;
    assert!(out.contains("of 5 sprints in 10 working days each: 32 3 10 6 19\n"), "{out}");
    let found = one_week.run("forecast --as-of 2026-01-01 --json").json();
    assert_eq!((&found["working_days"], &found["basis"][0]), (&json!(10), &json!(32)));
    let at_once = Home::with(&text.replace(&days("03-16"), &days("03-03")));
    let out = at_once.run("forecast --as-of 2026-01-01");
    let words =
        "no dates yet: 4 closed sprints, short ones counted with the next, and 5 are needed";
    assert!(out.err.contains(words), "{out:?}");
}

#[test]
fn a_backtest_needs_no_workspace_and_takes_any_bytes() {
    let home = Home::new();
    fs::remove_file(home.file()).unwrap();
    let [history, odd] = ["history.csv", "odd.csv"].map(|name| home.file().with_file_name(name));
    let test = |path: &std::path::Path, more: &[&str]| {
        home.run_all(&[&["forecast", "--backtest", "--csv", path.to_str().unwrap()], more].concat())
    };
    let mut table = b"boardid,sprintid,name,vel_diff,vel_starttime\n".to_vec();
    for (at, points) in SEEN.iter().enumerate() {
        table.extend(format!("7,{at},").as_bytes());
        table.extend(b"\xdcbung,");
        table.extend(format!("-1,{}\n", points + 1).as_bytes());
    }
    fs::write(&history, table).unwrap();
    let found = test(&history, &["--json"]).json();
    assert_eq!([&found["boards"], &found["sprints"], &found["tested"]], [1, 24, 19]);
    assert_eq!([&found["ahead"][0]["n"], &found["ahead"][1]["n"]], [1, 3]);
    assert!(found["ahead"][0]["coverage"]["85"].as_f64().unwrap() > 0.5, "{found}");
    assert!(found["ahead"][1]["pinball"].as_f64().unwrap() > 0.0, "{found}");
    let words = test(&history, &[]).out;
    assert!(words.starts_with("1 board, 24 sprints; calibrated from the newest 12\n"), "{words}");
    assert_eq!(test(&odd, &[]).code, 74);
    fs::write(&odd, "a,b\n1,2\n").unwrap();
    let odd = test(&odd, &[]);
    assert!(odd.code == 1 && odd.err.contains("no column `boardid`"), "{}", odd.err);
}

#[test]
fn a_backtest_of_ones_own_sprints() {
    let found = home().run("forecast --backtest --as-of 2025-12-08 --json").json();
    assert_eq!([&found["sprints"], &found["tested"]], [24, 19]);
}

/// The screen after these keys.
fn screen(home: &Home, keys: &str) -> String {
    home.run_all(&["picture", "--as-of", "2025-12-08", "--size", "120x40", "--keys", keys]).out
}

/// A backlog of which about two sprints are sure.
fn small() -> Home {
    let backlog = r#"{"id":"a1","kind":"story","title":"First","points":3},
        {"id":"b1","kind":"story","title":"Second","points":9},
        {"id":"c1","kind":"story","title":"Third","points":2}"#;
    Home::with(&workspace(&SEEN, backlog))
}

#[test]
fn on_the_board_the_ends_of_sprints_stand_between_the_rows_and_move_with_them() {
    let home = small();
    let order = |keys: &str| {
        let screen = screen(&home, keys);
        let words = ["First", "Second", "Third", "Sprint 25", "Sprint 27"];
        let of = |line: &str| words.into_iter().find(|word| line.contains(word));
        let panes = screen.lines().take_while(|line| !line.starts_with('└'));
        panes.filter_map(of).collect::<Vec<_>>().join(", ")
    };
    // After Sprint 26 nothing more is sure than after the one before it.
    assert_eq!(order("]"), "First, Sprint 25, Second, Third, Sprint 27");
    assert_eq!(order("]GKgg"), "First, Third, Sprint 25, Second, Sprint 27");
    let detail = screen(&home, "]G");
    assert!(detail.contains("done by 4 Jan 2026 (50 %) · "), "{detail}");
    let detail = screen(&home, "]G2K");
    assert!(detail.contains("done by 21 Dec 2025 (95 %)"), "{detail}");
    // In score order there is no time.
    assert!(!screen(&home, "]o").contains("Sprint 25 ends"));
}

#[test]
fn the_palette_answers_when_how_much_and_what_if() {
    let home = small();
    let when = screen(&home, "]G:whenwill<enter>");
    assert!(when.contains("When Third will be done") && when.contains("85 %  by "), "{when}");
    let by = screen(&home, "]:howmuch<enter>2026-01-18<enter>");
    assert!(by.contains("By 18 Jan 2026: 3 sprints end") && by.contains(", down to "), "{by}");
    let what_if = screen(&home, "]G:whatiftop<enter>");
    assert!(what_if.contains("If Third came first"), "{what_if}");
    assert!(what_if.contains("→ 21 Dec 2025"), "{what_if}");
    assert_eq!(home.run("list --in backlog --json").json()[2]["id"], "c1");
}
