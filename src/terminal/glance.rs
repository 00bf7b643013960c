//! Which format a file is in, for whoever does not say: by its name, and a look at its beginning.

use crate::exchange::{Decoded, Format};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes of the beginning that a format is known by.
const GLANCE: u64 = 64 << 10;

/// The format that a file, or a folder, is most likely in; none where that cannot be told.
///
/// # Errors
/// It cannot be read.
pub fn format_of(path: &Path) -> io::Result<Option<&'static Format>> {
    if path.metadata()?.is_dir() {
        return Ok(Format::find("backlog.md"));
    }
    Ok(Format::guess(&path.to_string_lossy(), &start(path)?))
}

/// The format that a file is most likely in, where it is not the one that it was said to be in.
pub fn rather(format: &Format, path: &Path) -> Option<&'static Format> {
    format.rather(&path.to_string_lossy(), &start(path).ok()?)
}

/// The beginning of a file as text. What gives its bytes only once is left alone.
fn start(path: &Path) -> io::Result<String> {
    if !path.metadata()?.is_file() {
        return Ok(String::new());
    }
    let mut bytes = Vec::new();
    if let Ok(mut text) = Decoded::new(File::open(path)?.take(GLANCE), None) {
        // What is no text shows its format by its name alone.
        let _ = text.read_to_end(&mut bytes);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
