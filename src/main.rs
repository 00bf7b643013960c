//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_default().into();
    let state = twohats::store::find::state_dir().ok();
    let colours = twohats::terminal::colours_wanted();
    ExitCode::from(twohats::terminal::run(&twohats::terminal::Options {
        path,
        as_of: None,
        colours,
        state,
    }))
}
