//! A metric as a picture: its readings as a line, its target as another.

use super::html::escape;
use crate::insight::outcome::{Metric, shown};
use crate::workspace::Date;
use std::fmt::Write as _;

/// The picture in its own units, and the edge around what is drawn.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 96.0;
const EDGE: f64 = 8.0;

/// Where days and values stand in the picture.
struct Axes {
    first: Date,
    /// Days from the first reading to the last.
    days: i32,
    low: f64,
    high: f64,
}

impl Axes {
    /// Axes on which all of a metric has room; none where there are fewer than two days of it.
    fn of(metric: &Metric) -> Option<Self> {
        let ((first, _), (last, _)) = (*metric.readings.first()?, metric.latest()?);
        let values = metric.readings.iter().map(|(_, value)| *value);
        let marks: Vec<f64> = values.chain(metric.target).chain(metric.baseline).collect();
        let low = marks.iter().copied().fold(f64::INFINITY, f64::min);
        let high = marks.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Some(Self { first, days: (last - first).get_days(), low, high })
            .filter(|axes| axes.days > 0)
    }

    fn x(&self, on: Date) -> f64 {
        let share = f64::from((on - self.first).get_days()) / f64::from(self.days);
        EDGE + share * (WIDTH - 2.0 * EDGE)
    }

    fn y(&self, value: f64) -> f64 {
        let span = if self.high > self.low { self.high - self.low } else { 1.0 };
        HEIGHT - EDGE - (value - self.low) / span * (HEIGHT - 2.0 * EDGE)
    }
}

/// The readings of a metric as SVG; nothing where they are all of one day.
pub(super) fn write(metric: &Metric) -> String {
    let (Some(axes), Some((last, newest))) = (Axes::of(metric), metric.latest()) else {
        return String::new();
    };
    let point = |(on, value): &(Date, f64)| format!("{:.1},{:.1}", axes.x(*on), axes.y(*value));
    let points: Vec<String> = metric.readings.iter().map(point).collect();
    let words = format!(
        "{}: {} readings from {} to {last}, the newest {}",
        escape(&metric.name),
        points.len(),
        axes.first,
        shown(newest)
    );
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{words}\">"
    );
    if let Some(y) = metric.target.map(|target| axes.y(target)) {
        let _ = write!(
            svg,
            "<line class=\"target\" x1=\"{EDGE}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
            WIDTH - EDGE
        );
    }
    let _ = write!(svg, "<polyline points=\"{}\"/>", points.join(" "));
    let (x, y) = (axes.x(last), axes.y(newest));
    let _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/></svg>");
    svg
}
