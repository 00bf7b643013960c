//! The view from the vision to what came of it: the product, its objectives with what they are
//! measured by and what serves them, whom it is for, what is left out, and how one's own
//! estimates came out.

use super::App;
use super::layout::inside;
use super::lines::{Lines, Stop};
use crate::insight::calibration::Calibration;
use crate::insight::coverage::{Aims, Coverage, Served};
use crate::insight::outcome::{self, Metric, Standing};
use crate::workspace::{Date, Field, Id, Kind, Place, Workspace, sorted};

/// Items of a list that are shown; the rest is counted.
const LISTED: usize = 30;

/// A line of the view.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// Nothing.
    Blank,
    /// What follows.
    Heading(&'static str),
    /// What cannot be gone to.
    Text(String),
    /// Nothing is in this place yet.
    Empty(Place),
    /// A field of the product, which is this record.
    Word(Id, Field),
    /// An objective and the effort that serves it.
    Objective(Served),
    /// What an objective is measured by, which of its metrics that is, and how it stands.
    Metric(Id, usize, Box<(Metric, Standing)>),
    /// A persona.
    Persona(Id),
    /// An item, with a word on why it stands here.
    Work(Id, String),
}

/// A part of a record that has no id of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A field of the product.
    Word(Field),
    /// A metric of an objective.
    Metric(Id, usize),
}

impl Row {
    /// The record it is about.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Self::Objective(served) => Some(&served.id),
            Self::Word(id, _) | Self::Metric(id, ..) | Self::Persona(id) | Self::Work(id, _) => {
                Some(id)
            }
            Self::Blank | Self::Heading(_) | Self::Text(_) | Self::Empty(_) => None,
        }
    }

    /// The part of a record that it is.
    pub fn part(&self) -> Option<Part> {
        match self {
            Self::Word(_, field) => Some(Part::Word(*field)),
            Self::Metric(id, at, _) => Some(Part::Metric(id.clone(), *at)),
            _ => None,
        }
    }

    /// Whether it is about the same as another row.
    fn is_same(&self, other: &Self) -> bool {
        let kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        kind && self.id() == other.id() && self.part() == other.part()
    }

    /// Whether something begins with it: `h` and `l` stop there.
    fn begins(&self) -> bool {
        let is_name = matches!(self, Self::Word(_, Field::Name));
        is_name || matches!(self, Self::Objective(_) | Self::Persona(_) | Self::Empty(_))
    }
}

impl Stop for Row {
    fn is_stop(&self) -> bool {
        self.id().is_some() || matches!(self, Self::Empty(_))
    }
}

/// The view.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// Its lines.
    pub lines: Lines<Row>,
    of: Option<(u64, Date)>,
}

impl Outcomes {
    /// The line under the cursor.
    pub fn row(&self) -> Option<&Row> {
        self.lines.row()
    }

    /// Brings the lines up to date; the cursor stays on what it was on.
    pub(super) fn refresh(&mut self, app: &App) {
        let stamp = (app.document.revision(), app.today);
        if self.of != Some(stamp) {
            let was = self.row().cloned();
            self.lines.rows = rows(app.workspace(), app.coverage(), app.today);
            self.of = Some(stamp);
            if let Some(was) = was {
                self.lines.look(|row| row.is_same(&was));
            }
            self.lines.settle();
        }
        self.lines.reveal(inside(app.layout().body).height);
    }

    /// Goes to the next objective or persona, or to the one before.
    pub(super) fn leap(&mut self, way: isize) {
        self.lines.leap(way, |rows, at| rows[at].begins());
    }

    /// Puts the cursor on a record; whether it is here.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        self.lines.look(|row| row.part().is_none() && row.id() == Some(id))
    }

    /// Puts the cursor on a metric of an objective, where there is one of this number.
    pub(super) fn look_at_metric(&mut self, of: &Id, at: usize) {
        self.lines.look(|row| matches!(row, Row::Metric(id, nth, _) if id == of && *nth == at));
    }

    /// Puts the cursor on the last metric of an objective.
    pub(super) fn look_at_last_metric(&mut self, of: &Id) {
        let is_it = |row: &Row| matches!(row, Row::Metric(id, ..) if id == of);
        self.lines.at = self.lines.rows.iter().rposition(is_it).unwrap_or(self.lines.at);
    }
}

