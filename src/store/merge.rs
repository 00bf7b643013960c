//! Bringing three files together, as git asks for it, and the files of other tools that sync.

use super::format::{self, Loaded, Malformed};
use super::site::Site;
use super::temp::Temp;
use super::{directory, seen};
use crate::workspace::{MergeNote, Merged, merge3};
use std::io;
use std::path::{Path, PathBuf};

/// Why files were not brought together. None of them was changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of them is no workspace.
    #[error("{}: {malformed}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        malformed: Malformed,
    },
    /// One of them is of a newer format.
    #[error("{} is of format {version}, newer than this version of twohats; update it to merge", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        version: u64,
    },
    /// One of them could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl MergeError {
    /// The code a command ends with because of this: git takes it for a merge that did not happen.
    pub fn exit_code(&self) -> u8 {
        129
    }
}

/// Brings the files `ours` and `theirs` together, which both come from `base`, and writes that to
/// `ours`. An empty `base` is none: both sides made a file. Gives what could not be decided.
///
/// # Errors
/// [`MergeError`]; nothing was written then.
pub fn merge_files(
    site: &Site,
    base: &Path,
    ours: &Path,
    theirs: &Path,
) -> Result<Vec<MergeNote>, MergeError> {
    let base = read(site, base, true)?;
    let (ours_loaded, theirs) = (read(site, ours, false)?, read(site, theirs, false)?);
    let (bytes, notes) = merge_loaded(&base, &ours_loaded, theirs);
    let fs = &*site.fs;
    let io = |source| MergeError::Io { path: ours.to_owned(), source };
    let like = fs.stat(ours).map_err(io)?;
    Temp::write(fs, ours, &bytes, Some(&like))
        .and_then(|temp| temp.replace(ours))
        .and_then(|()| fs.sync_dir(directory(ours)))
        .map_err(io)?;
    Ok(notes)
}

fn read(site: &Site, path: &Path, may_be_empty: bool) -> Result<Loaded, MergeError> {
    let (_, bytes) = seen::read(&*site.fs, path)
        .map_err(|source| MergeError::Io { path: path.to_owned(), source })?;
    let bytes = if may_be_empty && bytes.is_empty() { b"{\"twohats\":1}".to_vec() } else { bytes };
    let loaded = format::read(bytes)
        .map_err(|malformed| MergeError::Malformed { path: path.to_owned(), malformed })?;
    match loaded.newer {
        Some(version) => Err(MergeError::Newer { path: path.to_owned(), version }),
        None => Ok(loaded),
    }
}

