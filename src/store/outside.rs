//! What something else did to the file while it is open, and what follows from that.

use super::backup::Reason;
use super::error::OpenError;
use super::file::{WorkspaceFile, fetch, take_apart};
use super::format::{Malformed, Notice};
use super::seen::Seen;
use crate::workspace::{Content, Id, Op, Place, Record, Workspace, diff, merge3};
use std::collections::HashSet;
use std::sync::Arc;

/// Records that may be taken away unasked.
const MANY: usize = 20;
/// Ops up to which looking for each in all records is quicker than making an index.
const FEW: usize = 16;
/// The share of all records, in percent, that may be.
const SHARE: usize = 5;

/// How the file stands to what was last seen of it.
#[derive(Debug)]
pub enum Outside {
    /// It is as it was.
    Unchanged,
    /// It is gone. Editors and git take it away for a moment: look again before saying so.
    Missing,
    /// It is no workspace. Others write it piece by piece: look again before saying so.
    Malformed(Malformed),
    /// Its format is newer than this program; from now on it is only to be read.
    Newer(u64),
    /// It cannot be read, for this reason.
    Unreadable(String),
    /// It holds something else. What was read counts as seen: take it over, and pass it as the
    /// base of what is saved next.
    Changed(Box<Arrival>),
}

/// What came in from outside.
#[derive(Debug)]
pub struct Arrival {
    /// What the file holds.
    pub theirs: Content,
    /// What they did, from what the file held before.
    pub ops: Vec<Op>,
    /// What is doubtful in it.
    pub notices: Vec<Notice>,
    /// How many records they took away, where that is many: what was there is among the backups.
    pub gone: Option<usize>,
    /// What would have to be done to bring back what they took back of this session.
    pub reverted: Vec<Op>,
}

impl WorkspaceFile {
    /// Looks what became of the file. `opened` is what it held when the session began: what they
    /// put back to that was done in the session.
    pub fn look(&mut self, opened: &Content) -> Outside {
        if !self.is_changed() {
            return Outside::Unchanged;
        }
        let before = self.content.clone();
        match self.read_again() {
            Ok(notices) => self.arrived(&before, notices, opened),
            Err(outside) => outside,
        }
    }

    /// Reads what the file holds and takes it in; gives what is doubtful in it.
    fn read_again(&mut self) -> Result<Vec<Notice>, Outside> {
        let told = |error| match error {
            OpenError::NotFound(_) => Outside::Missing,
            OpenError::Malformed { malformed, .. } => Outside::Malformed(malformed),
            error => Outside::Unreadable(error.to_string()),
        };
        let (seen, bytes) = fetch(&*self.site.fs, &self.path).map_err(told)?;
        if self.follows(seen, &bytes) {
            return Ok(Vec::new());
        }
        let theirs = take_apart(&self.path, seen, bytes, Some(&self.source)).map_err(told)?;
        self.newer = theirs.loaded.newer;
        if let Some(version) = self.newer {
            return Err(Outside::Newer(version));
        }
        let notices = theirs.loaded.notices.clone();
        self.take_over(theirs);
        Ok(notices)
    }

    /// Takes in what differs in a few records only, at the cost of comparing. What a save of ours
    /// may have written is left to whoever knows of that save.
    fn follows(&mut self, seen: Seen, bytes: &[u8]) -> bool {
        let is_ours = self.newer.is_some() || self.state.tried.is_some();
        let text = std::str::from_utf8(bytes).ok().filter(|_| !is_ours);
        let Some(content) = text.and_then(|text| self.source.follow(&self.content, text)) else {
            return false;
        };
        (self.content, self.seen) = (content, seen);
        true
    }

