//! When the items of the backlog will be done.

use super::App;
use super::pane::{End, Lane, Pane};
use crate::insight::forecast::{BEYOND, Forecast, SURE, Waiting};
use crate::workspace::{Hat, Id, Place};

impl App {
    /// When the items of the backlog will be done.
    pub fn forecast(&self) -> Option<&Forecast> {
        self.concluding.known.forecast.as_ref()
    }

    /// What has to be delivered until this item is done.
    pub fn waiting(&self, id: &Id) -> Option<&Waiting> {
        self.forecast()?.of(self.workspace(), id)
    }

    /// The days by which an item is done: a label and a text.
    pub fn expected(&self, id: &Id) -> Option<(String, String)> {
        let forecast = self.forecast().filter(|forecast| forecast.not_enough.is_none())?;
        let item = forecast.of(self.workspace(), id)?;
        let dates = forecast.dates(item.points);
        let levels = [(50, 0.50, dates.p50), (85, SURE, dates.p85), (95, 0.95, dates.p95)];
        // What the sprints are too few for is not said; of one day its highest chance is.
        let told: Vec<_> = levels.iter().filter(|(_, at, _)| forecast.supports(*at)).collect();
        let days = told.chunk_by(|a, b| a.2 == b.2).filter_map(|levels| {
            let (chance, _, date) = levels.last()?;
            let date = date.map(|date| self.preferences.dates.show(date));
            Some(format!("{} ({chance} %)", date.as_deref().unwrap_or(BEYOND)))
        });
        let assumed = if item.assumed { " · size assumed" } else { "" };
        let label = if dates.p50.is_some() { "done by" } else { "done" };
        Some((label.to_owned(), days.collect::<Vec<_>>().join(" · ") + assumed))
    }

    /// Puts the ends of the sprints between the rows of the backlog; where several would stand in
    /// one spot, the first does. Under a filter and in score order there are none. While a forecast
    /// is being made the rows stay where they are.
    pub(super) fn draw_ends(&mut self) {
        let ends = self.ends(&self.board.backlog);
        let height = usize::from(self.layout().rows(Hat::Po).height);
        let pane = &mut self.board.backlog;
        // They push what is below them down, and the cursor not out of sight.
        let was_seen = pane.is_seen(height);
        pane.ends = ends;
        if was_seen {
            pane.reveal(height);
        }
    }

    fn ends(&self, pane: &Pane) -> Vec<End> {
        let [lane] = &pane.lanes[..] else { return Vec::new() };
        let own = lane.place == Place::Backlog && !lane.is_empty();
        if !own || pane.by_score || !self.board.filter.is_empty() {
            return Vec::new();
        }
        let Some(forecast) = self.forecast() else {
            return pane.ends.iter().filter(|end| end.row <= lane.len()).copied().collect();
        };
        let mut ends: Vec<End> = Vec::new();
        for (at, line) in forecast.lines.iter().enumerate() {
            let row = line.after.as_ref().map_or(Some(0), |id| self.below(lane, id));
            let Some(row) = row.filter(|row| ends.last().is_none_or(|end| end.row < *row)) else {
                continue;
            };
            ends.push(End { row, line: at });
        }
        ends
    }

    /// The row below an item and what is unfolded there.
    fn below(&self, lane: &Lane, id: &Id) -> Option<usize> {
        let spot = self.workspace().spot_of(id).filter(|spot| spot.place == lane.place)?;
        let next = lane.row(spot.index)? + 1;
        let parts =
            (next..lane.len()).take_while(|row| lane.shown(*row).is_some_and(|s| s.depth > 0));
        Some(next + parts.count())
    }
}
