//! Other programs: the person's own editor, which gets the whole terminal, and the browser, which
//! gets nothing of it.

use super::{screen, signals};
use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where one looks for an editor, and what there is everywhere.
const VARIABLES: [&str; 2] = ["VISUAL", "EDITOR"];
const DEFAULT: &str = "vi";

/// What opens a page, by system.
const OPENER: &str = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };

/// Lets the person edit `text` in the editor that is set, or that of the environment, with the terminal given back meanwhile.
///
/// # Errors
/// Why there is no new text, in words.
pub fn edit(text: &str, set: Option<&str>) -> Result<String, String> {
    let folder = env::temp_dir();
    let path = write(&folder, text)
        .map_err(|error| format!("the text can't be written to {}: {error}", folder.display()))?;
    screen::leave();
    let ended = signals::hosting(|| run(&editor(set), &path));
    let read = fs::read_to_string(&path);
    let back = screen::enter().map_err(|error| error.to_string());
    taken(&path, text, back.and(ended), read)
}

/// What the person wrote. The file goes with it, and stays where it is the only one that says so.
fn taken(
    path: &Path,
    before: &str,
    ended: Result<(), String>,
    read: io::Result<String>,
) -> Result<String, String> {
    let read = read.map_err(|error| format!("what the editor wrote can't be read: {error}"));
    let is_lost = match &read {
        Ok(text) => ended.is_err() && text != before,
        Err(_) => path.exists(),
    };
    let taken = ended.and(read);
    if is_lost {
        return taken.map_err(|why| format!("{why}; what you wrote is in {}", path.display()));
    }
    let _ = fs::remove_file(path);
    taken
}

/// The editor as a line for the shell, since many have arguments: `code --wait`.
fn editor(set: Option<&str>) -> OsString {
    if let Some(line) = set {
        return line.into();
    }
    let set = VARIABLES.into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    set.unwrap_or_else(|| DEFAULT.into())
}

fn run(editor: &OsString, path: &Path) -> Result<(), String> {
    let mut line = editor.clone();
    line.push(" \"$@\"");
    let status = Command::new("sh").arg("-c").arg(line).arg("sh").arg(path).status();
    let name = editor.to_string_lossy();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}; $VISUAL or $EDITOR names another")),
        Err(error) => Err(format!("{name} can't be started: {error}")),
    }
}

/// A file of the person's own, under a name that nobody could have prepared.
fn write(folder: &Path, text: &str) -> io::Result<PathBuf> {
    let path = folder.join(format!("twohats-{:016x}.md", fastrand::u64(..)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

/// Opens a page outside; what does that says in a window of its own what goes wrong there.
///
/// # Errors
/// Why nothing could be started, in words.
pub fn browse(url: &str) -> Result<(), String> {
    let mut command = Command::new(OPENER);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = command.spawn();
    let mut child = started
        .map_err(|error| format!("{OPENER} can't be started: {error} · the page is {url}"))?;
    // Waited for elsewhere, so that it is not left behind as a zombie.
    let wait = move || drop(child.wait());
    let _ = std::thread::Builder::new().name("browser".into()).spawn(wait);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_with_arguments_gets_the_file_and_its_failure_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), "one\n").unwrap();
        run(&"sed -i -e 's/one/two three/'".into(), &path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two three\n");
        assert!(run(&"false".into(), &path).unwrap_err().contains("$EDITOR"));
    }

    #[test]
    fn what_was_written_stays_until_somebody_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let edited = |bytes: &[u8], ended: Result<(), String>| {
            let path = write(folder.path(), "one").unwrap();
            fs::write(&path, bytes).unwrap();
            let read = fs::read_to_string(&path);
            (taken(&path, "one", ended, read), path)
        };
        let (text, path) = edited(b"two", Ok(()));
        assert_eq!((text.as_deref(), path.exists()), (Ok("two"), false));
        let (text, path) = edited(b"one", Err("killed".into()));
        assert_eq!((text, path.exists()), (Err("killed".into()), false));
        for (bytes, ended) in [(&b"two"[..], Err("killed".into())), (b"\xfc", Ok(()))] {
            let (text, path) = edited(bytes, ended);
            assert!(
                text.unwrap_err().ends_with(&format!("what you wrote is in {}", path.display()))
            );
            assert_eq!(fs::read(path).unwrap(), bytes);
        }
    }
}
