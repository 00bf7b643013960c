//! What the user can do, and what the screen needs to know.
//!
//! Messages in, effects out: [`App::update`] does no I/O, reads no clock and draws nothing. The
//! same workspace, seed and messages always give the same screen.

pub mod actions;
pub mod board;
mod bring;
mod change;
mod checked;
pub mod checkin;
pub mod choice;
pub mod closing;
mod conclusions;
pub mod conflict;
mod copies;
pub mod detail;
pub mod editing;
pub mod entry;
pub mod filter;
pub mod forecast;
pub mod form;
pub mod help;
mod input;
pub mod key;
pub mod keymap;
pub mod lane;
pub mod layout;
mod letters;
pub mod lines;
pub mod matrix;
mod memory;
mod message;
mod mouse;
pub mod outcomes;
mod outside;
pub mod palette;
pub mod pane;
pub mod picker;
pub mod planning;
pub mod preferences;
pub mod prompt;
pub mod ranks;
pub mod reckoning;
mod recovery;
pub mod ritual;
mod saving;
pub mod score;
pub mod search;
mod send;
pub mod sprint;
pub mod standing;
pub mod text;
pub mod timeline;
pub mod views;
pub mod welcome;
mod window;
mod windows;
pub mod word;

pub use conclusions::Conclusions;
pub use memory::Memory;
pub use message::{
    Arrival, Bringing, Effect, Message, Msg, Offer, SaveProblem, Sending, Sent, Session,
    Unfinished, Unsent,
};
pub use saving::Saving;
pub use window::Window;
use windows::Windows;

use actions::Scope;
use board::Board;
use checkin::Ticks;
use conclusions::Concluding;
use entry::Typing;
use key::Key;
use preferences::Preferences;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;
use views::View;

use crate::scoring::Framework;
use crate::workspace::{Content, Date, Document, Hat, Id, IdSource, Workspace};

/// What waits for a letter: a mark to set, a mark to go to.
#[derive(Debug, Clone, Copy)]
pub struct Awaited {
    /// What is asked for, in words.
    pub title: &'static str,
    then: fn(&mut App, char),
}

/// What `.` does again.
type Repeat = Rc<dyn Fn(&mut App)>;

/// The whole state of a session.
pub struct App {
    document: Document,
    /// What the person prefers.
    pub preferences: Preferences,
    /// The path of the file, as shown.
    pub path: String,
    /// Why nothing can be changed, where nothing can.
    pub read_only: Option<String>,
    /// What was repaired when the file was read.
    pub notices: Vec<String>,
    /// The records the file says something of that could not be taken.
    pub doubtful: HashSet<Id>,
    /// The two panes.
    pub board: Board,
    /// What stands in the place of the panes.
    pub view: View,
    /// What lies over the board.
    pub windows: Windows,
    /// What was typed into a form that was left and may be opened again.
    draft: Option<form::Draft>,
    /// What the bottom line says until the next key.
    pub message: Option<Message>,
    /// How the file stands to what is on the screen.
    pub saving: Saving,
    /// The screen.
    pub area: Rect,
    /// The day.
    pub today: Date,
    /// The keys of a sequence so far.
    pub pending: Vec<Key>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// What waits for a letter.
    pub awaited: Option<Awaited>,
    /// Other workspaces that were open lately.
    pub recent: Vec<String>,
    /// The band with which the strip under the board begins, for this record.
    detail: (Option<Id>, usize),
    /// Filters by name.
    pub filters: BTreeMap<String, String>,
    marks: BTreeMap<char, Id>,
    /// What is in the person's editor, or to go there again.
    edited: Option<editing::Edited>,
    /// Where links were followed from, the last one last.
    pub(crate) trail: Vec<Id>,
    repeat: Option<Repeat>,
    /// What was triaged last.
    triaged: Option<Id>,
    /// What follows from the workspace as a whole.
    concluding: Concluding,
    /// How many keys were pressed, and at which of them Ctrl-c was.
    presses: u64,
    cancelled_at: Option<u64>,
    ids: IdSource,
    effects: Vec<Effect>,
    /// Whether only the rows are known yet: see [`App::at_first_sight`].
    is_first_sight: bool,
    /// What was ticked off in the check-in of each hat.
    ticks: Ticks,
}

impl App {
    /// A session on a workspace. The seed decides the ids of new items and nothing else.
    pub fn new(session: Session, seed: u64) -> Self {
        let mut app = Self::blank(seed);
        app.open(session);
        app
    }

    /// A session for which there is no file: it offers to make one.
    pub fn first_run(sites: &welcome::Sites, seed: u64) -> Self {
        let mut app = Self::blank(seed);
        app.path.clone_from(&sites.usual);
        app.windows.push(Window::Choices(welcome::choices(sites, false)));
        app
    }

    fn blank(seed: u64) -> Self {
        Self {
            document: Document::new(Workspace::new(Content::default())),
            preferences: Preferences::default(),
            path: String::new(),
            read_only: None,
            notices: Vec::new(),
            doubtful: HashSet::new(),
            board: Board::default(),
            view: View::default(),
            windows: Windows::default(),
            draft: None,
            message: None,
            saving: Saving::default(),
            area: Rect::default(),
            today: Date::constant(2026, 1, 1),
            pending: Vec::new(),
            count: None,
            awaited: None,
            recent: Vec::new(),
            detail: (None, 0),
            filters: BTreeMap::new(),
            marks: BTreeMap::new(),
            edited: None,
            trail: Vec::new(),
            repeat: None,
            triaged: None,
            concluding: Concluding::default(),
            presses: 0,
            cancelled_at: None,
            ids: IdSource::seeded(seed),
            effects: Vec::new(),
            is_first_sight: false,
            ticks: Ticks::default(),
        }
    }

