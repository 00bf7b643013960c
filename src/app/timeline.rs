//! The initiatives and the releases in time: which rows there are, which stretch of time is seen,
//! and what there is to say of each.

use super::App;
use super::layout::inside;
use super::lines::{Lines, Stop};
use super::preferences::DateFormat;
use crate::insight::forecast::BEYOND;
use crate::insight::timeline::release::{Doubt, Stage, State};
use crate::insight::timeline::{Bar, Basis, Timeline};
use crate::workspace::{Date, Id, Place, Workspace};
use jiff::{Span, ToSpan};
use ratatui::layout::Rect;

/// A line of the view.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// What the rows below have in common.
    Heading(String),
    /// A release.
    Release(Id),
    /// An initiative.
    Bar(Id),
}

impl Row {
    /// The record it is about.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Heading(_) => None,
            Self::Release(id) | Self::Bar(id) => Some(id),
        }
    }
}

impl Stop for Row {
    fn is_stop(&self) -> bool {
        self.id().is_some()
    }
}

/// What the columns of time are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Zoom {
    /// Months, below the quarters they are in.
    #[default]
    Months,
    /// Quarters, below their years.
    Quarters,
}

impl Zoom {
    /// How long one of them is.
    pub fn step(self) -> Span {
        match self {
            Self::Months => 1.month(),
            Self::Quarters => 3.months(),
        }
    }

    /// The first day of the one that a day is in.
    pub fn first(self, day: Date) -> Date {
        let month = match self {
            Self::Months => day.month(),
            Self::Quarters => (day.month() - 1) / 3 * 3 + 1,
        };
        Date::new(day.year(), month, 1).unwrap_or(day)
    }
}

/// The view.
#[derive(Debug, Default)]
pub struct View {
    /// Everything that lies in time.
    pub plan: Timeline,
    /// The lines.
    pub lines: Lines<Row>,
    /// What the columns are made of.
    pub zoom: Zoom,
    /// Whether the initiatives stand by their objectives, and not by their releases.
    pub by_objective: bool,
    /// The first day that is seen.
    pub from: Option<Date>,
    of: Option<(u64, Date, bool)>,
}

impl View {
    /// The record under the cursor.
    pub fn cursor(&self) -> Option<&Id> {
        self.lines.row().and_then(Row::id)
    }

    /// Puts the cursor on a record. Whether it has a line.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        self.lines.look(|row| row.id() == Some(id))
    }

    /// Brings the lines up to date; the cursor stays on what it was on.
    pub(super) fn refresh(&mut self, app: &App) {
        let Some(forecast) = app.forecast() else { return };
        let stamp = Some((app.document.revision(), app.today, self.by_objective));
        if self.of != stamp {
            let was = self.cursor().or(app.board.cursor()).cloned();
            self.plan = Timeline::of(app.workspace(), forecast, app.today);
            self.lines.rows = rows(app.workspace(), &self.plan, self.by_objective);
            self.of = stamp;
            let again = was.is_some_and(|was| self.look_at(&was));
            if !again {
                self.lines.settle();
            }
            self.show_days(app);
        }
        self.from.get_or_insert(self.zoom.first(app.today.saturating_sub(20.days())));
        self.lines.reveal(Cells::of(inside(app.layout().body), self).rows.height);
    }

    /// Goes to where the next group begins, or the one before.
    pub(super) fn leap(&mut self, way: isize) {
        let heads = |row: &Row| matches!(row, Row::Heading(_));
        self.lines.leap(way, |rows, at| match &rows[at] {
            Row::Release(_) => true,
            Row::Bar(_) => at.checked_sub(1).is_some_and(|above| heads(&rows[above])),
            Row::Heading(_) => false,
        });
    }

    /// The days of what is under the cursor.
    fn days(&self) -> Option<(Date, Date)> {
        match self.lines.row()? {
            Row::Bar(id) => self.plan.bar(id)?.days(),
            Row::Release(id) => self.plan.stage(id)?.day.map(|day| (day, day)),
            Row::Heading(_) => None,
        }
    }

    /// Scrolls to what is under the cursor where nothing of it is seen.
    pub(super) fn show_days(&mut self, app: &App) {
        let (Some(from), Some((start, end))) = (self.from, self.days()) else { return };
        let to = Cells::of(inside(app.layout().body), self).to;
        if end < from || start >= to {
            self.from = Some(self.zoom.first(start.saturating_sub(20.days())));
        }
    }
}

