//! Draws the board: the header, what is looked at and the strip; or one card where there is room
//! for nothing else.

use super::pen::{self, Pen};
use super::theme::{DOT, NO_SCORE, Theme};
use super::{detail, header, views};
use crate::app::App;
use crate::app::layout::Layout;
use crate::scoring::Score;
use crate::workspace::Field;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Draws the board and says where the row that has the focus is, or the caret in it.
pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let layout = Layout::of(buf.area, app.board.hat);
    if let Some(area) = layout.card {
        return card(app, theme, buf, area);
    }
    header::draw(app, theme, buf, layout.header);
    if let Some(area) = layout.detail {
        detail::draw(app, theme, buf, area);
    }
    views::draw(app, theme, buf, &layout)
}

/// The item under the cursor, alone.
fn card(app: &App, theme: &Theme, buf: &mut Buffer, area: Rect) -> Option<Position> {
    let hat = app.board.hat;
    let mut top = Pen::on(buf, pen::line(area, 0));
    top.write(app.board.focused().place().words(), theme.hat(hat));
    let Some(record) = app.current() else {
        Pen::on(buf, pen::line(area, 1)).write("nothing here", theme.quiet);
        return None;
    };
    let score = match app.framework(hat).score(record) {
        Score::Of(score) => app.framework(hat).shown(score),
        Score::Needs(_) => NO_SCORE.to_owned(),
    };
    let about = [record.text(Field::Kind), DOT, app.framework(hat).name, " ", &score].concat();
    let lines = super::text::wrap(record.title(), area.width.into(), 3);
    for (number, line) in (1..).zip(&lines) {
        Pen::on(buf, pen::line(area, number)).write(line, theme.strong);
    }
    let below = u16::try_from(lines.len()).unwrap_or(3) + 1;
    Pen::on(buf, pen::line(area, below)).write(&about, Style::new());
    (area.height > 1 && area.width > 0).then(|| Position::new(area.x, area.y + 1))
}
