//! The lines of a journal: JSON, a space and a checksum. What comes after the first line that is
//! not whole does not count.

use super::super::format::{change, emit};
use super::super::seen;
use super::machine;
use crate::workspace::{Hat, Step};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::path::Path;

/// The version of the lines.
const VERSION: u64 = 1;

/// A line of a journal, but for the first.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// Something was done.
    Edit {
        /// Its number, from 1.
        number: u64,
        /// When, in seconds since 1970.
        at: i64,
        /// What.
        step: Step,
    },
    /// The file is about to get these bytes.
    Try {
        /// The newest edit in them.
        number: u64,
        /// What tells them from others.
        hash: u64,
    },
    /// The file has these bytes, durably.
    Checkpoint {
        /// The newest edit in them.
        number: u64,
        /// What tells them from others.
        hash: u64,
    },
}

/// A journal, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    /// The machine it was written on.
    pub machine: u64,
    /// The bytes the file had when it began.
    pub hash: u64,
    /// The session, and which of its journals this is.
    pub session: (u64, u64),
    pub lines: Vec<Line>,
    /// Whether whole lines stand behind one that cannot be read: what they did was done onto
    /// something that is not known.
    pub has_hole: bool,
}

/// The first line: whose journal it is, and the bytes the file has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    /// The file.
    pub workspace: &'a Path,
    /// What tells its bytes from others.
    pub hash: u64,
    /// What tells the session from others.
    pub session: u64,
    /// Which of its journals this is; the newest has all that counts.
    pub part: u64,
    /// How many edits it takes over from the one before; with fewer it is not complete.
    pub carries: usize,
}

impl Header<'_> {
    pub(super) fn write(&self) -> String {
        sealed(&emit::members(&[
            ("j", VERSION.to_string()),
            ("app", emit::text(env!("CARGO_PKG_VERSION"))),
            ("path", emit::text(&self.workspace.to_string_lossy())),
            ("machine", spelled(machine::id())),
            ("session", spelled(self.session)),
            ("part", self.part.to_string()),
            ("carries", self.carries.to_string()),
            ("base", spelled(self.hash)),
        ]))
    }
}

fn spelled(hash: u64) -> String {
    format!("\"{hash:016x}\"")
}

/// A line with its checksum and its end.
fn sealed(json: &str) -> String {
    format!("{json} {:08x}\n", seal(json))
}

fn seal(json: &str) -> u64 {
    seen::hash(json.as_bytes()) & 0xffff_ffff
}

/// What stands in a line whose checksum is right.
fn opened(line: &str) -> Option<&str> {
    let (json, sum) = line.rsplit_once(' ')?;
    (sum.len() == 8 && u64::from_str_radix(sum, 16).ok()? == seal(json)).then_some(json)
}

impl Line {
    pub(super) fn write(&self) -> String {
        sealed(&match self {
            Self::Edit { number, at, step } => emit::members(&[
                ("n", number.to_string()),
                ("at", at.to_string()),
                ("hat", emit::text(step.hat.key())),
                ("words", emit::text(&step.words)),
                ("op", change::write(&step.op, &step.inverse)),
            ]),
            Self::Try { number, hash } => {
                emit::members(&[("try", number.to_string()), ("hash", spelled(*hash))])
            }
            Self::Checkpoint { number, hash } => {
                emit::members(&[("ck", number.to_string()), ("hash", spelled(*hash))])
            }
        })
    }

    fn read(json: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Fields<'a> {
            n: Option<u64>,
            at: Option<i64>,
            hat: Option<String>,
            words: Option<String>,
            #[serde(borrow)]
            op: Option<&'a RawValue>,
            r#try: Option<u64>,
            ck: Option<u64>,
            hash: Option<String>,
        }
        let fields: Fields = serde_json::from_str(json).ok()?;
        let hash = || hash_of(fields.hash.as_deref()?);
        if let Some(number) = fields.r#try {
            return Some(Self::Try { number, hash: hash()? });
        }
        if let Some(number) = fields.ck {
            return Some(Self::Checkpoint { number, hash: hash()? });
        }
        let hat = fields.hat?;
        let hat = [Hat::Pm, Hat::Po].into_iter().find(|other| other.key() == hat)?;
        let (op, inverse) = change::read(fields.op?.get())?;
        let step = Step { words: fields.words?, hat, op, inverse, is_partial: false };
        Some(Self::Edit { number: fields.n?, at: fields.at?, step })
    }
}

fn hash_of(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16).ok()
}

/// Whether a text that [`read`] gives nothing of has whole lines all the same, so that it once was
/// more than a beginning. A beginning that says how much it carries has fewer lines than that.
pub(super) fn is_broken(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n');
    !lines.next().is_some_and(is_whole) && lines.any(is_whole)
}

