//! `man`: the pages for `man`.

use super::console::Console;
use super::failure::Failure;
use super::verb::Verb;
use super::{EXAMPLES, VERBS, command};
use clap::{Args, Command};
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Print the page for man, or write one for each verb
///
/// Printed is the page of the whole program, as roff.
#[derive(Debug, Args)]
pub(super) struct Man {
    /// Write twohats.1 and a page for each verb into this directory
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Verb for Man {
    const NAME: &'static str = "man";
    const EXAMPLES: &'static [(&'static str, &'static str)] = &[
        ("twohats man | man -l -", "read it"),
        ("twohats man --dir ~/.local/share/man/man1", "for `man twohats` and `man twohats-list`"),
    ];
    const ALONE: bool = true;

    fn run(self, console: &mut Console) -> Result<(), Failure> {
        let mut whole = command();
        whole.build();
        let Some(dir) = self.dir else {
            let page = page(whole, EXAMPLES).map_err(Failure::Output)?;
            return console.page(&String::from_utf8_lossy(&page));
        };
        fs::create_dir_all(&dir).map_err(|error| unwritten(&dir, &error))?;
        for verb in VERBS {
            let Some(command) = whole.find_subcommand(verb.name) else { continue };
            write(&dir.join(format!("twohats-{}.1", verb.name)), command.clone(), verb.examples)?;
        }
        write(&dir.join("twohats.1"), whole, EXAMPLES)?;
        console.say(&format!("wrote {} pages to {}", VERBS.len() + 1, dir.display()));
        Ok(())
    }
}

fn write(path: &Path, command: Command, examples: &[(&str, &str)]) -> Result<(), Failure> {
    let page = page(command, examples).map_err(Failure::Output)?;
    fs::write(path, page).map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::Output(io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// The page of a command, with its examples.
fn page(command: Command, examples: &[(&str, &str)]) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(command);
    man.render(&mut page)?;
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    for (line, about) in examples {
        roff.control("TP", []).text([bold(*line)]).text([roman(*about)]);
    }
    roff.to_writer(&mut page)?;
    Ok(page)
}
