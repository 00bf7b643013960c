//! A session that edits and saves, stopped after every call it makes, and what comes back.

use super::sim::SimFs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use twohats::store::journal::{Journal, recover};
use twohats::store::{Site, WorkspaceFile};
use twohats::workspace::{
    Change, Content, Document, Field, Hat, Id, Op, Place, Spot, Value, Workspace,
};

const TEXT: &str = "{\n\"twohats\": 1,\n\"backlog\": [\n{\"id\":\"a\",\"title\":\"A\",\"points\":1},\n{\"id\":\"b\",\"title\":\"B\"}\n]\n}\n";

pub fn path() -> PathBuf {
    PathBuf::from("/w/plan.json")
}

pub fn site(fs: &SimFs) -> Site {
    Site { fs: Arc::new(fs.clone()), state: Some("/s".into()) }
}

fn memory(fs: &SimFs) -> &'static str {
    let memory = site(fs).memory_of(&path()).unwrap();
    Box::leak(memory.to_str().unwrap().to_owned().into_boxed_str())
}

fn points(points: f64) -> Op {
    Op::set(&Id::new("a"), Field::Points, Value::Number(points))
}

/// The edits of the session, in order; `None` is a save.
fn script() -> Vec<Option<Op>> {
    let title = Op::set(&Id::new("b"), Field::Title, Value::text("Other"));
    vec![
        Some(points(2.0)),
        Some(title),
        None,
        // Back to what was before, which a merge could take for nothing done.
        Some(points(1.0)),
        Some(Op::shift(&Id::new("b"), Spot::top(Place::Backlog))),
        None,
        Some(points(3.0)),
        None,
    ]
}

/// The contents after none, one, two … of the edits.
fn versions() -> Vec<Content> {
    let loaded = twohats::store::format::read(TEXT.into()).unwrap();
    let mut document = Document::new(Workspace::new(loaded.content));
    let mut versions = vec![document.workspace().content().clone()];
    for op in script().into_iter().flatten() {
        commit(&mut document, op);
        versions.push(document.workspace().content().clone());
    }
    versions
}

fn commit(document: &mut Document, op: Op) -> twohats::workspace::Step {
    let change = Change { words: "edited".into(), hat: Hat::Po, op };
    document.commit(change).unwrap().clone()
}

/// How far the session came: edits that were begun, written, and safe.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reached {
    begun: usize,
    written: usize,
    safe: usize,
}

/// The session. Gives up at the first error, like a process that was killed; or goes on.
fn session(fs: &SimFs, reached: &mut Reached, goes_on: bool) -> Option<()> {
    let site = site(fs);
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path()).ok()?;
    file.watch();
    let journal = Journal::create(&site, &path(), file.hash());
    let mut base = opened.content.clone();
    let mut document = Document::new(Workspace::new(opened.content));
    let journal = match journal {
        Ok(journal) => Some(journal),
        Err(_) if goes_on => None,
        Err(_) => return None,
    };
    for op in script() {
        if let Some(op) = op {
            let step = commit(&mut document, op);
            reached.begun += 1;
            if let Some(journal) = &journal {
                match journal.append(&step) {
                    Ok(_) => reached.written = reached.begun,
                    Err(_) if goes_on => {}
                    Err(_) => return None,
                }
                match journal.sync() {
                    Ok(_) => (reached.written, reached.safe) = (reached.begun, reached.begun),
                    Err(_) if goes_on => {}
                    Err(_) => return None,
                }
            }
            continue;
        }
        let number = journal.as_ref().map_or(0, Journal::newest);
        let mine = document.workspace().content().clone();
        let announce = &mut |hash| {
            if let Some(journal) = &journal {
                journal.announce(number, hash);
            }
        };
        match file.sync_announced(&base, &mine, announce) {
            Ok(synced) => {
                assert!(!synced.came_in, "nobody else wrote");
                (reached.written, reached.safe) = (reached.begun, reached.begun);
                base = synced.content;
                if let Some(journal) = &journal {
                    journal.checkpoint(number, synced.hash);
                }
            }
            Err(_) if goes_on => {}
            Err(_) => return None,
        }
    }
    file.close().ok();
    if let Some(journal) = journal {
        journal.close();
    }
    Some(())
}

