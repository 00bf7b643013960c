//! What the rules that look for what is wrong or missing know of the workspace, and how the effort
//! covers the objectives, kept between changes: a frame then only looks at what it shows.

use super::App;
use super::detail::Made;
use crate::insight::check::{self, Rule, Survey};
use crate::insight::coverage::Coverage;
use crate::insight::progress::{self, Progress};
use crate::insight::{felt, inbox};
use crate::workspace::{Date, Id, Lookup, Place, Spot, Workspace, conflicted};
use std::cell::{OnceCell, RefCell};
use std::sync::Arc;

/// What is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Checked {
    survey: Option<Survey>,
    /// Made when it is looked at: its lists stand in the order of the workspace.
    coverage: OnceCell<Coverage>,
    /// What the board says of it, which no order changes.
    words: Vec<String>,
    is_felt: Option<bool>,
    /// Entries of the inbox that wait to be triaged.
    untriaged: usize,
    /// How far the items are that were looked at, which no order changes.
    progress: RefCell<Lookup<Id, Option<Progress>>>,
    /// What the items are made of that the strip showed, as long as that stands as it did.
    made: RefCell<Lookup<Id, Arc<Made>>>,
    /// How much of the ids that were looked at names them, which no order changes either.
    enough: RefCell<Lookup<Id, usize>>,
    /// What is wrong or missing first with what stands at the places that were looked at.
    first: RefCell<Lookup<Spot, Option<&'static Rule>>>,
    /// The records of which a merge kept two values of something, as far as that is known.
    disputed: Arc<[Id]>,
}

impl Checked {
    /// What is known after a change.
    pub fn again(&self, workspace: &Workspace, today: Date) -> Self {
        let coverage = Coverage::of(workspace, today);
        let survey = self.survey_again(workspace, today);
        Self {
            survey: Some(survey.unwrap_or_else(|| Survey::of(workspace, today))),
            words: coverage.words(),
            coverage: OnceCell::from(coverage),
            is_felt: Some(felt::is_any(workspace)),
            untriaged: inbox::sorted(workspace, today).waiting,
            progress: RefCell::default(),
            made: RefCell::default(),
            enough: RefCell::default(),
            first: RefCell::default(),
            disputed: conflicted(workspace).into_iter().map(|(id, _)| id).collect(),
        }
    }

    /// What of it is quick to find after a change, until all of it is known.
    pub fn meanwhile(&self, workspace: &Workspace, today: Date) -> Self {
        let disputed = Arc::clone(&self.disputed);
        Self { survey: self.survey_again(workspace, today), disputed, ..Self::default() }
    }

    /// Takes in that records of these lists stand in another order.
    pub fn reorder(&mut self, workspace: &Workspace, today: Date, places: &[Place]) {
        let stays = |made: &Made| !places.iter().any(|place| made.stands_in(*place));
        self.made.get_mut().retain(|_, made| stays(made));
        self.survey = self.survey_again(workspace, today);
        self.first = RefCell::default();
        self.coverage = OnceCell::new();
    }

    fn survey_again(&self, workspace: &Workspace, today: Date) -> Option<Survey> {
        self.survey.as_ref().map(|before| before.again(workspace, today))
    }
}

impl App {
    fn checked(&self) -> &Checked {
        &self.concluding.known.checked
    }

    /// What the rules need to know to check a single record, once that is known.
    pub fn survey(&self) -> Option<&Survey> {
        self.checked().survey.as_ref()
    }

    /// The most serious rule that finds something at what stands here, once the rules know enough.
    pub fn first_finding(&self, spot: Spot) -> Option<&'static Rule> {
        let survey = self.survey()?;
        let mut known = self.checked().first.borrow_mut();
        *known.entry(spot).or_insert_with(|| check::first_at(self.workspace(), survey, spot))
    }

    /// The records of which a merge kept two values of something. One may be among them of which
    /// that is decided already: all of them are looked for only now and then.
    pub(super) fn disputed(&self) -> &[Id] {
        &self.checked().disputed
    }

    /// What the effort serves, and what is served by nobody.
    pub fn coverage(&self) -> &Coverage {
        self.checked().coverage.get_or_init(|| Coverage::of(self.workspace(), self.today))
    }

    /// What is worth a word on the board of what the effort serves.
    pub fn covered(&self) -> &[String] {
        &self.checked().words
    }

    /// How much of what an item is made of is done; `None` where it is made of nothing.
    pub fn progress(&self, id: &Id) -> Option<Progress> {
        let mut known = self.checked().progress.borrow_mut();
        let of = || progress::of(self.workspace(), id);
        *known.entry(id.clone()).or_insert_with(of)
    }

    /// What an item is made of; kept only where that is anything.
    pub(super) fn made(&self, id: &Id) -> Arc<Made> {
        let of = || Arc::new(Made::of(self.workspace(), id, self.progress(id)));
        if !self.workspace().is_parent(id) {
            return of();
        }
        let mut known = self.checked().made.borrow_mut();
        Arc::clone(known.entry(id.clone()).or_insert_with(of))
    }

    /// How many bytes of an id name no other record; all of them where another begins with it.
    pub fn shortest_prefix(&self, id: &Id) -> usize {
        let mut known = self.checked().enough.borrow_mut();
        let enough = || self.workspace().shortest_prefix(id);
        *known.entry(id.clone()).or_insert_with(enough)
    }

    /// How many entries of the inbox wait to be triaged, once that is known.
    pub fn untriaged(&self) -> usize {
        self.checked().untriaged
    }

    /// Whether anything speaks for any open item.
    pub fn is_felt(&self) -> bool {
        self.checked().is_felt.unwrap_or_else(|| felt::is_any(self.workspace()))
    }
}
