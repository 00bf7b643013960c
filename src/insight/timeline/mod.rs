//! Where does each initiative lie in time, and does each release keep its day?

pub mod finish;
pub mod release;
pub mod resources;

use super::coverage::Aims;
use super::forecast::Forecast;
use crate::workspace::{Date, Field, Id, Kind, Place, Record, Workspace, sorted};
use finish::{Finishes, leaves, open_leaves};
use jiff::ToSpan;
use release::Stage;
use resources::Load;

/// Days for which what is done stays on the timeline.
const RECENT: i32 = 92;
/// Days of a bar of which only the end is known, where that has passed.
const SHORT: i32 = 28;

/// Everything that lies in time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    /// The initiatives, in the order of the roadmap; behind them what was done lately.
    pub bars: Vec<Bar>,
    /// The releases, by their days.
    pub stages: Vec<Stage>,
    /// What the plan asks of each quarter.
    pub loads: Vec<Load>,
    /// Why nothing is foreseen, where nothing is.
    pub not_enough: Option<String>,
}

/// An initiative in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The initiative.
    pub id: Id,
    /// The release it goes out with.
    pub release: Option<Id>,
    /// The objective it serves.
    pub objective: Option<Id>,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    pub end: Option<Date>,
    /// Where the last day comes from.
    pub basis: Basis,
    /// By when its parts are done, with a chance of 50 %.
    pub even: Option<Date>,
    /// The same with 85 %.
    pub sure: Option<Date>,
    /// What it waits for, and whether that ends after it begins.
    pub waits: Vec<(Id, bool)>,
}

/// Where the last day of a bar comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Somebody planned it: its due day.
    Planned,
    /// The day of its release.
    Release,
    /// The forecast of its parts, at 50 %.
    Forecast,
    /// It is done.
    Done,
    /// There is none.
    Nothing,
}

impl Basis {
    /// Its name for programs.
    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Release => "release",
            Self::Forecast => "forecast",
            Self::Done => "done",
            Self::Nothing => "nothing",
        }
    }
}

impl Bar {
    /// Its first and its last day, where both are known.
    pub fn days(&self) -> Option<(Date, Date)> {
        Some((self.start?, self.end?)).filter(|(start, end)| start <= end)
    }

    /// Days by which it is late with a chance of 85 %, where it has an end that was set.
    pub fn late(&self) -> Option<i32> {
        let end = self.end.filter(|_| matches!(self.basis, Basis::Planned | Basis::Release))?;
        self.sure.map(|sure| (sure - end).get_days()).filter(|days| *days > 0)
    }
}

impl Timeline {
    /// How everything lies on this day.
    pub fn of(workspace: &Workspace, forecast: &Forecast, today: Date) -> Self {
        let mut finishes = Finishes::of(workspace, forecast);
        let aims = Aims::of(workspace);
        let lanes = Place::ROADMAP.into_iter().flat_map(|lane| workspace.list(lane));
        let is_work = |item: &&_| Record::kind(item).is_work();
        let mut bars: Vec<Bar> = lanes
            .map(|item| &**item)
            .filter(is_work)
            .map(|item| bar(workspace, forecast, &mut finishes, &aims, item, today))
            .collect();
        let done = workspace.list(Place::Done).iter().map(|item| &**item);
        let since = today.saturating_sub(RECENT.days());
        let is_recent = |item: &&Record| {
            let was = item.kind() == Kind::Initiative;
            was && item.date(Field::Done).is_some_and(|day| day >= since)
        };
        bars.extend(done.filter(is_recent).map(|item| finished(workspace, &aims, item)));
        begin_too_soon(workspace, &mut bars);
        let releases = workspace.list(Place::Releases).iter();
        let mut stages: Vec<Stage> = releases
            .map(|release| Stage::of(workspace, release, forecast, &mut finishes, today))
            .collect();
        sorted::by_key(&mut stages, |stage| (stage.day.is_none(), stage.day));
        let loads = resources::loads(workspace, &bars);
        Self { bars, stages, loads, not_enough: forecast.not_enough.clone() }
    }