/// What a start after a crash brings back.
fn restart(fs: &SimFs) -> Result<Content, String> {
    let site = site(fs);
    let (opened, mut file) =
        WorkspaceFile::open_at(&site, &path()).map_err(|error| error.to_string())?;
    let found = recover(&file);
    if !found.reviews.is_empty() || !found.foreign.is_empty() {
        return Err(format!("asks about {:?}", found.reviews));
    }
    let mut content = opened.content.clone();
    if let Some(recovered) = found.recovered {
        let synced = file.sync(&opened.content, &recovered.content).map_err(|e| e.to_string())?;
        recovered.finish(&site);
        content = synced.content;
    }
    let (again, file) = WorkspaceFile::open_at(&site, &path()).map_err(|e| e.to_string())?;
    let left = recover(&file);
    if again.content != content || left.recovered.is_some() || !left.reviews.is_empty() {
        return Err("starting twice is not the same as starting once".into());
    }
    Ok(content)
}

/// Checks one state after a crash; the edits that must be there, and those that may.
fn judge(fs: &SimFs, least: usize, reached: Reached) -> Result<(), String> {
    let content = restart(fs)?;
    let versions = versions();
    let which = versions[least..=reached.begun].iter().position(|version| *version == content);
    which.map(drop).ok_or_else(|| format!("an edit is lost: {reached:?}"))
}

/// Stops the session after every call; gives how many states were looked at, and what was wrong.
fn power_cuts(any: bool, lying: Option<&'static str>) -> (usize, Vec<String>) {
    let (mut states, mut wrong) = (0, Vec::new());
    for last in 1.. {
        let fs = SimFs::holding(&[(&path(), TEXT)]);
        (fs.world().last, fs.world().lying) = (Some(last), lying);
        let mut reached = Reached::default();
        let ended = session(&fs, &mut reached, false).is_some() && fs.world().calls < last;
        for survivor in fs.survivors(any) {
            states += 1;
            wrong.extend(judge(&survivor, reached.safe, reached).err());
        }
        if ended || lying.is_some() && !wrong.is_empty() {
            return (states, wrong);
        }
    }
    unreachable!()
}

#[test]
fn after_a_power_cut_at_any_moment_every_safe_edit_is_there() {
    for any in [false, true] {
        let (states, wrong) = power_cuts(any, None);
        assert_eq!(wrong, [""; 0]);
        assert!(states > 300, "{states} states");
    }
}

#[test]
fn without_any_one_of_the_syncs_something_would_be_lost() {
    let memory = memory(&SimFs::default());
    for lying in ["tmp", "journal", "/w", memory] {
        let (_, wrong) = power_cuts(true, Some(lying));
        assert!(!wrong.is_empty(), "nothing depends on syncing {lying}");
    }
}

#[test]
fn killed_at_any_moment_every_edit_that_was_seen_is_there() {
    for last in 1.. {
        let fs = SimFs::holding(&[(&path(), TEXT)]);
        fs.world().last = Some(last);
        let mut reached = Reached::default();
        let ended = session(&fs, &mut reached, false).is_some() && fs.world().calls < last;
        let after = fs.after_a_kill();
        judge(&after, reached.written, reached).unwrap();
        let (_, mut file) = WorkspaceFile::open_at(&site(&after), &path()).unwrap();
        let content = file.content().clone();
        file.sync(&content, &content).unwrap();
        let left = |path: &Path| path.starts_with("/w") && path != self::path();
        assert!(!after.world().files().iter().any(|(path, _)| left(path)), "swept");
        if ended {
            return;
        }
    }
}

