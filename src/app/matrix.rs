//! The items of a pane on a plane of value and effort: where each lies, which one is next to it,
//! and what moving it across the plane says about it.

use super::App;
use super::ranks;
use super::views::View;
use crate::insight::rank::items;
use crate::scoring::{Factor, Framework, Score, written};
use crate::workspace::{Date, Id, Op, Record, Value};
use ratatui::layout::Rect;
use std::collections::HashSet;
use std::sync::Arc;

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

    /// Finds the cursor's item again; where it is gone, the first takes its place.
    pub(super) fn refresh(&mut self, app: &App) {
        let plane = Plane::of(app);
        self.shown = plane.ids().cloned().collect();
        let own = self.cursor.take().filter(|id| self.shown.contains(id));
        self.cursor = own.or_else(|| plane.ids().next().cloned());
    }
}

/// The framework of the plane.
const FRAMEWORK: &str = "value_effort";
/// Where an item is put that was not on the plane: in the middle of its scale.
const MIDDLE: f64 = 5.0;
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
    /// Its value, 1–10.
    pub value: f64,
    /// Its effort, 1–10.
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
    /// Those with both ratings, by quarter and then by score.
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
        let mut plane = Self::default();
        for item in items(app.workspace(), app.board.hat) {
            // The workspace keeps what the list holds.
            let Some(record) = app.workspace().get(item.id()).map(Arc::as_ref) else { continue };
            match (framework.score(record), &framework.values(record)[..]) {
                _ if !shown.contains(record.id()) => {}
                (Score::Of(_), [Some(value), Some(effort)]) => {
                    plane.dots.push(Dot { record, value: *value, effort: *effort });
                }
                (Score::Needs(needs), _) => plane.unrated.push((record, needs)),
                (Score::Of(_), _) => {}
            }
        }
        let quarter = |dot: &Dot| Quadrant::ALL.iter().position(|one| *one == dot.quadrant());
        plane.dots.sort_by(|a, b| {
            let score = |dot: &Dot| dot.value / dot.effort;
            quarter(a).cmp(&quarter(b)).then(score(b).total_cmp(&score(a)))
        });
        plane
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

fn framework(app: &App) -> Option<&'static Framework> {
    Framework::find(FRAMEWORK, app.workspace().settings())
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

/// Moves the item under the cursor across the plane, which rates it; what was not on it is put on
/// its middle.
pub(super) fn carry(app: &mut App, (right, down): (isize, isize)) {
    let times = app.times().cast_signed();
    let by = [amount(-down * times), amount(right * times)];
    let Some((framework, record)) = framework(app).zip(app.current()) else { return };
    let op = moved(framework, record, by, app.today);
    if matches!(&op, Op::Batch(ops) if ops.is_empty()) {
        return app.refuse("the scale ends here");
    }
    let words = said(framework, record, by);
    app.commit(words, op);
}

fn amount(steps: isize) -> f64 {
    i32::try_from(steps).map_or(0.0, f64::from)
}

/// The ratings an item has after it was moved.
fn after(framework: &Framework, record: &Record, by: [f64; 2]) -> Vec<(&'static str, Value)> {
    let ratings = framework.ratings(record);
    let is_on = framework.score(record).value().is_some();
    let factors = framework.factors.iter().zip(by);
    let rated = factors.map(|(factor, by)| {
        let rating = ratings.and_then(|ratings| ratings.get(factor.id));
        let rating = rating.filter(|rating| factor.value(rating).is_some());
        let by = if is_on { by } else { 0.0 };
        (factor.id, rating.map_or(Value::Number(MIDDLE), |rating| stepped(factor, rating, by)))
    });
    rated.collect()
}

fn moved(framework: &Framework, record: &Record, by: [f64; 2], today: Date) -> Op {
    let values = after(framework, record, by).into_iter();
    let values: Vec<_> = values.map(|(factor, value)| (factor, Some(value))).collect();
    framework.rate(record, &values, today)
}

/// What was said by moving an item: `value 8, effort 3: Bank feeds`.
fn said(framework: &Framework, record: &Record, by: [f64; 2]) -> String {
    let values = after(framework, record, by).into_iter();
    let values: Vec<_> = values.map(|(id, value)| format!("{id} {}", written(&value))).collect();
    format!("{}: {}", values.join(", "), record.title())
}

/// A rating so many steps further, within its scale; an interval keeps its width.
fn stepped(factor: &Factor, rating: &Value, by: f64) -> Value {
    let (min, max) = (factor.scale.min, factor.scale.max);
    if let Some((low, high)) = factor.interval(rating) {
        let by = by.clamp(min - low, max - high);
        return Value::List(vec![Value::Number(low + by), Value::Number(high + by)]);
    }
    let now = factor.value(rating).unwrap_or(MIDDLE);
    // From between two steps to the next one.
    let goal = if by > 0.0 { (now + by).floor() } else { (now + by).ceil() };
    let goal = if by == 0.0 { now } else { goal };
    Value::Number(goal.clamp(min, max))
}

/// How the cells of the view are shared.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    /// The cells of the plane, without its axes.
    pub plane: Rect,
    /// The cells of the list beside or below it; none where there is no room.
    pub list: Rect,
}

/// Cells of the axis of values.
const AXIS: u16 = 3;
/// Lines above and below the plane: the names of the quarters, and the axis of efforts.
const ABOVE: u16 = 1;
const BELOW: u16 = 2;
/// From this width on the list stands beside the plane.
const BESIDE: u16 = 58;
/// From this height on it stands below a plane that is narrower.
const UNDER: u16 = 14;

impl Cells {
    /// The cells of a view that has this area inside its border.
    pub fn of(area: Rect) -> Self {
        let (mut whole, mut list) = (area, Rect { height: 0, ..area });
        if area.width >= BESIDE {
            whole.width = area.width * 3 / 5;
            list =
                Rect { x: area.x + whole.width + 2, width: area.width - whole.width - 2, ..area };
        } else if area.height >= UNDER {
            whole.height = area.height * 2 / 3;
            let (y, height) = (area.y + whole.height, area.height - whole.height);
            list = Rect { y, height, ..area };
        }
        let plane = Rect {
            x: whole.x + AXIS.min(whole.width),
            y: whole.y + ABOVE.min(whole.height),
            width: whole.width.saturating_sub(AXIS),
            height: whole.height.saturating_sub(ABOVE + BELOW),
        };
        Self { plane, list }
    }

    /// Cells between two steps of effort.
    pub fn gap(&self) -> u16 {
        self.plane.width / 10
    }

    /// The cell of an item.
    pub fn place(&self, dot: &Dot) -> (u16, u16) {
        (self.column(dot.effort), self.row(dot.value))
    }

    /// The column of an effort.
    pub fn column(&self, effort: f64) -> u16 {
        self.plane.x + share((effort - 1.0) / 9.0, self.gap() * 9)
    }

    /// The row of a value.
    pub fn row(&self, value: f64) -> u16 {
        self.plane.y + share((10.0 - value) / 9.0, self.plane.height.saturating_sub(1))
    }

    /// The row between the upper and the lower quarters, where there is one to spare.
    pub fn cross(&self) -> Option<u16> {
        let (upper, lower) = (self.row(6.0), self.row(5.0));
        (lower > upper + 1).then_some(upper + 1)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of cells")]
fn share(share: f64, cells: u16) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(cells)).round() as u16
}
