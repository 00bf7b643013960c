//! What can go wrong with a command, in words, and the code it ends with.

use crate::store::copies::CopyError;
use crate::store::find::{FILE_NAME, Homeless};
use crate::store::{CreateError, MergeError, OpenError, ReadOnly, SaveError, Site, backup};
use crate::workspace::Refusal;
use std::io;
use std::path::{Path, PathBuf};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The arguments do not fit together, as far as clap can tell.
    #[error("{0}")]
    Arguments(clap::Error),
    /// The arguments mean nothing here.
    #[error("{0}")]
    Usage(String),
    /// A line of a batch is wrong.
    #[error("nothing was changed, because of line {number}: {text}\n{why}")]
    Line {
        /// Its number, from 1.
        number: usize,
        /// The line.
        text: String,
        /// What is wrong with it.
        why: Box<Failure>,
    },
    /// There is no workspace.
    #[error("there is no workspace: no {FILE_NAME} here or in a directory above, and no {}", .0.display())]
    NoWorkspace(PathBuf),
    /// What is asked for is not there, or can't be done.
    #[error("{0}")]
    Undone(String),
    /// Several records begin like this.
    #[error("{prefix} could be any of these; give more of the id\n{}", .candidates.join("\n"))]
    Ambiguous {
        /// What was typed.
        prefix: String,
        /// The records, each on a line.
        candidates: Vec<String>,
    },
    /// The change is not allowed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The file could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file could not be created.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file may not be changed.
    #[error("nothing was changed: {0}")]
    ReadOnly(#[from] ReadOnly),
    /// Files could not be brought together.
    #[error("nothing was merged: {0}")]
    Merge(#[from] MergeError),
    /// A copy could not be brought in.
    #[error("nothing was merged: {0}")]
    Copy(#[from] CopyError),
    /// There is nowhere to look.
    #[error(transparent)]
    Homeless(#[from] Homeless),
    /// Another tool's file is not what it is said to be.
    #[error("nothing was imported: {0}")]
    Unreadable(#[from] crate::exchange::Unreadable),
    /// Another tool's file could not be read, or none for it be written.
    #[error("{what} {}: {source}", .path.display())]
    Foreign {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What happened.
        source: io::Error,
    },
    /// stdin could not be read.
    #[error("cannot read what was piped in: {0}")]
    Input(io::Error),
    /// stdout could not be written.
    #[error("cannot write the output: {0}")]
    Output(io::Error),
}

impl Failure {
    /// The code a command ends with because of this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Arguments(_) => 2,
            Self::Line { why, .. } => why.exit_code(),
            Self::Open(error) => error.exit_code(),
            Self::Create(error) => error.exit_code(),
            Self::Save(error) => error.exit_code(),
            Self::ReadOnly(reason) => reason.exit_code(),
            Self::Merge(error) => error.exit_code(),
            Self::Unreadable(_) => 65,
            Self::Foreign { .. } | Self::Input(_) | Self::Output(_) => 74,
            Self::Copy(error) => error.exit_code(),
            Self::NoWorkspace(_)
            | Self::Undone(_)
            | Self::Ambiguous { .. }
            | Self::Refused(_)
            | Self::Homeless(_) => 1,
        }
    }

    /// What to do next, where that is not said yet.
    pub fn hint(&self, verb: &str) -> Option<String> {
        match self {
            Self::Usage(_) => Some(format!("`twohats {verb} --help` has examples")),
            Self::NoWorkspace(path) | Self::Open(OpenError::NotFound(path)) => {
                Some(earlier(path).unwrap_or_else(|| "`twohats init` makes one".into()))
            }
            Self::Open(OpenError::Malformed { path, malformed })
            | Self::Save(SaveError::Malformed { path, malformed })
                if !malformed.is_in_conflict() =>
            {
                backup::way_on(&Site::here(), path, malformed)
            }
            Self::Save(SaveError::Missing(path)) => earlier(path),
            _ => None,
        }
    }

    /// Whether nobody reads the output any more, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// That an earlier version of what is gone or broken is kept, where one is.
fn earlier(path: &Path) -> Option<String> {
    backup::way_back(&Site::here(), path)
}