    /// The bar of an initiative.
    pub fn bar(&self, id: &Id) -> Option<&Bar> {
        self.bars.iter().find(|bar| bar.id == *id)
    }

    /// How a release stands.
    pub fn stage(&self, id: &Id) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == *id)
    }

    /// The initiatives without an effort or a place in time, which no quarter counts.
    pub fn uncounted(&self, workspace: &Workspace) -> usize {
        let counts = |bar: &&Bar| {
            let effort = workspace.get(&bar.id).and_then(|item| resources::effort(workspace, item));
            bar.days().is_some() && effort.is_some()
        };
        self.bars.iter().filter(|bar| !counts(bar)).count()
    }
}

fn bar(
    workspace: &Workspace,
    forecast: &Forecast,
    finishes: &mut Finishes,
    aims: &Aims,
    item: &Record,
    today: Date,
) -> Bar {
    let open = open_leaves(workspace, item.id());
    let (last, unknown) = finishes.last(&open);
    let dates = last.filter(|_| unknown.is_none()).map(|(_, much)| forecast.dates(much));
    let dates = dates.filter(|_| forecast.not_enough.is_none()).unwrap_or_default();
    let release = item.link(Field::Release).and_then(|id| workspace.get(id));
    let day = release.and_then(|release| release.date(Field::Day));
    let (end, basis) = match (item.date(Field::Due), day, dates.p50) {
        (Some(due), ..) => (Some(due), Basis::Planned),
        (_, Some(day), _) => (Some(day), Basis::Release),
        (_, _, Some(even)) => (Some(even), Basis::Forecast),
        _ => (None, Basis::Nothing),
    };
    let begun = || leaves(workspace, item.id()).iter().filter_map(|id| begun(workspace, id)).min();
    let known = item.date(Field::Start).or_else(begun).or(item.date(Field::Started));
    let usual = end.map(|end| if end < today { end.saturating_sub(SHORT.days()) } else { today });
    let waits = workspace.unmet(item).map(|id| (id.clone(), false)).collect();
    Bar {
        id: item.id().clone(),
        release: release.map(|release| release.id().clone()),
        objective: aims.get(item.id()).cloned(),
        start: known.or(usual),
        end,
        basis,
        even: dates.p50,
        sure: dates.p85,
        waits,
    }
}

/// The day on which work on an item began.
fn begun(workspace: &Workspace, id: &Id) -> Option<Date> {
    workspace.get(id)?.date(Field::Started)
}

fn finished(workspace: &Workspace, aims: &Aims, item: &Record) -> Bar {
    let end = item.date(Field::Done);
    let leaves = leaves(workspace, item.id());
    let begun = leaves.iter().filter_map(|id| begun(workspace, id)).min();
    let start = item.date(Field::Start).or(item.date(Field::Started)).or(begun);
    let release = item.link(Field::Release).filter(|id| workspace.contains(id));
    Bar {
        id: item.id().clone(),
        release: release.cloned(),
        objective: aims.get(item.id()).cloned(),
        start: start.filter(|start| Some(*start) <= end).or(end),
        end,
        basis: Basis::Done,
        even: None,
        sure: None,
        waits: Vec::new(),
    }
}

/// Marks what begins before what it waits for ends.
fn begin_too_soon(workspace: &Workspace, bars: &mut [Bar]) {
    let ends: Vec<(Id, Option<Date>)> = bars.iter().map(|bar| (bar.id.clone(), bar.end)).collect();
    let ends: std::collections::HashMap<Id, Option<Date>> = ends.into_iter().collect();
    for bar in bars {
        let Some(start) = bar.start else { continue };
        for (id, is_late) in &mut bar.waits {
            let due = workspace.get(id).and_then(|item| item.date(Field::Due));
            let end = ends.get(id).copied().flatten().or(due);
            *is_late = end.is_some_and(|end| end > start);
        }
    }
}

#[cfg(test)]
mod tests;
