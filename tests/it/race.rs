//! A save of ours against a write of somebody who knows nothing of us, in every order of their
//! steps, also when we are killed at any of them.

use super::crash::{path, site};
use super::sim::{SimFs, Step, World};
use std::path::Path;
use std::sync::{Arc, Mutex};
use twohats::store::{SaveError, WorkspaceFile};
use twohats::workspace::{Change, Content, Document, Field, Hat, Id, Op, Value, Workspace};

const TEXT: &str = "{\n\"twohats\": 1,\n\"backlog\": [\n{\"id\":\"a\",\"title\":\"A\"},\n{\"id\":\"b\",\"title\":\"B\"}\n]\n}\n";

/// What the other writes, and what is looked for afterwards.
const THEIRS: &str = "THEIRS";

fn theirs() -> Vec<u8> {
    TEXT.replace("\"B\"", &format!("\"{THEIRS}\"")).into_bytes()
}

/// Somebody who writes: their steps.
type Writer = fn() -> Vec<Step>;

fn step(step: impl FnMut(&mut World) + Send + 'static) -> Step {
    Box::new(step)
}

/// A new file, put over the old one.
fn by_rename() -> Vec<Step> {
    vec![
        step(|world| {
            world.make(Path::new("/w/new"), &theirs());
        }),
        step(|world| world.shift(Path::new("/w/new"), &path())),
    ]
}

/// A file that one step opens and later ones write to, whatever its name is then.
type Opened = Arc<Mutex<Option<usize>>>;

fn opens(file: &Opened) -> Step {
    let file = Arc::clone(file);
    step(move |world| {
        let there = world.open(&path());
        *file.lock().unwrap() = Some(there.unwrap_or_else(|| world.make(&path(), b"")));
    })
}

fn writes(file: &Opened, bytes: Vec<u8>) -> Step {
    let file = Arc::clone(file);
    step(move |world| world.overwrite(file.lock().unwrap().unwrap(), &bytes))
}

/// Opened, emptied and written, as vim does for some files.
fn in_place() -> Vec<Step> {
    let file = Opened::default();
    vec![opens(&file), writes(&file, Vec::new()), writes(&file, theirs())]
}

/// Emptied while it is opened, then written in halves: editors that write in place, and `>`.
fn in_halves() -> Vec<Step> {
    let file = Opened::default();
    let mut opens = opens(&file);
    let mut empties = writes(&file, Vec::new());
    let half = theirs()[..20].to_vec();
    let opens_and_empties = step(move |world| {
        opens(world);
        empties(world);
    });
    vec![opens_and_empties, writes(&file, half), writes(&file, theirs())]
}

/// Taken away and made anew, but only where the name is free.
fn like_git() -> Vec<Step> {
    let file = Opened::default();
    let mut opens = opens(&file);
    let makes = step(move |world| {
        assert!(world.open(&path()).is_none(), "we are in their way");
        opens(world);
    });
    vec![step(|world| world.drop_name(&path())), makes, writes(&file, theirs())]
}

/// Moved out of the way, written anew, and the old one removed.
fn like_helix() -> Vec<Step> {
    vec![
        step(|world| world.shift(&path(), Path::new("/w/backup"))),
        step(|world| {
            if world.open(&path()).is_none() {
                world.make(&path(), &theirs());
            }
        }),
        step(|world| world.drop_name(Path::new("/w/backup"))),
    ]
}

fn mine(content: &Content) -> Content {
    let mut document = Document::new(Workspace::new(content.clone()));
    let op = Op::set(&Id::new("a"), Field::Title, Value::text("MINE"));
    document.commit(Change { words: String::new(), hat: Hat::Po, op }).unwrap();
    document.workspace().content().clone()
}

/// Our save, and a second one as when the session ends. Gives whether it got through.
fn save(fs: &SimFs) -> Option<()> {
    let (opened, mut file) = WorkspaceFile::open_at(&site(fs), &path()).ok()?;
    file.watch();
    let mine = mine(&opened.content);
    let mut base = opened.content;
    for _ in 0..4 {
        match file.sync(&base, &mine) {
            Ok(synced) => {
                base = synced.content;
                break;
            }
            // Gone, or half written: it is looked at again later.
            Err(SaveError::Missing(_) | SaveError::Malformed { .. }) => {}
            Err(_) => return None,
        }
    }
    let turns = fs.world().turns;
    fs.world().saved = turns;
    rest(fs);
    file.sync(&base, &base.clone()).ok()?;
    file.close().ok()
}

/// Lets the other come to their end.
fn rest(fs: &SimFs) {
    let mut world = fs.world();
    for (_, mut step) in std::mem::take(&mut world.others) {
        step(&mut world);
    }
}

/// A start after which nothing is left to do.
fn start(fs: &SimFs) {
    let (opened, mut file) = WorkspaceFile::open_at(&site(fs), &path()).unwrap();
    file.sync(&opened.content, &opened.content).unwrap();
}

