//! What can go wrong with a file, worded for the person.

use super::format::Malformed;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why a workspace was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing under this path.
    #[error("there is no {}", .0.display())]
    NotFound(PathBuf),
    /// What is under this path is no regular file.
    #[error("{} is not a file; name the JSON file of a workspace", .0.display())]
    NotAFile(PathBuf),
    /// The file is larger than a workspace may be.
    #[error("{} is larger than 256 MiB; is it a workspace?", .0.display())]
    TooLarge(PathBuf),
    /// The file is no workspace, or a broken one.
    #[error("{}: {malformed}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        malformed: Malformed,
    },
    /// It could not be read.
    #[error("cannot read {}: {source}; check that you may read it", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl OpenError {
    /// The code a command ends with because of this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Malformed { .. } => 65,
            Self::Io { .. } => 74,
            Self::NotFound(_) | Self::NotAFile(_) | Self::TooLarge(_) => 1,
        }
    }
}

/// Why a workspace was not written. The file is as it was, and there is nothing beside it.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// Somebody else changed the file since it was read.
    #[error("{} was changed by something else; reload it, or write over it", .0.display())]
    Changed(PathBuf),
    /// The file is gone.
    #[error("{} is gone; write it anew, or save somewhere else", .0.display())]
    Missing(PathBuf),
    /// Somebody else has been saving for longer than anybody would wait.
    #[error("{} is being saved by another process that does not come to an end; try again", .0.display())]
    Busy(PathBuf),
    /// Something that knows nothing of us writes to it again and again. It was not written over.
    #[error("{} is not saved: something else writes to it all the time; try again when that is done", .0.display())]
    Contested(PathBuf),
    /// What something else wrote there is no workspace. It was not written over.
    #[error("{}: {malformed}", .path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where it goes wrong.
        malformed: Malformed,
    },
    /// Something else wrote a format there that is newer than this program.
    #[error("{} is of format {version}, newer than this version of twohats; update it to make changes", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        version: u64,
    },
    /// It could not be written.
    #[error("{} is not saved: {reason}", .path.display())]
    Failed {
        /// The file.
        path: PathBuf,
        /// Why not, and what to do about it where there is something.
        reason: String,
    },
}

impl SaveError {
    /// The code a command ends with because of this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Changed(_) | Self::Missing(_) => 1,
            Self::Malformed { .. } => 65,
            Self::Failed { .. } => 74,
            Self::Busy(_) | Self::Contested(_) => 75,
            Self::Newer { .. } => 76,
        }
    }
}

/// Why something could not be written, in words, and what to do about it.
pub(super) fn cause(error: &io::Error) -> String {
    let known = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full; make room",
        ErrorKind::FileTooLarge => "files may not get that large here; raise the limit",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read; make it writable",
        ErrorKind::PermissionDenied => "you may not write there; change who may",
        _ => return format!("write error: {error}"),
    };
    known.to_owned()
}

/// Why a workspace was not created.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// There is something under this path.
    #[error("{} is there already; open it, or choose another name", .0.display())]
    Exists(PathBuf),
    /// It could not be written.
    #[error("cannot create {}: {source}; check that you may write there", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It was written and could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl CreateError {
    /// The code a command ends with because of this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Exists(_) => 1,
            Self::Io { .. } => 74,
            Self::Open(error) => error.exit_code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::io::Errno;

    #[test]
    fn what_a_disk_says_is_said_in_words() {
        for (errno, words) in [
            (Errno::NOSPC, "the disk is full"),
            (Errno::DQUOT, "the disk is full"),
            (Errno::FBIG, "that large"),
            (Errno::ROFS, "only be read"),
            (Errno::PERM, "may not write"),
            (Errno::IO, "write error: "),
        ] {
            let said = cause(&errno.into());
            assert!(said.contains(words), "{said}");
        }
    }
}
