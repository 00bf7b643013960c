//! What the rules that look for what is wrong or missing know of the workspace, and how the effort
//! covers the objectives, kept between changes: a frame then only looks at what it shows.

use super::App;
use crate::insight::check::Survey;
use crate::insight::coverage::Coverage;
use crate::insight::felt;
use crate::insight::progress::{self, Progress};
use crate::workspace::{Date, Document, Id, Lookup};
use std::cell::{OnceCell, RefCell};

/// What is known, and of which revision, substance and day.
#[derive(Debug, Default)]
pub(super) struct Checked {
    survey: Survey,
    /// Made when it is looked at: its lists stand in the order of the workspace.
    coverage: OnceCell<Coverage>,
    /// What the board says of it, which no order changes.
    words: Vec<String>,
    is_felt: bool,
    /// How far the items are that were looked at, which no order changes.
    progress: RefCell<Lookup<Id, Option<Progress>>>,
    of: Option<(u64, u64, Date)>,
}

impl Checked {
    /// Brings it up to date.
    pub fn refresh(&mut self, document: &Document, today: Date) {
        let (workspace, substance) = (document.workspace(), document.substance());
        let stamp = (document.revision(), substance, today);
        if self.of == Some(stamp) {
            return;
        }
        self.survey = match self.of {
            Some(_) => self.survey.again(workspace, today),
            None => Survey::of(workspace, today),
        };
        self.coverage = OnceCell::new();
        if self.of.is_none_or(|(_, before, day)| (before, day) != (substance, today)) {
            let coverage = Coverage::of(workspace, today);
            self.words = coverage.words();
            self.coverage = OnceCell::from(coverage);
            self.is_felt = felt::is_any(workspace);
            self.progress = RefCell::default();
        }
        self.of = Some(stamp);
    }
}

impl App {
    /// What the rules need to know to check a single record.
    pub fn survey(&self) -> &Survey {
        &self.checked.survey
    }

    /// What the effort serves, and what is served by nobody.
    pub fn coverage(&self) -> &Coverage {
        self.checked.coverage.get_or_init(|| Coverage::of(self.workspace(), self.today))
    }

    /// What is worth a word on the board of what the effort serves.
    pub fn covered(&self) -> &[String] {
        &self.checked.words
    }

    /// How much of what an item is made of is done; `None` where it is made of nothing.
    pub fn progress(&self, id: &Id) -> Option<Progress> {
        let mut known = self.checked.progress.borrow_mut();
        let of = || progress::of(self.workspace(), id);
        *known.entry(id.clone()).or_insert_with(of)
    }

    /// Whether anything speaks for any open item.
    pub fn is_felt(&self) -> bool {
        self.checked.is_felt
    }
}