/// The lines: releases with what goes out with them; or the releases, then the objectives. What is
/// done stands with the release or the objective it was done for, and not among what is left over.
fn rows(workspace: &Workspace, plan: &Timeline, by_objective: bool) -> Vec<Row> {
    let release = |stage: &Stage| Row::Release(stage.id.clone());
    let bars = |is_in: &dyn Fn(&Bar) -> bool| {
        let bars = plan.bars.iter().filter(|bar| is_in(bar));
        bars.map(|bar| Row::Bar(bar.id.clone())).collect::<Vec<_>>()
    };
    let is_open = |bar: &Bar| bar.basis != Basis::Done;
    let under = |heading: String, rows: Vec<Row>| {
        let heading = (!rows.is_empty()).then_some(Row::Heading(heading));
        heading.into_iter().chain(rows)
    };
    let mut rows = Vec::new();
    if by_objective {
        rows.extend(under("Releases".to_owned(), plan.stages.iter().map(release).collect()));
        for objective in workspace.list(Place::Objectives) {
            let serves = bars(&|bar| bar.objective.as_ref() == Some(objective.id()));
            rows.extend(under(objective.title().to_owned(), serves));
        }
        rows.extend(under(
            "Serves no objective".to_owned(),
            bars(&|bar| bar.objective.is_none() && is_open(bar)),
        ));
        return rows;
    }
    for stage in &plan.stages {
        rows.push(release(stage));
        rows.extend(bars(&|bar| bar.release.as_ref() == Some(&stage.id)));
    }
    rows.extend(under(
        "In no release".to_owned(),
        bars(&|bar| bar.release.is_none() && is_open(bar)),
    ));
    rows
}

/// The cells of the view.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    /// The lines of rows, below the two lines that name the columns.
    pub rows: Rect,
    /// Cells of the names on the left.
    pub names: u16,
    /// The first cell of time.
    pub x: u16,
    /// Cells of time.
    pub width: u16,
    /// The first day, and the first that is not seen any more.
    pub from: Date,
    /// The first day that is not seen any more.
    pub to: Date,
}

/// Lines that name the columns.
const HEAD: u16 = 2;
/// Cells between the names and the first day, for what waits for what.
const GUTTER: u16 = 3;
/// Cells of a month or a quarter, about.
const COLUMN: u16 = 12;

impl Cells {
    /// The cells of a view that has this area inside its border.
    pub fn of(area: Rect, view: &View) -> Self {
        let names = (area.width * 3 / 10).clamp(0, 34);
        let x = (names + GUTTER).min(area.width);
        let width = area.width - x;
        let columns = i32::from((width / COLUMN).clamp(2, 9));
        let from = view.from.unwrap_or(Date::ZERO);
        let to = (0..columns).fold(from, |day, _| day.saturating_add(view.zoom.step()));
        let head = HEAD.min(area.height);
        let rows = Rect { y: area.y + head, height: area.height - head, ..area };
        Self { rows, names, x: area.x + x, width, from, to }
    }

    /// Cells from the left to the one of a day; it may lie on either side of what is seen.
    pub fn column(&self, day: Date) -> i32 {
        let all = (self.to - self.from).get_days().max(1);
        let days = (day - self.from).get_days();
        (days * i32::from(self.width)).div_euclid(all)
    }
}

