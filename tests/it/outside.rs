//! What something else does to the file while it is on the screen, key by key.

use crate::story::Story;
use std::sync::Arc;
use twohats::app::views::View;
use twohats::app::{Arrival, Effect, Msg, Offer, SaveProblem, Sending, Sent, Unsent, Window};
use twohats::workspace::{
    Content, Document, Field, Id, Merged, Op, Place, Record, Spot, Value, Workspace, merge3,
};

/// The content with another title.
fn titled(content: &Content, id: &str, title: &str) -> Content {
    let mut document = Document::new(Workspace::new(content.clone()));
    document.adopt(Op::set(&Id::new(id), Field::Title, Value::text(title))).unwrap();
    document.workspace().content().clone()
}

fn came(since: Content, theirs: Content) -> Msg {
    arrival(1, since, theirs)
}

fn arrival(number: u64, since: Content, theirs: Content) -> Msg {
    let (reverted, news) = (Vec::new(), Vec::new());
    let arrival = Arrival { number, since, theirs, gone: None, reverted, news };
    Msg::Outside(Ok(Some(Box::new(arrival))))
}

fn saves(story: &Story) -> usize {
    story.effects.iter().filter(|effect| matches!(effect, Effect::Save { .. })).count()
}

#[test]
fn what_came_in_leaves_the_cursor_and_undo_alone() {
    let mut story = Story::of("[a] b / c");
    let since = story.app.workspace().content().clone();
    story.press("J").saved(&Ok(()));
    assert_eq!(story.picture(), "b [a] / c");
    let mine = story.app.workspace().content().clone();
    story.send(came(mine.clone(), titled(&mine, "c", "z")));
    assert_eq!(story.says(), "outside change merged: 1 edited · ! shows it");
    assert_eq!(story.picture(), "b [a] / z");
    assert_eq!(saves(&story), 0, "the file has it");
    story.press("u");
    assert_eq!(story.picture(), "[a] b / z");
    assert_eq!(saves(&story), 1);
    assert_ne!(story.app.workspace().content(), &since);
}

#[test]
fn a_save_says_what_had_come_in_when_it_was_made() {
    let mut story = Story::of("[a] b / c");
    let heard = |story: &Story| -> Vec<u64> {
        let heard = |effect: &Effect| match effect {
            Effect::Save { heard, .. } => Some(*heard),
            _ => None,
        };
        story.effects.iter().filter_map(heard).collect()
    };
    story.press("J");
    assert_eq!(heard(&story), [0]);
    let mine = story.app.workspace().content().clone();
    story.saved(&Ok(())).send(arrival(7, mine.clone(), titled(&mine, "c", "z"))).press("K");
    assert_eq!(heard(&story), [7]);
}

#[test]
fn a_field_with_two_values_is_decided_with_one_key() {
    for (key, title) in [("o", "theirs"), ("h", "a")] {
        let mut story = Story::of("[a] b / c");
        let mine = story.app.workspace().content().clone();
        story.send(came(titled(&mine, "a", "before"), titled(&mine, "a", "theirs")));
        assert!(story.says().ends_with("one field has two values now · ! shows it"));
        assert_eq!(saves(&story), 1, "the file gets both");
        story.press("!");
        let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks") };
        assert_eq!(choices.about, ["edited  a: title"], "with what came in");
        story.press(key);
        assert_eq!(story.item("a").title(), title);
        assert!(story.item("a").get(Field::Conflict).is_none());
        story.press("u");
        assert!(story.item("a").get(Field::Conflict).is_some(), "undo brings both back");
    }
}

#[test]
fn undo_says_that_it_leaves_a_part_to_something_else() {
    let mut story = Story::of("[a b] / c");
    story.press("<space><space>p3<enter>").saved(&Ok(()));
    assert_eq!(story.item("b").number(Field::Points), Some(3.0));
    let mine = story.app.workspace().content().clone();
    let theirs = Op::set(&Id::new("a"), Field::Points, Value::Number(8.0));
    let mut document = Document::new(Workspace::new(mine.clone()));
    document.adopt(theirs).unwrap();
    story.send(came(mine, document.workspace().content().clone()));
    story.press("u");
    assert!(
        story.says().starts_with("undone, except what something else changed since: "),
        "{}",
        story.says()
    );
    assert_eq!(story.item("a").number(Field::Points), Some(8.0));
    assert_eq!(story.item("b").number(Field::Points), None);
}

