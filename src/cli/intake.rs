//! Where another tool's file comes from: a file, a folder, or what is piped in; and how far it is
//! read.

use super::console::Console;
use super::failure::Failure;
use crate::exchange::{Asked, Decoded, Format, Haul, Reader, Unreadable};
use crate::terminal::folder::{self, FolderError};
use crate::terminal::glance;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

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
        Some(Reader::Folder(read)) => {
            let pages = folder::pages(path, encoding).map_err(|error| match error {
                FolderError::Encoding(error) => usage(error),
                FolderError::Read { path, source } => failed(&path)(source),
            })?;
            Ok(read(&pages, asked).map_err(|why| named(path, &why))?)
        }
        Some(Reader::Text(read)) => {
            let bytes = open(console, path)?;
            let mut text = Decoded::new(bytes, encoding).map_err(usage)?;
            let haul =
                read(&mut text, asked).map_err(|why| rather(named(path, &why), format, path))?;
            if let Some(remark) = text.remark() {
                console.say(&remark);
            }
            Ok(haul)
        }
    }
}

/// What is wrong with a file, with its name.
fn named(path: &Path, why: &Unreadable) -> Unreadable {
    match path.to_str() {
        Some("-") => Unreadable(format!("what was piped in: {why}")),
        _ => Unreadable(format!("{}: {why}", path.display())),
    }
}

/// The same with the format that the file looks like, where it is another one.
fn rather(why: Unreadable, format: &Format, path: &Path) -> Unreadable {
    let Some(Format { id, name, .. }) = glance::rather(format, path) else { return why };
    let path = path.display();
    Unreadable(format!("{why}\nit looks like {name}: `twohats import {id} {path}`"))
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
