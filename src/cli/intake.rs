//! Where another tool's file comes from: a file, a folder, or what is piped in; and how far it is
//! read.

use super::console::{Console, complain};
use super::failure::Failure;
use crate::exchange::{Asked, Decoded, Format, Haul, Page, Reader};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

/// Files of a folder that are read at most.
const PAGES: usize = 100_000;
/// Bytes after which it is said how far it is.
const STRIDE: u64 = 1 << 20;

/// Reads a file in a format.
pub(super) fn read(
    console: &Console,
    format: &Format,
    path: &Path,
    encoding: Option<&str>,
    asked: &Asked,
) -> Result<Haul, Failure> {
    match &format.reads {
        None => Err(Failure::Usage(format!("{} can only be written", format.id))),
        Some(Reader::Folder(read)) => Ok(read(&pages(path, encoding)?, asked)?),
        Some(Reader::Text(read)) => {
            let bytes = open(console, path)?;
            let mut text = Decoded::new(bytes, encoding).map_err(usage)?;
            let haul = read(&mut text, asked)?;
            if let Some(remark) = text.remark() {
                console.say(&remark);
            }
            Ok(haul)
        }
    }
}

fn usage(error: impl std::fmt::Display) -> Failure {
    Failure::Usage(error.to_string())
}

/// What becomes of an error in reading a file.
pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::Foreign { what: "cannot read", path: path.clone(), source }
}

/// Opens a file, or what is piped in.
pub(super) fn open(console: &Console, path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(failed(path))?;
    let about = file.metadata().map_err(failed(path))?;
    if about.is_dir() {
        return Err(failed(path)(io::Error::other("it is a folder")));
    }
    let shows = io::stderr().is_terminal() && !console.options.quiet && about.len() > 8 * STRIDE;
    if !shows {
        return Ok(Box::new(file));
    }
    Ok(Box::new(Counted { inner: file, read: 0, said: 0, all: about.len() }))
}

/// A file that says how far it is read.
struct Counted {
    inner: File,
    read: u64,
    said: u64,
    all: u64,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.read += count as u64;
        if count == 0 {
            show("\r\x1b[K");
        } else if self.read - self.said >= STRIDE {
            self.said = self.read;
            let percent = (self.read * 100 / self.all.max(1)).min(100);
            show(&format!("\rreading: {percent} %"));
        }
        Ok(count)
    }
}

/// Shows how far it is, on the line that is there.
fn show(text: &str) {
    // Where nobody can see it there is nothing to be done.
    let mut err = io::stderr();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

/// The Markdown files of a folder and of those in it, in the order of their names.
fn pages(folder: &Path, encoding: Option<&str>) -> Result<Vec<Page>, Failure> {
    let inner = folder.join("backlog");
    let folder = if inner.join("tasks").is_dir() { inner } else { folder.to_owned() };
    let mut paths = Vec::new();
    walk(&folder, &mut paths)?;
    paths.sort_by_cached_key(|path| sort_key(path));
    let page = |path: PathBuf| {
        let file = File::open(&path).map_err(failed(&path))?;
        let mut text = String::new();
        let mut decoded = Decoded::new(file, encoding).map_err(usage)?;
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

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
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
            complain(&format!("only the first {PAGES} files are read"));
            break;
        }
    }
    Ok(())
}
