//! Quarters, for those who are not told days.

use crate::workspace::Date;

/// The quarter of a day: `Q4 2026`.
pub(super) fn of(day: Date) -> String {
    format!("Q{} {}", (day.month() + 2) / 3, day.year())
}
