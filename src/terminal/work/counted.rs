//! What a burst of edits costs, counted in calls and not in time.

use super::super::disk::Disk;
use super::super::keeper::{Job, Keeper, Save};
use super::super::session::Event;
use super::LATEST;
use super::tests::working;
use crate::app::Msg;
use crate::store::Site;
use crate::store::vfs::{Lock, Moment, RealFs, Stat, Vfs, VfsFile};
use crate::workspace::{Change, Content, Document, Hat, Op, Place, Spot, Step, Workspace};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

/// Calls so far.
#[derive(Debug, Default)]
struct Calls {
    /// Versions of the workspace that were written.
    saves: AtomicUsize,
    /// Writes to a journal.
    writes: AtomicUsize,
    /// Syncs of a journal.
    syncs: AtomicUsize,
}

/// The real file system, with a counter.
#[derive(Debug, Clone, Default)]
struct Counted(Arc<Calls>);

impl Vfs for Counted {
    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn VfsFile>> {
        let file = RealFs.create(path, mode)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("journal-") {
            return Ok(Box::new(CountedJournal(file, Arc::clone(&self.0))));
        }
        self.0.saves.fetch_add(usize::from(name.starts_with(".w.json.")), SeqCst);
        Ok(file)
    }
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        RealFs.resolve(path)
    }
    fn stat(&self, path: &Path) -> io::Result<Stat> {
        RealFs.stat(path)
    }
    fn names(&self, dir: &Path) -> io::Result<Vec<OsString>> {
        RealFs.names(dir)
    }
    fn make_dir(&self, dir: &Path, private: bool) -> io::Result<()> {
        RealFs.make_dir(dir, private)
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn VfsFile>> {
        RealFs.open(path)
    }
    fn try_lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        RealFs.try_lock(dir)
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        RealFs.exchange(one, other)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFs.rename(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealFs.link(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        RealFs.remove(path)
    }
    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        RealFs.sync_dir(dir)
    }
    fn may_write(&self, path: &Path) -> bool {
        RealFs.may_write(path)
    }
    fn now(&self) -> Moment {
        RealFs.now()
    }
    fn pause(&self, how_long: Duration) {
        RealFs.pause(how_long);
    }
}

#[derive(Debug)]
struct CountedJournal(Box<dyn VfsFile>, Arc<Calls>);

impl VfsFile for CountedJournal {
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.1.writes.fetch_add(1, SeqCst);
        self.0.write(bytes)
    }
    fn sync_data(&self) -> io::Result<()> {
        self.1.syncs.fetch_add(1, SeqCst);
        self.0.sync_data()
    }
    fn stat(&self) -> io::Result<Stat> {
        self.0.stat()
    }
    fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.0.read(limit)
    }
    fn take_after(&self, like: &Stat) -> io::Result<()> {
        self.0.take_after(like)
    }
    fn sync(&self) -> io::Result<()> {
        self.0.sync()
    }
    fn try_lock(&self) -> io::Result<bool> {
        self.0.try_lock()
    }
}

/// Two items change places.
fn edit(document: &mut Document) -> Step {
    let id = document.workspace().list(Place::Backlog)[0].id().clone();
    let op = Op::Move { id, to: Spot::new(Place::Backlog, 1) };
    let change = Change { words: "moved it".into(), hat: Hat::Po, op };
    document.commit(change).unwrap().clone()
}

/// An odd number, so that the last one leaves something to save.
const EDITS: usize = 201;

#[test]
fn a_burst_of_edits_is_a_small_write_each_and_a_few_saves() {
    let folder = tempfile::tempdir().unwrap();
    let fs = Counted::default();
    let calls = Arc::clone(&fs.0);
    let site = Site { fs: Arc::new(fs), state: Some(folder.path().join("state")) };
    let mut disk = Disk::new(folder.path().join("w.json"), site);
    let opened: Content = disk.create_example().unwrap().content;
    let (saves, writes) = (calls.saves.swap(0, SeqCst), calls.writes.swap(0, SeqCst));
    assert_eq!((saves, writes), (1, 1), "the example, and the head of the journal");
    calls.syncs.store(0, SeqCst);
    let (ledger, (events, answers)) = (disk.ledger(), std::sync::mpsc::channel());
    let work = working(disk, events.clone());
    ledger.sync_behind(events).unwrap();
    let mut document = Document::new(Workspace::new(opened));
    let began = Instant::now();
    for revision in 1..=EDITS as u64 {
        let step = edit(&mut document);
        assert_eq!(ledger.note(&step), Some(Ok(revision)));
        let content = document.workspace().content().clone();
        let number = ledger.newest();
        work.save_later(Save { revision, heard: 0, content, force: false, number });
        work.add(Job::Log(Box::new(step)));
    }
    let is_safe = |event: &Event| matches!(event, Event::Told(Msg::Safe(Ok(number))) if *number == EDITS as u64);
    assert!(answers.iter().any(|event| is_safe(&event)));
    work.settle(Duration::from_mins(1)).unwrap();
    let periods = began.elapsed().div_duration_f64(LATEST).ceil();
    let saves = calls.saves.load(SeqCst);
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    let in_time = (1.0..=periods + 1.0).contains(&(saves as f64));
    assert!(in_time, "{saves} saves in {periods} periods");
    // Each save says what it is about to write, and that it did.
    assert_eq!(calls.writes.load(SeqCst), EDITS + 2 * saves);
    assert!(calls.syncs.load(SeqCst) <= EDITS + saves, "{calls:?}");
    work.add(Job::Close);
    work.settle(Duration::from_mins(1)).unwrap();
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "the file and the state directory");
}