/// How a release stands, in words.
pub fn told(workspace: &Workspace, dates: &DateFormat, stage: &Stage) -> String {
    let title =
        |id: &Id| workspace.get(id).map_or_else(|| id.to_string(), |r| r.title().to_owned());
    let (all, accepted) = (stage.items.len(), stage.accepted);
    let by = stage.sure.map(|by| format!("done by {} (85 %)", dates.show(by)));
    match &stage.state {
        State::Milestone => "a milestone".to_owned(),
        State::Approved(day) => format!("approved on {}", dates.show(*day)),
        State::Empty => "nothing goes out with it".to_owned(),
        State::Ready => format!("ready: {all} of {all} accepted, the owner's approval is left"),
        State::Done => format!("done, {accepted} of {all} accepted"),
        State::OnTrack => format!("in time: {}", by.unwrap_or_default()),
        State::Unsure(Doubt::NoDay) => {
            format!("no day yet{}", by.map(|by| format!(" · {by}")).unwrap_or_default())
        }
        State::Unsure(Doubt::NoDates(why)) => why.clone(),
        State::Unsure(Doubt::Unplanned(id)) => {
            format!("nobody knows: {} is not in the backlog, nor has it parts there", title(id))
        }
        State::AtRisk(risk) => {
            let late = match (risk.days, stage.day) {
                (Some(1), _) => "a day late".to_owned(),
                (Some(days), _) => format!("{days} days late"),
                (None, _) => BEYOND.to_owned(),
            };
            let chain: Vec<String> = risk.chain.iter().map(title).collect();
            let through = match &chain[..] {
                [] => String::new(),
                [one] => format!(" · {one} is the last of it"),
                several => format!(" · through {}", several.join(" → ")),
            };
            let by = by.map(|by| format!(": {by}")).unwrap_or_default();
            format!("at risk, {late}{by}{through}")
        }
    }
}

/// Where an initiative lies and what that rests on, in words.
pub fn lies(workspace: &Workspace, dates: &DateFormat, bar: &Bar) -> String {
    let day = |day: Option<Date>| day.map_or("–".to_owned(), |day| dates.show(day));
    let stretch = format!("{} → {}", day(bar.start), day(bar.end));
    let mut words = vec![match bar.basis {
        Basis::Planned => format!("planned {stretch}"),
        Basis::Release => format!("{stretch}, as its release"),
        Basis::Forecast => format!("{stretch}, as its parts are foreseen"),
        Basis::Done => format!("{stretch}, done"),
        Basis::Nothing => "no days yet".to_owned(),
    }];
    if bar.even.is_some() || bar.sure.is_some() {
        words.push(format!("foreseen {} (50 %) to {} (85 %)", day(bar.even), day(bar.sure)));
    }
    words.extend(bar.late().map(|days| match days {
        1 => "a day late".to_owned(),
        days => format!("{days} days late"),
    }));
    let waits = bar.waits.iter().map(|(id, is_late)| {
        let title = workspace.get(id).map_or("", |record| record.title());
        let late = if *is_late { ", which ends after this begins" } else { "" };
        format!("waits for {title}{late}")
    });
    words.extend(waits);
    words.join(" · ")
}

/// What the view knows of the record under the cursor: a label and a text.
pub fn band(app: &App, id: &Id) -> Option<(String, String)> {
    let super::views::View::Timeline(view) = &app.view else { return None };
    let (workspace, dates) = (app.workspace(), &app.preferences.dates);
    let bar = view.plan.bar(id).map(|bar| ("in time".to_owned(), lies(workspace, dates, bar)));
    bar.or_else(|| {
        let stage = view.plan.stage(id)?;
        let mut words = told(workspace, dates, stage);
        if stage.state == State::Ready {
            words = format!("{words} ({})", app.key("approve-release"));
        }
        let (done, all) = (stage.done, stage.items.len());
        let parts = (all > 0).then(|| format!("{} of {all} accepted, {done} done", stage.accepted));
        let parts = parts.filter(|_| stage.state != State::Ready);
        let words = std::iter::once(words).chain(parts).collect::<Vec<_>>().join(" · ");
        Some(("stands".to_owned(), words))
    })
}
