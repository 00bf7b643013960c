//! What a key does to the workspace a command does too: each action names it, and it is the same.

use crate::cli::Home;
use crate::story::Story;
use std::fs;
use std::path::Path;
use twohats::app::actions::{self, Action, Script};
use twohats::app::{App, Msg, Session};
use twohats::store::{Site, WorkspaceFile};
use twohats::workspace::Content;

const BEFORE: &str = r#"{
"twohats": 1,
"product": {"name":"Ledgerly"},
"settings": {"roadmap_framework":"rice","backlog_framework":"rice","drivers":[{"id":"trust","weight":1}]},
"objectives": [
{"id":"o1","title":"Fewer hours","metrics":[{"name":"hours","type":"usage","unit":"h","baseline":9,"target":4}]},
{"id":"o2","title":"More customers"}
],
"releases": [
{"id":"r1","name":"2.0","date":"2026-12-18"}
],
"sprints": [
{"id":"s1","name":"Sprint 14","start":"2026-11-23","end":"2026-12-06","state":"planned"}
],
"roadmap": {
"now": [
{"id":"k1","kind":"initiative","title":"Bank feeds","start":"2026-12-07","due":"2026-12-20","ratings":{"rice":{"reach":300,"impact":1,"confidence":80,"effort":2}}},
{"id":"k2","kind":"initiative","title":"Invoices"}
],
"next": [
{"id":"k3","kind":"initiative","title":"Payroll"}
],
"later": [
{"id":"k4","kind":"initiative","title":"Taxes"}
]
},
"backlog": [
{"id":"b1","kind":"story","title":"Import a CSV","sprint":"s1","points":5,"acceptance":[{"text":"10,000 rows"}],"ratings":{"rice":{"reach":100,"impact":1,"confidence":80,"effort":2}}},
{"id":"b2","kind":"story","title":"Match rules","ratings":{"rice":{"reach":400,"impact":2,"confidence":80,"effort":2}}},
{"id":"b3","kind":"bug","title":"Rows go missing","points":2}
],
"inbox": [
{"id":"f1","kind":"feedback","title":"Rules would save me hours"},
{"id":"f2","kind":"feedback","title":"Too dark"}
],
"done": [
{"id":"d1","kind":"story","title":"Sign in","done":"2026-11-16","release":"r1","approved":"2026-11-17","from":"backlog","ratings":{"rice":{"effort":2}}}
]
}
"#;

/// An action, done by its key and by its command.
struct Case {
    id: &'static str,
    /// Commands that come before both.
    setup: &'static [&'static str],
    /// The keys that lead to it.
    go: &'static str,
    /// The keys that finish it; nothing where only the command is tried, since the example is one
    /// of very many things that the window does.
    then: Option<&'static str>,
}

const fn same(id: &'static str, go: &'static str, then: &'static str) -> Case {
    Case { id, setup: &[], go, then: Some(then) }
}

const fn tried(id: &'static str, go: &'static str) -> Case {
    Case { id, setup: &[], go, then: None }
}

impl Case {
    const fn after(self, setup: &'static [&'static str]) -> Self {
        Self { setup, ..self }
    }
}

const STARTED: &[&str] = &["sprint start --anyway"];

