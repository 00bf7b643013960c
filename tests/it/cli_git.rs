//! A workspace in git, with the real git.

use super::cli::{BEFORE, Home, ran};
use std::fs;
use std::process::Command;
use twohats::store::Site;
use twohats::store::copies::merge_branches;

/// Runs git in a home, untouched by how git is set up here.
#[track_caller]
pub(super) fn git(home: &Home, arguments: &str) -> String {
    let mut git = home.of(Command::new("git"));
    git.args(arguments.split(' '))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.org");
    }
    let ran = ran(git.spawn().unwrap());
    format!("{}{}{}", ran.code, ran.out, ran.err)
}

/// Two branches that came from the same workspace, with what was done on each.
pub(super) fn branches(set_up: bool, ours: &[&str], theirs: &[&str]) -> Home {
    let home = Home::new();
    git(&home, "init -q -b main");
    if set_up {
        let ran = home.run("git-setup");
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    git(&home, "add twohats.json");
    git(&home, "add .gitattributes");
    git(&home, "commit -qm begin");
    git(&home, "checkout -qb theirs");
    theirs.iter().for_each(|verb| assert_eq!(home.run(verb).code, 0));
    git(&home, "commit -qam theirs");
    git(&home, "checkout -q main");
    ours.iter().for_each(|verb| assert_eq!(home.run(verb).code, 0));
    git(&home, "commit -qam ours");
    home
}

#[test]
fn two_branches_that_move_one_item_merge_into_one_item() {
    let ours = ["move c3 --to now --top", "set c3 title=Ours"];
    let theirs = ["move c3 --to later", "set c3 title=Theirs"];
    let home = branches(true, &ours, &theirs);
    let merged = git(&home, "merge -q theirs");
    assert!(merged.starts_with('1'), "git stops for the conflict: {merged}");
    assert_eq!(home.text().matches("\"id\":\"c3n9x2\"").count(), 1);
    let items = home.run("list --json").json();
    let item = items.as_array().unwrap().iter().find(|item| item["id"] == "c3n9x2").unwrap();
    assert_eq!(item["place"], "now");
    let open = home.run("conflicts --json").json();
    assert_eq!(open.as_array().unwrap().len(), 2);
    assert_eq!([&open[0]["mine"], &open[0]["theirs"]], ["Ours", "Theirs"]);
    assert_eq!(open[1]["field"], "place");
    assert_eq!([&open[1]["mine"]["place"], &open[1]["theirs"]["place"]], ["now", "later"]);
    let listed = home.run("conflicts").out;
    assert!(listed.contains("place: first in Now\n  or: first in Later"), "{listed}");
    assert_eq!(home.run("conflicts c3 --keep theirs").code, 0);
    let items = home.run("list --json").json();
    let item = items.as_array().unwrap().iter().find(|item| item["id"] == "c3n9x2").unwrap();
    assert_eq!([&item["place"], &item["title"]], ["later", "Theirs"]);
    assert!(item.get("conflict").is_none());
}

#[test]
fn two_branches_that_work_beside_each_other_merge_cleanly() {
    let home = branches(true, &["add Ours", "move c3 --top"], &["add Theirs", "set c3 points=3"]);
    let merged = git(&home, "merge -q theirs");
    assert!(merged.starts_with('0'), "{merged}");
    let titles = home.run("list --in backlog").out;
    assert!(titles.contains("Ours") && titles.contains("Theirs"), "{titles}");
    assert_eq!(home.order("backlog").chars().next(), Some('c'));
    assert!(home.text().contains("\"points\":3"));
}

#[test]
fn without_the_driver_git_marks_lines_and_the_file_is_told_to_be_in_conflict() {
    let home = branches(false, &["set c3 title=Ours"], &["set c3 title=Theirs"]);
    assert!(git(&home, "merge -q theirs").starts_with('1'));
    home.run("list").fails(65, "twohats.json");
}

#[test]
fn git_is_set_up_once_and_keeps_what_was_there() {
    let home = Home::new();
    home.run("git-setup").fails(1, "git refuses: ");
    git(&home, "init -q");
    let attributes = home.folder.path().join(".gitattributes");
    fs::write(&attributes, "*.png binary").unwrap();
    for _ in 0..2 {
        assert_eq!(home.run("git-setup").code, 0);
        assert_eq!(
            fs::read_to_string(&attributes).unwrap(),
            "*.png binary\ntwohats.json merge=twohats -text\n"
        );
    }
    let driver = git(&home, "config merge.twohats.driver");
    assert!(driver.contains(env!("CARGO_BIN_EXE_twohats")), "{driver}");
    let exclude = fs::read_to_string(home.folder.path().join(".git/info/exclude")).unwrap();
    assert_eq!(exclude.matches(".twohats.json.*.tmp").count(), 1);
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn what_git_marked_is_merged_by_records_from_what_it_kept() {
    let home = branches(false, &["set c3 title=Ours"], &["set c3 title=Theirs", "set b2 points=3"]);
    git(&home, "merge -q theirs");
    assert!(home.text().contains("<<<<<<<"));
    let site = Site { state: Some(home.folder.path().join("state")), ..Site::stateless() };
    let path = home.file();
    let notes = merge_branches(&site, &path).unwrap();
    assert_eq!(notes.len(), 1);
    let text = home.text();
    assert!(
        text.contains("\"title\":\"Ours\"") && text.contains("{\"title\":\"Theirs\"}"),
        "{text}"
    );
    assert!(text.contains("\"points\":3"), "{text}");
    git(&home, "add twohats.json");
    assert!(git(&home, "commit -qm merged").starts_with('0'));
    let error = merge_branches(&site, &path).unwrap_err();
    assert!(error.to_string().contains("not in conflict"), "{error}");
    assert_eq!(home.text(), text);
}

#[test]
fn why_git_gives_no_versions_is_said_in_its_words_and_nothing_is_written() {
    let home = Home::new();
    let site = Site { state: Some(home.folder.path().join("state")), ..Site::stateless() };
    let error = merge_branches(&site, &home.file()).unwrap_err().to_string();
    assert!(error.contains("not a git repository"), "{error}");
    // A version that git has lost is not one that the branch never had.
    let home = branches(false, &["set c3 title=Ours"], &["set c3 title=Theirs"]);
    git(&home, "merge -q theirs");
    let marked = home.text();
    let object = git(&home, "rev-parse :3:twohats.json");
    let (folder, name) = object.trim()[1..].split_at(2);
    let object = home.folder.path().join(".git/objects").join(folder).join(name);
    fs::remove_file(object).unwrap();
    let site = Site { state: Some(home.folder.path().join("state")), ..Site::stateless() };
    let error = merge_branches(&site, &home.file()).unwrap_err().to_string();
    assert!(error.contains("git has no versions of it to merge: "), "{error}");
    assert!(!error.contains("not in conflict"), "{error}");
    assert_eq!(home.text(), marked);
}
