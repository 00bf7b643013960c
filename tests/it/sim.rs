//! A file system in memory that can lose power, and in which others write between our calls.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use twohats::store::vfs::{Lock, Moment, Stat, Vfs, VfsFile};

/// Nanoseconds in which all changes bear the same time.
const GRAIN: i64 = 10_000_000;

#[derive(Debug, Clone, Default)]
struct Inode {
    bytes: Vec<u8>,
    /// What a power cut leaves for certain.
    durable: Vec<u8>,
    modified: i64,
    changed: i64,
    mode: u32,
}

/// A change of the names in a directory; those of one directory become durable together.
#[derive(Debug, Clone)]
enum Naming {
    Set(PathBuf, usize),
    Take(PathBuf),
    Rename(PathBuf, PathBuf),
    Exchange(PathBuf, PathBuf),
}

impl Naming {
    fn dir(&self) -> &Path {
        let (Self::Set(path, _)
        | Self::Take(path)
        | Self::Rename(path, _)
        | Self::Exchange(path, _)) = self;
        path.parent().unwrap()
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Set(path, inode) => drop(names.insert(path.clone(), *inode)),
            Self::Take(path) => drop(names.remove(path)),
            Self::Rename(from, to) => {
                if let Some(inode) = names.remove(from) {
                    names.insert(to.clone(), inode);
                }
            }
            Self::Exchange(one, other) => {
                if let (Some(a), Some(b)) = (names.get(one).copied(), names.get(other).copied()) {
                    names.insert(one.clone(), b);
                    names.insert(other.clone(), a);
                }
            }
        }
    }
}

/// A step of somebody who knows nothing of us.
pub type Step = Box<dyn FnMut(&mut World) + Send>;

#[derive(Default)]
pub struct World {
    inodes: Vec<Inode>,
    names: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    namings: Vec<Naming>,
    locked: BTreeSet<usize>,
    locked_dirs: BTreeSet<PathBuf>,
    clock: i64,
    /// Calls so far.
    pub calls: usize,
    /// The call after which the process is dead.
    pub last: Option<usize>,
    /// The call that fails with this error number, and whether all later ones do too.
    pub fault: Option<(usize, i32, bool)>,
    /// Whether the fault was met.
    pub faulted: bool,
    /// Syncs that do nothing: the mutation run.
    pub lying: Option<&'static str>,
    /// Whether two files can change places.
    pub no_exchange: bool,
    /// Calls so far in which what others do can make a difference.
    pub turns: usize,
    /// How many of them it took to save.
    pub saved: usize,
    /// What others do, each before the turn of this number.
    pub others: Vec<(usize, Step)>,
    /// What others do in the last moment before two files change places, the last one first.
    pub at_exchange: Vec<Step>,
    /// What must hold before every call, and whether it ever did not.
    pub invariant: Option<fn(&World) -> bool>,
    pub broken: bool,
}

impl World {
    fn stamp(&mut self, inode: usize) {
        let now = self.clock / GRAIN * GRAIN;
        self.inodes[inode].modified = now;
        self.inodes[inode].changed = now;
    }

    fn inode(&self, path: &Path) -> io::Result<usize> {
        self.names.get(path).copied().ok_or_else(|| ErrorKind::NotFound.into())
    }

    /// The file that stands there, to be written to whatever its name becomes.
    pub fn open(&self, path: &Path) -> Option<usize> {
        self.names.get(path).copied()
    }

    pub fn overwrite(&mut self, inode: usize, bytes: &[u8]) {
        self.inodes[inode].bytes = bytes.to_vec();
        self.stamp(inode);
    }

    pub fn make(&mut self, path: &Path, bytes: &[u8]) -> usize {
        self.inodes.push(Inode { bytes: bytes.to_vec(), mode: 0o644, ..Inode::default() });
        let inode = self.inodes.len() - 1;
        self.stamp(inode);
        self.naming(Naming::Set(path.to_owned(), inode));
        inode
    }

