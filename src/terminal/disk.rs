//! The workspace on the disk and its activity log, as the keeper works on them.

use super::cut_off::CutOff;
use super::keeper::{Ask, Keeper, Save};
use super::ledger::Ledger;
use super::memory;
use super::news;
use super::told::Told;
use super::trouble;
use super::watch::Watch;
use super::{bring, send};
use crate::app::{Arrival, Bringing, Memory, Offer, SaveProblem, Sending, Sent, Session, Unsent};
use crate::store::backup::Reason;
use crate::store::journal::{self, Journal, Review};
use crate::store::{self, ActivityLog, CreateError, Opened, Outside, Site, WorkspaceFile};
use crate::store::{copies, find, past};
use crate::workspace::{Clash, Content, Date, Id, Past, Step};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The files of one workspace.
pub struct Disk {
    path: PathBuf,
    /// None until it is created.
    file: Option<WorkspaceFile>,
    /// The machine, with the place for what is remembered; none where there is no home.
    site: Site,
    /// What the app was told that the file holds.
    told: Told,
    /// What it held when the session began.
    began: Content,
    /// What the app was told is wrong with the file.
    ailing: Option<SaveProblem>,
    /// Asks for a look at the file.
    ask: Option<Ask>,
    watch: Option<Watch>,
    ledger: Ledger,
    /// The newest edit that is in the file, by the journal.
    saved: u64,
    /// Whether the last save reached the file.
    unsaved: bool,
    /// What sessions that were cut off left to be decided.
    reviews: Vec<Review>,
    /// The copies of tools which sync that the app knows of.
    copies: Vec<PathBuf>,
}

/// Looks at a file that is gone or cannot be read, before that is said: others replace it piece by
/// piece.
const LOOKS: usize = 10;
/// How long to wait between two of them.
const PAUSE: Duration = Duration::from_millis(50);

impl Disk {
    /// The files of the workspace at `path`, which is not open yet.
    pub fn new(path: PathBuf, site: Site) -> Self {
        Self {
            path,
            file: None,
            site,
            told: Told::default(),
            began: Content::default(),
            ailing: None,
            ask: None,
            watch: None,
            ledger: Ledger::default(),
            saved: 0,
            unsaved: false,
            reviews: Vec::new(),
            copies: Vec::new(),
        }
    }

    /// The machine, with the place for what is remembered.
    pub fn site(state: Option<PathBuf>) -> Site {
        Site { state, ..Site::stateless() }
    }

    /// From now on this is the file, with what a session that was cut off had done to it.
    pub fn begin(&mut self, mut opened: Opened, mut file: WorkspaceFile) -> Session {
        file.watch();
        let writable = opened.read_only.is_none();
        let left =
            if writable { CutOff::take_up(&mut file, &mut opened) } else { CutOff::default() };
        self.reviews = left.reviews;
        let others = journal::others(file.site(), &self.path);
        let journal = Journal::create(file.site(), &self.path, file.hash());
        // Without one every edit waits for the file.
        let without =
            journal.as_ref().err().map(|error| format!("{error}; edits wait for the file"));
        self.ledger.turn_to(journal.ok().filter(|_| writable));
        (self.saved, self.unsaved) = (0, false);
        self.keep(file);
        self.copies = copies::copies(&self.site, &self.path);
        let mut session = self.session(opened);
        session.news.extend(news::of_others(&others));
        session.notices.extend(left.doubts);
        session.notices.extend(without.filter(|_| writable));
        Session { recovered: left.edits, unfinished: left.unfinished, ..session }
    }

    /// From now on this is the file.
    fn keep(&mut self, file: WorkspaceFile) {
        self.began = file.content().clone();
        self.told.begin(self.began.clone());
        self.ailing = None;
        self.file = Some(file);
        self.listen();
    }

    /// Hears of what happens to the file from now on, as far as this system tells. Where it does
    /// not, the file is looked at before each save and when the window gets the focus.
    fn listen(&mut self) {
        let Some(ask) = self.ask.clone().filter(|_| self.file.is_some()) else { return };
        let tell = Arc::clone(&ask);
        self.watch = Watch::over(&self.path, move || tell());
        // What happened between reading the file and now was heard by nobody.
        ask();
    }

    /// What became of the file, once whoever replaces it is through.
    fn settled(&mut self) -> Option<Outside> {
        let file = self.file.as_mut()?;
        for _ in 1..LOOKS {
            match file.look(&self.began) {
                Outside::Missing | Outside::Malformed(_) => std::thread::sleep(PAUSE),
                settled => return Some(settled),
            }
        }
        Some(file.look(&self.began))
    }

