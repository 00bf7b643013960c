//! The items of a pane on a plane of value and effort: where each lies, which one is next to it,
//! and what moving it across the plane says about it.

mod axes;
mod carry;
mod cells;

use super::layout::inside;
use super::views::View;
use super::{App, ranks};
use crate::insight::rank::items;
use crate::scoring::{Framework, Role, Score, formula};
use crate::workspace::{Id, Record, sorted};
use ratatui::layout::Position;
use std::collections::HashSet;
use std::sync::Arc;

pub use axes::Axes;
pub(super) use carry::carry;
pub use cells::Cells;

/// The view: which item has the cursor.
#[derive(Debug, Default)]
pub struct Matrix {
    cursor: Option<Id>,
    /// The items that are listed.
    shown: HashSet<Id>,
}

impl Matrix {
    /// The view with the cursor where the board has it.
    pub(super) fn open(app: &mut App) {
        ranks::start(app);
        let cursor = app.board.cursor().cloned();
        app.view = View::Matrix(Self { cursor, ..Self::default() });
    }

    /// The item under the cursor.
    pub fn cursor(&self) -> Option<&Id> {
        self.cursor.as_ref()
    }

    /// Puts the cursor on an item. Whether it is listed.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        let is_shown = self.shown.contains(id);
        if is_shown {
            self.cursor = Some(id.clone());
        }
        is_shown
    }

    /// Puts the cursor on the item that is drawn at a cell of the plane.
    pub(super) fn click(&mut self, app: &App, cell: Position) {
        let cells = Cells::of(inside(app.layout().body));
        let plane = Plane::of(app);
        let far = |dot: &&Dot| {
            let (x, y) = cells.place(dot);
            (y == cell.y).then(|| cell.x.checked_sub(x)).flatten().filter(|far| *far < cells.gap())
        };
        let dots = plane.dots.iter().filter(|dot| far(dot).is_some());
        let nearest = dots.min_by_key(|dot| far(dot)).map(|dot| dot.record.id());
        self.cursor = nearest.or(self.cursor()).cloned();
    }

    /// Finds the cursor's item again; where it is gone, the first takes its place.
    pub(super) fn refresh(&mut self, app: &App) {
        let plane = Plane::of(app);
        self.shown = plane.ids().cloned().collect();
        let own = self.cursor.take().filter(|id| self.shown.contains(id));
        self.cursor = own.or_else(|| plane.ids().next().cloned());
    }
}

/// The framework of the plane where that of the pane has nothing below the line.
const FALLBACK: &str = "value_effort";
/// Steps of the cursor at a time, at most: beyond that the end is near enough.
const FAR: usize = 500;
/// The middle of the plane, between the steps 5 and 6.
const CROSS: f64 = 5.5;

/// A quarter of the plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quadrant {
    /// Worth much for little.
    QuickWins,
    /// Worth much for much.
    BigBets,
    /// Worth little for little.
    FillIns,
    /// Worth little for much.
    MoneyPits,
}

impl Quadrant {
    /// Every quarter, the best first.
    pub const ALL: [Self; 4] = [Self::QuickWins, Self::BigBets, Self::FillIns, Self::MoneyPits];

    /// The quarter in which these lie.
    pub fn of(value: f64, effort: f64) -> Self {
        match (value > CROSS, effort > CROSS) {
            (true, false) => Self::QuickWins,
            (true, true) => Self::BigBets,
            (false, false) => Self::FillIns,
            (false, true) => Self::MoneyPits,
        }
    }

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::QuickWins => "quick wins",
            Self::BigBets => "big bets",
            Self::FillIns => "fill-ins",
            Self::MoneyPits => "money pits",
        }
    }
}

/// An item on the plane.
#[derive(Debug, Clone, Copy)]
pub struct Dot<'a> {
    /// The item.
    pub record: &'a Record,
    /// What its score has above the line and below it.
    pub parts: (f64, f64),
    /// The score.
    pub score: f64,
    /// Where its value lies, 1–10.
    pub value: f64,
    /// Where its effort lies, 1–10.
    pub effort: f64,
}

impl Dot<'_> {
    /// Its quarter.
    pub fn quadrant(&self) -> Quadrant {
        Quadrant::of(self.value, self.effort)
    }

    /// The steps of effort and value it is nearest to.
    pub fn step(&self) -> (i32, i32) {
        (nearest(self.effort), nearest(self.value))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "1 to 10")]
fn nearest(rating: f64) -> i32 {
    rating.round() as i32
}

/// The items of a pane.
#[derive(Debug, Default)]
pub struct Plane<'a> {
    /// What its axes are; none where there is no framework for it.
    pub axes: Option<Axes>,
    /// Those that are scored, by quarter and then by score.
    pub dots: Vec<Dot<'a>>,
    /// The others, with what they need.
    pub unrated: Vec<(&'a Record, Vec<&'static str>)>,
}

