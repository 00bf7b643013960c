//! The command line: command, then stdout, stderr, exit code and what is in the file.

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(super) const BEFORE: &str = r#"{
"twohats": 1,
"product": {"name":"Ledgerly","vision":"Close the books in an hour"},
"settings": {"backlog_framework":"wsjf","now_limit":2},
"objectives": [
{"id":"o4k1z8","title":"Halve the time to close"}
],
"sprints": [
{"id":"s3h8w2","name":"Sprint 14","start":"2026-11-23","end":"2026-12-06","state":"running"}
],
"roadmap": {
"now": [
{"id":"k7f3q9","kind":"initiative","title":"Bank feeds","objective":"o4k1z8","ratings":{"rice":{"reach":450,"impact":3,"confidence":100,"effort":2}}},
{"id":"k7zz01","kind":"initiative","title":"Invoices"}
],
"next": [],
"later": []
},
"backlog": [
{"id":"b2m8w1","kind":"story","title":"Import a bank CSV","parent":"k7f3q9","sprint":"s3h8w2","points":5,"mine":{"kept":1e2}},
{"id":"c3n9x2","kind":"bug","title":"Rows go missing","blocked_by":["b2m8w1"],"tags":["bank"]},
{"id":"e5q1z4","kind":"epic","title":"Match rules","points":8}
],
"inbox": [
{"id":"f0d4v6","kind":"feedback","title":"CSV import drops the last row"}
],
"done": [
{"id":"d9x1r3","kind":"story","title":"Sign in with a passkey","done":"2026-11-16","from":"backlog"}
]
}
"#;

/// What of the environment could reach into a home.
const VARIABLES: [&str; 10] = [
    "COLUMNS",
    "NO_COLOR",
    "LC_ALL",
    "XDG_STATE_HOME",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "TWOHATS_FILE",
    "TWOHATS_THEME",
    "TWOHATS_ASCII",
    "TWOHATS_MOUSE",
];

/// A workspace in a home of its own.
pub(super) struct Home {
    pub(super) folder: TempDir,
}

/// What a command gave.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) out: String,
    pub(super) err: String,
    pub(super) code: i32,
}

impl Ran {
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }

    #[track_caller]
    pub(super) fn fails(&self, code: i32, words: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.err.contains(words), "{self:?}");
        assert_eq!(self.out, "");
    }
}

impl Home {
    pub(super) fn with(text: &str) -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(home.file(), text).unwrap();
        home
    }

    pub(super) fn new() -> Self {
        Self::with(BEFORE)
    }

    pub(super) fn file(&self) -> PathBuf {
        self.folder.path().join("twohats.json")
    }

    pub(super) fn text(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    pub(super) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.of(Command::new(env!("CARGO_BIN_EXE_twohats")));
        command.args(args);
        command
    }

    /// A command in this home.
    pub(super) fn of(&self, mut command: Command) -> Command {
        command.current_dir(self.folder.path()).env("HOME", self.folder.path());
        for variable in VARIABLES {
            command.env_remove(variable);
        }
        command.env("LANG", "C.UTF-8").env("TERM", "xterm").env_remove("LC_CTYPE");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(super) fn run_all(&self, args: &[&str]) -> Ran {
        let ran = ran(self.command(args).spawn().unwrap());
        crate::schema::check(args, &ran.out, ran.code);
        ran
    }

    /// Runs a command without spaces in its arguments.
    pub(super) fn run(&self, args: &str) -> Ran {
        self.run_all(&args.split_whitespace().collect::<Vec<_>>())
    }

    pub(super) fn piped(&self, args: &str, input: &str) -> Ran {
        let args: Vec<&str> = args.split_whitespace().collect();
        let mut child = self.command(&args).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let ran = ran(child);
        crate::schema::check(&args, &ran.out, ran.code);
        ran
    }

    /// The lines of the file that are not in it any more, and those that are new.
    pub(super) fn changed(&self) -> (Vec<String>, Vec<String>) {
        let bare = |text: &str| -> Vec<String> {
            text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect()
        };
        let (old, new) = (bare(BEFORE), bare(&self.text()));
        let not_in = |a: &[String], b: &[String]| -> Vec<String> {
            a.iter().filter(|line| !b.contains(line)).cloned().collect()
        };
        (not_in(&old, &new), not_in(&new, &old))
    }

    /// The one line that is not as it was.
    #[track_caller]
    pub(super) fn only_change(&self) -> String {
        let (old, mut new) = self.changed();
        assert!(old.len() == 1 && new.len() == 1, "{old:?} → {new:?}");
        new.remove(0)
    }

    /// The titles of a place, in their order.
    pub(super) fn order(&self, place: &str) -> String {
        let items = self.run(&format!("list --json --in {place}")).json();
        let ids = items
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["id"].as_str().unwrap()[..1].to_owned());
        ids.collect()
    }
}

pub(super) fn ran(child: std::process::Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

#[test]
fn everything_is_listed_place_by_place() {
    let ran = Home::new().run("list");
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.out, @r"
    NOW 2/2
      1  k7f3q9  initiative           675  Bank feeds
      2  k7zz01  initiative             –  Invoices

    BACKLOG 3
      1  b2m8w1  story          5       –  Import a bank CSV
      2  c3n9x2  bug                    –  Rows go missing
      3  e5q1z4  epic           8       –  Match rules

    INBOX 1
      1  f0d4v6  feedback               –  CSV import drops the last row

    DONE 1
      1  d9x1r3  story                  –  Sign in with a passkey
    ");
}

#[test]
fn a_listed_item_is_the_item_of_the_file_with_its_place_position_and_score() {
    let items = Home::new().run("list --json").json();
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), 7);
    let feeds = &items[0];
    assert_eq!(feeds["place"], "now");
    assert_eq!(feeds["position"], 1);
    assert_eq!(feeds["score"], 675);
    assert_eq!(feeds["ratings"]["rice"]["reach"], 450);
    assert!(items[1].get("score").is_none());
    let csv = &items[2];
    assert_eq!(csv["mine"]["kept"], 100.0, "unknown fields are shown too");
    assert_eq!(items[6]["place"], "done", "done comes last");
}

