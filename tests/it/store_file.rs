//! A file is replaced whole, and never over what somebody else wrote.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use twohats::store::{CreateError, OpenError, ReadOnly, SaveError, WorkspaceFile};
use twohats::workspace::{Content, Field, Id, Place, Record, Value};

const KEPT: &str = include_str!("../fixtures/kept.json");

fn kept() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("plan.json");
    fs::write(&path, KEPT).unwrap();
    (dir, path)
}

/// The content with another name of the product.
fn renamed(content: &Content, name: &str) -> Content {
    let mut content = content.clone();
    let product = Record::clone(content.product());
    content.set_product(product.with(Field::Name, Value::text(name)));
    content
}

fn names(dir: &Path) -> Vec<String> {
    let names = dir.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_save_replaces_the_file_and_leaves_nothing_beside_it() {
    let (dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    assert_eq!(opened.read_only, None);
    file.sync(&file.content().clone(), &opened.content).unwrap();
    assert_eq!(text(&path), KEPT);
    for name in ["One", "Two", "Three"] {
        file.sync(&file.content().clone(), &renamed(&opened.content, name)).unwrap();
        assert_eq!(text(&path), KEPT.replacen("\"Kept\"", &format!("\"{name}\""), 1));
    }
    assert_eq!(names(dir.path()), ["plan.json"]);
}

#[test]
fn a_save_keeps_the_mode() {
    let (_dir, path) = kept();
    for mode in [0o600, 0o664] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
        file.sync(&file.content().clone(), &renamed(&opened.content, "x")).unwrap();
        assert_eq!(path.metadata().unwrap().mode() & 0o777, mode);
    }
}

#[test]
fn a_save_follows_a_link_and_keeps_it() {
    let (dir, path) = kept();
    let elsewhere = tempfile::tempdir().unwrap();
    let link = elsewhere.path().join("link.json");
    symlink(&path, &link).unwrap();
    let (opened, mut file) = WorkspaceFile::open(&link).unwrap();
    file.sync(&file.content().clone(), &renamed(&opened.content, "Through")).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(text(&path).contains("Through"));
    assert_eq!(names(dir.path()), ["plan.json"]);
    assert_eq!(names(elsewhere.path()), ["link.json"]);
}

#[test]
fn what_somebody_else_wrote_stays_unless_the_person_says_so() {
    let (dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    // The same length, right after it was read: only the bytes tell.
    let theirs = KEPT.replacen("Kept", "Leap", 1);
    fs::write(&path, &theirs).unwrap();
    let mine = renamed(&opened.content, "Mine");
    file.sync(&opened.content, &mine).unwrap();
    assert!(text(&path).contains("Leap") && text(&path).contains("Mine"));
    assert_eq!(names(dir.path()), ["plan.json"]);
    file.overwrite(&mine).unwrap();
    assert!(text(&path).contains("Mine") && !text(&path).contains("Leap"));
    file.sync(&file.content().clone(), &opened.content).unwrap();
    assert_eq!(text(&path), KEPT);
}

#[test]
fn a_change_that_keeps_the_length_and_the_time_is_seen() {
    let (_dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    let time = path.metadata().unwrap().modified().unwrap();
    fs::write(&path, KEPT.replacen("Kept", "Leap", 1)).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert!(file.sync(&opened.content, &opened.content).unwrap().came_in);
}

#[test]
fn reading_again_takes_over_what_somebody_else_wrote() {
    let (_dir, path) = kept();
    let (_, mut file) = WorkspaceFile::open(&path).unwrap();
    fs::write(&path, KEPT.replacen("Kept", "Theirs", 1)).unwrap();
    let opened = file.reload().unwrap();
    assert_eq!(opened.content.product().text(Field::Name), "Theirs");
    file.sync(&file.content().clone(), &renamed(&opened.content, "Both")).unwrap();
    assert!(text(&path).contains("Both"));
}

#[test]
fn a_file_that_is_gone_comes_back_only_when_the_person_says_so() {
    let (dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(matches!(
        file.sync(&file.content().clone(), &opened.content),
        Err(SaveError::Missing(_))
    ));
    assert_eq!(names(dir.path()), [""; 0]);
    file.overwrite(&opened.content).unwrap();
    assert_eq!(text(&path), KEPT);
    fs::remove_dir_all(dir.path()).unwrap();
    assert!(matches!(
        file.sync(&file.content().clone(), &opened.content),
        Err(SaveError::Missing(_))
    ));
}

#[test]
fn a_copy_beside_takes_a_free_name() {
    let (dir, path) = kept();
    let (opened, file) = WorkspaceFile::open(&path).unwrap();
    fs::write(&path, "theirs").unwrap();
    let mine = renamed(&opened.content, "Mine");
    let first = file.save_beside(&mine).unwrap();
    let second = file.save_beside(&mine).unwrap();
    assert_eq!(names(dir.path()), ["plan.json", "plan.mine-2.json", "plan.mine.json"]);
    assert_eq!(text(&first), text(&second));
    assert!(text(&first).contains("Mine"));
    assert_eq!(text(&path), "theirs");
}

#[test]
fn a_file_with_two_names_is_left_alone() {
    let (dir, path) = kept();
    fs::hard_link(&path, dir.path().join("second.json")).unwrap();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    let error = file.overwrite(&renamed(&opened.content, "x")).unwrap_err();
    assert!(matches!(error, SaveError::Failed { .. }) && error.to_string().contains("hard link"));
    assert_eq!((text(&path).as_str(), names(dir.path()).len()), (KEPT, 2));
}

#[test]
fn where_nothing_may_be_written_the_file_is_read_only() {
    let (dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        let again = WorkspaceFile::open(&path).unwrap().0;
        assert_eq!(again.read_only, Some(ReadOnly::Protected));
        let error = file.overwrite(&renamed(&opened.content, "x")).unwrap_err();
        assert!(matches!(error, SaveError::Failed { .. }));
        assert_eq!(error.exit_code(), 74);
        assert_eq!((text(&path).as_str(), names(dir.path()).len()), (KEPT, 1));
    }
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_newer_format_is_never_written() {
    let (_dir, path) = kept();
    let newer = KEPT.replacen("\"twohats\": 1", "\"twohats\": 2", 1);
    fs::write(&path, &newer).unwrap();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    assert_eq!(opened.read_only, Some(ReadOnly::Newer(2)));
    assert!(file.overwrite(&renamed(&opened.content, "x")).is_err());
    assert_eq!(text(&path), newer);
}

#[test]
fn what_would_read_as_something_else_is_not_written() {
    let (dir, path) = kept();
    let (opened, mut file) = WorkspaceFile::open(&path).unwrap();
    let mut twice = opened.content.clone();
    let record = twice.list(Place::Backlog)[0].clone();
    twice.fill(Place::Inbox, vec![record]);
    let error = file.sync(&opened.content, &twice).unwrap_err();
    assert!(error.to_string().contains("untouched"));
    assert_eq!((text(&path).as_str(), names(dir.path()).len()), (KEPT, 1));
}

#[test]
fn what_cannot_be_opened_says_why_and_how_a_command_ends() {
    let (dir, path) = kept();
    let open = |path: &Path| WorkspaceFile::open(path).map(|_| ()).unwrap_err();
    let missing = open(&dir.path().join("none.json"));
    assert!(matches!(missing, OpenError::NotFound(_)) && missing.exit_code() == 1);
    assert!(matches!(open(dir.path()), OpenError::NotAFile(_)));
    assert!(matches!(open(Path::new("/dev/null")), OpenError::NotAFile(_)));
    fs::write(&path, "{\"twohats\":1,\n\"backlog\":5}").unwrap();
    let malformed = open(&path);
    assert_eq!(malformed.exit_code(), 65);
    assert!(
        malformed.to_string().ends_with("plan.json: line 2, column 11: backlog must be a list")
    );
    fs::File::options().write(true).open(&path).unwrap().set_len((256 << 20) + 1).unwrap();
    assert!(matches!(open(&path), OpenError::TooLarge(_)));
}

#[test]
fn a_new_workspace_never_takes_the_place_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/twohats.json");
    let content = renamed(&Content::default(), "New");
    let (opened, mut file) = WorkspaceFile::create(&path, &content).unwrap();
    assert_eq!(opened.content, content);
    let item = Record::new(Id::new("i")).with(Field::Title, Value::text("First"));
    let mut more = content.clone();
    more.fill(Place::Backlog, vec![item.into()]);
    file.sync(&content, &more).unwrap();
    let saved = text(&path);
    let error = WorkspaceFile::create_example(&path).map(|_| ()).unwrap_err();
    assert!(matches!(error, CreateError::Exists(_)));
    assert_eq!(text(&path), saved);
    assert_eq!(names(path.parent().unwrap()), ["twohats.json"]);
}