static CASES: &[Case] = &[
    same("card-left", "gsgg", "").after(&["set b1 status=doing"]),
    same("card-right", "gsgg", ""),
    same("card-lower", "gsgg", "").after(&["set b2 sprint=s1"]),
    same("card-higher", "gsG", "").after(&["move b2 --top", "set b2 sprint=s1"]),
    same("card-add", "gsgg", "Undo an import<enter>"),
    same("sprint-new", "", "<enter>"),
    tried("sprint-plan", "").after(&["set settings capacity=20"]),
    same("sprint-start", "", ""),
    tried("sprint-close", "").after(STARTED),
    same("sprint-goal", "gs", "Two banks<enter>"),
    same("sprint-days-off", "gs", "2<enter>"),
    same("sprint-limit", "gsl", "3<enter>"),
    same("sprint-room", "", "20<enter>"),
    tried("sprint-edit", "gs"),
    same("sprint-in", "]ggj", ""),
    same("move-down", "]gg", ""),
    same("move-up", "]G", ""),
    same("move-top", "]G", ""),
    same("move-bottom", "]gg", ""),
    same("score-order", "]", "m"),
    same("lane-up", "[ggjj", ""),
    same("lane-down", "[ggjj", ""),
    same("transfer", "[ggj", ""),
    same("to-inbox", "]ggj", ""),
    same("done", "]ggj", ""),
    same("add", "]gg", "Undo an import<enter>"),
    same("title", "]gg", "<ctrl-u>Undo an import<enter>"),
    same("points", "]ggj", "3<enter>"),
    same("tags", "]ggj", "bank<enter>"),
    same("duplicate", "]gg", ""),
    same("delete", "]gg", ""),
    same("capture", "", "Exports are slow<enter>"),
    same("triage-link", "gigg", "match<enter>"),
    same("triage-story", "gigg", ""),
    same("triage-bug", "gigg", ""),
    same("triage-idea", "gigg", ""),
    same("triage-park", "gigg", "<enter>"),
    same("triage-decline", "gigg", "too few need it<enter>"),
    same("triage-again", "gizgg", "").after(&["triage f1 story"]),
    same("status", "]gg", "d"),
    tried("form", "]gg"),
    tried("editor", "]gg"),
    tried("edit-objectives", ""),
    tried("edit-personas", ""),
    tried("edit-releases", ""),
    tried("edit-sprints", ""),
    tried("edit-product", ""),
    tried("edit-settings", ""),
    tried("links", "[ggj"),
    same("waits", "]gg", "match<tab><enter>"),
    same("break-down", "]gg", "3 task: Read a CSV<enter>Undo it<ctrl-s>"),
    tried("split", "]gg"),
    same("story", "]ggj", "a founder<ctrl-s>"),
    tried("criteria", "]gg"),
    same("edit-ready", "", "it has points<ctrl-s>"),
    same("edit-done-means", "", "it is live<ctrl-s>"),
    tried("note", "]gg"),
    same("score", "[gg", "<ctrl-u>450<enter>"),
    tried("roadmap-framework", ""),
    tried("backlog-framework", ""),
    tried("came", ""),
    same("decide", "]gg", "a pilot signed for it<enter>"),
    tried("ask", "]gg"),
    same("rank-move-down", "grlgg", ""),
    same("rank-move-up", "grlgg", ""),
    same("rank-lane-up", "grhgg", "").after(&["move k1 --to next"]),
    same("rank-lane-down", "grhgg", "").after(&["move k1 --to next --top"]),
    tried("matrix-less-effort", "gm"),
    tried("matrix-more-effort", "gm"),
    tried("matrix-less-value", "gm"),
    tried("matrix-more-value", "gm"),
    tried("schedule", "]gg"),
    tried("place", "]G"),
    tried("edit-drivers", ""),
    tried("edit-rubric", ""),
    same("week-earlier", "gtggj", ""),
    same("week-later", "gtggj", ""),
    same("week-longer", "gtggj", ""),
    same("week-shorter", "gtggj", ""),
    same("approve-release", "gtgg", ""),
    same("release-add", "gtgg", "2.1, 2027-02-26<enter>"),
    same("outcomes-add", "goggl", "Halve the time to close<enter>"),
    same("share", "goggl", "40<enter>"),
    same("outcomes-move-down", "goggl", ""),
    same("outcomes-move-up", "goggll", ""),
    same("reading", "goggl", "7.5<enter>"),
    same("metric-add", "goggl", "new customers | usage | a week | 3 | 9<enter>"),
    tried("mend", "]ggj"),
    tried("check-in-answer", "[gg").after(&["set k1 note_to.hat=pm note_to.text=which?"]),
    same("check-in-finish", "gc", "seen<enter>"),
    same("banner", "]gg", "a pilot signed for it<enter>")
        .after(&["sprint start --anyway", "set b1 sprint="]),
];

/// The keys that do an action: its own, or its name in the palette.
fn keys(action: &Action) -> String {
    match action.keys.first() {
        None => format!(":{}<enter>", action.title),
        Some(key) if key.len() > 2 => format!("<{key}>"),
        Some(key) => (*key).to_owned(),
    }
}

fn open(path: &Path) -> (Content, WorkspaceFile) {
    let (opened, file) = WorkspaceFile::open_at(&Site::stateless(), path).unwrap();
    (opened.content, file)
}

fn screen(content: Content) -> Story {
    let session = Session { path: "w.json".into(), content, ..Session::default() };
    let mut story = Story { app: App::new(session, 7), effects: Vec::new() };
    story.send(Msg::Resize { width: 120, height: 40 });
    story
}