fn holds(fs: &SimFs, what: &str) -> bool {
    fs.world().files().iter().any(|(_, text)| text.contains(what))
}

/// Every way to put `steps` steps before calls 0 to `calls`.
fn orders(steps: usize, calls: usize) -> Vec<Vec<usize>> {
    if steps == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(steps - 1, calls);
    let longer = |order: &Vec<usize>| {
        let least = order.last().copied().unwrap_or(0);
        let order = order.clone();
        (least..=calls).map(move |at| [&order[..], &[at]].concat()).collect::<Vec<_>>()
    };
    shorter.iter().flat_map(longer).collect()
}

fn world(writer: Writer, order: &[usize]) -> SimFs {
    let fs = SimFs::holding(&[(&path(), TEXT)]);
    fs.world().others = order.iter().copied().zip(writer()).collect();
    fs
}

/// Runs every order; gives how many, and in which something was lost.
fn lost(writer: Writer, with_kills: bool, prepare: fn(&SimFs)) -> (usize, Vec<String>) {
    let quiet = SimFs::holding(&[(&path(), TEXT)]);
    prepare(&quiet);
    save(&quiet);
    // Whoever begins after the save wrote over what they could have seen.
    let saved = quiet.world().saved;
    let turns = quiet.world().turns;
    let (mut runs, mut lost) = (0, Vec::new());
    for order in orders(writer().len(), turns).iter().filter(|order| order[0] <= saved) {
        let fs = world(writer, order);
        prepare(&fs);
        save(&fs);
        rest(&fs);
        runs += 1;
        if !holds(&fs, THEIRS) {
            lost.push(format!("{order:?}"));
        }
        for last in (1..quiet.world().calls).filter(|_| with_kills) {
            let fs = world(writer, order);
            prepare(&fs);
            fs.world().last = Some(last);
            save(&fs);
            rest(&fs);
            let after = fs.after_a_kill();
            start(&after);
            runs += 1;
            if !holds(&after, THEIRS) {
                lost.push(format!("{order:?}, killed after {last}"));
            }
        }
    }
    (runs, lost)
}

fn nothing_is_lost(writer: Writer, with_kills: bool) {
    let (runs, lost) = lost(writer, with_kills, |_| {});
    assert_eq!(lost, [""; 0], "of {runs}");
    assert!(runs > 150, "{runs}");
}

#[test]
fn a_rename_meanwhile_loses_nothing() {
    nothing_is_lost(by_rename, false);
}

/// All steps of a writer as one: where we are killed matters then, and not where they are.
fn at_once(writer: Writer) -> Vec<Step> {
    let mut steps = writer();
    vec![step(move |world| steps.iter_mut().for_each(|step| step(world)))]
}

#[test]
fn nothing_is_lost_when_we_are_killed_beside_a_writer() {
    let writers: [Writer; 3] = [|| at_once(by_rename), || at_once(in_place), || at_once(like_git)];
    writers.into_iter().for_each(|writer| nothing_is_lost(writer, true));
}

#[test]
fn writing_in_place_meanwhile_loses_nothing() {
    nothing_is_lost(in_place, false);
}

#[test]
fn writing_in_halves_meanwhile_loses_nothing() {
    nothing_is_lost(in_halves, false);
}

#[test]
fn a_checkout_meanwhile_loses_nothing_and_finds_its_name_free() {
    nothing_is_lost(like_git, false);
}

#[test]
fn moving_the_file_away_meanwhile_loses_nothing() {
    nothing_is_lost(like_helix, false);
}

/// The check can fail: without an exchange there is a hole, and it is found.
#[test]
fn without_an_exchange_something_would_be_lost() {
    let (_, lost) = lost(by_rename, false, |fs| fs.world().no_exchange = true);
    assert!(!lost.is_empty());
}

/// Puts one more item into the file as it is.
fn adds(nth: usize) -> Step {
    step(move |world| {
        let text = world.files().into_iter().find(|(at, _)| *at == path()).unwrap().1;
        let more = format!("\"backlog\": [\n{{\"id\":\"x{nth}\",\"title\":\"X{nth}.\"}},");
        let new = Path::new("/w/new");
        world.make(new, text.replace("\"backlog\": [", &more).as_bytes());
        world.shift(new, &path());
    })
}

#[test]
fn what_is_displaced_again_and_again_is_not_given_up() {
    let fs = SimFs::holding(&[(&path(), TEXT)]);
    let (opened, mut file) = WorkspaceFile::open_at(&site(&fs), &path()).unwrap();
    fs.world().at_exchange = (0..120).rev().map(adds).collect();
    let mine = mine(&opened.content);
    let saved = file.sync(&opened.content, &mine).map(|synced| synced.content);
    let left = fs.world().at_exchange.len();
    for nth in 0..120 - left {
        assert!(holds(&fs, &format!("X{nth}.")), "X{nth} is lost, {left} to come, {saved:?}");
    }
    assert!(left == 0 && holds(&fs, "MINE"));
}
