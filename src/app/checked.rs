//! What the rules that look for what is wrong or missing know of the workspace, and how the effort
//! covers the objectives, kept between changes: a frame then only looks at what it shows.

use super::App;
use crate::insight::check::Survey;
use crate::insight::coverage::Coverage;
use crate::workspace::{Date, Document};

/// A survey, and the revision and the day it is of.
#[derive(Debug, Default)]
pub(super) struct Checked {
    survey: Survey,
    coverage: Coverage,
    of: Option<(u64, Date)>,
}

impl Checked {
    /// Brings it up to date.
    pub fn refresh(&mut self, document: &Document, today: Date) {
        let stamp = (document.revision(), today);
        if self.of == Some(stamp) {
            return;
        }
        self.survey = match self.of {
            Some(_) => self.survey.again(document.workspace(), today),
            None => Survey::of(document.workspace(), today),
        };
        self.coverage = Coverage::of(document.workspace(), today);
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
        &self.checked.coverage
    }
}