impl<'a> Plane<'a> {
    /// The pane that has the focus; under a filter what it finds.
    pub fn of(app: &'a App) -> Self {
        let Some(framework) = framework(app) else { return Self::default() };
        let rows = ranks::of(app);
        let shown: HashSet<&Id> = rows.iter().filter_map(ranks::RankRow::id).collect();
        let (mut scored, mut unrated) = (Vec::new(), Vec::new());
        for item in items(app.workspace(), app.board.hat) {
            // The workspace keeps what the list holds.
            let Some(record) = app.workspace().get(item.id()).map(Arc::as_ref) else { continue };
            match framework.score(record) {
                _ if !shown.contains(record.id()) => {}
                Score::Of(score) => scored.push((record, parts(framework, record), score)),
                Score::Needs(needs) => unrated.push((record, needs)),
            }
        }
        let all: Vec<(f64, f64)> = scored.iter().map(|(_, parts, _)| *parts).collect();
        let axes = Axes::of(framework, &all);
        let dot = |(record, parts, score): (&'a Record, (f64, f64), f64)| {
            let (value, effort) = (axes.value.place(parts.0), axes.effort.place(parts.1));
            Dot { record, parts, score, value, effort }
        };
        let mut dots: Vec<Dot> = scored.into_iter().map(dot).collect();
        let quarter = |dot: &Dot| Quadrant::ALL.iter().position(|one| *one == dot.quadrant());
        sorted::by(&mut dots, |a, b| quarter(a).cmp(&quarter(b)).then(b.score.total_cmp(&a.score)));
        Self { axes: Some(axes), dots, unrated }
    }

    /// The items, those on the plane first.
    fn ids(&self) -> impl Iterator<Item = &Id> {
        let dots = self.dots.iter().map(|dot| dot.record.id());
        dots.chain(self.unrated.iter().map(|(record, _)| record.id()))
    }

    /// The item one step of the cursor away: among those on the same spot first, then the nearest
    /// that way; below the plane come those that are not on it.
    fn beside(&self, id: &Id, (right, down): (isize, isize)) -> Option<&Id> {
        if let Some(at) = self.unrated.iter().position(|(record, _)| record.id() == id) {
            let lowest = || self.dots.iter().min_by(|a, b| a.value.total_cmp(&b.value));
            return match at.checked_add_signed(down) {
                Some(at) => self.unrated.get(at).map(|(record, _)| record.id()),
                None => lowest().map(|dot| dot.record.id()),
            };
        }
        let here = self.dots.iter().find(|dot| dot.record.id() == id)?;
        let stack = |step| self.dots.iter().filter(move |dot| dot.step() == step);
        let at = stack(here.step()).position(|dot| dot.record.id() == id)?;
        let below = at.checked_add_signed(down).filter(|_| down != 0);
        if let Some(dot) = below.and_then(|at| stack(here.step()).nth(at)) {
            return Some(dot.record.id());
        }
        let (effort, value) = here.step();
        let sign = |way: isize| i32::from(way > 0) - i32::from(way < 0);
        let far = |dot: &&Dot| {
            let (other, worth) = dot.step();
            let (across, along) = match (right, down) {
                (0, _) => ((other - effort).abs(), (value - worth) * sign(down)),
                _ => ((value - worth).abs(), (other - effort) * sign(right)),
            };
            (along > 0).then_some((along + 2 * across, across))
        };
        let nearest = self.dots.iter().filter(|dot| far(dot).is_some()).min_by_key(far);
        match nearest.map(Dot::step) {
            Some(step) if down < 0 => stack(step).next_back().map(|dot| dot.record.id()),
            Some(step) => stack(step).next().map(|dot| dot.record.id()),
            None if down > 0 => self.unrated.first().map(|(record, _)| record.id()),
            None => None,
        }
    }
}

/// That of the pane where it divides by something, else value and effort.
fn framework(app: &App) -> Option<&'static Framework> {
    let settings = app.workspace().settings();
    let own = Framework::of(app.board.hat, settings);
    let divides = own.factors.iter().any(|factor| factor.role == Role::Over);
    if divides { Some(own) } else { Framework::find(FALLBACK, settings) }
}

/// What the score of a record has above the line and below it.
fn parts(framework: &Framework, record: &Record) -> (f64, f64) {
    let values: Vec<f64> = framework.values(record).into_iter().flatten().collect();
    let factors = framework.factors;
    (formula::numerator(factors, &values), formula::divisor(factors, &values))
}

/// Moves the cursor, step by step as far as there is something.
pub(super) fn step(app: &mut App, (right, down): (isize, isize)) {
    let plane = Plane::of(app);
    let mut at = app.cursor().cloned();
    let times = right.unsigned_abs().max(down.unsigned_abs()).min(FAR);
    for _ in 0..times {
        let next =
            at.as_ref().and_then(|at| plane.beside(at, (right.signum(), down.signum())).cloned());
        let Some(next) = next else { break };
        at = Some(next);
    }
    ranks::go(app, at);
}

/// Puts the cursor on an item of the list, counted from 1; on the last where it has fewer.
pub(super) fn to(app: &mut App, number: usize) {
    let plane = Plane::of(app);
    let goal = plane.ids().nth(number.saturating_sub(1)).or_else(|| plane.ids().last()).cloned();
    ranks::go(app, goal);
}