    fn arrived(&mut self, before: &Content, notices: Vec<Notice>, opened: &Content) -> Outside {
        if self.content == *before {
            // Touched, laid out anew, or what a save of ours put there unnoticed.
            return Outside::Unchanged;
        }
        // Whoever is told goes on from there.
        self.state.last = None;
        let theirs = self.content.clone();
        let gone = many_gone(before, &theirs);
        if gone.is_some() {
            // What came in counts all the same, and the person is told what went.
            let _ = self.keep_version(before, Reason::Outside);
        }
        let [old, new] = [before, &theirs].map(|content| Workspace::new(content.clone()));
        let ops = diff(&old, &new);
        let reverted = reverted(opened, before, &theirs, &ops);
        Outside::Changed(Box::new(Arrival { theirs, ops, notices, gone, reverted }))
    }
}

/// How many records are gone, where that is many.
fn many_gone(before: &Content, after: &Content) -> Option<usize> {
    fn ids(content: &Content) -> impl Iterator<Item = &Id> {
        content.records().map(|record| record.id())
    }
    if is_in_place(before, after) {
        return None;
    }
    let there: HashSet<&Id, foldhash::fast::RandomState> = ids(after).collect();
    let gone = ids(before).filter(|id| !there.contains(id)).count();
    (gone > MANY || gone > 1 && gone * 100 > ids(before).count() * SHARE).then_some(gone)
}

/// Whether each record stands where it stood, as after most changes of a file.
fn is_in_place(before: &Content, after: &Content) -> bool {
    let same = |(a, b): (&Arc<Record>, &Arc<Record>)| Arc::ptr_eq(a, b) || a.id() == b.id();
    Place::ALL.into_iter().all(|place| {
        let (before, after) = (before.list(place), after.list(place));
        before.len() == after.len() && before.iter().zip(after).all(same)
    })
}

/// What brings back what was done between `opened` and `before` and is as in `opened` again.
/// `ops` are what they did.
fn reverted(opened: &Content, before: &Content, theirs: &Content, ops: &[Op]) -> Vec<Op> {
    if opened == before || !may_revert(ops, opened) {
        return Vec::new();
    }
    let [then, mine, now] = [opened, before, theirs].map(|content| Workspace::new(content.clone()));
    let undone = |op: &Op| match op {
        Op::Edit { id, field, .. } => {
            let value =
                |workspace: &Workspace| workspace.get(id).map(|record| record.get(*field).cloned());
            value(&now).is_some() && value(&now) == value(&then) && value(&now) != value(&mine)
        }
        Op::Insert { record, .. } => !now.contains(record.id()),
        Op::Move { id, .. } => {
            let place = |workspace: &Workspace| workspace.place_of(id);
            place(&now) == place(&then) && place(&now) != place(&mine)
        }
        Op::Remove { id } => now.contains(id),
        // A difference has neither.
        Op::Arrange { .. } | Op::Batch(_) => false,
    };
    if !diff(&then, &mine).iter().any(undone) {
        return Vec::new();
    }
    // As if they had started from where I did: what I did, brought together with what they did.
    let wanted = merge3(opened, before, theirs).content;
    diff(&now, &Workspace::new(wanted))
}

