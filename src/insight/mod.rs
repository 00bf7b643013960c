//! What can be concluded from a workspace: one file a question, pure and repeatable. Nothing
//! here is ever stored.

pub mod check;
pub mod next;
pub mod order;
pub mod progress;
