//! The activity log: one line for every change, with who, when, in words and as data.
//!
//! It serves looking back. Nothing depends on it: a change that could not be logged is still made.

use super::format::{change, emit};
use super::temp::Temp;
use super::vfs::{RealFs, Vfs};
use super::{directory, find};
use crate::workspace::{Date, Field, Hat, Id, Op, Step, Value};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Bytes the log may have; above it, the older half goes.
const RING: u64 = 10 << 20;
/// What a change is about as big as that says next to nothing, in bytes.
const LEAST: usize = 32;

/// A change was made but not logged.
#[derive(Debug, thiserror::Error)]
#[error("the change is made but not logged: cannot write {}: {source}", .path.display())]
pub struct LogError {
    path: PathBuf,
    source: io::Error,
}

/// The log of one workspace.
#[derive(Debug, Clone)]
pub struct ActivityLog {
    path: PathBuf,
    ring: u64,
}

impl ActivityLog {
    /// The log of the workspace at a path, kept under `state`, see [`find::state_dir`].
    pub fn of(workspace: &Path, state: &Path) -> Self {
        let path = state.join(find::key_of(workspace)).join("activity.jsonl");
        Self { path, ring: RING }
    }

    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a line for a step that was done at a moment. What would push out everything else,
    /// such as a big import, is kept in words only.
    pub fn append(&self, at: Timestamp, step: &Step) -> Result<(), LogError> {
        let size = weight(&step.op) + weight(&step.inverse);
        let data = (size as u64 <= self.ring / 2).then(|| change::write(&step.op, &step.inverse));
        let line = line(at, step, data);
        self.write(line.as_bytes()).map_err(|source| LogError { path: self.path.clone(), source })
    }

    /// What was done, and on which day of `zone`, the oldest first. It begins after the last change
    /// that is kept in words only, or whose line cannot be read, as one that was cut off: there is
    /// no way back past that. Where the log cannot be read at all there is nothing.
    pub fn read(&self, zone: &TimeZone) -> Vec<(Date, Step)> {
        let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
        self.moments().into_iter().map(|(at, step)| (day(at), step)).collect()
    }

    /// When a field of a record was last given this value; nothing where that is not known here.
    pub fn written(&self, id: &Id, field: Field, value: Option<&Value>) -> Option<Timestamp> {
        let writes = |op: &Op| match op {
            Op::Edit { id: other, field: told, value: new } => {
                other == id && *told == field && new.as_ref() == value
            }
            Op::Insert { record, .. } => record.id() == id && record.get(field) == value,
            _ => false,
        };
        let is_it = |step: &Step| {
            let mut found = false;
            step.op.each(&mut |op| found |= writes(op));
            found
        };
        self.moments().into_iter().rev().find(|(_, step)| is_it(step)).map(|(at, _)| at)
    }

    /// What was done and when, as [`Self::read`] says.
    fn moments(&self) -> Vec<(Timestamp, Step)> {
        let bytes = std::fs::read(&self.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().rev().filter(|line| !line.trim().is_empty());
        let read = |line| serde_json::from_str(line).ok().and_then(|line| done(&line));
        // The newest first; what lies before a hole cannot be told from now.
        let mut known: Vec<(Timestamp, Step)> = lines.map_while(read).collect();
        known.reverse();
        known
    }

    fn write(&self, line: &[u8]) -> io::Result<()> {
        let dir = directory(&self.path);
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let gate = File::open(dir)?;
        // Where files cannot be locked, a line may be lost while the older half is dropped.
        let _ = gate.lock_shared();
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600);
        let mut log = options.open(&self.path)?;
        // What was cut off must not take the next line with it.
        let mut last = [b'\n'];
        if log.seek(SeekFrom::End(-1)).is_ok() {
            log.read_exact(&mut last)?;
        }
        let line = if last == *b"\n" { line.to_vec() } else { [b"\n", line].concat() };
        log.write_all(&line)?;
        if log.metadata()?.len() > self.ring {
            let _ = gate.unlock();
            self.drop_older_half(&gate)?;
        }
        Ok(())
    }

