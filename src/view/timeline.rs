//! Draws the initiatives and releases in time: months and quarters on top, names on the left, a
//! bar for each initiative with lighter ends where its parts may be done, a mark for each release,
//! and what the row under the cursor waits for.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{CURSOR, DOT, FORESEEN, MILESTONE, RELEASE, RULE, Theme, WAITS};
use crate::app::App;
use crate::app::layout::inside;
use crate::app::timeline::{Cells, Row, View, Zoom};
use crate::insight::timeline::release::{Stage, State};
use crate::insight::timeline::resources::{Load, Quarter};
use crate::insight::timeline::{Bar, Basis};
use crate::workspace::{Date, Id};
use jiff::ToSpan;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

struct Painter<'a> {
    app: &'a App,
    view: &'a View,
    theme: &'a Theme,
    cells: Cells,
}

/// Draws the view; where its row under the cursor is.
pub(super) fn draw(
    app: &App,
    view: &View,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    border::around(buf, area, true, theme.hat(app.board.hat));
    let by = if view.by_objective { "objective" } else { "release" };
    let upper = border::upper(area);
    let legend = [(format!(" {RELEASE} release{DOT}{FORESEEN} 50 to 85 % "), theme.quiet)];
    let left = if upper.width >= 60 { pen::write_right(buf, upper, &legend) } else { upper };
    Pen::on(buf, left).write(&format!(" Timeline{DOT}by {by} "), theme.hat(app.board.hat));
    let cells = Cells::of(inside(area), view);
    let painter = Painter { app, view, theme, cells };
    painter.head(buf, inside(area));
    if view.lines.rows.is_empty() {
        painter.teach(buf);
    }
    let rows = cells.rows;
    let mut focus = None;
    for (number, at) in (0..rows.height).zip(view.lines.top..view.lines.rows.len()) {
        let line = pen::line(rows, number);
        painter.today(buf, line);
        painter.row(at, buf, line);
        painter.ties(at, buf, line);
        if view.lines.is_here(at) {
            let names = Rect { width: cells.names, ..line };
            pen::restyle(buf, names, theme.cursor);
            focus = Some(line.as_position());
        }
    }
    border::more(buf, area, view.lines.beyond(rows.height), theme.hat(app.board.hat));
    focus
}

