//! Draws one side of the board: its border with what it shows, and the lines that are seen.

mod columns;
mod note;
mod row;

use super::border;
use super::pen::{self, Pen};
use super::theme::{CURSOR, DOT, RULE, TARGET, Theme, WRONG};
use super::{prompt, text};
use crate::app::App;
use crate::app::layout::inside;
use crate::app::pane::{Line, Pane};
use crate::app::text::TextField;
use crate::insight::forecast::basis::Count;
use crate::insight::inbox::{self, Sorted};
use crate::insight::rank::{Capacity, now_limit};
use crate::insight::sprint;
use crate::workspace::{Field, Hat, Id, Place};
use columns::Columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use row::Item;

/// Narrower than this, a border has no room for filter and capacity.
const NARROW: u16 = 40;

/// From here on, a border has room for the name of a key and what it does.
const WIDE: u16 = 60;

/// Cells of a lower border for its corners and for how many lines are not seen.
const MORE: usize = 20;

/// Cells of the name of a sprint on an upper border.
const SPRINT: usize = 16;

/// What the lines of a pane are drawn with.
struct Painter<'a> {
    app: &'a App,
    pane: &'a Pane,
    theme: &'a Theme,
    columns: Columns,
}

/// Draws a pane; where its focused row or the caret in it is, if it has the focus.
pub(super) fn draw(
    app: &App,
    hat: Hat,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let pane = app.board.pane(hat);
    let rows = inside(area);
    let lines = pane.top..pane.top + usize::from(rows.height);
    let lines: Vec<Line> = lines.map_while(|number| pane.line(number)).collect();
    let items: Vec<Option<Item>> = lines.iter().map(|line| Item::of(app, pane, *line)).collect();
    let seen: Vec<&Item> = items.iter().flatten().collect();
    let columns = Columns::of(&seen, hat, usize::from(rows.width));
    // What came in is not ranked.
    let ranked = pane.lanes.iter().any(|lane| lane.place != Place::Inbox);
    let columns = if ranked { columns } else { Columns { score: 0, ..columns } };
    let painter = Painter { app, pane, theme, columns };
    frame(&painter, buf, area);
    let mut focus = None;
    for ((number, line), item) in (0..).zip(lines).zip(&items) {
        focus = focus.or(painter.line(line, item.as_ref(), buf, pen::line(rows, number)));
    }
    focus
}

