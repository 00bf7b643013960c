//! Other tools' files: each format in the shape its tool documents or writes, read through the
//! command line, and what is written read back.
//!
//! Every fixture says where its shape is from. `taskwarrior.json` was written by `task export` of
//! Taskwarrior 2.6.2, `todo.txt` by `todo-txt` of todotxt-cli 2.11, both from Debian.

use super::cli::{Home, Ran};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

const EMPTY: &str = "{\"twohats\":1}\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exchange").join(name)
}

impl Home {
    fn import(&self, format: &str, path: &Path, more: &[&str]) -> Ran {
        let path = path.to_str().unwrap();
        self.run_all(&[&["import", format, path, "--json"], more].concat())
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn items(&self) -> Vec<Value> {
        let listed = self.run("list --json").json();
        listed.as_array().unwrap().clone()
    }

    fn item(&self, title: &str) -> Value {
        let items = self.items();
        items.into_iter().find(|item| item["title"] == title).unwrap_or_else(|| panic!("{title}"))
    }

    /// The title of the record with this id.
    fn title(&self, id: &Value) -> String {
        let shown = self.run(&format!("show {} --json", id.as_str().unwrap())).json();
        shown.get("title").or(shown.get("name")).unwrap().as_str().unwrap().to_owned()
    }
}

/// Imports a fixture into an empty workspace, and again, which changes nothing.
#[track_caller]
fn imported(format: &str, name: &str, created: usize, skipped: usize) -> Home {
    let home = Home::with(EMPTY);
    let dry = home.import(format, &fixture(name), &["--dry-run"]).json();
    assert_eq!(home.text(), EMPTY);
    let first = home.import(format, &fixture(name), &[]).json();
    assert_eq!(first["created"], created, "{first}");
    assert_eq!(first["skipped"].as_array().unwrap().len(), skipped, "{first}");
    let without = |mut told: Value| {
        told["rows"].as_array_mut().unwrap().iter_mut().for_each(|row| row["id"] = Value::Null);
        told["dry_run"] = Value::Null;
        told
    };
    assert_eq!(without(first), without(dry));
    let text = home.text();
    let again = home.import(format, &fixture(name), &[]).json();
    assert_eq!((&again["created"], &again["updated"]), (&json!(0), &json!(0)), "{again}");
    assert_eq!(again["unchanged"], created);
    assert_eq!(home.text(), text);
    home
}

/// <https://support.atlassian.com/jira-software-cloud/docs/export-work-items-from-jira/>
#[test]
fn an_item_is_named_by_what_its_tool_calls_it() {
    let home = Home::with(EMPTY);
    let rows = "Summary,Issue key,Issue Type\nLogin,PR-1,Story\nOut,PR-12,Story\n";
    home.import("jira", &home.write("names.csv", rows), &[]).json();
    assert_eq!(home.run("set pr-1 points=3").code, 0);
    assert_eq!(home.item("Login")["points"], 3);
    home.run("show PR-2").fails(1, "nothing is called that elsewhere");
}

#[test]
fn jira_brings_repeated_columns_epics_sprints_points_and_blockers() {
    let home = imported("jira", "jira.csv", 4, 0);
    let item = home.item("Import a bank CSV");
    assert_eq!(item["tags"], json!(["priority:High", "bank", "csv"]));
    assert_eq!(
        (&item["points"], &item["status"], &item["due"]),
        (&json!(5), &json!("doing"), &json!("2026-12-01"))
    );
    assert_eq!(home.title(&item["parent"]), "Bank feeds");
    assert_eq!(home.title(&item["sprint"]), "Sprint 14");
    let notes = item["notes"].as_str().unwrap();
    assert!(notes.starts_with("Quotes \"inside\" quotes,\nand a second line"), "{notes}");
    assert!(notes.ends_with("=1+1 is no formula here"), "{notes}");
    assert_eq!(item["external"]["key"], "LED-2");
    let rules = home.item("Match rules");
    assert_eq!(home.title(&rules["blocked_by"][0]), "Import a bank CSV");
    assert_eq!(rules["status"], "review");
    let bug = home.item("Rows go missing");
    assert_eq!(
        (&bug["place"], &bug["done"], &bug["kind"]),
        (&json!("done"), &json!("2026-11-10"), &json!("bug"))
    );
}

/// The columns of Linear's own importer of its export,
/// <https://github.com/linear/linear/blob/master/packages/import/src/importers/linearCsv/LinearCsvImporter.ts>,
/// which also takes the `'` off that guards formulas, and those that have come since, as public
/// readers of such exports have them.
#[test]
fn linear_brings_cycles_parents_and_blockers() {
    let home = imported("linear", "linear.csv", 3, 0);
    let item = home.item("Import a bank CSV");
    assert_eq!((&item["points"], &item["tags"]), (&json!(3), &json!(["Bug", "bank"])));
    assert_eq!(home.title(&item["parent"]), "Bank feeds");
    assert_eq!(home.title(&item["sprint"]), "Cycle 14");
    assert_eq!(home.title(&item["blocked_by"][0]), "Ask the bank");
    let asked = home.item("Ask the bank");
    assert_eq!((&asked["place"], &asked["done"]), (&json!("done"), &json!("2026-11-10")));
    assert_eq!(asked["notes"], "- by mail");
    assert_eq!(home.title(&home.item("Bank feeds")["release"]), "2.0");
}

/// <https://learn.microsoft.com/en-us/azure/devops/boards/queries/import-work-items-from-csv>
#[test]
fn azure_brings_work_item_types_iterations_and_american_days() {
    let home = imported("azure", "azure.csv", 3, 0);
    let item = home.item("Import a bank CSV");
    assert_eq!((&item["kind"], &item["created"]), (&json!("story"), &json!("2026-11-02")));
    assert_eq!(home.title(&item["sprint"]), "Ledgerly\\Sprint 14");
    assert_eq!(home.item("Rows go missing")["done"], "2026-11-10");
}

/// The example of
/// <https://learn.microsoft.com/en-us/azure/devops/boards/queries/import-work-items-from-csv#tree-items>
#[test]
fn a_tree_of_azure_is_its_titles_one_column_deeper_each() {
    let home = imported("azure", "azure-tree.csv", 4, 0);
    let epic = home.item("Track Telemetry for data imports");
    assert_eq!((&epic["kind"], &epic["parent"]), (&json!("epic"), &Value::Null));
    for title in ["Fix issues with code", "Enable feature for customer champs"] {
        assert_eq!(home.item(title)["parent"], epic["id"], "{title}");
    }
}

/// Productboard documents no header of its export: `entity_uuid`, `entity_name`, `description`,
/// `status_name` and `pb_url` are as a public reader of such exports has them, the others its
/// default fields,
/// <https://support.productboard.com/hc/en-us/articles/21757800810003-Getting-familiar-with-Productboard-s-default-fields>
#[test]
fn productboard_brings_features_into_later() {
    let home = imported("productboard", "productboard.csv", 3, 0);
    let item = home.item("Bank feeds");
    assert_eq!((&item["place"], &item["points"]), (&json!("later"), &json!(8)));
    assert_eq!(home.title(&item["objective"]), "Halve the time to close");
    assert_eq!(home.item("Passkeys")["place"], "done");
    assert!(
        home.item("Import a bank CSV")["external"]["url"].as_str().unwrap().ends_with("features/2")
    );
}

/// <https://developer.atlassian.com/cloud/trello/rest/>, and boards that people exported, as
/// <https://pastebin.com/NuRF26Ez>
#[test]
fn trello_brings_lists_labels_and_checklists_and_leaves_the_archive() {
    let home = imported("trello", "trello.json", 5, 2);
    let titles: Vec<Value> = home.items().iter().map(|item| item["title"].clone()).collect();
    assert_eq!(
        titles,
        ["Import a bank CSV", "Match rules", "Invoices", "A mobile app", "Passkeys"]
    );
    let item = home.item("Import a bank CSV");
    assert_eq!(
        item["acceptance"],
        json!([{"text": "10,000 rows", "met": true}, {"text": "in one go"}])
    );
    assert_eq!((&item["tags"], &item["due"]), (&json!(["bank", "red"]), &json!("2026-12-01")));
    assert_eq!(home.item("Invoices")["status"], "doing");
    assert_eq!(home.item("A mobile app")["tags"], json!(["Someday"]));
    assert_eq!(home.item("Passkeys")["place"], "done");
}

/// <https://cli.github.com/manual/gh_issue_list> and
/// <https://docs.github.com/en/rest/issues/issues#list-repository-issues>
#[test]
fn github_issues_are_the_same_from_both_of_its_doors() {
    let home = imported("github", "github-cli.json", 2, 0);
    let item = home.item("Import drops the last row");
    assert_eq!((&item["kind"], &item["tags"]), (&json!("bug"), &json!(["bug", "bank-import"])));
    assert_eq!(item["external"]["key"], "ledgerly/app#12");
    assert_eq!(home.title(&item["release"]), "2.0");
    assert_eq!(home.item("Sign in with a passkey")["done"], "2026-11-10");
    let rest = home.import("github", &fixture("github-rest.json"), &[]).json();
    assert_eq!((&rest["unchanged"], &rest["skipped"].as_array().unwrap().len()), (&json!(2), &1));
}

#[test]
fn taskwarrior_brings_all_but_urgency_and_what_is_deleted() {
    let home = imported("taskwarrior", "taskwarrior.json", 5, 2);
    let item = home.item("Import a bank CSV");
    assert_eq!(item["tags"], json!(["bank", "csv", "+Ledgerly.feeds", "priority:H"]));
    assert_eq!(
        (&item["due"], &item["notes"]),
        (&json!("2026-12-01"), &json!("a column may be anything"))
    );
    let mapping = home.item("Write down the mapping");
    assert_eq!(mapping["blocked_by"][0], item["id"]);
    assert_eq!(home.item("Say \"hi\" to +mom: 1/2 & ümlaut")["status"], "doing");
    assert_eq!(home.item("Ship it")["place"], "done");
    assert!(!home.text().contains("urgency"));
}

#[test]
fn todo_txt_brings_projects_contexts_dates_and_priorities() {
    let home = imported("todo.txt", "todo.txt", 4, 0);
    let item = home.item("Import a bank CSV");
    assert_eq!(item["tags"], json!(["priority:A", "+feeds", "desk"]));
    assert_eq!((&item["due"], &item["created"]), (&json!("2026-12-01"), &json!("2026-11-22")));
    home.item("Call mom about x:y and 10:30");
    assert_eq!(home.item("Ship it")["done"], "2026-11-22");
}

/// <https://github.github.com/gfm/#task-list-items-extension->
#[test]
fn markdown_brings_headings_parts_and_notes() {
    let home = imported("markdown", "list.md", 5, 0);
    let item = home.item("Bank feeds");
    assert_eq!((&item["place"], &item["notes"]), (&json!("now"), &json!("Two banks first.")));
    assert_eq!(home.item("Import a bank CSV")["parent"], item["id"]);
    assert_eq!(home.item("Ask the bank")["place"], "done");
    assert_eq!(home.item("Passkeys")["tags"], json!(["nice-to-have"]));
    assert_eq!(home.item("Sign in")["place"], "done");
}

/// <https://github.com/MrLesk/Backlog.md>, whose own tasks stand in its `backlog` folder
#[test]
fn backlog_md_brings_criteria_parts_and_dependencies() {
    let home = imported("backlog.md", ".", 4, 0);
    let item = home.item("Bank feeds");
    assert_eq!(
        item["acceptance"],
        json!([{"text": "One bank answers", "met": true}, {"text": "Two banks answer"}])
    );
    assert_eq!(item["notes"], "Two banks first.\n\n## Implementation Notes\n\nAsk Ada.");
    assert_eq!(item["tags"], json!(["bank", "csv", "priority:high"]));
    let part = home.item("Import a bank CSV, however its columns are called");
    assert_eq!(part["parent"], item["id"]);
    assert_eq!(part["blocked_by"][0], home.item("Ask the \"bank\"")["id"]);
    assert_eq!(home.item("Ask the \"bank\"")["place"], "done");
    assert_eq!(home.item("A mobile app")["place"], "inbox");
}

#[test]
fn a_history_of_sprints_comes_from_both_shapes() {
    let home = imported("sprints", "history.csv", 3, 0);
    let text = home.text();
    for words in [
        "\"committed\":16,\"delivered\":14",
        "\"committed\":6,\"delivered\":0",
        "\"name\":\"One, two and three\"",
        "\"committed\":16,\"delivered\":20",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let home = imported("sprints", "plain-history.csv", 2, 0);
    assert!(
        home.text().contains("\"start\":\"2026-10-19\",\"end\":\"2026-11-01\""),
        "{}",
        home.text()
    );
}

impl Home {
    /// The sprints in their order, each with its state.
    fn sprints(&self) -> Vec<(String, String)> {
        let listed = self.run("sprint list --json").json();
        let word = |sprint: &Value, key: &str| sprint[key].as_str().unwrap().to_owned();
        let all = listed.as_array().unwrap().iter();
        all.map(|sprint| (word(sprint, "name"), word(sprint, "state"))).collect()
    }

    #[track_caller]
    fn has_sprints(&self, wanted: &[(&str, &str)]) {
        let sprints = self.sprints();
        let sprints: Vec<_> = sprints.iter().map(|(name, state)| (&**name, &**state)).collect();
        assert_eq!(sprints, wanted);
    }
}

const LEDGER: &str = "Summary,Issue key,Issue Type,Status,Resolved,Sprint,Sprint\n\
    Newest,A-7,Story,To Do,,Sprint 5,\n\
    New one,A-6,Story,To Do,,Sprint 4,\n\
    Carried,A-5,Story,To Do,,Sprint 3,Sprint 4\n\
    Second,A-3,Story,Done,10/Nov/26 5:00 PM,Sprint 2,\n\
    First,A-1,Story,Done,01/Nov/26 5:00 PM,Sprint 1,\n\
    Old,A-2,Story,Done,02/Nov/26 5:00 PM,Sprint 1,\n";

#[test]
fn sprints_that_came_with_items_and_are_over_come_as_closed() {
    let home = Home::with(EMPTY);
    let file = home.write("jira.csv", LEDGER);
    let told = home.import("jira", &file, &[]).json();
    let words = "3 sprints that are over come as closed: Sprint 1, Sprint 2, Sprint 3";
    assert_eq!(told["notes"], json!([words]));
    home.has_sprints(&[
        ("Sprint 1", "closed"),
        ("Sprint 2", "closed"),
        ("Sprint 3", "closed"),
        ("Sprint 4", "planned"),
        ("Sprint 5", "planned"),
    ]);
    assert_eq!(home.import("jira", &file, &[]).json()["notes"], json!([]));
    let started = home.run("sprint start --anyway");
    assert!(started.err.contains("Sprint 4"), "{started:?}");

    let text = home.run("export csv").out;
    let other = Home::with(EMPTY);
    other.import("csv", &other.write("own.csv", text), &[]).json();
    let sprints = other.sprints();
    let closed = sprints.iter().filter(|(_, state)| state == "closed").count();
    assert_eq!(closed, 2, "{sprints:?}");
    assert!(sprints.contains(&("Sprint 4".into(), "running".into())), "{sprints:?}");
}

#[test]
fn rows_that_are_rightly_left_out_are_told_in_a_line_a_sort() {
    let home = Home::with(EMPTY);
    let row = |at: usize| format!("Row {at},B-{at},{}\n", ["Won't Do", "Duplicate"][at % 2]);
    let text = format!(
        "Summary,Issue key,Status\nKept,B-9,Done\n{}",
        (1..=5).map(row).collect::<String>()
    );
    let file = home.write("jira.csv", text);
    let path = file.to_str().unwrap();
    for more in [&["--dry-run"][..], &[]] {
        let out = home.run_all(&[&["import", "jira", path], more].concat()).out;
        let told = out.lines().filter(|line| line.contains("skipped,"));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "  5 rows skipped, not done: Row 1 (Duplicate), Row 2 (Won't Do), Row 3 (Duplicate) and 2 more"
            ]
        );
        assert!(!out.contains("row 3 skipped"), "{out}");
    }
    let all = home.import("jira", &file, &[]).json();
    assert_eq!(all["skipped"].as_array().unwrap().len(), 5);
}

