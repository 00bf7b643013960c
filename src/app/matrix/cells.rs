//! The cells of the plane and of the list beside it.

use super::Dot;
use ratatui::layout::Rect;

/// How the cells of the view are shared.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    /// The cells of the plane, without its axes.
    pub plane: Rect,
    /// The cells of the list beside or below it; none where there is no room.
    pub list: Rect,
}

/// Cells of the axis of values.
const AXIS: u16 = 3;
/// Lines above and below the plane: the names of the quarters, and the axis of efforts.
const ABOVE: u16 = 1;
const BELOW: u16 = 2;
/// From this width on the list stands beside the plane.
const BESIDE: u16 = 58;
/// From this height on it stands below a plane that is narrower.
const UNDER: u16 = 14;

impl Cells {
    /// The cells of a view that has this area inside its border.
    pub fn of(area: Rect) -> Self {
        let (mut whole, mut list) = (area, Rect { height: 0, ..area });
        if area.width >= BESIDE {
            whole.width = area.width * 3 / 5;
            list =
                Rect { x: area.x + whole.width + 2, width: area.width - whole.width - 2, ..area };
        } else if area.height >= UNDER {
            whole.height = area.height * 2 / 3;
            let (y, height) = (area.y + whole.height, area.height - whole.height);
            list = Rect { y, height, ..area };
        }
        let plane = Rect {
            x: whole.x + AXIS.min(whole.width),
            y: whole.y + ABOVE.min(whole.height),
            width: whole.width.saturating_sub(AXIS),
            height: whole.height.saturating_sub(ABOVE + BELOW),
        };
        Self { plane, list }
    }

    /// Cells between two steps of effort.
    pub fn gap(&self) -> u16 {
        self.plane.width / 10
    }

    /// The cell of an item.
    pub fn place(&self, dot: &Dot) -> (u16, u16) {
        (self.column(dot.effort), self.row(dot.value))
    }

    /// The column of an effort.
    pub fn column(&self, effort: f64) -> u16 {
        self.plane.x + share((effort - 1.0) / 9.0, self.gap() * 9)
    }

    /// The row of a value.
    pub fn row(&self, value: f64) -> u16 {
        self.plane.y + share((10.0 - value) / 9.0, self.plane.height.saturating_sub(1))
    }

    /// The row between the upper and the lower quarters, where there is one to spare.
    pub fn cross(&self) -> Option<u16> {
        let (upper, lower) = (self.row(6.0), self.row(5.0));
        (lower > upper + 1).then_some(upper + 1)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of cells")]
fn share(share: f64, cells: u16) -> u16 {
    (share.clamp(0.0, 1.0) * f64::from(cells)).round() as u16
}
