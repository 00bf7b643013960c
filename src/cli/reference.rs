//! The reference pages of `docs`, made from the rows they speak of.

use super::{command, frameworks, keys, options};
use crate::app::keymap::Keymap;
use clap::Command;
use std::fmt::Write;

/// Every page, with the name of its file in `docs`.
pub fn pages() -> [(&'static str, String); 3] {
    [
        ("KEYS.md", keys::page(&Keymap::default())),
        ("SCORING.md", frameworks::page()),
        ("CLI.md", page()),
    ]
}

const INTRODUCTION: &str = "\
<!-- Made by `TWOHATS_WRITE_DOCS=1 cargo test --test it pages`; do not edit. -->

# The command line

`twohats [FILE]` opens the screen. Everything else is a verb. Data goes to stdout and words to stderr. What a verb
changes is durable when it ends well, and of a change that is wrong in any part nothing is done.

A record is named by its id or any beginning of it that no other id has; when several begin so they are listed, and
nothing is done. A workspace is named by `--file`, else by `$TWOHATS_FILE`; else it is the nearest `twohats.json`
upwards from here, else the one in the data directory. A file of the name of a verb is opened as `./NAME`.

| code | meaning |
|---|---|
| 0 | done, and durable where it writes |
| 1 | failed: not there, several of that name, or refused |
| 2 | wrong usage: an unknown option, field, framework or value |
| 3 | done and durable, with two values kept for one field; `conflicts` lists them |
| 65 | the file is no workspace, or a broken one; it is untouched |
| 74 | the file or the output could not be read or written |
| 75 | another command has been saving for more than ten seconds; nothing was changed |
| 76 | the file is of a newer format, which is only read |
| 129 | `merge` could not read or write a file; nothing was written |
| 128+n | ended by signal n |

`--json` prints data instead of words; `twohats schema VERB` says what it looks like, and `twohats schema` what the file
does, both as JSON Schema. Fields are added and never renamed. What changes something prints what became of it, one
record or an array of several, and `rm` what was there before. Chances and shares go from 0 to 1. What is longer than the
terminal is shown by `$TWOHATS_PAGER`, else `$PAGER`, else `less`; `--no-pager` prints it straight. `$NO_COLOR` and
`--color never` turn highlights off.
";

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut command = command();
    command.build();
    section(&mut page, "twohats", &command, "");
    for name in super::VERBS.iter().map(|verb| verb.name) {
        if let Some(verb) = command.find_subcommand(name) {
            section(&mut page, name, verb, options::HEADING);
            for part in verb.get_subcommands().filter(|part| part.get_name() != "help") {
                let name = format!("{name} {}", part.get_name());
                section(&mut page, &name, part, options::HEADING);
            }
        }
    }
    page
}

/// The help of a command, up to what is said once for all.
fn section(page: &mut String, name: &str, command: &Command, until: &str) {
    // As wide as the page itself, whatever the terminal.
    let mut command = command.clone().term_width(100);
    let help = command.render_long_help().to_string();
    let own = help.split_once(until).filter(|_| !until.is_empty()).map_or(&*help, |(own, _)| own);
    let help: Vec<&str> = own.trim().lines().map(str::trim_end).collect();
    let _ = writeln!(page, "\n## {name}\n\n```text\n{}\n```", help.join("\n"));
}
