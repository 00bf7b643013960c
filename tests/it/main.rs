//! The tests that use the library from outside, in one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod store;
mod store_file;
