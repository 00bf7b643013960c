//! Draws the view from the vision to what came of it.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{self, CURSOR, DOT, Theme, WRONG};
use crate::app::layout::inside;
use crate::app::outcomes::{Outcomes, Row};
use crate::app::{App, actions};
use crate::insight::coverage::Served;
use crate::insight::outcome::{Metric, Standing, shown};
use crate::workspace::{Field, Id, Place, Record, Value};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of a column of shares.
const SHARE: usize = 9;
/// From this width on there is room for all columns of shares and for where a metric stood; from
/// that one for what sort it is and for its readings as bars.
const WIDE: usize = 70;
const VERY_WIDE: usize = 100;
/// Readings drawn as bars at most, the newest.
const SPARKS: usize = 12;
/// Cells that the name of a metric and the name of a place take.
const NAME: usize = 24;
const PLACE: usize = 8;

/// What the lines are drawn with.
struct Painter<'a> {
    app: &'a App,
    theme: &'a Theme,
}

/// Draws the view; where its row under the cursor is.
pub(super) fn draw(
    app: &App,
    view: &Outcomes,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    border::around(buf, area, true, theme.hat(app.board.hat));
    let title = " Vision, objectives, what came of them ";
    Pen::on(buf, border::upper(area)).write(title, theme.hat(app.board.hat));
    let rows = inside(area);
    let lines = &view.lines;
    let seen = lines.rows.iter().enumerate().skip(lines.top).take(rows.height.into());
    let painter = Painter { app, theme };
    let mut focus = None;
    for (number, (at, row)) in (0..).zip(seen) {
        let line = pen::line(rows, number);
        let here = lines.is_here(at);
        let mut pen = Pen::on(buf, line);
        pen.write(if here { CURSOR } else { " " }, theme.strong);
        painter.row(row, &mut pen);
        if here {
            pen::restyle(buf, line, theme.cursor);
            focus = Some(line.as_position());
        }
    }
    border::more(buf, area, lines.beyond(rows.height), theme.quiet);
    focus
}