impl Painter<'_> {
    /// A line of cells from one day up to the one before another, as far as it is seen.
    fn stretch(&self, line: Rect, from: Date, to: Date) -> Rect {
        let wide = i32::from(self.cells.width);
        let clip = |day: Date| u16::try_from(self.cells.column(day).clamp(0, wide)).unwrap_or(0);
        let (from, to) = (clip(from), clip(to));
        Rect { x: self.cells.x + from, width: to.saturating_sub(from), height: line.height, ..line }
    }

    /// The cell of a day, where it is seen.
    fn cell(&self, line: Rect, day: Date) -> Option<Rect> {
        let at = u16::try_from(self.cells.column(day)).ok().filter(|at| *at < self.cells.width)?;
        Some(Rect { x: self.cells.x + at, width: 1, ..line })
    }

    /// Writes what the columns are.
    fn head(&self, buf: &mut Buffer, area: Rect) {
        let (upper, lower) = (pen::line(area, 0), pen::line(area, 1));
        let mut day = match self.view.zoom {
            Zoom::Months => Quarter::of(self.cells.from).first(),
            Zoom::Quarters => Date::new(self.cells.from.year(), 1, 1).unwrap_or(self.cells.from),
        };
        while day < self.cells.to {
            let end = match self.view.zoom {
                Zoom::Months => Quarter::of(day).end(),
                Zoom::Quarters => day.saturating_add(1.year()),
            };
            let cells = self.stretch(upper, day, end);
            let (words, style) = self.heading(day, cells.width);
            Pen::on(buf, cells).write(&words, style);
            if end <= day {
                break;
            }
            day = end;
        }
        let mut day = self.view.zoom.first(self.cells.from);
        while day < self.cells.to {
            let end = day.saturating_add(self.view.zoom.step());
            let words = match self.view.zoom {
                Zoom::Months => day.strftime("%b").to_string(),
                Zoom::Quarters => self.quarter(day),
            };
            Pen::on(buf, self.stretch(lower, day, end)).write(&words, self.theme.quiet);
            if end <= day {
                break;
            }
            day = end;
        }
        if let Some(cell) = self.cell(lower, self.app.today) {
            Pen::on(buf, cell).write("│", self.theme.warning);
        }
    }

    /// What stands over several columns: a quarter with its load, or a year.
    fn heading(&self, day: Date, cells: u16) -> (String, Style) {
        if self.view.zoom == Zoom::Quarters {
            return (day.year().to_string(), self.theme.strong);
        }
        let quarter = Quarter::of(day);
        let short = format!("Q{} {}", quarter.number, quarter.year);
        let Some(share) = self.load(quarter).and_then(Load::share) else {
            return (short, self.theme.strong);
        };
        let style = if share > 1.0 { self.theme.alarm } else { self.theme.strong };
        let brief = format!("{short}{DOT}{:.0} %", share * 100.0);
        let over = if share > 1.0 { ", too much" } else { "" };
        let long = format!("{brief} of the people{over}");
        let fits = text::width(&long) < usize::from(cells);
        (if fits { long } else { brief }, style)
    }

    fn quarter(&self, day: Date) -> String {
        let quarter = Quarter::of(day);
        let share = self.load(quarter).and_then(Load::share);
        let share = share.map(|share| format!(" {:.0} %", share * 100.0)).unwrap_or_default();
        format!("Q{}{share}", quarter.number)
    }

    fn load(&self, quarter: Quarter) -> Option<&Load> {
        self.view.plan.loads.iter().find(|load| load.quarter == quarter)
    }

    fn teach(&self, buf: &mut Buffer) {
        let rows = self.cells.rows;
        let lines = [
            "nothing lies in time yet".to_owned(),
            format!("{} adds a release: 2.0, and its day", self.app.key("release-add")),
            format!("{} goes to the roadmap, where initiatives are added", self.app.key("roadmap")),
        ];
        for (number, words) in (0..).zip(lines) {
            Pen::on(buf, pen::line(rows, number)).skip(1).write(&words, self.theme.quiet);
        }
    }

    fn today(&self, buf: &mut Buffer, line: Rect) {
        if let Some(cell) = self.cell(line, self.app.today) {
            Pen::on(buf, cell).write("│", self.theme.quiet);
        }
    }

    fn row(&self, at: usize, buf: &mut Buffer, line: Rect) {
        match &self.view.lines.rows[at] {
            Row::Heading(words) => {
                let names = Rect { width: self.cells.names, ..line };
                Pen::on(buf, names).write(words, self.theme.strong);
            }
            Row::Release(id) => {
                let Some(stage) = self.view.plan.stage(id) else { return };
                self.name(at, id, mark(stage), self.theme.strong, buf, line);
                self.stage(stage, buf, line);
            }
            Row::Bar(id) => {
                let Some(bar) = self.view.plan.bar(id) else { return };
                let waits = if bar.waits.is_empty() { " " } else { WAITS };
                self.name(at, id, waits, Style::new(), buf, line);
                self.bar(bar, buf, line);
            }
        }
    }

    fn name(&self, at: usize, id: &Id, mark: &str, style: Style, buf: &mut Buffer, line: Rect) {
        let title = self.app.workspace().get(id).map_or("", |record| record.title());
        let mut pen = Pen::on(buf, Rect { width: self.cells.names, ..line });
        pen.write(if at == self.view.lines.at { CURSOR } else { " " }, self.theme.strong);
        pen.write(mark, self.theme.warning).skip(1);
        let room = pen.room();
        pen.pad(title, room, style);
    }

    /// A release: its day, the day by which it is done where that is later, and a word.
    fn stage(&self, stage: &Stage, buf: &mut Buffer, line: Rect) {
        let (theme, late) = (self.theme, stage.state.is_bad());
        let Some(day) = stage.day else {
            let words = format!("no day yet{DOT}{} sets it", self.app.key("form"));
            let cells = Rect { x: self.cells.x, width: self.cells.width, ..line };
            Pen::on(buf, cells).write(&words, theme.quiet);
            return;
        };
        let style = if late { theme.alarm } else { theme.strong };
        let mut last = day;
        if let Some(sure) = stage.sure.filter(|sure| late && *sure > day) {
            let over = self.stretch(line, day, sure.saturating_add(1.day()));
            Pen::on(buf, over).write(&RULE.repeat(over.width.into()), theme.alarm);
            last = sure;
        }
        if let Some(cell) = self.cell(line, day) {
            Pen::on(buf, cell).write(mark(stage), style);
        }
        let style = if late { theme.alarm } else { theme.quiet };
        let (day_words, stands) = self.words(stage, day);
        let both = [day_words, stands.clone()];
        let both = both.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(DOT);
        let mut after = self.stretch(line, last, self.cells.to);
        after =
            Rect { x: after.x + 2.min(after.width), width: after.width.saturating_sub(2), ..after };
        let before = self.stretch(line, self.cells.from, day);
        let further = if day < self.cells.to { " " } else { " →" };
        for words in [both, stands] {
            let cells = text::width(&words);
            if cells <= usize::from(after.width) {
                Pen::on(buf, after).write(&words, style);
                return;
            }
            if cells + text::width(further) <= usize::from(before.width) {
                pen::write_right(buf, before, &[(format!("{words}{further}"), style)]);
                return;
            }
        }
    }

    /// Its day, and how it stands in a word or two.
    fn words(&self, stage: &Stage, day: Date) -> (String, String) {
        let day = self.app.preferences.dates.show(day);
        let stands = match &stage.state {
            State::Milestone => String::new(),
            State::Approved(_) => "approved".to_owned(),
            State::Empty => "nothing in it".to_owned(),
            State::Ready => "ready".to_owned(),
            State::Done => "done, not accepted".to_owned(),
            State::OnTrack => "in time".to_owned(),
            State::Unsure(_) => "nobody knows yet".to_owned(),
            State::AtRisk(risk) => match risk.days {
                Some(1) => "a day late".to_owned(),
                Some(days) => format!("{days} days late"),
                None => "far too late".to_owned(),
            },
        };
        (day, stands)
    }

    /// A bar: solid up to where it ends, or as far as it is likely done; lighter from there to
    /// where it is surely done; and a line where that is later than it should.
    fn bar(&self, bar: &Bar, buf: &mut Buffer, line: Rect) {
        let theme = self.theme;
        let Some((start, end)) = bar.days() else {
            let words = format!("no days yet{DOT}{} plans it", self.app.key("week-later"));
            let cells = Rect { x: self.cells.x, width: self.cells.width, ..line };
            Pen::on(buf, cells).write(&words, theme.quiet);
            return;
        };
        let after = |day: Date| day.saturating_add(1.day());
        let style = if bar.basis == Basis::Done { theme.quiet } else { theme.bar };
        let solid = self.stretch(line, start, after(end));
        // A bar of a few days is seen all the same.
        let solid =
            Rect { width: solid.width.max(u16::from(self.cell(line, start).is_some())), ..solid };
        Pen::on(buf, solid).write(&"█".repeat(solid.width.into()), style);
        let Some(even) = bar.even.filter(|_| bar.basis != Basis::Done) else { return };
        let late = if bar.late().is_some() { theme.alarm } else { theme.bar };
        if even > end {
            let gap = self.stretch(line, after(end), even);
            Pen::on(buf, gap).write(&RULE.repeat(gap.width.into()), theme.alarm);
        }
        // Where no sprint is late enough it goes on as far as is seen.
        let sure = bar.sure.map_or(self.cells.to, after);
        let light = self.stretch(line, even.max(start), sure);
        Pen::on(buf, light).write(&FORESEEN.repeat(light.width.into()), late);
    }

    /// Ties the row under the cursor to the rows it waits for and to those that wait for it.
    fn ties(&self, at: usize, buf: &mut Buffer, line: Rect) {
        let Some(here) = self.view.cursor().and_then(|id| self.view.plan.bar(id)) else { return };
        let bar_at = |at: usize| match self.view.lines.rows.get(at) {
            Some(Row::Bar(id)) => self.view.plan.bar(id),
            _ => None,
        };
        let waits = |one: &Bar, other: &Bar| one.waits.iter().any(|(id, _)| *id == other.id);
        let is_tied =
            |at: usize| bar_at(at).is_some_and(|bar| waits(here, bar) || waits(bar, here));
        let tied: Vec<usize> = (0..self.view.lines.rows.len()).filter(|at| is_tied(*at)).collect();
        let (Some(first), Some(last)) = (tied.first(), tied.last()) else { return };
        let (first, last) = ((*first).min(self.view.lines.at), (*last).max(self.view.lines.at));
        if !(first..=last).contains(&at) {
            return;
        }
        let meets = at == self.view.lines.at || is_tied(at);
        let corner = match () {
            () if !meets => "│",
            () if at == first => "┌",
            () if at == last => "└",
            () => "├",
        };
        let waits_here = bar_at(at).is_some_and(|bar| {
            let others = tied.iter().chain([&self.view.lines.at]).filter_map(|at| bar_at(*at));
            others.into_iter().any(|other| waits(bar, other))
        });
        let end = if !meets {
            ""
        } else if waits_here {
            "→"
        } else {
            "─"
        };
        let gutter = Rect { x: line.x + self.cells.names, width: 2.min(line.width), ..line };
        Pen::on(buf, gutter).write(corner, self.theme.warning).write(end, self.theme.warning);
    }
}

fn mark(stage: &Stage) -> &'static str {
    if stage.state == State::Milestone { MILESTONE } else { RELEASE }
}
