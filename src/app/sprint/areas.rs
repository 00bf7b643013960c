//! Where the parts of the board of a sprint stand in a body of a given size.

use ratatui::layout::Rect;

/// Narrower than this, one column shows at a time.
const NARROW: u16 = 60;
/// From this height on charts have a frame; below it they are a line each.
const CHARTS: u16 = 22;
/// Lower than this, there are no charts.
const LINES: u16 = 12;

/// The areas of the board of a sprint.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Areas {
    /// What is said of the sprint.
    pub head: Rect,
    /// The columns from left to right, each with its heading in the first line; no cells where it
    /// does not show.
    pub columns: [Rect; 4],
    /// The burndown.
    pub burndown: Option<Rect>,
    /// The velocity.
    pub velocity: Option<Rect>,
}

impl Areas {
    /// The areas in a body of this size while the cursor is in this column; `lines` are needed for
    /// what is said of the sprint.
    pub fn of(body: Rect, column: usize, lines: u16) -> Self {
        let head = Rect { height: lines.min(body.height / 3), ..body };
        let chart_height = match body.height {
            0..LINES => 0,
            LINES..CHARTS => 1,
            height => (height / 3).clamp(7, 10),
        };
        let height = body.height - head.height - chart_height;
        let board = Rect { y: body.y + head.height, height, ..body };
        let below = Rect { y: board.y + board.height, height: chart_height, ..body };
        let left = if body.width < NARROW { below.width } else { below.width / 2 };
        let velocity = Rect { x: below.x + left, width: below.width - left, ..below };
        Self {
            head,
            columns: columns(board, column),
            burndown: (chart_height > 0).then_some(Rect { width: left, ..below }),
            velocity: (velocity.height > 0 && velocity.width > 0).then_some(velocity),
        }
    }

    /// How many cards a column shows, below its heading.
    pub fn cards(&self) -> usize {
        let height = self.columns.iter().map(|column| column.height).max().unwrap_or(0);
        height.saturating_sub(1).into()
    }
}

/// Four columns side by side, or the one with the cursor alone.
fn columns(board: Rect, at: usize) -> [Rect; 4] {
    let mut columns = [Rect::default(); 4];
    if board.width < NARROW {
        columns[at.min(3)] = board;
        return columns;
    }
    for (number, column) in (0_u16..).zip(&mut columns) {
        let edge = |number: u16| board.x + board.width * number / 4;
        *column = Rect { x: edge(number), width: edge(number + 1) - edge(number), ..board };
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_stays_on_the_screen_at_any_size() {
        for (width, height) in (0..=130).flat_map(|width| (0..=50).map(move |high| (width, high))) {
            let screen = Rect::new(0, 0, width, height);
            for column in 0..4 {
                let areas = Areas::of(screen, column, 5);
                let more = [areas.burndown, areas.velocity];
                let all = areas.columns.into_iter().chain(more.into_iter().flatten());
                assert!(all.chain([areas.head]).all(|part| screen.intersection(part) == part));
                let seen = height < 2 || areas.columns[column].height > 1 || width < 4;
                assert!(seen, "the column with the cursor is shown at {width}x{height}");
            }
        }
    }
}