    /// Keeps the newer half, unless somebody else is writing: then they will.
    fn drop_older_half(&self, gate: &File) -> io::Result<()> {
        if gate.try_lock().is_err() {
            return Ok(());
        }
        let bytes = std::fs::read(&self.path)?;
        let half = bytes.len().saturating_sub(usize::try_from(self.ring / 2).unwrap_or(usize::MAX));
        let line_end = bytes[half..].iter().position(|&byte| byte == b'\n');
        let newer = line_end.map_or(&bytes[half..], |end| &bytes[half + end + 1..]);
        let like = RealFs.stat(&self.path)?;
        Temp::write(&RealFs, &self.path, newer, Some(&like))?.replace(&self.path)
    }
}

/// About how many bytes an op takes as data; never many more than it does.
fn weight(op: &Op) -> usize {
    let mut sum = 0;
    op.each(&mut |op| {
        sum += LEAST;
        sum += match op {
            Op::Insert { record, .. } => record.fields().map(|(_, value)| size(value)).sum(),
            Op::Edit { value, .. } => value.as_ref().map_or(0, size),
            Op::Arrange { order, .. } => order.iter().map(|id| id.as_str().len()).sum(),
            Op::Remove { .. } | Op::Move { .. } | Op::Batch(_) => 0,
        }
    });
    sum
}

fn size(value: &Value) -> usize {
    let entries = value.entries().iter().map(|(name, value)| name.len() + size(value));
    let inside: usize = entries.chain(value.items().iter().map(size)).sum();
    inside + value.as_text().map_or(0, str::len)
}

fn line(at: Timestamp, step: &Step, data: Option<String>) -> String {
    // Whole seconds; the file has no use for more.
    let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
    let members = [
        ("at", emit::text(&at.to_string())),
        ("hat", emit::text(step.hat.key())),
        ("words", emit::text(&step.words)),
        ("op", data.unwrap_or_else(|| "null".into())),
    ];
    format!("{}\n", emit::members(&members))
}

/// A line as it is read.
#[derive(Deserialize)]
struct Line<'a> {
    at: String,
    hat: String,
    words: String,
    /// What was done; nothing where that was too much to keep.
    #[serde(borrow)]
    op: Option<&'a RawValue>,
}

