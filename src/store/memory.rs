//! What is remembered of a workspace between sessions: where one was, and filters with a name.
//! It is a comfort and never more: what can't be read is as good as nothing.

use super::find::key_of;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Workspaces kept in mind.
const RECENT: usize = 20;

/// What is remembered of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// The hat that was on: `pm` or `po`.
    pub hat: Option<String>,
    /// The id under the cursor of the roadmap.
    pub roadmap: Option<String>,
    /// The id under the cursor of the backlog.
    pub backlog: Option<String>,
    /// Filters by name.
    pub filters: BTreeMap<String, String>,
}

impl Memory {
    /// What is remembered of the workspace at a path.
    pub fn of(workspace: &Path, state: &Path) -> Self {
        read(&file(workspace, state)).unwrap_or_default()
    }

    /// Remembers it, and that this workspace was the last one open.
    pub fn keep(&self, workspace: &Path, state: &Path) -> io::Result<()> {
        write(&file(workspace, state), self)?;
        let path = workspace.canonicalize()?;
        let mut paths = recent(state);
        paths.retain(|other| *other != path);
        paths.insert(0, path);
        paths.truncate(RECENT);
        write(&state.join("recent.json"), &paths)
    }
}

/// The workspaces that were open, the last one first, as far as they are still there.
pub fn recent(state: &Path) -> Vec<PathBuf> {
    let paths: Vec<PathBuf> = read(&state.join("recent.json")).unwrap_or_default();
    paths.into_iter().filter(|path| path.is_file()).collect()
}

/// What was said of the columns of other tools' tables: for each header, which column is what.
pub type Columns = BTreeMap<String, Vec<(String, String)>>;

/// What was said of columns so far. An error where that cannot be read: then it must not be written
/// anew either, or all of it would be lost.
pub fn columns(state: &Path) -> io::Result<Columns> {
    let path = state.join("columns.json");
    match std::fs::read(&path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| io::Error::other(format!("{}: {error}", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Columns::default()),
        Err(error) => Err(error),
    }
}

/// Remembers what was said of columns.
pub fn keep_columns(columns: &Columns, state: &Path) -> io::Result<()> {
    write(&state.join("columns.json"), columns)
}

fn file(workspace: &Path, state: &Path) -> PathBuf {
    state.join(key_of(workspace)).join("memory.json")
}

fn read<T: for<'a> Deserialize<'a>>(path: &Path) -> Option<T> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Written beside and renamed, so that a cut leaves the old one.
fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let beside = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(&serde_json::to_vec(value)?)?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_remembered_and_nonsense_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("w.json");
        std::fs::write(&workspace, "{}").unwrap();
        let state = folder.path().join("state");
        assert_eq!(Memory::of(&workspace, &state), Memory::default());
        let memory = Memory { hat: Some("po".into()), ..Memory::default() };
        memory.keep(&workspace, &state).unwrap();
        assert_eq!(Memory::of(&workspace, &state), memory);
        assert_eq!(recent(&state), [workspace.canonicalize().unwrap()]);
        std::fs::write(file(&workspace, &state), "{").unwrap();
        assert_eq!(Memory::of(&workspace, &state), Memory::default());
        std::fs::remove_file(&workspace).unwrap();
        assert!(recent(&state).is_empty());
    }
}
