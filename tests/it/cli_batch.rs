//! Many commands as one step, and the manners of a command among others: options anywhere, a
//! pager, pipes that close.

use crate::cli::Home;
use crate::pty::Pty;
use portable_pty::CommandBuilder;
use serde_json::json;
use std::fs;
use std::io::Read;

#[test]
fn a_batch_is_one_change_and_each_line_sees_what_came_before() {
    let home = Home::new();
    let lines = "# a comment\n\nadd 'Payroll for two' --top\nset $last points=5 tags+=pay # why\n\
                 add Taxes parent=$last\ndone c3\n";
    let ran = home.piped("batch --json", lines);
    let all = ran.json();
    assert_eq!(all.as_array().unwrap().len(), 4);
    assert_eq!(all[0]["line"], 3);
    assert_eq!(all[1]["data"]["title"], "Payroll for two");
    assert_eq!(all[1]["data"]["points"], 5);
    assert_eq!(all[2]["data"]["parent"], all[0]["data"]["id"]);
    assert_eq!(all[3]["command"], json!(["done", "c3"]));
    assert_eq!(all[3]["data"]["place"], "done");
    let state = home.folder.path().join(".local/state/twohats");
    let logs = fs::read_dir(state).unwrap().flatten().map(|entry| entry.path());
    let logs: Vec<_> =
        logs.map(|path| path.join("activity.jsonl")).filter(|p| p.exists()).collect();
    let log = fs::read_to_string(&logs[0]).unwrap();
    assert_eq!(log.lines().count(), 1, "one step: {log}");
}

#[test]
fn one_wrong_line_and_nothing_is_changed() {
    for (line, code, words) in [
        ("set zz points=5", 1, "no id begins with"),
        ("set c3 points=many", 2, "points"),
        ("add 'Unclosed", 2, "a quote is not closed"),
        ("nonsense", 2, "nonsense"),
        ("set $last points=1", 2, "no line before made"),
        ("init other.json", 2, "can't be part of a batch"),
        ("batch other.txt", 2, "can't be part of a batch"),
        ("list -f other.json", 2, "for the whole batch"),
        ("add --nope", 2, "--nope"),
    ] {
        let home = Home::new();
        let before = home.text();
        let first = if line.contains("$last") { "done c3" } else { "add Payroll" };
        let ran = home.piped("batch", &format!("{first}\n{line}\n"));
        ran.fails(code, words);
        assert!(ran.err.contains("line 2") && ran.err.contains(line), "{ran:?}");
        assert_eq!(home.text(), before, "{line}");
    }
}

#[test]
fn a_batch_can_be_tried() {
    let home = Home::new();
    let before = home.text();
    fs::write(home.folder.path().join("plan.txt"), "add Payroll\nmove $last --top\nlist\n")
        .unwrap();
    let ran = home.run("batch plan.txt --dry-run");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("BACKLOG 4"), "{ran:?}");
    assert!(ran.err.contains("nothing was changed"), "{ran:?}");
    assert_eq!(home.text(), before);
    assert_eq!(home.run("batch plan.txt --quiet").err, "");
    assert_ne!(home.text(), before);
    home.run("batch nowhere.txt").fails(74, "cannot read nowhere.txt");
}

#[test]
fn options_stand_before_a_verb_or_behind_it() {
    let home = Home::new();
    let behind = home.run("list --json -f twohats.json").out;
    assert_eq!(home.run("-f twohats.json --json list").out, behind);
    home.run("twohats.json list").fails(2, "before a verb is for the screen");
    home.run("--ascii list").fails(2, "--ascii before a verb is for the screen");
}

#[test]
fn what_was_typed_comes_back_without_what_could_drive_a_terminal() {
    let home = Home::new();
    let hostile = "nonsense\u{202e}\u{1b}]52;c;aGk=\u{7}";
    for args in [vec![hostile], vec!["list", hostile], vec!["list", "--sort", hostile]] {
        let ran = home.run_all(&args);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains("nonsense"), "{ran:?}");
        assert!(!ran.err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ran:?}");
    }
    let ran = home.piped("batch", &format!("{hostile}\n"));
    assert!(!ran.err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{ran:?}");
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let home = Home::new();
    let lines = "an item\n".repeat(3000);
    assert_eq!(home.piped("add - --quiet", &lines).code, 0);
    let mut child = home.command(&["list"]).spawn().unwrap();
    let mut some = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut some).unwrap();
    let ran = child.wait_with_output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
}

/// What the terminal shows of a command once it has ended.
fn shown(home: &Home, rows: u16, pager: &str, args: &[&str]) -> String {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_twohats"));
    command.args(args);
    command.cwd(home.folder.path());
    for (name, value) in [
        ("HOME", home.folder.path().to_str().unwrap()),
        ("TERM", "xterm"),
        ("TWOHATS_PAGER", pager),
    ] {
        command.env(name, value);
    }
    let mut pty = Pty::spawn(command, 80, rows);
    assert_eq!(pty.end().exit_code(), 0, "{}", pty.contents());
    pty.contents()
}

#[test]
fn what_is_longer_than_the_terminal_goes_to_the_pager() {
    let home = Home::new();
    let pager = "sed 's/^/paged: /'";
    assert!(shown(&home, 8, pager, &["list"]).contains("paged: "));
    assert!(!shown(&home, 40, pager, &["list"]).contains("paged: "), "it fits");
    for args in [["list", "--no-pager"], ["list", "--json"], ["list", "--no-input"]] {
        assert!(!shown(&home, 8, pager, &args).contains("paged: "), "{args:?}");
    }
    for none in ["", "cat", "no-such-pager-anywhere 2>/dev/null"] {
        assert!(shown(&home, 8, none, &["list"]).contains("Sign in with a passkey"), "{none}");
    }
}

#[test]
fn what_a_filter_changed_within_a_batch_comes_back_too() {
    let home = Home::new();
    let before = home.text();
    let ran = home.piped("batch", "add Payroll\nset --filter in:backlog tags+=q4\n");
    assert!(ran.err.contains("`twohats restore 1` brings it back"), "{ran:?}");
    assert_ne!(home.text(), before);
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), before);
}
