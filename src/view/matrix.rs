//! Draws the plane of value and effort, and beside it the same in words.

use super::border;
use super::pen::{self, Pen};
use super::ranks::prefix;
use super::text;
use super::theme::{CURSOR, DOT, NO_SCORE, Theme};
use crate::app::App;
use crate::app::detail::needs;
use crate::app::layout::inside;
use crate::app::matrix::{Axes, Cells, Dot, Plane, Quadrant};
use crate::scoring::shown;
use crate::workspace::{Hat, Id, Record, sorted};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use std::collections::BTreeMap;

/// Draws the view; where the item is that has the cursor.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let hat = app.board.hat;
    border::around(buf, area, true, theme.hat(hat));
    let pane = if hat == Hat::Pm { "roadmap" } else { "backlog" };
    let upper = border::upper(area);
    let (cells, plane) = (Cells::of(inside(area)), Plane::of(app));
    let title = format!(" Value and effort of the {pane} ");
    let legend = plane.axes.map_or(String::new(), |axes| legend(&axes));
    let room = usize::from(upper.width).saturating_sub(text::width(&title));
    let legend = if text::width(&legend) <= room { &legend } else { " value ↑ · effort → " };
    let left = pen::write_right(buf, upper, &[(legend.to_owned(), theme.quiet)]);
    Pen::on(buf, left).write(&title, theme.hat(hat));
    axes(cells, plane.axes.is_some_and(|axes| axes.are_scales()), theme, buf);
    let on_plane = dots(app, &plane, cells, theme, buf);
    let in_list = list(app, &plane, theme, buf, cells.list);
    on_plane.or(in_list)
}

/// What each axis is made of.
fn legend(axes: &Axes) -> String {
    let (value, effort) = axes.names();
    format!(" {value} ↑{DOT}{effort} → ")
}

/// A line of so many cells.
fn cells_at(x: u16, y: u16, width: u16) -> Rect {
    Rect { x, y, width, height: 1 }
}

/// Writes the names of the quarters, the steps of both scales where they have some, and the cross
/// in the middle.
fn axes(cells: Cells, has_steps: bool, theme: &Theme, buf: &mut Buffer) {
    let plane = cells.plane;
    let Rect { x, y, width, height } = plane;
    let middle = u16::midpoint(cells.column(5.0), cells.column(6.0));
    let half = middle.saturating_sub(x);
    let names = |y: u16, left: Quadrant, right: Quadrant, buf: &mut Buffer| {
        Pen::on(buf, cells_at(x, y, half)).write(left.words(), theme.strong);
        let right_half = cells_at(middle + 2, y, width.saturating_sub(half + 2));
        Pen::on(buf, right_half).write(right.words(), theme.strong);
    };
    if height == 0 {
        return;
    }
    names(y.saturating_sub(1), Quadrant::QuickWins, Quadrant::BigBets, buf);
    names(y + height, Quadrant::FillIns, Quadrant::MoneyPits, buf);
    for row in y..y + height {
        Pen::on(buf, cells_at(middle, row, 1)).write("│", theme.quiet);
    }
    if let Some(cross) = cells.cross() {
        let line = "─".repeat(width.into());
        Pen::on(buf, cells_at(x, cross, width)).write(&line, theme.quiet);
    }
    if !has_steps {
        return;
    }
    let mut taken = None;
    for step in (1..=10_u8).rev() {
        let row = cells.row(step.into());
        if taken.replace(row) != Some(row) {
            let axis = cells_at(x.saturating_sub(3), row, 2);
            Pen::on(buf, axis).right(&step.to_string(), 2, theme.quiet);
        }
    }
    for step in 1..=10_u8 {
        let column = cells_at(cells.column(step.into()), y + height + 1, 2);
        let column =
            Rect { width: column.width.min((x + width).saturating_sub(column.x)), ..column };
        Pen::on(buf, column).write(&step.to_string(), theme.quiet);
    }
}

