//! Draws the burndown of a sprint, and what the sprints before delivered.

use crate::app::layout::inside;
use crate::app::sprint::head::amount;
use crate::insight::sprint::burndown::Burndown;
use crate::insight::sprint::velocity::{Past, Velocity};
use crate::view::border;
use crate::view::pen::{self, Pen};
use crate::view::theme::{DOT, EIGHTHS_UP, IDEAL, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells for the numbers at the left.
const AXIS: u16 = 5;

/// A bar of a chart, and a mark somewhere beside it.
struct Bar {
    /// How high; none where nothing is known.
    height: Option<f64>,
    /// Where the mark is.
    mark: Option<f64>,
}

/// Draws what was left at the end of each day, and what would be left if as much were done each
/// working day.
pub(super) fn burndown(burndown: Option<&Burndown>, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let burndown = burndown.filter(|burndown| !burndown.days.is_empty());
    let title = format!("Burndown{DOT}{IDEAL} ideal");
    let Some(burndown) = burndown else {
        return nothing(buf, area, theme, &title, "a first and a last day make one");
    };
    let bars: Vec<Bar> =
        burndown.days.iter().map(|day| Bar { height: day.left, mark: Some(day.ideal) }).collect();
    let most = bars.iter().filter_map(|bar| bar.height).fold(burndown.start, f64::max);
    chart(&bars, most, ("Burndown", &title), theme, buf, area);
}

/// Draws what the newest sprints delivered, with the line of what they promised.
pub(super) fn velocity(velocity: &Velocity, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let (Some(median), Some((low, high))) = (velocity.median, velocity.spread) else {
        return nothing(buf, area, theme, "Velocity", "a closed sprint makes one");
    };
    let sure = velocity.sure.map_or(String::new(), |sure| format!("{DOT}{} at 85 %", amount(sure)));
    let spread = format!("{} usual, {}–{}", amount(median), amount(low), amount(high));
    let title = format!("Velocity{DOT}{spread}{sure}{DOT}{IDEAL} promised");
    let bar = |past: &Past| Bar { height: Some(past.delivered), mark: past.committed };
    let bars: Vec<Bar> = velocity.sprints.iter().map(bar).collect();
    let most = bars.iter().flat_map(|bar| [bar.height, bar.mark]).flatten().fold(0.0, f64::max);
    chart(&bars, most, (&format!("Velocity {spread}"), &title), theme, buf, area);
}

/// Draws bars in a frame, or on a line of their own where there is no room for one.
fn chart(
    bars: &[Bar],
    most: f64,
    (short, title): (&str, &str),
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) {
    if area.height > 2 {
        frame(buf, area, theme, title);
        return draw(bars, most, theme, buf, inside(area));
    }
    let mut pen = Pen::on(buf, area);
    pen.skip(1).write(short, theme.quiet).skip(1);
    for bar in bars {
        match bar.height {
            Some(height) => pen.write(EIGHTHS_UP[step(height, most, 8.0)], theme.bar),
            None => pen.write(IDEAL, theme.quiet),
        };
    }
}

/// The symbol for a bar of this height where one of `most` fills so many eighths.
fn step(height: f64, most: f64, eighths: f64) -> usize {
    let filled = if most > 0.0 { height / most * eighths } else { 0.0 };
    (1..=8_u8).rev().find(|step| f64::from(*step) <= filled.round()).unwrap_or(0).into()
}

fn frame(buf: &mut Buffer, area: Rect, theme: &Theme, title: &str) {
    border::around(buf, area, false, theme.quiet);
    Pen::on(buf, border::upper(area)).write(&format!(" {title} "), Style::new());
}

fn nothing(buf: &mut Buffer, area: Rect, theme: &Theme, title: &str, words: &str) {
    if area.height > 2 {
        frame(buf, area, theme, title);
        Pen::on(buf, inside(area)).skip(1).write(words, theme.quiet);
    }
}

/// Draws bars side by side, the highest of `most` as high as there is room.
fn draw(bars: &[Bar], most: f64, theme: &Theme, buf: &mut Buffer, area: Rect) {
    if area.height == 0 || area.width <= AXIS {
        return;
    }
    let (top, bottom) = (pen::line(area, 0), pen::line(area, area.height - 1));
    for (line, number) in [(top, most), (bottom, 0.0)] {
        let line = Rect { width: AXIS - 1, ..line };
        Pen::on(buf, line).right(&amount(number), usize::from(line.width), theme.quiet);
    }
    let room = area.width - AXIS;
    let count = u16::try_from(bars.len()).unwrap_or(u16::MAX).max(1);
    let wide = (room / count).clamp(1, 4);
    for (at, bar) in (0..room / wide).zip(bars) {
        let column = Rect { x: area.x + AXIS + at * wide, width: wide, ..area };
        for line in 0..area.height {
            cell(bar, most, (line, area.height), theme, buf, pen::line(column, line));
        }
    }
}

/// Draws the part of a bar that lies on a line, counted from the top of so many.
fn cell(
    bar: &Bar,
    most: f64,
    (line, lines): (u16, u16),
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) {
    let eighths = |value: f64| if most > 0.0 { value / most * f64::from(lines) * 8.0 } else { 0.0 };
    let below = f64::from(lines - 1 - line) * 8.0;
    // A gap parts the bars where there is room for one.
    let wide = usize::from(area.width).saturating_sub(1).max(1);
    let marked = bar.mark.map(eighths).is_some_and(|mark| {
        let is_lowest = line + 1 == lines && mark <= 0.0;
        is_lowest || (mark > below && mark <= below + 8.0)
    });
    let filled = bar.height.map_or(0.0, |height| (eighths(height) - below).clamp(0.0, 8.0));
    let step = step(filled, 8.0, 8.0);
    let symbol = EIGHTHS_UP[step];
    let mut pen = Pen::on(buf, area);
    if marked {
        pen.write(&IDEAL.repeat(wide), theme.target);
    } else if step > 0 {
        pen.write(&symbol.repeat(wide), theme.bar);
    }
}
