//! When the items of the backlog will be done: known as soon as anything changes, in the same
//! frame.

use super::App;
use crate::insight::forecast::throughput::usual;
use crate::insight::forecast::{Forecast, LAST};
use crate::workspace::{Date, Document};

/// A forecast, and the revision and the day it is of.
#[derive(Debug, Default)]
pub(super) struct Expected {
    forecast: Option<Forecast>,
    of: Option<(u64, Date)>,
}

impl Expected {
    /// Brings it up to date.
    pub fn refresh(&mut self, document: &Document, today: Date) {
        let stamp = (document.revision(), today);
        if self.of == Some(stamp) {
            return;
        }
        let workspace = document.workspace();
        self.forecast = Some(match self.forecast.take() {
            Some(before) => before.again(workspace, LAST, today),
            None => Forecast::new(workspace, usual(), LAST, today),
        });
        self.of = Some(stamp);
    }
}

impl App {
    /// When the items of the backlog will be done.
    pub fn forecast(&self) -> Option<&Forecast> {
        self.expected.forecast.as_ref()
    }
}
