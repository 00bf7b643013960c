//! What the user can do, and what the screen needs to know.
//!
//! Messages in, effects out: [`App::update`] does no I/O, reads no clock and draws nothing.

pub mod key;
mod message;

pub use message::{Effect, Msg, SaveProblem, Session};