#[test]
fn a_sprint_is_as_its_tool_says_and_as_its_last_day_says() {
    let home = Home::with(EMPTY);
    let sprint = |name: &str, state: &str, days: &str| {
        format!(
            "\"com.atlassian.greenhopper.service.sprint.Sprint@1f[id=1,state={state},name={name},goal=a, b,{days},sequence=1]\""
        )
    };
    let rows = [
        (
            "A",
            sprint(
                "One, two",
                "CLOSED",
                "startDate=2026-10-05T09:00:00.000+02:00,endDate=<null>,completeDate=<null>",
            ),
        ),
        (
            "B",
            sprint(
                "Three",
                "ACTIVE",
                "startDate=2026-11-16T09:00:00.000Z,endDate=2026-11-29T09:00:00.000Z",
            ),
        ),
        ("C", sprint("Four", "FUTURE", "startDate=<null>,endDate=<null>")),
    ];
    let rows = rows.map(|(key, sprint)| format!("{key},{key},To Do,{sprint}\n")).concat();
    let text = format!("Summary,Issue key,Status,Sprint\n{rows}");
    home.import("jira", &home.write("server.csv", text), &[]).json();
    home.has_sprints(&[("One, two", "closed"), ("Three", "running"), ("Four", "planned")]);
    assert!(
        home.text().contains("\"start\":\"2026-11-16\",\"end\":\"2026-11-29\""),
        "{}",
        home.text()
    );

    let home = Home::with(EMPTY);
    let text = "id,title,sprint,sprint end\n1,Late,Past,2020-01-31\n2,Early,Next,2199-01-31\n";
    home.import("csv", &home.write("plain.csv", text), &[]).json();
    home.has_sprints(&[("Past", "closed"), ("Next", "planned")]);
}

