//! Other versions of a workspace that lie beside it or in git's index, brought back into it: what
//! tools that sync leave when two machines wrote, and what git leaves when two branches did.

use super::backup::{self, Reason};
use super::error::{OpenError, SaveError};
use super::file::{self, Read, WorkspaceFile};
use super::format::{self, Loaded};
use super::merge::{MergeError, merge_loaded};
use super::seen::{self, Seen};
use super::site::Site;
use super::{directory, git};
use crate::workspace::{Content, MergeNote, Merged, merge3};
use std::path::{Path, PathBuf};

/// How the tools mark a copy: Dropbox and Nextcloud in words, Syncthing with a date behind it.
const MARKS: [&str; 3] = ["conflicted copy", ".sync-conflict-", "(conflict"];

/// A file with nothing in it.
const NOTHING: &[u8] = b"{\"twohats\":1}";

/// Why another version was not brought in. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// It could not be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// Git has no other versions.
    #[error("git has no versions of it to merge: {0}")]
    Git(String),
    /// One of git's versions is no workspace.
    #[error(transparent)]
    Merge(#[from] MergeError),
}

impl CopyError {
    /// The code a command ends with because of this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Open(error) => error.exit_code(),
            Self::Save(error) => error.exit_code(),
            Self::Git(_) => 1,
            Self::Merge(error) => error.exit_code(),
        }
    }
}

/// What became of a copy.
#[derive(Debug)]
pub struct Copied {
    /// What could not be decided.
    pub notes: Vec<MergeNote>,
    /// The backup in which it is now; without one it lies where it lay.
    pub backup: Option<PathBuf>,
}

/// Whether a file of this name is a copy that a tool made of the file of the other name.
pub fn is_copy(name: &str, of: &str) -> bool {
    let (stem, end) = of.rsplit_once('.').unwrap_or((of, ""));
    let rest = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(end));
    rest.is_some_and(|rest| MARKS.iter().any(|mark| rest.contains(mark)))
}

/// The copies that lie beside a workspace, by name.
pub fn copies(site: &Site, path: &Path) -> Vec<PathBuf> {
    let target = site.fs.resolve(path).unwrap_or_else(|_| path.to_owned());
    let of = super::name_of(&target);
    let names = site.fs.names(directory(&target)).unwrap_or_default();
    let mut copies: Vec<PathBuf> = names
        .into_iter()
        .filter(|name| is_copy(&name.to_string_lossy(), &of))
        .map(|name| target.with_file_name(name))
        .collect();
    copies.sort_unstable();
    copies
}

impl WorkspaceFile {
    /// Brings a copy into the file, durably, and puts it among the backups. Nobody knows what both
    /// come from, so nothing is taken away, and of every field that differs both values are kept.
    ///
    /// # Errors
    /// [`CopyError`]; the copy lies where it lay.
    pub fn merge_copy(&mut self, copy: &Path) -> Result<Copied, CopyError> {
        let Read { loaded, .. } = file::read(&*self.site.fs, copy, None)?;
        if let Some(version) = loaded.newer {
            return Err(MergeError::Newer { path: copy.to_owned(), version }.into());
        }
        let Merged { content, mut notes } =
            merge3(&Content::default(), &self.content, &loaded.content);
        self.source.remember(&loaded.source);
        let before = self.content.clone();
        notes.extend(self.sync(&before, &content)?.notes);
        let backup = self.put_away(copy);
        Ok(Copied { notes, backup })
    }

    fn put_away(&self, copy: &Path) -> Option<PathBuf> {
        let fs = &*self.site.fs;
        let (_, bytes) = seen::read(fs, copy).ok()?;
        let kept = backup::keep(&self.site, &self.path, &bytes, Reason::Copy).ok()??;
        fs.remove(copy).ok()?;
        Some(kept)
    }
}

/// Puts what comes of git's three versions in the place of a file with git's marks in it, which
/// goes to the backups. Gives what could not be decided.
///
/// # Errors
/// [`CopyError`]; nothing was written then.
pub fn merge_branches(site: &Site, path: &Path) -> Result<Vec<MergeNote>, CopyError> {
    let target = site.fs.resolve(path).unwrap_or_else(|_| path.to_owned());
    let [base, ours, theirs] = git::stages(&target).map_err(CopyError::Git)?;
    let [base, ours, theirs] = [base, ours, theirs].map(|bytes| version(path, bytes));
    let (bytes, notes) = merge_loaded(&base?, &ours?, theirs?);
    let Loaded { content, source, .. } = version(path, Some(bytes.clone()))?;
    let io = |source| MergeError::Io { path: path.to_owned(), source };
    let stat = site.fs.stat(&target).map_err(io)?;
    let seen = Seen::new(&stat, &bytes, site.fs.now());
    let mut file = WorkspaceFile::made_of(site, path, source, content.clone(), seen);
    file.overwrite(&content)?;
    Ok(notes)
}

/// One of git's versions; there is none where a branch did not have the file.
fn version(path: &Path, bytes: Option<Vec<u8>>) -> Result<Loaded, MergeError> {
    let bytes = bytes.unwrap_or_else(|| NOTHING.to_owned());
    let loaded = format::read(bytes)
        .map_err(|malformed| MergeError::Malformed { path: path.to_owned(), malformed })?;
    match loaded.newer {
        Some(version) => Err(MergeError::Newer { path: path.to_owned(), version }),
        None => Ok(loaded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn copies_of_a_file_are_known_by_their_names() {
        for name in [
            "plan (Ada's conflicted copy 2026-11-22).json",
            "plan (conflicted copy 2026-11-22 101010).json",
            "plan.sync-conflict-20261122-101010-ABCDEFG.json",
        ] {
            assert!(is_copy(name, "plan.json"), "{name}");
            assert!(!is_copy(name, "other.json"), "{name}");
        }
        for name in ["plan.json", "plan.mine.json", "plan2.json", "plan.json.bak"] {
            assert!(!is_copy(name, "plan.json"), "{name}");
        }
    }

    #[test]
    fn a_copy_is_brought_in_with_all_it_holds_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.json");
        let copy = dir.path().join("plan.sync-conflict-20261122-101010-ABCDEFG.json");
        let text = |items: &str| format!("{{\"twohats\":1,\"backlog\":[\n{items}\n]}}\n");
        fs::write(&path, text("{\"id\":\"a\",\"title\":\"Mine\"},\n{\"id\":\"m\"}")).unwrap();
        let theirs = text("{\"id\":\"a\",\"title\":\"Theirs\"},\n{\"id\":\"t\",\"x\":[1, 2]}");
        fs::write(&copy, &theirs).unwrap();
        let site = Site { state: Some(dir.path().join("state")), ..Site::stateless() };
        assert_eq!(copies(&site, &path), [copy.canonicalize().unwrap()]);
        let (_, mut file) = WorkspaceFile::open_at(&site, &path).unwrap();
        let copied = file.merge_copy(&copy).unwrap();
        let merged = fs::read_to_string(&path).unwrap();
        for part in ["\"title\":\"Mine\"", "\"conflict\":{\"title\":\"Theirs\"}", "\"m\"", "[1, 2]"]
        {
            assert!(merged.contains(part), "{part}: {merged}");
        }
        assert_eq!(copied.notes.len(), 1);
        assert!(copies(&site, &path).is_empty());
        assert_eq!(fs::read_to_string(copied.backup.unwrap()).unwrap(), theirs);
    }
}
