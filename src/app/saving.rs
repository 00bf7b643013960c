//! How the file stands to what is on the screen, and what can be done where it does not.

use super::choice::{Choice, Choices};
use super::help::Help;
use super::{
    App, Effect, SaveProblem, Unfinished, Window, conflict, copies, form, outside, recovery,
};
use crate::workspace::{Content, Op, Step};
use std::rc::Rc;

/// How the file stands to what is on the screen.
#[derive(Debug, Clone, Default)]
pub struct Saving {
    /// What the file holds, as far as it was taken over.
    pub(super) base: Content,
    /// The newest arrival that was taken over.
    pub(super) heard: u64,
    /// The newest revision that was to be written, where it is not in the file yet.
    asked: Option<u64>,
    /// The revisions that edits made and that are not in the file yet.
    edits: Vec<u64>,
    /// Why the newest revision is not in the file.
    pub problem: Option<SaveProblem>,
    /// Whether something has been saved in this session.
    saved: bool,
    /// Whether the person has seen what was repaired.
    greeted: bool,
    /// The newest edit, by the journal, and the newest that survives a power cut.
    written: u64,
    safe: u64,
    /// Why the newest edit is not in the journal.
    unwritten: Option<String>,
    /// What sessions that were cut off left to be decided.
    pub(super) unfinished: Vec<Unfinished>,
    /// What came in from outside, in lines, until the person has seen it.
    pub(super) news: Vec<String>,
    /// What of that should be seen, in a line.
    pub(super) alarm: Option<String>,
    /// What does again what came in took back.
    pub(super) reverted: Vec<Op>,
    /// The copies that tools which sync left beside the file, until the person has decided.
    pub(super) copies: Vec<String>,
    /// The revision that is kept beside the file, and where.
    beside: Option<(u64, String)>,
}

impl Saving {
    /// That of a file that was just read.
    pub(super) fn of(content: Content, copies: Vec<String>) -> Self {
        Self { base: content, copies, ..Self::default() }
    }

    /// The mark in the header: how safe the newest edit is.
    pub fn mark(&self) -> &'static str {
        match &self.problem {
            // The journal holds edits and not what they were made onto.
            Some(SaveProblem::Missing | SaveProblem::Malformed(_) | SaveProblem::Marked(_)) => {
                "NOT SAVED"
            }
            Some(SaveProblem::Newer(_)) if self.edits.is_empty() => "",
            Some(_) if !self.is_written() => "NOT SAVED",
            None if self.asked.is_none() && !self.saved => "",
            None if self.asked.is_none() => "safe ✓",
            _ if !self.is_written() => "saving…",
            _ if self.written <= self.safe => "safe ✓",
            _ => "written",
        }
    }

    /// Whether the mark is a cry for help.
    pub fn is_alarming(&self) -> bool {
        self.mark() == "NOT SAVED"
    }

    /// Whether every edit that is not in the file is in the journal.
    fn is_written(&self) -> bool {
        self.written > 0 && self.unwritten.is_none()
    }

    /// Takes in that an edit is in the journal, or is not.
    pub(super) fn written(&mut self, result: Result<u64, String>) {
        self.unwritten = result.as_ref().err().cloned();
        self.written = result.unwrap_or(self.written + 1);
    }

    /// Takes in that edits survive a power cut, or may not.
    pub(super) fn safe(&mut self, result: Result<u64, String>) {
        match result {
            Ok(number) => {
                self.safe = number;
                // What is durable is written too, even where that failed at first.
                self.unwritten.take_if(|_| number >= self.written);
            }
            Err(why) => self.unwritten = Some(why),
        }
    }

    /// That the file could not be written, with where the edits are instead.
    fn failed(&self, why: &str) -> String {
        let here = match self.edits.len() {
            0 => return why.to_owned(),
            _ if !self.is_written() => "not saved".to_owned(),
            1 => "your edit is safe in the journal, not in the file".to_owned(),
            many => format!("{many} edits are safe in the journal, not in the file"),
        };
        let unwritten = self.unwritten.as_ref().map(|why| format!(" · {why}")).unwrap_or_default();
        format!("{here}: {why}{unwritten}")
    }

    /// Whether `!` has anything to show.
    pub(super) fn asks(&self, app: &App) -> bool {
        !self.news.is_empty() || self.banner(app).is_some() || conflict::asks(app)
    }

    /// What is wrong, in a line, where something is.
    pub fn banner(&self, app: &App) -> Option<String> {
        let what = match &self.problem {
            Some(SaveProblem::Changed) => {
                format!("{} was changed by something else; it was not written over", app.path)
            }
            Some(SaveProblem::Missing) => format!("{} is gone; your work is still here", app.path),
            Some(SaveProblem::Malformed(why)) => format!("something else broke the file: {why}"),
            Some(SaveProblem::Marked(why)) => format!("a merge in git stopped here: {why}"),
            Some(SaveProblem::Newer(why)) => format!("read-only from now on: {}", self.failed(why)),
            Some(SaveProblem::Failed(why)) => format!("{} · retrying", self.failed(why)),
            None => match &app.read_only {
                _ if !self.unfinished.is_empty() => recovery::banner(&self.unfinished)?,
                _ if self.alarm.is_some() => self.alarm.clone()?,
                None if !self.copies.is_empty() => copies::banner(&self.copies)?,
                Some(why) => format!("read-only: {why}"),
                None => {
                    let noticed = || noticed(app).filter(|_| !self.greeted);
                    conflict::banner(app).or_else(noticed)?
                }
            },
        };
        let kept = self.beside.as_ref().filter(|_| self.problem.is_some());
        let what = match kept {
            Some((_, path)) => format!("{what} · a copy of your state is in {path}"),
            None => what,
        };
        Some(format!("{what}{}", hint(app)))
    }
}