#[test]
fn a_history_meets_the_sprints_that_are_called_the_same() {
    let home = Home::with(EMPTY);
    home.import("jira", &home.write("jira.csv", LEDGER), &[]).json();
    let history = |rows: &str| home.write("history.csv", rows);
    let file = history(
        "name,end,committed,delivered\nSprint 1,2026-11-02,20,18\nSprint 2,2026-11-16,20,22\n",
    );
    let told = home.import("sprints", &file, &[]).json();
    assert_eq!((&told["created"], &told["updated"]), (&json!(0), &json!(2)), "{told}");
    let file = history(
        "boardid,sprintid,name,state,end,delivered\n7,1,Sprint 1,closed,2026-11-02,18\n7,9,Sprint 9,,2020-11-02,\n",
    );
    let told = home.import("sprints", &file, &[]).json();
    assert_eq!(told["created"], 1, "{told}");
    assert_eq!(home.sprints().iter().filter(|(name, _)| name == "Sprint 1").count(), 1);
    assert!(home.sprints().contains(&("Sprint 9".into(), "closed".into())));
    let file = history("boardid,sprintid,name,delivered\n8,1,Sprint 1,30\n");
    assert_eq!(home.import("sprints", &file, &[]).json()["created"], 1, "another board's");
}

#[test]
fn a_sprint_that_both_sides_changed_is_a_conflict_as_an_item_is() {
    let home = Home::with(EMPTY);
    let history = |committed: u32| format!("name,committed,delivered\nSprint 1,{committed},18\n");
    home.import("sprints", &home.write("a.csv", history(20)), &[]).json();
    fs::write(home.file(), home.text().replace("\"committed\":20", "\"committed\":25")).unwrap();
    let ran = home.import("sprints", &home.write("a.csv", history(30)), &[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(home.text().contains("\"committed\":25"), "{}", home.text());
}

#[test]
fn what_is_remembered_of_columns_and_cannot_be_read_is_said_and_left() {
    let home = Home::with(EMPTY);
    let path = home.write("a.csv", "Was\nRechnung\n");
    home.import("csv", &path, &["--map", "Was=title"]).json();
    let kept = home.folder.path().join(".local/state/twohats/columns.json");
    fs::write(&kept, "{ \"Was").unwrap();
    let ran = home.import("csv", &path, &["--map", "Was=title"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("columns.json"), "{ran:?}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "{ \"Was");
}

/// The shape of the public research data that trials are made with.
#[test]
fn stories_with_messy_quotes_all_come_in() {
    let home = imported("csv", "stories.csv", 3, 0);
    assert_eq!(home.item("Quotes \"in\" quotes")["notes"], "one\ntwo, and =SUM(A1)");
    assert_eq!(home.item("{code}\\n\"'; DROP")["points"], 0.5);
}

/// Real exports, where a folder with them is named; rows are counted by Python.
#[test]
fn real_exports_come_in_without_losing_a_row() {
    let Some(folder) = std::env::var_os("TWOHATS_DATA").map(PathBuf::from) else { return };
    for (part, format) in [("stories", "csv"), ("sprints", "sprints")] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            if path.to_str().unwrap().ends_with("_links.csv") {
                continue;
            }
            let count = "import csv,sys;print(sum(1 for r in csv.reader(open(sys.argv[1],encoding='latin-1',newline='')) if r)-1)";
            let counted = std::process::Command::new("python3")
                .args(["-c", count])
                .arg(&path)
                .output()
                .unwrap();
            let rows: usize = String::from_utf8(counted.stdout).unwrap().trim().parse().unwrap();
            let home = Home::with(EMPTY);
            let first = home.import(format, &path, &[]).json();
            assert_eq!(first["created"], rows, "{}", path.display());
            let text = home.text();
            assert_eq!(home.import(format, &path, &[]).json()["unchanged"], rows);
            assert_eq!(home.text(), text);
        }
    }
}

#[test]
fn importing_again_updates_and_never_overwrites_an_edit() {
    let home = Home::with(EMPTY);
    let path = home.write("a.csv", "id,title,points,notes\n1,One,1,\n2,Two,2,\n3,Three,3,\n");
    home.import("csv", &path, &[]).json();
    let [one, two] =
        ["One", "Two"].map(|title| home.item(title)["id"].as_str().unwrap().to_owned());
    home.run_all(&["set", &one, "title=Mine"]);
    home.run_all(&["set", &two, "points=5"]);
    home.write("a.csv", "id,title,points,notes\n1,Theirs,8,\n2,Two,2,new\n3,Three,3,\n4,Four,,\n");
    let ran = home.import("csv", &path, &[]);
    assert_eq!(ran.code, 3, "{ran:?}");
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&told["created"], &told["updated"]), (&json!(1), &json!(1)));
    assert_eq!((&told["conflicting"], &told["unchanged"]), (&json!(1), &json!(1)));
    let mine = home.item("Mine");
    assert_eq!((&mine["points"], &mine["conflict"]), (&json!(8), &json!({"title": "Theirs"})));
    let two = home.item("Two");
    assert_eq!((&two["points"], &two["notes"]), (&json!(5), &json!("new")));
    let text = home.text();
    assert_eq!(home.import("csv", &path, &[]).json()["unchanged"], 4);
    assert_eq!(home.text(), text);
    home.write("a.csv", "id,title,points,notes\n1,Others,8,\n");
    home.import("csv", &path, &[]);
    let both = json!({"title": "Others", "title 2": "Theirs"});
    assert_eq!(home.item("Mine")["conflict"], both, "what was kept before stays");
}

