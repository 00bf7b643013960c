//! Where things stand on a screen of a given size.

use crate::workspace::Hat;
use ratatui::layout::Rect;

/// Narrower or lower than this, there is room for one card and nothing else.
const CARD: (u16, u16) = (40, 10);
/// From this width on, the panes stand side by side.
const SIDE_BY_SIDE: u16 = 60;
/// From this height on, narrow panes stack; below it one shows at a time.
const STACKED: u16 = 16;

/// The areas of the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Layout {
    /// One line on top.
    pub header: Rect,
    /// Where the panes stand, or the view in their place.
    pub body: Rect,
    /// The roadmap, with its border; `None` where only the other one has room.
    pub roadmap: Option<Rect>,
    /// The backlog, with its border.
    pub backlog: Option<Rect>,
    /// What is known of the item under the cursor, with its border.
    pub detail: Option<Rect>,
    /// One line at the bottom: hints, messages, questions.
    pub footer: Rect,
    /// Where the one card stands when there is room for nothing else.
    pub card: Option<Rect>,
}

impl Layout {
    /// The areas on a screen of this size while `hat` is on.
    pub fn of(area: Rect, hat: Hat) -> Self {
        if area.width < CARD.0 || area.height < CARD.1 {
            return Self { card: Some(area), ..Self::default() };
        }
        let header = Rect { height: 1, ..area };
        let footer = Rect { y: area.y + area.height - 1, height: 1, ..area };
        let middle = Rect { y: area.y + 1, height: area.height - 2, ..area };
        let detail_height = match area.height {
            0..16 => 0,
            16..20 => 3,
            height => (height / 4).clamp(5, 12),
        };
        let panes = Rect { height: middle.height - detail_height, ..middle };
        let detail = (detail_height > 0).then_some(Rect {
            y: middle.y + panes.height,
            height: detail_height,
            ..middle
        });
        let (roadmap, backlog) = Self::panes(panes, area, hat);
        Self { header, body: panes, roadmap, backlog, detail, footer, card: None }
    }

    fn panes(panes: Rect, area: Rect, hat: Hat) -> (Option<Rect>, Option<Rect>) {
        if area.width >= SIDE_BY_SIDE {
            let left = panes.width * 9 / 20;
            let right = Rect { x: panes.x + left, width: panes.width - left, ..panes };
            return (Some(Rect { width: left, ..panes }), Some(right));
        }
        if area.height >= STACKED {
            let upper = panes.height / 2;
            let lower = Rect { y: panes.y + upper, height: panes.height - upper, ..panes };
            return (Some(Rect { height: upper, ..panes }), Some(lower));
        }
        match hat {
            Hat::Pm => (Some(panes), None),
            Hat::Po => (None, Some(panes)),
        }
    }

    /// The area of a pane, with its border.
    pub fn pane(&self, hat: Hat) -> Option<Rect> {
        match hat {
            Hat::Pm => self.roadmap,
            Hat::Po => self.backlog,
        }
    }

    /// The rows of a pane, inside its border.
    pub fn rows(&self, hat: Hat) -> Rect {
        self.pane(hat).map(inside).unwrap_or_default()
    }
}

/// The area inside a border.
pub fn inside(area: Rect) -> Rect {
    Rect {
        x: area.x.saturating_add(1),
        y: area.y.saturating_add(1),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_stays_on_the_screen_at_any_size() {
        for width in 0..=130 {
            for height in 0..=50 {
                let area = Rect::new(0, 0, width, height);
                for hat in [Hat::Pm, Hat::Po] {
                    let layout = Layout::of(area, hat);
                    let parts = [layout.roadmap, layout.backlog, layout.detail, layout.card];
                    let all = parts.into_iter().flatten().chain([layout.header, layout.footer]);
                    assert!(all.into_iter().all(|part| area.intersection(part) == part));
                    let seen = layout.card.is_some() || layout.pane(hat).is_some();
                    assert!(seen, "the pane that is on is shown at {width}x{height}");
                }
            }
        }
    }
}
