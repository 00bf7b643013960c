//! What is worth a look once: what a save met beside what it merged, who else has the file open.

use crate::store::Synced;
use crate::workspace::{Id, MergeNote, Workspace};

/// What a save met, a line each.
pub fn of_save(synced: &Synced) -> Vec<String> {
    let swept = synced.swept.iter().map(|swept| {
        let backup = swept.backup.display();
        format!("a process that was killed had left a version; it is kept as {backup}")
    });
    let aside = synced.aside.iter().map(|aside| {
        let aside = aside.display();
        format!("something else wrote what cannot be read; it is kept as {aside}")
    });
    let known = Workspace::new(synced.content.clone());
    let noted = synced.notes.iter().filter_map(|note| of_merge(&known, note));
    swept.chain(aside).chain(noted).collect()
}

/// What a merge decided by itself. What it could not decide stands in the record.
fn of_merge(known: &Workspace, note: &MergeNote) -> Option<String> {
    let title = |id: &Id| known.get(id).map_or(id.as_str(), |record| record.title()).to_owned();
    match note {
        MergeNote::Kept(id) => {
            Some(format!("one side removed {}, the other changed it: it stays", title(id)))
        }
        MergeNote::Refilled { id, field } => {
            let label = field.row().label;
            Some(format!("one side cleared {label} of {}, the other set it: it stays", title(id)))
        }
        MergeNote::Renamed { from, to } => {
            Some(format!("two records were called {from}; mine is {to} now"))
        }
        MergeNote::Conflict { .. } | MergeNote::Unknown(_) | MergeNote::MovedByBoth(_) => None,
    }
}

/// Who else has the file open, where somebody has.
pub fn of_others(pids: &[u32]) -> Option<String> {
    let pids = pids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    (!pids.is_empty()).then(|| format!("also open: pid {pids}"))
}