#[test]
fn a_status_that_turns_to_done_moves_the_item_and_back() {
    let home = Home::with(EMPTY);
    let path = home.write("a.csv", "id,title,status\n1,One,To Do\n2,Two,To Do\n");
    home.import("csv", &path, &["--to", "next"]).json();
    home.write("a.csv", "id,title,status\n1,One,Closed\n2,Two,In Progress\n");
    assert_eq!(home.import("csv", &path, &[]).json()["updated"], 2);
    assert_eq!(
        (&home.item("One")["place"], &home.item("One")["from"]),
        (&json!("done"), &json!("next"))
    );
    assert_eq!(
        (&home.item("Two")["place"], &home.item("Two")["status"]),
        (&json!("next"), &json!("doing"))
    );
    let id = home.item("One")["id"].as_str().unwrap().to_owned();
    home.run_all(&["set", &id, "approved=2026-11-20"]);
    assert_eq!(home.item("One")["approved"], "2026-11-20");
    home.write("a.csv", "id,title,status\n1,One,To Do\n2,Two,In Progress\n");
    home.import("csv", &path, &[]).json();
    let one = home.item("One");
    assert_eq!(one["place"], "next");
    assert_eq!([&one["from"], &one["done"], &one["approved"]], [&Value::Null; 3]);
}

