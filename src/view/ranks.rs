//! Draws the items of a pane by rank: the chance of each to belong above the line as a bar, its
//! best and worst plausible rank as a stretch, and who is tied with whom.

use super::border;
use super::pen::{self, Pen};
use super::text;
use super::theme::{AGAINST, CURSOR, DOT, NO_SCORE, TIE, Theme, bar};
use crate::app::App;
use crate::app::detail::wanting;
use crate::app::layout::inside;
use crate::app::ranks::{self, RankRow, Ranks};
use crate::app::standing::Standing;
use crate::insight::chance::percent;
use crate::insight::rank::{Ranked, Ranking};
use crate::workspace::{Hat, Id};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells of a title at least.
const TITLE: usize = 16;
/// Cells of the scale of all ranks.
const STRETCH: usize = 12;
/// Cells of an id at most.
const LONGEST: usize = 6;
/// Cells for the mark and the rank before it.
const NAME: usize = 6;
/// In place of what is still being reckoned.
const RECKONED: &str = "…";

/// The cells of the columns behind the title; 0 is none.
#[derive(Debug, Clone, Copy)]
struct Columns {
    id: usize,
    score: usize,
    bar: usize,
    chance: usize,
    span: usize,
    stretch: usize,
    stands: usize,
    tied: usize,
}

impl Columns {
    /// What fits beside a title; what says least goes first.
    fn of(wide: usize, id: usize) -> Self {
        let all =
            Self { id, score: 6, bar: 8, chance: 5, span: 7, stretch: STRETCH, stands: 5, tied: 6 };
        let mut columns = all;
        let drops: [fn(&mut Self); 5] = [
            |columns| columns.stretch = 0,
            |columns| columns.stands = 0,
            |columns| columns.bar = 0,
            |columns| columns.tied = 1,
            |columns| columns.span = 0,
        ];
        for drop in drops {
            if columns.cells() + TITLE <= wide {
                break;
            }
            drop(&mut columns);
        }
        columns
    }

    fn cells(&self) -> usize {
        let Self { id, score, bar, chance, span, stretch, stands, tied } = *self;
        let columns = [id, score, bar, chance, span, stretch, stands, tied].into_iter();
        columns.filter(|cells| *cells > 0).map(|cells| cells + 1).sum::<usize>() + NAME
    }
}

/// What the lines are drawn with.
struct Painter<'a> {
    app: &'a App,
    standing: &'a Standing,
    theme: &'a Theme,
    columns: Columns,
}

/// Draws the ranks; where the row is that has the cursor.
pub(super) fn draw(
    app: &App,
    seen: &Ranks,
    theme: &Theme,
    buf: &mut Buffer,
    area: Rect,
) -> Option<Position> {
    let top = seen.top;
    let hat = app.board.hat;
    border::around(buf, area, true, theme.hat(hat));
    let standing = app.standing(hat)?;
    let rows = ranks::of(app);
    let inner = inside(area);
    let seen = rows.iter().skip(top).take(inner.height.into());
    let ids = seen.filter_map(RankRow::id).map(|id| text::width(&prefix(app, id))).max();
    let columns = Columns::of(inner.width.into(), ids.unwrap_or(0).clamp(2, LONGEST));
    let painter = Painter { app, standing, theme, columns };
    painter.frame(buf, area);
    let height = usize::from(inner.height);
    let below = rows.len().saturating_sub(top + height);
    border::more(buf, area, (top, below), theme.hat(hat));
    if rows.is_empty() {
        let words = format!("nothing here · {} adds an item", app.key("add"));
        Pen::on(buf, inner).skip(2).write(&words, theme.quiet);
    }
    let mut focus = None;
    for (number, row) in (0..).zip(rows.iter().skip(top).take(height)) {
        let line = pen::line(inner, number);
        painter.row(row, buf, line);
        if row.id().is_some() && row.id() == app.cursor() {
            pen::restyle(buf, line, theme.cursor);
            focus = Some(line.as_position());
        }
    }
    focus
}