impl Painter<'_> {
    /// Draws a line; where the terminal's cursor stands if it stands here.
    fn line(
        &self,
        line: Line,
        item: Option<&Item>,
        buf: &mut Buffer,
        area: Rect,
    ) -> Option<Position> {
        let caret = match (line, item) {
            (Line::Row { .. }, Some(item)) => self.item(item, buf, area),
            (Line::Row { .. }, None) => None,
            (Line::Heading(lane), _) => {
                self.heading(lane, buf, area);
                None
            }
            (Line::Empty(lane), _) => {
                self.empty(lane, buf, area);
                None
            }
            (Line::End(at), _) => {
                self.end(at, buf, area);
                None
            }
        };
        let here = match line {
            Line::Row { lane, row } => (lane, row) == (self.pane.cursor.lane, self.pane.cursor.row),
            Line::Empty(lane) => lane == self.pane.cursor.lane,
            Line::Heading(_) | Line::End(_) => false,
        };
        let focused = self.pane.hat == self.app.board.hat;
        if !here || !focused {
            return None;
        }
        if caret.is_none() {
            pen::restyle(buf, area, self.theme.cursor);
        }
        Some(caret.unwrap_or(area.as_position()))
    }

    fn heading(&self, lane: usize, buf: &mut Buffer, area: Rect) {
        let Some(lane) = self.pane.lanes.get(lane) else { return };
        let limit = (lane.place == Place::Now).then(|| limit(self.app));
        let mut pen = Pen::on(buf, area);
        pen.skip(1).write(&lane.place.words().to_uppercase(), self.theme.strong).skip(1);
        let count = match limit {
            _ if !self.app.board.filter.is_empty() => {
                format!("{} of {}", count(lane.own, lane.is_looking), lane.all)
            }
            Some(limit) => format!("{}/{limit}", lane.all),
            None => lane.all.to_string(),
        };
        pen.write(&count, self.theme.quiet);
        let held = u32::try_from(lane.all).unwrap_or(u32::MAX);
        if limit.is_some_and(|limit| f64::from(held) > limit) {
            let words = format!("{WRONG} over its limit");
            let words = if pen.room() < text::width(&words) + 2 { WRONG } else { &words };
            pen.skip(2).write(words, self.theme.warning);
        }
    }

    /// The end of a sprint, in words that fit, on a rule.
    fn end(&self, at: usize, buf: &mut Buffer, area: Rect) {
        let end = self.pane.ends.get(at);
        let line = end.and_then(|end| self.app.forecast()?.lines.get(end.line));
        let Some(line) = line else { return };
        let day = self.app.preferences.dates.show(line.sprint.ends);
        let name = text::safe(&line.sprint.name);
        let room = usize::from(area.width).saturating_sub(2);
        let words = [
            format!(" {name} ends {day}{DOT}85 % sure "),
            format!(" {name}{DOT}{day}{DOT}85 % "),
            format!(" {day}{DOT}85 % "),
        ];
        let fits = words.iter().find(|words| text::width(words) + 4 <= room);
        let words = fits.map_or("", String::as_str);
        let rule = room - text::width(words);
        let (left, right) = (RULE.repeat(rule / 2), RULE.repeat(rule - rule / 2));
        let mut pen = Pen::on(buf, area);
        pen.skip(1).write(&left, self.theme.quiet);
        pen.write(words, self.theme.hat(Hat::Po)).write(&right, self.theme.quiet);
    }

    fn empty(&self, at: usize, buf: &mut Buffer, area: Rect) {
        let Some(lane) = self.pane.lanes.get(at) else { return };
        let board = &self.app.board;
        let is_target =
            board.drag.as_ref().is_some_and(|drag| (drag.over, drag.lane) == (self.pane.hat, at));
        let here = self.pane.cursor.lane == at;
        let (mark, style) = match (is_target, here) {
            (true, _) => (TARGET, self.theme.target),
            (false, true) => (CURSOR, self.theme.hat(self.pane.hat)),
            (false, false) => ("", self.theme.quiet),
        };
        let words = match lane.all {
            0 => teaching(self.app, lane.place),
            _ if lane.place == Place::Inbox && board.filter.is_empty() => {
                format!("all is triaged · {} shows it", self.app.key("triage-shown"))
            }
            _ if lane.is_looking => "looking …".to_owned(),
            _ => "no match".to_owned(),
        };
        Pen::on(buf, area).pad(mark, 1, style).skip(1).write(&words, self.theme.quiet);
    }
}

/// What stands where nothing does: how to get something there.
fn teaching(app: &App, place: Place) -> String {
    match place {
        Place::Inbox => format!("empty · {} captures into it", app.key("capture")),
        Place::Done => format!("nothing is done yet · {} does it", app.key("done")),
        _ => format!("empty · {} adds the first item", app.key("add")),
    }
}

/// How many items Now may hold.
fn limit(app: &App) -> f64 {
    now_limit(app.workspace().settings())
}

fn frame(painter: &Painter, buf: &mut Buffer, area: Rect) {
    let Painter { app, pane, theme, columns } = painter;
    let on = pane.hat == app.board.hat;
    let style = if on { theme.hat(pane.hat) } else { theme.quiet };
    border::around(buf, area, on, style);
    let narrow = area.width < NARROW;
    let (title, flags) = (title(app, pane, narrow), flags(app, pane, area.width));
    let upper = border::upper(area);
    let free = usize::from(upper.width).saturating_sub(text::width(&title) + 4);
    let right = match columns.legend().filter(|legend| text::width(legend) + 2 <= free) {
        _ if !flags.is_empty() => vec![(format!(" {flags} "), theme.warning)],
        Some(legend) => vec![(format!(" {legend} "), theme.quiet)],
        None => Vec::new(),
    };
    let left = pen::write_right(buf, upper, &right);
    let name = if on { style } else { Style::new() };
    let title = text::fit(&title, usize::from(left.width).saturating_sub(2)).into_owned();
    Pen::on(buf, left).write(&format!(" {title} "), name);
    border::more(buf, area, pane.beyond(inside(area).height.into()), style);
    lower(app, pane, theme, buf, area);
}

/// Writes onto the lower border, where it fits, what is worth a look elsewhere, and the key that
/// shows it: what the plan leaves out, and how much of what came in waits.
fn lower(app: &App, pane: &Pane, theme: &Theme, buf: &mut Buffer, area: Rect) {
    let waiting = match app.untriaged() {
        0 => Vec::new(),
        waiting => vec![format!("{waiting} to triage")],
    };
    let (words, all, action) = match pane.shows {
        _ if pane.hat == Hat::Pm => (app.covered(), "coverage", "outcomes"),
        Place::Inbox => return,
        _ => (&waiting[..], "inbox", "inbox"),
    };
    if words.is_empty() {
        return;
    }
    let lower = pen::line(area, area.height.saturating_sub(1));
    let room = usize::from(area.width).saturating_sub(MORE);
    let counts = (1..=words.len()).rev().map(|count| words[..count].join(DOT));
    let key = app.key(action);
    let mut lines = counts.chain([all.to_owned()]).map(|it| format!(" {it}{DOT}{key} "));
    if let Some(line) = lines.find(|line| text::width(line) <= room) {
        Pen::on(buf, lower).skip(1).write(&line, theme.quiet);
    }
}

