//! Hearing of what happens to the file; only where the system can't tell, asking twice a second.

use crate::store::{self, copies::is_copy};
use notify::event::{AccessKind, AccessMode, Event, EventKind};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

/// How often a file is asked for of which the system does not tell.
const ASKED: Duration = Duration::from_millis(500);

/// What hears.
type Heard = Box<dyn FnMut(notify::Result<Event>) + Send>;

/// The watch over a file, as long as it lives. What is watched is the directory, since a file that
/// is replaced is another file.
pub struct Watch {
    _watcher: Box<dyn Watcher + Send>,
}

impl Watch {
    /// Calls `look` whenever something may have happened to the file at `path`. Without an answer
    /// this system cannot tell.
    pub fn over(path: &Path, look: impl Fn() + Clone + Send + 'static) -> Option<Self> {
        let by_asking = |look| {
            let config = Config::default().with_poll_interval(ASKED);
            Self::by(path, look, |heard| Ok(Box::new(PollWatcher::new(heard, config)?)))
        };
        if store::is_remote(path) {
            return by_asking(look);
        }
        let heard = Self::by(path, look.clone(), |heard| {
            Ok(Box::new(RecommendedWatcher::new(heard, Config::default())?))
        });
        heard.or_else(|| by_asking(look))
    }

    fn by<W>(path: &Path, look: impl Fn() + Send + 'static, watcher: W) -> Option<Self>
    where
        W: FnOnce(Heard) -> notify::Result<Box<dyn Watcher + Send>>,
    {
        let link = std::path::absolute(path).ok()?;
        // Git and editors take a file away for a moment; its directory stays.
        let real = path.canonicalize().unwrap_or_else(|_| link.clone());
        let names = [&real, &link].map(|path| path.file_name().unwrap_or_default().to_owned());
        let heard = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| matters(&event, &names)) {
                look();
            }
        };
        let mut watcher = watcher(Box::new(heard)).ok()?;
        watcher.watch(real.parent()?, RecursiveMode::NonRecursive).ok()?;
        if link.parent() != real.parent() {
            // A link that is turned elsewhere is seen at the next save too.
            let _ = watcher.watch(link.parent()?, RecursiveMode::NonRecursive);
        }
        Some(Self { _watcher: watcher })
    }
}

/// Whether an event may mean another content of the file. Looking at it reads it, which must not
/// count.
fn matters(event: &Event, names: &[OsString]) -> bool {
    let written = AccessKind::Close(AccessMode::Write);
    let only_read = matches!(event.kind, EventKind::Access(kind) if kind != written);
    let named = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap_or_default();
        let copy_of = |known: &OsString| is_copy(&name.to_string_lossy(), &known.to_string_lossy());
        names.iter().any(|known| known == name || copy_of(known))
    };
    event.need_rescan() || !only_read && event.paths.iter().any(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn every_way_to_write_the_file_is_heard_of_and_reading_it_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("w.json"), folder.path().join("other"));
        fs::write(&path, "one").unwrap();
        let (heard, hears) = channel();
        let (heard_again, hear_again) = channel();
        let _watch = Watch::over(&path, move || heard.send(()).unwrap()).unwrap();
        let hear = || hears.recv_timeout(Duration::from_secs(10)).unwrap();
        fs::write(&path, "two").unwrap();
        hear();
        fs::write(&other, "three").unwrap();
        fs::rename(&other, &path).unwrap();
        hear();
        fs::remove_file(&path).unwrap();
        hear();
        let _watch = Watch::over(&path, move || heard_again.send(()).unwrap()).unwrap();
        fs::write(&path, "four").unwrap();
        hear_again.recv_timeout(Duration::from_secs(10)).unwrap();
        let read = Event::new(EventKind::Access(AccessKind::Open(AccessMode::Any)));
        assert!(!matters(&read.add_path(path), &["w.json".into()]));
    }
}
