//! The workspace file, format 1: the only code that knows the shape of its JSON.
//!
//! Reading remembers where each record stood in the text. Writing gives back the bytes of whatever
//! was not changed, so unknown fields, key order, number spelling and hand formatting survive
//! without the model knowing of them.

pub(super) mod change;
mod alike;
mod document;
pub(super) mod emit;
mod follow;
mod form;
mod gist;
mod ids;
mod malformed;
mod notice;
mod origin;
mod raw;
mod record;
mod schema;
mod skeleton;
mod source;
mod suspect;
mod unite;
mod weave;
mod write;

pub use malformed::Malformed;
pub use notice::Notice;
pub use origin::Next;
pub use schema::{DIALECT, records, schema};
pub use source::{Member, Source};

use crate::workspace::Content;
use document::Draft;
use notice::Notes;
use std::sync::Arc;

/// The format this version writes, and the newest it may change.
pub const VERSION: u64 = 1;

/// Bytes above which a file is worth a word; four times as many are not opened.
const LARGE: usize = 64 << 20;

/// A workspace file, taken apart.
#[derive(Debug)]
pub struct Loaded {
    /// What it holds.
    pub content: Content,
    /// What it takes to write it back.
    pub source: Source,
    /// What was repaired or is doubtful, in the order of the file.
    pub notices: Vec<Notice>,
    /// The format of the file where it is newer than [`VERSION`]; such a file is only to be read.
    pub newer: Option<u64>,
}

/// Takes a workspace file apart.
///
/// # Errors
/// [`Malformed`] when it is not JSON, or not the JSON of a workspace.
pub fn read(bytes: Vec<u8>) -> Result<Loaded, Malformed> {
    read_after(bytes, None)
}

/// Takes a workspace file apart of which an older version is known: what is spelled as it was is
/// taken from there.
pub(super) fn read_after(bytes: Vec<u8>, older: Option<&Source>) -> Result<Loaded, Malformed> {
    let text = Arc::new(malformed::text(bytes)?);
    let mut draft = Draft::read(&text, &older.map(Source::known).unwrap_or_default())?;
    let mut notes = Notes::default();
    if text.len() > LARGE {
        let words = "the file is above 64 MiB, and above 256 MiB it is not opened; \
                     take out what is long done";
        notes.add(0, None, words.into());
    }
    ids::settle(&mut draft, &text, &mut notes);
    suspect::inspect(&draft, &text, &mut notes);
    let newer = (draft.version > VERSION).then_some(draft.version);
    let notices = notes.in_order(&text);
    let (content, mut source) = Source::new(draft, text);
    source.quiet = notices.is_empty();
    Ok(Loaded { content, source, notices, newer })
}
