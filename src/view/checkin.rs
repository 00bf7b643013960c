//! Draws the check-in: what changed under its topics, the hats as bars, the signals.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, SELECTED, Theme, WRONG, bar};
use crate::app::App;
use crate::app::checkin::{CheckIn, Row};
use crate::app::layout::inside;
use crate::insight::balance::{Signal, Week};
use crate::insight::changes::{Change, What};
use crate::workspace::Hat;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of a bar, and of the name of a signal.
const BAR: usize = 16;
const NAME: usize = 34;
/// From this width on there is room for limits and for both bars in full.
const WIDE: usize = 70;

/// Draws the view; where its row under the cursor is.
pub(super) fn draw(
    app: &App,
    view: &CheckIn,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let hat = app.board.hat;
    border::around(buf, area, true, theme.hat(hat));
    let upper = border::upper(area);
    let who = if hat == Hat::Pm { "manager" } else { "owner" };
    let title = format!(" Check-in of the {who}{DOT}{} ", view.title);
    let (ticked, all) = view.ticked();
    let seen = format!(" {ticked} of {all} seen ");
    let room = usize::from(upper.width).saturating_sub(text::width(&seen) + 1);
    Pen::on(buf, upper).write(&title, theme.hat(hat));
    if all > 0 && text::width(&title) <= room {
        pen::write_right(buf, upper, &[(seen, theme.quiet)]);
    }
    let rows = inside(area);
    let lines = &view.lines;
    let seen = lines.rows.iter().enumerate().skip(lines.top).take(rows.height.into());
    let mut focus = None;
    for (number, (at, row)) in (0..).zip(seen) {
        let line = pen::line(rows, number);
        let here = lines.is_here(at);
        let mut pen = Pen::on(buf, line);
        pen.write(if here { CURSOR } else { " " }, theme.strong);
        self::row(row, theme, &mut pen);
        if here {
            pen::restyle(buf, line, theme.cursor);
            focus = Some(line.as_position());
        }
    }
    border::more(buf, area, lines.beyond(rows.height), theme.hat(hat));
    focus
}

fn row(row: &Row, theme: &Theme, pen: &mut Pen) {
    match row {
        Row::Blank => {}
        Row::Heading(words) => drop(pen.write(words, theme.strong)),
        Row::Text(words) => drop(pen.skip(1).write(words, theme.quiet)),
        Row::Change(change, words, ticked) => self::change(change, words, *ticked, theme, pen),
        Row::Week(week, most) => self::week(*week, *most, theme, pen),
        Row::Signal(signal) => self::signal(signal, theme, pen),
    }
}

fn change(change: &Change, words: &str, ticked: bool, theme: &Theme, pen: &mut Pen) {
    let style = if ticked { theme.quiet } else { Style::new() };
    pen.write(if ticked { SELECTED } else { " " }, theme.selected).skip(1);
    if !matches!(change.what, What::Did(..)) {
        // What happened matters more than the whole title.
        let room = pen.room().saturating_sub(text::width(words) + 2).max(pen.room() / 3);
        let name = text::fit(&change.title, room);
        pen.write(&name, if ticked { theme.quiet } else { theme.strong }).skip(2);
    }
    pen.write(words, style);
    if let Some(why) = &change.why {
        pen.write(DOT, theme.quiet).write(why, theme.quiet);
    }
}

fn week(week: Week, most: usize, theme: &Theme, pen: &mut Pen) {
    let share = |count: usize| {
        let number = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        if most == 0 { 0.0 } else { number(count) / number(most) }
    };
    let cells = if pen.room() >= WIDE { BAR } else { BAR / 2 };
    pen.skip(2).pad(&week.start.to_string(), 12, theme.quiet);
    for hat in [Hat::Pm, Hat::Po] {
        let count = week.of(hat);
        pen.write(if hat == Hat::Pm { "PM" } else { "PO" }, theme.hat(hat));
        pen.right(&count.to_string(), 5, Style::new()).skip(1);
        // Nothing is no sliver of a bar.
        let drawn = if count == 0 { String::new() } else { bar(share(count), cells) };
        pen.pad(&drawn, cells, theme.hat(hat)).skip(2);
    }
}

fn signal(signal: &Signal, theme: &Theme, pen: &mut Pen) {
    pen.write(if signal.is_on { WRONG } else { " " }, theme.warning).skip(1);
    let is_wide = pen.room() >= WIDE;
    let name = if is_wide { NAME } else { text::width(signal.title) + 2 };
    pen.pad(signal.title, name, if signal.is_on { theme.warning } else { Style::new() });
    pen.write(&signal.words, Style::new());
    if is_wide {
        pen.write(&format!("{DOT}a signal: {}", signal.limit), theme.quiet);
    }
}
