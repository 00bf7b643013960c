//! What stands between header and detail strip: the two panes, or a view in their place.
//!
//! A view is one more way to look at the same items. It has its own keys for its own cursor, in a
//! scope of its own; what is done to the item under that cursor, undo, the palette and the windows
//! are the same in all of them. A new view is a variant here, and a row that opens it.

use super::actions::Scope;
use super::checkin::CheckIn;
use super::layout::inside;
use super::matrix::Matrix;
use super::outcomes::{Outcomes, Part, Row};
use super::ranks::Ranks;
use super::windows::Meant;
use super::{App, sprint, timeline};
use crate::workspace::{Date, Field, Id, Past, Record};
use ratatui::layout::Position;

/// What is looked at.
#[derive(Debug, Default)]
pub enum View {
    /// The two panes.
    #[default]
    Board,
    /// A sprint, column by column.
    Sprint(sprint::Board),
    /// Initiatives and releases in time.
    Timeline(timeline::View),
    /// Vision, objectives, what came of them.
    Outcomes(Outcomes),
    /// What changed since the last check-in.
    CheckIn(CheckIn),
    /// The items of a pane by rank, with how sure that is.
    Ranks(Ranks),
    /// The items of a pane by value and effort.
    Matrix(Matrix),
}

impl View {
    /// Whether the panes are seen.
    pub fn is_board(&self) -> bool {
        matches!(self, Self::Board)
    }

    /// Which keys work in it.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Board => Scope::Lists,
            Self::Sprint(_) => Scope::Sprint,
            Self::Timeline(_) => Scope::Timeline,
            Self::Outcomes(_) => Scope::Outcomes,
            Self::CheckIn(_) => Scope::CheckIn,
            Self::Ranks(_) => Scope::Ranks,
            Self::Matrix(_) => Scope::Matrix,
        }
    }

    /// The record under the cursor of a view in place of the panes; these keep their own.
    pub(super) fn cursor(&self) -> Option<&Id> {
        match self {
            Self::Board => None,
            Self::Sprint(board) => board.cursor(),
            Self::Timeline(view) => view.cursor(),
            Self::Outcomes(view) => view.row().and_then(Row::id),
            Self::CheckIn(view) => view.cursor(),
            Self::Ranks(ranks) => ranks.cursor(),
            Self::Matrix(matrix) => matrix.cursor(),
        }
    }

    /// Puts the cursor of a view in place of the panes on a record. Whether it is there to be seen.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        match self {
            Self::Board => false,
            Self::Sprint(board) => board.look_at(id),
            Self::Timeline(view) => view.look_at(id),
            Self::Outcomes(view) => view.look_at(id),
            Self::CheckIn(view) => view.look_at(id),
            Self::Ranks(ranks) => ranks.look_at(id),
            Self::Matrix(matrix) => matrix.look_at(id),
        }
    }

    /// Puts the cursor of a view in place of the panes on what is drawn at a cell.
    fn click(&mut self, app: &App, cell: Position) {
        let body = inside(app.layout().body);
        match self {
            Self::Board => {}
            Self::Sprint(board) => board.click(app, cell),
            Self::Timeline(view) => {
                let rows = timeline::Cells::of(body, view).rows;
                view.lines.click(rows, cell);
            }
            Self::Outcomes(view) => view.lines.click(body, cell),
            Self::CheckIn(view) => view.lines.click(body, cell),
            Self::Ranks(ranks) => ranks.click(app, cell),
            Self::Matrix(matrix) => matrix.click(app, cell),
        }
    }

    /// What the cursor is on where that is part of a record and none itself.
    pub(super) fn part(&self) -> Option<Part> {
        match self {
            Self::Outcomes(view) => view.row().and_then(Row::part),
            _ => None,
        }
    }

    /// Brings a view in place of the panes up to date with the workspace.
    fn refresh(&mut self, app: &App) {
        match self {
            Self::Board => {}
            Self::Sprint(board) => board.refresh(app),
            Self::Timeline(view) => view.refresh(app),
            Self::Outcomes(view) => view.refresh(app),
            Self::CheckIn(view) => view.refresh(app),
            Self::Ranks(ranks) => ranks.refresh(app),
            Self::Matrix(matrix) => matrix.refresh(app),
        }
    }
}

impl App {
    /// Brings the view up to date. It is taken out meanwhile, so that it can look at all the rest.
    pub(super) fn refresh_view(&mut self) {
        let mut view = std::mem::take(&mut self.view);
        view.refresh(self);
        self.view = view;
    }

    /// Puts the cursor of the view on what is drawn at a cell.
    pub(super) fn click_view(&mut self, cell: Position) {
        let mut view = std::mem::take(&mut self.view);
        view.click(self, cell);
        self.view = view;
    }

    /// Takes in what is remembered, where it is still asked for.
    pub(super) fn recalled(&mut self, since: Date, past: Past) {
        if let View::CheckIn(view) = &mut self.view {
            view.recall(since, past);
        }
    }

    /// Which keys work in what is looked at.
    pub fn view_scope(&self) -> Scope {
        if self.view.is_board() && self.board.shows_inbox() {
            return Scope::Inbox;
        }
        self.view.scope()
    }

    /// What a command works on.
    pub(crate) fn targets(&self) -> Vec<Id> {
        if self.view.is_board() {
            return self.board.targets(self.workspace());
        }
        let whole = self.view.cursor().filter(|_| self.view.part().is_none());
        whole.cloned().into_iter().collect()
    }

    /// What a key is meant for now.
    pub(super) fn meant(&self) -> Meant {
        let metric = match self.view.part() {
            Some(Part::Metric(id, at)) => self.workspace().get(&id).and_then(|record| {
                let name = record.list(Field::Metrics).get(at)?.get("name")?.as_text()?;
                Some(format!("{id} {name}"))
            }),
            _ => None,
        };
        (self.targets(), metric)
    }

    /// Whether what an open window was opened for is gone, since something else changed the file.
    /// Says so once.
    pub(super) fn has_strayed(&mut self) -> bool {
        let now = self.meant();
        let has_strayed = self.windows.stray(&now);
        if has_strayed {
            let again = "the same key again takes it for what is there now";
            self.refuse(format!("what this was begun for is gone · {again}"));
        }
        has_strayed
    }

    /// The id of the record under the cursor of the view.
    pub fn cursor(&self) -> Option<&Id> {
        if self.view.is_board() { self.board.cursor() } else { self.view.cursor() }
    }

    /// The record under the cursor.
    pub fn current(&self) -> Option<&Record> {
        self.cursor().and_then(|id| self.workspace().get(id)).map(std::convert::AsRef::as_ref)
    }

    /// Puts the cursor on a record, wherever it stands. Whether it can be seen there.
    pub(crate) fn go_to(&mut self, id: &Id) -> bool {
        if self.view.look_at(id) {
            return true;
        }
        let place = self.workspace().place_of(id).filter(|place| place.holds_items());
        let Some(place) = place else { return false };
        self.view = View::Board;
        self.board.look_at(place, id);
        self.refresh();
        self.board.cursor() == Some(id)
    }
}