impl Painter<'_> {
    fn row(&self, row: &Row, pen: &mut Pen) {
        match row {
            Row::Blank => {}
            Row::Heading(words) => self.heading(words, pen),
            Row::Text(words) => drop(pen.skip(1).write(words, Style::new())),
            Row::Empty(place) => {
                let key = self.app.key("outcomes-add");
                let words = format!("no {} yet{DOT}{key} adds the first", place.key());
                pen.skip(1).write(&words, self.theme.quiet);
            }
            Row::Word(_, field) => self.word(*field, pen),
            Row::Objective(served) => self.objective(served, pen),
            Row::Metric(_, _, told) => self.metric(&told.0, &told.1, pen),
            Row::Persona(id) => self.persona(id, pen),
            Row::Work(id, why) => self.work(id, why, pen),
        }
    }

    fn record(&self, id: &Id) -> Option<&Record> {
        self.app.workspace().get(id).map(|record| &**record)
    }

    fn heading(&self, words: &str, pen: &mut Pen) {
        let columns = columns(pen.room());
        if words != "OBJECTIVES" || columns == 0 {
            pen.write(words, self.theme.strong);
            return;
        }
        let name = pen.room().saturating_sub(columns * SHARE + 2);
        pen.pad(words, name, self.theme.strong);
        for column in ["target", "planned", "done"].into_iter().take(columns) {
            pen.right(column, SHARE, self.theme.quiet);
        }
    }

    fn word(&self, field: Field, pen: &mut Pen) {
        let words = self.app.workspace().product().text(field);
        let words = words.lines().collect::<Vec<_>>().join(" ");
        pen.skip(1).pad(field.row().label, 10, self.theme.quiet);
        if words.is_empty() {
            let words = format!("not said yet{DOT}{} says it", self.app.key("title"));
            pen.write(&words, self.theme.quiet);
        } else {
            pen.write(&words, Style::new());
        }
    }

    fn objective(&self, served: &Served, pen: &mut Pen) {
        let title = self.record(&served.id).map(Record::title).unwrap_or_default();
        let columns = columns(pen.room());
        let room = pen.room().saturating_sub(columns * SHARE + 2);
        pen.pad(text::fit(title, room.saturating_sub(1)).as_ref(), room, self.theme.strong);
        let off = if served.is_off() { self.theme.warning } else { Style::new() };
        let shares =
            [(served.target, Style::new()), (served.planned, off), (served.done, Style::new())];
        for (share, style) in shares.into_iter().take(columns) {
            pen.right(&percent(share), SHARE, style);
        }
        if served.is_off() {
            pen.skip(1).write(WRONG, self.theme.warning);
        }
    }

    fn metric(&self, metric: &Metric, standing: &Standing, pen: &mut Pen) {
        let number = |number: Option<f64>| number.map_or("–".to_owned(), shown);
        let latest = metric.latest().map(|(_, value)| value);
        let (wide, very_wide) = (pen.room() >= WIDE, pen.room() >= VERY_WIDE);
        let name = if metric.kind.is_empty() || metric.kind == "other" || !very_wide {
            metric.name.clone()
        } else {
            format!("{} ({})", metric.name, metric.kind)
        };
        let cells = if very_wide { NAME + 10 } else { NAME.min(pen.room() / 3) };
        pen.skip(3).pad(&name, cells, Style::new()).skip(1);
        if very_wide {
            pen.pad(&sparks(metric), SPARKS + 1, self.theme.bar);
        }
        if wide {
            pen.write(&format!("{} → ", number(metric.baseline)), self.theme.quiet);
        }
        let unit = if metric.unit.is_empty() { String::new() } else { format!(" {}", metric.unit) };
        pen.write(&number(latest), self.theme.strong)
            .write(&format!(" → {}{unit}  ", number(metric.target)), self.theme.quiet);
        let style = if standing.is_bad() { self.theme.warning } else { Style::new() };
        pen.write(&standing.words(), style);
    }

    fn persona(&self, id: &Id, pen: &mut Pen) {
        let Some(persona) = self.record(id) else { return };
        let needs = persona.text(Field::Needs).lines().collect::<Vec<_>>().join(" ");
        pen.write(persona.title(), self.theme.strong);
        if !needs.is_empty() {
            pen.write(DOT, self.theme.quiet).write(&needs, self.theme.quiet);
        }
    }

    fn work(&self, id: &Id, why: &str, pen: &mut Pen) {
        let Some(item) = self.record(id) else { return };
        let place = self.app.workspace().place_of(id);
        let cells = PLACE.min(pen.room() / 4);
        pen.skip(3).pad(place.map_or("", Place::key), cells, self.theme.quiet).skip(1);
        pen.write(item.title(), Style::new());
        let words = self.about(item, why);
        if !words.is_empty() {
            pen.write(DOT, self.theme.quiet).write(&words.join(DOT), self.theme.quiet);
        }
    }

    /// What is believed of an item, how it is to be seen, and what came of it.
    fn about(&self, item: &Record, why: &str) -> Vec<String> {
        let trial = item.get(Field::Experiment);
        let part = |name: &str| trial.and_then(|trial| trial.get(name)).and_then(Value::as_text);
        let mut words: Vec<String> = [why.to_owned()].to_vec();
        words.extend(part("hypothesis").map(str::to_owned));
        words.extend(part("measure").map(|measure| format!("measured by {measure}")));
        words.extend(part("result").map(|result| format!("result: {result}")));
        words.extend(actions::told(self.app, item));
        words.retain(|words| !words.is_empty());
        words
    }
}

/// Columns of shares for which there is room: none, target and planned, or all.
fn columns(room: usize) -> usize {
    match room {
        0..40 => 0,
        40..WIDE => 2,
        _ => 3,
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

/// The newest readings as bars between the lowest and the highest of them; the baseline comes
/// first where it is known.
fn sparks(metric: &Metric) -> String {
    let readings = metric.readings.iter().map(|(_, value)| *value);
    let all: Vec<f64> = metric.baseline.into_iter().chain(readings).collect();
    let newest = &all[all.len().saturating_sub(SPARKS)..];
    if metric.readings.is_empty() {
        return String::new();
    }
    let low = newest.iter().copied().fold(f64::INFINITY, f64::min);
    let high = newest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    newest.iter().map(|value| theme::spark((value - low) / (high - low))).collect()
}