    pub fn shift(&mut self, from: &Path, to: &Path) {
        if self.names.contains_key(from) {
            self.naming(Naming::Rename(from.to_owned(), to.to_owned()));
        }
    }

    pub fn drop_name(&mut self, path: &Path) {
        self.naming(Naming::Take(path.to_owned()));
    }

    fn naming(&mut self, naming: Naming) {
        naming.apply(&mut self.names);
        self.namings.push(naming);
    }

    /// The bytes under every name.
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let text = |inode: usize| String::from_utf8_lossy(&self.inodes[inode].bytes).into_owned();
        self.names.iter().map(|(path, inode)| (path.clone(), text(*inode))).collect()
    }

    /// Time goes by.
    pub fn wait(&mut self, seconds: i64) {
        self.clock += seconds * 1_000_000_000;
    }

    /// The names of files that nobody has locked.
    pub fn unlocked(&self) -> impl Iterator<Item = &Path> {
        let free = self.names.iter().filter(|(_, inode)| !self.locked.contains(inode));
        free.map(|(path, _)| path.as_path())
    }

    /// Does what is due and counts the call.
    fn call(&mut self) -> io::Result<()> {
        self.broken |= self.invariant.is_some_and(|holds| !holds(self));
        if self.last.is_some_and(|last| self.calls >= last) {
            return Err(io::Error::other("dead"));
        }
        self.calls += 1;
        self.clock += 1_000_000;
        match self.fault {
            Some((at, error, all)) if self.calls == at || all && self.calls > at => {
                self.faulted = true;
                Err(io::Error::from_raw_os_error(error))
            }
            _ => Ok(()),
        }
    }

    /// What a file may hold after a power cut.
    fn fates(inode: &Inode) -> Vec<Vec<u8>> {
        let Inode { bytes, durable, .. } = inode;
        if bytes == durable {
            return vec![bytes.clone()];
        }
        let new = bytes.strip_prefix(&durable[..]).unwrap_or(bytes);
        let kept = &bytes[..bytes.len() - new.len()];
        let zeros = [kept, &vec![0; new.len()]].concat();
        let torn = [kept, &new[..new.len() / 2]].concat();
        vec![durable.clone(), zeros, torn, bytes.clone()]
    }
}

#[derive(Clone, Default)]
pub struct SimFs(pub Arc<Mutex<World>>);

impl std::fmt::Debug for SimFs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SimFs")
    }
}

impl SimFs {
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A file system that durably holds these files, long since.
    pub fn holding(files: &[(&Path, &str)]) -> Self {
        let fs = Self::default();
        for (path, text) in files {
            fs.world().make(path, text.as_bytes());
        }
        fs.world().settle();
        fs
    }

    /// What the machine may find after a power cut: any prefix of the changes of names of each
    /// directory, or with `any` any of them, and any fate of each file.
    pub fn survivors(&self, any: bool) -> Vec<Self> {
        let world = self.world();
        let count = world.namings.len();
        let choices: Vec<Vec<&Naming>> = if any {
            let chosen = |bits: usize| {
                let namings = world.namings.iter().enumerate();
                namings.filter(|(at, _)| bits >> at & 1 == 1).map(|(_, naming)| naming).collect()
            };
            (0..1_usize << count.min(8)).map(chosen).collect()
        } else {
            (0..=count).map(|end| world.namings[..end].iter().collect()).collect()
        };
        let mut found: BTreeSet<BTreeMap<PathBuf, Vec<u8>>> = BTreeSet::new();
        for namings in choices {
            let mut names = world.durable.clone();
            namings.into_iter().for_each(|naming| naming.apply(&mut names));
            let mut states = vec![BTreeMap::new()];
            for (path, inode) in names {
                let fates = World::fates(&world.inodes[inode]);
                states = states
                    .into_iter()
                    .flat_map(|state: BTreeMap<PathBuf, Vec<u8>>| {
                        let path = path.clone();
                        fates.iter().map(move |bytes| {
                            let mut state = state.clone();
                            state.insert(path.clone(), bytes.clone());
                            state
                        })
                    })
                    .collect();
            }
            found.extend(states);
        }
        found.into_iter().map(|state| Self::rebooted(&state, world.clock)).collect()
    }