#[test]
fn a_bad_row_is_said_and_stops_nothing_unless_told() {
    let home = Home::with(EMPTY);
    let path = home.write("a.csv", "id,title,points,blocked by,status\n1,One,XL,,\n,,,,\n2,,,,\n3,Three,2,9,Cooking\n4,Four,,5,\n5,Five,,4,\n,,7,,\n");
    let strict = home.import("csv", &path, &["--strict"]);
    strict.fails(1, "nothing was imported");
    assert!(strict.err.contains("row 2: points “XL”"), "{strict:?}");
    assert_eq!(home.text(), EMPTY);
    let told = home.import("csv", &path, &[]).json();
    assert_eq!(told["created"], 5, "{told}");
    assert_eq!(told["skipped"], json!([{"row": 8, "why": "there is no title in it"}]));
    let rows: Vec<&Value> =
        told["left_out"].as_array().unwrap().iter().map(|it| &it["row"]).collect();
    assert_eq!(rows, [2, 4, 5, 5, 7], "{told}");
    home.item("2");
}

#[test]
fn ratings_come_in_by_their_columns_and_what_is_off_the_scale_is_said() {
    let home = Home::with(EMPTY);
    let path = home.write(
        "a.csv",
        "id,title,Reach,Impact,Confidence,Effort,Users\n1,One,\"1,200\",3,80%,2,9\n2,Two,300..600,1,120,,4\n",
    );
    let told = home.import("csv", &path, &["--strict"]);
    told.fails(1, "row 3: Confidence: confidence is 0 to 100, not “120”; left out");
    let told = home.import("csv", &path, &[]).json();
    assert_eq!((&told["created"], &told["columns"][2]["is"]), (&json!(2), &json!("rice.reach")));
    let rice = json!({"rice": {"reach": 1200, "impact": 3, "confidence": 80, "effort": 2}});
    assert_eq!(home.item("One")["ratings"], rice);
    assert_eq!(home.item("Two")["ratings"], json!({"rice": {"reach": [300, 600], "impact": 1}}));
    let one = home.item("One")["id"].as_str().unwrap().to_owned();
    home.run_all(&["set", &one, "wsjf.size=5"]);
    home.write("a.csv", fs::read_to_string(&path).unwrap().replace(",3,80%", ",2,80%"));
    let told = home.import("csv", &path, &[]).json();
    assert_eq!((&told["updated"], &told["conflicting"]), (&json!(1), &json!(0)), "{told}");
    let ratings = &home.item("One")["ratings"];
    assert_eq!((&ratings["rice"]["impact"], &ratings["wsjf"]["size"]), (&json!(2), &json!(5)));
    let mapped = ["--map", "Users=rice.reach"];
    assert_eq!(home.import("csv", &path, &mapped).json()["columns"][2]["is"], Value::Null);
    assert_eq!(home.item("One")["ratings"]["rice"]["reach"], 9);
    home.import("csv", &path, &["--map", "Users=rice.fame"]).fails(65, "as in rice.reach");
}

#[test]
fn a_table_has_ratings_and_scores_in_columns_and_reads_the_ratings_back() {
    let home = Home::with(EMPTY);
    let add = [
        "add",
        "Feeds",
        "--to",
        "next",
        "rice.reach=300..600",
        "rice.impact=2",
        "rice.confidence=80",
        "rice.effort=4",
    ];
    assert_eq!(home.run_all(&add).code, 0);
    assert_eq!(home.run_all(&["add", "Unrated", "--to", "next"]).code, 0);
    let text = home.run("export csv").out;
    let (head, rows) = text.split_once('\n').unwrap();
    assert!(head.ends_with(",rice.reach,rice.impact,rice.confidence,rice.effort,score"), "{head}");
    let score = home.item("Feeds")["score"].as_f64().unwrap();
    let row = rows.lines().next().unwrap();
    assert!(row.contains(",300..600,2,80,4,"), "{row}");
    let told: f64 = row.rsplit(',').next().unwrap().parse().unwrap();
    assert!((told - score).abs() < 1e-4, "{told}, {score}");
    let again = home.import("csv", &home.write("same.csv", &text), &[]).json();
    assert_eq!((&again["unchanged"], &again["left_out"]), (&json!(2), &json!([])), "{again}");

    let changed = text.replace(",300..600,2,80,4,", ",900,,80,4,");
    let told = home.import("csv", &home.write("new.csv", changed), &[]).json();
    assert_eq!(told["updated"], 1, "{told}");
    let rice = home.item("Feeds")["ratings"]["rice"].clone();
    assert_eq!(rice, json!({"reach": 900, "confidence": 80, "effort": 4}));
    let wrong = home.run("export csv").out.replace(",900,", ",many,");
    let told = home.import("csv", &home.write("wrong.csv", wrong), &[]).json();
    assert!(told["left_out"][0]["why"].as_str().unwrap().starts_with("rice.reach: "), "{told}");
    assert_eq!(home.item("Feeds")["ratings"]["rice"], rice);
}

#[test]
fn what_is_odd_about_a_table_is_said_with_its_row() {
    let home = Home::with(EMPTY);
    let table = "id,title,points,points,owner\n1,One,3,5,Ada\n2,Two,3,3,Ada,more\n3\n4,Four\n";
    let told = home.import("csv", &home.write("a.csv", table), &[]).json();
    let words: Vec<String> = told["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {}", it["row"], it["why"].as_str().unwrap()))
        .collect();
    assert_eq!(
        words,
        [
            "2 points “5” is a second points; left out",
            "3 there are 5 columns; “more” stands behind them",
            "4 there is no title in it; it is called “3”",
        ]
    );
    assert_eq!(told["columns"][4], json!({"column": "owner", "is": null}));
    home.import("csv", &home.write("b.csv", "\x7fELF\0\0\0"), &[]).fails(65, "byte 5 is 0");
    home.import("csv", &home.write("c.csv", ""), &[]).fails(65, "no header");
    let only = home.import("csv", &home.write("d.csv", "id,title\n"), &["--strict"]);
    assert_eq!(only.json()["created"], 0);
    assert!(only.err.contains("no rows: there is nothing to import in d.csv"), "{only:?}");
    let line = home.write("e.jsonl", "{\"title\":\"a\"}\n{\"title\":\n");
    let told = home.import("jsonl", &line, &[]).json();
    assert!(told["skipped"][0]["why"].as_str().unwrap().ends_with("at column 9"), "{told}");
    let before = home.text();
    let broken = home.write("f.jsonl", "{\"title\":\n".repeat(30));
    let none = home.import("jsonl", &broken, &[]);
    none.fails(65, "nothing was imported: no row of f.jsonl can be read");
    assert!(none.err.contains("row 20: it is no JSON") && !none.err.contains("row 21"), "{none:?}");
    home.import("jsonl", &broken, &["--dry-run"]).fails(65, "row 1: it is no JSON object");
    assert_eq!(home.text(), before);
    home.import("csv", &home.write("g.csv", "id,title\n1,\n2,\n"), &[]).json();
    home.import("csv", &home.write("h.csv", "title,points\n,\n,3\n"), &[]).fails(65, "no title");
}