/// What a line says; nothing where it is not all there.
fn done(line: &Line) -> Option<(Timestamp, Step)> {
    let hat = [Hat::Pm, Hat::Po].into_iter().find(|known| known.key() == line.hat)?;
    let (op, inverse) = change::read(line.op?.get())?;
    let at: Timestamp = line.at.parse().ok()?;
    let words = line.words.clone();
    Some((at, Step { words, hat, op, inverse, is_partial: false }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{
        Change, Content, Document, Field, Hat, Id, Op, Place, Record, Spot, Value, Workspace,
    };
    use std::sync::Arc;

    fn at() -> Timestamp {
        "2026-11-22T10:15:00.7Z".parse().unwrap()
    }

    /// A workspace with the item `a` in the backlog, after this op and undoing it.
    fn lines(op: Op) -> (String, String) {
        let mut content = Content::default();
        let item = Record::new(Id::new("a")).with(Field::Points, Value::Number(3.0));
        content.fill(Place::Backlog, vec![Arc::new(item)]);
        let mut document = Document::new(Workspace::new(content));
        let did = Change { words: "did \"it\"".into(), hat: Hat::Po, op };
        let told = |step: &Step| line(at(), step, Some(change::write(&step.op, &step.inverse)));
        let done = told(document.commit(did).unwrap());
        (done, told(&document.undo().unwrap()))
    }

    #[test]
    fn a_line_says_when_who_and_what() {
        let (done, undone) = lines(Op::set(&Id::new("a"), Field::Points, Value::Number(5.0)));
        let start = r#"{"at":"2026-11-22T10:15:00Z","hat":"po","words":"did \"it\"","op":"#;
        assert_eq!(done, format!("{start}{}}}\n", r#"{"set":"a","f":{"points":[3,5]}}"#));
        assert_eq!(undone, format!("{start}{}}}\n", r#"{"set":"a","f":{"points":[5,3]}}"#));
    }

    #[test]
    fn what_was_written_is_read_again_and_a_hole_ends_the_way_back() {
        let dir = tempfile::tempdir().unwrap();
        let log = ActivityLog::of(&dir.path().join("w.json"), &dir.path().join("state"));
        assert_eq!(log.read(&TimeZone::UTC), []);
        let op = Op::set(&Id::new("a"), Field::Points, Value::Number(5.0));
        let inverse = Op::clear(&Id::new("a"), Field::Points);
        let step =
            Step { words: "did \"it\"".into(), hat: Hat::Po, op, inverse, is_partial: false };
        let day = Date::constant(2026, 11, 22);
        log.append(at(), &step).unwrap();
        log.append(at(), &step).unwrap();
        assert_eq!(log.read(&TimeZone::UTC), [(day, step.clone()), (day, step.clone())]);
        let whole = std::fs::read(log.path()).unwrap();
        for hole in [
            "{\"at\":\"2026-11-22T10:15:00Z\",\"hat\":\"po\",\"wor",
            "\0\0\0\0\n",
            "{\"at\":\"then\",\"hat\":\"po\",\"words\":\"\",\"op\":{\"del\":{\"id\":\"a\"},\"from\":[\"now\",0]}}\n",
            "{\"at\":\"2026-11-22T10:15:00Z\",\"hat\":\"po\",\"words\":\"\",\"op\":{\"fold\":\"a\"}}\n",
        ] {
            std::fs::write(log.path(), [&whole, hole.as_bytes()].concat()).unwrap();
            assert_eq!(log.read(&TimeZone::UTC), [], "{hole}");
            log.append(at(), &step).unwrap();
            assert_eq!(log.read(&TimeZone::UTC), [(day, step.clone())], "{hole}");
        }
    }

    #[test]
    fn what_is_too_big_is_kept_in_words_and_ends_the_way_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut log = ActivityLog::of(&dir.path().join("w.json"), &dir.path().join("state"));
        log.ring = 4000;
        let step = |words: &str, length: usize| {
            let item =
                Record::new(Id::new("b")).with(Field::Notes, Value::text("x".repeat(length)));
            let op = Op::Insert { record: Arc::new(item), at: Spot::top(Place::Inbox) };
            let inverse = Op::Remove { id: Id::new("b") };
            Step { words: words.to_owned(), hat: Hat::Po, op, inverse, is_partial: false }
        };
        for (words, length) in [("one", 10), ("imported much", 5000), ("two", 10)] {
            log.append(at(), &step(words, length)).unwrap();
        }
        let text = std::fs::read_to_string(log.path()).unwrap();
        assert!(text.contains(r#""words":"imported much","op":null}"#), "{text}");
        let words: Vec<String> =
            log.read(&TimeZone::UTC).into_iter().map(|(_, step)| step.words).collect();
        assert_eq!(words, ["two"]);
        assert!(text.contains("\"one\""));
    }

    #[test]
    fn every_sort_of_op_is_data() {
        let id = Id::new("a");
        let new = Arc::new(Record::new(Id::new("b")));
        let batch = Op::Batch(vec![
            Op::Insert { record: new, at: Spot::top(Place::Inbox) },
            Op::shift(&id, Spot::bottom(Place::Now)),
            Op::clear(&id, Field::Points),
            Op::Remove { id },
        ]);
        let (done, undone) = lines(batch);
        let ops = [
            r#"{"add":{"id":"b"},"to":["inbox",0]}"#,
            r#"{"move":"a","from":["backlog",0],"to":["now",null]}"#,
            r#"{"set":"a","f":{"points":[3,null]}}"#,
            r#"{"del":{"id":"a"},"from":["now",0]}"#,
        ];
        assert!(done.ends_with(&format!("\"op\":{{\"batch\":[{}]}}}}\n", ops.join(","))), "{done}");
        assert!(undone.contains(r#"{"add":{"id":"a"},"to":["now",0]}"#), "{undone}");
    }

    #[test]
    fn the_log_is_private_and_loses_its_older_half() {
        let dir = tempfile::tempdir().unwrap();
        let workspace = dir.path().join("twohats.json");
        let mut log = ActivityLog::of(&workspace, &dir.path().join("state"));
        log.ring = 4000;
        let op = || Op::Batch(Vec::new());
        let step = |words| Step { words, hat: Hat::Pm, op: op(), inverse: op(), is_partial: false };
        for nth in 0..200 {
            log.append(at(), &step(format!("change {nth}"))).unwrap();
        }
        let text = std::fs::read_to_string(log.path()).unwrap();
        assert!(
            text.len() <= 4000 && text.contains("change 199\"") && !text.contains("change 0\"")
        );
        assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
        let mode = std::os::unix::fs::MetadataExt::mode(&log.path().metadata().unwrap());
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(log.path().parent().unwrap().read_dir().unwrap().count(), 1);
    }
}