/// Which key leads on from the banner.
fn hint(app: &App) -> String {
    format!(" · {} for what to do", app.key("banner"))
}

/// What was odd about the file and the configuration, in a line.
fn noticed(app: &App) -> Option<String> {
    let (file, own) = (&app.notices, &app.preferences.problems);
    let (file, own) = match (&file[..], &own[..]) {
        ([], []) => return None,
        ([only], []) | ([], [only]) => return Some(only.clone()),
        (file, own) => (file.len(), own.len()),
    };
    let places = match (file, own) {
        (_, 0) => "the file",
        (0, _) => "the configuration",
        _ => "the file and the configuration",
    };
    Some(format!("{} things in {places} need a look", file + own))
}

impl App {
    /// Why nothing can be changed, where nothing can.
    pub fn locked(&self) -> Option<&str> {
        match &self.saving.problem {
            Some(SaveProblem::Newer(why)) => Some(why),
            _ => self.read_only.as_deref(),
        }
    }

    /// Asks for the newest revision to be written.
    pub(super) fn save(&mut self, force: bool) {
        let revision = self.document.revision();
        let content = self.workspace().content().clone();
        let heard = self.saving.heard;
        self.saving.asked = Some(revision);
        self.effects.push(Effect::Save { revision, heard, content, force });
    }

    /// Asks for an edit to be written down, and then to the file.
    pub(super) fn keep(&mut self, step: Step) {
        self.saving.edits.push(self.document.revision());
        self.effects.push(Effect::Log(Box::new(step)));
        self.save(false);
    }
}

/// Writes what waits to the file now.
pub(super) fn now(app: &mut App) {
    match app.saving.asked {
        None => app.say("everything is in the file"),
        Some(_) => save_now(app),
    }
}

fn save_now(app: &mut App) {
    app.save(false);
    app.effects.push(Effect::Hurry);
}

/// Takes in how a save ended.
pub(super) fn ended(app: &mut App, revision: u64, result: Result<Content, SaveProblem>) {
    let saving = &mut app.saving;
    match result {
        Ok(content) => {
            saving.asked.take_if(|asked| *asked <= revision);
            saving.edits.retain(|edit| *edit > revision);
            saving.base = content;
            saving.saved = true;
            saving.problem = None;
        }
        Err(problem) => saving.problem = Some(problem),
    }
}

/// Says that a workspace could not be opened.
pub(super) fn not_opened(app: &mut App, why: String) {
    app.refuse(why);
}

/// Says where the copy is.
pub(super) fn beside(app: &mut App, result: Result<String, String>) {
    match result {
        Ok(path) => {
            app.say(format!("your state is kept in {path}"));
            app.saving.beside = Some((app.document.revision(), path));
        }
        Err(why) => app.refuse(format!("the copy could not be written: {why}")),
    }
}

/// Opens what the banner offers: what wants an answer before what is only to be read.
pub(super) fn choices(app: &mut App) {
    let saving = &app.saving;
    if saving.problem.is_some() {
        return of_problem(app);
    }
    let is_open = app.read_only.is_none();
    match () {
        () if !saving.unfinished.is_empty() => recovery::choices(app),
        () if saving.alarm.is_some() => outside::choices(app),
        () if is_open && !saving.copies.is_empty() => copies::choices(app),
        () if is_open && conflict::asks(app) => conflict::choices(app),
        () if !saving.news.is_empty() => outside::choices(app),
        () => about_file(app),
    }
}

