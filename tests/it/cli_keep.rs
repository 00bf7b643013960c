//! What became of a workspace, what two sides left undecided, and earlier versions.

use super::cli::{BEFORE, Home};
use super::cli_git::git;
use std::fs;
use std::process::Command;

/// Two workspaces that differ in one thing of each sort.
fn edited() -> (Home, String) {
    let home = Home::new();
    fs::copy(home.file(), home.folder.path().join("a.json")).unwrap();
    for args in [
        "move k7f --to next",
        "move e5q --top",
        "set b2 title=Import",
        "set k7f rice.reach=500 rice.effort=",
        "set c3n points=3 tags+=csv due=2026-12-18",
        "rm f0d",
    ] {
        assert_eq!(home.run(args).code, 0, "{args}");
    }
    home.run_all(&["set", "settings", "now_limit="]);
    let added = home.run_all(&["add", "Export", "--to", "inbox"]).out.trim().to_owned();
    (home, added)
}

#[test]
fn what_became_of_a_workspace_is_told_in_sentences() {
    let (home, _) = edited();
    let ran = home.run("diff a.json twohats.json --as-of 2026-11-22");
    insta::assert_snapshot!(ran.out, @r"
    removed “CSV import drops the last row” from the inbox
    rescored “Bank feeds”: rice.reach 450 → 500, rice.effort 2 → –
    renamed “Import a bank CSV” to “Import”
    changed “Rows go missing”: tags bank → bank, csv
    changed “Rows go missing”: points – → 3
    changed “Rows go missing”: due – → 18 Dec 2026
    changed the settings: limit of Now 2 → –
    moved “Bank feeds” from Now to Next
    moved “Match rules” in the backlog: now at the top
    added “Export” to the inbox
    added “out of Now after it was handed over” to the decisions
    ");
    assert_eq!(home.run("diff a.json a.json").out, "");
}

#[test]
fn what_became_of_a_workspace_is_data_too() {
    let (home, added) = edited();
    let told = home.run("diff a.json twohats.json --json").json();
    let told = told.as_array().unwrap();
    let of = |id: &str, change: &str| {
        told.iter().find(|one| one["id"] == id && one["change"] == change).unwrap()
    };
    assert_eq!(of("k7f3q9", "moved")["from"]["place"], "now");
    assert_eq!(of("k7f3q9", "moved")["to"]["position"], 1);
    assert_eq!(of("b2m8w1", "set")["before"], "Import a bank CSV");
    assert_eq!(of("b2m8w1", "set")["after"], "Import");
    assert_eq!(of("f0d4v6", "removed")["from"]["place"], "inbox");
    assert_eq!(of(&added, "added")["title"], "Export");
}

/// Three files in which both sides renamed an item, and each did something else.
fn split() -> Home {
    let home = Home::new();
    let at = |name: &str| home.folder.path().join(name);
    fs::write(at("base.json"), BEFORE).unwrap();
    let theirs = BEFORE.replace("Match rules", "Rules that match").replace("Rows go", "Lines go");
    fs::write(at("theirs.json"), theirs).unwrap();
    fs::write(home.file(), BEFORE.replace("Match rules", "Match by rule")).unwrap();
    home
}

#[test]
fn a_merge_keeps_both_values_and_ends_with_3() {
    let home = split();
    let ran = home.run("merge base.json twohats.json theirs.json");
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(home.text().contains("Lines go missing"));
    let open = home.run("conflicts");
    insta::assert_snapshot!(open.out, @r"
    e5q1z4  Match by rule
      title: Match by rule
      or: Rules that match
    ");
    let data = home.run("conflicts --json").json();
    assert_eq!(data[0]["mine"], "Match by rule");
    assert_eq!(data[0]["theirs"], "Rules that match");
    assert_eq!(home.run("conflicts e5 --keep theirs").code, 0);
    assert!(home.text().contains("\"title\":\"Rules that match\""), "{}", home.text());
    assert!(!home.text().contains("\"conflict\""));
    assert_eq!(home.run("conflicts").out, "");
}

#[test]
fn of_two_values_it_is_said_when_they_were_written_where_that_is_known() {
    let home = split();
    fs::write(home.file(), BEFORE).unwrap();
    home.run_all(&["set", "e5", "title=Match by rule"]);
    assert_eq!(home.run("merge base.json twohats.json theirs.json").code, 3);
    let open = home.run("conflicts --json").json();
    assert!(open[0]["mine_at"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{open}");
    assert!(open[0]["theirs_at"].is_null(), "that was written elsewhere: {open}");
    let said = home.run("conflicts").out;
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[1].starts_with("  title: Match by rule  written "), "{said}");
    assert_eq!(lines[2], "  or: Rules that match");
}

#[test]
fn a_merge_without_doubt_ends_with_0() {
    let home = split();
    fs::write(home.file(), BEFORE.replace("\"points\":8", "\"points\":13")).unwrap();
    assert_eq!(home.run("merge base.json twohats.json theirs.json").code, 0);
    assert!(home.text().contains("\"points\":13") && home.text().contains("Rules that match"));
}

#[test]
fn a_merge_of_what_is_no_workspace_ends_with_129_and_writes_nothing() {
    let home = split();
    let before = home.text();
    fs::write(home.folder.path().join("theirs.json"), "{ not json").unwrap();
    home.run("merge base.json twohats.json theirs.json").fails(129, "theirs.json");
    home.run("merge gone.json twohats.json twohats.json").fails(129, "gone.json");
    assert_eq!(home.text(), before);
}

#[test]
fn what_is_gone_or_cut_off_is_answered_with_the_way_back() {
    let home = with_backup();
    let whole = home.text();
    fs::write(home.file(), &whole[..whole.len() / 2]).unwrap();
    home.run("list").fails(65, "`twohats restore --file ");
    fs::remove_file(home.file()).unwrap();
    let gone = home.run("list");
    gone.fails(1, "`twohats restore --file ");
    assert!(!gone.err.contains("init"), "{gone:?}");
    home.run_all(&["list", "--file", "twohats.json"]).fails(1, "`twohats restore --file ");
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), BEFORE);
    home.run("list --file never.json").fails(1, "`twohats init` makes one");
}

/// A home whose workspace was restored once, so that there is a backup of how it was.
fn with_backup() -> Home {
    let home = Home::new();
    let state = home.folder.path().join(".local/state/twohats");
    let site = twohats::store::Site { state: Some(state), ..twohats::store::Site::stateless() };
    let reason = twohats::store::backup::Reason::Session;
    twohats::store::backup::keep(&site, &home.file(), BEFORE.as_bytes(), reason).unwrap();
    home
}

#[test]
fn an_earlier_version_is_listed_compared_and_brought_back_to_the_byte() {
    let home = with_backup();
    assert_eq!(home.run("set b2 title=Import").code, 0);
    let after = home.text();
    assert!(home.run("backups").out.contains("before the first save of a session"));
    assert_eq!(home.run("restore").out, home.run("backups").out);
    assert_eq!(home.run("restore --diff 1").out, "renamed “Import” to “Import a bank CSV”\n");
    assert_eq!(home.text(), after, "nothing is brought back yet");
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), BEFORE);
    let all = home.run("backups --json").json();
    let kept = all.as_array().unwrap().iter().find(|one| one["reason"] == "restored").unwrap();
    assert_eq!(fs::read_to_string(kept["path"].as_str().unwrap()).unwrap(), after);
    home.run("restore 9").fails(1, "there is no version 9");
}