impl Painter<'_> {
    fn ranking(&self) -> &Ranking {
        &self.standing.ranking
    }

    /// Writes the title onto the border, and what the columns are.
    fn frame(&self, buf: &mut Buffer, area: Rect) {
        let pane = if self.app.board.hat == Hat::Pm { "roadmap" } else { "backlog" };
        let title = format!("Ranks of the {pane}{DOT}{}", self.ranking().framework.name);
        let upper = border::upper(area);
        let cut =
            self.standing.cut().map(|most| format!("chances of the {most} nearest to the line"));
        let legend = match (self.standing.share, self.ranking().line) {
            (Some(_), _) => "chances are being reckoned",
            _ if self.ranking().framework.by_class => "classes have an order and no chances",
            (_, None) => "no line: nothing says how much there is room for",
            _ if cut.is_some() => cut.as_deref().unwrap_or_default(),
            _ if self.columns.stands > 0 => {
                "score · chance above the line · best–worst rank · where it stands"
            }
            _ => "score · above the line · best–worst",
        };
        let room = usize::from(upper.width).saturating_sub(text::width(&title) + 4);
        if text::width(legend) <= room {
            pen::write_right(buf, upper, &[(format!(" {legend} "), self.theme.quiet)]);
        }
        Pen::on(buf, upper).write(&format!(" {title} "), self.theme.hat(self.app.board.hat));
    }

    fn row(&self, row: &RankRow, buf: &mut Buffer, line: Rect) {
        match row {
            RankRow::Ranked(item) => self.ranked(item, buf, line),
            RankRow::Line => {
                let words = "───── the capacity ends here ";
                let rest = "─".repeat(usize::from(line.width).saturating_sub(text::width(words)));
                Pen::on(buf, line)
                    .write(words, self.theme.warning)
                    .write(&rest, self.theme.warning);
            }
            RankRow::Unscored(item) => {
                let mut pen = Pen::on(buf, line);
                self.name(&mut pen, &item.id, NO_SCORE);
                let title = self.app.workspace().get(&item.id).map_or("", |record| record.title());
                let needs = wanting(self.ranking().framework, item);
                let cells = (pen.room() / 2).max(TITLE);
                pen.pad(title, cells, Style::new()).skip(1).write(&needs, self.theme.quiet);
            }
        }
    }

    /// Writes the marks, the rank and the beginning of the id.
    fn name(&self, pen: &mut Pen, id: &Id, rank: &str) {
        let (app, theme) = (self.app, self.theme);
        let mark = if app.cursor() == Some(id) { CURSOR } else { " " };
        pen.write(mark, theme.hat(app.board.hat));
        pen.right(rank, 4, Style::new()).skip(1);
        pen.pad(&prefix(app, id), self.columns.id, theme.quiet).skip(1);
    }

    fn ranked(&self, item: &Ranked, buf: &mut Buffer, line: Rect) {
        let (columns, quiet) = (self.columns, self.theme.quiet);
        let mut pen = Pen::on(buf, line);
        self.name(&mut pen, item.id(), &item.rank.to_string());
        let title = pen.room().saturating_sub(columns.cells() - NAME - columns.id - 1);
        pen.pad(item.title(), title, Style::new());
        pen.skip(1).right(
            &self.ranking().framework.shown(item.score()),
            columns.score,
            Style::new(),
        );
        let reckoned = self.standing.share.is_some();
        if columns.bar > 0 {
            let chance = item.chance_above_line().map(|chance| bar(chance, columns.bar));
            pen.skip(1).pad(&chance.unwrap_or_default(), columns.bar, self.theme.bar);
        }
        let wait = if reckoned { RECKONED } else { "" };
        let chance = item.chance_above_line().map_or_else(|| wait.to_owned(), percent);
        pen.skip(1).right(&chance, columns.chance, Style::new());
        let span = item.plausible();
        if columns.span > 0 {
            let words = span.map_or_else(|| wait.to_owned(), |(a, b)| format!("{a}–{b}"));
            pen.skip(1).right(&words, columns.span, quiet);
        }
        if columns.stretch > 0 {
            let stretch = span.map(|span| stretch(span, item.rank, self.ranking().items.len()));
            pen.skip(1).pad(&stretch.unwrap_or_default(), columns.stretch, self.theme.bar);
        }
        if columns.stands > 0 {
            pen.skip(1).right(&self.stands(item), columns.stands, quiet);
        }
        pen.skip(1).pad(self.tied(item), columns.tied, quiet);
    }

    /// Where the item stands in the order of the pane.
    fn stands(&self, item: &Ranked) -> String {
        let stands = self.app.stands(self.app.board.hat, item.id());
        let mark = if self.standing.kept(item.id()).is_some() { AGAINST } else { "@" };
        stands.map_or(String::new(), |at| format!("{mark}{at}"))
    }

    /// Its piece of the bracket around those it is tied with.
    fn tied(&self, item: &Ranked) -> &'static str {
        let band = |at: Option<usize>| at.and_then(|at| self.ranking().items.get(at));
        let same = |at| band(at).is_some_and(|other| other.band == item.band);
        let (above, below) = (same(item.rank.checked_sub(2)), same(Some(item.rank)));
        match (above, below) {
            (false, false) => "",
            (false, true) => TIE[0],
            (true, true) => TIE[1],
            (true, false) => TIE[2],
        }
    }
}

/// The beginning of an id that names its item.
pub(super) fn prefix(app: &App, id: &Id) -> String {
    let enough = app.shortest_prefix(id).max(2).min(id.as_str().len());
    text::safe(id.as_str().get(..enough).unwrap_or(id.as_str())).into_owned()
}

/// The stretch from the best to the worst plausible rank on a scale of all ranks, with a mark
/// where the item ranks by score.
fn stretch((best, worst): (usize, usize), rank: usize, all: usize) -> String {
    let cells = STRETCH;
    let at = |rank: usize| (rank.saturating_sub(1) * (cells - 1)) / all.saturating_sub(1).max(1);
    let (from, to, here) = (at(best), at(worst), at(rank));
    let cell = |cell: usize| match cell {
        _ if cell == here => '●',
        _ if cell == from => '├',
        _ if cell == to => '┤',
        _ if (from..to).contains(&cell) => '─',
        _ => ' ',
    };
    (0..cells).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_goes_from_the_best_to_the_worst_rank() {
        assert_eq!(stretch((1, 12), 1, 12), "●──────────┤");
        assert_eq!(stretch((3, 7), 5, 12), "  ├─●─┤     ");
        assert_eq!(stretch((1, 1), 1, 1), "●           ");
    }

    #[test]
    fn what_says_least_gives_way_first() {
        for wide in 0..200 {
            let columns = Columns::of(wide, 3);
            assert!(columns.chance > 0 && columns.score > 0, "{wide}");
            assert!(columns.cells() + TITLE <= wide || columns.span == 0, "{wide}");
        }
        assert!(Columns::of(78, 3).bar > 0 && Columns::of(118, 3).stretch > 0);
    }
}