/// The bytes that come of three files, and what could not be decided.
pub(super) fn merge_loaded(
    base: &Loaded,
    ours: &Loaded,
    theirs: Loaded,
) -> (Vec<u8>, Vec<MergeNote>) {
    let mut merged: Merged = merge3(&base.content, &ours.content, &theirs.content);
    let mut source = theirs.source;
    let unknown = source.unite(&base.source, &ours.source, &mut merged);
    source.remember(&ours.source);
    let notes = unknown.into_iter().map(|(id, _)| MergeNote::Unknown(id));
    let notes = merged.notes.into_iter().chain(notes).collect();
    (source.write(&merged.content), notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What comes of three backlogs.
    fn merged(base: &str, ours: &str, theirs: &str) -> (String, Vec<MergeNote>) {
        let dir = tempfile::tempdir().unwrap();
        let path = |name| dir.path().join(name);
        for (name, items) in [("base", base), ("ours", ours), ("theirs", theirs)] {
            let text = format!("{{\n\"twohats\": 1,\n\"backlog\": [\n{items}\n]\n}}\n");
            fs::write(path(name), text).unwrap();
        }
        let notes =
            merge_files(&Site::stateless(), &path("base"), &path("ours"), &path("theirs")).unwrap();
        let text = fs::read_to_string(path("ours")).unwrap();
        let items = text.split("[\n").nth(1).unwrap().split("\n]").next().unwrap().to_owned();
        (items, notes)
    }

    #[test]
    fn what_each_side_wrote_keeps_its_bytes() {
        let (items, notes) = merged(
            "{\"id\":\"a\",\"x\":1},\n{\"id\":\"b\",\"y\": 1}",
            "{\"id\":\"a\",\"x\":1,\"points\":3},\n{\"id\":\"b\",\"y\": 2},\n{ \"id\":\"m\" }",
            "{\"id\":\"a\",\"x\": 5},\n{\"id\":\"b\",\"y\": 1,\"title\":\"B\"}",
        );
        assert_eq!(
            items,
            "{\"id\":\"a\",\"x\":5,\"points\":3},\n{\"id\":\"b\",\"y\":2,\"title\":\"B\"},\n{ \"id\":\"m\" }"
        );
        assert_eq!(notes, []);
    }

    #[test]
    fn an_item_that_both_moved_is_there_once() {
        let item = |id: &str| format!("{{\"id\":\"{id}\"}}");
        let list = |ids: &str| ids.split(' ').map(item).collect::<Vec<_>>().join(",\n");
        let (items, notes) = merged(&list("a b c d"), &list("d a b c"), &list("a d b c"));
        let kept = r#""d","conflict":{"place":{"place":"backlog","after":"a"}}"#;
        assert_eq!(items, list("d a b c").replacen(r#""d""#, kept, 1));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn both_values_of_what_is_unknown_are_kept() {
        let (items, notes) = merged(
            "{\"id\":\"a\",\"x\":1}",
            "{\"id\":\"a\",\"x\":2}",
            "{\"id\":\"a\",\"x\":{\"y\":3}}",
        );
        assert_eq!(items, "{\"id\":\"a\",\"conflict\":{\"x\":{\"y\":3}},\"x\":2}");
        assert_eq!(notes.len(), 1);
        let again = "{\"id\":\"a\",\"conflict\":{\"x\":{\"y\":3}},\"x\":4}";
        let (items, _) = merged(&items, &items.replace("\"x\":2", "\"x\":5"), again);
        let both = "{\"x\":4,\"x 2\":{\"y\":3}}";
        assert_eq!(items, format!("{{\"id\":\"a\",\"conflict\":{both},\"x\":5}}"));
    }

    #[test]
    fn a_side_that_did_nothing_leaves_the_bytes_of_the_other() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let (one, other) = (
            "{\"twohats\":1,\"x\":1,\"backlog\":[{\"id\":\"a\"}]}",
            "{ \"twohats\": 1, \"x\": 2,\n\"backlog\": [ {\"id\":\"a\", \"z\":1}] }\n",
        );
        let (one, other) = (one.to_owned(), other.to_owned());
        for (base, ours, theirs) in [(&one, &one, &other), (&one, &other, &other)] {
            fs::write(path("b"), base).unwrap();
            fs::write(path("o"), ours).unwrap();
            fs::write(path("t"), theirs).unwrap();
            merge_files(&Site::stateless(), &path("b"), &path("o"), &path("t")).unwrap();
            assert_eq!(fs::read_to_string(path("o")).unwrap(), other);
        }
        fs::write(path("o"), &other).unwrap();
        fs::write(path("t"), &one).unwrap();
        merge_files(&Site::stateless(), &path("b"), &path("o"), &path("t")).unwrap();
        let text = fs::read_to_string(path("o")).unwrap();
        assert!(text.contains("\"x\": 2") && text.contains("{\"id\":\"a\", \"z\":1}"), "{text}");
    }

    #[test]
    fn what_is_no_workspace_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("ours");
        fs::write(&path, "<<<<<<<").unwrap();
        let error = merge_files(&Site::stateless(), &path, &path, &path).unwrap_err();
        assert_eq!(error.exit_code(), 129);
        assert_eq!(fs::read_to_string(&path).unwrap(), "<<<<<<<");
    }
}
