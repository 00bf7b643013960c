//! What is wrong with the file, from the words of the disk into those of the app.

use crate::app::SaveProblem;
use crate::store::{Malformed, ReadOnly, SaveError};

/// Why a save failed, in the words of the app.
pub fn of(error: SaveError) -> SaveProblem {
    match error {
        SaveError::Changed(_) => SaveProblem::Changed,
        SaveError::Missing(_) => SaveProblem::Missing,
        SaveError::Malformed { malformed, .. } => broken(&malformed),
        SaveError::Newer { version, .. } => SaveProblem::Newer(newer(version)),
        SaveError::Failed { reason, .. } => SaveProblem::Failed(reason),
        SaveError::Busy(_) | SaveError::Contested(_) => SaveProblem::Failed(error.to_string()),
    }
}

/// What something else wrote is no workspace.
pub fn broken(malformed: &Malformed) -> SaveProblem {
    let words = malformed.to_string();
    if malformed.is_in_conflict() {
        SaveProblem::Marked(words)
    } else {
        SaveProblem::Malformed(words)
    }
}

/// Why a file of a newer format can only be read.
pub fn newer(version: u64) -> String {
    ReadOnly::Newer(version).to_string()
}
