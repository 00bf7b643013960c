//! What the keys of the board do to an order and a plan, done by a command.

use crate::cli::Home;
use serde_json::Value;

fn decisions(home: &Home) -> Vec<Value> {
    let file: Value = serde_json::from_str(&home.text()).unwrap();
    file["decisions"].as_array().cloned().unwrap_or_default()
}

#[test]
fn out_of_a_running_sprint_is_against_the_plan_and_asks_why() {
    let home = Home::new();
    let ran = home.run("set b2 sprint= --as-of 2026-11-25");
    assert!(ran.err.contains("against the plan: `twohats decide b2m8w1 WHY` says why"), "{ran:?}");
    let kept = decisions(&home);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["what"], "out of the running sprint");
    assert!(kept[0].get("why").is_none());
    home.run_all(&["decide", "b2", "the bank is late", "--as-of", "2026-11-25"]);
    let kept = decisions(&home);
    assert_eq!(kept.len(), 1, "the decision that is there gets the reason: {kept:?}");
    assert_eq!(kept[0]["why"], "the bank is late");
    home.run_all(&["set", "b2", "sprint=Sprint 14", "--as-of", "2026-11-26"]);
    assert_eq!(decisions(&home)[0]["ended"], "back in the sprint");
}

#[test]
fn the_reason_can_come_with_the_change() {
    let home = Home::new();
    let ran = home.run_all(&["set", "b2", "sprint=", "--why", "the bank is late"]);
    assert!(ran.err.contains("against the plan, and why is kept"), "{ran:?}");
    assert_eq!(decisions(&home)[0]["why"], "the bank is late");
    let home = Home::new();
    let ran = home.run_all(&["move", "k7f", "--to", "later", "--why", "a law came first"]);
    assert!(ran.err.contains("against the plan, and why is kept"), "{ran:?}");
    assert_eq!(decisions(&home)[0]["what"], "out of Now after it was handed over");
    assert_eq!(decisions(&home)[0]["why"], "a law came first");
    let home = Home::new();
    home.run_all(&["sprint", "plan", "14", "--out", "b2", "--why", "the bank is late"]);
    assert_eq!(decisions(&home)[0]["why"], "the bank is late");
}

#[test]
fn what_is_taken_back_on_the_same_day_leaves_no_trace() {
    let home = Home::new();
    home.run("move k7f --to next --as-of 2026-11-25");
    assert_eq!(decisions(&home).len(), 1);
    home.run("move k7f --to now --as-of 2026-11-25");
    assert!(decisions(&home).is_empty());
}

#[test]
fn a_copy_stands_right_below_and_begins_anew() {
    let home = Home::new();
    let ran = home.run("duplicate d9 b2 --as-of 2026-11-25");
    let new: Vec<&str> = ran.out.lines().collect();
    assert_eq!(new.len(), 2, "{ran:?}");
    let [of_done, copy] = [0, 1].map(|at| home.run(&format!("show {} --json", new[at])).json());
    assert_eq!((&copy["title"], &copy["position"]), (&"Import a bank CSV".into(), &3.into()));
    assert_eq!(copy["created"], "2026-11-25");
    assert!(of_done.get("done").is_none(), "{of_done}");
    assert_eq!((&of_done["place"], &of_done["position"]), (&"backlog".into(), &1.into()));
}

#[test]
fn the_order_of_the_scores_can_be_made_ones_own() {
    let home = Home::new();
    for (id, value) in [("b2", 1), ("c3", 8), ("e5", 5)] {
        home.run(&format!(
            "set {id} wsjf.value={value} wsjf.urgency=1 wsjf.opportunity=1 wsjf.size=1"
        ));
    }
    assert_eq!(home.order("backlog"), "bce");
    let ran = home.run("score --in backlog --apply");
    assert_eq!(ran.err, "twohats: put in the order of the scores\n");
    assert_eq!(home.order("backlog"), "ceb");
    let again = home.run("score --in backlog --apply --quiet");
    assert_eq!((again.err.as_str(), again.code), ("", 0));
    assert_eq!(
        home.run("score --in backlog --apply --filter kind:bug").code,
        2,
        "places are put in order as a whole"
    );
}

#[test]
fn an_item_is_broken_down_and_an_initiative_handed_over() {
    let home = Home::new();
    let ran = home.run_all(&["break-down", "b2", "2 task: Read it #io", "Undo it"]);
    assert_eq!(ran.out.lines().count(), 2);
    assert_eq!(ran.err, "twohats: broke Import a bank CSV down into 2\n");
    let parts = home.run_all(&["list", "--filter", "parent:b2", "--json"]).json();
    assert_eq!((&parts[0]["kind"], &parts[0]["points"]), (&"task".into(), &2.into()));
    assert_eq!((&parts[1]["title"], &parts[1]["position"]), (&"Undo it".into(), &3.into()));
    let words = ["--why", "they asked", "--epic", "Imports", "--measure", "support mails"];
    let ran = home.run_all(&[&["break-down", "k7z", "Send it"], &words[..]].concat());
    assert_eq!(ran.err, "twohats: handed over Invoices, 1 to do\n");
    let epic = home.run_all(&["list", "--filter", "parent:k7z", "--json"]).json();
    assert_eq!((&epic[0]["kind"], &epic[0]["title"]), (&"epic".into(), &"Imports".into()));
    assert_eq!(decisions(&home)[0]["what"], "handed over");
    let initiative = home.run("show k7z --json").json();
    assert_eq!(initiative["experiment"]["measure"], "support mails");
    home.run_all(&["break-down", "k7z", "--hypothesis", "fewer mails"]);
    let initiative = home.run("show k7z --json").json();
    assert_eq!(initiative["experiment"]["measure"], "support mails", "what is not said stays");
    home.run("break-down c3n9x2").fails(2, "write at least one part");
    home.run_all(&["break-down", "c3n9x2", "x", "--epic", "y"]).fails(2, "on the roadmap");
    assert_eq!(
        home.piped("break-down c3n9x2 - --json", "One\nTwo\n").json().as_array().unwrap().len(),
        2
    );
}