    /// What the next process finds when only this one was killed.
    pub fn after_a_kill(&self) -> Self {
        let world = self.world();
        let files = world.names.iter();
        let state = files.map(|(path, inode)| (path.clone(), world.inodes[*inode].bytes.clone()));
        Self::rebooted(&state.collect(), world.clock)
    }

    fn rebooted(state: &BTreeMap<PathBuf, Vec<u8>>, clock: i64) -> Self {
        let fs = Self::default();
        let mut world = fs.world();
        world.clock = clock;
        for (path, bytes) in state {
            world.make(path, bytes);
        }
        world.settle();
        drop(world);
        fs
    }

    fn call(&self) -> io::Result<MutexGuard<'_, World>> {
        let mut world = self.world();
        world.call()?;
        Ok(world)
    }

    /// A call that looks at or changes what others can: before it they have their turn.
    fn turn(&self) -> io::Result<MutexGuard<'_, World>> {
        let mut world = self.world();
        while world.others.first().is_some_and(|(at, _)| *at <= world.turns) {
            let (_, mut step) = world.others.remove(0);
            step(&mut world);
        }
        world.turns += 1;
        world.call()?;
        Ok(world)
    }
}

impl World {
    /// Everything as it is now is durable and old.
    fn settle(&mut self) {
        self.namings.clear();
        self.durable = self.names.clone();
        self.inodes.iter_mut().for_each(|inode| inode.durable = inode.bytes.clone());
        self.clock += 10_000_000_000;
    }

    fn stat(&self, inode: usize) -> Stat {
        let Inode { bytes, modified, changed, mode, .. } = &self.inodes[inode];
        let moment = |at: i64| (at / 1_000_000_000, at % 1_000_000_000);
        Stat {
            device: 1,
            inode: inode as u64,
            size: bytes.len() as u64,
            modified: moment(*modified),
            changed: moment(*changed),
            mode: *mode,
            owner: 0,
            group: 0,
            names: self.names.values().filter(|other| **other == inode).count() as u64,
            regular: true,
        }
    }
}

#[derive(Debug)]
struct DirLock(SimFs, PathBuf);

impl Lock for DirLock {}

impl Drop for DirLock {
    fn drop(&mut self) {
        self.0.world().locked_dirs.remove(&self.1);
    }
}

