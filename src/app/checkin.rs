//! The check-in: what the hat that is on should know since its last one, topic by topic, to be
//! ticked off one by one; and how both hats are worn.

use super::layout::inside;
use super::lines::{Lines, Stop};
use super::views::View;
use super::{App, Effect};
use crate::insight::balance::{Balance, Signal, Week, signals};
use crate::insight::changes::{Change, Known, Since, Then, Topic, changes};
use crate::workspace::{Date, Field, Hat, Id, Op, Past, Place, Record, Spot, Step, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// A line of the check-in.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// Nothing.
    Blank,
    /// What follows.
    Heading(String),
    /// What cannot be gone to.
    Text(String),
    /// Something to know, in words, and whether it was ticked off.
    Change(Box<Change>, String, bool),
    /// How much each hat was worn in a week, and how much the busier one ever was.
    Week(Week, usize),
    /// What speaks for a second person.
    Signal(Signal),
}

impl Row {
    /// The record it is about.
    fn id(&self) -> Option<&Id> {
        if let Self::Change(change, ..) = self { Some(&change.id) } else { None }
    }

    /// Whether it is about the same as another row.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Change(a, words, _), Self::Change(b, others, _)) => {
                (a.topic(), &a.id, words) == (b.topic(), &b.id, others)
            }
            (a, b) => a == b,
        }
    }
}

impl Stop for Row {
    fn is_stop(&self) -> bool {
        matches!(self, Self::Change(..) | Self::Week(..) | Self::Signal(_))
    }
}

/// What was ticked off: hat, topic, record, words. It outlasts the view, until the hat's check-in
/// is kept.
#[derive(Debug, Default)]
pub(super) struct Ticks(HashSet<(Hat, Topic, Id, String)>);

impl Ticks {
    /// Forgets those of a hat.
    pub fn clear(&mut self, hat: Hat) {
        self.0.retain(|(of, ..)| *of != hat);
    }
}

/// The view.
#[derive(Debug, Default)]
pub struct CheckIn {
    /// Its lines.
    pub lines: Lines<Row>,
    /// Since when.
    pub title: String,
    /// The day from which on something has to be remembered.
    asked: Date,
    /// What is remembered, once it was read.
    past: Option<Past>,
    of: Option<(u64, Date, Hat)>,
}

impl CheckIn {
    /// Opens the view and asks for what is remembered.
    pub(super) fn open(app: &mut App) {
        let since = [Hat::Pm, Hat::Po].map(|hat| Since::last(app.workspace(), hat, app.today).day);
        let day = since.into_iter().min().unwrap_or(app.today);
        app.effects.push(Effect::LookBack(day));
        app.view =
            View::CheckIn(Self { title: "looking back …".into(), asked: day, ..Self::default() });
    }

    /// Takes in what is remembered from a day on, unless something else asked for less.
    pub(super) fn recall(&mut self, since: Date, past: Past) {
        if since <= self.asked {
            self.past = Some(past);
            self.of = None;
        }
    }

    /// Takes in what was done just now.
    pub(super) fn note(&mut self, today: Date, step: &Step) {
        if let Some(past) = &mut self.past {
            past.steps.push((today, step.clone()));
        }
    }

    /// The record under the cursor.
    pub(super) fn cursor(&self) -> Option<&Id> {
        self.lines.row().and_then(Row::id)
    }

    /// Puts the cursor on a record. Whether it has a line.
    pub(super) fn look_at(&mut self, id: &Id) -> bool {
        self.lines.look(|row| row.id() == Some(id))
    }

    /// How much of what there is to know was ticked off.
    pub fn ticked(&self) -> (usize, usize) {
        let changes = self.lines.rows.iter().filter(|row| matches!(row, Row::Change(..)));
        let ticked = changes.clone().filter(|row| matches!(row, Row::Change(.., true)));
        (ticked.count(), changes.count())
    }

    /// Brings the lines up to date; the cursor stays on what it was on.
    pub(super) fn refresh(&mut self, app: &App) {
        let stamp = (app.document.revision(), app.today, app.board.hat);
        if let Some(past) = self.past.as_ref().filter(|_| self.of != Some(stamp)) {
            let was = self.lines.row().cloned();
            let since = Since::last(app.workspace(), app.board.hat, app.today);
            let then = Then::of(app.workspace(), past, &since);
            self.title = format!("since {}", app.preferences.dates.show(since.day));
            self.lines.rows = rows(app, past, &then, &since);
            self.of = Some(stamp);
            if let Some(was) = was {
                self.lines.look(|row| row.is_same(&was));
            }
            self.lines.settle();
        }
        self.lines.reveal(inside(app.layout().body).height);
    }

    /// Ticks off what is under the cursor and goes on, or takes the tick away.
    pub(super) fn tick(&mut self, hat: Hat, ticks: &mut Ticks) {
        let row = self.lines.rows.get_mut(self.lines.at);
        let Some(Row::Change(change, words, ticked)) = row else { return };
        let key = (hat, change.topic(), change.id.clone(), words.clone());
        *ticked = ticks.0.insert(key.clone());
        if *ticked {
            self.lines.step(1);
        } else {
            ticks.0.remove(&key);
        }
    }
}

fn rows(app: &App, past: &Past, then: &Then, since: &Since) -> Vec<Row> {
    let (workspace, hat) = (app.workspace(), app.board.hat);
    let all = changes(then, workspace, since, app.today);
    let own: Vec<Change> = all.into_iter().filter(|change| change.hat == hat).collect();
    let mut rows = Vec::new();
    if then.known != Known::Log {
        rows.push(Row::Text(then.known.words()));
    }
    if own.is_empty() {
        rows.push(Row::Text("nothing changed that this hat should know of".into()));
    }
    for topic in Topic::ALL {
        let here: Vec<&Change> = own.iter().filter(|it| it.topic() == topic).collect();
        if !here.is_empty() {
            begin(&mut rows, topic.title());
        }
        rows.extend(here.into_iter().map(|change| {
            let words = change.words(workspace);
            let key = (hat, topic, change.id.clone(), words.clone());
            Row::Change(Box::new(change.clone()), words, app.ticks.0.contains(&key))
        }));
    }
    let balance = Balance::of(workspace, past, app.today);
    begin(&mut rows, "Hat balance: what was done under each, week by week");
    let most = balance.weeks.iter().map(|week| week.pm.max(week.po)).max().unwrap_or(0);
    rows.extend(balance.weeks.iter().map(|week| Row::Week(*week, most)));
    let signals = signals(workspace, &balance, app.today);
    let on = signals.iter().filter(|signal| signal.is_on).count();
    let all = signals.len();
    begin(&mut rows, &format!("Is it time for a second person? {on} of {all} signals"));
    rows.extend(signals.into_iter().map(Row::Signal));
    rows
}

fn begin(rows: &mut Vec<Row>, heading: &str) {
    if !rows.is_empty() {
        rows.push(Row::Blank);
    }
    rows.push(Row::Heading(heading.to_owned()));
}

/// What keeps a check-in of a hat.
pub fn kept(id: Id, hat: Hat, on: Date, note: &str) -> Op {
    let record =
        Record::new(id).with(Field::On, Value::Date(on)).with(Field::HatOn, Value::text(hat.key()));
    let record = match note {
        "" => record,
        note => record.with(Field::Note, Value::text(note)),
    };
    Op::Insert { record: Arc::new(record), at: Spot::bottom(Place::CheckIns) }
}
