//! A command that is killed at each of its calls to the system, one after the other: what was
//! acknowledged stays, what was not is whole or not there at all, and the next one goes on.

use super::cli::Home;
use super::faults::left_out;
use std::process::{Command, Stdio};

/// The calls by which something is locked, written, made durable, named or taken away.
const CALLS: [&str; 9] =
    ["flock", "openat", "write", "fsync", "fdatasync", "renameat2", "rename", "unlink", "fchmod"];

/// The same command, killed at its `nth` call of this name.
fn killed_at(command: &Command, call: &str, nth: usize) -> Command {
    let when = format!("inject={call}:signal=SIGKILL:when={nth}");
    let mut traced = traced(command, &["-o", "/dev/null", "-e", &when]);
    traced.stdout(Stdio::null()).stderr(Stdio::null());
    traced
}

/// The same command, with every call of all its threads seen by `strace`.
pub fn traced(command: &Command, options: &[&str]) -> Command {
    let mut traced = Command::new("strace");
    traced.args(["-f", "-qq"]).args(options);
    traced.arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => traced.env(name, value),
            None => traced.env_remove(name),
        };
    }
    traced.current_dir(command.get_current_dir().unwrap());
    traced
}

/// Whether there is an `strace` that may look at others.
pub fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    tried.is_ok_and(|status| status.success())
}

#[test]
fn a_command_that_is_killed_at_any_call_leaves_a_whole_file() {
    if !can_trace() {
        return left_out("being killed at each call (there is no strace, or it may not trace)");
    }
    let home = Home::new();
    let (mut sure, mut kills) = (Vec::<String>::new(), 0);
    for call in CALLS {
        for nth in 1.. {
            let title = format!("{call}-{nth}.");
            let command = home.command(&["add", &title]);
            let status = killed_at(&command, call, nth).status().unwrap();
            if status.success() {
                sure.push(title);
            }
            let listed = home.run("list");
            assert_eq!(listed.code, 0, "after {call} {nth}: {listed:?}");
            for title in &sure {
                assert_eq!(listed.out.matches(title.as_str()).count(), 1, "{title}: {listed:?}");
            }
            kills += usize::from(!status.success());
            if status.success() {
                // It has not as many calls of this name: nothing was in its way.
                break;
            }
        }
        assert_eq!(home.run(&format!("add {call}-on.")).code, 0);
        sure.push(format!("{call}-on."));
    }
    assert!(kills > 20, "{kills}");
    let beside =
        home.file().parent().unwrap().read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let hidden: Vec<_> = beside.filter(|name| name.to_string_lossy().ends_with(".tmp")).collect();
    assert!(hidden.is_empty(), "the next command sweeps what is left: {hidden:?}");
}
