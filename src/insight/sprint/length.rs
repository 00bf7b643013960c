//! How long is a sprint?

use crate::workspace::{Field, Workspace};

/// Days a sprint lasts where the settings do not say.
const USUAL: f64 = 14.0;

/// The days a sprint lasts, 1–1,000.
#[expect(clippy::cast_possible_truncation, reason = "clamped")]
pub fn days(workspace: &Workspace) -> i32 {
    let days = workspace.settings().number(Field::SprintDays).unwrap_or(USUAL);
    days.round().clamp(1.0, 1000.0) as i32
}
