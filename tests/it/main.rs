//! The program from outside. One binary, since linking is what costs.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod pty;
mod session;
mod stand_in;
mod terminal;
