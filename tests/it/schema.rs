//! What `twohats schema` says is held against the file of the example and what verbs really print:
//! here, and in every other test that runs a command with `--json`.

use crate::cli::Home;
use jsonschema::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock, Mutex};

/// Commands with JSON, of every verb that has it; what they name is in the example.
const COMMANDS: &[&str] = &[
    "list",
    "list --in inbox",
    "next",
    "list --filter kind:bug --sort points",
    "show --in now",
    "show kbw9j7x4e4",
    "show kbw9j7x4e4 settings product",
    "add Payroll points=3",
    "set kbw9j7x4e4 points=3",
    "set settings capacity=20",
    "move kbw9j7x4e4 --by 1",
    "done kbw9j7x4e4",
    "reopen kbw9j7x4e4",
    "check",
    "blocked",
    "outcomes",
    "coverage",
    "calibration",
    "score",
    "rank",
    "explain dyg0czvrn5 75227dzvr8",
    "ask",
    "decide 75227dzvr8 promised",
    "decide --list",
    "schedule",
    "schedule --in roadmap",
    "forecast",
    "forecast --by 2027-01-30",
    "forecast --backtest",
    "forecast --last 1",
    "sprint list",
    "sprint show",
    "standup",
    "review",
    "frameworks",
    "batch lines.txt",
    "import todo.txt tasks.txt",
    "diff twohats.json before.json",
    "conflicts",
    "git-setup",
    "backups",
    "restore",
    "schema list",
    "doctor",
    "keys",
    "config",
    "triage",
    "triage 9jtqza18tx",
    "reading obj 1 4.5",
    "duplicate 75227dzvr8",
    "break-down 75227dzvr8 Half",
    "rm 75227dzvr8",
    "split 75227dzvr8 Half",
    "timeline",
    "notes",
    "answer hq6nkgwtt0 yes",
    "changes --since 2026-11-01",
    "checkin",
    "checkin --done seen",
    "release approve r0",
    "init other.json",
];

/// The schema that a command prints under this name.
fn schema(name: &str) -> Value {
    let printed = Command::new(env!("CARGO_BIN_EXE_twohats")).args(["schema", name]).output();
    serde_json::from_slice(&printed.unwrap().stdout).unwrap()
}

/// The names that have a schema.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let told = Command::new(env!("CARGO_BIN_EXE_twohats")).args(["schema", "nothing"]).output();
    let told = String::from_utf8(told.unwrap().stderr).unwrap();
    let all = told.split_once("[possible values: ").unwrap().1.split_once(']').unwrap().0;
    all.split(", ").map(str::to_owned).collect()
});

/// The records of the file, which may hold more than is known of them.
static RECORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let placed = ["placed".to_owned()];
    schema("file")["$defs"].as_object().unwrap().keys().cloned().chain(placed).collect()
});

/// A schema that allows nothing it does not name, but in records of the file.
fn strict(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else {
        return schema.as_array_mut().into_iter().flatten().for_each(strict);
    };
    if object.contains_key("properties") && !object.contains_key("additionalProperties") {
        object.insert("additionalProperties".into(), false.into());
    }
    for (key, member) in object {
        if key == "$defs" {
            let all = member.as_object_mut().unwrap().iter_mut();
            all.filter(|(name, _)| !RECORDS.contains(*name)).for_each(|(_, of)| strict(of));
        } else {
            strict(member);
        }
    }
}

/// What holds the output of a verb against its schema.
fn validator(verb: &str) -> Arc<Validator> {
    static ALL: Mutex<BTreeMap<String, Arc<Validator>>> = Mutex::new(BTreeMap::new());
    let mut all = ALL.lock().unwrap();
    let made = || {
        let mut schema = schema(verb);
        strict(&mut schema);
        Arc::new(jsonschema::draft202012::new(&schema).unwrap())
    };
    Arc::clone(all.entry(verb.to_owned()).or_insert_with(made))
}