#[test]
fn a_column_that_was_named_once_is_known_the_next_time() {
    let home = Home::with(EMPTY);
    let path = home.write("a.csv", "Was ist es?;Wie groß\nRechnung;3\n");
    home.import("csv", &path, &[]).fails(65, "--map COLUMN=title");
    let mapped = ["--map", "Was ist es?=title", "--map", "Wie groß=points"];
    assert_eq!(home.import("csv", &path, &mapped).json()["created"], 1);
    home.write("b.csv", "Was ist es?;Wie groß\nMahnung;5\n");
    let ran = home.run("import csv b.csv");
    assert!(ran.err.contains("Wie groß → points"), "{ran:?}");
    assert_eq!(home.item("Mahnung")["points"], 5);
    home.import("csv", &path, &["--map", "x=title"]).fails(65, "there is no column “x”");
    home.import("csv", &path, &["--map", "Wie groß=nothing"]).fails(65, "nothing a column can be");
    home.import("csv", &path, &["--map", "nothing"]).fails(2, "COLUMN=FIELD");
}

#[test]
fn encodings_line_ends_and_formulas_come_in_as_they_are_meant() {
    let table = "id,title\r\n1,Größe\r\n2,=1+1\r\n";
    let wide: Vec<u8> =
        std::iter::once(0xfeff).chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = table.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let marked = [b"\xef\xbb\xbf", table.as_bytes()].concat();
    for bytes in [table.as_bytes().to_vec(), wide, latin, marked] {
        let home = Home::with(EMPTY);
        let path = home.write("a.csv", bytes);
        assert_eq!(home.import("csv", &path, &[]).json()["created"], 2);
        home.item("Größe");
        home.item("=1+1");
    }
    let home = Home::with(EMPTY);
    home.import("csv", &home.write("a.csv", "id,title\n1,x\n"), &["--encoding", "klingon"])
        .fails(2, "klingon");
}

#[test]
fn files_that_are_something_else_are_refused_in_words() {
    let home = Home::with(EMPTY);
    let path = home.write("a.txt", "no, table\n");
    for format in ["trello", "github", "taskwarrior"] {
        home.import(format, &path, &[]).fails(65, "this is not");
    }
    home.import("csv", Path::new("nowhere.csv"), &[]).fails(74, "cannot read nowhere.csv");
    home.import("csv", home.folder.path(), &[]).fails(74, "it is a folder");
    home.import("backlog.md", home.folder.path(), &[]).fails(65, "tasks folder");
    home.import("excel", &path, &[]).fails(2, "invalid value");
}

/// Items with everything in them that is hard for some format.
const HARD: &str = r#"{
"twohats": 1,
"sprints": [
{"id":"s1","name":"Sprint 14"}
],
"releases": [
{"id":"r1","name":"2.0, the big one"}
],
"roadmap": {
"now": [
{"id":"k1","kind":"initiative","title":"Bank feeds","ratings":{"rice":{"reach":450,"impact":[1,3]}}}
],
"next": [],
"later": []
},
"backlog": [
{"id":"b1","kind":"story","title":"=HYPERLINK(\"x\") \"quoted\", and – more","notes":"- [ ] no task\n\n> quoted 100 %\r\n   indented  \n=1","tags":["+project","priority:A","ctx","a%b"],"parent":"k1","sprint":"s1","release":"r1","points":0.5,"acceptance":[{"text":"50 % faster","met":true},{"text":"-- or not"}],"due":"2026-12-01","created":"2026-11-02"},
{"id":"b2","kind":"bug","title":"x (A) 2026-11-02 looks like a task twohats:b1 <!-- twohats:b1 -->","status":"review","blocked_by":["b1","gone"]},
{"id":"b3","kind":"task","title":"'=1 two  blanks","status":"doing"}
],
"done": [
{"id":"d1","kind":"story","title":"Sign in","done":"2026-11-16","from":"backlog","created":"2026-11-01"},
{"id":"d2","kind":"story","title":"2026-11-01 a day in front","created":"2026-11-01"}
]
}
"#;

/// What each format does not carry.
const LEFT: [(&str, &[&str]); 6] = [
    ("csv", &[]),
    ("jsonl", &[]),
    ("markdown", &["from"]),
    ("todo.txt", &["notes", "acceptance", "ratings", "from"]),
    ("taskwarrior", &[]),
    ("jira", &["acceptance", "ratings", "from", "place", "position", "blocked_by"]),
];

/// The items of a home, without what a format leaves out.
fn carried(home: &Home, left: &[&str]) -> Vec<Value> {
    let mut items = home.items();
    for item in &mut items {
        let item = item.as_object_mut().unwrap();
        item.retain(|key, _| !left.contains(&key.as_str()) && key != "score");
    }
    items
}

#[test]
fn what_was_exported_changes_nothing_when_it_comes_back() {
    let home = Home::with(HARD);
    for (format, _) in LEFT {
        home.run(&format!("export {format} -o out --force"));
        let told = home.import(format, &home.folder.path().join("out"), &[]).json();
        assert_eq!(told["unchanged"], 6, "{format}: {told}");
        assert_eq!(told["left_out"], json!([]), "{format}: {told}");
        assert_eq!(home.text(), HARD, "{format}");
    }
}

