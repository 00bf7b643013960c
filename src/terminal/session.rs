//! One session: events in, frames out. The thread sleeps until something happens, takes in all
//! that has happened by then, and draws once.

use super::canvas::{Canvas, Cursor};
use super::clipboard;
use super::input::Input;
use super::keeper::{Job, Save};
use super::ledger::Ledger;
use super::program::Program;
use super::reckoner::Reckoner;
use super::work::{Unsaved, Work};
use super::{Options, clock, editor, screen, signals};
use crate::app::reckoning::Reckoning;
use crate::app::{Effect, Msg, SaveProblem};
use crate::workspace::{Date, Step};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

/// How long leaving waits for the disk before it is called a failure.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// The person did this, in order.
    Input(Vec<Msg>),
    /// The keeper answers.
    Told(Msg),
    /// The window has the focus again.
    Focus,
    /// The person looks elsewhere, where they may want what is in the file.
    Blur,
    /// Somebody wants the program to stop for a while.
    Stop,
    /// It goes on.
    GoOn,
    /// The window may have another size.
    Window,
    /// No more keys can be read.
    Deaf(io::Error),
}

/// How a session ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is kept.
    Kept,
    /// The person left knowing that the last changes are not in the file.
    Unkept(Unsaved),
}

/// The wish to leave.
#[derive(Debug, Clone, Copy)]
struct Leave {
    /// The program knew by then that the last save had failed. What it hears later was not part
    /// of the decision.
    knowing: bool,
}

/// A program in a terminal.
pub struct Session<P> {
    program: P,
    canvas: Canvas,
    work: Arc<Work>,
    ledger: Ledger,
    input: Input,
    reckoner: Reckoner,
    /// What is to be reckoned once the frame stands: nothing competes with that.
    reckonings: Vec<Reckoning>,
    as_of: Option<Date>,
    /// The editor that is set; else the one of the environment.
    editor: Option<String>,
    size: (u16, u16),
    /// The terminal was given back for a while.
    away: bool,
    /// The person wants to leave.
    leaving: Option<Leave>,
    /// The program was told that the last save failed, or is bound to.
    told_unsaved: bool,
    /// The newest revision that was to be saved.
    asked: u64,
    /// Another workspace is being opened: what is done meanwhile is meant for that.
    opening: bool,
    held: Vec<Msg>,
}

impl<P: Program> Session<P> {
    /// A session that has not begun.
    pub fn new(
        program: P,
        canvas: Canvas,
        work: Arc<Work>,
        ledger: Ledger,
        input: Input,
        reckoner: Reckoner,
        options: &Options,
    ) -> Self {
        Self {
            program,
            canvas,
            work,
            ledger,
            input,
            reckoner,
            reckonings: Vec::new(),
            as_of: options.as_of,
            editor: options.editor.clone(),
            size: (0, 0),
            away: false,
            leaving: None,
            told_unsaved: false,
            asked: 0,
            opening: false,
            held: Vec::new(),
        }
    }

