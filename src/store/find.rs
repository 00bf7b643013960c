//! Which workspace is meant, and where what belongs to it is kept.

use super::backup;
use super::git::quoted;
use super::site::Site;
use directories::ProjectDirs;
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// The name a workspace has unless it is told otherwise.
pub const FILE_NAME: &str = "twohats.json";

/// The variable that names the workspace.
pub const VARIABLE: &str = "TWOHATS_FILE";

/// There is no home directory, so nothing can be kept in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no home directory; set HOME, or name the file with --file or $TWOHATS_FILE")]
pub struct Homeless;

/// What says which workspace is meant, strongest first.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The file that was named on the command line.
    pub named: Option<PathBuf>,
    /// The value of [`VARIABLE`].
    pub variable: Option<OsString>,
    /// The directory to look in, and then upwards.
    pub directory: Option<PathBuf>,
    /// The directory for the person's data.
    pub data: Option<PathBuf>,
}

impl Hints {
    /// The hints that the environment gives.
    pub fn of_environment(named: Option<PathBuf>) -> Self {
        Self {
            named,
            variable: env::var_os(VARIABLE),
            directory: env::current_dir().ok(),
            data: project().map(|dirs| dirs.data_dir().to_owned()).ok(),
        }
    }

    /// The path of the workspace, which need not be there yet. Where none is there, the nearest is
    /// meant that was there once. Only whether a file is there, through `is_file`, and whether one
    /// was there, through `was_file`, is asked of the file system.
    pub fn path(
        self,
        is_file: impl Fn(&Path) -> bool,
        was_file: impl Fn(&Path) -> bool,
    ) -> Result<PathBuf, Homeless> {
        let variable = self.variable.filter(|value| !value.is_empty()).map(PathBuf::from);
        if let Some(path) = self.named.or(variable) {
            return Ok(path);
        }
        let upwards = self.directory.iter().flat_map(|dir| dir.ancestors());
        let upwards = upwards.map(|dir| dir.join(FILE_NAME));
        let own = self.data.map(|dir| dir.join(FILE_NAME));
        let mut all = upwards.chain(own.clone());
        let found = all.clone().find(|path| is_file(path));
        found.or_else(|| all.find(|path| was_file(path))).or(own).ok_or(Homeless)
    }
}

/// The path of the workspace that is meant here, which need not be there yet.
pub fn find(named: Option<PathBuf>) -> Result<PathBuf, Homeless> {
    let site = Site::here();
    let was_file = |path: &Path| !backup::list(&site, path).is_empty();
    Hints::of_environment(named).path(Path::is_file, was_file)
}

/// A command of this program about the workspace at a path, as it is typed in a shell.
pub fn command_for(words: &str, path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = path.chars().all(|c| c.is_alphanumeric() || "/._-+".contains(c));
    let path = if is_plain { path } else { quoted(&path) };
    format!("twohats {words} --file {path}")
}

/// Whether it was said which workspace is meant, on the command line or by [`VARIABLE`].
pub fn is_named(named: Option<&Path>) -> bool {
    named.is_some() || env::var_os(VARIABLE).is_some_and(|value| !value.is_empty())
}

/// The directory for what is remembered beside the workspaces, such as the activity log.
pub fn state_dir() -> Result<PathBuf, Homeless> {
    let dirs = project()?;
    Ok(dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).to_owned())
}

/// The directories of the program.
pub(super) fn project() -> Result<ProjectDirs, Homeless> {
    ProjectDirs::from("", "", "twohats").ok_or(Homeless)
}

/// The key under which things are kept for the workspace at a path: the same for every way that
/// leads to the file.
pub fn key_of(path: &Path) -> String {
    let real = path.canonicalize().or_else(|_| std::path::absolute(path));
    let real = real.unwrap_or_else(|_| path.to_owned());
    format!("{:016x}", xxh3_64(real.as_os_str().as_encoded_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints() -> Hints {
        Hints {
            named: Some("named.json".into()),
            variable: Some("variable.json".into()),
            directory: Some("/a/b".into()),
            data: Some("/data".into()),
        }
    }

    #[test]
    fn what_is_said_most_plainly_counts() {
        let found = |hints: Hints, files: &[&str]| {
            let is_file = |path: &Path| files.iter().any(|file| path == Path::new(file));
            hints.path(is_file, |path| path == Path::new("/a/twohats.json")).unwrap()
        };
        let here = ["/a/b/twohats.json", "/twohats.json"];
        let nameless = Hints { named: None, ..hints() };
        let quiet = Hints { variable: Some("".into()), ..nameless.clone() };
        assert_eq!(found(hints(), &here), Path::new("named.json"));
        assert_eq!(found(nameless, &here), Path::new("variable.json"));
        assert_eq!(found(quiet.clone(), &here), Path::new("/a/b/twohats.json"));
        assert_eq!(found(quiet.clone(), &here[1..]), Path::new("/twohats.json"));
        assert_eq!(found(quiet.clone(), &["/data/twohats.json"]), Path::new("/data/twohats.json"));
        assert_eq!(found(quiet.clone(), &[]), Path::new("/a/twohats.json"), "it was there once");
        let never = quiet.path(|_| false, |_| false).unwrap();
        assert_eq!(never, Path::new("/data/twohats.json"));
    }

    #[test]
    fn without_a_home_the_person_is_told_what_to_do() {
        let error = Hints::default().path(|_| false, |_| false).unwrap_err();
        assert!(error.to_string().contains("--file"));
    }

    #[test]
    fn every_way_to_a_file_has_the_same_key() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.json");
        std::fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, dir.path().join("b.json")).unwrap();
        assert_eq!(key_of(&file), key_of(&dir.path().join("b.json")));
        assert_eq!(key_of(&file), key_of(&dir.path().join("./a.json")));
        assert_eq!(key_of(&file).len(), 16);
    }
}