#[test]
fn what_was_exported_is_the_same_in_another_workspace() {
    let home = Home::with(HARD);
    for (format, left) in LEFT {
        home.run(&format!("export {format} -o out --force"));
        let other = HARD.lines().filter(|line| {
            !["\"k1\"", "\"b1\"", "\"b2\"", "\"b3\"", "\"d1\"", "\"d2\""]
                .iter()
                .any(|id| line.starts_with(&format!("{{\"id\":{id}")))
        });
        let other = Home::with(&other.collect::<Vec<_>>().join("\n"));
        let told = other.import(format, &home.folder.path().join("out"), &[]).json();
        assert_eq!(told["created"], 6, "{format}: {told}");
        assert_eq!(
            carried(&other, left),
            carried(&home, left),
            "{format}\n{}",
            fs::read_to_string(home.folder.path().join("out")).unwrap()
        );
    }
}

#[test]
fn what_was_changed_outside_comes_in_and_what_was_changed_here_stays() {
    for (format, old, new) in [
        ("csv", ",Sign in,", ",Log in,"),
        ("jsonl", "\"Sign in\"", "\"Log in\""),
        ("markdown", " Sign in ", " Log in "),
        ("todo.txt", " Sign in ", " Log in "),
        ("taskwarrior", "\"description\":\"Sign in\"", "\"description\":\"Log in\""),
        ("jira", ",Sign in,", ",Log in,"),
    ] {
        let home = Home::with(HARD);
        let out = home.run(&format!("export {format}")).out;
        assert!(out.contains(old), "{format}: {out}");
        let path = home.write("out", out.replacen(old, new, 1));
        let told = home.import(format, &path, &[]).json();
        assert_eq!(
            (&told["updated"], &told["unchanged"]),
            (&json!(1), &json!(5)),
            "{format}: {told}"
        );
        home.item("Log in");
        let home = Home::with(HARD);
        home.run("set d1 points=3");
        let ran = home.import(format, &home.write("out", out.replacen(old, new, 1)), &[]);
        assert_eq!(ran.code, 3, "{format}: {ran:?}");
        assert_eq!(home.item("Sign in")["conflict"]["title"], "Log in", "{format}");
    }
}

#[test]
fn no_cell_that_is_written_is_a_formula() {
    let home = Home::with(HARD);
    for format in ["csv", "jira"] {
        let out = home.run(&format!("export {format}")).out;
        assert!(out.contains("\"'=HYPERLINK"), "{out}");
        assert!(out.contains(",''=1 two  blanks,"), "{out}");
    }
}

#[test]
fn a_quote_that_is_never_closed_imports_nothing() {
    let home = Home::with(EMPTY);
    let torn = home.write("torn.csv", "id,title\n1,One\n2,\"Two\n3,Three\n");
    let ran = home.import("csv", &torn, &[]);
    ran.fails(65, "torn.csv: the quote in line 3, column 3 is never closed");
    assert_eq!(home.text(), EMPTY);
}

#[test]
fn what_a_file_is_need_not_be_said() {
    let home = Home::with(EMPTY);
    home.write("Jira.csv", "Summary,Issue key,Issue Type\nOne,PR-1,Bug\n");
    let ran = home.run("import Jira.csv");
    assert!(ran.err.contains("Jira.csv is read as jira: "), "{ran:?}");
    assert_eq!(home.item("One")["external"]["key"], "PR-1");
    home.write("todo.txt", "(A) Call\n");
    assert_eq!(home.run("import todo.txt --json").json()["format"], "todo.txt");
    home.write("odd.xls", "title\nOdd\n");
    home.run("import odd.xls").fails(2, "say it, as in `twohats import csv odd.xls`");
    home.run("import jira").fails(2, "say which file: `twohats import jira FILE`");
    home.run("import -").fails(2, "say what is piped in, as in `twohats import csv -`");
    home.run("import none.csv").fails(74, "cannot read none.csv");
    home.run("import").fails(2, "<FILE>");
}

#[test]
fn a_file_of_another_format_is_said_to_be_one() {
    let home = Home::with(EMPTY);
    home.write("trello.json", "{\"name\":\"Board\",\"lists\":[],\"cards\":[]}");
    let ran = home.run("import jira trello.json");
    ran.fails(65, "trello.json: this is JSON and not a table");
    assert!(ran.err.contains("`twohats import trello trello.json`"), "{ran:?}");
    home.write("a.csv", "title\nA\n");
    home.run("import trello a.csv").fails(65, "`twohats import csv a.csv`");
    assert_eq!(home.text(), EMPTY);
}

#[test]
fn a_line_of_todo_txt_with_an_id_is_known_again_when_it_is_reworded() {
    let home = Home::with(EMPTY);
    let file = |text: &str| home.import("todo.txt", &home.write("t.txt", text), &[]).json();
    assert_eq!(file("Call Ada id:7\nPay\n")["created"], 2);
    assert_eq!(home.item("Call Ada")["external"]["key"], "7");
    let told = file("Call Ada Lovelace id:7\nPay\n");
    assert_eq!((&told["updated"], &told["unchanged"]), (&json!(1), &json!(1)), "{told}");
    assert_eq!(file("Call Ada Lovelace id:7\nPay all\n")["created"], 1, "it has no id");
}

#[test]
fn a_title_as_long_as_a_text_is_cut_and_kept_whole() {
    let home = Home::with(EMPTY);
    let long = "word ".repeat(600_000);
    let table = home.write("long.csv", format!("title,notes\n{long},more\n"));
    let told = home.import("csv", &table, &[]).json();
    let why = "the title has more than 1000 letters; the rest is in the notes";
    assert_eq!(told["left_out"], json!([{"row": 2, "why": why}]));
    let item = home.items().remove(0);
    assert_eq!(item["title"].as_str().unwrap().chars().count(), 1001);
    assert_eq!(item["notes"], format!("{}\n\nmore", long.trim()));
    assert_eq!(home.import("csv", &table, &[]).json()["unchanged"], 1);
}

#[test]
fn a_day_that_could_be_two_is_read_as_the_person_writes_it() {
    let home = Home::with(EMPTY);
    let table = home.write("days.csv", "title,due\nOne,03/04/2026\n");
    assert!(
        home.import("csv", &table, &[]).err.contains("03/04/2026")
            || home.item("One")["due"].is_null()
    );
    for (format, day) in [("%d/%m/%Y", "2026-04-03"), ("%m/%d/%Y", "2026-03-04")] {
        let home = Home::with(EMPTY);
        home.write(".twohats.toml", format!("date_format = \"{format}\"\n"));
        assert_eq!(home.import("csv", &table, &[]).code, 0);
        assert_eq!(home.item("One")["due"], day, "{format}");
    }
}