fn rows(workspace: &Workspace, coverage: &Coverage, today: Date) -> Vec<Row> {
    let aims = Aims::of(workspace);
    let mut rows = vec![Row::Heading("PRODUCT")];
    let word = |field| Row::Word(workspace.product().id().clone(), field);
    rows.extend([Field::Name, Field::Vision, Field::Strategy].map(word));
    rows.extend([Row::Blank, Row::Heading("OBJECTIVES")]);
    for (nth, served) in coverage.objectives.iter().enumerate() {
        rows.extend((nth > 0).then_some(Row::Blank));
        rows.push(Row::Objective(served.clone()));
        rows.extend(metrics(workspace, &aims, &served.id, today));
        let work = work(workspace, &aims, &served.id);
        rows.extend(listed(work));
    }
    if coverage.objectives.is_empty() {
        rows.push(Row::Empty(Place::Objectives));
    }
    rows.extend([Row::Blank, Row::Heading("PERSONAS")]);
    for persona in workspace.list(Place::Personas) {
        rows.push(Row::Persona(persona.id().clone()));
        rows.extend(listed(linked(workspace, persona.id())));
    }
    if workspace.list(Place::Personas).is_empty() {
        rows.push(Row::Empty(Place::Personas));
    }
    rows.extend(gaps(coverage));
    rows.extend(estimates(workspace));
    rows
}

fn metrics(workspace: &Workspace, aims: &Aims, id: &Id, today: Date) -> Vec<Row> {
    let Some(objective) = workspace.get(id) else { return Vec::new() };
    let span = outcome::span(workspace, aims, objective);
    let all = Metric::all(objective).into_iter().enumerate();
    let row = |(at, metric): (usize, Metric)| {
        let standing = metric.standing(span, today);
        Row::Metric(id.clone(), at, Box::new((metric, standing)))
    };
    all.map(row).collect()
}

/// What serves an objective: all of the roadmap, of the backlog what names it, of what is done the
/// initiatives and what something is known of.
fn work(workspace: &Workspace, aims: &Aims, objective: &Id) -> Vec<Row> {
    let places = Place::ROADMAP.into_iter().chain([Place::Backlog, Place::Done]);
    let items =
        places.flat_map(|place| workspace.list(place).iter().map(move |item| (place, item)));
    let serves = items.filter(|(place, item)| {
        let told = item.link(Field::Objective) == Some(objective);
        let came = item.get(Field::Actual).or(item.get(Field::Experiment)).is_some();
        let shown = match place {
            Place::Done => came || item.kind() == Kind::Initiative,
            place => place.in_roadmap() || told,
        };
        shown && aims.get(item.id()) == Some(objective)
    });
    serves.map(|(_, item)| Row::Work(item.id().clone(), String::new())).collect()
}

/// What is open and links to a persona.
fn linked(workspace: &Workspace, persona: &Id) -> Vec<Row> {
    let links = workspace.links_to(persona).iter();
    let mut spots: Vec<_> = links
        .filter(|(_, field)| *field == Field::Persona)
        .filter_map(|(id, _)| Some((workspace.spot_of(id)?, id)))
        .filter(|(spot, _)| spot.place != Place::Done)
        .map(|(spot, id)| (spot.place, spot.index, id))
        .collect();
    sorted::by(&mut spots, Ord::cmp);
    spots.into_iter().map(|(_, _, id)| Row::Work(id.clone(), String::new())).collect()
}

/// The first of these, and how many more there are.
fn listed(mut rows: Vec<Row>) -> Vec<Row> {
    let more = rows.len().saturating_sub(LISTED);
    rows.truncate(LISTED);
    rows.extend((more > 0).then(|| Row::Text(format!("  and {more} more"))));
    rows
}

/// What is left out, in both directions.
fn gaps(coverage: &Coverage) -> Vec<Row> {
    let work = |id: &Id| Row::Work(id.clone(), String::new());
    let unserved = coverage.unserved.iter();
    let unserved = unserved.filter_map(|id| {
        coverage.objectives.iter().find(|served| served.id == *id).cloned().map(Row::Objective)
    });
    let waiting = coverage.unanswered.iter().map(|entry| {
        let days = entry.days.map_or(String::new(), |days| format!("for {days} days"));
        Row::Work(entry.id.clone(), days)
    });
    let groups: [(&'static str, Vec<Row>); 4] = [
        ("OBJECTIVES NOBODY SERVES", unserved.collect()),
        ("SERVES NO OBJECTIVE", coverage.aimless.iter().map(work).collect()),
        ("INITIATIVES WITHOUT AN ESTIMATE", coverage.sizeless.iter().map(work).collect()),
        ("FEEDBACK NOBODY ANSWERED", waiting.collect()),
    ];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    let group = |(heading, rows)| {
        [Row::Blank, Row::Heading(heading)].into_iter().chain(listed(rows)).collect::<Vec<_>>()
    };
    groups.flat_map(group).collect()
}

/// How the estimates came out that were held against what came.
fn estimates(workspace: &Workspace) -> Vec<Row> {
    let known = Calibration::all(workspace);
    if known.is_empty() {
        return Vec::new();
    }
    let line = |known: &Calibration| Row::Text(format!("{}: {}", known.name, known.words()));
    let head = [Row::Blank, Row::Heading("HOW YOUR ESTIMATES CAME OUT")];
    head.into_iter().chain(known.iter().map(line)).collect()
}
