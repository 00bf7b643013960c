//! Long output, in the pager of the person.

use std::env;
use std::ffi::OsString;
use std::io::Write;
use std::process::{Command, Stdio};

/// Where one looks for a pager, the strongest first, and what there is everywhere.
const VARIABLES: [&str; 2] = ["TWOHATS_PAGER", "PAGER"];
const DEFAULT: &str = "less";

/// How `less` is to behave where the person does not say: end by itself where all fits, keep
/// colours, leave the screen as it is.
const LESS: (&str, &str) = ("LESS", "FRX");

/// What a shell ends with that finds no such program.
const NOT_FOUND: i32 = 127;

/// Shows text in the pager, and says whether there was one to show it. An empty variable and
/// `cat` mean that none is wanted.
pub fn page(text: &[u8]) -> bool {
    let set = VARIABLES.into_iter().find_map(env::var_os);
    let pager = set.unwrap_or_else(|| DEFAULT.into());
    !pager.is_empty() && pager != "cat" && run(&pager, text)
}

fn run(pager: &OsString, text: &[u8]) -> bool {
    let mut command = Command::new("sh");
    command.arg("-c").arg(pager).stdin(Stdio::piped());
    if env::var_os(LESS.0).is_none() {
        command.env(LESS.0, LESS.1);
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // Who leaves the pager early has read enough.
        let _ = input.write_all(text);
    }
    child.wait().is_ok_and(|status| status.code() != Some(NOT_FOUND))
}
