//! What makes a story ready, and what is made of one that is too big, as pictures.

use crate::story::{Story, check};
use twohats::app::Window;
use twohats::workspace::{Content, Field, Id, Record, Value};

fn criteria(texts: &[&str]) -> Value {
    let one = |text: &&str| Value::map([("text".into(), Value::text(text))]);
    Value::List(texts.iter().map(one).collect())
}

/// The criteria of an item, as `+met -open`.
fn told(story: &Story, id: &str) -> String {
    let criterion = |one: &Value| {
        let met = one.get("met") == Some(&Value::Flag(true));
        format!("{}{}", if met { "+" } else { "-" }, one.get("text").unwrap().as_text().unwrap())
    };
    let list = story.item(id).list(Field::Acceptance).iter();
    list.map(criterion).collect::<Vec<_>>().join(" ")
}

fn link(id: &str) -> Value {
    Value::link(Id::new(id))
}

fn settings() -> Record {
    Record::new(Id::new(Content::SETTINGS))
}

/// A story of eight points with three criteria, for which `w` waits.
fn large() -> Story {
    Story::with("[p] / s w c", |id, record| match id {
        "s" => record
            .with(Field::Points, Value::Number(8.0))
            .with(Field::Parent, link("p"))
            .with(Field::Acceptance, criteria(&["one", "two", "three"])),
        "w" => record.with(Field::BlockedBy, Value::list([link("s")])),
        _ => record,
    })
}

#[test]
fn a_story_and_its_criteria_are_written_in_one_small_form() {
    let mut story = Story::of("a / [b] c");
    story.press("cfounder<tab>to import<tab>I stop typing<tab>one<enter>two<ctrl-s>");
    let told_story = story.item("b").get(Field::Story).unwrap();
    let part = |name| told_story.get(name).and_then(Value::as_text).unwrap();
    assert_eq!([part("as"), part("want"), part("so")], ["founder", "to import", "I stop typing"]);
    assert_eq!(told(&story, "b"), "-one -two");
    assert_eq!(story.app.changes(), 1, "one step");
    // Where the story is told, the caret is in the criteria.
    story.press("c<enter>three<ctrl-t><ctrl-s>");
    assert_eq!(told(&story, "b"), "-one -two +three");
    story.press("uu");
    assert_eq!(story.item("b").get(Field::Acceptance), None);
}

#[test]
fn criteria_are_ticked_one_after_the_other() {
    let mut story = Story::under(
        settings().with(Field::DoneMeans, Value::list([Value::text("tested")])),
        "/ [b]",
        |_, record| record.with(Field::Acceptance, criteria(&["one", "two"])),
    );
    story.press("C2");
    assert_eq!(told(&story, "b"), "-one +two");
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it asks for more") };
    assert_eq!(asked.title, "1 of 2 criteria met: b");
    assert_eq!(asked.about, ["done means, for every item:", "  tested", ""]);
    story.press("k<enter>2<esc>");
    assert_eq!(told(&story, "b"), "+one -two");
    story.press("u");
    assert_eq!(told(&story, "b"), "+one +two");
    let mut none = Story::of("/ [b]");
    none.press("C");
    assert_eq!(none.says(), "it has no criteria · c writes them");
}

#[test]
fn what_is_done_says_which_criteria_were_not_ticked() {
    let mut story = Story::with("/ [b] c", |_, record| {
        record.with(Field::Acceptance, criteria(&["one", "two"]))
    });
    story.press("C1<esc>d");
    assert_eq!(story.says(), "done: b, though a criterion is not ticked · u takes it back");
}

#[test]
fn a_story_is_split_below_itself_and_what_waits_for_it_waits_for_both() {
    let mut story = large();
    story.press("]BSecond<tab>3<tab><up><ctrl-t><up><ctrl-t><ctrl-s>");
    assert_eq!(story.picture(), "p / [s] Second w c");
    let second = story.app.workspace().children(&Id::new("p"))[1].clone();
    assert_eq!(story.item("s").number(Field::Points), Some(5.0));
    assert_eq!(story.item(second.as_str()).number(Field::Points), Some(3.0));
    assert_eq!(told(&story, "s"), "-three");
    assert_eq!(told(&story, second.as_str()), "-one -two");
    let waits: Vec<&Id> = story.item("w").links(Field::BlockedBy).collect();
    assert_eq!(waits, [&Id::new("s"), &second]);
    assert_eq!(story.app.changes(), 1, "one step");
    story.press("u");
    assert_eq!(story.picture(), "p / [s] w c");
    assert_eq!(
        (told(&story, "s").as_str(), story.item("s").number(Field::Points)),
        ("-one -two -three", Some(8.0))
    );
}

