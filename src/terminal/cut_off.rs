//! What a session that was cut off left, taken up when its workspace is opened.

use crate::app::Unfinished;
use crate::store::journal::{Review, recover};
use crate::store::{Opened, WorkspaceFile};

/// What was found, and what became of it.
#[derive(Debug, Default)]
pub struct CutOff {
    /// How many edits were brought back.
    pub edits: usize,
    /// Why edits could not be brought back, or not yet, a line each.
    pub doubts: Vec<String>,
    /// What is to be decided, as the app shows it.
    pub unfinished: Vec<Unfinished>,
    /// The same, to let go of once it is decided.
    pub reviews: Vec<Review>,
}

impl CutOff {
    /// Brings back what belongs to the file as it is; it is in the file then, and in `opened`.
    pub fn take_up(file: &mut WorkspaceFile, opened: &mut Opened) -> Self {
        let since = opened.content.clone();
        let recovery = recover(file);
        let (reviews, doubts) = (recovery.reviews, recovery.unread);
        let mut left = Self { doubts, reviews, ..Self::default() };
        left.unfinished = left
            .reviews
            .iter()
            .map(|review| Unfinished {
                words: review.words.clone(),
                since: since.clone(),
                merged: review.merged.content.clone(),
            })
            .collect();
        if let Some(found) = recovery.recovered {
            match file.sync(&since, &found.content) {
                Ok(_) => {
                    left.edits = found.edits;
                    found.finish(file.site());
                }
                Err(error) => left.doubts.push(format!("edits wait in the journal: {error}")),
            }
            opened.content = file.content().clone();
        }
        left
    }
}
