//! Draws what stands between header and detail strip: the panes, or the view in their place.

use super::theme::Theme;
use super::{checkin, matrix, outcomes, pane, ranks, sprint, timeline};
use crate::app::App;
use crate::app::layout::Layout;
use crate::app::views::View;
use crate::workspace::Hat;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws it, and says where the row that has the focus is, or the caret in it.
pub(super) fn draw(
    app: &App,
    theme: &Theme,
    buf: &mut Buffer,
    layout: &Layout,
) -> Option<Position> {
    match &app.view {
        View::Board => {
            let hats = [Hat::Pm, Hat::Po].into_iter();
            let panes = hats.filter_map(|hat| Some((hat, layout.pane(hat)?)));
            panes.fold(None, |focus, (hat, area)| pane::draw(app, hat, theme, buf, area).or(focus))
        }
        View::Sprint(board) => sprint::draw(app, board, theme, buf, layout.body),
        View::Timeline(seen) => timeline::draw(app, seen, theme, buf, layout.body),
        View::CheckIn(view) => checkin::draw(app, view, theme, buf, layout.body),
        View::Outcomes(view) => outcomes::draw(app, view, theme, buf, layout.body),
        View::Ranks(seen) => ranks::draw(app, seen, theme, buf, layout.body),
        View::Matrix(_) => matrix::draw(app, theme, buf, layout.body),
    }
}