/// What is wrong with a value by a schema, and where.
fn wrong(validator: &Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Holds what a command printed against the schema of its verb, where it was asked for JSON.
#[track_caller]
pub(super) fn check(args: &[&str], out: &str, code: i32) {
    let asked = args.contains(&"--json") && [0, 3].contains(&code);
    let verb = args.iter().find(|arg| NAMES.contains(**arg));
    let Some(verb) = verb.filter(|_| asked) else { return };
    let printed: Value = serde_json::from_str(out).unwrap();
    let wrong = wrong(&validator(verb), &printed);
    assert!(wrong.is_empty(), "{args:?}: {wrong:#?}\n{out}");
}

fn example() -> Value {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledgerly.json");
    serde_json::from_str(&fs::read_to_string(example).unwrap()).unwrap()
}

#[test]
fn every_schema_is_one() {
    for name in NAMES.iter() {
        assert!(jsonschema::meta::is_valid(&schema(name)), "{name}");
    }
}

#[test]
fn the_example_is_as_the_schema_says() {
    let home = Home::new();
    assert_eq!(home.run("schema").json(), schema("file"));
    let of_file = jsonschema::draft202012::new(&schema("file")).unwrap();
    let mut example = example();
    assert_eq!(wrong(&of_file, &example), [""; 0]);
    let fixture: Value = serde_json::from_str(&home.text()).unwrap();
    assert_eq!(wrong(&of_file, &fixture), [""; 0]);
    example["backlog"][0]["points"] = (-1).into();
    assert!(wrong(&of_file, &example)[0].starts_with("/backlog/0/points"));
}

#[test]
fn what_no_schema_names_is_found() {
    let of_next = validator("next");
    let mut next = serde_json::json!({"id": "b2", "what": "a", "why": "b", "when": "c"});
    assert_eq!(wrong(&of_next, &next), [""; 0]);
    next["whence"] = "d".into();
    assert_eq!(wrong(&of_next, &next).len(), 1);
}

#[test]
fn every_verb_prints_what_its_schema_says() {
    let mut example = example();
    let accepted =
        serde_json::json!({"id":"d0","title":"Sign in","release":"r0","approved":"2026-11-01"});
    example["releases"].as_array_mut().unwrap().push(serde_json::json!({"id":"r0","name":"0.9"}));
    example["done"].as_array_mut().unwrap().push(accepted);
    let objective = example["objectives"][0]["id"].as_str().unwrap().to_owned();
    let example = example.to_string();
    let mut shown = BTreeSet::new();
    for line in COMMANDS {
        let home = Home::with(&example);
        let write =
            |name: &str, text: &str| fs::write(home.folder.path().join(name), text).unwrap();
        write("lines.txt", "add Payroll\nset $last points=5\nnext\n");
        write("tasks.txt", "(A) Call the bank +money\nx 2026-11-01 Paid\n");
        write("before.json", crate::cli::BEFORE);
        let git = Command::new("git").args(["init", "-q"]).arg(home.folder.path()).status();
        assert!(git.unwrap().success());
        let line = line.replace(" obj ", &format!(" {objective} "));
        let printed = home.run(&format!("{line} --json --as-of 2026-11-22"));
        assert!([0, 3].contains(&printed.code), "{line}: {printed:?}");
        shown.insert(line.split(' ').next().unwrap().to_owned());
    }
    let untried: Vec<_> = NAMES.iter().filter(|name| !shown.contains(*name)).collect();
    assert_eq!(untried, ["file"], "a schema that no command is tried for");
}

#[test]
fn a_verb_without_a_schema_prints_no_json() {
    let home = Home::new();
    let help = home.run("-h").out;
    let verbs = help.split_once("Verbs:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let verbs = verbs.lines().filter_map(|line| line.split_whitespace().next());
    let silent: Vec<&str> = verbs.filter(|verb| !NAMES.contains(*verb)).collect();
    assert_eq!(silent, ["export", "merge", "merge-copy", "picture", "completions", "man"]);
    for line in ["export csv", "merge a b c", "merge-copy a", "picture", "completions bash", "man"]
    {
        home.run(&format!("{line} --json")).fails(2, "prints no JSON");
    }
}
