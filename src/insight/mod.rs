//! What can be concluded from a workspace: one file a question, pure and repeatable. Nothing
//! here is ever stored.

pub mod balance;
pub mod calibration;
pub mod chains;
pub mod chance;
pub mod changes;
pub mod check;
pub mod coverage;
pub mod explain;
pub mod felt;
pub mod forecast;
pub mod handover;
pub mod inbox;
pub mod lens;
pub mod next;
pub mod notes;
pub mod order;
pub mod outcome;
pub mod overrides;
pub mod points;
pub mod progress;
pub mod questions;
pub mod rank;
pub mod review;
pub mod schedule;
pub mod similar;
pub mod simulation;
pub mod sprint;
pub mod standing;
pub mod standup;
pub mod timeline;
pub mod trade;