#[test]
fn a_split_that_leaves_nothing_is_refused_and_the_form_stays() {
    let mut story = large();
    story.press("]BSecond<tab>8<ctrl-s>");
    assert_eq!(story.says(), "fewer than its 8, so that some stay");
    assert!(matches!(story.app.window(), Some(Window::Form(_))));
    story.press("<ctrl-u>2<backtab><ctrl-u><ctrl-s>");
    assert_eq!(story.says(), "an item needs a title");
    assert_eq!(story.app.changes(), 0);
    let mut parent = large();
    parent.press("B");
    assert_eq!(parent.says(), "it has parts already · z shows them");
}

#[test]
fn one_key_leads_to_the_mend_of_what_is_missing() {
    // An item on top of the backlog has neither criteria nor points.
    let mut story = Story::of("/ [b]");
    story.press("M");
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it asks which") };
    let seen: Vec<String> =
        asked.choices.iter().map(|one| format!("{} · {}", one.label, one.about)).collect();
    assert_eq!(
        seen,
        [
            "no acceptance criteria · c · the user story and its acceptance criteria",
            "no estimate · p · set the points"
        ]
    );
    story.press("2").press("5<enter>");
    assert_eq!(story.item("b").number(Field::Points), Some(5.0));
    // One thing alone is not asked about.
    story.press("M");
    assert!(matches!(story.app.window(), Some(Window::Form(_))));
    story.press("<tab><tab><tab>done<ctrl-s>M");
    assert_eq!(
        story.says(),
        "nothing is wrong or missing · : edit the definition of ready says when one is ready"
    );
}

#[test]
fn the_definition_of_ready_is_seen_where_something_is_missing() {
    let mut story = Story::of("/ [b]");
    story.press(":definition of ready<enter>small<enter>valuable<ctrl-s>");
    let ready: Vec<&str> = story.app.workspace().settings().texts(Field::Ready).collect();
    assert_eq!(ready, ["small", "valuable"]);
    story.press("M");
    let Some(Window::Choices(asked)) = story.app.window() else { panic!("it asks which") };
    assert_eq!(asked.about, ["ready means, for every item:", "  small", "  valuable", ""]);
    story.press("<esc>:definition of done<enter>shown to a user<ctrl-s>");
    let done: Vec<&str> = story.app.workspace().settings().texts(Field::DoneMeans).collect();
    assert_eq!(done, ["shown to a user"]);
}

#[test]
fn from_the_list_of_what_is_missing_it_is_two_keys_to_the_mend() {
    let mut story = Story::of("[p] / b");
    story.press(":check<enter>no est<enter>");
    assert_eq!(story.says(), "M mends it · ctrl-o goes back");
    check("[p] / b", ":check<enter>no est<enter>", "p / [b]");
}

/// An epic with two parts, and others between them.
fn tree() -> Story {
    Story::with("/ [x] e a y b", |id, record| match id {
        "a" | "b" => record.with(Field::Parent, link("e")),
        _ => record,
    })
}

/// The rows of the focused pane, deeper ones behind dots.
fn rows(story: &Story) -> String {
    let pane = story.app.board.focused();
    let lane = &pane.lanes[0];
    let row = |row: usize| {
        let depth = usize::from(lane.shown(row)?.depth);
        Some(format!("{}{}", ".".repeat(depth), pane.id_at(story.app.workspace(), 0, row)?))
    };
    (0..lane.len()).filter_map(row).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_backlog_is_a_tree_when_asked_for_and_branches_fold() {
    let mut story = tree();
    assert_eq!(rows(&story), "x e a y b");
    story.press("Z");
    assert_eq!(rows(&story), "x e .a .b y");
    story.press("jz");
    assert_eq!(rows(&story), "x e y", "a folded branch hides its parts");
    story.press("z");
    assert_eq!(rows(&story), "x e .a .b y");
    story.press("Z");
    assert_eq!(rows(&story), "x e a y b");
    assert_eq!(story.app.changes(), 0, "it is a look");
}

#[test]
fn in_the_tree_a_part_moves_among_its_siblings_and_the_cursor_stays_on_it() {
    let mut story = tree();
    story.press("ZjjJ");
    assert_eq!(rows(&story), "x e .b .a y");
    assert_eq!(story.picture(), "/ x e y b [a]", "the order is the true one");
    story.press("K");
    assert_eq!(rows(&story), "x e .a .b y");
    story.press("ggJ");
    assert_eq!(rows(&story), "e .a .b x y");
}

#[test]
fn what_a_file_lets_be_part_of_itself_is_seen_in_the_tree() {
    let mut story = Story::with("/ [x] y", |_, record| record.with(Field::Parent, link("x")));
    story.press("Z");
    assert!(rows(&story).contains('x') && rows(&story).contains('y'), "{}", rows(&story));
}
