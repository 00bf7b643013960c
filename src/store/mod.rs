//! How a workspace is kept: the file, where it is found, and the log of what was done.
//!
//! A file is read whole, remembered as it was, and replaced whole; nothing else ever touches it.
//! This folder knows nothing of scores, keys or screens.

pub mod format;

pub use format::{Malformed, Notice};