impl Vfs for SimFs {
    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(path.to_owned())
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let world = self.turn()?;
        Ok(world.stat(world.inode(path)?))
    }

    fn names(&self, dir: &Path) -> io::Result<Vec<OsString>> {
        let world = self.call()?;
        let there = world.names.keys().filter(|path| path.parent() == Some(dir));
        Ok(there.map(|path| path.file_name().unwrap().to_owned()).collect())
    }

    fn make_dir(&self, _: &Path, _: bool) -> io::Result<()> {
        Ok(())
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn VfsFile>> {
        let world = self.turn()?;
        let inode = world.inode(path)?;
        Ok(Box::new(SimFile {
            fs: self.clone(),
            inode,
            name: end_of(path),
            locked: Mutex::new(false),
        }))
    }

    fn create(&self, path: &Path, mode: u32) -> io::Result<Box<dyn VfsFile>> {
        let mut world = self.call()?;
        if world.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let inode = world.make(path, b"");
        world.inodes[inode].mode = mode;
        Ok(Box::new(SimFile {
            fs: self.clone(),
            inode,
            name: end_of(path),
            locked: Mutex::new(false),
        }))
    }

    fn try_lock(&self, dir: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let mut world = self.call()?;
        let free = world.locked_dirs.insert(dir.to_owned());
        Ok(free.then(|| Box::new(DirLock(self.clone(), dir.to_owned())) as Box<dyn Lock>))
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        let mut world = self.turn()?;
        if let Some(mut step) = world.at_exchange.pop() {
            step(&mut world);
        }
        if world.no_exchange {
            return Err(io::Error::from_raw_os_error(22));
        }
        let (a, b) = (world.inode(one)?, world.inode(other)?);
        let now = world.clock / GRAIN * GRAIN;
        world.naming(Naming::Exchange(one.to_owned(), other.to_owned()));
        (world.inodes[a].changed, world.inodes[b].changed) = (now, now);
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.turn()?;
        let inode = world.inode(from)?;
        world.naming(Naming::Rename(from.to_owned(), to.to_owned()));
        world.inodes[inode].changed = world.clock / GRAIN * GRAIN;
        Ok(())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.turn()?;
        let inode = world.inode(from)?;
        if world.names.contains_key(to) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        world.naming(Naming::Set(to.to_owned(), inode));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut world = self.turn()?;
        world.inode(path)?;
        world.drop_name(path);
        Ok(())
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut world = self.call()?;
        if world.lying == dir.to_str() {
            return Ok(());
        }
        let namings = std::mem::take(&mut world.namings);
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            namings.into_iter().partition(|naming| naming.dir() == dir);
        here.iter().for_each(|naming| naming.apply(&mut world.durable));
        world.namings = elsewhere;
        Ok(())
    }

    fn may_write(&self, _: &Path) -> bool {
        true
    }

    fn now(&self) -> Moment {
        let now = self.world().clock;
        (now / 1_000_000_000, now % 1_000_000_000)
    }

    fn pause(&self, how_long: Duration) {
        let mut world = self.world();
        // Waiting takes no call, but others go on meanwhile.
        world.clock += i64::try_from(how_long.as_nanos()).unwrap();
        if !world.others.is_empty() && world.last.is_none_or(|last| world.calls < last) {
            let (_, mut step) = world.others.remove(0);
            step(&mut world);
        }
    }
}

fn end_of(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()) {
        // A journal has another name until it is locked.
        _ if path.to_str().unwrap().contains("journal-") => "journal",
        Some("tmp") => "tmp",
        _ => "file",
    }
}

#[derive(Debug)]
struct SimFile {
    fs: SimFs,
    inode: usize,
    name: &'static str,
    locked: Mutex<bool>,
}

impl SimFile {
    fn make_durable(&self) -> io::Result<()> {
        let mut world = self.fs.call()?;
        if world.lying != Some(self.name) {
            let inode = &mut world.inodes[self.inode];
            inode.durable = inode.bytes.clone();
        }
        Ok(())
    }
}

impl VfsFile for SimFile {
    fn stat(&self) -> io::Result<Stat> {
        let world = self.fs.call()?;
        Ok(world.stat(self.inode))
    }

    fn read(&self, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let world = self.fs.turn()?;
        let bytes = world.inodes[self.inode].bytes.clone();
        Ok((bytes.len() as u64 <= limit).then_some(bytes))
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut world = self.fs.world();
        let done = world.call();
        // A write that fails may have written something.
        let half = if done.is_ok() { bytes.len() } else { bytes.len() / 2 };
        if done.is_ok() || world.faulted {
            world.inodes[self.inode].bytes.extend_from_slice(&bytes[..half]);
            world.stamp(self.inode);
        }
        done
    }

    fn take_after(&self, like: &Stat) -> io::Result<()> {
        let mut world = self.fs.call()?;
        world.inodes[self.inode].mode = like.mode;
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.make_durable()
    }

    fn sync_data(&self) -> io::Result<()> {
        self.make_durable()
    }

    fn try_lock(&self) -> io::Result<bool> {
        let mut world = self.fs.call()?;
        let free = world.locked.insert(self.inode);
        *self.locked.lock().unwrap() |= free;
        Ok(free)
    }
}

impl Drop for SimFile {
    fn drop(&mut self) {
        if *self.locked.lock().unwrap() {
            self.fs.world().locked.remove(&self.inode);
        }
    }
}
