//! What can be concluded from a workspace: one file a question, pure and repeatable. Nothing
//! here is ever stored.

pub mod chance;
pub mod explain;
pub mod forecast;
pub mod lens;
pub mod check;
pub mod next;
pub mod order;
pub mod overrides;
pub mod progress;
pub mod questions;
pub mod rank;
pub mod review;
pub mod schedule;
pub mod simulation;
pub mod sprint;
pub mod standing;
pub mod standup;
