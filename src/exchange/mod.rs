//! Other tools' files: what they say, and what is written for them. One file a format.

pub mod history;
