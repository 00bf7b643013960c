//! What is odd about a file: in it, and beside it when it is saved.

use super::console::Console;
use crate::store::{Notice, Synced};
use crate::workspace::MergeNote;

/// Notices that are said one by one.
const NOTICES: usize = 3;

/// Says what else a save brought.
pub(super) fn told(console: &mut Console, synced: &Synced, notes: &[MergeNote]) {
    for swept in &synced.swept {
        let backup = swept.backup.display();
        console
            .say(&format!("a process that was killed had left a version; it is kept as {backup}"));
    }
    if let Some(aside) = &synced.aside {
        let aside = aside.display();
        console.say(&format!("something else wrote what cannot be read; it is kept as {aside}"));
    }
    console.in_conflict([&synced.notes, notes].concat().as_slice());
}

/// Says what is odd about a file that was opened.
pub(super) fn notify(console: &Console, notices: &[Notice]) {
    notices.iter().take(NOTICES).for_each(|notice| console.say(&notice.to_string()));
    if notices.len() > NOTICES {
        let more = notices.len() - NOTICES;
        console.say(&format!("and {more} more things in the file need a look"));
    }
}
