//! Several who write one file: screens, commands, editors.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use twohats::store::journal::{Journal, recover};
use twohats::store::{Outside, SaveError, Site, WorkspaceFile, backup};
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Record, Spot, Step, Value, Workspace,
};

const KEPT: &str = include_str!("../fixtures/kept.json");

fn kept() -> (TempDir, PathBuf, Site) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plan.json");
    fs::write(&path, KEPT).unwrap();
    let site = Site { state: Some(dir.path().join("state")), ..Site::stateless() };
    (dir, path, site)
}

fn document(content: &Content) -> Document {
    Document::new(Workspace::new(content.clone()))
}

fn commit(document: &mut Document, op: Op) -> Step {
    document.commit(Change { words: "did it".into(), hat: Hat::Po, op }).unwrap().clone()
}

fn after(content: &Content, op: Op) -> Content {
    let mut document = document(content);
    commit(&mut document, op);
    document.workspace().content().clone()
}

fn title(id: &str, title: &str) -> Op {
    Op::set(&Id::new(id), Field::Title, Value::text(title))
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn beside(path: &Path) -> Vec<String> {
    let names = path.parent().unwrap().read_dir().unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with('.')).collect();
    names.sort();
    names
}

#[test]
fn an_editor_and_a_screen_both_keep_what_they_wrote_to_the_byte() {
    let (_dir, path, site) = kept();
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let edited = KEPT
        .replace("\"Drops a row\"", "\"Drops  two\",  \"x_new\": 1")
        .replace("\"x_tail\": {\"anything\": true}", "\"x_tail\": 7");
    fs::write(&path, &edited).unwrap();
    let mine = after(&opened.content, title("b1", "Import"));
    let synced = file.sync(&opened.content, &mine).unwrap();
    assert!(synced.came_in && synced.notes.is_empty());
    assert_eq!(text(&path), edited.replace("\"Import a CSV\"", "\"Import\""));
    assert_eq!(beside(&path), [""; 0]);
}

#[test]
fn what_was_saved_is_not_taken_for_what_somebody_else_did() {
    let (_dir, path, site) = kept();
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let start = opened.content;
    let mine = after(&start, title("b1", "Mine"));
    let saved = file.sync(&start, &mine).unwrap().content;
    fs::write(&path, text(&path).replace("\"Sign in\"", "\"Sign up\"")).unwrap();
    let synced = file.sync(&saved, &start).unwrap();
    assert_eq!(text(&path), KEPT.replace("\"Sign in\"", "\"Sign up\""));
    let next = after(&synced.content, title("d1", "Sign off"));
    let synced = file.sync(&synced.content, &next).unwrap();
    assert!(!synced.came_in && synced.notes.is_empty());
}

#[test]
fn whoever_had_the_file_open_is_heard_when_they_write_late() {
    let (_dir, path, site) = kept();
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    file.watch();
    let mut editor = fs::File::options().write(true).open(&path).unwrap();
    let mine = after(&opened.content, title("b1", "Mine"));
    let synced = file.sync(&opened.content, &mine).unwrap();
    assert!(!synced.came_in);
    assert_eq!(beside(&path).len(), 1);
    let late = KEPT.replace("\"Sign in\"", "\"Sign up\"");
    editor.set_len(0).unwrap();
    editor.write_all(late.as_bytes()).unwrap();
    file.close().unwrap();
    assert_eq!(text(&path), late.replace("\"Import a CSV\"", "\"Mine\""));
    assert_eq!(beside(&path), [""; 0]);
}

