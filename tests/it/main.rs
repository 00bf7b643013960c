//! Everything that is tested from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod cli;
mod cli_forecast;
mod cli_git;
mod cli_keep;
mod cli_rank;
mod cli_save;
mod cli_strategy;
mod config;
mod crash;
mod docs;
mod docs_format;
mod faults;
mod kills;
mod forecast;
mod life;
mod outside;
mod pages;
mod preferences;
mod pty;
mod race;
mod screens;
mod seeds;
mod session;
mod shells;
mod sim;
mod stand_in;
mod store;
mod store_file;
mod stories;
mod stories_rank;
mod stories_strategy;
mod story;
mod terminal;
mod together;
mod undo;