/// A command of an example, its words as a shell would have them, with ids in the place of names.
fn words(example: &str, id: &str) -> Vec<String> {
    let named = [("ID", id), ("ITEM", "b2"), ("SPRINT", "s1")];
    let words = shell_words::split(example).unwrap();
    let word = |word: String| match named.iter().find(|(name, _)| *name == word) {
        Some((_, id)) => (*id).to_owned(),
        None => word.replace("=SPRINT", "=s1").replace("=ITEM", "=b2"),
    };
    words.into_iter().map(word).collect()
}

/// A workspace with every id that is not of the fixture replaced by its rank.
fn masked(text: &str) -> String {
    let new = text.split("\"id\":\"").skip(1).filter_map(|rest| rest.split('"').next());
    let new = new.filter(|id| !BEFORE.contains(&format!("\"{id}\""))).map(str::to_owned);
    let new: Vec<String> = new.collect();
    let mask = |text: String, (nth, id): (usize, &String)| text.replace(id, &format!("new{nth}"));
    new.iter().enumerate().fold(text.to_owned(), mask)
}

fn run(home: &Home, words: &[String]) -> Result<(), String> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let ran = home.run_all(&[&words[..], &["--as-of", "2026-11-22"]].concat());
    if ran.code == 0 { Ok(()) } else { Err(format!("{words:?}: {ran:?}")) }
}

fn case(case: &Case) -> Result<(), String> {
    let action = actions::named_by(case.id).unwrap();
    let Script::Command(example) = action.script else { panic!("{} has no command", case.id) };
    let home = Home::with(BEFORE);
    for line in case.setup {
        run(&home, &shell_words::split(line).unwrap())?;
    }
    let before = home.text();
    let (content, mut file) = open(&home.file());
    let mut story = screen(content);
    story.press(case.go);
    let id = story.app.cursor().map_or("b1".to_owned(), ToString::to_string);
    story.press(&keys(action)).press(case.then.unwrap_or_default());
    file.overwrite(story.app.workspace().content()).unwrap();
    let on_screen = masked(&home.text());
    fs::write(home.file(), &before).unwrap();
    run(&home, &words(example, &id))?;
    let by_command = masked(&home.text());
    if by_command == masked(&before) {
        return Err(format!("{}: {example} changes nothing ({id})", case.id));
    }
    if case.then.is_some() && on_screen != by_command {
        let differ = |a: &str, b: &str| -> String {
            a.lines().filter(|line| !b.lines().any(|other| other == *line)).collect()
        };
        let (key, command) = (differ(&on_screen, &by_command), differ(&by_command, &on_screen));
        let says = story.says();
        return Err(format!("{} on {id} ({says})\n  {key}\n  {command}", case.id));
    }
    Ok(())
}

#[test]
fn a_command_does_what_the_key_does() {
    let wrong: Vec<String> = CASES.iter().filter_map(|one| case(one).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_that_an_action_names_is_tried() {
    let has_command = |action: &&Action| matches!(action.script, Script::Command(_));
    for action in actions::all().filter(has_command) {
        assert!(CASES.iter().any(|case| case.id == action.id), "{} is not tried", action.id);
    }
}

/// What is pressed where a window is open, to make it do what it can.
const ANSWERS: [&str; 6] = ["<enter>", "1<enter>", "m", "w", "<tab><enter>", "x<ctrl-s>"];

#[test]
fn an_action_that_names_no_command_changes_nothing() {
    let views = ["[gg", "]gg", "gigg", "gsgg", "gtgg", "gogg", "gc", "grgg", "gm"];
    let home = Home::with(BEFORE);
    let (before, _) = open(&home.file());
    let looks = |action: &&Action| action.scope.in_view() && action.script == Script::Looks;
    for action in actions::all().filter(looks) {
        let mut reached = false;
        for (view, answer) in views.iter().flat_map(|view| ANSWERS.map(|answer| (view, answer))) {
            let mut story = screen(before.clone());
            story.press(view);
            if !story.app.view_scope().outwards().any(|scope| scope == action.scope) {
                continue;
            }
            reached = true;
            story.press(&keys(action));
            if story.app.window().is_some() {
                story.press(answer);
            }
            let after = story.app.workspace().content();
            assert!(*after == before, "{} changes the workspace: {answer}", action.id);
        }
        assert!(reached, "{} is in none of the views", action.id);
    }
}
