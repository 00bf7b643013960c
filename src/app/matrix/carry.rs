//! What moving an item across the plane says about it.

use super::axes::is_scale;
use super::{FAR, framework};
use crate::app::App;
use crate::scoring::{Factor, Framework, Role, written};
use crate::workspace::{Record, Value};

/// Where an item is put that was not on the plane: in the middle of its scale.
const MIDDLE: f64 = 5.0;

/// Moves the item under the cursor across the plane, which rates it. What was not on it is put on
/// its middle, where the axes are scales that have one.
pub(in crate::app) fn carry(app: &mut App, (right, down): (isize, isize)) {
    let Some((framework, record)) = framework(app).zip(app.current()) else { return };
    let is_on = framework.score(record).value().is_some();
    if !is_on && !is_scale(framework) {
        return app.refuse(format!("not on the plane yet · {} scores it", app.key("score")));
    }
    let Some(factor) = only_factor(framework, right != 0) else {
        let key = app.key("score");
        return app.refuse(format!("this is made of several factors · {key} rates them"));
    };
    let by = if is_on { (right - down) * app.times().cast_signed() } else { 0 };
    let values = after(framework, record, factor, by);
    let rated: Vec<_> = values.iter().map(|(of, value)| (of.id, Some(value.clone()))).collect();
    let op = framework.rate(record, &rated, app.today);
    if op.is_nothing() {
        return app.refuse("the scale ends here");
    }
    let said = values.iter().map(|(of, value)| format!("{} {}", of.name, written(value)));
    let words = format!("{}: {}", said.collect::<Vec<_>>().join(", "), record.title());
    app.commit(words, op);
}

/// What the effort of a framework is made of, or its value, where that is a single factor.
fn only_factor(framework: &Framework, is_effort: bool) -> Option<&Factor> {
    let mut factors =
        framework.factors.iter().filter(|factor| (factor.role == Role::Over) == is_effort);
    factors.next().filter(|_| factors.next().is_none())
}

/// The ratings of the plane that an item has after a factor went so many steps along its scale:
/// that factor's, and where the axes are scales both.
fn after<'a>(
    framework: &'a Framework,
    record: &Record,
    moved: &Factor,
    by: isize,
) -> Vec<(&'a Factor, Value)> {
    let ratings = framework.ratings(record);
    let factors = framework.factors.iter();
    let told = factors.filter(|factor| factor.id == moved.id || is_scale(framework));
    let rated = told.map(|factor| {
        let rating = ratings.and_then(|ratings| ratings.get(factor.id));
        let rating = rating.filter(|rating| factor.value(rating).is_some());
        let by = if factor.id == moved.id { by } else { 0 };
        (factor, rating.map_or(Value::Number(MIDDLE), |rating| stepped(factor, rating, by)))
    });
    rated.collect()
}

/// A rating so many steps further, within its scale. An interval keeps its width, and where the
/// scale has no end its proportion.
fn stepped(factor: &Factor, rating: &Value, by: isize) -> Value {
    let now = factor.value(rating).unwrap_or(MIDDLE);
    let next = |at: f64| if by > 0 { factor.scale.above_of(at) } else { factor.scale.below_of(at) };
    let steps = by.unsigned_abs().min(FAR);
    let goal = (0..steps).try_fold(now, |at, _| next(at).ok_or(at)).unwrap_or_else(|end| end);
    let Some((low, high)) = factor.interval(rating) else { return Value::Number(goal) };
    let (min, max) = (factor.scale.min, factor.scale.max);
    let [low, high] = if max.is_finite() {
        let by = (goal - now).clamp(min - low, max - high);
        [low + by, high + by]
    } else {
        [low, high].map(|end| end * goal / now)
    };
    Value::list([Value::Number(low), Value::Number(high)])
}
