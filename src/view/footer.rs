//! The line at the bottom: what is asked, what was just done, what a key may do next.

use super::pen::{self, Pen};
use super::theme::{DOT, REFUSED, Theme};
use super::{border, prompt, text};
use crate::app::actions::{self, Action, Scope};
use crate::app::key;
use crate::app::{App, Message};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Hints that stay however narrow it gets: where more is told, and how to get out of a form.
const KEPT: [&str; 7] =
    ["palette", "help", "score-accept", "score-cancel", "form-line", "form-accept", "form-leave"];

/// A key, or several, and what they do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hint {
    keys: String,
    words: String,
    /// Whether it gives way last.
    kept: bool,
}

impl Hint {
    fn new(keys: impl Into<String>, words: impl Into<String>) -> Self {
        Self { keys: keys.into(), words: words.into(), kept: false }
    }

    /// What an action says of itself.
    fn of(action: &Action, key: String, words: &str) -> Self {
        Self { kept: KEPT.contains(&action.id), ..Self::new(key, words) }
    }

    /// Cells it takes, with what parts it from the next one.
    fn cells(&self) -> usize {
        text::width(&self.keys) + text::width(&self.words) + 3
    }
}

/// Draws the last line of the screen, and the line above it where something is wrong with the
/// file. Says where the caret is if text is typed here.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = buf.area;
    let line = pen::line(area, area.height.saturating_sub(1));
    if let Some(banner) = app.saving.banner(app).filter(|_| area.height > 2) {
        let above = pen::line(area, area.height - 2);
        pen::clear(buf, above);
        // What to press is said last and must not be cut off.
        let (what, press) = banner.rsplit_once(DOT).unwrap_or((&banner, ""));
        let room = usize::from(above.width).saturating_sub(text::width(press) + 5);
        let words = format!(" {}{DOT}{press}", text::fit(what, room));
        Pen::on(buf, above).pad(&words, above.width.into(), theme.banner);
    }
    pen::clear(buf, line);
    if let Some(prompt) = prompt::of_footer(app, area) {
        let hints = fitting(hinted(app, app.scope()), prompt::spare(prompt, line));
        let left = beside(hints, theme, buf, line);
        let question = prompt::above(prompt, left, area);
        let top = ask(&question, theme, buf);
        object(app, theme, buf, top);
        return Some(prompt::draw(prompt, theme, buf, left));
    }
    if let Some(message) = &app.message {
        say(message, theme, buf, line);
    } else {
        let left = progress(app, theme, buf, line);
        hint(app, theme, buf, left);
    }
    None
}

/// Writes a question above the last line, and says which line it begins with.
fn ask(question: &[String], theme: &Theme, buf: &mut Buffer) -> u16 {
    let last = buf.area.height.saturating_sub(1);
    let top = last.saturating_sub(u16::try_from(question.len()).unwrap_or(last));
    for (number, words) in (top..).zip(question) {
        let line = pen::line(buf.area, number);
        pen::clear(buf, line);
        Pen::on(buf, line).skip(1).write(words, theme.strong);
    }
    top
}

/// Says above a line that is typed, and its question, why it was not taken.
fn object(app: &App, theme: &Theme, buf: &mut Buffer, below: u16) {
    let refused = app.message.as_ref().filter(|message| matches!(message, Message::Refused(_)));
    if let Some(message) = refused.filter(|_| below > 1) {
        let above = pen::line(buf.area, below - 1);
        pen::clear(buf, above);
        say(message, theme, buf, above);
    }
}

/// Writes at the right end how far a simulation is that takes its time, and gives what is left.
fn progress(app: &App, theme: &Theme, buf: &mut Buffer, line: Rect) -> Rect {
    let share = app.standing(app.board.hat).and_then(|standing| standing.share);
    match share.filter(|share| *share > 0.0) {
        None => line,
        Some(share) => {
            let words = format!(" chances: {:.0} % ", share * 100.0);
            pen::write_right(buf, line, &[(words, theme.quiet)])
        }
    }
}

/// Writes hints at the right end of a line and gives what is left of it.
fn beside(hints: Vec<Hint>, theme: &Theme, buf: &mut Buffer, line: Rect) -> Rect {
    let parts = hints
        .into_iter()
        .flat_map(|hint| [(format!("  {} ", hint.keys), theme.key), (hint.words, theme.quiet)]);
    let parts: Vec<_> = parts.chain([(" ".to_owned(), theme.quiet)]).collect();
    pen::write_right(buf, line, &parts)
}

fn say(message: &Message, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let mut pen = Pen::on(buf, line);
    match message {
        Message::Did(words) => pen.skip(1).write(words, Style::new()),
        Message::Refused(words) => {
            pen.skip(1).write(REFUSED, theme.warning).skip(1).write(words, theme.warning)
        }
    };
}

/// What may be done now: what finishes the keys so far, or else what works here.
fn hint(app: &App, theme: &Theme, buf: &mut Buffer, line: Rect) {
    let mut pen = Pen::on(buf, line);
    pen.skip(1);
    let hints = match (app.awaited, begun(app)) {
        (Some(awaited), _) => vec![Hint::new("a-z", awaited.title)],
        (None, Some(begun)) => {
            pen.write(&format!("{begun}…"), theme.strong).skip(2);
            following(app)
        }
        (None, None) => here(app),
    };
    for hint in fitting(hints, pen.room()) {
        pen.write(&hint.keys, theme.key).skip(1).write(&hint.words, theme.quiet).skip(2);
    }
}

