//! Everything that is tested from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod cli;
mod cli_rank;
mod pages;
mod pty;
mod session;
mod stand_in;
mod screens;
mod store;
mod store_file;
mod stories;
mod stories_rank;
mod story;
mod terminal;
mod undo;