const ERRORS: [i32; 8] = [
    5,   // EIO
    28,  // ENOSPC
    122, // EDQUOT
    13,  // EACCES
    30,  // EROFS
    16,  // EBUSY
    4,   // EINTR
    116, // ESTALE
];

#[test]
fn whatever_call_fails_nothing_is_lost_and_the_next_save_works() {
    for all in [false, true] {
        for error in ERRORS {
            for at in 1.. {
                let fs = SimFs::holding(&[(&path(), TEXT)]);
                fs.world().fault = Some((at, error, all));
                let mut reached = Reached::default();
                let went = session(&fs, &mut reached, true).is_some();
                let faulted = std::mem::take(&mut fs.world().faulted);
                fs.world().fault = None;
                for survivor in [fs.after_a_kill(), fs.survivors(false).pop().unwrap()] {
                    let told = format!("error {error} from call {at} on, always: {all}");
                    judge(&survivor, reached.safe, reached).expect(&told);
                }
                assert!(went || reached.begun == 0);
                if !faulted {
                    break;
                }
            }
        }
    }
}

#[test]
fn a_journal_that_others_can_see_is_locked() {
    let fs = SimFs::holding(&[(&path(), TEXT)]);
    let (_, file) = WorkspaceFile::open_at(&site(&fs), &path()).unwrap();
    // Who finds one that is not locked takes its process for dead.
    fs.world().invariant = Some(|world| {
        let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let dead = |name: &String| name.starts_with("journal-") && !name.ends_with("tmp");
        !world.unlocked().map(name).any(|name| dead(&name))
    });
    let journal = Journal::create(&site(&fs), &path(), file.hash()).unwrap();
    let world = fs.world();
    assert!(!world.broken, "{:?}", world.files());
    drop(world);
    journal.close();
}

#[test]
fn a_journal_that_never_got_its_name_goes_when_it_is_old() {
    let early = Path::new(memory(&SimFs::default())).join("journal-1-00000000.tmp");
    let fs = SimFs::holding(&[(&path(), TEXT), (&early, "")]);
    let there = || fs.world().files().iter().any(|(path, _)| *path == early);
    let look = || {
        let (_, file) = WorkspaceFile::open_at(&site(&fs), &path()).unwrap();
        assert!(recover(&file).recovered.is_none());
    };
    look();
    assert!(there(), "its process may be about to lock it");
    fs.world().wait(3601);
    look();
    assert!(!there());
}

#[test]
fn an_edit_made_before_what_came_in_was_heard_keeps_both_after_a_crash() {
    let fs = SimFs::holding(&[(&path(), TEXT)]);
    let site = site(&fs);
    let (opened, mut file) = WorkspaceFile::open_at(&site, &path()).unwrap();
    let journal = Journal::create(&site, &path(), file.hash()).unwrap();
    let base = opened.content.clone();
    let mut document = Document::new(Workspace::new(opened.content));
    let title = |title: &str| Op::set(&Id::new("b"), Field::Title, Value::text(title));
    let inode = fs.world().open(&path()).unwrap();
    fs.world().overwrite(inode, TEXT.replace("\"B\"", "\"Theirs\"").as_bytes());
    journal.append(&commit(&mut document, points(2.0))).unwrap();
    let synced = file.sync(&base, document.workspace().content()).unwrap();
    assert!(synced.came_in);
    journal.checkpoint(journal.newest(), synced.hash);
    // The screen still has the words of before.
    journal.append(&commit(&mut document, title("Mine"))).unwrap();
    journal.append(&commit(&mut document, points(5.0))).unwrap();
    journal.sync().unwrap();
    drop((journal, file));
    let content = restart(&fs).unwrap();
    let record = &content.list(Place::Backlog)[1];
    assert_eq!(record.text(Field::Title), "Mine");
    let kept = record.get(Field::Conflict).and_then(|kept| kept.get("title"));
    assert_eq!(kept, Some(&Value::text("Theirs")));
    assert_eq!(content.list(Place::Backlog)[0].number(Field::Points), Some(5.0));
}