/// Whether these ops may take anything back: not where all are edits, and few, and none gives a
/// field the value that it had when it was opened.
fn may_revert(ops: &[Op], opened: &Content) -> bool {
    let restores = |op: &Op| {
        let Op::Edit { id, field, value } = op else { return true };
        let then = opened.records().find(|record| record.id() == id);
        then.is_some_and(|record| record.get(*field) == value.as_ref())
    };
    ops.len() > FEW || ops.iter().any(restores)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Site, backup};
    use crate::workspace::{Document, Field, Place, Value};
    use std::path::PathBuf;

    const TEXT: &str = "{\"twohats\":1,\"backlog\":[\n{\"id\":\"a\",\"points\":1},\n{\"id\":\"b\"},\n{\"id\":\"c\"}\n]}\n";

    fn open(text: &str) -> (tempfile::TempDir, PathBuf, WorkspaceFile) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plan.json");
        std::fs::write(&path, text).unwrap();
        let site = Site { state: Some(dir.path().join("state")), ..Site::stateless() };
        let file = WorkspaceFile::open_at(&site, &path).unwrap().1;
        (dir, path, file)
    }

    fn look(file: &mut WorkspaceFile) -> Outside {
        let opened = file.content().clone();
        file.look(&opened)
    }

    fn points(points: f64) -> Op {
        Op::set(&Id::new("a"), Field::Points, Value::Number(points))
    }

    #[test]
    fn a_file_that_was_only_touched_is_unchanged() {
        let (_dir, path, mut file) = open(TEXT);
        assert!(matches!(look(&mut file), Outside::Unchanged));
        std::fs::write(&path, TEXT).unwrap();
        assert!(matches!(look(&mut file), Outside::Unchanged));
        assert!(!file.is_changed());
        std::fs::write(&path, TEXT.replace(',', ", ")).unwrap();
        assert!(matches!(look(&mut file), Outside::Unchanged), "another layout");
    }

    #[test]
    fn every_state_of_the_file_is_told() {
        let (_dir, path, mut file) = open(TEXT);
        std::fs::write(&path, "{\"twohats\":1,\n").unwrap();
        assert!(matches!(look(&mut file), Outside::Malformed(malformed) if malformed.line == 2));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(look(&mut file), Outside::Missing));
        std::fs::write(&path, TEXT.replace(":1,", ":2,")).unwrap();
        assert!(matches!(look(&mut file), Outside::Newer(2)));
        assert!(file.read_only().is_some());
    }

    #[test]
    fn what_came_in_is_told_in_ops() {
        let (_dir, path, mut file) = open(TEXT);
        std::fs::write(&path, TEXT.replace("\"points\":1", "\"points\":2")).unwrap();
        let Outside::Changed(arrival) = look(&mut file) else { panic!() };
        assert_eq!(arrival.ops, [points(2.0)]);
        assert_eq!((arrival.gone, arrival.reverted), (None, Vec::new()));
        assert!(matches!(look(&mut file), Outside::Unchanged));
    }

    #[test]
    fn what_is_spelled_as_before_is_the_same_and_doubts_are_told_again() {
        let doubtful = TEXT.replace("\"b\"", "\"b\",\"points\":\"many\"");
        let (_dir, path, mut file) = open(&doubtful);
        let before = file.content().clone();
        std::fs::write(&path, doubtful.replace("\"points\":1", "\"points\":2")).unwrap();
        let Outside::Changed(arrival) = look(&mut file) else { panic!() };
        let lists = before.list(Place::Backlog).iter().zip(arrival.theirs.list(Place::Backlog));
        let same: Vec<bool> = lists.map(|(a, b)| std::sync::Arc::ptr_eq(a, b)).collect();
        assert_eq!(same, [false, false, true]);
        assert_eq!(arrival.notices.len(), 1, "{:?}", arrival.notices);
    }

    #[test]
    fn before_much_goes_away_it_is_kept() {
        let (_dir, path, mut file) = open(TEXT);
        std::fs::write(&path, "{\"twohats\":1,\"backlog\":[\n{\"id\":\"a\"}\n]}").unwrap();
        let Outside::Changed(arrival) = look(&mut file) else { panic!() };
        assert_eq!(arrival.gone, Some(2));
        let backups = backup::list(file.site(), &path);
        let bytes = backup::read(file.site(), &backups[0]).unwrap();
        let kept = crate::store::format::read(bytes).unwrap();
        assert_eq!(kept.content.list(Place::Backlog).len(), 3);
    }

    #[test]
    fn what_a_stale_editor_takes_back_can_be_done_again() {
        let (_dir, path, mut file) = open(TEXT);
        let opened = file.content().clone();
        let mut document = Document::new(Workspace::new(opened.clone()));
        document.adopt(points(8.0)).unwrap();
        file.sync(&opened, document.workspace().content()).unwrap();
        std::fs::write(&path, TEXT.replace("\"b\"", "\"b\",\"title\":\"T\"")).unwrap();
        let Outside::Changed(arrival) = file.look(&opened) else { panic!() };
        assert_eq!(arrival.reverted, [points(8.0)]);
    }
}