/// Shows what was odd when the file was read, and why nothing can be changed.
fn about_file(app: &mut App) {
    let mut lines = app.notices.clone();
    lines.extend(app.read_only.clone());
    let own = !app.preferences.problems.is_empty();
    lines.extend(app.preferences.problems.iter().cloned());
    let title = if own { "About this file and the configuration" } else { "About this file" };
    app.saving.greeted = true;
    app.windows.push(Window::Help(Help::text(title, &lines)));
}

/// Opens what can be done where the file and the screen went apart.
fn of_problem(app: &mut App) {
    let Some(banner) = app.saving.banner(app) else { return };
    let reload =
        Choice::new('r', "read the file again", "what you changed since is lost", Rc::new(reload));
    let write = |label: &str, about: &str| {
        Choice::new('m', label, about, Rc::new(|app: &mut App| app.save(true)))
    };
    let beside = Choice::new(
        'b',
        "save mine beside it",
        "under another name; the file stays",
        Rc::new(|app: &mut App| {
            let content = app.workspace().content().clone();
            app.effects.push(Effect::SaveBeside(content));
        }),
    );
    let choices = match &app.saving.problem {
        Some(SaveProblem::Changed | SaveProblem::Malformed(_)) => {
            vec![beside, reload, write("keep mine", "the file is written over")]
        }
        Some(SaveProblem::Marked(_)) => {
            let git = Rc::new(|app: &mut App| app.effects.push(Effect::MergeBranches));
            let about = "by records; then git add it";
            vec![Choice::new('g', "merge both branches", about, git), beside, reload]
        }
        Some(SaveProblem::Newer(_)) => vec![beside, reload],
        Some(SaveProblem::Missing) => vec![write("write it again", "under its name"), beside],
        Some(SaveProblem::Failed(_)) => {
            vec![Choice::new('t', "try again now", "", Rc::new(save_now)), beside]
        }
        None => return,
    };
    let title = banner.trim_end_matches(&hint(app)).to_owned();
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), choices)));
}

/// Reads the file again, after asking: undo does not bring back what is lost then.
fn reload(app: &mut App) {
    let changes = app.changes();
    let lose = Choice::new(
        'r',
        "read the file again",
        "",
        Rc::new(|app: &mut App| {
            app.effects.push(Effect::Reload);
        }),
    );
    let stay = Choice::new('c', "change nothing", "", Rc::new(|_: &mut App| {}));
    let title = match changes {
        1 => "1 change of this session may be lost".to_owned(),
        many => format!("{many} changes of this session may be lost"),
    };
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), vec![stay, lose])));
}

/// Leaves, unless something is not saved: then it asks.
pub(super) fn quit(app: &mut App) {
    if form::unfinished(app, quit) {
        return;
    }
    let newest = app.document.revision();
    let kept = app.saving.beside.as_ref().is_some_and(|(revision, _)| *revision == newest);
    let nothing =
        matches!(app.saving.problem, Some(SaveProblem::Newer(_))) && app.saving.edits.is_empty();
    if app.saving.problem.is_none() || kept || nothing {
        return leave(app);
    }
    let title = "the newest changes are not in the file".to_owned();
    let stay = Choice::new('c', "stay", "", Rc::new(|_: &mut App| {}));
    let see = Choice::new(letter(app, "banner"), "see what can be done", "", Rc::new(choices));
    let (words, about) = if app.saving.is_alarming() {
        ("quit without them", "what you see here is kept among the backups")
    } else {
        ("quit", "the journal keeps them for the next start")
    };
    let gives_up = app.saving.is_alarming();
    let go = move |app: &mut App| {
        if gives_up {
            app.effects.push(Effect::GiveUp(app.workspace().content().clone()));
        }
        leave(app);
    };
    let go = Choice::new('q', words, about, Rc::new(go));
    app.windows.push(Window::Choices(Choices::new(title, Vec::new(), vec![stay, see, go])));
}

/// The letter of an answer that does what an action does: its key, where that is one letter.
fn letter(app: &App, action: &str) -> char {
    let key = app.key(action);
    let mut letters = key.chars();
    letters.next().filter(|_| letters.next().is_none()).unwrap_or('s')
}

fn leave(app: &mut App) {
    app.effects.push(Effect::Remember(app.memory()));
    app.effects.push(Effect::Quit);
}
