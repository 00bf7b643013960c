//! Where in its place a record goes.

use super::failure::Failure;
use super::naming;
use crate::workspace::{Id, Place, Spot, Workspace};
use clap::Args;

/// Where in its place a record goes, as told.
#[derive(Debug, Clone, Default, Args)]
#[group(id = "position", multiple = false)]
pub(super) struct Position {
    /// On top
    #[arg(long)]
    top: bool,
    /// At the bottom
    #[arg(long)]
    bottom: bool,
    /// Right before this one
    #[arg(long, value_name = "ID")]
    before: Option<String>,
    /// Right after this one
    #[arg(long, value_name = "ID")]
    after: Option<String>,
}

/// Where in a list a record goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// On top.
    Top,
    /// At the bottom.
    Bottom,
    /// Right before another.
    Before(Id),
    /// Right after another.
    After(Id),
}

impl Position {
    /// The slot, where one was told.
    pub fn slot(&self, workspace: &Workspace) -> Result<Option<Slot>, Failure> {
        Ok(match (&self.before, &self.after) {
            (Some(text), _) => Some(Slot::Before(naming::one(workspace, text)?)),
            (None, Some(text)) => Some(Slot::After(naming::one(workspace, text)?)),
            (None, None) if self.top => Some(Slot::Top),
            (None, None) => self.bottom.then_some(Slot::Bottom),
        })
    }
}

impl Slot {
    /// The slot these words name: `top`, `bottom`, `before ID` or `after ID`.
    pub fn told(workspace: &Workspace, words: &[&str]) -> Result<Self, Failure> {
        let mut position = Position::default();
        match words {
            ["top"] => position.top = true,
            ["bottom"] => position.bottom = true,
            ["before", id] => position.before = Some((*id).to_owned()),
            ["after", id] => position.after = Some((*id).to_owned()),
            _ => {}
        }
        let words = || "say where: top, bottom, before ID or after ID".to_owned();
        position.slot(workspace)?.ok_or_else(|| Failure::Usage(words()))
    }

    /// The record beside it.
    pub fn anchor(&self) -> Option<&Id> {
        match self {
            Self::Before(id) | Self::After(id) => Some(id),
            Self::Top | Self::Bottom => None,
        }
    }
}

/// The list of a place while records go into it one after the other, so that each spot holds when
/// its turn comes.
#[derive(Debug)]
pub(super) struct Queue {
    place: Place,
    ids: Vec<Id>,
    slot: Slot,
}

impl Queue {
    /// The list of a place into which records go at `slot`.
    ///
    /// # Errors
    /// When the record beside the slot stands elsewhere.
    pub fn new(workspace: &Workspace, place: Place, slot: Slot) -> Result<Self, Failure> {
        let ids: Vec<Id> = workspace.list(place).iter().map(|record| record.id().clone()).collect();
        match slot.anchor().filter(|id| !ids.contains(id)) {
            Some(id) => {
                let there = workspace.place_of(id);
                let hint = there.map(|there| format!("; --to {} is where it does", there.key()));
                let words = format!("{id} does not stand in {}", place.words());
                Err(Failure::Usage(words + &hint.unwrap_or_default()))
            }
            None => Ok(Self { place, ids, slot }),
        }
    }

    /// Puts the next record in, behind the one before. Gives its spot, counted without it, unless
    /// it stands there already.
    pub fn put(&mut self, id: &Id) -> Option<Spot> {
        let was = self.ids.iter().position(|other| other == id);
        was.map(|at| self.ids.remove(at));
        let find = |id: &Id| self.ids.iter().position(|other| other == id);
        let at = match &self.slot {
            Slot::Top => 0,
            Slot::Bottom => self.ids.len(),
            Slot::Before(anchor) => find(anchor).unwrap_or(0),
            Slot::After(anchor) => find(anchor).map_or(self.ids.len(), |at| at + 1),
        };
        self.ids.insert(at, id.clone());
        self.slot = Slot::After(id.clone());
        (was != Some(at)).then_some(Spot::new(self.place, at))
    }
}