    /// Shows the first frame. What nobody sees of it, and who works beside it, comes later.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn begin(&mut self) -> io::Result<()> {
        self.measure()?;
        self.draw()
    }

    /// Runs until the person leaves.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn run(mut self, events: &Receiver<Event>) -> io::Result<Ending> {
        self.tell(Msg::Seen)?;
        loop {
            self.draw()?;
            if let Some(leave) = self.leaving {
                if let Some(ending) = self.ending(leave)? {
                    return Ok(ending);
                }
                self.draw()?;
            }
            if !self.away {
                self.input.allow()?;
            }
            for reckoning in self.reckonings.drain(..) {
                self.reckoner.start(reckoning);
            }
            let first = events.recv().map_err(io::Error::other)?;
            self.take(first)?;
            while let Ok(next) = events.try_recv() {
                self.take(next)?;
            }
        }
    }

    fn take(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Input(msgs) => {
                self.input.came();
                msgs.into_iter().try_for_each(|msg| self.tell(msg))
            }
            Event::Told(msg) => self.tell(msg),
            Event::Focus => {
                self.work.look();
                Ok(())
            }
            Event::Blur => {
                self.work.hurry();
                Ok(())
            }
            Event::Stop => self.stop(),
            Event::GoOn => self.go_on(),
            Event::Window => self.measure(),
            Event::Deaf(error) => Err(error),
        }
    }

    /// Tells the program and does what it asks for. Once the person leaves, only answers count.
    fn tell(&mut self, msg: Msg) -> io::Result<()> {
        match &msg {
            Msg::Resize { width, height } => self.size = (*width, *height),
            Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_) if self.leaving.is_some() => return Ok(()),
            // What happened to the file of before would be saved to the one that is being opened.
            Msg::Key(_) | Msg::Paste(_) | Msg::Mouse(_) | Msg::Outside(_) if self.opening => {
                self.held.push(msg);
                return Ok(());
            }
            Msg::NotOpened(_) => self.opening = false,
            Msg::Opened(_) => {
                self.opening = false;
                self.held.retain(|msg| !matches!(msg, Msg::Outside(_)));
            }
            Msg::Saved { result, .. } => self.told_unsaved = result.is_err(),
            Msg::Outside(result) => self.told_unsaved = result.is_err(),
            _ => {}
        }
        let effects = self.program.update(msg, clock::today(self.as_of));
        effects.into_iter().try_for_each(|effect| self.carry_out(effect))?;
        if self.opening {
            return Ok(());
        }
        std::mem::take(&mut self.held).into_iter().try_for_each(|msg| self.tell(msg))
    }

    fn carry_out(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Save { revision, heard, content, force } => {
                self.asked = revision;
                // Each edit was written down before the save that it led to.
                let number = self.ledger.newest();
                let save = Save { revision, heard, content, force, number };
                // What the journal has may wait for a pause.
                if !force && self.ledger.holds_all() {
                    self.work.save_later(save);
                } else {
                    self.work.add(Job::Save(save));
                }
            }
            Effect::Hurry => self.work.hurry(),
            Effect::MergeBranches => self.work.add(Job::MergeBranches),
            Effect::MergeCopy(path) => self.work.add(Job::MergeCopy(path)),
            Effect::SaveBeside(content) => self.work.add(Job::SaveBeside(content)),
            Effect::Open(path) => self.open(Job::Open(path)),
            Effect::Reload => self.open(Job::Reload),
            Effect::Here => self.work.add(Job::Here),
            Effect::Create(content) => self.open(Job::Create(content)),
            Effect::CreateExample => self.open(Job::CreateExample),
            Effect::Log(step) => return self.note(step),
            Effect::GiveUp(content) => self.work.add(Job::GiveUp(content)),
            Effect::Settle { brought_in } => self.work.add(Job::Settle { brought_in }),
            Effect::Remember(memory) => self.work.add(Job::Remember(memory)),
            Effect::DateValues(id, clash) => self.work.add(Job::DateValues(id, clash)),
            Effect::LookBack(since) => self.work.add(Job::LookBack(since)),
            Effect::Simulate(reckoning) => self.reckonings.push(*reckoning),
            Effect::Export(sending) => self.work.add(Job::Export(sending)),
            Effect::Import(bringing) => self.work.add(Job::Import(bringing)),
            Effect::Edit(text) => return self.edit(&text),
            Effect::Browse(url) => {
                return editor::browse(&url).or_else(|why| self.tell(Msg::Undone(why)));
            }
            Effect::Copy(text) => return copy(&text),
            Effect::Redraw => self.canvas.forget(),
            Effect::Suspend => return self.stop(),
            Effect::Quit => self.leaving = Some(Leave { knowing: self.told_unsaved }),
        }
        Ok(())
    }

    /// Asks for another workspace in the place of this one.
    fn open(&mut self, job: Job) {
        self.opening = true;
        self.work.add(job);
    }

    /// Writes an edit down before it is seen.
    fn note(&mut self, step: Box<Step>) -> io::Result<()> {
        let written = self.ledger.note(&step);
        self.work.add(Job::Log(step));
        written.map_or(Ok(()), |written| self.tell(Msg::Written(written)))
    }

    /// Waits for the person's editor. No key is read meanwhile: the permit for the next batch is
    /// given when this one is done with.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        self.work.hurry();
        let edited = editor::edit(text, self.editor.as_deref());
        self.canvas.forget();
        self.measure()?;
        self.tell(Msg::Edited(edited))
    }

    /// How the session ends: once all is kept, or when it is not and the person knew. What fails
    /// only now is told first, and they stay.
    fn ending(&mut self, leave: Leave) -> io::Result<Option<Ending>> {
        match self.work.settle(PATIENCE) {
            Ok(()) => return Ok(Some(Ending::Kept)),
            Err(unsaved) if leave.knowing => return Ok(Some(Ending::Unkept(unsaved))),
            Err(Unsaved::Late) => self.tell(self.late())?,
            // The answer that says why is told, or among the events already.
            Err(_) => {}
        }
        self.leaving = None;
        Ok(None)
    }

    /// The answer of a disk that gives none.
    fn late(&self) -> Msg {
        let result = Err(SaveProblem::Failed(Unsaved::Late.to_string()));
        Msg::Saved { revision: self.asked, result }
    }

    /// Draws, unless the terminal is somebody else's now.
    fn draw(&mut self) -> io::Result<()> {
        if self.away {
            return Ok(());
        }
        let program = &self.program;
        let frame = self.canvas.frame(self.size, |buf| {
            let at = program.draw(buf);
            Cursor { at, shown: at.is_some() && program.wants_caret() }
        });
        frame.map_or(Ok(()), |bytes| screen::send(&bytes))
    }

    fn measure(&mut self) -> io::Result<()> {
        let (width, height) = screen::size();
        self.tell(Msg::Resize { width, height })
    }

    /// Gives the terminal back and stops, where somebody could make us go on.
    fn stop(&mut self) -> io::Result<()> {
        if !signals::can_stop() {
            return Ok(());
        }
        self.away = true;
        screen::leave();
        // Nothing is written while it is stopped. What fails is in the journal, and told later.
        let _ = self.work.settle(signals::GRACE);
        signals::stop()
    }

    /// Takes the terminal again, whatever became of it meanwhile.
    fn go_on(&mut self) -> io::Result<()> {
        if !signals::in_foreground() {
            return signals::stop();
        }
        screen::leave();
        screen::enter()?;
        self.away = false;
        self.canvas.forget();
        self.work.look();
        self.measure()
    }
}

fn copy(text: &str) -> io::Result<()> {
    let in_tmux = std::env::var_os("TMUX").is_some();
    clipboard::copy(text, in_tmux).map_or(Ok(()), |sequence| screen::send(sequence.as_bytes()))
}
