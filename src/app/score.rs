//! The form that rates an item, factor by factor, and shows its score while one types.

use super::key::Key;
use super::text::TextField;
use super::{App, Window};
use crate::insight::calibration::Calibration;
use crate::insight::order;
use crate::scoring::{Factor, Framework, Score, written};
use crate::workspace::number::plural;
use crate::workspace::{Field, Id, Op, Record, Value};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

/// The ratings of one item, as typed.
#[derive(Debug)]
pub struct ScoreForm {
    /// What it is rated by.
    pub framework: &'static Framework,
    /// The item.
    pub id: Id,
    /// A line a factor, in the order of the framework.
    pub fields: Vec<TextField>,
    /// The factor the caret is in.
    pub at: usize,
    /// What is rated after this one.
    pub queue: VecDeque<Id>,
    /// How the ratings of finished work came out.
    past: Vec<Calibration>,
}

/// What a form says of the ratings typed so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The score, or what is missing.
    pub score: Score,
    /// Where the item stands now among the items of its list, from 1.
    pub stands: usize,
    /// Where it would stand in score order, from 1; what has no score keeps its place there.
    pub would_stand: Option<usize>,
    /// How many items the list has.
    pub of: usize,
}

impl ScoreForm {
    /// Opens the form for these items, one after the other.
    pub(super) fn open(app: &mut App, ids: Vec<Id>) {
        let mut queue = VecDeque::from(ids);
        let Some(id) = queue.pop_front() else { return };
        let Some(place) = app.workspace().place_of(&id) else { return };
        let framework = app.framework(place.hat());
        let ratings = app.workspace().get(&id).and_then(|record| record.get(Field::Ratings));
        let old = ratings.and_then(|ratings| ratings.get(framework.id));
        let typed = |factor: &Factor| old.and_then(|old| old.get(factor.id)).map(written);
        let fields = framework
            .factors
            .iter()
            .map(|factor| TextField::offering(&typed(factor).unwrap_or_default()))
            .collect();
        let past = Calibration::all(app.workspace());
        let form = Self { framework, id, fields, at: 0, queue, past };
        app.windows.push(Window::Score(form));
    }

    /// The factor the caret is in.
    pub fn factor(&self) -> &'static Factor {
        &self.framework.factors[self.at.min(self.framework.factors.len() - 1)]
    }

    /// How the ratings of the factor the caret is in came out so far, in words.
    pub fn past(&self) -> Option<String> {
        let factor = self.factor();
        let past = self.past.iter().find(|past| past.factor == factor.id)?;
        Some(format!("your {} {}", plural(factor.name), past.words()))
    }

    /// The rating typed for a factor: none when its line is empty.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn rating(&self, at: usize) -> Result<Option<Value>, String> {
        let text = self.fields[at].text();
        if text.trim().is_empty() {
            return Ok(None);
        }
        self.framework.factors[at].parse(text).map(Some)
    }

    /// What the ratings typed so far come to.
    pub fn outlook(&self, app: &App) -> Option<Outlook> {
        let spot = app.workspace().spot_of(&self.id)?;
        let list = app.workspace().list(spot.place);
        let score = self.framework.score(&self.draft(app.workspace().get(&self.id)?));
        let others = list.iter().enumerate().filter(|(_, record)| *record.id() != self.id);
        let scores: Vec<(usize, f64)> = others
            .filter_map(|(at, record)| Some((at, self.framework.score(record).value()?)))
            .collect();
        let would_stand = score.value().map(|score| order::standing(score, spot.index, &scores));
        Some(Outlook { score, stands: spot.index + 1, would_stand, of: list.len() })
    }

    /// What is worth a word about the ratings typed so far, in its list.
    pub fn warnings(&self, app: &App) -> Vec<String> {
        let Some(place) = app.workspace().place_of(&self.id) else { return Vec::new() };
        let Some(record) = app.workspace().get(&self.id) else { return Vec::new() };
        let draft = Arc::new(self.draft(record));
        let list = app.workspace().list(place).iter();
        let list: Vec<Arc<Record>> = list
            .map(|record| if *record.id() == self.id { &draft } else { record })
            .cloned()
            .collect();
        let warnings = self.framework.warnings(&list).into_iter();
        let warnings = warnings.filter(|word| word.factor == self.factor().id);
        let mine = warnings.filter(|word| word.item.as_ref().is_none_or(|id| *id == self.id));
        mine.map(|word| word.words).collect()
    }

    /// The item with the ratings typed so far.
    fn draft(&self, record: &Record) -> Record {
        let factors = self.framework.factors.iter().enumerate();
        let ratings = factors.fold(None, |map, (at, factor)| {
            Value::with(map.as_ref(), factor.id, self.rating(at).ok().flatten())
        });
        match Value::with(record.get(Field::Ratings), self.framework.id, ratings) {
            Some(ratings) => record.clone().with(Field::Ratings, ratings),
            None => record.clone().without(Field::Ratings),
        }
    }

    /// Types a key.
    pub(super) fn press(&mut self, key: Key) {
        let at = self.at;
        if let Some(field) = self.fields.get_mut(at) {
            field.press(key);
        }
    }

    /// Types a text.
    pub(super) fn paste(&mut self, text: &str) {
        let at = self.at;
        if let Some(field) = self.fields.get_mut(at) {
            field.paste(text);
        }
    }

    /// Takes the next step of the scale above (1) or below (-1) what is typed. Where the scale
    /// has no steps the caret moves.
    fn turn(&mut self, way: isize) {
        let factor = self.factor();
        let key = if way > 0 { "right" } else { "left" };
        if factor.scale.steps.is_empty() {
            return Key::parse(key).into_iter().for_each(|key| self.press(key));
        }
        let rating = self.rating(self.at).ok().flatten();
        if matches!(rating, Some(Value::List(_))) {
            // An interval is not on a step; an arrow must not take it away.
            return;
        }
        let now = rating.and_then(|value| factor.value(&value));
        let mut steps: Vec<f64> = factor.scale.steps.iter().map(|(value, _)| *value).collect();
        if way > 0 {
            steps.reverse();
        }
        let beyond = |step: &&f64| match now {
            None => true,
            Some(now) if way > 0 => **step > now,
            Some(now) => **step < now,
        };
        if let Some(step) = steps.iter().find(beyond) {
            self.fields[self.at].replace(&factor.scale.typed(*step));
        }
    }
}