    /// Says what is wrong with the file, unless that was said.
    fn ail(&mut self, problem: SaveProblem) -> Option<Result<Option<Arrival>, SaveProblem>> {
        let news = self.ailing.as_ref() != Some(&problem);
        self.ailing = Some(problem.clone());
        news.then_some(Err(problem))
    }

    /// A workspace as it was opened, in the words of the app.
    pub fn session(&self, opened: Opened) -> Session {
        let state = self.site.state.as_deref();
        Session {
            path: self.path.display().to_string(),
            content: opened.content,
            doubtful: opened.notices.iter().filter_map(|notice| notice.id.clone()).collect(),
            notices: opened.notices.iter().map(ToString::to_string).collect(),
            read_only: opened.read_only.map(|reason| reason.to_string()),
            memory: state.map(|state| memory::recalled(&self.path, state)).unwrap_or_default(),
            recent: self.recent(),
            copies: shown(&self.copies),
            ..Session::default()
        }
    }

    /// The other workspaces that were open lately.
    fn recent(&self) -> Vec<String> {
        let all = self.site.state.as_deref().map(store::recent).unwrap_or_default();
        let this = self.path.canonicalize().ok();
        let others = all.into_iter().filter(|path| Some(path) != this.as_ref());
        others.map(|path| path.display().to_string()).collect()
    }

    fn created(
        &mut self,
        result: Result<(Opened, WorkspaceFile), CreateError>,
    ) -> Result<Session, String> {
        let (opened, file) = result.map_err(|error| error.to_string())?;
        Ok(self.begin(opened, file))
    }

    /// Tells the journal that the file has other bytes now, unless edits are still to be saved:
    /// those were made onto what it had before.
    fn pass_on(&mut self) {
        let (Some(file), Some(journal)) = (&self.file, self.ledger.journal()) else { return };
        if journal.newest() == self.saved {
            journal.checkpoint(self.saved, file.hash());
        }
    }

    /// Writes the file; see [`Keeper::save`].
    fn write(&mut self, save: &Save) -> Result<Option<Arrival>, SaveProblem> {
        let journal = self.ledger.journal();
        let Some(file) = &mut self.file else { return Err(SaveProblem::Failed(NO_FILE.into())) };
        let number = save.number;
        let mut news = Vec::new();
        let since = if save.force {
            file.overwrite(&save.content).map_err(trouble::of)?;
            save.content.clone()
        } else {
            let mine = self.told.caught_up(save);
            let mut announce = |hash| {
                journal.iter().for_each(|journal| journal.announce(number, hash));
            };
            let base = self.told.content();
            let synced = file.sync_announced(base, &mine, &mut announce).map_err(trouble::of)?;
            news = news::of_save(&synced);
            mine
        };
        journal.iter().for_each(|journal| journal.checkpoint(number, file.hash()));
        self.saved = number;
        let theirs = file.content().clone();
        if since == theirs && news.is_empty() {
            self.told.saved(theirs);
            return Ok(None);
        }
        let number = self.told.arrived(since.clone(), theirs.clone());
        Ok(Some(Arrival { number, since, theirs, gone: None, reverted: Vec::new(), news }))
    }
}

