//! The workspace on the disk and its activity log, as the keeper works on them.

use super::keeper::Keeper;
use crate::app::{SaveProblem, Session};
use crate::store::{ActivityLog, CreateError, Opened, SaveError, WorkspaceFile};
use crate::workspace::{Content, Step};
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// The files of one workspace.
pub struct Disk {
    path: PathBuf,
    /// None until it is created.
    file: Option<WorkspaceFile>,
    /// None where there is no home to keep it in.
    log: Option<ActivityLog>,
}

impl Disk {
    /// The files of the workspace at `path`: open already, or still to be created.
    pub fn new(path: PathBuf, file: Option<WorkspaceFile>, log: Option<ActivityLog>) -> Self {
        Self { path, file, log }
    }

    fn created(
        &mut self,
        result: Result<(Opened, WorkspaceFile), CreateError>,
    ) -> Result<Session, String> {
        let (opened, file) = result.map_err(|error| error.to_string())?;
        self.file = Some(file);
        Ok(session(&self.path, opened))
    }
}

/// A workspace as it was opened, in the words of the app.
pub fn session(path: &Path, opened: Opened) -> Session {
    Session {
        path: path.display().to_string(),
        content: opened.content,
        notices: opened.notices.iter().map(ToString::to_string).collect(),
        read_only: opened.read_only.map(|reason| reason.to_string()),
    }
}

/// Why there is nothing to save to.
const NO_FILE: &str = "there is no file yet";

impl Keeper for Disk {
    fn save(&mut self, content: &Content, force: bool) -> Result<(), SaveProblem> {
        let Some(file) = &mut self.file else { return Err(SaveProblem::Failed(NO_FILE.into())) };
        file.save(content, force).map_err(|error| match error {
            SaveError::Changed(_) => SaveProblem::Changed,
            SaveError::Missing(_) => SaveProblem::Missing,
            SaveError::Failed { reason, .. } => SaveProblem::Failed(reason),
        })
    }

    fn save_beside(&mut self, content: &Content) -> Result<String, String> {
        let file = self.file.as_ref().ok_or(NO_FILE)?;
        let path = file.save_beside(content).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }

    fn reload(&mut self) -> Result<Session, String> {
        let file = self.file.as_mut().ok_or(NO_FILE)?;
        let opened = file.reload().map_err(|error| error.to_string())?;
        Ok(session(&self.path, opened))
    }

    fn create(&mut self, content: &Content) -> Result<Session, String> {
        let result = WorkspaceFile::create(&self.path, content);
        self.created(result)
    }

    fn create_example(&mut self) -> Result<Session, String> {
        let result = WorkspaceFile::create_example(&self.path);
        self.created(result)
    }

    fn log(&mut self, step: &Step) {
        if let Some(log) = &self.log {
            // Nothing depends on the log; a change that cannot be logged is made all the same.
            let _ = log.append(Timestamp::now(), step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_is_created_saved_copied_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let mut disk = Disk::new(path.clone(), None, None);
        let content = Content::default();
        assert!(disk.save(&content, false).is_err(), "there is no file yet");
        assert!(disk.create(&content).is_ok());
        assert!(disk.create_example().is_err(), "there is one now");
        assert_eq!(disk.save(&content, false), Ok(()));
        let copy = disk.save_beside(&content).unwrap();
        assert!(Path::new(&copy).exists() && Path::new(&copy) != path);
        assert!(disk.reload().is_ok());
    }

    #[test]
    fn what_somebody_else_did_to_the_file_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let mut disk = Disk::new(path.clone(), None, None);
        disk.create_example().unwrap();
        let content = Content::default();
        std::fs::write(&path, "{\"twohats\": 1}").unwrap();
        assert_eq!(disk.save(&content, false), Err(SaveProblem::Changed));
        std::fs::remove_file(&path).unwrap();
        assert_eq!(disk.save(&content, false), Err(SaveProblem::Missing));
        assert_eq!(disk.save(&content, true), Ok(()));
    }
}