/// Goes to another factor, round at the ends.
pub(super) fn step(app: &mut App, by: isize) {
    if let Some(Window::Score(form)) = app.windows.last_mut() {
        let count = form.fields.len().max(1).cast_signed();
        form.at = (form.at.cast_signed() + by).rem_euclid(count).cast_unsigned();
    }
}

/// Goes along the scale of the factor.
pub(super) fn turn(app: &mut App, way: isize) {
    if let Some(Window::Score(form)) = app.windows.last_mut() {
        form.turn(way);
    }
}

/// Goes on to the next factor that is empty; where there is none, takes the ratings and goes on to
/// the next item. What can't be taken gets the caret.
pub(super) fn accept(app: &mut App) {
    let Some(Window::Score(form)) = app.windows.last_mut() else { return };
    let after = form.at + 1..form.fields.len();
    if let Some(empty) = after.into_iter().find(|at| form.fields[*at].text().trim().is_empty()) {
        form.at = empty;
        return;
    }
    let mut values = Vec::new();
    for at in 0..form.fields.len() {
        match form.rating(at) {
            Ok(value) => values.push((form.framework.factors[at].id, value)),
            Err(wrong) => {
                form.at = at;
                return app.refuse(wrong);
            }
        }
    }
    let (framework, id) = (form.framework, form.id.clone());
    let queue = form.queue.drain(..).collect::<Vec<_>>();
    app.close();
    let revision = app.document.revision();
    rate(app, framework, &[id], &values);
    if app.document.revision() != revision {
        app.repeat = Some(Rc::new(move |app| {
            let ids = app.targets();
            rate(app, framework, &ids, &values);
        }));
    }
    if !queue.is_empty() {
        // What was said names keys that mean something else in the next form.
        app.message = None;
        ScoreForm::open(app, queue);
    }
}

fn rate(
    app: &mut App,
    framework: &'static Framework,
    ids: &[Id],
    values: &[(&'static str, Option<Value>)],
) {
    let today = app.today;
    let records = ids.iter().filter_map(|id| app.workspace().get(id));
    let ops: Vec<Op> = records
        .flat_map(|record| match framework.rate(record, values, today) {
            Op::Batch(ops) => ops,
            op => vec![op],
        })
        .collect();
    let Some(title) =
        ids.first().and_then(|id| app.workspace().get(id)).map(|r| r.title().to_owned())
    else {
        return;
    };
    if ops.is_empty() {
        return app.say(format!("as it was: {title}"));
    }
    if app.commit(format!("scored: {title}"), Op::Batch(ops)) {
        let score = ids.first().and_then(|id| app.workspace().get(id)).map(|r| framework.score(r));
        if let Some(Score::Of(score)) = score {
            let (name, undo) = (framework.name, app.key("undo"));
            app.say(format!("{name} {}: {title} · {undo} takes it back", framework.shown(score)));
        }
    }
}