#[test]
fn which_of_two_values_was_written_when_is_said_where_it_is_asked() {
    let mut story = Story::of("[a] b / c");
    let mine = story.app.workspace().content().clone();
    story.send(came(titled(&mine, "a", "before"), titled(&mine, "a", "theirs"))).press("!");
    let Some(Effect::DateValues(id, clash)) = story.effects.pop() else { panic!("it asks when") };
    let at = [None, Some("2026-11-21T09:05:00".parse().unwrap())];
    let dated = Msg::Dated { id, name: clash.name.clone(), at };
    let told = |story: &Story| {
        let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks") };
        choices.choices.iter().map(|choice| choice.about.clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(&story), ["a", "theirs"]);
    story.send(dated.clone());
    assert_eq!(told(&story), ["a", "written 21 Nov 2026 09:05 · theirs"]);
    story.send(dated.clone());
    assert_eq!(told(&story), ["a", "written 21 Nov 2026 09:05 · theirs"], "once");
    // An answer that comes late is for no other question.
    story.press("<esc>p").send(dated);
    story.press("<esc>!o");
    assert_eq!(story.item("a").title(), "theirs");
}

#[test]
fn undo_of_a_value_that_a_merge_set_aside_says_where_it_is() {
    let mut story = Story::of("[a] b / c");
    story.press("e<ctrl-u>mine<enter>").saved(&Ok(()));
    let mine = story.app.workspace().content().clone();
    let Merged { content, .. } =
        merge3(&titled(&mine, "a", "before"), &titled(&mine, "a", "theirs"), &mine);
    story.send(came(mine, content)).press("u");
    assert_eq!(
        story.says(),
        "not undone: renamed: mine · something else changed the same since · theirs has two values: \
         ! there shows both"
    );
    story.press("!o");
    assert_eq!(story.item("a").title(), "mine", "the one that was set aside holds again");
    story.press("u");
    assert_eq!(story.item("a").title(), "theirs");
}

#[test]
fn undo_says_why_it_leaves_what_something_else_changed() {
    let mut story = Story::of("[a] b / c");
    story.press("p3<enter>e<ctrl-u>mine<enter>").saved(&Ok(()));
    let mine = story.app.workspace().content().clone();
    story.send(came(mine.clone(), titled(&mine, "a", "theirs")));
    story.press("u");
    assert_eq!(
        story.says(),
        "not undone: renamed: mine · something else changed the same since · u goes on before it"
    );
    assert_eq!(story.item("a").title(), "theirs");
    assert_eq!(story.item("a").number(Field::Points), Some(3.0), "one key, one step");
    story.press("u");
    assert_eq!(story.item("a").number(Field::Points), None);
    story.press("u");
    assert_eq!(story.says(), "nothing to undo");
    story.press("<ctrl-r>");
    assert_eq!(story.item("a").number(Field::Points), Some(3.0));
}

#[test]
fn what_is_being_typed_when_a_field_changes_outside_takes_nothing_of_that_away() {
    for (keys, takes) in [("e", "<enter>"), ("<enter><tab>", "<ctrl-s>")] {
        let mut story = Story::of("[a] b / c");
        let since = story.app.workspace().content().clone();
        story.press(keys).send(came(since.clone(), titled(&since, "a", "theirs")));
        story.press("<ctrl-u>mine").press(takes);
        assert_eq!(story.item("a").title(), "mine", "{keys}");
        let kept = story.item("a").get(Field::Conflict).and_then(|kept| kept.get("title"));
        assert_eq!(kept, Some(&Value::text("theirs")), "{keys}");
        story.press("u");
        assert_eq!(story.item("a").title(), "theirs");
        assert!(story.item("a").get(Field::Conflict).is_none());
    }
}

#[test]
fn what_is_typed_into_another_field_than_changed_outside_is_no_conflict() {
    let mut story = Story::of("[a] b / c");
    let since = story.app.workspace().content().clone();
    story.press("p").send(came(since.clone(), titled(&since, "a", "theirs"))).press("5<enter>");
    assert_eq!(story.item("a").title(), "theirs");
    assert_eq!(story.item("a").number(Field::Points), Some(5.0));
    assert!(story.item("a").get(Field::Conflict).is_none());
    // A window that is opened afterwards knows what came in.
    let since = story.app.workspace().content().clone();
    story.press("?").send(came(since.clone(), titled(&since, "a", "again"))).press("<esc>");
    story.press("e<ctrl-u>seen<enter>");
    assert_eq!(story.item("a").title(), "seen");
    assert!(story.item("a").get(Field::Conflict).is_none());
}

/// The content with a record at another spot.
fn put(content: &Content, id: &str, to: Spot) -> Content {
    let mut document = Document::new(Workspace::new(content.clone()));
    document.adopt(Op::shift(&Id::new(id), to)).unwrap();
    document.workspace().content().clone()
}

#[test]
fn an_item_that_both_moved_stands_where_i_put_it_until_i_decide() {
    let mut story = Story::of("[a] b / x");
    let since = story.app.workspace().content().clone();
    story.press("T").saved(&Ok(()));
    story.send(came(since.clone(), put(&since, "a", Spot::new(Place::Later, 0))));
    let place = |story: &Story| story.app.workspace().place_of(&Id::new("a"));
    assert_eq!(place(&story), Some(Place::Backlog));
    assert!(story.says().ends_with("one field has two values now · ! shows it"));
    story.press("!");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks") };
    assert_eq!(choices.title, "place of a has two values");
    assert_eq!(choices.choices[1].about, "first in Later");
    story.press("o");
    assert_eq!(place(&story), Some(Place::Later));
    assert!(story.item("a").get(Field::Conflict).is_none());
}

#[test]
fn two_values_of_the_product_are_seen_and_decided() {
    let mut story = Story::of("[a] b / c");
    let since = story.app.workspace().content().clone();
    let named = |name: &str| {
        let mut document = Document::new(Workspace::new(since.clone()));
        let op = Op::set(&Id::new(Content::PRODUCT), Field::Name, Value::text(name));
        document.adopt(op).unwrap();
        document.workspace().content().clone()
    };
    story.send(came(since.clone(), named("Mine")));
    story.press("!c").send(came(since.clone(), named("Theirs")));
    let banner = story.app.saving.banner(&story.app).unwrap();
    assert_eq!(banner, "name of the product has two values · ! for what to do");
    story.press("!o");
    assert_eq!(story.app.workspace().product().title(), "Theirs");
    assert_eq!(story.app.saving.banner(&story.app), None);
}

#[test]
fn what_was_taken_back_can_be_done_again() {
    let mut story = Story::of("[a] b / c");
    story.press("J").saved(&Ok(()));
    let mine = story.app.workspace().content().clone();
    let theirs = titled(&mine, "c", "old");
    let again = Op::set(&Id::new("c"), Field::Title, Value::text("c"));
    let arrival = Arrival {
        number: 1,
        since: mine,
        theirs,
        gone: None,
        reverted: vec![again],
        news: Vec::new(),
    };
    story.send(Msg::Outside(Ok(Some(Box::new(arrival)))));
    assert_eq!(story.picture(), "b [a] / old");
    story.press("!a");
    assert_eq!(story.picture(), "b [a] / c");
}

#[test]
fn a_file_that_comes_back_is_saved_to_again() {
    let mut story = Story::of("[a] b / c");
    story.send(Msg::Outside(Err(SaveProblem::Missing)));
    assert_eq!(story.app.saving.mark(), "NOT SAVED");
    story.press("J").saved(&Err(SaveProblem::Missing));
    story.send(Msg::Outside(Ok(None)));
    assert_eq!(saves(&story), 1);
    assert_eq!(story.app.saving.mark(), "saving…");
}

#[test]
fn the_mark_says_how_safe_an_edit_is() {
    let mut story = Story::of("[a] b / c");
    story.press("J").send(Msg::Written(Ok(1)));
    assert_eq!(story.app.saving.mark(), "written");
    story.send(Msg::Safe(Ok(1)));
    assert_eq!(story.app.saving.mark(), "safe ✓");
    story.send(Msg::Written(Ok(2)));
    assert_eq!(story.app.saving.mark(), "written");
    let full = SaveProblem::Failed("the disk is full".into());
    story.press("K").saved(&Err(full));
    assert_eq!(story.app.saving.mark(), "written", "the journal has it");
    let banner = |story: &Story| story.app.saving.banner(&story.app).unwrap();
    assert_eq!(
        banner(&story),
        "2 edits are safe in the journal, not in the file: the disk is full · retrying · \
         ! for what to do"
    );
    story.press("q");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it asks") };
    assert_eq!(choices.choices[2].about, "the journal keeps them for the next start");
    story.press("c").send(Msg::Written(Err("the journal cannot be written".into())));
    assert_eq!(story.app.saving.mark(), "NOT SAVED");
    assert!(banner(&story).contains("not saved: the disk is full · the journal cannot be written"));
    story.send(Msg::Safe(Ok(2)));
    assert_eq!(story.app.saving.mark(), "NOT SAVED", "that was before");
    story.send(Msg::Safe(Ok(3)));
    assert_eq!(story.app.saving.mark(), "safe ✓");
    let content = story.app.workspace().content().clone();
    story.send(Msg::Saved { revision: 2, result: Ok(content) });
    assert_eq!(story.app.saving.mark(), "safe ✓");
    assert_eq!(story.app.saving.banner(&story.app), None, "it went away by itself");
}

#[test]
fn a_newer_format_outside_makes_it_read_only_until_it_is_gone() {
    let mut story = Story::of("[a] b / c");
    story.press("J").saved(&Ok(()));
    story.send(Msg::Outside(Err(SaveProblem::Newer("format 2 is newer".into()))));
    let banner = story.app.saving.banner(&story.app).unwrap();
    assert_eq!(banner, "read-only from now on: format 2 is newer · ! for what to do");
    assert_eq!(story.app.saving.mark(), "", "nothing is lost");
    for key in ["K", "u", "e"] {
        story.press(key).press("<esc>");
        assert_eq!(story.picture(), "b [a] / c");
    }
    story.send(Msg::Outside(Ok(None))).press("u");
    assert_eq!(story.picture(), "[a] b / c");
}

#[test]
fn a_merge_that_git_could_not_do_is_done_by_records() {
    let mut story = Story::of("[a] b / c");
    story.send(Msg::Outside(Err(SaveProblem::Marked("line 7: a conflict marker".into()))));
    assert_eq!(story.app.saving.mark(), "NOT SAVED");
    story.press("!g");
    assert!(story.effects.iter().any(|effect| matches!(effect, Effect::MergeBranches)));
    story.send(Msg::Undone("git has no versions of it to merge".into()));
    assert_eq!(story.says(), "git has no versions of it to merge");
}

#[test]
fn a_copy_that_a_tool_left_is_merged_or_left_for_later() {
    let mut story = Story::of("[a] b / c");
    let copies = || Msg::Copies(vec!["w.sync-conflict-1.json".into()]);
    let banner = |story: &Story| story.app.saving.banner(&story.app);
    story.send(copies());
    assert!(banner(&story).unwrap().starts_with("a tool that syncs left a copy"));
    story.press("!l");
    assert_eq!(banner(&story), None, "it is said once");
    story.send(copies()).press("!m");
    let merges =
        |effect: &Effect| matches!(effect, Effect::MergeCopy(path) if path.starts_with("w."));
    assert!(story.effects.iter().any(merges));
    assert_eq!(banner(&story), None);
}

#[test]
fn what_is_worth_a_look_is_said_once_and_shown_for_the_asking() {
    let mut story = Story::of("[a] b / c");
    let since = story.app.workspace().content().clone();
    let news = vec!["also open: pid 4242".to_owned()];
    let theirs = since.clone();
    let reverted = Vec::new();
    let arrival = Arrival { number: 1, since, theirs, gone: None, reverted, news };
    story.send(Msg::Outside(Ok(Some(Box::new(arrival)))));
    assert_eq!(story.says(), "also open: pid 4242 · ! shows it");
    story.press("!");
    let Some(Window::Choices(choices)) = story.app.window() else { panic!("it is shown") };
    assert_eq!(choices.about, ["also open: pid 4242"]);
    story.press("c!");
    assert!(story.app.window().is_none());
}

#[test]
fn a_file_of_another_tool_is_offered_and_comes_in_as_one_step() {
    let mut story = Story::of("[a] b / c");
    story.press(":import a file<enter>jira old.csv<enter>");
    let asked = |effect: &Effect| matches!(effect, Effect::Import(it) if it.said == "jira old.csv");
    assert!(story.effects.iter().any(asked));
    assert_eq!(story.says(), "reading jira old.csv …");
    let item = |id: &str| {
        let record = Record::new(Id::new(id)).with(Field::Title, Value::text(id));
        Op::Insert { record: Arc::new(record), at: Spot::bottom(Place::Backlog) }
    };
    let offer = |ops: Vec<Op>| {
        let offer = Offer {
            title: "import old.csv as jira: 2 created".into(),
            about: vec!["left out: Assignee".into()],
            did: "imported old.csv: 2 created".into(),
            op: Op::Batch(ops),
        };
        Msg::Offered(Ok(Box::new(offer)))
    };
    story.send(offer(vec![item("d"), item("e")])).press("n");
    assert_eq!((story.picture().as_str(), story.says()), ("[a] b / c", "nothing was imported"));
    story.send(offer(vec![item("d"), item("e")])).press("y");
    assert_eq!(story.picture(), "[a] b / c d e");
    assert!(story.says().starts_with("imported old.csv: 2 created · u"), "{}", story.says());
    story.press("u");
    assert_eq!(story.picture(), "[a] b / c");
    story.send(offer(Vec::new())).press("y");
    assert_eq!(story.says(), "nothing new · imported old.csv: 2 created");
    story.send(Msg::Offered(Err("old.csv: there is no header".into())));
    assert_eq!(story.says(), "nothing was imported: old.csv: there is no header");
}

/// What the story asked to be written last.
fn sending(story: &Story) -> Sending {
    let asked = |effect: &Effect| match effect {
        Effect::Export(sending) => Some(Sending::clone(sending)),
        _ => None,
    };
    story.effects.iter().rev().find_map(asked).unwrap()
}

#[test]
fn an_export_asks_what_which_items_and_where_and_writes_over_nothing_unasked() {
    let mut story = Story::of("[a] b / c");
    story.press(":export to a file<enter>");
    assert!(matches!(story.app.window(), Some(Window::Choices(it)) if it.choices.len() == 10));
    // CSV, of the pane with the focus.
    story.press("aa<ctrl-u>plan.csv<enter>");
    assert_eq!(story.says(), "writing plan.csv …");
    let asked = sending(&story);
    let ids: Vec<&str> = asked.items.iter().map(|(_, item)| item.id().as_str()).collect();
    assert_eq!((asked.export.id(), &*asked.path, asked.over), ("csv", "plan.csv", false));
    assert_eq!(ids, ["a", "b"]);
    story.send(Msg::Sent(Err(Unsent::Exists(Box::new(asked.clone()))))).press("<enter>");
    assert_eq!(story.says(), "nothing was written", "that is the answer at hand");
    story.send(Msg::Sent(Err(Unsent::Exists(Box::new(asked))))).press("y");
    assert!(sending(&story).over);
    let words = "written: 2 items to plan.csv".to_owned();
    story.send(Msg::Sent(Ok(Sent { words, late: Vec::new() })));
    assert_eq!(story.says(), "written: 2 items to plan.csv");
    // With a filter what it finds can be meant.
    story.press("/c<enter>:export to a file<enter>aa<enter>");
    assert_eq!(sending(&story).items.len(), 1);
    assert_eq!(sending(&story).path, "backlog.csv");
    story.send(Msg::Sent(Err(Unsent::Failed("cannot write backlog.csv: no room".into()))));
    assert_eq!(story.says(), "cannot write backlog.csv: no room");
}

#[test]
fn whoever_sends_days_that_are_late_is_told_before() {
    let mut story = Story::of("[a] b / c");
    let late = vec!["2.0 by 3 days".to_owned(), "Feeds".to_owned()];
    let sent = Sent { words: "written: roadmap to roadmap.html".into(), late };
    let told = |story: &Story| match story.app.window() {
        Some(Window::Choices(it)) => it.about.join(" "),
        _ => String::new(),
    };
    story.send(Msg::Sent(Ok(sent.clone())));
    assert_eq!(told(&story), "it names days that the forecast calls late: 2.0 by 3 days Feeds");
    story.press("<enter>");
    assert_eq!(story.says(), "written: roadmap to roadmap.html");
    story.send(Msg::Sent(Ok(sent))).press("w");
    assert!(matches!(story.app.view, View::Timeline(_)));
}