/// The count and the keys typed so far, where there are any.
fn begun(app: &App) -> Option<String> {
    let count = app.count.map(|count| count.to_string());
    let keys = key::spell(&app.pending);
    (count.is_some() || !keys.is_empty()).then(|| count.unwrap_or_default() + &keys)
}

/// What may follow the keys so far; after a count alone, what it counts for.
fn following(app: &App) -> Vec<Hint> {
    if app.pending.is_empty() {
        return hinted(app, app.view_scope());
    }
    let following = app.keymap().following(app.scope(), &app.pending);
    // What follows a comma is for help, where there is room.
    let words = |action: &Action| action.title.split(',').next().unwrap_or_default().to_owned();
    following.into_iter().map(|(key, action)| Hint::new(key.to_string(), words(action))).collect()
}

/// Draws all that may follow the keys so far, with its whole title, above the last line where that
/// can't hold it.
pub(super) fn follow(app: &App, theme: &Theme, buf: &mut Buffer) {
    let Some(begun) = begun(app).filter(|_| !app.pending.is_empty()) else { return };
    let hints = following(app);
    let taken = text::width(&begun) + 4;
    let all = hints.len();
    if fitting(hints, usize::from(buf.area.width).saturating_sub(taken)).len() == all {
        return;
    }
    let rows = app.keymap().following(app.scope(), &app.pending);
    let rows: Vec<Hint> =
        rows.into_iter().map(|(key, action)| Hint::new(key.to_string(), action.title)).collect();
    table(&rows, &format!("{begun}…"), theme, buf);
}

/// Draws keys and what they do in columns, in a window that stands on the last line.
fn table(rows: &[Hint], title: &str, theme: &Theme, buf: &mut Buffer) {
    let screen = buf.area;
    let widest = |cells: fn(&Hint) -> usize| rows.iter().map(cells).max().unwrap_or_default();
    let (keys, words) =
        (widest(|row| text::width(&row.keys)), widest(|row| text::width(&row.words)));
    let column = keys + words + 3;
    let columns =
        (usize::from(screen.width).saturating_sub(2) / column).clamp(1, rows.len().max(1));
    let high = u16::try_from(rows.len().div_ceil(columns)).unwrap_or(u16::MAX);
    let height = high.saturating_add(2).min(screen.height.saturating_sub(1));
    let width = u16::try_from(columns * column + 3).unwrap_or(u16::MAX).min(screen.width);
    let y = screen.height.saturating_sub(1 + height);
    let inner = border::window(buf, theme, title, Rect { x: 0, y, width, height }).inner;
    for (at, row) in rows.iter().enumerate() {
        let (number, across) = (at % usize::from(high), at / usize::from(high));
        let line = pen::line(inner, u16::try_from(number).unwrap_or(u16::MAX));
        let mut pen = Pen::on(buf, line);
        pen.skip(across * column)
            .pad(&row.keys, keys, theme.key)
            .skip(1)
            .write(&row.words, Style::new());
    }
}

/// What works here, the nearest first.
fn here(app: &App) -> Vec<Hint> {
    let mut hints = Vec::new();
    if app.windows.is_empty() && app.saving.banner(app).is_some() {
        hints.push(Hint::new(app.key("banner"), "what to do"));
    }
    if app.windows.is_empty() && app.view.is_board() && app.board.has_selection() {
        let words = format!("unselects all {}", app.targets().len());
        hints.push(Hint::new(app.key("back"), words));
    } else if app.windows.is_empty() && !app.board.filter.is_empty() {
        hints.push(Hint::new(app.key("back"), "shows everything"));
    }
    let scopes = std::iter::successors(Some(app.scope()), |scope| scope.outer());
    hints.extend(scopes.flat_map(|scope| hinted(app, scope)));
    hints
}

/// The hints of a scope; neighbours that say the same are joined: `J/K move`.
fn hinted(app: &App, scope: Scope) -> Vec<Hint> {
    let mut hints: Vec<Hint> = Vec::new();
    let rows = actions::all().filter(|row| row.scope == scope && row.hint.is_some());
    // Whether it is off may take a look at many items, so that is asked of few.
    let rows = rows.filter(|row| row.why_off(app).is_none());
    let hinted =
        rows.filter_map(|row| Some((row, app.keymap().within(app.scope(), row)?, row.hint?)));
    for (row, key, words) in hinted {
        match hints.last_mut().filter(|last| last.words == words) {
            Some(last) => last.keys = format!("{}/{key}", last.keys),
            None => hints.push(Hint::of(row, key, words)),
        }
    }
    hints
}

/// As many as there is room for. Those that are kept give way last.
fn fitting(mut hints: Vec<Hint>, room: usize) -> Vec<Hint> {
    // The gap behind the last one may be missing.
    let cells = |hints: &[Hint]| hints.iter().map(Hint::cells).sum::<usize>();
    while cells(&hints) > room + 2 {
        let Some(at) = hints.iter().rposition(|hint| !hint.kept) else { break };
        hints.remove(at);
    }
    hints
}
