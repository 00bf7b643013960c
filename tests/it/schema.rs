//! What `twohats schema` says is held against the file of the example and what verbs really print.

use crate::cli::Home;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Commands with JSON, of every verb that has it; what they name is in the example.
const COMMANDS: &[&str] = &[
    "list",
    "list --in inbox",
    "next",
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
    "doctor",
    "keys",
    "config",
    "triage",
    "triage 9jtqza18tx",
    "reading obj 1 4.5",
    "rm 75227dzvr8",
    "init other.json",
];

#[test]
fn the_example_is_as_the_schema_says() {
    let home = Home::new();
    let schema = home.run("schema").json();
    assert_eq!(home.run("schema file").json(), schema);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledgerly.json");
    let mut example: Value = serde_json::from_str(&fs::read_to_string(example).unwrap()).unwrap();
    assert_eq!(wrong(&schema, &schema, &example), None);
    let fixture: Value = serde_json::from_str(&home.text()).unwrap();
    assert_eq!(wrong(&schema, &schema, &fixture), None);
    example["backlog"][0]["points"] = (-1).into();
    assert!(wrong(&schema, &schema, &example).unwrap().contains("/backlog/0/points"));
}

#[test]
fn every_verb_prints_what_its_schema_says() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/ledgerly.json");
    let example = fs::read_to_string(example).unwrap();
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
        let workspace: Value = serde_json::from_str(&example).unwrap();
        let objective = workspace["objectives"][0]["id"].as_str().unwrap();
        let line = line.replace(" obj ", &format!(" {objective} "));
        let verb = line.split(' ').next().unwrap();
        let schema = home.run(&format!("schema {verb}")).json();
        let printed = home.run(&format!("{line} --json --as-of 2026-11-22"));
        assert!([0, 3].contains(&printed.code), "{line}: {printed:?}");
        let printed: Value = serde_json::from_str(&printed.out).unwrap();
        assert_eq!(wrong(&schema, &schema, &printed), None, "{line}");
        shown.insert(verb.to_owned());
    }
    let told = Home::new().run("schema nothing");
    let all = told.err.split_once("[possible values: ").unwrap().1.split_once(']').unwrap().0;
    let all: BTreeSet<String> = all.split(", ").map(str::to_owned).collect();
    let untried: Vec<_> =
        all.iter().filter(|name| *name != "file" && !shown.contains(*name)).collect();
    assert!(untried.is_empty(), "{untried:?}");
}

/// What of a value is not as its schema says, where in it. Knows only what these schemas use, and
/// takes anything else for wrong.
fn wrong(root: &Value, schema: &Value, value: &Value) -> Option<String> {
    let broken = |said: &Value| Some(format!(": {value} is not {said}"));
    for (keyword, said) in schema.as_object()? {
        let found = match keyword.as_str() {
            "$ref" => {
                let path = said.as_str().unwrap().strip_prefix('#').unwrap();
                wrong(root, root.pointer(path).unwrap(), value)
            }
            "type" if !is_a(value, said.as_str().unwrap()) => broken(said),
            "enum" if !said.as_array().unwrap().contains(value) => broken(said),
            "anyOf" => {
                let all = said.as_array().unwrap();
                let wrongs: Vec<_> = all.iter().map(|one| wrong(root, one, value)).collect();
                let none = wrongs.iter().all(Option::is_some);
                none.then(|| wrongs.into_iter().flatten().collect::<Vec<_>>().join(" and "))
            }
            "required" => {
                let mut keys = said.as_array().unwrap().iter().filter_map(Value::as_str);
                keys.find(|key| value.get(key).is_none()).map(|key| format!(": no {key}: {value}"))
            }
            "properties" => said.as_object().unwrap().iter().find_map(|(key, schema)| {
                Some(format!("/{key}{}", wrong(root, schema, value.get(key)?)?))
            }),
            "additionalProperties" => members(value).iter().find_map(|(key, value)| {
                let known = schema.get("properties").is_some_and(|all| all.get(key).is_some());
                let found = if known { None } else { wrong(root, said, value) };
                found.map(|found| format!("/{key}{found}"))
            }),
            "items" => entries(value).iter().enumerate().find_map(|(at, value)| {
                wrong(root, said, value).map(|found| format!("/{at}{found}"))
            }),
            "prefixItems" => entries(said)
                .iter()
                .zip(entries(value))
                .find_map(|(schema, value)| wrong(root, schema, value)),
            "minimum" if value.as_f64() < said.as_f64() => broken(said),
            "exclusiveMinimum" if value.as_f64() <= said.as_f64() => broken(said),
            "minItems" if length(value) < len(said) => broken(said),
            "maxItems" if length(value) > len(said) => broken(said),
            "minLength" if value.as_str() == Some("") => broken(said),
            "$schema" | "$defs" | "title" | "description" | "examples" | "format" | "type"
            | "enum" | "minimum" | "exclusiveMinimum" | "minItems" | "maxItems" | "minLength" => {
                None
            }
            strange => Some(format!(": {strange} is not known here")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn entries(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn members(value: &Value) -> serde_json::Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn length(value: &Value) -> usize {
    entries(value).len()
}

fn len(said: &Value) -> usize {
    usize::try_from(said.as_u64().unwrap()).unwrap()
}

fn is_a(value: &Value, what: &str) -> bool {
    match what {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}
