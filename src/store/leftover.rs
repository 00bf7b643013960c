//! What processes that were killed left beside a file: swept up, and nothing of it lost.

use super::backup::{self, Reason};
use super::site::Site;
use super::temp;
use super::vfs::Vfs;
use super::{directory, seen};
use std::path::{Path, PathBuf};

/// A leftover that held something else than the file does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swept {
    /// The backup in which it is kept now.
    pub backup: PathBuf,
}

/// Every hidden file beside `target` that a save made.
pub(super) fn beside(fs: &dyn Vfs, target: &Path) -> Vec<(PathBuf, &'static str)> {
    let names = fs.names(directory(target)).unwrap_or_default();
    let hidden = names.into_iter().filter_map(|name| {
        let end = temp::hidden_end(target, &name)?;
        Some((directory(target).join(name), end))
    });
    hidden.collect()
}

/// Removes what dead processes left. What holds something that is nowhere else is kept among the
/// backups; where there are none it stays. Only with the directory locked: then a file that is
/// being written belongs to nobody alive, and one that is watched is locked itself.
pub(super) fn sweep(site: &Site, target: &Path) -> Vec<Swept> {
    let fs = &*site.fs;
    let mut swept = Vec::new();
    for (path, end) in beside(fs, target) {
        let Ok(file) = fs.open(&path) else { continue };
        if end == temp::DISPLACED && !file.try_lock().unwrap_or(false) {
            continue;
        }
        let Ok(bytes) = seen::read_whole(&*file) else { continue };
        let is_kept = bytes.is_empty()
            || seen::read(fs, target).is_ok_and(|(_, there)| there == bytes)
            || match backup::keep(site, target, &bytes, Reason::Leftover) {
                Ok(Some(backup)) => {
                    swept.push(Swept { backup });
                    true
                }
                _ => false,
            };
        if is_kept {
            // It is tried again the next time.
            let _ = fs.remove(&path);
        }
    }
    swept
}
