//! A file that is written for others: never over one that is there unless that was asked for, and
//! never over the workspace.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Why a file was not written. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum OutfileError {
    /// Something is there.
    #[error("{} is there already; nothing was written", .0.display())]
    Exists(PathBuf),
    /// It is the workspace.
    #[error("{} is the workspace itself; nothing was written", .0.display())]
    Workspace(PathBuf),
    /// It could not be written.
    #[error("cannot write {}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Writes a text to a file that is not `workspace`; `over` a file that is there only where that is
/// asked for, and in one go. What is no file, as `/dev/stderr` or a pipe, is written to.
///
/// # Errors
/// See [`OutfileError`].
pub fn write(path: &Path, text: &str, over: bool, workspace: &Path) -> Result<(), OutfileError> {
    let failed = |source| OutfileError::Io { path: path.to_owned(), source };
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return create(path, text.as_bytes(), over).map_err(|error| match error.kind() {
                // It came meanwhile, or it is a link to what is not there.
                io::ErrorKind::AlreadyExists => OutfileError::Exists(path.to_owned()),
                _ => failed(error),
            });
        }
        Err(error) => return Err(failed(error)),
    };
    if there.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let is_it = |kept: fs::Metadata| (kept.dev(), kept.ino()) == (there.dev(), there.ino());
    if fs::metadata(workspace).is_ok_and(is_it) {
        return Err(OutfileError::Workspace(path.to_owned()));
    }
    if !there.is_file() {
        let file = OpenOptions::new().write(true).open(path);
        return file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed);
    }
    if !over {
        return Err(OutfileError::Exists(path.to_owned()));
    }
    replace(path, text.as_bytes(), &there).map_err(failed)
}

/// Writes a file that is not there, `through` a link too; what is not whole does not stay.
fn create(path: &Path, bytes: &[u8], through: bool) -> io::Result<()> {
    let mut file =
        OpenOptions::new().write(true).create(through).create_new(!through).open(path)?;
    file.write_all(bytes).inspect_err(|_| {
        // Why it is not whole is what there is to say. A link to it stays.
        let _ = path.canonicalize().and_then(fs::remove_file);
    })
}

/// Puts a file in the place of another one, whose mode it takes. A link still leads there.
fn replace(path: &Path, bytes: &[u8], there: &fs::Metadata) -> io::Result<()> {
    let path = path.canonicalize()?;
    let beside = beside(&path);
    create(&beside, bytes, false)?;
    let put = || {
        fs::set_permissions(&beside, there.permissions())?;
        File::open(&beside)?.sync_all()?;
        fs::rename(&beside, &path)
    };
    put().inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// A name beside a file that nothing else has.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_file_that_is_there_is_only_written_over_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let said = |name: &str, text: &str, over: bool| {
            write(&path(name), text, over, &path("kept")).map_err(|error| match error {
                OutfileError::Exists(_) => "exists",
                OutfileError::Workspace(_) => "workspace",
                OutfileError::Io { .. } => "io",
            })
        };
        let read = |name: &str| fs::read_to_string(path(name)).unwrap();
        fs::write(path("kept"), "all").unwrap();
        symlink("kept", path("link")).unwrap();
        fs::hard_link(path("kept"), path("twin")).unwrap();
        for name in ["kept", "link", "twin"] {
            assert_eq!(said(name, "new", true), Err("workspace"));
        }
        assert_eq!(said("new", "one", false), Ok(()));
        assert_eq!(said("new", "two", false), Err("exists"));
        assert_eq!((read("new"), read("kept")), ("one".into(), "all".into()));
        fs::set_permissions(path("new"), fs::Permissions::from_mode(0o600)).unwrap();
        symlink("new", path("to-new")).unwrap();
        assert_eq!(said("to-new", "three", true), Ok(()));
        assert_eq!(read("new"), "three");
        assert!(path("to-new").is_symlink());
        assert_eq!(fs::metadata(path("new")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5, "nothing is left beside it");
        assert_eq!(said("no/such", "x", true), Err("io"));
        assert!(write(folder.path(), "x", true, &path("kept")).is_err());
        symlink("nowhere", path("dangling")).unwrap();
        assert_eq!(said("dangling", "x", false), Err("exists"));
        assert_eq!(said("dangling", "x", true), Ok(()));
        assert_eq!(read("nowhere"), "x");
        assert!(write(Path::new("/dev/null"), "x", false, &path("kept")).is_ok());
    }
}