#[test]
fn a_broken_or_missing_file_is_mended_by_an_earlier_version() {
    let home = with_backup();
    fs::write(home.file(), "{ broken").unwrap();
    home.run("list").fails(65, "twohats.json");
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), BEFORE);
    let all = home.run("backups --json").json();
    let kept = all.as_array().unwrap().iter().find(|one| one["reason"] == "restored").unwrap();
    assert_eq!(fs::read_to_string(kept["path"].as_str().unwrap()).unwrap(), "{ broken");
    fs::remove_file(home.file()).unwrap();
    let number = all.as_array().unwrap().iter().position(|one| one["reason"] == "session").unwrap();
    let path = home.file().display().to_string();
    let ran = home.run(&format!("restore {} --file {path}", number + 1));
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn the_doctor_says_what_is_not_well_and_what_to_do() {
    let home = Home::new();
    let ran = home.run("doctor");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("the directory can be locked"));
    fs::write(home.file(), "{ broken").unwrap();
    let ran = home.run("doctor");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("key must be a string"), "{ran:?}");
    assert!(!ran.out.contains("earlier version,"), "there is none: {ran:?}");
    assert!(home.run_all(&["doctor", "--json"]).out.contains("\"health\":\"wrong\""));
}

#[test]
fn what_can_be_done_with_a_file_that_is_cut_off_is_said_whatever_there_is_of_it() {
    let home = with_backup();
    let cut = |home: &Home| fs::write(home.file(), &BEFORE[..BEFORE.len() / 2]).unwrap();
    cut(&home);
    home.run("list").fails(65, "`twohats restore");
    let home = Home::new();
    cut(&home);
    let ran = home.run("list");
    ran.fails(65, "the file seems to be cut off");
    ran.fails(65, "no earlier version is kept here, and git has none");
    ran.fails(65, "`twohats doctor --file ");
    assert!(home.run("doctor").out.contains("no earlier version is kept here"));
    fs::write(home.file(), "").unwrap();
    home.run("list").fails(65, "no earlier version is kept here");
    fs::write(home.file(), BEFORE).unwrap();
    git(&home, "init -q");
    git(&home, "add twohats.json");
    git(&home, "commit -qm one");
    cut(&home);
    let ran = home.run("list");
    ran.fails(65, "but git has one: `git -C ");
    let command = ran.err.split('`').nth(1).unwrap();
    let shown = Command::new("sh").args(["-c", command]).output().unwrap();
    assert_eq!(String::from_utf8(shown.stdout).unwrap(), BEFORE);
}

#[test]
fn a_copy_in_conflict_is_brought_in_and_put_away() {
    let home = Home::new();
    let copy = home.folder.path().join("twohats.sync-conflict-20261122-101010-ABCDEFG.json");
    fs::copy(home.file(), &copy).unwrap();
    let theirs = fs::read_to_string(&copy).unwrap().replace("Match rules", "Rules");
    fs::write(&copy, theirs).unwrap();
    let name = copy.to_str().unwrap();
    let ran = home.run_all(&["merge-copy", name]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(!copy.exists() && ran.err.contains("the copy is kept as"), "{ran:?}");
    assert!(home.run("conflicts").out.contains("or: Rules"));
    assert!(home.run("backups").out.contains("a copy in conflict"));
    let ran = home.run_all(&["merge-copy", name]);
    assert_eq!(ran.code, 1, "{ran:?}");
}