/// Writes the items onto the plane, that with the cursor last; where that one is. Where several
/// lie on one cell it says how many more.
fn dots(
    app: &App,
    plane: &Plane,
    cells: Cells,
    theme: &Theme,
    buf: &mut Buffer,
) -> Option<Position> {
    if cells.plane.is_empty() {
        return None;
    }
    let mut stacks: BTreeMap<(u16, u16), Vec<&Dot>> = BTreeMap::new();
    for dot in &plane.dots {
        stacks.entry(cells.place(dot)).or_default().push(dot);
    }
    let here = |dot: &&&Dot| Some(dot.record.id()) == app.cursor();
    let mut stacks: Vec<_> = stacks.into_iter().collect();
    sorted::by_key(&mut stacks, |(_, stack)| stack.iter().any(|dot| here(&dot)));
    let mut focus = None;
    for ((x, y), stack) in stacks {
        let seen = stack.iter().find(here).or(stack.first());
        let Some(dot) = seen else { continue };
        let is_here = here(&dot);
        let room = cells.gap().max(2);
        let words = label(app, dot.record.id(), stack.len() - 1, room.into());
        let right = (cells.plane.x + cells.plane.width).saturating_sub(x);
        let line = cells_at(x, y, u16::try_from(text::width(&words)).unwrap_or(2).min(right));
        let style = if is_here { theme.cursor } else { theme.hat(app.board.hat) };
        Pen::on(buf, line).write(&words, style);
        focus = focus.or(is_here.then_some(Position::new(x, y)));
    }
    focus
}

/// The beginning of an id, and how many more lie there: `k7+2`, or `k7+` where there is no room.
fn label(app: &App, id: &Id, more: usize, room: usize) -> String {
    let prefix = prefix(app, id);
    match more {
        0 => prefix,
        more if text::width(&prefix) + 1 + more.to_string().len() <= room.max(4) => {
            format!("{prefix}+{more}")
        }
        _ => format!("{prefix}+"),
    }
}

/// A line of the list.
enum Line<'a> {
    Heading(String),
    Item(&'a Record, String),
}

/// Writes the list, with the line in sight that has the cursor; where that is.
fn list(app: &App, plane: &Plane, theme: &Theme, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let lines = lines(app, plane);
    let is_here = |line: &Line| match line {
        Line::Item(record, _) => Some(record.id()) == app.cursor(),
        Line::Heading(_) => false,
    };
    let at = lines.iter().position(is_here).unwrap_or(0);
    let seen = border::seen(at, lines.len(), area.height.into());
    let ids = lines[seen.clone()].iter().filter_map(|line| match line {
        Line::Item(record, _) => Some(text::width(&prefix(app, record.id()))),
        Line::Heading(_) => None,
    });
    let ids = ids.max().unwrap_or(0).clamp(2, 6);
    let mut focus = None;
    for (number, line) in (0..).zip(&lines[seen]) {
        let row = pen::line(area, number);
        let mut pen = Pen::on(buf, row);
        match line {
            Line::Heading(words) => drop(pen.write(words, theme.strong)),
            Line::Item(record, rating) => {
                let id = record.id();
                pen.write(if is_here(line) { CURSOR } else { " " }, theme.hat(app.board.hat));
                pen.skip(1);
                pen.pad(&prefix(app, id), ids, theme.quiet).skip(1);
                let room = pen.room().saturating_sub(text::width(rating) + 1);
                pen.pad(record.title(), room, Style::new()).skip(1).write(rating, theme.quiet);
            }
        }
        if is_here(line) {
            pen::restyle(buf, row, theme.cursor);
            focus = (!row.is_empty()).then_some(row.as_position());
        }
    }
    focus
}

/// The items by quarter, and then those that are not on the plane.
fn lines<'a>(app: &App, plane: &Plane<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for quadrant in Quadrant::ALL {
        let dots: Vec<&Dot> = plane.dots.iter().filter(|dot| dot.quadrant() == quadrant).collect();
        lines.push(Line::Heading(format!("{}{DOT}{}", quadrant.words(), dots.len())));
        lines.extend(dots.iter().map(|dot| {
            let (value, effort) = dot.parts;
            let parts = format!("{}÷{}", short(value), short(effort));
            Line::Item(dot.record, format!("{parts} = {}", shown(dot.score)))
        }));
    }
    let Some(axes) = plane.axes else { return lines };
    if !plane.unrated.is_empty() {
        let count = plane.unrated.len();
        let keys = if axes.are_scales() {
            format!(
                "{} or {} puts it on",
                app.key("matrix-more-value"),
                app.key("matrix-more-effort")
            )
        } else {
            format!("{} scores it", app.key("score"))
        };
        lines.push(Line::Heading(format!("not on it{DOT}{count}{DOT}{keys}")));
    }
    // Only what is half rated needs to say what it needs.
    let needs = |factors: &[&'static str]| {
        let is_half = factors.len() < axes.framework.factors.len();
        if is_half {
            format!("needs {}", needs(axes.framework, factors))
        } else {
            NO_SCORE.to_owned()
        }
    };
    let unrated = plane.unrated.iter();
    lines.extend(unrated.map(|(record, factors)| Line::Item(record, needs(factors))));
    lines
}

/// A number, with three digits behind the point at most: what is computed of it is to be followed.
fn short(number: f64) -> String {
    ((number * 1000.0).round() / 1000.0).to_string()
}