#[test]
fn a_list_can_be_of_a_place_filtered_and_sorted() {
    let home = Home::new();
    assert_eq!(home.order("roadmap"), "kk");
    assert_eq!(home.order("backlog --filter kind:bug"), "c");
    assert_eq!(home.order("backlog --sort points"), "ebc");
    assert_eq!(home.order("backlog --sort title"), "bec");
    let found = home.run_all(&["list", "--json", "--filter", "import in:inbox"]).json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_eq!(found[0]["position"], 1);
    assert_eq!(home.run("list --filter zzzzz --json").out, "[]\n");
}

#[test]
fn an_item_is_shown_with_all_that_is_known_of_it() {
    let home = Home::new();
    insta::assert_snapshot!(home.run("show b2").out, @r"
    b2m8w1  Import a bank CSV
    story
    WSJF        needs value, urgency, opportunity, size · (value ? + urgency ? + opportunity ?) ÷ size ?
    part of     Bank feeds
    awaited by  Rows go missing
    sprint      Sprint 14
    points      5
    ");
    insta::assert_snapshot!(home.run("show settings").out, @r"
    Settings
    backlog framework  wsjf
    limit of Now       2
    ");
    assert_eq!(home.run("show b2 --json").json()["title"], "Import a bank CSV");
    let both = home.run("show b2 o4 --json").json();
    assert_eq!(both[1]["title"], "Halve the time to close");
    assert!(both[1].get("place").is_none(), "an objective has no place for items");
    assert_eq!(home.run("show product --json").json()["name"], "Ledgerly");
}

#[test]
fn a_prefix_that_several_share_lists_them_and_does_nothing() {
    let home = Home::new();
    for args in ["show k7", "rm k7", "move k7 --top", "set k7 points=3", "done k7"] {
        let ran = home.run(args);
        ran.fails(1, "k7f3q9  Bank feeds");
        assert!(ran.err.contains("k7zz01  Invoices"), "{ran:?}");
    }
    home.run("show zz").fails(1, "no id begins with “zz”");
    home.run("done o4").fails(1, "o4k1z8 is not an item");
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn the_part_of_an_id_that_is_enough_stands_out() {
    let home = Home::new();
    let out = home.run("list --color always --in backlog").out;
    assert!(out.contains("\u{1b}[1mb\u{1b}[0m2m8w1"), "{out:?}");
    assert!(!home.run("list").out.contains('\u{1b}'), "a pipe gets no colours");
    let quiet = home.command(&["show", "b2", "--color", "auto"]).env("NO_COLOR", "1").output();
    assert!(!quiet.unwrap().stdout.contains(&0x1b));
}

#[test]
fn what_is_added_goes_to_the_bottom_of_the_backlog_and_its_id_is_printed() {
    let home = Home::new();
    let ran = home.run("add Undo a match points=3 tags=a,b --as-of 2026-11-22");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.err, "twohats: added to the backlog: Undo a match\n");
    let id = ran.out.trim();
    assert_eq!(id.len(), 10);
    let line = format!(
        r#"{{"id":"{id}","kind":"story","title":"Undo a match","tags":["a","b"],"points":3,"created":"2026-11-22"}}"#
    );
    assert_eq!(home.changed(), (Vec::new(), vec![line]));
    assert_eq!(home.run(&format!("show {id} --json")).json()["position"], 4);
}

#[test]
fn what_is_added_goes_where_it_is_told_to() {
    let home = Home::new();
    let added = |args: &str| home.run(&format!("add {args} --json")).json();
    let top = added("First --top");
    assert_eq!((&top["position"], &top["kind"]), (&Value::from(1), &Value::from("story")));
    let lane = added("Payroll --to later rice.reach=300..600");
    assert_eq!(lane["kind"], "initiative");
    assert_eq!(lane["ratings"]["rice"]["reach"], serde_json::json!([300, 600]));
    assert_eq!(added("Slow --to inbox")["kind"], "feedback");
    assert_eq!(added("Slower --in inbox")["place"], "inbox");
    assert_eq!(added("Crash --kind bug --after b2")["position"], 3);
    assert_eq!(added("Third --before k7z")["place"], "now");
    assert_eq!(added("x title=a=b")["title"], "a=b");
    home.run("add Third --to later --before k7z").fails(2, "--to now");
}

#[test]
fn titles_are_added_line_by_line_and_keep_their_order() {
    let home = Home::new();
    let ran = home.piped("add - --top", "One\n\n  Two\nThree\n");
    assert_eq!(ran.out.lines().count(), 3);
    let items = home.run("list --in backlog --json").json();
    let titles: Vec<_> = (0..3).map(|nth| items[nth]["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["One", "Two", "Three"]);
    assert!(home.piped("add - --json", "Only\n").json().is_array());
    assert_eq!(home.piped("add - --json", "").code, 0);
}

#[test]
fn a_set_changes_one_line_and_keeps_the_rest_of_it() {
    let home = Home::new();
    let ran = home.run("set b2 points=3 tags+=bank,api");
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert_eq!(
        home.only_change(),
        r#"{"id":"b2m8w1","kind":"story","title":"Import a bank CSV","tags":["bank","api"],"parent":"k7f3q9","sprint":"s3h8w2","points":3,"mine":{"kept":1e2}}"#
    );
    home.run("set b2 points=5 tags=");
    assert_eq!(home.text(), BEFORE, "setting back what was there brings the bytes back");
}

#[test]
fn every_shape_of_field_is_set() {
    let home = Home::new();
    let home_set = |field: &str| {
        let ran = home.run_all(&["set", "c3", field, "--json", "--as-of", "2026-11-22"]);
        assert_eq!(ran.code, 0, "{field}: {ran:?}");
        ran.json()
    };
    for (field, at, value) in [
        ("title=Rows\u{1b} vanish", "/title", "Rows  vanish"),
        ("notes=two\nlines", "/notes", "two\nlines"),
        ("due=+3d", "/due", "2026-11-25"),
        ("due=2026-12-18", "/due", "2026-12-18"),
        ("objective=o4", "/objective", "o4k1z8"),
        ("sprint=Sprint 14", "/sprint", "s3h8w2"),
        ("blocked_by+=e5", "/blocked_by/1", "e5q1z4"),
        ("story.so=I see them", "/story/so", "I see them"),
        ("story.as=a founder", "/story/as", "a founder"),
        ("acceptance+=All rows", "/acceptance/0/text", "All rows"),
        ("status=blocked", "/blocked/since", "2026-11-22"),
        ("blocked.why=no data", "/blocked/why", "no data"),
        ("status=doing", "/started", "2026-11-22"),
        ("status=doi", "/started", "2026-11-22"),
        ("wsjf.value=8", "/rated/wsjf", "2026-11-22"),
    ] {
        assert_eq!(home_set(field).pointer(at).unwrap(), value, "{field}");
    }
    let item = home_set("acceptance.1.met=yes");
    assert_eq!(item["acceptance"][0]["met"], true);
    assert_eq!(item["ratings"]["wsjf"]["value"], 8);
    assert!(item.get("blocked").is_none(), "what is being done is not blocked");
    let cleared = home_set("wsjf=");
    assert!(cleared.get("ratings").is_none() && cleared.get("rated").is_none());
    let story = home.run("show c3 --json").out;
    assert!(story.find("a founder") < story.find("I see them"), "parts stand in their order");
    assert!(home_set("status=").get("status").is_none());
    assert!(home_set("blocked_by-=b2,e5").get("blocked_by").is_none());
}

#[test]
fn product_and_settings_are_set_by_their_words() {
    let home = Home::new();
    let set = |args: &str| home.run(args).json();
    assert_eq!(set("set settings capacity=20 --json")["capacity"], 20);
    assert_eq!(set("set settings wip.doing=2 --json")["wip"]["doing"], 2);
    assert_eq!(
        set("set settings rubrics.rice.impact.0.5=nice --json")["rubrics"]["rice.impact"]["0.5"],
        "nice"
    );
    assert_eq!(set("set product strategy=Solo --json")["strategy"], "Solo");
    home.run("set settings backlog_framework=rcie").fails(2, "rice, ice, wsjf");
}

#[test]
fn of_a_set_that_is_wrong_in_any_part_nothing_is_done() {
    let home = Home::new();
    for (field, words) in [
        ("points=0", "not a number above 0"),
        ("points=many", "not a number"),
        ("points=1,000", "“1,000” may be two numbers; write 1000 or 1.0"),
        ("rice.reach=10,000", "“10,000” may be two numbers; write 10000 or 10.0"),
        ("pionts=3", "there is no such field"),
        ("title=", "needs a title"),
        ("due=soon", "not a day"),
        ("objective=zz", "nothing is called “zz”"),
        ("status=asleep", "one of todo, doing, blocked, review"),
        ("rice.reech=3", "reach, impact, confidence, effort"),
        ("rice.reach=-3", "at least 0"),
        ("wsjf.size=4", "one of"),
        ("wsjf.size=3..4", "one of"),
        ("rice.reach=0..100", "a range of reach begins above 0, not at 0"),
        ("story=x", "="),
        ("points+=1", "points+=1: += and -= are for lists"),
        ("status.nonsense=doing", "it has no part"),
        ("tags-=none", "not in it"),
    ] {
        home.run(&format!("set e5 tags+=x b2 {field}")).fails(2, words);
    }
    home.run("set b2 parent=c3 c3 blocked_by=").fails(1, "");
    home.run("set b2 blocked_by=c3").fails(1, "that would go round");
    home.run("set b2").fails(2, "FIELD=VALUE");
    home.run("set points=3").fails(2, "say which records");
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn a_move_takes_an_item_where_it_is_told_to() {
    for (args, order) in [
        ("b2 --bottom", "ceb"),
        ("e5 --top", "ebc"),
        ("b2 --after c3", "cbe"),
        ("e5 b2 --before c3", "ebc"),
        ("b2 --by 1", "cbe"),
        ("e5 --by -9", "ebc"),
        ("b2 c3 --by 1", "ebc"),
        ("b2 --top", "bce"),
    ] {
        let home = Home::new();
        let ran = home.run(&format!("move {args}"));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert_eq!(home.order("backlog"), order, "{args}");
        assert_eq!(home.changed(), (Vec::new(), Vec::new()), "{args}: a move edits nothing");
    }
}

#[test]
fn an_item_is_split_in_two() {
    let home = Home::new();
    home.run("set b2 points=5 acceptance+=rows acceptance+=fast acceptance+=safe");
    let new = home.run_all(&["split", "b2", "The", "rest", "--points", "2", "--criteria", "1,3"]);
    let halves = home.run(&format!("show b2 {} --json", new.out.trim())).json();
    let of = |at: usize, field: &str| halves[at][field].clone();
    assert_eq!([of(0, "points"), of(1, "points")], [3, 2]);
    assert_eq!(of(1, "title"), "The rest");
    let words = |at: usize| {
        let all = of(at, "acceptance");
        let all =
            all.as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned());
        all.collect::<Vec<_>>().join(" ")
    };
    assert_eq!([words(0), words(1)], ["fast", "rows safe"]);
    assert_eq!(of(1, "position").as_u64(), of(0, "position").as_u64().map(|at| at + 1));
    home.run("split b2 x --points 3").fails(2, "fewer than its 3");
    home.run("split b2 x --points none").fails(2, "not a number above 0");
    home.run("split b2 x --criteria 2").fails(2, "there is no criterion 2; it has 1");
    home.run("split b2").fails(2, "TITLE");
    home.run("set c3 parent=b2");
    home.run("split b2 x").fails(1, "has parts already");
}

#[test]
fn a_move_that_makes_no_sense_is_refused() {
    let home = Home::new();
    home.run("move b2").fails(2, "--to");
    home.run("move b2 --top --bottom").fails(2, "cannot be used with");
    home.run("move b2 --to nowhere").fails(2, "backlog");
    home.run("move b2 --before b2").fails(2, "itself");
    home.run("move b2 --before f0").fails(2, "--to inbox");
    assert_eq!(home.text(), BEFORE);
    let ran = home.run("move b2 --top");
    assert_eq!((ran.code, ran.err.as_str()), (0, "twohats: as it was: Import a bank CSV\n"));
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn between_the_panes_kind_and_sprint_follow() {
    let home = Home::new();
    let moved = home.run("move e5 --to next --json").json();
    assert_eq!((&moved["kind"], &moved["place"]), (&"initiative".into(), &"next".into()));
    let back = home.run("move k7f --to backlog --json").json();
    assert_eq!((&back["kind"], &back["position"]), (&"epic".into(), &1.into()));
    assert_eq!(back["ratings"]["rice"]["reach"], 450);
    let story = home.run("move b2 --to later --json").json();
    assert!(story.get("sprint").is_none() && story["kind"] == "story");
    assert_eq!(home.order("backlog"), "kc");
}

#[test]
fn done_and_reopened_is_as_it_was() {
    let home = Home::new();
    let done = home.run("done c3 b2 --json --as-of 2026-11-22").json();
    assert_eq!((&done[0]["done"], &done[0]["from"]), (&"2026-11-22".into(), &"backlog".into()));
    assert_eq!(home.order("done"), "dcb");
    assert_eq!(home.run("done c3").err, "twohats: as it was: Rows go missing\n");
    home.run("reopen c3");
    home.run("reopen b2");
    assert_eq!(home.text(), BEFORE);
    home.run("move c3 --to done");
    home.run("move c3 --to backlog --after b2");
    assert_eq!(home.text(), BEFORE, "a move to done and back does the same");
}

#[test]
fn a_day_is_written_in_the_same_ways_everywhere() {
    let home = Home::new();
    let due = |text: &str| {
        home.run_all(&["set", "c3", &format!("due={text}"), "--as-of", "22.11.2026"]);
        home.run("show c3 --json").json()["due"].clone()
    };
    assert_eq!(due("31.12.2026"), "2026-12-31");
    assert_eq!(due("tomorrow"), "2026-11-23");
    assert_eq!(due("18 Dec 2026"), "2026-12-18");
    let by = home.run("forecast --by fri --as-of 2026-11-22 --json").json();
    assert_eq!(by["by"]["date"], "2026-11-27");
    let since = home.run("standup --since fri --as-of 2026-11-22 --json").json();
    assert_eq!(since["since"], "2026-11-20", "what is looked back at is past");
    let ways = "is not a day: 2026-12-18, 18.12.2026";
    for wrong in ["list --as-of foo", "forecast --by foo", "set c3 due=foo"] {
        home.run(wrong).fails(2, ways);
    }
    home.run("set c3 due=3/4/2026").fails(2, "may be 2026-03-04 or 2026-04-03");
    home.run("forecast --by 3/4/2027").fails(2, "may be 2027-03-04 or 2027-04-03");
    home.run("list --as-of 3/4/2027").fails(2, "may be 2027-03-04 or 2027-04-03");
}

#[test]
fn a_day_that_may_be_two_is_read_as_the_person_writes_days() {
    let home = Home::new();
    for (format, day) in [("%m/%d/%Y", "2027-03-04"), ("%d.%m.%Y", "2027-04-03")] {
        let config = format!("date_format = \"{format}\"\n");
        fs::write(home.folder.path().join(".twohats.toml"), config).unwrap();
        assert_eq!(home.run("set c3 due=3/4/2027 --json").json()["due"], day);
        let added = home.run("add New due=3/4/2027 --json").json();
        assert_eq!(added["due"], day, "{added}");
        let by = home.run("forecast --by 3/4/2027 --as-of 2026-11-22 --json").json();
        assert_eq!(by["by"]["date"], day);
        let since = home.run("changes --since 3/4/2020 --json").json();
        assert_eq!(since["since"], day.replace("2027", "2020"), "{since}");
    }
}

#[test]
fn where_an_item_is_meant_only_items_can_be() {
    let text = BEFORE.replace("\"s3h8w2\"", "\"e3h8w2\"");
    let home = Home::with(&text);
    home.run("show e").fails(1, "e3h8w2");
    assert_eq!(home.run("done e").err, "twohats: done: Match rules\n");
    assert_eq!(home.run("sprint show e --json").json()["name"], "Sprint 14");
}

#[test]
fn verbs_take_what_they_are_about_without_an_option() {
    let home = Home::new();
    let scored = home.run("score k7f b2 --json").json();
    let ids: Vec<_> = scored.as_array().unwrap().iter().map(|item| &item["id"]).collect();
    assert_eq!(ids, ["k7f3q9", "b2m8w1"]);
    home.run("score k7f --filter kind:bug").fails(2, "--filter");
    assert_eq!(home.run("forecast b2").out, home.run("forecast --item b2").out);
    assert_eq!(home.run("sprint 14").out, home.run("sprint show 14").out);
    home.run("sprint clsoe").fails(2, "did you mean `twohats sprint close`?");
    home.run("sprint 99").fails(1, "“99”");
    home.run("sprint 14 list").fails(2, "then “14”");
    let file = home.file();
    let between = home.run_all(&["sprint", "--file", file.to_str().unwrap(), "list"]);
    assert_eq!(between.out, home.run("sprint list").out);
    let one = home.run("frameworks wsjf --json").json();
    assert!(one.as_array().unwrap().iter().all(|row| row["id"] == "wsjf"));
    home.run("frameworks wsfj").fails(2, "wsjf");
    let all = home.run("next 3 --json").json();
    assert_eq!(all[0], home.run("next --json").json());
    assert_eq!(all.as_array().unwrap().len(), 2, "the third is blocked");
    assert_eq!(home.run("next 3").out.lines().count(), 3 + 1 + 3);
    assert!(home.run("next 3").out.contains("ready, at place 3 of the backlog"));
}

#[test]
fn what_is_cleared_is_said_in_words() {
    let home = Home::new();
    let ran = home.run("set c3 tags= points=3");
    assert_eq!(ran.err, "twohats: set points=3, cleared tags: Rows go missing\n");
    assert_eq!(home.run("set e5 points=").err, "twohats: cleared points: Match rules\n");
}

#[test]
fn what_a_change_leaves_to_be_wished_for_is_said_after_it() {
    let home = Home::new();
    let said = |args: &str| home.run(args).err;
    let odd = said("set c3 kind=stroy");
    assert!(odd.contains("no other item is of the kind “stroy”; did you mean `story`?"), "{odd}");
    assert!(said("add Gnu kind=gnu").contains("“gnu”; known are initiative, epic, story"));
    assert_eq!(
        said("set e5 kind=stroy"),
        "twohats: set kind=stroy: Match rules\n",
        "it is known now"
    );
    assert_eq!(said("set o4 share=60"), "twohats: set share=60: Halve the time to close\n");
    let over = said("set o4 share=140");
    assert!(over.contains("the shares of the objectives add up to 140 %"), "{over}");
    home.run("set e5 acceptance+=fast acceptance+=safe acceptance.1.met=yes");
    let done = said("done e5");
    let (first, second) = done.split_once('\n').unwrap();
    assert_eq!(first, "twohats: done: Match rules");
    assert_eq!(second, "twohats: 1 of the 2 criteria of Match rules is not ticked: safe\n");
    let over = said("move b2 --to now");
    assert!(over.contains("Now holds 3, its limit is 2"), "{over}");
    assert!(!said("move b2 --top").contains("limit"), "it was there before");
    let piped = home.piped("batch -", "reopen e5\ndone e5\n");
    assert_eq!(piped.err.matches("is not ticked").count(), 1, "{piped:?}");
}

#[test]
fn what_is_removed_comes_back_with_the_version_before() {
    let home = Home::new();
    let before = home.text();
    assert_eq!(home.run("rm b2").code, 0);
    assert!(home.run("backups").out.contains("before a command removed something"));
    assert_eq!(home.run("restore 1").code, 0);
    assert_eq!(home.text(), before);
}

#[test]
fn what_is_removed_takes_the_links_to_it_along() {
    let home = Home::new();
    let removed = home.run("rm b2 k7f --json").json();
    assert_eq!(removed[0]["title"], "Import a bank CSV");
    let left = home.text();
    assert!(!left.contains("b2m8w1") && !left.contains("k7f3q9"), "{left}");
    assert!(home.run("show c3 --json").json().get("blocked_by").is_none());
}

#[test]
fn what_to_do_next_is_three_lines() {
    let home = Home::new();
    insta::assert_snapshot!(home.run("next --as-of 2026-11-22").out, @r"
    b2m8w1  story Import a bank CSV
    on top of the backlog · no WSJF score yet · serves “Halve the time to close”
    Sprint 14, ends 6 Dec 2026
    ");
    assert_eq!(home.run("next --json").json()["id"], "b2m8w1");
    home.run("set b2 status=blocked");
    home.run("rm e5");
    let nothing = home.run("next --json");
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "null\n"));
}

#[test]
fn scores_say_how_they_come_about_and_what_they_need() {
    let home = Home::new();
    insta::assert_snapshot!(home.run("score").out, @r"
    NOW · RICE
      1  k7f3q9     675  Bank feeds                            reach 450 × impact 3 × confidence 100 % ÷ effort 2
      2  k7zz01       –  Invoices                              needs reach, impact, confidence, effort

    BACKLOG · WSJF
      1  b2m8w1       –  Import a bank CSV                     needs value, urgency, opportunity, size
      2  c3n9x2       –  Rows go missing                       needs value, urgency, opportunity, size
      3  e5q1z4       –  Match rules                           needs value, urgency, opportunity, size
    ");
    let items = home.run("score --framework cd3 --in now --json").json();
    assert_eq!(items[0]["needs"], serde_json::json!(["cost_of_delay", "duration"]));
    assert_eq!(home.run("score --json").json()[0]["score"], 675);
    home.run("score --framework rcie").fails(2, "rice");
}

#[test]
fn frameworks_and_keys_are_told_from_their_rows() {
    let home = Home::new();
    let frameworks = home.run("frameworks --json").json();
    assert_eq!(frameworks[0]["id"], "rice");
    assert_eq!(frameworks[0]["example"]["score"], 675);
    assert!(home.run("frameworks").out.contains("Intercom"));
    let keys = home.run("keys --json").json();
    assert!(keys.as_array().unwrap().iter().any(|key| key["id"] == "move-down"));
    assert!(home.run("keys").out.contains("J or alt-down"));
}

#[test]
fn a_picture_is_the_frame_that_the_screen_would_show() {
    let home = Home::new();
    let text = home.run("picture --size 100x30 --as-of 2026-11-22").out;
    assert_eq!(text.lines().count(), 30);
    assert!(text.contains("Bank feeds") && text.contains("Import a bank CSV"), "{text}");
    let moved = home.run("picture --size 100x30 --keys ]ggJ").out;
    assert!(moved.contains("moved down: Import a bank CSV"), "{moved}");
    assert_eq!(home.text(), BEFORE, "a picture changes nothing");
    let inbox = home.run("picture --view inbox").out;
    assert!(inbox.contains("CSV import drops the last row"), "{inbox}");
    let svg = home.run("picture --format svg").out;
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n"), "{svg}");
    home.run("picture --size 0x0").fails(2, "COLUMNSxROWS");
}

#[test]
fn a_workspace_is_made_once_and_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home { folder };
    home.run("list").fails(1, "`twohats init` makes one");
    home.run("list -f nowhere.json").fails(1, "there is no nowhere.json");
    let ran = home.run_all(&["init", "--name", "Ledgerly", "--vision", "An hour"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "twohats.json\n"), "{ran:?}");
    assert!(home.text().contains(r#""product": {"name":"Ledgerly","vision":"An hour"}"#));
    let before = home.text();
    home.run("init").fails(1, "is there already");
    assert_eq!(home.text(), before);
    assert_eq!(home.run("add Something --quiet").err, "");
    let made = home.run("init sub/plan.json --example");
    assert!(made.code == 0 && made.err.contains("`twohats sub/plan.json` opens it"), "{made:?}");
    assert!(home.run("list -f sub/plan.json --json").json().as_array().unwrap().len() > 50);
}

#[test]
fn the_variable_names_the_workspace_unless_an_option_does() {
    let home = Home::new();
    let elsewhere = home.folder.path().join("elsewhere.json");
    fs::write(&elsewhere, BEFORE.replace("Bank feeds", "Elsewhere")).unwrap();
    let list =
        |args: &[&str]| ran(home.command(args).env("TWOHATS_FILE", &elsewhere).spawn().unwrap());
    assert!(list(&["list"]).out.contains("Elsewhere"));
    assert!(list(&["list", "-f", "twohats.json"]).out.contains("Bank feeds"));
}

#[test]
fn a_line_is_read_alike_by_add_and_by_the_screen() {
    let home = Home::new();
    let added = home.run_all(&["add", "5 bug: Import drops a row #bank", "--json"]).json();
    let fields = ["kind", "points", "title", "tags"].map(|field| added[field].clone());
    assert_eq!(fields, [json!("bug"), json!(5), json!("Import drops a row"), json!(["bank"])]);
    let told = home.run_all(&["add", "--kind", "task", "5 bug: Tidy up", "--json"]).json();
    assert_eq!((&told["kind"], &told["points"]), (&json!("task"), &json!(5)));
    for words in
        [&["5 bug: As it was said #1", "--to", "inbox"][..], &["title=5 bug: As it was said #1"]]
    {
        let kept = home.run_all(&[&["add", "--json"], words].concat()).json();
        assert_eq!(kept["title"], "5 bug: As it was said #1");
    }
    home.run_all(&["add", "1,500 bug: Two"]).fails(2, "write 1500 or 1.5");
}

#[test]
fn a_tag_of_two_words_is_shown_as_it_is_typed() {
    let home = Home::new();
    let tags = |told: &str| {
        let id = home.run_all(&["add", "Tagged", told, "--json"]).json()["id"].clone();
        let shown = home.run_all(&["show", id.as_str().unwrap()]).out;
        let line = shown.lines().find(|line| line.contains("tags")).unwrap_or_default().to_owned();
        (home.run_all(&["show", id.as_str().unwrap(), "--json"]).json()["tags"].clone(), line)
    };
    let (stored, line) = tags("tags=a,b,\"c d\"");
    assert_eq!(stored, json!(["a", "b", "c d"]));
    let shown = line.trim().trim_start_matches("tags").trim();
    assert_eq!(shown, "a, b, \"c d\"");
    assert_eq!(tags(&format!("tags={shown}")).0, stored);
}

#[test]
fn wrong_usage_is_told_from_failing() {
    let home = Home::new();
    home.run("lits").fails(2, "'list'");
    home.run("list --nope").fails(2, "--nope");
    home.run("undo").fails(2, "`twohats restore 1` brings the newest back");
    home.run("undo 2 --json").fails(2, "`twohats restore 1`");
    home.run("redo").fails(2, "no `redo` here");
    for (word, instead) in [
        ("edit", "set ID FIELD=VALUE"),
        ("delete", "rm ID"),
        ("ls", "twohats list"),
        ("open", "twohats FILE"),
        ("inbox", "--to inbox"),
        ("close", "sprint close"),
    ] {
        for line in [word.to_owned(), format!("{word} kb -f no.json"), format!("-f no.json {word}")]
        {
            home.run(&line).fails(2, instead);
        }
    }
    for line in ["shwo -f no.json", "-f no.json shwo", "shwo kb", "shwo kb --all", "shwo -x"] {
        home.run(line).fails(2, "'shwo'");
        home.run(line).fails(2, "similar subcommand exists: 'show'");
    }
    home.run("show kb -x").fails(2, "'-x'");
    home.run("add").fails(2, "TITLE");
    home.run("--as-of someday list").fails(2, "--as-of");
    home.run("").fails(2, "terminal");
    home.run("--no-input").fails(2, "--help");
    assert_eq!(home.run("--version").code, 0);
}

#[test]
fn a_broken_file_is_told_with_its_line_and_left_alone() {
    for broken in [&BEFORE[..BEFORE.len() / 2], "", "[]", "{\"twohats\": 1, \"backlog\": {}}"] {
        let home = Home::with(broken);
        for args in ["list", "add Something", "set b2 points=3"] {
            let ran = home.run(args);
            ran.fails(65, "line ");
        }
        assert_eq!(home.text(), broken);
        assert_eq!(fs::read_dir(home.folder.path()).unwrap().count(), 1, "nothing lies beside it");
    }
}

#[test]
fn a_newer_format_is_read_and_never_written() {
    let newer = BEFORE.replace("\"twohats\": 1", "\"twohats\": 9");
    let home = Home::with(&newer);
    assert_eq!(home.run("list --json").json().as_array().unwrap().len(), 7);
    for args in
        ["add Something", "set b2 points=3", "move b2 --bottom", "rm b2", "done b2", "reopen d9"]
    {
        home.run(args).fails(76, "format 9");
    }
    assert_eq!(home.text(), newer);
}

#[test]
fn a_folder_that_may_not_be_written_to_fails_with_74() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let mode = |mode| fs::set_permissions(home.folder.path(), fs::Permissions::from_mode(mode));
    mode(0o555).unwrap();
    let may_anyway = fs::write(home.folder.path().join("probe"), "").is_ok();
    let ran = home.run("set b2 points=3");
    mode(0o755).unwrap();
    // Who may do everything is not kept out by a mode.
    if !may_anyway {
        ran.fails(74, "nothing was changed");
        assert_eq!(home.text(), BEFORE);
    }
}

#[test]
fn what_cannot_be_replaced_fails_with_74() {
    let home = Home::new();
    fs::hard_link(home.file(), home.folder.path().join("second.json")).unwrap();
    home.run("set b2 points=3").fails(74, "hard link");
    assert_eq!(home.text(), BEFORE);
}

#[test]
fn a_file_that_does_not_fit_fails_with_74() {
    let home = Home::new();
    let text = BEFORE.replace("Ledgerly", &"x".repeat(5000));
    fs::write(home.file(), &text).unwrap();
    let program = env!("CARGO_BIN_EXE_twohats");
    let mut shell = home.of(Command::new("sh"));
    shell.args(["-c", "ulimit -f 1; exec \"$0\" set b2 points=3", program]);
    ran(shell.spawn().unwrap()).fails(74, "not saved");
    assert_eq!(home.text(), text);
    assert_eq!(fs::read_dir(home.folder.path()).unwrap().count(), 1, "nothing lies beside it");
}

#[test]
fn nobody_reading_on_is_no_failure() {
    let many: Vec<String> = (0..5000).map(|nth| format!("Item {nth} {}", "x".repeat(80))).collect();
    let home = Home::new();
    assert_eq!(home.piped("add - --quiet", &many.join("\n")).code, 0);
    for args in [&["list"][..], &["list", "--json"]] {
        let mut child = home.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn hostile_text_never_reaches_stdout_raw() {
    let hostile = "\\u001b[2J\\u001b]0;x\\u0007 \u{202e}gnp\u{9b}31m\u{7f}\u{200b}";
    let home = Home::with(&BEFORE.replace("Import a bank CSV", hostile));
    let raw = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200b}".contains(c));
    for args in [
        "list",
        "show b2",
        "next",
        "score",
        "set b2 points=4",
        "picture",
        "move b2 --bottom",
        "rm b2",
    ] {
        let ran = home.run(args);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!ran.out.contains(raw) && !ran.err.contains(raw), "{args}: {ran:?}");
    }
    let home = Home::with(&BEFORE.replace("Import a bank CSV", hostile));
    let ran = home.run("list --json");
    assert!(!ran.out.contains(|c: char| c != '\n' && c.is_control()), "{ran:?}");
    let title = "\u{1b}[2J\u{1b}]0;x\u{7} \u{202e}gnp\u{9b}31m\u{7f}\u{200b}";
    assert_eq!(ran.json()[2]["title"], title, "data keeps every character");
}

#[test]
fn every_change_is_logged_under_the_hat_of_its_place_or_the_one_that_is_told() {
    let home = Home::new();
    home.run("set b2 points=3");
    home.run("set k7f points=3");
    home.run("set b2 points=4 --hat pm");
    home.run("set b2 points=4");
    let state = home.folder.path().join(".local/state/twohats");
    let of_workspace = fs::read_dir(state).unwrap().next().unwrap().unwrap().path();
    let log = fs::read_to_string(of_workspace.join("activity.jsonl")).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let hats: Vec<&str> = lines.iter().map(|line| line["hat"].as_str().unwrap()).collect();
    assert_eq!(hats, ["po", "pm", "pm"]);
    assert_eq!(lines[0]["words"], "set points=3: Import a bank CSV");
}

#[test]
fn help_begins_with_examples() {
    let home = Home::new();
    insta::assert_snapshot!(home.run("set --help").out, @r"
    Set fields of records

    FIELD=VALUE sets and FIELD= clears; FIELD+=VALUE and FIELD-=VALUE add to a list and take away from
    it. Parts stand behind a dot: story.as, blocked.why, acceptance.1.met. A framework is rated by its
    factors: rice.reach=450, or rice.reach=300..600 for a 90 % interval. A link is the beginning of an
    id, or the whole title or name. A day is 2026-12-18, 18.12.2026, tomorrow, fri or +2w; --as-of names
    all ways to write it. Any record has fields; `product` and `settings` stand for the ids of these
    two. All or nothing is done.

    Examples:
      twohats set b2 points=5 tags+=bank                        two fields of an item
      twohats set k7 rice.reach=300..600 rice.effort=2          ratings, one of them a range
      twohats set b2 b9 sprint='Sprint 14' due=+2w              links go by name or id
      twohats set b2 status=blocked blocked.why='no test data'  a status and its reason
      twohats set b2 acceptance+='10,000 rows in one go'        one more criterion
      twohats set --filter 'sprint:14 kind:bug' tags+=urgent    every item that is found
      twohats set b2 sprint= --why 'the bank is late'           out of a sprint, and why
      twohats set settings capacity=20                          how this workspace works

    Usage: twohats set [OPTIONS] <ID>... <FIELD=VALUE>...
           twohats set [OPTIONS] --filter <QUERY> <FIELD=VALUE>...

    Arguments:
      <ID|FIELD=VALUE>...
              Records, and fields to set; `-` takes the ids that are piped in

    Options:
          --in <PLACE>
              Only this place, or the lanes of the roadmap
              
              [possible values: now, next, later, backlog, inbox, done, roadmap]

          --filter <QUERY>
              Only what this finds; `twohats list --help` has the words

          --sort <ORDER>
              The order inside a place; else its own

              Possible values:
              - own:    Its own order
              - score:  Highest score first; what has none keeps its row
              - points: Most points first; what has none last
              - felt:   What is asked for most first: votes, then entries that speak for it
              - title:  By title

          --why <TEXT>
              Why it goes against the plan, where it does: out of a running sprint that promised it

      -h, --help
              Print help (see a summary with '-h')

    Options of every verb:
      -f, --file <FILE>
              The workspace; else `$TWOHATS_FILE`, else the nearest twohats.json upwards, else yours

          --json
              Print JSON

          --quiet
              Print nothing but data

          --no-input
              Never ask, fail instead

          --no-pager
              Print straight to the terminal, however long it is

          --color <WHEN>
              When to highlight: auto (unless told), always or never

          --hat <pm|po>
              Which hat is on, for the activity log; else the one of the place

          --as-of <DATE>
              Take this day for today, so that output can be repeated; a DATE is 2026-12-18, 18.12.2026,
              18 Dec 2026, today, tomorrow, fri, +3d, +2w or +1m
    ");
}

#[test]
fn help_lists_every_verb() {
    let home = Home::new();
    insta::assert_snapshot!(home.run("-h").out, @r"
    Roadmap and backlog side by side in a terminal, for the one person who is both product manager and
    product owner

    Examples:
      twohats plan.json         the screen: roadmap and backlog side by side
      twohats init              a new workspace in this directory
      twohats next              what to do now
      twohats list --json | jq  everything, as data

    Usage: twohats [OPTIONS] [FILE]
           twohats [OPTIONS] <VERB>

    Verbs:
      init         Make a new workspace
      add          Add an item, to the bottom of the backlog unless told otherwise
      list         List the items, place by place
      show         Show everything that is known of a record
      set          Set fields of records
      move         Move items within their place, or to another
      done         Mark items as done
      reopen       Take done items up again
      duplicate    Put a copy of items right below them
      split        Split an item in two
      break-down   Break an item down into parts, or hand an initiative over
      rm           Remove records, and the links to them
      triage       Triage the inbox, an entry at a time
      next         Say what to do now, why, and when it is due: three lines
      check        Check what is wrong or missing
      blocked      List the chains of what waits for one another, the longest first
      outcomes     Show vision, strategy and how far the objectives are
      reading      Add a reading to a metric of an objective
      coverage     Hold the effort against the objectives, both ways
      timeline     Show where initiatives and releases lie in time, and which releases are at risk
      release      Say how a release stands; approve it once all its items are accepted
      notes        List the notes that one hat left for the other and that wait for an answer
      answer       Answer the note on an item
      calibration  Hold what came of finished work against what it was rated
      score        Show scores, how they come about, and what is missing
      rank         Rank items by score, and say how sure that is
      explain      Say why one item is ahead of another, and what would turn it round
      ask          Ask what would settle the order: which one, if only one?
      decide       Keep a decision about an item, with its reason
      schedule     Show the order in which waiting costs least, and what today's order costs
      forecast     Say when the items of the backlog will be done
      sprint       Make, plan, start and close sprints, and show how they stand
      standup      Say what moved since the last working day, what is stuck, and what is next
      review       Say what a sprint promised, delivered and taught, and what of it was accepted
      checkin      Say what a hat should know since its last check-in, and how both hats are worn
      changes      Say what changed since then, hat by hat
      frameworks   Show every way of scoring
      batch        Carry out many commands as one step
      import       Import another tool's file
      export       Write items for another tool, or a report to send
      diff         Say what became of one workspace in another
      conflicts    List the fields of which a merge kept two values
      merge        Bring two versions of a workspace together
      merge-copy   Bring a copy in conflict into the workspace
      git-setup    Make git merge the workspace by records
      backups      List the earlier versions of the workspace
      restore      Bring an earlier version of the workspace back
      doctor       Look whether the workspace and what surrounds it are well
      keys         Show every key of the screen
      picture      Print the frame that the screen would show
      config       Show or check what you have set
      schema       Print the JSON Schema of the file, or of what a verb prints with --json
      completions  Print what a shell needs to complete words and ids
      man          Print the page for man, or write one for each verb

    Arguments:
      [FILE]  The workspace to open on the screen

    Options:
          --theme <NAME>  The colours [possible values: terminal, light, dark, high-contrast,
                          colour-blind, mono]
          --ascii         Symbols and borders in plain ASCII
          --no-mouse      Leave the mouse to the terminal
      -h, --help          Print help
      -V, --version       Print version

    Options of every verb:
      -f, --file <FILE>   The workspace; else `$TWOHATS_FILE`, else the nearest twohats.json upwards,
                          else yours
          --json          Print JSON
          --quiet         Print nothing but data
          --no-input      Never ask, fail instead
          --no-pager      Print straight to the terminal, however long it is
          --color <WHEN>  When to highlight: auto (unless told), always or never
          --hat <pm|po>   Which hat is on, for the activity log; else the one of the place
          --as-of <DATE>  Take this day for today, so that output can be repeated; a DATE is 2026-12-18,
                          18.12.2026, 18 Dec 2026, today, tomorrow, fri, +3d, +2w or +1m
    ");
}

#[test]
fn check_says_what_is_missing_and_what_mends_it() {
    let home = Home::new();
    let ran = home.run("check --as-of 2026-11-22");
    assert_eq!(ran.code, 0, "{ran:?}");
    let has = |words: &str| assert!(ran.out.contains(words), "{words}: {ran:?}");
    has("no acceptance criteria 2  twohats set ID acceptance+=CRITERION");
    has("no estimate 1  twohats set ID points=3 · on the screen p\n  c  Rows go missing\n");
    assert!(!ran.out.contains("b2"), "the shortest prefix is enough: {ran:?}");
}

#[test]
fn check_as_json_has_the_command_that_mends_it() {
    let home = Home::new();
    let found = home.run("check --rule estimate --in backlog --json").json();
    let finding = serde_json::json!([{
        "rule": "estimate", "id": "c3n9x2", "title": "Rows go missing", "place": "backlog",
        "words": "no estimate", "mend": "twohats set c3n9x2 points=3",
    }]);
    assert_eq!(found, finding);
    let [command] = [found[0]["mend"].as_str().unwrap().trim_start_matches("twohats ")];
    assert_eq!(home.run(command).code, 0);
    assert_eq!(home.run("check --rule estimate --in backlog --json").json(), serde_json::json!([]));
}

#[test]
fn check_fails_only_where_it_is_asked_to() {
    let home = Home::new();
    assert_eq!(home.run("check --strict --in inbox").code, 0);
    let ran = home.run("check --strict --rule estimate");
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("Rows go missing") && ran.err.contains("1 to mend"), "{ran:?}");
    assert_eq!(home.run("check --rule nonsense").code, 2);
}

#[test]
fn check_lists_what_was_repaired_in_the_file() {
    let home = Home::with(&BEFORE.replace("c3n9x2", "b2m8w1"));
    let found = home.run("check --rule file --json").json();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert!(found[0]["mend"].as_str().unwrap().contains("$EDITOR +"), "{found}");
    assert!(home.run("check").out.starts_with("repaired or doubtful in the file 1\n  line "));
}

#[test]
fn a_link_to_nothing_is_found_once_and_mended_by_its_id() {
    let home =
        Home::with(&BEFORE.replace(r#""blocked_by":["b2m8w1"]"#, r#""blocked_by":["gone"]"#));
    let found = home.run("check --in backlog --json").json();
    let about = |finding: &&Value| finding["words"].as_str().unwrap().contains("gone");
    let found: Vec<&Value> = found.as_array().unwrap().iter().filter(about).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["mend"], "twohats set c3n9x2 blocked_by-=OTHER");
    assert_eq!(home.run("set c3n9x2 blocked_by-=gone").code, 0);
    assert!(!home.text().contains("gone"));
}