/// What the pane shows and how it is scored: `Roadmap · RICE`.
fn title(app: &App, pane: &Pane, narrow: bool) -> String {
    let framework = app.framework(pane.hat).name;
    let shown = match pane.lanes.first().map_or(pane.shows, |lane| lane.place) {
        _ if pane.hat == Hat::Pm => "Roadmap",
        Place::Inbox => return format!("Inbox{DOT}{}", waiting(app)),
        Place::Done => "Done",
        _ => "Backlog",
    };
    let capacity = app.workspace().settings().number(Field::Capacity);
    let capacity = capacity.filter(|_| shown == "Backlog" && !narrow);
    let likely = || app.forecast().filter(|_| shown == "Backlog" && !narrow)?.capacity();
    let sprint = match capacity.map(Capacity::Points).map(|stated| (stated, false)) {
        Some(stated) => Some(stated),
        None => likely().map(|likely| (likely, true)),
    };
    let sprint = sprint.map(|(capacity, likely)| {
        let (amount, count) = match capacity {
            Capacity::Points(points) => (points, Count::Points),
            Capacity::Items(items) => (items, Count::Items),
        };
        let amount = count.amount(amount);
        let how = if likely { "at 85 %".to_owned() } else { format!("a {}", count.period()) };
        format!("{DOT}{amount} {how}")
    });
    format!("{shown}{DOT}{framework}{}", sprint.unwrap_or_default())
}

/// How far the inbox is worked through today.
fn waiting(app: &App) -> String {
    let Sorted { today, waiting } = inbox::sorted(app.workspace(), app.today);
    match (today, waiting) {
        (0, 0) => "nothing waits".to_owned(),
        (0, waiting) => format!("{waiting} to triage"),
        (today, waiting) => format!("{today} of {} triaged today", today + waiting),
    }
}

/// What makes it show something else than usual: the score order, a filter.
fn flags(app: &App, pane: &Pane, width: u16) -> String {
    let narrow = width < NARROW;
    let mut flags = Vec::new();
    flags.extend(over(app, pane, width < WIDE).filter(|_| !narrow));
    let selected = if pane.hat == app.board.hat { app.board.selected(app.workspace()) } else { 0 };
    if selected > 0 {
        let range = if app.board.anchor.is_some() { "range, " } else { "" };
        flags.push(format!("{range}{selected} selected"));
    }
    if pane.by_score {
        flags.push("score order".to_owned());
    } else if app.board.tree && app.board.filter.is_empty() && pane.shows != Place::Inbox {
        flags.push("tree".to_owned());
    }
    if !app.board.filter.is_empty() {
        let shown: usize = pane.lanes.iter().map(|lane| lane.own).sum();
        let all: usize = pane.lanes.iter().map(|lane| lane.all).sum();
        let filter = text::fit(app.board.filter.text().trim(), 16).into_owned();
        let filter = if narrow { String::new() } else { format!("{filter}: ") };
        let shown = count(shown, pane.lanes.iter().any(|lane| lane.is_looking));
        flags.push(format!("{filter}{shown} of {all}"));
    }
    flags.join(DOT)
}

/// That the sprint that runs is past its last day, above the backlog that it has to do with.
fn over(app: &App, pane: &Pane, short: bool) -> Option<String> {
    let shown = pane.hat == Hat::Po && pane.shows == Place::Backlog;
    let sprint = sprint::over(app.workspace(), app.today).filter(|_| shown)?;
    let name = text::fit(sprint.title(), SPRINT);
    let way = format!("{DOT}{} closes it", app.key("sprint-close"));
    Some(format!("{name} is over{}", if short { "" } else { &way }))
}

/// How many were found, as far as that is known.
fn count(found: usize, is_looking: bool) -> String {
    format!("{found}{}", if is_looking { "…" } else { "" })
}

/// The title of this record while it is typed.
fn typed<'a>(app: &'a App, id: &Id) -> Option<&'a TextField> {
    prompt::title(app).filter(|(typed, _)| *typed == id).map(|(_, prompt)| &prompt.field)
}
