//! What it looks like: `view/x.rs` draws what `app/x.rs` knows.
//!
//! Drawing is a function of the app: nothing is kept from one frame to the next, and only what is
//! seen is looked at, so a frame costs the same however many items there are.

pub mod text;
