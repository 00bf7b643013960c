//! A metric as a picture: its readings as a line, its target as another.

use super::html::escape;
use crate::insight::outcome::{Metric, days, shown};
use std::fmt::Write as _;

/// The picture in its own units, and the edge around what is drawn.
const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 96.0;
const EDGE: f64 = 8.0;

/// The readings of a metric as SVG; nothing where there are fewer than two.
pub(super) fn write(metric: &Metric) -> String {
    let (Some((first, _)), Some((last, newest))) =
        (metric.readings.first().copied(), metric.latest())
    else {
        return String::new();
    };
    let all = days(first, last);
    if all <= 0 {
        return String::new();
    }
    let values = metric.readings.iter().map(|(_, value)| *value);
    let marks: Vec<f64> = values.chain(metric.target).chain(metric.baseline).collect();
    let low = marks.iter().copied().fold(f64::INFINITY, f64::min);
    let high = marks.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let share = |days: i64| {
        i32::try_from(days).map_or(1.0, f64::from) / i32::try_from(all).map_or(1.0, f64::from)
    };
    let x = |on| EDGE + share(days(first, on)) * (WIDTH - 2.0 * EDGE);
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2.0 * EDGE);
    let points: Vec<String> = metric
        .readings
        .iter()
        .map(|(on, value)| format!("{:.1},{:.1}", x(*on), y(*value)))
        .collect();
    let words = format!(
        "{}: {} readings from {} to {}, the newest {}",
        escape(&metric.name),
        points.len(),
        first,
        last,
        shown(newest)
    );
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{words}\">"
    );
    if let Some(target) = metric.target {
        let y = y(target);
        let _ = write!(
            svg,
            "<line class=\"target\" x1=\"{EDGE}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
            WIDTH - EDGE
        );
    }
    let _ = write!(svg, "<polyline points=\"{}\"/>", points.join(" "));
    let _ = write!(svg, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/></svg>", x(last), y(newest));
    svg
}