#[test]
fn an_export_has_only_what_is_asked_for() {
    let home = Home::with(HARD);
    let lines = |args: &str| home.run(args).out.lines().count();
    assert_eq!(lines("export jsonl"), 6);
    assert_eq!(lines("export jsonl --in backlog"), 3);
    assert_eq!(lines("export jsonl --filter kind:bug"), 1);
    assert_eq!(lines("export jsonl --in roadmap"), 1);
    home.run("export jsonl -o no/such/folder").fails(74, "cannot write no/such/folder");
    home.run("export trello").fails(2, "invalid value");
}

#[test]
fn an_export_writes_over_nothing_unless_told_to() {
    let home = Home::with(HARD);
    let path = home.write("mine.csv", "mine");
    home.run("export csv -o mine.csv").fails(1, "mine.csv is there already; nothing was written");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(home.run("export csv -o mine.csv --force").code, 0);
    assert!(fs::read_to_string(&path).unwrap().starts_with("twohats,place,"));
    home.run("export jsonl -o twohats.json").fails(1, "twohats.json is the workspace itself");
    home.run("export jsonl -o ./twohats.json --force").fails(1, "is the workspace itself");
    assert_eq!(home.text(), HARD);
    home.run("export csv --force").fails(2, "--output");
    home.run("export csv -o .").fails(74, "cannot write .: is a directory");
}

#[test]
fn an_export_refuses_what_says_nothing_of_it() {
    let home = Home::with(HARD);
    for (args, words) in [
        ("csv --for team", "csv does not take --for; it takes --in, --filter and --sort, -o"),
        ("csv 9.9", "csv does not take a release; it takes"),
        ("jira --since 2026-01-01", "jira does not take --since"),
        ("changelog --format html", "changelog does not take --format; it takes --for, -o"),
        ("changelog --since 2026-01-01", "changelog does not take --since"),
        ("roadmap 2.0", "roadmap does not take a release; it takes --for, --format, --since, -o"),
        ("roadmap --in backlog", "roadmap does not take --in, --filter or --sort"),
        ("release-notes --sort title", "release-notes does not take --in, --filter or --sort"),
        ("ics --for investors", "ics does not take --for; it takes -o"),
    ] {
        home.run(&format!("export {args}")).fails(2, words);
    }
}

/// Runs a program of Debian's where it is there, with this home; its answer.
fn real(program: &str, home: &Path, args: &[&str]) -> Option<String> {
    let mut command = std::process::Command::new(program);
    command.env("HOME", home).env("TASKRC", home.join(".taskrc")).args(args).stdin(Stdio::null());
    let ran = command.output().ok()?;
    assert!(ran.status.success(), "{program} {args:?}: {ran:?}");
    Some(String::from_utf8(ran.stdout).unwrap())
}

#[test]
fn taskwarrior_takes_what_is_written_for_it_and_gives_it_back() {
    let home = Home::with(HARD);
    let folder = home.folder.path();
    let settings = "confirmation=off\nuda.twohats.type=string\n";
    fs::write(folder.join(".taskrc"), format!("data.location={}\n{settings}", folder.display()))
        .unwrap();
    home.run("export taskwarrior -o out.json");
    let out = folder.join("out.json");
    if real("task", folder, &["import", out.to_str().unwrap()]).is_none() {
        return;
    }
    let back = real("task", folder, &["export"]).unwrap();
    let told = home.import("taskwarrior", &home.write("back.json", &back), &[]).json();
    assert_eq!((&told["unchanged"], &told["left_out"]), (&json!(6), &json!([])), "{told}\n{back}");
    assert_eq!(home.text(), HARD);
    let tasks: Value = serde_json::from_str(&back).unwrap();
    let uuid = |end: &str| {
        let mut tasks = tasks.as_array().unwrap().iter();
        let task = tasks.find(|task| task["description"].as_str().unwrap().ends_with(end));
        task.unwrap()["uuid"].as_str().unwrap()
    };
    real("task", folder, &[uuid("Sign in"), "modify", "due:2026-12-24"]);
    real("task", folder, &[uuid("blanks"), "done"]);
    let back = real("task", folder, &["export"]).unwrap();
    let told = home.import("taskwarrior", &home.write("back.json", back), &[]).json();
    assert_eq!((&told["updated"], &told["unchanged"]), (&json!(2), &json!(4)), "{told}");
    assert_eq!(home.item("Sign in")["due"], "2026-12-24");
    assert_eq!(home.item("'=1 two  blanks")["place"], "done");
}

#[test]
fn todo_txt_takes_what_is_written_for_it_and_gives_it_back() {
    let home = Home::with(HARD);
    let folder = home.folder.path();
    let todo = folder.join("todo.txt");
    home.run("export todo.txt -o todo.txt");
    let config = format!(
        "export TODO_DIR={0}\nexport TODO_FILE={0}/todo.txt\nexport DONE_FILE={0}/done.txt\nexport REPORT_FILE={0}/report.txt\n",
        folder.display()
    );
    fs::write(folder.join("config"), config).unwrap();
    let config = folder.join("config");
    let run = |args: &[&str]| {
        real("todo-txt", folder, &[&["-d", config.to_str().unwrap(), "-f"], args].concat())
    };
    if run(&["list"]).is_none() {
        return;
    }
    assert_eq!(home.import("todo.txt", &todo, &[]).json()["unchanged"], 6);
    let lines = fs::read_to_string(&todo).unwrap();
    let number = 1 + lines.lines().position(|line| line.contains("two  blanks")).unwrap();
    run(&["-a", "do", &number.to_string()]);
    run(&["-a", "pri", "1", "B"]);
    let told = home.import("todo.txt", &todo, &[]).json();
    assert_eq!((&told["updated"], &told["unchanged"]), (&json!(2), &json!(4)), "{told}");
    assert_eq!(home.item("'=1 two  blanks")["place"], "done");
    assert_eq!(home.item("Bank feeds")["tags"], json!(["priority:B"]));
    assert_eq!(home.text().lines().count(), HARD.lines().count());
}
