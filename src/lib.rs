//! twohats: roadmap and backlog side by side, for the one person who wears both hats.
//!
//! Each folder answers one question and may use only those above it in this list; the table in
//! `docs/ARCHITECTURE.md` says so, and `tests/architecture.rs` enforces it.

pub mod workspace;
pub mod scoring;
pub mod insight;
pub mod exchange;
pub mod app;
pub mod view;
pub mod config;
pub mod store;
pub mod terminal;
pub mod cli;