fn shown(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

/// Why there is nothing to save to.
const NO_FILE: &str = "there is no file yet";

impl Keeper for Disk {
    fn bytes(&self) -> u64 {
        self.file.as_ref().map_or(0, WorkspaceFile::bytes)
    }

    fn ledger(&self) -> Ledger {
        self.ledger.clone()
    }

    fn settle(&mut self, brought_in: bool) -> Result<(), String> {
        if brought_in && self.unsaved {
            // They stay for the next session.
            return Ok(());
        }
        let Some(file) = &self.file else { return Ok(()) };
        let mut settled = Ok(());
        for review in self.reviews.drain(..) {
            if brought_in {
                review.finish(file.site());
            } else if let Err(error) = review.discard(file.site(), &self.path) {
                // What cannot be kept among the backups stays, and is asked for again.
                settled = Err(error.to_string());
            }
        }
        settled
    }

    fn give_up(&mut self, content: &Content) {
        let kept = self.file.as_ref().map(|file| file.keep_version(content, Reason::Discarded));
        // What cannot be kept among the backups stays in the journal, and comes back.
        if matches!(kept, Some(Ok(_))) {
            self.unsaved = false;
            self.saved = self.ledger.newest();
            self.pass_on();
        }
    }

    fn close(&mut self) {
        self.watch = None;
        // What a late writer left there is merged by the next session.
        let _ = self.file.as_mut().map(WorkspaceFile::close);
        self.ledger.turn_to(None);
    }

    fn attend(&mut self, ask: Ask) {
        self.ask = Some(ask);
        self.listen();
    }

    fn look(&mut self) -> Option<Result<Option<Arrival>, SaveProblem>> {
        match self.settled()? {
            Outside::Unchanged => self.ailing.take().map(|_| Ok(None)),
            Outside::Missing => self.ail(SaveProblem::Missing),
            Outside::Malformed(malformed) => self.ail(trouble::broken(&malformed)),
            Outside::Newer(version) => self.ail(SaveProblem::Newer(trouble::newer(version))),
            Outside::Unreadable(why) => self.ail(SaveProblem::Failed(why)),
            Outside::Changed(arrival) => {
                let store::Arrival { theirs, gone, reverted, .. } = *arrival;
                self.ailing = None;
                self.pass_on();
                let since = self.told.content().clone();
                let number = self.told.arrived(since.clone(), theirs.clone());
                let news = Vec::new();
                Some(Ok(Some(Arrival { number, since, theirs, gone, reverted, news })))
            }
        }
    }

    fn save(&mut self, save: &Save) -> Result<Option<Arrival>, SaveProblem> {
        let saved = self.write(save);
        self.unsaved = saved.is_err();
        if self.unsaved {
            // What the journal could not take may fit by now.
            self.ledger.ring();
        }
        self.ailing = match &saved {
            Ok(_) => None,
            Err(SaveProblem::Changed | SaveProblem::Failed(_)) => self.ailing.take(),
            Err(problem) => Some(problem.clone()),
        };
        saved
    }

    fn copies(&mut self) -> Option<Vec<String>> {
        let copies = copies::copies(&self.site, &self.path);
        let news = copies.iter().any(|copy| !self.copies.contains(copy));
        self.copies = copies;
        news.then(|| shown(&self.copies))
    }

    fn merge_branches(&mut self) -> Result<(), String> {
        copies::merge_branches(&self.site, &self.path).map(drop).map_err(|error| error.to_string())
    }

    fn merge_copy(&mut self, path: &str) -> Result<Arrival, String> {
        let file = self.file.as_mut().ok_or(NO_FILE)?;
        file.merge_copy(Path::new(path)).map_err(|error| error.to_string())?;
        let theirs = file.content().clone();
        self.pass_on();
        let since = self.told.content().clone();
        let number = self.told.arrived(since.clone(), theirs.clone());
        let news = vec![format!("{path} was brought in")];
        Ok(Arrival { number, since, theirs, gone: None, reverted: Vec::new(), news })
    }

    fn import(&mut self, bringing: Bringing) -> Result<Offer, String> {
        bring::offer(bringing, self.site.state.as_deref())
    }

    fn export(&mut self, sending: Sending) -> Result<Sent, Unsent> {
        send::write(sending, &self.path, |day| past::of(&self.site, &self.path, day))
    }

    fn save_beside(&mut self, content: &Content) -> Result<String, String> {
        let file = self.file.as_ref().ok_or(NO_FILE)?;
        let path = file.save_beside(content).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }

    fn open(&mut self, path: &str) -> Result<Session, String> {
        let path = PathBuf::from(path);
        let (opened, file) =
            WorkspaceFile::open_at(&self.site, &path).map_err(|error| error.to_string())?;
        self.path = path;
        Ok(self.begin(opened, file))
    }

    fn reload(&mut self) -> Result<Session, String> {
        let file = self.file.as_mut().ok_or(NO_FILE)?;
        let opened = file.reload().map_err(|error| error.to_string())?;
        self.told.begin(opened.content.clone());
        // What was not saved is given up.
        self.unsaved = false;
        self.saved = self.ledger.newest();
        self.pass_on();
        Ok(self.session(opened))
    }

    fn here(&mut self) {
        self.path = PathBuf::from(find::FILE_NAME);
    }

    fn create(&mut self, content: &Content) -> Result<Session, String> {
        self.created(WorkspaceFile::create_at(&self.site, &self.path, content))
    }

    fn create_example(&mut self) -> Result<Session, String> {
        self.created(WorkspaceFile::create_example_at(&self.site, &self.path))
    }

    fn log(&mut self, step: &Step) {
        if let Some(state) = &self.site.state {
            // Nothing depends on the log; a change that cannot be logged is made all the same.
            let _ = ActivityLog::of(&self.path, state).append(Timestamp::now(), step);
        }
    }

    fn look_back(&mut self, day: Date) -> Past {
        past::of(&self.site, &self.path, day)
    }

    fn date_values(&mut self, id: &Id, clash: &Clash) -> [Option<DateTime>; 2] {
        let zone = TimeZone::system();
        past::times(&self.site, &self.path, id, clash)
            .map(|at| at.map(|at| at.to_zoned(zone.clone()).datetime()))
    }

    fn remember(&mut self, memory: &Memory) {
        if let Some(state) = &self.site.state {
            memory::keep(memory, &self.path, state);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::{Document, Field, Op, Place, Value, Workspace};

    fn edit(heard: u64, content: &Content, force: bool) -> Save {
        Save { revision: 0, heard, content: content.clone(), force, number: 0 }
    }

    #[test]
    fn a_workspace_is_created_saved_copied_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let mut disk = Disk::new(path.clone(), Site::stateless());
        let content = Content::default();
        assert!(disk.save(&edit(0, &content, false)).is_err(), "there is no file yet");
        assert!(disk.create(&content).is_ok());
        assert!(disk.create_example().is_err(), "there is one now");
        assert_eq!(disk.save(&edit(0, &content, false)), Ok(None));
        let copy = disk.save_beside(&content).unwrap();
        assert!(Path::new(&copy).exists() && Path::new(&copy) != path);
        assert!(disk.reload().is_ok());
    }

    #[test]
    fn what_somebody_else_did_to_the_file_is_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let mut disk = Disk::new(path.clone(), Site::stateless());
        let content = disk.create_example().unwrap().content;
        std::fs::write(&path, "{\"twohats\": 1}").unwrap();
        let came_in = disk.save(&edit(0, &content, false)).unwrap().unwrap();
        assert_eq!((came_in.number, &came_in.theirs), (1, &Content::default()));
        std::fs::write(&path, "{").unwrap();
        let malformed = disk.save(&edit(1, &content, false));
        assert!(matches!(malformed, Err(SaveProblem::Malformed(_))), "{malformed:?}");
        std::fs::remove_file(&path).unwrap();
        assert_eq!(disk.save(&edit(1, &content, false)), Err(SaveProblem::Missing));
        assert_eq!(disk.save(&edit(1, &content, true)), Ok(None));
    }

    #[test]
    fn a_save_made_before_what_came_in_was_heard_takes_nothing_of_it_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let text = |title: &str, more: &str| {
            let item = format!("{{\"id\":\"a\",\"title\":\"{title}\"}}");
            format!("{{\n\"twohats\": 1,\n\"backlog\": [\n{item}{more}\n]\n}}\n")
        };
        let read = |title: &str, more: &str| {
            let path = folder.path().join("mine.json");
            std::fs::write(&path, text(title, more)).unwrap();
            WorkspaceFile::open(&path).unwrap().0.content
        };
        let mut disk = Disk::new(path.clone(), Site::stateless());
        std::fs::write(&path, text("one", "")).unwrap();
        disk.open(path.to_str().unwrap()).unwrap();
        let first = disk.save(&edit(0, &read("one", ",\n{\"id\":\"b\"}"), false));
        assert_eq!(first, Ok(None));
        let mut heard = Vec::new();
        // Another branch, and back: the file holds again what the first save was made of.
        for branch in ["two", "one"] {
            std::fs::write(&path, text(branch, "")).unwrap();
            heard.push(disk.look().unwrap().unwrap().unwrap().number);
        }
        // Typed when only the first was heard.
        let mine = read("two", ",\n{\"id\":\"c\"}");
        assert_eq!(disk.save(&edit(heard[0], &mine, false)), Ok(None), "the app hears the rest");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text("one", ",\n{\"id\":\"c\"}"));
        // Heard by now, and brought together there too: the same again changes nothing.
        let both = read("one", ",\n{\"id\":\"c\"}");
        assert_eq!(disk.save(&edit(heard[1], &both, false)), Ok(None));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text("one", ",\n{\"id\":\"c\"}"));
    }

    #[test]
    fn what_was_undone_before_the_save_was_answered_stays_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("w.json");
        let mut disk = Disk::new(path.clone(), Site::stateless());
        let start = disk.create_example().unwrap().content;
        let mut document = Document::new(Workspace::new(start.clone()));
        let first = start.list(Place::Backlog)[0].id().clone();
        document.adopt(Op::set(&first, Field::Title, Value::text("Mine"))).unwrap();
        disk.save(&edit(0, document.workspace().content(), false)).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(
            &path,
            text.replacen("\"twohats\": 1,", "\"twohats\": 1,\n\"x_new\": 2,", 1),
        )
        .unwrap();
        disk.save(&edit(0, &start, false)).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("x_new") && !text.contains("\"Mine\""), "{text}");
    }
}
