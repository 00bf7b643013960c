//! A folder of Markdown files, as some tools keep their tasks.

use crate::exchange::{Decoded, Page, UnknownEncoding};
use crate::workspace::sorted;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Files that are read at most.
const PAGES: usize = 100_000;

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is no such encoding.
    #[error(transparent)]
    Encoding(#[from] UnknownEncoding),
    /// The folder, or something in it, cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Read {
        /// What cannot be read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

fn failed(path: &Path) -> impl Fn(io::Error) -> FolderError {
    let path = path.to_owned();
    move |source| FolderError::Read { path: path.clone(), source }
}

/// The Markdown files of a folder and of those in it, in the order of their names; of a project
/// with a folder `backlog` those of that.
///
/// # Errors
/// See [`FolderError`]; also where there are too many files to be one person's tasks.
pub fn pages(folder: &Path, encoding: Option<&str>) -> Result<Vec<Page>, FolderError> {
    let inner = folder.join("backlog");
    let folder = if inner.join("tasks").is_dir() { inner } else { folder.to_owned() };
    let mut paths = Vec::new();
    walk(&folder, &mut paths)?;
    sorted::by_key(&mut paths, |path| sort_key(path));
    let page = |path: PathBuf| {
        let file = File::open(&path).map_err(failed(&path))?;
        let mut text = String::new();
        let mut decoded = Decoded::new(file, encoding)?;
        decoded.read_to_string(&mut text).map_err(failed(&path))?;
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        Ok(Page { path: name, text })
    };
    paths.into_iter().map(page).collect()
}

/// Names with their numbers in order: task-2 before task-10.
fn sort_key(path: &Path) -> String {
    let name = path.to_string_lossy();
    let mut key = String::new();
    let mut digits = String::new();
    for c in name.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            let _ = write!(key, "{digits:0>12}");
            digits.clear();
        }
        key.push(c);
    }
    key
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), FolderError> {
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let path = entry.path();
        // A link could lead round in a circle.
        let kind = entry.file_type().map_err(failed(&path))?;
        if kind.is_dir() {
            walk(&path, paths)?;
        } else if kind.is_file() && path.extension().is_some_and(|it| it == "md") {
            paths.push(path);
        }
        if paths.len() > PAGES {
            let words = format!("there are more than {PAGES} Markdown files in it");
            return Err(failed(folder)(io::Error::other(words)));
        }
    }
    Ok(())
}
