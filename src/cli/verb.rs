//! What a verb is: a row with its name, its arguments, its words and its function.

use super::console::Console;
use super::failure::Failure;
use clap::{ArgMatches, Args, Command};

/// What a person can tell the command line to do. Its fields are its arguments, their comments
/// its help.
pub(super) trait Verb: Args {
    /// The word for it.
    const NAME: &'static str;
    /// Commands with what they do; help begins with them.
    const EXAMPLES: &'static [(&'static str, &'static str)];

    /// Whether it can't be part of a batch, since it writes more than the workspace.
    const ALONE: bool = false;

    /// Does it. What it finds goes to stdout, what it says to stderr.
    fn run(self, console: &mut Console) -> Result<(), Failure>;
}

/// A row of the table of verbs.
pub(super) struct Row {
    /// The word for it.
    pub name: &'static str,
    /// Its arguments and words.
    pub command: fn() -> Command,
    /// Commands with what they do.
    pub examples: &'static [(&'static str, &'static str)],
    /// Whether it can't be part of a batch.
    pub alone: bool,
    /// Does it.
    pub run: fn(&ArgMatches, &mut Console) -> Result<(), Failure>,
}

impl Row {
    /// The row of a verb.
    pub const fn of<V: Verb>() -> Self {
        Self {
            name: V::NAME,
            command: command::<V>,
            examples: V::EXAMPLES,
            alone: V::ALONE,
            run: run::<V>,
        }
    }
}

fn command<V: Verb>() -> Command {
    V::augment_args(Command::new(V::NAME)).help_template(help(V::EXAMPLES))
}

fn run<V: Verb>(matches: &ArgMatches, console: &mut Console) -> Result<(), Failure> {
    let verb = V::from_arg_matches(matches).map_err(Failure::Arguments)?;
    verb.run(console)
}

/// The template of a help text: what it is, examples, and then all it takes.
pub(super) fn help(examples: &[(&str, &str)]) -> String {
    let width = examples.iter().map(|(line, _)| line.len()).max().unwrap_or_default();
    let line = |(line, about): &(&str, &str)| {
        format!("  {line:width$}  {about}").trim_end().to_owned() + "\n"
    };
    let examples: String = examples.iter().map(line).collect();
    format!(
        "{{about-with-newline}}\nExamples:\n{examples}\n{{usage-heading}} {{usage}}\n\n{{all-args}}{{after-help}}"
    )
}