    /// This session for a screen that wants its first frame at once: the rows are known, and what
    /// follows from them, ranks and dates among it, once that frame is [`Msg::Seen`].
    #[must_use]
    pub fn at_first_sight(self) -> Self {
        Self { is_first_sight: true, ..self }
    }

    /// Takes in an event and says what is to be done. `today` is the day it happens on.
    pub fn update(&mut self, msg: Msg, today: Date) -> Vec<Effect> {
        self.today = today;
        match msg {
            Msg::Key(key) => self.press(key),
            Msg::Paste(text) => self.paste(&text),
            Msg::Mouse(mouse) => mouse::on(self, mouse),
            Msg::Resize { width, height } => {
                self.area = Rect::new(0, 0, width, height);
                self.refresh();
                self.reveal();
            }
            Msg::Saved { revision, result } => saving::ended(self, revision, result),
            Msg::Outside(result) => outside::looked(self, result),
            Msg::Seen => self.is_first_sight = false,
            Msg::Written(result) => self.saving.written(result),
            Msg::Safe(result) => self.saving.safe(result),
            Msg::Copies(paths) => self.saving.copies = paths,
            Msg::Undone(why) => self.refuse(why),
            Msg::Opened(session) => self.open(*session),
            Msg::NotOpened(why) => saving::not_opened(self, why),
            Msg::SavedBeside(result) => saving::beside(self, result),
            Msg::Discarded(result) => recovery::discarded(self, result),
            Msg::Edited(result) => editing::back(self, result),
            Msg::Offered(result) => bring::offered(self, result),
            Msg::Sent(result) => send::sent(self, result),
            Msg::LookedBack { since, past } => {
                ritual::looked_back(self, since, &past);
                self.recalled(since, *past);
            }
            Msg::Dated { id, name, at } => conflict::dated(self, &id, &name, at),
            Msg::Simulating { ticket, share } => self.simulating(ticket, share),
            Msg::Concluded { ticket, known } => self.concluded(ticket, *known),
            Msg::Found { ticket, searches } => self.found(ticket, searches),
            Msg::Planned { ticket, plans } => self.planned(ticket, &plans),
            Msg::Simulated { ticket, chances } => self.simulated(ticket, chances),
        }
        self.windows.settle();
        self.refresh();
        std::mem::take(&mut self.effects)
    }

    fn open(&mut self, session: Session) {
        let (recovered, unfinished) = (session.recovered, session.unfinished.clone());
        let Session { path, content, notices, doubtful, read_only, memory, recent, .. } = session;
        let (news, copies) = (session.news, session.copies);
        self.doubtful = doubtful;
        self.recent = recent;
        self.saving = Saving::of(content.clone(), copies);
        self.document = Document::new(Workspace::new(content));
        self.path = path;
        self.notices = notices;
        self.read_only = read_only;
        self.concluding = self.concluding.anew();
        self.windows.clear();
        self.draft = None;
        self.edited = None;
        self.view = View::Board;
        self.marks.clear();
        self.trail.clear();
        self.repeat = None;
        self.triaged = None;
        self.board.deselect();
        self.message = None;
        self.recall(memory);
        outside::inform(self, news);
        recovery::tell(self, recovered, unfinished);
    }

    /// The workspace as it is on the screen.
    pub fn workspace(&self) -> &Workspace {
        self.document.workspace()
    }

    /// How many changes undo can take back.
    pub fn changes(&self) -> usize {
        self.document.changes()
    }

    /// The framework a pane is scored with.
    pub fn framework(&self, hat: Hat) -> &'static Framework {
        Framework::of(hat, self.workspace().settings())
    }

    /// The window that gets the keys.
    pub fn window(&self) -> Option<&Window> {
        self.windows.last()
    }

    /// Which keys work now.
    pub fn scope(&self) -> Scope {
        self.window().map_or(self.view_scope(), Window::scope)
    }

    /// Whether text is being typed, so that the caret is to be seen.
    pub fn is_typing(&self) -> bool {
        self.scope().takes_text()
    }

    /// The band with which the strip under the board begins.
    pub fn detail_top(&self) -> usize {
        let (id, top) = &self.detail;
        if id.as_ref() == self.cursor() { *top } else { 0 }
    }

    /// The areas of the board on this screen.
    pub fn layout(&self) -> layout::Layout {
        layout::Layout::of(self.area, self.board.hat)
    }

    fn refresh(&mut self) {
        self.refresh_rows();
        if self.is_first_sight {
            return;
        }
        self.conclude_again();
        self.draw_ends();
        self.refresh_view();
    }

    /// Scrolls so that the cursor is seen.
    fn reveal(&mut self) {
        let layout = self.layout();
        for hat in [Hat::Pm, Hat::Po] {
            let height = usize::from(layout.rows(hat).height);
            self.board.pane_mut(hat).reveal(height);
        }
    }

    /// The number typed before the command; 1 when none was.
    pub(crate) fn times(&self) -> usize {
        self.count.unwrap_or(1).max(1)
    }

    /// What typing needs to know.
    pub fn typing(&self) -> Typing<'_> {
        let month_first = self.preferences.dates.month_first();
        Typing { workspace: self.workspace(), today: self.today, month_first }
    }

    /// A new id that nothing has.
    pub(crate) fn new_id(&mut self) -> Id {
        let workspace = self.document.workspace();
        self.ids.next(|id| workspace.is_spoken_for(id))
    }

    /// Says what was done.
    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message::Did(text.into()));
    }

    /// Says why something was not done.
    pub(crate) fn refuse(&mut self, text: impl Into<String>) {
        self.message = Some(Message::Refused(text.into()));
    }

    /// Closes the topmost window.
    pub(crate) fn close(&mut self) -> Option<Window> {
        self.windows.pop()
    }
}
