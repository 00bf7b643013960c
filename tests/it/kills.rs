//! Processes that are killed at random moments: what was acknowledged is back afterwards, once,
//! and nothing is left beside the file.
//!
//! `TWOHATS_KILL_ROUNDS=500 cargo test --release --test it kills -- --nocapture` is the long run.

use super::cli::Home;
use super::pty::{Pty, like};
use fastrand::Rng;
use rustix::process::Signal;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::Range;
use std::process::Child;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Commands that write at the same time as the screen.
const WRITERS: usize = 3;
/// Items that are typed in a round at most before there is a danger, and as many more after.
const TYPED: usize = 12;
/// Rounds in one workspace.
const ROUNDS_EACH: usize = 25;

fn rounds() -> usize {
    let wanted = std::env::var("TWOHATS_KILL_ROUNDS").ok();
    wanted.map_or(30, |wanted| wanted.parse().unwrap())
}

/// A command that adds items one after the other until it is killed or told to stop.
#[derive(Default)]
struct Writer {
    child: Mutex<Option<Child>>,
    stop: AtomicBool,
}

impl Writer {
    /// Adds `NAME-0`, `NAME-1` and so on, and gives those that were said to be done.
    fn write(&self, home: &Home, name: &str) -> Vec<String> {
        let mut done = Vec::new();
        for nth in 0.. {
            let title = format!("{name}-{nth}.");
            let mut held = self.child.lock().unwrap();
            if self.stop.load(Ordering::SeqCst) {
                break;
            }
            let mut child = home.command(&["add", &title]).spawn().unwrap();
            let mut out = child.stdout.take().unwrap();
            *held = Some(child);
            drop(held);
            out.read_to_end(&mut Vec::new()).unwrap();
            let child = self.child.lock().unwrap().take();
            if child.unwrap().wait().unwrap().success() {
                done.push(title);
            }
        }
        done
    }

    fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        self.stop.store(true, Ordering::SeqCst);
        if let Some(child) = &mut *child {
            child.kill().unwrap();
        }
    }
}

/// Keeps this thread busy rather than let the system choose when it goes on.
fn spin(how_long: Duration) {
    let until = Instant::now() + how_long;
    while Instant::now() < until {
        std::hint::spin_loop();
    }
}

/// Kills a screen and the commands beside it at a moment; gives what was acknowledged.
fn killed(home: &Home, round: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(round as u64);
    let writers: [Writer; WRITERS] = Default::default();
    thread::scope(|scope| {
        let writing: Vec<_> = writers
            .iter()
            .enumerate()
            .map(|(nth, writer)| {
                scope.spawn(move || writer.write(home, &format!("c{round}-{nth}")))
            })
            .collect();
        let mut pty = Pty::spawn(like(&home.command(&[])), 120, 40);
        // What is typed before shows although nobody has read it.
        pty.wait(vt100::Screen::alternate_screen);
        let name = format!("s{round}-");
        let typed = |all: Range<usize>| {
            all.map(|nth| format!("a{name}{nth}.\r")).collect::<Vec<_>>().concat()
        };
        let seen = rng.usize(..TYPED);
        pty.send(&format!("]{}", typed(0..seen)));
        pty.wait(|screen| newest(&screen.contents(), &name) >= seen.checked_sub(1));
        pty.send(&typed(seen..2 * TYPED));
        let mut order: Vec<usize> = (0..=WRITERS).collect();
        rng.shuffle(&mut order);
        for nth in order {
            spin(Duration::from_micros(rng.u64(..4000)));
            match writers.get(nth) {
                Some(writer) => writer.kill(),
                None => pty.signal(Signal::KILL),
            }
        }
        pty.end();
        let on_screen = newest(&pty.contents(), &name).map_or(0, |newest| newest + 1);
        let mut done: Vec<String> = (0..on_screen).map(|nth| format!("{name}{nth}.")).collect();
        done.extend(writing.into_iter().flat_map(|one| one.join().unwrap()));
        done
    })
}

/// The highest of the numbers that stand behind `name` on a screen, in what is said of an item and
/// not where it is being typed.
fn newest(screen: &str, name: &str) -> Option<usize> {
    let behind = screen.split(name).skip(1);
    behind.filter_map(|text| text.split_once(". · ")?.0.parse().ok()).max()
}

/// Brings back what waits, as a person would who goes on working: with the next command, or, where
/// other commands had changed the file since, on the screen. Gives whether it was the latter.
fn go_on(home: &Home, round: usize) -> bool {
    let ran = home.run(&format!("set e5q1z4 points={}", round + 9));
    assert_eq!(ran.code, 0, "{ran:?}");
    let waits = ran.err.contains("wait");
    if waits {
        let mut pty = Pty::spawn(like(&home.command(&[])), 120, 40);
        pty.wait_for("cut off");
        pty.send("!");
        pty.wait_for("apply what merges");
        pty.send("a");
        pty.wait_for("safe ✓");
        pty.send("q");
        assert_eq!(pty.end().exit_code(), 0);
    }
    waits
}

/// How often each title is in the file.
fn titles(home: &Home) -> BTreeMap<String, usize> {
    let mut titles = BTreeMap::new();
    for item in home.run("list --json").json().as_array().unwrap() {
        *titles.entry(item["title"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    titles
}

fn leftovers(home: &Home) -> Vec<String> {
    let names = home.folder.path().read_dir().unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".twohats.json.")).collect()
}

#[test]
fn whatever_is_killed_at_any_moment_all_that_was_acknowledged_is_back() {
    let rounds = rounds();
    let (mut screens, mut commands, mut reviewed, mut swept) = (0, 0, 0, 0);
    for first in (0..rounds).step_by(ROUNDS_EACH) {
        let home = Home::new();
        let mut all = Vec::new();
        for round in first..rounds.min(first + ROUNDS_EACH) {
            let done = killed(&home, round);
            let of_commands = done.iter().filter(|title| title.starts_with('c')).count();
            commands += of_commands;
            screens += done.len() - of_commands;
            all.extend(done);
            swept += leftovers(&home).len();
            reviewed += usize::from(go_on(&home, round));
            let there = titles(&home);
            let twice: Vec<_> = there.iter().filter(|(_, count)| **count > 1).collect();
            let lost: Vec<_> = all.iter().filter(|title| !there.contains_key(*title)).collect();
            assert!(lost.is_empty() && twice.is_empty(), "{round}: lost {lost:?}, twice {twice:?}");
            assert_eq!(leftovers(&home), [""; 0], "round {round}");
        }
    }
    println!(
        "{rounds} rounds, {} kills: {screens} edits on the screen and {commands} commands \
         acknowledged, none lost, none twice; {swept} leftovers swept, {reviewed} journals reviewed",
        rounds * (WRITERS + 1)
    );
    assert!(screens > rounds && commands > 0, "{screens} and {commands} are too few to say much");
}