#[test]
fn many_who_save_at_once_lose_nothing() {
    let (_dir, path, site) = kept();
    let add = |who: usize| {
        for nth in 0..12 {
            let (_, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
            let id = Id::new(&format!("n{who}-{nth}"));
            let insert = |record| Op::Insert { record, at: Spot::bottom(Place::Backlog) };
            let op = insert(Arc::new(Record::new(id)));
            let base = file.content().clone();
            if who.is_multiple_of(2) {
                file.sync(&base, &after(&base, op)).unwrap();
            } else {
                // As a command does that decides by what it finds.
                file.lock().unwrap();
                if file.is_changed() {
                    file.reload().unwrap();
                }
                let content = after(file.content(), op);
                file.sync(&file.content().clone(), &content).unwrap();
            }
        }
    };
    std::thread::scope(|scope| (0..6).for_each(|who| drop(scope.spawn(move || add(who)))));
    let (opened, _) = WorkspaceFile::open_at(&site, &path).unwrap();
    assert_eq!(opened.content.list(Place::Backlog).len(), 4 + 6 * 12);
    assert!(opened.notices.len() < 2);
    assert_eq!(beside(&path), [""; 0]);
}

#[test]
fn what_is_written_over_is_kept() {
    let (_dir, path, site) = kept();
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    fs::write(&path, "{ broken").unwrap();
    let mine = after(&opened.content, title("b1", "Mine"));
    let error = file.sync(&opened.content, &mine).unwrap_err();
    assert!(matches!(error, SaveError::Malformed { .. }) && error.exit_code() == 65);
    assert_eq!(text(&path), "{ broken");
    file.overwrite(&mine).unwrap();
    assert!(text(&path).contains("Mine"));
    let backups = backup::list(&site, &path);
    assert_eq!(backup::read(&site, &backups[0]).unwrap(), b"{ broken");
    assert_eq!(backups[0].reason, backup::Reason::Overwritten);
}

#[test]
fn a_leftover_that_holds_something_new_goes_to_the_backups() {
    let (_dir, path, site) = kept();
    fs::write(path.with_file_name(".plan.json.0123abcd.tmp"), "theirs").unwrap();
    fs::write(path.with_file_name(".plan.json.0123abce.tmp"), KEPT).unwrap();
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let synced = file.sync(&opened.content, &opened.content).unwrap();
    assert_eq!(beside(&path), [""; 0]);
    assert_eq!(text(&synced.swept[0].backup), "theirs");
    assert_eq!(text(&path), KEPT);
}

/// A session that wrote two edits down and died; its journal is no longer locked.
fn crashed(site: &Site, path: &Path) -> Content {
    let (opened, file) = WorkspaceFile::open_at(site, path).unwrap();
    let journal = Journal::create(site, path, file.hash()).unwrap();
    let mut document = document(&opened.content);
    for op in [title("b1", "Mine"), Op::shift(&Id::new("b3"), Spot::top(Place::Backlog))] {
        journal.append(&commit(&mut document, op)).unwrap();
    }
    document.workspace().content().clone()
}

#[test]
fn edits_of_a_crashed_session_come_back_onto_the_file_they_were_made_on() {
    let (_dir, path, site) = kept();
    let mine = crashed(&site, &path);
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let found = recover(&file);
    let recovered = found.recovered.unwrap();
    assert_eq!((&recovered.content, recovered.edits), (&mine, 2));
    file.sync(&opened.content, &recovered.content).unwrap();
    recovered.finish(&site);
    let (opened, file) = WorkspaceFile::open_at(&site, &path).unwrap();
    assert_eq!(opened.content, mine);
    assert!(recover(&file).recovered.is_none());
}

#[test]
fn of_a_journal_with_a_hole_what_stands_before_it_comes_back_and_all_of_it_is_kept() {
    // What is broken, how many edits come back, and whether it is kept: only an end that is
    // missing is nothing that anybody was told of.
    for (broken, edits, is_kept) in [(0, 0, true), (1, 0, true), (2, 1, false)] {
        let (_dir, path, site) = kept();
        crashed(&site, &path);
        let memory = site.memory_of(&path).unwrap();
        let mut names = fs::read_dir(&memory).unwrap().map(|entry| entry.unwrap().path());
        let journal = names.find(|path| path.to_string_lossy().contains("journal-")).unwrap();
        let text = fs::read_to_string(&journal).unwrap();
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        assert_eq!(lines.len(), 3);
        lines[broken] = "\0\0\0\n";
        let holed = lines.concat();
        fs::write(&journal, &holed).unwrap();
        let before = fs::read(&path).unwrap();
        let (_, file) = WorkspaceFile::open_at(&site, &path).unwrap();
        let found = recover(&file);
        assert_eq!(found.unread.len(), usize::from(is_kept), "{broken}: {found:?}");
        assert_eq!(found.recovered.as_ref().map_or(0, |back| back.edits), edits);
        if let Some(back) = found.recovered {
            assert_eq!(
                Workspace::new(back.content.clone()).list(Place::Backlog)[0].id().as_str(),
                "b1"
            );
            back.finish(&site);
        }
        assert!(!journal.exists() && found.reviews.is_empty());
        let backups = backup::list(&site, &path);
        if is_kept {
            assert_eq!(backups[0].reason, backup::Reason::Unread);
            assert_eq!(fs::read_to_string(&backups[0].path).unwrap(), holed);
            assert!(found.unread[0].contains(&backups[0].path.display().to_string()));
        } else {
            assert!(backups.is_empty());
        }
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn edits_of_a_crashed_session_are_never_done_again_over_another_file() {
    let (_dir, path, site) = kept();
    crashed(&site, &path);
    fs::write(&path, KEPT.replace("\"Import a CSV\"", "\"Theirs\"")).unwrap();
    let (opened, file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let found = recover(&file);
    assert!(found.recovered.is_none());
    let [review] = &found.reviews[..] else { panic!("{found:?}") };
    assert_eq!(review.words, ["did it", "did it"]);
    let merged = Workspace::new(review.merged.content.clone());
    let record = merged.get(&Id::new("b1")).unwrap();
    assert_eq!(record.text(Field::Title), "Mine");
    assert_eq!(record.get(Field::Conflict).unwrap().get("title"), Some(&Value::text("Theirs")));
    assert_eq!(merged.spot_of(&Id::new("b3")).unwrap().index, 0);
    for review in found.reviews {
        review.discard(&site, &path).unwrap();
    }
    assert!(recover(&file).reviews.is_empty());
    assert_eq!(backup::list(&site, &path)[0].reason, backup::Reason::Discarded);
    assert_eq!(opened.content, *file.content());
}

#[test]
fn edits_that_are_in_the_file_by_another_way_are_not_asked_about() {
    let (_dir, path, site) = kept();
    let mine = crashed(&site, &path);
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let other = after(&mine, title("d1", "Sign up"));
    file.sync(&opened.content, &other).unwrap();
    let found = recover(&file);
    assert!(found.recovered.is_none() && found.reviews.is_empty());
}

#[test]
fn a_session_that_lives_is_let_alone_and_named() {
    let (_dir, path, site) = kept();
    let (_, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let journal = Journal::create(&site, &path, file.hash()).unwrap();
    let mut document = document(file.content());
    journal.append(&commit(&mut document, title("b1", "Mine"))).unwrap();
    let found = recover(&file);
    assert!(found.recovered.is_none() && found.reviews.is_empty());
    journal.sync().unwrap();
    let base = file.content().clone();
    let number = journal.newest();
    let synced = file
        .sync_announced(&base, document.workspace().content(), &mut |hash| {
            journal.announce(number, hash);
        })
        .unwrap();
    journal.checkpoint(number, synced.hash);
    journal.close();
    assert!(matches!(file.look(&base), Outside::Unchanged));
}

/// One write and one sync for an edit; what the disk has to do is counted and not timed.
#[test]
fn an_edit_costs_one_line() {
    let (dir, path, site) = kept();
    let (_, file) = WorkspaceFile::open_at(&site, &path).unwrap();
    let journal = Journal::create(&site, &path, file.hash()).unwrap();
    let mut document = document(file.content());
    for nth in 0..3 {
        journal.append(&commit(&mut document, title("b1", &nth.to_string()))).unwrap();
    }
    let memory = site.memory_of(&path).unwrap();
    let name = memory.read_dir().unwrap().next().unwrap().unwrap().path();
    assert_eq!(text(&name).lines().count(), 4);
    assert!(dir.path().join("state").exists());
}
