//! The queue by itself, and with a disk that fails.

use super::super::keeper::{Ask, Keeper, start};
use super::super::ledger::Ledger;
use super::super::session::Event;
use super::*;
use crate::app::{Arrival, Memory, Session};
use crate::workspace::{Content, Hat, Op, Step};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;

fn draft(revision: u64, force: bool) -> Save {
    Save { revision, heard: 0, content: Content::default(), force, number: 0 }
}

fn save(revision: u64, force: bool) -> Job {
    Job::Save(draft(revision, force))
}

fn log() -> Job {
    let op = Op::Batch(Vec::new());
    let (words, hat, inverse) = ("moved it".into(), Hat::Pm, op.clone());
    Job::Log(Box::new(Step { words, hat, op, inverse, is_partial: false }))
}

/// What waits, in a few words: a save is its revision, `!` where forced.
fn waiting(jobs: impl IntoIterator<Item = Job>) -> String {
    let work = Work::default();
    jobs.into_iter().for_each(|job| work.add(job));
    let words = |job: &Job| match job {
        Job::Save(Save { revision, force, .. }) => {
            format!("{revision}{}", if *force { "!" } else { "" })
        }
        Job::Log(_) => "log".into(),
        _ => "reload".into(),
    };
    work.state().waiting.iter().map(words).collect::<Vec<_>>().join(" ")
}

#[test]
fn only_the_newest_save_is_written() {
    assert_eq!(waiting([save(1, false), save(2, false), save(3, false)]), "3");
    assert_eq!(waiting([save(1, false), log(), save(2, false), log()]), "log 2 log");
}

#[test]
fn what_was_to_be_forced_stays_forced() {
    assert_eq!(waiting([save(1, true), save(2, false)]), "2!");
}

#[test]
fn a_save_does_not_jump_over_what_reads_the_file() {
    assert_eq!(waiting([save(1, false), Job::Reload, save(2, false)]), "1 reload 2");
}

/// A disk that may be full.
struct Moody(Arc<AtomicBool>);

impl Keeper for Moody {
    fn save(&mut self, _: &Save) -> Result<Option<Arrival>, SaveProblem> {
        if self.0.load(Ordering::SeqCst) {
            Err(SaveProblem::Failed("no space".into()))
        } else {
            Ok(None)
        }
    }
    fn ledger(&self) -> Ledger {
        Ledger::default()
    }
    fn settle(&mut self, _: bool) -> Result<(), String> {
        Ok(())
    }
    fn close(&mut self) {}
    fn attend(&mut self, _: Ask) {}
    fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>> {
        None
    }
    fn save_beside(&mut self, _: &Content) -> Result<String, String> {
        Ok("beside".into())
    }
    fn open(&mut self, _: &str) -> Result<Session, String> {
        Err("not asked for".into())
    }
    fn reload(&mut self) -> Result<Session, String> {
        Err("gone".into())
    }
    fn create(&mut self, _: &Content) -> Result<Session, String> {
        Err("there is one".into())
    }
    fn create_example(&mut self) -> Result<Session, String> {
        Err("there is one".into())
    }
    fn log(&mut self, _: &Step) {}
    fn remember(&mut self, _: &Memory) {}
}

/// What a keeper works on from now on.
pub(super) fn working(keeper: impl Keeper, events: Sender<Event>) -> Arc<Work> {
    let work = Arc::default();
    start(keeper, &work, events).unwrap();
    work
}

const LONG: Duration = Duration::from_mins(1);

#[test]
fn what_could_not_be_saved_is_known_until_it_is_saved_or_copied() {
    let (events, _answers) = std::sync::mpsc::channel();
    let full = Arc::new(AtomicBool::new(true));
    let work = working(Moody(Arc::clone(&full)), events);
    let failed = Err(Unsaved::Failed("no space".into()));
    work.add(save(1, false));
    assert_eq!(work.settle(LONG), failed);
    work.add(Job::Reload);
    assert_eq!(work.settle(LONG), failed, "a failed reload gives nothing up");
    full.store(false, Ordering::SeqCst);
    assert_eq!(work.settle(LONG), Ok(()), "it is tried once more");
    full.store(true, Ordering::SeqCst);
    work.add(save(3, false));
    assert_eq!(work.settle(LONG), failed);
    work.add(Job::SaveBeside(Content::default()));
    assert_eq!(work.settle(LONG), Ok(()));
    work.save_later(draft(4, false));
    assert_eq!(work.settle(LONG), failed);
}

#[test]
fn who_waited_finds_every_answer() {
    let (events, answers) = std::sync::mpsc::channel();
    let work = working(Moody(Arc::default()), events);
    work.add(save(1, false));
    work.add(log());
    work.add(Job::CreateExample);
    work.settle(LONG).unwrap();
    let told: Vec<_> = answers.try_iter().collect();
    assert!(matches!(
        told[..],
        [Event::Told(Msg::Saved { revision: 1, result: Ok(_) }), Event::Told(Msg::NotOpened(_))]
    ));
}

/// What waits for a pause, and for how long from `start`, in milliseconds.
fn later(work: &Work, start: Instant) -> Option<(u64, u128)> {
    let state = work.state();
    let later = state.later.as_ref()?;
    Some((later.save.revision, later.due.duration_since(start).as_millis()))
}

#[test]
fn the_file_is_written_after_a_pause_and_large_ones_less_often() {
    let start = Instant::now();
    let after = |now: u64, bytes| {
        let due = due(start, start + Duration::from_millis(now), bytes);
        due.duration_since(start).as_millis()
    };
    assert_eq!(after(0, 1000), 200);
    assert_eq!(after(150, 1000), 200, "at the latest");
    assert_eq!(after(150, 46_000_000), 350, "a pause");
    assert_eq!(after(4500, 46_000_000), 4600, "10 MB a second");
}

#[test]
fn who_waits_for_the_end_does_not_wait_for_a_pause() {
    let work = Work::default();
    work.save_later(draft(1, false));
    work.save_later(draft(2, false));
    assert!(work.state().waiting.is_empty());
    work.hurry();
    assert_eq!(work.state().waiting.len(), 1);
    work.save_later(draft(3, false));
    work.add(Job::Reload);
    let state = work.state();
    let queued: Vec<_> = state.waiting.iter().collect();
    let [Job::Save(save), Job::Reload] = queued[..] else { panic!("{queued:?}") };
    assert_eq!((save.revision, state.later.is_none()), (3, true));
}

#[test]
fn what_failed_is_tried_again_ever_more_seldom_until_it_is_in_the_file() {
    let start = Instant::now();
    let work = Work::default();
    let full = SaveProblem::Failed("the disk is full".into());
    let mut waits = Vec::new();
    for _ in 0..6 {
        work.saved(&draft(1, false), Err(&full));
        let (revision, due) = later(&work, start).unwrap();
        assert_eq!(revision, 1);
        waits.push(due.div_euclid(1000));
        work.state().later = None;
    }
    assert_eq!(waits, [1, 2, 4, 8, 8, 8]);
    work.saved(&draft(1, false), Err(&full));
    work.save_later(draft(2, false));
    assert!(later(&work, start).is_some_and(|(revision, due)| revision == 2 && due >= 8000));
    work.saved(&draft(1, true), Err(&full));
    work.saved(&draft(2, false), Ok(()));
    assert_eq!(work.state().failures, 0);
    let idle = Work::default();
    idle.saved(&draft(1, true), Err(&full));
    assert!(idle.state().later.is_none(), "what was to be forced is asked for again");
}
