//! `completions`: what a shell needs to complete verbs, options, places, fields and ids.

use super::candidates;
use super::console::Console;
use super::failure::Failure;
use super::verb::Verb;
use super::{command, refuse};
use clap::{Args, Command, ValueEnum};
use clap_complete::CompleteEnv;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{self, EnvCompleter, Shells};
use std::env::{current_dir, var};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

/// The variable by which a shell asks: its value is the name of the shell.
const VARIABLE: &str = "TWOHATS_COMPLETE";
/// Glyphs of a word that says what a candidate is, in a list of bash.
const ABOUT: usize = 60;

/// Every shell that is served.
const SHELLS: Shells = Shells(&[&Bash, &env::Zsh, &env::Fish]);

/// Print what a shell needs to complete words and ids
///
/// Verbs, options, places and fields are completed, and the ids of the workspace at hand with their
/// titles: the shell asks this program while one types. The script is best made anew whenever a
/// shell starts.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// Bash 4.4 or newer
    Bash,
    /// Z shell
    Zsh,
    /// Fish
    Fish,
}

impl Verb for Completions {
    const NAME: &'static str = "completions";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("source <(twohats completions bash)", "in ~/.bashrc"),
        ("source <(twohats completions zsh)", "in ~/.zshrc, after compinit"),
        ("twohats completions fish | source", "in ~/.config/fish/config.fish"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let name = self.shell.to_possible_value().map(|value| value.get_name().to_owned());
        let Some(shell) = SHELLS.completer(&name.unwrap_or_default()) else { return Ok(()) };
        let mut script = Vec::new();
        shell
            .write_registration(VARIABLE, "twohats", "twohats", "twohats", &mut script)
            .map_err(Failure::Output)?;
        console.page(&String::from_utf8_lossy(&script))?;
        if self.shell == Shell::Zsh {
            console.page(AUTOLOADED)?;
        }
        Ok(())
    }
}

/// Lets the script also lie in a directory of `fpath`: called by name, it answers at once.
const AUTOLOADED: &str = r#"if [ "$funcstack[1]" = "_twohats" ]; then
    _clap_dynamic_completer_twohats "$@"
fi"#;

/// Answers a shell, where one asks, and returns the exit code.
pub(super) fn answer(arguments: &[OsString]) -> Option<u8> {
    let file = candidates::named_file(arguments);
    let asked = CompleteEnv::with_factory(|| candidates::added(command(), file.as_deref()))
        .var(VARIABLE)
        .shells(SHELLS)
        .try_complete(arguments, current_dir().ok().as_deref());
    match asked {
        Ok(false) => None,
        Ok(true) => Some(0),
        Err(error) => Some(refuse(&error)),
    }
}

/// Bash shows nothing but what it would insert. Where there are several candidates each is shown
/// with what it is; what bash inserts is then what all begin with, and that is only an id or less.
#[derive(Debug)]
struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        env::Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        env::Bash.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        env::Bash.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        directory: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        /// What bash calls completing by going through all candidates, inserting each.
        const MENU: [&str; 2] = ["37", "42"];
        let told = |name: &str| var(name).unwrap_or_default();
        let index = told("_CLAP_COMPLETE_INDEX").parse().unwrap_or_default();
        let found = complete(command, words, index, directory)?;
        let inserts = MENU.contains(&&*told("_CLAP_COMPLETE_COMP_TYPE")) || found.len() == 1;
        let lines = if inserts { found.iter().map(value).collect() } else { explained(&found) };
        write!(buf, "{}", lines.join(&told("_CLAP_IFS")))
    }
}

fn value(candidate: &CompletionCandidate) -> String {
    candidate.get_value().to_string_lossy().into_owned()
}

/// Candidates with what they are, under each other.
fn explained(found: &[CompletionCandidate]) -> Vec<String> {
    let wide = found.iter().map(|candidate| value(candidate).chars().count()).max();
    let wide = wide.unwrap_or_default();
    let line = |candidate: &CompletionCandidate| {
        let about = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let about: String = about.lines().next().unwrap_or_default().chars().take(ABOUT).collect();
        match &*about {
            "" => value(candidate),
            about => format!("{:wide$}  ({about})", value(candidate)),
        }
    };
    found.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_candidates_of_bash_begin_with_is_no_more_than_a_value() {
        let candidate = |value: &str, help: &str| {
            CompletionCandidate::new(value).help(Some(help.to_owned().into()))
        };
        let lines = explained(&[candidate("ab", "x"), candidate("ab1", "x"), candidate("abc", "")]);
        assert_eq!(lines, ["ab   (x)", "ab1  (x)", "abc"]);
    }
}