/// Whether the checksum of a line is right.
fn is_whole(line: &[u8]) -> bool {
    std::str::from_utf8(line).ok().and_then(opened).is_some()
}

/// Reads a journal. `None` where it is of another version or never became complete: then no edit
/// was acknowledged in it.
pub(super) fn read(bytes: &[u8]) -> Option<Text> {
    #[derive(Deserialize)]
    struct Header {
        j: u64,
        machine: String,
        base: String,
        session: String,
        part: u64,
        carries: usize,
    }
    let mut rest = bytes.split_inclusive(|&byte| byte == b'\n');
    let mut next = || {
        let line = rest.next()?.strip_suffix(b"\n")?;
        std::str::from_utf8(line).ok().and_then(opened)
    };
    let header: Header = serde_json::from_str(next()?).ok()?;
    if header.j != VERSION {
        return None;
    }
    let mut lines = Vec::new();
    let mut unknown = false;
    while let Some(line) = next() {
        let Some(line) = Line::read(line) else {
            unknown = true;
            break;
        };
        lines.push(line);
    }
    if lines.len() < header.carries {
        return None;
    }
    let has_hole = unknown || rest.any(|line| line.strip_suffix(b"\n").is_some_and(is_whole));
    Some(Text {
        machine: hash_of(&header.machine)?,
        session: (hash_of(&header.session)?, header.part),
        hash: hash_of(&header.base)?,
        has_hole,
        lines,
    })
}

/// Whether these bytes are a journal of another version.
pub(super) fn is_other(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Header {
        j: u64,
    }
    let first = bytes.split(|&byte| byte == b'\n').next();
    let json = first.and_then(|line| std::str::from_utf8(line).ok()).and_then(opened);
    let header = json.and_then(|json| serde_json::from_str::<Header>(json).ok());
    header.is_some_and(|header| header.j != VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Field, Id, Op, Value};

    fn lines() -> Vec<Line> {
        let edit = |number: u64| {
            let set = |points| Op::set(&Id::new("a"), Field::Points, Value::Number(points));
            let step = Step {
                words: "größer \"5\"".into(),
                hat: Hat::Po,
                op: set(5.0),
                inverse: set(3.0),
                is_partial: false,
            };
            Line::Edit { number, at: 1_700_000_000, step }
        };
        vec![
            edit(1),
            Line::Try { number: 1, hash: 7 },
            Line::Checkpoint { number: 1, hash: u64::MAX },
            edit(2),
        ]
    }

    fn header(carries: usize) -> Header<'static> {
        Header { workspace: Path::new("/a/plan.json"), hash: 9, session: 4, part: 2, carries }
    }

    fn text() -> String {
        header(1).write() + &lines().iter().map(Line::write).collect::<String>()
    }

    #[test]
    fn what_is_written_is_read() {
        let read = read(text().as_bytes()).unwrap();
        assert_eq!((read.hash, read.machine, read.has_hole), (9, machine::id(), false));
        assert_eq!(read.session, (4, 2));
        assert_eq!(read.lines, lines());
    }

    #[test]
    fn cut_anywhere_every_whole_line_counts() {
        let text = text();
        for end in 0..text.len() {
            let whole = text[..text.floor_char_boundary(end)].matches('\n').count();
            match read(&text.as_bytes()[..end]) {
                None => assert!(whole < 2, "the header and what it carries are whole"),
                Some(read) => {
                    assert_eq!(read.lines, lines()[..whole - 1]);
                    assert!(!read.has_hole, "only the end is missing");
                }
            }
        }
    }

    #[test]
    fn whole_lines_behind_one_that_is_not_are_seen_and_not_read() {
        let text = text();
        let all: Vec<&str> = text.split_inclusive('\n').collect();
        for broken in 2..all.len() {
            let mut cut = all.clone();
            cut[broken] = "\0\0\0\n";
            let read = read(cut.concat().as_bytes()).unwrap();
            assert_eq!(read.lines, lines()[..broken - 1]);
            assert_eq!(read.has_hole, broken + 1 < all.len(), "line {broken}");
        }
        let odd = sealed("{\"n\":1,\"of\":\"a later version\"}");
        assert!(read((text.clone() + &odd).as_bytes()).unwrap().has_hole);
        assert!(is_broken(["?\n", &all[1..].concat()].concat().as_bytes()));
        for no_more_than_begun in [&text[..5], &header(2).write(), ""] {
            assert!(!is_broken(no_more_than_begun.as_bytes()));
        }
    }

    #[test]
    fn with_any_bit_flipped_nothing_wrong_is_read() {
        let bytes = text().into_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut bytes = bytes.clone();
                bytes[at] ^= 1 << bit;
                let read = read(&bytes).map_or(Vec::new(), |read| read.lines);
                assert!(lines().starts_with(&read), "byte {at}, bit {bit}");
            }
        }
    }
}
