//! Where configuration is kept, and what it says there. What that means is known elsewhere.

use super::find::{self, Homeless};
use rustix::fs::OFlags;
use std::fs::OpenOptions;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// The name of a project's file.
pub const PROJECT_FILE: &str = ".twohats.toml";

/// Bytes that a configuration may have.
const LIMIT: u64 = 1 << 20;

/// The path of the person's own file, which need not be there.
pub fn user_path() -> Result<PathBuf, Homeless> {
    Ok(find::project()?.config_dir().join("config.toml"))
}

/// The path of the file of the project that a workspace belongs to: the nearest, upwards from the
/// workspace. Where there is none, where it would be.
pub fn project_path(workspace: &Path) -> PathBuf {
    let full = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned());
    let folder = full.parent().unwrap_or(&full);
    let upwards = folder.ancestors().map(|folder| folder.join(PROJECT_FILE));
    upwards.into_iter().find(|path| path.is_file()).unwrap_or_else(|| folder.join(PROJECT_FILE))
}

/// The text of a file; `None` where there is none.
///
/// # Errors
/// It can't be read, is no text, or is too long to be a configuration.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    // Never waits, whatever stands under the path.
    let flags = OFlags::NONBLOCK.bits().cast_signed();
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut bytes = Vec::new();
    if file.take(LIMIT + 1).read_to_end(&mut bytes)? as u64 > LIMIT {
        return Err(io::Error::other("it is longer than 1 MiB"));
    }
    String::from_utf8(bytes).map(Some).map_err(|_| io::Error::other("it is not text in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_upwards_is_the_projects() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let workspace = deep.join("w.json");
        assert_eq!(project_path(&workspace), deep.join(PROJECT_FILE));
        let upper = dir.path().join("a").join(PROJECT_FILE);
        std::fs::write(&upper, "mouse = true").unwrap();
        assert_eq!(project_path(&workspace), upper);
        assert_eq!(read(&upper).unwrap().as_deref(), Some("mouse = true"));
    }

    #[test]
    fn what_is_no_text_is_said_and_what_is_not_there_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        assert!(read(&path).unwrap().is_none());
        std::fs::write(&path, [0xff]).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("UTF-8"));
        assert!(read(dir.path()).unwrap_err().to_string().contains("not a file"));
    }
}
